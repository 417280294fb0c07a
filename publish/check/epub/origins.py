"""From a place in one of an EPUB's documents to the manuscript it was made of.

Each block in a document of ours carries its manuscript line as its id (``L12``).
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import cssselect2
from lxml import etree

from publish.check.epub.package import parsed
from publish.model import Project

MARK = re.compile(r"L(\d+)")
Origin = tuple[str | None, int | None]
"""A manuscript and its line, or None for what is not known."""


class Origins:
    """The manuscripts that an EPUB's documents were made of, if its project is known."""

    def __init__(self, file: Path, project: Project | None) -> None:
        self.file = file
        articles = project.issue.articles if project else ()
        self.manuscripts = {article.key: article.file for article in articles}

    def at_line(self, path: str, line: int, column: int) -> Origin:
        """Return the origin of a line and column, from 1, in a document."""
        manuscript = self.manuscripts.get(Path(path).stem)
        if manuscript is None or line < 1:
            return manuscript, None
        lines = self._content(path).decode(errors="replace").split("\n")[:line]
        before = "\n".join([*lines[:-1], lines[-1][:column] if column > 0 else lines[-1]])
        marks = re.findall(r'id="L(\d+)"', before)
        return manuscript, int(marks[-1]) if marks else 1

    def at_selector(self, path: str, selector: str) -> Origin:
        """Return the origin of the element that a CSS selector finds in a document."""
        manuscript = self.manuscripts.get(Path(path).stem)
        if manuscript is None:
            return None, None
        root = parsed(self._content(path))
        try:
            wrapped = cssselect2.ElementWrapper.from_xml_root(root)
            found = wrapped.query(selector)
        except (cssselect2.SelectorError, AttributeError):
            found = None
        return manuscript, 1 if found is None else _line(found.etree_element)

    def _content(self, path: str) -> bytes:
        with zipfile.ZipFile(self.file) as archive:
            for name in archive.namelist():  # EPUBCheck says more than that, Ace says less
                if path.endswith(name) or name.endswith(f"/{path}"):
                    return archive.read(name)
        return b""


def _line(element: etree._Element) -> int:
    """Return the manuscript line of an element: its own, or that of the last one before it."""
    last = 1
    for each in element.getroottree().iter():
        if mark := MARK.fullmatch(each.get("id") or "" if isinstance(each.tag, str) else ""):
            last = int(mark[1])
        if each is element:
            break
    return last
