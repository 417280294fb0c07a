"""From blocks to stacks and rows of columns: where text goes on, and where columns end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import dropwhile

from publish.check.typography.columns import Block, Column
from publish.check.typography.glyphs import Picture
from publish.check.typography.lines import Body, Line
from publish.check.typography.paragraphs import is_indented

FARTHEST = 4.0
"""What stands farther below, in leadings, with nothing between, is of another stack."""

SMALL = 0.98
"""What is smaller than this many body sizes is a note, a caption, a folio line."""

HEADLINE = 1.3
"""What is larger than this many body sizes heads an article; a crosshead is smaller."""


LEVEL = 3.0
"""Columns that begin no farther apart than this, in leadings, begin level: a head may be there."""


@dataclass
class Stack:
    """What stands in one column from its head to its foot: text, heads, pictures.

    A stack ends where something wider than its column crosses it, or where much is empty.
    """

    column: Column
    top: float
    bottom: float
    blocks: list[Block] = field(default_factory=list)
    headed: bool = False
    """Whether it begins with a headline of its own, no wider than the column."""


class Sort(Enum):
    """What kind of thing stands in a column."""

    TEXT = "text"
    PICTURE = "picture"
    NOTE = "note"
    CROSSHEAD = "crosshead"
    HEADLINE = "headline"


HEADS = frozenset({Sort.CROSSHEAD, Sort.HEADLINE})

REACH = {Sort.NOTE: 2.2, Sort.CROSSHEAD: 8.0, Sort.HEADLINE: 8.0}
"""A note stands close under its text; above the head of another article there may be more room."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that stands in a column, with its top and bottom, in pt from the page's top."""

    sort: Sort
    top: float
    bottom: float
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands on a page: text in blocks, other lines such as heads and captions, pictures."""

    blocks: Sequence[Block]
    others: Sequence[Line]
    pictures: Sequence[Picture]
    body: Body
    leading: float

    def spanning(self) -> list[Line]:
        """Return the headlines that head several columns though they would fit into one.

        They stand in the middle of the page's columns, and nothing else stands level with them.
        """
        columns = self.columns()
        if len(columns) < 3:
            return []
        left, right = min(c.left for c in columns), max(c.right for c in columns)
        return [
            line
            for line in self.others
            if _sort(line, self.body) is Sort.HEADLINE
            and abs(line.left + line.right - left - right) < 2 * self.body.em
            and not self._level(line)
        ]

    def _level(self, head: Line) -> bool:
        """Tell whether text or another head stands level with a headline, beside it."""
        top, bottom = head.baseline - 1.2 * head.size, head.baseline + 0.5 * self.leading
        lines = [line for block in self.blocks for line in block.lines] + [*self.others]
        return any(
            top < line.baseline < bottom and (line.left > head.right or line.right < head.left)
            for line in lines
        )

    def columns(self) -> list[Column]:
        """Return the columns of the page, each once, the widest for a block set in from it."""
        return _columns(self.blocks, self.body.em)


def find_stacks(layout: Layout) -> list[Stack]:
    """Return what stands in the columns of one page, parted at what crosses them."""
    spanning = layout.spanning()
    return [
        stack
        for column in layout.columns()
        for stack in _pile(column, _items(column, layout, spanning),
                           _breaks(column, layout, spanning), layout)
    ]  # fmt: skip


def _columns(blocks: Sequence[Block], em: float) -> list[Column]:
    """Return the columns of a page, each once, the widest for a block set in from it."""
    found: list[Column] = []
    for column in sorted((block.column for block in blocks), key=lambda c: -c.width):
        if not any(_holds(other, column, em) for other in found):
            found.append(column)
    return found


def _holds(column: Column, inner: Column, em: float) -> bool:
    """Tell whether a column is the other one, or has it set in by a few characters."""
    left, right = inner.left - column.left, column.right - inner.right
    return -0.3 * em < left < 4.5 * em and -0.3 * em < right < 4.5 * em


def _within(left: float, right: float, column: Column, em: float) -> bool:
    return column.left - em < left and right < column.right + em


def _crosses(left: float, right: float, column: Column, em: float) -> bool:
    """Tell whether something stands in a column and reaches out of it."""
    beside = right < column.left + em or left > column.right - em
    return not beside and not _within(left, right, column, em)


def _items(column: Column, layout: Layout, spanning: Sequence[Line]) -> list[Item]:
    """Return what stands within a column, from its head to its foot."""
    em = layout.body.em
    items = [
        Item(Sort.TEXT, block.top, block.bottom, block)
        for block in layout.blocks
        if _holds(column, block.column, em)
    ]
    items += [
        Item(Sort.PICTURE, picture.top + layout.body.size, picture.bottom)
        for picture in layout.pictures
        if _within(picture.left, picture.right, column, em)
    ]
    items += [
        Item(_sort(line, layout.body), line.baseline, line.baseline)
        for line in layout.others
        if line.right > column.left
        and line.left < column.right
        and _within(line.left, line.right, column, em)
        and line not in spanning
    ]
    return sorted(items, key=lambda item: item.top)


def _sort(line: Line, body: Body) -> Sort:
    """Return what a line that is no text is, by its size."""
    if line.size < SMALL * body.size:
        return Sort.NOTE
    return Sort.HEADLINE if line.size > HEADLINE * body.size else Sort.CROSSHEAD


def _breaks(column: Column, layout: Layout, spanning: Sequence[Line]) -> list[float]:
    """Return the heights at which something wider crosses a column."""
    em = layout.body.em
    breaks = [line.baseline for line in spanning]
    breaks += [
        line.baseline for line in layout.others if _crosses(line.left, line.right, column, em)
    ]
    breaks += [
        block.top
        for block in layout.blocks
        if _crosses(block.column.left, block.column.right, column, em)
    ]
    breaks += [
        (picture.top + picture.bottom) / 2
        for picture in layout.pictures
        if _crosses(picture.left, picture.right, column, em)
    ]
    return breaks


def _pile(
    column: Column, items: Sequence[Item], breaks: Sequence[float], layout: Layout
) -> Iterator[Stack]:
    """Pile items upon each other; yield the stacks that hold text."""
    pile: list[Item] = []
    bottom = 0.0
    for item in items:
        if pile:
            reach = REACH.get(item.sort, FARTHEST)
            empty = item.top - bottom > reach * layout.leading
            if empty or any(bottom < place < item.top for place in breaks):
                yield from _stack(column, pile, layout)
                pile = []
        bottom = max(bottom, item.bottom) if pile else item.bottom
        pile.append(item)
    yield from _stack(column, pile, layout)


def _below(column: Column, place: float, layout: Layout) -> bool:
    """Tell whether text or a picture stands in a column, or across it, below a place."""
    things = [(b.column.left, b.column.right, b.top) for b in layout.blocks]
    things += [(p.left, p.right, p.top) for p in layout.pictures]
    return any(
        top > place and left < column.right and right > column.left for left, right, top in things
    )


def _stack(column: Column, pile: Sequence[Item], layout: Layout) -> Iterator[Stack]:
    """Yield a pile as a stack where it holds text.

    A folio line above it is not its head, and a short head of what follows below is not its foot.
    """
    items = list(dropwhile(lambda item: item.sort is Sort.NOTE, pile))
    while items and items[-1].sort in HEADS and _below(column, items[-1].top, layout):
        items.pop()
    blocks = [item.block for item in items if item.block is not None]
    if blocks:
        headed = any(item.sort is Sort.HEADLINE and item.top < blocks[0].top for item in items)
        bottom = max(item.bottom for item in items)
        yield Stack(column, items[0].top, bottom, blocks, headed)


def find_rows(stacks: Iterable[Stack], em: float, leading: float) -> list[list[Stack]]:
    """Gather stacks of one width that begin level beside each other and may hold one text."""
    rows: list[list[Stack]] = []
    for stack in sorted(stacks, key=lambda s: (s.column.left, s.top)):
        for row in rows:
            if _beside(row[-1], stack, em, leading):
                row.append(stack)
                break
        else:
            rows.append([stack])
    return sorted(rows, key=lambda row: (row[0].top, row[0].column.left))


def _beside(left: Stack, right: Stack, em: float, leading: float) -> bool:
    gap = (right.column.left - left.column.right) / em
    level = abs(left.top - right.top) <= LEVEL * leading
    alike = abs(left.column.width - right.column.width) < 0.5 * em
    return 0.4 < gap < 6 and level and alike and not (left.headed and right.headed)


def join_paragraphs(pages: Sequence[Sequence[Stack]]) -> None:
    """Let paragraphs go on from a column's foot at the head of the next column or page.

    A column that begins without an indent goes on with what stands left of it; the leftmost
    column goes on with the page before.
    """
    before: Sequence[Stack] = ()
    for stacks in pages:
        lefts = {id(stack): _left_of(stack, stacks) for stack in stacks}
        first = min(
            (stack for stack in stacks if lefts[id(stack)] is None),
            key=lambda stack: (round(stack.top), stack.column.left),
            default=None,
        )
        for stack in stacks:
            left = lefts[id(stack)]
            if stack is first and before:
                left = _last(before)
            if left is not None and _begins_within(stack, left):
                _join(left, stack)
        before = stacks or before


def _begins_within(stack: Stack, left: Stack) -> bool:
    """Tell whether a stack begins with a line that begins no paragraph.

    A byline in the middle of three columns stands above one of them and heads all: the text below
    it begins level with that of the column before.
    """
    first = stack.blocks[0]
    level = abs(first.top - left.blocks[0].top) < 0.5
    return (level or first.top <= stack.top + 0.1) and not is_indented(first, first.lines[0])


def _left_of(stack: Stack, stacks: Sequence[Stack]) -> Stack | None:
    """Return the nearest stack in the column left of another, level with some of it."""
    em = stack.blocks[0].em
    beside = [
        other
        for other in stacks
        if 0.4 * em < stack.column.left - other.column.right < 6 * em
        and other.top <= stack.bottom
        and other.bottom >= stack.top
    ]
    return max(beside, key=lambda other: other.bottom, default=None)


def _last(stacks: Sequence[Stack]) -> Stack:
    """Return the rightmost of the stacks that reach to a page's foot."""
    em = stacks[0].blocks[0].em
    foot = max(stack.bottom for stack in stacks)
    return max((s for s in stacks if s.bottom > foot - 4 * em), key=lambda s: s.column.left)


def _join(here: Stack, there: Stack) -> None:
    last, first = here.blocks[-1], there.blocks[0]
    line = last.lines[-1]
    whole = last.bottom >= here.bottom - 0.1
    if whole and last.column.right - line.visible_right < 4 * last.em:
        last.next_line = first.lines[0]
        first.starts[0] = False
