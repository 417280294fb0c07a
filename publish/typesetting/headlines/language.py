"""The language of Chinese headlines, as data: kinds of words, what leans on what, names.

Judged on tests/typesetting/headlines.yaml. A list here says what a word is wherever it occurs;
it never says where one headline breaks.
"""

from __future__ import annotations

import re


def words_in(*texts: str) -> frozenset[str]:
    """Give the words of texts, parted by spaces."""
    return frozenset(" ".join(texts).split())


_KINDS_OF_TAGS = """
    N  n nr nz j s l i eng an zg    L  ns nt    G  vn    V  v vq vg vi    A  a b z ag h
    D  d ad vd dg    P  p    C  c    M  m    Q  q    T  t tg mq    F  f    R  r rr rz
    U  u uj ul ug uz uv ud    S  k    .  x
"""
_VERBS = (
    "建议 呼吁 助推 突破 启动 惠及 降至 升至 增至 战平 唱响 落户 揭牌 上岗 滴灌 开赛 调整 调查",
    "晋级 夺得 提升 升级 亮相 首发 首映 登场 点亮 赋能 领跑 提速 增收 见效 热议 开机 重温 携手",
    "照料 崛起 难求 优化 开放 议政 开讲 开馆 护航 解锁 激活 撬动 牵手 走红 收官 折桂 夺冠 落幕",
    "开幕 闭幕 启幕 投产 通车 通航 竣工 开工 签约 挂牌 发布 公布 征集 开演 首航 归来 搭台 唱戏",
    "把脉 笑迎 荣获 力克 力挺 险胜 问鼎 登顶 卫冕 对阵 首秀 首亮 谢幕 落地 落子 奠基 封顶 合龙",
    "试水 试运营 助力 助阵 托举 破题 破局 破百 破茧 突围 问需 问政 问效 督导 约谈 探路 探秘 亮剑",
    "亮灯 亮牌 晒单 抢滩 翻倍 领航 领衔 领军 领先 跟跑 并跑 提质 降本 惠企 惠民 利民 便民 暖心",
    "暖民 纾困 解纷 解码 点题 启程 开渔 开业 开箱 重塑 焕新 换乘 上线 上马 上市 下线 进村 入户",
    "入园 到家 直面 聚力 聚智 齐聚 相约 联姻 结缘 结盟 结伴 共治 共谋 共话 共商 共庆 同台 晋京",
    "返程 归队 凯旋 过境 助学 助农 助老 代言 赋权 添翼 添彩 添绿 增色 生辉 吐蕊 绘就 绘制 书写",
    "铸就 筑牢 筑梦 圆梦 逐梦 织就 织密 串联 勾勒 铭记 缅怀 参政 资政 巡河 整治 清零 稳价 兜底",
    "托底 补位 长眠 曝光 辟谣 发力 支招 出招 亮招 叫板 换帅 交卷 交锋 品鉴 赏花 赏灯 观灯 做客",
)
_NOUNS = (
    "多层次 百米 提案 建言 协商 服务 规划 外卖 快递 直播 代表 导演 编辑 教练 裁判 翻译 领导 主播",
    "保险 留守儿童 留守老人",
)
_OPENERS = "全市 全省 全国 全球 全区 全县 全城 世界 首个 首家 首批 首条"
"""These open a phrase as a numeral does: 全省纪录."""
_ADVERBS = "同比 环比 精准 正式 如期 免费 圆满 率先 首次 再度 全面 特别 何以 缘何 为何 双双"
LOCALIZERS = words_in("里 上 中 下 内 外 前 后 间 旁 边 时 底 际 会上 会后")
_BODIES = "民革 民盟 民建 民进 农工党 致公党 九三学社 台盟 无党派"

KIND_OF_TAG: dict[str, str] = {
    tag: kind
    for kind, tags in re.findall(r"([A-Z.])  ((?:[a-z]+ ?)+)", _KINDS_OF_TAGS)
    for tag in tags.split()
}
"""rjieba's tags are ICTCLAS's; one that is not here counts as a noun's."""

KIND_OF_WORD: dict[str, str] = {
    **dict.fromkeys(words_in(*_VERBS), "V"),
    **dict.fromkeys(words_in(_OPENERS), "M"),
    **dict.fromkeys(words_in(_ADVERBS), "D"),
    **dict.fromkeys(words_in(*_NOUNS), "N"),
    **dict.fromkeys(LOCALIZERS, "F"),
    **dict.fromkeys(words_in(_BODIES), "L"),
}
"""What words are in headlines, whatever the tagger says."""

NEVER_FIRST = words_in(
    "的 地 得 了 着 过 们 等 者 化 性 之 与否 之际 之后 之前 之间 之路 之中 之下 之上 以来 以上",
    "以下 以内 以外 起来 下来 下去 上来 上去 出来 出去 开来 过来 过去 回来 进来 进去 委员 同志",
    "先生 女士 似的 而已 会上 会后 之一 之二 之三 之四 之五",
)
"""Particles, suffixes and complements that lean on the word before them."""
NEVER_LAST = words_in(
    "在 对 和 与 把 被 以 为 向 从 给 让 于 由 将 就 同 跟 及 或 比 据 因 按 经 往 朝 替 用 自 至",
    "到 关于 对于 随着 根据 按照 通过 作为 为了 有关 以及 并 而 且 则 但 却 使 令 请 叫 不 没 未",
    "更 最 要 再 也 都 很 太 已 正 又 还 只 可 能 会 该 应 愿 敢 需 须 必 莫 勿 别 是 有 无 来 去",
    "做 变 成 当 得 之 所 非 第 每 各 本 此 某 全 省 总 副 老 新 大 小 首 前 后 双 多 超 近 约 达",
    "在于 写在 来自 位于 源自 面向 走向 迈向 投向 贵在 围绕 聚焦 针对 立足 着眼 全民 距今 距离",
    "时隔 历时 为期 长达 高达 多达 重达 不足 不到 不低于 不少于 仅 仅需 只需 逾",
)
"""Words that lean on the one after them."""
LEADING = words_in("第 每 各 该 本 此 某 全 省 总 副 老 新 大 小 首 双 多 超 近 约 达 市 县 区")
"""One-character words that open a phrase after a mark or at the start."""
ORGANISATION_ENDINGS = "局院校行厂部处所站馆团会社组委协队台"
"""The last characters of a body's common name: 调查队, 博物馆."""
ORGANISATIONS = words_in(
    "大学 中学 小学 学院 医院 银行 集团 公司 政协 市政协 区政协 县政协 省政协 市委 省委 区委 县委",
    "委员会 市委会 省委会 协会 学会 联合会 法院 检察院 市政府 管委会 海关 党校 日报 晚报 教师",
    "教授 校长 院长 主任 会长 新区 新村 山区 老街 小区 半岛 开发区 示范区 分会 支部 总队 支队",
)
"""What would rather not leave the place, the name or the title before it."""
PLACE_ENDINGS = "省市县区镇乡村州旗岛山河江湖港湾"
COMPOUND_HEADS = words_in(
    "中心 基地 平台 制度 机制 政策 方案 项目 工程 活动 大赛 条例 办法 体系 床位"
)
"""Nouns that a verb before them qualifies rather than governs: 健身中心."""
LIGHT_VERBS = words_in(
    "加快 不能 能否 可以 应该 开始 继续 争取 力争 确保 坚持 加强 深化 强化 全力 不再 不要 需要",
    "应当 敢于 善于 勇于 持续 着力 大力 加速 进一步",
)
"""Verbs and adverbs that wait for another verb."""
GOVERNING = words_in("把 将 被 向 对 为 给 让 在 从 以 与 同 替 帮 当 自")
"""Words whose object stands between them and the verb."""
FRAMING = words_in("在 从 自 当 与")
"""Those that a localizer closes: 在…上, 当…时."""
OPENING_MARKS = "“‘「『（《〈【"
SET_PHRASES = words_in(
    "市委会 省委会 副主委 老旧小区 民生实事 营商环境 乡村振兴 高质量发展 小微企业 新质生产力",
    "城乡融合 非遗传承人 大湾区 综试区 马拉松 公积金 数字经济 绿色发展 民主监督 政治协商 参政议政",
    "建言献策 空心村 协商民主 基层治理 社会治理 乡村治理 共同富裕 生态文明 绿水青山 金山银山",
    "改革开放 一带一路 党建引领 一国两制 人民政协 民主党派 统一战线 委员工作室 新型工业化",
    "双向奔赴 双招双引 专精特新 医养结合 文旅融合 产教融合 志愿服务 义务教育 新能源汽车 长三角",
    "珠三角 京津冀 停车难 看病难 基本盘 生命线 获得感 幸福感 安全感 家门口 最后一公里 一老一小",
    "夜经济 十四五 十五五 两会 行动计划 就业创业 工商联 省侨联 市侨联 学习贯彻 规模以上",
    "工业增加值 人均可支配收入 一般公共预算收入 固定资产投资 社会消费品零售总额 国内生产总值",
    "地区生产总值 进出口总额 居民消费价格 留守儿童 留守老人 笑迎 绘就 纾困 跟跑 并跑 侨联 村超",
    "减税降费 保障性住房",
)
"""Set phrases of the field that a dictionary cuts: never parted."""
FREED_FIRST = "到至与和在向把被"
FREED_LAST = "要将已更与和在向把被为"
FREED_FROM_TWO = "在将把被"
FREED_VERBS = "破夺获胜赴携谈率领晤吁摘"
"""Particles, and verbs after a name, that the tagger takes into words it does not know."""
