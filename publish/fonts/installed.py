"""Font files on this machine: in the project, in the system's folders, in fontconfig's list."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from publish.fonts.family import FONT_FILES, Face, family_names


def find_font(file: str, root: Path | None) -> tuple[Path | None, bool]:
    """Return where the font file is, and whether it is the project's own."""
    if root and (own := root / "fonts" / Path(file).name).is_file():
        return own, True
    return _installed().get(file.lower()), False


def project_faces(family: str, root: Path | None) -> tuple[Face, ...]:
    """Return the upright faces of a family whose files lie in the project's fonts folder."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    faces = []
    for path in sorted((root / "fonts").glob("*")) if root else ():
        if path.suffix.lower() not in FONT_FILES:
            continue
        try:
            with path.open("rb") as stream:
                is_collection = stream.read(4) == b"ttcf"
            opened = TTCollection(path, lazy=True) if is_collection else TTFont(path, lazy=True)
        except (OSError, TTLibError):
            continue
        with opened:
            for font in opened.fonts if is_collection else (opened,):
                if family in family_names(font) and not font["OS/2"].fsSelection & 1:
                    faces.append(Face(family, font["OS/2"].usWeightClass, path, True))
    return tuple(sorted(dict.fromkeys(faces), key=lambda face: (face.weight, face.path.name)))


def single_file(face: Face, folder: Path) -> Path:
    """Return a file that holds this face alone, written into the folder if it is a collection's.

    WeasyPrint gives the family's name to every face of a file, and would take a collection's
    first for any of them.
    """
    if not face.is_in_collection:
        return face.path
    from fontTools.ttLib import TTFont

    folder.mkdir(parents=True, exist_ok=True)
    with TTFont(face.path, fontNumber=face.index, lazy=True, recalcTimestamp=False) as font:
        ending = "otf" if font.sfntVersion == "OTTO" else "ttf"
        target = folder / f"{face.path.stem}-{face.index}.{ending}"
        font.save(target, reorderTables=False)
    return target


def font_folders() -> list[Path]:
    """Return the folders in which this kind of system keeps its fonts."""
    home = Path.home()
    candidates = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        home / "Library/Fonts",
        Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    ]
    return [folder for folder in candidates if folder.is_dir()]


_FOUND: dict[str, Path] = {}


def _installed() -> dict[str, Path]:
    if not _FOUND:
        for folder in font_folders():
            for path in sorted(folder.rglob("*")):
                if path.suffix.lower() in FONT_FILES:
                    _FOUND.setdefault(path.name.lower(), path)
    return _FOUND


def families_with(character: str) -> list[str]:
    """Return the installed families that have a character, as fontconfig knows them, sorted.

    Empty where fontconfig's ``fc-list`` is not on this machine.
    """
    command = ["fc-list", f":charset={ord(character):x}", "family"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return []
    lines = done.stdout.decode("utf-8", "replace").replace("\\", "").splitlines()
    return sorted({name for line in lines if (name := line.split(",")[0].strip())})
