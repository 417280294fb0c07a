"""The print edition's pages in the EPUB: where the markers stand, and the check of them."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from publish.build import Outcome, build
from publish.check.page_list import check_page_list
from publish.epub.page_breaks import with_breaks
from publish.layouts.reading import PageBreak, reading_text, squeezed
from publish.manifest.reader import read_project
from publish.model import Article

MARKER = re.compile(r'<span [^>]*role="doc-pagebreak"[^>]*></span>')


def document(body: str) -> bytes:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>t</title></head><body>{body}</body></html>"
    ).encode()


def marked(body: str, before: str) -> str:
    """Mark the place before a text, and show the marker as ‖."""
    text = squeezed("".join(etree.fromstring(document(body)).find(".//{*}body").itertext()))
    article = Article("a", "a.md", headline=text)
    assert squeezed(reading_text(article)) == text
    made = with_breaks(document(body), [PageBreak("7", "a", text.index(before))], article)
    found = MARKER.sub("‖", made.decode())
    return found[found.index("<body>") + 6 : found.index("</body>")]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("乙丙", "<p>甲 ‖乙丙</p><p>丁</p>"),
        ("丁", "<p>甲 乙丙</p><p>‖丁</p>"),
    ],
)
def test_a_marker_stands_before_the_first_character_of_its_page(before: str, expected: str) -> None:
    assert marked("<p>甲 乙丙</p><p>丁</p>", before) == expected


@pytest.mark.parametrize(
    ("body", "before", "expected"),
    [
        ("<p>甲</p><h2>乙</h2>", "乙", "<p>甲</p>‖<h2>乙</h2>"),
        ("<p>甲<em>乙</em></p>", "乙", "<p>甲‖<em>乙</em></p>"),
        ("<p>甲<em>乙丙</em></p>", "丙", "<p>甲<em>乙‖丙</em></p>"),
        ("<ul><li><p>甲</p></li></ul>", "甲", "<ul><li><p>甲</p></li></ul>"),
        ("<p>甲</p><ul><li><p>乙</p></li></ul>", "乙", "<p>甲</p><ul><li><p>‖乙</p></li></ul>"),
        (
            '<p>甲</p><figure><img alt="" src="x"/><figcaption>乙</figcaption></figure>',
            "乙",
            '<p>甲</p>‖<figure><img alt="" src="x"/><figcaption>乙</figcaption></figure>',
        ),
        (
            "<p>甲</p><table><thead><tr><th>乙</th></tr></thead></table>",
            "乙",
            "<p>甲</p>‖<table><thead><tr><th>乙</th></tr></thead></table>",
        ),
        (
            "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>",
            "乙",
            "<table><tr><td>甲</td></tr><tr><td>‖乙</td></tr></table>",
        ),
        (
            "<p>甲<ruby>乙<rp>（</rp><rt>丙</rt><rp>）</rp></ruby></p>",
            "丙",
            "<p>甲‖<ruby>乙<rp>（</rp><rt>丙</rt><rp>）</rp></ruby></p>",
        ),
        (
            "<p>甲</p><hgroup><p>乙</p><h1>丙</h1></hgroup>",
            "丙",
            "<p>甲</p><hgroup><p>乙</p><h1>‖丙</h1></hgroup>",
        ),
    ],
)
def test_a_marker_stands_where_it_may(body: str, before: str, expected: str) -> None:
    if before == "甲":
        expected = f"‖{expected}"
    assert marked(body, before) == expected


def test_empty_elements_stay_open_for_readers_that_read_html() -> None:
    assert marked("<p>甲乙</p><div></div><hr/>", "乙") == "<p>甲‖乙</p><div></div><hr/>"


def test_the_sample(sample: Outcome) -> None:
    file, printed = sample.files["epub"], sample.files["print"]
    with zipfile.ZipFile(file) as archive:
        nav = archive.read("EPUB/text/nav.xhtml").decode()
        package = archive.read("EPUB/content.opf").decode()
    listed = etree.fromstring(nav.encode()).xpath(
        "//h:nav[@epub:type='page-list']//h:a/text()",
        namespaces={"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"},
    )
    assert listed == ["1", "2", "3", "4", "5"]
    assert "pageBreakSource" in package and "pageNavigation" in package
    assert check_page_list(file, printed, sample.project) == []


def test_without_the_print_edition_there_are_no_pages(project: Path) -> None:
    made = build(project, targets=["epub"])
    with zipfile.ZipFile(made.files["epub"]) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if "html" in name]
        package = archive.read("EPUB/content.opf").decode()
    assert not any("page-list" in text or "pagebreak" in text for text in texts)
    assert "pageBreakSource" not in package and "pageNavigation" not in package


# --- The check -----------------------------------------------------------------------------------


def changed(file: Path, name: str, pattern: str, instead: str, folder: Path) -> Path:
    """Return a copy of an EPUB in which one document is another."""
    copy = folder / file.name
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(copy, "w") as written:
        for entry in archive.namelist():
            content = archive.read(entry)
            if entry.endswith(name):
                text = re.sub(pattern, instead, content.decode(), count=1)
                assert text.encode() != content
                content = text.encode()
            written.writestr(entry, content)
    return copy


IN_TEXT = r'(<span [^>]*role="doc-pagebreak"[^>]*></span>)'


@pytest.mark.parametrize(
    ("name", "pattern", "instead", "codes"),
    [
        ("worn-soles.xhtml", IN_TEXT + "(.)", r"\2\1", ["page-list-place"]),
        ("worn-soles.xhtml", "(.)" + IN_TEXT, r"\2\1", ["page-list-place"]),
        ("worn-soles.xhtml", IN_TEXT, "", ["page-list-target", "page-list-place"]),
        ("nav.xhtml", r'<li><a href="[^"]*page_3">3</a></li>', "", ["page-list-pages"]),
        ("nav.xhtml", r"page_3", "page_4", ["page-list-target"]),
    ],
)
def test_the_check_sees_what_is_wrong(
    sample: Outcome, tmp_path: Path, name: str, pattern: str, instead: str, codes: list[str]
) -> None:
    file = changed(sample.files["epub"], name, pattern, instead, tmp_path)
    found = check_page_list(file, sample.files["print"], sample.project)
    assert list(dict.fromkeys(one.code for one in found)) == codes


NASTY = """\
---
headline: 这一版
kicker: 肩题
byline: [{role: 记者, names: [甲]}]
---
"""


def test_pieces_that_differ_between_paper_and_screen(project: Path) -> None:
    """Lists, readings, notes, tables and English words over many pages."""
    paragraphs = []
    for number in range(120):
        paragraphs.append(f"第{number}段，<ruby>汀<rt>tīng</rt></ruby>江水涨，Wi-Fi 已通，")
        paragraphs[-1] += "一行接一行地往下写，" * (number % 7 + 1) + f"完。[^{number}]"
        paragraphs.append(f"- 一条{number}\n- 又一条{number}\n\n1. 甲{number}\n2. 乙{number}")
    notes = [f"[^{number}]: 注{number}，再说一句。" for number in range(120)]
    text = NASTY + "\n\n".join([*paragraphs, *notes]) + "\n"
    (project / "manuscript" / "one.md").write_text(text, encoding="utf-8")
    made = build(project, targets=["epub", "print"])
    read, _ = read_project(project)
    found = check_page_list(made.files["epub"], made.files["print"], read)
    assert [str(one) for one in found] == []
    with zipfile.ZipFile(made.files["epub"]) as archive:
        assert archive.read("EPUB/text/one.xhtml").count(b"doc-pagebreak") > 4
    shutil.rmtree(project / "build")
