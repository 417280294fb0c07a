"""Emphasis beside Chinese punctuation comes out as its writer meant it; asterisks left are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.manuscript.pictures import PictureShelf
from publish.manuscript.reader import read_article
from publish.model import Article, Mark, Paragraph, Run

SIGNS = {Mark.STRONG: "**", Mark.EMPHASIS: "*"}


def read(folder: Path, text: str) -> tuple[Article, list[str]]:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    article, findings = read_article(path, folder, "a", PictureShelf(folder, folder))
    return article, [str(finding) for finding in findings]


def marked(article: Article) -> str:
    """The first paragraph with its strong runs in ⟦⟧ and its emphasised runs in ⟨⟩."""
    (block,) = article.body
    assert isinstance(block, Paragraph)
    text = ""
    for piece in block.text:
        assert isinstance(piece, Run)
        strong, emphasis = Mark.STRONG in piece.marks, Mark.EMPHASIS in piece.marks
        inner = f"⟨{piece.text}⟩" if emphasis else piece.text
        text += f"⟦{inner}⟧" if strong else inner
    return text.replace("⟧⟦", "").replace("⟩⟨", "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("中文**重点：**下文", "中文⟦重点：⟧下文"),
        ("中文**“重点”**下文", "中文⟦“重点”⟧下文"),
        ("他说**《条例》**今起施行", "他说⟦《条例》⟧今起施行"),
        (
            "**一、选题。**先看题目。**二、走访。**再上门。",
            "⟦一、选题。⟧先看题目。⟦二、走访。⟧再上门。",
        ),
        ("**数字：**GDP增长5%，**（注）**另计", "⟦数字：⟧GDP增长5%，⟦（注）⟧另计"),
        ("全市*“一老一小”*工程", "全市⟨“一老一小”⟩工程"),
        ("增长**5.8%**。其中**$300**万", "增长⟦5.8%⟧。其中⟦$300⟧万"),
        ("他——**不走了**——回来", "他——⟦不走了⟧——回来"),
        ("**甲**：**乙**", "⟦甲⟧：⟦乙⟧"),
        ("这***很要紧！***下文", "这⟦⟨很要紧！⟩⟧下文"),
        ("**外**层*里：*层", "⟦外⟧层⟨里：⟩层"),
        # As CommonMark has it.
        ("plain **bold** and *it*", "plain ⟦bold⟧ and ⟨it⟩"),
        ("有 **空格。** 的", "有 ⟦空格。⟧ 的"),
        (r"写作\*号", "写作*号"),
        ("`a*b*c`码", "a*b*c码"),
    ],
)
def test_emphasis_is_what_it_looks_like(tmp_path: Path, typed: str, shown: str) -> None:
    article, findings = read(tmp_path, typed)
    assert findings == []
    assert marked(article) == shown


@pytest.mark.parametrize(
    ("typed", "shown", "line"),
    [
        ("第一行。\n“**重点：下文", "第一行。“**重点：下文", 2),
        ("** 重点 **下文", "** 重点 **下文", 1),
        ("长3*4*5米", "长3*4*5米", 1),
        ("*作者系某某", "*作者系某某", 1),
    ],
)
def test_an_asterisk_left_over_is_printed_and_told(
    tmp_path: Path, typed: str, shown: str, line: int
) -> None:
    article, findings = read(tmp_path, typed)
    assert marked(article) == shown
    assert findings == [
        f"a.md:{line}: an asterisk begins or ends nothing here, and will be printed — for emphasis "
        "close it, without a blank inside; for a product write ×; if it is meant, put \\ before it"
    ]


def test_underscores_are_left_as_they_are(tmp_path: Path) -> None:
    article, findings = read(tmp_path, "填空____，file_name_here")
    assert findings == []
    assert marked(article) == "填空____，file_name_here"
