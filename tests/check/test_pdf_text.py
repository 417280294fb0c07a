"""The quick reading of a PDF's text says what PDFium says of the file as it is."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from publish.build import Outcome, build
from publish.check.fidelity import check_text
from publish.check.pdf_text import GLYPHS, _unusual_widths, page_texts, triangles
from publish.layouts import find_theme
from publish.layouts.reading import squeezed


def readings(file: Path, top: float) -> tuple[list[str], list[str]]:
    quick, slow = page_texts(file, top), page_texts(file, top, quick=False)
    return [squeezed(text) for text in quick], [squeezed(text) for text in slow]


def test_both_readings_of_the_sample_are_the_same(sample: Outcome) -> None:
    quick, slow = readings(sample.files["print"], find_theme(sample.project).geometry.top)
    assert quick == slow
    assert sum(map(len, quick)) > 5000


def test_folio_lines_are_left_out_by_both(sample: Outcome) -> None:
    file, top = sample.files["print"], find_theme(sample.project).geometry.top
    for number, (below, whole) in enumerate(
        zip(readings(file, top)[0], readings(file, -100)[0], strict=True)
    ):
        assert len(whole) > len(below) or number == 0


def test_characters_beyond_the_basic_plane_are_read_whole(project: Path) -> None:
    manuscript = project / "manuscript" / "one.md"
    text = manuscript.read_text(encoding="utf-8")
    manuscript.write_text(
        text.replace("第二段。", "第二段，𬱖𠮷两字，café 3.5%。"), encoding="utf-8"
    )
    outcome = build(project, targets=["print"])
    quick, slow = readings(outcome.files["print"], find_theme(outcome.project).geometry.top)
    assert quick == slow
    assert "第二段，𬱖𠮷两字，café3.5%。" in "".join(quick)


@pytest.mark.parametrize("character", ["橘", "柑"])
def test_a_character_lost_in_the_pages_is_named(
    sample: Outcome, tmp_path: Path, character: str
) -> None:
    """One character's code is taken out of every font's ToUnicode: the slow reading has its say."""
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(sample.files["print"]) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                old = thing.ToUnicode.read_bytes()
                code = f"<{ord(character):04x}>".encode()
                thing.ToUnicode.write(old.replace(code, b"<0058>").replace(code.upper(), b"<0058>"))
        pdf.save(damaged)
    findings = check_text(damaged, sample.project)
    assert "manuscript/proposals/orange-bus.md" in {finding.file for finding in findings}
    assert all(f"lost “{character}”" in finding.message for finding in findings)
    assert all(finding.code == "text-lost" for finding in findings)


def test_articles_in_another_order_are_told_as_that(sample: Outcome, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled.pdf"
    with pikepdf.open(sample.files["print"]) as pdf:
        pages = list(pdf.pages)
        del pdf.pages[:]
        pdf.pages.extend([*pages[:1], *reversed(pages[1:])])
        pdf.save(shuffled)
    codes = {finding.code for finding in check_text(shuffled, sample.project)}
    assert "text-order" in codes


def test_triangles_are_a_font() -> None:
    font = TTFont(io.BytesIO(triangles()))
    assert font["maxp"].numGlyphs == GLYPHS
    outline = font["glyf"][font.getGlyphName(20013)]
    assert (outline.xMin, outline.yMin, outline.xMax, outline.yMax) == (0, 0, 1000, 1000)


@pytest.mark.parametrize(
    ("usual", "widths", "left"),
    [
        (None, [1, [1000], 5, [500, 1000], 8, [1000, 1000]], [5, [500, 1000]]),
        (500, [1, [1000], 5, [500, 500], 8, 9, 500], [1, [1000], 8, 9, 500]),
        (None, [1, 3, 600, 7, [1000]], [1, 3, 600]),
    ],
)
def test_only_runs_of_the_usual_width_are_taken_out(
    usual: int | None, widths: list[object], left: list[object]
) -> None:
    font = pikepdf.Dictionary(W=pikepdf.Array(widths))  # type: ignore[arg-type]
    if usual is not None:
        font.DW = usual
    assert _unusual_widths(font) == pikepdf.Array(left)  # type: ignore[arg-type]
