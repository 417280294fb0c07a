"""Western quotation marks in Chinese text, marked up so that a reader draws them narrow.

“ ” and their like have one code point for two shapes. The text stays as it is; a Western mark
gets a span of the class ``western``, and the stylesheet gives that class the Western shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from publish.fonts import MARKS
from publish.fonts.languages import is_east_asian
from publish.typesetting.quotation import western_quotes

INLINE = re.compile(
    "a|abbr|b|bdi|bdo|br|cite|code|dfn|em|i|img|kbd|mark|q|rb|rp|rt|ruby|s|samp|small|span|"
    "strong|sub|sup|time|u|var|wbr"
)
"""Elements that stand in a line; any other begins a text of its own."""
ASIDE = ("rt", "rp")
"""Readings, which are not part of the text they stand over."""

TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
LANGUAGE = re.compile(r'\slang="([^"]*)"')
CHARACTER = re.compile(r"&[^;\s]*;|.", re.DOTALL)
ANY_MARK = re.compile(f"[{''.join(sorted(MARKS))}]")


@dataclass(slots=True)
class _Piece:
    """A token of text, cut into characters and references, and the language it is in."""

    index: int
    units: list[str]
    language: str


@dataclass(slots=True)
class _Block:
    """The text of one block, across its inline elements."""

    pieces: list[_Piece] = field(default_factory=list)

    def western(self) -> Iterator[tuple[int, int]]:
        """Yield the Western marks as the place of a token and the place of a unit in it."""
        places = [(piece, at) for piece in self.pieces for at in range(len(piece.units))]
        text = "".join(unescape(unit)[:1] or " " for piece in self.pieces for unit in piece.units)
        found = set(western_quotes(text))
        for offset, (piece, at) in enumerate(places):
            foreign = text[offset] in MARKS and not is_east_asian(piece.language)
            if foreign or offset in found:
                yield piece.index, at


def mark_western(xhtml: str) -> str:
    """Return the document with its Western marks in spans of the class ``western``."""
    body = xhtml.find("<body")
    if body < 0 or not ANY_MARK.search(xhtml, body):
        return xhtml
    tokens = TOKEN.findall(xhtml)
    western: dict[int, set[int]] = {}
    for block in _blocks(tokens):
        if any(ANY_MARK.search(tokens[piece.index]) for piece in block.pieces):
            for index, at in block.western():
                western.setdefault(index, set()).add(at)
    for index, places in western.items():
        units = CHARACTER.findall(tokens[index])
        tokens[index] = "".join(
            f'<span class="western">{unit}</span>' if at in places else unit
            for at, unit in enumerate(units)
        )
    return "".join(tokens)


def _blocks(tokens: list[str]) -> Iterator[_Block]:
    """Yield the body's blocks of text; tags are told from text by their first character."""
    open_elements: list[tuple[str, str]] = []
    block = _Block()
    in_body = False
    for index, token in enumerate(tokens):
        if not token.startswith("<"):
            name, language = open_elements[-1] if open_elements else ("", "")
            if in_body and name not in ASIDE:
                block.pieces.append(_Piece(index, CHARACTER.findall(token), language))
            continue
        named = NAME.match(token)
        if named is None:
            continue
        name = named[1]
        if not INLINE.fullmatch(name):
            if block.pieces:
                yield block
            block = _Block()
        in_body = in_body or name == "body"
        if token.startswith("</"):
            if open_elements:
                open_elements.pop()
        elif not token.endswith("/>"):
            marked = LANGUAGE.search(token)
            inherited = open_elements[-1][1] if open_elements else ""
            open_elements.append((name, marked[1] if marked else inherited))
