"""The font catalogue: which family sets which role, and where its files are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from publish.diagnostics import Finding
from publish.errors import InputError, MachineError
from publish.files import read_text, shown
from publish.manifest.yaml_lines import load
from publish.resources import resource

ROLES = ("song", "hei", "kai", "latin")


@dataclass(frozen=True)
class Face:
    """One face of a family: a font file and, in a collection, its index there."""

    family: str
    weight: int
    path: Path
    project_font: bool = False

    @cached_property
    def index(self) -> int:
        """Return the face's index in a font collection, 0 in a file of its own."""
        if self.path.suffix.lower() not in (".ttc", ".otc"):
            return 0
        from fontTools.ttLib import TTCollection

        with TTCollection(self.path, lazy=True) as collection:
            for index, font in enumerate(collection.fonts):
                if font["name"].getBestFamilyName() == self.family:
                    return index
        raise InputError(
            Finding(
                "font-family",
                f"{self.path.name} holds no face of the family “{self.family}”",
                hint="correct the family's name in fonts/fonts.yaml",
            )
        )

    @cached_property
    def characters(self) -> frozenset[int]:
        """Return the code points this face has."""
        import uharfbuzz as hb

        return frozenset(hb.Face(hb.Blob.from_file_path(self.path), self.index).unicodes)


@dataclass(frozen=True)
class Family:
    """A font family with its licence and the faces found on this machine."""

    name: str
    licence: str
    debian: str
    faces: tuple[Face, ...]
    missing: tuple[str, ...]

    def face(self, weight: int) -> Face:
        """Return the face of the nearest weight."""
        return min(self.faces, key=lambda face: abs(face.weight - weight))


@dataclass(frozen=True)
class Catalogue:
    """All families, and the family of each role."""

    families: dict[str, Family]
    roles: dict[str, Family]

    def require(self) -> None:
        """Raise MachineError when a font file that a role needs is not on this machine."""
        findings = [
            Finding(
                "font-missing",
                f"the font file {name} of the family “{family.name}” is not installed",
                hint=f"type: apt-get install {family.debian}"
                if family.debian
                else "put the file into the project's fonts folder",
            )
            for family in dict.fromkeys(self.roles.values())
            for name in family.missing
        ]
        if findings:
            raise MachineError(findings)


def read_catalogue(root: Path | None) -> Catalogue:
    """Read the project's fonts/fonts.yaml where it has one, else the program's own.

    Raises InputError when the file is wrong.
    """
    own = root / "fonts" / "fonts.yaml" if root else None
    path = own if own and own.is_file() else resource("fonts", "fonts.yaml")
    base = root if root and path == own else path.parent
    file = shown(path, base)
    data = load(read_text(path, base), file)
    value: Any = data.value
    try:
        families = {name: _family(name, entry, root) for name, entry in value["families"].items()}
        roles = {role: families[value["roles"][role]] for role in ROLES}
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            Finding(
                "fonts-yaml",
                f"a role or a family is missing or incomplete: {error}",
                file=file,
                hint=f"give each of {', '.join(ROLES)} a family, and each family licence and faces",
            )
        ) from error
    return Catalogue(families, roles)


def _family(name: str, entry: dict[str, Any], root: Path | None) -> Family:
    faces, missing = [], []
    for face in entry["faces"]:
        path, own = find_font(face["file"], root)
        if path is None:
            missing.append(face["file"])
        else:
            faces.append(Face(name, int(face["weight"]), path, own))
    return Family(
        name, entry.get("licence", ""), entry.get("debian", ""), tuple(faces), tuple(missing)
    )


def find_font(file: str, root: Path | None) -> tuple[Path | None, bool]:
    """Return where the font file is, and whether it is the project's own."""
    if root and (own := root / "fonts" / Path(file).name).is_file():
        return own, True
    return _installed().get(file.lower()), False


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
                if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc"):
                    _FOUND.setdefault(path.name.lower(), path)
    return _FOUND
