"""A font family and its faces: what a role is set in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.diagnostics import Finding
from publish.errors import InputError

if TYPE_CHECKING:
    import uharfbuzz as hb

COLLECTIONS = (".ttc", ".otc")
FONT_FILES = (".ttf", ".otf", *COLLECTIONS)

FULL_WIDTH = 0.9
"""Em. A quotation mark at least this wide is drawn for Chinese text."""


@dataclass(frozen=True)
class Face:
    """One face of a family: a font file and, in a collection, its index there."""

    family: str
    weight: int
    path: Path
    project_font: bool = False

    def __getstate__(self) -> dict[str, object]:
        """Leave out what was found in the file: HarfBuzz's faces stay in their process."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def is_in_collection(self) -> bool:
        """Tell whether the file holds several faces."""
        return self.path.suffix.lower() in COLLECTIONS

    @cached_property
    def index(self) -> int:
        """Return the face's index in a font collection, 0 in a file of its own."""
        if not self.is_in_collection:
            return 0
        from fontTools.ttLib import TTCollection

        with TTCollection(self.path, lazy=True) as collection:
            for index, font in enumerate(collection.fonts):
                if self.family in family_names(font):
                    return index
        raise InputError(
            Finding(
                "font-family",
                f"{self.path.name} holds no face of the family “{self.family}”",
                hint="correct the family's name in fonts/fonts.yaml",
            )
        )

    @cached_property
    def harfbuzz(self) -> hb.Face:
        """Return the face as HarfBuzz reads it.

        Raises InputError when the file is no font or cannot be read.
        """
        import uharfbuzz as hb

        try:
            face = hb.Face(hb.Blob.from_file_path(self.path), self.index)
        except (OSError, hb.HarfBuzzError) as error:
            raise InputError(self._unreadable(str(error))) from error
        if not face.glyph_count:
            raise InputError(self._unreadable("it holds no glyphs"))
        return face

    def _unreadable(self, why: str) -> Finding:
        return Finding(
            "font-unreadable",
            f"the font file {self.path.name} of the family “{self.family}” cannot be read: {why}",
            hint="put a whole OpenType file (.ttf, .otf, .ttc) in its place",
        )

    @cached_property
    def characters(self) -> frozenset[int]:
        """Return the code points this face has."""
        return frozenset(self.harfbuzz.unicodes)

    @cached_property
    def has_chinese_marks(self) -> bool:
        """Tell whether “ ” and their like are drawn for Chinese text: one em wide."""
        shape = self._shape("“")
        return shape is not None and shape[1] >= FULL_WIDTH

    @cached_property
    def western_marks(self) -> frozenset[str]:
        """Return the marks that can be had in their Western shape.

        Quotation marks must be narrow, and · goes with them. — and … are wide in Western text
        too: there the face must draw them otherwise than for Chinese.
        """
        quote = self._shape("“", western=True)
        narrow = "“”‘’·" if quote and quote[1] < FULL_WIDTH else ""
        return frozenset(narrow).union(mark for mark in "—…" if self._has_western(mark))

    def _has_western(self, mark: str) -> bool:
        shape = self._shape(mark, western=True)
        return shape is not None and (shape[1] < FULL_WIDTH or shape != self._shape(mark))

    def _shape(self, character: str, *, western: bool = False) -> tuple[int, float] | None:
        """Return the glyph of one character and its advance in em; None where the face lacks it.

        The ``western`` shape is that of English text, with ``pwid``.
        """
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(character)
        buffer.direction = "ltr"
        buffer.script, buffer.language = ("Latn", "en") if western else ("Hani", "zh-Hans")
        hb.shape(hb.Font(self.harfbuzz), buffer, {"pwid": western})
        glyph = int(buffer.glyph_infos[0].codepoint)
        if not glyph:
            return None
        return glyph, float(buffer.glyph_positions[0].x_advance) / int(self.harfbuzz.upem)


@dataclass(frozen=True)
class Family:
    """A font family with its licence and the faces found on this machine.

    ``missing`` names the font files that are not here; ``variants`` gives the family that takes
    this one's place in text of a language, by lower-case BCP 47 tag.
    """

    name: str
    licence: str
    debian: str
    faces: tuple[Face, ...]
    missing: tuple[str, ...]
    variants: tuple[tuple[str, str], ...] = ()

    def face(self, weight: int) -> Face:
        """Return the face of the nearest weight."""
        return min(self.faces, key=lambda face: abs(face.weight - weight))


def family_names(font: Any) -> set[str]:
    """Return a font's family names in all its languages (OpenType ``name``, IDs 1 and 16)."""
    return {str(record).strip() for record in font["name"].names if record.nameID in (1, 16)}
