"""Where a line may break: prohibitions as data, and the chances inside a Western word."""

from __future__ import annotations

import re
from functools import lru_cache

from publish.typesetting.classes import STOPS, WESTERN, CharacterClass
from publish.typesetting.settings import Prohibition

_C = CharacterClass

# CLREQ § 3.1.4. Western marks and units follow the same sense (§§ 3.1.5.2, 3.2.4).
_BASIC_START = STOPS | {
    _C.CLOSING,
    _C.CONNECTOR,
    _C.MIDDLE_DOT,
    _C.FULLWIDTH_SUFFIX,
    _C.SUFFIX,
    _C.WESTERN_CLOSING,
    _C.WESTERN_CLOSING_QUOTE,
    _C.ANNOTATION,
}
_BASIC_END = frozenset(
    {
        _C.OPENING,
        _C.FULLWIDTH_PREFIX,
        _C.PREFIX,
        _C.WESTERN_OPENING,
        _C.WESTERN_OPENING_QUOTE,
    }
)
_ALWAYS_START = frozenset({_C.ANNOTATION, _C.FULLWIDTH_SUFFIX, _C.SUFFIX})

LINE_START_PROHIBITED: dict[Prohibition, frozenset[CharacterClass]] = {
    Prohibition.NONE: _ALWAYS_START,
    Prohibition.BASIC: _BASIC_START,
    # GB/T 15834 § 5.1: a solidus stands neither first nor last in a line.
    Prohibition.GB: _BASIC_START | {_C.SOLIDUS},
    Prohibition.STRICT: _BASIC_START | {_C.SOLIDUS, _C.DASH, _C.ELLIPSIS},
}
LINE_END_PROHIBITED: dict[Prohibition, frozenset[CharacterClass]] = {
    Prohibition.NONE: frozenset({_C.FULLWIDTH_PREFIX, _C.PREFIX}),
    Prohibition.BASIC: _BASIC_END,
    Prohibition.GB: _BASIC_END | {_C.SOLIDUS},
    Prohibition.STRICT: _BASIC_END | {_C.SOLIDUS},
}

FIGURES = frozenset({_C.DIGIT, _C.FULLWIDTH_DIGIT})
RANGE_BEFORE = FIGURES | {_C.SUFFIX, _C.FULLWIDTH_SUFFIX}
RANGE_AFTER = FIGURES | {_C.PREFIX, _C.FULLWIDTH_PREFIX}
"""What stands around the connector of a range, 3%～5%: never parted (CLREQ § 3.1.5.2)."""

# ISO 80000-1 and what newspapers print beside it.
_UNIT_SIGNS = (
    "m km dm cm mm μm µm nm m² km² m³ cm³ ha g kg mg μg t L l mL ml h min s ms d Hz kHz MHz GHz W",
    "kW MW GW Wh kWh MWh GWh V kV mV A mA Ah mAh Pa hPa kPa MPa N kN J kJ MJ cal kcal K °C °F dB",
    "mol cd lm lx Ω bar ppm ppb mmHg px pt dpi B KB MB GB TB bps kbps Mbps Gbps fps rpm kn mph",
    "yr ft yd mi lb oz",
)
UNITS = frozenset(sign for line in _UNIT_SIGNS for sign in line.split())
_UNIT_JOINTS = re.compile(r"[/·⋅*]")


def is_unit(word: str) -> bool:
    """Tell whether a word is the sign of a unit, such as km or km/h: it stays with its figure."""
    parts = [part for part in _UNIT_JOINTS.split(word) if part]
    return bool(parts) and all(part.rstrip("²³") in UNITS or part in UNITS for part in parts)


HYPHEN_PENALTY = 60.0
CHANCE_PENALTY = 25.0
"""What a break inside a Western word costs; a line at the loose limit costs 100."""


def may_break(
    before: CharacterClass, after: CharacterClass, prohibition: Prohibition, *, spaced: bool
) -> bool:
    """Say whether a line may end between two characters; ``spaced``: a space is between."""
    if after in LINE_START_PROHIBITED[prohibition] or before in LINE_END_PROHIBITED[prohibition]:
        # A space before a Western mark was meant: « 5 % » stays whole, «a (b)» may part.
        return False
    if spaced:
        return True
    if before in WESTERN and after in WESTERN:
        return False
    return not (before in RANGE_BEFORE | {_C.FULLWIDTH_PREFIX} and after in RANGE_AFTER)


_ADDRESS = re.compile(
    r"https?://|www\.|[^\s@]+@[^\s@]+\.|[a-z0-9]/[a-z0-9]+/|\.(?:com|cn|org|net)\b"
)
_ADDRESS_CHANCE = re.compile(r"(?<=[/.\-_?&=#@])(?=[^/.\-_?&=#@])")
_COMPOUND_CHANCE = re.compile(
    r"(?<=[^\W\d_]{2}[-‐])(?=[^\W\d_]{3})|(?<=[^\W\d_]{2}/)(?=[^\W\d_]{2})|(?<=[\ufdd4])(?=\w)"
)


def word_chances(word: str) -> list[int]:
    """Find where an unspaced Western word may break without a hyphen (CLREQ § 3.2.4).

    An address breaks after / . - and its like; another word after a hyphen or a solidus that
    has letters on both sides, and after an em dash. Figures never break.
    """
    if len(word) < 5:
        return []
    if _ADDRESS.search(word):
        return [
            match.start()
            for match in _ADDRESS_CHANCE.finditer(word)
            if 3 < match.start() < len(word) - 1
        ]
    return [match.start() for match in _COMPOUND_CHANCE.finditer(word)]


_PLAIN_WORD = re.compile(r"[^\W\d_]{5,}")


@lru_cache(maxsize=4096)
def hyphenation_points(word: str, language: str) -> tuple[int, ...]:
    """Find where a dictionary lets a Western word be cut with a hyphen.

    Names in capitals and words that hold figures stay whole, as do two letters at the start
    and three at the end.
    """
    import pyphen  # type: ignore[import-untyped]

    code = pyphen.language_fallback(language.replace("-", "_")) or "en_US"
    dictionary = pyphen.Pyphen(lang=code, left=2, right=3)
    if any(character.isdigit() for character in word):
        return ()
    points: list[int] = []
    for match in _PLAIN_WORD.finditer(word):
        if not match[0].isupper():
            points += (match.start() + int(point) for point in dictionary.positions(match[0]))
    return tuple(points)
