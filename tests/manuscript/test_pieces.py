"""The less common pieces of a manuscript, and what must never be lost on the way in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from publish.diagnostics import Finding
from publish.layouts import reading_text
from publish.manuscript.blocks import is_credit
from publish.manuscript.pictures import PictureShelf
from publish.manuscript.reader import read_article
from publish.model import (
    Article,
    Block,
    Byline,
    Crosshead,
    Figure,
    LineBreak,
    ListBlock,
    Mark,
    Note,
    NoteReference,
    Paragraph,
    Quotation,
    Ruby,
    Run,
    Separator,
    Table,
    Text,
    plain_text,
)


def read(folder: Path, text: str | bytes) -> tuple[Article, list[Finding]]:
    path = folder / "a.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_article(path, folder, "a", PictureShelf(folder, folder))


def whole(folder: Path, text: str | bytes) -> Article:
    article, findings = read(folder, text)
    assert findings == []
    return article


def told(folder: Path, text: str) -> list[str]:
    return [str(finding) for finding in read(folder, text)[1]]


def inline(folder: Path, text: str) -> Text:
    (block,) = whole(folder, text).body
    assert isinstance(block, Paragraph)
    return block.text


def shown(blocks: tuple[Block, ...]) -> list[object]:
    """The blocks as nested lists of kinds and texts, to be compared at a glance."""
    lines: list[object] = []
    for block in blocks:
        match block:
            case Paragraph():
                lines.append(plain_text(block.text))
            case Crosshead():
                lines.append(f"{'#' * block.level} {plain_text(block.text)}")
            case ListBlock():
                lines.append([block.start, *(shown(item) for item in block.items)])
            case Quotation():
                lines.append([">", *shown(block.blocks)])
            case Table():
                lines.append([[plain_text(c) for c in row] for row in (block.header, *block.rows)])
            case Figure():
                lines.append(
                    [block.picture.name, plain_text(block.caption), plain_text(block.credit)]
                )
            case Separator():
                lines.append("---")
    return lines


# --- Front matter ------------------------------------------------------------------------------


def test_every_field_has_its_place_and_line(tmp_path: Path) -> None:
    article = whole(
        tmp_path,
        "---\n"
        "kicker: 肩题：\n"
        "headline: 主题\n"
        "deck: 副题\n"
        "byline:\n"
        "  - {role: 本报记者, names: [甲, 乙]}\n"
        "  - {names: [丙]}\n"
        "dateline: 本报云汀1月19日讯\n"
        "source: 摘自发言\n"
        "contributor: 某某供稿\n"
        "keywords: [养老, 社区]\n"
        "summary: 一句话。\n"
        "---\n"
        "正文。\n",
    )
    assert article == Article(
        key="a",
        file="a.md",
        kicker="肩题：",
        headline="主题",
        deck="副题",
        byline=(Byline("本报记者", ("甲", "乙")), Byline("", ("丙",))),
        dateline="本报云汀1月19日讯",
        body=(Paragraph((Run("正文。"),), 14),),
        source="摘自发言",
        contributor="某某供稿",
        keywords=("养老", "社区"),
        summary="一句话。",
        lines=article.lines,
    )
    assert article.lines == {
        "kicker": 2, "headline": 3, "deck": 4, "byline": 5, "dateline": 8, "source": 9,
        "contributor": 10, "keywords": 11, "summary": 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf---\nheadline: \xe7\x94\xb2\n---\n\xe4\xb9\x99\n",
        b"---\r\nheadline: \xe7\x94\xb2\r\n---\r\n\xe4\xb9\x99\r\n",
        b"---  \nheadline: \xe7\x94\xb2\n---\n\xe4\xb9\x99",
    ],
    ids=["byte order mark", "Windows line ends", "blanks after the fence"],
)
def test_what_editors_leave_in_files_does_no_harm(tmp_path: Path, text: bytes) -> None:
    article = whole(tmp_path, text)
    assert article.headline == "甲"
    assert article.body == (Paragraph((Run("乙"),), 4),)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("---\nheadline: |-\n  两行的\n  主题\n---\n正文。", "两行的 主题"),
        ("第一句，第二句。", "第一句"),
        ("![图](a.png)\n傍晚五时，雪落下来。\n甲 摄\n\n正文。", "傍晚五时"),
        ("字" * 40, "字" * 24),
    ],
)
def test_a_piece_without_headline_is_called_by_its_first_clause(
    tmp_path: Path, text: str, label: str
) -> None:
    Image.new("L", (4, 4)).save(tmp_path / "a.png")
    assert whole(tmp_path, text).label == label


# --- Inline ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("*轻*重", (Run("轻", frozenset({Mark.EMPHASIS})), Run("重"))),
        ("***都是***", (Run("都是", frozenset({Mark.EMPHASIS, Mark.STRONG})),)),
        ("H<sub>2</sub>O", (Run("H"), Run("2", frozenset({Mark.SUBSCRIPT})), Run("O"))),
        ("见[网页](https://e.org)。", (Run("见"), Run("网页", link="https://e.org"), Run("。"))),
        ("见[另一篇](b.md)。", (Run("见"), Run("另一篇", link="b.md"), Run("。"))),
        ("<https://e.org>", (Run("https://e.org", link="https://e.org"),)),
        ("一<br>二", (Run("一"), LineBreak(), Run("二"))),
        ("一  \n二", (Run("一"), LineBreak(), Run("二"))),
        ("`代码`", (Run("代码", frozenset({Mark.CODE})),)),
        ("[*yes*]{lang=en}", (Run("yes", frozenset({Mark.EMPHASIS}), language="en"),)),
        ("\\*星号\\*与&amp;", (Run("*星号*与&"),)),
        (
            "<ruby>沈<rp>（</rp><rt>shěn</rt><rp>）</rp></ruby>",
            (Ruby("沈", "shěn"),),
        ),
        (
            "<ruby>沈<rt>shěn</rt>𬱖<rt>wěi</rt></ruby>",
            (Ruby("沈", "shěn"), Ruby("𬱖", "wěi")),
        ),
    ],
)
def test_inline_text(tmp_path: Path, typed: str, text: Text) -> None:
    assert inline(tmp_path, typed) == text


@pytest.mark.parametrize(
    ("typed", "joined"),
    [
        ("中\n文", "中文"),
        ("a\nb", "a b"),
        ("他说：\n“好。”", "他说：“好。”"),
        ("一——\n二", "一——二"),
        ("等等……\n完", "等等……完"),
        ("𬱖\n𬭚", "𬱖𬭚"),
        ("**重**\n文", "重文"),
        ("word\n**word**", "word word"),
        ("一\n二\n三", "一二三"),
    ],
)
def test_a_line_break_adds_a_blank_beside_latin_alone(
    tmp_path: Path, typed: str, joined: str
) -> None:
    assert plain_text(inline(tmp_path, typed)) == joined


def test_a_line_break_beside_a_reading_or_a_note_adds_nothing(tmp_path: Path) -> None:
    article = whole(tmp_path, "甲\n<ruby>沈<rt>shěn</rt></ruby>\n乙[^1]\n丙。\n\n[^1]: 注。\n")
    (paragraph,) = article.body
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == (
        Run("甲"), Ruby("沈", "shěn"), Run("乙"), NoteReference(1), Run("丙。"),
    )  # fmt: skip


# --- Blocks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        ("## 小标题\n\n### 更小", ["## 小标题", "### 更小"]),
        ("甲\n\n---\n\n乙", ["甲", "---", "乙"]),
        ("- 甲\n  - 乙\n- 丙", [[None, ["甲", [None, ["乙"]]], ["丙"]]]),
        ("3) 甲\n4) 乙\n\n   又一段", [[3, ["甲"], ["乙", "又一段"]]]),
        ("> 甲\n>\n> - 乙", [[">", "甲", [None, ["乙"]]]]),
        ("| 头 | 数 |\n|--|--|\n| 一 | 1 |\n| 二 | |", [[["头", "数"], ["一", "1"], ["二", ""]]]),
        ("　　甲\n\n　　乙", ["甲", "乙"]),
        ("        很深的缩进", ["很深的缩进"]),
    ],
)
def test_blocks(tmp_path: Path, typed: str, blocks: list[object]) -> None:
    assert shown(whole(tmp_path, typed).body) == blocks


def test_notes_are_numbered_by_their_first_call(tmp_path: Path) -> None:
    article = whole(
        tmp_path, "甲[^late]乙[^early]丙[^late]。\n\n[^early]: 先写的。\n\n[^late]: 后写的。\n"
    )
    (paragraph,) = article.body
    assert isinstance(paragraph, Paragraph)
    calls = [piece for piece in paragraph.text if isinstance(piece, NoteReference)]
    assert [(call.number, call.occurrence) for call in calls] == [(1, 1), (2, 1), (1, 2)]
    assert article.notes == (
        Note(1, (Paragraph((Run("后写的。"),), 5),), 5),
        Note(2, (Paragraph((Run("先写的。"),), 3),), 3),
    )


def test_the_reading_text_has_every_piece_in_order(tmp_path: Path) -> None:
    article = whole(
        tmp_path,
        "---\nkicker: 肩：\nheadline: 主\ndeck: 副\nbyline: [{role: 记者, names: [甲, 乙]}]\n"
        "dateline: 电头\nsource: 出处\ncontributor: （供稿）\n---\n"
        "文[^1]。\n\n## 标\n\n- 一\n- 二\n\n> 引\n\n| 头 |\n|--|\n| 格 |\n\n[^1]: 注\n",
    )
    assert reading_text(article) == ("肩：主——副记者甲乙电头文①。标一二引头格（供稿）（出处）①注")
    assert "标•一•二引" in reading_text(article, printed=True)


# --- Figures -----------------------------------------------------------------------------------


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for name in ("a.png", "b.png", "名 字.png"):
        Image.new("L", (4, 3)).save(tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        ("![一](a.png)\n图说。\n甲 摄", [["a.png", "图说。", "甲 摄"]]),
        ("![一](a.png)\n图说一，\n图说二。\n甲 摄", [["a.png", "图说一，图说二。", "甲 摄"]]),
        ("![一](a.png)\nOne\ntwo.\n甲 摄", [["a.png", "One two.", "甲 摄"]]),
        ("![一](a.png)\n甲 摄", [["a.png", "", "甲 摄"]]),
        (
            "![一](a.png)\n图一。\n甲 摄\n![二](b.png)\n图二。\n乙 绘",
            [["a.png", "图一。", "甲 摄"], ["b.png", "图二。", "乙 绘"]],
        ),
        ("![一](<名 字.png>)\n图说。\n甲 摄", [["名 字.png", "图说。", "甲 摄"]]),
    ],
)
def test_figures(pictures: Path, typed: str, figures: list[object]) -> None:
    assert shown(whole(pictures, typed).body) == figures


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("甲 摄", True),
        ("本报记者 甲 摄影", True),
        ("某某中学供图", True),
        ("甲 制图", True),
        ("乙 绘", True),
        ("（甲 摄）", True),
        ("这一天，甲在江边拍摄", False),
        ("甲在江边。", False),
    ],
)
def test_a_credit_is_known_by_its_ending(line: str, credit: bool) -> None:
    assert is_credit(line) is credit


def test_a_picture_in_a_line_of_text_is_told(pictures: Path) -> None:
    assert told(pictures, "文字![一](a.png)文字。") == [
        "a.md:1: a picture stands inside a line of text — begin a new paragraph with the picture"
    ]


# --- What is wrong, and what must not be lost ----------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "| 甲 | 乙 |\n|--|--|\n| 一 | 二 | 三 |",
            "a.md:3: this row has more cells than the table's first; “三” would be lost — "
            "add columns to the first two lines, or put \\ before a | that is meant as text",
        ),
        (
            "文[^1]。\n\n[^1]: 甲\n[^1]: 乙",
            "a.md:4: the note [^1] is written twice — give it another number, here and in the text",
        ),
        (
            "正文。\n\n# 一级标题",
            "a.md:3: a line with one # is a headline, which belongs into the front matter — "
            "write headline: there, or use ## for a crosshead",
        ),
        (
            "正文。\n\n```\n代码\n```",
            "a.md:3: this kind of block (fence) has no place in an article — "
            "write it as paragraphs",
        ),
        (
            "[字]{onclick=x}",
            "a.md:1: braces after brackets may hold lang=… or .dots alone — "
            "write for example [text]{lang=en} or [text]{.dots}",
        ),
        ("甲[^2]。", "a.md:1: the note [^2] has no text — add a line [^2]: …"),
        (
            "甲。\n\n[^2]: 乙",
            "a.md:3: nothing in the text refers to the note [^2] — put [^2] where it belongs",
        ),
        ("", "a.md: the article has no text — write it"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, typed: str, message: str) -> None:
    assert told(tmp_path, typed) == [message]
