"""The sample's print PDF, read back with pikepdf, PDFium and pdfplumber."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from publish.build import Outcome
from publish.check.fidelity import check_text
from publish.check.pdf import check_pdf, fonts_in_use
from publish.check.structure import bookmarks, manifest_outline

MM = 72 / 25.4


@pytest.fixture(scope="session")
def pdf(sample: Outcome) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(sample.files["print"]) as opened:
        yield opened


def test_boxes_are_exact_and_nested(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        trim = [float(v) for v in page.trimbox]
        bleed = [float(v) for v in page.bleedbox]
        media = [float(v) for v in page.mediabox]
        assert trim[2] - trim[0] == pytest.approx(210 * MM, abs=0.01)
        assert trim[3] - trim[1] == pytest.approx(285 * MM, abs=0.01)
        for inner, outer, room in ((trim, bleed, 3 * MM), (trim, media, 10 * MM)):
            assert inner[0] - outer[0] == pytest.approx(room, abs=0.01)
            assert outer[3] - inner[3] == pytest.approx(room, abs=0.01)
        assert "/ArtBox" not in page.obj


def test_bookmarks_tell_the_manifest(sample: Outcome) -> None:
    assert bookmarks(sample.files["print"]) == manifest_outline(sample.project)


def test_page_labels_run(pdf: pikepdf.Pdf) -> None:
    assert [page.label for page in pdf.pages] == [str(n + 1) for n in range(len(pdf.pages))]


def test_every_font_is_embedded_and_subset(sample: Outcome, pdf: pikepdf.Pdf) -> None:
    assert check_pdf(sample.files["print"]) == []
    fonts = list(fonts_in_use(pdf))
    assert fonts
    for name, embedded, _ in fonts:
        assert embedded
        assert name[6] == "+"
        assert any(known in name for known in ("Noto-Serif-CJK-SC", "Noto-Sans-CJK-SC", "LXGW"))


def test_the_text_is_whole_and_in_order(sample: Outcome) -> None:
    assert check_text(sample.files["print"], sample.project) == []


def test_folio_lines(sample: Outcome) -> None:
    with pdfplumber.open(sample.files["print"]) as opened:
        for number, page in enumerate(opened.pages[1:], start=2):
            head = page.crop((0, 30, page.width - 30, 115)).extract_text()
            assert "2026年1月20日" in head
            assert "第5版" in head
            assert str(number) in head.split()


def test_contents_name_the_pages(sample: Outcome) -> None:
    with pdfplumber.open(sample.files["print"]) as opened:
        front = opened.pages[0].extract_text()
    assert "把养老床位安在自家窗下" in front
    assert "今日导读" in front.replace(" ", "")
    assert "聚一城之智" in front.replace(" ", "")


def test_dates_are_the_issues(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]) == "D:20260120000000+00'00"
    assert str(pdf.docinfo["/ModDate"]) == "D:20260120000000+00'00"
    assert str(pdf.docinfo["/Title"]) == "云汀政协报 2026年1月20日 第1203期"


def test_crop_marks_stay_out_of_the_bleed(sample: Outcome, tmp_path: Path) -> None:
    with pdfplumber.open(sample.files["print"]) as opened:
        page = opened.pages[1]
        page_height, margin = float(page.height), (10 - 3) * MM
        middle = (page_height / 2 - 2, page_height / 2 + 2)
        strokes = [*page.lines, *page.curves]
        assert strokes
        for stroke in strokes:
            inside = margin < stroke["x0"] and stroke["x1"] < float(page.width) - margin
            if inside and not (middle[0] < stroke["top"] < middle[1]):
                assert stroke["top"] > margin - 0.5
