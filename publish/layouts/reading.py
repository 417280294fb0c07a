"""The text a reader must find in an output: each article's characters, in order.

It is drawn from the model alone, without the templates, so that what a template loses is
noticed when an output is read back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publish.model import (
    Article,
    Block,
    Crosshead,
    Figure,
    Inline,
    ListBlock,
    NoteReference,
    Paragraph,
    Quotation,
    Ruby,
    Run,
    Table,
    Text,
)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a page of the print edition begins in the order of reading.

    ``key`` names the article or section, or is FRONT or CONTENTS; ``place`` counts characters of
    an article's ``reading_text`` that ``squeezed`` leaves. Of the contents, ``entry`` is the
    article or section that is listed first on the page. ``again``: some of the page was read
    before.
    """

    label: str
    key: str
    place: int = 0
    entry: str = ""
    again: bool = False


FRONT = "title-page"
CONTENTS = "nav"
"""What stands before the first section: the front page's head, and the contents."""

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def circled(number: int) -> str:
    """Return a note's number as it is set: ①, and beyond twenty [21]."""
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"[{number}]"


def bracketed(text: str) -> str:
    """Return a source note or contributor line in brackets, if it does not stand in any."""
    return text if text.startswith(("（", "(")) and text.endswith(("）", ")")) else f"（{text}）"


def reading_text(article: Article, *, printed: bool = False) -> str:
    """Return all the article's characters in reading order, headline to last line.

    ``printed``: as the PDF has it, where bullets and numbers are text, and readings stand above
    their base without brackets.
    """
    return "".join(piece[printed] for piece in _article(article))


def unprinted_place(article: Article, place: int) -> int:
    """Return where the text that is printed from ``place`` on begins in the EPUB's text.

    Both places count the characters of ``reading_text``, those that ``squeezed`` leaves.
    """
    before = 0
    for piece, printed in _article(article):
        length = len(squeezed(printed))
        if place < length:
            return before + (place if piece == printed else 0)
        place -= length
        before += len(squeezed(piece))
    return before


INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""))


def squeezed(text: str) -> str:
    """Return the text without white space and invisible format characters."""
    return "".join(text.split()).translate(INVISIBLE)


Piece = tuple[str, str]
"""A piece of text as the EPUB has it, and as the PDF has it."""


def _article(article: Article) -> Iterator[Piece]:
    yield _both(article.kicker)
    yield _both(article.headline)
    yield _both(f"——{article.deck}" if article.deck else "")
    for byline in article.byline:
        yield _both(byline.role + "".join(byline.names))
    yield _both(article.dateline)
    yield from _blocks(article.body)
    yield _both(bracketed(article.contributor) if article.contributor else "")
    yield _both(bracketed(article.source) if article.source else "")
    for note in article.notes:
        yield _both(circled(note.number))
        yield from _blocks(note.blocks)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    for block in blocks:
        match block:
            case Paragraph() | Crosshead():
                yield from _text(block.text)
            case Quotation():
                yield from _blocks(block.blocks)
            case ListBlock():
                for index, item in enumerate(block.items):
                    yield "", "•" if block.start is None else f"{block.start + index}."
                    yield from _blocks(item)
            case Table():
                for row in (block.header, *block.rows):
                    for cell in row:
                        yield from _text(cell)
            case Figure():
                yield from _text(block.caption)
                yield from _text(block.credit)


def _text(text: Text) -> Iterator[Piece]:
    for piece in text:
        yield from _piece(piece)


def _piece(piece: Inline) -> Iterator[Piece]:
    match piece:
        case Run():
            yield _both(piece.text)
        case Ruby():
            yield _both(piece.base)
            yield f"（{piece.reading}）", piece.reading
        case NoteReference():
            yield _both(circled(piece.number))


def _both(text: str) -> Piece:
    return text, text
