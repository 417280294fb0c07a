"""Give the space a line lacks, or take the space it has too much, and place its glyphs."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from publish.typesetting.atoms import Atom
from publish.typesetting.classes import PUNCTUATION, CharacterClass
from publish.typesetting.galley import Galley, ruby_style
from publish.typesetting.lines import Line, PlacedRuby, PlacedRun
from publish.typesetting.optimum import Span
from publish.typesetting.spacing import SHRINK_ORDER, STRETCH_ORDER, Adjustment

_EPSILON = 1e-6
_C = CharacterClass


class Placement(NamedTuple):
    """How one line is to be set. Lengths in pt; ``text_end`` is where its text ends."""

    span: Span
    text_start: int
    text_end: int
    width: float
    """What the line may fill: the measure without its indent."""
    indent: float
    justified: bool
    is_last: bool


class Drawing(NamedTuple):
    """The glyphs of a piece, as in ``PlacedRun``."""

    glyphs: tuple[int, ...]
    x: tuple[float, ...]
    clusters: tuple[int, ...]
    y: tuple[float, ...] | None


class _Words:
    """A drawing that grows atom by atom. ``origin`` is where its run's text begins."""

    def __init__(self, origin: int) -> None:
        self.origin = origin
        self.glyphs: list[int] = []
        self.x: list[float] = []
        self.clusters: list[int] = []
        self.y: list[float] = []

    def add(self, atom: Atom, x: float, offset: int) -> None:
        """Draw an atom whose text begins at ``offset``."""
        start = offset - self.origin
        if atom.single:
            self.glyphs.append(atom.glyph)
            self.x.append(x + atom.shifted)
            self.clusters.append(start + atom.clusters[0])
        else:
            self.glyphs += atom.glyphs
            self.x += [x + dx for dx in atom.xs]
            self.clusters += [start + cluster for cluster in atom.clusters]
        if atom.ys:
            self.y += [0.0] * (len(self.glyphs) - len(atom.ys) - len(self.y))
            self.y += atom.ys

    def drawing(self) -> Drawing:
        """Return what was drawn."""
        if self.y:
            self.y += [0.0] * (len(self.glyphs) - len(self.y))
        y = tuple(self.y) if any(self.y) else None
        return Drawing(tuple(self.glyphs), tuple(self.x), tuple(self.clusters), y)


class Setter:
    """Sets the lines of one galley. ``em`` is the size, in pt, that gaps are told in."""

    def __init__(self, galley: Galley, em: float, align: str) -> None:
        self.galley = galley
        self.em = em
        self.align = align

    def line(self, plan: Placement) -> Line:
        """Set one line."""
        galley = self.galley
        i, j, hanging = plan.span
        hung = galley.widths[j] if hanging else 0.0
        hyphen = galley.hyphens.get(j) if not plan.is_last else None
        lead, tail = galley.leads.get(i, 0.0), galley.tails.get(j, 0.0)
        natural = galley.ends[j] - galley.begins[i] + lead + tail - hung
        lack = plan.width - natural
        if not plan.justified and lack > 0:
            lack = 0.0
        moves, got = self._moves(i, j, lack)
        width = natural + got
        indent = plan.indent + self._aligned(plan.width - width)
        xs = self._origins(i, j, indent + lead, moves)
        pieces = self._pieces(plan, xs)
        if hyphen is not None:
            at = xs[-1] + galley.widths[j]
            pieces[-1] = _with_hyphen(pieces[-1], hyphen.glyph, at, hyphen.width)
        gaps = galley.spreads[j] - galley.spreads[i]
        added = got / (gaps * self.em) if gaps else got / self.em
        return Line(
            tuple(pieces),
            plan.text_start,
            plan.text_end,
            indent,
            natural,
            width,
            added,
            added > galley.shop.settings.loose + _EPSILON,
            plan.is_last,
            hyphen is not None,
            hung,
            self._ruby(plan.span, xs) if galley.has_ruby else (),
        )

    def _aligned(self, free: float) -> float:
        if self.align == "center":
            return free / 2
        return free if self.align == "end" else 0.0

    # --- Space -----------------------------------------------------------------------------

    def _moves(self, i: int, j: int, lack: float) -> tuple[list[float] | None, float]:
        """Say by how much each gap of the line grows, and by how much they grow together."""
        if -_EPSILON < lack < _EPSILON or i == j:
            return (None, 0.0) if i == j or not lack else self._even(i, j, lack)
        if lack < 0:
            return self._squeeze(i, j, -lack)
        return self._stretch(i, j, lack)

    def _special(self, i: int, j: int) -> list[int]:
        at = self.galley.special_at
        return at[bisect_left(at, i) : bisect_left(at, j)]

    def _squeeze(self, i: int, j: int, excess: float) -> tuple[list[float], float]:
        """Take blank away kind by kind, from all gaps of a kind in equal part (§ 3.5.3)."""
        special = self.galley.special
        moves = [0.0] * (j - i)
        left = excess
        inside = self._special(i, j)
        for kind in SHRINK_ORDER:
            gaps = [k for k in inside if special[k].adjustment is kind and special[k].shrink]
            room = sum(special[k].shrink for k in gaps)
            if gaps and left > 0:
                part = min(1.0, left / room)
                for k in gaps:
                    moves[k - i] -= special[k].shrink * part
                left -= room * part
        return moves, left - excess

    def _stretch(self, i: int, j: int, lack: float) -> tuple[list[float] | None, float]:
        """Open word spaces, then Chinese–Western gaps, then all gaps evenly (§ 3.5.4)."""
        special = self.galley.special
        inside = [k for k in self._special(i, j) if special[k].stretch]
        if not inside:
            return self._even(i, j, lack)
        moves = [0.0] * (j - i)
        left = lack
        for kind in STRETCH_ORDER:
            left = self._open(kind, inside, i, moves, left)
        if left > _EPSILON:
            even, got = self._even(i, j, left)
            if even is not None:
                moves = [a + b for a, b in zip(moves, even, strict=True)]
            left -= got
        return moves, lack - left

    def _open(
        self, kind: Adjustment, inside: list[int], i: int, moves: list[float], left: float
    ) -> float:
        """Open the gaps of one kind and return what is still lacking."""
        special = self.galley.special
        gaps = [k for k in inside if special[k].adjustment is kind]
        room = sum(special[k].stretch for k in gaps)
        if not gaps or left <= 0:
            return left
        part = min(1.0, left / room)
        for k in gaps:
            moves[k - i] += special[k].stretch * part
        return left - room * part

    def _even(self, i: int, j: int, lack: float) -> tuple[list[float] | None, float]:
        """Spread space over all gaps that take it, or over any if none does."""
        spread = self.galley.spread[i:j]
        count = sum(spread)
        if not count:
            return None, 0.0
        each = lack / count
        return [each if takes else 0.0 for takes in spread], lack

    # --- Places ----------------------------------------------------------------------------

    def _origins(self, i: int, j: int, start: float, moves: list[float] | None) -> list[float]:
        """Give the left edge of each atom's box."""
        begins = self.galley.begins
        shift = start - begins[i]
        if moves is None:
            return [begin + shift for begin in begins[i : j + 1]]
        return [
            begin + moved
            for begin, moved in zip(
                begins[i : j + 1], accumulate(moves, initial=shift), strict=True
            )
        ]

    def _pieces(self, plan: Placement, xs: list[float]) -> list[PlacedRun]:
        """Cut the line where its runs meet."""
        runs = self.galley.run_starts
        number = max(0, bisect_left(runs, plan.text_start + 1) - 1)
        pieces = []
        while number < len(self.galley.runs) and runs[number] < plan.text_end:
            if runs[number + 1] > max(plan.text_start, runs[number]):
                pieces.append(self._piece(plan, number, xs))
            number += 1
        return pieces

    def _piece(self, plan: Placement, number: int, xs: list[float]) -> PlacedRun:
        """Place the part of one run that stands in the line."""
        galley, run = self.galley, self.galley.runs[number]
        i, j, _ = plan.span
        first = max(i, galley.run_atoms[number])
        after = min(j + 1, galley.run_atoms[number + 1])
        complex_at = galley.complex_at
        # The space before a run's first atom stands in the gap behind the atom before it.
        simple = not complex_at or (
            bisect_left(complex_at, first - 1) == bisect_left(complex_at, after)
        )
        draw = self._draw if simple else self._draw_words
        glyphs, x, clusters, y = draw(number, first, after, xs, plan.span)
        left = right = x[0] if x else 0.0
        if first < after:
            left, right = xs[first - i], xs[after - 1 - i] + galley.widths[after - 1]
        origin = galley.run_starts[number]
        return PlacedRun(
            number,
            run.tag,
            max(plan.text_start - origin, 0),
            min(plan.text_end - origin, len(run.text)),
            glyphs,
            x,
            clusters,
            y,
            left,
            right,
            self._dots(first, after, xs, i) if run.emphasis_dots else (),
        )

    def _draw(self, number: int, first: int, after: int, xs: list[float], span: Span) -> Drawing:
        """Draw atoms of one glyph each."""
        galley = self.galley
        origin, shifted_at = galley.run_starts[number], galley.shifted_at
        x = xs[first - span.first : after - span.first]
        for k in shifted_at[bisect_left(shifted_at, first) : bisect_left(shifted_at, after)]:
            x[k - first] += galley.atoms[k].shifted
        starts = galley.starts[first:after]
        return Drawing(
            tuple(galley.glyphs[first:after]),
            tuple(x),
            tuple([start - origin for start in starts] if origin else starts),
            None,
        )

    def _draw_words(
        self, number: int, first: int, after: int, xs: list[float], span: Span
    ) -> Drawing:
        """Draw atoms that may be words, and the spaces typed between them."""
        galley = self.galley
        origin, run_end = galley.run_starts[number], galley.run_starts[number + 1]
        drawing = _Words(origin)
        for k in range(max(span.first, first - 1), after):
            x = xs[k - span.first]
            if k >= first:
                drawing.add(galley.atoms[k], x, galley.starts[k])
            if k in galley.typed and k < span.last:
                x += galley.widths[k]
                for offset, space in galley.typed[k]:
                    if origin <= offset < run_end:
                        drawing.add(space, x, offset)
                    x += space.width
        return drawing.drawing()

    def _dots(self, first: int, after: int, xs: list[float], i: int) -> tuple[float, ...]:
        """Centre a dot under each character that is not a mark (CLREQ § 3.1.8)."""
        galley = self.galley
        return tuple(
            xs[k - i] + galley.widths[k] / 2
            for k in range(first, after)
            if galley.atoms[k].left.kind is _C.HAN or galley.atoms[k].left.kind not in PUNCTUATION
        )

    def _ruby(self, span: Span, xs: list[float]) -> tuple[PlacedRuby, ...]:
        """Centre each reading over its base, inside the line (CLREQ § 3.3.4.1)."""
        galley = self.galley
        placed: list[PlacedRuby] = []
        for number, run in enumerate(galley.runs):
            if not run.ruby:
                continue
            first = galley.run_atoms[number]
            last = galley.run_atoms[number + 1] - 1
            if last < first or first < span.first or last > span.last:
                continue
            reading = galley.shop.table(ruby_style(run)).word(run.ruby)
            wide = sum(atom.width for atom in reading)
            left = xs[first - span.first]
            right = xs[last - span.first] + galley.widths[last]
            line_right = xs[-1] + galley.widths[span.last]
            at = max(xs[0], min((left + right - wide) / 2, line_right - wide))
            placed.append(_placed_ruby(number, reading, at))
        return tuple(placed)


def _placed_ruby(number: int, reading: tuple[Atom, ...], at: float) -> PlacedRuby:
    glyphs: list[int] = []
    places: list[float] = []
    clusters: list[int] = []
    pen, offset = at, 0
    for atom in reading:
        glyphs += atom.glyphs
        places += [pen + x for x in atom.xs]
        clusters += [offset + cluster for cluster in atom.clusters]
        pen += atom.width
        offset += len(atom.text)
    return PlacedRuby(number, tuple(glyphs), tuple(places), tuple(clusters), at, pen)


def _with_hyphen(piece: PlacedRun, glyph: int, at: float, width: float) -> PlacedRun:
    """Put a hyphen behind a piece."""
    return piece._replace(
        glyphs=(*piece.glyphs, glyph),
        x=(*piece.x, at),
        clusters=(*piece.clusters, piece.end),
        y=(*piece.y, 0.0) if piece.y is not None else None,
        right=at + width,
    )
