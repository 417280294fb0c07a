"""The seam between WeasyPrint's layout and the line composer.

WeasyPrint asks for a paragraph's lines through ``weasyprint.layout.block.iter_line_boxes`` and
paints text through ``weasyprint.draw.draw_text``. While ``composing`` is in force, paragraphs
that ask for ``text-align: justify`` and hold nothing but text are set by
``publish.typesetting``; everything else goes WeasyPrint's own way. Both names are private, so
WeasyPrint's minor version is pinned and a test fails when the seam moves.

Lengths here are WeasyPrint's CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from weasyprint import draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
from weasyprint.matrix import Matrix
from weasyprint.text.line_break import split_first_line, strut

from publish.fonts.face import HarfBuzzFace
from publish.typesetting import Line, Paragraph, Settings, TextRun, TextStyle, compose

FaceKey = tuple[str, int]
"""A family's name in lower case and a weight."""


class ComposedTextBox(boxes.TextBox):  # type: ignore[misc]
    """A text box whose glyphs have their places already."""

    glyphs: tuple[int, ...]
    x: tuple[float, ...]
    """From the box's left edge."""
    clusters: tuple[str, ...]
    """The text of each glyph."""
    face: HarfBuzzFace


@dataclass(slots=True)
class _Metrics:
    """What WeasyPrint knows of a style: its line's height and baseline, and Pango's font."""

    style: Any
    height: float
    baseline: float
    half_leading: float
    layout: Any


@dataclass(slots=True)
class Composer:
    """Composes the paragraphs of one document; counts what it took and what it left."""

    faces: Mapping[FaceKey, HarfBuzzFace]
    characters: Mapping[FaceKey, frozenset[int]]
    settings: Settings = field(default_factory=Settings)
    composed: int = 0
    left: int = 0
    _paragraphs: dict[object, Paragraph] = field(default_factory=dict)
    _metrics: dict[int, _Metrics] = field(default_factory=dict)
    _fonts: dict[tuple[int, int], Any] = field(default_factory=dict)

    # --- Taking a paragraph ------------------------------------------------------------------

    def texts(self, box: Any) -> list[Any] | None:
        """Return the text boxes of a line box in order, or None if it holds anything else."""
        found: list[Any] = []
        return found if self._collect(box, found) and found else None

    def _collect(self, box: Any, found: list[Any]) -> bool:
        for child in box.children:
            if type(child) is boxes.TextBox:
                if child.text:
                    if not self._can_set(child):
                        return False
                    found.append(child)
            elif (
                type(child) is not boxes.InlineBox
                or not _is_plain(child)
                or not self._collect(child, found)
            ):
                return False
        return True

    def _can_set(self, box: Any) -> bool:
        style = box.style
        key = _face_key(style)
        return (
            key in self.faces
            and style["font_style"] == "normal"
            and style["letter_spacing"] in ("normal", 0)
            and style["text_decoration_line"] == "none"
            and style["white_space"] == "normal"
            and style["font_size"] > 0
            and self.characters[key].issuperset(map(ord, box.text))
        )

    def paragraph(self, texts: Sequence[Any], measure: float, indent: float) -> Paragraph:
        """Return the composed paragraph, from the last time where nothing has changed."""
        runs = tuple(self._run(box) for box in texts)
        key = (runs, round(measure, 4), round(indent, 4))
        if key not in self._paragraphs:
            self._paragraphs[key] = compose(
                runs, measure, indent=indent, settings=self.settings, align="justify"
            )
        return self._paragraphs[key]

    def _run(self, box: Any) -> TextRun:
        style = box.style
        return TextRun(
            box.text,
            TextStyle(self.faces[_face_key(style)], style["font_size"], style["lang"] or "zh-Hans"),
            keep_with_previous=box.element_tag == "sup",
        )

    # --- Lines -------------------------------------------------------------------------------

    def line_boxes(
        self, line_box: Any, texts: Sequence[Any], start: int, position_y: float, holder: Any
    ) -> Iterator[tuple[Any, dict[int, None] | None]]:
        """Yield finished line boxes from the character ``start`` of the paragraph on."""
        paragraph = self.paragraph(texts, holder.width, line_box.text_indent)
        lines = [line for line in paragraph.lines if line.start >= start]
        if lines and lines[0].start != start:  # went on at another measure
            paragraph = self._rest(texts, start, holder.width)
            lines = list(paragraph.lines)
        else:
            start = 0
        for index, line in enumerate(lines):
            box = self._line_box(line_box, texts, line, holder, position_y, start)
            position_y += box.height
            following = lines[index + 1].start + start if index + 1 < len(lines) else None
            yield box, None if following is None else {following: None}

    def _rest(self, texts: Sequence[Any], start: int, measure: float) -> Paragraph:
        rest, passed = [], 0
        for box in texts:
            cut = max(0, start - passed)
            passed += len(box.text)
            rest.append(box.copy_with_text(box.text[cut:]) if cut else box)
        return self.paragraph([box for box in rest if box.text], measure, 0)

    def _line_box(
        self, line_box: Any, texts: Sequence[Any], line: Line, holder: Any, y: float, cut: int
    ) -> Any:
        pieces = self._pieces(texts, line, cut)
        left = holder.content_box_x()
        new = line_box.copy_with_children(self._children(line_box, pieces, left, holder))
        new.position_x = left
        new.width = line.x + line.width
        inline._adjust_line_height(new)
        bottom, top = inline.line_box_verticality(new)
        new.baseline = -top
        new.position_y = top
        new.height = bottom - top
        new.margin_top = new.margin_bottom = 0
        new.translate(0, y - top)
        new.position_y = y
        return new

    def _pieces(self, texts: Sequence[Any], line: Line, cut: int) -> dict[int, list[Any]]:
        """Return the line's text boxes by the identity of the box they were cut from."""
        kept = _after(texts, cut)
        found: dict[int, list[Any]] = {}
        for piece in line.pieces:
            source, text = kept[piece.run]
            if not hasattr(source, "padding_top"):
                resolve_percentages(source, (0, 0))
            box = source.copy_with_text(text[piece.start : piece.end])
            box.__class__ = ComposedTextBox
            metrics = self._measure(source.style)
            box.face = self.faces[_face_key(source.style)]
            box.glyphs = piece.glyphs
            box.x = tuple(x - piece.left for x in piece.x)
            box.clusters = _cluster_texts(text, piece.clusters, piece.end)
            box.position_x = piece.left
            box.width = piece.right - piece.left
            box.height = metrics.height
            box.margin_top = box.margin_bottom = metrics.half_leading
            box.baseline = metrics.baseline + metrics.half_leading
            box.pango_layout = metrics.layout
            found.setdefault(id(source), []).append(box)
        return found

    def _children(
        self, parent: Any, pieces: dict[int, list[Any]], left: float, holder: Any
    ) -> list[Any]:
        children: list[Any] = []
        for child in parent.children:
            if isinstance(child, boxes.TextBox):
                for box in pieces.get(id(child), ()):
                    box.position_x += left
                    children.append(box)
                continue
            inside = self._children(child, pieces, left, holder)
            if not inside:
                continue
            resolve_percentages(child, holder)
            new = child.copy_with_children(inside)
            new.position_x = inside[0].position_x
            new.width = inside[-1].position_x + inside[-1].width - new.position_x
            inline._adjust_line_height(new)
            children.append(new)
        return children

    def _measure(self, style: Any) -> _Metrics:
        found = self._metrics.get(id(style))
        if found is None:
            layout, _, _, _, height, baseline = split_first_line("国", style, None, None, 0)
            line_height, _ = strut(style)
            half = (line_height - height) / 2
            found = self._metrics[id(style)] = _Metrics(style, height, baseline, half, layout)
        return found

    # --- Painting ----------------------------------------------------------------------------

    def paint(self, stream: Any, box: ComposedTextBox) -> None:
        """Write the box's glyphs, each at its place."""
        style = box.style
        if style["visibility"] != "visible" or not box.glyphs:
            return
        size = style["font_size"]
        font = self._font(stream, box)
        stream.set_color(style["color"])
        stream.begin_text()
        matrix = Matrix(d=-1, e=box.position_x, f=box.position_y + box.baseline)
        stream.set_text_matrix(*matrix.values)
        stream.set_font_size(font.hash, size)
        stream.show_text(self._glyph_string(font, box, size))
        stream.end_text()

    def _glyph_string(self, font: Any, box: ComposedTextBox, size: float) -> str:
        """Return a TJ array's inside: hexadecimal glyphs, moved by thousandths of an em."""
        parts: list[str] = []
        pen = 0.0
        scale = 1000 / size
        widths, texts = font.widths, font.to_unicode
        for glyph, x, text in zip(box.glyphs, box.x, box.clusters, strict=True):
            move = round(pen - x * scale, 2)
            if move:
                parts.append(f">{move:g}<")
                pen -= move
            if glyph not in widths:
                widths[glyph] = round(box.face.advance(glyph) * 1000)
            if glyph not in texts:
                texts[glyph] = text
            parts.append(f"{glyph:04x}")
            pen += widths[glyph]
        return f"<{''.join(parts)}>".replace("<>", "")

    def _font(self, stream: Any, box: ComposedTextBox) -> Any:
        key = (id(stream._fonts), id(box.style))
        font = self._fonts.get(key)
        if font is None:
            layout = self._measure(box.style).layout
            layout.reactivate(box.style)
            line, _ = layout.get_first_line()
            font, _ = stream.add_font(line.runs[0].data.item.analysis.font)
            layout.deactivate()
            self._fonts[key] = font
        return font


def _face_key(style: Any) -> FaceKey:
    weight = 700 if style["font_weight"] >= 600 else 400
    return style["font_family"][0].lower(), weight


def _is_plain(box: Any) -> bool:
    """Tell whether an inline box adds no room of its own and stays in the line."""
    style = box.style
    return (
        box.is_in_normal_flow()
        and style["position"] == "static"
        and not getattr(box, "footnote", None)
        and not box.is_leader
        and all(
            not style[f"border_{side}_width"]
            and getattr(style[f"{kind}_{side}"], "value", style[f"{kind}_{side}"]) == 0
            for side in ("left", "right")
            for kind in ("margin", "padding")
        )
    )


def _after(texts: Sequence[Any], cut: int) -> list[tuple[Any, str]]:
    """Return the text boxes with what is left of their text after ``cut`` characters."""
    kept, passed = [], 0
    for box in texts:
        text = box.text[max(0, cut - passed) :]
        passed += len(box.text)
        if text:
            kept.append((box, text))
    return kept


def _cluster_texts(text: str, clusters: tuple[int, ...], end: int) -> tuple[str, ...]:
    bounds = sorted({*clusters, end})
    following = dict(pairwise(bounds))
    return tuple(text[c : following[c]] if c < end else "-" for c in clusters)


@contextmanager
def composing(composer: Composer) -> Iterator[None]:
    """Let WeasyPrint take its lines from the composer."""
    lines, paint = block.iter_line_boxes, draw.draw_text

    def iter_line_boxes(
        context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any,
        containing_block: Any, absolute_boxes: Any, fixed_boxes: Any,
        first_letter_style: Any, first_line_style: Any,
    ) -> Iterator[tuple[Any, Any]]:  # fmt: skip
        texts = None
        if (
            box.style["text_align_all"] == "justify"
            and not context.excluded_shapes
            and not first_letter_style
            and not first_line_style
        ):
            texts = composer.texts(box)
            composer.composed += texts is not None
            composer.left += texts is None
        if texts is None:
            yield from lines(
                context, box, position_y, bottom_space, skip_stack, containing_block,
                absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
            )  # fmt: skip
            return
        resolve_percentages(box, containing_block)
        resolve_one_percentage(box, "text_indent", containing_block.width)
        start = next(iter(skip_stack)) if skip_stack else 0
        yield from composer.line_boxes(box, texts, start, position_y, containing_block)

    def draw_text(stream: Any, box: Any, *rest: Any) -> None:
        if isinstance(box, ComposedTextBox):
            composer.paint(stream, box)
        else:
            paint(stream, box, *rest)

    block.iter_line_boxes, draw.draw_text = iter_line_boxes, draw_text
    try:
        yield
    finally:
        block.iter_line_boxes, draw.draw_text = lines, paint
