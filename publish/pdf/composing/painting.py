"""Write composed text into a page's content stream, each glyph at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from weasyprint.matrix import Matrix
from weasyprint.text.line_break import split_first_line

from publish.pdf.composing.lines import ComposedTextBox

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

    def paint(self, stream: Any, box: ComposedTextBox) -> None:
        """Write the box's glyphs, and the dots below them."""
        style = box.style
        if style["visibility"] != "visible" or not box.glyphs:
            return
        size = style["font_size"]
        font = self._font(stream, box)
        stream.set_color(style["color"])
        stream.begin_text()
        baseline = box.position_y + box.baseline - box.rise
        stream.set_text_matrix(*Matrix(d=-1, e=box.position_x, f=baseline).values)
        stream.set_font_size(font.hash, size)
        stream.show_text(_glyph_string(font, box, size))
        stream.end_text()
        for dot in box.dots:
            _paint_dot(stream, box.position_x + dot, baseline + DOT_DEPTH * size, DOT_RADIUS * size)

    def _font(self, stream: Any, box: ComposedTextBox) -> Any:
        """Return the PDF font of a box's face."""
        weight = box.style["font_weight"]
        key = (id(stream._fonts), box.family.name, weight)
        font = self._fonts.get(key)
        if font is None:
            style = box.style.copy()
            style["font_family"] = (box.family.name,)
            sample = next((text for text in box.clusters if text.strip()), "国")
            layout, *_ = split_first_line(sample, style, None, None, 0)
            layout.reactivate(style)
            line, _ = layout.get_first_line()
            font, _ = stream.add_font(line.runs[0].data.item.analysis.font)
            layout.deactivate()
            self._fonts[key] = font
            self._sources.append((stream._fonts, style, layout))  # their identities are keys
        return font


def _glyph_string(font: Any, box: ComposedTextBox, size: float) -> str:
    """Return a TJ array's inside: hexadecimal glyphs, moved by thousandths of an em."""
    parts: list[str] = []
    pen = 0.0
    scale = 1000 / size
    widths, texts = font.widths, font.to_unicode
    for glyph, x, text in zip(box.glyphs, box.x, box.clusters, strict=True):
        move = pen - x * scale
        if move > 0.005 or move < -0.005:
            move = round(move, 2)
            parts.append(f">{move:g}<")
            pen -= move
        width = widths.get(glyph)
        if width is None:
            width = widths[glyph] = round(box.face.advance(glyph) * 1000)
        if glyph not in texts:
            texts[glyph] = text
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
