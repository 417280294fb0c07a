"""Tell Chinese quotation marks from Western ones: both share their code points.

A pair is Western when what it holds is wholly Western and has a letter in it; a mark without a
partner when both its neighbours are Western; ’ between Latin letters is an apostrophe; in text
marked with a Western language all are Western (CLREQ §§ 3.1.1.2, 3.2.1).
"""

from __future__ import annotations

import re

from publish.typesetting.classes import WESTERN_STANDINS

_QUOTES = re.compile("[“”‘’]")
_CHINESE = re.compile("[\u2e80-\ufdcf\ufe10-\ufe6f\uff00-\uffef\U00020000-\U0003ffff]")
_WESTERN_LETTER = re.compile(r"[A-Za-z\u00c0-\u058f\u1e00-\u1fff]")
_OPENERS = {"”": "“", "’": "‘"}


def western_quotes(text: str) -> list[int]:
    """Find the offsets of the quotation marks in Chinese text that are Western."""
    western: list[int] = []
    waiting: list[int] = []
    for match in _QUOTES.finditer(text):
        here, mark = match.start(), match[0]
        if mark == "’" and _is_apostrophe(text, here):
            western.append(here)
        elif mark in "“‘":
            waiting.append(here)
        elif waiting and text[waiting[-1]] == _OPENERS[mark]:
            opened = waiting.pop()
            if _wholly_western(text[opened + 1 : here]):
                western += (opened, here)
        elif _between_western(text, here):
            western.append(here)
    western += (here for here in waiting if _between_western(text, here))
    return western


def with_western_quotes(text: str) -> str:
    """Replace Western quotation marks in Chinese text by their stand-ins."""
    if not _WESTERN_LETTER.search(text):
        return text
    offsets = western_quotes(text)
    if not offsets:
        return text
    characters = list(text)
    for offset in offsets:
        characters[offset] = WESTERN_STANDINS[characters[offset]]
    return "".join(characters)


def _is_apostrophe(text: str, here: int) -> bool:
    before, after = text[here - 1 : here], text[here + 1 : here + 2]
    return bool(_WESTERN_LETTER.match(before) and _WESTERN_LETTER.match(after))


def _wholly_western(inner: str) -> bool:
    return bool(_WESTERN_LETTER.search(inner)) and not _CHINESE.search(inner)


def _between_western(text: str, here: int) -> bool:
    """Say whether a mark without a partner has Western text, and a letter, on both sides."""
    around = text[max(0, here - 2) : here], text[here + 1 : here + 3]
    return all(side and not _CHINESE.search(side) for side in around) and any(
        _WESTERN_LETTER.search(side) for side in around
    )
