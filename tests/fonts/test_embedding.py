"""What a font's OS/2 table says of embedding is kept to (OpenType 1.9.1, OS/2, fsType)."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from publish.build import build
from publish.errors import InputError
from publish.fonts import Face, Rights, embedding_findings, rights
from publish.fonts.reading import read_catalogue
from tests.fonts.issues import write_issue
from tests.fonts.making import make_font, write_catalogue


def face(folder: Path, fs_type: int, version: int = 4) -> Face:
    path = make_font(folder / "House.ttf", "House", "国", fs_type=fs_type)
    with TTFont(path, recalcTimestamp=False) as font:
        font["OS/2"].version = version
        font.save(path)
    return Face("House", 400, path, True)


@pytest.mark.parametrize(
    ("fs_type", "version", "word"),
    [
        (0x0000, 4, Rights.INSTALLABLE),
        (0x0002, 4, Rights.RESTRICTED),
        (0x0004, 4, Rights.PREVIEW_AND_PRINT),
        (0x0008, 4, Rights.EDITABLE),
        (0x0006, 4, Rights.RESTRICTED),
        (0x0006, 2, Rights.PREVIEW_AND_PRINT),  # before version 3 the least restrictive held
        (0x0002, 2, Rights.RESTRICTED),
        (0x0100, 4, Rights.NO_SUBSETTING),
        (0x0104, 4, Rights.NO_SUBSETTING),
        (0x0200, 4, Rights.BITMAP_ONLY),
        (0x0208, 4, Rights.BITMAP_ONLY),
    ],
)
def test_fs_type_is_read(tmp_path: Path, fs_type: int, version: int, word: Rights) -> None:
    assert rights(face(tmp_path, fs_type, version)) is word


def test_a_font_without_an_os2_table_states_nothing(tmp_path: Path) -> None:
    made = face(tmp_path, 0)
    with TTFont(made.path, recalcTimestamp=False) as font:
        del font["OS/2"]
        font.save(made.path)
    assert rights(made) is Rights.UNSTATED
    assert embedding_findings([made]) == []


@pytest.mark.parametrize(
    ("fs_type", "why"),
    [
        (0x0002, "its licence forbids embedding (OS/2 fsType bit 1)"),
        (
            0x0100,
            "it must not be subset, and only subsets are embedded (OS/2 fsType bit 8)",
        ),
        (0x0200, "only its bitmaps may be embedded (OS/2 fsType bit 9)"),
    ],
)
def test_a_forbidden_font_stops_the_build_with_the_reason(
    tmp_path: Path, fs_type: int, why: str
) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n国。\n")
    make_font(tmp_path / "fonts" / "House.ttf", "House", "国", fs_type=fs_type)
    write_catalogue(tmp_path, "roles: {song: [House, Noto Serif CJK SC]}\n")
    with pytest.raises(InputError) as caught:
        build(tmp_path)
    assert caught.value.exit_code == 3
    assert [str(finding) for finding in caught.value.findings] == [
        f"fonts/House.ttf: the font “House” must not be embedded: {why} — set its role in "
        "another font in fonts/fonts.yaml, or ask its maker for a version that may be embedded "
        "as a subset"
    ]
    assert not (tmp_path / "build").exists() or not list((tmp_path / "build").iterdir())


@pytest.mark.parametrize("fs_type", [0x0004, 0x0008])
def test_print_and_editable_rights_are_enough(tmp_path: Path, fs_type: int) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n国。\n")
    make_font(tmp_path / "fonts" / "House.ttf", "House", "国", fs_type=fs_type)
    write_catalogue(tmp_path, "roles: {song: [House, Noto Serif CJK SC]}\n")
    assert build(tmp_path).files


def test_the_programs_own_fonts_may_be_embedded() -> None:
    families = read_catalogue(None).families.values()
    assert embedding_findings(face for family in families for face in family.faces) == []
