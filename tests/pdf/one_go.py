"""An issue's print PDF made in one go: what the one joined of parts is compared with."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from benchmarks.plain import whole_issue
from publish.build import moment
from publish.description import describe
from publish.fonts.reading import read_catalogue
from publish.layouts import Setup, find_theme
from publish.manifest.reader import read_project
from publish.pdf.composing import composing
from publish.pdf.finish import Finish
from publish.pdf.parts.fonts import make_font
from publish.pdf.parts.inks import in_colours
from publish.pdf.parts.marks import make_marks
from publish.pdf.parts.press import Press
from publish.pdf.parts.reports import Marks
from publish.pdf.targets import PDF_TARGETS
from publish.pdf.weasy import listening

SCALE = 60 / 72


def in_one_go(root: Path, output: Path, target: str = "print") -> Path:
    """Lay out the whole issue as one document, with WeasyPrint's own page numbers and folios."""
    project, _ = read_project(root)
    catalogue = read_catalogue(project.root).in_language(project.issue.publication.language)
    setup = Setup.of(project, find_theme(project), catalogue, moment(project))
    setup = setup.for_target(target, sheet=PDF_TARGETS[target].sheet)
    press = Press(setup)
    with (
        listening() as messages,
        press.composer() as composer,
        composing(composer),
        in_colours(setup),
    ):
        document = press.document(whole_issue(project, setup))
        content = document.write_pdf(stylesheets=[press.sheet], font_config=press.font_config)
    assert not messages
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q")
        family = pdf.pages[0].obj.Resources.Font
        marks = make_marks(setup) if setup.theme.geometry.marks else None
        for font in _fonts(setup, marks):
            with pikepdf.open(io.BytesIO(font)) as made:
                for name, it in made.pages[0].obj.Resources.Font.items():
                    if name not in family:
                        family[name] = pdf.copy_foreign(it)
        finish = Finish(setup, PDF_TARGETS[target], describe(project.issue))
        finish.write(pdf, marks, family, output)
    return output


def _fonts(setup: Setup, marks: Marks | None) -> list[bytes]:
    """Return the fonts of the printer's marks."""
    return [make_font(setup, name, use) for name, use in marks.fonts.items()] if marks else []


@dataclass
class Looked:
    """All that a reader, a press or a program can see of a PDF."""

    texts: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    bookmarks: list[Any] = field(default_factory=list)
    fonts: dict[str, int] = field(default_factory=dict)
    info: dict[str, str] = field(default_factory=dict)
    size: int = 0


def look(file: Path, scale: float = SCALE) -> Looked:
    """Read a PDF with PDFium and pikepdf."""
    looked = Looked(size=file.stat().st_size)
    document = pypdfium2.PdfDocument(file)
    for page in document:
        box = page.get_bleedbox()  # outside are the printer's marks, set in the file's fonts
        media = page.get_mediabox()
        crop = tuple(abs(edge - outer) for edge, outer in zip(box, media, strict=True))
        looked.texts.append(page.get_textpage().get_text_bounded(*box))
        looked.pictures.append(page.render(scale=scale, crop=crop).to_pil().tobytes())
    document.close()
    with pikepdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        destinations = {
            str(name): place(array, numbers)
            for name, array in (
                pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else {}
            ).items()
        }
        for page in pdf.pages:
            looked.labels.append(page.label)
            looked.boxes.append(
                [rounded(box) for box in (page.mediabox, page.trimbox, page.bleedbox)]
            )
            for note in page.obj.get("/Annots", ()):
                where = destinations[str(note.Dest)] if "/Dest" in note else str(note.A.URI)
                looked.links.append((page.index, rounded(note.Rect), where))
            for name, font in page.obj.Resources.Font.items():
                descriptor = font.DescendantFonts[0].FontDescriptor
                program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
                looked.fonts[name] = len(program.read_bytes())
        with pdf.open_outline() as outline:
            looked.bookmarks = [told(item, numbers) for item in outline.root]
        looked.info = {str(key): str(value) for key, value in pdf.docinfo.items()}
    return looked


def rounded(array: Any) -> list[float]:
    return [round(float(value), 2) for value in array]


def place(array: Any, numbers: dict[Any, int]) -> tuple[int, float, float]:
    return numbers[array[0].objgen], round(float(array[2]), 2), round(float(array[3]), 2)


def told(item: Any, numbers: dict[Any, int]) -> tuple[Any, ...]:
    children = [told(child, numbers) for child in item.children]
    return item.title, place(item.destination, numbers), bool(item.is_closed), children
