"""Loaded in the process that workers are forked from: all that is the same for any issue."""

from __future__ import annotations

from publish.layouts.environment import environment
from publish.layouts.theme import DEFAULT_THEME
from publish.pdf.parts import folios, fonts, making, marks
from publish.resources import resource
from publish.typesetting.headlines import break_headline

FILLED = (".html", ".xhtml", ".css")
"""Endings of templates."""

TASKS = (making.make_part, folios.make_folios, fonts.make_font, marks.make_marks)

break_headline("预先读入词典", 3.0, width=lambda text: float(len(text)))

for output in ("print", "epub"):
    ready = environment([resource("styles", DEFAULT_THEME)], output, str, str)
    for name in ready.list_templates(filter_func=lambda name: name.endswith(FILLED)):
        if not name.startswith("layouts/") and name.startswith("epub") == (output == "epub"):
            ready.get_template(name)
