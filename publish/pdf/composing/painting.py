"""Write composed text into a page's content stream, each glyph at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from weasyprint.text.line_break import split_first_line

from publish.fonts.face import HarfBuzzFace
from publish.pdf.composing.lines import ComposedLineBox, ComposedTextBox, SetText
from publish.pdf.composing.runs import weight_of

DOT_RADIUS = 0.07
DOT_DEPTH = 0.3
"""An emphasis dot's radius and its centre below the baseline, in em (CLREQ § 3.1.8)."""
_CIRCLE = 0.5523
"""How far a quarter circle's handles reach, in radii."""


@dataclass(slots=True)
class Painter:
    """Paints the composed text boxes of one document."""

    _fonts: dict[tuple[int, str, int], _Font] = field(default_factory=dict)
    _sources: list[Any] = field(default_factory=list)

    def paint_line(self, stream: Any, line: ComposedLineBox) -> None:
        """Write a line, or several, that hold nothing but text."""
        for text, left, baseline in line.placed():
            self.paint(stream, text, left, baseline)

    def paint_box(self, stream: Any, box: ComposedTextBox) -> None:
        """Write a text box inside a line."""
        self.paint(stream, box.set_text, box.position_x, box.position_y + box.baseline)

    def paint(self, stream: Any, text: SetText, left: float, baseline: float) -> None:
        """Write glyphs, and the dots below them."""
        style = text.style
        if style["visibility"] != "visible":
            return
        size = style["font_size"]
        font = self._font(stream, text)
        stream.set_color(style["color"])
        stream.begin_text()
        place = f"1 0 0 -1 {_number(left)} {_number(baseline - text.rise)} Tm"
        stream.stream.append(place.encode("ascii"))
        stream.set_font_size(font.name, size)
        stream.stream.append(f"[{font.glyph_string(text, size)}] TJ".encode("ascii"))
        stream.end_text()
        for dot in text.dots:
            _paint_dot(stream, left + dot, baseline + DOT_DEPTH * size, DOT_RADIUS * size)

    def _font(self, stream: Any, text: SetText) -> _Font:
        """Return the PDF font of a text's face."""
        weight = text.style["font_weight"]
        key = (id(stream._fonts), text.family.name, weight)
        found = self._fonts.get(key)
        if found is None:
            style = text.style.copy()
            style["font_family"] = (text.family.name,)
            sample = _sample(text.family.face(weight_of(text.style)).characters)
            layout, *_ = split_first_line(sample, style, None, None, 0)
            layout.reactivate(style)
            line, _ = layout.get_first_line()
            font, _ = stream.add_font(line.runs[0].data.item.analysis.font)
            layout.deactivate()
            found = self._fonts[key] = _Font(font)
            self._sources.append((stream._fonts, style, layout))  # their identities are keys
        return found


class _Font:
    """A font of the PDF, with the glyphs that were written in it."""

    def __init__(self, font: Any) -> None:
        self.name = font.hash
        self._widths, self._texts = font.widths, font.to_unicode
        self._known: dict[int, tuple[str, float]] = {}
        """Each glyph's code in hexadecimal and its width in thousandths of an em."""

    def glyph_string(self, text: SetText, size: float) -> str:
        """Return a TJ array's inside: hexadecimal glyphs, moved by thousandths of an em."""
        parts: list[str] = []
        pen = 0.0
        scale = 1000 / size
        known = self._known
        for glyph, x, cluster in zip(text.glyphs, text.x, text.clusters, strict=True):
            move = pen - x * scale
            if move > 0.005 or move < -0.005:
                move = round(move, 2)
                parts.append(f">{move:g}<")
                pen -= move
            if glyph not in known:
                self._note(glyph, cluster, text)
            code, width = known[glyph]
            parts.append(code)
            pen += width
        return f"<{''.join(parts)}>".replace("<>", "")

    def _note(self, glyph: int, cluster: str, text: SetText) -> None:
        """Tell the PDF of a glyph: its width, and the text it stands for."""
        width = self._widths.get(glyph)
        if width is None:
            width = self._widths[glyph] = _advance(text.face, glyph)
        self._texts.setdefault(glyph, cluster)
        self._known[glyph] = f"{glyph:04x}", width


@lru_cache(maxsize=65536)
def _advance(face: HarfBuzzFace, glyph: int) -> int:
    """Return a glyph's advance in thousandths of an em; parts of an issue ask for the same ones."""
    return round(face.advance(glyph) * 1000)


def _number(value: float) -> str:
    """Write a number as pydyf does."""
    return str(int(value)) if value == int(value) else f"{value:f}".rstrip("0")


def _sample(characters: frozenset[int]) -> str:
    """Return a Han character of a face, by which Pango finds it; emoji it sets in other fonts."""
    if ord("国") in characters:
        return "国"
    return chr(min((c for c in characters if c >= 0x3400), default=ord("A")))


def _paint_dot(stream: Any, x: float, y: float, radius: float) -> None:
    handle = _CIRCLE * radius
    stream.move_to(x + radius, y)
    stream.curve_to(x + radius, y + handle, x + handle, y + radius, x, y + radius)
    stream.curve_to(x - handle, y + radius, x - radius, y + handle, x - radius, y)
    stream.curve_to(x - radius, y - handle, x - handle, y - radius, x, y - radius)
    stream.curve_to(x + handle, y - radius, x + radius, y - handle, x + radius, y)
    stream.fill()
