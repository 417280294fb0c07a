"""A character that no font has stops the build, and the message says all that mends it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from publish.build import build
from publish.errors import InputError
from publish.fonts import installed
from publish.fonts.coverage import is_visible
from tests.fonts.issues import write_issue
from tests.fonts.making import make_font, write_catalogue

NOWHERE = "\U0003fffd"
"""A code point that no font has a glyph for: plane 3 is kept for Han, and ends unassigned."""


def findings(root: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        build(root)
    return [str(finding) for finding in caught.value.findings]


def test_the_line_is_named_not_the_paragraph_alone(tmp_path: Path) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n第一段。\n\n第二段从这里起，\n到𫠠这里。\n")
    write_catalogue(tmp_path, "roles: {song: Noto Serif CJK SC}\n")
    assert findings(tmp_path) == [
        "manuscript/one.md:7: no font of the role song has “𫠠” (U+2B820): Noto Serif CJK SC — "
        "BabelStone Han, HanaMinB on this machine has it: add it to the role in fonts/fonts.yaml"
    ]


@pytest.mark.parametrize(
    ("copy", "line", "role"),
    [
        ("---\nkicker: 甲\nheadline: 王𫠠\n---\n好。\n", 3, "hei"),
        ("---\nheadline: 好\nbyline: [{names: [乙]}, {names: [王𫠠]}]\n---\n好。\n", 3, "kai"),
        ("---\nheadline: 好\n---\n好。\n\n## 王𫠠\n\n好。\n", 6, "hei"),
        ("---\nheadline: 好\n---\n好。\n\n> 引文\n> 王𫠠\n", 7, "kai"),
        ("---\nheadline: 好\n---\n- 甲\n- 王𫠠\n", 5, "song"),
        ("---\nheadline: 好\n---\n| 甲 | 乙 |\n|---|---|\n| 丙 | 𫠠 |\n", 6, "hei"),
        ("---\nheadline: 好\n---\n好，**王𫠠**。\n", 4, "hei"),
        ("---\nheadline: 好\n---\n好，*王𫠠*，**好*𫠠***。\n", 4, "kai"),
        ("---\nheadline: 好\n---\n好[^1]。\n\n[^1]: 注𫠠。\n", 6, "song"),
    ],
)
def test_every_part_names_its_line_and_role(
    tmp_path: Path, copy: str, line: int, role: str
) -> None:
    write_issue(tmp_path, copy)
    roles = "{song: Noto Serif CJK SC, hei: Noto Sans CJK SC, kai: LXGW WenKai}"
    write_catalogue(tmp_path, f"roles: {roles}\n")
    places = [finding.partition(" has ")[0] for finding in findings(tmp_path)]
    wanted = [f"manuscript/one.md:{line}: no font of the role {role}"]
    if "headline: 王" in copy:  # contents set it too
        wanted.append("manuscript/one.md:3: no font of the role song")
    assert places == wanted


def test_a_character_of_the_manifest_names_its_line(tmp_path: Path) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n好。\n")
    manifest = tmp_path / "manuscript" / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("要闻", "要𫠠"), encoding="utf-8")
    write_catalogue(tmp_path, "roles: {hei: Noto Sans CJK SC}\n")
    assert findings(tmp_path)[0].startswith(
        "manuscript/manifest.yaml:4: no font of the role hei has “𫠠” (U+2B820)"
    )


def test_a_font_that_the_chain_wants_and_lacks_is_named_first(tmp_path: Path) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n王𫠠。\n")
    faces = "faces: [{weight: 400, file: Nowhere.ttf}]"
    write_catalogue(
        tmp_path,
        "roles: {song: [Noto Serif CJK SC, 远方]}\n"
        f"families:\n  远方: {{debian: fonts-yuanfang, {faces}}}\n",
    )
    assert findings(tmp_path) == [
        "manuscript/one.md:4: no font of the role song has “𫠠” (U+2B820): Noto Serif CJK SC — "
        "of its chain 远方 is not installed: type: apt-get install fonts-yuanfang"
    ]


def test_a_font_that_only_the_machine_knows_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of fontconfig is asked where no family of the catalogue has the character."""
    write_issue(tmp_path, f"---\nheadline: 好\n---\n王{NOWHERE}。\n")
    assert findings(tmp_path) == [
        "manuscript/one.md:4: no font of the role song has “\U0003fffd” (U+3FFFD): "
        "Noto Serif CJK SC, BabelStone Han, HanaMinB — no installed font has it: put one that "
        "has it into the project's fonts folder"
    ]
    monkeypatch.setattr("publish.fonts.coverage.families_with", lambda _: ["远方楷体"])
    assert findings(tmp_path)[0].endswith(
        " — 远方楷体 on this machine has it: add it to the role in fonts/fonts.yaml"
    )


def test_fontconfig_knows_which_families_have_a_character() -> None:
    assert "BabelStone Han" in installed.families_with("𫠠")
    assert installed.families_with(NOWHERE) == []


def test_a_family_is_named_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """fc-list writes TW-Kai as TW\\-Kai."""
    listed = b"TW\\-Kai,\xe5\x85\xa8\xe5\xad\x97\xe5\xba\xab:style=Regular\n"
    done = subprocess.CompletedProcess([], 0, stdout=listed)
    monkeypatch.setattr(installed.subprocess, "run", lambda *_, **__: done)
    assert installed.families_with("国") == ["TW-Kai"]


def test_a_bold_face_must_have_the_character_too(tmp_path: Path) -> None:
    held = "".join(map(chr, [*range(0x20, 0x3100), *range(0x4E00, 0x9FA6), *range(0xFF00, 0xFFEF)]))
    make_font(tmp_path / "fonts" / "regular.ttf", "半黑", held)
    make_font(tmp_path / "fonts" / "bold.ttf", "半黑", held.replace("路", ""), weight=700)
    write_catalogue(tmp_path, "roles: {hei: 半黑}\n")
    write_issue(tmp_path, "---\nheadline: 修路\n---\n修路。\n")
    assert findings(tmp_path)[0].startswith(
        "manuscript/one.md:2: no font of the role hei has “路” (U+8DEF): 半黑"
    )


def test_a_machine_without_fontconfig_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert installed.families_with("国") == []


def test_the_command_exits_3_and_keeps_the_old_files(tmp_path: Path) -> None:
    write_issue(tmp_path, "---\nheadline: 好\n---\n好。\n")
    made = build(tmp_path, targets=["epub"]).files["epub"]
    before = made.read_bytes()
    write_issue(tmp_path, f"---\nheadline: 好\n---\n王{NOWHERE}。\n")
    command = [sys.executable, "-m", "publish", "build", str(tmp_path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["file"], finding["line"]) == (
        "glyph-missing", "manuscript/one.md", 4,
    )  # fmt: skip
    assert made.read_bytes() == before


@pytest.mark.parametrize("character", "\U000e0100\ufe0e\u200b\u2060\n\u3000")
def test_an_invisible_character_needs_no_glyph(character: str) -> None:
    assert not is_visible(character)
