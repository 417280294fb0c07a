"""What takes too long for every run of the tests: ``make acceptance``, its result in docs/.

Each check is a function that yields rows for the report; a row says what was tried, how often, and
what was wrong.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "readers")]

import node_programs  # noqa: E402
from PIL import Image  # noqa: E402
from reading_systems import (  # noqa: E402
    Job,
    Reading,
    Settings,
    every_combination,
    read,
)

from benchmarks.corpus import generate  # noqa: E402
from benchmarks.project import write_project  # noqa: E402
from publish.build import Outcome, build  # noqa: E402
from publish.check.epub.ace import run_ace  # noqa: E402
from publish.check.fidelity import read_spine  # noqa: E402
from publish.check.page_list import check_page_list  # noqa: E402

REPORT = ROOT / "docs" / "acceptance.md"
PICTURES = ROOT / "docs" / "images" / "readers"
SHOWN = 12
"""Faults of a row that are named one by one."""

PHONE, TABLET, DESK = (320, 568), (768, 1024), (1280, 800)
PHOTOGRAPHED = (
    ("title-page", Settings("foliate", "pages", PHONE, "night", 1.0)),
    ("s03", Settings("foliate", "pages", PHONE, "sepia", 1.0)),
    ("school-path", Settings("epubjs", "pages", PHONE, "day", 1.5)),
    ("nav", Settings("epubjs", "scroll", PHONE, "day", 1.0)),
    ("great-cold", Settings("epubjs", "scroll", TABLET, "day", 1.0)),
    ("worn-soles", Settings("foliate", "pages", TABLET, "sepia", 1.5)),
    ("elderly-care", Settings("foliate", "pages", DESK, "night", 1.0)),
    ("cover", Settings("foliate", "pages", TABLET, "day", 1.0)),
)
"""Documents of the sample whose pictures are kept in docs/."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report."""

    what: str
    tried: str
    faults: list[str]


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues that are tried, each built once."""

    folder: Path

    def built(self, name: str) -> Outcome:
        """Build the sample, or a benchmark corpus; a second time it comes from the cache."""
        if name == "sample":
            return build(ROOT, self.folder / name, ["epub", "print"], workers=2)
        root = self.folder / f"project-{name}"
        if not root.is_dir():
            write_project(generate(name), root)
        return build(root, self.folder / name, ["epub", "print"], workers=2)


def reading_systems(issues: Issues) -> Iterator[Row]:
    """Open the sample and corpus S with every combination of settings."""
    for name in ("sample", "S"):
        epub = issues.built(name).files["epub"]
        settings = list(every_combination())
        readings = read([Job(epub, one) for one in settings])
        wanted = [document.removeprefix("EPUB/") for document, _ in read_spine(epub)]
        faults = [line for reading in readings for line in _faults(reading, wanted)]
        tried = f"{len(settings)} settings × {len(wanted)} documents"
        yield Row(f"{name} in reading systems", tried, faults)
        jobs = [
            Job(epub, Settings(engine, "pages", TABLET, "day", 1.0), fonts=True, links=True)
            for engine in ("foliate", "epubjs")
        ]
        faults = [f"{one.settings} {fault}" for one in read(jobs) for fault in one.faults]
        yield Row(f"{name}: fonts really used, every link followed", "2 engines", faults)


def _faults(reading: Reading, wanted: list[str]) -> Iterator[str]:
    yield from (f"{reading.settings} {fault}" for fault in reading.faults)
    if list(reading.documents) != wanted:
        yield f"{reading.settings}: {len(reading.documents)} of {len(wanted)} documents"
    for name, size in reading.sizes.items():
        if abs(size - 16 * reading.settings.size) > 0.2:
            yield f"{reading.settings} {name}: body text is {size} pixels"


def page_lists(issues: Issues) -> Iterator[Row]:
    """Hold every page of the print edition against the EPUB's page list."""
    for name in ("sample", "S", "M"):
        made = issues.built(name)
        found = check_page_list(made.files["epub"], made.files["print"], made.project)
        pages = _markers(made.files["epub"])
        faults = [str(one) for one in found]
        yield Row(f"{name}: page list against the print PDF", f"{pages} pages", faults)


def _markers(epub: Path) -> int:
    roles = (e.get("role") for _, root in read_spine(epub) for e in root.iter())
    return Counter(roles)["doc-pagebreak"]


def ace(issues: Issues) -> Iterator[Row]:
    """Run Ace, which takes a second for four documents."""
    for name in ("sample", "S", "M"):
        made = issues.built(name)
        found = [str(one) for one in run_ace(made.files["epub"], made.project)]
        count = sum(1 for _ in read_spine(made.files["epub"]))
        yield Row(f"{name}: Ace by DAISY", f"{count} documents", found)


def photographs(issues: Issues) -> Iterator[Row]:
    """Keep pictures of what readers see."""
    epub = issues.built("sample").files["epub"]
    PICTURES.mkdir(parents=True, exist_ok=True)
    jobs = [
        Job(epub, settings, pictures=((f"/{name}.xhtml", PICTURES / f"{name}.png"),))
        for name, settings in PHOTOGRAPHED
    ]
    readings = read(jobs)
    for name, _ in PHOTOGRAPHED:
        file = PICTURES / f"{name}.png"
        with Image.open(file) as picture:
            small = (
                picture.convert("RGB")
                .resize((picture.width * 3 // 4, picture.height * 3 // 4))
                .quantize(48)
            )
        small.save(file, optimize=True)
    faults = [f"{one.settings} {fault}" for one in readings for fault in one.faults]
    yield Row("pictures for the guide", f"{len(jobs)} pictures", faults)


CHECKS: tuple[Callable[[Issues], Iterator[Row]], ...] = (
    reading_systems,
    page_lists,
    ace,
    photographs,
)


def versions() -> str:
    """Name what was run, by its own version."""
    import json

    programs = {"Node": ["node", "--version"], "Chromium": ["chromium", "--version"]}
    said = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        for command in programs.values()
    ]
    wanted = json.loads((ROOT / "tests" / "package.json").read_text())["dependencies"]
    packages = [f"{name} {version}" for name, version in wanted.items()]
    return ", ".join([f"Node {said[0].lstrip('v')}", said[1].partition(" built")[0], *packages])


def report(rows: list[Row], seconds: float) -> str:
    """Return the report as Markdown."""
    day = dt.date.today().isoformat()
    lines = [
        "# Acceptance", "",
        f"Last run of `make acceptance`: {day}, {seconds / 60:.0f} minutes.",
        f"With {versions()}.", "",
        "| tried | how much | wrong |", "| :-- | :-- | --: |",
        *(f"| {row.what} | {row.tried} | {len(row.faults)} |" for row in rows), "",
    ]  # fmt: skip
    for row in rows:
        if row.faults:
            lines += [f"## {row.what}", "", *(f"- {fault}" for fault in row.faults[:SHOWN])]
            lines += [f"- and {len(row.faults) - SHOWN} more"] * (len(row.faults) > SHOWN) + [""]
    return "\n".join(lines).rstrip() + "\n"


def main(names: list[str]) -> int:
    """Run the checks that are named, or all, and write the report of all."""
    node_programs.put_on_path()
    begun = dt.datetime.now(dt.UTC)
    chosen = [check for check in CHECKS if not names or check.__name__ in names]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for check in chosen:
            for row in check(Issues(Path(folder))):
                print(f"{row.what}: {row.tried}, {len(row.faults)} wrong", flush=True)
                for fault in row.faults[:SHOWN]:
                    print(f"  {fault}", flush=True)
                rows.append(row)
    if not names:
        seconds = (dt.datetime.now(dt.UTC) - begun).total_seconds()
        REPORT.write_text(report(rows, seconds), encoding="utf-8")
    return 1 if any(row.faults for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
