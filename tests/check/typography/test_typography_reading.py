"""Glyphs are read where the page paints them, however the file says so."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from paper import EM, Sheet, left, row

from publish.build import Outcome
from publish.check.typography import LineMeasure, measure, measure_lines
from publish.check.typography.glyphs import read_pages
from publish.errors import InputError

LINES = [
    "　　三月的江岸风还有些凉，老街口的",
    "茶馆已经坐满了人，每年都是这样热闹",
    "的时候，80年前也一样。",
]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    paper = Sheet()
    paper.columns(LINES * 4, LINES * 4)
    return paper.save(tmp_path / "plain.pdf")


def places(lines: list[LineMeasure]) -> list[tuple[str, float, float]]:
    return [(line.text, round(line.x, 2), round(line.y, 2)) for line in lines]


def test_lines_stand_where_they_were_set(plain: Path) -> None:
    lines = measure_lines(plain)
    assert len(lines) == 24
    assert places(lines)[0] == (LINES[0].strip("　"), left(0) + 2 * EM, row(0))
    assert {line.x for line in lines[12:]} == {left(1), left(1) + 2 * EM}
    assert [line.begins for line in lines[:4]] == [True, False, False, True]
    assert [line.ends for line in lines[:4]] == [False, False, True, False]
    assert [line.edge is None for line in lines[:4]] == [False, False, True, False]


def test_a_scaled_form_is_read_as_it_is_painted(plain: Path, tmp_path: Path) -> None:
    inside = tmp_path / "form.pdf"
    with pikepdf.open(plain) as pdf:
        page = pdf.pages[0]
        form = pdf.make_stream(
            b"1.6 0 0 1.6 0 0 cm\n" + page.Contents.read_bytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 2000, 2000],
            Resources=page.Resources,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/X": form}))
        page.Contents = pdf.make_stream(b"q 0.625 0 0 0.625 0 0 cm /X Do Q")
        pdf.save(inside)
    assert places(measure_lines(inside)) == places(measure_lines(plain))
    assert measure(inside).body_size == EM


def test_places_are_told_from_the_pages_corner(plain: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.pdf"
    with pikepdf.open(plain) as pdf:
        _, _, right, top = (float(edge) for edge in pdf.pages[0].mediabox)
        pdf.pages[0].mediabox = [-30, -30, right + 30, top + 30]
        pdf.save(moved)
    expected = [(text, x + 30, y + 30) for text, x, y in places(measure_lines(plain))]
    found = places(measure_lines(moved))
    assert [text for text, _, _ in found] == [text for text, _, _ in expected]
    for (_, x, y), (_, other_x, other_y) in zip(found, expected, strict=True):
        assert (x, y) == (pytest.approx(other_x, abs=0.01), pytest.approx(other_y, abs=0.01))


def test_the_sample_is_read_as_pdfium_reads_it(sample: Outcome) -> None:
    file = sample.files["print"]
    page = pdfium.PdfDocument(file)[1]
    text, (edge, _, _, top) = page.get_textpage(), page.get_mediabox()
    x, y = ctypes.c_double(), ctypes.c_double()
    theirs = set()
    for index in range(raw.FPDFText_CountChars(text)):
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        theirs.add((round(x.value - edge), round(top - y.value)))
    ours = list(read_pages(file))[1].glyphs
    near = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    lost = [g for g in ours if g.text.strip() and not any(
        (round(g.x) + dx, round(g.y) + dy) in theirs for dx, dy in near)]  # fmt: skip
    assert len(ours) > 1000
    assert lost == []


def test_what_pdfminer_cannot_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "torn.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog\n")
    with pytest.raises(InputError, match=r"torn\.pdf cannot be read"):
        measure(path)
