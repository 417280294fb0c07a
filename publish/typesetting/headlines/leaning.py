"""Which words cannot stand without their neighbour at a line's edge."""

from __future__ import annotations

from publish.typesetting.classes import CharacterClass, character_class
from publish.typesetting.headlines.language import (
    COMPOUND_SURNAMES,
    LEADING,
    NEVER_FIRST,
    NEVER_LAST,
    SURNAMES,
)
from publish.typesetting.headlines.words import Word


def leans(before: Word | None, left: Word, right: Word, after: Word | None) -> bool:
    """Say whether one of two words cannot stand without the other at a line's edge."""
    if right.text in NEVER_FIRST or left.text in NEVER_LAST or _is_name(left, right):
        return True
    if left.kind == "M" and right.kind == "Q" and not right.text[0].isdigit():
        return True
    if character_class(left.text[-1]) is CharacterClass.DIGIT and left.kind != "N":
        return right.kind != "."
    if len(left.text) > 1 and left.text[-1] in "得第到至":
        return True
    if right.kind in "CP" and len(left.text) == 1 and left.kind == "N" and right.text in "与和":
        return True
    return _single_leans_left(left, right, after) or _single_leans_right(before, left)


def _is_name(left: Word, right: Word) -> bool:
    """Say whether two words may be a surname and what follows it, or a name cut short.

    The tagger calls many a name a common noun, so it is not asked: 路灯|留 is kept whole too.
    """
    if left.text in COMPOUND_SURNAMES:
        return True
    if left.text[0] not in SURNAMES or left.kind not in "NL" or right.kind == ".":
        return False
    return len(left.text) == 1 or (len(left.text) == 2 and len(right.text) == 1)


def _single_leans_left(left: Word, right: Word, after: Word | None) -> bool:
    """Say whether a word of one character belongs to the one before it."""
    if len(right.text) > 1 or right.kind == "." or right.text in LEADING:
        return False
    if left.kind == "." and right.kind == "F":
        return False
    if right.text in NEVER_LAST and right.kind in "PCDVA":
        return left.kind == "V" and (right.kind == "V" or right.text in "到至于成入")
    if right.kind in "NLQFUSGT":
        return True
    return right.kind in "VA" and (left.kind == "V" or after is None or after.kind == ".")


def _single_leans_right(before: Word | None, left: Word) -> bool:
    """Say whether a word of one character belongs to the one after it."""
    if len(left.text) > 1 or left.kind == ".":
        return False
    if left.kind in "PCDARMV":
        return not (left.kind == "V" and before is not None and before.kind == "V")
    if before is None or before.kind == ".":
        return True
    return left.text in LEADING and before.kind not in "NL"
