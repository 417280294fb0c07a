"""``publish check``"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.markup import escape

from publish.build import TARGETS
from publish.check.run import Checked, check_thoroughly
from publish.check.typography import as_dict
from publish.cli.output import (
    console,
    format_option,
    progress,
    show_findings,
    show_json,
    show_looks,
    typography_table,
    weights_table,
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
        checked = check_thoroughly(
            chosen,
            lambda file: project if root is not None or _is_of(file, project) else None,
            step,
            lambda file: _press(file, project, preset),
        )
    findings = [finding for one in checked for finding in one.findings]
    failed = has_errors(findings)
    if form == "json":
        show_json(
            findings,
            files=[str(file) for file in chosen],
            passed=not failed,
            typography=[as_dict(one.typography) for one in checked if one.typography],
            books=[_book(one) for one in checked if one.weights],
        )
    else:
        for one in checked:
            if one.typography is not None:
                typography_table(one.typography)
            if one.weights:
                weights_table(one.file, one.weights)
        show_findings(findings)
        for one in checked:
            show_looks(one.file, one.looks)
        _results(checked)
    if failed:
        raise click.exceptions.Exit(1)


def _results(checked: list[Checked]) -> None:
    """Print of each file whether it passed."""
    for one in checked:
        failed = has_errors(one.findings)
        word = "[bold red]not passed[/]" if failed else "[bold green]passed[/]"
        console().print(f"{escape(one.file.name)}: {word}")


def _book(checked: Checked) -> dict[str, object]:
    return {
        "file": str(checked.file),
        "weights": [asdict(weight) for weight in checked.weights],
        "look_at": [asdict(look) for look in checked.looks],
    }


def _is_of(file: Path, project: Project | None) -> bool:
    """Tell whether a file is one of the issue in the current folder, and no stranger's."""
    return project is not None and file.stem.startswith(project.issue.name)


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
