"""What comes out: lines of glyphs with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class PlacedRun(NamedTuple):
    """The part of one run that stands in one line. Lengths in pt from the measure's left edge.

    ``glyphs``, ``x`` and ``clusters`` run in parallel. ``x`` is where a glyph's origin goes;
    ``clusters`` are offsets into the run's text. A hyphen put in at the line's end has the
    cluster ``end``. Spaces at a line's end are in ``start``…``end`` and have no glyph.
    """

    run: int
    tag: object
    start: int
    end: int
    glyphs: tuple[int, ...]
    x: tuple[float, ...]
    clusters: tuple[int, ...]
    y: tuple[float, ...] | None
    """Offsets up from the run's baseline (its rise not counted), or None where all are 0."""
    left: float
    right: float
    dots: tuple[float, ...]
    """The centres of the emphasis dots, one for each character that takes one (§ 3.1.8)."""


class PlacedRuby(NamedTuple):
    """A reading over its base. Lengths in pt from the measure's left edge."""

    run: int
    glyphs: tuple[int, ...]
    x: tuple[float, ...]
    clusters: tuple[int, ...]
    left: float
    right: float


class Line(NamedTuple):
    """One line. ``start`` and ``end`` are offsets into the paragraph's whole text."""

    pieces: tuple[PlacedRun, ...]
    start: int
    end: int
    x: float
    """Where the line starts: the indent, or what its alignment leaves free."""
    natural_width: float
    width: float
    """From the first glyph's edge to the last one's, blanks at the edges and hanging marks
    left out; x + width is the measure exactly in a justified line."""
    added_gap: float
    """Mean gap added between characters, in em; negative where the line was squeezed."""
    is_loose: bool
    is_last: bool
    """The paragraph's last line, or one that ends with a forced break."""
    ends_with_hyphen: bool
    hanging: float
    """How far a mark hangs out of the measure, in pt; 0 where none does."""
    ruby: tuple[PlacedRuby, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of a paragraph at a measure (pt)."""

    lines: tuple[Line, ...]
    measure: float

    @property
    def loose_lines(self) -> int:
        """Count the lines whose mean added gap is over the house's limit."""
        return sum(line.is_loose for line in self.lines)
