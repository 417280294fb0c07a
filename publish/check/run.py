"""Which checks fit which file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from publish.check.accepted import accepted
from publish.diagnostics import Finding, Severity
from publish.errors import InputError, UsageError
from publish.model import Project

if TYPE_CHECKING:  # a build checks too, and does not measure
    from publish.check.epub.person import Look
    from publish.check.epub.size import Weight
    from publish.check.typography import TypographyReport
    from publish.colour import Preset

Progress = Callable[[str], None]

UNREADABLE = frozenset({"pdf-broken", "pdf-empty"})
"""After these there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What all checks of one file found; of a PDF how it is set, of an EPUB what it weighs.

    ``looks`` are what only a person can tell.
    """

    file: Path
    findings: list[Finding]
    typography: TypographyReport | None = None
    weights: list[Weight] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


def check_thoroughly(
    files: Sequence[Path],
    project_of: Callable[[Path], Project | None] = lambda file: None,
    progress: Progress = lambda step: None,
    press: Callable[[Path], Preset | None] = lambda file: None,
) -> list[Checked]:
    """Run every check that fits each file, also those too slow to end a build with.

    ``project_of`` gives the project that made a file, if it is known: what that accepts is no
    error. A PDF is held against what the ``press`` for it can print, if there is one. Raises
    UsageError when there is no such file or it is neither an EPUB nor a PDF, MachineError when an
    EPUB is among them and Java is not here.
    """
    for file in files:
        _require(file)
    books = [file for file in files if file.suffix.lower() == ".epub"]
    found: dict[Path, Checked] = {}
    if books:
        from publish.check.epub import check_epubs

        for file, report in check_epubs(books, project_of, progress).items():
            findings = report.findings + _against_manuscripts(
                file, project_of(file), report.findings
            )
            found[file] = Checked(file, findings, None, report.weights, report.looks)
    for file in files:
        if file not in found:
            found[file] = _check_pdf(file, project_of(file), progress, press(file))
    return list(_told([found[file] for file in files], project_of))


def _told(
    checked: Sequence[Checked], project_of: Callable[[Path], Project | None]
) -> Iterator[Checked]:
    """Yield what was found, with what the projects accept, and what was skipped without one."""
    projects = [project for one in checked if (project := project_of(one.file)) is not None]
    ours = [one for one in checked if project_of(one.file) is not None]
    kept = accepted([one.findings for one in ours], projects[0]) if projects else []
    told = {one.file: findings for one, findings in zip(ours, kept, strict=True)}
    for one in checked:
        findings = told[one.file] if one.file in told else [*one.findings, _skipped(one.file)]
        yield replace(one, findings=findings)


def _require(file: Path) -> None:
    if not file.is_file():
        raise UsageError(
            Finding("file-none", f"there is no file {file}", hint="make it with: publish build")
        )
    if file.suffix.lower() not in (".epub", ".pdf"):
        raise UsageError(
            Finding("file-kind", f"{file.name} is neither an EPUB nor a PDF", hint="name one")
        )


def _check_pdf(
    file: Path, project: Project | None, progress: Progress, preset: Preset | None
) -> Checked:
    findings = check_pdf_quickly(file, project, progress)
    if any(found.code in UNREADABLE for found in findings):
        return Checked(file, findings)
    if preset is not None:
        from publish.check.preflight import preflight

        findings += preflight(file, preset, progress, project)
    from publish.check.ua import check_ua, claims_ua

    if claims_ua(file):
        findings += check_ua(file, project, progress)
    from publish.check.pdfa import check_pdfa, claims_pdfa

    if claims_pdfa(file):
        findings += check_pdfa(file, progress)
    from publish.check import typography

    progress(f"measuring {file.name}")
    try:
        report = typography.measure(file)
    except InputError as error:
        return Checked(file, [*findings, *error.findings])
    return Checked(file, [*findings, *typography.findings(report)], report)


def check_pdf_quickly(
    file: Path, project: Project | None, progress: Progress = lambda step: None
) -> list[Finding]:
    """Run the quick checks of a PDF; without a project, those that need none."""
    from publish.check.pdf import check_pdf

    progress(f"reading {file.name}")
    findings = check_pdf(file, _families(project))
    return findings + _against_manuscripts(file, project, findings)


def _families(project: Project | None) -> list[str]:
    """Return the font families the project sets with."""
    if project is None:
        return []
    from publish.fonts.reading import read_catalogue

    return list(read_catalogue(project.root).families)


def _against_manuscripts(
    file: Path, project: Project | None, before: list[Finding]
) -> list[Finding]:
    if project is None or any(one.code in ("epub-broken", *UNREADABLE) for one in before):
        return []
    from publish.check.fidelity import check_text
    from publish.check.structure import check_structure

    findings = check_text(file, project) + check_structure(file, project)
    printed = file.with_name(f"{file.stem}-print.pdf")
    if file.suffix.lower() == ".epub" and printed.is_file():
        from publish.check.page_list import check_page_list

        findings += check_page_list(file, printed, project)
    return findings


def _skipped(file: Path) -> Finding:
    return Finding(
        "project-not-given",
        f"{file.name}: the checks against the manuscripts were skipped",
        Severity.NOTE,
        hint="name the project with --project DIR",
    )
