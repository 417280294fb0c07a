"""Check the typography report against a reading that shares nothing with it.

The report reads glyphs with pdfminer.six, finds columns and paragraphs from positions alone, and
knows no text. Here PDFium reads the same PDFs, the columns are those of the stylesheet, the
paragraphs are the corpus's own, and advances come from the font file, ink from PDFium. Every line
is judged kind by kind and both verdicts are compared, for all lines and for a random sample; of
the sample there are sheets for the eye.

    python -m benchmarks.typography --size M --work DIR
    python -m benchmarks.second_opinion DIR --size M --lines 100 --sheets DIR
"""

from __future__ import annotations

import argparse
import ctypes
import random
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageDraw

from benchmarks.corpus import SIZES, Corpus, generate
from benchmarks.peers import body_font
from publish.check.typography import Kind, measure, measure_lines

EM, LEADING, MEASURE = 9.0, 14.4, 162.0

#: Left edges of the columns in pt: of the peers' stylesheet, and of our theme with its bleed.
COLUMNS = {
    "publish-print": (64.98, 244.98, 424.98),
    "weasyprint": (36.6, 216.6, 396.6),
    "chromium": (36.75, 216.75, 396.75),
    "vivliostyle": (36.56, 216.56, 396.56),
    "typst": (36.64, 216.64, 396.64),
}

#: Characters from which on a line's text is found once in a corpus.
LONG = 10

#: PDFium's own sign for a hyphen at a line's end.
SOFT_HYPHEN = "\x02"

OPENING, CLOSING = "“《", "”》，。、；：！"
UNBREAKABLE = re.compile(r"——|……|\d+%?|[A-Za-z]+(?:&[A-Za-z]+)?")
KINDS = tuple(kind for kind in Kind if kind is not Kind.UNEVEN)


@dataclass(frozen=True)
class Mark:
    """One character as PDFium reads it: origin and ink, in pt from the page's top left corner."""

    text: str
    x: float
    y: float
    ink_left: float
    ink_right: float


@dataclass
class Setting:
    """A line of a paragraph, where it stands, and the part of the paragraph it holds."""

    page: int
    column: float
    marks: list[Mark]
    paragraph: str = ""
    start: int = 0
    faults: set[Kind] = field(default_factory=set)

    @property
    def text(self) -> str:
        """Return the line's characters."""
        return "".join(mark.text for mark in self.marks)

    @property
    def end(self) -> int:
        """Return where the line ends in its paragraph."""
        return self.start + len(self.marks)

    @property
    def is_last(self) -> bool:
        """Tell whether the paragraph ends with it."""
        return self.end == len(self.paragraph)


def read(pdf: Path, columns: Sequence[float]) -> Iterator[Setting]:
    """Yield what stands on one baseline in one column, in reading order."""
    document = pdfium.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number]
        marks = sorted(_marks(page.get_textpage(), page.get_mediabox()), key=lambda m: m.y)
        for left in columns:
            inside = [m for m in marks if left - 0.6 * EM < m.x < left + MEASURE + 0.6 * EM]
            rows: list[list[Mark]] = []
            for mark in inside:
                if rows and mark.y - rows[-1][0].y < 0.2:
                    rows[-1].append(mark)
                else:
                    rows.append([mark])
            for row in rows:
                yield Setting(number + 1, left, sorted(row, key=lambda m: m.x))


def _marks(text: pdfium.PdfTextPage, sheet: tuple[float, ...]) -> Iterator[Mark]:
    edge, _, _, top = sheet
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(4)]
    for index in range(raw.FPDFText_CountChars(text)):
        character = chr(raw.FPDFText_GetUnicode(text, index)).replace(SOFT_HYPHEN, "-")
        if raw.FPDFText_IsGenerated(text, index) or character.isspace():
            continue
        raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        raw.FPDFText_GetCharBox(text, index, *map(ctypes.byref, box))
        ink = box[0].value - edge, box[1].value - edge
        yield Mark(character, x.value - edge, top - y.value, *ink)


def paragraphs(corpus: Corpus) -> list[str]:
    """Return the paragraphs of all articles."""
    return [
        block.text
        for section in corpus.sections
        for article in section.articles
        for block in article.blocks
        if block.type == "p"
    ]


def place(settings: Sequence[Setting], texts: Sequence[str]) -> list[Setting]:
    """Return the lines that are parts of paragraphs, each with its paragraph.

    A long line stands where its text is; a short one, which may stand in many places, only where
    a paragraph was left to go on.
    """
    whole = "\n" + "\n".join(texts) + "\n"
    starts = [1]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    found: list[Setting] = []
    waiting: set[int] = set()
    for setting in settings:
        text = setting.text
        goes_on = [end for end in waiting if whole.startswith(text, end)]
        at = goes_on[0] if goes_on else whole.find(text) if len(text) >= LONG else -1
        if at < 0:
            continue
        number = bisect_right(starts, at) - 1
        setting.paragraph, setting.start = texts[number], at - starts[number]
        waiting.discard(at)
        if not setting.is_last:
            waiting.add(at + len(text))
        found.append(setting)
    return found


class Judge:
    """Judges lines by their text, the known measure, the font's own advances, and ink."""

    def __init__(self, settings: Sequence[Setting]) -> None:
        with body_font() as font:
            names, advances = font.getBestCmap(), font["hmtx"]
            upem = font["head"].unitsPerEm
            self.advances = {chr(c): advances[n][0] / upem * EM for c, n in names.items()}
        heights: dict[int, list[float]] = {}
        for setting in settings:
            heights.setdefault(setting.page, []).append(setting.marks[0].y)
        self.grids = {page: _grid(found) for page, found in heights.items()}

    def judge(self, line: Setting) -> None:
        """Note which kinds of faults a line has."""
        if not line.is_last:
            self._edge(line)
            self._break(line)
            if _added(line) > 0.2:
                line.faults.add(Kind.LOOSE)
        elif line.start > 0 and len(line.text.strip(OPENING + CLOSING)) == 1:
            line.faults.add(Kind.ONE_CHARACTER)
        if line.start > 0 and line.text[0] in CLOSING:
            line.faults.add(Kind.LINE_START)
        if abs(_off(line.marks[0].y, self.grids[line.page])) > 0.1:
            line.faults.add(Kind.OFF_GRID)
        for left, right in zip(line.marks, line.marks[1:], strict=False):
            self._pair(line, left, right)

    def _edge(self, line: Setting) -> None:
        last = line.marks[-1]
        width = self.advances[last.text] / (2 if last.text in CLOSING else 1)
        edge = last.x + width - (line.column + MEASURE)
        if last.text in CLOSING and edge > 0.2 * EM:  # it hangs
            before = line.marks[-2]
            edge = before.x + self.advances[before.text] - (line.column + MEASURE)
        if abs(edge) > 0.1:
            line.faults.add(Kind.RIGHT_EDGE)

    def _break(self, line: Setting) -> None:
        """Judge the line's last character, and what the break behind it parts."""
        words = UNBREAKABLE.finditer(line.paragraph)
        if any(word.start() < line.end < word.end() for word in words):
            line.faults.add(Kind.BROKEN)
        if line.text[-1] in OPENING:
            line.faults.add(Kind.LINE_END)

    def _pair(self, line: Setting, left: Mark, right: Mark) -> None:
        gap = (right.x - left.x - self.advances[left.text]) / EM
        mixed = {_is_han(left.text), _is_han(right.text)} == {True, False}
        if mixed and (_is_western(left.text) or _is_western(right.text)) and gap < 0.1:
            line.faults.add(Kind.NO_GAP)
        ink = (right.ink_left - left.ink_right) / EM
        if left.text in "”》" and right.text in CLOSING and ink > 0.5:
            line.faults.add(Kind.NOT_SQUEEZED)
        if left.text in CLOSING and right.text in OPENING and ink > 0.85:
            line.faults.add(Kind.NOT_SQUEEZED)


def _added(line: Setting) -> float:
    """Return the mean gap between Han characters, in em."""
    gaps = [
        right.x - left.x - EM
        for left, right in zip(line.marks, line.marks[1:], strict=False)
        if _is_han(left.text) and _is_han(right.text)
    ]
    return sum(gaps) / len(gaps) / EM if gaps else 0.0


def _grid(heights: Sequence[float]) -> float:
    """Return the middle of the fullest 0.2 pt that the heights stand in, taken from the leading."""
    residues = [height % LEADING for height in heights]
    tries = (step / 100 for step in range(round(LEADING * 100)))
    fullest = max(tries, key=lambda start: sum((r - start) % LEADING <= 0.2 for r in residues))
    near = [(r - fullest) % LEADING for r in residues if (r - fullest) % LEADING <= 0.2]
    return (fullest + median(near)) % LEADING


def _off(height: float, offset: float) -> float:
    return (height - offset + LEADING / 2) % LEADING - LEADING / 2


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u2e80" <= character <= "\u2fdf"


def _is_western(character: str) -> bool:
    return character.isascii() and character.isalnum()


@dataclass
class Comparison:
    """Both verdicts on one tool's lines."""

    name: str
    lines: list[Setting]
    reported: dict[int, set[Kind]]
    unknown: int
    """Lines of the report that are no part of any paragraph."""
    structure: int
    """Lines whose paragraph begins or ends otherwise, or that the report does not have."""

    def rows(self, lines: Sequence[Setting]) -> Iterator[tuple[Kind, int, int, int]]:
        """Yield each kind and how many lines both find it in, the report alone, the judge alone."""
        for kind in KINDS:
            report = {id(line) for line in lines if kind in self.reported[id(line)]}
            judge = {id(line) for line in lines if kind in line.faults}
            if report | judge:
                yield kind, len(report & judge), len(report - judge), len(judge - report)


def compare(name: str, pdf: Path, corpus: Corpus) -> Comparison:
    """Judge every line of a PDF, and put the report's verdict beside it."""
    lines = place(list(read(pdf, COLUMNS[name])), paragraphs(corpus))
    judge = Judge(lines)
    faults: dict[tuple[int, str], list[tuple[Kind, float]]] = {}
    for found in measure(pdf).occurrences:
        faults.setdefault((found.page, found.text), []).append((found.kind, found.y))
    theirs = measure_lines(pdf)
    near: dict[tuple[int, int], list[int]] = {}
    for index, known in enumerate(theirs):
        near.setdefault((known.page, round(known.y)), []).append(index)
    used: set[int] = set()
    reported: dict[int, set[Kind]] = {}
    structure = 0
    for line in lines:
        judge.judge(line)
        first = line.marks[0]
        places = [
            i for step in (-1, 0, 1) for i in near.get((line.page, round(first.y) + step), ())
        ]
        same = [
            i for i in places if abs(theirs[i].x - first.x) < 2 and abs(theirs[i].y - first.y) < 1
        ]
        reported[id(line)] = set()
        if not same:
            structure += 1
            continue
        known = theirs[same[0]]
        used.add(same[0])
        structure += known.ends != line.is_last or known.begins != (line.start == 0)
        found_here = faults.get((known.page, known.text), ())
        reported[id(line)] = {kind for kind, y in found_here if abs(y - known.y) < 2}
    return Comparison(name, lines, reported, len(theirs) - len(used), structure)


SCALE, ROWS = 2.5, 17


def sheets(comparison: Comparison, sample: Sequence[Setting], pdf: Path, folder: Path) -> None:
    """Draw the sample's lines with the measure's edge in red, and what the report says of each."""
    document = pdfium.PdfDocument(pdf)
    width, height = round((MEASURE + 30) * SCALE) + 200, round(1.6 * LEADING * SCALE)
    for number, first in enumerate(range(0, len(sample), 2 * ROWS), start=1):
        sheet = Image.new("RGB", (2 * width, ROWS * height), "white")
        for index, line in enumerate(sample[first : first + 2 * ROWS]):
            spot = _spot(document, comparison, line, width, height)
            sheet.paste(spot, (index // ROWS * width, index % ROWS * height))
        sheet.save(folder / f"{comparison.name}-{number}.png")


def _spot(
    document: pdfium.PdfDocument, comparison: Comparison, line: Setting, width: int, height: int
) -> Image.Image:
    page = document[line.page - 1].render(scale=SCALE).to_pil()
    left, top = (line.column - 10) * SCALE, (line.marks[0].y - 1.05 * LEADING) * SCALE
    strip = round((MEASURE + 30) * SCALE)
    spot = Image.new("RGB", (width, height), "white")
    spot.paste(page.crop((round(left), round(top), round(left) + strip, round(top) + height)))
    draw = ImageDraw.Draw(spot)
    edge = round((10 + MEASURE) * SCALE)
    draw.line((edge, 0, edge, height), fill="red")
    said = [str(kind) for kind in sorted(comparison.reported[id(line)])]
    if line.is_last:
        said.append("(last)")
    for number, words in enumerate(said):
        draw.text((strip + 4, 2 + 10 * number), words, fill="blue")
    draw.line((0, height - 1, width, height - 1), fill="silver")
    return spot


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the report's verdicts with the second opinion; exit 1 where there is no PDF."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.second_opinion")
    parser.description = main.__doc__
    parser.add_argument(
        "work", type=Path, metavar="DIR", help="where benchmarks.typography put PDFs"
    )
    parser.add_argument("--size", choices=SIZES, default="M")
    parser.add_argument("--lines", type=int, default=100, help="in the sample; default 100")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheets", type=Path, metavar="DIR", help="draw the sample there")
    options = parser.parse_args(arguments)
    corpus = generate(options.size)
    files = {name: options.work / f"{name}.pdf" for name in COLUMNS}
    found = {name: file for name, file in files.items() if file.is_file()}
    for name, file in found.items():
        comparison = compare(name, file, corpus)
        sample = random.Random(options.seed).sample(comparison.lines, options.lines)
        _print(comparison, sample)
        if options.sheets:
            options.sheets.mkdir(parents=True, exist_ok=True)
            sheets(comparison, sample, file, options.sheets)
    return 0 if found else 1


def _print(comparison: Comparison, sample: Sequence[Setting]) -> None:
    print(
        f"{comparison.name}: {len(comparison.lines)} lines of paragraphs, "
        f"{comparison.structure} of them otherwise in the report, "
        f"{comparison.unknown} of the report in no paragraph"
    )
    for title, lines in ((f"sample of {len(sample)}", sample), ("all", comparison.lines)):
        for kind, both, report, judge in comparison.rows(lines):
            print(f"  {title}: {kind}: both {both}, report alone {report}, judge alone {judge}")


if __name__ == "__main__":
    sys.exit(main())
