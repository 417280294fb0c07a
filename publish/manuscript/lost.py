"""Nothing is lost at the door: what a body's characters say against what reached the model."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from publish.diagnostics import Finding
from publish.model import (
    Article,
    Block,
    Crosshead,
    Figure,
    ListBlock,
    Paragraph,
    Quotation,
    Ruby,
    Run,
    Table,
    Text,
)

ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
NO_SIGNS = "%$@,?/"
"""Of ASCII's marks those that Markdown never takes for itself."""


def lost_text(
    article: Article, body: str, first_line: int, tokens: Sequence[Token]
) -> Iterator[Finding]:
    """Compare the characters of a manuscript's body with those that reached the model.

    Letters and figures of every script are counted, and every mark that is no sign of
    Markdown. Addresses, labels of notes, tags and the numbers of lists are not text.
    """
    arrived = Counter("".join(_texts(article.body)))
    for note in article.notes:
        arrived.update("".join(_texts(note.blocks)))
    arrived.update("".join(_not_text(tokens)))
    # An entity may stand for its character, or for itself: in code, or after a backslash.
    readings = (body, ENTITY.sub(lambda entity: html.unescape(entity[0]), body))
    missing = [Counter(reading) - arrived for reading in readings]
    lost = [c for c in missing[0] if c in missing[1] and _is_text(c)]
    if lost:
        # The rarest of them points best to the place where they were lost.
        rarest = min(lost, key=body.count)
        lines = body.split("\n")
        first = next((at for at, line in enumerate(lines) if rarest in line), 0)
        yield Finding(
            "text-lost",
            f"these characters were not understood as text: {''.join(lost[:20])}",
            file=article.file,
            line=first + first_line,
            hint="look for Markdown signs near them; put \\ before a sign that is meant as text",
        )


def _is_text(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in NO_SIGNS
    return unicodedata.category(character)[0] in "LMNPS"


def _not_text(tokens: Sequence[Token]) -> Iterator[str]:
    """Give what stands in the manuscript and is no text: addresses, labels, tags, numbers."""
    is_hidden = False
    for token in tokens:
        match token.type:
            case "link_open" if token.markup != "autolink":
                yield str(token.attrs.get("href", ""))
            case "image":
                yield str(token.attrs.get("src", ""))
            case "footnote_ref" | "footnote_open":
                yield str(token.meta["label"])
            case "html_inline":
                yield token.content
                is_hidden = token.content.startswith("<rp")
            case "text" if is_hidden:
                yield token.content
            case "span_open":
                yield "".join(f"{key}{value}" for key, value in token.attrs.items())
            case "list_item_open":
                yield token.info
            case "inline":
                yield from _not_text(token.children or ())


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Crosshead():
                yield _characters(block.text)
            case Quotation():
                yield from _texts(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from _texts(item)
            case Table():
                for row in (block.header, *block.rows):
                    yield from map(_characters, row)
            case Figure():
                yield block.alternative + _characters(block.caption) + _characters(block.credit)


def _characters(text: Text) -> str:
    return "".join(
        piece.text if isinstance(piece, Run) else piece.base + piece.reading
        for piece in text
        if isinstance(piece, Run | Ruby)
    )
