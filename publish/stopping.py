"""A command that is told to stop: what it began is ended and removed, at any moment.

An exception raised by a signal may come between any two lines of anyone's code: between a folder
and the line that would remove it, or in a C library's callback, where it is printed and lost. So
none is raised here. The handler itself ends what was begun, and then the process.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, ``kill``, and a terminal that was closed."""
CLEARED = b"\r\x1b[2K\x1b[?25h"
"""What gives a terminal its line and its cursor back (ECMA-48: CR, EL; DECTCEM)."""

_ends: list[Callable[[], object]] = []


def listen() -> None:
    """From now on end this process when it is told to stop, with the exit code 128 + signal.

    A signal that is ignored, as those of a background job are, goes on being ignored.
    """
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


def at_stop(end: Callable[[], object]) -> None:
    """Call ``end`` if the process is ever told to stop."""
    _ends.append(end)


@contextmanager
def when_stopped(end: Callable[[], object]) -> Iterator[None]:
    """Call ``end`` if the process is told to stop within the block, the innermost first."""
    _ends.append(end)
    try:
        yield
    finally:
        _ends.remove(end)


@contextmanager
def held_back() -> Iterator[None]:
    """Let all signals to stop wait until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python's handlers run in the main thread alone
        return
    waiting: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: waiting.append(number))
        for number in SIGNALS
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(signal.Signals(waiting[0]))


def quiet() -> None:
    """Let nothing more be said: what is to be said has been."""
    with suppress(Exception):  # a signal may come while it is being written to
        sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    said = os.dup(2)
    quiet()  # threads lose what they stand on, and would complain
    for end in reversed(_ends):
        with suppress(Exception):
            end()
    with suppress(OSError):
        os.write(said, (CLEARED if os.isatty(said) else b"") + b"stopped\n")
    os._exit(128 + number)
