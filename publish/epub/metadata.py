"""The package's metadata: what the book is (EPUB 3.3 § 5.5)."""

from __future__ import annotations

from ebooklib import epub

from publish.description import ISSUING_BODY, Description

RELATORS = "marc:relators"


def describe(book: epub.EpubBook, said: Description) -> None:
    """Put the description of an issue into the book."""
    book.set_identifier(said.identifier)
    book.set_title(said.title)
    book.set_language(said.language)
    book.add_metadata("DC", "creator", said.publisher, {"id": "creator"})
    _refine(book, "creator", "role", ISSUING_BODY, scheme=RELATORS)
    book.add_metadata("DC", "date", said.date.isoformat())
    book.add_metadata("DC", "publisher", said.publisher)
    book.add_metadata("DC", "description", said.text)
    for subject in said.subjects:
        book.add_metadata("DC", "subject", subject)
    for number, contributor in enumerate(said.contributors, 1):
        name = f"contributor-{number}"
        book.add_metadata("DC", "contributor", contributor.name, {"id": name})
        for relator in contributor.relators:
            _refine(book, name, "role", relator, scheme=RELATORS)
    if said.issn:
        book.add_metadata("DC", "source", f"urn:issn:{said.issn}")
    book.add_metadata(None, "meta", said.date.isoformat(), {"property": "dcterms:issued"})
    _belong(book, said)


def _belong(book: epub.EpubBook, said: Description) -> None:
    """Say which newspaper this is an issue of (EPUB 3.3 § D.3.2)."""
    collection = {"property": "belongs-to-collection", "id": "series"}
    book.add_metadata(None, "meta", said.publication, collection)
    _refine(book, "series", "collection-type", "series")
    _refine(book, "series", "group-position", str(said.number))
    for number in (f"urn:issn:{said.issn}" if said.issn else "", said.cn):
        if number:
            _refine(book, "series", "dcterms:identifier", number)


def _refine(book: epub.EpubBook, what: str, name: str, value: str, **more: str) -> None:
    book.add_metadata(None, "meta", value, {"property": name, "refines": f"#{what}", **more})
