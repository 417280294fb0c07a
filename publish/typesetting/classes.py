"""Which kind of character each one is, for breaking and spacing.

Sections are those of W3C, *Requirements for Chinese Text Layout* (CLREQ), and of
GB/T 15834—2011, *General Rules for Punctuation*.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum, StrEnum
from functools import lru_cache


class CharacterClass(IntEnum):
    """What a character is to the line; every rule is a table over these."""

    HAN = 0
    """Han characters, kana, bopomofo, full-width letters, symbols one em wide."""
    OPENING = 1
    CLOSING = 2
    PAUSE = 3
    FULL_STOP = 4
    QUESTION = 5
    MIDDLE_DOT = 6
    DASH = 7
    ELLIPSIS = 8
    CONNECTOR = 9
    SOLIDUS = 10
    FULLWIDTH_DIGIT = 11
    FULLWIDTH_PREFIX = 12
    FULLWIDTH_SUFFIX = 13
    LETTER = 14
    DIGIT = 15
    PREFIX = 16
    SUFFIX = 17
    WESTERN_OPENING = 18
    WESTERN_CLOSING = 19
    WESTERN_MARK = 20
    WESTERN_OPENING_QUOTE = 21
    WESTERN_CLOSING_QUOTE = 22
    SPACE = 23
    NO_BREAK_SPACE = 24
    ZERO_WIDTH_SPACE = 25
    JOINER = 26
    FORCED_BREAK = 27
    ANNOTATION = 28
    """A mark that calls a note: given by the run, not by the character (CLREQ § 3.1.5.3)."""


class Script(StrEnum):
    """The convention that a language's punctuation follows."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    WESTERN = "western"


# Stand-ins for marks that were found to be Western: noncharacters, never in a text.
WESTERN_STANDINS: dict[str, str] = {
    "“": "\ufdd0",
    "”": "\ufdd1",
    "‘": "\ufdd2",
    "’": "\ufdd3",
    "—": "\ufdd4",
    "…": "\ufdd5",
    "·": "\ufdd6",
    "–": "\ufdd7",
}
STANDIN_ORIGINALS = str.maketrans({standin: mark for mark, standin in WESTERN_STANDINS.items()})

_C = CharacterClass
CHARACTERS: dict[CharacterClass, str] = {
    # CLREQ § 3.1.1.2 and App. A.3, brackets and quotation marks.
    _C.OPENING: "“‘「『（《〈【〖〔［｛｟〝",
    _C.CLOSING: "”’」』）》〉】〗〕］｝｠〞〟",
    # CLREQ § 3.1.1.1 and App. A.1, pause or stop marks.
    _C.PAUSE: "，、：；",
    _C.FULL_STOP: "。．",
    _C.QUESTION: "！？‼⁇⁈⁉",
    # CLREQ App. A.2, marks that are not brackets.
    _C.MIDDLE_DOT: "·・‧",
    _C.DASH: "⸺",
    _C.ELLIPSIS: "…⋯‥",
    _C.CONNECTOR: "—～－–〜",
    _C.SOLIDUS: "／",
    # CLREQ § 3.1.5.2, figures with what stands before and after them.
    _C.FULLWIDTH_DIGIT: "０１２３４５６７８９",
    _C.FULLWIDTH_PREFIX: "￥＄￡￠№",
    _C.FULLWIDTH_SUFFIX: "％℃℉‱㎎㎏㎜㎝㎞㎡㏄㏑㏒",
    _C.PREFIX: "¥$£€₩§",
    _C.SUFFIX: "%‰°′″¢",
    # CLREQ § 3.2.4, Western text.
    _C.WESTERN_OPENING: "([{«‹",
    _C.WESTERN_CLOSING: ")]}»›.,;:!?" + WESTERN_STANDINS["…"],
    _C.WESTERN_MARK: "-/\\|~_‐‑−'\"" + WESTERN_STANDINS["—"] + WESTERN_STANDINS["–"],
    _C.WESTERN_OPENING_QUOTE: WESTERN_STANDINS["“"] + WESTERN_STANDINS["‘"],
    _C.WESTERN_CLOSING_QUOTE: WESTERN_STANDINS["”"] + WESTERN_STANDINS["’"],
    _C.SPACE: " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000",
    _C.NO_BREAK_SPACE: "\u00a0\u2007\u202f",
    _C.ZERO_WIDTH_SPACE: "\u200b",
    _C.JOINER: "\u2060\ufeff",
    _C.FORCED_BREAK: "\n\v\f\r\x85\u2028\u2029",
}
_BY_CHARACTER = {character: kind for kind, text in CHARACTERS.items() for character in text}

WESTERN = frozenset(
    {
        _C.LETTER,
        _C.DIGIT,
        _C.PREFIX,
        _C.SUFFIX,
        _C.WESTERN_OPENING,
        _C.WESTERN_CLOSING,
        _C.WESTERN_MARK,
        _C.WESTERN_OPENING_QUOTE,
        _C.WESTERN_CLOSING_QUOTE,
    }
)
"""What makes up Western words (CLREQ § 3.2.4)."""

STOPS = frozenset({_C.PAUSE, _C.FULL_STOP, _C.QUESTION})
"""点号, pause or stop marks (CLREQ § 3.1.1.1)."""

MARKS = STOPS | {_C.OPENING, _C.CLOSING, _C.MIDDLE_DOT}
"""Marks of one frame that squeeze each other when they meet (CLREQ § 3.1.6.2)."""

PUNCTUATION = MARKS | {_C.DASH, _C.ELLIPSIS, _C.CONNECTOR, _C.SOLIDUS}
"""All Chinese marks: none of them makes a last line by itself (CLREQ § 3.4.4)."""

BLANKS: dict[Script, dict[CharacterClass, tuple[float, float]]] = {
    # CLREQ § 3.1.6.1: adjustable blank in em, left and right of the ink. In Simplified Chinese
    # stops sit in the left half of their frame; in Traditional Chinese they are centred.
    Script.HANS: {
        _C.OPENING: (0.5, 0.0),
        _C.CLOSING: (0.0, 0.5),
        _C.PAUSE: (0.0, 0.5),
        _C.FULL_STOP: (0.0, 0.5),
        _C.QUESTION: (0.0, 0.5),
    },
    Script.HANT: {
        _C.OPENING: (0.5, 0.0),
        _C.CLOSING: (0.0, 0.5),
        _C.PAUSE: (0.25, 0.25),
        _C.FULL_STOP: (0.25, 0.25),
        _C.MIDDLE_DOT: (0.25, 0.25),
    },
    Script.WESTERN: {},
}

EDGE_TRIMMED: dict[Script, frozenset[CharacterClass]] = {
    # CLREQ § 3.1.6.3 and GB/T 15834 § 5.1.10: blank cut at the line's start and end. A centred
    # mark has no blank half to cut.
    Script.HANS: frozenset({_C.OPENING, _C.CLOSING}) | STOPS,
    Script.HANT: frozenset({_C.OPENING, _C.CLOSING}),
    Script.WESTERN: frozenset(),
}

HANGING: dict[Script, frozenset[str]] = {
    # CLREQ § 3.1.7: comma, slight-pause comma and full stop; Traditional Chinese, whose marks
    # are centred, hangs none in horizontal lines.
    Script.HANS: frozenset("，、。．"),
    Script.HANT: frozenset(),
    Script.WESTERN: frozenset(),
}

MIDDLE_DOT_FRAME = 0.5
"""A middle dot's own frame in em; zh-Hant adds a quarter of blank on each side (§ 3.1.1.2)."""


@lru_cache(maxsize=64)
def script_of(language: str) -> Script:
    """Name the convention for a BCP 47 language tag: zh-TW, zh-HK, zh-MO are Traditional."""
    parts = language.lower().replace("_", "-").split("-")
    if parts[0] not in {"zh", "cmn", "yue", "ja", "und", ""}:
        return Script.WESTERN
    if "hans" in parts:
        return Script.HANS
    return Script.HANT if {"hant", "tw", "hk", "mo"} & set(parts) else Script.HANS


@lru_cache(maxsize=65536)
def character_class(character: str) -> CharacterClass:
    """Classify one character as it stands in Chinese text; quotation marks count as Chinese."""
    known = _BY_CHARACTER.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    width = unicodedata.east_asian_width(character)
    if width in "WF" or (width == "A" and character >= "\u2100") or category == "Co":
        return _C.HAN
    return _C.DIGIT if category == "Nd" else _C.LETTER
