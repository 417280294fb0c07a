"""Finish a PDF with pikepdf: boxes, page labels, dates, identifiers, metadata."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from publish.layouts import Geometry
from publish.layouts.environment import issue_title
from publish.model import Issue

MARKS = pikepdf.Name("/PrintersMarks")


def finish(
    pdf: pikepdf.Pdf, marks: bytes, output: Path, issue: Issue, geometry: Geometry, modified: str
) -> None:
    """Write the finished PDF; the same pages and issue give the same bytes.

    ``marks`` is a PDF whose one page holds the printer's marks: put on every page, kept once.
    """
    with pikepdf.open(io.BytesIO(marks)) as marked:
        marked.pages[0].trimbox = marked.pages[0].mediabox  # or the form would be cut to the trim
        form = pdf.copy_foreign(marked.pages[0].as_form_xobject())
        painting = pdf.make_stream(f"q {MARKS} Do Q".encode())
        for page in pdf.pages:
            _set_boxes(page, geometry)
            page.add_resource(form, pikepdf.Name.XObject, MARKS)
            page.contents_add(painting)
        _label_pages(pdf)
        _describe(pdf, issue, modified)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.Root.Lang = pikepdf.String(issue.publication.language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.save(
            output,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def _set_boxes(page: pikepdf.Page, geometry: Geometry) -> None:
    """Set TrimBox, BleedBox and MediaBox exactly (ISO 32000-1, 14.11.2), all in pt."""
    media = [float(value) for value in page.mediabox]
    left, bottom = media[0] + geometry.marks, media[1] + geometry.marks
    trim = (left, bottom, left + geometry.trim_width, bottom + geometry.trim_height)
    bleed = geometry.bleed
    page.trimbox = pikepdf.Array([round(value, 4) for value in trim])
    page.bleedbox = pikepdf.Array(
        [
            round(value, 4)
            for value in (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
        ]
    )
    if "/ArtBox" in page.obj:
        del page.obj["/ArtBox"]


def _label_pages(pdf: pikepdf.Pdf) -> None:
    """Label the pages of a book with their running numbers (ISO 32000-1, 12.4.2)."""
    pdf.Root.PageLabels = pikepdf.Dictionary(
        Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D)])
    )


def _describe(pdf: pikepdf.Pdf, issue: Issue, modified: str) -> None:
    publication = issue.publication
    title = issue_title(issue)
    author = publication.publisher or publication.title
    stamp = "D:" + modified.replace("-", "").replace(":", "").replace("T", "")[:14] + "Z"
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Author"] = author
    pdf.docinfo["/CreationDate"] = stamp
    pdf.docinfo["/ModDate"] = stamp
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:creator"] = [author]
        metadata["dc:language"] = [publication.language]
        metadata["dc:publisher"] = [author]
        metadata["xmp:CreateDate"] = modified
        metadata["xmp:ModifyDate"] = modified
