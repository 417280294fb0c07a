"""Classes of characters as W3C's CLREQ names them, for reading a finished page.

A table of its own: the report does not ask the composer what it thinks a mark is.
"""

from __future__ import annotations

import re

OPENING = frozenset("“‘（〔［｛〈《「『【〖｟〝")
"""Opening brackets, quotation marks and title marks (CLREQ §3.1.3.4)."""

CLOSING = frozenset("”’）〕］｝〉》」』】〗｠〞〟")
"""Closing brackets, quotation marks and title marks."""

STOPS = frozenset("、，。；：！？．｡‼⁇⁈⁉")
"""Pause and stop marks (点号)."""

FRAMED = OPENING | CLOSING | STOPS
"""Marks that stand in one half of their frame; the other half is blank."""

CONNECTORS = frozenset("–～〜－-‐—")
"""Connector marks (连接号). A single — is one; two make a dash."""

INTERPUNCTS = frozenset("·・‧")
SOLIDI = frozenset("/／")
DASHES = frozenset("—⸺―")
ELLIPSES = frozenset("…⋯‥")

NO_LINE_START = STOPS | CLOSING | CONNECTORS | INTERPUNCTS | frozenset(",.;:!?)]}")
"""CLREQ §3.1.4, basic: never first in a line."""

NO_LINE_START_STRICT = SOLIDI | DASHES | ELLIPSES
"""CLREQ §3.1.4: the GB set adds the solidus, the strict set the dash and the ellipsis."""

NO_LINE_END = OPENING | frozenset("([{")
"""CLREQ §3.1.4, basic: never last in a line."""

NO_LINE_END_STRICT = SOLIDI
"""CLREQ §3.1.4, the GB set adds these, and the strict set takes them over."""

CURRENCIES = frozenset("$＄¥￥€£￡₩")
SIGNS = frozenset("+−±＋")
UNITS = frozenset("%％‰‱℃℉°′″㎡㎏㎞㎝㎜㎎㏄Ω℧¢￠")
BULLETS = frozenset("•●■◆▪◦○□◇▲★☆※")

MARKS = OPENING | CLOSING | STOPS | CONNECTORS | INTERPUNCTS | DASHES | ELLIPSES | SOLIDI

_HAN = (
    (0x2E80, 0x2FDF),  # radicals: some tools name 月 by U+2F49 in ToUnicode
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_HEAVY = re.compile(r"bold|heavy|black|semi|medium|hei|gothic|sans|黑", re.IGNORECASE)
_CENTRED = re.compile(r"(?:CJK|Han\w*|Noto\w*|Source\w*|PingFang)[ -]?(?:TC|HK|TW)|MingLiU|JhengHei"
                      r"|LiSong|LiHei|TW-(?:Sung|Kai)|CNS", re.IGNORECASE)  # fmt: skip


def is_han(text: str) -> bool:
    """Tell whether the text begins with a Han character."""
    if not text:
        return False
    code = ord(text[0])
    if 0x4E00 <= code <= 0x9FFF:
        return True
    return any(first <= code <= last for first, last in _HAN)


def is_western(text: str) -> bool:
    """Tell whether a character is a Latin, Greek or Cyrillic letter or a European figure."""
    code = ord(text)
    if code < 0x80:
        return text.isalnum()
    return 0xC0 <= code <= 0x52F and text.isalpha()


def is_letter(text: str) -> bool:
    """Tell whether a character is a Western letter."""
    return is_western(text) and not text.isdigit()


def is_figure(text: str) -> bool:
    """Tell whether a character is a figure 0 to 9."""
    return "0" <= text <= "9"


def is_heavy(font: str) -> bool:
    """Tell whether a font's name is that of a bold face or a Hei, as headings have."""
    return bool(_HEAVY.search(font))


def is_centred(font: str) -> bool:
    """Tell whether a font sets stops in the middle of their em, as Traditional Chinese does."""
    return bool(_CENTRED.search(font))
