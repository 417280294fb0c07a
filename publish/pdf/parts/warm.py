"""Loaded in the process that workers are forked from: all that is the same for any issue."""

from __future__ import annotations

from publish.pdf.parts import folios, fonts, making, marks
from publish.typesetting.headlines import break_headline

TASKS = (making.make_part, folios.make_folios, fonts.make_font, marks.make_marks)

break_headline("预先读入词典", 3.0, width=lambda text: float(len(text)))
