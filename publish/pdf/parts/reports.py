"""What parts tell of themselves: data that is kept in the cache and sent between processes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from publish.diagnostics import Finding

Point = tuple[float, float]
"""From the page's lower left corner, in pt."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: ``level`` from 1, as the stylesheet gives it."""

    level: int
    label: str
    place: Point
    closed: bool


@dataclass(frozen=True, slots=True)
class PageReport:
    """A page: its kind, by which ``@page`` rules choose, and what others ask of it.

    ``strings`` are the named strings set on it (CSS GCPM § 1.1), ``leading`` those that its
    first boxes set.
    """

    name: str
    blank: bool
    groups: tuple[tuple[str, int], ...]
    strings: dict[str, tuple[str, ...]]
    leading: tuple[str, ...]
    anchors: dict[str, Point]
    bookmarks: tuple[Bookmark, ...]

    def without_places(self) -> PageReport:
        """Return what folio lines are made by."""
        return replace(self, anchors={}, bookmarks=())


@dataclass(slots=True)
class FontUse:
    """A font as Pango knows it, and the glyphs that were painted, by their number in it.

    ``size`` in CSS pixels is that of its first use; widths in thousandths of an em.
    """

    family: str
    weight: int
    style: int
    variations: str
    size: float
    glyphs: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)

    def empty(self) -> FontUse:
        """Return the same font with no glyphs."""
        return replace(self, glyphs={}, widths={}, missing={})

    def share(self, known: dict[Any, Any]) -> None:
        """Take texts and numbers that are equal to ``known`` ones from there: many parts' are."""
        self.glyphs = {
            known.setdefault(glyph, glyph): known.setdefault(text, text)
            for glyph, text in self.glyphs.items()
        }
        self.widths = {
            known.setdefault(glyph, glyph): known.setdefault(("width", width), width)
            for glyph, width in self.widths.items()
        }

    def add(self, other: FontUse) -> bool:
        """Take over another part's glyphs; say whether both read all of them the same way."""
        same = all(self.glyphs.setdefault(g, text) == text for g, text in other.glyphs.items())
        self.widths |= {g: width for g, width in other.widths.items() if g not in self.widths}
        self.missing |= other.missing
        return same


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of marked content: the part's page, from 0, and its number there (MCID)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LinkMark:
    """A link's annotation: the part's page, from 0, and which of its annotations it is."""

    page: int
    place: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element, with its attributes and what is in it (ISO 32000-1, 14.7.2)."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    kids: tuple[Tag | Mark | LinkMark, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where something begins on a page of the part; ``page`` counts from 0.

    ``key`` names a section, an article, or in the contents an entry; ``place`` is that of the
    page's first character in the article, counted as ``PageBreak`` does.
    """

    key: str
    page: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class PartReport:
    """What is to be known of a part that was made.

    ``asked`` are the page numbers it names, by anchor, as they were when it was made;
    ``targets`` the anchors of other parts that it links to; ``dependence`` what of its place in
    the issue its pages depend on (``Press.dependence``); ``lines`` how many lines were composed;
    ``left`` those left to WeasyPrint, with the beginnings of their texts.
    """

    pages: tuple[PageReport, ...]
    fonts: dict[str, FontUse]
    asked: dict[str, int]
    targets: tuple[str, ...]
    dependence: str
    findings: tuple[Finding, ...]
    lines: int = 0
    left: int = 0
    left_texts: tuple[str, ...] = ()
    too_wide: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    """Its structure, where the PDF is tagged."""
    beginnings: tuple[Beginning, ...] = ()
    """Each section and article on each of its pages, in the order of reading; of the front part,
    the first entry of the contents on each page."""


@dataclass(frozen=True, slots=True)
class Made:
    """A part: its PDF, whose fonts have no programs, and the report of it.

    The PDF is empty where the part is to be made again, with page numbers.
    """

    pdf: bytes
    report: PartReport


@dataclass(frozen=True, slots=True)
class FolioPage:
    """A page whose margin boxes are to be painted: what is known of it when all parts are."""

    number: int
    right: bool
    page: PageReport


@dataclass(frozen=True, slots=True)
class Folios:
    """The margin boxes of some pages, a page of PDF for each, and the fonts they use.

    ``painted`` says of each page whether it has any.
    """

    pdf: bytes
    painted: tuple[bool, ...]
    fonts: dict[str, FontUse]


@dataclass(frozen=True, slots=True)
class Marks:
    """Printer's marks: a page of what is the same on every sheet, then the ten figures.

    ``left`` and ``bottom`` are where a page's number begins, in pt from the sheet's lower left;
    ``size`` is that of its type, in pt.
    """

    pdf: bytes
    fonts: dict[str, FontUse]
    left: float
    bottom: float
    size: float
