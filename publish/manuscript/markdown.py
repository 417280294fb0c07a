"""Markdown as an editor types it."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publish.manuscript.emphasis import emphasise_beside_chinese
from publish.manuscript.tables import keep_surplus_cells

NOT_MARKDOWN = ("code", "html_block", "reference", "lheading")
"""Indented text is no program code (manuscripts indent paragraphs), HTML is judged tag by tag,
a line like ［甲］：… is text and not a link's definition, --- under a paragraph is a separator."""


@cache
def markdown() -> MarkdownIt:
    """Return the parser of manuscripts' bodies."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100})
    # Every target is judged by our own readers, with a message; markdown-it would leave a
    # forbidden one standing in the text, brackets and all. As it is typed, it can be told
    # from text when the manuscript's characters are counted.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.enable("table").disable(NOT_MARKDOWN)
    parser.use(footnote_plugin, inline=False)
    parser.use(attrs_plugin, spans=True, after=())
    emphasise_beside_chinese(parser)
    keep_surplus_cells(parser)
    return parser
