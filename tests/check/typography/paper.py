"""A sheet on which a test sets every glyph by hand, and the PDF of it.

Nothing of the composer is used, so that a fault stands exactly where a test plants it. Places are
in pt from the page's top left corner, gaps in em. Two ideographic spaces before a line's text are
its indent; they are not drawn.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pikepdf
import uharfbuzz as hb

EM, LEADING = 9.0, 14.4
MEASURE = 18
WIDTH = MEASURE * EM
GUTTER = 18.0
LEFT, TOP = 36.0, 72.0
PAGE = (595.0, 842.0)

SONG, HEI = "Noto Serif CJK SC:regular", "Noto Sans CJK SC:bold"
MING = "Noto Serif CJK TC:regular"
OPENING, CLOSING = "“‘（《〈【", "”’）》〉】、，。；：！？"


class Face:
    """A font of this machine: glyphs, widths in 1/1000 em, a subset to embed."""

    def __init__(self, pattern: str) -> None:
        command = ["fc-match", "--format=%{file}\t%{index}\t%{postscriptname}", pattern]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        file, index, self.name = answer.split("\t")
        self.face = hb.Face(hb.Blob.from_file_path(file), int(index))
        self.font = hb.Font(self.face)
        self.used: dict[int, str] = {}

    def glyph(self, character: str) -> int:
        """Return a character's glyph, and note that it is used."""
        number = self.font.get_nominal_glyph(ord(character))
        assert number, f"the font has no {character}"
        self.used[number] = character
        return int(number)

    def width(self, character: str) -> float:
        """Return a character's advance in em."""
        number = self.font.get_nominal_glyph(ord(character))
        return float(self.font.get_glyph_h_advance(number) / self.face.upem)

    def subset(self) -> bytes:
        """Return an OpenType font of the glyphs in use, with the numbers they had."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(self.used))
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
        return bytes(hb.subset(self.face, wanted).blob.data)


@cache
def face(pattern: str) -> Face:
    """Return a face, opened once."""
    return Face(pattern)


@dataclass(frozen=True)
class Line:
    """A line as it shall stand: ``width`` in pt is filled evenly, None leaves it as it comes.

    ``nudge`` adds em before the glyph of that index; ``down`` and ``right`` move it, in pt.
    """

    text: str
    width: float | None = WIDTH
    nudge: Mapping[int, float] = field(default_factory=dict)
    down: float = 0.0
    right: float = 0.0
    size: float = EM
    pattern: str = SONG


@dataclass(frozen=True)
class Drawn:
    """One glyph in its place."""

    character: str
    x: float
    y: float
    size: float
    pattern: str


class Sheet:
    """Pages of glyphs."""

    def __init__(self) -> None:
        self.pages: list[list[Drawn]] = [[]]
        self.pictures: list[tuple[float, float, float, float]] = []

    def turn(self) -> None:
        """Begin another page."""
        self.pages.append([])

    def line(self, line: Line, left: float, baseline: float) -> None:
        """Set a line, its spaces opened so that it fills its width."""
        indent = len(line.text) - len(line.text.lstrip("　"))
        text = line.text[indent:]
        places = _natural(text, line, indent * EM)
        if line.width is not None:
            places = _filled(text, places, line)
        for index, (character, x) in enumerate(zip(text, places, strict=True)):
            nudged = sum(move for at, move in line.nudge.items() if at <= index) * line.size
            place = left + line.right + x + nudged, baseline + line.down
            if character != " ":
                self.glyph(character, *place, size=line.size, pattern=line.pattern)

    def glyph(
        self, character: str, x: float, y: float, *, size: float = EM, pattern: str = SONG
    ) -> None:
        """Set one glyph at its origin."""
        self.pages[-1].append(Drawn(character, x, y, size, pattern))

    def columns(self, *columns: Sequence[Line | str], top: float = TOP) -> None:
        """Set columns beside each other, a line on every line of the grid; "" leaves one empty."""
        for number, lines in enumerate(columns):
            for row, line in enumerate(lines):
                if line:
                    set_line = written(line) if isinstance(line, str) else line
                    self.line(set_line, left(number), top + row * LEADING)

    def save(self, path: Path, aliases: Mapping[str, str] | None = None) -> Path:
        """Write the PDF; ``aliases`` gives characters another name in it."""
        with pikepdf.new() as pdf:
            patterns = sorted({glyph.pattern for page in self.pages for glyph in page})
            names = {pattern: f"/F{number}" for number, pattern in enumerate(patterns)}
            contents = [_content(page, names) for page in self.pages]
            fonts = {names[p]: _font(pdf, face(p), aliases or {}) for p in names}
            for content in contents:
                page = pdf.add_blank_page(page_size=PAGE)
                page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts))
                page.Contents = pdf.make_stream(content)
            for picture in self.pictures:
                _draw_picture(pdf, picture)
            pdf.save(path)
        return path


def written(text: str) -> Line:
    """Return a text as a line: filled to the measure, or a paragraph's last where it is short."""
    return Line(text, WIDTH if len(text) >= MEASURE - 2 else None)


def left(column: int) -> float:
    """Return a column's left edge."""
    return LEFT + column * (WIDTH + GUTTER)


def row(number: int) -> float:
    """Return the baseline of a line, counted from 0."""
    return round(TOP + number * LEADING, 2)


def _natural(text: str, line: Line, start: float) -> list[float]:
    """Return the glyphs' places: marks squeezed, Chinese and Western parted, heads trimmed."""
    places: list[float] = []
    x = start - (0.5 * line.size if text[:1] and text[0] in OPENING else 0.0)
    for before, character in zip(" " + text, text, strict=False):
        x += _between(before, character) * line.size
        places.append(x)
        x += face(line.pattern).width(character) * line.size
    return places


def _between(before: str, after: str) -> float:
    if (before in CLOSING and after in OPENING + "”’）》") or before + after in (
        "“‘",
        "（《",
        "”。",
    ):
        return -0.5
    han, western = (_is_han(before), _is_han(after)), (_is_western(before), _is_western(after))
    return 0.25 if any(han) and any(western) else 0.0


def _filled(text: str, places: list[float], line: Line) -> list[float]:
    """Spread what a line lacks over its Han characters, so that its ink ends on its width."""
    ends = places[-1] + face(line.pattern).width(text[-1]) * line.size
    blank = 0.5 * line.size if text[-1] in CLOSING else 0.0
    gaps = [i for i in range(1, len(text)) if _is_han(text[i - 1]) and _is_han(text[i])]
    assert line.width is not None
    each = (line.width - (ends - blank)) / len(gaps)
    return [x + each * sum(gap <= i for gap in gaps) for i, x in enumerate(places)]


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_western(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _content(page: Iterable[Drawn], names: Mapping[str, str]) -> bytes:
    height = PAGE[1]
    return "\n".join(
        f"BT {names[g.pattern]} {g.size} Tf 1 0 0 1 {g.x:.4f} {height - g.y:.4f} Tm "
        f"<{face(g.pattern).glyph(g.character):04x}> Tj ET"
        for g in page
    ).encode()


def _font(pdf: pikepdf.Pdf, used: Face, aliases: Mapping[str, str]) -> pikepdf.Object:
    """Return the font as a CID font with its widths and its way back to Unicode."""
    program = pdf.make_stream(used.subset(), Subtype=pikepdf.Name("/OpenType"))
    name = pikepdf.Name(f"/TESTED+{used.name}")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=4, FontFile3=program,
        FontBBox=[-1000, -1000, 3000, 2000], ItalicAngle=0, Ascent=880, Descent=-120,
        CapHeight=730, StemV=80,
    )  # fmt: skip
    widths: list[object] = []
    for number, character in sorted(used.used.items()):
        widths += [number, [round(used.width(character) * 1000, 3)]]
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=name, DW=1000,
        W=widths, FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
    )  # fmt: skip
    told = {number: aliases.get(character, character) for number, character in used.used.items()}
    outer = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(inner)],
        ToUnicode=pdf.make_stream(_to_unicode(told)),
    )  # fmt: skip
    return pdf.make_indirect(outer)


def _to_unicode(used: Mapping[int, str]) -> bytes:
    pairs = [
        f"<{number:04x}> <{character.encode('utf-16-be').hex()}>"
        for number, character in sorted(used.items())
    ]
    parts = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(p)} beginbfchar\n" + "\n".join(p) + "\nendbfchar" for p in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _draw_picture(pdf: pikepdf.Pdf, box: tuple[float, float, float, float]) -> None:
    """Draw a grey picture on the first page: left, top, right, bottom."""
    x, top, right, bottom = box
    picture = pdf.make_stream(
        b"\x80", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    page = pdf.pages[0]
    page.Resources.XObject = pikepdf.Dictionary({"/P": picture})
    place = f"q {right - x} 0 0 {bottom - top} {x} {PAGE[1] - bottom} cm /P Do Q\n"
    page.contents_add(place.encode(), prepend=True)
