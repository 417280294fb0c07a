"""All checks of EPUBs, from quick to slow; EPUBCheck works beside the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish.check.epub.ace import run_ace
from publish.check.epub.claims import check_claims
from publish.check.epub.epubcheck import EpubCheck
from publish.check.epub.fonts import check_fonts
from publish.check.epub.package import Epub, open_epub
from publish.check.epub.person import Look, to_look_at
from publish.check.epub.size import Weight, check_size, weights
from publish.check.epub.structure import check_structure
from publish.diagnostics import Finding
from publish.errors import InputError, MachineError
from publish.model import Project
from publish.stopping import when_stopped


@dataclass(slots=True)
class EpubReport:
    """What was found in an EPUB, what its bytes are, and what a person must look at."""

    findings: list[Finding] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


def check_epubs(
    files: Sequence[Path],
    project_of: Callable[[Path], Project | None],
    progress: Callable[[str], None] = lambda step: None,
) -> dict[Path, EpubReport]:
    """Check EPUBs of any maker; ``project_of`` gives the project that made one, if it is known.

    Raises MachineError without Java. What EPUBCheck fails on is told among the findings of that
    file; the others are not lost.
    """
    epubcheck = EpubCheck(*files)
    with when_stopped(epubcheck.stop):
        try:
            reports = {file: _looked_into(file, project_of(file), progress) for file in files}
            for file, report in reports.items():
                progress(f"EPUBCheck reads {file.name}")
                try:
                    found = epubcheck.findings(file, project_of(file))
                except MachineError as error:
                    found = list(error.findings)
                report.findings[:0] = found
            return reports
        finally:
            epubcheck.stop()


def _looked_into(
    file: Path, project: Project | None, progress: Callable[[str], None]
) -> EpubReport:
    progress(f"reading {file.name}")
    try:
        epub = open_epub(file)
    except InputError as error:
        return EpubReport(list(error.findings))
    with epub.archive:
        report = EpubReport(inside(epub, ours=project is not None), weights(epub), to_look_at(epub))
    progress(f"Ace reads {file.name}")
    report.findings += run_ace(file, project)
    return report


def inside(epub: Epub, *, ours: bool) -> list[Finding]:
    """Return what is wrong inside an EPUB; ``ours``: its project made it, and it is known."""
    return [
        *check_fonts(epub, ours=ours),
        *check_structure(epub),
        *check_size(epub),
        *check_claims(epub),
    ]
