"""Small issues, and both their outputs read back as a reader and a press see them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

MANIFEST = """\
publication: {{title: 小报, slug: tiny, language: {language}}}
issue: {{date: 2026-01-20, number: 7}}
sections:
  - {{title: 要闻, page: 1, articles: [one.md]}}
"""


def write_issue(root: Path, copy: str, language: str = "zh-Hans") -> Path:
    """Write an issue of one article and return its root."""
    folder = root / "manuscript"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = MANIFEST.format(language=language)
    (folder / "manifest.yaml").write_text(manifest, encoding="utf-8")
    (folder / "one.md").write_text(copy, encoding="utf-8")
    return root


# --- Print ---------------------------------------------------------------------------------------


class PrintGlyph(NamedTuple):
    """A glyph of a PDF: its number is the font's own; its advance in em, as drawn unspaced."""

    text: str
    font: str
    number: int
    advance: float


class _Device(PDFLayoutAnalyzer):
    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.glyphs: list[PrintGlyph] = []

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int,
        ncs: Any, graphicstate: Any,
    ) -> float:  # fmt: skip
        text, name = font.to_unichr(cid), font.fontname.partition("+")[2]
        self.glyphs.append(PrintGlyph(text, name, cid, font.char_width(cid)))
        return super().render_char(
            matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate
        )  # fmt: skip


def print_glyphs(pdf: Path) -> list[PrintGlyph]:
    """Return every glyph of a PDF, in the order in which it is painted."""
    manager = PDFResourceManager()
    device = _Device(manager)
    interpreter = PDFPageInterpreter(manager, device)
    with pdf.open("rb") as stream:
        for page in PDFPage.get_pages(stream):
            interpreter.process_page(page)
    return device.glyphs


def passage(glyphs: list[PrintGlyph], text: str) -> list[PrintGlyph]:
    """Return the glyphs of a text where it stands last; each is one or more of its characters."""
    shown = [glyph for glyph in glyphs if glyph.text.strip()]
    whole = "".join(glyph.text for glyph in shown)
    start = whole.rindex(text.replace(" ", ""))
    end = start + len(text.replace(" ", ""))
    places = accumulate((len(glyph.text) for glyph in shown), initial=0)
    return [glyph for glyph, at in zip(shown, places, strict=False) if start <= at < end]


# --- EPUB ----------------------------------------------------------------------------------------


class EpubGlyph(NamedTuple):
    """A glyph that a reading system takes: the font's file, its number, its advance in em."""

    file: str
    number: int
    advance: float


class Epub:
    """An EPUB, read as a reading system reads it: font lists, then the first that has it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        self.css = contents["EPUB/styles/epub.css"].decode()
        self.fonts = {Path(n).name: c for n, c in contents.items() if n.startswith("EPUB/fonts/")}
        self.article = contents["EPUB/text/one.xhtml"].decode()
        self.faces = {
            (family, int(weight)): file
            for family, weight, file in re.findall(
                r'font-family: "([^"]+)"; font-weight: (\d+);[^}]*url\("\.\./fonts/([^"]+)"\)',
                self.css,
            )
        }

    def glyph(
        self, character: str, *, western: bool = False, language: str = "", selector: str = "html"
    ) -> EpubGlyph:
        """Return what stands for a character in text that the selector's rule sets."""
        for family in self._families(selector, western, language):
            for (name, _), file in self.faces.items():
                if name == family and (found := self._in(file, character, western)):
                    return found
        raise AssertionError(f"no embedded font has {character}")

    def _families(self, selector: str, western: bool, language: str) -> Iterator[str]:
        rule = next(r for r in re.findall(rf"^{re.escape(selector)} {{(.*)}}$", self.css, re.M))
        asked = "--western" if western else f"--{language.lower()}" if language else "font-family"
        lists = dict(re.findall(r"([\w-]+): ([^;]+);", rule))
        yield from re.findall(r'"([^"]+)"', lists.get(asked, lists["font-family"]))

    def _in(self, file: str, character: str, western: bool) -> EpubGlyph | None:
        face = hb.Face(plain(self.fonts[file]))
        if not hb.Font(face).get_nominal_glyph(ord(character)):
            return None
        ((number, advance),) = shaped(face, character, pwid=western)
        return EpubGlyph(file, number, advance)


def plain(font: bytes) -> bytes:
    """Return a font that is not compressed."""
    if not font.startswith(b"wOF2"):
        return font
    opened = TTFont(io.BytesIO(font))
    opened.flavor = None
    output = io.BytesIO()
    opened.save(output)
    return output.getvalue()


def shaped(
    face: hb.Face, text: str, language: str = "zh-Hans", **features: bool
) -> list[tuple[int, float]]:
    """Return the glyphs of a text and their advances in em."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Hani", language
    hb.shape(hb.Font(face), buffer, features)
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.codepoint, place.x_advance / face.upem) for info, place in pairs]


def outline(font: bytes | Path, glyph: int, index: int = 0) -> list[Any]:
    """Return a glyph's outline, to compare with another's."""
    source = font if isinstance(font, Path) else io.BytesIO(font)
    with TTFont(source, fontNumber=index, lazy=True) as opened:
        glyphs = opened.getGlyphSet()
        pen = DecomposingRecordingPen(glyphs)
        glyphs[opened.getGlyphName(glyph)].draw(pen)
        return [step for step in pen.value if step[1]]
