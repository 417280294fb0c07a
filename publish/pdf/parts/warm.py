"""Loaded in the process that workers are forked from: all that is the same for any PDF."""

from __future__ import annotations

from publish.check import pdf_text
from publish.layouts.warm import load_templates
from publish.pdf.parts import folios, fonts, making, marks

TASKS = (
    making.make_part,
    folios.make_folios,
    fonts.make_font,
    marks.make_marks,
    pdf_text.page_texts,
)

load_templates("print")
