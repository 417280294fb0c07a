"""The pages of the print edition in the EPUB: markers in the text, and the list of them.

Documents are made without; what the PDF's parts report goes in last, when all is known
(EPUB Accessibility 1.1 § 3; EPUB 3.3 § 7.4.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from publish.diagnostics import Finding
from publish.errors import PublishError
from publish.layouts.reading import PageBreak, reading_text, squeezed
from publish.model import Article

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
LIST = f".//{{{XHTML}}}nav[@{{{EPUB}}}type='page-list']"
VOID = frozenset(f"{{{XHTML}}}{name}" for name in ("br", "col", "hr", "img", "link", "meta", "wbr"))

HEADS = frozenset({"h1", "h2", "h3", "h4", "hgroup", "header", "figcaption", "figure"})
INLINE = frozenset({"a", "code", "em", "rb", "rp", "rt", "ruby", "span", "strong", "sub", "sup"})
TABLES = frozenset({"table", "tbody", "td", "th", "thead", "tr"})
NO_TEXT = frozenset({"figure", "hgroup", "ol", "rt", "ruby", "table", "tbody", "thead", "tr", "ul"})
"""What may not hold a marker: it has no text of its own, or text that is drawn elsewhere."""

Place = tuple[etree._Element, etree._Element | None, int]
"""In an element, after that many characters of the text behind one of its children, or of its
first text."""


def with_breaks(
    content: bytes, breaks: Sequence[PageBreak], article: Article | None = None
) -> bytes:
    """Return a document with markers where pages of the print edition begin.

    ``article`` is the one that the document holds; without one the markers stand at its beginning,
    or in the contents before their entries. No other character changes, or PublishError is raised.
    """
    root = etree.fromstring(content)
    body = root.find(f"{{{XHTML}}}body")
    assert body is not None
    before = _squeezed(body)
    for one in breaks:
        marker = _marker(one)
        if one.entry:
            _mark_entry(body, one.entry, marker)
        elif article is None or not one.place:
            first = body.find(f".//{{{XHTML}}}article") if article is not None else body
            _insert(marker, (body if first is None else first, None, 0))
        else:
            start = before.find(squeezed(reading_text(article)))
            _insert(marker, _raised(_found(body, start + one.place), body))
    if _squeezed(body) != before:
        message = f"the page markers changed the text of “{breaks[0].key}”"
        raise PublishError(Finding("epub-broken", message, hint="report it with this issue"))
    return _written(root)


def with_page_list(content: bytes, breaks: Iterable[PageBreak]) -> bytes:
    """Return the navigation with one entry a page, at its first text in the order of reading.

    Where there are no pages, the list goes.
    """
    root = etree.fromstring(content)
    for listed in root.iterfind(LIST):
        pages = [one for one in breaks if not one.again]
        entries = listed.find(f"{{{XHTML}}}ol")
        if pages and entries is not None:
            for one in pages:
                item = etree.SubElement(entries, f"{{{XHTML}}}li")
                link = etree.SubElement(item, f"{{{XHTML}}}a", href=address(one))
                link.text = one.label
        else:
            above = listed.getparent()
            assert above is not None
            above.remove(listed)
    return _written(root)


def address(one: PageBreak) -> str:
    """Return where a page's marker is, from the folder of the documents."""
    return f"{one.key}.xhtml#{_name(one)}"


def _name(one: PageBreak) -> str:
    """Name a marker as no article can be named."""
    return f"page_{one.label}" + (f"_{one.key}" if one.again else "")


def _marker(one: PageBreak) -> etree._Element:
    attributes = {
        f"{{{EPUB}}}type": "pagebreak",
        "role": "doc-pagebreak",
        "id": _name(one),
        "aria-label": f"第{one.label}页",
    }
    return etree.Element(f"{{{XHTML}}}span", attributes, {"epub": EPUB})


def _mark_entry(body: etree._Element, entry: str, marker: etree._Element) -> None:
    for link in body.iterfind(f".//{{{XHTML}}}a"):
        if link.get("href") == f"{entry}.xhtml":
            _insert(marker, (link, None, 0))
            return


# --- Places in a document ------------------------------------------------------------------------


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None, str]]:
    """Yield all texts in their order, each with its element and the child before it."""
    yield element, None, element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield element, child, child.tail or ""


def _squeezed(element: etree._Element) -> str:
    return squeezed("".join(text for _, _, text in _texts(element)))


def _found(body: etree._Element, place: int) -> Place:
    """Return the place before a character, counted without white space."""
    for element, behind, text in _texts(body):
        length = len(squeezed(text))
        if place < length:
            index = next(at for at in range(len(text)) if len(squeezed(text[: at + 1])) > place)
            return element, behind, index
        place -= length
    raise AssertionError("a page begins within the article's text")


def _raised(place: Place, body: etree._Element) -> Place:
    """Return the same place in the reading, before the headline, figure or table it begins.

    A marker at the beginning of one stands before it; within a reading, before that.
    """
    best = None if _name_of(place[0]) in NO_TEXT or _in_ruby(place[0]) else place
    element, behind, index = place
    while element is not body:
        name = _name_of(element)
        begins = not squeezed(_before(element, behind, index))
        if best is not None and not (begins and name in HEADS | INLINE | TABLES):
            break
        above = element.getparent()
        assert above is not None
        previous = element.getprevious()
        text = above.text if previous is None else previous.tail
        element, behind, index = above, previous, len(text or "")
        if _name_of(above) not in NO_TEXT and not _in_ruby(above):
            best = element, behind, index
    assert best is not None
    return best


def _before(element: etree._Element, behind: etree._Element | None, index: int) -> str:
    """Return the text of an element that stands before a place directly in it."""
    found: list[str] = []
    for within, child, text in _texts(element):
        if within is element and child is behind:
            return "".join((*found, text[:index]))
        found.append(text)
    raise AssertionError("the child is one of the element's")


def _in_ruby(element: etree._Element) -> bool:
    ruby = f"{{{XHTML}}}ruby"
    return element.tag == ruby or next(element.iterancestors(ruby), None) is not None


def _name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def _insert(marker: etree._Element, place: Place) -> None:
    element, behind, index = place
    if behind is None:
        text = element.text or ""
        element.text, marker.tail = text[:index], text[index:]
        element.insert(0, marker)
    else:
        text = behind.tail or ""
        behind.tail, marker.tail = text[:index], text[index:]
        element.insert(element.index(behind) + 1, marker)


def _written(root: etree._Element) -> bytes:
    """Return the document, in which only what is always empty is written as an empty tag."""
    for element in root.iter(f"{{{XHTML}}}*"):
        if len(element) == 0 and element.text is None and element.tag not in VOID:
            element.text = ""
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
