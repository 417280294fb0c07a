"""``publish fonts`` and ``publish doctor``: what is here, what it covers, what may be embedded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fonts.issues import write_issue
from tests.fonts.making import make_font, write_catalogue

FAR = "  远方: {licence: OFL-1.1, debian: fonts-far, faces: [{weight: 400, file: Far.ttf}]}\n"


def publish(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publish", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a font of its own, a rare character, and a family that is not here."""
    write_issue(tmp_path, "---\nheadline: 好\n---\n国国𫠠。[国]{lang=zh-Hant}\n")
    make_font(tmp_path / "fonts" / "House.ttf", "本报宋体", "国", fs_type=4)
    roles = "roles: {song: [本报宋体, Noto Serif CJK SC, 远方, BabelStone Han]}\n"
    write_catalogue(tmp_path, f"{roles}families:\n{FAR}")
    return tmp_path


def test_the_table_shows_chains_files_licences_rights_and_coverage(root: Path) -> None:
    done = publish("fonts", str(root), cwd=root)
    assert done.returncode == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "role family licence file embedding sets"
    assert lines[1].startswith("song zh-Hans 本报宋体 not stated House.ttf preview and print ")
    assert lines[2].startswith("Noto Serif CJK SC OFL-1.1 NotoSerifCJK-Regular.ttc installable ")
    assert lines[3] == "NotoSerifCJK-Bold.ttc installable"
    assert lines[4] == "远方 OFL-1.1 Far.ttf not installed; type: apt-get install fonts-far 0"
    assert lines[5] == "BabelStone Han Arphic Public License BabelStoneHan.ttf installable 1"
    assert any(line.startswith("song zh-Hant 本报宋体") for line in lines)


def test_the_json_document_counts_what_each_family_sets(root: Path) -> None:
    done = publish("fonts", str(root), "--format", "json", cwd=root)
    document = json.loads(done.stdout)
    assert document["findings"] == []
    sets = {
        row["family"]: row["characters"]
        for row in document["roles"]
        if (row["role"], row["language"]) == ("song", "zh-Hans")
    }
    assert sets["本报宋体"] == 1
    assert sets["BabelStone Han"] == 1
    assert sets["远方"] == 0
    assert sets["Noto Serif CJK SC"] > 1


def test_a_missing_character_and_a_forbidden_font_are_told_with_exit_1(root: Path) -> None:
    roles = "roles: {song: [本报宋体, Noto Serif CJK SC]}\n"
    write_catalogue(root, roles)
    done = publish("fonts", str(root), cwd=root)
    assert done.returncode == 1
    assert "“𫠠” (U+2B820)" in done.stderr + done.stdout
    make_font(root / "fonts" / "House.ttf", "本报宋体", "国", fs_type=2)
    done = publish("fonts", str(root), "--format", "json", cwd=root)
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert [finding["code"] for finding in document["findings"]] == ["font-embedding"]
    assert document["roles"][0]["embedding"] == "restricted"


def test_without_a_project_the_programs_fonts_are_shown(tmp_path: Path) -> None:
    done = publish("fonts", "--format", "json", cwd=tmp_path)
    rows = json.loads(done.stdout)["roles"]
    assert {row["role"] for row in rows} == {"song", "hei", "kai"}
    assert {row["characters"] for row in rows} == {None}


def test_doctor_wants_a_font_for_rare_characters_and_is_content_without(root: Path) -> None:
    done = publish("doctor", "--format", "json", cwd=root)
    assert done.returncode == 0
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["severity"]) == ("font-missing", "warning")
    assert finding["message"] == "the font file Far.ttf of the family “远方” is not installed"
    assert finding["hint"] == "type: apt-get install fonts-far"


def test_doctor_names_the_fonts_for_rare_characters(tmp_path: Path) -> None:
    done = publish("doctor", cwd=tmp_path)
    line = "fonts for rare characters: BabelStone Han, HanaMinB"
    assert line in done.stdout + done.stderr
