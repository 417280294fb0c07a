"""fonts.yaml → the catalogue: the program's own, and a project's over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.diagnostics import Finding
from publish.errors import InputError
from publish.files import nearest, read_text, shown
from publish.fonts.catalogue import Catalogue
from publish.fonts.family import Face, Family
from publish.fonts.installed import find_font, project_faces
from publish.manifest.yaml_lines import LinedData, load
from publish.resources import resource

FAMILY_KEYS = ("licence", "debian", "faces", "variants")
EXAMPLE = "write it as the program's own fonts.yaml does; see: docs/guide/fonts.md"


def read_catalogue(root: Path | None) -> Catalogue:
    """Read the program's fonts.yaml and, over it, the project's own where it has one.

    What the project's file leaves out stays as the program has it.
    Raises InputError with every mistake in the file.
    """
    path = resource("fonts", "fonts.yaml")
    sheets = [_Sheet(path.name, load(read_text(path, path.parent), path.name))]
    own = root / "fonts" / "fonts.yaml" if root else None
    if root and own and own.is_file():
        file = shown(own, root)
        sheets.append(_Sheet(file, load(read_text(own, root), file)))
    findings = [finding for sheet in sheets for finding in sheet.findings()]
    if findings:
        raise InputError(findings)
    return _Reader(sheets, root).catalogue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One fonts.yaml as it was read."""

    file: str
    data: LinedData

    def wrong(self, path: tuple[str | int, ...], message: str, hint: str = EXAMPLE) -> Finding:
        return Finding("fonts-yaml", message, file=self.file, line=self.data.line(path), hint=hint)

    def part(self, name: str) -> dict[str, Any]:
        value = self.data.value
        found = value.get(name) if isinstance(value, dict) else None
        return found if isinstance(found, dict) else {}

    def findings(self) -> list[Finding]:
        value = self.data.value
        if not isinstance(value, dict):
            return [self.wrong((), "the file holds no roles and no families")]
        found = [self._unknown((), key, ("roles", "families")) for key in value]
        found += [
            self.wrong((name,), f"{name} is no mapping")
            for name in ("roles", "families")
            if not isinstance(value.get(name, {}), dict)
        ]
        found += [self._role(role, names) for role, names in self.part("roles").items()]
        for name, entry in self.part("families").items():
            found += self._family(name, entry)
        return [finding for finding in found if finding]

    def _unknown(self, path: tuple[str, ...], key: str, known: tuple[str, ...]) -> Finding | None:
        if key in known:
            return None
        meant = nearest(str(key), list(known))
        hint = f"did you mean “{meant}”?" if meant else f"known: {', '.join(known)}"
        return self.wrong((*path, key), f"there is no key “{key}” here", hint)

    def _role(self, role: str, value: Any) -> Finding | None:
        names = value if isinstance(value, list) else [value]
        if names and all(isinstance(name, str) and name for name in names):
            return None
        hint = f"write for example {role}: [Noto Serif CJK SC, BabelStone Han]"
        return self.wrong(("roles", role), f"the role {role} is no list of families", hint)

    def _family(self, name: str, entry: Any) -> list[Finding | None]:
        path = ("families", name)
        if not isinstance(entry, dict):
            return [self.wrong(path, f"the family “{name}” is no mapping")]
        found = [self._unknown(path, key, FAMILY_KEYS) for key in entry]
        faces = entry.get("faces")
        if not isinstance(faces, list) or not faces:
            return [*found, self.wrong(path, f"the family “{name}” has no faces")]
        found += [
            self.wrong(
                (*path, "faces", index),
                f"a face of “{name}” needs a file and a weight from 1 to 1000",
                "write for example {weight: 400, file: HouseSong.ttf}",
            )
            for index, face in enumerate(faces)
            if not _is_face(face)
        ]
        variants = entry.get("variants", {})
        if not isinstance(variants, dict) or not all(isinstance(v, str) for v in variants.values()):
            hint = "write for example zh-Hant: Noto Serif CJK TC"
            message = f"the variants of “{name}” are no families by language"
            found.append(self.wrong((*path, "variants"), message, hint))
        return found


def _is_face(face: Any) -> bool:
    return (
        isinstance(face, dict)
        and isinstance(face.get("file"), str)
        and isinstance(face.get("weight"), int)
        and 1 <= face["weight"] <= 1000
    )


class _Reader:
    """Builds the catalogue from sheets that were found right, the later over the earlier."""

    def __init__(self, sheets: list[_Sheet], root: Path | None) -> None:
        self.sheets, self.root = sheets, root
        self.entries: dict[str, dict[str, Any]] = {}
        for sheet in sheets:
            self.entries |= sheet.part("families")
        for entry in list(self.entries.values()):
            for variant in entry.get("variants", {}).values():
                self.entries.setdefault(variant, {**entry, "variants": {}})
        self.findings: list[Finding] = []

    def catalogue(self) -> Catalogue:
        roles: dict[str, tuple[str, ...]] = {}
        found: dict[str, Family] = {}
        for sheet in self.sheets:
            for role, value in sheet.part("roles").items():
                roles[role] = (value,) if isinstance(value, str) else tuple(value)
        for role, names in roles.items():
            for name in names:
                if name not in found and (family := self._family(role, name)):
                    found[name] = family
                    for _, variant in family.variants:
                        found.setdefault(variant, self._entered(variant))
        if self.findings:
            raise InputError(self.findings)
        here = {name: family for name, family in found.items() if family.faces}
        absent = {name: family for name, family in found.items() if not family.faces}
        return Catalogue(here, absent, roles)

    def _family(self, role: str, name: str) -> Family | None:
        """Return a family from its entry, or, without one, from the project's fonts folder."""
        if name in self.entries:
            return self._entered(name)
        if faces := project_faces(name, self.root):
            return Family(name, "", "", faces, ())
        sheet = next(s for s in reversed(self.sheets) if role in s.part("roles"))
        meant = nearest(name, list(self.entries))
        hint = (
            f"did you mean “{meant}”?"
            if meant
            else "describe it under families, or put its files into the project's fonts folder"
        )
        message = f"the role {role} names “{name}”, which is no family here and no font in fonts/"
        self.findings.append(sheet.wrong(("roles", role), message, hint))
        return None

    def _entered(self, name: str) -> Family:
        entry = self.entries[name]
        found, missing = [], []
        for face in entry["faces"]:
            path, own = find_font(face["file"], self.root)
            if path is None:
                missing.append(face["file"])
            else:
                found.append(Face(name, face["weight"], path, own))
        return Family(
            name,
            str(entry.get("licence", "")),
            str(entry.get("debian", "")),
            tuple(found),
            tuple(missing),
            tuple((tag.lower(), family) for tag, family in entry.get("variants", {}).items()),
        )
