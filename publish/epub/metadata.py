"""The package's metadata (EPUB 3.3 § 5.5, EPUB Accessibility 1.1 § 2)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from ebooklib import epub

from publish.layouts.environment import issue_title
from publish.model import Issue


def identifier(issue: Issue) -> str:
    """Return the issue's identifier, or a stable URN made from publication and date."""
    if issue.identifier:
        return issue.identifier
    name = f"{issue.publication.title}|{issue.publication.slug}|{issue.date.isoformat()}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def describe(book: epub.EpubBook, issue: Issue) -> None:
    """Put the issue's metadata into the book."""
    publication = issue.publication
    book.set_identifier(identifier(issue))
    book.set_title(issue_title(issue))
    book.set_language(publication.language)
    book.add_author(publication.publisher or publication.title)
    book.add_metadata("DC", "date", issue.date.isoformat())
    book.add_metadata("DC", "publisher", publication.publisher or publication.title)
    description = "　".join(text for text in (issue.series, issue.banner) if text)
    if description:
        book.add_metadata("DC", "description", description)
    for keyword in dict.fromkeys(word for article in issue.articles for word in article.keywords):
        book.add_metadata("DC", "subject", keyword)
    if publication.issn:
        book.add_metadata("DC", "source", f"urn:issn:{publication.issn}")
    book.add_metadata(
        None, "meta", publication.title, {"property": "belongs-to-collection", "id": "series"}
    )
    _refine(book, "collection-type", "series")
    _refine(book, "group-position", str(issue.number))
    for name, value in accessibility(issue):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})


def _refine(book: epub.EpubBook, name: str, value: str) -> None:
    book.add_metadata(None, "meta", value, {"property": name, "refines": "#series"})


def accessibility(issue: Issue) -> Iterator[tuple[str, str]]:
    """Yield what the content itself bears out, and no more."""
    figures = [figure for article in issue.articles for figure in article.figures]
    described = all(figure.alternative for figure in figures)
    yield "accessMode", "textual"
    if figures:
        yield "accessMode", "visual"
    if described:
        yield "accessModeSufficient", "textual"
    for feature in ("tableOfContents", "readingOrder", "structuralNavigation"):
        yield "accessibilityFeature", feature
    if figures and described:
        yield "accessibilityFeature", "alternativeText"
    yield "accessibilityHazard", "none"
    yield (
        "accessibilitySummary",
        "目录、标题层级与阅读顺序齐备；"
        + ("图片均有替代文字；" if figures and described else "")
        + "未经人工无障碍评估。",
    )
