"""May a font be embedded, and subset? What its OS/2 table says of its licence.

OpenType 1.9.1, OS/2, fsType. The licence itself stands above these bits, but a font whose
maker set them against embedding is not put into a file that others read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from enum import StrEnum

from publish.diagnostics import Finding
from publish.fonts.family import Face

RESTRICTED = 0x0002
PREVIEW_AND_PRINT = 0x0004
EDITABLE = 0x0008
NO_SUBSETTING = 0x0100
BITMAP_ONLY = 0x0200


class Rights(StrEnum):
    """What a font's maker lets be done with it, in a word for the table of ``publish fonts``."""

    INSTALLABLE = "installable"
    EDITABLE = "editable"
    PREVIEW_AND_PRINT = "preview and print"
    RESTRICTED = "restricted"
    NO_SUBSETTING = "no subsetting"
    BITMAP_ONLY = "bitmaps only"
    UNSTATED = "not stated"


FORBIDDEN = {
    Rights.RESTRICTED: "its licence forbids embedding (OS/2 fsType bit 1)",
    Rights.NO_SUBSETTING: "it must not be subset, and only subsets are embedded "
    "(OS/2 fsType bit 8)",
    Rights.BITMAP_ONLY: "only its bitmaps may be embedded (OS/2 fsType bit 9)",
}


def rights(face: Face) -> Rights:
    """Return what the face's fsType allows; the strictest word where several hold."""
    table = face.harfbuzz.reference_table("OS/2").data
    if len(table) < 10:
        return Rights.UNSTATED
    version, fs_type = struct.unpack(">H6xH", table[:10])
    if fs_type & RESTRICTED and not (version < 3 and fs_type & (PREVIEW_AND_PRINT | EDITABLE)):
        return Rights.RESTRICTED  # before version 3 the least restrictive of several bits holds
    if fs_type & BITMAP_ONLY:
        return Rights.BITMAP_ONLY
    if fs_type & NO_SUBSETTING:
        return Rights.NO_SUBSETTING
    if fs_type & EDITABLE:
        return Rights.EDITABLE
    if fs_type & PREVIEW_AND_PRINT:
        return Rights.PREVIEW_AND_PRINT
    return Rights.INSTALLABLE


def embedding_findings(faces: Iterable[Face]) -> list[Finding]:
    """Return a finding for each font file that must not be embedded as a subset."""
    files = {(face.path, face.index): face for face in faces}
    return [
        _forbidden(face, why) for face in files.values() if (why := FORBIDDEN.get(rights(face)))
    ]


def _forbidden(face: Face, why: str) -> Finding:
    return Finding(
        "font-embedding",
        f"the font “{face.family}” must not be embedded: {why}",
        file=f"fonts/{face.path.name}" if face.project_font else face.path.name,
        hint="set its role in another font in fonts/fonts.yaml, or ask its maker for a version "
        "that may be embedded as a subset",
    )
