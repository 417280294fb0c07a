"""Ace by DAISY, run for real where it is installed: what it finds, with the manuscript and line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from publish.check.epub.origins import Origins
from publish.diagnostics import Finding, Severity
from publish.model import Project
from publish.stopping import when_stopped

PROGRAM = "ace-puppeteer"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_VARIABLE = "PUPPETEER_EXECUTABLE_PATH"
TIME_LIMIT = 1800
"""Seconds; a document takes about a fifth of one."""

SEVERITIES = {
    "critical": Severity.ERROR,
    "serious": Severity.ERROR,
    "moderate": Severity.WARNING,
    "minor": Severity.WARNING,
}
"""By Ace's impact: who meets a critical or serious one cannot read on."""


def ace(root: Path | None = None) -> str | None:
    """Return Ace's program: on the PATH, in a project's own ``node_modules``, or nowhere."""
    own = [str(f / "node_modules" / ".bin") for f in (root, Path()) if f is not None]
    return shutil.which(PROGRAM, path=os.pathsep.join([os.environ.get("PATH", ""), *own]))


def browser() -> str | None:
    """Return the browser that Ace is to use."""
    if given := os.environ.get(BROWSER_VARIABLE):
        return given
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def run_ace(file: Path, project: Project | None = None) -> list[Finding]:
    """Return what Ace finds; where it is not installed, or fails, a note or an error says so."""
    program, chromium = ace(project.root if project else None), browser()
    if program is None or chromium is None:
        return [_not_run(file, "Ace" if program is None else "the browser that Ace needs")]
    with tempfile.TemporaryDirectory(prefix="ace-") as folder:
        command = [program, "--force", "--silent", "--outdir", folder, str(file.resolve())]
        process = subprocess.Popen(
            command,
            env={**os.environ, BROWSER_VARIABLE: chromium},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # its browser ends with it
        )
        with when_stopped(lambda: _end(process)):
            try:
                said, _ = process.communicate(timeout=TIME_LIMIT)
            except subprocess.TimeoutExpired:
                said = f"it took longer than {TIME_LIMIT} s"
            finally:
                _end(process)
        try:
            report = json.loads((Path(folder) / "report.json").read_text(encoding="utf-8"))
            return list(_findings(report, file, Origins(file, project)))
        except (OSError, ValueError, KeyError, TypeError):
            return [_failed(file, said)]


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _findings(report: dict[str, Any], file: Path, origins: Origins) -> Iterator[Finding]:
    for subject in report["assertions"]:
        document = str(subject["earl:testSubject"]["url"])
        for assertion in subject["assertions"]:
            test, result = assertion["earl:test"], assertion["earl:result"]
            if result["earl:outcome"] != "fail":
                continue
            selectors = (result.get("earl:pointer") or {}).get("css") or [""]
            manuscript, line = origins.at_selector(document, str(selectors[0]))
            impact = str(test.get("earl:impact", "moderate"))
            yield Finding(
                f"ace-{test['dct:title']}",
                f"{file.name}: Ace ({impact}): {_in_short(result)}",
                SEVERITIES.get(impact, Severity.WARNING),
                file=manuscript,
                line=line,
                place=document,
                hint=(test.get("help") or {}).get("url"),
            )


def _in_short(result: dict[str, Any]) -> str:
    said = " ".join(str(result.get("dct:description", "")).split())
    snippet = " ".join(str(result.get("html", "")).split())
    return f"{said[:160]} — {snippet[:120]}" if snippet else said[:160]


def _not_run(file: Path, what: str) -> Finding:
    return Finding(
        "ace-not-run",
        f"{file.name}: Ace did not look at it: {what} is not installed",
        Severity.NOTE,
        hint="type: apt-get install chromium && npm install --global --ignore-scripts @daisy/ace",
    )


def _failed(file: Path, said: str) -> Finding:
    why = " ".join(said.split())[-200:] or "it gave no report"
    return Finding(
        "ace-failed", f"{file.name}: Ace gave no report: {why}", hint="see: publish doctor"
    )
