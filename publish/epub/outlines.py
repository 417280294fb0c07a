"""The issue as contents, covers and neighbours see it: what names and shows its articles."""

from __future__ import annotations

from dataclasses import replace

from publish.layouts import outline
from publish.model import Article, Block, Issue, Paragraph, Section, first_clause, plain_text


def contents(issue: Issue) -> Issue:
    """Return the issue's outline without lines, which move when a text above them changes."""
    issue = outline(issue)
    return replace(issue, sections=tuple(map(_section, issue.sections)))


def _section(section: Section) -> Section:
    return replace(section, articles=tuple(map(_article, section.articles)))


def _article(article: Article) -> Article:
    """Keep figures and, where there is no headline, the paragraph whose first clause names it."""
    body: list[Block] = [replace(figure, line=0) for figure in article.figures]
    if not article.headline:
        paragraphs = (block for block in article.body if isinstance(block, Paragraph))
        named = (block for block in paragraphs if first_clause(plain_text(block.text)))
        body += [replace(block, line=0) for block in named][:1]
    return replace(article, body=tuple(body), lines={})
