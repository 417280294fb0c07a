"""The seam: the five functions of WeasyPrint's that are replaced while a document is made.

Lines come through ``weasyprint.layout.block.iter_line_boxes``, columns through
``weasyprint.layout.block.columns_layout``, glyphs through ``weasyprint.draw.draw_text`` and
``draw_inline_level``, and
``weasyprint.pdf.fonts.Font.subset`` makes the fonts smaller. The names are private, so WeasyPrint's
minor version is pinned and a test fails when the seam moves.
What the composer does not take goes WeasyPrint's own way, exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import draw
from weasyprint.layout import block
from weasyprint.layout.percent import resolve_one_percentage

from publish.pdf.composing.composer import Composer
from publish.pdf.composing.lines import ComposedLineBox, ComposedTextBox
from publish.pdf.composing.runs import BY_SENSE, OWN
from publish.pdf.composing.subsetting import small_fonts


@contextmanager
def composing(composer: Composer) -> Iterator[None]:
    """Let WeasyPrint take its lines and columns from the composer."""
    lines, columns = block.iter_line_boxes, block.columns_layout
    inline, paint = draw.draw_inline_level, draw.draw_text

    def iter_line_boxes(
        context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any,
        containing_block: Any, absolute_boxes: Any, fixed_boxes: Any,
        first_letter_style: Any, first_line_style: Any,
    ) -> Iterator[tuple[Any, Any]]:  # fmt: skip
        wanted = composer.reader.wants(box) in (OWN, BY_SENSE)
        special = context.excluded_shapes or first_letter_style or first_line_style
        copy = composer.reader.copy(box) if wanted and not special else None
        if copy is None:
            count = 0
            for line in lines(
                context, box, position_y, bottom_space, skip_stack, containing_block,
                absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
            ):  # fmt: skip
                count += 1
                yield line
            if wanted:
                composer.counts.left[id(box.element), box.element_tag] = count
                composer.counts.left_texts[id(box.element), box.element_tag] = box.content_text
            return
        resolve_one_percentage(box, "text_indent", containing_block.width)
        start = next(iter(skip_stack)) if skip_stack else 0
        yield from composer.line_boxes(box, copy, start, position_y, containing_block)

    def columns_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any,
        page_is_empty: bool, absolute_boxes: Any, fixed_boxes: Any, adjoining_margins: Any,
        first_letter_style: Any, first_line_style: Any,
    ) -> Any:  # fmt: skip
        result = composer.galleys.layout(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty,
            adjoining_margins,
        )  # fmt: skip
        if result is not None:
            return result
        return columns(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty,
            absolute_boxes, fixed_boxes, adjoining_margins, first_letter_style, first_line_style,
        )  # fmt: skip

    def draw_text(stream: Any, box: Any, *rest: Any) -> None:
        if isinstance(box, ComposedTextBox):
            composer.painter.paint_box(stream, box)
        else:
            paint(stream, box, *rest)

    def draw_inline_level(stream: Any, page: Any, box: Any, *rest: Any, **named: Any) -> None:
        if isinstance(box, ComposedLineBox):
            with stream.marked(box, "Span"):
                composer.painter.paint_line(stream, box)
        else:
            inline(stream, page, box, *rest, **named)

    block.iter_line_boxes, block.columns_layout = iter_line_boxes, columns_layout
    draw.draw_inline_level = draw_inline_level
    draw.draw_text = draw_text
    try:
        with small_fonts():
            yield
    finally:
        block.iter_line_boxes, block.columns_layout = lines, columns
        draw.draw_inline_level, draw.draw_text = inline, paint
