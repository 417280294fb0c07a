"""A PDF opens, has pages, and carries every font it uses as a subset."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pikepdf

from publish.diagnostics import Finding, Severity

BASE_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_pdf(file: Path, families: Collection[str] = ()) -> list[Finding]:
    """Return what is wrong with the file itself: whether it opens, its pages, its fonts.

    With ``families``, a font of any other family counts as borrowed from the system.
    """
    try:
        with pikepdf.open(file) as pdf:
            if not pdf.pages:
                return [Finding("pdf-empty", f"{file.name} has no pages")]
            return [
                *_font_findings(pdf, file.name, families),
                *_page_findings(pdf, file.name),
            ]
    except pikepdf.PdfError as error:
        return [Finding("pdf-broken", f"{file.name} does not open: {error}", hint="make it again")]


def _font_findings(pdf: pikepdf.Pdf, name: str, families: Collection[str]) -> Iterator[Finding]:
    known = tuple(family.replace(" ", "-") for family in families)
    for font, embedded, page in fonts_in_use(pdf):
        if known and not font.partition("+")[2].startswith(known):
            yield Finding(
                "font-borrowed",
                f"the font {font} in {name} is of no family in fonts/fonts.yaml",
                place=f"page {page}",
                hint="name a family of the catalogue in the theme's print.css",
            )
        if not embedded:
            yield Finding(
                "font-not-embedded",
                f"the font {font} is not embedded in {name}",
                place=f"page {page}",
                hint="give its role in fonts/fonts.yaml a font file that is installed",
            )


def _page_findings(pdf: pikepdf.Pdf, name: str) -> Iterator[Finding]:
    sizes = {tuple(round(float(v), 2) for v in page.trimbox) for page in pdf.pages}
    if len({(box[2] - box[0], box[3] - box[1]) for box in sizes}) > 1:
        yield Finding(
            "page-sizes",
            f"the pages of {name} have {len(sizes)} different trim sizes",
            Severity.WARNING,
            hint="check that no other PDF was joined to it",
        )


def fonts_in_use(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool, int]]:
    """Yield each font once: its name, whether its file is embedded, the first page using it."""
    seen: set[str] = set()
    for number, page in enumerate(pdf.pages, start=1):
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        for font in _fonts(resources):
            name = str(font.get("/BaseFont", "/?"))[1:]
            if name not in seen:
                seen.add(name)
                yield name, _is_embedded(font), number


def _fonts(resources: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield from dict(resources.get("/Font", pikepdf.Dictionary())).values()
    for form in dict(resources.get("/XObject", pikepdf.Dictionary())).values():
        if form.get("/Subtype") == "/Form" and "/Resources" in form:
            yield from _fonts(form.Resources)


def _is_embedded(font: pikepdf.Object) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    if "/DescendantFonts" in font:
        font = font.DescendantFonts[0]
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in BASE_FONT_FILES)
