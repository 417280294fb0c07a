"""Faces for the tests: one with round widths, and the real one."""

from __future__ import annotations

from pathlib import Path

from publish.typesetting import ShapedGlyph

NOTO_SERIF = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
NOTO_SIMPLIFIED = 2
NOTO_TRADITIONAL = 3


class FixedFace:
    """Half an em for what is Western, a quarter for a space, one em for all else.

    A glyph's number is its code point, so a test can read the text back from the glyphs.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[str, ...], str]] = []

    def shape(
        self, text: str, *, features: tuple[str, ...] = (), language: str = "zh-Hans"
    ) -> list[ShapedGlyph]:
        self.calls.append((text, features, language))
        if text in ("——", "⸺"):
            return [ShapedGlyph(ord("⸺"), 0, 2.0)]
        return [
            ShapedGlyph(ord(character), offset, self.advance(character, features))
            for offset, character in enumerate(text)
        ]

    @staticmethod
    def advance(character: str, features: tuple[str, ...]) -> float:
        if character in " \u00a0":
            return 0.25
        if character in "“”‘’" and "pwid" in features:
            return 0.5
        return 0.5 if character < "\u2010" else 1.0


class KaiFace(FixedFace):
    """A face that draws quotation marks a quarter of an em wide, as LXGW WenKai does."""

    @staticmethod
    def advance(character: str, features: tuple[str, ...]) -> float:
        return 0.25 if character in "“”‘’" else FixedFace.advance(character, features)
