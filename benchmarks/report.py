"""The table a benchmark ends in, in Markdown that can be read on a terminal too."""

from __future__ import annotations

import os
import platform
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from benchmarks.measure import Measurement

HEADINGS = (
    "tool",
    "version",
    "makes",
    "wall, s",
    "CPU, s",
    "peak memory, MB",
    "pages",
    "size, MB",
    "wall ÷ WeasyPrint",
)

#: The columns that hold names; the others hold figures and are set flush right.
NAME_COLUMNS = 3

NOTHING = "–"
MB = 1_000_000


@dataclass(frozen=True)
class Row:
    """One tool's results: medians in `measured`, or in `failure` why there are none.

    `command` is empty where it did not come to one. `pages` is None for an EPUB, and `size` is in
    bytes, of all the files made.
    """

    name: str
    version: str
    targets: tuple[str, ...]
    command: tuple[str, ...] = ()
    measured: Measurement | None = None
    pages: int | None = None
    size: int | None = None
    failure: str | None = None


def table(rows: Sequence[Row], baseline: str) -> str:
    """Return the table; the ratio of a PDF is that of its wall time to the row `baseline`."""
    walls = [row.measured.wall for row in rows if row.name == baseline and row.measured]
    return _markdown([_cells(row, walls[0] if walls else None) for row in rows])


def commands(rows: Sequence[Row]) -> str:
    """Return the commands as a list; their programs without folders, for a table tells no paths."""
    return "\n".join(f"- {row.name}: `{_typed(row.command)}`" for row in rows if row.command)


def machine() -> str:
    """Return a line of what every figure depends on, without a name of the machine."""
    return f"{_cores()} cores, {platform.machine()}, {platform.system()}, Python " + (
        platform.python_version()
    )


def _typed(command: Sequence[str]) -> str:
    return shlex.join([PurePath(command[0]).name, *command[1:]])


def _cells(row: Row, baseline: float | None) -> tuple[str, ...]:
    measured = row.measured
    if measured is None:
        figures = (row.failure or NOTHING, *[NOTHING] * (len(HEADINGS) - NAME_COLUMNS - 1))
    else:
        figures = (
            f"{measured.wall:.2f}",
            f"{measured.cpu:.2f}",
            _megabytes(measured.peak_pss, ".0f"),
            NOTHING if row.pages is None else str(row.pages),
            _megabytes(row.size, ".2f"),
            _ratio(row, measured.wall, baseline),
        )
    return (row.name, row.version, " + ".join(row.targets), *figures)


def _ratio(row: Row, wall: float, baseline: float | None) -> str:
    """Return how many times the baseline's wall time a PDF took; an EPUB is other work."""
    if baseline is None or row.targets != ("print",):
        return NOTHING
    return f"{wall / baseline:.2f}"


def _megabytes(count: int | None, form: str) -> str:
    return NOTHING if count is None else format(count / MB, form)


def _markdown(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(HEADINGS, *lines, strict=True)]
    rule = [
        "-" * width if column < NAME_COLUMNS else "-" * (width - 1) + ":"
        for column, width in enumerate(widths)
    ]
    return "\n".join(_line(line, widths) for line in (HEADINGS, rule, *lines))


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if column < NAME_COLUMNS else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _cores() -> int:
    """Return the cores this process may use, which in a container can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
