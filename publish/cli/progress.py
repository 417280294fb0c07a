"""What is under way, on a terminal: a bar of all that is to be made, and the time left."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from publish.build import Watch
from publish.cli.output import console

if TYPE_CHECKING:
    from rich.progress import Progress


@dataclass(slots=True)
class Explained:
    """What was made or kept, and why."""

    rows: list[tuple[str, bool, str]] = field(default_factory=list)

    def __call__(self, what: str, made: bool, why: str) -> None:
        """Note one thing."""
        self.rows.append((what, made, why if made else ""))


@contextmanager
def watching(explained: Explained) -> Iterator[Watch]:
    """Give a build someone who looks on; in a pipe nothing is shown."""
    if not sys.stderr.isatty():
        yield Watch(explain=explained)
        return
    bar = Bar()
    try:
        yield Watch(bar.step, bar.task, explained)
    finally:
        bar.remove()


class Bar:
    """One line that comes with the first step and goes without a trace.

    It may be told of tasks by any thread.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._shown: Progress | None = None
        self._step = ""
        self._all = self._done = 0
        self._over = False

    def step(self, step: str) -> None:
        """Show what is done now."""
        with self._lock:
            self._step = step
            self._show()

    def task(self, name: str, done: bool) -> None:
        """Count a task that is handed out, or done."""
        with self._lock:
            if done:
                self._done += 1
            else:
                self._all += 1
            self._show()

    def remove(self) -> None:
        """Give the line back."""
        with self._lock:
            self._over = True
            if self._shown is not None:
                self._shown.stop()

    def _show(self) -> None:
        if self._over:
            return
        bar = self._shown = self._shown or _begun(self._step)
        # Putting all together is one task more: it is not over when all are done.
        total = self._all + 1 if self._all else None
        counted = f"{self._done}/{self._all}" if self._all else ""
        bar.update(
            bar.task_ids[0], description=self._step, total=total, completed=self._done,
            counted=counted,
        )  # fmt: skip


def _begun(step: str) -> Progress:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[counted]}", markup=False),
        TimeRemainingColumn(),
        console=console(),
        transient=True,
    )
    bar.add_task(step, total=None, counted="")
    bar.start()
    return bar
