"""``publish proof``"""

from __future__ import annotations

from pathlib import Path

import click

from publish.build import TARGETS
from publish.cli.output import console, format_option, progress, show_findings, show_json
from publish.colour import PRESETS, OutputCondition, output_condition
from publish.diagnostics import Finding, has_errors
from publish.errors import UsageError
from publish.files import shown
from publish.manifest.reader import read_project
from publish.model import PrintingPress


@click.command("proof")
@click.argument("source", type=click.Path(path_type=Path), default=".")
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Default: the project's press.")
@click.option("--output", type=click.Path(path_type=Path), help="Default: beside the PDF.")
@format_option
def command(source: Path, preset: str | None, output: Path | None, form: str) -> None:
    """Show what the press will print: each page's plates, their ink, and what is wrong."""
    from publish.proof import make_proof

    file, condition = _chosen(source, preset)
    target = output or file.with_name(f"{file.stem}-proof.html")
    with progress() as step:
        findings = make_proof(file, condition, target, step)
    if form == "json":
        show_json(findings, file=str(target), passed=not has_errors(findings))
    else:
        show_findings(findings)
        console().print(f"the proof is {target}")
    if has_errors(findings):
        raise click.exceptions.Exit(1)


def _chosen(source: Path, preset: str | None) -> tuple[Path, OutputCondition]:
    """Return the PDF to be shown, and the press it is for."""
    if source.is_file():
        press = PrintingPress(preset or PrintingPress().preset)
        return source, output_condition(press, source.parent, source.name)
    project, _ = read_project(source)
    press = PrintingPress(preset) if preset else project.issue.press
    file = project.root / "build" / TARGETS["print"].format(project.issue.name)
    if not file.is_file():
        raise UsageError(
            Finding("file-none", f"there is no {file.name}", hint="make it with: publish build")
        )
    manifest = shown(project.manifest, project.root)
    return file, output_condition(press, project.root, manifest)
