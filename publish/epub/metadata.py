"""The package's metadata: what the book is (EPUB 3.3 § 5.5)."""

from __future__ import annotations

import uuid

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


def _refine(book: epub.EpubBook, name: str, value: str) -> None:
    book.add_metadata(None, "meta", value, {"property": name, "refines": "#series"})
