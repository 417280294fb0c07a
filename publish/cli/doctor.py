"""``publish doctor``"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from publish.check.epub.epubcheck import java
from publish.cli.output import console, format_option, show_json
from publish.diagnostics import Finding, Severity, has_errors
from publish.errors import MachineError
from publish.fonts.catalogue import not_installed
from publish.fonts.reading import read_catalogue


@click.command("doctor")
@format_option
def command(form: str) -> None:
    """Say whether this machine has all that is needed, and what to type if not."""
    findings: list[Finding] = []
    passed: list[str] = []
    for name, examine in EXAMINATIONS.items():
        try:
            passed.append(f"{name}: {examine()}")
        except MachineError as error:
            findings.extend(error.findings)
    if form == "json":
        show_json(findings, passed=passed)
    else:
        for line in passed:
            console().print(f"[green]ready[/]   {line}")
        for finding in findings:
            word = (
                "[bold red]missing[/]"
                if finding.severity is Severity.ERROR
                else "[yellow]wanted[/] "
            )
            console().print(f"{word} {finding.message}")
            console().print(f"        → {finding.hint}")
    if has_errors(findings):
        raise click.exceptions.Exit(MachineError.exit_code)


def _python() -> str:
    return ".".join(str(part) for part in sys.version_info[:3])


def _pango() -> str:
    try:
        from weasyprint import __version__
        from weasyprint.text.ffi import pango
    except OSError as error:
        raise MachineError(
            Finding(
                "pango-missing",
                f"Pango cannot be loaded: {error}",
                hint="type: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            )
        ) from error
    return f"{pango.pango_version()}, WeasyPrint {__version__}"


def _fonts() -> str:
    catalogue = read_catalogue(Path())
    catalogue.require()
    return ", ".join(dict.fromkeys(chain[0].name for chain in catalogue.chains.values()))


def _rare_characters() -> str:
    """Name the families behind those that lead; one that is not here is wanted, not missing."""
    catalogue = read_catalogue(Path())
    if absent := catalogue.absent.values():
        raise MachineError(
            replace(finding, severity=Severity.WARNING)
            for family in absent
            for finding in not_installed(family)
        )
    further = (family.name for chain in catalogue.chains.values() for family in chain[1:])
    leading = {chain[0].name for chain in catalogue.chains.values()}
    return ", ".join(dict.fromkeys(name for name in further if name not in leading)) or "none asked"


def _java() -> str:
    done = subprocess.run([java(), "-version"], capture_output=True, text=True, check=False)
    return done.stderr.splitlines()[0] if done.stderr else "present"


def _ghostscript() -> str:
    from publish.check.preflight.separations import ghostscript

    program = ghostscript()
    if program is None:
        raise MachineError(
            Finding(
                "ghostscript-missing",
                "Ghostscript is not here: ink is not measured, and there is no proof",
                Severity.WARNING,
                hint="type: apt-get install ghostscript",
            )
        )
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _ace() -> str:
    from publish.check.epub.ace import ace, browser

    program, chromium = ace(Path()), browser()
    if program is None or chromium is None:
        wanted = "Ace is not here" if program is None else "there is no Chromium for Ace"
        raise MachineError(
            Finding(
                "ace-missing",
                f"{wanted}: publish check does not look for barriers in EPUBs",
                Severity.WARNING,
                hint="type: apt-get install chromium npm && "
                "npm install --global --ignore-scripts @daisy/ace",
            )
        )
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return f"{done.stdout.strip()}, {chromium}"


EXAMINATIONS: dict[str, Callable[[], str]] = {
    "Python": _python,
    "Pango": _pango,
    "fonts": _fonts,
    "fonts for rare characters": _rare_characters,
    "Java for EPUBCheck": _java,
    "Ghostscript for ink and proofs": _ghostscript,
    "Ace for accessibility": _ace,
}
