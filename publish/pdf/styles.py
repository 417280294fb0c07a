"""From theme and fonts to what a print stylesheet names: families, font files, pictures."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from publish.cache import FOLDER
from publish.fonts import Catalogue
from publish.fonts.installed import single_file
from publish.layouts import Theme
from publish.model import Picture, Project

CACHED_FACES = f"{FOLDER}/faces"
"""Where faces cut from the project's font collections lie."""

PROJECT_SCHEME = "project"
"""Files are named from the project's root, so that its place on the disk is not in the PDF."""

PIXELS = 96 / 72
"""CSS pixels in a point."""


def print_families(theme: Theme, catalogue: Catalogue) -> dict[str, str]:
    """Return the CSS font-family list of each part of the page: its role's whole chain."""
    return {
        part: ", ".join(f'"{family.name}"' for family in catalogue.chain(role))
        for part, role in theme.font_roles.items()
    }


def font_faces(catalogue: Catalogue, root: Path) -> str:
    """Return rules for the font files that lie in the project itself."""
    faces = {
        face
        for chain in catalogue.chains.values()
        for family in chain
        for face in family.faces
        if face.project_font
    }
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{single_file(face, root / CACHED_FACES).resolve().as_uri()}") }}\n'
        for face in sorted(faces, key=lambda face: (face.family, face.weight))
    )


def project_url(project: Project, picture: Picture) -> str:
    """Return the URL by which WeasyPrint asks for a picture of the project."""
    path = picture.path.resolve().relative_to(project.root.resolve())
    return f"{PROJECT_SCHEME}:///{quote(path.as_posix())}"
