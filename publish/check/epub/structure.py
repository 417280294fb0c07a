"""The order of an EPUB: spine, contents, NCX, headings and page list tell one story."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urldefrag

from lxml import etree

from publish.check.epub.package import NCX, OPS, XHTML, Epub, resolved
from publish.diagnostics import Finding, Severity

HEADING = re.compile(r"h([1-6])")
SHOWN = (
    *(f"{XHTML}{name}" for name in ("audio", "canvas", "img", "object", "video")),
    "{http://www.w3.org/2000/svg}svg",
    "{http://www.w3.org/1998/Math/MathML}math",
)
"""Elements that show something without text."""
Target = tuple[str, str]
"""A document's path and a fragment, which may be empty."""


def check_structure(epub: Epub) -> Iterator[Finding]:
    """Yield what readers who do not turn page after page would miss or be misled by."""
    contents = list(targets(epub, "toc")) or list(_ncx_targets(epub))
    yield from _contents(epub, contents)
    yield from _documents(epub)
    yield from _pages(epub)
    if epub.version.startswith("3") and epub.nav and not list(targets(epub, "landmarks")):
        yield _finding(
            epub, "landmarks-none", "the navigation has no landmarks", Severity.NOTE, epub.nav,
            "name cover, contents and where the text begins, so that a reader can go there",
        )  # fmt: skip


def targets(epub: Epub, kind: str) -> Iterator[Target]:
    """Yield where the entries of one of the navigation's lists lead, in their order."""
    root = epub.tree(epub.nav) if epub.nav else None
    if root is None or epub.nav is None:
        return
    for nav in root.iter(f"{XHTML}nav"):
        if kind in (nav.get(f"{OPS}type") or "").split():
            for link in nav.iter(f"{XHTML}a"):
                yield _target(epub.nav, link.get("href", ""))


def _ncx_targets(epub: Epub) -> Iterator[Target]:
    root = epub.tree(epub.ncx) if epub.ncx else None
    if root is None or epub.ncx is None:
        return
    for content in root.iterfind(f".//{NCX}navPoint/{NCX}content"):
        yield _target(epub.ncx, content.get("src", ""))


def _target(document: str, href: str) -> Target:
    return resolved(posixpath.dirname(document), href), urldefrag(href)[1]


def _contents(epub: Epub, contents: list[Target]) -> Iterator[Finding]:
    if not contents:
        yield _finding(
            epub, "toc-none", "there is no table of contents", Severity.ERROR, None,
            "add a navigation document (EPUB 3) or an NCX (EPUB 2)",
        )  # fmt: skip
        return
    place = {path: number for number, path in enumerate(epub.spine)}
    numbers = [place[path] for path, _ in contents if path in place]
    if numbers != sorted(numbers):
        yield _finding(
            epub, "toc-order", "the contents go back and forth in the order of reading",
            Severity.WARNING, epub.nav or epub.ncx, "list the documents in the spine's order",
        )  # fmt: skip
    ncx = list(dict.fromkeys(path for path, _ in _ncx_targets(epub)))
    if epub.nav and ncx and set(ncx) != {path for path, _ in contents}:
        yield _finding(
            epub, "toc-differs", "the navigation and the NCX list other documents",
            Severity.WARNING, epub.ncx, "make both from one table of contents",
        )  # fmt: skip
    named = {path for path, _ in contents}
    named |= {path for path, _ in targets(epub, "landmarks")}
    inside = {target for path in epub.spine for target in _linked(epub, path)}
    lost = [p for p in epub.spine if p not in named | inside and p != epub.nav]
    if lost:
        yield _finding(
            epub, "spine-unlisted",
            f"{len(lost)} documents are named by neither contents nor any link: {_few(lost)}",
            Severity.NOTE, None, "a reader finds them by turning pages alone",
        )  # fmt: skip


def _linked(epub: Epub, path: str) -> Iterator[str]:
    root = epub.tree(path)
    if root is not None:
        for link in root.iter(f"{XHTML}a"):
            yield resolved(posixpath.dirname(path), link.get("href", ""))


def _documents(epub: Epub) -> Iterator[Finding]:
    bare, empty = [], []
    for path, root in epub.documents():
        body = root.find(f"{XHTML}body")
        if body is None:
            continue
        text = "".join(str(t) for t in body.itertext()).strip()
        shows = next(body.iter(*SHOWN), None) is not None
        if not text and not shows:
            empty.append(path)
        levels = [int(m[1]) for e in body.iter() if (m := HEADING.fullmatch(_local(e)))]
        if text and not levels:
            bare.append(path)
        for above, level in zip([0, *levels], levels, strict=False):
            if level > above + 1 and above:
                yield _finding(
                    epub, "heading-skipped",
                    f"in “{path}” a heading of level {level} follows one of level {above}",
                    Severity.WARNING, path, "let levels go down one by one",
                )  # fmt: skip
                break
    if empty:
        yield _finding(
            epub, "document-empty", f"{len(empty)} documents show nothing: {_few(empty)}",
            Severity.WARNING, empty[0], "take them out of the spine",
        )  # fmt: skip
    if bare:
        yield _finding(
            epub, "heading-none", f"{len(bare)} documents have no heading: {_few(bare)}",
            Severity.NOTE, bare[0], "a screen reader goes from heading to heading",
        )  # fmt: skip


def _pages(epub: Epub) -> Iterator[Finding]:
    listed = list(targets(epub, "page-list"))
    markers = [
        (path, str(e.get("id")))
        for path, root in epub.documents()
        for e in root.iter(f"{XHTML}*")
        if e.get("role") == "doc-pagebreak" or "pagebreak" in (e.get(f"{OPS}type") or "").split()
    ]
    if markers and not listed and epub.version.startswith("3"):
        yield _finding(
            epub, "page-list-none", f"{len(markers)} page markers, and no page-list names them",
            Severity.WARNING, markers[0][0], "list them in the navigation",
        )  # fmt: skip
    place = {target: number for number, target in enumerate(markers)}
    numbers = [place[target] for target in listed if target in place]
    if len(numbers) < len(listed):
        lost = next(target for target in listed if target not in place)
        yield _finding(
            epub, "page-list-target", f"the page list leads to “{'#'.join(lost)}”, no page marker",
            Severity.ERROR, epub.nav, "let each entry lead to its marker",
        )  # fmt: skip
    elif numbers != sorted(numbers):
        yield _finding(
            epub, "page-list-order", "the page list is not in the order of reading",
            Severity.WARNING, epub.nav, "list the pages in the order of their markers",
        )  # fmt: skip


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _few(paths: list[str]) -> str:
    return ", ".join(paths[:3]) + (" …" if len(paths) > 3 else "")


def _finding(
    epub: Epub, code: str, message: str, severity: Severity, place: str | None, hint: str
) -> Finding:
    return Finding(code, f"{epub.file.name}: {message}", severity, place=place, hint=hint)
