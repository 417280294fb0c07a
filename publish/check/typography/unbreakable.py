"""What a line must not part: dashes, ellipses, figures with signs and units, words, note marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from publish.check.typography import marks
from publish.check.typography.lines import NOTE, Line

_UNIT = re.compile(
    r"(?:[kcmn]?m[²³]?|[km]?g|t|s|h|min|m?[Ll]|[kMG]?Wh?|k?V|m?A|[kMG]?Hz|[kM]?Pa|k?J|N|K|mol|lx|dB"
    r"|ha|bit|[KMGT]?B|km/h|m/s)(?![A-Za-z/])"
)
"""Symbols of units (GB 3100) and a few of computing, as they stand behind figures."""


class Words:
    """The Western words of a file, to tell a broken word from two with a space dropped."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.whole: Counter[str] = Counter()
        for line in lines:
            for word in _western_runs(line.text):
                self.whole[word] += 1

    def broken(self, line: Line, following: Line) -> str | None:
        """Return what two lines part that must not be parted, or None."""
        left, right = line.text, following.text
        pair = left[-1] + right[0]
        if following.glyphs[0].size < NOTE * line.em:
            return _tail(left) or left[-1]
        if pair[0] == pair[1] and pair[0] in marks.DASHES | marks.ELLIPSES:
            return self._pair(left, right)
        if _parts_unit(left, right):
            return f"{_tail(left)} {_head(right)}"
        if line.trailing:
            return None
        if _parts_number(left, right):
            return _tail(left) + _head(right)
        western = marks.is_western(pair[0]) and marks.is_western(pair[1])
        joined = pair[0] in "&@_" or pair[1] in "&@_"
        if western and not self._two_words(left, right):
            return _tail(left) + _head(right)
        if joined and (marks.is_western(pair[0]) or marks.is_western(pair[1])):
            return _tail(left) + _head(right)
        return None

    @staticmethod
    def _pair(left: str, right: str) -> str | None:
        """Return the dash or ellipsis parted: several in a row may be parted between pairs."""
        mark = left[-1]
        before = len(left) - len(left.rstrip(mark))
        return mark * 2 if before % 2 else None

    def _two_words(self, left: str, right: str) -> bool:
        """Tell whether a space seems to have been dropped between two lines."""
        tail, head = _tail(left), _head(right)
        if tail + head in self.whole:
            return False
        if tail[-1].islower() and head[0].isupper():
            return True
        western = left[: -len(tail)].rstrip()[-1:], right[len(head) :].lstrip()[:1]
        spaced = left[: -len(tail)].endswith(" "), right[len(head) :].startswith(" ")
        beside = any(
            gap and bool(text) and marks.is_western(text)
            for gap, text in zip(spaced, western, strict=True)
        )
        return beside or (tail in self.whole and head in self.whole)


def _parts_unit(left: str, right: str) -> bool:
    """Tell whether a break parts a figure from its unit, also where a space stands between."""
    return marks.is_figure(left[-1]) and _UNIT.match(right) is not None


def _parts_number(left: str, right: str) -> bool:
    """Tell whether a break parts a figure from figures, its signs or its unit."""
    last, first = left[-1], right[0]
    if marks.is_figure(last):
        point = first in ".,:" and right[1:2].isdigit()
        return marks.is_figure(first) or first in marks.UNITS or point
    if marks.is_figure(first):
        point = last in ".,:" and left[-2:-1].isdigit()
        return point or last in marks.CURRENCIES | marks.SIGNS
    return False


def _western_runs(text: str) -> Iterator[str]:
    """Yield the Western words that stand inside a line, not at its edges."""
    start: int | None = None
    for index, character in enumerate(text):
        if marks.is_western(character) or (start is not None and character in "&-@_.'"):
            start = index if start is None else start
        elif start is not None:
            if start > 0:
                yield text[start:index]
            start = None


def _tail(text: str) -> str:
    end = len(text)
    while end and (marks.is_western(text[end - 1]) or text[end - 1] in "&@_.,:$¥€£+%"):
        end -= 1
    return text[end:]


def _head(text: str) -> str:
    end = 0
    while end < len(text) and (
        marks.is_western(text[end]) or text[end] in "&@_.,:" or text[end] in marks.UNITS
    ):
        end += 1
    return text[:end]
