"""Compose a paragraph: runs of styled text and a measure in, lines of glyphs out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from publish.typesetting.galley import Galley, Shop
from publish.typesetting.justify import Placement, Setter
from publish.typesetting.lines import Line, Paragraph
from publish.typesetting.optimum import Breaker, Span
from publish.typesetting.settings import Settings
from publish.typesetting.text import TextRun

Align = Literal["justify", "start", "center", "end"]
_HOUSE = Settings()


def compose(
    runs: Sequence[TextRun],
    measure: float,
    *,
    indent: float = 0.0,
    settings: Settings = _HOUSE,
    align: Align = "justify",
) -> Paragraph:
    """Break runs into lines as wide as ``measure`` (pt) and place their glyphs.

    ``indent`` (pt) is the first line's; two ems in Chinese books and newspapers (CLREQ
    § 3.4.1). All lines but the last, and those before a forced break, are justified when
    ``align`` says so. Raises ``ValueError`` when the measure leaves no room for a line.
    """
    if measure - max(0.0, indent) <= 0:
        raise ValueError(f"no room for a line: measure {measure} pt, indent {indent} pt")
    if not any(run.text for run in runs):
        return Paragraph((), measure)
    galley = Galley(runs, shop_of(settings), measure)
    em = next((run.style.size for run in runs if not run.keep_with_previous), runs[0].style.size)
    breaker = Breaker(galley, measure, em, justify=align == "justify")
    setter = Setter(galley, em, align)
    lines: list[Line] = []
    for number, (first, after, text_start, text_end) in enumerate(galley.segments):
        own_indent = indent if number == 0 else 0.0
        spans = breaker.spans(first, after, own_indent)
        if not spans:
            lines.append(_empty_line(text_start, text_end, own_indent))
        for plan in _plans(galley, spans, text_start, text_end, measure, own_indent, align):
            lines.append(setter.line(plan))
    return Paragraph(tuple(lines), measure)


def natural_width(runs: Sequence[TextRun], settings: Settings = _HOUSE) -> float:
    """Return how wide (pt) the first line is of a text that no measure breaks."""
    galley = Galley(runs, shop_of(settings))
    first, after, *_ = galley.segments[0]
    if first == after:
        return 0.0
    lead, tail = galley.leads.get(first, 0.0), galley.tails.get(after - 1, 0.0)
    return galley.ends[after - 1] - galley.begins[first] + lead + tail


@lru_cache(maxsize=16)
def shop_of(settings: Settings) -> Shop:
    """Give the shop that keeps shaped atoms between paragraphs set by the same rules."""
    return Shop(settings)


def _plans(
    galley: Galley,
    spans: list[Span],
    text_start: int,
    text_end: int,
    measure: float,
    indent: float,
    align: Align,
) -> list[Placement]:
    """Say for each line of a segment what text it covers and how wide it is to be."""
    plans = []
    start = text_start
    for number, span in enumerate(spans):
        is_last = number == len(spans) - 1
        end = text_end if is_last else galley.starts[span.last + 1]
        own = indent if number == 0 else 0.0
        justified = align == "justify" and not is_last
        plans.append(Placement(span, start, end, measure - own, own, justified, is_last))
        start = end
    return plans


def _empty_line(start: int, end: int, indent: float) -> Line:
    return Line((), start, end, indent, 0.0, 0.0, 0.0, False, True, False, 0.0, ())
