"""Worker processes: tasks side by side, or one after another in this process.

The workers come from a server that is forked once, with the heavy libraries loaded in it while
this process reads the manuscripts. What is made does not depend on how many there are. A worker
that dies is named with its task; none outlives the process that asked for it.
"""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.forkserver
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from publish import timings
from publish.diagnostics import Finding
from publish.errors import MachineError, PublishError
from publish.files import FULL

Result = TypeVar("Result")

PRELOADED = ("publish.pdf.parts.warm", "publish.epub.documents", "publish.cli")
"""Modules that every worker finds loaded."""


@dataclass(frozen=True, slots=True)
class Task(Generic[Result]):
    """A function of a module, and its arguments, to be called in any process.

    ``name`` says what is made, for people: the part and the manuscripts it is made of. The
    function may be given by its place, ``package.module.function``: it is imported where it is
    called, and this process need not load what it stands on.
    """

    name: str
    function: Callable[..., Result] | str
    arguments: tuple[Any, ...]

    def run(self) -> Result:
        """Call the function."""
        function = self.function
        if isinstance(function, str):
            module, _, name = function.rpartition(".")
            function = getattr(import_module(module), name)
        made: Result = function(*self.arguments)
        return made


@dataclass(slots=True)
class Job(Generic[Result]):
    """A task that was handed out. Without workers it is done when its result is asked for."""

    task: Task[Result]
    _crew: Workers
    _future: Future[tuple[Result, list[timings.Span]]] | None
    _made: list[Result] = field(default_factory=list)

    def result(self) -> Result:
        """Return what the task returned.

        Raises what it raised; MachineError when its process was killed; PublishError naming the
        task for anything that is no PublishError.
        """
        if not self._made:
            self._made.append(self._done())
        return self._made[0]

    def _done(self) -> Result:
        try:
            if self._future is None:
                self._crew.tell(self.task.name, False)
                try:
                    return self.task.run()
                finally:
                    self._crew.tell(self.task.name, True)
            made, spans = self._future.result()
        except PublishError:
            raise
        except BrokenProcessPool:
            raise self._crew.killed() from None
        except OSError as error:
            if error.errno in FULL:
                raise
            raise self._fault(error) from error
        except Exception as error:
            raise self._fault(error) from error
        timings.add(spans)
        return made

    def _fault(self, error: Exception) -> PublishError:
        return PublishError(
            Finding(
                "task-failed",
                f"publish itself failed at {self.task.name}: {type(error).__name__}: {error}",
                hint="run it again with PUBLISH_DEBUG=1 --workers 1 and report what it prints",
            )
        )


class Workers:
    """A crew of processes; ``count`` below 2: none, the work is done here.

    ``folder`` is the build's working folder: each worker notes in it what it is doing.
    """

    def __init__(self, count: int, folder: Path) -> None:
        self.count = count
        self.folder = folder
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[Any] = []
        self.tell: Callable[[str, bool], None] = lambda name, done: None
        """Called with a task's name when it is handed out, and when it is done."""

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            if kind is not None:
                for process in self._processes:
                    process.kill()
            self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, task: Task[Result]) -> Job[Result]:
        """Hand out a task; tasks are begun in the order they are handed out."""
        if self.count < 2:
            return Job(task, self, None)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count,
                multiprocessing.get_context("forkserver"),
                _begin,
                (str(self.folder),),
            )
        try:
            future = self._pool.submit(_call, task)
        except BrokenProcessPool:
            raise self.killed() from None
        self._processes = list(multiprocessing.active_children())
        self.tell(task.name, False)
        future.add_done_callback(lambda _: self.tell(task.name, True))
        return Job(task, self, future)

    def killed(self) -> MachineError:
        """Return the error that names the worker that died, and what it was doing."""
        for process in self._processes:
            process.join(1)
        dead = [p for p in self._processes if p.exitcode not in (None, 0, -signal.SIGTERM)]
        note = next((n for p in dead if (n := self.folder / str(p.pid)).is_file()), None)
        how = f" (signal {-dead[0].exitcode})" if dead and dead[0].exitcode < 0 else ""
        what = f" at {note.read_text(encoding='utf-8')}" if note else ""
        return MachineError(
            Finding(
                "worker-killed",
                f"a worker process was killed{how}{what}",
                hint="is there enough memory? build again, perhaps with --workers 1",
            )
        )


def warm_up() -> None:
    """Start the server from which workers are forked; it loads the heavy libraries meanwhile.

    An interrupt is this process's to deal with: the server and its workers do not hear it.
    """
    multiprocessing.forkserver.set_forkserver_preload(list(PRELOADED))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """Return the number of processor cores this process may use."""
    return len(os.sched_getaffinity(0))


# --- In the worker ---------------------------------------------------------------------------

_notes: list[Path] = []


MUCH = 150_000
"""Objects left over by tasks, after which a worker looks for garbage."""


def _begin(folder: str) -> None:
    _notes[:] = [Path(folder, str(os.getpid()))]
    gc.disable()  # between tasks it is cheaper: a part's boxes all become garbage at once
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that asked for it has ended, whatever it is doing."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _call(task: Task[Result]) -> tuple[Result, list[timings.Span]]:
    for note in _notes:
        note.write_text(task.name, encoding="utf-8")
    timings.take()
    made = task.run()
    if gc.get_count()[0] > MUCH:
        gc.collect()
    return made, timings.take()
