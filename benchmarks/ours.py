"""Our own tool as rows of the table: the EPUB, the print PDF, and both in one command.

What runs is the package beside this folder, also where another one is installed. Every run gets a
new project folder: but in the rows that build a second time, nothing comes out of the cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
from compileall import compile_dir
from dataclasses import replace
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
    compile_dir(CHECKOUT / "publish", quiet=1)  # as pip does when it is installed
    project = slug(corpus)
    write_project(corpus, folder / project)
    options = [option for target in targets for option in ("--target", target)]
    build = Path(project, "build")
    return Job(
        command=(sys.executable, "-m", "publish", "build", project, "--no-check", *options),
        outputs=tuple(build / f"{project}-{ISSUE_DATE}{SUFFIXES[target]}" for target in targets),
        environment={"PYTHONPATH": _search_path()},
    )


def prepare_again(corpus: Corpus, folder: Path, *, correct: bool, check: bool) -> Job:
    """Build both targets once; prepare a second build, one word corrected or nothing changed.

    Raises subprocess.CalledProcessError where the first build fails.
    """
    job = prepare(corpus, folder, TARGETS)
    if check:
        job = replace(job, command=tuple(word for word in job.command if word != "--no-check"))
    subprocess.run(
        job.command, cwd=folder, env={**os.environ, **job.environment}, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if correct:
        middle = sorted((folder / slug(corpus) / "manuscript").glob("*/*.md"))
        manuscript = middle[len(middle) // 2]
        text = manuscript.read_text(encoding="utf-8")
        manuscript.write_text(text[:-2] + CORRECTION + text[-2:], encoding="utf-8")
    return job


#: What is put in before the last full stop of an article in the middle of the issue.
CORRECTION = "，详见后文"


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


def _again(name: str, *, correct: bool, check: bool) -> Peer:
    prepare = partial(prepare_again, correct=correct, check=check)
    return Peer(name, TARGETS, prepare, lambda: publish.__version__)


OURS = (
    _row("publish-epub", "epub"),
    _row("publish-print", "print"),
    _row("publish-both", *TARGETS),
    _again("publish-unchanged", correct=False, check=False),
    _again("publish-corrected", correct=True, check=False),
    _again("publish-corrected-checked", correct=True, check=True),
    Peer("publish-plain", ("print",), plain_layout, lambda: publish.__version__),
)
