"""Break headlines, kickers and decks where the sense allows, into lines that look even.

A text is cut into words (``words``), each gap between two words is given what a break there
costs the sense (``costs``, from what leans on what: ``leaning``), and the breaker takes the
fewest lines that fit and, among those, the cheapest and most even (``lines``).
"""

from publish.typesetting.headlines.lines import (
    BreakChance,
    break_headline,
    breakpoints,
    segments,
)

__all__ = ["BreakChance", "break_headline", "breakpoints", "segments"]
