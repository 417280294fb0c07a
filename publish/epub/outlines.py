"""The issue as contents, covers and neighbours see it: what names and shows its articles."""

from __future__ import annotations

from dataclasses import replace

from publish.layouts import outline
from publish.model import (
    Article,
    Block,
    Issue,
    Paragraph,
    Section,
    Text,
    first_clause,
    plain_text,
)


def contents(issue: Issue) -> Issue:
    """Return the issue's outline without lines, which move when a text above them changes."""
    issue = outline(issue)
    return replace(issue, sections=tuple(map(_section, issue.sections)))


def _section(section: Section) -> Section:
    return replace(section, articles=tuple(map(_article, section.articles)))


def _article(article: Article) -> Article:
    """Keep figures and, where nothing else names it, the paragraph whose first clause does."""
    body: list[Block] = [replace(figure, line=0) for figure in article.figures]
    if not article.headline and not any(map(_named, (f.caption for f in article.figures))):
        paragraphs = (block for block in article.body if isinstance(block, Paragraph))
        body += [replace(block, line=0) for block in paragraphs if _named(block.text)][:1]
    return replace(article, body=tuple(body), lines={})


def _named(text: Text) -> str:
    return first_clause(plain_text(text))
