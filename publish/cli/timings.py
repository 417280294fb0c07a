"""Where the time of a build went: a table for people, a trace for a browser's tracing view."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from publish.diagnostics import Finding
from publish.errors import MachineError
from publish.timings import Span


def steps(spans: Iterable[Span]) -> list[dict[str, object]]:
    """Return each step: its seconds, all processes together, its share of all, its count."""
    seconds: defaultdict[str, float] = defaultdict(float)
    counts: defaultdict[str, int] = defaultdict(int)
    for span in spans:
        seconds[span.step] += span.end - span.begin
        counts[span.step] += 1
    whole = sum(seconds.values()) or 1.0
    return [
        {
            "step": step,
            "seconds": round(taken, 3),
            "share": round(taken / whole, 3),
            "count": counts[step],
        }
        for step, taken in sorted(seconds.items(), key=lambda item: -item[1])
    ]


def require_folder(file: Path) -> None:
    """Raise MachineError where the trace's folder is not there."""
    if not file.parent.is_dir():
        raise MachineError(_unwritable(file, "there is no such folder"))


def write_trace(spans: Sequence[Span], main: int, file: Path) -> None:
    """Write the Trace Event Format (JSON) that chrome://tracing and Perfetto open.

    ``main`` is the process that the others worked for. Moments are in microseconds from the
    first span on. Raises MachineError when the file cannot be written.
    """
    document = {"traceEvents": _events(spans, main), "displayTimeUnit": "ms"}
    try:
        file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise MachineError(_unwritable(file, str(error.strerror))) from error


def _unwritable(file: Path, why: str) -> Finding:
    return Finding(
        "trace-unwritable",
        f"the trace cannot be written: {why}",
        file=str(file),
        hint="name another file with --timings=FILE",
    )


def _events(spans: Sequence[Span], main: int) -> list[dict[str, object]]:
    start = min((span.begin for span in spans), default=0.0)
    processes = sorted({span.process for span in spans}, key=lambda process: process != main)
    events: list[dict[str, object]] = []
    for number, process in enumerate(processes):
        title = "publish" if process == main else f"worker {number}"
        names = {"name": title}, {"sort_index": number}
        for kind, told in zip(("process_name", "process_sort_index"), names, strict=True):
            events.append({"ph": "M", "name": kind, "pid": process, "tid": process, "args": told})
    events += [
        {
            "ph": "X",
            "name": span.step,
            "cat": "build",
            "pid": span.process,
            "tid": span.process,
            "ts": round((span.begin - start) * 1e6),
            "dur": round((span.end - span.begin) * 1e6),
            "args": {"what": span.what},
        }
        for span in spans
    ]
    return events
