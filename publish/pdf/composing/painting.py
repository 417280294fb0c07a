"""Write composed text into a page's content stream, each glyph at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from weasyprint.text.line_break import split_first_line

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

    _fonts: dict[tuple[int, str, int], Any] = field(default_factory=dict)
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
        stream.set_text_matrix(1, 0, 0, -1, left, baseline - text.rise)
        stream.set_font_size(font.hash, size)
        stream.show_text(_glyph_string(font, text, size))
        stream.end_text()
        for dot in text.dots:
            _paint_dot(stream, left + dot, baseline + DOT_DEPTH * size, DOT_RADIUS * size)

    def _font(self, stream: Any, text: SetText) -> Any:
        """Return the PDF font of a text's face."""
        weight = text.style["font_weight"]
        key = (id(stream._fonts), text.family.name, weight)
        font = self._fonts.get(key)
        if font is None:
            style = text.style.copy()
            style["font_family"] = (text.family.name,)
            sample = _sample(text.family.face(weight_of(text.style)).characters)
            layout, *_ = split_first_line(sample, style, None, None, 0)
            layout.reactivate(style)
            line, _ = layout.get_first_line()
            font, _ = stream.add_font(line.runs[0].data.item.analysis.font)
            layout.deactivate()
            self._fonts[key] = font
            self._sources.append((stream._fonts, style, layout))  # their identities are keys
        return font


def _sample(characters: frozenset[int]) -> str:
    """Return a Han character of a face, by which Pango finds it; emoji it sets in other fonts."""
    if ord("国") in characters:
        return "国"
    return chr(min((c for c in characters if c >= 0x3400), default=ord("A")))


def _glyph_string(font: Any, text: SetText, size: float) -> str:
    """Return a TJ array's inside: hexadecimal glyphs, moved by thousandths of an em."""
    parts: list[str] = []
    pen = 0.0
    scale = 1000 / size
    widths, texts = font.widths, font.to_unicode
    for glyph, x, cluster in zip(text.glyphs, text.x, text.clusters, strict=True):
        move = pen - x * scale
        if move > 0.005 or move < -0.005:
            move = round(move, 2)
            parts.append(f">{move:g}<")
            pen -= move
        width = widths.get(glyph)
        if width is None:
            width = widths[glyph] = round(text.face.advance(glyph) * 1000)
        if glyph not in texts:
            texts[glyph] = cluster
        parts.append(f"{glyph:04x}")
        pen += width
    return f"<{''.join(parts)}>".replace("<>", "")


def _paint_dot(stream: Any, x: float, y: float, radius: float) -> None:
    handle = _CIRCLE * radius
    stream.move_to(x + radius, y)
    stream.curve_to(x + radius, y + handle, x + handle, y + radius, x, y + radius)
    stream.curve_to(x - handle, y + radius, x - radius, y + handle, x - radius, y)
    stream.curve_to(x - radius, y - handle, x - handle, y - radius, x, y - radius)
    stream.curve_to(x + handle, y - radius, x + radius, y - handle, x + radius, y)
    stream.fill()
