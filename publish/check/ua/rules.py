"""The table of rules, each with the clause of ISO 14289-1 or ISO 32000-1 that it comes from.

Only what a machine can tell: whether a tag is the right one, a text in place of a picture true and
the order sensible, a person must say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from publish.check.ua.structure import Element, Tagged
from publish.diagnostics import Severity

Found = Iterator[tuple[str, str]]
"""What is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``clause`` is of ISO 14289-1:2014 unless it says otherwise."""

    code: str
    severity: Severity
    clause: str
    hint: str
    look: Callable[[Tagged], Found]


STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
    "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl",
    "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note",
    "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT",
    "WP", "Figure", "Formula", "Form",
}  # fmt: skip
"""Types of ISO 32000-1, 14.8.4."""
HOLDS = {
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}  # fmt: skip
"""What lists and tables are made of (ISO 32000-1, 14.8.4.3)."""
LIES_IN = {
    "LI": {"L"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
}  # fmt: skip


def _told(element: Element) -> str:
    page = next((page for page, _ in element.marks), None)
    for kid in element.kids if page is None else ():
        page = next((page for page, _ in kid.marks), page)
    return f"page {page + 1}, {element.name}" if page is not None and page >= 0 else element.name


def _root(tagged: Tagged) -> Any:
    return tagged.pdf.Root


def untagged(tagged: Tagged) -> Found:
    if "/StructTreeRoot" not in _root(tagged) or not tagged.tops:
        yield "there is no structure tree", ""


def marked(tagged: Tagged) -> Found:
    if not bool(_root(tagged).get("/MarkInfo", {}).get("/Marked", False)):
        yield "the document does not say that it is tagged", ""


def suspects(tagged: Tagged) -> Found:
    if bool(_root(tagged).get("/MarkInfo", {}).get("/Suspects", False)):
        yield "its maker suspects that its tags are wrong", ""


def bare(tagged: Tagged) -> Found:
    for number, content in enumerate(tagged.contents, 1):
        if content.bare:
            yield (
                f"{content.bare} things painted are neither tagged nor artifacts",
                f"page {number}",
            )


def mixed(tagged: Tagged) -> Found:
    for number, content in enumerate(tagged.contents, 1):
        if content.mixed:
            yield "tagged content and artifacts lie in each other", f"page {number}"


def parent_tree(tagged: Tagged) -> Found:
    """Each mark on a page is in the tree once, and the parent tree leads to its element."""
    where: Counter[tuple[int, int]] = Counter()
    owners = {}
    for element in tagged.elements:
        where.update(element.marks)
        owners.update(dict.fromkeys(element.marks, element.obj.objgen))
    entries = _entries(tagged)
    for number, (page, content) in enumerate(zip(tagged.pdf.pages, tagged.contents, strict=True)):
        listed = entries.get(int(page.obj.get("/StructParents", -1)))
        for mark in sorted(content.marks):
            known = owners.get((number, mark))
            place = f"page {number + 1}"
            if known is None:
                yield "marked content is in no element", place
            elif where[number, mark] > 1:
                yield "marked content is in two elements", place
            elif listed is None or mark >= len(listed) or _objgen(listed[mark]) != known:
                yield "the parent tree leads elsewhere", place
            else:
                continue
            break


def _entries(tagged: Tagged) -> dict[int, Any]:
    tree = _root(tagged).get("/StructTreeRoot", {}).get("/ParentTree")
    found: dict[int, Any] = {}
    stack = [tree] if tree is not None else []
    while stack:
        node = stack.pop()
        stack += list(node.get("/Kids", []))
        numbers = list(node.get("/Nums", []))
        found |= {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    return found


def _objgen(thing: Any) -> Any:
    return getattr(thing, "objgen", None)


def roles(tagged: Tagged) -> Found:
    for name in dict.fromkeys(element.name for element in tagged.elements):
        if name not in STANDARD:
            yield f"the type {name} is none of the standard's, and is mapped to none", ""


def nesting(tagged: Tagged) -> Found:
    for element in tagged.elements:
        allowed = HOLDS.get(element.name)
        for kid in element.kids:
            if allowed is not None and kid.name not in allowed:
                yield f"{kid.name} lies in {element.name}", _told(kid)
        wanted = LIES_IN.get(element.name)
        if wanted is not None and (element.above is None or element.above.name not in wanted):
            yield f"{element.name} does not lie in {' or '.join(sorted(wanted))}", _told(element)


def headings(tagged: Tagged) -> Found:
    last = 0
    for element in tagged.elements:
        if len(element.name) == 2 and element.name[0] == "H" and element.name[1].isdigit():
            level = int(element.name[1])
            if level > last + 1:
                before = f"H{last}" if last else "the beginning"
                yield f"H{level} follows {before}", _told(element)
            last = level


def headings_mixed(tagged: Tagged) -> Found:
    names = {element.name for element in tagged.elements}
    if "H" in names and names & {f"H{level}" for level in range(1, 7)}:
        yield "headings with and without levels", ""


def alternatives(tagged: Tagged) -> Found:
    for element in tagged.elements:
        if element.name in ("Figure", "Formula"):
            words = str(element.obj.get("/Alt", element.obj.get("/ActualText", ""))).strip()
            if not words:
                yield f"a {element.name.lower()} has no alternative text", _told(element)


def scopes(tagged: Tagged) -> Found:
    for element in tagged.elements:
        if element.name == "TH" and "/Scope" not in str(element.obj.get("/A", "")):
            attributes = element.obj.get("/A")
            if attributes is None or "/Scope" not in attributes:
                yield "a header cell does not say what it heads", _told(element)


def notes(tagged: Tagged) -> Found:
    seen: set[str] = set()
    for element in tagged.elements:
        if element.name != "Note":
            continue
        name = str(element.obj.get("/ID", ""))
        if not name:
            yield "a note has no identifier", _told(element)
        elif name in seen:
            yield f"two notes have the identifier {name}", _told(element)
        seen.add(name)


def language(tagged: Tagged) -> Found:
    if not str(_root(tagged).get("/Lang", "")).strip():
        yield "the document's language is not said", ""


def title(tagged: Tagged) -> Found:
    with tagged.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if not metadata.get("dc:title"):
            yield "the document has no title", ""


def title_shown(tagged: Tagged) -> Found:
    if not bool(_root(tagged).get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "viewers are not asked to show the title", ""


def identification(tagged: Tagged) -> Found:
    if not identified(tagged.pdf):
        yield "the metadata does not say PDF/UA-1", ""


def identified(pdf: pikepdf.Pdf) -> bool:
    """Tell whether a PDF's metadata says that it is PDF/UA-1."""
    if "/Metadata" not in pdf.Root:
        return False
    metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    return str(metadata.get("{http://www.aiim.org/pdfua/ns/id/}part", "")) == "1"


def tab_order(tagged: Tagged) -> Found:
    for number, page in enumerate(tagged.pdf.pages, 1):
        if page.obj.get("/Annots") and str(page.obj.get("/Tabs", "")) != "/S":
            yield "links are not gone through in the tree's order", f"page {number}"


def links(tagged: Tagged) -> Found:
    """Each link's annotation lies in a Link element, which has it and says where it leads."""
    held = {_objgen(link): element for element in tagged.elements for link in element.links}
    for number, page in enumerate(tagged.pdf.pages, 1):
        for note in page.obj.get("/Annots", []):
            if note.get("/Subtype") != "/Link":
                continue
            element = held.get(note.objgen)
            if element is None or "Link" not in (element.name, *element.ancestors()):
                yield "a link is in no Link element", f"page {number}"
                break


def link_words(tagged: Tagged) -> Found:
    for number, page in enumerate(tagged.pdf.pages, 1):
        for note in page.obj.get("/Annots", []):
            if note.get("/Subtype") == "/Link" and not str(note.get("/Contents", "")).strip():
                yield "a link does not say where it leads", f"page {number}"
                break


def fonts(tagged: Tagged) -> Found:
    for thing in tagged.pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0":
            name = str(thing.get("/BaseFont", "/?"))[1:]
            described: Any = thing.DescendantFonts[0].get("/FontDescriptor", {})
            if not any(key in described for key in ("/FontFile2", "/FontFile3")):
                yield f"the font {name} is not embedded", ""
            if "/ToUnicode" not in thing:
                yield f"the font {name} does not say which text its glyphs are", ""


def encrypted(tagged: Tagged) -> Found:
    if tagged.pdf.is_encrypted and not tagged.pdf.allow.accessibility:
        yield "a screen reader may not read it", ""


def references(tagged: Tagged) -> Found:
    for thing in tagged.pdf.objects:
        if isinstance(thing, pikepdf.Stream) and "/Ref" in thing:
            yield "a form stands for a page of another file", ""


E = Severity.ERROR

RULES = tuple(
    Rule(f"ua-{code}", severity, clause, hint, look)
    for code, severity, clause, hint, look in (
        ("untagged", E, "7.1", "export it tagged", untagged),
        ("not-marked", E, "6.2", "export it tagged", marked),
        ("suspects", E, "7.1", "have its tags looked through", suspects),
        ("content-bare", E, "7.1", "tag it, or make it an artifact", bare),
        ("content-mixed", E, "7.1", "keep tagged content and artifacts apart", mixed),
        ("parent-tree", E, "7.1; ISO 32000-1, 14.7.4.4", "save it anew with one program",
         parent_tree),
        ("roles", E, "7.1", "map it to a standard type", roles),
        ("nesting", E, "7.2, 7.5, 7.6", "make lists of items, tables of rows", nesting),
        ("headings", E, "7.4.2", "leave out no level", headings),
        ("headings-mixed", E, "7.4.4", "give all headings a level", headings_mixed),
        ("alternative", E, "7.3", "say what the picture shows", alternatives),
        ("scope", E, "7.5", "say whether it heads its column or its row", scopes),
        ("notes", E, "7.9", "give each note an identifier of its own", notes),
        ("language", E, "7.2", "say the language", language),
        ("title", E, "7.1", "give the document a title", title),
        ("title-shown", E, "7.1", "set DisplayDocTitle", title_shown),
        ("identification", E, "5", "export it as PDF/UA-1", identification),
        ("tab-order", E, "7.18.3", "set Tabs to S", tab_order),
        ("links", E, "7.18.5", "put each link into a Link element", links),
        ("link-words", E, "7.18.1, 7.18.5", "say where the link leads", link_words),
        ("fonts", E, "7.21.4.1, 7.21.7", "embed all fonts, with their texts", fonts),
        ("encrypted", E, "7.16", "let screen readers in", encrypted),
        ("reference", E, "7.20", "put the page itself in", references),
    )
)  # fmt: skip
