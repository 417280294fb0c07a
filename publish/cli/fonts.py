"""``publish fonts``"""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from publish.cli.output import format_option, show_findings, show_json
from publish.errors import UsageError
from publish.fonts import coverage_findings, read_catalogue
from publish.layouts import find_theme
from publish.layouts.characters import characters_by_role
from publish.manifest import find_manifest, read_project


@click.command("fonts")
@click.argument("project", type=click.Path(path_type=Path), default=".")
@format_option
def command(project: Path, form: str) -> None:
    """Show roles, families, files and licences, and whether they cover PROJECT's text."""
    try:
        find_manifest(project)
        read, _ = read_project(project)
    except UsageError:
        read = None
    catalogue = read_catalogue(read.root if read else None)
    table = Table(box=None, pad_edge=False)
    for column in ("role", "family", "licence", "file", "characters in use"):
        table.add_column(column)
    texts = characters_by_role(read.issue, find_theme(read)) if read else {}
    findings = []
    if read and not any(family.missing for family in catalogue.roles.values()):
        findings = coverage_findings(catalogue, texts, read.issue.articles)
    for role, family in catalogue.roles.items():
        for face in family.faces:
            table.add_row(
                role, family.name, family.licence, face.path.name, str(len(texts.get(role, "")))
            )
        for name in family.missing:
            table.add_row(role, family.name, family.licence, f"{name}: not installed", "")
    if form == "json":
        roles = {role: family.name for role, family in catalogue.roles.items()}
        show_json(findings, roles=roles)
    else:
        Console().print(table)
        show_findings(findings)
    if findings or any(family.missing for family in catalogue.roles.values()):
        raise click.exceptions.Exit(1)
