"""Subset the fonts of a PDF with the HarfBuzz that comes with uharfbuzz.

WeasyPrint takes the system's, and Debian 12's 6.0 fails on LXGW WenKai once some 1,300 of its
glyphs are used ("Unable to subset"). One version everywhere also gives the same bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uharfbuzz as hb

DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables that a PDF has no use for: its glyphs have their places already (ISO 32000-2, 9.9)."""


@contextmanager
def small_fonts() -> Iterator[None]:
    """Let WeasyPrint make its fonts smaller with ``subset``."""
    from weasyprint.pdf.fonts import Font

    before, Font.subset = Font.subset, subset
    try:
        yield
    finally:
        Font.subset = before


def subset(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:
    """Reduce a WeasyPrint font to the glyphs it uses, which keep their numbers.

    Glyphs between them stay as empty ones; those behind the last are cut off.
    """
    if not to_unicode:
        return
    flags = (
        hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
        | hb.SubsetFlags.DESUBROUTINIZE
        | hb.SubsetFlags.RETAIN_GIDS
    )
    if font.missing:
        flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    if not hinting:
        flags |= hb.SubsetFlags.NO_HINTING
    face = hb.Face(hb.Blob(font.file_content), font.index)
    font.file_content = hb.subset(face, _input(set(to_unicode), flags)).blob.data


def _input(glyphs: set[int], flags: Any) -> Any:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).set(glyphs)
    dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in DROPPED:
        dropped.add(int.from_bytes(tag.encode(), "big"))
    wanted.flags = flags
    return wanted
