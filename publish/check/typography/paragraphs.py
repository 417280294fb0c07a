"""Where paragraphs begin within a column."""

from __future__ import annotations

from collections.abc import Sequence

from publish.check.typography import marks
from publish.check.typography.columns import INDENT, Block, hanging_left
from publish.check.typography.lines import Line

RAGGED = 3.0
"""Lines set flush left end no farther than this, in em, from the edge; verses and lists do."""


def find_paragraphs(blocks: Sequence[Block]) -> None:
    """Mark the lines with which paragraphs begin: by their indent, or because one ended before.

    Where nothing is indented, a line that ends short ends its paragraph.
    """
    for block in blocks:
        block.starts = [_begins(block, index) for index in range(len(block.lines))]
    indented = sum(is_indented(block, line) for block in blocks for line in block.lines)
    plain = indented < 0.03 * sum(len(block.lines) for block in blocks)
    for block in blocks:
        for index, before in enumerate(block.lines[:-1]):
            block.starts[index + 1] |= _is_over(block, before, plain)
        if _is_list(block):
            block.starts = [True] * len(block.lines)


def _is_list(block: Block) -> bool:
    """Tell whether most lines that another follows end far from the edge: verses, a list."""
    followed = [line for line, begins in zip(block.lines, block.starts[1:], strict=False)
                if not begins]  # fmt: skip
    short = [
        line for line in followed if block.column.right - line.visible_right > RAGGED * block.em
    ]
    return len(short) > 0.5 * len(followed)


def is_indented(block: Block, line: Line) -> bool:
    """Tell whether a line begins well right of its column's left edge."""
    return line.visible_left - block.column.left >= INDENT * block.em and (
        line.left - block.column.left >= 0.3 * block.em
    )


def _begins(block: Block, index: int) -> bool:
    line = block.lines[index]
    if index == 0:
        return True
    before = block.lines[index - 1]
    if line.left < block.column.left - 0.5 * block.em:
        return True
    if is_indented(block, line):
        return not _hangs(block, index)
    return not (line.fonts & before.fonts) and len(line.fonts) == len(before.fonts) == 1


def _hangs(block: Block, index: int) -> bool:
    """Tell whether a line goes on under the text of a list's item."""
    left = block.lines[index].left
    for before in reversed(block.lines[:index]):
        hang = hanging_left(before)
        if hang is not None:
            return abs(hang - left) < 0.2 * block.em
        if abs(before.left - left) > 0.2 * block.em:
            return False
    return False


def _is_over(block: Block, line: Line, plain: bool) -> bool:
    """Tell whether a line ends so early that its paragraph, or its verse, is over."""
    missing = (block.column.right - line.visible_right) / block.em
    stops = line.glyphs[-1].text[-1] in marks.STOPS | marks.CLOSING
    if plain and (missing > 4 or (missing > 1.2 and stops)):
        return True
    return missing > RAGGED and stops
