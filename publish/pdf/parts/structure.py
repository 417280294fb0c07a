"""One structure tree for the whole file, of the trees of its parts (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publish.pdf.parts.reports import LinkMark, Mark, PartReport, Tag


def add_structure(pdf: pikepdf.Pdf, parts: Sequence[PartReport]) -> None:
    """Put in the tree, and what leads from the pages' content and links back to it."""
    _Structure(pdf).add(parts)


class _Structure:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = list(pdf.pages)
        self.content: list[dict[int, Any]] = [{} for _ in self.pages]
        """Of each page the elements of its marked content, by number."""
        self.annotations: list[Any] = []

    def add(self, parts: Sequence[PartReport]) -> None:
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        whole = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        kids, first = [], 0
        for number, part in enumerate(parts):
            kids += [self._element(tag, whole, first, number) for tag in part.tags]
            first += len(part.pages)
        whole.K = Array(kids)
        root.K = Array([whole])
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self._numbers())))
        root.ParentTreeNextKey = len(self.pages) + len(self.annotations)
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, tag: Tag, above: Any, first: int, part: int) -> Any:
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{tag.name}"), P=above)
        )
        self._describe(element, tag, part)
        pages = {first + kid.page for kid in tag.kids if not isinstance(kid, Tag)}
        one = pages.pop() if len(pages) == 1 else None
        if one is not None:
            element.Pg = self.pages[one].obj
        kids = [self._kid(kid, tag, element, first, one, part) for kid in tag.kids]
        if kids:
            element.K = Array(kids) if len(kids) > 1 else kids[0]
        return element

    def _describe(self, element: Any, tag: Tag, part: int) -> None:
        for name, value in tag.attributes:
            if name == "ID":
                element.ID = String(f"{part}-{value}")
            elif name in ("Lang", "Alt"):
                element[f"/{name}"] = String(value)
        if tag.name == "TH":
            element.A = Dictionary(O=Name.Table, Scope=Name.Column)
        elif tag.name == "L" and any(
            isinstance(item, Tag) and _has_label(item) for item in tag.kids
        ):
            element.A = Dictionary(O=Name.List, ListNumbering=Name.Decimal)

    def _kid(
        self, kid: Tag | Mark | LinkMark, tag: Tag, element: Any, first: int, one: int | None,
        part: int,
    ) -> Any:  # fmt: skip
        if isinstance(kid, Tag):
            return self._element(kid, element, first, part)
        number = first + kid.page
        page = self.pages[number].obj
        if isinstance(kid, Mark):
            self.content[number][kid.number] = element
            if number == one:
                return kid.number
            return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)
        annotation = page.Annots[kid.place]
        annotation.StructParent = len(self.pages) + len(self.annotations)
        annotation.F = 4  # it is printed (ISO 14289-1, 7.18.1; PDF/A asks for it too)
        words = dict(tag.attributes).get("Contents", "")
        annotation.Contents = String(words)
        self.annotations.append(element)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=annotation)

    def _numbers(self) -> list[Any]:
        """Return the parent tree: of each page the elements of its content, of each link its."""
        found: list[Any] = []
        for number, elements in enumerate(self.content):
            page = self.pages[number].obj
            page.StructParents = number
            page.Tabs = Name.S
            of_page = [elements.get(mark) for mark in range(max(elements, default=-1) + 1)]
            found += [number, self.pdf.make_indirect(Array(of_page))]
        for number, element in enumerate(self.annotations, len(self.pages)):
            found += [number, element]
        return found


def _has_label(item: Tag) -> bool:
    return any(isinstance(kid, Tag) and kid.name == "Lbl" for kid in item.kids)
