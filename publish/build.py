"""The way from a project to its files, as a person would tell it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish.cache import Cache
from publish.diagnostics import Finding, has_errors
from publish.errors import InputError, TextLostError
from publish.files import put_in_place, working_folder
from publish.fonts import Catalogue, read_catalogue
from publish.layouts import Setup, Theme, find_theme
from publish.manifest import read_project
from publish.model import Project
from publish.workers import Workers

TARGETS = {"epub": "{}.epub", "print": "{}-print.pdf"}
"""Each target and the name of its file."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What a build made: the files by target, and everything found on the way."""

    project: Project
    files: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def build(
    root: Path,
    output: Path | None = None,
    targets: Sequence[str] = (),
    *,
    progress: Progress = lambda step: None,
    keep: bool = True,
    count: int = 1,
) -> Outcome:
    """Make the files of the project in ``root`` and put them in place together.

    Every text is read back before that: a file that lost a character never replaces a good
    one. Raises InputError, TextLostError, MachineError or UsageError.
    """
    progress("reading the manuscripts")
    project, findings = read_project(root)
    theme = find_theme(project)
    catalogue = read_catalogue(project.root).in_language(project.issue.publication.language)
    catalogue.require()
    findings.extend(_require_glyphs(project, theme, catalogue))
    outcome = Outcome(project, findings=findings)
    modified = moment(project)
    places: dict[Path, Path] = {}
    output = output or project.root / "build"
    cache = Cache.of(project.root) if keep else Cache(None)
    setup = Setup.of(project, theme, catalogue, modified)
    with working_folder(output) as folder, Workers(count, folder) as workers:
        for target in targets or TARGETS:
            name = TARGETS[target].format(project.issue.name)
            made = folder / name
            if target == "epub":
                progress("making the EPUB")
                from publish.epub import make_epub

                make_epub(project, theme, catalogue, modified, made)
            else:
                progress("laying out the print PDF")
                from publish.pdf import PrintJob

                job = PrintJob(project, setup, cache, workers)
                job.submit()
                outcome.findings += job.finish(made)
            progress(f"reading {name} back")
            require_text(project, made)
            places[made] = outcome.files[target] = output / name
        put_in_place(places)
    return outcome


def require_text(project: Project, file: Path) -> None:
    """Raise TextLostError when a character of the manuscripts is not in the file, in order."""
    from publish.check.fidelity import check_text

    findings = check_text(file, project)
    if has_errors(findings):
        raise TextLostError(findings)


def _require_glyphs(project: Project, theme: Theme, catalogue: Catalogue) -> list[Finding]:
    """Raise InputError when a font must not be embedded, or a character has no glyph."""
    from publish.layouts.characters import font_findings

    findings = font_findings(project, theme, catalogue)
    if has_errors(findings):
        raise InputError(findings)
    return findings


def moment(project: Project) -> str:
    """Return the moment all dates in the files say: SOURCE_DATE_EPOCH, or the issue's date."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        stamp = dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    else:
        stamp = dt.datetime.combine(project.issue.date, dt.time(), dt.UTC)
    return stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
