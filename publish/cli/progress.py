"""What is under way, on a terminal: a bar of all that is to be made, and the time left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from publish.build import Watch
from publish.cli.output import console


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
    if not console().is_terminal:
        yield Watch(explain=explained)
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console(),
        transient=True,
    )
    with bar:
        task = bar.add_task("looking for changes", total=None)
        counts = {False: 0, True: 0}

        def tell(name: str, done: bool) -> None:
            counts[done] += 1
            bar.update(task, total=counts[False], completed=counts[True])

        yield Watch(lambda step: bar.update(task, description=step), tell, explained)
