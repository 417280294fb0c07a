"""Loaded in the process that workers are forked from: all that is the same for any EPUB.

The cover is one task of many, and loads what it needs itself.
"""

from __future__ import annotations

from publish.epub import documents, fonts, pictures
from publish.fonts import subset
from publish.layouts.warm import load_templates

TASKS = (
    documents.make_section, fonts.make_subset, subset.subset_face, pictures.screen_picture
)  # fmt: skip

load_templates("epub")
