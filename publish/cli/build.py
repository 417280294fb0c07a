"""``publish build``"""

from __future__ import annotations

from pathlib import Path

import click

from publish.build import TARGETS, Watch, build
from publish.check.epubcheck import java
from publish.cli.output import (
    Clock,
    console,
    files_table,
    format_option,
    progress,
    show_findings,
    show_json,
)
from publish.diagnostics import has_errors
from publish.workers import cores


@click.command("build")
@click.argument("project", type=click.Path(path_type=Path), default=".")
@click.option("--output", type=click.Path(path_type=Path), help="Default: PROJECT/build.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    type=click.Choice(list(TARGETS)),
    help="What to make; may be given several times. Default: every target.",
)
@click.option("--no-check", is_flag=True, help="Leave out EPUBCheck and the checks of the files.")
@format_option
def command(
    project: Path, output: Path | None, targets: tuple[str, ...], no_check: bool, form: str
) -> None:
    """Make the EPUB and the print PDF of PROJECT, and check them."""
    clock = Clock()
    if not no_check and (not targets or "epub" in targets):
        java()  # missing Java is said before the work, not after it
    with progress() as step:
        outcome = build(
            project, output, targets, check=not no_check, workers=cores(), watch=Watch(step)
        )
    findings = [*outcome.findings, *outcome.checked]
    failed = has_errors(outcome.checked)
    if form == "json":
        files = {target: str(path) for target, path in outcome.files.items()}
        show_json(findings, files=files, passed=not failed, checked=not no_check)
    else:
        show_findings(findings)
        files_table(outcome.files.values(), clock.seconds)
        console.print(_verdict(failed, no_check))
    if failed:
        raise click.exceptions.Exit(1)


def _verdict(failed: bool, no_check: bool) -> str:
    if no_check:
        return "made, not checked (the text was read back whole)"
    return "[bold red]made, not passed[/]" if failed else "[bold green]made and passed[/]"
