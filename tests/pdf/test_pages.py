"""The print PDF as a reader turns its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from raw_manuscript import first_missing, pieces

from publish.build import Outcome

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4
SHEET = (285 + 2 * 10) * MM
TYPE_AREA_TOP = (10 + 20) * MM
"""From the sheet's head, pt: room for crop marks, then the theme's margin."""


@pytest.fixture(scope="module")
def pages(sample: Outcome) -> Iterator[list[pdfplumber.page.Page]]:
    with pdfplumber.open(sample.files["print"]) as opened:
        yield opened.pages


@pytest.fixture(scope="module")
def bookmarks(sample: Outcome) -> Iterator[list[tuple[int, str, int, float]]]:
    """Level, title, page from 0, and how far below the sheet's head, pt."""
    document = pypdfium2.PdfDocument(sample.files["print"])
    try:
        found = []
        for mark in document.get_toc():
            target = mark.get_dest()
            from_trim_foot = target.get_view()[1][1]
            below_head = SHEET - 10 * MM - from_trim_foot
            found.append((mark.level, mark.get_title(), target.get_index(), below_head))
        yield found
    finally:
        document.close()


def baseline(character: dict[str, Any]) -> float:
    """How far below the sheet's head the character stands, pt; boxes follow fonts' whims."""
    return SHEET - float(character["matrix"][5])


def in_trim(character: dict[str, Any]) -> bool:
    return 10 * MM < baseline(character) < SHEET - 10 * MM


def painted(page: pdfplumber.page.Page, top: float = TYPE_AREA_TOP) -> str:
    """The page's characters as they were painted, folio and slug line left out."""
    return "".join(c["text"] for c in page.chars if baseline(c) > top and in_trim(c))


def folio(page: pdfplumber.page.Page) -> str:
    return "".join(c["text"] for c in page.chars if baseline(c) <= TYPE_AREA_TOP)


def squeezed(text: str) -> str:
    return "".join(text.split())


# --- Text --------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(p.name for p in (ROOT / "manuscript").glob("*/*.md")))
def test_the_text_is_the_manuscripts(pages: list[pdfplumber.page.Page], file: str) -> None:
    (path,) = (ROOT / "manuscript").glob(f"*/{file}")
    assert first_missing(pieces(path), "".join(map(painted, pages))) is None


def test_articles_stand_in_the_manifests_order(sample: Outcome, pages: list) -> None:
    text = squeezed("".join(map(painted, pages[1:])))
    everything = [
        piece
        for article in sample.project.issue.articles
        for piece in pieces(sample.project.root / article.file)
    ]
    assert first_missing(everything, text) is None


def test_nothing_but_the_slug_line_is_set_outside_the_trim(
    pages: list[pdfplumber.page.Page],
) -> None:
    for page in pages:
        left, right = 10 * MM, float(page.width) - 10 * MM
        for character in page.chars:
            assert left < character["x0"] < character["x1"] < right, character["text"]
        slug = squeezed("".join(c["text"] for c in page.chars if not in_trim(c)))
        number = page.page_number
        assert slug == f"云汀政协报2026-01-20第1203期FOGRA39青品黄黑页{number}"


# --- Finding one's way ---------------------------------------------------------------------------


def test_each_bookmark_leads_to_its_words(bookmarks: list, pages: list) -> None:
    assert len(bookmarks) == 13
    for _, title, number, top in bookmarks:
        below = squeezed(painted(pages[number], top))
        assert title in below, title
        if title != "大寒将至":  # a picture stands between the mark and the caption it is named by
            assert title not in squeezed(painted(pages[number], top + 60)), title


def test_bookmarks_never_go_back(bookmarks: list) -> None:
    numbers = [number for _, _, number, _ in bookmarks]
    assert numbers == sorted(numbers)


def test_the_contents_give_each_articles_page(bookmarks: list, pages: list) -> None:
    front = squeezed(painted(pages[0], 0))
    for level, title, number, _ in bookmarks:
        if level == 1:
            found = re.search(rf"{re.escape(title)}[·.…]*(\d+)", front)
            assert found, title
            assert int(found[1]) == number + 1, title


def test_the_contents_lead_there(sample: Outcome, bookmarks: list) -> None:
    with pikepdf.open(sample.files["screen"]) as pdf:
        links = [note for note in pdf.pages[0].get("/Annots", []) if note.Subtype == "/Link"]
        assert len(links) >= len(bookmarks)


# --- Folio lines -------------------------------------------------------------------------------


def test_the_front_page_has_no_folio_line(pages: list[pdfplumber.page.Page]) -> None:
    assert "第5版" not in folio(pages[0])


def test_each_folio_line_has_date_page_and_section(
    bookmarks: list, pages: list[pdfplumber.page.Page]
) -> None:
    sections = {number: [] for number in range(len(pages))}  # type: dict[int, list[str]]
    for level, title, number, _ in bookmarks:
        if level == 0:
            sections[number].append(title)
    running = ""
    for number, page in enumerate(pages[1:], start=1):
        line = squeezed(folio(page))
        assert "云汀政协报2026年1月20日星期二" in line
        (named,) = re.findall(r"第5版·([一-鿿]{3,5}?)(?:云汀|\d|$)", line)
        assert named in [running, *sections[number]]
        assert str(number + 1) in re.sub(r"2026年1月20日|第5版", "", line)
        running = sections[number][-1] if sections[number] else running


def test_page_numbers_stand_outside(pages: list[pdfplumber.page.Page]) -> None:
    for number, page in enumerate(pages[1:], start=2):
        digits = [
            c
            for c in page.chars
            if baseline(c) <= TYPE_AREA_TOP and c["text"] == str(number) and c["size"] > 9
        ]
        assert len(digits) == 1
        left = digits[0]["x0"] < float(page.width) / 2
        assert left == (number % 2 == 0)


# --- The file ----------------------------------------------------------------------------------


def test_the_file_says_what_it_is(sample: Outcome) -> None:
    with pikepdf.open(sample.files["print"]) as pdf:
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "云汀政协报 2026年1月20日 第1203期"
            assert set(metadata["dc:publisher"]) == {"云汀政协报社"}
            assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"]


def test_the_file_does_not_know_where_it_was_made(sample: Outcome) -> None:
    with pikepdf.open(sample.files["print"]) as pdf:
        for number in range(1, len(pdf.objects) + 1):
            thing = pdf.get_object(number, 0)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                assert str(ROOT).encode() not in thing.read_bytes()
            elif isinstance(thing, pikepdf.Dictionary):
                assert str(ROOT) not in repr(thing)


def test_each_font_is_used_and_says_what_its_glyphs_mean(sample: Outcome) -> None:
    with pikepdf.open(sample.files["print"]) as pdf:
        names = set()
        for page in pdf.pages:
            for font in dict(page.Resources.Font).values():
                assert "/ToUnicode" in font
                names.add(str(font.BaseFont))
        assert all(re.fullmatch(r"/[A-Z]{6}\+.+", name) for name in names)


def test_pictures_are_as_fine_as_the_press_can_use(pages: list[pdfplumber.page.Page]) -> None:
    """The front page's picture and the photo story's two, each at the size it is shown."""
    shown = [image for page in pages for image in page.images]
    fine = [image["srcsize"][0] / (image["x1"] - image["x0"]) * 72 for image in shown]
    assert [round(each) for each in fine] == [300, 300, 300]
