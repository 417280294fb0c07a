"""Put a galley's items into columns: level feet, whole lines, and no break where none may be.

A galley is an article set in one endless column. Its items are lines of body text, which stand
on the baseline grid, and what stands between them: crossheads, figures, tables, the heads of
short pieces. Breaking is a matter of heights alone; nothing is set again.

CLREQ § 2.3 (the type area), § 3.4.4 (widows); a crosshead takes whole lines and never stands at
a column's foot.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import NamedTuple

_SLACK = 0.01
"""What is off by less than this part of a line is on the line."""
_WINDOW = 4
"""How many lines below the longest column a column may end while feet are being levelled."""
_MOST_BREAKS = 8
"""Breaks looked at for each column while feet are being levelled."""
_MOST_OPENED = 2
"""How many lines a crosshead, a figure or a head may be set lower to bring a foot down."""
_POOR = 3.0
"""What a poor end costs; a column two lines short costs 4."""
_HEIGHTS = 4
_TALLER = 1.0
"""How many heights are tried, from the lowest that holds everything, and what each more costs."""


class Item(NamedTuple):
    """One piece of a galley that is never cut. Lengths in pt, or whatever unit the grid has."""

    top: float
    """Where it stands in the galley; only differences count."""
    bottom: float
    lead: float = 0.0
    """Room above it that is kept where it begins a column: the edge of a frame it opens."""
    trail: float = 0.0
    """Room below it that is kept where it ends a column."""
    on_grid: bool = True
    """A line of body text; other items stand free between two such lines."""
    breakable: bool = True
    """Whether a column may end before it."""
    poor: bool = False
    """Whether that is better avoided: one line of text would stand below a crosshead."""


@dataclass(frozen=True, slots=True)
class Column:
    """The items ``first`` to ``after`` (exclusive) with their tops from the column's head."""

    first: int
    after: int
    tops: tuple[float, ...]
    lines: int
    """The column's height in whole lines of the grid."""


@dataclass(frozen=True, slots=True)
class _End:
    """A place where a column may end: behind item ``after - 1``, ``lines`` below the head."""

    after: int
    lines: int
    poor: bool


class Makeup:
    """The items of one galley and the grid they go on; ``leading`` in the items' unit."""

    def __init__(self, items: Sequence[Item], leading: float) -> None:
        self.items = items
        self.leading = leading
        self._ends: dict[tuple[int, int], list[_End]] = {}
        self._open_above = [
            index
            for index in range(1, len(items))
            if not items[index].on_grid and items[index - 1].on_grid and items[index].breakable
        ]
        """Items above which a column may be opened by a line: crossheads, figures, heads."""

    # --- Columns ---------------------------------------------------------------------------

    def columns(
        self, first: int, count: int, lines: int, *, must: bool = False
    ) -> list[Column] | None:
        """Fill up to ``count`` columns, each at most ``lines`` high, from item ``first`` on.

        What fits altogether is levelled: the columns are as short as they can be and end
        within a line of each other where the items allow. Otherwise every column is full and
        the rest is the next page's. None if not even the first item fits; with ``must`` it is
        put there all the same, and sticks out.
        """
        full = self._filled(first, count, lines, must=must)
        if full is None:
            return None
        if full[-1] < len(self.items):
            level = self._most_level(first, count, lines, whole=False)
            return self._set(first, level[1] if level else full, lines)
        return self._set(first, self._levelled(first, count, lines, full), None)

    def _filled(self, first: int, count: int, lines: int, *, must: bool) -> list[int] | None:
        """Return the ends of columns filled one after the other, as full as they go."""
        ends: list[int] = []
        start = first
        while len(ends) < count and start < len(self.items):
            found = self._column_ends(start, lines)
            if not found:
                if ends:  # the next page has room for it, or it sticks out there
                    break
                if not must:
                    return None
                found = [_End(self._most(start, lines), lines, False)]
            start = found[-1].after
            ends.append(start)
        return ends

    def _most(self, start: int, lines: int) -> int:
        """Return where a column ends that is broken where none may be: it has no other end."""
        y, after = 0.0, start
        while after < len(self.items):
            item = self.items[after]
            y = self._next_top(start, after, y) + item.bottom - item.top
            if y / self.leading > lines + _SLACK and after > start:
                break
            after += 1
        return after

    def _column_ends(self, start: int, lines: int) -> list[_End]:
        """List where a column that begins at an item may end within so many lines.

        The last of these places is there in any case, others only where they are near the foot.
        """
        known = self._ends.get((start, lines))
        if known is not None:
            return known
        found: list[_End] = []
        items, leading, limit = self.items, self.leading, lines + _SLACK
        last, foot, near = len(items) - 1, limit * leading, (lines - _WINDOW - 1) * leading
        last_end, last_height = start, 0.0
        y, before_bottom = items[start].lead, items[start].top
        for index in range(start, last + 1):
            top, bottom, _, trail, on_grid, _, _ = items[index]
            y += top - before_bottom
            if on_grid:
                y = ceil(y / leading - _SLACK) * leading
            y += bottom - top
            if y > foot:
                break
            before_bottom = bottom
            if (index == last or items[index + 1].breakable) and y + trail <= foot:
                last_end, last_height = index + 1, y + trail
                if last_height >= near:
                    found.append(self._end(last_end, last_height))
        if last_end > start and (not found or found[-1].after < last_end):
            found.append(self._end(last_end, last_height))
        self._ends[start, lines] = found
        return found

    def _end(self, after: int, height: float) -> _End:
        poor = after < len(self.items) and self.items[after].poor
        return _End(after, ceil(height / self.leading - _SLACK), poor)

    def _next_top(self, start: int, index: int, bottom: float) -> float:
        """Return where an item stands below the bottom of the one before it."""
        item = self.items[index]
        top = item.lead if index == start else bottom + item.top - self.items[index - 1].bottom
        return self._snapped(top) if item.on_grid else top

    def _snapped(self, y: float) -> float:
        """Return the next line of the grid from a height on."""
        return ceil(y / self.leading - _SLACK) * self.leading

    # --- Level feet ------------------------------------------------------------------------

    def _levelled(self, first: int, count: int, lines: int, full: list[int]) -> list[int]:
        """Return the ends of the shortest columns that hold everything, as level as can be."""
        if count == 1:
            return full
        least = max(1, floor(self._height(first) / count))
        best: tuple[float, list[int]] | None = None
        tried = 0
        for height in range(least, lines + 1):
            ends = self._filled(first, count, height, must=False)
            if ends is None or ends[-1] < len(self.items):
                continue
            level = self._most_level(first, count, height, whole=True)
            tried += 1
            if level and (best is None or level[0] + _TALLER * (tried - 1) < best[0]):
                best = level[0] + _TALLER * (tried - 1), level[1]
            if tried == _HEIGHTS or (best and best[0] < count):
                break
        return best[1] if best else full

    def _height(self, first: int) -> float:
        """Return how many lines all items would take in one column."""
        y = 0.0
        for index in range(first, len(self.items)):
            y = self._next_top(first, index, y) + self.items[index].bottom - self.items[index].top
        return y / self.leading

    def _most_level(
        self, start: int, count: int, height: int, *, whole: bool
    ) -> tuple[float, list[int]] | None:
        """Return the cost and the ends of the most level columns no higher than ``height``.

        ``whole``: they hold all that is left. Otherwise they fill a page as well as they can.
        """
        ends = self._column_ends(start, height)
        if not ends:
            return None
        if ends[-1].after == len(self.items):
            unused = (count - 1) * height**2 if whole else 0
            return self._shortage(start, ends[-1], height) + unused, [len(self.items)]
        if count == 1 and whole:
            return None
        best: tuple[float, list[int]] | None = None
        near = [end for end in ends if end.lines >= height - _WINDOW][-_MOST_BREAKS:] or ends[-1:]
        for end in reversed(near):
            rest: tuple[float, list[int]] | None = (0.0, [])
            if count > 1:
                rest = self._most_level(end.after, count - 1, height, whole=whole)
            if rest is None:
                continue
            cost = self._shortage(start, end, height) + rest[0]
            if best is None or cost < best[0]:
                best = cost, [end.after, *rest[1]]
        return best

    def _shortage(self, start: int, end: _End, height: int) -> float:
        """Weigh a column that is shorter than the highest one."""
        short = height - end.lines
        opened = min(short, _MOST_OPENED * len(self._openings(start, end.after)))
        return float((short - opened) ** 2) + 0.3 * opened + (_POOR if end.poor else 0.0)

    def _openings(self, start: int, after: int) -> list[int]:
        """List the items within a column above which it may be opened by a line."""
        known = self._open_above
        return known[bisect_right(known, start) : bisect_left(known, after)]

    # --- Places ----------------------------------------------------------------------------

    def _set(self, first: int, ends: Sequence[int], lines: int | None) -> list[Column]:
        """Give every item its place; columns that are short are opened to end level."""
        columns = []
        start = first
        for end in ends:
            columns.append(self._column(start, end))
            start = end
        height = max(column.lines for column in columns) if lines is None else lines
        return [self._opened(column, height) for column in columns]

    def _column(self, start: int, after: int) -> Column:
        """Stack items, those between two lines of text in the middle of what is left free."""
        tops: list[float] = []
        free_from: int | None = None
        y = 0.0
        items = self.items
        for index in range(start, after):
            item = items[index]
            top = item.lead if index == start else y + item.top - items[index - 1].bottom
            if item.on_grid:
                snapped = self._snapped(top)
                if free_from:  # what begins a column stays at its head
                    shift = (snapped - top) / 2
                    tops[free_from:] = [t + shift for t in tops[free_from:]]
                top, free_from = snapped, None
            elif free_from is None:
                free_from = index - start
            tops.append(top)
            y = top + item.bottom - item.top
        y += items[after - 1].trail
        return Column(start, after, tuple(tops), ceil(y / self.leading - _SLACK))

    def _opened(self, column: Column, height: int) -> Column:
        """Open a short column by whole lines above its crossheads and figures."""
        short = height - column.lines
        places = self._openings(column.first, column.after)
        if short <= 0 or short > _MOST_OPENED * len(places) + 1:
            return column
        moved, tops = 0, list(column.tops)
        for index in range(column.first, column.after):
            if index in places:
                left = len(places) - places.index(index)
                moved += min(_MOST_OPENED, ceil((short - moved) / left))
            tops[index - column.first] += moved * self.leading
        return Column(column.first, column.after, tuple(tops), column.lines + moved)
