"""Surnames and the syllables of transcribed names, as data: no dictionary has the names."""

from __future__ import annotations

from publish.typesetting.headlines.language import words_in

COMPOUND_SURNAMES = words_in(
    "欧阳 司徒 司马 上官 诸葛 皇甫 尉迟 公孙 慕容 令狐 夏侯 端木 澹台 呼延 赫连",
    "亓官 宇文 长孙 司空 公冶 宗政 濮阳 淳于 单于 申屠 轩辕 钟离 闾丘 鲜于 司寇",
    "仉督 颛孙 巫马 公西 漆雕 乐正 壤驷 拓跋 夹谷 宰父 谷梁 东郭 羊舌 梁丘 南宫",
    "独孤 万俟 贺兰 纳兰 完颜 耶律 闻人",
)
"""Of two characters, but for those that are common words too: 东门, 百里."""
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范"
    "彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾"
    "孟黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林钟"
    "徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁荀甄曲封储靳焦"
    "牧隗山谷车侯班仰仲伊宫宁仇栾甘厉祖武符刘景詹龙叶司黎白怀蒲卓蔺池乔谭冉桑桂牛寿边燕温庄晏柴瞿"
    "阎连习容向古易廖耿满匡文寇广关师聂晁勾冷辛简饶曾沙丰覃肖代游仉逄爨笪乜亓宓郄郗禚昝佘贲阚辜麦"
    "禤璩仝佟佀鄢逯闫亢邸冼呙谌谯佴牟芈芮羿麴郏郦濮扈冀鞠巩敖厍郜蓟郤汲糜钭韶胥莘翟劳姬堵雍殳沃蔚"
    "夔蒯巢荆竺桓佗岳帅缑郈琴晋楚闾汝涂钦墨撒苑付揭粘戈俎候兀呼肇迟苟豆忻练皇邝植鹿麻鱼邰查揣逢矫"
    "栗冶裵谬娄蹇衣雒崇尧阴欣浦尚暨衡隆融求益权巫乌弓咸蒙印宿赖党扶"
)
"""Of one character, rare ones included."""
SURNAMES_AFTER_TITLES = SURNAMES | frozenset(
    "区原修门来寻战信初召能居步都国终公有归海法年爱阳言福商红相后别农越利空须养富秋松索申老黑干苍"
    "闻双贡宰那母巴暴"
)
"""With those that are common words too, and are a surname where a title stands before them."""
TITLES = words_in(
    "院长 校长 局长 处长 科长 部长 厂长 行长 社长 会长 团长 队长 组长 站长 馆长 所长 村长 镇长",
    "董事长 秘书长 理事长 主任 主席 书记 主委 委员 代表 教授 院士 记者 律师 法官 检察官 博士",
    "厅长 研究员 医生 护士 教师 老师 选手 小将 少年 老人 老兵 民警 作家 诗人 画家 学生 同学",
    "导演 演员 司机",
)
"""What a person is, where a dictionary takes the surname after it into a word: 院|长江照."""
TITLE_ENDINGS = "员长席任委授士者师家兵手表记官人警童生"
"""The last characters of what a person is: 委员, 院长, 教授, 记者, 小说家."""

TRANSCRIBING = frozenset(
    "阿埃艾巴贝比卜博布查达戴德迪杜多厄恩尔法菲弗福冈戈格哥古哈赫亨霍基吉加贾杰捷金喀卡凯坎康考科"
    "克肯库奎拉莱兰朗劳勒雷蕾里丽利莉林琳卢鲁伦罗洛马玛麦迈曼梅蒙米密莫姆穆纳娜南内尼涅纽诺欧帕潘"
    "佩彭皮平珀普奇契恰乔切琴琼热茹瑞若撒萨塞赛桑瑟森莎沙舍申什圣施史士朔斯思索苏所塔泰坦汤唐特腾"
    "提蒂廷图托陀瓦万旺威韦维魏温翁沃乌伍武西希锡夏香谢辛欣休许雅亚延扬耶伊依易因永尤于约泽扎詹珍"
    "镇朱兹佐努买才让卓次仁旦增珠央其力登龙冯娅妮茜丝那日图雅木萌丹曲措嘎边琼洛"
)
"""What transcribes foreign names, and those of Tibetans and Uyghurs."""
