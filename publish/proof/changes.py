"""Which plates are to be made again: those whose picture changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from PIL import Image, ImageChops

from publish.check.preflight.separations import ghostscript, plates, separations
from publish.diagnostics import Finding
from publish.errors import MachineError, UsageError

RESOLUTION = 150
"""Pixels an inch: a comma is some two pixels wide."""
NAMES = ("C", "M", "Y", "K")


@dataclass(frozen=True, slots=True)
class Changed:
    """A page, and which of its plates changed; ``new``: there was none before."""

    page: int
    plates: tuple[str, ...]
    new: bool = False


def changed_plates(file: Path, before: Path) -> list[Changed]:
    """Return the pages of a print PDF whose plates differ from an earlier one's.

    ``before`` is that PDF, or a folder that holds one of the same name. Raises UsageError when
    it is not there, MachineError without Ghostscript.
    """
    earlier = before / file.name if before.is_dir() else before
    if not earlier.is_file():
        message = f"there is no earlier {earlier.name} in {before}"
        hint = "name the folder that holds the files of the last time"
        raise UsageError(Finding("file-none", message, hint=hint))
    if ghostscript() is None:
        message = "Ghostscript is not here: it makes the plates that are compared"
        hint = "type: apt-get install ghostscript"
        raise MachineError(Finding("ghostscript-missing", message, hint=hint))
    found = []
    with separations(file, RESOLUTION) as now, separations(earlier, RESOLUTION) as then:
        for number, (one, other) in enumerate(zip_longest(now, then), 1):
            if one is None:
                continue
            if other is None:
                found.append(Changed(number, NAMES, new=True))
            elif names := _different(plates(one), plates(other)):
                found.append(Changed(number, names))
    return found


def _different(one: Image.Image, other: Image.Image) -> tuple[str, ...]:
    if one.size != other.size:
        return NAMES
    pairs = zip(NAMES, one.split(), other.split(), strict=True)
    return tuple(name for name, a, b in pairs if ImageChops.difference(a, b).getbbox())
