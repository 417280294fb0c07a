"""The font catalogue: which families set which role, and where their files are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from publish.diagnostics import Finding
from publish.errors import InputError, MachineError
from publish.files import nearest, read_text, shown
from publish.fonts.chain import Chain
from publish.fonts.family import Face, Family
from publish.fonts.installed import find_font, project_faces
from publish.fonts.languages import is_east_asian, tags
from publish.manifest.yaml_lines import load
from publish.resources import resource

ROLES = ("song", "hei", "kai")


@dataclass(frozen=True)
class Catalogue:
    """All families, and the chain of each role in one language.

    ``families`` holds those of every chain and their variants that have a face on this machine;
    ``absent`` those that have none. ``written`` is each role's chain as fonts.yaml has it.
    """

    families: dict[str, Family]
    absent: dict[str, Family]
    written: dict[str, tuple[str, ...]]
    language: str = "zh-Hans"

    def in_language(self, language: str) -> Catalogue:
        """Return the catalogue whose chains have the language's variants.

        A Western language has none of its own: Latin text in a Chinese issue is set in the
        issue's fonts.
        """
        if language == self.language or not is_east_asian(language):
            return self
        return replace(self, language=language)

    @cached_property
    def chains(self) -> dict[str, Chain]:
        """Return each role's families on this machine, in the catalogue's language."""
        return {
            role: tuple(self.families[name] for name in names if name in self.families)
            for role, names in self._names.items()
        }

    @cached_property
    def roles(self) -> dict[str, Family]:
        """Return the family that leads each role's chain."""
        return {role: chain[0] for role, chain in self.chains.items() if chain}

    def chain(self, role: str) -> Chain:
        """Return a role's families on this machine.

        Raises InputError when there is no such role.
        """
        try:
            return self.chains[role]
        except KeyError:
            meant = nearest(role, list(self.chains))
            hint = f"did you mean “{meant}”?" if meant else f"known: {', '.join(self.chains)}"
            message = f"the theme asks for the font role “{role}”, which fonts.yaml does not have"
            raise InputError(Finding("font-role", message, hint=hint)) from None

    def whole_chain(self, role: str) -> Chain:
        """Return a role's families, those that are not on this machine too."""
        known = self.families | self.absent
        return tuple(known[name] for name in self._names[role])

    def wanting(self, role: str) -> list[Family]:
        """Return the families of a role's chain of which no file is on this machine."""
        return [self.absent[name] for name in self._names[role] if name in self.absent]

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        known = self.families | self.absent
        return {
            role: tuple(_variant(known[name], self.language) for name in names)
            for role, names in self.written.items()
        }

    def require(self) -> None:
        """Raise MachineError when a file of a family that leads a chain is not installed.

        The other families of a chain are missed only by a text that needs them.
        """
        known = self.families | self.absent
        leading = dict.fromkeys(names[0] for names in self._names.values())
        findings = [finding for name in leading for finding in not_installed(known[name])]
        if findings:
            raise MachineError(findings)


def not_installed(family: Family) -> list[Finding]:
    """Return a finding for each file of the family that is not on this machine."""
    hint = install_hint(family)
    return [
        Finding(
            "font-missing",
            f"the font file {name} of the family “{family.name}” is not installed",
            hint=hint,
        )
        for name in family.missing
    ]


def install_hint(family: Family) -> str:
    """Say how a family that is not here is brought here."""
    if family.debian:
        return f"type: apt-get install {family.debian}"
    return "put the file into the project's fonts folder"


def read_catalogue(root: Path | None) -> Catalogue:
    """Read the program's fonts.yaml and, over it, the project's own where it has one.

    What the project's file leaves out stays as the program has it.
    Raises InputError when the file is wrong.
    """
    path = resource("fonts", "fonts.yaml")
    roles, families = _read(path, path.parent, path.name)
    own = root / "fonts" / "fonts.yaml" if root else None
    file = path.name
    if root and own and own.is_file():
        file = shown(own, root)
        more_roles, more_families = _read(own, root, file)
        roles, families = roles | more_roles, families | more_families
    try:
        return _catalogue(roles, families, root)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            _wrong(f"a role or a family is wrong or incomplete: {error}", file)
        ) from error


def _wrong(message: str, file: str) -> Finding:
    hint = "give each role a family or a list of them, and each family licence and faces"
    return Finding("fonts-yaml", message, file=file, hint=hint)


def _read(path: Path, base: Path, file: str) -> tuple[dict[str, Any], dict[str, Any]]:
    value: Any = load(read_text(path, base), file).value
    if not isinstance(value, dict):
        raise InputError(_wrong("the file holds no roles and no families", file))
    roles, families = value.get("roles") or {}, value.get("families") or {}
    if not isinstance(roles, dict) or not isinstance(families, dict):
        raise InputError(_wrong("roles and families are not mappings", file))
    return roles, families


def _catalogue(roles: dict[str, Any], entries: dict[str, Any], root: Path | None) -> Catalogue:
    written = {role: _chain_names(value) for role, value in roles.items()}
    found: dict[str, Family] = {}
    for name in dict.fromkeys(name for names in written.values() for name in names):
        family = found[name] = _family(name, entries.get(name), root)
        for _, variant in family.variants:
            entry = entries.get(variant) or {**entries[name], "variants": {}}
            found.setdefault(variant, _family(variant, entry, root))
    return Catalogue(
        {name: family for name, family in found.items() if family.faces},
        {name: family for name, family in found.items() if not family.faces},
        written,
    )


def _chain_names(value: Any) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else tuple(value)
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"a role needs names of families, not {value!r}")
    return names


def _family(name: str, entry: dict[str, Any] | None, root: Path | None) -> Family:
    """Return a family from its entry, or, without one, from the project's fonts folder."""
    if entry is None:
        faces = project_faces(name, root)
        if not faces:
            raise ValueError(
                f"“{name}” is neither under families nor the name of a font in the project's "
                "fonts folder"
            )
        return Family(name, "", "", faces, ())
    found, missing = [], []
    for face in entry["faces"]:
        path, own = find_font(face["file"], root)
        if path is None:
            missing.append(face["file"])
        else:
            found.append(Face(name, int(face["weight"]), path, own))
    variants = tuple((tag.lower(), family) for tag, family in entry.get("variants", {}).items())
    licence, debian = entry.get("licence", ""), entry.get("debian", "")
    return Family(name, licence, debian, tuple(found), tuple(missing), variants)


def _variant(family: Family, language: str) -> str:
    variants = dict(family.variants)
    return next((variants[tag] for tag in tags(language) if tag in variants), family.name)
