"""A PDF as the rules of the preflight see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

from publish.check.preflight.painting import Box, Paint, paints
from publish.colour import Preset

EDGE = 0.02
"""pt: boxes that differ by less are the same."""


@dataclass
class Page:
    """A page: its boxes in pt, None where it has none, and what it paints."""

    number: int
    obj: Any
    boxes: dict[str, Box] = field(default_factory=dict)
    paints: list[Paint] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """What of its content could not be read."""

    @property
    def trim(self) -> Box:
        """Return the page as it is cut; the media box where no trim is given."""
        return self.boxes.get("TrimBox") or self.boxes.get("MediaBox") or (0.0, 0.0, 0.0, 0.0)

    @property
    def bleed(self) -> Box:
        """Return the page with its bleed."""
        return self.boxes.get("BleedBox") or self.trim

    @property
    def inside(self) -> Iterator[Paint]:
        """Yield what is painted in the bleed; printer's marks lie outside."""
        left, bottom, right, top = self.bleed
        within = left + EDGE, bottom + EDGE, right - EDGE, top - EDGE
        return (paint for paint in self.paints if meets(paint.box, within))


PDFX_VERSION = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
XMP = (
    "dc:title", "xmp:CreatorTool", "xmp:CreateDate", "xmp:ModifyDate", "pdf:Producer",
    "pdf:Trapped", PDFX_VERSION,
)  # fmt: skip
BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")


@dataclass
class Sheets:
    """An open PDF, and the press it is held against."""

    file: Path
    pdf: pikepdf.Pdf
    preset: Preset
    named: dict[str, str] = field(default_factory=dict)
    """What pictures are called, by their names in the file."""

    @cached_property
    def pages(self) -> list[Page]:
        """Return the pages with all they paint."""
        return [
            Page(number, page.obj, dict(_boxes(page)), *paints(page, number))
            for number, page in enumerate(self.pdf.pages, 1)
        ]

    @cached_property
    def root(self) -> Any:
        """Return the document catalogue."""
        return self.pdf.Root

    @cached_property
    def has_xmp(self) -> bool:
        """Tell whether the document has XMP that can be read."""
        stream = self.root.get("/Metadata")
        try:
            return stream is not None and b"rdf:RDF" in etree.tostring(
                etree.fromstring(stream.read_bytes())
            )
        except (etree.XMLSyntaxError, ValueError, AttributeError, pikepdf.PdfError):
            return False

    @cached_property
    def xmp(self) -> dict[str, str]:
        """Return what the rules ask of the document's XMP, by prefixed names."""
        if not self.has_xmp:
            return {}
        metadata = self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        found = {name: metadata.get(name) for name in XMP}
        return {name: str(value) for name, value in found.items() if value is not None}

    @cached_property
    def info(self) -> dict[str, str]:
        """Return the document's information."""
        return {str(key)[1:]: str(value) for key, value in self.pdf.docinfo.items()}

    @cached_property
    def intents(self) -> list[Any]:
        """Return the output intents for PDF/X."""
        found = list(self.root.get("/OutputIntents", []))
        told = [one for one in found if isinstance(one, pikepdf.Dictionary)]
        return [one for one in told if one.get("/S") == "/GTS_PDFX"]

    @cached_property
    def streams(self) -> list[tuple[str, Any]]:
        """Return every stream, with its object's number."""
        return [
            (f"object {one.objgen[0]}", one)
            for one in self.pdf.objects
            if isinstance(one, pikepdf.Stream)
        ]

    @cached_property
    def states(self) -> list[tuple[str, Any]]:
        """Return every graphics state that pages and their forms name, with its page."""
        found = []
        for number, page in enumerate(self.pdf.pages, 1):
            for resources in _resources(page.obj.get("/Resources", {}), set()):
                for state in dict(resources.get("/ExtGState", {})).values():
                    found.append((f"page {number}", state))
        return found


def _resources(resources: Any, seen: set[Any]) -> Iterator[Any]:
    """Yield a page's resources and those of what it shows, the same once."""
    yield resources
    for kind in ("/XObject", "/Pattern"):
        for thing in dict(resources.get(kind, {})).values():
            if "/Resources" in thing and thing.objgen not in seen:
                seen.add(thing.objgen)
                yield from _resources(thing.Resources, seen)


def _boxes(page: pikepdf.Page) -> Iterator[tuple[str, Box]]:
    """Yield the page's own boxes; the media box may come from its parents."""
    for name in BOXES:
        value = page.mediabox if name == "MediaBox" else page.obj.get(f"/{name}")
        try:
            a, b, c, d = (float(one) for one in value or ())
        except (TypeError, ValueError):
            continue
        else:
            yield name, (min(a, c), min(b, d), max(a, c), max(b, d))


def holds(outer: Box, inner: Box) -> bool:
    """Tell whether a box lies in another."""
    return (
        outer[0] - EDGE <= inner[0]
        and outer[1] - EDGE <= inner[1]
        and outer[2] + EDGE >= inner[2]
        and outer[3] + EDGE >= inner[3]
    )


def meets(one: Box, other: Box) -> bool:
    """Tell whether two boxes have a spot in common."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def size(box: Box) -> tuple[float, float]:
    """Return a box's width and height, in pt."""
    return box[2] - box[0], box[3] - box[1]
