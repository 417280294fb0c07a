"""How well a finished PDF of Chinese text is set, measured from its glyphs' places alone.

Works on anyone's PDF: the glyphs are read with pdfminer.six, lines, columns and paragraphs are
found from positions, and nothing is asked of the program that made the file. The definitions
are in docs/typography-report.md.
"""

from __future__ import annotations

from publish.check.typography.figures import (
    Figures,
    Grid,
    Kind,
    LineMeasure,
    Occurrence,
    PageFigures,
    TypographyReport,
)
from publish.check.typography.measuring import measure, measure_lines
from publish.check.typography.report import as_dict, findings, table

__all__ = [
    "Figures",
    "Grid",
    "Kind",
    "LineMeasure",
    "Occurrence",
    "PageFigures",
    "TypographyReport",
    "as_dict",
    "findings",
    "measure",
    "measure_lines",
    "table",
]
