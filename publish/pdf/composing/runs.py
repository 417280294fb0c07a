"""From WeasyPrint's boxes to runs of text, each in the face that its chain of fonts gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

from publish.fonts import MARKS, Chain, Face, Family, face_for
from publish.fonts.face import HarfBuzzFace
from publish.typesetting import TextRun, TextStyle
from publish.typesetting.quotation import western_quotes

OWN = "composed"
"""``--lines: composed`` in a stylesheet: the paragraph is set by the composer."""
BY_SENSE = "sense"
"""``--lines: sense``: a headline, broken by what it says."""
LEADER = object()
"""Stands where a leader's text has no reading."""
DOTS = "dots"
"""``--emphasis: dots``: dots under the characters (CLREQ § 3.1.8)."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that only say where a line may break or glyphs may join."""

_ALIGNMENTS = {
    "justify": "justify", "start": "start", "left": "start", "center": "center", "end": "end",
    "right": "end",
}  # fmt: skip


class Piece(NamedTuple):
    """A run and the text box it was cut from; ``reading`` is the box of its reading."""

    run: TextRun
    box: Any
    face: HarfBuzzFace
    family: Family
    reading: Any = None
    reading_family: Family | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph's text as the composer takes it.

    With a ``leader``, as in contents, the last line is filled with its text, and ``behind`` it
    stands what ends the line: a page number.
    """

    pieces: tuple[Piece, ...]
    align: str
    by_sense: bool
    leader: Piece | None = None
    behind: tuple[Piece, ...] = ()

    @property
    def runs(self) -> tuple[TextRun, ...]:
        """Return the runs alone."""
        return tuple(piece.run for piece in self.pieces)


@dataclass(slots=True)
class Reader:
    """Reads line boxes of one document. ``families`` are by name in lower case."""

    families: Mapping[str, Family]
    _chains: dict[tuple[str, ...], Chain] = field(default_factory=dict)
    _faces: dict[Face, HarfBuzzFace] = field(default_factory=dict)
    _chosen: dict[tuple[str, int], tuple[Face, HarfBuzzFace]] = field(default_factory=dict)
    _setting: dict[tuple[str, bool, tuple[str, ...], int], Family | None] = field(
        default_factory=dict
    )
    """The family that sets a character, by the names of a chain."""

    def wants(self, box: Any) -> str:
        """Return how the stylesheet wants a line box's lines made: composed, sense, or ''."""
        return keyword(box.style, "__lines")

    def copy(self, box: Any) -> Copy | None:
        """Return a line box's text, or None if it holds anything that is not the composer's."""
        align = _ALIGNMENTS.get(box.style["text_align_all"])
        texts: list[tuple[Any, Any]] = []
        if align is None or not self._collect(box, texts) or not texts:
            return None
        whole = "".join(text.text for text, _ in texts)
        western = frozenset(western_quotes(whole)) if not MARKS.isdisjoint(whole) else frozenset()
        pieces: list[Piece] = []
        leader: Piece | None = None
        start = ahead = 0
        for text, reading in texts:
            found = self._pieces(text, reading, western, start)
            if found is None or (leader and len(found) > 1):
                return None
            if reading is LEADER:
                if leader is not None:
                    return None
                leader, ahead = found[0], len(pieces)
            else:
                pieces += found
            start += len(text.text)
        if leader is None:
            return Copy(tuple(pieces), align, self.wants(box) == BY_SENSE)
        return Copy(tuple(pieces[:ahead]), align, False, leader, tuple(pieces[ahead:]))

    def _collect(self, box: Any, found: list[tuple[Any, Any]]) -> bool:
        for child in box.children:
            if child.is_leader:
                if len(child.children) != 1 or type(child.children[0]) is not boxes.TextBox:
                    return False
                found.append((child.children[0], LEADER))
            elif type(child) is boxes.TextBox:
                if child.text:
                    if not _is_settable(child):
                        return False
                    found.append((child, None))
            elif type(child) is not boxes.InlineBox or not _is_plain(child):
                return False
            elif child.element_tag == "ruby":
                if not self._collect_ruby(child, found):
                    return False
            elif not self._collect(child, found):
                return False
        return True

    def _collect_ruby(self, box: Any, found: list[tuple[Any, Any]]) -> bool:
        """Take a base with its reading; each is one text box."""
        base: list[Any] = []
        reading: list[Any] = []
        for child in box.descendants():
            if type(child) is boxes.TextBox and child.text.strip():
                (reading if child.element_tag == "rt" else base).append(child)
        if len(base) != 1 or len(reading) != 1 or not _is_settable(base[0]):
            return False
        found.append((base[0], reading[0]))
        return True

    # --- Faces -------------------------------------------------------------------------------

    def _pieces(
        self, box: Any, reading: Any, western: frozenset[int], start: int
    ) -> list[Piece] | None:
        """Cut a text box where its face changes; None if a character is in no face."""
        style = box.style
        chain = self.chain(style)
        if not chain:
            return None
        weight = weight_of(style)
        text = box.text
        first, _ = self._face(chain[0], weight)
        if (MARKS.isdisjoint(text) or first.has_chinese_marks) and first.characters.issuperset(
            map(ord, text.replace("\n", ""))
        ):
            return [self._piece(box, text, chain[0], weight, reading)]
        families = self._families(style["font_family"], text, weight, western, start)
        if families is None or (reading not in (None, LEADER) and len(set(families)) > 1):
            return None
        pieces = []
        for family, group in groupby(zip(families, text, strict=True), key=lambda pair: pair[0]):
            cut = "".join(character for _, character in group)
            pieces.append(self._piece(box, cut, family, weight, reading))
        return pieces

    def _families(
        self, names: tuple[str, ...], text: str, weight: int, western: frozenset[int], start: int
    ) -> list[Family] | None:
        """Return the family of each character; blanks go with what stands before them."""
        found: list[Family] = []
        for offset, character in enumerate(text, start):
            blank = character.isspace() or character in INVISIBLE
            if blank and found:
                found.append(found[-1])
                continue
            known = "国" if blank else character
            family = self._family(known, offset in western, names, weight)
            if family is None:
                return None
            found.append(family)
        return found

    def _family(
        self, character: str, western: bool, names: tuple[str, ...], weight: int
    ) -> Family | None:
        """Return the family of a chain that sets a character, looked for once."""
        key = character, western, names, weight
        if key not in self._setting:
            chain = self._chains[names]
            face = face_for(chain, character, weight, western=western)
            having = (family for family in chain if family.face(weight) == face)
            self._setting[key] = next(having, None)
        return self._setting[key]

    def _piece(self, box: Any, text: str, family: Family, weight: int, reading: Any) -> Piece:
        style = box.style
        face = self.face(family, weight)
        reading_style, reading_family = None, None
        if reading is LEADER:
            reading = None
        if reading is not None:
            reading_family = (*self.chain(reading.style), family)[0]
            small, reading_weight = reading.style["font_size"], weight_of(reading.style)
            reading_style = TextStyle(self.face(reading_family, reading_weight), small, "en")
        run = TextRun(
            text,
            TextStyle(face, style["font_size"], style["lang"] or "zh-Hans"),
            keep_with_previous=box.element_tag == "sup",
            keep_together=style["white_space"] in ("nowrap", "pre"),
            emphasis_dots=keyword(style, "__emphasis") == DOTS,
            ruby=reading.text.strip() if reading is not None else None,
            ruby_style=reading_style,
        )
        return Piece(run, box, face, family, reading, reading_family)

    def chain(self, style: Any) -> Chain:
        """Return the families that a style names and the catalogue has."""
        names = style["font_family"]
        known = self._chains.get(names)
        if known is None:
            found = (self.families.get(name.lower()) for name in names)
            known = self._chains[names] = tuple(family for family in found if family)
        return known

    def face(self, family: Family, weight: int) -> HarfBuzzFace:
        """Return a face, opened once."""
        return self._face(family, weight)[1]

    def _face(self, family: Family, weight: int) -> tuple[Face, HarfBuzzFace]:
        key = family.name, weight
        found = self._chosen.get(key)
        if found is None:
            face = family.face(weight)
            if face not in self._faces:
                self._faces[face] = HarfBuzzFace(face.path, face.index)
            found = self._chosen[key] = face, self._faces[face]
        return found


def keyword(style: Any, name: str) -> str:
    """Return the keyword that a custom property holds, or ''."""
    for token in style[name] or ():
        if token.type == "ident":
            return str(token.value)
    return ""


def weight_of(style: Any) -> int:
    """Return the weight that the catalogue knows a style's by."""
    return 700 if style["font_weight"] >= 600 else 400


def texts_of(pieces: Sequence[Piece]) -> str:
    """Return the whole text of some pieces."""
    return "".join(piece.run.text for piece in pieces)


def cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """Yield what of the pieces stands between two places of their whole text."""
    passed = 0
    for piece in pieces:
        text = piece.run.text[max(0, start - passed) : max(0, end - passed)]
        if text:
            run = piece.run
            if len(text) != len(run.text):
                run = TextRun(
                    text,
                    run.style,
                    keep_with_previous=run.keep_with_previous,
                    keep_together=run.keep_together,
                    emphasis_dots=run.emphasis_dots,
                )
            yield piece._replace(run=run)
        passed += len(piece.run.text)


def _is_settable(box: Any) -> bool:
    style = box.style
    decorated = style["text_decoration_line"] != "none" and not keyword(style, "__emphasis")
    spaced = style["letter_spacing"] not in ("normal", 0)
    wraps = style["white_space"] in ("normal", "nowrap") or box.text == "\n"
    wraps |= style["white_space"] == "pre" and "\n" not in box.text  # what stands behind a leader
    upright = style["font_style"] == "normal"
    return wraps and upright and not decorated and not spaced and style["font_size"] > 0


def _is_plain(box: Any) -> bool:
    """Tell whether an inline box adds no room of its own and stays in the line."""
    style = box.style
    return (
        box.is_in_normal_flow()
        and style["position"] == "static"
        and not getattr(box, "footnote", None)
        and not box.is_leader
        and all(
            not style[f"border_{side}_width"]
            and getattr(style[f"{kind}_{side}"], "value", style[f"{kind}_{side}"]) == 0
            for side in ("left", "right")
            for kind in ("margin", "padding")
        )
    )
