"""The structure of a part: which element each piece of painted content belongs to.

WeasyPrint makes its tree of boxes, page by page; this one is made of the document's elements, so
that an article that goes over to the next page is one article, and is read in its own order
(ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from publish.pdf.composing.lines import ComposedTextBox  # first: it loads WeasyPrint quickly
from publish.pdf.parts.reports import LinkMark, Mark, Tag

from weasyprint import pdf  # isort: skip
from weasyprint.pdf.stream import Stream  # isort: skip

TAGS = {
    "section": "Sect", "article": "Art", "p": "P", "ul": "L", "ol": "L", "li": "LI",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD",
    "figure": "Figure", "figcaption": "Caption", "blockquote": "BlockQuote", "a": "Link",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
CLASSES = {
    "marker": "Lbl", "note": "Note", "note-number": "Lbl", "note-reference": "Reference",
}  # fmt: skip
"""What a theme's class makes of an element that has no tag of its own."""
GROUPING = {"Document", "Sect", "Art", "L", "LI", "Table", "THead", "TBody", "TR", "BlockQuote"}
"""Tags that hold no text themselves, but others in the document's order."""
LEADERS = frozenset("·．.…")
"""What leads from an entry of contents to its page: nothing to be read aloud."""
INLINE = {
    "span", "em", "strong", "b", "i", "code", "sup", "sub", "a", "ruby", "rt", "br", "img", "small",
}  # fmt: skip


@dataclass(slots=True)
class Heard:
    """The content that was marked: page, number on it, and its element with what it is of it."""

    marks: list[tuple[int, int, Any, str]] = field(default_factory=list)
    links: list[tuple[int, int, Any]] = field(default_factory=list)


@contextmanager
def tagging() -> Iterator[Heard]:
    """Let WeasyPrint mark what it paints, and note what that was."""
    heard = Heard()
    before = Stream.marked, pdf.add_tags, pdf.add_links

    def marked(self: Any, box: Any, tag: str) -> Any:
        if self._tags is not None and _is_decoration(box):
            return self.artifact()
        return before[0](self, box, tag)

    def add_tags(file: Any, document: Any, version: Any, streams: Any) -> None:
        for page, stream in enumerate(streams):
            for box, kid in stream._tags.items():
                heard.marks.append((page, kid["mcid"], box.element, box.element_tag))

    def add_links(links_and_anchors: Any, matrix: Any, file: Any, page: Any, *rest: Any) -> None:
        number = len(file.pages["Kids"]) // 3 - 1
        for place, link in enumerate(links_and_anchors[0]):
            heard.links.append((number, place, link[3].element))
        before[2](links_and_anchors, matrix, file, page, *rest)

    Stream.marked, pdf.add_tags, pdf.add_links = marked, add_tags, add_links
    try:
        yield heard
    finally:
        Stream.marked, pdf.add_tags, pdf.add_links = before


def _is_decoration(box: Any) -> bool:
    """Tell whether what a box paints has nothing to say: marks put in, pictures without words."""
    element = box.element
    if element is None:
        return True
    if element.tag == "img":
        return not element.get("alt", "").strip()
    if isinstance(box, ComposedTextBox):
        text = "".join(box.set_text.clusters)
        if len(text) > 2 and set(text) <= LEADERS:
            return True
    made = "::" in (box.element_tag or "")
    return made and not any(one.isalnum() for one in getattr(box, "text", "") or "")


# --- The tree ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    tag: str
    place: float
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[tuple[float, _Node | Mark | LinkMark]] = field(default_factory=list)


def tree(root: Any, heard: Heard) -> tuple[Tag, ...]:
    """Return the tags of a part, whose document's root element is given."""
    return _Tree(root).grown(heard)


class _Tree:
    def __init__(self, root: Any) -> None:
        elements = list(root.iter())
        self.places = {element: place for place, element in enumerate(elements)}
        self.parents = {child: parent for parent in elements for child in parent}
        self.nodes: dict[tuple[Any, str], _Node] = {}
        self.top = _Node("Document", -1)

    def grown(self, heard: Heard) -> tuple[Tag, ...]:
        links: dict[Any, list[LinkMark]] = {}
        for page, place, element in heard.links:
            links.setdefault(element, []).append(LinkMark(page, place))
        for page, number, element, name in heard.marks:
            node = self._leaf(element, name)
            node.kids.append((node.place, Mark(page, number)))
        for element, marks in links.items():
            node = self._node(element)
            while node.tag != "Link" and (element := self.parents.get(element)) is not None:
                node = self._node(element)
            if node.tag == "Link":
                node.kids += [(node.place, mark) for mark in marks]
        return tuple(_frozen(kid) for _, kid in _ordered(self.top) if isinstance(kid, _Node))

    def _leaf(self, element: Any, name: str) -> _Node:
        """Return the node that content goes into."""
        node = self._node(element)
        if node.tag == "LI":
            return self._part_of_item(element, node)
        if node.tag not in GROUPING:
            return node
        block = element
        while block.tag in INLINE and self._tag(self.parents[block]) is None:
            block = self.parents[block]
        key = block, "P"
        if key not in self.nodes:
            made = self.nodes[key] = _Node("P", self.places[block] + 0.5)
            node.kids.append((made.place, made))
        return self.nodes[key]

    def _part_of_item(self, element: Any, item: _Node) -> _Node:
        key = item.place, "LBody"
        if key not in self.nodes:
            # Behind the item's first child, its label.
            made = self.nodes[key] = _Node("LBody", item.place + 1.5)
            item.kids.append((made.place, made))
        return self.nodes[key]

    def _node(self, element: Any) -> _Node:
        """Return the node of an element, or of the nearest above it that has a tag."""
        tag = self._tag(element)
        if tag is None:
            parent = self.parents.get(element)
            return self.top if parent is None else self._node(parent)
        found = self.nodes.get((element, ""))
        if found is None:
            found = self.nodes[element, ""] = _Node(tag, self.places[element])
            found.attributes = _attributes(element, tag, self.places[element])
            parent = self.parents.get(element)
            above = self.top if parent is None else self._node(parent)
            if above.tag == "LI" and tag != "Lbl":
                above = self._part_of_item(element, above)
            above.kids.append((found.place, found))
        return found

    def _tag(self, element: Any) -> str | None:
        for name in (element.get("class") or "").split():
            if name in CLASSES:
                return CLASSES[name]
        if element.tag == "img":
            inside = self.parents.get(element)
            return None if inside is not None and inside.tag == "figure" else "Figure"
        if element.tag in TAGS:
            return TAGS[element.tag]
        return "Span" if element.get("lang") and element.tag not in ("html", "body") else None


def _attributes(element: Any, tag: str, place: int) -> dict[str, str]:
    found = {}
    if element.get("lang"):
        found["Lang"] = element.get("lang")
    if tag == "Figure":
        picture = element if element.tag == "img" else element.find(".//img")
        found["Alt"] = (picture.get("alt") if picture is not None else "") or ""
    elif tag == "Note":
        found["ID"] = f"note-{place}"
    elif tag == "Link":
        words = "".join("".join(element.itertext()).split())
        found["Contents"] = words or element.get("href", "")
    return found


def _ordered(node: _Node) -> list[tuple[float, _Node | Mark | LinkMark]]:
    """Return a node's kids: of a grouping one in the document's order, else as they came."""
    if node.tag in GROUPING or node.tag == "LBody":
        return sorted(node.kids, key=lambda kid: kid[0])
    return node.kids


def _frozen(node: _Node) -> Tag:
    kids = tuple(_frozen(kid) if isinstance(kid, _Node) else kid for _, kid in _ordered(node))
    return Tag(node.tag, tuple(sorted(node.attributes.items())), kids)
