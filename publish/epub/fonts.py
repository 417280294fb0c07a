"""The EPUB's fonts: one subset for each face in use, of the characters its parts hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from publish.fonts import Catalogue, Face, subset_face
from publish.layouts import Theme
from publish.layouts.characters import characters_by_part
from publish.model import Issue

BOLD_PARTS = ("headline", "crosshead", "strong", "dateline", "masthead", "furniture")


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font file of the EPUB and the CSS rule that names it."""

    name: str
    content: bytes
    rule: str


def embedded_fonts(issue: Issue, theme: Theme, catalogue: Catalogue) -> list[EmbeddedFont]:
    """Return the subsets to embed, one for each face in use."""
    faces: defaultdict[tuple[str, Face], set[str]] = defaultdict(set)
    for part, characters in characters_by_part(issue).items():
        role = theme.font_roles[part]
        face = catalogue.roles[role].face(700 if part in BOLD_PARTS else 400)
        faces[(role, face)] |= characters
    return [
        _embedded(role, face, characters)
        for (role, face), characters in sorted(faces.items(), key=lambda item: item[0][0])
    ]


def _embedded(role: str, face: Face, characters: set[str]) -> EmbeddedFont:
    content = subset_face(face, characters & {chr(code) for code in face.characters})
    ending = "otf" if content[:4] == b"OTTO" else "ttf"
    name = f"{role}-{face.weight}.{ending}"
    rule = (
        f'@font-face {{ font-family: "{role}"; font-weight: {face.weight}; '
        f'font-style: normal; src: url("../fonts/{name}"); }}'
    )
    return EmbeddedFont(name, content, rule)


def epub_families(theme: Theme) -> dict[str, str]:
    """Return the CSS font-family list of each part, embedded names alone and a generic."""
    generic = {"hei": "sans-serif"}
    return {
        part: f'"{role}", "song", {generic.get(role, "serif")}'
        for part, role in theme.font_roles.items()
    }
