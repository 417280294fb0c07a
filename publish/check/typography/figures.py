"""What the report says: kinds of faults, their places, and the figures counted from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of fault. The values are the codes of findings, without their family."""

    RIGHT_EDGE = "right-edge"
    LINE_START = "line-start"
    LINE_START_STRICT = "line-start-strict"
    LINE_END = "line-end"
    LINE_END_STRICT = "line-end-strict"
    BROKEN = "broken-unbreakable"
    NOT_SQUEEZED = "punctuation-not-squeezed"
    NO_GAP = "chinese-western-gap"
    ONE_CHARACTER = "one-character-line"
    LOOSE = "loose-line"
    OFF_GRID = "baseline-off-grid"
    UNEVEN = "uneven-columns"


LABELS: Mapping[Kind, str] = {
    Kind.RIGHT_EDGE: "justified lines off the right edge",
    Kind.LINE_START: "line-start prohibition, basic",
    Kind.LINE_START_STRICT: "line-start prohibition, strict",
    Kind.LINE_END: "line-end prohibition, basic",
    Kind.LINE_END_STRICT: "line-end prohibition, strict",
    Kind.BROKEN: "broken unbreakables",
    Kind.NOT_SQUEEZED: "adjacent marks not squeezed",
    Kind.NO_GAP: "Chinese–Western gaps missing",
    Kind.ONE_CHARACTER: "last lines of one character",
    Kind.LOOSE: "loose lines",
    Kind.OFF_GRID: "baselines off the grid",
    Kind.UNEVEN: "rows of columns ending unevenly",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """The baselines body text should stand on, in pt.

    ``offset`` is the distance of any grid line from the page's top; without it, it is found
    page by page.
    """

    leading: float
    offset: float | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One fault: its page, the line's text, its place in pt from the page's top left corner.

    ``excess`` is how far off: pt for edges and baselines, em for gaps, leadings for columns,
    and 1 for what is simply there. ``measure`` is the column's, in characters.
    """

    kind: Kind
    page: int
    text: str
    x: float
    y: float
    excess: float
    detail: str
    measure: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and deviations of one page or of the whole file; lengths in pt.

    Edges are those of justified lines, baselines those of all. ``narrow`` and ``wide`` count
    lines in columns of 11 to 17, and of 18 or more characters.
    """

    lines: int
    justified: int
    edge_largest: float
    edge_p99: float
    baseline_largest: float
    counts: Mapping[Kind, int]
    wide: int
    wide_loose: int
    narrow: int
    narrow_loose: int

    def per_thousand(self, kind: Kind) -> float:
        """Return how many of a kind there are for each 1,000 lines."""
        return 1000 * self.counts[kind] / self.lines if self.lines else 0.0


@dataclass(frozen=True, slots=True)
class PageFigures:
    """The figures of one page, and the grid found on it."""

    page: int
    grid: Grid
    figures: Figures


@dataclass(frozen=True, slots=True)
class TypographyReport:
    """What was measured in one PDF. Size and leading of the body are in pt."""

    file: str
    body_size: float
    body_font: str
    leading: float
    measures: tuple[int, ...]
    total: Figures
    pages: tuple[PageFigures, ...]
    occurrences: tuple[Occurrence, ...]

    def of(self, kind: Kind) -> tuple[Occurrence, ...]:
        """Return the occurrences of one kind."""
        return tuple(found for found in self.occurrences if found.kind is kind)


@dataclass(frozen=True, slots=True)
class LineMeasure:
    """What was measured of one line of body text; lengths in pt, ``loose`` in em.

    ``edge`` is the right edge's deviation, None where no line of the paragraph follows.
    """

    page: int
    text: str
    x: float
    y: float
    measure: int
    edge: float | None
    loose: float
    off_grid: float
    begins: bool
    ends: bool


def count(lines: Sequence[LineMeasure], occurrences: Iterable[Occurrence]) -> Figures:
    """Return the figures of some lines and of the faults found in them."""
    counts = dict.fromkeys(Kind, 0)
    wide_loose = narrow_loose = 0
    for found in occurrences:
        counts[found.kind] += 1
        if found.kind is Kind.LOOSE:
            wide_loose += found.measure >= 18
            narrow_loose += 11 <= found.measure <= 17
    edges = sorted(abs(line.edge) for line in lines if line.edge is not None)
    return Figures(
        lines=len(lines),
        justified=len(edges),
        edge_largest=edges[-1] if edges else 0.0,
        edge_p99=edges[min(len(edges) - 1, int(len(edges) * 0.99))] if edges else 0.0,
        baseline_largest=max((abs(line.off_grid) for line in lines), default=0.0),
        counts=counts,
        wide=sum(line.measure >= 18 for line in lines),
        wide_loose=wide_loose,
        narrow=sum(11 <= line.measure <= 17 for line in lines),
        narrow_loose=narrow_loose,
    )
