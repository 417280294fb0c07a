"""What a person sees: findings, tables, progress. Only this room prints."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.diagnostics import Finding, Severity
from publish.errors import PublishError

if TYPE_CHECKING:
    from rich.console import Console

    from publish.check.epub.person import Look
    from publish.check.epub.size import Weight
    from publish.check.typography import TypographyReport

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
WIDE = 500
"""Characters to a table's line where it does not go to a terminal: none is broken."""
WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


@cache
def console() -> Console:
    """Return what prints to standard error; it is loaded when there is something to print."""
    from rich.console import Console

    made = Console(stderr=True, highlight=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = WIDE
    return made


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="A table for people, or one JSON document on stdout.",
)


def show_error(error: PublishError) -> None:
    """Print why a command ends, as JSON on stdout where that was asked for."""
    if ("json" in sys.argv and "--format" in sys.argv) or "--format=json" in sys.argv:
        show_json(error.findings, exit_code=error.exit_code)
        return
    show_findings(error.findings)


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings, the worst first, each with its place and its mend."""
    from rich.markup import escape

    order = list(Severity)
    for finding in sorted(findings, key=lambda finding: order.index(finding.severity)):
        colour, word = COLOURS[finding.severity], WORDS[finding.severity]
        where = " ".join(part for part in (finding.location, finding.place) if part)
        place = f"[bold]{escape(where)}[/] " if where else ""
        console().print(
            f"[{colour}]{word}[/] {place}{escape(finding.message)} [dim]({finding.code})[/]"
        )
        if finding.hint:
            console().print(f"      → {escape(finding.hint)}")


def show_json(findings: Iterable[Finding], **more: object) -> None:
    """Print one JSON document on stdout."""
    document = {**more, "findings": [finding.as_dict() for finding in findings]}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that shows the step under way on a terminal, and nothing in a pipe."""
    if not console().is_terminal:
        yield lambda step: None
        return
    with console().status("") as status:
        yield lambda step: status.update(f"{step} …")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print a table without lines; the columns ``right`` end level."""
    from rich.markup import escape
    from rich.table import Table

    made = Table(box=None, pad_edge=False)
    for number, head in enumerate(heads):
        made.add_column(head, justify="right" if number in right else "left")
    for row in rows:
        made.add_row(*map(escape, row))
    console().print(made)


def files_table(files: Iterable[Path], seconds: float) -> None:
    """Print the closing table: files, sizes, pages, time."""
    rows = [(str(file), size(file), pages(file)) for file in files]
    table(("file", "size", "pages"), rows, right=(1, 2))
    console().print(f"{seconds:.1f} s")


def typography_table(report: TypographyReport) -> None:
    """Print what was measured of a PDF's text: kinds, counts, counts for each 1,000 lines."""
    from rich.markup import escape
    from rich.table import Table

    from publish.check.typography import table as rows

    if not report.total.lines:
        return
    console().print(f"[bold]{escape(report.file)}[/], how its text is set:")
    made = Table(box=None, pad_edge=False, show_header=False)
    made.add_column(no_wrap=True)
    made.add_column(justify="right", no_wrap=True)
    made.add_column(justify="right", no_wrap=True)
    made.add_column(style="dim")
    for row in rows(report):
        made.add_row(*map(escape, row))
    console().print(made)


def weights_table(file: Path, weights: Iterable[Weight]) -> None:
    """Print what an EPUB's bytes are."""
    rows = [(one.kind, str(one.files), human(one.size)) for one in weights]
    table((f"{file.name} ({size(file)})", "files", "size"), rows, right=(1, 2))


def show_looks(file: Path, looks: Sequence[Look]) -> None:
    """Print what only a person can tell of an EPUB."""
    from rich.markup import escape

    if looks:
        console().print(f"[bold]{escape(file.name)}[/], for a person to look at:")
    for look in looks:
        console().print(f"  {look.count:>4}  {escape(look.question)}")
        for place in look.places:
            console().print(f"        [dim]{escape(place)}[/]")


def size(file: Path) -> str:
    """Return a file's size for people."""
    return human(file.stat().st_size)


def human(count: int) -> str:
    """Return a number of bytes for people."""
    return f"{count / 1e6:.2f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"


def pages(file: Path) -> str:
    """Return a PDF's number of pages, nothing for an EPUB."""
    if file.suffix != ".pdf":
        return ""
    import pikepdf

    with pikepdf.open(file) as pdf:
        return str(len(pdf.pages))


class Clock:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self.start = time.monotonic()

    @property
    def seconds(self) -> float:
        """Return the seconds gone by."""
        return time.monotonic() - self.start
