"""Worker processes: tasks side by side, or one after another in this process.

The workers come from a server that is forked once, with the heavy libraries loaded in it while
this process reads the manuscripts. What is made does not depend on how many there are. A worker
that dies is named with its task; none outlives the process that asked for it.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import multiprocessing.forkserver
import multiprocessing.resource_tracker
import multiprocessing.util
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
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
from publish.stopping import at_stop, held_back, when_stopped

Result = TypeVar("Result")

MANY = 60
"""Tasks. Beginning anew costs some 0.3 s, of those tasks one in fifty or less."""

LONGEST_END = 5
"""Seconds, within which a worker that was killed ends wherever it was."""

LONGEST_FOLDER = 72
"""Bytes. A socket's address has 108 at most (Linux, unix(7)), 35 of them for our names."""


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
        if self._future is None:
            self._crew.tell(self.task.name, False)
            try:
                return _carried_out(self.task)
            finally:
                self._crew.tell(self.task.name, True)
        try:
            made, spans = self._future.result()
        except BrokenProcessPool:
            raise self._crew.killed() from None
        except Exception as error:  # also what came of it that cannot be sent
            if isinstance(error, PublishError) or _is_full(error):
                raise
            raise _fault(self.task, error) from error
        timings.add(spans)
        return made


def _carried_out(task: Task[Result]) -> Result:
    """Return what a task returns.

    Raises PublishError naming it for anything that is no PublishError, but for a full disk.
    """
    try:
        return task.run()
    except MemoryError as error:
        raise MachineError(
            Finding(
                "memory-short",
                f"there was not enough memory at {task.name}",
                hint="build again, perhaps with --workers 1",
            )
        ) from error
    except Exception as error:
        if isinstance(error, PublishError) or _is_full(error):
            raise
        raise _fault(task, error) from error


def _is_full(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in FULL


def _fault(task: Task[Any], error: Exception) -> PublishError:
    return PublishError(
        Finding(
            "task-failed",
            f"publish itself failed at {task.name}: {type(error).__name__}: {error}",
            hint="run it again with PUBLISH_DEBUG=1 and report what it prints",
        )
    )


class Workers:
    """A crew of processes; ``count`` below 2: none, the work is done here.

    ``folder`` is the build's working folder: each worker notes in it what it is doing, and what
    is written aside while it works lies there.
    """

    def __init__(self, count: int, folder: Path) -> None:
        self.count = count
        self.folder = folder
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[Any] = []
        self._handed_out = 0
        self._waiting: set[Future[Any]] = set()
        self._ending = ExitStack()
        self.tell: Callable[[str, bool], None] = lambda name, done: None
        """Called with a task's name when it is handed out, and when it is done."""

    def __enter__(self) -> Workers:
        self._ending.enter_context(when_stopped(self._stop))
        self._ending.callback(setattr, tempfile, "tempdir", tempfile.tempdir)
        tempfile.tempdir = str(self.folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._ending:
            if self._pool is not None:
                if kind is not None:
                    self._kill()
                self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, task: Task[Result]) -> Job[Result]:
        """Hand out a task; tasks are begun in the order they are handed out."""
        if self.count < 2:
            return Job(task, self, None)
        try:
            if self._pool is None:
                warm_up()
                forkserver = multiprocessing.get_context("forkserver")
                folder = str(self.folder)
                self._pool = ProcessPoolExecutor(self.count, forkserver, _begin, (folder,))
            with held_back():  # a worker half begun complains of its parent's end
                future = self._pool.submit(_call, task)
                found = multiprocessing.active_children()  # those that have ended not among them
                self._processes = list(dict.fromkeys([*self._processes, *found]))
        except BrokenProcessPool:
            raise self.killed() from None
        except (OSError, EOFError, NotImplementedError) as error:  # no process, no semaphore
            raise _none_begun(error) from error
        self._handed_out += 1
        self.tell(task.name, False)
        self._waiting.add(future)
        future.add_done_callback(lambda done: self._done(task.name, done))
        return Job(task, self, future)

    def _done(self, name: str, future: Future[Any]) -> None:
        self._waiting.discard(future)
        self.tell(name, True)

    def rest(self) -> None:
        """End the workers, if they have nothing to do; another task begins new ones."""
        if self._pool is not None and not self._waiting:
            self._pool.shutdown(wait=True)
            self._pool, self._handed_out = None, 0

    def renew(self) -> None:
        """End workers that have done much, when all of it is done: they hold what they needed."""
        if self._handed_out > MANY:
            self.rest()

    def killed(self) -> MachineError:
        """Return the error that names the worker that died, and what it was doing."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)  # it has ended the others
        codes = {process.pid: process.exitcode for process in self._processes}
        dead = [pid for pid, code in codes.items() if code not in (0, None, -signal.SIGTERM)]
        how = {f" (signal {-codes[pid]})" for pid in dead if codes[pid] < 0}
        doing = [note.read_text("utf-8") for pid in dead or codes if (note := self._note(pid))]
        what = " at " + ", or at ".join(doing) if doing else ""
        return MachineError(
            Finding(
                "worker-killed",
                f"a worker process was killed{how.pop() if len(how) == 1 else ''}{what}",
                hint="is there enough memory? build again, perhaps with --workers 1",
            )
        )

    def _note(self, process: int) -> Path | None:
        """Return the note of what a worker is doing; None when it is idle."""
        note = self.folder / str(process)
        return note if note.is_file() and note.stat().st_size else None

    def _kill(self) -> None:
        """End all workers, whatever they are doing."""
        for process in self._processes:
            with suppress(Exception):  # whatever is wrong with one, the others are to end
                process.kill()
        for process in self._processes:
            wait([process.sentinel], LONGEST_END)

    def _stop(self) -> None:
        """End all workers, and what only this process's proper end would end."""
        self._kill()
        # Semaphores: their tracker would complain of them.
        multiprocessing.util._run_finalizers(0)  # type: ignore[attr-defined]


def warm_up(*modules: str) -> None:
    """Start the server from which workers are forked; it loads these heavy modules meanwhile.

    Ctrl-C, and a terminal that is closed, are this process's to deal with: the others hear
    nothing of them. Raises MachineError where there can be none.
    """
    if _warm:
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        at_stop(_end_server)
        _warm.append(_sockets_folder())
        multiprocessing.forkserver.set_forkserver_preload([*modules, "publish.cli"])
        multiprocessing.resource_tracker.ensure_running()  # it unblocks SIGINT when it begins
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        multiprocessing.forkserver.ensure_running()
    except OSError as error:
        raise _none_begun(error) from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _sockets_folder() -> str:
    """Return the new folder of the server's socket: in /tmp where another's name is too long."""
    usual = tempfile.tempdir
    if len(os.fsencode(tempfile.gettempdir())) > LONGEST_FOLDER:
        tempfile.tempdir = "/tmp"
    try:
        return multiprocessing.util.get_temp_dir()
    finally:
        tempfile.tempdir = usual


_warm: list[str] = []
"""The folder of the socket by which the server is asked for workers, once there is one."""


def _none_begun(error: Exception) -> MachineError:
    return MachineError(
        Finding(
            "workers-none",
            f"no worker process can be begun: {error or type(error).__name__}",
            hint="build with --workers 1; or free some memory, and room in the temporary folder",
        )
    )


def _end_server() -> None:
    """End the server at once: it would first load all it has begun to load."""
    server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if server is not None:
        os.kill(server, signal.SIGKILL)
    _remove_sockets()


def _remove_sockets() -> None:
    """Remove the folder of the server's socket; its own removal waits for this process's end."""
    shutil.rmtree(multiprocessing.util.get_temp_dir(), ignore_errors=True)


def cores() -> int:
    """Return the number of processor cores this process may use."""
    return len(os.sched_getaffinity(0))


# --- In the worker ---------------------------------------------------------------------------

_notes: list[Path] = []


MUCH = 150_000
"""Objects left over by tasks, after which a worker looks for garbage."""


def _begin(folder: str) -> None:
    _notes[:] = [Path(folder, str(os.getpid()))]
    tempfile.tempdir = folder
    gc.disable()  # between tasks it is cheaper: a part's boxes all become garbage at once
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that asked for it has ended, whatever it is doing."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        _remove_sockets()
        os._exit(1)


def _call(task: Task[Result]) -> tuple[Result, list[timings.Span]]:
    for note in _notes:
        note.write_text(task.name, encoding="utf-8")
    timings.take()
    made = _carried_out(task)
    for note in _notes:
        note.write_bytes(b"")
    if gc.get_count()[0] > MUCH:
        gc.collect()
        _give_back()
    return made, timings.take()


def _give_back() -> None:
    """Give memory that is no longer in use back to the system, where its C library can (glibc)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
