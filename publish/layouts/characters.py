"""Which characters each part of an issue shows, so that fonts can be checked and subset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from publish.layouts.environment import folio, imprint, issue_title
from publish.layouts.reading import CIRCLED, bracketed
from publish.layouts.theme import Theme
from publish.model import (
    Article,
    Block,
    Crosshead,
    Figure,
    Issue,
    ListBlock,
    Mark,
    Paragraph,
    Quotation,
    Ruby,
    Run,
    Table,
    Text,
)

FIXED = {
    "furniture": "第版期农历目录权页报头封面正文国内统一连续出物号邮发代总今日零售价"
    "ISSNCN·　0123456789年月星",
    "deck": "——",
    "byline": "（）　",
    "body": "（）" + CIRCLED,
    "caption": CIRCLED,
}


def characters_by_part(issue: Issue) -> dict[str, set[str]]:
    """Return the characters that each part of the EPUB shows."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part, text in FIXED.items():
        found[part].update(text)
    publication = issue.publication
    found["masthead"].update(publication.title)
    for text in (publication.tagline, issue.banner, issue.series, *imprint(issue)):
        for part in ("furniture", "kicker", "deck", "headline"):
            found[part].update(text)
    found["body"].update("".join(imprint(issue)) + issue_title(issue) + issue.weekday + issue.lunar)
    for section in issue.sections:
        found["furniture"].update(folio(section))
        found["body"].update(section.title)
        found["deck"].update(section.intro)
    for article in issue.articles:
        for part, text in _article_parts(article):
            found[part].update(text)
    return {part: {c for c in text if c not in "\n\t"} for part, text in found.items()}


def _article_parts(article: Article) -> Iterator[tuple[str, str]]:
    yield "kicker", article.kicker
    yield "headline", article.headline
    yield "body", article.label
    yield "deck", article.deck
    for byline in article.byline:
        yield "byline", byline.role + "".join(byline.names)
    yield "dateline", article.dateline
    yield "byline", bracketed(article.contributor) + bracketed(article.source)
    yield from _blocks(article.body, "body")
    for note in article.notes:
        yield from _blocks(note.blocks, "body")


def _blocks(blocks: tuple[Block, ...], part: str) -> Iterator[tuple[str, str]]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _text(block.text, part)
            case Crosshead():
                yield from _text(block.text, "crosshead")
            case Quotation():
                yield from _blocks(block.blocks, "deck")
            case ListBlock():
                for item in block.items:
                    yield from _blocks(item, part)
            case Table():
                for row in (block.header, *block.rows):
                    for cell in row:
                        yield from _text(cell, "furniture")
            case Figure():
                yield from _text(block.caption, "caption")
                yield from _text(block.credit, "caption")


def _text(text: Text, part: str) -> Iterator[tuple[str, str]]:
    for piece in text:
        if isinstance(piece, Ruby):
            yield part, piece.base + piece.reading
        elif isinstance(piece, Run):
            yield part, piece.text
            if Mark.STRONG in piece.marks:
                yield "strong", piece.text
            if Mark.EMPHASIS in piece.marks:
                yield "emphasis", piece.text


def characters_by_role(issue: Issue, theme: Theme) -> dict[str, str]:
    """Return the characters that each role's font must have."""
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for part, characters in characters_by_part(issue).items():
        roles[theme.font_roles[part]] |= characters
    return {role: "".join(sorted(characters)) for role, characters in roles.items()}
