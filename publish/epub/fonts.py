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
from publish.epub.packing import Embedded, Packed
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
from publish.layouts import Setup, Theme
from publish.layouts.characters import Characters, setting_of

GENERIC = {"hei": "sans-serif"}
"""What stands at the end of a role's list; any other role ends in serif."""


@dataclass(frozen=True, slots=True)
class Subset:
    """A face as it is to be embedded: of these characters alone, drawn for a language.

    The face is told by its names, not by its place, which may be another the next time.
    """

    family: str
    weight: int
    characters: str
    language: str
    woff2: bool

    def face(self, catalogue: Catalogue) -> Face:
        """Return the face."""
        return catalogue.families[self.family].face(self.weight)

    def identity(self, catalogue: Catalogue) -> tuple[object, ...]:
        """Return what tells the face's file from another, as long as it stays as it is."""
        path = self.face(catalogue).path
        file = path.stat()
        return self.family, self.weight, path.name, file.st_size, file.st_mtime_ns


@dataclass(frozen=True, slots=True)
class PlannedFont:
    """A subset and the CSS name of its family."""

    family: str
    subset: Subset

    @property
    def stem(self) -> str:
        """Return its file's name without an ending."""
        return f"{self.family}-{self.subset.weight}"

    def rule(self, name: str) -> str:
        """Return the CSS rule for its file's whole ``name``."""
        return (
            f'@font-face {{ font-family: "{self.family}"; '
            f"font-weight: {self.subset.weight}; "
            f'font-style: normal; src: url("../fonts/{name}"); }}'
        )


@dataclass(frozen=True, slots=True)
class FontPlan:
    """The fonts of an EPUB, and the values of its stylesheet's template but ``font_faces``."""

    fonts: tuple[PlannedFont, ...]
    style: dict[str, Any]


def plan_fonts(setup: Setup, characters: Characters) -> tuple[FontPlan, FontPlan]:
    """Return the fonts of an EPUB without Western marks, and those of one with some.

    Which it is, its documents say; the subsets are mostly the same.
    """
    plain, western = (
        EpubFonts(characters, setup.theme, setup.catalogue, has).plan() for has in (False, True)
    )
    return plain, western


def make_subset(face: Face, subset: Subset) -> tuple[Embedded]:
    """Return a font of the EPUB."""
    from publish.fonts.subset import file_ending, subset_face

    with timings.span("EPUB fonts", f"{face.family} {face.weight}"):
        content = subset_face(face, subset.characters, subset.language, woff2=subset.woff2)
        return (Embedded(file_ending(content), Packed.of(content)),)


@dataclass(slots=True)
class EpubFonts:
    """The faces an issue's EPUB embeds, each with its characters, and the CSS that names them."""

    characters: Characters
    theme: Theme
    catalogue: Catalogue
    has_western_marks: bool = True
    """Whether any document marks a Western “ ” — …"""
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
        if self.theme.font_format == "none":
            return
        # The issue's own language first, whatever order its parts were found in.
        for part, language in sorted(self.characters, key=lambda key: (key[1] or "", key[0])):
            setting = setting_of(self.theme, part, language)
            self._take(setting, self.characters[part, language])
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

    def plan(self) -> FontPlan:
        """Return what is to be embedded, and the values of the stylesheet's template."""
        fonts = [
            *(self._font(face, share) for face, share in self.plain.items()),
            *(self._font(face, share, "-western") for face, share in self.western.items()),
        ]
        style = {
            "font": self.families(),
            "font_alternatives": self.alternatives(),
            "font_rules": self.rules(),
        }
        return FontPlan(tuple(fonts), style)

    def _font(self, face: Face, characters: set[str], suffix: str = "") -> PlannedFont:
        language = self.languages.get(face, self.catalogue.language)
        woff2 = self.theme.font_format == "woff2"
        shown = "".join(sorted(characters))
        subset = Subset(face.family, face.weight, shown, language, woff2)
        return PlannedFont(self.names[face.family] + suffix, subset)

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
