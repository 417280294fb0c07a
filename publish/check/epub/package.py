"""An EPUB as it lies in its ZIP, of any maker and version, read with care.

Whoever made the file may have made it wrong, or to harm: nothing is unpacked to disk, no entity
is expanded, nothing is fetched, and no file larger than a book's is read.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import etree

from publish.diagnostics import Finding
from publish.errors import InputError

LARGEST = 200_000_000
"""Bytes of one file when unpacked; of all of them five times as much."""
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPS = "{http://www.idpf.org/2007/ops}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
FONT_TYPES = ("font/", "application/font", "application/x-font", "application/vnd.ms-opentype")
FONT_ENDINGS = (".otf", ".ttf", ".ttc", ".woff", ".woff2")
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the package names; ``path`` is its place in the ZIP."""

    path: str
    media_type: str
    properties: frozenset[str]

    @property
    def is_font(self) -> bool:
        """Tell whether it is a font; of those without a proper type the name tells."""
        return self.media_type.startswith(FONT_TYPES) or self.path.lower().endswith(FONT_ENDINGS)


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of metadata: its name (``dc:title``, ``schema:accessMode``), value and refined id."""

    name: str
    value: str
    refines: str = ""


@dataclass
class Epub:
    """An EPUB that could be opened."""

    file: Path
    archive: zipfile.ZipFile
    version: str
    identifier: str
    metadata: list[Statement]
    items: dict[str, Item]
    spine: list[str]
    nav: str | None
    ncx: str | None
    _trees: dict[str, etree._Element | None] = field(default_factory=dict)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Return the packed size of each file, in bytes."""
        return {entry.filename: entry.compress_size for entry in self.archive.infolist()}

    def read(self, path: str) -> bytes | None:
        """Return a file, or None where it is not there, damaged or too large."""
        try:
            if self.archive.getinfo(path).file_size > LARGEST:
                return None
            return self.archive.read(path)
        except (KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
            return None

    def tree(self, path: str) -> etree._Element | None:
        """Return the root of an XML file, or None where there is none to be read."""
        if path not in self._trees:
            self._trees[path] = parsed(self.read(path))
        return self._trees[path]

    def documents(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield each document of the spine that can be read."""
        for path in self.spine:
            root = self.tree(path)
            if root is not None:
                yield path, root

    def values(self, name: str) -> list[str]:
        """Return the values of a piece of metadata."""
        return [one.value for one in self.metadata if one.name == name]


def open_epub(file: Path) -> Epub:
    """Open an EPUB. Raises InputError where it is none, or its package cannot be read."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _not_one(file, f"it is no ZIP: {error}") from error
    if sum(entry.file_size for entry in archive.infolist()) > 5 * LARGEST:
        raise _not_one(file, "unpacked it would be larger than any book")
    bare = Epub(file, archive, "", "", [], {}, [], None, None)
    container = bare.tree(CONTAINER)
    if container is None:
        raise _not_one(file, f"{CONTAINER} is missing or damaged")
    path = str(container.xpath("string(//*[local-name()='rootfile']/@full-path)"))
    package = bare.tree(path)
    if package is None:
        raise _not_one(file, f"its package document “{path}” is missing or damaged")
    return _of_package(bare, path, package)


def _of_package(bare: Epub, path: str, package: etree._Element) -> Epub:
    folder = posixpath.dirname(path)
    by_id: dict[str, Item] = {}
    for element in package.iter(f"{OPF}item"):
        item = Item(
            resolved(folder, element.get("href", "")),
            element.get("media-type", ""),
            frozenset(element.get("properties", "").split()),
        )
        by_id[element.get("id", "")] = item
    spine_element = package.find(f"{OPF}spine")
    references = [] if spine_element is None else list(spine_element.iter(f"{OPF}itemref"))
    spine = [by_id[str(r.get("idref"))].path for r in references if r.get("idref") in by_id]
    ncx = "" if spine_element is None else spine_element.get("toc", "")
    nav = next((item.path for item in by_id.values() if "nav" in item.properties), None)
    unique = package.get("unique-identifier")
    identifiers = {e.get("id"): (e.text or "") for e in package.iter(f"{DC}identifier")}
    bare.version = package.get("version", "")
    bare.identifier = identifiers.get(unique) or next(iter(identifiers.values()), "")
    bare.metadata = list(_metadata(package))
    bare.items = {item.path: item for item in by_id.values()}
    bare.spine, bare.nav = spine, nav
    bare.ncx = by_id[ncx].path if ncx in by_id else None
    return bare


def _metadata(package: etree._Element) -> Iterator[Statement]:
    for element in package.iter(f"{DC}*"):
        yield Statement("dc:" + etree.QName(element).localname, (element.text or "").strip())
    for element in package.iter(f"{OPF}meta", f"{OPF}link"):
        name = element.get("property") or element.get("name") or element.get("rel") or ""
        value = element.text or element.get("content") or element.get("href") or ""
        yield Statement(name, value.strip(), element.get("refines", "").lstrip("#"))


def resolved(folder: str, href: str) -> str:
    """Return the place in the ZIP that an address leads to, without its fragment."""
    return posixpath.normpath(posixpath.join(folder, unquote(urldefrag(href)[0])))


def parsed(content: bytes | None) -> etree._Element | None:
    """Return the root of an XML text, mended where it is not well-formed."""
    if content is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _not_one(file: Path, why: str) -> InputError:
    message = f"{file.name} is no EPUB that can be read: {why}"
    return InputError(Finding("epub-broken", message, hint="make it again, or fetch it again"))
