"""Loaded in the process that workers are forked from: what any issue's layouts need."""

from __future__ import annotations

from publish.layouts.environment import environment
from publish.layouts.theme import DEFAULT_THEME
from publish.resources import resource
from publish.typesetting.headlines import break_headline

FILLED = (".html", ".xhtml", ".css")
"""Endings of templates."""

SHARED = ("article.html", "blocks.html", "text.html")
"""Templates that both outputs are filled from."""

break_headline("预先读入词典", 3.0, width=lambda text: float(len(text)))


def load_templates(output: str) -> None:
    """Read the templates of the theme that comes along: those for ``epub``, or for ``print``."""
    ready = environment([resource("styles", DEFAULT_THEME)], output, str, str)
    for name in ready.list_templates(filter_func=lambda name: name.endswith(FILLED)):
        if name.startswith("layouts/"):  # the same file by its other name
            continue
        if name in SHARED or name.startswith("epub") == (output == "epub"):
            ready.get_template(name)
