"""The language of Chinese headlines, as data: kinds of words, what leans on what, names.

Judged on tests/typesetting/headlines.yaml. A list here says what a word is wherever it occurs;
it never says where one headline breaks.
"""

from __future__ import annotations

import re


def _words_in(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


_KINDS_OF_TAGS = """
    N  n nr nz j s l i eng an zg    L  ns nt    G  vn    V  v vq vg vi    A  a b z ag h
    D  d ad vd dg    P  p    C  c    M  m    Q  q    T  t tg mq    F  f    R  r rr rz
    U  u uj ul ug uz uv ud    S  k    .  x
"""
_VERBS = (
    "建议 呼吁 助推 突破 启动 惠及 降至 升至 增至 战平 织密 唱响 落户 揭牌 上岗 滴灌 开赛 调整",
    "调查 晋级 夺得 提升 开跑 升级 亮相 首发 首映 登场 点亮 赋能 领跑 提速 增收 见效 热议 开机",
    "重温 携手 照料 崛起 难求 优化 开放 议政 开讲 开馆 护航 解锁 激活 撬动 牵手 走红 出圈 收官",
    "折桂 夺冠 落幕 开幕 闭幕 启幕 投产 通车 通航 竣工 开工 签约 挂牌 发布 公布 征集 开演 首航",
    "归来 搭台 唱戏",
)
_OPENERS = "全市 全省 全国 全球 全区 全县 全城 全民 世界 首个 首家 首批 首条"
"""These open a phrase as a numeral does: 全省纪录."""
_ADVERBS = "同比 环比 精准 正式 如期 免费 圆满 率先 首次 再度 全面 特别"
LOCALIZERS = _words_in("里 上 中 下 内 外 前 后 间 旁 边 时 底 际")

KIND_OF_TAG: dict[str, str] = {
    tag: kind
    for kind, tags in re.findall(r"([A-Z.])  ((?:[a-z]+ ?)+)", _KINDS_OF_TAGS)
    for tag in tags.split()
}
"""rjieba's tags are ICTCLAS's; one that is not here counts as a noun's."""

KIND_OF_WORD: dict[str, str] = {
    **dict.fromkeys(_words_in(*_VERBS), "V"),
    **dict.fromkeys(_words_in(_OPENERS), "M"),
    **dict.fromkeys(_words_in(_ADVERBS), "D"),
    **dict.fromkeys(_words_in("多层次 百米 提案 建言 协商 服务 规划"), "N"),
    **dict.fromkeys(LOCALIZERS, "F"),
}
"""What words are in headlines, whatever the tagger says."""

NEVER_FIRST = _words_in(
    "的 地 得 了 着 过 们 等 者 化 性 之 与否 之际 之后 之前 之间 之路 之中 之下 之上 以来 以上",
    "以下 以内 以外 起来 下来 下去 上来 上去 出来 出去 开来 过来 过去 回来 进来 进去 委员 同志",
    "先生 女士 似的 而已",
)
"""Particles, suffixes and complements that lean on the word before them."""
NEVER_LAST = _words_in(
    "在 对 和 与 把 被 以 为 向 从 给 让 于 由 将 就 同 跟 及 或 比 据 因 按 经 往 朝 替 用 自",
    "至 到 关于 对于 随着 根据 按照 通过 作为 为了 有关 以及 并 而 且 则 但 却 使 令 请 叫 不",
    "没 未 更 最 要 再 也 都 很 太 已 正 又 还 只 可 能 会 该 应 愿 敢 需 须 必 莫 勿 别 是 有",
    "无 来 去 做 变 成 当 得 之 所 非 第 每 各 本 此 某 全 省 总 副 老 新 大 小 首 前 后 双 多",
    "超 近 约 达 在于 写在 来自 位于 源自 面向 走向 迈向 投向 贵在 围绕 聚焦 针对 立足 着眼",
)
"""Words that lean on the one after them."""
LEADING = _words_in("第 每 各 该 本 此 某 全 省 总 副 老 新 大 小 首 双 多 超 近 约 达 市 县 区")
"""One-character words that open a phrase after a mark or at the start."""
ORGANISATIONS = _words_in(
    "大学 中学 小学 学院 医院 银行 集团 公司 政协 市政协 区政协 县政协 省政协 市委 省委 区委",
    "县委 委员会 市委会 省委会 协会 学会 联合会 法院 检察院 市政府 管委会 海关 党校 日报 晚报",
    "教师 教授 校长 院长 主任 会长 新区 新村 山区 老街 小区 半岛 开发区 示范区 分会 支部 总队",
    "支队",
)
"""What would rather not leave the place, the name or the title before it."""
LIGHT_VERBS = _words_in(
    "加快 不能 能否 可以 应该 开始 继续 争取 力争 确保 坚持 加强 深化 强化 全力 不再 不要 需要",
    "应当 敢于 善于 勇于 持续 着力 大力 加速 进一步",
)
"""Verbs and adverbs that wait for another verb."""
GOVERNING = _words_in("把 将 被 向 对 为 给 让 在 从 以 与 同 替 帮 当 自")
"""Words whose object stands between them and the verb."""
FRAMING = _words_in("在 从 自 当 与")
"""Those that a localizer closes: 在…上, 当…时."""
SET_PHRASES = _words_in(
    "市委会 省委会 副主委 老旧小区 民生实事 营商环境 乡村振兴 高质量发展 小微企业 新质生产力",
    "城乡融合 非遗传承人 大湾区 综试区 马拉松 公积金 数字经济 绿色发展 民主监督 政治协商",
    "参政议政 建言献策 空心村 协商民主 基层治理 社会治理 乡村治理 共同富裕 生态文明 绿水青山",
    "金山银山 改革开放 一带一路 党建引领 一国两制 人民政协 民主党派 统一战线 委员工作室",
    "新型工业化 双向奔赴 双招双引 专精特新 医养结合 文旅融合 产教融合 志愿服务 义务教育",
    "新能源汽车 长三角 珠三角 京津冀 停车难 看病难 基本盘 生命线 获得感 幸福感 安全感 家门口",
    "最后一公里 一老一小 夜经济 十四五 十五五 二十大 两会 行动计划 就业创业",
)
"""Set phrases of the field that a dictionary cuts: never parted."""
COMPOUND_SURNAMES = _words_in("欧阳 司徒 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 端木")
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟黄和穆"
    "萧尹姚邵汪祁毛禹狄米贝明臧计成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林钟徐邱骆高夏蔡"
    "田樊胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁荀甄曲封储靳焦牧隗山谷车侯班仰"
    "仲伊宫宁仇栾甘厉祖武符刘景詹龙叶司黎白怀蒲卓蔺池乔谭冉桑桂牛寿边燕温庄晏柴瞿阎连习容向古易廖耿满"
    "匡文寇广关师聂晁勾冷辛简饶曾沙丰覃肖代游"
)
FREED_FIRST = "到至与和在向把被"
FREED_LAST = "要将已更与和在向把被为"
"""Particles that the tagger guesses into words it does not know: 到鹭洲, 岸电要."""
