"""Does a role's chain of fonts have every character it must set?"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from publish.diagnostics import Finding
from publish.fonts.catalogue import Catalogue, install_hint
from publish.fonts.chain import Chain, share_out
from publish.fonts.installed import families_with

INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")
MOST_NAMED = 3
"""Families named in a hint."""


class Setting(NamedTuple):
    """How a text is set: its role, its weight, and its language where it is not the issue's."""

    role: str
    weight: int
    language: str | None = None


Place = tuple[str | None, int | None]
"""A file and a line."""


def coverage_findings(
    catalogue: Catalogue,
    texts: Mapping[Setting, Iterable[str]],
    locate: Callable[[Setting, str], Place],
) -> list[Finding]:
    """Return a finding for each character that no font of its role's chain has.

    ``texts`` gives the characters in use by setting; ``locate`` finds the place of one.
    """
    missing: dict[tuple[str, str], Setting] = {}
    for setting, text in texts.items():
        chain = chain_of(catalogue, setting)
        _, left = share_out(chain, filter(is_visible, text), setting.weight)
        for character in sorted(left):
            missing.setdefault((setting.role, character), setting)
    return [
        _missing(_in_language(catalogue, setting), setting, character, locate(setting, character))
        for (_, character), setting in missing.items()
    ]


def chain_of(catalogue: Catalogue, setting: Setting) -> Chain:
    """Return the chain that sets a text, in the text's own language."""
    return _in_language(catalogue, setting).chain(setting.role)


def _in_language(catalogue: Catalogue, setting: Setting) -> Catalogue:
    return catalogue.in_language(setting.language) if setting.language else catalogue


def is_visible(character: str) -> bool:
    """Tell whether a font must have a glyph for the character."""
    code = ord(character)
    selects_a_variant = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return not selects_a_variant and unicodedata.category(character) not in INVISIBLE


def _missing(catalogue: Catalogue, setting: Setting, character: str, place: Place) -> Finding:
    file, line = place
    chain = ", ".join(family.name for family in catalogue.chain(setting.role))
    return Finding(
        "glyph-missing",
        f"no font of the role {setting.role} has “{character}” (U+{ord(character):04X}): {chain}",
        file=file,
        line=line,
        hint=_hint(catalogue, setting, character),
    )


def _hint(catalogue: Catalogue, setting: Setting, character: str) -> str:
    """Say which font has the character, the nearest at hand first."""
    wanting = catalogue.wanting(setting.role)
    if wanting:
        absent = ", ".join(family.name for family in wanting)
        packages = " ".join(dict.fromkeys(f.debian for f in wanting if f.debian))
        how = f"type: apt-get install {packages}" if packages else install_hint(wanting[0])
        return f"of its chain {absent} is not installed: {how}"
    known = [
        family.name
        for family in catalogue.families.values()
        if ord(character) in family.face(setting.weight).characters
    ]
    names = known or families_with(character)
    if names:
        having = ", ".join(names[:MOST_NAMED])
        return f"{having} on this machine has it: add it to the role in fonts/fonts.yaml"
    return "no installed font has it: put one that has it into the project's fonts folder"
