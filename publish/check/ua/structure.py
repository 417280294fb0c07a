"""A tagged PDF as the rules see it: its tree, and which of its content is in the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

PAINTING = {
    "Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do",
    "INLINE IMAGE",
}  # fmt: skip
DEEPEST = 200
DEPTH, FORMS = 12, 2000
"""How deep forms may lie in each other, and how many of a page are read."""


@dataclass(slots=True)
class Element:
    """A structure element: its type, what is above it, and the elements and content in it."""

    obj: Any
    name: str
    above: Element | None
    kids: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Page, from 0, and the number of marked content on it."""
    links: list[Any] = field(default_factory=list)

    def ancestors(self) -> Iterator[str]:
        """Yield the types of what is above it, the nearest first."""
        above = self.above
        while above is not None:
            yield above.name
            above = above.above


@dataclass(slots=True)
class Content:
    """What a page's content is: numbers that were marked, and faults of marking."""

    marks: set[int] = field(default_factory=set)
    bare: int = 0
    """Things painted that are neither tagged nor an artifact."""
    mixed: int = 0
    """Artifacts in tagged content, or tagged content in artifacts."""
    forms: int = 0
    """How many forms were read: a file may be made so that they are endless."""


@dataclass
class Tagged:
    """An open PDF."""

    pdf: pikepdf.Pdf

    @cached_property
    def numbers(self) -> dict[tuple[int, int], int]:
        """Return each page's number from 0, by its object's."""
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}

    @cached_property
    def tops(self) -> list[Element]:
        """Return the elements at the top of the tree, with all below them."""
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None:
            return []
        return [self._element(kid, None, 0) for kid in _kids(root) if isinstance(kid, Dictionary)]

    @property
    def elements(self) -> Iterator[Element]:
        """Yield every element, in reading order."""
        stack = list(reversed(self.tops))
        while stack:
            element = stack.pop()
            yield element
            stack += reversed(element.kids)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Return what types of one's own stand for."""
        root: Any = self.pdf.Root.get("/StructTreeRoot", {})
        return {
            str(key)[1:]: str(value)[1:] for key, value in dict(root.get("/RoleMap", {})).items()
        }

    def _element(self, obj: Any, above: Element | None, depth: int) -> Element:
        name = str(obj.get("/S", "/?"))[1:]
        seen = set()
        while name in self.roles and name not in seen:
            seen.add(name)
            name = self.roles[name]
        element = Element(obj, name, above)
        page = obj.get("/Pg")
        for kid in _kids(obj) if depth < DEEPEST else ():
            if isinstance(kid, int):
                element.marks.append((self._number(page), kid))
            elif kid.get("/Type") == "/MCR":
                element.marks.append((self._number(kid.get("/Pg", page)), int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                element.links.append(kid.get("/Obj"))
            elif "/S" in kid:
                element.kids.append(self._element(kid, element, depth + 1))
        return element

    def _number(self, page: Any) -> int:
        return self.numbers.get(page.objgen, -1) if page is not None else -1

    @cached_property
    def contents(self) -> list[Content]:
        """Return what each page's content is."""
        return [_content(page) for page in self.pdf.pages]


def _kids(obj: Any) -> list[Any]:
    kids = obj.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _content(page: pikepdf.Page) -> Content:
    content = Content()
    resources = page.obj.get("/Resources", Dictionary())
    _walk(page, resources, content, [], 0)
    return content


def _walk(source: Any, resources: Any, content: Content, open_: list[str], depth: int) -> None:
    """Read a content stream; ``open_`` is what it stands in: artifact, tagged or neither."""
    stack = list(open_)
    try:
        instructions = pikepdf.parse_content_stream(source)
    except pikepdf.PdfError:
        return
    for instruction in instructions:
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in ("BMC", "BDC"):
            kind = _kind(operands, resources, content, stack)
            if (kind == "tagged" and "artifact" in stack) or (
                kind == "artifact" and "tagged" in stack
            ):
                content.mixed += 1
            stack.append(kind)
        elif name == "EMC":
            if stack:
                stack.pop()
        elif name in PAINTING:
            form = None
            if name == "Do":
                form = resources.get("/XObject", Dictionary()).get(str(operands[0]))
            if form is not None and form.get("/Subtype") == "/Form":
                content.forms += 1
                if depth < DEPTH and content.forms < FORMS:
                    _walk(form, form.get("/Resources", resources), content, stack, depth + 1)
            elif "artifact" not in stack and "tagged" not in stack:
                content.bare += 1


def _kind(operands: Any, resources: Any, content: Content, stack: list[str]) -> str:
    if str(operands[0]) == "/Artifact":
        return "artifact"
    values = operands[1] if len(operands) > 1 else None
    if isinstance(values, Name):
        values = resources.get("/Properties", Dictionary()).get(str(values))
    if isinstance(values, Dictionary) and "/MCID" in values:
        content.marks.add(int(values.MCID))
        return "tagged"
    return "other"
