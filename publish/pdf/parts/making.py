"""What a worker does: one part of the issue laid out, painted and read back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from publish import timings
from publish.check.fidelity import read_back
from publish.diagnostics import Finding, Severity, has_errors
from publish.errors import InputError, TextLostError
from publish.layouts import Setup
from publish.model import Project
from publish.pdf.composing import Composer, composing
from publish.pdf.parts.cutting import Order, Part
from publish.pdf.parts.inks import in_colours
from publish.pdf.parts.press import Press, press_of
from publish.pdf.parts.quick import quick_compression, quick_styles
from publish.pdf.parts.reports import Beginning, Bookmark, Made, PageReport, PartReport, Point
from publish.pdf.parts.seam import as_part
from publish.pdf.parts.tagging import tagging, tree
from publish.pdf.targets import PDF_TARGETS
from publish.pdf.weasy import complaints, listening

POINTS = 0.75
"""Points in a CSS pixel."""


def make_part(setup: Setup, order: Order) -> Made:
    """Lay out a part, paint it, and read its text back.

    One that names page numbers of which none is known yet is only laid out: it is made again.
    Raises InputError when a template, a rule or a picture fails, TextLostError when a character
    of its articles is not on its pages.
    """
    press = press_of(setup)
    with timings.span("templates", order.part.name):
        html = press.fill(order)
    with press.composer() as composer:
        made = _lay_out(press, composer, html, order)
    if made.pdf and order.part.sections:
        with timings.span("reading pages back", order.part.name):
            found = _require_text(setup, order.part, made.pdf)
        beginnings = tuple(_beginnings(order.part, made.report, found))
        made = replace(made, report=replace(made.report, beginnings=beginnings))
    return made


def _lay_out(press: Press, composer: Composer, html: str, order: Order) -> Made:
    right = order.start % 2 == 1 or not order.start
    index = order.start - 1 if order.start else 1
    with (
        listening() as messages,
        composing(composer),
        quick_styles(),
        quick_compression(),
        in_colours(press.setup),
        as_part(dict(order.numbers), right, index) as heard,
        tagging() as marked,
    ):
        with timings.span("laying out", order.part.name):
            source = press.document(html)
            document = source.render(stylesheets=[press.sheet], font_config=press.font_config)
        pdf = b""
        if order.numbers or not heard.asked:
            with timings.span("painting", order.part.name):
                pdf = document.write_pdf(pdf_tags=PDF_TARGETS[press.setup.target].tags)
    findings = complaints([*press.complaints, *messages])
    findings += [_running(name) for name in sorted(heard.running)]
    if has_errors(findings):
        raise InputError(findings)
    counts = composer.counts
    report = PartReport(
        tuple(
            _report(page, noted) for page, noted in zip(document.pages, heard.pages, strict=True)
        ),
        heard.fonts,
        heard.asked,
        tuple(heard.targets),
        press.dependence,
        tuple(findings),
        counts.lines,
        counts.lines_left,
        tuple(counts.left_texts.values()),
        tuple(dict.fromkeys(composer.galleys.too_wide)),
        tree(source.etree_element, marked) if marked.marks else (),
        () if order.part.sections else tuple(_entries(document.pages)),
    )
    return Made(pdf, report)


def _report(
    page: Any, noted: tuple[Any, Mapping[str, tuple[str, ...]], tuple[str, ...]]
) -> PageReport:
    kind, strings, leading = noted
    height = page.height
    bookmarks = tuple(
        Bookmark(level, label, _point(place, height), state == "closed")
        for level, label, place, state in page.bookmarks
    )
    anchors = {name: _point(place[:2], height) for name, place in page.anchors.items()}
    return PageReport(
        kind.name, kind.blank, kind.groups, dict(strings), leading, anchors, bookmarks
    )


def _point(place: tuple[float, float], height: float) -> Point:
    return place[0] * POINTS, (height - place[1]) * POINTS


def _running(name: str) -> Finding:
    return Finding(
        "running-element",
        f"the theme moves the element “{name}” into the page margins (position: running())",
        Severity.ERROR,
        hint="set its text as a named string instead: string-set, and string() in the margin",
    )


def _require_text(setup: Setup, part: Part, pdf: bytes) -> dict[str, list[tuple[int, int]]]:
    """Return where each article begins on each of its pages."""
    project = Project(setup.root, setup.manifest, replace(setup.issue, sections=part.sections))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{setup.issue.name}-print.pdf"
        file.write_bytes(pdf)
        found = read_back(file, project, setup.theme.geometry.top)
    if has_errors(found.findings):
        raise TextLostError(found.findings)
    return found.beginnings


def _beginnings(
    part: Part, report: PartReport, articles: dict[str, list[tuple[int, int]]]
) -> Iterator[Beginning]:
    """Yield what begins where: a section where its anchor is, an article where its text is."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(report.pages):
        anchors |= {name: number for name in page.anchors if name not in anchors}
    for section in part.sections:
        if section.key in anchors:
            yield Beginning(section.key, anchors[section.key])
        for article in section.articles:
            yield from (
                Beginning(article.key, page, place) for page, place in articles[article.key]
            )


def _entries(pages: Iterable[Any]) -> Iterator[Beginning]:
    """Yield the first entry of the contents on each page: what its first link leads to."""
    for number, page in enumerate(pages):
        entries = (link[1] for link in page.links if link[0] == "internal")
        if entry := next(entries, ""):
            yield Beginning(entry, number)
