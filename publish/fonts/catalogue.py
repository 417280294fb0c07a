"""The font catalogue: which families set which role, and where their files are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from publish.diagnostics import Finding
from publish.errors import InputError, MachineError
from publish.files import nearest
from publish.fonts.chain import Chain
from publish.fonts.family import Family
from publish.fonts.languages import is_east_asian, tags


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

    def __getstate__(self) -> dict[str, object]:
        """Leave out what is found from the fields."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

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


def _variant(family: Family, language: str) -> str:
    variants = dict(family.variants)
    return next((variants[tag] for tag in tags(language) if tag in variants), family.name)
