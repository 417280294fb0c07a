"""The composer of one document: which paragraphs it sets, and how their lines follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil
from typing import Any

from publish.fonts import Family
from publish.pdf.composing.columns import Galleys
from publish.pdf.composing.lines import LineMaker, SetLine
from publish.pdf.composing.painting import Painter
from publish.pdf.composing.runs import Copy, Piece, Reader, cut, texts_of
from publish.typesetting import (
    Line,
    PlacedRun,
    Settings,
    TextRun,
    TextStyle,
    compose,
    natural_width,
)
from publish.typesetting.headlines import break_headline

_BOUNDLESS = 1e6
_ROUNDING = 0.01
LEADER_PITCH = 0.5
LEADER_GAP = 0.4
"""How far apart the dots of a leader stand, and how far from the text at both ends, in em."""
_REMEMBERED = 200
"""Paragraphs kept, for those that are laid out twice: a whole issue's would fill the memory."""


class Composer:
    """Composes the paragraphs of one document. Lengths are WeasyPrint's CSS pixels.

    ``families`` are all that styles may name; ``leading`` is the baseline grid's.
    """

    def __init__(
        self, families: Mapping[str, Family], leading: float, settings: Settings | None = None
    ) -> None:
        self.settings = settings or Settings()
        self.reader = Reader({name.lower(): family for name, family in families.items()})
        self.lines = LineMaker()
        self.painter = Painter()
        self.galleys = Galleys(leading)
        self.counts = Counts()
        self._set: dict[tuple[Any, ...], list[Line]] = {}
        self._widths: dict[tuple[TextStyle, str], float] = {}

    def line_boxes(
        self, line_box: Any, copy: Copy, start: int, position_y: float, holder: Any
    ) -> Iterator[tuple[Any, dict[int, None] | None]]:
        """Yield finished line boxes from the character ``start`` of the paragraph on."""
        if copy.leader is not None:
            lines = self._with_leader(copy, copy.leader, holder.width, line_box.text_indent)
        elif copy.by_sense:
            lines = self._by_sense(copy, holder.width)
        else:
            lines = self._composed(copy, start, holder.width, line_box.text_indent)
        lines = [line for line in lines if line.start >= start]
        self.counts.composed[id(line_box.element), line_box.element_tag] = len(lines)
        made = self.lines.line_boxes(
            line_box, lines, holder, position_y, as_one=self.galleys.in_work
        )
        for index, box in enumerate(made, 1):
            yield box, {lines[index].start: None} if index < len(lines) else None

    def _composed(self, copy: Copy, start: int, measure: float, indent: float) -> list[SetLine]:
        """Return a paragraph's lines; from ``start`` on if it goes on at another measure."""
        pieces: tuple[Piece, ...] = copy.pieces
        found = self._lines(copy.runs, measure, indent, copy.align)
        if start and all(line.start != start for line in found):
            pieces = tuple(cut(pieces, start, len(texts_of(pieces))))
            found = self._lines(tuple(piece.run for piece in pieces), measure, 0.0, copy.align)
        else:
            start = 0
        return [SetLine(line, pieces, start + line.start, start + line.end) for line in found]

    def _lines(
        self, runs: tuple[TextRun, ...], measure: float, indent: float, align: Any
    ) -> list[Line]:
        """Return composed lines, from the last time where that is not long ago."""
        key = (runs, round(measure, 4), round(indent, 4), align)
        if key not in self._set:
            if len(self._set) >= _REMEMBERED:
                self._set.clear()
            paragraph = compose(runs, measure, indent=indent, settings=self.settings, align=align)
            self._set[key] = list(paragraph.lines)
        return self._set[key]

    # --- Leaders ---------------------------------------------------------------------------

    def _with_leader(
        self, copy: Copy, leader: Piece, measure: float, indent: float
    ) -> list[SetLine]:
        """Return the lines of an entry of contents: text, dots, and a number at the edge.

        The dots of all entries stand under each other, counted from the edge.
        """
        size = leader.run.style.size
        (glyph,) = leader.face.shape(leader.run.text)
        pitch = LEADER_PITCH * size
        (number,) = self._lines(tuple(p.run for p in copy.behind), _BOUNDLESS, 0.0, "start")
        room = measure - number.width - 2 * pitch
        *ahead, last = self._lines(copy.runs, room, indent, "start")
        shift = measure - number.width
        first = ceil((number.width + LEADER_GAP * size) / pitch) + 1
        free = measure - last.x - last.width - LEADER_GAP * size
        count = max(0, int(free / pitch) - first + 1)
        left = measure - (first + count - 1) * pitch
        nudge = (LEADER_PITCH - glyph.advance) / 2 * size
        dots = PlacedRun(
            len(copy.pieces), None, 0, count, (glyph.glyph,) * count,
            tuple(left + nudge + k * pitch for k in range(count)), tuple(range(count)), None,
            left, left + count * pitch, (),
        )  # fmt: skip
        behind = tuple(
            placed._replace(
                run=placed.run + len(copy.pieces) + 1,
                x=tuple(x + shift for x in placed.x),
                left=placed.left + shift,
                right=placed.right + shift,
            )
            for placed in number.pieces
        )
        filled = last._replace(pieces=(*last.pieces, dots, *behind), width=measure - last.x)
        dotted = leader._replace(run=replace(leader.run, text=leader.run.text * count))
        pieces = (*copy.pieces, dotted, *copy.behind)
        return [SetLine(line, pieces, line.start, line.end) for line in (*ahead, filled)]

    # --- Headlines -------------------------------------------------------------------------

    def _by_sense(self, copy: Copy, measure: float) -> list[SetLine]:
        """Return a headline's lines: broken by what it says, never justified."""
        pieces = copy.pieces
        text = texts_of(pieces)
        align = "start" if copy.align == "justify" else copy.align
        if "\n" not in text:
            found = self._lines(copy.runs, measure, 0.0, align)
            if len(found) == 1:
                return [SetLine(found[0], pieces, 0, len(text))]
        size = max(piece.run.style.size for piece in pieces)
        ruler = partial(self._width, pieces[0].run.style)
        language = pieces[0].run.style.language
        parts = break_headline(text, measure / size, width=ruler, language=language)
        lines: list[SetLine] = []
        start, room = 0, measure + _ROUNDING
        for part in parts:
            end = start + len(part)
            own = tuple(cut(pieces, start, end - part.endswith("\n")))
            found = self._lines(tuple(piece.run for piece in own), room, 0.0, align)
            lines += [SetLine(line, own, start + line.start, start + line.end) for line in found]
            start = end
        return lines

    def _width(self, style: TextStyle, text: str) -> float:
        """Return how wide a text is on one line, in em of its style."""
        key = style, text
        if key not in self._widths:
            if len(self._widths) >= _REMEMBERED:
                self._widths.clear()
            self._widths[key] = natural_width((TextRun(text, style),), self.settings) / style.size
        return self._widths[key]


@dataclass(slots=True)
class Counts:
    """How many lines the composer set, and how many it left to WeasyPrint, by paragraph."""

    composed: dict[tuple[int, str], int] = field(default_factory=dict)
    left: dict[tuple[int, str], int] = field(default_factory=dict)
    """Of what a stylesheet wanted composed: what it leaves to WeasyPrint does not count."""
    left_texts: dict[tuple[int, str], str] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """Return the number of lines that were composed."""
        return sum(self.composed.values())

    @property
    def lines_left(self) -> int:
        """Return the number of lines that fell back."""
        return sum(self.left.values())
