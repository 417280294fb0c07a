"""The text a reader must find in an output: each article's characters, in order.

It is drawn from the model alone, without the templates, so that what a template loses is
noticed when an output is read back.
"""

from __future__ import annotations

from collections.abc import Iterator

from publish.model import (
    Article,
    Block,
    Crosshead,
    Figure,
    Inline,
    LineBreak,
    ListBlock,
    NoteReference,
    Paragraph,
    Quotation,
    Ruby,
    Run,
    Table,
    Text,
)

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
    return "".join(_article(article, printed))


def _article(article: Article, printed: bool) -> Iterator[str]:
    yield article.kicker
    yield article.headline
    yield f"——{article.deck}" if article.deck else ""
    for byline in article.byline:
        yield byline.role + "".join(byline.names)
    yield article.dateline
    yield from _blocks(article.body, printed)
    yield bracketed(article.contributor) if article.contributor else ""
    yield bracketed(article.source) if article.source else ""
    for note in article.notes:
        yield circled(note.number)
        yield from _blocks(note.blocks, printed)


def _blocks(blocks: tuple[Block, ...], printed: bool) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Crosshead():
                yield _text(block.text, printed)
            case Quotation():
                yield from _blocks(block.blocks, printed)
            case ListBlock():
                for index, item in enumerate(block.items):
                    if printed:
                        yield "•" if block.start is None else f"{block.start + index}."
                    yield from _blocks(item, printed)
            case Table():
                for row in (block.header, *block.rows):
                    yield "".join(_text(cell, printed) for cell in row)
            case Figure():
                yield _text(block.caption, printed) + _text(block.credit, printed)


def _text(text: Text, printed: bool) -> str:
    return "".join(_piece(piece, printed) for piece in text)


def _piece(piece: Inline, printed: bool) -> str:
    match piece:
        case Run():
            return piece.text
        case Ruby():
            return piece.base + (piece.reading if printed else f"（{piece.reading}）")
        case NoteReference():
            return circled(piece.number)
        case LineBreak():
            return ""
