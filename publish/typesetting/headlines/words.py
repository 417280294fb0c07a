"""Cut a headline into words, with the part of speech that each plays in a headline."""

from __future__ import annotations

import re
from typing import NamedTuple

from publish.typesetting.headlines.language import (
    FREED_FIRST,
    FREED_LAST,
    KIND_OF_TAG,
    KIND_OF_WORD,
    SET_PHRASES,
)


class Word(NamedTuple):
    """A word and its kind: a letter of ``costs.PHRASE_COSTS``, or ``.`` for a mark or a space."""

    text: str
    kind: str
    start: int
    end: int


_NUMERAL = re.compile(r"[\d０-９一二两三四五六七八九十百千万亿零〇数几多半第首全]")
_SCORE = r"\d+(?:比|\s?[:：—–-]\s?)\d+"
_HAN_FIGURE = r"[零一二三四五六七八九十百\d]+"
_FIGURE = r"[\d０-９][\d０-９.,]*"
_DAY = r"(?:[上下本]个?[月周][一二三四五六日末底初中]?|[今明后去前][年天日晚])[起前后]?"
_UNIT = (
    "(?:[%％‰℃℉°]|个?百分点|[万亿千百十]*[多余]?(?:平方|立方)?"
    "(?:公里|千米|厘米|毫米|微米|纳米|米|公斤|千克|吨级?|元|美元|欧元|亩|公顷|人次|人|户|家|个|项|件|名|位|处"
    "|所|座|条|场|次|届|期|辆|架|艘|台|套|册|本|篇|封|张|年|月|日|时|分钟|分|秒|岁|天|周|小时|度|级|倍|成|折"
    "|路|号|版|枚|金|银|铜|只|头|棵|株|千瓦时?|兆瓦|克|升|强|后)?)"
)
_WHOLE = re.compile(
    "|".join(
        (
            rf"(?P<score>(?<![A-Za-z\d.]){_SCORE}(?![A-Za-z\d.]))",
            rf"(?P<session>第?{_HAN_FIGURE}届(?:{_HAN_FIGURE}次)?(?:全体)?(?:会议|全会)?)",
            rf"(?P<day>{_DAY}|(?:{_FIGURE}年)?{_FIGURE}月{_FIGURE}日[起前后]?)",
            rf"(?P<figure>(?<![A-Za-z\d.])第?{_FIGURE}(?:\s?[至到～~—–-]\s?{_FIGURE})?"
            rf"\s?{_UNIT}(?![A-Za-z]))",
            f"(?P<phrase>{'|'.join(sorted(SET_PHRASES, reverse=True))})",
        )
    )
)
_KIND_OF_GROUP = {"score": "N", "session": "M", "day": "T", "figure": "Q", "phrase": "N"}


def words(text: str) -> list[Word]:
    """Cut a text into words with their kinds; figures and set phrases are each one word."""
    found: list[Word] = []
    place = 0
    for match in _WHOLE.finditer(text):
        _tag(text, place, match.start(), found)
        kind = _KIND_OF_GROUP[match.lastgroup or "phrase"]
        found.append(Word(match[0], kind, match.start(), match.end()))
        place = match.end()
    _tag(text, place, len(text), found)
    return found


def _tag(text: str, start: int, end: int, found: list[Word]) -> None:
    """Add the words of a stretch of text."""
    import rjieba  # 0.3 s: only who breaks a headline waits for it

    for word, tag in rjieba.tag(text[start:end]):
        kind = _kind(word, tag)
        known = len(word) < 3 or kind == "." or word.isascii() or rjieba.has_word(word)
        for piece in (word,) if known else _freed(word):
            piece_kind = kind if piece == word else _kind(piece, "p" if len(piece) == 1 else "n")
            found.append(Word(piece, piece_kind, start, start + len(piece)))
            start += len(piece)


def _freed(word: str) -> tuple[str, ...]:
    """Free a particle from a word that the tagger made up."""
    if word[0] in FREED_FIRST:
        return word[0], word[1:]
    if word[-1] in FREED_LAST:
        return word[:-1], word[-1]
    return (word,)


def _kind(word: str, tag: str) -> str:
    """Name a word's kind, mending what the tagger gets wrong in headlines."""
    known = KIND_OF_WORD.get(word)
    if known:
        return known
    if tag == "x":
        return "N" if word.isalnum() else "."
    kind = KIND_OF_TAG.get(tag, "N")
    return "N" if kind == "M" and not _NUMERAL.match(word) else kind
