"""Tables that lose nothing: the cells beyond the header's columns are kept, to be told about."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table

SURPLUS = "surplus"
"""Under this name a row's token holds the cells that Markdown drops (GFM § 4.10)."""
BARE = "bare"
"""Under this name: whether a row has no pipe, and was perhaps meant as a paragraph."""


def keep_surplus_cells(markdown: MarkdownIt) -> None:
    """Let each row of a table know the cells it has beyond the header's."""
    markdown.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    columns = sum(token.type == "th_open" for token in state.tokens[first:])
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            cells = _cells(state, token.map[0])
            token.meta = {
                SURPLUS: [cell for cell in cells[columns:] if cell.strip()],
                BARE: "|" not in getLine(state, token.map[0]),
            }
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    """Cut a row into cells, as markdown-it does before it drops some."""
    cells = escapedSplit(getLine(state, line).strip())
    if cells and not cells[0]:
        cells = cells[1:]
    return cells[:-1] if cells and not cells[-1] else cells
