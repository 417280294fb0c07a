"""From lines to columns: what stands under what, and how wide the measure is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from publish.check.typography import marks
from publish.check.typography.lines import Line

INDENT = 0.8
"""A line that begins this many em from its column's left edge begins a paragraph."""

DEEPEST = 4.5
"""An indent is not deeper than this, in em."""

NARROWEST = 6
"""What is narrower, in em, is a cell of a table or a label and no column of text."""

NEXT = 1.2
"""The next line of a block is not farther away than this many leadings."""

SAME_EDGE = 0.3
"""Lines that end this near each other, in pt, end at one edge."""

SAME_MEASURE = 1.5
"""Blocks whose longest lines differ by less than this, in em, may share their measure."""

SHARE = 0.1
"""The right edge is the rightmost place where at least this part of the lines end."""


@dataclass(frozen=True, slots=True)
class Column:
    """The edges of a column of text on a page, in pt from the page's left."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """Return the measure in pt."""
        return self.right - self.left


@dataclass
class Block:
    """Lines of body text that stand under each other at the distance of the leading."""

    page: int
    lines: list[Line]
    left: float
    column: Column = Column(0.0, 0.0)
    starts: list[bool] = field(default_factory=list)
    """For each line, whether a paragraph begins with it."""
    next_line: Line | None = None
    """The line with which the last paragraph goes on in the next column, if it does."""

    @property
    def em(self) -> float:
        """Return the em of the body in pt."""
        return self.lines[0].em

    @property
    def top(self) -> float:
        """Return the first baseline."""
        return self.lines[0].baseline

    @property
    def bottom(self) -> float:
        """Return the last baseline."""
        return self.lines[-1].baseline

    @property
    def reach(self) -> float:
        """Return how far the longest line reaches from the left edge."""
        return max(line.visible_right for line in self.lines) - self.left

    def next(self, index: int) -> Line | None:
        """Return the line that follows in the same paragraph."""
        if index + 1 < len(self.lines):
            return None if self.starts[index + 1] else self.lines[index + 1]
        return self.next_line


def find_leading(pages: Iterable[Sequence[Line]]) -> float:
    """Return the most frequent distance of two baselines in a column, 0 where there is none."""
    distances = [
        below.baseline - line.baseline for lines in pages for line, below in _under(lines, 0.9, 3.5)
    ]
    if not distances:
        return 0.0
    counted = Counter(round(distance, 1) for distance in distances)
    likely = max(counted, key=lambda d: sum(counted[round(d + k / 10, 1)] for k in range(-3, 4)))
    return fmean(d for d in distances if abs(d - likely) <= 0.06 * likely)


def find_blocks(lines: Sequence[Line], leading: float) -> list[Block]:
    """Return the blocks of one page's body lines."""
    if not lines:
        return []
    em = lines[0].em
    below = {id(a): b for a, b in _under(lines, 0.5 * leading / em, NEXT * leading / em)}
    continued = {id(line) for line in below.values()}
    blocks: list[Block] = []
    for line in lines:
        if id(line) in continued:
            continue
        chain = [line]
        while (following := below.get(id(chain[-1]))) is not None:
            chain.append(following)
        blocks += _split_indented(chain)
    return blocks


def _under(lines: Sequence[Line], least: float, most: float) -> Iterator[tuple[Line, Line]]:
    """Yield pairs of lines, one right under the other and nothing beside either of them.

    The distances are in em.
    """
    heights = [line.baseline for line in lines]
    below: list[list[int]] = []
    above: dict[int, int] = defaultdict(int)
    for line in lines:
        first = bisect_left(heights, line.baseline + least * line.em)
        last = bisect_right(heights, line.baseline + most * line.em)
        found: list[int] = []
        for other in range(first, last):
            if found and heights[other] - heights[found[0]] > 0.5 * line.em:
                break
            if _overlap(line, lines[other]) > 0.4 * line.em:
                found.append(other)
                above[other] += 1
        below.append(found)
    for line, found in zip(lines, below, strict=True):
        if len(found) == 1 and above[found[0]] == 1:
            yield line, lines[found[0]]


def _overlap(one: Line, other: Line) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _split_indented(chain: list[Line]) -> list[Block]:
    """Return a chain of lines as blocks: a quotation set in from the edge is its own block."""
    left = _left_edge(chain)
    em = chain[0].em
    blocks: list[Block] = []
    rest: list[Line] = []
    for run in _runs(chain, left + 0.5 * em):
        if _is_set_in(run, left, chain):
            blocks += [Block(rest[0].page, rest, left)] if rest else []
            blocks.append(Block(run[0].page, run, _left_edge(run)))
            rest = []
        else:
            rest += run
    return [*blocks, Block(rest[0].page, rest, left)] if rest else blocks


def _left_edge(lines: Sequence[Line]) -> float:
    """Return the leftmost place where lines begin, unless only a few of many do."""
    plain = [line for line in lines if line.glyphs[0].text[0] not in marks.OPENING]
    places = sorted(line.left for line in plain) or [min(line.visible_left for line in lines)]
    least = 1 if len(places) < 4 else max(2, len(places) * 0.15)
    for place in places:
        near = [other for other in places if 0 <= other - place <= SAME_EDGE]
        if len(near) >= least:
            return median(near)
    return places[0]


def _runs(chain: list[Line], limit: float) -> Iterator[list[Line]]:
    """Part lines into runs of those that begin right of a limit and those that do not."""
    run: list[Line] = []
    for line in chain:
        if run and (line.left > limit) != (run[-1].left > limit):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_set_in(run: list[Line], left: float, chain: list[Line]) -> bool:
    """Tell whether lines that all begin right of the edge are one text, not short paragraphs."""
    if len(run) < 3 or run[0].left <= left + 0.5 * run[0].em:
        return False
    em = run[0].em
    own = _left_edge(run)
    flush = sum(abs(line.left - own) < 0.1 * em for line in run)
    longest = max(line.visible_right for line in run)
    full = sum(line.visible_right > longest - 1.2 * em for line in run[:-1])
    before = chain[chain.index(run[0]) - 1] if run[0] is not chain[0] else None
    if before is not None and (hang := hanging_left(before)) and abs(hang - own) < 0.2 * em:
        return False
    return flush >= 0.6 * len(run) and full >= 0.6 * (len(run) - 1)


def hanging_left(line: Line) -> float | None:
    """Return where the text behind a bullet or a number begins, for the item of a list."""
    glyphs = line.glyphs
    if len(glyphs) < 3:
        return None
    if glyphs[0].text in marks.BULLETS | marks.INTERPUNCTS:
        return glyphs[1].x
    count = 0
    while count < min(4, len(glyphs) - 2) and marks.is_figure(glyphs[count].text[0]):
        count += 1
    if count and glyphs[count].text in {".", "．", "、", ")", "）"}:
        return glyphs[count + 1].x
    return None


def set_columns(blocks: Sequence[Block]) -> None:
    """Find every block's right edge, from its own lines and from all of the same measure."""
    _adopt_lefts(blocks)
    pools: dict[tuple[int, int], list[Block]] = defaultdict(list)
    for block in blocks:
        pools[block.page, round(block.left / (0.2 * block.em))].append(block)
    everywhere = _measures([_reaches(block) for block in blocks], blocks)
    for pool in pools.values():
        for block in pool:
            mates = [other for other in pool if _may_share(block, other)]
            width = _edge([reach for mate in mates for reach in _reaches(mate)], 4)
            width = width or _known(block, everywhere)
            block.column = Column(block.left, block.left + (width or block.reach))


def _adopt_lefts(blocks: Sequence[Block]) -> None:
    """Give short blocks that hold only indented lines the left edge of a longer block."""
    known: dict[int, set[float]] = defaultdict(set)
    everywhere: Counter[float] = Counter()
    for block in blocks:
        if len(block.lines) >= 3:
            known[block.page].add(block.left)
            everywhere[round(block.left, 1)] += 1
    often = {left for left, count in everywhere.items() if count >= 3}
    for block in blocks:
        if len(block.lines) >= 3:
            continue
        for lefts in (known[block.page], often):
            near = [k for k in lefts if INDENT < (block.left - k) / block.em < DEEPEST]
            if any(abs(block.left - left) < 0.1 * block.em for left in lefts):
                break
            if near:
                block.left = max(near)
                break


def _may_share(block: Block, other: Block) -> bool:
    """Tell whether two blocks at one left edge may have the same measure."""
    difference = other.reach - block.reach
    short = len(block.lines) < 4
    return -SAME_MEASURE * block.em < difference < (1e9 if short else SAME_MEASURE * block.em)


def _reaches(block: Block) -> list[float]:
    """Return how far each line reaches; lines that end with a mark, which may hang, left out."""
    return [
        line.right - block.left
        for line in block.lines
        if line.glyphs[-1].text[-1] not in marks.MARKS
    ]


def _edge(reaches: Sequence[float], least: int) -> float | None:
    """Return the rightmost place where a fair part of the lines end."""
    places = sorted(reaches, reverse=True)
    for index, place in enumerate(places):
        near = [other for other in places[index:] if place - other <= SAME_EDGE]
        if len(near) >= max(least, SHARE * len(places)):
            middle = median(near)
            return fmean(other for other in near if abs(other - middle) <= 0.1)
    return None


def _measures(reaches: Sequence[Sequence[float]], blocks: Sequence[Block]) -> list[float]:
    """Return the measures that the document's longer blocks agree on, most frequent first."""
    found: list[tuple[float, int]] = []
    for block, ends in zip(blocks, reaches, strict=True):
        width = _edge(ends, 3)
        if width is not None and width >= NARROWEST * block.em:
            found.append((width, len(block.lines)))
    found.sort()
    groups: list[list[tuple[float, int]]] = []
    for width, lines in found:
        if groups and width - groups[-1][0][0] <= SAME_EDGE:
            groups[-1].append((width, lines))
        else:
            groups.append([(width, lines)])
    groups.sort(key=lambda group: -sum(lines for _, lines in group))
    return [max(group, key=lambda pair: pair[1])[0] for group in groups[:12]]


def _known(block: Block, measures: Sequence[float]) -> float | None:
    """Return the measure a block's longest line fills, or the most frequent that holds it."""
    filled = [m for m in measures if abs(m - block.reach) <= 0.1]
    if filled:
        return filled[0]
    least = block.reach - 0.1 * block.em
    fitting = [m for m in measures if least <= m]
    close = [m for m in fitting if m - least < SAME_MEASURE * block.em]
    if close:
        return close[0]
    return fitting[0] if fitting and len(block.lines) < 3 else None
