"""Western quotation marks in Chinese text, marked up so that a reader draws them narrow.

“ ” and their like have one code point for two shapes. The text stays as it is; a Western mark
gets a span of the class ``western``, and the stylesheet gives that class the Western shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from publish.fonts import MARKS
from publish.fonts.languages import is_east_asian
from publish.typesetting.quotation import western_quotes

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "dfn", "em", "i", "img", "kbd"),
        *("mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub"),
        *("sup", "time", "u", "var", "wbr"),
    )
)
"""Elements that stand in a line; any other begins a text of its own."""
ASIDE = ("rt", "rp")
"""Readings, which are not part of the text they stand over."""

TOKEN = re.compile(r"(<!--.*?-->|<(/?)([A-Za-z][\w:-]*)?[^>]*>|[^<]+)", re.DOTALL)
"""A comment, a tag with its slash and name, or text."""
LANGUAGE = re.compile(r'\slang="([^"]*)"')
CHARACTER = re.compile(r"&[^;\s]*;|.", re.DOTALL)
ANY_MARK = re.compile(f"[{''.join(sorted(MARKS))}]")

Token = tuple[str, str, str]


class _Piece(NamedTuple):
    """The place of a token of text, the text, and the language it is in."""

    place: int
    text: str
    language: str


def mark_western(xhtml: str) -> str:
    """Return the document with its Western marks in spans of the class ``western``."""
    body = xhtml.find("<body")
    if body < 0 or not ANY_MARK.search(xhtml, body):
        return xhtml
    tokens: list[Token] = TOKEN.findall(xhtml)
    texts = [token for token, _, _ in tokens]
    for block in _blocks(tokens):
        for index, places in _western(block).items():
            texts[index] = "".join(
                f'<span class="western">{unit}</span>' if at in places else unit
                for at, unit in enumerate(_units(texts[index]))
            )
    return "".join(texts)


def _western(block: list[_Piece]) -> dict[int, set[int]]:
    """Return the Western marks of a block: the places of units by the place of their token."""
    if not any(ANY_MARK.search(piece.text) for piece in block):
        return {}
    parts = [_characters(piece.text) for piece in block]
    found = set(western_quotes("".join(parts)))
    western: dict[int, set[int]] = {}
    start = 0
    for piece, text in zip(block, parts, strict=True):
        places = {at - start for at in found if start <= at < start + len(text)}
        if not is_east_asian(piece.language):
            places |= {match.start() for match in ANY_MARK.finditer(text)}
        if places:
            western[piece.place] = places
        start += len(text)
    return western


def _units(text: str) -> list[str]:
    """Return the characters and references of a token of text."""
    return CHARACTER.findall(text) if "&" in text else list(text)


def _characters(text: str) -> str:
    """Return a token of text with one character for each of its units."""
    if "&" not in text:
        return text
    return "".join(unescape(unit)[:1] or " " for unit in _units(text))


def _blocks(tokens: list[Token]) -> Iterator[list[_Piece]]:
    """Yield the body's blocks of text, each across its inline elements."""
    open_elements: list[tuple[str, str]] = [("", "")]
    block: list[_Piece] = []
    in_body = False
    for index, (token, slash, name) in enumerate(tokens):
        if not name:
            element, language = open_elements[-1]
            if in_body and token[0] != "<" and element not in ASIDE:
                block.append(_Piece(index, token, language))
            continue
        if name not in INLINE:
            if block:
                yield block
                block = []
            in_body = in_body or name == "body"
        if slash:
            if len(open_elements) > 1:
                open_elements.pop()
        elif not token.endswith("/>"):
            marked = LANGUAGE.search(token)
            open_elements.append((name, marked[1] if marked else open_elements[-1][1]))
