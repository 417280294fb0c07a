"""``publish fonts``"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from publish.cli.output import format_option, show_findings, show_json
from publish.diagnostics import Finding
from publish.errors import MachineError, UsageError
from publish.fonts import Catalogue, Family, Setting, rights, share_out
from publish.fonts.catalogue import install_hint
from publish.fonts.coverage import is_visible
from publish.fonts.reading import read_catalogue
from publish.layouts import find_theme
from publish.layouts.characters import characters_by_part, characters_by_setting, font_findings
from publish.manifest.place import find_manifest
from publish.manifest.reader import read_project
from publish.model import Project

MISSING_FILE = "not installed"
WIDE = 160
"""Characters to a line where the table does not go to a terminal."""


@dataclass(frozen=True, slots=True)
class Row:
    """One font file of a role's chain, as the table and the JSON document show it."""

    role: str
    language: str
    family: str
    licence: str
    weight: int | None
    file: str
    embedding: str
    characters: int | None
    """How many of the project's characters the family sets in this role; None without one."""
    hint: str = ""


@click.command("fonts")
@click.argument("project", type=click.Path(path_type=Path), default=".")
@format_option
def command(project: Path, form: str) -> None:
    """Show roles, their chains, files, licences, rights, and coverage of PROJECT's text."""
    try:
        find_manifest(project)
        read, _ = read_project(project)
    except UsageError:
        read = None
    catalogue = read_catalogue(read.root if read else None)
    if read:
        catalogue = catalogue.in_language(read.issue.publication.language)
    shown = characters_by_part(read.issue) if read else {}
    texts = characters_by_setting(shown, find_theme(read)) if read else {}
    rows = list(_rows(catalogue, texts))
    findings = _findings(read, catalogue)
    if form == "json":
        show_json(findings, roles=[asdict(row) for row in rows])
    else:
        out = Console()
        if not out.is_terminal:
            out.width = WIDE
        out.print(_table(rows))
        show_findings(findings)
    if findings:
        raise click.exceptions.Exit(1)


def _findings(project: Project | None, catalogue: Catalogue) -> list[Finding]:
    try:
        catalogue.require()
    except MachineError as error:
        return list(error.findings)
    return font_findings(project, find_theme(project), catalogue) if project else []


def _rows(catalogue: Catalogue, texts: dict[Setting, set[str]]) -> Iterator[Row]:
    """Yield the rows of the catalogue's own language, then those of others in use."""
    languages = sorted({setting.language for setting in texts if setting.language})
    for language in (None, *languages):
        here = catalogue.in_language(language) if language else catalogue
        for role in here.chains:
            wanted = {s: t for s, t in texts.items() if (s.role, s.language) == (role, language)}
            if language is None or (wanted and here.chain(role) != catalogue.chain(role)):
                yield from _role(here, role, wanted)


def _role(catalogue: Catalogue, role: str, texts: dict[Setting, set[str]]) -> Iterator[Row]:
    chain = catalogue.chain(role)
    shares: dict[str, set[str]] = {}
    for setting, characters in texts.items():
        for face, share in share_out(chain, filter(is_visible, characters), setting.weight)[
            0
        ].items():
            shares.setdefault(face.family, set()).update(share)
    for family in catalogue.whole_chain(role):
        count = len(shares.get(family.name, ())) if texts else None
        yield from _family(catalogue, role, family, count)


def _family(catalogue: Catalogue, role: str, family: Family, count: int | None) -> Iterator[Row]:
    for face in family.faces:
        yield Row(
            role, catalogue.language, family.name, family.licence or "not stated",
            face.weight, face.path.name, str(rights(face)), count,
        )  # fmt: skip
    for name in family.missing:
        yield Row(
            role, catalogue.language, family.name, family.licence, None, name, MISSING_FILE, count,
            install_hint(family),
        )  # fmt: skip


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("role", "family", "licence", "file", "embedding"):
        table.add_column(column, overflow="fold")
    table.add_column("sets", justify="right")
    before: Row | None = None
    for row in rows:
        same_role = before and (row.role, row.language) == (before.role, before.language)
        same_family = same_role and before and row.family == before.family
        embedding = f"{row.embedding}; {row.hint}" if row.hint else row.embedding
        table.add_row(
            "" if same_role else escape(f"{row.role} {row.language}"),
            "" if same_family else escape(row.family),
            "" if same_family else escape(row.licence),
            escape(row.file),
            escape(embedding),
            "" if same_family or row.characters is None else str(row.characters),
        )
        before = row
    return table
