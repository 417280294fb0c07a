"""``publish check``"""

from __future__ import annotations

from pathlib import Path

import click

from publish.build import TARGETS
from publish.check.run import check_thoroughly
from publish.check.typography import as_dict
from publish.cli.output import (
    console,
    format_option,
    progress,
    show_findings,
    show_json,
    typography_table,
)
from publish.colour.presets import PRESETS, Preset
from publish.diagnostics import Finding, has_errors
from publish.errors import UsageError
from publish.manifest.place import find_manifest
from publish.manifest.reader import read_project
from publish.model import Project


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--project", "root", type=click.Path(path_type=Path), help="Default: the current folder."
)
@click.option(
    "--preset",
    type=click.Choice(list(PRESETS)),
    help="Preflight of PDFs against this kind of press. Default, for what the project's build made "
    "for print: the press that its manifest names.",
)
@format_option
def command(files: tuple[Path, ...], root: Path | None, preset: str | None, form: str) -> None:
    """Check each FILE (EPUB or PDF); without one, what the project's build made."""
    project = _project(root)
    chosen = list(files) or _built(project)
    with progress() as step:
        checked = [
            check_thoroughly(file, project, step, _press(file, project, preset)) for file in chosen
        ]
    findings = [finding for one in checked for finding in one.findings]
    reports = [one.typography for one in checked if one.typography is not None]
    failed = has_errors(findings)
    if form == "json":
        show_json(
            findings,
            files=[str(file) for file in chosen],
            passed=not failed,
            typography=[as_dict(report) for report in reports],
        )
    else:
        for report in reports:
            typography_table(report)
        show_findings(findings)
        names = ", ".join(file.name for file in chosen)
        console().print(
            f"[bold red]{names}: not passed[/]" if failed else f"[bold green]{names}: passed[/]"
        )
    if failed:
        raise click.exceptions.Exit(1)


def _press(file: Path, project: Project | None, preset: str | None) -> Preset | None:
    """Return the press that a file is made for: the one given, or the project's own."""
    if preset is not None:
        return PRESETS[preset]
    printed = file.name.endswith(TARGETS["print"].format(""))
    return PRESETS[project.issue.press.preset] if project is not None and printed else None


def _project(root: Path | None) -> Project | None:
    if root is None:
        try:
            find_manifest(Path())
        except UsageError:
            return None
    project, _ = read_project(root or Path())
    return project


def _built(project: Project | None) -> list[Path]:
    names = [form.format(project.issue.name) for form in TARGETS.values()] if project else []
    files = [project.root / "build" / name for name in names] if project else []
    there = [file for file in files if file.is_file()]
    if not there:
        raise UsageError(
            Finding(
                "file-none",
                "there is nothing to check",
                hint="name an EPUB or a PDF, or make them with: publish build",
            )
        )
    return there
