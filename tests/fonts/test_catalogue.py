"""Roles are chains; a family has variants by language; a project overrides what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import InputError, MachineError
from publish.fonts.reading import read_catalogue
from tests.fonts.making import make_font, write_catalogue


def names(root: Path | None, role: str, language: str = "zh-Hans") -> list[str]:
    chain = read_catalogue(root).in_language(language).chain(role)
    return [family.name for family in chain]


def test_each_role_of_the_programs_catalogue_is_a_chain() -> None:
    assert names(None, "song") == ["Noto Serif CJK SC", "BabelStone Han", "HanaMinB"]
    assert names(None, "hei") == ["Noto Sans CJK SC", "BabelStone Han", "HanaMinB"]
    assert names(None, "kai") == ["LXGW WenKai", "Noto Serif CJK SC", "BabelStone Han", "HanaMinB"]
    assert set(read_catalogue(None).chains) == {"song", "hei", "kai"}


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("zh-Hans", "Noto Serif CJK SC"),
        ("zh", "Noto Serif CJK SC"),
        ("zh-CN", "Noto Serif CJK SC"),
        ("zh-Hans-HK", "Noto Serif CJK SC"),
        ("zh-Hant", "Noto Serif CJK TC"),
        ("zh-TW", "Noto Serif CJK TC"),
        ("zh-Hant-TW", "Noto Serif CJK TC"),
        ("zh-Hant-HK", "Noto Serif CJK HK"),
        ("zh-HK", "Noto Serif CJK HK"),
        ("zh-MO", "Noto Serif CJK HK"),
        ("yue", "Noto Serif CJK HK"),
        ("ja", "Noto Serif CJK JP"),
        ("ko", "Noto Serif CJK KR"),
    ],
)
def test_a_language_takes_its_variant(language: str, family: str) -> None:
    assert names(None, "song", language)[0] == family
    assert names(None, "kai", language)[1] == family


def test_a_western_language_keeps_the_issues_fonts() -> None:
    traditional = read_catalogue(None).in_language("zh-Hant")
    assert traditional.in_language("en").chain("song")[0].name == "Noto Serif CJK TC"
    assert traditional.in_language("zh-Hans").chain("song")[0].name == "Noto Serif CJK SC"


def test_each_variant_is_its_own_face_of_the_collection() -> None:
    families = read_catalogue(None).families
    faces = [families[f"Noto Serif CJK {region}"].face(400) for region in ("SC", "TC", "HK")]
    assert len({face.path for face in faces}) == 1
    assert len({face.index for face in faces}) == 3


def test_a_project_overrides_what_it_names_and_no_more(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "roles:\n  kai: [LXGW WenKai, HanaMinB]\n  song: Noto Sans CJK SC\n")
    assert names(tmp_path, "kai") == ["LXGW WenKai", "HanaMinB"]
    assert names(tmp_path, "song") == ["Noto Sans CJK SC"]
    assert names(tmp_path, "hei") == names(None, "hei")


def test_a_variant_may_lead_a_chain(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "roles: {song: Noto Serif CJK TC}\n")
    assert names(tmp_path, "song") == ["Noto Serif CJK TC"]


def test_a_font_in_the_projects_folder_is_known_by_its_own_name(tmp_path: Path) -> None:
    make_font(tmp_path / "fonts" / "b.ttf", "本报宋体", "国", weight=700)
    make_font(tmp_path / "fonts" / "a.ttf", "本报宋体", "国")
    (tmp_path / "fonts" / "notes.ttf").write_text("no font", encoding="utf-8")
    write_catalogue(tmp_path, "roles: {song: [本报宋体, Noto Serif CJK SC]}\n")
    family = read_catalogue(tmp_path).chain("song")[0]
    assert [(face.weight, face.path.name) for face in family.faces] == [
        (400, "a.ttf"),
        (700, "b.ttf"),
    ]
    assert family.face(500).weight == 400
    assert family.face(900).weight == 700


def test_only_a_family_that_leads_must_be_installed(tmp_path: Path) -> None:
    entry = "licence: own, faces: [{weight: 400, file: Nowhere.ttf}]"
    text = f"roles: {{kai: [LXGW WenKai, 远方]}}\nfamilies:\n  远方: {{{entry}}}\n"
    write_catalogue(tmp_path, text)
    catalogue = read_catalogue(tmp_path)
    catalogue.require()
    assert [family.name for family in catalogue.wanting("kai")] == ["远方"]
    assert names(tmp_path, "kai") == ["LXGW WenKai"]
    write_catalogue(tmp_path, text.replace("[LXGW WenKai, 远方]", "远方"))
    with pytest.raises(MachineError) as caught:
        read_catalogue(tmp_path).require()
    assert [str(finding) for finding in caught.value.findings] == [
        "the font file Nowhere.ttf of the family “远方” is not installed — "
        "put the file into the project's fonts folder"
    ]


def test_a_theme_may_not_ask_for_a_role_that_is_not_there() -> None:
    with pytest.raises(InputError) as caught:
        read_catalogue(None).chain("sung")
    assert str(caught.value) == (
        "the theme asks for the font role “sung”, which fonts.yaml does not have — "
        "did you mean “song”?"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "rolls: {}\n",
            "fonts/fonts.yaml:1: there is no key “rolls” here — did you mean “roles”?",
        ),
        (
            "roles:\n  hei: Noto Sans CJK SC\n  song: 3\n",
            "fonts/fonts.yaml:3: the role song is no list of families — "
            "write for example song: [Noto Serif CJK SC, BabelStone Han]",
        ),
        (
            "roles:\n  song: [Noto Serf CJK SC]\n",
            "fonts/fonts.yaml:2: the role song names “Noto Serf CJK SC”, which is no family here "
            "and no font in fonts/ — did you mean “Noto Serif CJK SC”?",
        ),
        (
            "families:\n  本报宋体:\n    faces:\n      - {file: a.ttf}\n",
            "fonts/fonts.yaml:4: a face of “本报宋体” needs a file and a weight from 1 to 1000 — "
            "write for example {weight: 400, file: HouseSong.ttf}",
        ),
        (
            "families:\n  X:\n    faces: [{weight: 400, file: a.ttf}]\n    variants: [zh-Hant]\n",
            "fonts/fonts.yaml:4: the variants of “X” are no families by language — "
            "write for example zh-Hant: Noto Serif CJK TC",
        ),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, text: str, message: str) -> None:
    write_catalogue(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_catalogue(tmp_path)
    assert str(caught.value) == message


def test_a_collection_without_the_family_says_so(tmp_path: Path) -> None:
    faces = "faces: [{weight: 400, file: NotoSerifCJK-Regular.ttc}]"
    write_catalogue(tmp_path, f"roles: {{song: X}}\nfamilies:\n  X: {{{faces}}}\n")
    face = read_catalogue(tmp_path).chain("song")[0].face(400)
    with pytest.raises(InputError, match="holds no face of the family “X”"):
        assert face.index


def test_a_file_that_is_no_font_says_so(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "bad.ttf").write_text("no font", encoding="utf-8")
    entry = "faces: [{weight: 400, file: bad.ttf}]"
    write_catalogue(tmp_path, f"roles: {{song: 坏体}}\nfamilies:\n  坏体: {{{entry}}}\n")
    face = read_catalogue(tmp_path).chain("song")[0].face(400)
    with pytest.raises(InputError, match=r"bad\.ttf of the family “坏体” cannot be read"):
        assert face.characters
