"""Between a file and the model no text goes missing without a word, whatever is typed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from publish.diagnostics import Finding, Severity, has_errors
from publish.errors import InputError
from publish.layouts import reading_text
from publish.manuscript.pictures import PictureShelf
from publish.manuscript.reader import read_article
from publish.model import Article, Block, Figure, ListBlock, Quotation, Separator


def read(folder: Path, text: str) -> tuple[Article, list[Finding]]:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return read_article(path, folder, "a", PictureShelf(folder, folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    return tmp_path


# --- Each known way -----------------------------------------------------------------------------

TOO_MANY_CELLS = "this row has more cells than the table's first; {} would be lost"


@pytest.mark.parametrize(
    ("typed", "code", "line", "message"),
    [
        (
            "| 甲 | 乙 |\n|--|--|\n| 1 | 2 | GDP 5% |",
            "table-cells",
            3,
            TOO_MANY_CELLS.format("“GDP 5%”"),
        ),
        (
            "> | 甲 |\n> |--|\n> | 1 |\n> | 2 | x | y |",
            "table-cells",
            4,
            TOO_MANY_CELLS.format("“x”、“y”"),
        ),
        ("- | 甲 |\n  |--|\n  | 1 | ok |", "table-cells", 3, TOO_MANY_CELLS.format("“ok”")),
        (
            '文[甲](https://x.cn "2026")',
            "text-lost",
            1,
            "“2026” stands after the link's address and is not shown",
        ),
        (
            '![一](a.png "Tower")\n甲 摄',
            "text-lost",
            1,
            "“Tower” stands after the picture's name and is not shown",
        ),
        (
            "<ruby>沈<rp>x1</rp><rt>shěn</rt></ruby>",
            "text-lost",
            1,
            "“x1” stands in <rp>, which is not shown",
        ),
        ("文[](https://x.cn)文", "link-empty", 1, "the link to https://x.cn has no words to show"),
        (
            "1949. 建国\n1978. 改革",
            "list-number",
            2,
            "this item is typed 1978 and would be printed 1950",
        ),
        ("文[^1]\n\n[^1]: a\n\n[^1]: b", "note-twice", 5, "the note [^1] is written twice"),
        ("文\n\n> [^1]: GDP", "note-unused", 3, "nothing in the text refers to the note [^1]"),
        (
            "[字]{.dots id=w1}",
            "span-unknown",
            1,
            "braces after brackets may hold lang=… or .dots alone",
        ),
    ],
)
def test_what_would_be_lost_is_told_with_its_line(
    folder: Path, typed: str, code: str, line: int, message: str
) -> None:
    (finding,) = read(folder, typed)[1]
    assert (finding.code, finding.line, finding.message) == (code, line, message)
    assert finding.severity is Severity.ERROR


def test_front_matter_of_comments_alone_is_told(folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(folder, "---\n# 话题\n---\n正文。")
    (finding,) = caught.value.findings
    assert (finding.code, finding.line) == ("text-lost", 2)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("文。\n\n| 甲 | 乙 | 丙 |\n|--|--|\n| 一 | 二 |", 3),
        ("| 甲 | 乙 |\n|--|--|\n| 一 | 二 |\n下一段没有空行。", 4),
    ],
)
def test_a_table_that_comes_out_otherwise_is_told(folder: Path, typed: str, line: int) -> None:
    (finding,) = read(folder, typed)[1]
    assert (finding.code, finding.severity, finding.line) == (
        "table-broken", Severity.WARNING, line,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("| 甲 | 乙 |\n|--|--|\n| 一 | 二 | |", "甲乙一二"),
        ("| 甲 | 乙 |\n|--|--|\n| 一 |", "甲乙一"),
        ("| 甲 | 乙 |\n|--|--|\n| 一 \\| 二 | 三 |", "甲乙一|二三"),
        ("[维基](https://zh.wikipedia.org/wiki/A_(b)c)", "维基"),
        ("[中](https://x.cn/%E4%B8%AD)[中](https://x.cn/中)", "中中"),
        ("<https://x.cn/%E4%B8%AD>", "https://x.cn/%E4%B8%AD"),
        ("&amp;、&#65;、\\&amp;、`&lt;`", "&、A、&amp;、&lt;"),
        ("[Oui]{lang=fr}[点]{.dots}", "Oui点"),
        ("1. 甲\n1. 乙\n\n文\n\n7. 丙\n8. 丁", "1.甲2.乙文7.丙8.丁"),
        ("<ruby>沈<rp>（</rp><rt>shěn</rt><rp>）</rp></ruby>", "沈shěn"),
        ("<ruby>甲`乙`<rt>jiǎ yǐ</rt></ruby>丙", "甲乙jiǎyǐ丙"),
    ],
)
def test_what_is_no_text_is_not_missed(folder: Path, typed: str, shown: str) -> None:
    article, findings = read(folder, typed)
    assert findings == []
    assert "".join(reading_text(article, printed=True).split()) == shown


def test_hyphens_under_a_paragraph_are_a_separator(folder: Path) -> None:
    article, findings = read(folder, "第一段。\n---\n第二段。")
    assert findings == []
    assert [type(block) is Separator for block in article.body] == [False, True, False]


# --- Whatever is typed --------------------------------------------------------------------------

SIGNS = r"""
    ** * *** _ __ [ ] ( ) （ ） ](b.md) [^1] [^2] | ` `` \ &amp; &#65; &nosuch; {.dots} {lang=en}
    {#id} <ruby> <rt> </rt> </ruby> <rp> </rp> <br> <sub> </sub> ![ ](a.png) <!-- --> < > —— “ ”
    ， 。 % $ ~~ == ^ ! https://x.cn <https://x.cn/ + - ' " { } @ / <a@b.cn>
"""
LINES = (
    *("\n", "\n\n", "\n> ", "\n- ", "\n* ", "\n1. ", "\n2. ", "\n3) ", "\n    ", "\n\t", "\n|"),
    *("|\n", "\n|--|--|\n", "\n```\n", "\n![", "\n## ", "\n# ", "\n#", "\n---\n", "\n===\n"),
    *("\n- - ", "\n[^1]: ", "\n[^2]: ", '](https://x.cn "', '")', "](https://x.cn/a_(b))"),
    *(": ", " ", "　"),
)


@pytest.mark.parametrize("seed", range(20))
def test_scattered_signs_lose_no_text(folder: Path, seed: int) -> None:
    """Every word is in the article, in the order typed, or an error says that it is not."""
    dice = random.Random(seed)
    read_well = 0
    for _ in range(150):
        text, words = scattered(dice)
        try:
            article, findings = read(folder, text)
        except InputError:
            continue
        if has_errors(findings):
            continue
        read_well += 1
        shown = reading_text(article, printed=True)
        shown += "".join(
            alternatives((*article.body, *(b for n in article.notes for b in n.blocks)))
        )
        assert not [word for word in words if word not in shown], text
        if not article.notes and "![" not in text:
            places = [shown.index(word) for word in words]
            assert places == sorted(places), text
    assert read_well > 50


def scattered(dice: random.Random) -> tuple[str, list[str]]:
    """Words that occur nowhere else, Chinese and Western, among signs of Markdown."""
    some = [
        *dice.sample(SIGNS.split(), dice.randint(1, 5)),
        *dice.sample(LINES, dice.randint(1, 4)),
    ]
    words: list[str] = []
    text = ""
    for _ in range(dice.randint(3, 14)):
        if dice.random() < 0.55:
            number = len(words)
            words.append(chr(0x4E00 + 7 * number) if number % 3 else f"w{1001 + number}")
            text += words[-1]
        else:
            text += dice.choice(some)
    return text, words


def alternatives(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Figure():
                yield block.alternative
            case Quotation():
                yield from alternatives(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from alternatives(item)


@pytest.mark.parametrize("seed", range(20))
def test_whole_pieces_come_out_whole(folder: Path, seed: int) -> None:
    """What is well written reads as typed, and nothing is said of it."""
    dice = random.Random(seed)
    for _ in range(20):
        numbers = count()
        pieces = [dice.choice(PIECES)(dice, numbers) for _ in range(dice.randint(1, 6))]
        text = "\n\n<br>\n\n".join(typed for typed, _ in pieces)
        article, findings = read(folder, text)
        assert findings == [], text
        shown = "".join(reading_text(article, printed=True).split())
        assert shown == "".join(read_as for _, read_as in pieces), text


def word(dice: random.Random, numbers: Iterator[int]) -> str:
    return dice.choice(
        ["字{}", "w{}", "“引{}”", "（{}）", "{}%", "《书{}》", "{}：", "$2.{}"]
    ).format(next(numbers))


def phrase(dice: random.Random, numbers: Iterator[int]) -> tuple[str, str]:
    """Words in Chinese text, some emphasised, linked, read out or in another language."""
    forms = (
        "{}",
        "**{}**",
        "*{}*",
        "[{}]{{.dots}}",
        "[{}]{{lang=en}}",
        "[{}](https://x.cn/a)",
        "<sub>{}</sub>",
    )
    typed, shown = "文", "文"
    for _ in range(dice.randint(1, 4)):
        one = word(dice, numbers)
        typed += dice.choice(forms).format(one) + "文"
        shown += one + "文"
    return typed, shown


def paragraph(dice: random.Random, numbers: Iterator[int]) -> tuple[str, str]:
    lines = [phrase(dice, numbers) for _ in range(dice.randint(1, 3))]
    return "\n".join(typed for typed, _ in lines), "".join(shown for _, shown in lines)


def table(dice: random.Random, numbers: Iterator[int]) -> tuple[str, str]:
    columns = dice.randint(1, 4)
    rows = [[phrase(dice, numbers) for _ in range(columns)] for _ in range(dice.randint(1, 4))]
    lines = ["| " + " | ".join(typed for typed, _ in row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * columns)
    return "\n".join(lines), "".join(shown for row in rows for _, shown in row)


def numbered(dice: random.Random, numbers: Iterator[int]) -> tuple[str, str]:
    start = dice.choice([1, 1, 7, 1949])
    items = [phrase(dice, numbers) for _ in range(dice.randint(1, 4))]
    marks = [f"{start + at}." for at in range(len(items))]
    typed = "\n".join(f"{mark} {item}" for mark, (item, _) in zip(marks, items, strict=True))
    return typed, "".join(mark + item for mark, (_, item) in zip(marks, items, strict=True))


def quotation(dice: random.Random, numbers: Iterator[int]) -> tuple[str, str]:
    typed, shown = paragraph(dice, numbers)
    return "> " + typed.replace("\n", "\n> "), shown


def crosshead(dice: random.Random, numbers: Iterator[int]) -> tuple[str, str]:
    typed, shown = phrase(dice, numbers)
    return f"## {typed}", shown


PIECES = (paragraph, table, numbered, quotation, crosshead)
