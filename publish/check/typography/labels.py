"""What is set in the body's size and is no running text: folio lines, bylines, lists, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from publish.check.typography import marks
from publish.check.typography.columns import DEEPEST, NARROWEST, Block
from publish.check.typography.lines import Body, Line

LEADER = re.compile(r"(?:[.·․‥…] ?){6}")
"""A row of dots that leads to a page's number: the line is of a contents list."""


OUTERMOST = 2
"""So many baselines at a page's head and foot may hold folio lines."""

RUNNING = 0.25
"""Folio lines stand at one height on at least this part of the pages."""


def is_body(line: Line, body: Body) -> bool:
    """Tell whether a line is body text: its size, and not the font of a heading."""
    if not body.sets(line.size) or LEADER.search(line.text):
        return False
    heading = all(marks.is_heavy(font) for font in line.fonts)
    return marks.is_heavy(body.font) or not heading


def drop_labels(pages: Sequence[Sequence[Block]], body: Body) -> list[list[Block]]:
    """Leave out what is no text: folio lines, bylines, cells of tables.

    A folio line is a single line at a page's head or foot, alike on another page, at a height
    where no longer text has a line. A byline is a single line in another face than the body's,
    or one of several that share a baseline within a column.
    """
    running: Counter[int] = Counter()
    text: set[int] = set()
    for blocks in pages:
        running.update({round(block.top) for block in _outermost(blocks)})
        longer = (block for block in blocks if len(block.lines) > 1)
        text |= {round(line.baseline) for block in longer for line in block.lines}
    folios = {height for height, count in running.items() if count > 1} - text
    kept: list[list[Block]] = []
    for blocks in pages:
        pieces = _pieces(blocks)
        kept.append(
            [
                block
                for block in blocks
                if round(block.top) not in folios
                and id(block) not in pieces
                and _is_text(block, body)
            ]
        )
    return kept


def _is_text(block: Block, body: Body) -> bool:
    han = any(marks.is_han(glyph.text) for line in block.lines for glyph in line.glyphs)
    faces = {font for line in block.lines for font in line.fonts}
    label = len(block.lines) == 1 and body.font not in faces
    return han and not label and block.column.width >= NARROWEST * block.em


def _pieces(blocks: Sequence[Block]) -> set[int]:
    """Return single lines that share a baseline within one column: pieces of a parted row."""
    columns = [block.column for block in blocks if len(block.lines) >= 3]
    single = [block for block in blocks if len(block.lines) == 1]
    found: set[int] = set()
    for block in single:
        line, em = block.lines[0], block.em
        for column in columns:
            if not (column.left + DEEPEST * em < line.left and line.right < column.right + em):
                continue
            found.add(id(block))
            found |= {
                id(other)
                for other in single
                if abs(other.top - block.top) < 0.5 and column.left - em < other.left < line.left
            }
    return found


def _outermost(blocks: Sequence[Block]) -> list[Block]:
    """Return the single lines that stand alone at a page's head, and those at its foot."""
    found: list[Block] = []
    for sign in (1, -1):
        far = min((sign * block.top for block in blocks), default=0.0)
        edge = [b for b in blocks if sign * b.top < far + 1]
        rest = [sign * (b.top if sign > 0 else b.bottom) for b in blocks if sign * b.top >= far + 1]
        alone = bool(rest) and min(rest) - far > 2 * blocks[0].em
        found += [b for b in edge if alone and len(b.lines) == 1]
    return found


def drop_running(
    pages: Sequence[Sequence[Line]], blocks: Sequence[Sequence[Block]]
) -> list[list[Line]]:
    """Return each page's lines that are no text, without folio lines.

    Those are the outermost lines of a page that come again at their height on other pages.
    """
    others: list[list[Line]] = []
    for lines, found in zip(pages, blocks, strict=True):
        inside = {id(line) for block in found for line in block.lines}
        others.append([line for line in lines if id(line) not in inside])
    seen: Counter[int] = Counter()
    for lines in others:
        heights = sorted({round(line.baseline) for line in lines})
        seen.update({*heights[:OUTERMOST], *heights[-OUTERMOST:]})
    often = max(2, RUNNING * len(pages))
    running = {height for height, count in seen.items() if count >= often}
    return [[line for line in lines if round(line.baseline) not in running] for lines in others]
