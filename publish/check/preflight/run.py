"""Hold a PDF against all rules."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf

from publish.check.preflight.rules import RULES, Rule
from publish.check.preflight.separations import ghostscript
from publish.check.preflight.sheets import Sheets
from publish.colour import Preset
from publish.diagnostics import Finding, Severity
from publish.model import Project
from publish.pdf.styles import project_url

MOST = 12
"""Findings of one rule that are shown; the rest are counted."""


def preflight(
    file: Path,
    preset: Preset,
    progress: Callable[[str], None] = lambda step: None,
    project: Project | None = None,
) -> list[Finding]:
    """Return what a press would find wrong with a PDF; with its project, pictures by name."""
    progress(f"preflight of {file.name}")
    try:
        with pikepdf.open(file) as pdf:
            sheets = Sheets(file, pdf, preset, _named(project) if project else {})
            found = [
                finding
                for rule in RULES
                for finding in _shortened(
                    [
                        Finding(
                            rule.code,
                            f"{message} ({rule.reason})",
                            rule.severity,
                            hint=rule.hint,
                            place=place or None,
                        )
                        for message, place in _once(_looked(rule, sheets))
                    ]
                )
            ]
    except pikepdf.PasswordError:
        message = f"{file.name} needs a password"
        return [Finding("preflight-encrypted", message, hint="save it without a password")]
    except pikepdf.PdfError as error:
        return [Finding("pdf-broken", f"{file.name} does not open: {error}", hint="make it again")]
    if ghostscript() is None:
        found.append(
            Finding(
                "preflight-ink-unmeasured",
                "Ghostscript is not here: ink was not measured",
                Severity.WARNING,
                hint="type: apt-get install ghostscript",
            )
        )
    return found


def _looked(rule: Rule, sheets: Sheets) -> Iterator[tuple[str, str]]:
    """Yield what a rule finds; in a file whose objects are not as they should be, that."""
    try:
        yield from rule.look(sheets)
    except (TypeError, ValueError, AttributeError, IndexError, KeyError, pikepdf.PdfError) as error:
        yield f"an object is not as it should be: {error}", ""


def _named(project: Project) -> dict[str, str]:
    """Return what each picture of the project is called, by its names in our PDFs."""
    found: dict[str, str] = {}
    for article in project.issue.articles:
        for figure in article.figures:
            url = project_url(project, figure.picture)
            key = hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
            called = f"the picture {figure.picture.name} ({article.file}:{figure.line})"
            for smooth in (0, 1):
                found.setdefault(f"/i{key}{smooth}", called)
    return found


def _once(found: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what was found, the same on a page once, with its first place there."""
    first: dict[tuple[str, str], str] = {}
    for message, place in found:
        first.setdefault((message, place.partition(",")[0]), place)
    return [(message, place) for (message, _), place in first.items()]


def _shortened(findings: list[Finding]) -> list[Finding]:
    if len(findings) <= MOST:
        return findings
    rest = len(findings) - MOST
    first = findings[0]
    more = Finding(first.code, f"and {rest} more", Severity.NOTE, hint=first.hint)
    return [*findings[:MOST], more]
