"""Where the time of a build went: a table for people, a trace for a browser's tracing view."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from publish.timings import Span


def steps(spans: Iterable[Span]) -> list[dict[str, object]]:
    """Return each step with its seconds, all processes together, and how often it was done."""
    seconds: defaultdict[str, float] = defaultdict(float)
    counts: defaultdict[str, int] = defaultdict(int)
    for span in spans:
        seconds[span.step] += span.end - span.begin
        counts[span.step] += 1
    return [
        {"step": step, "seconds": round(taken, 3), "count": counts[step]}
        for step, taken in sorted(seconds.items(), key=lambda item: -item[1])
    ]


def write_trace(spans: Sequence[Span], main: int, file: Path) -> None:
    """Write the Trace Event Format (JSON) that chrome://tracing and Perfetto open.

    ``main`` is the process that the others worked for. Moments are in microseconds from the
    first span on.
    """
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
    document = {"traceEvents": events, "displayTimeUnit": "ms"}
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
