"""Columns on a baseline grid: a galley laid out once by WeasyPrint, then cut page by page.

WeasyPrint lays out columns again and again until they balance. Here the text of a multi-column
box is laid out in one endless column, and ``publish.typesetting.makeup`` says which of its
pieces go into which column, and where: body lines on the grid that is counted from the foot of
the type area, feet level. A galley is kept, so that a page that is laid out again, for a page
number that was not known, costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.layout.column import _create_column_box
from weasyprint.layout.percent import percentage

from publish.pdf.composing.lines import ComposedLineBox, Row
from publish.typesetting.makeup import Column, Item, Makeup

_SLACK = 0.01
LONG_TABLE = 0.4
"""A table higher than this part of the page is cut between its rows."""
LEAST_LINES = 5
"""Columns lower than this, at a page's foot, are not begun."""


class _DeclinedError(Exception):
    """The galley holds what is not cut here: floats, forced breaks, columns in columns."""


class _Unit(NamedTuple):
    """A box that is never cut, or a row of one, and the boxes that hold it, outermost first."""

    leaf: Any
    chain: tuple[Any, ...]
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class _Galley:
    """A multi-column box's text in one column."""

    column: Any
    units: Sequence[_Unit]
    makeup: Makeup


class Galleys:
    """The galleys of one document; ``leading`` of its grid in CSS pixels."""

    def __init__(self, leading: float) -> None:
        self.leading = leading
        self._galleys: dict[tuple[int, float, str], _Galley | None] = {}
        self._elements: list[Any] = []
        self._unnumbered: set[int] = set()
        """Boxes that hold no page numbers: most of them, and not looked through again."""
        self.in_work = False
        """A galley is being laid out: lines are asked for that no page's end parts."""
        self.too_wide: list[str] = []
        """The beginnings of tables that are wider than their column."""

    def layout(
        self, context: Any, box: Any, bottom_space: float, skip_stack: Any,
        containing_block: Any, page_is_empty: bool, adjoining_margins: Any,
    ) -> Any:  # fmt: skip
        """Lay out a multi-column box as WeasyPrint's ``columns_layout``; None: not taken."""
        if box.style["height"] != "auto" or box.style["position"] == "relative":
            return None
        box = box.copy_with_children(box.children)
        box.position_y += block.collapse_margin(adjoining_margins)
        block.block_level_width(box, containing_block)
        count, width, gap = _columns_of(box)
        galley = self._galley(context, box, containing_block, width)
        if galley is None:
            return None
        first = next(iter(skip_stack)) if skip_stack else 0
        bottom = context.page_bottom - bottom_space
        top = self._on_grid(context.page_bottom, box.content_box_y())
        lines = floor((bottom - top) / self.leading + _SLACK)
        columns = galley.makeup.columns(first, count, lines, must=page_is_empty)
        rest = columns is not None and columns[-1].after < len(galley.units)
        if columns is None or (rest and lines < LEAST_LINES and not page_is_empty):
            return NOTHING_FITS
        height = max(column.lines for column in columns) * self.leading
        box.children = [
            self._column_box(galley, column, box, number * (width + gap), top, width, height)
            for number, column in enumerate(columns)
        ]
        box.height = top + height - box.content_box_y()
        if rest:
            box.remove_decoration(start=bool(first), end=True)
        resume_at = {columns[-1].after: None} if rest else None
        return box, resume_at, {"break": "any", "page": None}, [], False

    def _on_grid(self, page_bottom: float, y: float) -> float:
        """Return the next line of the grid, which is counted from the type area's foot."""
        steps = floor((page_bottom - y) / self.leading + _SLACK)
        return float(page_bottom - steps * self.leading)

    # --- The galley --------------------------------------------------------------------------

    def _galley(self, context: Any, box: Any, holder: Any, width: float) -> _Galley | None:
        """Return a box's galley at a width, from the last time if there was one."""
        element = id(box.element)
        numbers = "" if element in self._unnumbered else _page_numbers(box)
        if not numbers:
            self._unnumbered.add(element)
        key = (element, round(width, 3), numbers)
        if key not in self._galleys:
            self._elements.append(box.element)  # its identity is in the key
            self._galleys[key] = self._make(context, box, holder, width)
        return self._galleys[key]

    def _make(self, context: Any, box: Any, holder: Any, width: float) -> _Galley | None:
        children = [child.copy() for child in box.children]
        if any(child.style["column_span"] == "all" for child in children):
            return None
        column = _create_column_box(box, holder, children, width, 0)
        in_column, context.in_column = context.in_column, True
        in_work, self.in_work = self.in_work, True
        try:
            made = block.block_box_layout(
                context, column, -inf, None, holder, True, [], [], [], None, None,
                discard=False, max_lines=None,
            )[0]  # fmt: skip
        finally:
            context.in_column, self.in_work = in_column, in_work
        if made is None:
            return None
        units: list[_Unit] = []
        items: list[Item] = []
        try:
            self._cut(context, made, (), units, items, True)
        except _DeclinedError:
            return None
        if not units:
            return None
        return _Galley(made, units, Makeup(items, self.leading))

    def _cut(
        self, context: Any, box: Any, chain: tuple[Any, ...], units: list[_Unit],
        items: list[Item], breakable: bool,
    ) -> None:  # fmt: skip
        """Add a box's pieces; ``breakable``: whether a column may end before its first one."""
        if box.style["column_count"] != "auto" and chain:
            raise _DeclinedError
        chain = (*chain, box)
        start = len(units)
        before = None
        for child in box.children:
            if isinstance(child, boxes.LineBox):
                self._add_lines(box, chain, units, items, breakable)
                break
            if not child.is_in_normal_flow():
                raise _DeclinedError
            may = breakable
            if before is not None:
                found = block.block_level_page_break(before, child)
                if block.force_page_break(found, context):
                    raise _DeclinedError
                may = not block.avoid_page_break(found, context)
            if _is_cut(child, context):
                self._cut(context, child, chain, units, items, may)
            else:
                self._add(child, chain, units, items, may)
            before = child
        if len(chain) > 1 and len(units) > start:
            _keep_edges(box, start, items)

    def _add_lines(
        self, paragraph: Any, chain: tuple[Any, ...], units: list[_Unit], items: list[Item],
        breakable: bool,
    ) -> None:  # fmt: skip
        """Add the lines of a paragraph. No widow may begin a column.

        Orphans are asked for, not required: feet come first.
        """
        orphans, widows = paragraph.style["orphans"], paragraph.style["widows"]
        start = len(units)
        for line in paragraph.children:
            if type(line) is ComposedLineBox:
                on_grid = self._is_on_grid(line.row_height)
                for row in line.rows:
                    units.append(_Unit(line, chain, row))
                    items.append(Item(row.y, row.y + line.row_height, on_grid=on_grid))
            else:
                top, bottom = line.position_y, line.position_y + line.height
                units.append(_Unit(line, chain))
                items.append(Item(top, bottom, on_grid=self._is_on_grid(line.height)))
        for at in range(start, len(items)):
            may = len(items) - at >= widows if at > start else breakable
            poor = 0 < at - start < orphans
            if poor or not may:
                items[at] = items[at]._replace(breakable=may, poor=poor)

    def _is_on_grid(self, height: float) -> bool:
        return abs(height - self.leading) < 0.01

    def _add(
        self, leaf: Any, chain: tuple[Any, ...], units: list[_Unit], items: list[Item], may: bool,
    ) -> None:  # fmt: skip
        top, height = leaf.border_box_y(), leaf.border_height()
        if leaf.is_table_wrapper and leaf.width > chain[0].width + 1:
            self.too_wide.append(leaf.content_text)
        units.append(_Unit(leaf, chain))
        items.append(Item(top, top + height, on_grid=False, breakable=may))

    # --- The page ----------------------------------------------------------------------------

    def _column_box(
        self, galley: _Galley, column: Column, box: Any, dx: float, top: float, width: float,
        height: float,
    ) -> Any:  # fmt: skip
        """Return a column with copies of the galley's pieces at their places."""
        dx += box.content_box_x() - galley.column.content_box_x()
        tops = [top + y for y in column.tops]
        new = _rebuilt(galley, galley.column, column.first, column.after, 1, tops, dx)
        new.is_column = True
        new.position_x, new.position_y = galley.column.position_x + dx, top
        new.width, new.height = width, height
        return new


NOTHING_FITS: tuple[Any, ...] = (None, (0, None), {"break": "any", "page": None}, [], False)
"""What ``columns_layout`` returns where nothing of a box fits on the page."""


def _columns_of(box: Any) -> tuple[int, float, float]:
    """Return the number of columns, their width and the gap between them (CSS Multi-column)."""
    style = box.style
    width, count = style["column_width"], style["column_count"]
    gap = style["column_gap"]
    gap = style["font_size"] if gap == "normal" else percentage(gap, style, box.width)
    if width != "auto":
        fitting = max(1, floor((box.width + gap) / (width + gap)))
        count = fitting if count == "auto" else max(1, min(count, fitting))
    return count, max(0, box.width - (count - 1) * gap) / count, gap


def _page_numbers(box: Any) -> str:
    """Return the texts of a box that change with the page they name, or stand on."""
    found: list[str] = []
    waiting = [box]
    while waiting:  # not box.descendants(), whose generators lie in each other
        child = waiting.pop()
        if child.missing_link:
            found += (text.text for text in child.descendants() if hasattr(text, "text"))
        waiting += reversed(child.children)
    return " ".join(found)


def _is_cut(box: Any, context: Any) -> bool:
    """Tell whether a block may be cut between its children; of tables only a very long one."""
    if isinstance(box, (boxes.TableBox, boxes.TableRowGroupBox)):
        return True
    if box.is_table_wrapper:
        return bool(box.height > LONG_TABLE * context.page_bottom)
    return (
        isinstance(box, boxes.BlockBox)
        and not box.is_monolithic()
        and not block.avoid_page_break(box.style["break_inside"], context)
        and box.style["height"] == "auto"
        and bool(box.children)
    )


def _keep_edges(box: Any, start: int, items: list[Item]) -> None:
    """Let the first and last pieces of a frame keep its edges with them."""
    above = items[start].top - box.border_box_y()
    if (box.border_top_width or box.padding_top) and above > 0:
        items[start] = items[start]._replace(lead=max(items[start].lead, above))
    below = box.border_box_y() + box.border_height() - items[-1].bottom
    if (box.border_bottom_width or box.padding_bottom) and below > 0:
        items[-1] = items[-1]._replace(trail=max(items[-1].trail, below))


def _rebuilt(
    galley: _Galley, box: Any, first: int, after: int, depth: int, tops: Sequence[float], dx: float
) -> Any:
    """Return a copy of a box with the pieces ``first``…``after`` of it, at their new places."""
    units, items = galley.units, galley.makeup.items
    children: list[Any] = []
    at = first
    origin = after - len(tops)
    while at < after:
        unit = units[at]
        end = at + 1
        if len(unit.chain) > depth:
            inner = unit.chain[depth]
            while end < after and _holds(units[end], inner, depth + 1):
                end += 1
            part = tops[at - origin : end - origin]
            children.append(_rebuilt(galley, inner, at, end, depth + 1, part, dx))
        elif unit.row is not None:
            while end < after and units[end].leaf is unit.leaf:
                end += 1
            rows = [
                Row(row.texts, row.x + dx, row.y + (tops[k - origin] - items[k].top))
                for k, (_, _, row) in enumerate(units[at:end], at)
                if row is not None
            ]
            children.append(unit.leaf.with_rows(rows))
        else:
            leaf = unit.leaf.deepcopy()
            leaf.translate(dx, tops[at - origin] - items[at].top)
            children.append(leaf)
        at = end
    new = box.copy_with_children(children)
    starts = first == 0 or not _holds(units[first - 1], box, depth)
    ends = after == len(units) or not _holds(units[after], box, depth)
    head = items[first].top - box.content_box_y() if starts else 0.0
    foot = box.content_box_y() + box.height - items[after - 1].bottom if ends else 0.0
    if depth > 1:
        new.remove_decoration_sides = set()
        new.remove_decoration(start=not starts, end=not ends)
    content_top = tops[0] - head
    last = items[after - 1]
    new.height = tops[-1] + last.bottom - last.top + foot - content_top
    new.position_x = box.position_x + dx
    new.position_y = content_top - new.padding_top - new.border_top_width - new.margin_top
    return new


def _holds(unit: _Unit, box: Any, depth: int) -> bool:
    return len(unit.chain) >= depth and unit.chain[depth - 1] is box
