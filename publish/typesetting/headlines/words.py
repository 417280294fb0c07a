"""Cut a headline into words, with the part of speech that each plays in a headline."""

from __future__ import annotations

import re

from publish.typesetting.headlines.expressions import Word, expressions
from publish.typesetting.headlines.language import (
    FREED_FIRST,
    FREED_FROM_TWO,
    FREED_LAST,
    FREED_VERBS,
    KIND_OF_TAG,
    KIND_OF_WORD,
    PLACE_ENDINGS,
)
from publish.typesetting.headlines.names import COMPOUND_SURNAMES, SURNAMES
from publish.typesetting.headlines.traditional import simplified

_NUMERAL = re.compile(r"[\d０-９一二两三四五六七八九十百千万亿零〇数几多半第首全]")
_NAME_TAGS = frozenset({"nr", "nrt", "nrfg"})


def words(text: str) -> list[Word]:
    """Cut a text into words with their kinds; an expression is one word.

    Traditional characters are read, and given, as Simplified ones.
    """
    text = simplified(text)
    found: list[Word] = []
    place = 0
    for expression in expressions(text, lambda: _edges(text)):
        _tag(text, place, expression.start, found)
        found.append(expression)
        place = expression.end
    _tag(text, place, len(text), found)
    return found


def _edges(text: str) -> frozenset[int]:
    """List the positions between the dictionary's words."""
    import rjieba  # 0.3 s: only who breaks a headline waits for it

    edges, place = {0}, 0
    for piece in rjieba.cut(text):
        whole = len(piece) > 1 and rjieba.has_word(piece)
        edges.update(range(place + (len(piece) if whole else 1), place + len(piece) + 1))
        place += len(piece)
    return frozenset(edges)


def _tag(text: str, start: int, end: int, found: list[Word]) -> None:
    """Add the words of a stretch of text."""
    import rjieba

    for word, tag in rjieba.tag(text[start:end]):
        kind = _kind(word, tag)
        known = kind == "." or word.isascii() or rjieba.has_word(word)
        before = found[-1] if found else None
        for piece in (word,) if known else _freed(word, before):
            piece_kind = kind if piece == word else _freed_kind(piece)
            unknown = not known or tag in _NAME_TAGS
            found.append(Word(piece, piece_kind, start, start + len(piece), unknown))
            start += len(piece)


def _freed(word: str, before: Word | None) -> tuple[str, ...]:
    """Free a particle or a verb from a word that the tagger made up: 到|鹭洲, 岸电|要."""
    if len(word) < 3:
        is_after_surname = before is not None and before.text in COMPOUND_SURNAMES
        is_after_place = before is not None and before.kind == "L"
        split = is_after_surname and word[1:] in FREED_FROM_TWO
        split = split or (is_after_place and word[0] in PLACE_ENDINGS) or word[1:] in FREED_VERBS
        return (word[:1], word[1:]) if len(word) == 2 and split else (word,)
    if word[0] in FREED_FIRST:
        return word[0], word[1:]
    if len(word) == 4 and word[0] in SURNAMES:
        return word[:3], word[3]
    if word[-1] in FREED_LAST or (word[0] in SURNAMES and word[-1] in FREED_VERBS):
        return word[:-1], word[-1]
    return (word,)


def _freed_kind(piece: str) -> str:
    """Name the kind of a part of a word that the tagger made up."""
    if piece in FREED_VERBS:
        return _kind(piece, "v")
    return _kind(piece, "p" if piece in FREED_FIRST + FREED_LAST else "n")


def _kind(word: str, tag: str) -> str:
    """Name a word's kind, mending what the tagger gets wrong in headlines."""
    known = KIND_OF_WORD.get(word)
    if known:
        return known
    if tag == "x":
        return "N" if word.isalnum() else "."
    kind = KIND_OF_TAG.get(tag, "N")
    return "N" if kind == "M" and not _NUMERAL.match(word) else kind
