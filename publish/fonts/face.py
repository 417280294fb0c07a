"""One face of a font file, shaped with HarfBuzz."""

from __future__ import annotations

from pathlib import Path

import uharfbuzz as hb

from publish.typesetting import ShapedGlyph


class HarfBuzzFace:
    """A face of an OpenType file. All lengths in em unless a name says otherwise.

    Raises ``FileNotFoundError`` or another ``OSError`` when the file cannot be read.
    """

    def __init__(self, path: Path | str, index: int = 0) -> None:
        self.path = Path(path)
        self.index = index
        self._face = hb.Face(hb.Blob.from_file_path(str(self.path)), index)
        self._font = hb.Font(self._face)
        self.upem: int = self._face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self.upem
        self.descent: float = -extents.descender / self.upem
        """Below the baseline, counted as positive."""

    def __repr__(self) -> str:
        return f"HarfBuzzFace({self.path.name!r}, {self.index})"

    def has(self, character: str) -> bool:
        """Say whether the face has a glyph for one character."""
        return self._font.get_nominal_glyph(ord(character)) is not None

    def glyph_id(self, character: str) -> int:
        """Give the glyph of one character as the font maps it, unshaped; 0 if it has none."""
        return self._font.get_nominal_glyph(ord(character)) or 0

    def advance(self, glyph: int) -> float:
        """Give a glyph's own advance."""
        return float(self._font.get_glyph_h_advance(glyph)) / self.upem

    def shape(
        self, text: str, *, features: tuple[str, ...] = (), language: str = "zh-Hans"
    ) -> list[ShapedGlyph]:
        """Shape text, left to right, with features switched on.

        Marks that belong to no script are shaped as Han in a Chinese language: that is what
        joins —— into one bar two ems long in Noto and Source Han.
        """
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.language = language
        if buffer.script in (None, "Zyyy", "Zinh", "Zzzz") and language.startswith("zh"):
            buffer.script = "Hani"
        hb.shape(self._font, buffer, dict.fromkeys(features, True))
        upem = self.upem
        return [
            ShapedGlyph(
                info.codepoint,
                info.cluster,
                position.x_advance / upem,
                position.x_offset / upem,
                position.y_offset / upem,
            )
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
