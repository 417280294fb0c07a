"""Does a role's font have every character it must set?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from publish.diagnostics import Finding
from publish.fonts.catalogue import Catalogue
from publish.model import Article


def coverage_findings(
    catalogue: Catalogue, texts: Mapping[str, str], articles: Iterable[Article]
) -> list[Finding]:
    """Return a finding for each character that its role's font lacks.

    ``texts`` gives the characters in use by role. The finding names the code point, the first
    manuscript that holds the character, and the installed family that has it.
    """
    findings = []
    articles = tuple(articles)
    for role, text in texts.items():
        family = catalogue.roles[role]
        has = family.face(400).characters
        for character in sorted({c for c in text if ord(c) not in has and _is_visible(c)}):
            findings.append(_missing(catalogue, role, character, articles))
    return findings


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp")


def _missing(
    catalogue: Catalogue, role: str, character: str, articles: tuple[Article, ...]
) -> Finding:
    others = [
        family.name
        for family in catalogue.families.values()
        if family.faces and ord(character) in family.face(400).characters
    ]
    holder = next((article for article in articles if character in repr(article)), None)
    return Finding(
        "glyph-missing",
        f"no glyph for “{character}” (U+{ord(character):04X}) in {catalogue.roles[role].name}, "
        f"which sets {role}",
        file=holder.file if holder else None,
        hint=f"set the role {role} in {others[0]}" if others else "install a font that has it",
    )
