"""Nothing is lost: the text of every article, read back from an output with another library.

An EPUB is read with zipfile and lxml, a PDF with PDFium; neither wrote the file. White space
does not count; every other character of the article must be there, in order.
"""

from __future__ import annotations

import posixpath
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from lxml import etree

from publish.diagnostics import Finding
from publish.layouts import find_theme
from publish.layouts.reading import reading_text, squeezed, unprinted_place
from publish.model import Article, Project

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = {"opf": "http://www.idpf.org/2007/opf"}


def check_text(file: Path, project: Project, top: float | None = None) -> list[Finding]:
    """Return a finding for each article whose text is not whole in the file.

    ``top`` (pt) is where a PDF's type area begins below the trim; else the theme says it.
    """
    if file.suffix == ".epub":
        return _check_epub(file, project)
    top = find_theme(project).geometry.top if top is None else top
    return read_back(file, project, top).findings


# --- EPUB ----------------------------------------------------------------------------------


def _check_epub(file: Path, project: Project) -> list[Finding]:
    documents = dict(read_spine(file))
    findings = []
    for article in project.issue.articles:
        name = f"{article.key}.xhtml"
        root = next((tree for path, tree in documents.items() if path.endswith(f"/{name}")), None)
        found = "" if root is None else squeezed("".join(_visible(root)))
        expected = squeezed(reading_text(article))
        if expected not in found:
            findings.append(_loss(article, expected, found, file.name, name))
    return findings


def check_document(content: bytes, article: Article, file: str, place: str) -> list[Finding]:
    """Return a finding where an article's text is not whole in its document."""
    found = squeezed("".join(_visible(etree.fromstring(content))))
    expected = squeezed(reading_text(article))
    return [] if expected in found else [_loss(article, expected, found, file, place)]


def read_spine(file: Path) -> Iterator[tuple[str, etree._Element]]:
    """Yield each document of an EPUB's spine with its name."""
    with zipfile.ZipFile(file) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        opf_name = container.xpath("string(//@full-path)")
        package = etree.fromstring(archive.read(str(opf_name)))
        items = {
            item.get("id"): item.get("href")
            for item in package.iterfind("opf:manifest/opf:item", OPF)
        }
        for reference in package.iterfind("opf:spine/opf:itemref", OPF):
            href = items[reference.get("idref")]
            name = posixpath.normpath(posixpath.join(posixpath.dirname(str(opf_name)), str(href)))
            yield name, etree.fromstring(archive.read(name))


def _visible(root: etree._Element) -> Iterator[str]:
    body = root.find(f"{XHTML}body")
    if body is not None:
        yield from (str(text) for text in body.itertext())


# --- PDF -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was found in a PDF: articles whose text is not whole, and where each page begins.

    ``beginnings`` are by article key: each page that holds some of it, from 0, and the place of
    the page's first character in the article as the EPUB has it, counted as ``PageBreak`` does.
    """

    findings: list[Finding]
    beginnings: dict[str, list[tuple[int, int]]]


def read_back(file: Path, project: Project, top: float) -> ReadBack:
    """Read every article back from a PDF whose type area begins ``top`` pt below the trim."""
    import pikepdf

    texts = [squeezed(reading_text(a, printed=True)) for a in project.issue.articles]
    try:
        found = _search(_type_areas(file, top, quick=True), texts, file, project)
    except pikepdf.PdfError:
        found = None
    if found is None or found.findings:
        found = _search(_type_areas(file, top, quick=False), texts, file, project)
    return found


def _search(pages: list[str], texts: list[str], file: Path, project: Project) -> ReadBack:
    """Look for all articles; where one seems lost, words that the composer cut are put together.

    PDFium gives a hyphen at a line's end as the same character whether it was typed or put in.
    """
    for cut in (False, True):
        shown = [canonical(page, cut=cut) for page in pages]
        expected = [canonical(each, cut=cut) for each in texts]
        findings, places = _lost_from("".join(shown), expected, file, project)
        if not findings:
            starts = [0, *accumulate(map(len, shown))]
            articles = zip(project.issue.articles, texts, places, strict=True)
            begin = {a.key: _beginnings(a, t, at, starts, cut=cut) for a, t, at in articles}
            return ReadBack([], begin)
    return ReadBack(findings, {})


def _type_areas(file: Path, top: float, *, quick: bool) -> list[str]:
    """Return the text of each page without white space and folio lines."""
    from publish.check.pdf_text import page_texts  # PDFium and pikepdf: an EPUB needs neither

    return [squeezed(text) for text in page_texts(file, top, quick=quick)]


def _beginnings(
    article: Article, text: str, taken: range, starts: list[int], *, cut: bool
) -> list[tuple[int, int]]:
    """Return each page that holds some of an article, and the place at which it begins.

    ``starts`` are those of the pages in the text of all, where the article takes ``taken``.
    """
    first = bisect_right(starts, taken.start) - 1
    following = range(first + 1, bisect_left(starts, taken.stop))
    places = (_as_typed(text, starts[page] - taken.start, cut=cut) for page in following)
    turns = [(p, unprinted_place(article, at)) for p, at in zip(following, places, strict=True)]
    return [(first, 0), *turns]


def _as_typed(text: str, place: int, *, cut: bool) -> int:
    """Return where the character at a place of the canonical text stands in the text itself."""
    if len(canonical(text, cut=cut)) == len(text):
        return place
    kept = [at for at, character in enumerate(text) if canonical(character, cut=cut)]
    return kept[place]


def _lost_from(
    text: str, texts: list[str], file: Path, project: Project
) -> tuple[list[Finding], list[range]]:
    """Look for each article after the one before it; tell of one that stands elsewhere.

    Return with that where each was found, if all were.
    """
    findings = []
    taken = [range(0)]
    for article, expected in zip(project.issue.articles, texts, strict=True):
        place = text.find(expected, taken[-1].stop)
        if place >= 0:
            taken.append(range(place, place + len(expected)))
        elif _stands_free(expected, text, taken):
            findings.append(_misplaced(article, file.name))
        else:
            findings.append(_loss(article, expected, text[taken[-1].stop :], file.name, None))
    return findings, taken[1:]


def _stands_free(expected: str, text: str, taken: list[range]) -> bool:
    """Say whether a text stands where no other article was found."""
    place = text.find(expected)
    while place >= 0:
        stop = place + len(expected)
        if not any(place < other.stop and other.start < stop for other in taken):
            return True
        place = text.find(expected, place + 1)
    return False


CANONICAL = (("\u00a0", ""), ("\ufffe", "-"), ("\x02", "-"))
"""PDFium gives a hyphen at a line's end as U+FFFE or U+0002."""


def canonical(text: str, *, cut: bool) -> str:
    """Return text as both sides are compared; ``cut``: words may be cut, and no hyphen counts."""
    for character, instead in CANONICAL:
        text = text.replace(character, instead)
    return text.replace("-", "") if cut else text


# --- What is lost ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loss:
    """The first character that is not where it must be, with what stands around it."""

    before: str
    character: str
    found: str


def first_loss(expected: str, found: str) -> Loss:
    """Return where the text first departs from what is expected."""
    low, high = 0, len(expected)
    while low < high:  # the longest beginning that is still there
        middle = (low + high + 1) // 2
        if expected[:middle] in found:
            low = middle
        else:
            high = middle - 1
    place = found.find(expected[:low]) + low
    return Loss(expected[max(0, low - 8) : low], expected[low : low + 1], found[place : place + 8])


def _misplaced(article: Article, file: str) -> Finding:
    return Finding(
        "text-order",
        f"{file} has this article whole, but before one that it follows in the manifest",
        file=article.file,
        hint="was the manifest changed after the file was made? if not, look at the templates",
    )


def _loss(article: Article, expected: str, found: str, file: str, place: str | None) -> Finding:
    loss = first_loss(expected, found)
    code = f"U+{ord(loss.character):04X}" if loss.character else "the end"
    return Finding(
        "text-lost",
        f"{file} lost “{loss.character}” ({code}) after “{loss.before}”; "
        f"there stands “{loss.found}”",
        file=article.file,
        place=place,
        hint="look at the theme's template for this piece; nothing was put in place",
    )
