"""Break a headline into the fewest lines that fit, by sense and even."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import inf
from typing import NamedTuple

from publish.typesetting.classes import script_of
from publish.typesetting.headlines.costs import LEANING_COST, SENSE_LIMIT, break_costs
from publish.typesetting.headlines.widths import Ruler, ruler

UNEVENNESS = 60.0
"""What a line costs that misses the mean by a whole capacity; by the square."""
SHORT_LAST_COST = 8.0
"""For a last line less than half as long as the longest."""
STUB_COST = 20.0
"""For one to three characters as the second of two lines."""
MORE_LINES = 2
"""So many lines more than need be are taken rather than cutting what leans together."""
_ONE_CHARACTER_COST = 1e6


class BreakChance(NamedTuple):
    """A place where the sense lets a line end: before the character at ``position``.

    ``cost`` 0 is after a full pause, 2 between subject and predicate, below 8 elsewhere.
    """

    position: int
    cost: float


def break_headline(
    text: str,
    capacity: float,
    *,
    width: Callable[[str], float] | None = None,
    language: str = "zh-Hans",
) -> tuple[str, ...]:
    r"""Break a headline, kicker or deck into the fewest lines that fit, by sense and even.

    ``capacity`` is in em; ``width`` measures a line in em (default: a Han character 1, Latin
    and figures 0.55, blank halves of marks at a line's edges left out, as CLREQ § 3.1.6.3).
    The lines joined are the text: a space or a typed ``\n``, which is a forced break, stays at
    its line's end. A word wider than a line is parted only if it is Chinese; otherwise its line
    is too long. Raises ``ValueError`` for a capacity that is not above zero.
    """
    if not capacity > 0:
        raise ValueError(f"no room for a headline: capacity {capacity} em")
    lines: list[str] = []
    for part in text.splitlines(keepends=True):
        measure = ruler(part, width, script_of(language))
        lines += (part[start:end] for start, end in pairwise(_breaks(part, capacity, measure)))
    return tuple(lines)


def segments(text: str) -> tuple[str, ...]:
    """Cut a text into the pieces that the sense keeps whole; joined they are the text."""
    places = [0, *(chance.position for chance in breakpoints(text)), len(text)]
    return tuple(text[start:end] for start, end in pairwise(places) if end > start)


def breakpoints(text: str) -> tuple[BreakChance, ...]:
    """List the places where the sense lets a line end, forced breaks included."""
    chances: list[BreakChance] = []
    offset = 0
    for part in text.splitlines(keepends=True):
        if offset:
            chances.append(BreakChance(offset, 0.0))
        chances += (
            BreakChance(offset + place, cost)
            for place, cost in enumerate(break_costs(part))
            if cost < SENSE_LIMIT
        )
        offset += len(part)
    return tuple(chances)


def _breaks(text: str, capacity: float, measure: Ruler) -> list[int]:
    """Choose the positions, 0 and the text's end included, between which the lines lie."""
    whole = measure(0, len(text))
    if whole <= capacity:
        return [0, len(text)]
    costs = break_costs(text)
    places = _open_places(len(text), costs, capacity, measure)
    widths = _widths(places, capacity, measure)
    best: tuple[int, list[int]] | None = None
    for count in range(2, len(places)):
        found = _cheapest(text, places, widths, costs, capacity, whole / count, count)
        if found is None:
            continue
        faults = int(found[0] // LEANING_COST)
        if best is None or faults < best[0]:
            best = faults, found[1]
        if faults == 0 or len(best[1]) + MORE_LINES <= count:
            break
    return best[1] if best else places


def _open_places(
    length: int, costs: tuple[float, ...], capacity: float, measure: Ruler
) -> list[int]:
    """List where a line may end, opening the pieces that are wider than a line."""
    places = [0, *(at for at, cost in enumerate(costs) if cost < SENSE_LIMIT), length]
    for limit in (LEANING_COST, 2 * LEANING_COST, inf):
        opened = {
            at
            for start, end in pairwise(places)
            if measure(start, end) > capacity
            for at in range(start + 1, end)
            if costs[at] < limit
        }
        places = sorted({*places, *opened})
    return places


def _widths(places: list[int], capacity: float, measure: Ruler) -> dict[tuple[int, int], float]:
    """Measure every line that fits, and the single pieces that do not."""
    widths: dict[tuple[int, int], float] = {}
    for first in range(len(places) - 1):
        for last in range(first + 1, len(places)):
            width = measure(places[first], places[last])
            if width > capacity and last > first + 1:
                break
            widths[first, last] = width
    return widths


def _cheapest(
    text: str,
    places: list[int],
    widths: dict[tuple[int, int], float],
    costs: tuple[float, ...],
    capacity: float,
    mean: float,
    count: int,
) -> tuple[float, list[int]] | None:
    """Find the cheapest way to set a text in so many lines, or none."""
    end = len(places) - 1
    best: dict[int, tuple[float, tuple[int, ...], float]] = {0: (0.0, (0,), 0.0)}
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...], float]] = {}
        for (first, last), width in widths.items():
            if first not in best or (last == end) != (number == count):
                continue
            cost, chosen, longest = best[first]
            cost += UNEVENNESS * ((width - mean) / capacity) ** 2
            line = text[places[first] : places[last]]
            if len(line) < 8 and _characters(line) < 2:
                cost += _ONE_CHARACTER_COST
            if last == end:
                cost += _last_line_cost(line, width, longest, count)
            else:
                cost += costs[places[last]]
            if last not in reached or cost < reached[last][0]:
                reached[last] = (cost, (*chosen, last), max(longest, width))
        best = reached
    if end not in best:
        return None
    cost, chosen, _ = best[end]
    return cost, [places[at] for at in chosen]


def _last_line_cost(line: str, width: float, longest: float, count: int) -> float:
    """Weigh a last line that is short."""
    cost = SHORT_LAST_COST if width < longest / 2 else 0.0
    if count == 2 and width < 4 and _characters(line) < 4:
        cost += STUB_COST
    return cost


def _characters(line: str) -> int:
    """Count letters, figures and Han characters."""
    return sum(map(str.isalnum, line))
