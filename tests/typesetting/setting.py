"""Set a short paragraph in round numbers: 10 pt, the measure in characters."""

from __future__ import annotations

from typing import Any

from faces import FixedFace

from publish.typesetting import Line, Paragraph, Settings, TextRun, TextStyle, compose

EM = 10.0
FACE = FixedFace()
BODY = TextStyle(FACE, EM)
TRADITIONAL = TextStyle(FACE, EM, "zh-Hant")
ENGLISH = TextStyle(FACE, EM, "en")
SET_WIDE = 60.0
"""A measure, in characters, that nothing here fills: what stands there is natural."""


def paragraph(
    text: str | list[TextRun], characters: float, body: TextStyle = BODY, **options: Any
) -> Paragraph:
    """Compose text at a measure of so many characters; other options as ``compose`` takes."""
    align = options.pop("align", "justify")
    indent = options.pop("indent", 0.0)
    runs = [TextRun(text, body)] if isinstance(text, str) else text
    return compose(
        runs, characters * EM, indent=indent * EM, align=align, settings=Settings(**options)
    )


def lines(
    text: str | list[TextRun], characters: float, body: TextStyle = BODY, **options: Any
) -> list[str]:
    """Give the text of each line."""
    whole = text if isinstance(text, str) else "".join(run.text for run in text)
    set_lines = paragraph(text, characters, body, **options).lines
    return [whole[line.start : line.end] for line in set_lines]


def places(line: Line) -> list[float]:
    """Give where each glyph of a line starts, in characters."""
    return [round(x / EM, 3) for piece in line.pieces for x in piece.x]


def natural(text: str | list[TextRun], body: TextStyle = BODY, **options: Any) -> list[float]:
    """Give where each glyph starts, in characters, when nothing is adjusted."""
    (line,) = paragraph(text, SET_WIDE, body, **options).lines
    return places(line)
