"""The way from a PDF to its figures: glyphs, lines, columns, paragraphs, then the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from publish.check.typography import faults
from publish.check.typography.columns import Block, find_blocks, find_leading, set_columns
from publish.check.typography.figures import (
    Grid,
    LineMeasure,
    Occurrence,
    PageFigures,
    TypographyReport,
    count,
)
from publish.check.typography.flow import Layout, Stack, find_rows, find_stacks, join_paragraphs
from publish.check.typography.glyphs import Page, read_pages
from publish.check.typography.grid import fit_grid, off_grid, refine_leading
from publish.check.typography.labels import drop_labels, drop_running, is_body
from publish.check.typography.lines import Body, Line, find_body, find_lines
from publish.check.typography.paragraphs import find_paragraphs
from publish.check.typography.unbreakable import Words

USUAL_LEADING = 1.6
"""The leading, in em, where no two lines stand under each other."""


def measure(pdf: Path, *, grid: Grid | None = None) -> TypographyReport:
    """Measure a PDF's body text; with ``grid``, against that grid instead of the one found.

    Raises InputError when the file cannot be read.
    """
    text = _Text(pdf, grid)
    lines, occurrences = text.lines, text.occurrences
    pages = tuple(
        PageFigures(
            page.number,
            text.grids[page.number],
            count(
                [line for line in lines if line.page == page.number],
                [found for found in occurrences if found.page == page.number],
            ),
        )
        for page in text.pages
    )
    return TypographyReport(
        file=pdf.name,
        body_size=text.body.size if text.body else 0.0,
        body_font=text.body.font if text.body else "",
        leading=text.leading,
        measures=tuple(sorted({line.measure for line in lines})),
        total=count(lines, occurrences),
        pages=pages,
        occurrences=tuple(occurrences),
    )


def measure_lines(pdf: Path, *, grid: Grid | None = None) -> list[LineMeasure]:
    """Return what is measured of each line of body text, in reading order of the blocks."""
    return _Text(pdf, grid).lines


class _Text:
    """A PDF's body text, found and measured."""

    def __init__(self, pdf: Path, grid: Grid | None) -> None:
        self.pages: list[Page] = list(read_pages(pdf))
        self.body: Body | None = find_body(self.pages)
        self.leading = grid.leading if grid else 0.0
        self.grids = {page.number: grid or Grid(0.0, 0.0) for page in self.pages}
        self.blocks: list[Block] = []
        self.stacks: list[list[Stack]] = []
        self.lines: list[LineMeasure] = []
        self.occurrences: list[Occurrence] = []
        if self.body is not None:
            self._find(self.body, grid)
            self._measure()

    def _find(self, body: Body, grid: Grid | None) -> None:
        """Find columns, paragraphs and their flow."""
        lines = [find_lines(page, body) for page in self.pages]
        ours = [[line for line in page if is_body(line, body)] for page in lines]
        self.leading = self.leading or find_leading(ours) or USUAL_LEADING * body.size
        found = [find_blocks(page, self.leading) for page in ours]
        set_columns([block for page in found for block in page])
        found = drop_labels(found, body)
        self.blocks = [block for page in found for block in page]
        find_paragraphs(self.blocks)
        others = drop_running(lines, found)
        self.stacks = [
            find_stacks(Layout(blocks, heads, page.pictures, body, self.leading))
            for page, heads, blocks in zip(self.pages, others, found, strict=True)
        ]
        join_paragraphs(self.stacks)
        self._find_grids(found, grid)

    def _find_grids(self, found: Sequence[Sequence[Block]], given: Grid | None) -> None:
        """Find each page's grid, unless one is given with its offset."""
        heights = [[line.baseline for block in page for line in block.lines] for page in found]
        if given is None:
            self.leading = refine_leading(heights, self.leading)
        for page, baselines in zip(self.pages, heights, strict=True):
            if given is None or given.offset is None:
                self.grids[page.number] = Grid(self.leading, fit_grid(baselines, self.leading))

    def _measure(self) -> None:
        if not self.blocks:
            return
        words = Words(line for block in self.blocks for line in block.lines)
        for block in self.blocks:
            for index, line in enumerate(block.lines):
                self._measure_line(block, index, line, words)
        for stacks in self.stacks:
            for row in find_rows(stacks, self.blocks[0].em, self.leading):
                found = faults.uneven(row, self.leading)
                self.occurrences += [found] if found else []

    def _measure_line(self, block: Block, index: int, line: Line, words: Words) -> None:
        following = block.next(index)
        edge: float | None = None
        if following is not None:
            edge = faults.right_edge(line, block.column.right) - block.column.right
        measured = LineMeasure(
            page=line.page,
            text=line.text,
            x=line.left,
            y=line.baseline,
            measure=round(block.column.width / block.em),
            edge=edge,
            loose=faults.added_gap(line) if following is not None else 0.0,
            off_grid=off_grid(line.baseline, self.grids[line.page]),
            begins=block.starts[index],
            ends=following is None,
        )
        self.lines.append(measured)
        self.occurrences += faults.of_line(line, measured)
        if following is not None:
            self.occurrences += faults.between_lines(line, following, words)
        elif not block.starts[index]:
            self.occurrences += faults.last_line(line)


__all__ = ["measure", "measure_lines"]
