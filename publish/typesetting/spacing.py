"""How much blank stands between two characters, and how far it may give.

The blank halves of marks are not part of the marks here: they belong to the gap between two
characters. A gap at a line's edge is not there at all, so trimming needs no case of its own.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from publish.typesetting.breaking import may_break
from publish.typesetting.classes import BLANKS, MARKS, STOPS, WESTERN, CharacterClass, Script
from publish.typesetting.settings import PunctuationStyle, Settings

_C = CharacterClass


class Adjustment(IntEnum):
    """What a gap is made of; it gives in the order of ``SHRINK_ORDER``."""

    NONE = 0
    WORD_SPACE = 1
    MIDDLE_DOT = 2
    BRACKET = 3
    PAUSE = 4
    CHINESE_WESTERN = 5
    SENTENCE = 6


SHRINK_ORDER = (
    # CLREQ § 3.5.3; its first step, the mark at the line's end, is done by every break.
    Adjustment.WORD_SPACE,
    Adjustment.MIDDLE_DOT,
    Adjustment.BRACKET,
    Adjustment.PAUSE,
    Adjustment.CHINESE_WESTERN,
    Adjustment.SENTENCE,
)
STRETCH_ORDER = (
    # CLREQ § 3.5.4; its last step spreads the rest evenly between all characters.
    Adjustment.WORD_SPACE,
    Adjustment.CHINESE_WESTERN,
)

CHINESE_SIDE = frozenset({_C.HAN})
WESTERN_START = frozenset({_C.LETTER, _C.DIGIT, _C.PREFIX, _C.SUFFIX, _C.WESTERN_OPENING_QUOTE})
WESTERN_END = frozenset({_C.LETTER, _C.DIGIT, _C.PREFIX, _C.SUFFIX, _C.WESTERN_CLOSING_QUOTE})
"""Western characters that keep a gap from Chinese ones: letters, figures and their signs
(CLREQ § 3.2.2). Western brackets and stops bring their own blank."""

RIGID = frozenset({_C.CONNECTOR, _C.SOLIDUS})
"""No space is spread before or after these (CLREQ § 3.5.4)."""

_BRACKETS = frozenset({_C.OPENING, _C.CLOSING})
_SENTENCE_ENDS = frozenset({_C.FULL_STOP, _C.QUESTION})


class Side(NamedTuple):
    """What a character shows to its neighbour: its class, convention and size (pt)."""

    kind: CharacterClass
    script: Script
    size: float


class Gap(NamedTuple):
    """The gap between two characters. Lengths in pt."""

    natural: float
    shrink: float
    stretch: float
    """How far it opens before space is spread everywhere."""
    adjustment: Adjustment
    breakable: bool
    spreads: bool
    """Whether space spread evenly over the line goes here too."""


def natural_blank(side: Side, style: PunctuationStyle) -> tuple[float, float]:
    """Give the blank left and right of a mark in this style, in pt (CLREQ § 3.1.6)."""
    left, right = BLANKS[side.script].get(side.kind, (0.0, 0.0))
    if style is PunctuationStyle.QUANJIAO or side.kind is _C.MIDDLE_DOT:
        return left * side.size, right * side.size
    if style is PunctuationStyle.KAIMING and side.kind in _SENTENCE_ENDS:
        return left * side.size, right * side.size
    return 0.0, 0.0


def gap_between(before: Side, after: Side, settings: Settings) -> Gap:
    """Work out the gap between two characters with no space typed between them."""
    breakable = may_break(before.kind, after.kind, settings.prohibition, spaced=False)
    spreads = _spreads(before.kind, after.kind)
    western = _chinese_western(before, after)
    if western:
        em = western * settings.chinese_western_gap
        return Gap(
            em,
            max(0.0, em - western * settings.chinese_western_least),
            max(0.0, western * settings.chinese_western_most - em),
            Adjustment.CHINESE_WESTERN,
            breakable,
            spreads,
        )
    blank = _blank_between(before, after, settings)
    adjustment = _adjustment(before, after) if blank else Adjustment.NONE
    fixed = adjustment is Adjustment.SENTENCE and settings.style is not PunctuationStyle.QUANJIAO
    return Gap(blank, 0.0 if fixed else blank, 0.0, adjustment, breakable, spreads)


def word_space(before: Side, after: Side, width: float, settings: Settings) -> Gap:
    """Work out the gap where the author typed a space of ``width`` pt.

    It stands for the Chinese–Western gap as well, which is never doubled (CLREQ § 3.2.2).
    """
    em = max(before.size, after.size)
    breakable = may_break(before.kind, after.kind, settings.prohibition, spaced=True)
    blank = _blank_between(before, after, settings)
    return Gap(
        blank + width,
        max(0.0, width - settings.word_space_least * em),
        max(0.0, settings.word_space_most * em - width),
        Adjustment.WORD_SPACE,
        breakable,
        True,
    )


def _chinese_western(before: Side, after: Side) -> float:
    """Give the size, in pt, of the Chinese character that keeps a gap; 0 where none does."""
    if before.kind in CHINESE_SIDE and after.kind in WESTERN_START:
        return before.size
    if before.kind in WESTERN_END and after.kind in CHINESE_SIDE:
        return after.size
    return 0.0


def _blank_between(before: Side, after: Side, settings: Settings) -> float:
    """Give the blank between two characters, in pt.

    Two marks that meet lose half an em of the blank that full frames would have between them,
    so that two ems become one and a half (CLREQ § 3.1.6.2). A note's mark nestles to what it
    follows.
    """
    if after.kind is _C.ANNOTATION:
        return 0.0
    blank = natural_blank(before, settings.style)[1] + natural_blank(after, settings.style)[0]
    if blank and before.kind in MARKS and after.kind in MARKS:
        full = (
            natural_blank(before, PunctuationStyle.QUANJIAO)[1]
            + natural_blank(after, PunctuationStyle.QUANJIAO)[0]
        )
        cut = settings.adjacent_cut * max(before.size, after.size)
        return max(0.0, min(blank, full - cut))
    return blank


def _adjustment(before: Side, after: Side) -> Adjustment:
    if before.kind in _BRACKETS or after.kind in _BRACKETS:
        return Adjustment.BRACKET
    if before.kind in _SENTENCE_ENDS or after.kind in _SENTENCE_ENDS:
        return Adjustment.SENTENCE
    if _C.MIDDLE_DOT in (before.kind, after.kind):
        return Adjustment.MIDDLE_DOT
    return Adjustment.PAUSE


def _spreads(before: CharacterClass, after: CharacterClass) -> bool:
    """Say whether evenly spread space goes here (CLREQ §§ 3.2.4, 3.5.4)."""
    if before in RIGID or after in RIGID or after is _C.ANNOTATION:
        return False
    if before is after and before in (_C.DASH, _C.ELLIPSIS, _C.FULLWIDTH_DIGIT):
        return False
    if before is _C.FULLWIDTH_PREFIX or after is _C.FULLWIDTH_SUFFIX:
        return False
    if before in WESTERN:
        return after not in WESTERN and after not in MARKS
    return not (after in WESTERN and (before in STOPS or before in _BRACKETS))
