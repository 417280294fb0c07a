"""Finish a PDF with pikepdf: boxes, marks, page labels, intent, dates, identifiers, metadata."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.cache import digest
from publish.description import Description
from publish.layouts import Geometry, Setup
from publish.pdf.parts.joining import set_fonts
from publish.pdf.parts.reports import Marks
from publish.pdf.targets import PdfTarget
from publish.resources import resource

MARKS = Name("/PrintersMarks")
FIGURE = "/Figure{}"
ADVANCE = 0.56
"""From one figure of the page number to the next, in em."""
PDFX = "http://www.npes.org/pdfx/ns/id/"
PRISM = "http://prismstandard.org/namespaces/basic/2.0/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(frozen=True, slots=True)
class Finish:
    """What a joined PDF is to become."""

    setup: Setup
    target: PdfTarget
    said: Description

    def write(self, pdf: pikepdf.Pdf, marks: Marks | None, fonts: Any, output: Path) -> None:
        """Write the finished PDF; the same pages and issue give the same bytes.

        ``fonts`` is the file's dictionary of fonts, which the ``marks`` are set in too.
        """
        geometry = self.setup.theme.geometry
        if self.target.sheet:
            _fill_up(pdf, self.setup.theme.page_multiple)
        for page in pdf.pages:
            _set_boxes(page, geometry)
        if marks is not None:
            _lay_marks(pdf, marks, fonts)
        _label_pages(pdf)
        self._describe(pdf)
        if self.target.inks:
            self._set_intent(pdf)
        elif self.target.standard.startswith("PDF/A"):
            _keep(pdf)
        if not self.target.links:
            _remove_links(pdf)
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.Lang = pikepdf.String(self.setup.issue.publication.language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.save(
            output,
            deterministic_id=True,
            force_version=self.target.version,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )

    def _set_intent(self, pdf: pikepdf.Pdf) -> None:
        """Say which press the file is for, with its profile (ISO 15930-7)."""
        condition = self.setup.condition
        profile = pdf.make_stream(condition.profile.read_bytes(), N=4)
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=condition.condition,
                    OutputCondition=condition.description,
                    RegistryName=condition.registry,
                    Info=condition.description,
                    DestOutputProfile=pdf.make_indirect(profile),
                )
            ]
        )
        for page in pdf.pages:  # what is transparent is blended in inks (ISO 32000-1, 11.6.6)
            page.obj.Group = Dictionary(
                Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True, K=False
            )

    def _describe(self, pdf: pikepdf.Pdf) -> None:
        """Set information and XMP, which say the same (ISO 15930-7)."""
        issue, modified, said = self.setup.issue, self.setup.modified, self.said
        title, author = said.title, said.publisher
        stamp = "D:" + modified.replace("-", "").replace(":", "").replace("T", "")[:14] + "Z"
        producer = str(pdf.docinfo.get("/Producer", "WeasyPrint"))
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo["/Title"] = title
        pdf.docinfo["/Author"] = author
        pdf.docinfo["/Creator"] = "publish"
        pdf.docinfo["/Producer"] = producer
        pdf.docinfo["/CreationDate"] = stamp
        pdf.docinfo["/ModDate"] = stamp
        pdf.docinfo["/Trapped"] = Name("/False")
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata.register_xml_namespace(PDFX, "pdfxid")
            metadata["dc:title"] = title
            metadata["dc:creator"] = [author]
            metadata["dc:language"] = [issue.publication.language]
            metadata["dc:publisher"] = [author]
            metadata["dc:format"] = "application/pdf"
            metadata["dc:description"] = said.text
            metadata["dc:identifier"] = said.identifier
            metadata["dc:date"] = [said.date.isoformat()]
            if said.subjects:
                metadata["dc:subject"] = list(said.subjects)
            if said.contributors:
                metadata["dc:contributor"] = [one.name for one in said.contributors]
            if said.issn:
                metadata["dc:source"] = f"urn:issn:{said.issn}"
            if not self.target.standard.startswith("PDF/A"):
                _describe_serial(metadata, said)
            metadata["xmp:CreateDate"] = modified
            metadata["xmp:ModifyDate"] = modified
            metadata["xmp:MetadataDate"] = modified
            metadata["xmp:CreatorTool"] = "publish"
            metadata["pdf:Producer"] = producer
            metadata["pdf:Trapped"] = "False"
            name = f"{issue.name}-{self.target.name}"
            metadata["xmpMM:DocumentID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
            made = digest(name, modified, list(_shown(pdf)))
            metadata["xmpMM:InstanceID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, made)}"
            metadata["xmpMM:VersionID"] = "1"
            metadata["xmpMM:RenditionClass"] = "default"
            if self.target.standard.startswith("PDF/A"):
                metadata["pdfaid:part"] = "2"
                metadata["pdfaid:conformance"] = "U"
            elif self.target.tags:
                metadata.register_xml_namespace(PDFUA, "pdfuaid")
                metadata[f"{{{PDFUA}}}part"] = "1"
            if self.target.inks:
                metadata[f"{{{PDFX}}}GTS_PDFXVersion"] = self.target.standard


def _describe_serial(metadata: Any, said: Description) -> None:
    """Say which issue of which newspaper it is (PRISM 2.0 basic metadata).

    Not in PDF/A, which allows no properties but those it knows (ISO 19005-2, 6.6.2.3).
    """
    metadata.register_xml_namespace(PRISM, "prism")
    metadata[f"{{{PRISM}}}publicationName"] = said.publication
    metadata[f"{{{PRISM}}}number"] = str(said.number)
    metadata[f"{{{PRISM}}}coverDate"] = said.date.isoformat()
    if said.issn:
        metadata[f"{{{PRISM}}}issn"] = said.issn


def _shown(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """Yield what is painted on the pages, and every picture once."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        contents = page.obj.Contents
        resources = dict(page.obj.Resources.get("/XObject", {}))
        pictures = [resources[name] for name in sorted(resources)]
        for one in [*(contents if isinstance(contents, Array) else [contents]), *pictures]:
            if one.objgen not in seen:
                seen.add(one.objgen)
                yield one.read_raw_bytes()


def _fill_up(pdf: pikepdf.Pdf, multiple: int) -> None:
    """Add blank pages behind the last until there is a multiple of so many."""
    last = pdf.pages[-1]
    for _ in range(-len(pdf.pages) % multiple):
        blank = Dictionary(
            Type=Name.Page,
            MediaBox=last.obj.MediaBox,
            Resources=Dictionary(),
            Contents=pdf.make_stream(b""),
        )
        pdf.pages.append(pikepdf.Page(blank))


def _set_boxes(page: pikepdf.Page, geometry: Geometry) -> None:
    """Set TrimBox, BleedBox and MediaBox exactly (ISO 32000-1, 14.11.2), all in pt."""
    media = [float(value) for value in page.mediabox]
    left, bottom = media[0] + geometry.marks, media[1] + geometry.marks
    trim = (left, bottom, left + geometry.trim_width, bottom + geometry.trim_height)
    bleed = geometry.bleed
    page.trimbox = Array([round(value, 4) for value in trim])
    page.bleedbox = Array(
        [
            round(value, 4)
            for value in (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
        ]
    )
    if "/ArtBox" in page.obj:
        del page.obj["/ArtBox"]


def _lay_marks(pdf: pikepdf.Pdf, marks: Marks, fonts: Any) -> None:
    """Paint the printer's marks on every page, kept once, and the page's number beside them."""
    with pikepdf.open(io.BytesIO(marks.pdf)) as marked:
        set_fonts(marked.pages[0].obj.Resources, Dictionary())
        forms = []
        for page in marked.pages:
            page.trimbox = page.mediabox  # or the form would be cut to the trim
            form = pdf.copy_foreign(page.as_form_xobject())
            set_fonts(form.Resources, fonts)
            forms.append(form)
    figures = {str(number): form for number, form in enumerate(forms[1:])}
    height = float(forms[0].BBox[3]) - float(forms[0].BBox[1])
    for number, page in enumerate(pdf.pages, 1):
        left, bottom = (float(value) for value in list(page.mediabox)[:2])
        painting = [f"q 1 0 0 1 {left:g} {bottom:g} cm {MARKS} Do Q"]
        page.add_resource(forms[0], Name.XObject, MARKS)
        for place, figure in enumerate(str(number)):
            name = FIGURE.format(figure)
            page.add_resource(figures[figure], Name.XObject, Name(name))
            x = left + marks.left + place * ADVANCE * marks.size
            y = bottom + marks.bottom + marks.size - height
            painting.append(f"q 1 0 0 1 {x:g} {y:g} cm {name} Do Q")
        page.contents_add(pdf.make_stream(" ".join(painting).encode()))


def _keep(pdf: pikepdf.Pdf) -> None:
    """Say what sRGB is, and smooth no picture (ISO 19005-2, 6.2.3 and 6.2.8)."""
    profile = pdf.make_stream(resource("profiles", "srgb.icc").read_bytes(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB",
                RegistryName="http://www.color.org",
                Info="sRGB IEC61966-2.1",
                DestOutputProfile=pdf.make_indirect(profile),
            )
        ]
    )
    for page in pdf.pages:
        for thing in dict(page.obj.Resources.get("/XObject", {})).values():
            if thing.get("/Subtype") == "/Image" and "/Interpolate" in thing:
                thing.Interpolate = False


def _label_pages(pdf: pikepdf.Pdf) -> None:
    """Label the pages of a book with their running numbers (ISO 32000-1, 12.4.2)."""
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _remove_links(pdf: pikepdf.Pdf) -> None:
    """Take away what a press must not find: annotations, and the names that they lead to."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    for key in ("/Names", "/OpenAction", "/AA"):
        if key in pdf.Root:
            del pdf.Root[key]
