"""Which font of a chain sets which character."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.fonts import MARKS, Chain, Face, Family, face_for, share_out
from publish.fonts.reading import read_catalogue
from tests.fonts.making import make_font


def family(folder: Path, name: str, characters: str, narrow: str = "") -> Family:
    path = make_font(folder / f"{name}.ttf", name, characters, narrow=narrow)
    return Family(name, "", "", (Face(name, 400, path),), ())


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """A Latin font with narrow marks, a Han font with wide ones, a font of rare characters."""
    return (
        family(tmp_path, "Latin", "abc", narrow="“”‘’—…"),
        family(tmp_path, "Han", "国中abc“”‘’—…·，"),
        family(tmp_path, "Rare", "国𫠠"),
    )


def setter(chain: Chain, character: str, *, western: bool = False) -> str | None:
    face = face_for(chain, character, 400, western=western)
    return face.family if face else None


def test_the_first_font_that_has_a_character_sets_it(chain: Chain) -> None:
    assert [setter(chain, c) for c in "a国𫠠鱼"] == ["Latin", "Han", "Rare", None]


@pytest.mark.parametrize("mark", "“”‘’—…")
def test_marks_are_chinese_in_chinese_text(chain: Chain, mark: str) -> None:
    assert setter(chain, mark) == "Han"


@pytest.mark.parametrize("mark", "“”‘’—…")
def test_marks_are_western_in_western_text(chain: Chain, mark: str) -> None:
    assert setter(chain, mark, western=True) == "Latin"


def test_a_mark_that_no_font_draws_so_comes_from_the_first_that_has_it(tmp_path: Path) -> None:
    narrow = (family(tmp_path, "Narrow", "国", narrow="“”"),)
    wide = (family(tmp_path, "Wide", "国“”"),)
    assert setter(narrow, "“") == "Narrow"
    assert setter(wide, "“", western=True) == "Wide"


def test_all_marks_of_a_role_come_from_one_font() -> None:
    """LXGW WenKai draws “ ” a third of an em wide, so that kai text takes them from Noto."""
    chain = read_catalogue(None).chain("kai")
    assert {setter(chain, mark) for mark in MARKS} == {"Noto Serif CJK SC"}
    assert {setter(chain, mark, western=True) for mark in "“”‘’·"} == {"LXGW WenKai"}
    assert {setter(chain, character) for character in "国，。a1"} == {"LXGW WenKai"}


@pytest.mark.parametrize("mark", "—…")
def test_a_western_dash_comes_from_a_font_that_has_a_shape_for_it(mark: str) -> None:
    """LXGW WenKai draws them in the middle of an em and no other way; Noto has both shapes."""
    assert setter(read_catalogue(None).chain("kai"), mark, western=True) == "Noto Serif CJK SC"


def test_a_text_is_shared_out(chain: Chain) -> None:
    shares, left = share_out(chain, "国中ab“…𫠠鱼", 400)
    assert {face.family: "".join(sorted(share)) for face, share in shares.items()} == {
        "Latin": "ab",
        "Han": "“…中国",
        "Rare": "𫠠",
    }
    assert left == {"鱼"}


def test_a_font_is_not_opened_for_nothing(tmp_path: Path) -> None:
    here = family(tmp_path, "Here", "国")
    gone = Family("Gone", "", "", (Face("Gone", 400, tmp_path / "gone.ttf"),), ())
    shares, left = share_out((here, gone), "国", 400)
    assert ([face.family for face in shares], left) == (["Here"], set())


RARE_NAMES = "𬱖𬭚𪣻𰻝𫠠𪚥𠳐㛃䶮𱁬"


@pytest.mark.parametrize("role", ["song", "hei", "kai"])
def test_rare_characters_of_names_are_set_out_of_the_box(role: str) -> None:
    """Extensions A to H: a free font of Debian has each of them."""
    _, left = share_out(read_catalogue(None).chain(role), RARE_NAMES, 400)
    assert left == set()


def test_the_chains_hold_nearly_all_of_unicodes_han() -> None:
    blocks = {
        "URO": (0x4E00, 0x9FFF, 1.0),
        "A": (0x3400, 0x4DBF, 0.998),
        "B": (0x20000, 0x2A6DF, 0.999),
        "C": (0x2A700, 0x2B739, 0.997),
        "D": (0x2B740, 0x2B81D, 1.0),
        "E": (0x2B820, 0x2CEA1, 0.997),
        "F": (0x2CEB0, 0x2EBE0, 0.997),
        "G": (0x30000, 0x3134A, 0.6),
        "H": (0x31350, 0x323AF, 0.5),
    }
    for role in ("song", "hei", "kai"):
        had = set().union(*(f.face(400).characters for f in read_catalogue(None).chain(role)))
        for block, (first, last, least) in blocks.items():
            share = len(had & set(range(first, last + 1))) / (last + 1 - first)
            assert share >= least, f"{role}: {share:.4f} of {block}"
