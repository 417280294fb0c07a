"""What a process needs to lay out parts of one issue, made once and used for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from publish.layouts import Layouts, Setup
from publish.model import Project, Section
from publish.pdf.composing import Composer
from publish.pdf.composing.columns import Galleys
from publish.pdf.composing.composer import Counts
from publish.pdf.composing.painting import Painter
from publish.pdf.parts.cutting import Order, begins_page
from publish.pdf.styles import PIXELS, font_faces, print_families, project_url
from publish.pdf.targets import PDF_TARGETS
from publish.pdf.weasy import fetcher, listening, require_weasyprint

_SIDED = re.compile(r"break-(?:before|after)\s*:\s*(?:left|right|recto|verso)")


class Press:
    """The stylesheet, the fonts and the composer of one setup."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.weasyprint = require_weasyprint()
        self.fetcher = fetcher((setup.root, *setup.theme.folders))
        self.font_config = self.weasyprint.text.fonts.FontConfiguration()
        css = stylesheet(setup)
        with listening() as self.complaints:
            self.sheet = self.weasyprint.CSS(
                string=css, font_config=self.font_config, url_fetcher=self.fetcher
            )
        self._sided = bool(_SIDED.search(css))
        self._links: dict[str, str] = {}
        self._layouts = layouts(setup, setup.project, self._links)
        self._composer = Composer(
            setup.catalogue.families, setup.theme.geometry.leading * PIXELS, setup.theme.composition
        )

    def fill(self, order: Order) -> str:
        """Return a part's HTML, filled by the theme's templates."""
        templates = self._layouts
        if not order.part.sections:  # it sees all sections, as they are this time
            project = replace(self.setup.project, issue=order.issue)
            templates = layouts(self.setup, project, self._links)
        self._links.clear()
        self._links.update(order.links)
        return templates.render(
            "print.html",
            front=not order.part.sections,
            sections=order.part.sections,
            opening=opening(order.part.sections, self.setup.theme.new_page),
        )

    @contextmanager
    def composer(self) -> Iterator[Composer]:
        """Give the composer for one document, of which it keeps nothing afterwards."""
        composer = self._composer
        try:
            yield composer
        finally:
            composer.galleys = Galleys(composer.galleys.leading)
            composer.counts, composer.painter = Counts(), Painter()

    def document(self, html: str) -> Any:
        """Return HTML as WeasyPrint reads it."""
        return self.weasyprint.HTML(string=html, base_url="file:///", url_fetcher=self.fetcher)

    @cached_property
    def dependence(self) -> str:
        """Return what of a part's place in the issue its pages depend on, folio lines apart.

        ``side``: which side the first page is on; ``number``: its very number; or ``""``.
        """
        chosen = [
            selector
            for _, selectors, _ in self.sheet.page_rules
            for _, pseudo, selector in selectors
            if pseudo is None
        ]
        if any(selector.index is not None for selector in chosen):
            return "number"
        return "side" if self._sided or any(selector.side for selector in chosen) else ""


def layouts(setup: Setup, project: Project, links: dict[str, str]) -> Layouts:
    """Return the templates of the print PDF; ``links`` gives the anchor of each manuscript."""

    def target(link: str) -> str | None:
        return links.get(link) if link.endswith(".md") and "://" not in link else link

    source = partial(project_url, project)
    inks = PDF_TARGETS[setup.target].inks
    return Layouts(setup.theme, setup.root, project.issue, "print", source, target, inks=inks)


def stylesheet(setup: Setup) -> str:
    """Return the print PDF's stylesheet."""
    project, theme, catalogue = setup.project, setup.theme, setup.catalogue
    css = layouts(setup, project, {}).render(
        "print.css", geometry=theme.geometry, font=print_families(theme, catalogue)
    )
    return font_faces(catalogue, project.root) + css


_presses: dict[tuple[str, Path], Press] = {}


def press_of(setup: Setup) -> Press:
    """Return this process's press for a setup: one is kept, that of the issue in work."""
    key = setup.digest, setup.root
    if key not in _presses:
        _presses.clear()
        _presses[key] = Press(setup)
    return _presses[key]


def opening(sections: tuple[Section, ...], new_page: str) -> frozenset[str]:
    """Return the keys of the sections that begin a page; the first of a part always does."""
    following = pairwise(sections)
    found = (after.key for before, after in following if begins_page(before, after, new_page))
    return frozenset([*(section.key for section in sections[:1]), *found])
