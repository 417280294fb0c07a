"""Parts, folio lines and fonts put together with pikepdf into one PDF."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pikepdf

from publish.cache import digest
from publish.pdf.parts.reports import Bookmark, Folios, PartReport
from publish.pdf.parts.structure import add_structure

FOLIO = pikepdf.Name("/Folio")
OVER = f"Q q {FOLIO} Do Q".encode()
ASIDE = f"Q q /Artifact <</Type /Pagination>> BDC {FOLIO} Do EMC Q".encode()
"""The same where content is tagged: folio lines are no part of the text (ISO 14289-1, 7.8)."""


@contextmanager
def joined(
    files: Sequence[Path],
    parts: Sequence[PartReport],
    folios: Sequence[Folios],
    fonts: Iterable[bytes],
) -> Iterator[tuple[pikepdf.Pdf, Any]]:
    """Give the whole issue as one PDF, and its fonts: pages, folio lines, bookmarks, destinations.

    ``files`` hold the pages of each of ``parts``; ``folios`` are those of each. The first part's
    document information stays.
    """
    with ExitStack() as stack:

        def opened(content: bytes) -> pikepdf.Pdf:
            return stack.enter_context(pikepdf.open(io.BytesIO(content)))

        pdf = _bare(opened(files[0].read_bytes()))
        family = pdf.make_indirect(pikepdf.Dictionary())
        for font in fonts:
            for name, it in opened(font).pages[0].obj.Resources.Font.items():
                family[name] = pdf.copy_foreign(it)
        pictures: dict[str, Any] = {}
        tagged = any(part.tags for part in parts)
        over = ASIDE if tagged else OVER
        begin, end, painting = (pdf.make_stream(what) for what in (b"q", b"Q", over))
        first = 0
        for file, part, lines in zip(files, parts, folios, strict=True):
            if file is not files[0]:
                _append(pdf, _bare(opened(file.read_bytes())))
            folio_pages = opened(lines.pdf).pages
            set_fonts(pdf.pages[first].obj.Resources, family)
            _share_pictures(pdf.pages[first].obj.Resources, pictures)
            for place, painted in enumerate(lines.painted):
                page = pdf.pages[first + place]
                _own_resources(page)
                page.contents_add(begin, prepend=True)
                page.contents_add(painting if painted else end)
                if painted:
                    _lay_over(pdf, page, folio_pages[place], family)
            first += len(part.pages)
        _set_destinations(pdf, parts)
        _set_bookmarks(pdf, parts)
        if tagged:
            add_structure(pdf, parts)
        yield pdf, family


def _bare(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """Leave out a part's own names, bookmarks and fonts: the whole file's take their place.

    Fonts list the width of each glyph, a hundred MB for a thousand pages once they were copied.
    """
    for key in ("/Names", "/Outlines", "/StructTreeRoot"):
        if key in pdf.Root:
            del pdf.Root[key]
    set_fonts(pdf.pages[0].obj.Resources, pikepdf.Dictionary())
    return pdf


def _append(pdf: pikepdf.Pdf, part: pikepdf.Pdf) -> None:
    """Add a part's pages. Names their links go to are set later, for all parts together."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.exceptions.PageCopyWarning)
        pdf.pages.extend(part.pages)


def _lay_over(pdf: pikepdf.Pdf, page: pikepdf.Page, line: pikepdf.Page, fonts: Any) -> None:
    """Paint a page's margin boxes over it, as a form of their own."""
    line.trimbox = line.mediabox  # or the form would be cut to the trim
    form = pdf.copy_foreign(line.as_form_xobject())
    set_fonts(form.Resources, fonts)
    page.add_resource(form, pikepdf.Name.XObject, FOLIO)


def _own_resources(page: pikepdf.Page) -> None:
    """Give a page its own dictionary of resources: the pages of a part share one."""
    own = dict(page.obj.Resources.items())
    own["/XObject"] = pikepdf.Dictionary(dict(own.get("/XObject", pikepdf.Dictionary()).items()))
    page.obj.Resources = pikepdf.Dictionary(own)


def set_fonts(resources: Any, fonts: Any) -> None:
    """Put the file's fonts into resources, and into those of forms and patterns in them."""
    resources.Font = fonts
    for kind in ("/XObject", "/Pattern"):
        for thing in dict(resources.get(kind, {})).values():
            if "/Resources" in thing and "/Font" in thing.Resources:
                set_fonts(thing.Resources, fonts)


def _share_pictures(resources: Any, known: dict[str, Any]) -> None:
    """Let a picture that several parts show be in the file once."""
    forms = resources.get("/XObject", {})
    for name, thing in dict(forms).items():
        if thing.get("/Subtype") == "/Image":
            mask = thing.get("/SMask")
            key = digest(
                thing.read_raw_bytes(), mask.read_raw_bytes() if mask is not None else b"",
                [f"{key} {value}" for key, value in thing.items() if key != "/SMask"],
            )  # fmt: skip
            forms[name] = known.setdefault(key, thing)


def _set_destinations(pdf: pikepdf.Pdf, parts: Iterable[PartReport]) -> None:
    """Name the places that links go to; of several of one name the first counts."""
    places: dict[str, pikepdf.Array] = {}
    for page, report in zip(pdf.pages, _pages(parts), strict=True):
        for name, (x, y) in report.anchors.items():
            if name not in places:
                places[name] = pikepdf.Array([page.obj, pikepdf.Name.XYZ, x, y, 0])
    if places:
        tree = pikepdf.NameTree.new(pdf)
        for name in sorted(places):
            tree[name] = places[name]
        pdf.Root.Names = pikepdf.Dictionary(Dests=tree.obj)


def _set_bookmarks(pdf: pikepdf.Pdf, parts: Iterable[PartReport]) -> None:
    with pdf.open_outline() as outline:
        above: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for page, report in zip(pdf.pages, _pages(parts), strict=True):
            for bookmark in report.bookmarks:
                while above[-1][0] >= bookmark.level:
                    above.pop()
                item = _bookmark(page, bookmark)
                above[-1][1].append(item)
                above.append((bookmark.level, item.children))


def _bookmark(page: pikepdf.Page, bookmark: Bookmark) -> pikepdf.OutlineItem:
    place = pikepdf.Array([page.obj, pikepdf.Name.XYZ, *bookmark.place, 0])
    item = pikepdf.OutlineItem(bookmark.label, place)
    item.is_closed = bookmark.closed
    return item


def _pages(parts: Iterable[PartReport]) -> Iterator[Any]:
    return (page for part in parts for page in part.pages)
