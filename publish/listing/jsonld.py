"""An issue in schema.org's words, as JSON-LD: for search engines and for who links to articles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from publish.description import Description
from publish.model import Article, Issue, Section

Data = dict[str, Any]


def jsonld(
    issue: Issue,
    said: Description,
    claims: Sequence[tuple[str, str]],
    pages: Mapping[str, str],
    files: Mapping[str, str],
) -> bytes:
    """Return the description. ``pages`` gives the print page on which an article begins, by key;
    ``files`` the name of each file that was made, by its media type, and the ``cover``'s.
    """
    data: Data = {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "@id": said.identifier,
        "name": said.title,
        "issueNumber": str(said.number),
        "datePublished": said.date.isoformat(),
        "inLanguage": said.language,
        "description": said.text,
        "keywords": list(said.subjects),
        "publisher": {"@type": "Organization", "name": said.publisher},
        "isPartOf": _kept({"@type": "Newspaper", "name": said.publication, "issn": said.issn}),
        "image": files["cover"],
        **_claimed(claims),
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": kind, "contentUrl": name}
            for kind, name in files.items()
            if kind != "cover"
        ],
        "hasPart": [
            _article(article, section, said, pages.get(article.key, ""))
            for section in issue.sections
            for article in section.articles
        ],
    }
    return (json.dumps(_kept(data), ensure_ascii=False, indent=1) + "\n").encode()


def _article(article: Article, section: Section, said: Description, page: str) -> Data:
    return _kept(
        {
            "@type": "NewsArticle",
            "headline": article.label,
            "alternativeHeadline": article.deck,
            "author": [
                {"@type": "Person", "name": name} for by in article.byline for name in by.names
            ],
            "articleSection": section.title,
            "printPage": page,
            "dateline": article.dateline,
            "abstract": article.summary,
            "keywords": list(article.keywords),
            "datePublished": said.date.isoformat(),
        }
    )


def _claimed(claims: Sequence[tuple[str, str]]) -> Data:
    found: dict[str, list[str]] = {}
    for name, value in claims:
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _kept(data: Data) -> Data:
    """Leave out what is not known."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}
