"""The text of a PDF's pages, read with PDFium.

For each character PDFium asks its font for the outline's box, twice; with Chinese outlines that
is four fifths of its time. Text needs none of it: codes, widths and ToUnicode stand beside the
font's program. So the quick way gives PDFium the same pages with every program replaced by one
whose glyphs are all the same triangle, standing on the baseline. It also looks through a font's
list of widths for every character, so those that are the font's usual one are taken out of it.
The slow way reads the file as it is, character by character; whoever misses something in the
quick reading asks it.
"""

from __future__ import annotations

import ctypes
import io
import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
Area = tuple[float, float, float, float]
"""Left, bottom, right and top, in pt."""


def page_texts(file: Path, top: float, *, quick: bool = True) -> Iterator[str]:
    """Yield the text of each page's type area, in the order painted.

    The type area begins ``top`` pt below the trim's head; what stands above it, such as folio
    lines, is left out, and what runs off the trimmed page: nobody can read it. PDFium's own
    blanks and line ends are among the text.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(_without_outlines(file) if quick else file)
    try:
        for page in document:
            left, bottom, right, head = page.get_trimbox()
            area = (left, bottom, right, head - top)
            text = _text_within(page, area) if quick else "".join(_painted(page, area))
            yield _whole_characters(text)
    finally:
        document.close()


def _text_within(page: Any, area: Area) -> str:
    """Give all characters whose box reaches into an area: all triangles that stand there."""
    return str(page.get_textpage().get_text_bounded(*area))


def _painted(page: Any, area: Area) -> Iterator[str]:
    """Yield the characters whose origin stands within an area."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(raw.FPDFText_CountChars(text_page)):
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text_page, index)
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        if area[0] <= x.value <= area[2] and area[1] <= y.value <= area[3]:
            yield chr(code)


def _whole_characters(text: str) -> str:
    """Join the halves in which PDFium gives characters beyond the basic plane."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# --- Outlines left out ---------------------------------------------------------------------------


def _without_outlines(file: Path) -> bytes:
    """Return the PDF with a font of triangles in place of each font's program, and short widths."""
    written = io.BytesIO()
    with pikepdf.open(file) as pdf:
        program = pdf.make_stream(triangles())
        for thing in list(pdf.objects):
            if isinstance(thing, pikepdf.Dictionary):
                for key in FONT_PROGRAMS:
                    if key in thing:
                        del thing[key]
                        thing.FontFile2 = program
                if "/W" in thing and thing.get("/Type") == "/Font":
                    thing.W = _unusual_widths(thing)
        pdf.save(written, compress_streams=False)
    return written.getvalue()


def _unusual_widths(font: Any) -> Any:
    """Return a composite font's widths, without runs of nothing but its usual one.

    ISO 32000-2, 9.7.4.3: a glyph that ``W`` does not name is as wide as ``DW`` says, or 1000.
    """
    usual = str(font.get("/DW", 1000)).encode()
    run = rb"(?<=[\[\] ])\d+ \[(?: " + re.escape(usual) + rb")+ \]"
    return pikepdf.Object.parse(re.sub(run, b"", font.W.unparse()))


GLYPHS = 0xFFFF
EM = 1000


@cache
def triangles() -> bytes:
    """Return a TrueType font of 65,535 glyphs, each a triangle one em wide on the baseline.

    Only what FreeType asks for (OpenType § 5: head, hhea, hmtx, maxp, loca, glyf).
    """
    outline = struct.pack(">5h", 1, 0, 0, EM, EM) + struct.pack(">2H", 2, 0) + bytes((1, 1, 1))
    glyph = outline + struct.pack(">6h", 0, EM, 0, 0, 0, EM)
    glyph += bytes(-len(glyph) % 4)
    head = (0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, 0, EM, EM, 0, 8, 2, 1, 0)
    hhea = (0x10000, EM, 0, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    tables = {
        b"glyf": glyph * GLYPHS,
        b"head": struct.pack(">4I2H2Q4h2H3h", *head),
        b"hhea": struct.pack(">I3hH11hH", *hhea),
        b"hmtx": struct.pack(">Hh", EM, 0) + bytes(2 * (GLYPHS - 1)),
        b"loca": struct.pack(f">{GLYPHS + 1}I", *range(0, len(glyph) * (GLYPHS + 1), len(glyph))),
        b"maxp": struct.pack(">I14H", 0x10000, GLYPHS, 3, 1, 0, 0, 1, *[0] * 8),
    }
    directory, body = b"", b""
    for tag, table in tables.items():
        place = 12 + 16 * len(tables) + len(body)
        directory += tag + struct.pack(">3I", 0, place, len(table))
        body += table + bytes(-len(table) % 4)
    return struct.pack(">I4H", 0x10000, len(tables), 0, 0, 0) + directory + body
