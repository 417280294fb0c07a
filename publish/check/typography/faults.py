"""The rules: what is wrong with a line, with two lines that follow each other, with columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.check.typography import marks
from publish.check.typography.columns import Block
from publish.check.typography.figures import Kind, LineMeasure, Occurrence
from publish.check.typography.flow import Stack
from publish.check.typography.glyphs import Glyph
from publish.check.typography.grid import BASELINE
from publish.check.typography.lines import NOTE, Line, visible_left, visible_right
from publish.check.typography.unbreakable import Words

EDGE = 0.1
"""A justified line may end this far, in pt, from its column's edge."""

GAP = 0.1
"""A gap between Chinese and Western narrower than this, in em, is none."""

LOOSE = 0.2
"""A line is loose when the mean gap added between Han characters is over this, in em."""

SQUEEZED = 0.25
"""Two marks may stand this much farther apart, in em, than CLREQ §3.1.6.2 sets them."""

QUARTER = 0.25
"""The gap between Chinese and Western, and between two words, in em (CLREQ §§3.2.2, 3.5.3)."""

HANGS = 0.25
"""A mark whose frame begins no more than this, in em, inside the edge hangs."""


def right_edge(line: Line, edge: float) -> float:
    """Return where a line ends in pt: no blank half of a closing mark, no hanging mark.

    A Western mark hangs too where the edge runs through it: some programs let it stand out.
    """
    glyphs = line.glyphs
    last = glyphs[-1]
    mark = last.text[-1]
    if len(glyphs) < 2:
        return visible_right(last, line.em)
    if mark in "-‐,.;:’”" and last.advance < 0.75 * line.em and last.x <= edge < last.right:
        return edge
    if mark in marks.STOPS | marks.CLOSING and last.x >= edge - HANGS * line.em:
        return visible_right(glyphs[-2], line.em)
    return visible_right(last, line.em)


def added_gap(line: Line) -> float:
    """Return the mean gap added in a line, in em, over the places where a line may be opened.

    Those are CLREQ §3.5.4's: between two words, between Chinese and Western, between two Han
    characters or a Han character and a mark. What is beyond a quarter em is added in the first
    two, all of it in the others. Two marks that meet are left out: their gap tells how they are
    squeezed.
    """
    added = [
        max(0.0, gap)
        for left, right, spaced in _pairs(line)
        if (gap := _added(left, right, spaced, line.em)) is not None
    ]
    return sum(added) / len(added) if len(added) > 1 else 0.0


def _added(left: Glyph, right: Glyph, spaced: bool, em: float) -> float | None:
    """Return how much wider a gap is than it need be, in em; None where none is opened."""
    first, second = left.text[-1], right.text[0]
    if min(left.size, right.size) < NOTE * em:
        return None
    gap = (right.x - left.right) / em
    han = marks.is_han(first), marks.is_han(second)
    western = marks.is_western(first), marks.is_western(second)
    if all(han):
        return None if spaced else gap
    if any(han) and any(western):
        return gap - QUARTER
    if all(western):
        return gap - QUARTER if spaced else None
    mark = first in marks.FRAMED or second in marks.FRAMED
    return gap if mark and any(han) and not spaced else None


def of_line(line: Line, measured: LineMeasure) -> Iterator[Occurrence]:
    """Yield what is wrong with one line by itself."""
    measure, edge = measured.measure, measured.edge
    if edge is not None and abs(edge) > EDGE:
        side = "short of" if edge < 0 else "beyond"
        detail = f"ends {abs(edge):.2f} pt {side} the edge"
        yield at(line, len(line.glyphs) - 1, Kind.RIGHT_EDGE, abs(edge), detail, measure)
    off = measured.off_grid
    if abs(off) > BASELINE:
        detail = f"stands {abs(off):.2f} pt {'below' if off > 0 else 'above'} the grid"
        yield at(line, 0, Kind.OFF_GRID, abs(off), detail, measure)
    if measured.loose > LOOSE:
        detail = f"{measured.loose:.2f} em added to each gap"
        yield at(line, 0, Kind.LOOSE, measured.loose, detail, measure)
    for index, (left, right, spaced) in enumerate(_pairs(line)):
        pair = left.text[-1] + right.text[0]
        excess = _blank_too_much(left, right, line.em) - measured.loose
        if excess > SQUEEZED and not spaced:
            yield at(line, index, Kind.NOT_SQUEEZED, excess, f"{pair} takes 2 em", measure)
        gap = _missing_gap(left, right, line.em)
        if gap is not None and not spaced:
            yield at(line, index, Kind.NO_GAP, gap, f"no gap between {pair}", measure)


def _pairs(line: Line) -> Iterator[tuple[Glyph, Glyph, bool]]:
    """Yield glyphs that stand side by side, and whether a space was typed between them."""
    return zip(line.glyphs, line.glyphs[1:], line.spaced[1:], strict=False)


def _blank_too_much(left: Glyph, right: Glyph, em: float) -> float:
    """Return how much farther apart than 1.5 em two marks of 2 em stand, in em."""
    first, second = left.text[-1], right.text[0]
    if min(left.advance, right.advance) < 0.75 * em:
        return 0.0
    closing = first in marks.CLOSING or (first in marks.STOPS and not marks.is_centred(left.font))
    distance = visible_left(right, em) - visible_right(left, em)
    if second in marks.OPENING and closing:
        return distance / em - 0.5
    if second in marks.OPENING and first in marks.OPENING:
        return distance / em
    stop = second in marks.STOPS and not marks.is_centred(right.font)
    if closing and (second in marks.CLOSING or (stop and first in marks.CLOSING)):
        return distance / em
    return 0.0


def _missing_gap(left: Glyph, right: Glyph, em: float) -> float | None:
    """Return the gap in em between a Han and a Western character where it is too narrow."""
    first, second = left.text[-1], right.text[0]
    mixed = (marks.is_han(first) and marks.is_western(second)) or (
        marks.is_western(first) and marks.is_han(second)
    )
    if not mixed or min(left.size, right.size) < NOTE * em:
        return None
    gap = (right.x - left.right) / em
    return gap if gap < GAP else None


def between_lines(line: Line, following: Line, words: Words) -> Iterator[Occurrence]:
    """Yield what is wrong with the break between two lines of a paragraph."""
    end = len(line.glyphs) - 1
    last, first = line.text[-1], following.text[0]
    broken = words.broken(line, following)
    if broken:
        yield at(line, end, Kind.BROKEN, 1, f"{broken} is broken")
    else:
        kind = _start(line, following)
        if kind is not None:
            yield at(following, 0, kind, 1, f"{first} begins a line")
    if last in marks.NO_LINE_END:
        yield at(line, end, Kind.LINE_END, 1, f"{last} ends a line")
    elif last in marks.NO_LINE_END_STRICT and not broken and not _in_address(line, following):
        yield at(line, end, Kind.LINE_END_STRICT, 1, f"{last} ends a line")


def _start(line: Line, following: Line) -> Kind | None:
    """Return which prohibition the first character of a line offends, if any."""
    text = following.text
    if text[:2] in {mark * 2 for mark in marks.DASHES} or text[0] in marks.ELLIPSES | {"⸺"}:
        return Kind.LINE_START_STRICT
    if text[0] in marks.NO_LINE_START and not _negative(line, following):
        return Kind.LINE_START
    if text[0] in marks.NO_LINE_START_STRICT and not _in_address(line, following):
        return Kind.LINE_START_STRICT
    return None


def _in_address(line: Line, following: Line) -> bool:
    """Tell whether a solidus at the break stands in Western text: a web address, a path."""
    left, right = line.text, following.text
    if left[-1] == "/":
        return len(left) > 1 and left[-2].isascii() and right[0].isascii()
    return right[0] == "/" and left[-1].isascii() and right[1:2].isascii()


def _negative(line: Line, following: Line) -> bool:
    """Tell whether a line begins with a negative figure; behind a figure it is a range."""
    sign, figure = following.text[0], following.text[1:2]
    return sign in "-–－" and figure.isdigit() and not line.text[-1].isdigit()


def last_line(line: Line) -> Iterator[Occurrence]:
    """Yield the fault of a paragraph's last line that holds one character besides marks."""
    text = [g.text for g in line.glyphs if g.size >= NOTE * line.em]
    solid = [character for character in "".join(text) if character not in marks.MARKS]
    if len(solid) == 1 and len(text) <= 4 and (marks.is_han(solid[0]) or solid[0].isalnum()):
        yield at(line, 0, Kind.ONE_CHARACTER, 1, f"{line.text} stands alone")


def uneven(row: Sequence[Stack], leading: float) -> Occurrence | None:
    """Return the fault of a row of columns whose feet differ by more than one leading."""
    if len(row) < 2:
        return None
    feet = [stack.bottom for stack in row]
    difference = (max(feet) - min(feet)) / leading
    if difference <= 1.25:
        return None
    shortest = min(row, key=lambda stack: stack.bottom)
    block: Block = shortest.blocks[-1]
    detail = f"columns end {difference:.1f} lines apart"
    return at(block.lines[-1], 0, Kind.UNEVEN, difference, detail)


def at(
    line: Line, index: int, kind: Kind, excess: float, detail: str, measure: int = 0
) -> Occurrence:
    """Return a fault at a line's glyph."""
    glyph = line.glyphs[index]
    return Occurrence(
        kind,
        line.page,
        line.text,
        round(glyph.x, 2),
        round(glyph.y, 2),
        round(excess, 3),
        detail,
        measure,
    )
