"""Every font an EPUB's stylesheets name is in the EPUB; none comes from the reader's system."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path

from publish.diagnostics import Finding

FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';]+)[\"']?[^}]*\}", re.DOTALL)
URL = re.compile(r"url\([\"']?([^)\"']+)[\"']?\)")
FAMILY = re.compile(r"(?:font-family|--[\w-]+):\s*([^;}]+)")
"""Custom properties too: a theme's hold lists of families."""
GENERIC = {"serif", "sans-serif", "monospace", "inherit", "initial", "cursive", "fantasy"}


def check_epub_fonts(file: Path) -> list[Finding]:
    """Return a finding for each family that is named and not embedded."""
    findings = []
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        for sheet in sorted(name for name in names if name.endswith(".css")):
            css = archive.read(sheet).decode()
            embedded = {match[1].strip() for match in FACE.finditer(css)}
            wanted = {
                family.strip().strip("\"'")
                for match in FAMILY.finditer(FACE.sub("", css))
                for family in match[1].split(",")
                if not family.strip().startswith("var(")
            }
            for family in sorted(wanted - embedded - GENERIC):
                findings.append(_missing(family, file.name, sheet))
            for match in FACE.finditer(css):
                for url in URL.findall(match[0]):
                    path = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), url))
                    if path not in names:
                        findings.append(_missing(url, file.name, sheet))
    return findings


def _missing(what: str, file: str, sheet: str) -> Finding:
    return Finding(
        "font-not-embedded",
        f"the font “{what}” is named and not embedded in {file}",
        place=sheet,
        hint="name only the families that the theme's font_faces embed",
    )
