"""The seam: what of WeasyPrint is replaced while a part is made.

A part does not know its page numbers: margin boxes (folio lines) are left for later, and what
they need is noted (``layout.make_margin_boxes``). It refers to anchors of other parts: their
page numbers come from outside (``document.TargetCollector``), links to them stay
(``pdf.resolve_links``). Its fonts are put in when all parts are joined, so they are written
without programs (``pdf.stream.Font``, ``pdf.build_fonts_dictionary``). The side and index of its
first page are given (``layout.initialize_page_maker``, ``layout.page.PageType``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint import document, layout, pdf
from weasyprint.css.targets import TargetCollector, TargetLookupItem
from weasyprint.layout import page as page_layout
from weasyprint.pdf import fonts, stream

from publish.pdf.parts.reports import FontUse


@dataclass(slots=True)
class Heard:
    """What was noted while a part was made."""

    pages: list[tuple[Any, dict[str, tuple[str, ...]], tuple[str, ...]]] = field(
        default_factory=list
    )
    """Of each page its type, the named strings set on it, and those its first boxes set."""
    asked: dict[str, int] = field(default_factory=dict)
    targets: dict[str, None] = field(default_factory=dict)
    fonts: dict[str, FontUse] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    """Names of running elements: they have no place in a part."""


@contextmanager
def as_part(numbers: Mapping[str, int], right: bool, index: int) -> Iterator[Heard]:
    """Let WeasyPrint make a part.

    ``numbers`` are the page numbers of anchors in other parts, 0 for one not given; ``right``:
    the first page is a right one; ``index`` is its place in the issue, from 0.
    """
    heard = Heard()
    before = (
        layout.make_margin_boxes, layout.initialize_page_maker, page_layout.PageType,
        document.TargetCollector, pdf.resolve_links,
    )  # fmt: skip

    class Targets(TargetCollector):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.target_lookup_items = _Items(numbers, heard.asked)

        def store_target(self, name: str, values: Any, box: Any) -> None:
            super().store_target(name, values, box)
            if box.cached_counter_values is not None:  # the part's own page numbers are not yet it
                box.cached_counter_values["page"] = [numbers.get(name, 0)]

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
        strings = {
            name: tuple(pages[context.current_page])
            for name, pages in context.string_set.items()
            if context.current_page in pages
        }
        heard.pages.append((page.page_type, strings, _leading(page)))
        heard.running.update(name for name, pages in context.running_elements.items() if pages)
        return iter(())

    def initialize_page_maker(context: Any, root_box: Any) -> None:
        before[1](context, root_box)
        resume_at, next_page, _, state, remake = context.page_maker[0]
        context.page_maker[0] = resume_at, next_page, right, state, remake

    def page_type(side: str, blank: bool, name: str, number: int, groups: Any) -> Any:
        return before[2](side, blank, name, number + index, groups)

    def resolve_links(pages: Any) -> Iterator[Any]:
        inside = {name for page in pages for name in page.anchors}
        kept = [[link for link in page.links if _leaves(link, inside)] for page in pages]
        heard.targets.update((link[1], None) for links in kept for link in links)
        originals = [page.links for page in pages]
        for page in pages:
            page.links = [link for link in page.links if not _leaves(link, inside)]
        for (links, anchors), more in zip(list(before[4](pages)), kept, strict=True):
            yield [*links, *more], anchors
        for page, links in zip(pages, originals, strict=True):
            page.links = links

    layout.make_margin_boxes, layout.initialize_page_maker = (
        make_margin_boxes, initialize_page_maker,
    )  # fmt: skip
    page_layout.PageType, document.TargetCollector = page_type, Targets
    pdf.resolve_links = resolve_links
    try:
        with without_programs(heard.fonts):
            yield heard
    finally:
        layout.make_margin_boxes, layout.initialize_page_maker = before[:2]
        page_layout.PageType, document.TargetCollector, pdf.resolve_links = before[2:]


@contextmanager
def without_programs(heard: dict[str, FontUse]) -> Iterator[None]:
    """Write fonts without their programs, and note which they are and what they draw."""
    before = stream.Font, fonts.get_hb_object_data, pdf.build_fonts_dictionary

    class Font(fonts.Font):  # type: ignore[misc]
        def __init__(self, pango_font: Any, description: Any, font_size: float) -> None:
            super().__init__(pango_font, description, font_size)
            use = heard.setdefault(self.hash, _use(self, font_size))
            self.to_unicode, self.widths, self.missing = use.glyphs, use.widths, use.missing

        def clean(self, to_unicode: Any, hinting: bool) -> None:
            """Leave the program to the joined file."""

    def build_fonts_dictionary(file: Any, *rest: Any) -> Any:
        first = len(file.objects)
        made = before[2](file, *rest)
        for thing in file.objects[first:]:
            if isinstance(thing, pydyf.Dictionary):
                thing.__class__ = _Apart
        return made

    stream.Font, fonts.get_hb_object_data = Font, lambda *_, **__: b""
    pdf.build_fonts_dictionary = build_fonts_dictionary
    try:
        yield
    finally:
        stream.Font, fonts.get_hb_object_data, pdf.build_fonts_dictionary = before


class _Apart(pydyf.Dictionary):  # type: ignore[misc]
    """An object in no object stream: it lists widths, which are not read when parts are joined."""

    compressible = False


def _use(font: Any, size: float) -> FontUse:
    variations = ",".join(f"{name}={value}" for name, value in font.variations.items())
    return FontUse(font.family, int(font.weight), int(font.style), variations, size)


class _Items(dict[str, Any]):
    """Anchors of the part, and any other with the page number that was given for it.

    Every anchor whose page may be named is noted, also one of the part itself.
    """

    def __init__(self, numbers: Mapping[str, int], asked: dict[str, int]) -> None:
        super().__init__()
        self.numbers = numbers
        self.asked = asked

    def get(self, name: str, default: Any = None) -> Any:
        if default is None or not isinstance(name, str):
            return super().get(name, default)
        number = self.asked.setdefault(name, self.numbers.get(name, 0))
        if name in self:
            return self[name]
        item = TargetLookupItem("up-to-date")
        item.target_box = SimpleNamespace(
            cached_counter_values={"page": [number]}, extract_text=lambda style: ""
        )
        return item


def _leaves(link: tuple[Any, ...], inside: set[str]) -> bool:
    return link[0] == "internal" and link[1] not in inside


def _leading(page: Any) -> tuple[str, ...]:
    """Return the named strings that the page's first boxes set (``string(name, start)``)."""
    found: dict[str, None] = {}
    element = page
    while element is not None:
        if element.style["string_set"] != "none":
            found.update((name, None) for name, _ in element.style["string_set"])
        children = getattr(element, "children", None)
        element = children[0] if children else None
    return tuple(found)
