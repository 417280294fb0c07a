"""The EPUB in two real engines of reading systems: foliate-js and epub.js, in Chromium."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reading_systems import ENGINES, Job, Reading, Settings, pairwise, read

from publish.build import Outcome, build
from publish.check.fidelity import read_spine

NASTY = Path(__file__).with_name("nasty.md")
"""An article that is hard to show on a small screen."""


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The EPUB of an issue that is hard to show on a small screen."""
    from conftest import MANIFEST, TWO

    root = tmp_path_factory.mktemp("nasty")
    folder = root / "manuscript"
    (folder / "images").mkdir(parents=True)
    narrow = MANIFEST.replace("articles: [one.md]", "layout: voice\n    articles: [one.md]")
    (folder / "manifest.yaml").write_text(narrow, encoding="utf-8")
    shutil.copy(NASTY, folder / "one.md")
    (folder / "two.md").write_text(TWO, encoding="utf-8")
    for name, size in {
        "red.jpg": (60, 40),
        "tall.png": (300, 3000),
        "wide.png": (3000, 200),
    }.items():
        picture = Image.new("RGB", size, "white")
        ImageDraw.Draw(picture).rectangle(
            (0, 0, size[0] - 1, size[1] - 1), outline="black", width=9
        )
        picture.save(folder / "images" / name)
    return build(root, targets=["epub"]).files["epub"]


@pytest.fixture(scope="session")
def readings(sample: Outcome, nasty: Path) -> dict[Path, list[Reading]]:
    """All pairwise settings, for the sample and for the nasty issue."""
    made: dict[Path, list[Reading]] = {}
    for epub in (sample.files["epub"], nasty):
        jobs = [Job(epub, settings) for settings in pairwise()]
        made[epub] = read(jobs)
    return made


def told(reading: Reading) -> list[str]:
    return [f"{reading.settings} {fault}" for fault in reading.faults]


def test_every_choice_meets_every_other() -> None:
    settings = pairwise()
    assert len(settings) < 25
    assert {(one.engine, one.size) for one in settings} >= {(e, 3.0) for e in ENGINES}


def test_nothing_is_wrong_with_any_settings(readings: dict[Path, list[Reading]]) -> None:
    assert [line for found in readings.values() for one in found for line in told(one)] == []


def test_every_document_is_shown_whole(readings: dict[Path, list[Reading]]) -> None:
    for epub, found in readings.items():
        wanted = [name.removeprefix("EPUB/") for name, _ in read_spine(epub)]
        for reading in found:
            assert list(reading.documents) == wanted, reading.settings
            assert reading.characters == found[0].characters, reading.settings


def test_the_text_is_as_large_as_the_reader_wants(readings: dict[Path, list[Reading]]) -> None:
    for found in readings.values():
        for reading in found:
            assert reading.sizes
            for size in reading.sizes.values():
                assert size == pytest.approx(16 * reading.settings.size, rel=0.01)


@pytest.mark.parametrize("engine", ENGINES)
def test_fonts_and_links(sample: Outcome, nasty: Path, engine: str) -> None:
    settings = Settings(engine, "pages", (768, 1024), "day", 1.0)
    jobs = [Job(epub, settings, fonts=True, links=True) for epub in (sample.files["epub"], nasty)]
    assert [line for reading in read(jobs) for line in told(reading)] == []


# --- Each measure can fail -----------------------------------------------------------------------


def broken(epub: Path, folder: Path, css: str = "", **documents: tuple[str, str]) -> Path:
    """Return a copy with rules added to the stylesheet, and texts replaced in documents."""
    copy = folder / "broken.epub"
    with zipfile.ZipFile(epub) as archive, zipfile.ZipFile(copy, "w") as written:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".css"):
                content += css.encode()
            if (key := Path(name).stem) in documents and name.endswith(".xhtml"):
                old, new = documents[key]
                assert old in content.decode()
                content = content.decode().replace(old, new).encode()
            written.writestr(name, content)
    return copy


FAULTS = {
    "overflow": ".body p { width: 2000px; }",
    "picture": "img { min-width: 5000px; }",
    "contrast": ".body p { color: #bbb; }",
    "headline": ".headline { word-break: break-all; width: 5.5em; }",
    "empty": "body * { font-size: 0 !important; }",
    "font": ".body { font-family: 'Noto Sans CJK SC'; }",
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_seen(nasty: Path, tmp_path: Path, kind: str) -> None:
    epub = broken(nasty, tmp_path, FAULTS[kind])
    jobs = [
        Job(epub, Settings(engine, "scroll", (320, 568), "day", 1.0), fonts=kind == "font")
        for engine in ENGINES
    ]
    for reading in read(jobs):
        kinds = {fault.kind for fault in reading.faults}
        if kind == "empty" and "error" in kinds:  # epub.js waits for ever for something to show
            kinds.add(kind)
        assert kind in kinds, reading.settings


@pytest.mark.parametrize("engine", ENGINES)
def test_a_dead_link_is_seen(nasty: Path, tmp_path: Path, engine: str) -> None:
    epub = broken(nasty, tmp_path, one=('href="#note-1"', 'href="#nowhere"'))
    settings = Settings(engine, "pages", (320, 568), "day", 1.0)
    (reading,) = read([Job(epub, settings, links=True)])
    assert [fault.what for fault in reading.faults] == ["#nowhere: has no target"]


def test_a_broken_file_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    file = tmp_path / "broken.epub"
    file.write_bytes(b"PK\x03\x04 nothing")
    readings = read(
        [Job(file, Settings(engine, "pages", (320, 568), "day", 1.0)) for engine in ENGINES]
    )
    assert [{fault.kind for fault in reading.faults} for reading in readings] == [{"error"}] * 2
