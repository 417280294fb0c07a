"""Set one issue with `publish` and its print peers, and measure how each of them set it.

The table counts each kind of fault for 1,000 lines; docs/typography-report.md says what they are.
Progress and what is left out go to standard error, the table to standard output.

    python -m benchmarks.typography --size M --markdown docs/typography-report.md
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import SIZES, Corpus, generate
from benchmarks.measure import measure as run
from benchmarks.ours import OURS
from benchmarks.peers import PEERS, AbsentError, Peer, body_font_version
from benchmarks.report import machine
from publish.check.typography import Kind, TypographyReport, measure
from publish.check.typography.figures import LABELS

TOOLS = {
    peer.name: peer
    for peer in (*OURS, *PEERS)
    if peer.targets == ("print",) and peer.name != "publish-plain"
}

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"

#: Seconds after which a tool is killed.
LIMIT = 3600.0


@dataclass(frozen=True)
class Setting:
    """What a tool made, and how it is set."""

    name: str
    version: str
    file: Path
    report: TypographyReport


def settings(names: Sequence[str], corpus: Corpus, work: Path, reuse: bool) -> Iterator[Setting]:
    """Yield each tool's PDF, measured; what cannot be made is said and left out."""
    for name in names:
        peer = TOOLS[name]
        try:
            version = peer.version()
            file = _made(peer, corpus, work, reuse)
        except AbsentError as absent:
            _say(f"{name} is left out: {absent}")
            continue
        _say(f"{name}: measuring")
        yield Setting(name, version, file, measure(file))


def _made(peer: Peer, corpus: Corpus, work: Path, reuse: bool) -> Path:
    """Return the PDF of a tool. Raises AbsentError where the tool is missing or fails."""
    kept = work / f"{peer.name}.pdf"
    if reuse and kept.is_file():
        return kept
    folder = work / peer.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    job = peer.prepare(corpus, folder)
    _say(f"{peer.name}: setting")
    environment = {**os.environ, **job.environment}
    log = folder.with_suffix(".log")
    done = run(job.command, folder=folder, log=log, environment=environment, limit=LIMIT)
    made = folder / job.outputs[0]
    if done.exit_code or not made.is_file():
        raise AbsentError(f"it failed with exit {done.exit_code}; see {log.name}")
    shutil.copy(made, kept)
    return kept


Cell = Callable[[TypographyReport], str]

#: The rows above the kinds: lengths in pt, counts of lines.
FIGURES: tuple[tuple[str, Cell], ...] = (
    ("pages", lambda report: str(len(report.pages))),
    ("lines measured", lambda report: f"{report.total.lines:,}"),
    ("justified lines", lambda report: f"{report.total.justified:,}"),
    ("right edge, largest deviation, pt", lambda report: f"{report.total.edge_largest:.2f}"),
    ("right edge, 99th percentile, pt", lambda report: f"{report.total.edge_p99:.2f}"),
    ("baselines, largest deviation, pt", lambda report: f"{report.total.baseline_largest:.2f}"),
)


def table(made: Sequence[Setting]) -> str:
    """Return the Markdown table: a column for each tool, a row for each figure and kind."""
    rows = [
        ["", *(setting.name for setting in made)],
        ["---", *("---:" for _ in made)],
        ["version", *(setting.version for setting in made)],
        *([label, *(cell(setting.report) for setting in made)] for label, cell in FIGURES),
        *([f"**{LABELS[kind]}**", *(_share(s.report, kind) for s in made)] for kind in Kind),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _share(report: TypographyReport, kind: Kind) -> str:
    count = report.total.counts[kind]
    return f"{report.total.per_thousand(kind):.2f}" if count else "0"


def _document(made: Sequence[Setting], size: str, corpus: Corpus) -> str:
    issue = f"{corpus.article_count} articles, {corpus.character_count:,} characters"
    return (
        f"{table(made)}\n\nKinds in bold: so many for each 1,000 lines measured. Corpus {size}: "
        f"{issue}.\n{machine()}, Noto Serif CJK SC {body_font_version()}.\n"
    )


def write(document: str, file: Path) -> None:
    """Write the table into a page between its marks, or as a file of its own."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if BEGIN in text and END in text:
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        document = f"{before}{BEGIN}\n{document}{END}{after}"
    file.write_text(document, encoding="utf-8")


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.typography")
    parser.description = main.__doc__
    names = f"of {', '.join(TOOLS)}"
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--only", nargs="+", choices=TOOLS, metavar="NAME", help=names)
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table here too")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep DIR/NAME.pdf and the inputs")
    parser.add_argument("--reuse", action="store_true", help="measure what is in DIR already")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare how `publish` and its print peers set one issue; exit 1 where nothing was set."""
    options = _parser().parse_args(arguments)
    corpus = generate(options.size)
    place = nullcontext(options.work) if options.work else tempfile.TemporaryDirectory()
    with place as work:
        names = options.only or list(TOOLS)
        made = list(settings(names, corpus, Path(work).resolve(), options.reuse))
    if not made:
        return 1
    document = _document(made, options.size, corpus)
    print(document, end="")
    if options.markdown:
        write(document, options.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
