"""Make one issue with `publish` and with its peers, and print what each of them cost.

Progress and what is left out go to standard error, the table to standard output.

    python -m benchmarks.run --size M --runs 3 --markdown results.md
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from benchmarks.corpus import SIZES, Corpus, generate
from benchmarks.measure import Measurement, measure, median
from benchmarks.ours import OURS
from benchmarks.peers import PEERS, TARGETS, AbsentError, Job, Peer, body_font_version
from benchmarks.report import Row, commands, machine, table

CONTENDERS = {peer.name: peer for peer in (*OURS, *PEERS)}
BASELINE = "weasyprint"

#: Seconds after which a run is killed, and counts as failed.
LIMIT = 3600.0

#: Lines of a failed run's log that are shown.
LOG_LINES = 5


@dataclass
class Contest:
    """One tool on its way through the rounds: its runs so far, and what the last one made.

    The first run is looked at, for its memory; those after it are timed.
    """

    peer: Peer
    version: str
    command: tuple[str, ...] = ()
    runs: list[Measurement] = field(default_factory=list)
    pages: int | None = None
    size: int | None = None
    failure: str | None = None

    def row(self) -> Row:
        """Return the tool's row: medians of its runs, or why it has none."""
        measured = None if self.failure else median(self.runs[0], self.runs[1:])
        return Row(
            self.peer.name,
            self.version,
            self.peer.targets,
            self.command,
            measured,
            self.pages,
            self.size,
            self.failure,
        )


def compete(peers: Sequence[Peer], corpus: Corpus, rounds: int, work: Path) -> list[Row]:
    """Look at all tools, then time them in turn, so that a slow minute does not hit one alone."""
    contests = [contest for peer in peers if (contest := _enter(peer))]
    for number in range(rounds + 1):
        for contest in contests:
            if not contest.failure:
                run = f"run {number} of {rounds}" if number else "memory"
                _say(f"{run}: {contest.peer.name}")
                _run(contest, corpus, work)
    return [contest.row() for contest in contests if contest.runs or contest.failure]


def _enter(peer: Peer) -> Contest | None:
    try:
        return Contest(peer, peer.version())
    except AbsentError as absent:
        _say(f"{peer.name} is left out: {absent}")
        return None


def _run(contest: Contest, corpus: Corpus, work: Path) -> None:
    """Run one tool once in a new folder, and note what it cost or how it failed."""
    folder = work / contest.peer.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        job = contest.peer.prepare(corpus, folder)
    except AbsentError as absent:
        contest.failure = f"left out: {absent}"
        return
    contest.command = job.command
    log = folder.with_suffix(".log")
    measured = measure(
        job.command,
        folder=folder,
        log=log,
        environment={**os.environ, **job.environment},
        limit=LIMIT,
        look=not contest.runs,
    )
    contest.failure = _failure(measured, job, folder)
    if contest.failure:
        _say(f"{contest.peer.name} {contest.failure}\n{_tail(log)}")
        return
    contest.runs.append(measured)
    _inspect(contest, [folder / output for output in job.outputs])


def _failure(measured: Measurement, job: Job, folder: Path) -> str | None:
    """Return why a run does not count; None where it made all it should."""
    if measured.exit_code != 0:
        return f"failed: exit {measured.exit_code}"
    missing = [output.name for output in job.outputs if not (folder / output).is_file()]
    return f"failed: no {', '.join(missing)}" if missing else None


def _inspect(contest: Contest, outputs: Sequence[Path]) -> None:
    contest.size = sum(output.stat().st_size for output in outputs)
    pages = [_page_count(output) for output in outputs if output.suffix == ".pdf"]
    contest.pages = sum(pages) if pages else None


def _page_count(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in lines[-LOG_LINES:])


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _chosen(names: Sequence[str] | None, targets: Sequence[str]) -> list[Peer]:
    """Return the tools of these names, or all, that make nothing but these targets."""
    return [
        peer
        for name, peer in CONTENDERS.items()
        if (names is None or name in names) and set(peer.targets) <= set(targets)
    ]


def _report(rows: Sequence[Row], size: str, corpus: Corpus, rounds: int) -> str:
    issue = f"{corpus.article_count} articles, {corpus.character_count:,} characters"
    facts = f"Corpus {size}: {issue}; median of {rounds} run(s)."
    return f"{table(rows, BASELINE)}\n\n{facts}\n{machine()}, {_font()}.\n\n{commands(rows)}\n"


def _font() -> str:
    try:
        return f"Noto Serif CJK SC {body_font_version()}"
    except AbsentError as absent:
        return str(absent)


def _targets(text: str) -> list[str]:
    """Read epub,print from the command line."""
    targets = text.split(",")
    for target in targets:
        if target not in TARGETS:
            raise argparse.ArgumentTypeError(f"{target!r} is none of {', '.join(TARGETS)}")
    return targets


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of runs")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=main.__doc__)
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--runs", type=_at_least_one, default=3, help="timed; default 3")
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, metavar="NAME", help=_names())
    parser.add_argument("--targets", type=_targets, default=list(TARGETS), help="default both")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table here too")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep inputs, outputs and logs")
    return parser


def _names() -> str:
    return f"of {', '.join(CONTENDERS)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare `publish` with its peers; exit 1 where no tool could be measured."""
    options = _parser().parse_args(arguments)
    corpus = generate(options.size)
    peers = _chosen(options.only, options.targets)
    place = nullcontext(options.work) if options.work else tempfile.TemporaryDirectory()
    with place as work:
        rows = compete(peers, corpus, options.runs, Path(work).resolve())
    report = _report(rows, options.size, corpus, options.runs)
    print(report, end="")
    if options.markdown:
        options.markdown.write_text(report, encoding="utf-8")
    return 0 if any(row.measured for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
