"""Our own tool as rows of the table: the EPUB, the print PDF, and both in one command.

What runs is the package beside this folder, also where another one is installed. Every run gets a
new project folder, so that nothing comes out of the cache.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import publish
from benchmarks.corpus import Corpus
from benchmarks.peers import TARGETS, Job, Peer, Target
from benchmarks.project import ISSUE_DATE, slug, write_project

CHECKOUT = Path(__file__).resolve().parent.parent

#: Each target and what follows the issue's name in its file.
SUFFIXES: dict[Target, str] = {"epub": ".epub", "print": "-print.pdf"}


def prepare(corpus: Corpus, folder: Path, targets: tuple[Target, ...]) -> Job:
    """Prepare a build of `targets`, without the checks that peers do not make."""
    project = slug(corpus)
    write_project(corpus, folder / project)
    options = [option for target in targets for option in ("--target", target)]
    build = Path(project, "build")
    return Job(
        command=(sys.executable, "-m", "publish", "build", project, "--no-check", *options),
        outputs=tuple(build / f"{project}-{ISSUE_DATE}{SUFFIXES[target]}" for target in targets),
        environment={"PYTHONPATH": _search_path()},
    )


def plain_layout(corpus: Corpus, folder: Path) -> Job:
    """Prepare our pages as WeasyPrint sets them without our composer."""
    project = slug(corpus)
    write_project(corpus, folder / project)
    output = Path("plain.pdf")
    return Job(
        command=(sys.executable, "-m", "benchmarks.plain", project, str(output)),
        outputs=(output,),
        environment={"PYTHONPATH": _search_path()},
    )


def _search_path() -> str:
    inherited = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(CHECKOUT), *([inherited] if inherited else [])])


def _row(name: str, *targets: Target) -> Peer:
    return Peer(name, targets, partial(prepare, targets=targets), lambda: publish.__version__)


OURS = (
    _row("publish-epub", "epub"),
    _row("publish-print", "print"),
    _row("publish-both", *TARGETS),
    Peer("publish-plain", ("print",), plain_layout, lambda: publish.__version__),
)
