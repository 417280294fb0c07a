"""What the fonts come to in both outputs: marks, variants, rare characters, a house's own font.

Print is read with pdfminer: the glyph's number and the width the font gives it. The EPUB is read
as a reading system does: the first embedded font of the list that has the character.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTCollection, TTFont

from publish.build import Outcome, build
from publish.fonts import Face
from publish.fonts.face import HarfBuzzFace
from publish.fonts.reading import read_catalogue
from publish.fonts.subset import file_ending, media_type, subset_face
from publish.resources import resource
from tests.fonts.issues import Epub, outline, passage, plain, print_glyphs, shaped, write_issue
from tests.fonts.making import make_font, write_catalogue

COPY = """\
---
headline: 陈𬱖说“小康”
deck: 王𫠠的“家”
byline: [{role: 本报记者, names: [陈𬱖, 王𫠠]}]
---
他说“小康”——到了……好。

我说It’s好。

甲“Hello, all”乙。

[“Stay — or go…” he said it’s]{lang=en}

又*见“AI”见“甲”见*。

𬱖𬭚𪣻𰻝𫠠，到会。
"""

RARE = "𬱖𬭚𪣻𰻝𫠠"


class Made:
    """Both outputs of one issue."""

    def __init__(self, outcome: Outcome) -> None:
        self.glyphs = print_glyphs(outcome.files["print"])
        self.epub = Epub(outcome.files["epub"])

    def advances(self, text: str) -> list[float]:
        """Return the advances of a text in print, in em."""
        return [round(glyph.advance, 2) for glyph in passage(self.glyphs, text)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(build(write_issue(tmp_path_factory.mktemp("marks"), COPY)))


@cache
def source(family: str) -> Face:
    return read_catalogue(None).families[family].face(400)


def number(family: str, character: str) -> int:
    """Return the glyph that an installed font maps a character to."""
    return int(hb.Font(source(family).harfbuzz).get_nominal_glyph(ord(character)) or 0)


def outline_of(family: str, glyph: int) -> list[object]:
    face = source(family)
    return outline(face.path, glyph, face.index)


def drawn(epub: Epub, character: str, **how: bool | str) -> list[object]:
    """Return the outline that a reader of the EPUB sees."""
    glyph = epub.glyph(character, **how)  # type: ignore[arg-type]
    return outline(plain(epub.fonts[glyph.file]), glyph.number)


def utf8(name: str) -> str:
    """Return a PDF's font name, which pdfminer reads as Latin-1."""
    return name.encode("latin-1").decode() if max(name, default="a") < "\u0100" else name


def centre(face: Face, glyph: int) -> float:
    """Return how far above the baseline the middle of a glyph's ink is, in em."""
    extents = hb.Font(face.harfbuzz).get_glyph_extents(glyph)
    return float(extents.y_bearing + extents.height / 2) / float(face.harfbuzz.upem)


# --- Marks: Chinese in Chinese text, Western in Western ------------------------------------------

CHINESE = {"“": 63162, "”": 63163, "…": 735}
WESTERN = {"“": 63014, "”": 63015, "’": 63012, "—": 722, "…": 63045}


def shape(made: Made, text: str, mark: str) -> tuple[str, float]:
    """Return the font and advance of a mark within a text, in print."""
    glyph = next(glyph for glyph in passage(made.glyphs, text) if mark in glyph.text)
    return glyph.font, round(glyph.advance, 2)


@pytest.mark.parametrize("mark", "“”")
def test_quotation_marks_around_chinese_are_chinese_in_print(made: Made, mark: str) -> None:
    assert shape(made, "他说“小康”", mark) == ("Noto-Serif-CJK-SC", 1.0)
    assert shape(made, "𬱖说“小康”", mark) == ("Noto-Sans-CJK-SC-Bold", 1.0)


def test_a_dash_is_one_bar_two_ems_long_in_print(made: Made) -> None:
    assert shape(made, "”——到", "—") == ("Noto-Serif-CJK-SC", 2.0)


def test_an_ellipsis_is_two_ems_in_the_middle_of_the_line_in_print(made: Made) -> None:
    assert made.advances("……") == [1.0, 1.0]
    assert centre(source("Noto Serif CJK SC"), passage(made.glyphs, "……")[0].number) > 0.3


def test_an_apostrophe_between_latin_letters_is_western_in_print(made: Made) -> None:
    assert shape(made, "It’s好", "’") == ("Noto-Serif-CJK-SC", 0.27)


@pytest.mark.parametrize("mark", "“”")
def test_quotation_marks_around_latin_text_are_western_in_print(made: Made, mark: str) -> None:
    assert shape(made, "甲“Hello, all”乙", mark) == ("Noto-Serif-CJK-SC", 0.46)


@pytest.mark.parametrize(
    ("mark", "advance"), [("“", 0.46), ("—", 0.89), ("…", 0.9), ("”", 0.46), ("’", 0.27)]
)
def test_marks_in_english_are_western_in_print(made: Made, mark: str, advance: float) -> None:
    text = "“Stay — or go…” he said it’s"
    assert shape(made, text, mark) == ("Noto-Serif-CJK-SC", advance)


def test_a_western_ellipsis_stands_on_the_baseline_in_print(made: Made) -> None:
    glyph = next(glyph for glyph in passage(made.glyphs, "go…” he") if glyph.text == "…")
    assert centre(source("Noto Serif CJK SC"), glyph.number) < 0.1


def test_kai_text_has_chinese_marks_of_song_and_western_marks_of_its_own(made: Made) -> None:
    assert shape(made, "见“AI”见", "“") == ("LXGW-WenKai", 0.35)
    assert shape(made, "见“甲”见", "“") == ("Noto-Serif-CJK-SC", 1.0)
    assert made.epub.glyph("“", selector="em") == made.epub.glyph("“")
    assert made.epub.glyph("“", selector="em", western=True).advance == pytest.approx(0.35)


def test_only_western_marks_are_marked_up_in_the_epub(made: Made) -> None:
    mark = '<span class="western">{}</span>'.format
    opening, closing, apostrophe = mark("“"), mark("”"), mark("’")
    for line in (
        '<p id="L6">他说“小康”——到了……好。</p>',
        f'<p id="L8">我说It{apostrophe}s好。</p>',
        f'<p id="L10">甲{opening}Hello, all{closing}乙。</p>',
        f'<p id="L12"><span lang="en" xml:lang="en">{opening}Stay {mark("—")} or go{mark("…")}'
        f"{closing} he said it{apostrophe}s</span></p>",
        f'<p id="L14">又<em>见{opening}AI{closing}见“甲”见</em>。</p>',
    ):
        assert line in made.epub.article
    assert '.western { font-family: var(--western); font-feature-settings: "pwid"; }' in (
        made.epub.css
    )


@pytest.mark.parametrize("mark", "“”…")
def test_chinese_marks_are_one_em_wide_in_the_epub(made: Made, mark: str) -> None:
    glyph = made.epub.glyph(mark)
    assert (glyph.file, glyph.advance) == ("song-400.otf", 1.0)
    assert drawn(made.epub, mark) == outline_of("Noto Serif CJK SC", CHINESE[mark])


@pytest.mark.parametrize("mark", "“”’—…")
def test_western_marks_are_those_of_print_in_the_epub(made: Made, mark: str) -> None:
    assert drawn(made.epub, mark, western=True) == outline_of("Noto Serif CJK SC", WESTERN[mark])


def test_a_dash_is_one_bar_in_the_epub(made: Made) -> None:
    """Noto Serif joins two dashes with ccmp or by their touching; either way nothing between."""
    face = hb.Face(made.epub.fonts["song-400.otf"])
    glyphs = shaped(face, "——")
    assert sum(advance for _, advance in glyphs) == pytest.approx(2.0)


# --- Contextual spacing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wide"),
    [("」（", 1.5), ("，“", 1.5), ("。”", 1.5), ("”）。", 2.0), ("：“《", 2.0), ("好，好", 3.0)],
)
def test_marks_that_meet_are_squeezed_by_the_subset_itself(
    tmp_path: Path, text: str, wide: float
) -> None:
    for family in ("Noto Serif CJK SC", "Noto Sans CJK SC"):
        face = hb.Face(subset_face(source(family), text))
        assert sum(width for _, width in shaped(face, text)) == len(text)
        assert sum(width for _, width in shaped(face, text, chws=True)) == pytest.approx(wide)


def test_centred_marks_lose_no_half_and_take_that_of_their_neighbours() -> None:
    face = hb.Face(subset_face(source("Noto Serif CJK TC"), "「」，。", "zh-Hant"))
    for text, wide in (("，。", 2.0), ("」，", 1.5), ("，「", 1.5), ("」。「", 2.0)):
        widths = (width for _, width in shaped(face, text, "zh-Hant", chws=True))
        assert sum(widths) == pytest.approx(wide)


def test_the_stylesheet_asks_for_it_in_both_ways(made: Made) -> None:
    body = next(line for line in made.epub.css.split("\n") if line.startswith("body {"))
    for rule in (
        "text-spacing-trim: trim-start",
        'font-feature-settings: "chws"',
        "text-autospace: normal",
        "hanging-punctuation: allow-end",
        "line-break: strict",
    ):
        assert f" {rule};" in body


# --- Rare characters -----------------------------------------------------------------------------


@pytest.mark.parametrize("character", RARE)
def test_rare_characters_are_set_in_both_outputs(made: Made, character: str) -> None:
    family = "BabelStone Han" if character == "𫠠" else "Noto Serif CJK SC"
    glyph = passage(made.glyphs, RARE)[RARE.index(character)]
    assert glyph.font == family.replace(" ", "-")
    assert glyph.number == number(family, character)
    assert drawn(made.epub, character) == outline_of(family, glyph.number)


# --- Variants by language ------------------------------------------------------------------------

SHAPES = "骨邊"
REGIONS = {"zh-Hans": "SC", "zh-Hant": "TC", "zh-HK": "HK"}


def test_the_shapes_differ_by_region() -> None:
    for character in SHAPES:
        glyphs = [number(f"Noto Serif CJK {region}", character) for region in REGIONS.values()]
        assert len(set(glyphs)) == 3


@pytest.mark.parametrize("language", REGIONS)
def test_a_language_has_its_own_shapes_in_both_outputs(tmp_path: Path, language: str) -> None:
    copy = f"---\nheadline: {SHAPES}\n---\n{SHAPES}，好。\n"
    made = Made(build(write_issue(tmp_path, copy, language)))
    family = f"Noto Serif CJK {REGIONS[language]}"
    for character, glyph in zip(SHAPES, passage(made.glyphs, f"{SHAPES}，"), strict=False):
        assert (glyph.font, glyph.number) == (family.replace(" ", "-"), number(family, character))
        assert drawn(made.epub, character) == outline_of(family, glyph.number)


def test_a_passage_in_another_language_has_its_shapes_in_both_outputs(tmp_path: Path) -> None:
    copy = f"---\nheadline: 好\n---\n{SHAPES}，[{SHAPES}、**骨**]{{lang=zh-Hant}}。\n"
    made = Made(build(write_issue(tmp_path, copy)))
    glyph = passage(made.glyphs, f"{SHAPES}、")[1]
    family = "Noto Serif CJK TC"
    assert glyph.number == number(family, "邊")  # all regions' glyphs are in each face of Noto
    assert drawn(made.epub, "邊", language="zh-Hant") == outline_of(family, glyph.number)
    assert drawn(made.epub, "邊") == outline_of(
        "Noto Serif CJK SC", number("Noto Serif CJK SC", "邊")
    )
    assert '[lang="zh-Hant"], [lang="zh-Hant"] * { font-family: var(--zh-hant); }' in made.epub.css


# --- A house's own font --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["House Song", "本报宋体"])
def test_a_font_in_the_projects_folder_sets_both_outputs(tmp_path: Path, name: str) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n国中“国”𫠠国。\n")
    house_font = make_font(tmp_path / "fonts" / "House.ttf", name, "国“”")
    write_catalogue(tmp_path, f"roles: {{song: [{name}, Noto Serif CJK SC, BabelStone Han]}}\n")
    made = Made(build(tmp_path))
    house, noto, rare = name.replace(" ", "-"), "Noto-Serif-CJK-SC", "BabelStone-Han"
    assert [utf8(glyph.font) for glyph in passage(made.glyphs, "国中“国”𫠠国。")] == [
        house, noto, house, house, house, rare, house, noto,
    ]  # fmt: skip
    files = [made.epub.glyph(character).file for character in "国中“”𫠠。"]
    assert files == [
        "song-400.ttf", "song-2-400.otf", "song-400.ttf", "song-400.ttf", "song-3-400.ttf",
        "song-2-400.otf",
    ]  # fmt: skip
    assert drawn(made.epub, "国") == outline(house_font, HarfBuzzFace(house_font).glyph_id("国"))


def test_both_weights_of_a_house_font_are_taken(tmp_path: Path) -> None:
    write_issue(tmp_path, "---\nheadline: 国\n---\n国。\n")
    for each, ending in ((400, "R"), (700, "B")):
        make_font(tmp_path / "fonts" / f"House{ending}.ttf", "House", "国好", weight=each)
    role = "[House, Noto Serif CJK SC]"
    write_catalogue(tmp_path, f"roles: {{song: {role}, hei: {role}}}\n")
    made = Made(build(tmp_path))
    assert {"House", "House-Bold"} <= {glyph.font for glyph in made.glyphs}
    assert {("song", 400), ("song", 700)} <= set(made.epub.faces)


def test_a_house_font_may_lie_in_a_collection(tmp_path: Path) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n国。\n")
    first = make_font(tmp_path / "hei.ttf", "House Hei", "国")
    second = make_font(tmp_path / "song.ttf", "House Song", "国", centred="国")
    collection = TTCollection()
    collection.fonts = [TTFont(first), TTFont(second)]
    (tmp_path / "fonts").mkdir()
    collection.save(tmp_path / "fonts" / "House.ttc")
    write_catalogue(tmp_path, "roles: {song: [House Song, Noto Serif CJK SC]}\n")
    made = Made(build(tmp_path))
    assert passage(made.glyphs, "国。")[0].font == "House-Song"
    glyph = HarfBuzzFace(second).glyph_id("国")
    assert drawn(made.epub, "国") == outline(second, glyph) != outline(first, glyph)


# --- WOFF2 ---------------------------------------------------------------------------------------


def test_woff2_has_the_same_glyphs_and_features(tmp_path: Path) -> None:
    face, text = source("Noto Serif CJK SC"), "国“”，。"
    otf, woff2 = subset_face(face, text), subset_face(face, text, woff2=True)
    assert (media_type(otf), file_ending(otf)) == ("font/otf", "otf")
    assert (media_type(woff2), file_ending(woff2)) == ("font/woff2", "woff2")
    opened = plain(woff2)
    for sample in ("国", "。”", "“国”"):
        for feature in ({}, {"chws": True}, {"pwid": True}):
            assert shaped(hb.Face(opened), sample, **feature) == shaped(
                hb.Face(otf), sample, **feature
            )


def test_a_theme_chooses_woff2(tmp_path: Path) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n国“AI”。\n")
    theme = tmp_path / "styles" / "newspaper" / "theme.yaml"
    theme.parent.mkdir(parents=True)
    text = resource("styles", "newspaper", "theme.yaml").read_text(encoding="utf-8")
    theme.write_text(text.replace("fonts: otf", "fonts: woff2"), encoding="utf-8")
    epub = Epub(build(tmp_path, targets=["epub"]).files["epub"])
    assert {Path(name).suffix for name in epub.fonts} == {".woff2"}
    assert drawn(epub, "国") == outline_of("Noto Serif CJK SC", number("Noto Serif CJK SC", "国"))
    assert epub.glyph("“", western=True).advance == pytest.approx(0.462)
