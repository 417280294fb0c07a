"""An EPUB opened in the engines of reading systems, in Chromium, for tests and acceptance."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations, product
from pathlib import Path

FOLDER = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TIME_LIMIT = 3600
"""Seconds, for all jobs of one run; a document that does not answer is given up much earlier."""

ENGINES = ("foliate", "epubjs")
FLOWS = ("pages", "scroll")
SCREENS = ((320, 568), (768, 1024), (1280, 800))
"""Width and height in CSS pixels: a small telephone, a tablet, a desk."""
THEMES = {
    "day": ("#1a1a1a", "#ffffff"),
    "night": ("#d0d0d0", "#121212"),
    "sepia": ("#5b4636", "#f4ecd8"),
}
"""Ink and ground, as reading systems choose them."""
SIZES = (0.5, 1.0, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reader chose: the engine stands for the reading system."""

    engine: str
    flow: str
    screen: tuple[int, int]
    theme: str
    size: float

    def __str__(self) -> str:
        return f"{self.engine} {self.flow} {self.screen[0]}px {self.theme} ×{self.size:g}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a document as it was shown; ``kind`` names what was measured."""

    document: str
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.document} {self.kind}: {self.what}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen with some settings; ``sizes`` are those of body text, in CSS pixels."""

    settings: Settings
    documents: tuple[str, ...]
    sizes: dict[str, float]
    characters: dict[str, int]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One EPUB with some settings; fonts and links take longer. Pictures by document."""

    epub: Path
    settings: Settings
    fonts: bool = False
    links: bool = False
    pictures: tuple[tuple[str, Path], ...] = ()

    def order(self) -> dict[str, object]:
        """Return what the driver is told."""
        ink, ground = THEMES[self.settings.theme]
        width, height = self.settings.screen
        return {
            **asdict(self.settings), "epub": str(self.epub), "width": width, "height": height,
            "ink": ink, "ground": ground, "fonts": self.fonts, "links": self.links,
            "pictures": [{"document": name, "file": str(file)} for name, file in self.pictures],
        }  # fmt: skip


def read(jobs: Sequence[Job]) -> list[Reading]:
    """Open every EPUB as its job says. Raises RuntimeError where the machine is not ready."""
    node = shutil.which("node")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if node is None or browser is None or not (FOLDER.parent / "node_modules").is_dir():
        raise RuntimeError("reading systems need Node, Chromium and tests/node_modules: make test")
    done = subprocess.run(
        [node, str(FOLDER / "read.mjs")],
        input=json.dumps([job.order() for job in jobs]),
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser},
        capture_output=True, text=True, check=False, timeout=TIME_LIMIT,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    lines = done.stdout.splitlines()
    return [_reading(job, json.loads(line)) for job, line in zip(jobs, lines, strict=True)]


def _reading(job: Job, found: dict[str, list[dict[str, object]]]) -> Reading:
    faults = [Fault(**fault) for fault in found["faults"]]  # type: ignore[arg-type]
    documents = {str(one["name"]).removeprefix("EPUB/"): one for one in found["documents"]}
    return Reading(
        job.settings,
        tuple(documents),
        {name: float(str(one["size"])) for name, one in documents.items() if one["size"]},
        {name: int(str(one["characters"])) for name, one in documents.items()},
        tuple(replace(one, document=one.document.removeprefix("EPUB/")) for one in faults),
    )


def every_combination() -> Iterator[Settings]:
    """Yield all settings that are tried."""
    for choice in product(ENGINES, FLOWS, SCREENS, THEMES, SIZES):
        yield Settings(*choice)


def pairwise() -> list[Settings]:
    """Return settings in which every choice meets every choice of another kind at least once.

    The narrowest come first: there most can go wrong.
    """
    chosen = [Settings(engine, "pages", SCREENS[0], "day", SIZES[-1]) for engine in ENGINES]
    every = list(every_combination())
    met = {pair for settings in chosen for pair in _pairs(settings)}
    rest = {pair for settings in every for pair in _pairs(settings)} - met
    while rest:
        best = max(every, key=lambda settings: len(rest & set(_pairs(settings))))
        rest -= set(_pairs(best))
        chosen.append(best)
    return chosen


def _pairs(settings: Settings) -> Iterable[tuple[tuple[str, object], ...]]:
    choices = [
        ("engine", settings.engine), ("flow", settings.flow), ("screen", settings.screen),
        ("theme", settings.theme), ("size", settings.size),
    ]  # fmt: skip
    return combinations(choices, 2)
