"""The page list held against the print edition, both read back from their files.

Between two page markers the EPUB's text must stand on one print page, whole and in order: so
each marker falls between the last character of one page and the first of the next, and no page
that holds text is without one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lxml import etree

from publish.check.fidelity import canonical, read_spine
from publish.check.pdf_text import page_texts
from publish.diagnostics import Finding, Severity
from publish.layouts import find_theme
from publish.layouts.reading import squeezed
from publish.model import Project

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}type"
BLOCKS = frozenset(
    f"{XHTML}{name}"
    for name in ("p", "h1", "h2", "h3", "h4", "li", "td", "th", "figcaption", "div", "span")
)
"""What begins a piece of text that a printed page may part from the one before it."""
BRACKETS = f"{XHTML}rp"
MARKER = "doc-pagebreak"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces of an article's text that the EPUB places on one page, by its label."""

    document: str
    label: str
    pieces: tuple[str, ...]


def check_page_list(file: Path, printed: Path, project: Project) -> list[Finding]:
    """Return a finding for each text that is not on the page the EPUB says, and each dead entry.

    ``file`` is the EPUB, ``printed`` the print PDF of the same build. An EPUB without a page list
    is no fault: it was made alone.
    """
    documents = list(read_spine(file))
    entries = list(_entries(documents))
    if not entries:
        return []
    pages = [squeezed(t) for t in page_texts(printed, find_theme(project).geometry.top)]
    findings = [_dead(file, label) for label, target in entries if target != label]
    findings += _unlisted(file, [label for label, _ in entries], pages)
    keys = {article.key for article in project.issue.articles}
    texts = {str(number): canonical(page, cut=True) for number, page in enumerate(pages, 1)}
    places = dict.fromkeys(texts, 0)
    for stretch in _stretches(documents, keys):
        for piece in stretch.pieces:
            wanted = canonical(piece, cut=True)
            at = texts.get(stretch.label, "").find(wanted, places.get(stretch.label, 0))
            if at < 0:
                findings.append(_elsewhere(file, stretch, piece))
                break
            places[stretch.label] = at + len(wanted)
    return findings


def _entries(documents: list[tuple[str, etree._Element]]) -> Iterator[tuple[str, str | None]]:
    """Yield each entry's label and the marker's label that it leads to, in the list's order."""
    markers = {
        (name, str(element.get("id"))): _label(element)
        for name, root in documents
        for element in root.iter(f"{XHTML}*")
        if element.get("role") == MARKER
    }
    for name, root in documents:
        for nav in root.iter(f"{XHTML}nav"):
            if nav.get(EPUB) != "page-list":
                continue
            for link in nav.iter(f"{XHTML}a"):
                path, _, fragment = str(link.get("href")).partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
                yield str(link.text), markers.get((target, fragment))


def _stretches(documents: list[tuple[str, etree._Element]], keys: set[str]) -> Iterator[Stretch]:
    """Yield the text of all articles in the order of reading, parted at the markers."""
    label = ""
    for name, root in documents:
        body = root.find(f"{XHTML}body")
        assert body is not None
        article = body.find(f".//{XHTML}article")
        whole = body if article is None else article
        pieces = list(_pieces(whole, label))
        label = pieces[-1][0]
        if posixpath.basename(name).removesuffix(".xhtml") not in keys:
            continue
        for page, group in groupby(pieces, key=lambda piece: piece[0]):
            texts = tuple(text for _, piece in group if (text := squeezed(piece)))
            if texts:
                yield Stretch(name, page, texts)


def _pieces(whole: etree._Element, label: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text with the label of the page that each stands on."""
    text = ""
    for event, element in etree.iterwalk(whole, events=("start", "end")):
        if event == "start":
            if element.tag in BLOCKS:
                yield label, text
                text = ""
            if element.get("role") == MARKER:
                label = _label(element)
            if element.tag != BRACKETS:
                text += element.text or ""
        elif element is not whole:
            if element.tag in BLOCKS:
                yield label, text
                text = ""
            text += element.tail or ""
    yield label, text


def _label(marker: etree._Element) -> str:
    return str(marker.get("aria-label")).strip("第页")


def _unlisted(file: Path, labels: list[str], pages: list[str]) -> list[Finding]:
    """Tell of pages with text that are not in the list once, in their order."""
    wanted = [str(number) for number, text in enumerate(pages, 1) if text]
    if sorted(labels) == sorted(wanted):
        return []
    missing = [label for label in wanted if label not in labels]
    what = f"without {', '.join(missing)}" if missing else f"as {', '.join(labels[:9])} …"
    return [
        Finding(
            "page-list-pages",
            f"{file.name} lists {len(labels)} pages of the print edition's {len(wanted)}, {what}",
            hint="build both again; if it stays, look at the theme's contents",
        )
    ]


def _dead(file: Path, label: str) -> Finding:
    return Finding(
        "page-list-target",
        f"{file.name} lists page {label}, and it leads to no marker of that page",
        hint="build it again",
    )


def _elsewhere(file: Path, stretch: Stretch, piece: str) -> Finding:
    return Finding(
        "page-list-place",
        f"{file.name} has “{piece[:16]}” on page {stretch.label}, and the print PDF has not",
        Severity.ERROR,
        place=stretch.document,
        hint="were both made together? if so, report it with this issue",
    )
