"""The EPUB's package, by EbookLib."""

from __future__ import annotations

import datetime as dt
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ebooklib import epub
from lxml import etree

from publish.description import describe
from publish.diagnostics import Finding
from publish.epub import metadata
from publish.epub.accessibility import claim
from publish.epub.orders import Document
from publish.epub.packing import Archive, Embedded, Packed
from publish.errors import PublishError
from publish.fonts.obfuscation import ALGORITHM, obfuscated
from publish.layouts import Setup
from publish.model import Issue, Section

XHTML = "application/xhtml+xml"
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "otf": "font/otf",
    "png": "image/png",
    "ttf": "font/ttf",
    "woff2": "font/woff2",
}
"""The core media type of each ending (EPUB 3.3 § 3.2)."""


class Book:
    """A book that is filled with what was made, then written.

    ``paged``: it carries the pages of the print edition.
    """

    def __init__(self, setup: Setup, issue: Issue, *, paged: bool = False) -> None:
        self.setup, self.issue = setup, issue
        self.book = epub.EpubBook()
        self.contents: dict[str, Packed] = {}
        self.hidden: list[str] = []
        self.said = describe(issue)
        metadata.describe(self.book, self.said)
        claim(self.book, issue, paged=paged)

    def add_documents(self, documents: Iterable[Document]) -> None:
        """Add the spine in its order."""
        for document in documents:
            name = document.name
            item = self._item(f"doc-{name}", f"text/{name}.xhtml", XHTML, document.packed)
            item.properties = ["nav"] if name == "nav" else []
            self.book.spine.append(item)

    def add_font(self, name: str, font: Embedded) -> None:
        """Add a subset, of no use outside the book where the theme asks for that."""
        packed = font.packed
        if self.setup.theme.obfuscated:
            packed = Packed.of(obfuscated(packed.content, self.said.identifier))
            self.hidden.append(f"fonts/{name}")
        self._item(name, f"fonts/{name}", MEDIA_TYPES[font.ending], packed)

    def add_style(self, content: Packed) -> None:
        """Add the stylesheet."""
        self._item("style", "styles/epub.css", "text/css", content)

    def add_cover(self, content: Packed) -> None:
        """Add the cover's picture."""
        cover = epub.EpubCover("cover-image", "images/cover.jpg")
        cover.media_type = MEDIA_TYPES["jpg"]
        cover.content = self.contents["images/cover.jpg"] = content
        self.book.add_item(cover)

    def add_picture(self, name: str, picture: Embedded) -> None:
        """Add a picture that documents show."""
        kind = MEDIA_TYPES[picture.ending]
        self._item(Path(name).stem, f"images/{name}", kind, picture.packed)

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

    def _item(self, uid: str, name: str, kind: str, content: Packed) -> epub.EpubItem:
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
        writer.hidden = self.hidden
        writer.process()
        writer.write()
        self._read_back(output)

    def _read_back(self, output: Path) -> None:
        """Raise PublishError where a file is not the one that was made and checked."""
        with zipfile.ZipFile(output) as archive:
            for name, packed in self.contents.items():
                try:
                    whole = packed.is_of(archive.read(f"{self.book.FOLDER_NAME}/{name}"))
                except (KeyError, zipfile.BadZipFile, zlib.error):
                    whole = False
                if not whole:
                    message = f"{name} is not in the EPUB as it was made"
                    raise PublishError(Finding("epub-broken", message, hint="build it again"))


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, into a ZIP whose entries have no clock."""

    hidden: Sequence[str] = ()
    """Fonts that are obfuscated."""

    def _write_container(self) -> None:
        """Say with the container which files are obfuscated (EPUB 3.3 § 4.2.6.3.2)."""
        super()._write_container()
        if self.hidden:
            places = [f"{self.book.FOLDER_NAME}/{name}" for name in self.hidden]
            self.out.writestr("META-INF/encryption.xml", encryption(places))

    def _write_opf_metadata(self, root: Any) -> None:
        """Say which language the metadata itself is in (EPUB 3.3 § 5.3.4)."""
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        super()._write_opf_metadata(root)

    def write(self) -> None:
        """Write all of it."""
        with Archive(self.file_name, "w", zipfile.ZIP_DEFLATED) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()


CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
ENC = "http://www.w3.org/2001/04/xmlenc#"


def encryption(places: Iterable[str]) -> bytes:
    """Return the file that names what is obfuscated, by its places in the ZIP."""
    root = etree.Element(f"{{{CONTAINER}}}encryption", nsmap={None: CONTAINER, "enc": ENC})  # type: ignore[dict-item]
    for place in places:
        data = etree.SubElement(root, f"{{{ENC}}}EncryptedData")
        etree.SubElement(data, f"{{{ENC}}}EncryptionMethod", Algorithm=ALGORITHM)
        cipher = etree.SubElement(data, f"{{{ENC}}}CipherData")
        etree.SubElement(cipher, f"{{{ENC}}}CipherReference", URI=place)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
