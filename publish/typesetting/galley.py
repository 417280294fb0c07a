"""A galley: a paragraph's atoms in one unbroken string, with the gaps between them.

Everything that breaking and justifying ask of a paragraph is here as parallel lists and
running sums, so that any line's figures are a few subtractions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import inf

from publish.typesetting.atoms import Atom, StyleTable
from publish.typesetting.breaking import (
    CHANCE_PENALTY,
    HYPHEN_PENALTY,
    RANGE_AFTER,
    RANGE_BEFORE,
    hyphenation_points,
    is_unit,
)
from publish.typesetting.classes import (
    HANGING,
    MARKS,
    WESTERN,
    WESTERN_STANDINS,
    CharacterClass,
    Script,
    character_class,
    script_of,
)
from publish.typesetting.quotation import with_western_quotes
from publish.typesetting.settings import Settings
from publish.typesetting.spacing import Adjustment, Gap, Side, gap_between, word_space
from publish.typesetting.text import TextRun, TextStyle

_C = CharacterClass
SOFT_HYPHEN = "\u00ad"
_STANDINS = str.maketrans(WESTERN_STANDINS)
_RUBY_OVERHANG = 0.5
"""How far, in em of the base, a reading may reach over a neighbour without one (§ 3.3.4.1)."""
_RUBY_DISTANCE = 0.25
"""The least gap between two readings that meet, in em of the reading (§ 3.3.4.1)."""


class _Codes(dict[int, str]):
    """One letter for how the character goes into atoms, by code point; for str.translate."""

    _BY_CLASS = {  # noqa: RUF012
        _C.SPACE: "s",
        _C.NO_BREAK_SPACE: "b",
        _C.ZERO_WIDTH_SPACE: "z",
        _C.JOINER: "j",
        _C.FORCED_BREAK: "n",
    }
    _PAIRED = {"—": "d", "…": "e", "⋯": "f", "\r": "r"}  # noqa: RUF012

    def __missing__(self, point: int) -> str:
        character = chr(point)
        kind = character_class(character)
        code = self._PAIRED.get(character) or self._BY_CLASS.get(kind)
        if code is None and (
            unicodedata.category(character) in ("Mn", "Me") or character in "\u200c\u200d"
        ):
            code = "m"
        self[point] = code or ("w" if kind in WESTERN else "h")
        return self[point]


_CODES = _Codes()
_TOKEN = re.compile(r"(?:h(?!m))+|hm+|[wm]+|dd|d|ee|e|ff|f|[sbzj]+|rn|n|r")


class Shop:
    """What one house keeps between paragraphs: its rules, shaped atoms and known gaps."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._sides: dict[Side, int] = {}
        self._tables: dict[tuple[TextStyle, bool], StyleTable] = {}
        self.gaps: dict[tuple[int, int], Gap] = {}

    def table(self, style: TextStyle, *, annotation: bool = False) -> StyleTable:
        """Give the atoms of a style."""
        table = self._tables.get((style, annotation))
        if table is None:
            table = self._tables[style, annotation] = StyleTable(
                style,
                self._sides,
                annotation=annotation,
                trim_line_start=self.settings.trim_line_start,
            )
        return table

    def gap(self, before: Atom, after: Atom) -> Gap:
        """Give the gap between two atoms with no space typed between them."""
        key = before.right_id, after.left_id
        gap = self.gaps.get(key)
        if gap is None:
            gap = self.gaps[key] = gap_between(before.right, after.left, self.settings)
        return gap


class Galley:
    """A paragraph's atoms and gaps. Lengths in pt; gap ``k`` stands behind atom ``k``.

    A line of the atoms ``i``…``j`` is ``ends[j] - begins[i]`` wide, can give up
    ``shrinks[j] - shrinks[i]`` and spreads space over ``spreads[j] - spreads[i]`` gaps.
    """

    def __init__(self, runs: Sequence[TextRun], shop: Shop, widest: float = inf) -> None:
        self.runs = runs
        self.widest = widest
        """A word wider than this, the measure, is cut."""
        self.shop = shop
        self.atoms: list[Atom] = []
        self.starts: list[int] = []
        self.segments: list[tuple[int, int, int, int]] = []
        """First atom, atom after the last, text start, text end: between forced breaks."""
        self.run_starts = list(accumulate((len(run.text) for run in runs), initial=0))
        self.run_atoms: list[int] = []
        """For each run the first atom that is its own, and at the end their number."""
        self.typed: dict[int, list[tuple[int, Atom]]] = {}
        """The spaces typed in a gap: their offsets and shaped atoms."""
        self._no_break: set[int] = set()
        self._chances: set[int] = set()
        self.tails: dict[int, float] = {}
        """What a break in a gap adds to its line: a hyphen, a centred mark's blank."""
        self.penalties: dict[int, float] = {}
        self.hyphens: dict[int, Atom] = {}
        self._cast()
        self._space()

    # --- Atoms -----------------------------------------------------------------------------

    def _cast(self) -> None:
        """Turn the runs into atoms."""
        text = "".join(
            run.text
            if script_of(run.style.language) is not Script.WESTERN
            else run.text.translate(_STANDINS)
            for run in self.runs
        )
        if "“" in text or "‘" in text or "’" in text or "”" in text:
            text = with_western_quotes(text)
        self.text = text
        codes = text.translate(_CODES)
        self._segment_atom = self._segment_text = 0
        for run, (start, end) in zip(self.runs, pairwise(self.run_starts), strict=True):
            self.run_atoms.append(len(self.atoms))
            table = self.shop.table(run.style, annotation=run.keep_with_previous)
            if run.keep_with_previous and self.atoms:
                self._no_break.add(len(self.atoms) - 1)
            self._cast_run(table, codes, start, end)
            if run.keep_together:
                self._no_break.update(range(self.run_atoms[-1], len(self.atoms) - 1))
        self.run_atoms.append(len(self.atoms))
        if self._segment_text < len(text) or not self.segments:
            self._end_segment(len(text))
        self.starts.append(len(text))

    def _cast_run(self, table: StyleTable, codes: str, start: int, end: int) -> None:
        atoms, starts, text = self.atoms, self.starts, self.text
        for token in _TOKEN.finditer(codes, start, end):
            first, last = token.span()
            code = codes[first]
            if code == "h" and codes[last - 1] == "h":
                atoms.extend(map(table.__getitem__, text[first:last]))
                starts.extend(range(first, last))
            elif code in "wm":
                self._cast_word(table, first, text[first:last])
            elif code in "sbzj":
                self._cast_space(table, first, text[first:last])
            elif code in "nr":
                self._end_segment(last)
            else:
                atoms.append(table[text[first:last]])
                starts.append(first)

    def _cast_word(self, table: StyleTable, offset: int, word: str) -> None:
        """Add a Western word in pieces that may part, with a hyphen or without."""
        for part in word.rstrip(SOFT_HYPHEN).split(SOFT_HYPHEN):
            if self.text[offset - 1 : offset] == SOFT_HYPHEN and part:
                self._chance(table, hyphen=True)
            if part:
                self._cast_part(table, offset, part)
            offset += len(part) + 1

    def _cast_part(self, table: StyleTable, offset: int, part: str) -> None:
        points = self._dictionary_points(table, part) if self.shop.settings.hyphenate else ()
        pieces = table.word(part, points)
        if any(piece.width > self.widest for piece in pieces):
            pieces, points = self._emergency(table, part)
        at = offset
        for piece in pieces:
            if at > offset:
                self._chance(table, hyphen=at - offset in points)
            self.atoms.append(piece)
            self.starts.append(at)
            at += len(piece.text)

    def _emergency(self, table: StyleTable, part: str) -> tuple[tuple[Atom, ...], tuple[int, ...]]:
        """Cut a word that is wider than the measure: by dictionary, or failing that anywhere."""
        points = self._dictionary_points(table, part)
        pieces = table.word(part, points)
        if all(piece.width <= self.widest for piece in pieces):
            return pieces, points
        return table.word(part, tuple(range(1, len(part)))), ()

    def _dictionary_points(self, table: StyleTable, part: str) -> tuple[int, ...]:
        western = table.script is Script.WESTERN
        return hyphenation_points(part, table.style.language if western else "en-US")

    def _chance(self, table: StyleTable, *, hyphen: bool) -> None:
        """Let the line break behind the last atom, inside a word."""
        gap = len(self.atoms) - 1
        if gap < self._segment_atom:
            return
        self._chances.add(gap)
        self.penalties[gap] = HYPHEN_PENALTY if hyphen else CHANCE_PENALTY
        if hyphen:
            self.hyphens[gap] = table.hyphen
            self.tails[gap] = self.hyphens[gap].width

    def _cast_space(self, table: StyleTable, offset: int, spaces: str) -> None:
        """Add typed spaces to the gap behind the last atom; a segment's first are an atom."""
        shaped = table.space(spaces)
        if len(self.atoms) == self._segment_atom:
            self.atoms.append(shaped)
            self.starts.append(offset)
        else:
            self.typed.setdefault(len(self.atoms) - 1, []).append((offset, shaped))

    def _end_segment(self, text_end: int) -> None:
        segment = self._segment_atom, len(self.atoms), self._segment_text, text_end
        self.segments.append(segment)
        self._segment_atom, self._segment_text = len(self.atoms), text_end

    # --- Gaps ------------------------------------------------------------------------------

    def _space(self) -> None:
        """Work out every gap and the running sums. Between Han characters there is none."""
        atoms = self.atoms
        count = len(atoms)
        self.widths = [atom.width for atom in atoms]
        self.glyphs = [atom.glyph for atom in atoms]
        self._natural: dict[int, float] = {}
        """How wide gaps are, those left out that are closed."""
        self.breakable = [True] * count
        self.spread = [True] * count
        """Whether space is spread over a gap."""
        self.special: dict[int, Gap] = {}
        """The gaps that can give before space is spread over all."""
        unusual = [k for k, atom in enumerate(atoms) if not atom.plain]
        self.leads = {k: atoms[k].lead for k in unusual if atoms[k].lead}
        """The blank a line keeps when it starts with an atom: a centred mark's."""
        self.shifted_at = [k for k in unusual if atoms[k].shifted]
        """Atoms whose drawing does not begin at their left edge."""
        self.complex_at = sorted({k for k in unusual if not atoms[k].single} | self.typed.keys())
        """Atoms that are not drawn as one glyph with nothing behind it."""
        self._set_gaps([k for k in unusual if not atoms[k].is_han])
        for gap in self.typed:
            if gap + 1 < count:
                self._set_typed_gap(gap)
        for gap in self._chances:
            self.breakable[gap] = True
        for gap in self._no_break:
            self.breakable[gap] = False
        self.has_ruby = any(run.ruby for run in self.runs)
        if self.has_ruby:
            self._make_room_for_ruby()
        self.special_at = sorted(self.special)
        self._sum()

    def _set_gaps(self, unusual: list[int]) -> None:
        """Set the gaps on both sides of everything that is not a Han character."""
        atoms, last = self.atoms, len(self.atoms) - 1
        gaps, ask = self.shop.gaps, self.shop.gap
        natural, breakable, spread = self._natural, self.breakable, self.spread
        annotated = any(run.keep_with_previous for run in self.runs)
        done = -1
        for k in unusual:
            for at in (k - 1, k):
                if not done < at < last:
                    continue
                done = at
                before, after = atoms[at], atoms[at + 1]
                if annotated and after.left.kind is not _C.ANNOTATION:
                    before = self._before_annotation(at)
                gap = gaps.get((before.right_id, after.left_id)) or ask(before, after)
                natural[at], _, _, adjustment, breakable[at], spread[at] = gap
                if adjustment:
                    self.special[at] = gap
            if atoms[k].left.kind is _C.CONNECTOR:
                self._keep_range(k)
            if atoms[k].trail:
                self.tails[k] = self.tails.get(k, 0.0) + atoms[k].trail

    def _set_gap(self, at: int, gap: Gap) -> None:
        """Set a gap anew."""
        self._natural[at] = gap.natural
        self.breakable[at] = gap.breakable
        self.spread[at] = gap.spreads
        if gap.adjustment:
            self.special[at] = gap
        else:
            self.special.pop(at, None)

    def _before_annotation(self, at: int) -> Atom:
        """Find what a note's mark hangs on: spacing goes on behind the mark from there."""
        while at > 0 and self.atoms[at].right.kind is _C.ANNOTATION:
            at -= 1
        return self.atoms[at]

    def _keep_range(self, k: int) -> None:
        """Keep a range of figures whole around its connector (CLREQ § 3.1.5.2)."""
        if 0 < k < len(self.atoms) - 1:
            around = self.atoms[k - 1].right.kind, self.atoms[k + 1].left.kind
            if around[0] in RANGE_BEFORE and around[1] in RANGE_AFTER:
                self._no_break |= {k - 1, k}

    def _set_typed_gap(self, at: int) -> None:
        spaces = self.typed[at]
        characters = "".join(atom.text for _, atom in spaces)
        codes = characters.translate(_CODES)
        before = self._before_annotation(at).right
        width = sum(atom.width for _, atom in spaces)
        gap = word_space(before, self.atoms[at + 1].left, width, self.shop.settings)
        if not set(characters) & {" ", "\u00a0"}:
            gap = gap._replace(adjustment=Adjustment.NONE, shrink=0.0, stretch=0.0)
        if before.kind is _C.DIGIT and is_unit(self.atoms[at + 1].text):
            gap = gap._replace(breakable=False)
        if "j" in codes or not ("s" in codes or "z" in codes):
            gap = gap._replace(breakable=False)
        if not codes.strip("zj"):
            # No width was typed: the characters only say where a line may break.
            plain = gap_between(before, self.atoms[at + 1].left, self.shop.settings)
            gap = plain._replace(breakable=gap.breakable)
        self._set_gap(at, gap)

    def _make_room_for_ruby(self) -> None:
        """Keep a base under its reading whole, and make room for readings that are wider."""
        over: dict[int, float] = {}
        for number, run in enumerate(self.runs):
            first, after = self.run_atoms[number], self.run_atoms[number + 1]
            if not run.ruby or first == after:
                continue
            for gap in range(first, after - 1):
                self.breakable[gap] = False
            reading = self.shop.table(ruby_style(run)).word(run.ruby)
            gaps = sum(self._natural.get(k, 0.0) for k in range(first, after - 1))
            base = sum(self.widths[first:after]) + gaps
            over[number] = (sum(atom.width for atom in reading) - base) / 2
        for number in over:
            size = self.runs[number].style.size
            if number + 1 in over:
                need = over[number] + over[number + 1]
                need += _RUBY_DISTANCE * ruby_style(self.runs[number]).size
            else:
                need = over[number] - _RUBY_OVERHANG * size
            self._widen(self.run_atoms[number + 1] - 1, need)
            if number - 1 not in over:
                self._widen(self.run_atoms[number] - 1, over[number] - _RUBY_OVERHANG * size)

    def _widen(self, gap: int, by: float) -> None:
        if by > 0 and 0 <= gap < len(self.atoms) - 1:
            self._natural[gap] = self._natural.get(gap, 0.0) + by

    def _sum(self) -> None:
        """Make the running sums that breaking and justifying live on."""
        steps = self.widths.copy()
        for gap, width in self._natural.items():
            steps[gap] += width
        self.begins = list(accumulate(steps, initial=0.0))
        self.ends = self.begins[1:]  # behind a closed gap the next atom begins
        for gap in self._natural:
            self.ends[gap] = self.begins[gap] + self.widths[gap]
        self.shrinks: list[float] = []
        given = 0.0
        for gap in self.special_at:
            self.shrinks += [given] * (gap + 1 - len(self.shrinks))
            given += self.special[gap].shrink
        self.shrinks += [given] * (len(self.begins) - len(self.shrinks))
        self.spreads = list(accumulate(self.spread, initial=0))

    def hangs(self, k: int) -> bool:
        """Say whether atom ``k`` may hang: a comma or stop that follows no other mark."""
        atom = self.atoms[k]
        return (
            atom.text in HANGING[atom.left.script]
            and k > 0
            and self.atoms[k - 1].right.kind not in MARKS
        )


def ruby_style(run: TextRun) -> TextStyle:
    """Give the style of a run's reading: half the base's size unless told (§ 3.3.4.1)."""
    if run.ruby_style is not None:
        return run.ruby_style
    style = run.style
    return TextStyle(style.face, style.size / 2, style.language, 0.0)
