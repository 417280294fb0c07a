"""The PDFs of an issue, as data: what each is for decides colours, boxes, marks and links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfTarget:
    """One kind of PDF.

    ``standard`` is what it is built to; ``version`` the least version of PDF for that.
    """

    name: str
    standard: str
    version: str
    inks: bool
    """Colours and pictures are those of the press; else sRGB."""
    sheet: bool
    """Pages have the bleed and the printer's marks that the press asks for."""
    links: bool
    """Links lead somewhere: annotations and named destinations stay."""
    tags: bool
    """Content is tagged, in reading order."""
    pages: str
    """The target whose pages these are: what they are made of is the same."""


PDF_TARGETS = {
    target.name: target
    for target in (
        PdfTarget("print", "PDF/X-4", "1.6", True, True, False, False, pages="print"),
        PdfTarget("screen", "PDF/UA-1", "1.7", False, False, True, True, pages="screen"),
        PdfTarget("archive", "PDF/A-2u", "1.7", False, False, True, True, pages="screen"),
    )
}
