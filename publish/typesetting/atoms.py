"""Atoms: the pieces of a line that are never opened, each shaped once and kept.

An atom is a Han character, a mark without its blank, a pair such as —— or ……, or a Western
word or the part of one between two chances to break.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from publish.typesetting.breaking import word_chances
from publish.typesetting.classes import (
    BLANKS,
    EDGE_TRIMMED,
    MIDDLE_DOT_FRAME,
    STANDIN_ORIGINALS,
    CharacterClass,
    Script,
    character_class,
    script_of,
)
from publish.typesetting.spacing import Side
from publish.typesetting.text import ShapedGlyph, TextStyle

_C = CharacterClass
_WIDE_HYPHEN = 0.75
"""A hyphen this wide, in em, is a Chinese one."""
_FULL_FRAME = 0.02
"""How far, in em, an advance may be from one em and the frame still count as full."""
PROPORTIONAL_QUOTES = ("pwid",)
"""CJK fonts draw “ ” ‘ ’ full-width unless asked for their proportional forms."""


class Atom:
    """A shaped piece of one style. Lengths in pt; ``xs`` from the atom's left edge.

    ``left`` and ``right`` are what it shows to its neighbours, and ``left_id`` and
    ``right_id`` stand for them where speed matters; ``lead`` and ``trail`` are what a line
    keeps at its start and end though blank (only centred marks and untrimmed ones). One that is
    ``plain`` is a Han character of one glyph in its place: nothing about it needs a look.
    """

    __slots__ = (
        "clusters",
        "glyph",
        "glyphs",
        "is_han",
        "lead",
        "left",
        "left_id",
        "plain",
        "right",
        "right_id",
        "shifted",
        "single",
        "text",
        "trail",
        "width",
        "xs",
        "ys",
    )

    def __init__(
        self,
        text: str,
        glyphs: Sequence[ShapedGlyph],
        size: float,
        left: Side,
        right: Side,
    ) -> None:
        self.text = text
        self.left = left
        self.right = right
        self.left_id = self.right_id = 0
        self.lead = self.trail = 0.0
        self.is_han = left.kind is _C.HAN and right.kind is _C.HAN
        self.plain = False
        self.single = len(glyphs) == 1 and not glyphs[0].y_offset
        self.glyphs: tuple[int, ...]
        self.clusters: tuple[int, ...]
        self.xs: tuple[float, ...]
        self.ys: tuple[float, ...] | None = None
        if self.single:  # nearly all are
            glyph, cluster, advance, x_offset, _ = glyphs[0]
            self.glyphs, self.clusters, self.xs = (glyph,), (cluster,), (x_offset * size,)
            self.width = advance * size
        else:
            self._place(glyphs, size)
        self.glyph = self.glyphs[0] if self.glyphs else 0
        self.shifted = self.xs[0] if self.xs else 0.0

    def _place(self, glyphs: Sequence[ShapedGlyph], size: float) -> None:
        """Place several glyphs one behind the other."""
        self.glyphs = tuple([shaped.glyph for shaped in glyphs])
        self.clusters = tuple([shaped.cluster for shaped in glyphs])
        pen, places = 0.0, []
        for shaped in glyphs:
            places.append((pen + shaped.x_offset) * size)
            pen += shaped.advance
        self.xs = tuple(places)
        ys = tuple([shaped.y_offset * size for shaped in glyphs])
        self.ys = ys if any(ys) else None
        self.width = pen * size

    def shift(self, by: float) -> None:
        """Move the drawing inside the atom's box, in pt."""
        self.xs = tuple(x + by for x in self.xs)
        self.shifted = self.xs[0] if self.xs else 0.0


class StyleTable(dict[str, Atom]):
    """The atoms of one style, by their text; made when first asked for.

    ``sides`` numbers the sides of all tables of one composer.
    """

    def __init__(
        self, style: TextStyle, sides: dict[Side, int], *, annotation: bool, trim_line_start: bool
    ) -> None:
        super().__init__()
        self.style = style
        self.script = script_of(style.language)
        self._sides = sides
        self._annotation = annotation
        self._trim_line_start = trim_line_start
        self._words: dict[tuple[str, tuple[int, ...]], tuple[Atom, ...]] = {}
        self._kinds: dict[CharacterClass, Side] = {}

    def __missing__(self, text: str) -> Atom:
        atom = self[text] = self._make(text)
        return atom

    def space(self, characters: str) -> Atom:
        """Shape typed spaces."""
        shaped = self.style.face.shape(characters, language=self.style.language)
        side = self._side(_C.SPACE)
        return self._numbered(Atom(characters, shaped, self.style.size, side, side))

    @cached_property
    def hyphen(self) -> Atom:
        """The hyphen of a word cut at a line's end: U+2010 where the face draws it narrow.

        Its glyph is then another than the typed hyphen's, and can be told from it.
        """
        own = self.word("\u2010")[0]
        if own.glyph and own.width < _WIDE_HYPHEN * self.style.size:
            return own
        return self.word("-")[0]

    def word(self, text: str, points: tuple[int, ...] = ()) -> tuple[Atom, ...]:
        """Shape a Western word whole and cut it where it may break.

        ``points`` are further offsets where it may be cut, with a hyphen.
        """
        known = self._words.get((text, points))
        if known is None:
            shaped = self._shape(text)
            whole = {glyph.cluster for glyph in shaped}  # no cut goes through a ligature
            cuts = sorted({0, *({*word_chances(text), *points} & whole), len(text)})
            known = self._words[text, points] = tuple(
                self._piece(text, shaped, start, end) for start, end in pairwise(cuts)
            )
        return known

    def _side(self, kind: CharacterClass) -> Side:
        side = self._kinds.get(kind)
        if side is None:
            kept = _C.ANNOTATION if self._annotation else kind
            side = self._kinds[kind] = Side(kept, self.script, self.style.size)
        return side

    def _numbered(self, atom: Atom) -> Atom:
        sides = self._sides
        atom.left_id = sides.setdefault(atom.left, len(sides))
        same = atom.right is atom.left
        atom.right_id = atom.left_id if same else sides.setdefault(atom.right, len(sides))
        atom.plain = atom.is_han and atom.single and not (atom.shifted or atom.lead)
        return atom

    def _shape(self, text: str) -> Sequence[ShapedGlyph]:
        original = text.translate(STANDIN_ORIGINALS)
        if original == text:
            return self.style.face.shape(text, language=self.style.language)
        language = self.style.language if self.script is Script.WESTERN else "en"
        return self.style.face.shape(original, features=PROPORTIONAL_QUOTES, language=language)

    def _piece(self, text: str, shaped: Sequence[ShapedGlyph], start: int, end: int) -> Atom:
        glyphs = [
            ShapedGlyph(g.glyph, g.cluster - start, g.advance, g.x_offset, g.y_offset)
            for g in shaped
            if start <= g.cluster < end
        ]
        left = self._side(character_class(text[start]))
        right = self._side(character_class(text[end - 1]))
        return self._numbered(Atom(text[start:end], glyphs, self.style.size, left, right))

    def _make(self, text: str) -> Atom:
        """Shape one Chinese character or pair and cut the blank away from a mark."""
        kind = _C.DASH if text == "——" else character_class(text[0])
        shaped = self.style.face.shape(text, language=self.style.language)
        side = self._side(kind)
        atom = Atom(text, shaped, self.style.size, side, side)
        if kind is not _C.HAN and not self._annotation:
            if kind is _C.MIDDLE_DOT:
                self._frame_middle_dot(atom)
            elif kind in BLANKS[self.script]:
                self._cut_blanks(atom)
        return self._numbered(atom)

    def _frame_middle_dot(self, atom: Atom) -> None:
        """Centre a middle dot, however wide its glyph, in a frame half an em wide."""
        frame = MIDDLE_DOT_FRAME * self.style.size
        atom.shift((frame - atom.width) / 2)
        atom.width = frame
        self._keep_edges(atom)

    def _cut_blanks(self, atom: Atom) -> None:
        """Take a mark's blanks out of its box; they belong to the gaps beside it.

        A quotation mark that the face draws narrow gets the half frame it would have had.
        """
        size = self.style.size
        left, right = BLANKS[self.script][atom.left.kind]
        frame = (1.0 - left - right) * size
        if atom.left.kind in (_C.OPENING, _C.CLOSING) and atom.width <= frame:
            atom.shift(frame - atom.width if left else 0.0)
        elif abs(atom.width - size) <= _FULL_FRAME * size:
            atom.shift(-left * size)
        else:
            # A face whose marks are of another width: nothing to cut, nothing to squeeze.
            atom.left = atom.right = atom.left._replace(script=Script.WESTERN)
            return
        atom.width = frame
        self._keep_edges(atom)

    def _keep_edges(self, atom: Atom) -> None:
        """Say what blank stays at a line's edge: that of centred marks (§ 3.1.6.3)."""
        left, right = BLANKS[self.script].get(atom.left.kind, (0.0, 0.0))
        trimmed = atom.left.kind in EDGE_TRIMMED[self.script]
        if not (trimmed and self._trim_line_start):
            atom.lead = left * self.style.size
        if not trimmed:
            atom.trail = right * self.style.size
