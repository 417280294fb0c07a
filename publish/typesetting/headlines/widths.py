"""How wide a stretch of a headline is, in em, without asking a font."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate

from publish.typesetting.classes import (
    BLANKS,
    EDGE_TRIMMED,
    WESTERN,
    CharacterClass,
    Script,
    character_class,
)

_C = CharacterClass
Ruler = Callable[[int, int], float]
"""Gives the width in em of the text between two positions, set as a line."""

_WESTERN_WIDTH = 0.55
_NARROW_WIDTH = 0.5


@lru_cache(maxsize=4096)
def _character_width(character: str) -> float:
    """Give a character's usual width in em."""
    kind = character_class(character)
    if kind in {_C.FORCED_BREAK, _C.ZERO_WIDTH_SPACE, _C.JOINER}:
        return 0.0
    if character != "\u3000" and kind in {_C.SPACE, _C.NO_BREAK_SPACE, _C.MIDDLE_DOT}:
        return _NARROW_WIDTH
    return _WESTERN_WIDTH if kind in WESTERN else 1.0


def ruler(text: str, width: Callable[[str], float] | None, script: Script) -> Ruler:
    """Make the measure for stretches of a text, spaces at a line's end left out."""
    if width is not None:
        measure = width
        return lambda start, end: measure(text[start:end].rstrip())
    reached = [0.0, *accumulate(map(_character_width, text))]
    blanks, trimmed = BLANKS[script], EDGE_TRIMMED[script]

    def measured(start: int, end: int) -> float:
        while end > start and text[end - 1].isspace():
            end -= 1
        if end == start:
            return 0.0
        first, last = character_class(text[start]), character_class(text[end - 1])
        edges = blanks[first][0] if first in trimmed else 0.0
        if last in trimmed:
            edges += blanks[last][1]
        return reached[end] - reached[start] - edges

    return measured
