"""Which checks fit which file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publish.diagnostics import Finding, Severity, has_errors
from publish.errors import InputError, UsageError
from publish.model import Project

if TYPE_CHECKING:  # a build checks too, and does not measure
    from publish.check.typography import TypographyReport
    from publish.colour import Preset

Progress = Callable[[str], None]

UNREADABLE = frozenset({"pdf-broken", "pdf-empty"})
"""After these there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What all checks of one file found, and for a PDF how it is set."""

    findings: list[Finding]
    typography: TypographyReport | None = None


def check_thoroughly(
    file: Path,
    project: Project | None,
    progress: Progress = lambda step: None,
    preset: Preset | None = None,
) -> Checked:
    """Run every check that fits the file, also those too slow to end a build with.

    A PDF is held against what the press of a ``preset`` can print, if one is given.

    Raises UsageError when there is no such file or it is neither an EPUB nor a PDF.
    """
    findings = check_file(file, project, progress)
    if file.suffix.lower() != ".pdf" or any(found.code in UNREADABLE for found in findings):
        return Checked(findings)
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
        return Checked([*findings, *error.findings])
    return Checked([*findings, *typography.findings(report)], report)


def check_file(
    file: Path, project: Project | None, progress: Progress = lambda step: None
) -> list[Finding]:
    """Run every quick check that fits the file; without a project, those that need none.

    Raises UsageError when there is no such file or it is neither an EPUB nor a PDF.
    """
    if not file.is_file():
        raise UsageError(
            Finding("file-none", f"there is no file {file}", hint="make it with: publish build")
        )
    if file.suffix.lower() == ".epub":
        findings = _check_epub(file, project, progress)
    elif file.suffix.lower() == ".pdf":
        findings = _check_pdf(file, project, progress)
    else:
        raise UsageError(
            Finding("file-kind", f"{file.name} is neither an EPUB nor a PDF", hint="name one")
        )
    if project is None:
        findings.append(
            Finding(
                "project-not-given",
                f"{file.name}: the checks against the manuscripts were skipped",
                Severity.NOTE,
                hint="name the project with --project DIR",
            )
        )
    return findings


def _check_epub(file: Path, project: Project | None, progress: Progress) -> list[Finding]:
    from publish.check.epub_fonts import check_epub_fonts
    from publish.check.epubcheck import run_epubcheck

    progress(f"EPUBCheck reads {file.name}")
    findings = run_epubcheck(file, project)
    if not zipfile.is_zipfile(file):
        return findings
    findings += check_epub_fonts(file)
    return findings + _against_manuscripts(file, project, findings)


def _check_pdf(file: Path, project: Project | None, progress: Progress) -> list[Finding]:
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
    if project is None or has_errors(before):
        return []
    from publish.check.fidelity import check_text
    from publish.check.structure import check_structure

    findings = check_text(file, project) + check_structure(file, project)
    printed = file.with_name(f"{file.stem}-print.pdf")
    if file.suffix.lower() == ".epub" and printed.is_file():
        from publish.check.page_list import check_page_list

        findings += check_page_list(file, printed, project)
    return findings
