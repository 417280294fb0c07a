"""The EPUB's fonts: one subset for each face in use, of the characters its parts hold.

A character is embedded in the first face of its part's chain that has it, so that a reader's own
fallback along a CSS list finds what the chain says. Two things such a list cannot say are custom
properties of each part, which a reader that does not know them passes over: ``--western``, the
fonts of Western marks, and one for each other language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from publish import timings
from publish.fonts import (
    MARKS,
    Catalogue,
    Chain,
    Face,
    Setting,
    chain_of,
    face_for,
    share_out,
)
from publish.fonts.subset import file_ending, subset_face
from publish.layouts import Setup, Theme
from publish.layouts.characters import Characters, setting_of

GENERIC = {"hei": "sans-serif"}
"""What stands at the end of a role's list; any other role ends in serif."""


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font file of the EPUB and the CSS rule that names it."""

    name: str
    content: bytes
    rule: str


@dataclass(frozen=True, slots=True)
class FontSheet:
    """The fonts of an EPUB, and what its stylesheet says of them."""

    files: tuple[EmbeddedFont, ...]
    style: dict[str, Any]


def make_fonts(setup: Setup, characters: Characters) -> tuple[FontSheet, FontSheet]:
    """Return the fonts of an EPUB without Western marks, and of one with some.

    Which it is, its documents say; the subsets are mostly the same.
    """
    with timings.span("EPUB fonts"):
        made: dict[tuple[Face, str, str], bytes] = {}
        plain, western = (
            EpubFonts(characters, setup.theme, setup.catalogue, has, made) for has in (False, True)
        )
        return plain.sheet(), western.sheet()


@dataclass(slots=True)
class EpubFonts:
    """The faces an issue's EPUB embeds, each with its characters, and the CSS that names them."""

    characters: Characters
    theme: Theme
    catalogue: Catalogue
    has_western_marks: bool = True
    """Whether any document marks a Western “ ” — …"""
    made: dict[tuple[Face, str, str], bytes] = field(default_factory=dict)
    """Subsets by face, characters and language."""
    plain: dict[Face, set[str]] = field(default_factory=lambda: defaultdict(set))
    western: dict[Face, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Western marks, where another face than that of the Chinese ones draws them."""
    languages: dict[Face, str] = field(default_factory=dict)
    """The language a face is subset for."""
    others: dict[str, Catalogue] = field(default_factory=dict)
    """The catalogue in each other language that has fonts of its own."""
    names: dict[str, str] = field(default_factory=dict)
    """The CSS name of each family."""

    def __post_init__(self) -> None:
        for (part, language), characters in self.characters.items():
            self._take(setting_of(self.theme, part, language), characters)
        self.names.update(self._name_families())

    def _take(self, setting: Setting, characters: set[str]) -> None:
        chain = chain_of(self.catalogue, setting)
        language = setting.language
        if language and chain != self.catalogue.chain(setting.role):
            self.others[language] = self.catalogue.in_language(language)
        shares, _ = share_out(chain, characters, setting.weight)
        for face, share in shares.items():
            self.plain[face] |= share
            self.languages.setdefault(face, language or self.catalogue.language)
        for mark in characters & MARKS if self.has_western_marks and _has_latin(characters) else ():
            drawn = face_for(chain, mark, setting.weight, western=True)
            if drawn and mark not in shares.get(drawn, ()):
                self.western[drawn].add(mark)

    def _name_families(self) -> Iterator[tuple[str, str]]:
        """Yield a CSS name for each family: the role it is first found in, then role-2 …"""
        embedded = {face.family for face in (*self.plain, *self.western)}
        taken: Counter[str] = Counter()
        for catalogue in (self.catalogue, *self.others.values()):
            for role, chain in catalogue.chains.items():
                for family in chain:
                    if family.name in embedded:
                        embedded.remove(family.name)
                        taken[role] += 1
                        yield family.name, role if taken[role] == 1 else f"{role}-{taken[role]}"

    def sheet(self) -> FontSheet:
        """Return the fonts and the values of the stylesheet's template."""
        files = self.files()
        style = {
            "font": self.families(),
            "font_alternatives": self.alternatives(),
            "font_faces": "\n".join(font.rule for font in files),
            "font_rules": self.rules(),
        }
        return FontSheet(tuple(files), style)

    # --- Files -------------------------------------------------------------------------------

    def files(self) -> list[EmbeddedFont]:
        """Return the subsets to embed, sorted by name."""
        return sorted(
            [
                *(self._embed(face, share) for face, share in self.plain.items()),
                *(self._embed(face, share, "-western") for face, share in self.western.items()),
            ],
            key=lambda font: font.name,
        )

    def _embed(self, face: Face, characters: set[str], suffix: str = "") -> EmbeddedFont:
        family = self.names[face.family] + suffix
        language = self.languages.get(face, self.catalogue.language)
        key = face, "".join(sorted(characters)), language
        if key not in self.made:
            woff2 = self.theme.font_format == "woff2"
            self.made[key] = subset_face(face, characters, language, woff2=woff2)
        content = self.made[key]
        name = f"{family}-{face.weight}.{file_ending(content)}"
        rule = (
            f'@font-face {{ font-family: "{family}"; font-weight: {face.weight}; '
            f'font-style: normal; src: url("../fonts/{name}"); }}'
        )
        return EmbeddedFont(name, content, rule)

    # --- Styles ------------------------------------------------------------------------------

    def families(self) -> dict[str, str]:
        """Return the CSS font-family list of each part: embedded names alone, and a generic."""
        return {
            part: self._list(role, self.catalogue) for part, role in self.theme.font_roles.items()
        }

    def alternatives(self) -> dict[str, str]:
        """Return what each part declares beside its families: custom properties, or nothing."""
        return {part: self._properties(role) for part, role in self.theme.font_roles.items()}

    def _properties(self, role: str) -> str:
        lists = {_property(code): self._list(role, self.others[code]) for code in self.others}
        if self.western:
            lists["--western"] = self._list(role, self.catalogue, western=True)
        return "".join(f" {name}: {lists[name]};" for name in sorted(lists))

    def rules(self) -> str:
        """Return the rules that use the custom properties, and draw Western marks narrow."""
        found = [
            f'[lang="{code}"], [lang="{code}"] * {{ font-family: var({_property(code)}); }}'
            for code in sorted(self.others)
        ]
        if self.has_western_marks:
            family = "font-family: var(--western); " if self.western else ""
            found.append(f'.western {{ {family}font-feature-settings: "pwid"; }}')
        return "\n".join(found)

    def _list(self, role: str, catalogue: Catalogue, *, western: bool = False) -> str:
        """Return the families of a role; song's stand behind it, for what a template adds."""
        chain: Chain = (*catalogue.chain(role), *catalogue.chain("song"))
        names = [f"{name}-western" for name in self._named(chain, self.western) if western]
        names += self._named(chain, self.plain)
        return ", ".join([*(f'"{name}"' for name in names), GENERIC.get(role, "serif")])

    def _named(self, chain: Chain, embedded: dict[Face, set[str]]) -> list[str]:
        families = {face.family for face in embedded}
        return list(dict.fromkeys(self.names[f.name] for f in chain if f.name in families))


def _has_latin(characters: set[str]) -> bool:
    return any(character.isascii() and character.isalpha() for character in characters)


def _property(language: str) -> str:
    return f"--{language.lower()}"
