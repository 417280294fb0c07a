"""From glyphs to lines: baselines gathered into rows, rows parted at the gaps between columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from publish.check.typography import marks
from publish.check.typography.glyphs import Glyph, Page

SAME_BASELINE = 0.2
"""Glyphs this near in height, in pt, stand on one baseline."""

COLUMN_GAP = 0.8
"""A gap wider than this, in em, may part two columns; justified text stays well below it."""

NOTE = 0.8
"""A glyph smaller than this part of the body is a note's mark or a reading."""

WORD_SPACE = 0.15
"""A gap between two Western letters wider than this, in em, is a space between words."""


@dataclass(frozen=True, slots=True)
class Body:
    """The text the issue is set in: its size in pt, the width of its em in pt, its font."""

    size: float
    em: float
    font: str

    def sets(self, size: float) -> bool:
        """Tell whether a size is that of the body."""
        return abs(size - self.size) <= 0.02 * self.size


@dataclass(frozen=True)
class Line:
    """Glyphs on one baseline within one column, in their order from the left.

    ``spaced[i]`` tells whether a space was typed before glyph i; ``trailing`` whether one was
    typed behind the last. Blanks themselves are left out of ``glyphs``.
    """

    page: int
    glyphs: tuple[Glyph, ...]
    spaced: tuple[bool, ...]
    trailing: bool
    em: float

    @property
    def left(self) -> float:
        """Return the left edge of the first glyph's frame."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """Return the right edge of the last glyph's frame."""
        return self.glyphs[-1].right

    @cached_property
    def baseline(self) -> float:
        """Return the baseline's distance from the page's top."""
        return median(glyph.y for glyph in self.glyphs)

    @cached_property
    def text(self) -> str:
        """Return the line's characters, typed spaces as one space."""
        pairs = zip(self.glyphs, self.spaced, strict=True)
        return "".join((" " if spaced else "") + glyph.text for glyph, spaced in pairs).strip()

    @cached_property
    def size(self) -> float:
        """Return the size most of the line is set in."""
        han = Counter(round(g.size, 2) for g in self.glyphs if marks.is_han(g.text))
        sizes = han or Counter(round(g.size, 2) for g in self.glyphs)
        return sizes.most_common(1)[0][0]

    @cached_property
    def fonts(self) -> frozenset[str]:
        """Return the fonts of the line's Han characters, or of all where there are none."""
        han = frozenset(g.font for g in self.glyphs if marks.is_han(g.text))
        return han or frozenset(g.font for g in self.glyphs)

    @property
    def visible_left(self) -> float:
        """Return the left edge without the blank half of an opening mark."""
        return visible_left(self.glyphs[0], self.em)

    @property
    def visible_right(self) -> float:
        """Return the right edge without the blank half of a closing mark."""
        return visible_right(self.glyphs[-1], self.em)


def visible_right(glyph: Glyph, em: float) -> float:
    """Return a glyph's right edge, for a full-width closing mark without its blank half."""
    text = glyph.text[-1]
    if text in marks.CLOSING or (text in marks.STOPS and not marks.is_centred(glyph.font)):
        return min(glyph.right, glyph.x + glyph.advance / 2) if _wide(glyph) else glyph.right
    return glyph.right


def visible_left(glyph: Glyph, em: float) -> float:
    """Return a glyph's left edge, for a full-width opening mark without its blank half."""
    if glyph.text[0] in marks.OPENING and _wide(glyph):
        return glyph.x + glyph.advance / 2
    return glyph.x


def _wide(glyph: Glyph) -> bool:
    return glyph.advance > 0.75 * glyph.size


def find_body(pages: Iterable[Page]) -> Body | None:
    """Return the size and font most Han characters are set in, or None where there are none."""
    sizes: Counter[float] = Counter()
    kinds: Counter[tuple[float, str, float]] = Counter()
    for page in pages:
        for glyph in page.glyphs:
            if marks.is_han(glyph.text):
                size = round(glyph.size, 1)
                sizes[size] += 1
                kinds[size, glyph.font, round(glyph.advance, 3)] += 1
    if not sizes:
        return None
    size = sizes.most_common(1)[0][0]
    ours = [(count, kind) for kind, count in kinds.items() if kind[0] == size]
    _, (_, font, em) = max(ours)
    return Body(size, em, font)


def find_lines(page: Page, body: Body) -> list[Line]:
    """Return every line of a page, of whatever size, from the top and from the left."""
    rows = _rows(page.glyphs, body)
    parts = [part for row in rows for part in _parts(row, body.em)]
    lefts = _Edges(((visible_left(part[0], body.em), part[0].y) for part in parts), body.em)
    rights = _Edges(((_solid_right(part, body.em), part[0].y) for part in parts), body.em)
    lines = [
        line
        for part in parts
        for piece in _at_columns(part, lefts, rights, body.em)
        if (line := _line(page.number, piece, body.em)) is not None
    ]
    return sorted(lines, key=lambda line: (line.baseline, line.left))


def _rows(glyphs: list[Glyph], body: Body) -> list[list[Glyph]]:
    """Gather glyphs by baseline; raised small ones join the row whose gap they stand in."""
    small = [g for g in glyphs if g.size < NOTE * body.size]
    rows: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if g.size >= NOTE * body.size), key=lambda g: g.y):
        if rows and glyph.y - rows[-1][0].y <= SAME_BASELINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    rows = [_in_order(row, body.em) for row in rows]
    return rows + _own_rows(_attach(rows, small, body), body.em)


def _in_order(row: list[Glyph], em: float) -> list[Glyph]:
    """Sort a row from the left and drop what is painted twice to look bold."""
    row.sort(key=lambda glyph: glyph.x)
    kept: list[Glyph] = []
    for glyph in row:
        twice = any(g.text == glyph.text and glyph.x - g.x < 0.1 * em for g in kept[-2:])
        if not twice or glyph.advance < 0.15 * em:
            kept.append(glyph)
    return kept


def _own_rows(glyphs: list[Glyph], em: float) -> list[list[Glyph]]:
    """Gather glyphs smaller than the body, which no row took, by baseline."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if rows and glyph.y - rows[-1][0].y <= SAME_BASELINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_in_order(row, em) for row in rows]


def _attach(rows: list[list[Glyph]], small: list[Glyph], body: Body) -> list[Glyph]:
    """Put the marks of notes into the rows they belong to; return what belongs to none."""
    left_over: list[Glyph] = []
    heights = [row[0].y for row in rows]
    places = [[glyph.x for glyph in row] for row in rows]
    for glyph in sorted(small, key=lambda g: g.x):
        first = bisect_left(heights, glyph.y - SAME_BASELINE)
        last = bisect_right(heights, glyph.y + 0.6 * body.size)
        for index in range(first, last):
            at = bisect_left(places[index], glyph.x)
            if _fits(rows[index], at, glyph, body.em):
                rows[index].insert(at, glyph)
                places[index].insert(at, glyph.x)
                break
        else:
            left_over.append(glyph)
    return left_over


def _fits(row: list[Glyph], at: int, glyph: Glyph, em: float) -> bool:
    """Tell whether a small glyph stands right behind a row's glyph and before the next.

    Raised at a line's head, with no glyph of its line before it, it is a mark parted from its word.
    """
    gap = glyph.x - visible_right(row[at - 1], em) if at else 2 * COLUMN_GAP * em
    free = at == len(row) or glyph.right <= row[at].x + 0.2 * em
    if free and -0.2 * em <= gap <= 0.6 * em:
        return True
    raised = at < len(row) and glyph.y < row[at].y - 0.15 * em
    return raised and free and gap > COLUMN_GAP * em and row[at].x - glyph.right <= 0.3 * em


def _parts(row: list[Glyph], em: float) -> Iterator[list[Glyph]]:
    """Part a row at gaps that no line has within it."""
    ink = [glyph for glyph in row if glyph.text.strip()]
    blanks = [glyph.x for glyph in row if not glyph.text.strip()]
    gaps = [right.x - left.right for left, right in pairwise(ink)]
    start = 0
    for index, gap in enumerate(gaps):
        if gap <= COLUMN_GAP * em or _even(gaps, index, ink, em):
            continue
        left, right = ink[index], ink[index + 1]
        typed = bisect_left(blanks, right.x) - bisect_left(blanks, left.x)
        if typed and gap - typed * em <= COLUMN_GAP * em and gap <= 2 * em:
            continue
        yield _with_blanks(row, ink[start : index + 1])
        start = index + 1
    if ink:
        yield _with_blanks(row, ink[start:])


def _with_blanks(row: list[Glyph], ink: list[Glyph]) -> list[Glyph]:
    """Return a part of a row with the blanks typed in it and right behind it."""
    last = ink[-1]
    first, end = bisect_left(row, ink[0].x, key=_place), bisect_right(row, last.x, key=_place)
    limit = last.right + 0.2 * last.size
    behind = [g for g in row[end : end + 1] if not g.text.strip() and g.x < limit]
    return row[first:end] + behind


def _place(glyph: Glyph) -> float:
    return glyph.x


def _even(gaps: list[float], index: int, ink: list[Glyph], em: float) -> bool:
    """Tell whether a wide gap is one of many equal ones: a line opened beyond all measure."""
    if gaps[index] > 2.5 * em or not (
        marks.is_han(ink[index].text) and marks.is_han(ink[index + 1].text)
    ):
        return False
    beside = gaps[max(0, index - 1) : index] + gaps[index + 1 : index + 2]
    return any(abs(gap - gaps[index]) < 0.05 * em for gap in beside)


class _Edges:
    """Where parts of rows begin, or end: a place counts where two more near it do the same."""

    def __init__(self, places: Iterable[tuple[float, float]], em: float) -> None:
        self.em = em
        self.places = sorted(places)

    def has(self, x: float, y: float) -> bool:
        """Tell whether a column's edge passes through this point."""
        first = bisect_left(self.places, (x - 0.1 * self.em, 0.0))
        last = bisect_right(self.places, (x + 0.1 * self.em, 1e9))
        return sum(abs(place[1] - y) < 12 * self.em for place in self.places[first:last]) >= 3


def _solid_right(part: list[Glyph], em: float) -> float:
    return visible_right(next(g for g in reversed(part) if g.text.strip()), em)


def _at_columns(
    part: list[Glyph], lefts: _Edges, rights: _Edges, em: float
) -> Iterator[list[Glyph]]:
    """Part a row again where a mark at a line's end or head hides the gap between columns."""
    start = 0
    for index in range(4, len(part) - 1):
        if not _hides(part, start, index, em):
            continue
        head, y = visible_left(part[index], em), part[index].y
        ends = [end for end in _possible_ends(part[start:index], em)
                if 0.6 * em <= head - end <= 6 * em]  # fmt: skip
        begins = ends and (lefts.has(head, y) or lefts.has(part[index].x, y))
        if begins and any(rights.has(end, y) for end in ends):
            yield part[start:index]
            start = index
    yield part[start:]


def _possible_ends(glyphs: list[Glyph], em: float) -> list[float]:
    """Return where a line that ends with these glyphs may end: with its mark, or before it."""
    ink = [glyph for glyph in glyphs if glyph.text.strip()]
    if not ink:
        return [glyphs[-1].right]
    ends = [visible_right(ink[-1], em), ink[-1].right]
    if ink[-1].text in marks.STOPS and len(ink) > 1:
        ends.append(ink[-2].right)
    return ends


def _hides(part: list[Glyph], start: int, index: int, em: float) -> bool:
    """Tell whether a gap stands beside marks, or is too wide for a gap within a line."""
    right = part[index]
    if index - start < 4 or not right.text.strip():
        return False
    left = next((g for g in reversed(part[start:index]) if g.text.strip()), right)
    beside = left.text[-1] in marks.MARKS or right.text[0] in marks.OPENING
    return beside or right.x - left.right > 0.6 * em


def _line(page: int, part: list[Glyph], em: float) -> Line | None:
    """Return a part of a row as a line, its blanks turned into flags."""
    glyphs: list[Glyph] = []
    spaced: list[bool] = []
    blank = False
    for glyph in part:
        if not glyph.text.strip():
            blank = True
            continue
        words = bool(glyphs) and _between_words(glyphs[-1], glyph, em)
        spaced.append(bool(glyphs) and (blank or words))
        glyphs.append(glyph)
        blank = False
    return Line(page, tuple(glyphs), tuple(spaced), blank, em) if glyphs else None


def _between_words(left: Glyph, right: Glyph, em: float) -> bool:
    """Tell whether a gap between two Western letters parts two words."""
    if not (marks.is_western(left.text[-1]) and marks.is_western(right.text[0])):
        return False
    return right.x - left.right > WORD_SPACE * em
