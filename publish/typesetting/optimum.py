"""The best set of breaks for a whole paragraph, by dynamic programming.

In the manner of Knuth and Plass (1981), with Chinese measures of what is bad: squeezing blank
costs little, space spread over the characters costs with the square of its mean (CLREQ § 3.5.2:
reduction first). Passes grow in tolerance, so that a paragraph has a loose line only where
every set of breaks has one.
"""

from __future__ import annotations

from bisect import bisect_left
from math import inf
from typing import NamedTuple

from publish.typesetting.classes import PUNCTUATION, CharacterClass
from publish.typesetting.galley import Galley

TOLERANCES = (0.08, 0.2, 0.35, 0.6, 1.0, 2.5)
"""The largest mean added gap of each pass, in em."""

LINE_COST = 1.0
SQUEEZE_COST = 8.0
"""A line squeezed as far as it goes; a line stretched to the loose limit costs 100."""
LOOSE_COST = 400.0
"""For each limit's worth of gap above the limit."""
SHORT_LAST_COST = 12.0
"""A last line of two characters (CLREQ § 3.4.4 asks for more than one)."""
OVERFULL_COST = 1e7
RIGID_COST = 1e5
"""A line that has nowhere to spread the space it lacks."""
_EPSILON = 1e-6


class Span(NamedTuple):
    """The atoms of one line, from ``first`` to ``last``; ``hanging`` if the last one hangs."""

    first: int
    last: int
    hanging: bool


class Breaker:
    """Finds the breaks of one paragraph. Lengths in pt."""

    def __init__(self, galley: Galley, measure: float, em: float, *, justify: bool) -> None:
        self.galley = galley
        self.measure = measure
        self.em = em
        self.justify = justify
        self.settings = galley.shop.settings
        self.shrinks = galley.shrinks if justify else [0.0] * len(galley.shrinks)

    def spans(self, first: int, after: int, indent: float) -> list[Span]:
        """Break the atoms ``first``…``after`` into lines; the first one is indented."""
        if after <= first:
            return []
        width = self.measure - indent
        fits = self.galley.ends[after - 1] - self._base(first) + self._tail(after - 1)
        if fits <= width + _EPSILON:
            return [Span(first, after - 1, False)]
        best = self._best(first, after, indent)
        if self._open_overfull(best, first, indent):
            best = self._best(first, after, indent)
        return best

    def _best(self, first: int, after: int, indent: float) -> list[Span]:
        """Run passes of growing tolerance until one comes to the end."""
        tolerances = TOLERANCES if self.justify else (inf,)
        for tolerance in tolerances:
            best = self._search(first, after, indent, tolerance, orphan_allowed=False)
            if best is not None:
                return best
        for orphan_allowed in (False, True):
            best = self._search(first, after, indent, inf, orphan_allowed=orphan_allowed)
            if best is not None:
                return best
        raise AssertionError("the last pass takes every paragraph")

    def _open_overfull(self, spans: list[Span], first: int, indent: float) -> bool:
        """Let lines that are too long break anywhere; say whether there were any."""
        galley = self.galley
        opened = False
        for span in spans:
            width = self.measure - (indent if span.first == first else 0.0)
            room = self.shrinks[span.last] - self.shrinks[span.first]
            natural = galley.ends[span.last] - self._base(span.first)
            if not span.hanging and natural - room > width + _EPSILON:
                for gap in range(span.first, span.last):
                    opened |= not galley.breakable[gap]
                    galley.breakable[gap] = True
        return opened

    def _base(self, i: int) -> float:
        return self.galley.begins[i] - self.galley.leads.get(i, 0.0)

    def _tail(self, j: int) -> float:
        """What a break behind atom ``j`` adds, a hyphen not counted at the very end."""
        return self.galley.tails.get(j, 0.0)

    def _search(
        self, first: int, after: int, indent: float, tolerance: float, *, orphan_allowed: bool
    ) -> list[Span] | None:
        """Run one pass: the cheapest way to every break that can be reached.

        Its inner loop sees every character several times: what most lines cost is reckoned there.
        """
        galley, last, shift = self.galley, after - 1, 1 - first
        begins, ends, leads, tails = galley.begins, galley.ends, galley.leads, galley.tails
        breakable, penalties = galley.breakable, galley.penalties
        spreads, shrinks = galley.spreads, self.shrinks
        em, loose = self.em, self.settings.loose
        justify, may_hang = self.justify, self.settings.hanging
        cost = [inf] * (after + shift)
        back = [-1] * (after + shift)
        hanging: set[tuple[int, int]] = set()
        cost[0] = 0.0
        for i in range(first, after):
            so_far = cost[i - first]
            if so_far == inf:
                continue
            width = self.measure - indent if i == first else self.measure
            base = begins[i] - leads[i] if i in leads else begins[i]
            given, spread = shrinks[i], spreads[i]
            least = base + width / (1 + 2 * tolerance) if tolerance < inf else base
            least_cost = so_far + LINE_COST if tolerance < inf else -inf
            found = overfull = False
            for j in range(bisect_left(ends, least, i, last), last + 1):
                natural = ends[j] - base
                if (breakable[j] or j == last) and least_cost < cost[j + shift]:
                    lack = width - natural - tails[j] if j in tails else width - natural
                    line = None
                    gaps = spreads[j] - spread
                    if gaps and lack >= -_EPSILON and j != last and justify:
                        mean = lack / (gaps * em)
                        if mean <= tolerance:
                            line = _stretched(mean / loose)
                    elif may_hang or -lack <= shrinks[j] - given + _EPSILON:
                        line, lack = self._cost(i, j, lack, tolerance, j == last, hanging)
                    if line is not None:
                        found = True
                        total = so_far + (line + penalties.get(j, 0.0))
                    elif not found and tolerance == inf and lack < 0:
                        overfull = True
                        total = so_far + (OVERFULL_COST - lack)
                    else:
                        total = inf
                    if j == last and not orphan_allowed and i > first:
                        total += self._last_cost(i, j)
                    if total < cost[j + shift]:
                        cost[j + shift] = total
                        back[j + shift] = i
                if overfull or (
                    natural > width
                    and natural - (shrinks[j] - given) > width + _EPSILON
                    and (found or tolerance < inf)
                ):
                    break
        return _traced(back, first, hanging)

    def _cost(
        self, i: int, j: int, lack: float, tolerance: float, is_last: bool,
        hanging: set[tuple[int, int]],
    ) -> tuple[float | None, float]:  # fmt: skip
        """Say how bad a line is that lacks so much of its width, and what it lacks after all.

        None: it cannot be set. A line whose mark is to hang is added to ``hanging``.
        """
        hangs = self.settings.hanging and lack < -_EPSILON and self.galley.hangs(j)
        if hangs:
            lack += self.galley.widths[j]
        cost = self._own_cost(i, j, lack, tolerance, is_last)
        if hangs and cost is not None:
            hanging.add((i, j))
        return cost, lack

    def _own_cost(
        self, i: int, j: int, lack: float, tolerance: float, is_last: bool
    ) -> float | None:
        if lack < -_EPSILON:
            room = self.shrinks[j] - self.shrinks[i]
            if -lack > room + _EPSILON:
                return None
            return LINE_COST + SQUEEZE_COST * (lack / room) ** 2
        if is_last:
            return LINE_COST
        if not self.justify:
            return LINE_COST + 100 * (lack / self.measure) ** 2
        gaps = self.galley.spreads[j] - self.galley.spreads[i]
        if gaps == 0:
            if lack < _EPSILON:
                return LINE_COST
            return RIGID_COST + lack if tolerance == inf else None
        mean = lack / (gaps * self.em)
        return _stretched(mean / self.settings.loose) if mean <= tolerance else None

    def _last_cost(self, i: int, j: int) -> float:
        """Say what a last line costs for being short; inf: it is an orphan."""
        characters = self._characters(i, j)
        if characters < 2:
            return inf
        return SHORT_LAST_COST if characters == 2 else 0.0

    def _characters(self, i: int, j: int) -> int:
        """Count what makes a line more than an orphan; a Western word counts as three."""
        count = 0
        for atom in reversed(self.galley.atoms[i : j + 1]):
            kind = atom.left.kind
            if kind is CharacterClass.HAN:
                count += 1
            elif kind not in PUNCTUATION and kind is not CharacterClass.ANNOTATION:
                count += 3
            if count > 2:
                break
        return count


def _stretched(ratio: float) -> float:
    """Say what a line costs whose gaps grow by so many times the loose limit."""
    return LINE_COST + 100 * ratio * ratio + (LOOSE_COST * ratio if ratio > 1 else 0.0)


def _traced(back: list[int], first: int, hanging: set[tuple[int, int]]) -> list[Span] | None:
    """Follow the way back from the end; None if the end was not reached."""
    spans: list[Span] = []
    place = len(back) - 1
    while place:
        i, j = back[place], place - 1 + first
        if i < 0:
            return None
        spans.append(Span(i, j, (i, j) in hanging))
        place = i - first
    spans.reverse()
    return spans
