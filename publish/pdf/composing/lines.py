"""From composed lines to WeasyPrint's line boxes, each glyph at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.line_break import split_first_line, strut

from publish.fonts import Family
from publish.fonts.face import HarfBuzzFace
from publish.pdf.composing.runs import Piece
from publish.typesetting import Line, PlacedRuby, PlacedRun

SOFT_HYPHEN = "\u00ad"
"""What a hyphen that the composer put in stands for in the text."""
EM_ASCENT = 0.88
"""How far the frame of a Han character reaches above the baseline, in em: OpenType's ``ideo``
baseline, in CJK faces 0.12 em below the Latin one."""

READING_RISE = 0.9
"""How far above its base's baseline a reading stands, in em of the base: above the frames."""


class SetText(NamedTuple):
    """Glyphs of one style with their places in a line. Lengths in CSS pixels."""

    style: Any
    face: HarfBuzzFace
    family: Family
    glyphs: tuple[int, ...]
    x: tuple[float, ...]
    """From the left edge of the box that holds the text."""
    clusters: Sequence[str]
    """The text of each glyph."""
    dots: tuple[float, ...] = ()
    """Where emphasis dots are centred."""
    rise: float = 0.0
    """How far above the baseline the glyphs stand."""


class ComposedTextBox(boxes.TextBox):  # type: ignore[misc]
    """A text box inside a line that holds more than text: a link, a raised figure, a reading."""

    set_text: SetText


class Row(NamedTuple):
    """The texts of one line, and where its left edge and its top are on the page."""

    texts: tuple[SetText, ...]
    x: float
    y: float


class ComposedLineBox(boxes.LineBox):  # type: ignore[misc]
    """A line of nothing but text, or several of one paragraph: a page has many of them.

    It has no child boxes, so that nobody walks through them. ``baseline`` is below each row's top.
    """

    rows: list[Row]
    row_height: float

    def placed(self) -> Iterator[tuple[SetText, float, float]]:
        """Yield texts with their left edge and baseline on the page."""
        for texts, x, y in self.rows:
            for text in texts:
                yield text, x, y + self.baseline

    def with_rows(self, rows: list[Row]) -> Any:
        """Return a box like this one with other rows."""
        new = self.copy()
        new.rows = rows
        _, new.position_x, new.position_y = rows[0]
        new.height = rows[-1].y + self.row_height - new.position_y
        return new

    def deepcopy(self) -> Any:
        """Return a copy."""
        return self.copy()

    def translate(self, dx: float = 0, dy: float = 0, ignore_floats: bool = False) -> None:
        """Move all rows."""
        self.position_x += dx
        self.position_y += dy
        self.rows = [Row(texts, x + dx, y + dy) for texts, x, y in self.rows]

    def is_in_normal_flow(self) -> bool:
        """Say that a line is in normal flow, without looking into its style."""
        return True

    def is_floated(self) -> bool:
        """Say that a line is no float."""
        return False


class SetLine(NamedTuple):
    """A composed line with the pieces that its runs are, and its text's place and end."""

    line: Line
    pieces: Sequence[Piece]
    start: int
    end: int


@dataclass(slots=True)
class _Metrics:
    """What WeasyPrint knows of a style: its text's height and baseline, half its leading."""

    height: float
    baseline: float
    half_leading: float
    layout: Any


@dataclass(slots=True)
class LineMaker:
    """Makes line boxes. Every line is as high as its paragraph's line height, no more."""

    _metrics: dict[tuple[Any, ...], _Metrics] = field(default_factory=dict)
    _struts: dict[tuple[Any, ...], tuple[float, float]] = field(default_factory=dict)
    _resolved: set[int] = field(default_factory=set)

    def line_boxes(
        self, line_box: Any, lines: Sequence[SetLine], holder: Any, y: float, *, as_one: bool
    ) -> Iterator[Any]:
        """Yield a paragraph's finished line boxes; the first one's top is at ``y``.

        ``as_one``: lines of nothing but text may be one box.
        """
        if not all(type(child) is boxes.TextBox for child in line_box.children):
            yield from self._mixed(line_box, lines, holder, y)
            return
        model = self._model(line_box, holder)
        model.__class__ = ComposedLineBox
        model.row_height = model.height
        model.width = max((line.x + line.width for line, *_ in lines), default=0)
        rows: list[Row] = []
        for line, pieces, _, _ in lines:
            texts = [
                _set_text(pieces[placed.run], placed, 0.0)
                for placed in line.pieces
                if placed.glyphs
            ]
            rows.append(Row(tuple(texts), model.position_x, y))
            y += model.height
        if as_one and rows:
            yield model.with_rows(rows)
        else:
            yield from (model.with_rows([row]) for row in rows)

    def _mixed(
        self, line_box: Any, lines: Sequence[SetLine], holder: Any, y: float
    ) -> Iterator[Any]:
        """Yield lines that hold more than text."""
        resolve_percentages(line_box, holder)
        self._resolved.clear()
        model = self._model(line_box, holder)
        for set_line in lines:
            new = model.copy()
            new.position_y = y
            new.width = set_line.line.x + set_line.line.width
            self._fill(new, line_box, set_line, holder)
            yield new
            y += model.height

    def _model(self, line_box: Any, holder: Any) -> Any:
        """Return what is the same in all lines of a paragraph."""
        model = line_box.copy_with_children(())
        model.position_x = holder.content_box_x()
        model.height, model.baseline = self._strut(line_box.style)
        model.margin_top = model.margin_bottom = 0
        return model

    def _fill(self, new: Any, line_box: Any, set_line: SetLine, holder: Any) -> None:
        """Put a line's boxes into it."""
        y, height, baseline = new.position_y, new.height, new.baseline
        made = self._text_boxes(set_line, new.position_x, y + baseline)
        new.children, shifted = self._children(line_box, made, holder, y + baseline)
        if shifted:  # raise and lower what the style asks to; the line stays where it is
            inline.line_box_verticality(new)
            new.translate(0, y + baseline)
            new.position_y, new.height, new.baseline = y, height, baseline

    def _text_boxes(self, set_line: SetLine, left: float, baseline: float) -> dict[int, list[Any]]:
        """Return the line's text boxes by the identity of the box they were cut from."""
        found: dict[int, list[Any]] = {}
        readings = {ruby.run: ruby for ruby in set_line.line.ruby}
        for placed in set_line.line.pieces:
            piece = set_line.pieces[placed.run]
            if placed.glyphs:
                box = self._text_box(piece, placed, left, baseline)
                found.setdefault(id(piece.box), []).append(box)
            if placed.run in readings:
                box = self._reading_box(piece, readings[placed.run], left, baseline)
                found.setdefault(id(piece.reading), []).append(box)
        return found

    def _text_box(self, piece: Piece, placed: PlacedRun, left: float, baseline: float) -> Any:
        box = self._box(piece.box, piece.run.text[placed.start : placed.end], baseline)
        box.set_text = _set_text(piece, placed, placed.left)
        box.position_x = left + placed.left
        box.width = placed.right - placed.left
        return box

    def _reading_box(self, piece: Piece, ruby: PlacedRuby, left: float, baseline: float) -> Any:
        source, style = piece.reading, piece.run.ruby_style
        assert style is not None and isinstance(style.face, HarfBuzzFace)
        box = self._box(source, source.text, baseline)
        reading = piece.run.ruby or ""
        box.set_text = SetText(
            source.style,
            style.face,
            piece.reading_family or piece.family,
            ruby.glyphs,
            tuple(x - ruby.left for x in ruby.x),
            _cluster_texts(reading, ruby.clusters, len(reading)),
            rise=READING_RISE * piece.run.style.size,
        )
        box.position_x = left + ruby.left
        box.width = ruby.right - ruby.left
        return box

    def _box(self, source: Any, text: str, baseline: float) -> Any:
        if not hasattr(source, "padding_top"):
            resolve_percentages(source, (0, 0))
        metrics = self.metrics(source.style)
        box = source.copy_with_text(text)
        box.__class__ = ComposedTextBox
        box.height = metrics.height
        box.margin_top = box.margin_bottom = metrics.half_leading
        box.baseline = metrics.baseline + metrics.half_leading
        box.position_y = baseline - box.baseline
        box.pango_layout = metrics.layout
        return box

    def _children(
        self, parent: Any, made: dict[int, list[Any]], holder: Any, baseline: float
    ) -> tuple[list[Any], bool]:
        """Return the children that have text in the line, and whether any is raised."""
        children: list[Any] = []
        shifted = False
        for child in parent.children:
            if isinstance(child, boxes.TextBox):
                children += made.get(id(child), ())
                continue
            inside, below = self._children(child, made, holder, baseline)
            if not inside:
                continue
            if id(child) not in self._resolved:  # once for all lines of a paragraph
                self._resolved.add(id(child))
                resolve_percentages(child, holder)
            new = child.copy_with_children(inside)
            new.position_x = inside[0].position_x
            new.width = max(box.position_x + box.width for box in inside) - new.position_x
            self._adjust_height(new)
            new.position_y = baseline - new.baseline
            children.append(new)
            shifted |= below or child.style["vertical_align"] not in ("baseline", 0)
        return children, shifted

    def metrics(self, style: Any) -> _Metrics:
        """Return what WeasyPrint knows of a style; its text's font is the chain's first."""
        key = _style_key(style)
        found = self._metrics.get(key)
        if found is None:
            layout, _, _, _, height, baseline = split_first_line("国", style, None, None, 0)
            half = (self._strut(style)[0] - height) / 2
            found = self._metrics[key] = _Metrics(height, baseline, half, layout)
        return found

    def _strut(self, style: Any) -> tuple[float, float]:
        """Return the line height of a paragraph's style and the baseline within it.

        The character frames stand in the middle of the line, whatever the face says of itself:
        lines of one size have one baseline, in Song and in Kai.
        """
        key = _style_key(style)
        found = self._struts.get(key)
        if found is None:
            height, _ = strut(style)
            size = style["font_size"]
            found = self._struts[key] = height, (height - size) / 2 + EM_ASCENT * size
        return found

    def _adjust_height(self, box: Any) -> None:
        """Let an inline box be as high as its line height, as WeasyPrint does."""
        height, box.baseline = self._strut(box.style)
        box.height = box.style["font_size"]
        half = (height - box.height) / 2
        box.margin_top = half - box.border_top_width - box.padding_top
        box.margin_bottom = half - box.border_bottom_width - box.padding_bottom


def _style_key(style: Any) -> tuple[Any, ...]:
    """Return what of a style decides the height of its lines."""
    return style["font_family"], style["font_size"], style["font_weight"], style["line_height"]


def _set_text(piece: Piece, placed: PlacedRun, left: float) -> SetText:
    return SetText(
        piece.box.style,
        piece.face,
        piece.family,
        placed.glyphs,
        tuple([x - left for x in placed.x]) if left else placed.x,
        _cluster_texts(piece.run.text, placed.clusters, placed.end),
        tuple([x - left for x in placed.dots]) if placed.dots else (),
    )


def _cluster_texts(text: str, clusters: tuple[int, ...], end: int) -> Sequence[str]:
    """Return the text of each glyph, what stands for no glyph left out: a space at a line's end."""
    if clusters and clusters[-1] == end - 1 and len(clusters) == end - clusters[0]:
        return text[clusters[0] : end]
    bounds = sorted({*clusters, end})
    following = dict(pairwise(bounds))
    found = (text[c : following[c]] if c < end else SOFT_HYPHEN for c in clusters)
    return tuple([part.rstrip() or part for part in found])
