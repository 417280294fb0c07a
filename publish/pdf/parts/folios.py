"""Folio lines: the margin boxes of pages whose numbers are known at last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from publish import timings
from publish.errors import InputError
from publish.layouts import Setup
from publish.pdf.parts.inks import in_colours
from publish.pdf.parts.press import press_of
from publish.pdf.parts.quick import quick_styles
from publish.pdf.parts.reports import FolioPage, Folios
from publish.pdf.parts.seam import without_programs
from publish.pdf.weasy import complaints, listening


def make_folios(
    setup: Setup, pages: Sequence[FolioPage], before: Mapping[str, str], total: int
) -> Folios:
    """Paint the margin boxes of some pages that follow each other.

    ``before`` gives each named string's value when the first of them begins, ``total`` is the
    number of the issue's pages. Raises InputError when a rule of the stylesheet fails.
    """
    from weasyprint.document import DEFAULT_OPTIONS, Document, Page
    from weasyprint.html import get_html_metadata
    from weasyprint.pdf.metadata import DocumentMetadata

    press = press_of(setup)
    fonts: dict[str, Any] = {}
    with (
        timings.span("folio lines"),
        listening() as messages,
        without_programs(fonts),
        quick_styles(),
        in_colours(setup),
    ):
        html = press.document(
            f'<html lang="{setup.issue.publication.language}"><body></body></html>'
        )
        options = {**DEFAULT_OPTIONS, "stylesheets": [press.sheet]}
        context = _context(html, press.font_config, options)
        _set_strings(context, pages, before)
        boxes = [_page(context, html, page, place, total) for place, page in enumerate(pages, 2)]
        metadata = DocumentMetadata(**get_html_metadata(html))
        document = Document(
            [Page(box) for box in boxes], metadata, press.fetcher, press.font_config, {}, None
        )
        pdf = document.write_pdf()
    if messages:
        raise InputError(complaints(messages))
    return Folios(pdf, tuple(bool(box.children) for box in boxes), fonts)


def _context(html: Any, font_config: Any, options: dict[str, Any]) -> Any:
    from weasyprint.css.counters import CounterStyle
    from weasyprint.document import Document
    from weasyprint.formatting_structure.build import build_formatting_structure

    counter_style = CounterStyle()
    context = Document._build_layout_context(html, font_config, counter_style, {}, options)
    build_formatting_structure(
        html.etree_element, context.style_for, context.get_image_from_uri, html.base_url,
        context.target_collector, counter_style, context.footnotes,
    )  # fmt: skip
    return context


def _set_strings(context: Any, pages: Sequence[FolioPage], before: Mapping[str, str]) -> None:
    """Give the named strings to WeasyPrint; page 1 stands for all pages before these."""
    for name, text in before.items():
        context.string_set[name][1].append(text)
    for place, folio in enumerate(pages, 2):
        for name, texts in folio.page.strings.items():
            context.string_set[name][place].extend(texts)


def _page(context: Any, html: Any, folio: FolioPage, place: int, total: int) -> Any:
    """Return a page box that holds nothing but its margin boxes."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import page as layout
    from weasyprint.layout.background import layout_box_backgrounds
    from weasyprint.layout.percent import resolve_percentages

    report = folio.page
    side = "right" if folio.right else "left"
    kind = layout.PageType(side, report.blank, report.name, folio.number - 1, report.groups)
    layout.set_page_type_computed_styles(kind, html, context.style_for)
    page = boxes.PageBox(kind, context.style_for(kind))
    resolve_percentages(page, page.style["size"])
    page.position_x = page.position_y = 0
    width, height = page.style["size"]
    layout.page_width(page, context, width)
    layout.page_height(page, context, height)
    context.current_page = place
    context.page_bottom = page.content_box_y() + page.height
    first = {"string_set": [(name, None) for name in report.leading] or "none"}
    page.children = (SimpleNamespace(style=first, children=()),)
    counters = {"page": [folio.number], "pages": [total]}
    state: tuple[Any, ...] = ([0], counters, [{"page", "pages"}], [])
    page.children = tuple(layout.make_margin_boxes(context, page, state))
    for box in page.children:
        layout_box_backgrounds(page, box, context.get_image_from_uri)
    page.background = page.canvas_background = None
    for edge in ("top", "right", "bottom", "left"):  # a border becomes margin: its page has it
        room = getattr(page, f"margin_{edge}") + getattr(page, f"border_{edge}_width")
        setattr(page, f"margin_{edge}", room)
        setattr(page, f"border_{edge}_width", 0)
    return page
