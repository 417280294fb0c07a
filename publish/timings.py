"""Where the time goes: spans of work, from this process and from the workers.

The clock is the machine's monotonic one, which all its processes share, so that the spans of
several can be laid beside each other.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Span(NamedTuple):
    """One piece of work: its step, what it was done on, begin and end in seconds, the process."""

    step: str
    what: str
    begin: float
    end: float
    process: int


_spans: list[Span] = []


@contextmanager
def span(step: str, what: str = "") -> Iterator[None]:
    """Note how long the block takes."""
    begin = time.monotonic()
    try:
        yield
    finally:
        _spans.append(Span(step, what, begin, time.monotonic(), os.getpid()))


def add(spans: list[Span]) -> None:
    """Take over the spans that another process has noted."""
    _spans.extend(spans)


def take() -> list[Span]:
    """Return all spans noted since the last time, and forget them."""
    taken = _spans.copy()
    _spans.clear()
    return taken
