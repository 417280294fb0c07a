"""Each piece of a manuscript comes to its own place in the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.diagnostics import Finding
from publish.manuscript.pictures import PictureShelf
from publish.manuscript.reader import read_article
from publish.model import (
    Article,
    Byline,
    Crosshead,
    Figure,
    ListBlock,
    Mark,
    NoteReference,
    Paragraph,
    Quotation,
    Ruby,
    Run,
    Table,
    plain_text,
)


def read(folder: Path, text: str) -> tuple[Article, list[Finding]]:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return read_article(path, folder, "a", PictureShelf(folder, folder))


def body(folder: Path, text: str) -> tuple[object, ...]:
    article, findings = read(folder, text)
    assert findings == []
    return article.body


def test_front_matter_comes_to_its_places(project: Path) -> None:
    folder = project / "manuscript"
    article, findings = read_article(
        folder / "one.md", project, "one", PictureShelf(project, folder)
    )
    assert findings == []
    assert (article.kicker, article.headline) == ("某某委员建议：", "把路修到家门口")
    assert article.deck == "三年修了一百二十里"
    assert article.byline == (Byline("本报记者", ("甲乙",)), Byline("通讯员", ("丙丁", "戊己")))
    assert (article.source, article.contributor) == ("摘自发言", "某某供稿")
    assert article.lines["headline"] == 3
    first, crosshead, second = article.body
    assert isinstance(first, Paragraph)
    assert first.text == (
        Run("第一段有脚注"),
        NoteReference(1),
        Run("，也有"),
        Run("重点", frozenset({Mark.STRONG})),
        Run("。"),
    )
    assert crosshead == Crosshead((Run("小标题"),), 2, 11)
    assert second == Paragraph((Run("第二段。"),), 13)
    assert article.notes[0].blocks == (Paragraph((Run("这是注。"),), 15),)


def test_a_photo_story_may_be_figures_alone(project: Path) -> None:
    folder = project / "manuscript"
    article, findings = read_article(
        folder / "two.md", project, "two", PictureShelf(project, folder)
    )
    assert findings == []
    (figure,) = article.body
    assert isinstance(figure, Figure)
    assert figure.alternative == "一块红"
    assert plain_text(figure.caption) == "一块红，四四方方。"
    assert plain_text(figure.credit) == "某某 绘"
    assert (figure.picture.width, figure.picture.height) == (60, 40)
    assert article.label == "一块红"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("中文\n中文", "中文中文"),
        ("two\nwords", "two words"),
        ("中文\nword", "中文 word"),
        ("句号。\n“引号", "句号。“引号"),
        ("　　两格缩进", "两格缩进"),
        ("    四格缩进", "四格缩进"),
        ("［甲］：不是链接", "［甲］：不是链接"),
        ("[甲]: 不是定义", "[甲]: 不是定义"),
    ],
)
def test_lines_join_as_chinese_does(tmp_path: Path, typed: str, read_as: str) -> None:
    (paragraph,) = body(tmp_path, typed)
    assert isinstance(paragraph, Paragraph)
    assert plain_text(paragraph.text) == read_as


def test_blocks_come_to_their_places(tmp_path: Path) -> None:
    text = "- 甲\n- 乙\n\n3. 丙\n\n> 引文\n\n| 头 | 数 |\n| :-- | --: |\n| 一 | 1 |\n"
    bullets, numbers, quotation, table = body(tmp_path, text)
    assert isinstance(bullets, ListBlock)
    assert bullets.start is None
    assert len(bullets.items) == 2
    assert isinstance(numbers, ListBlock)
    assert numbers.start == 3
    assert quotation == Quotation((Paragraph((Run("引文"),), 6),), 6)
    assert isinstance(table, Table)
    assert table.header == ((Run("头"),), (Run("数"),))
    assert table.rows == (((Run("一"),), (Run("1"),)),)
    assert table.alignment == ("left", "right")


def test_readings_languages_and_dots(tmp_path: Path) -> None:
    text = "<ruby>沈<rt>shěn</rt></ruby>说[“yes”]{lang=en}[要紧]{.dots}<sup>2</sup>"
    (paragraph,) = body(tmp_path, text)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == (
        Ruby("沈", "shěn"),
        Run("说"),
        Run("“yes”", language="en"),
        Run("要紧", frozenset({Mark.DOTS})),
        Run("2", frozenset({Mark.SUPERSCRIPT})),
    )


def test_two_marks_may_call_one_note(tmp_path: Path) -> None:
    (paragraph,) = body(tmp_path, "一[^a]二[^a]。\n\n[^a]: 注。")
    assert isinstance(paragraph, Paragraph)
    assert [piece for piece in paragraph.text if isinstance(piece, NoteReference)] == [
        NoteReference(1, 1),
        NoteReference(1, 2),
    ]


def test_a_picture_without_words_is_told(tmp_path: Path, project: Path) -> None:
    images = project / "manuscript"
    path = images / "three.md"
    path.write_text("![](images/red.jpg)\n只有图说。", encoding="utf-8")
    _, findings = read_article(path, project, "three", PictureShelf(project, images))
    assert [finding.code for finding in findings] == ["alt-missing", "credit-missing"]
