"""Make a synthetic Chinese newspaper of a given size, the same characters every time.

The text is seeded random words: it means nothing and belongs to nobody, but it uses thousands of
different characters, as a newspaper does. The order of the random calls is part of the format:
another order is another corpus, and figures measured before can no longer be compared.

    python -m benchmarks.corpus M corpus-m.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Literal

SEED = 20230116

#: Size name → (sections, articles in each section); 2L is twice L. An article has some 1,700
#: characters.
SIZES = {"S": (5, 2), "M": (8, 10), "L": (50, 20), "2L": (100, 20), "XL": (100, 100)}

WORDS = (  # noqa: SIM905 - as a list it would fill two screens
    "发展 建设 经济 社会 产业 集群 创新 科技 教育 文化 生态 环境 城市 乡村 交通 能源 数据 平台 "
    "服务 企业 人才 资金 市场 政策 委员 建议 提出 认为 推动 加快 促进 完善 提升 优化 构建 形成 "
    "打造 培育 引导 支持 鼓励 加强 深化 改革 开放 合作 协商 监督 调研 会议 报告 工作 机制 体系 "
    "能力 水平 质量 效率 成本 风险 安全 资源 土地 海洋 河流 森林 农业 工业 制造 信息 网络 智能 "
    "绿色 低碳 数字 金融 养老 医疗 健康 就业 住房 消费 贸易 物流 铁路 港口 机场 公路 社区 家庭 "
    "青年 老人 儿童 妇女 学校 大学 研究 实验 技术 专利 标准 品牌 产品 材料 设备 汽车 船舶 航空 "
    "的 在 和 与 对 从 向 为 以 等 及 也 还 更 不断 进一步 同时 目前 今后 其中 由于 因此 如果 虽然 "
    "但是 而且 并"
).split()

#: Characters of place and person names.
NAME_CHARACTERS = (
    "峡岷沱涪嘉陵渝蓉鄂赣皖冀晋鲁豫湘粤琼黔滇陕陇青宁新蒙藏港澳台闽浙沪苏辽吉黑翰墨书香镇江淮扬徽韵"
    "岭南巴蜀齐燕赵荆楚吴越关中塞北漠河昆仑祁连秦岭太行武夷雁荡峨眉普陀"
)

LATIN_WORDS = ("GDP", "5G", "AI", "R&D", "ESG", "IPO", "3D", "Wi-Fi", "CPPCC", "IoT")
UNITS = ("亿元", "家", "个", "%", "万人", "公里")

#: Marks that end a clause inside a paragraph; a mark's share here is its share in the text.
CLAUSE_ENDS = "，，，，。。；、："
SENTENCE_ENDS = "。。。！"


def gb2312_level_1() -> str:
    """Return the 3,755 common characters of GB/T 2312, rows 16 to 55, in the standard's order."""
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    return bytes(byte for row in rows for cell in cells for byte in (row, cell)).decode(
        "gb2312", "ignore"
    )


@dataclass(frozen=True)
class Block:
    """A paragraph or a crosshead of an article's body."""

    type: Literal["p", "crosshead"]
    text: str


@dataclass(frozen=True)
class Article:
    """One piece of copy; `kicker` and `deck` may be empty, and the deck begins with ——."""

    id: str
    kicker: str
    headline: str
    deck: str
    byline: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """One edition page of articles, titled like 第3版 发展建设."""

    id: str
    title: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Corpus:
    """A whole synthetic issue."""

    title: str
    sections: tuple[Section, ...]

    @property
    def article_count(self) -> int:
        """Number of articles in all sections."""
        return sum(len(section.articles) for section in self.sections)

    @property
    def character_count(self) -> int:
        """Number of characters in the bodies: heads and bylines do not count."""
        articles = (article for section in self.sections for article in section.articles)
        return sum(len(block.text) for article in articles for block in article.blocks)

    def to_json(self) -> str:
        """Return the corpus as one line of JSON, Chinese characters unescaped."""
        return json.dumps(asdict(self), ensure_ascii=False)


class Writer:
    """Draws words, clauses, paragraphs and articles from one stream of random numbers."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._by_frequency = list(gb2312_level_1())
        self._random.shuffle(self._by_frequency)

    def section(self, number: int, article_numbers: range) -> Section:
        """Write edition page `number`, counted from 1."""
        articles = tuple(self._article(article_number) for article_number in article_numbers)
        title = f"第{number}版 {self._two_words()}"
        return Section(f"s{number - 1:03d}", title, articles)

    def _article(self, number: int) -> Article:
        blocks: list[Block] = []
        for part in range(self._random.randint(3, 5)):
            if part > 0:
                blocks.append(Block("crosshead", self._clause()[:12]))
            for _ in range(self._random.randint(2, 5)):
                blocks.append(Block("p", self._paragraph(60, 180)))
        return Article(
            id=f"a{number:05d}",
            kicker=self._clause()[:14] + "：" if self._happens(0.5) else "",
            headline=self._clause()[:18],
            deck="——" + self._clause()[:20] if self._happens(0.4) else "",
            byline="本报记者 " + self._name(),
            blocks=tuple(blocks),
        )

    def _paragraph(self, shortest: int, longest: int) -> str:
        """Write clauses until a length between the two, in characters, is reached."""
        text = ""
        wanted = self._random.randint(shortest, longest)
        while len(text) < wanted:
            ends = CLAUSE_ENDS if len(text) + 20 < wanted else "。"
            text += self._clause() + self._random.choice(ends)
        return text.rstrip("，；、：。") + self._random.choice(SENTENCE_ENDS)

    def _clause(self) -> str:
        """Write three to nine words, now and then with a name, a figure, Latin or quotation."""
        count = self._random.randint(3, 9)
        words = [self._word() for _ in range(count)]
        if self._happens(0.12):
            words.insert(self._random.randrange(count), self._name())
        if self._happens(0.10):
            words.insert(self._random.randrange(count), self._figure())
        if self._happens(0.05):
            words.insert(self._random.randrange(count), self._random.choice(LATIN_WORDS))
        if self._happens(0.06):
            words.append(f"“{self._two_words()}”")
        if self._happens(0.04):
            words.append(f"《{self._two_words()}规划》")
        return "".join(words)

    def _word(self) -> str:
        """Draw a common word, or one time in three two characters by Zipf's law."""
        if self._happens(0.67):
            return self._random.choice(WORDS)
        return self._zipf_character() + self._zipf_character()

    def _zipf_character(self) -> str:
        total = len(self._by_frequency)
        return self._by_frequency[min(int(total ** self._random.random()), total) - 1]

    def _figure(self) -> str:
        return f"{self._random.randint(1, 9999)}{self._random.choice(UNITS)}"

    def _name(self) -> str:
        return self._random.choice(NAME_CHARACTERS) + self._random.choice(NAME_CHARACTERS)

    def _two_words(self) -> str:
        return self._random.choice(WORDS) + self._random.choice(WORDS)

    def _happens(self, probability: float) -> bool:
        return self._random.random() < probability


def generate(size: str) -> Corpus:
    """Return the corpus of `size`, one of `SIZES`. Raises KeyError for another name."""
    section_count, per_section = SIZES[size]
    writer = Writer(SEED)
    sections = tuple(
        writer.section(index + 1, range(index * per_section, (index + 1) * per_section))
        for index in range(section_count)
    )
    return Corpus("合成日报", sections)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one corpus as JSON, and say how large it is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=main.__doc__)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("output", type=Path, metavar="FILE.json")
    options = parser.parse_args(arguments)
    corpus = generate(options.size)
    options.output.write_text(corpus.to_json(), encoding="utf-8")
    print(f"{options.size}: {corpus.article_count} articles, {corpus.character_count} characters")


if __name__ == "__main__":
    main()
