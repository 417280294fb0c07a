"""A subset holds its characters, in the language's shapes, with contextual spacing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from publish.fonts import Face
from publish.fonts.reading import read_catalogue
from publish.fonts.subset import subset_face
from tests.fonts.making import make_font

TEXT = "骨直国说“你好”，。、：；！？（《书》）——……·abc’"


def face(family: str) -> Face:
    return read_catalogue(None).families[family].face(400)


def shape(
    content: bytes, text: str, language: str | None = "zh-Hans", **features: bool
) -> list[tuple[int, int]]:
    """Return the advance and the offset of each glyph, in thousandths of an em."""
    font = hb.Font(hb.Face(content))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script = "ltr", "Hani"
    if language:
        buffer.language = language
    hb.shape(font, buffer, features)
    scale = 1000 / font.face.upem
    return [(round(p.x_advance * scale), round(p.x_offset * scale)) for p in buffer.glyph_positions]


def advances(content: bytes, text: str, **features: bool) -> list[int]:
    return [advance for advance, _ in shape(content, text, **features)]


def test_a_subset_holds_its_characters_and_a_space() -> None:
    content = subset_face(face("Noto Serif CJK SC"), TEXT)
    cmap = TTFont(io.BytesIO(content)).getBestCmap()
    assert set(map(chr, cmap)) - {"―"} == set(TEXT) | {" "}  # the Chinese dash has two code points


def test_it_does_not_carry_the_shapes_of_other_languages() -> None:
    content = subset_face(face("Noto Serif CJK SC"), TEXT)
    font = TTFont(io.BytesIO(content))
    assert "locl" not in {r.FeatureTag for r in font["GSUB"].table.FeatureList.FeatureRecord}
    assert font["maxp"].numGlyphs < 2 * len(set(TEXT))


def test_a_shape_of_the_language_is_there_without_asking() -> None:
    """Noto's dash is 0.89 em wide until it hears of Chinese; a reader may never say it."""
    content = subset_face(face("Noto Serif CJK SC"), TEXT)
    assert [advance for advance, _ in shape(content, "—", None)] == [1000]
    assert [advance for advance, _ in shape(content, "——", None)] == [2000]


def test_the_western_shapes_are_kept() -> None:
    content = subset_face(face("Noto Serif CJK SC"), TEXT)
    assert advances(content, "“”’") == [1000, 1000, 1000]
    assert all(advance < 500 for advance in advances(content, "“”’", pwid=True))


MEETINGS = [
    ("（《", [1000, 500]),
    ("》）", [500, 1000]),
    ("，“", [500, 1000]),
    ("。”", [500, 1000]),
    ("”（", [500, 1000]),
    ("国（", [1000, 1000]),
    ("）国", [1000, 1000]),
    ("（国", [1000, 1000]),
]


@pytest.mark.parametrize(("text", "widths"), MEETINGS)
@pytest.mark.parametrize("family", ["Noto Serif CJK SC", "Noto Sans CJK SC"])
def test_marks_that_meet_are_squeezed(family: str, text: str, widths: list[int]) -> None:
    """CLREQ § 3.1.6.2."""
    content = subset_face(face(family), TEXT)
    assert advances(content, text, chws=True) == widths
    assert advances(content, text) == [1000, 1000]


def test_an_opening_mark_moves_into_the_room_before_it() -> None:
    content = subset_face(face("Noto Serif CJK SC"), TEXT)
    assert shape(content, "（《", chws=True) == [(1000, 0), (500, -500)]


def test_a_centred_comma_keeps_its_room() -> None:
    """In Taiwan and Hong Kong ，。 stand in the middle of their em."""
    content = subset_face(face("Noto Serif CJK TC"), TEXT, "zh-Hant")
    assert advances(content, "，”", chws=True) == [1000, 1000]
    assert advances(content, "，（", chws=True) == [1000, 500]
    assert advances(content, "”，", chws=True) == [500, 1000]


def test_a_font_without_any_layout_gets_both_features() -> None:
    content = subset_face(face("LXGW WenKai"), TEXT)
    assert advances(content, "（《书》）", chws=True) == [1000, 500, 1000, 500, 1000]
    assert advances(content, "（书）", halt=True) == [500, 1000, 500]


def test_a_font_that_has_the_feature_keeps_its_own() -> None:
    content = subset_face(face("BabelStone Han"), TEXT)
    features = TTFont(io.BytesIO(content))["GPOS"].table.FeatureList.FeatureRecord
    assert len({id(r.Feature) for r in features if r.FeatureTag == "chws"}) >= 1
    assert "halt" not in {record.FeatureTag for record in features}


def test_features_stand_in_the_order_of_their_tags() -> None:
    content = subset_face(face("Noto Serif CJK SC"), TEXT)
    table = TTFont(io.BytesIO(content))["GPOS"].table
    tags = [record.FeatureTag for record in table.FeatureList.FeatureRecord]
    assert tags == sorted(tags)
    assert advances(content, "AV", kern=True)  # the old lookups are still whole


def test_narrow_marks_are_left_alone(tmp_path: Path) -> None:
    path = make_font(tmp_path / "n.ttf", "N", "国（《》）", narrow="“”")
    content = subset_face(Face("N", 400, path), "国（《》）“”")
    assert advances(content, "”（", chws=True) == [350, 1000]
    assert advances(content, "（《", chws=True) == [1000, 500]


@pytest.mark.parametrize("family", ["Noto Serif CJK SC", "LXGW WenKai"])
def test_the_same_characters_give_the_same_bytes(family: str) -> None:
    first = subset_face(face(family), TEXT)
    assert subset_face(face(family), reversed(TEXT)) == first
