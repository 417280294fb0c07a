"""Every glyph of a PDF with its origin, advance, size and font, as pdfminer.six interprets it.

Origins and advances are used, never ink. What a page paints is what counts: adjustments inside
a string (TJ), scaled matrices, Type 3 fonts. Spacing that a file only names is not believed.
"""

from __future__ import annotations

import logging
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException

from publish.diagnostics import Finding
from publish.errors import InputError

UNREADABLE = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer raises on a broken file: its own errors, and whatever its parsing runs into."""

INVISIBLE = 3  # text render mode of a layer of recognised text


class Glyph(NamedTuple):
    """One painted glyph; lengths in pt, from the page's top left corner, y downwards."""

    text: str
    x: float
    y: float
    advance: float
    size: float
    font: str

    @property
    def right(self) -> float:
        """Return the right edge of the glyph's frame."""
        return self.x + self.advance


class Picture(NamedTuple):
    """Where an image stands, in pt from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """What one page paints."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    pictures: list[Picture]


def read_pages(pdf: Path) -> Iterator[Page]:
    """Yield the pages of a PDF with their glyphs.

    Raises InputError when the file is no PDF that can be read.
    """
    with _quiet(), pdf.open("rb") as stream:
        device = _Reader()
        interpreter = PDFPageInterpreter(device.rsrcmgr, device)
        try:
            for number, page in enumerate(PDFPage.get_pages(stream), start=1):
                interpreter.process_page(page)
                yield device.page(number)
        except UNREADABLE as error:
            raise InputError(
                Finding("pdf-broken", f"{pdf.name} cannot be read: {error}", hint="make it again")
            ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pdfminer from logging a line for every Type 3 font without a box."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


class _Reader(PDFTextDevice):
    """Collects glyphs while pdfminer interprets a page."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self.glyphs: list[Glyph] = []
        self.pictures: list[Picture] = []
        self.box = (0.0, 0.0)
        self._texts: dict[tuple[Any, int], str] = {}

    def begin_page(self, page: Any, ctm: Any) -> None:
        left, bottom, right, top = page.mediabox
        width, height = abs(right - left), abs(top - bottom)
        self.box = (height, width) if page.rotate % 180 else (width, height)
        self.glyphs, self.pictures = [], []

    def page(self, number: int) -> Page:
        """Return what was collected since the page began."""
        width, height = self.box
        inside = [g for g in self.glyphs if -1 < g.x < width + 1 and -1 < g.y < height + 1]
        return Page(number, width, height, inside, self.pictures)

    def render_image(self, name: str, stream: Any) -> None:
        a, b, c, d, e, f = self.ctm or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        height = self.box[1]
        self.pictures.append(Picture(min(xs), height - max(ys), max(xs), height - min(ys)))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        a, b, c, d, e, f = _times(textstate.matrix, self.ctm)
        font, size, scale = textstate.font, textstate.fontsize, textstate.scaling / 100
        spacing = textstate.charspace * scale
        word = 0.0 if font.is_multibyte() else textstate.wordspace * scale
        upright = a > 0 and abs(b) < 1e-3 * a and abs(c) < 1e-3 * abs(d)
        shown = upright and textstate.render != INVISIBLE and not font.is_vertical()
        x, y = textstate.linematrix
        top = self.box[1]
        name = font.fontname if isinstance(font.fontname, str) else ""
        name = name.partition("+")[2] or name  # without the subset's six letters
        for item in seq:
            if isinstance(item, (int, float)):
                x -= item * size * scale / 1000
                continue
            for code in font.decode(item):
                advance = font.char_width(code) * size * scale
                if shown:
                    origin_x, rise = x * a + e, (y + textstate.rise) * d + f
                    text = self._texts.get((font, code)) or self._name(font, code)
                    self.glyphs.append(
                        Glyph(text, origin_x, top - rise, advance * a, abs(size * d), name)
                    )
                x += advance + spacing + (word if code == 32 else 0.0)
        textstate.linematrix = (x, y)

    def _name(self, font: Any, code: int) -> str:
        """Return the characters a glyph stands for, with compatibility forms unfolded.

        A blank that shares a glyph with a character is not painted: it is left out.
        """
        try:
            text = str(font.to_unichr(code))
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        if text and ("\u2e80" <= text[0] <= "\u2fdf" or "\uf900" <= text[0] <= "\ufb06"):
            text = unicodedata.normalize("NFKC", text)
        self._texts[font, code] = text.strip() or text or "\ufffd"
        return self._texts[font, code]


def _times(first: Any, second: Any) -> tuple[float, float, float, float, float, float]:
    """Return the product of two PDF matrices, the first applied first."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
