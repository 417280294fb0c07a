"""The EPUB's package, by EbookLib."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ebooklib import epub

from publish.diagnostics import Finding
from publish.epub.documents import Document
from publish.epub.fonts import EmbeddedFont
from publish.epub.metadata import describe
from publish.errors import PublishError
from publish.fonts.subset import media_type
from publish.layouts import Setup
from publish.model import Issue, Section

XHTML = "application/xhtml+xml"


class Book:
    """A book that is filled with what was made, then written."""

    def __init__(self, setup: Setup, issue: Issue) -> None:
        self.setup, self.issue = setup, issue
        self.book = epub.EpubBook()
        self.contents: dict[str, bytes] = {}
        describe(self.book, issue)

    def add_documents(self, documents: Iterable[Document]) -> None:
        """Add the spine in its order."""
        for document in documents:
            name = document.name
            item = self._item(f"doc-{name}", f"text/{name}.xhtml", XHTML, document.content)
            item.properties = ["nav"] if name == "nav" else []
            self.book.spine.append(item)

    def add_fonts(self, fonts: Sequence[EmbeddedFont]) -> None:
        """Add the subsets."""
        for font in fonts:
            self._item(font.name, f"fonts/{font.name}", media_type(font.content), font.content)

    def add_style(self, content: bytes) -> None:
        """Add the stylesheet."""
        self._item("style", "styles/epub.css", "text/css", content)

    def add_cover(self, content: bytes) -> None:
        """Add the cover's picture."""
        cover = epub.EpubCover("cover-image", "images/cover.jpg")
        cover.media_type = "image/jpeg"
        cover.content = self.contents["images/cover.jpg"] = content
        self.book.add_item(cover)

    def add_picture(self, name: str, content: bytes) -> None:
        """Add a picture that documents show."""
        kind = "image/png" if name.endswith(".png") else "image/jpeg"
        self._item(Path(name).stem, f"images/{name}", kind, content)

    def add_navigation(self) -> None:
        """Add the NCX for older readers; ``nav`` is a document of its own."""
        self.book.toc = [self._toc_entry(section) for section in self.issue.sections]
        self.book.add_item(epub.EpubNcx())

    def _toc_entry(self, section: Section) -> tuple[epub.Section, list[epub.Link]]:
        links = [
            epub.Link(f"text/{article.key}.xhtml", article.label, f"ncx-{article.key}")
            for article in section.articles
        ]
        return epub.Section(section.title, f"text/{section.key}.xhtml"), links

    def _item(self, uid: str, name: str, kind: str, content: bytes) -> epub.EpubItem:
        item = epub.EpubItem(uid=uid, file_name=name, media_type=kind, content=content)
        item.is_linear = True
        self.book.add_item(item)
        self.contents[name] = content
        return item

    def write(self, output: Path, modified: str) -> None:
        """Write the EPUB, and read every file of it back.

        ``modified`` is an ISO 8601 moment in UTC.
        """
        moment = dt.datetime.fromisoformat(modified)
        writer = _Writer(str(output), self.book, {"mtime": moment})
        writer.process()
        writer.write()
        with zipfile.ZipFile(output) as archive:
            folder = self.book.FOLDER_NAME
            for name, content in self.contents.items():
                if archive.read(f"{folder}/{name}") != content:
                    message = f"{name} is not in the EPUB as it was made"
                    raise PublishError(Finding("epub-broken", message, hint="build it again"))


EARLIEST = (1980, 1, 1, 0, 0, 0)
"""ZIP knows no earlier moment; a fixed one keeps the bytes the same."""


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, into a ZIP whose entries have no clock."""

    def write(self) -> None:
        """Write all of it."""
        with _Archive(self.file_name, "w", zipfile.ZIP_DEFLATED) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()


class _Archive(zipfile.ZipFile):
    def writestr(
        self, name: Any, data: Any, compress_type: int | None = None, level: int | None = None
    ) -> None:
        """Add an entry whose moment and rights are always the same."""
        entry = zipfile.ZipInfo(name, EARLIEST)
        entry.external_attr = 0o644 << 16
        entry.compress_type = self.compression if compress_type is None else compress_type
        super().writestr(entry, data, entry.compress_type, level)
