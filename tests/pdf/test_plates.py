"""One PDF for each page, and the plates that changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publish.check.preflight import preflight
from publish.colour import PRESETS

Edit = Callable[[str, str, str], None]
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not here")


def theme(project: Path, old: str, new: str) -> None:
    """Give the project the program's theme data, changed."""
    text = (ROOT / "styles" / "newspaper" / "theme.yaml").read_text(encoding="utf-8")
    assert old in text
    folder = project / "styles" / "newspaper"
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text(text.replace(old, new), encoding="utf-8")


def build(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publish", "build", str(project), "--target", "print", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_each_page_is_a_file_that_the_press_takes(project: Path) -> None:
    done = build(project, "--split", "{slug}_{date}_{page:02}.pdf", "--format", "json")
    assert done.returncode == 0, done.stderr
    files = [Path(name) for name in json.loads(done.stdout)["pages"]]
    assert [file.name for file in files] == ["tiny_2026-01-20_01.pdf", "tiny_2026-01-20_02.pdf"]
    first = [file.read_bytes() for file in files]
    for file in files:
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages) == 1
            assert pdf.Root.OutputIntents[0].OutputConditionIdentifier == "FOGRA39"
        errors = {f.code for f in preflight(file, PRESETS["coated"]) if f.severity == "error"}
        assert errors <= {"preflight-picture-coarse"}  # the tiny project's picture is 60 pixels
    assert build(project, "--split", "{slug}_{date}_{page:02}.pdf").returncode == 0
    assert [file.read_bytes() for file in files] == first


@pytest.mark.parametrize("pattern", ["page.pdf", "{page", "{nothing}.pdf", "../{page}.pdf"])
def test_a_pattern_that_is_none(pattern: str, project: Path) -> None:
    done = build(project, "--split", pattern)
    assert done.returncode == 2
    assert "is no pattern for the names of pages" in done.stderr
    assert not (project / "build").exists()


def test_the_plates_that_changed(project: Path, edit: Edit) -> None:
    assert build(project).returncode == 0
    (project / "build").rename(project / "before")
    words = "--changed-since", str(project / "before"), "--format", "json"
    assert json.loads(build(project, *words).stdout)["changed"] == []
    edit("one.md", "第二段。", "第二段！")
    assert json.loads(build(project, *words).stdout)["changed"] == [{"page": 2, "plates": ["K"]}]


def test_nothing_earlier(project: Path) -> None:
    done = build(project, "--changed-since", str(project / "nowhere"))
    assert done.returncode == 2
    assert "name the folder that holds the files of the last time" in done.stderr


def test_sheets_are_filled_up(project: Path) -> None:
    theme(project, "pages_multiple: 1", "pages_multiple: 4")
    assert build(project, "--target", "screen").returncode == 0
    with pikepdf.open(project / "build" / "tiny-2026-01-20-print.pdf") as pdf:
        assert len(pdf.pages) == 4
        assert len({tuple(map(float, page.trimbox)) for page in pdf.pages}) == 1
    with pikepdf.open(project / "build" / "tiny-2026-01-20-screen.pdf") as pdf:
        assert len(pdf.pages) == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pages_multiple: 1", "pages_multiple: 0", "print.pages_multiple is 1 to 64, not 0"),
        ("house: [0, 100, 95, 25]", "house: [0, 100, 195, 25]", "each from 0 to 100"),
        ("house: [0, 100, 95, 25]", "house: red", "colours.house is red"),
    ],
)
def test_theme_data_that_is_wrong(project: Path, old: str, new: str, said: str) -> None:
    theme(project, old, new)
    done = build(project)
    assert done.returncode == 3
    assert said in done.stderr
