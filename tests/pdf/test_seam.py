"""The seam into WeasyPrint: it must be where it was, and must be used."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import weasyprint
from weasyprint import draw
from weasyprint.layout import block
from weasyprint.pdf.fonts import Font

from publish.fonts.reading import read_catalogue
from publish.pdf.composing import Composer, composing


def test_weasyprint_is_the_pinned_one() -> None:
    assert weasyprint.__version__.startswith("70.0")


def test_the_seam_has_not_moved() -> None:
    assert list(inspect.signature(block.iter_line_boxes).parameters) == [
        "context", "box", "position_y", "bottom_space", "skip_stack", "containing_block",
        "absolute_boxes", "fixed_boxes", "first_letter_style", "first_line_style",
    ]  # fmt: skip
    assert list(inspect.signature(block.columns_layout).parameters) == [
        "context", "box", "bottom_space", "skip_stack", "containing_block", "page_is_empty",
        "absolute_boxes", "fixed_boxes", "adjoining_margins", "first_letter_style",
        "first_line_style",
    ]  # fmt: skip
    assert list(inspect.signature(Font.subset).parameters) == ["self", "to_unicode", "hinting"]
    assert list(inspect.signature(draw.draw_inline_level).parameters) == [
        "stream", "page", "box", "offset_x", "text_overflow", "block_ellipsis",
    ]  # fmt: skip
    assert list(inspect.signature(draw.draw_text).parameters) == [
        "stream", "textbox", "offset_x", "text_overflow", "block_ellipsis",
    ]  # fmt: skip


LEADING = 16 * 96 / 72


def composer() -> Composer:
    return Composer(read_catalogue(None).families, LEADING)


def render(html: str, path: Path, used: Composer) -> None:
    css = "@page { size: 200pt 200pt; margin: 10pt } body { margin: 0; width: 180pt; "
    css += "font: 10pt/16pt 'Noto Serif CJK SC' } p { margin: 0; "
    css += "text-align: justify; --lines: composed }"
    with composing(used):
        weasyprint.HTML(string=html).write_pdf(path, stylesheets=[weasyprint.CSS(string=css)])


def test_a_paragraph_is_composed_and_its_text_is_whole(tmp_path: Path) -> None:
    used = composer()
    text = "他说：“把路修到家门口，才算修完了路。”这条路长12.6公里，由GDP之外的人走出来。" * 3
    render(f"<p lang=zh-Hans>{text}</p>", tmp_path / "a.pdf", used)
    assert used.counts.lines_left == 0
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage()
    found = page.get_text_range()
    assert "".join(found.split()) == text


def test_lines_reach_the_measure(tmp_path: Path) -> None:
    import pdfplumber

    text = "城里的路，修了又修；江边的灯，亮了又亮。" * 8
    render(f"<p lang=zh-Hans>{text}</p>", tmp_path / "a.pdf", composer())
    with pdfplumber.open(tmp_path / "a.pdf") as opened:
        lines = opened.pages[0].extract_text_lines(return_chars=True)
    for line in lines[:-1]:
        last = line["chars"][-1]
        blank = 5 if last["text"] in "，。；" else 0
        assert abs(last["matrix"][4] + 10 - blank - 190) < 0.1, line["text"]


def test_what_is_not_text_goes_its_own_way(tmp_path: Path) -> None:
    used = composer()
    box = "<span style='display: inline-block; width: 9pt'>块</span>"
    render(f"<p lang=zh-Hans>前{box}后</p>", tmp_path / "a.pdf", used)
    assert used.counts.lines_left == 1


@pytest.mark.parametrize("module", ["folios", "making", "inks", "marks", "tagging"])
def test_pango_is_loaded_without_a_search(module: str) -> None:
    """Whichever module comes first: looking for libraries by ldconfig takes 0.2 s of each build."""
    program = (
        "import ctypes.util\n"
        "def search(name): raise SystemExit('searched for ' + name)\n"
        "ctypes.util.find_library = search\n"
        f"import publish.pdf.parts.{module}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
