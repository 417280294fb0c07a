"""What a house decides about its lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PunctuationStyle(StrEnum):
    """How wide marks are before any adjustment (GB/T 15834, CLREQ § 3.1.6)."""

    QUANJIAO = "quanjiao"
    """全角: every mark takes one em."""
    KAIMING = "kaiming"
    """开明: 。！？ take one em, all other marks half an em."""
    BANJIAO = "banjiao"
    """半角: every mark takes half an em."""


class Prohibition(StrEnum):
    """The four sets of marks kept from a line's start and end (CLREQ § 3.1.4)."""

    NONE = "none"
    BASIC = "basic"
    GB = "gb"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules of one house. Lengths are in em of the character they stand at."""

    style: PunctuationStyle = PunctuationStyle.QUANJIAO
    prohibition: Prohibition = Prohibition.STRICT
    hanging: bool = False
    """Let ，、。 hang out of the measure where they would not fit (CLREQ § 3.1.7)."""
    trim_line_start: bool = True
    """Cut the blank half of an opening mark at a line's start (CLREQ § 3.1.6.3)."""
    adjacent_cut: float = 0.5
    """Blank taken out between two marks that meet; 1.0 for the tighter style (§ 3.1.6.2)."""
    chinese_western_gap: float = 0.25
    chinese_western_least: float = 0.125
    chinese_western_most: float = 0.5
    """The gap between Chinese and Western, and how far it may give (§§ 3.2.2, 3.5.3, 3.5.4)."""
    word_space_least: float = 0.25
    word_space_most: float = 0.5
    """How far the space between Western words may give (§§ 3.5.3, 3.5.4)."""
    hyphenate: bool = False
    """Cut Western words by dictionary where that helps a line (§ 3.2.4)."""
    loose: float = 0.2
    """A line whose mean added gap is larger is loose."""
