"""Crop and registration marks: drawn once, put on every page."""

from __future__ import annotations

from publish.layouts import Setup
from publish.pdf.styles import printers_marks
from publish.pdf.weasy import render


def make_marks(setup: Setup) -> bytes:
    """Return a PDF of one page that holds the printer's marks alone."""
    return render("<body></body>", printers_marks(setup.theme.geometry), ())
