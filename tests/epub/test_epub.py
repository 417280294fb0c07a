"""The sample's EPUB, read back with zipfile and lxml, and by EPUBCheck."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from publish.build import TARGETS, Outcome
from publish.check.epub.epubcheck import run_epubcheck
from publish.check.epub.fonts import check_fonts
from publish.check.epub.package import open_epub
from publish.check.structure import epub_outlines, manifest_outline
from publish.listing import LISTINGS

HTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


@pytest.fixture(scope="session")
def archive(sample: Outcome) -> zipfile.ZipFile:
    return zipfile.ZipFile(sample.files["epub"])


def documents(archive: zipfile.ZipFile) -> dict[str, etree._Element]:
    return {
        Path(name).stem: etree.fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }


def test_epubcheck_finds_nothing(sample: Outcome) -> None:
    assert run_epubcheck(sample.files["epub"], sample.project) == []


def test_mimetype_is_first_and_stored(archive: zipfile.ZipFile) -> None:
    first = archive.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert archive.read(first) == b"application/epub+zip"


def test_nav_ncx_and_headings_tell_the_manifest(sample: Outcome) -> None:
    outlines = epub_outlines(sample.files["epub"])
    wanted = manifest_outline(sample.project)
    assert [title for title, _ in wanted] == [
        "党派关注", "全会好声音", "热点建言", "委员说", "图片故事",
    ]  # fmt: skip
    assert outlines == {"nav": wanted, "NCX": wanted, "headings": wanted}


def test_landmarks(archive: zipfile.ZipFile) -> None:
    nav = documents(archive)["nav"]
    links = nav.xpath("//h:nav[@epub:type='landmarks']//h:a/@epub:type", namespaces=HTML)
    assert links == ["cover", "titlepage", "toc", "bodymatter", "colophon"]


def test_each_document_says_its_language(archive: zipfile.ZipFile) -> None:
    for root in documents(archive).values():
        assert root.get("lang") == "zh-Hans"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


def test_an_article_is_semantic(archive: zipfile.ZipFile) -> None:
    root = documents(archive)["elderly-care"]

    def texts(path: str) -> list[str]:
        return ["".join(e.itertext()) for e in root.xpath(path, namespaces=HTML)]

    assert texts("//h:article/h:header/h:hgroup/h:h1") == ["把养老床位安在自家窗下"]
    assert texts("//h:hgroup/h:p[@class='deck']")[0].startswith("——")
    assert len(texts("//h:h2[@class='crosshead']")) == 3
    assert texts("//h:a[@role='doc-noteref']") == ["①"]
    assert texts("//h:a[@role='doc-backlink']") == ["①"]
    assert len(root.xpath("//h:table//h:th[@scope='col']", namespaces=HTML)) == 3


def test_pictures_are_sized_for_screens(archive: zipfile.ZipFile) -> None:
    root = documents(archive)["great-cold"]
    figures = root.xpath("//h:figure[@role='figure'][h:figcaption]/h:img", namespaces=HTML)
    assert len(figures) == 2
    assert all(image.get("alt") for image in figures)
    for name in archive.namelist():
        if "/images/" in name:
            with Image.open(io.BytesIO(archive.read(name))) as image:
                assert max(image.size) <= 1600


def test_every_named_font_is_embedded(sample: Outcome, archive: zipfile.ZipFile) -> None:
    assert list(check_fonts(open_epub(sample.files["epub"]), ours=True)) == []
    fonts = [Path(name).name for name in archive.namelist() if "/fonts/" in name]
    assert fonts == ["hei-700.otf", "kai-400.ttf", "song-400.otf", "song-700.otf"]


def test_the_rare_name_has_its_glyph(archive: zipfile.ZipFile) -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(archive.read("EPUB/fonts/song-400.otf")))
    assert 0x2CC56 in font.getBestCmap()


def test_metadata(archive: zipfile.ZipFile) -> None:
    package = etree.fromstring(archive.read("EPUB/content.opf"))

    def values(path: str) -> list[str]:
        return [str(e.text) for e in package.xpath(path, namespaces=OPF)]

    assert values("//dc:title") == ["云汀政协报 2026年1月20日 第1203期"]
    assert values("//dc:language") == ["zh-Hans"]
    assert values("//dc:publisher") == ["云汀政协报社"]
    assert values("//dc:date") == ["2026-01-20"]
    assert values("//o:meta[@property='dcterms:modified']") == ["2026-01-20T00:00:00Z"]
    assert values("//o:meta[@property='belongs-to-collection']") == ["云汀政协报"]
    assert values("//o:meta[@property='group-position']") == ["1203"]
    assert "alternativeText" in values("//o:meta[@property='schema:accessibilityFeature']")
    assert values("//dc:identifier")[0].startswith("urn:uuid:")
    cover = package.xpath("//o:item[@properties='cover-image']/@href", namespaces=OPF)
    assert cover == ["images/cover.jpg"]


def test_same_input_same_bytes_elsewhere(project: Path, tmp_path: Path) -> None:
    made = []
    for name, zone in (("here", "UTC"), ("there", "Asia/Shanghai")):
        folder = tmp_path / name
        shutil.copytree(project, folder)
        command = [sys.executable, "-m", "publish", "build", str(folder), "--no-check"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TZ": zone})
        made.append({path.name: path.read_bytes() for path in (folder / "build").iterdir()})
    endings = [form.format("") for form in (TARGETS | LISTINGS).values()]
    assert set(made[0]) == {f"tiny-2026-01-20{ending}" for ending in endings}
    assert made[0] == made[1]
