"""Run a command as a child process, and say what it cost: time, processor, memory.

Memory is that of the whole process tree. The proportional set size (PSS, a page shared by n
processes counts 1/n in each) is read for every process of the tree, summed, and the highest sum is
kept; a peak between two samples is not seen. `ru_maxrss`, which the kernel keeps exactly, is given
beside it, but it is the largest single process only, and never below the size of the process that
started the command.

Processor time is what the kernel adds up for the command and the children it waited for. Chromium
ends some of its processes without waiting for them: what was seen of those is told beside it.

Looking takes a good part of a core, more for a command of several processes. A run is looked at or
timed, not both.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

#: Seconds between two looks at the process tree.
SAMPLE_INTERVAL = 0.05

PROC = Path("/proc")
KIB = 1024


@dataclass(frozen=True)
class Measurement:
    """What one run cost, or the medians of several; seconds and bytes.

    `peak_pss` is None where nobody looked, or where the system has no /proc/PID/smaps_rollup.
    `unwaited` is the processor time of processes that nobody waited for, where they were looked at.
    `exit_code` is the negative signal number where a signal ended the run.
    """

    exit_code: int
    wall: float
    cpu: float
    peak_pss: int | None
    max_rss: int
    unwaited: float = 0


def measure(
    command: Sequence[str],
    *,
    folder: Path,
    log: Path,
    environment: Mapping[str, str] | None = None,
    limit: float | None = None,
    look: bool = True,
) -> Measurement:
    """Run `command` in `folder`, its output to `log`; after `limit` seconds it is killed.

    Without `look` nobody looks at its processes while they run.

    The command gets a session of its own, so that a process whose parent has ended still counts.
    What the command leaves running is killed. Raises OSError where it cannot be started.
    """
    with log.open("wb") as output:
        begin = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    with (
        _Sampler(child.pid) if look else nullcontext() as sampler,
        _Alarm(child.pid, limit),
    ):
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            _kill_session(child.pid)
            raise
        wall = time.perf_counter() - begin
    _kill([process.id for process in _tree(child.pid)])
    child.returncode = os.waitstatus_to_exitcode(status)
    waited = usage.ru_utime + usage.ru_stime
    return Measurement(
        exit_code=child.returncode,
        wall=wall,
        cpu=waited,
        peak_pss=sampler.peak if sampler else None,
        max_rss=usage.ru_maxrss * KIB,
        unwaited=max(sampler.cpu - waited, 0) if sampler else 0,
    )


def median(looked_at: Measurement, timed: Sequence[Measurement]) -> Measurement:
    """Return memory as it was looked at, and the medians of the runs that were timed.

    Raises statistics.StatisticsError where none was timed.
    """
    return replace(
        looked_at,
        wall=statistics.median(run.wall for run in timed),
        cpu=statistics.median(run.cpu for run in timed) + looked_at.unwaited,
    )


@dataclass(frozen=True)
class _Process:
    """A process and its processor time so far, as proc(5) tells under /proc/PID/stat."""

    id: int
    parent: int
    session: int
    seconds: float


class _Sampler:
    """Looks, in a thread, at the memory and processor time of one session while the block runs."""

    def __init__(self, session: int) -> None:
        self.peak: int | None = None
        self._seconds: dict[int, float] = {}
        self._session = session
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Sampler:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def cpu(self) -> float:
        """Seconds of all processes, each as it was when it was last seen."""
        return sum(self._seconds.values())

    def _watch(self) -> None:
        while True:
            tree = _tree(self._session)
            self._seconds.update((process.id, process.seconds) for process in tree)
            total = sum(_memory(process.id) for process in tree)
            if total > (self.peak or 0):
                self.peak = total
            if self._ended.wait(SAMPLE_INTERVAL):
                return


class _Alarm:
    """Kills a session when the block takes longer than `limit` seconds; None is no limit."""

    def __init__(self, session: int, limit: float | None) -> None:
        self._timer = threading.Timer(limit or 0, _kill_session, [session])
        self._timer.daemon = True
        self._limited = limit is not None

    def __enter__(self) -> None:
        if self._limited:
            self._timer.start()

    def __exit__(self, *exception: object) -> None:
        self._timer.cancel()


def _kill_session(session: int) -> None:
    _kill([process.id for process in _tree(session)] or [session])


def _kill(processes: Sequence[int]) -> None:
    for process in processes:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _tree(root: int) -> list[_Process]:
    """Return `root`, what else is in its session, and all their descendants."""
    processes = _processes()
    members = {process.id for process in processes if root in (process.id, process.session)}
    found = members
    while found:
        found = {process.id for process in processes if process.parent in found} - members
        members = members | found
    return [process for process in processes if process.id in members]


def _processes() -> list[_Process]:
    """Return every process there is; empty without /proc."""
    found = []
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            # The second field is the program's name in brackets, and may hold spaces and brackets.
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks = int(fields[11]) + int(fields[12])
        found.append(
            _Process(
                id=int(stat.parent.name),
                parent=int(fields[1]),
                session=int(fields[3]),
                seconds=ticks / os.sysconf("SC_CLK_TCK"),
            )
        )
    return found


def _memory(process: int) -> int:
    """Return bytes of PSS; of resident memory where PSS may not be read; 0 for an ended process."""
    try:
        rollup = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) * KIB
    except PermissionError:
        return _resident(process)
    except (OSError, StopIteration):
        return 0


def _resident(process: int) -> int:
    try:
        pages = (PROC / str(process) / "statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError, IndexError):
        return 0
