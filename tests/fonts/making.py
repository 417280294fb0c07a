"""Fonts made for the tests: squares in the right places, so that nothing need be installed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000
INK = {"“": (550, 900), "‘": (550, 900), "《": (550, 900), "（": (550, 900), "”": (100, 450)}
INK |= {"’": (100, 450), "》": (100, 450), "）": (100, 450), "，": (100, 300), "。": (100, 400)}


def make_font(
    path: Path,
    family: str,
    characters: Iterable[str],
    *,
    weight: int = 400,
    fs_type: int = 0,
    narrow: str = "",
    centred: str = "",
) -> Path:
    """Write a TrueType font whose characters are one em wide, those in ``narrow`` 0.35 em.

    The ink of marks lies in its half of the em, that of ``centred`` ones in the middle.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    cmap = {ord(c): f"u{ord(c):04X}" for c in sorted({*characters, *narrow, " "})}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *cmap.values()])
    builder.setupCharacterMap(cmap)
    glyphs, metrics = {".notdef": _box(100, 900)}, {".notdef": (EM, 100)}
    for code, name in cmap.items():
        character = chr(code)
        width = 350 if character in narrow else EM
        start, end = INK.get(character, (50, width - 50))
        if character in centred:
            start, end = 400, 600
        if width < EM:
            start, end = 50, 300
        glyphs[name] = _box(start, end)
        metrics[name] = (width, start)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    style = "Bold" if weight >= 600 else "Regular"
    builder.setupNameTable(
        {
            "familyName": {"en": family},
            "styleName": style,
            "uniqueFontIdentifier": f"{family} {style}",
            "fullName": f"{family} {style}",
            "psName": f"{path.stem}-{style}",
        }
    )
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWeightClass=weight, fsType=fs_type)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(path)
    return path


def _box(start: int, end: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((start, 0))
    for point in ((start, 700), (end, 700), (end, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def write_catalogue(root: Path, text: str) -> Path:
    """Write the project's fonts.yaml."""
    path = root / "fonts" / "fonts.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
