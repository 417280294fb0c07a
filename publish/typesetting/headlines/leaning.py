"""Which words cannot stand without their neighbour at a line's edge."""

from __future__ import annotations

import re

from publish.typesetting.classes import CharacterClass, character_class
from publish.typesetting.headlines.expressions import Word
from publish.typesetting.headlines.language import (
    LEADING,
    NEVER_FIRST,
    NEVER_LAST,
    OPENING_MARKS,
    ORGANISATION_ENDINGS,
)
from publish.typesetting.headlines.names import (
    COMPOUND_SURNAMES,
    SURNAMES,
    SURNAMES_AFTER_TITLES,
    TITLE_ENDINGS,
    TRANSCRIBING,
)

_HAN = re.compile("[一-鿿]+")


def leans(before: Word | None, left: Word, right: Word, after: Word | None) -> bool:
    """Say whether one of two words cannot stand without the other at a line's edge."""
    if right.text in NEVER_FIRST or left.text in NEVER_LAST or _is_within_name(before, left, right):
        return True
    if left.kind == "M" and right.kind == "Q" and not right.text[0].isdigit():
        return True
    if character_class(left.text[-1]) is CharacterClass.DIGIT and left.kind not in "NT":
        return right.kind != "."
    if len(left.text) > 1 and left.text[-1] in "得第到至":
        return True
    if left.text[0] == "每" and right.kind == "Q":
        return True
    if right.kind in "CP" and len(left.text) == 1 and left.kind == "N" and right.text in "与和":
        return True
    return _single_leans_left(left, right, after) or _single_leans_right(before, left)


def _is_within_name(before: Word | None, left: Word, right: Word) -> bool:
    """Say whether two words are, or may be, parts of one person's name."""
    if left.text in COMPOUND_SURNAMES:
        return right.kind != "."
    if not _HAN.fullmatch(left.text + right.text):
        return False
    return _surname_leads(before, left, right) or _is_transcribed(left, right)


def _surname_leads(before: Word | None, left: Word, right: Word) -> bool:
    """Say whether a surname stands before its given name, or a name was cut short of its end."""
    if len(left.text) == 1:
        if before is not None and _is_title(before) and left.text in SURNAMES_AFTER_TITLES:
            return True
        is_tail = before is not None and before.kind in "NLGV" and len(before.text) > 1
        if is_tail and right.kind in "VP":
            return False
        return left.text in SURNAMES and left.kind in "NL"
    if len(left.text) != 2 or len(right.text) != 1 or right.kind in "PU":
        return False
    return left.text[0] in SURNAMES and left.kind in "NL"


def _is_title(word: Word) -> bool:
    return word.kind == "N" and len(word.text) > 1 and word.text[-1] in TITLE_ENDINGS


def _is_transcribed(left: Word, right: Word) -> bool:
    """Say whether two words that no dictionary joins transcribe one foreign name."""
    kinds = {left.kind} | ({right.kind} if len(right.text) < 3 else set())
    if not kinds <= {"N", "L", "A"}:
        return False
    return (left.unknown or right.unknown) and set(left.text + right.text) <= TRANSCRIBING


def _single_leans_left(left: Word, right: Word, after: Word | None) -> bool:
    """Say whether a word of one character belongs to the one before it."""
    if len(right.text) > 1 or right.kind == "." or right.text in LEADING:
        return False
    if left.kind == "." and right.kind == "F":
        return False
    if _is_title(left) and right.text in SURNAMES_AFTER_TITLES and right.kind not in "PU":
        return False
    if right.text in ORGANISATION_ENDINGS and left.kind in "NLG":
        return True
    if right.text in NEVER_LAST and right.kind in "PCDVA":
        return left.kind == "V" and (right.kind == "V" or right.text in "到至于成入")
    if left.kind == "U" and right.kind in "NL":
        return False
    if right.kind in "NLQFUSGT":
        return True
    is_last = after is None or (after.kind == "." and after.text not in OPENING_MARKS)
    return right.kind in "VA" and (left.kind == "V" or is_last)


def _single_leans_right(before: Word | None, left: Word) -> bool:
    """Say whether a word of one character belongs to the one after it."""
    if len(left.text) > 1 or left.kind in ".UFS":
        return False
    if left.kind in "PCDARMV":
        return not (left.kind == "V" and before is not None and before.kind == "V")
    if before is None or before.kind == ".":
        return True
    return left.text in LEADING and before.kind not in "NL"
