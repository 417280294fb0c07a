"""``publish build``"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish import timings
from publish.build import TARGETS, Outcome, build
from publish.cli.output import Clock, console, files_table, format_option, show_findings, show_json
from publish.cli.output import table as show_table
from publish.cli.progress import Explained, watching
from publish.cli.timings import require_folder, steps, write_trace
from publish.diagnostics import has_errors
from publish.workers import cores

if TYPE_CHECKING:  # loaded where they are asked for
    from publish.proof.changes import Changed


class _Command(click.Command):
    """``--timings`` may stand alone, and then takes nothing of what follows it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        before = ["--timings=" if word == "--timings" else word for word in args[:end]]
        return super().parse_args(ctx, before + args[end:])


@click.command("build", cls=_Command)
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
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=cores,
    show_default="the processor's cores",
    help="How many processes work side by side; the files do not depend on it.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("--explain", is_flag=True, help="Say what was made and what kept, and why.")
@click.option(
    "--timings",
    "trace",
    metavar="[=FILE]",
    help="Say where the time went, and write a trace for a browser's tracing view (Perfetto, "
    "chrome://tracing). Default: OUTPUT/NAME-timings.json.",
)
@click.option(
    "--split",
    metavar="PATTERN",
    help="Write each page of the print PDF to a file of its own too, named like "
    "{name}-{page:03}.pdf.",
)
@click.option(
    "--changed-since",
    "since",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Name the plates that differ from those of the print PDF in DIR.",
)
@format_option
def command(
    project: Path,
    output: Path | None,
    targets: tuple[str, ...],
    no_check: bool,
    workers: int,
    no_cache: bool,
    explain: bool,
    trace: str | None,
    split: str | None,
    since: Path | None,
    form: str,
) -> None:
    """Make the EPUB and the PDFs of PROJECT, and check them."""
    clock = Clock()
    timings.take()
    if split is not None:
        from publish.pdf.pages import require_pattern

        require_pattern(split)
    if trace:
        require_folder(Path(trace))  # before the work, not after it
    if not no_check and (not targets or "epub" in targets):
        from publish.check.epub.epubcheck import java

        java()  # missing Java is said before the work, not after it
    explained = Explained()
    with watching(explained) as watch:
        outcome = build(
            project, output, targets, check=not no_check, keep=not no_cache, workers=workers,
            watch=watch,
        )  # fmt: skip
    pages = _split(outcome, split)
    changed = _changed(outcome, since)
    spans = timings.take()
    findings = [*outcome.findings, *outcome.checked]
    failed = has_errors(outcome.checked)
    traced = None if trace is None else _write_trace(outcome, spans, trace)
    if form == "json":
        more: dict[str, object] = {}
        if explain:
            more["explained"] = [
                {"what": what, "made": made, "why": why} for what, made, why in explained.rows
            ]
        if traced:
            more |= {"timings": steps(spans), "seconds": clock.seconds, "trace": str(traced)}
        if split is not None:
            more["pages"] = [str(path) for path in pages]
        if since is not None:
            more["changed"] = [{"page": one.page, "plates": one.plates} for one in changed]
        files = {target: str(path) for target, path in outcome.files.items()}
        show_json(findings, files=files, passed=not failed, checked=not no_check, **more)
    else:
        show_findings(findings)
        if explain:
            _show_explained(explained)
        if traced:
            _show_timings(spans, clock.seconds, traced)
        files_table(outcome.files.values(), clock.seconds)
        if since is not None:
            _show_changed(changed)
        console().print(_verdict(failed, no_check, outcome.kept))
    if failed:
        raise click.exceptions.Exit(1)


def _split(outcome: Outcome, pattern: str | None) -> list[Path]:
    file = outcome.files.get("print")
    if pattern is None or file is None:
        return []
    from publish.pdf.pages import split_pages

    return split_pages(file, outcome.project.issue, pattern)


def _changed(outcome: Outcome, since: Path | None) -> list[Changed]:
    file = outcome.files.get("print")
    if since is None or file is None:
        return []
    from publish.proof.changes import changed_plates

    return changed_plates(file, since)


def _show_changed(changed: Sequence[Changed]) -> None:
    """Print the plates that are to be made again."""
    rows = [
        (str(one.page), " ".join(one.plates), "a new page" if one.new else "") for one in changed
    ]
    show_table(("page", "plates to make again", ""), rows or [("none", "", "")])


def _verdict(failed: bool, no_check: bool, kept: bool) -> str:
    same = "nothing changed since it was " if kept else ""
    if no_check:
        return f"{same}made, not checked (the text was read back whole)"
    return (
        f"[bold red]{same}made, not passed[/]"
        if failed
        else f"[bold green]{same}made and passed[/]"
    )


def _show_explained(explained: Explained) -> None:
    """Print what was made, and what was kept by its number: there may be thousands."""
    kept = sum(not made for _, made, _ in explained.rows)
    rows = [(what, why) for what, made, why in explained.rows if made]
    show_table(("made", "because"), rows or [("nothing", "")])
    console().print(f"kept as it was: {kept}")


def _show_timings(spans: Sequence[timings.Span], wall: float, trace: Path) -> None:
    rows = [
        (str(row["step"]), f"{row['seconds']:.2f} s", f"{row['share']:.0%}", str(row["count"]))
        for row in steps(spans)
    ]
    show_table(("step", "all processes", "share", "times"), rows, right=(1, 2, 3))
    console().print(f"{wall:.2f} s from beginning to end; the trace is {trace}", markup=False)


def _write_trace(outcome: Outcome, spans: Sequence[timings.Span], name: str) -> Path:
    """Write the trace to the file of this name, or else beside the files that were made."""
    first = next(iter(outcome.files.values()))
    beside = first.with_name(f"{first.stem.removesuffix('-print')}-timings.json")
    file = Path(name) if name else beside
    write_trace(spans, os.getpid(), file)
    return file
