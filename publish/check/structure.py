"""Structure: manifest, navigation, headings and bookmarks tell the same issue."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from publish.check.fidelity import read_spine
from publish.diagnostics import Finding
from publish.model import Project

Outline = list[tuple[str, list[str]]]
"""Section titles, each with its articles' labels, in order."""

HTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
NCX = {"n": "http://www.daisy.org/z3986/2005/ncx/"}


def manifest_outline(project: Project) -> Outline:
    """Return the order the manifest gives."""
    return [
        (section.title, [article.label for article in section.articles])
        for section in project.issue.sections
    ]


def check_structure(file: Path, project: Project) -> list[Finding]:
    """Return a finding for each of the file's outlines that is not the manifest's."""
    wanted = manifest_outline(project)
    outlines = epub_outlines(file) if file.suffix == ".epub" else {"bookmarks": bookmarks(file)}
    return [
        Finding(
            "structure-differs",
            f"the {name} of {file.name} tell another order than the manifest: "
            f"{_difference(wanted, outline)}",
            hint="build the issue again; if it stays, look at the theme's templates",
        )
        for name, outline in outlines.items()
        if outline != wanted
    ]


def _difference(wanted: Outline, found: Outline) -> str:
    flat_wanted = [text for title, labels in wanted for text in (title, *labels)]
    flat_found = [text for title, labels in found for text in (title, *labels)]
    for place, text in enumerate(flat_wanted):
        other = flat_found[place] if place < len(flat_found) else "nothing"
        if text != other:
            return f"“{other}” stands where “{text}” is due"
    return "there is more than the manifest names"


def epub_outlines(file: Path) -> dict[str, Outline]:
    """Return the outlines of an EPUB of ours: its ``nav``, its NCX, its headings."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        nav = etree.fromstring(archive.read(next(n for n in names if n.endswith("nav.xhtml"))))
        ncx = etree.fromstring(archive.read(next(n for n in names if n.endswith(".ncx"))))
    return {"nav": _nav(nav), "NCX": _ncx(ncx), "headings": _headings(file)}


def _elements(node: etree._Element, path: str, names: dict[str, str]) -> list[etree._Element]:
    found = node.xpath(path, namespaces=names)
    return [element for element in found if isinstance(element, etree._Element)]  # type: ignore[union-attr]


def _string(node: etree._Element, path: str, names: dict[str, str]) -> str:
    return str(node.xpath(f"string({path})", namespaces=names))


def _nav(nav: etree._Element) -> Outline:
    return [
        (
            _string(section, "h:a", HTML),
            [_string(link, ".", HTML) for link in _elements(section, "h:ol/h:li/h:a", HTML)],
        )
        for section in _elements(nav, "//h:nav[@epub:type='toc']/h:ol/h:li", HTML)
    ]


def _ncx(ncx: etree._Element) -> Outline:
    return [
        (
            _string(point, "n:navLabel/n:text", NCX),
            [str(text.text) for text in _elements(point, "n:navPoint/n:navLabel/n:text", NCX)],
        )
        for point in _elements(ncx, "n:navMap/n:navPoint", NCX)
    ]


def _headings(file: Path) -> Outline:
    outline: Outline = []
    for _, document in read_spine(file):
        if sections := _elements(document, "//h:h1[@class='section-title']", HTML):
            outline.append(("".join(str(t) for t in sections[0].itertext()), []))
        elif articles := _elements(document, "//h:article", HTML):
            outline[-1][1].append(str(articles[0].get("aria-label")))
    return outline


def bookmarks(file: Path) -> Outline:
    """Return the bookmarks of a PDF, read with PDFium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    outline: Outline = []
    try:
        for item in document.get_toc(max_depth=4):
            title = item.get_title()
            if item.level == 0:
                outline.append((title, []))
            elif item.level == 1 and outline:
                outline[-1][1].append(title)
    finally:
        document.close()
    return outline
