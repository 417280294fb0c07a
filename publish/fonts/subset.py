"""Subsets of a face, by HarfBuzz."""

from __future__ import annotations

from collections.abc import Iterable

import uharfbuzz as hb

from publish.fonts.family import Face

LAYOUT_FEATURES = ("ccmp", "locl", "kern", "liga", "mark", "mkmk", "halt", "palt", "chws")


def subset_face(face: Face, characters: Iterable[str]) -> bytes:
    """Return an OpenType font of just these characters, the same bytes for the same input."""
    source = hb.Face(hb.Blob.from_file_path(face.path), face.index)
    subset = hb.SubsetInput()
    subset.sets(hb.SubsetInputSets.UNICODE).set(
        {ord(character) for character in characters} | {0x20}
    )
    features = subset.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    for tag in LAYOUT_FEATURES:
        features.add(int.from_bytes(tag.encode(), "big"))
    subset.flags = hb.SubsetFlags.NO_HINTING
    content: bytes = hb.subset(source, subset).blob.data
    return content


def media_type(content: bytes) -> str:
    """Return the EPUB core media type of a font (EPUB 3.3 § 3.2)."""
    return "font/otf" if content[:4] == b"OTTO" else "font/ttf"
