"""What an EPUB says of its accessibility (EPUB Accessibility 1.1 § 2 and 3).

Nothing is claimed that the content does not bear out. Conformance is a person's claim: it stands
in the manifest with who vouches for it, when, and in which report, or it is not made.
"""

from __future__ import annotations

from collections.abc import Iterator

from ebooklib import epub

from publish.layouts.environment import issue_title
from publish.model import Evaluation, Issue, Ruby, texts_of

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG {} Level {}"
"""EPUB Accessibility 1.1 § 4.2: the value of ``dcterms:conformsTo``."""


def claim(book: epub.EpubBook, issue: Issue, *, paged: bool) -> None:
    """Put what is true of the issue into the book; ``paged``: it carries the print pages."""
    for name, value in accessibility(issue, paged=paged):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    if paged:
        book.add_metadata(None, "meta", print_edition(issue), {"property": "pageBreakSource"})
    if issue.accessibility is not None:
        _vouch(book, issue.accessibility)


def accessibility(issue: Issue, *, paged: bool) -> Iterator[tuple[str, str]]:
    """Yield the properties of schema.org that the content bears out, and no more."""
    figures = [figure for article in issue.articles for figure in article.figures]
    described = all(figure.alternative or figure.decorative for figure in figures)
    shown = [figure for figure in figures if not figure.decorative]
    yield "accessMode", "textual"
    if shown:
        yield "accessMode", "visual"
    if described:
        yield "accessModeSufficient", "textual"
    if shown:
        yield "accessModeSufficient", "textual,visual"
    for feature in _features(issue, described=bool(shown) and described, paged=paged):
        yield "accessibilityFeature", feature
    yield "accessibilityHazard", "none"
    yield "accessibilitySummary", _summary(issue, len(shown), described=described, paged=paged)


def _features(issue: Issue, *, described: bool, paged: bool) -> Iterator[str]:
    yield from ("tableOfContents", "readingOrder", "structuralNavigation")
    yield "displayTransformability"
    if described:
        yield "alternativeText"
    if any(isinstance(piece, Ruby) for a in issue.articles for t in texts_of(a) for piece in t):
        yield "rubyAnnotations"
    if paged:
        yield from ("pageBreakMarkers", "pageNavigation")


def _summary(issue: Issue, pictures: int, *, described: bool, paged: bool) -> str:
    parts = ["有目录、标题层级和阅读顺序，字号、行距、颜色可由读者调整"]
    if pictures:
        parts.append("图片均有替代文字" if described else "部分图片没有替代文字")
    if paged:
        parts.append("标有印刷版的页码，可按页码查找")
    vouched = issue.accessibility
    if vouched is None:
        parts.append("以上由程序检查（machine-checked），未经人工无障碍评估")
    else:
        parts.append(f"由{vouched.certifier}于{vouched.date.isoformat()}评估")
    return "；".join(parts) + "。"


def print_edition(issue: Issue) -> str:
    """Name the print edition whose pages the EPUB carries."""
    publication = issue.publication
    numbers = [publication.cn, f"ISSN {publication.issn}" if publication.issn else ""]
    return "，".join([f"{issue_title(issue)} 印刷版", *filter(None, numbers)])


def _vouch(book: epub.EpubBook, evaluation: Evaluation) -> None:
    """Say who vouches for which conformance (EPUB Accessibility 1.1 § 4)."""
    conformance = CONFORMANCE.format(evaluation.wcag, evaluation.level)
    said = (
        (conformance, {"property": "dcterms:conformsTo", "id": "conformance"}),
        (
            evaluation.certifier,
            {"property": "a11y:certifiedBy", "refines": "#conformance", "id": "certifier"},
        ),
        (evaluation.date.isoformat(), {"property": "dcterms:date", "refines": "#conformance"}),
    )
    for value, attributes in said:
        book.add_metadata(None, "meta", value, attributes)
    if evaluation.credential:
        attributes = {"property": "a11y:certifierCredential", "refines": "#certifier"}
        book.add_metadata(None, "meta", evaluation.credential, attributes)
    report = {"rel": "a11y:certifierReport", "refines": "#conformance", "href": evaluation.report}
    book.add_metadata(None, "link", None, report)
