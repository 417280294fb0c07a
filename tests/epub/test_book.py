"""The EPUB as a package: nothing points nowhere, nothing lies about, nothing is lost."""

from __future__ import annotations

import io
import os
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
import yaml
from lxml import etree
from PIL import Image
from raw_manuscript import first_missing, pieces

from publish.build import Outcome, build
from publish.check.epub.epubcheck import run_epubcheck
from publish.check.epub.fonts import check_fonts
from publish.check.epub.package import open_epub
from publish.fonts.obfuscation import obfuscated

ROOT = Path(__file__).parents[2]
HTML = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}
OPF = {"o": "http://www.idpf.org/2007/opf"}
NCX = {"n": "http://www.daisy.org/z3986/2005/ncx/"}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

Edit = Callable[[str, str, str], None]


@pytest.fixture(scope="module")
def archive(sample: Outcome) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(sample.files["epub"]) as opened:
        yield opened


def package(archive: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(archive.read("EPUB/content.opf"))


def spine(archive: zipfile.ZipFile) -> list[str]:
    opf = package(archive)
    hrefs = {item.get("id"): item.get("href") for item in opf.iterfind(".//o:item", OPF)}
    return [hrefs[item.get("idref")] for item in opf.iterfind(".//o:itemref", OPF)]


def document(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(f"EPUB/text/{name}.xhtml"))


def sample_manifest() -> dict[str, object]:
    text = (ROOT / "manuscript" / "manifest.yaml").read_text(encoding="utf-8")
    manifest: dict[str, object] = yaml.safe_load(text)
    return manifest


# --- The package -------------------------------------------------------------------------------


def test_the_package_names_each_file_once(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    assert len(names) == len(set(names))
    items = [f"EPUB/{item.get('href')}" for item in package(archive).iterfind(".//o:item", OPF)]
    apart = {"mimetype", "META-INF/container.xml", "EPUB/content.opf"}
    assert sorted(items) == sorted(set(names) - apart)


def test_the_zip_knows_no_clock_and_no_machine(archive: zipfile.ZipFile) -> None:
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.extra for entry in archive.infolist()} == {b""}


def test_the_spine_is_the_manifests_order(archive: zipfile.ZipFile) -> None:
    expected = ["cover", "title-page", "nav"]
    for number, section in enumerate(sample_manifest()["sections"], start=1):  # type: ignore[arg-type,var-annotated]
        expected += [f"s{number:02d}", *(Path(file).stem for file in section["articles"])]
    assert spine(archive) == [f"text/{name}.xhtml" for name in [*expected, "colophon"]]


def test_nav_and_ncx_lead_to_the_same_documents(archive: zipfile.ZipFile) -> None:
    nav = document(archive, "nav").xpath("//h:nav[@e:type='toc']//h:a/@href", namespaces=HTML)
    ncx = etree.fromstring(archive.read("EPUB/toc.ncx"))
    targets = ncx.xpath("//n:navPoint/n:content/@src", namespaces=NCX)
    assert [f"text/{href}" for href in nav] == targets == spine(archive)[3:-1]


def test_the_ncx_numbers_its_points_in_order(archive: zipfile.ZipFile) -> None:
    ncx = etree.fromstring(archive.read("EPUB/toc.ncx"))
    ids = ncx.xpath("//n:navPoint/@id", namespaces=NCX)
    assert len(ids) == len(set(ids)) == 13
    orders = [int(order) for order in ncx.xpath("//n:navPoint/@playOrder", namespaces=NCX)]
    assert orders == sorted(orders)
    uid = ncx.xpath("string(//n:meta[@name='dtb:uid']/@content)", namespaces=NCX)
    assert uid == package(archive).xpath("string(//*[@id='id'])")


def test_every_link_and_picture_leads_somewhere(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    trees = {name: etree.fromstring(archive.read(name)) for name in names if name[-6:] == ".xhtml"}
    ids = {name: tree.xpath("//@id") for name, tree in trees.items()}
    for name, tree in trees.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for target in tree.xpath("//@href[not(starts-with(., 'https://'))] | //@src"):
            path, fragment = urldefrag(target)
            assert "://" not in path, f"{name} borrows {target}"
            folder = posixpath.dirname(name)
            goal = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else name
            assert goal in names, f"{name} links to {target}"
            assert not fragment or fragment in ids[goal], f"{name} links to {target}"


# --- The documents -----------------------------------------------------------------------------


def test_each_document_has_one_first_heading_and_a_title(archive: zipfile.ZipFile) -> None:
    for name in spine(archive):
        tree = etree.fromstring(archive.read(f"EPUB/{name}"))
        assert tree.xpath("string(//h:title)", namespaces=HTML)
        levels = [int(h.tag[-1]) for h in tree.iter() if str(h.tag)[-2:] in ("h1", "h2", "h3")]
        assert levels.count(1) == (name != "text/cover.xhtml"), name
        assert levels == sorted(levels), name


def test_parts_have_their_roles(archive: zipfile.ZipFile) -> None:
    def roles(name: str) -> list[tuple[str, str]]:
        tree = document(archive, name)
        return [
            (element.get(EPUB_TYPE) or "", element.get("role"))
            for element in tree.iter()
            if element.get("role")
        ]

    assert roles("cover") == [("", "doc-cover")]
    assert roles("nav") == [("toc", "doc-toc"), ("page-list", "doc-pagelist")]
    assert roles("s01") == [("pagebreak", "doc-pagebreak"), ("part", "doc-part")]
    assert roles("colophon") == [("colophon", "doc-colophon")]
    assert roles("great-cold") == [("", "figure"), ("", "figure")]
    assert roles("elderly-care") == [
        ("noteref", "doc-noteref"), ("endnotes", "doc-endnotes"), ("footnote", "doc-footnote"),
        ("", "doc-backlink"),
    ]  # fmt: skip


def test_a_note_and_its_call_lead_to_each_other(archive: zipfile.ZipFile) -> None:
    tree = document(archive, "elderly-care")
    (call,) = tree.xpath("//h:a[@role='doc-noteref']", namespaces=HTML)
    (back,) = tree.xpath("//h:a[@role='doc-backlink']", namespaces=HTML)
    (note,) = tree.xpath("//*[@e:type='footnote']", namespaces=HTML)
    assert call.get("href") == f"#{note.get('id')}"
    assert back.get("href") == f"#{call.get('id')}"


def test_kicker_and_byline_stand_with_the_headline(archive: zipfile.ZipFile) -> None:
    tree = document(archive, "orange-bus")
    (group,) = tree.xpath("//h:article/h:header/h:hgroup", namespaces=HTML)
    assert ["".join(child.itertext()) for child in group] == [
        "滕远山委员建议：", "让山里的柑橘赶上头班车",
    ]  # fmt: skip
    names = tree.xpath("//h:p[@class='byline']//h:span[@class='name']/text()", namespaces=HTML)
    assert names == ["罗既白", "何珺", "蓝雨田"]


@pytest.mark.parametrize("file", sorted(p.name for p in (ROOT / "manuscript").glob("*/*.md")))
def test_the_text_is_the_manuscripts(archive: zipfile.ZipFile, file: str) -> None:
    (path,) = (ROOT / "manuscript").glob(f"*/{file}")
    text = "".join(document(archive, path.stem).find("h:body", HTML).itertext())  # type: ignore[union-attr]
    assert first_missing(pieces(path), text) is None


# --- Cover, pictures and fonts -----------------------------------------------------------------


def test_the_cover_is_a_picture_of_its_size(archive: zipfile.ZipFile) -> None:
    with Image.open(io.BytesIO(archive.read("EPUB/images/cover.jpg"))) as cover:
        assert (cover.format, cover.mode, cover.size) == ("JPEG", "RGB", (1200, 1600))
        assert len(cover.resize((40, 40)).getcolors(1600) or []) > 100


def test_the_fonts_hold_every_character_of_the_text(archive: zipfile.ZipFile) -> None:
    from fontTools.ttLib import TTFont

    held: set[int] = set()
    for name in archive.namelist():
        if "/fonts/" in name:
            held |= set(TTFont(io.BytesIO(archive.read(name))).getBestCmap())
    text = "".join(
        "".join(etree.fromstring(archive.read(f"EPUB/{name}")).itertext())
        for name in spine(archive)
    )
    assert {c for c in text if ord(c) not in held and not c.isspace()} == set()


@pytest.fixture
def pictured(project: Path, edit: Edit) -> Callable[[Image.Image, str], Image.Image]:
    """Put a picture into the tiny project, build the EPUB, and give the picture back from it."""

    def through(image: Image.Image, name: str, **options: object) -> Image.Image:
        image.save(project / "manuscript" / "images" / name, **options)  # type: ignore[arg-type]
        edit("two.md", "images/red.jpg", f"images/{name}")
        outcome = build(project, targets=["epub"])
        with zipfile.ZipFile(outcome.files["epub"]) as made:
            (picture,) = [n for n in made.namelist() if "/images/picture" in n]
            return Image.open(io.BytesIO(made.read(picture)))

    return through


def test_a_large_picture_is_scaled(pictured: Callable[..., Image.Image]) -> None:
    found = pictured(Image.new("RGB", (3200, 800), "green"), "wide.png")
    assert (found.format, found.size) == ("JPEG", (1600, 400))


def test_a_small_picture_is_not_blown_up(pictured: Callable[..., Image.Image]) -> None:
    assert pictured(Image.new("RGB", (50, 40)), "small.png").size == (50, 40)


def test_a_press_picture_in_cmyk_becomes_rgb(pictured: Callable[..., Image.Image]) -> None:
    found = pictured(Image.new("CMYK", (50, 40), (0, 255, 255, 0)), "press.jpg")
    assert found.mode == "RGB"
    red, green, blue = found.getpixel((20, 20))  # type: ignore[misc]
    assert red > 150 > 100 > max(green, blue)


def test_a_camera_turned_on_its_side_is_set_upright(pictured: Callable[..., Image.Image]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° to the right
    found = pictured(Image.new("RGB", (60, 40)), "turned.jpg", exif=exif)
    assert found.size == (40, 60)
    assert 0x0112 not in found.getexif()


def test_transparency_is_kept(pictured: Callable[..., Image.Image]) -> None:
    found = pictured(Image.new("RGBA", (50, 40), (255, 0, 0, 0)), "clear.png")
    assert (found.format, found.mode) == ("PNG", "RGBA")


# --- Links between pieces, and the same bytes ----------------------------------------------------


def test_a_link_to_a_manuscript_leads_to_its_document(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", "见[那幅画](two.md)和[网页](https://example.org/)。")
    outcome = build(project, targets=["epub"])
    with zipfile.ZipFile(outcome.files["epub"]) as made:
        links = document(made, "one").xpath(
            "//h:article//h:p/h:a[not(@role)]/@href", namespaces=HTML
        )
    assert links == ["two.xhtml", "https://example.org/"]


def test_the_sample_is_the_same_bytes_in_another_place_and_tongue(
    sample: Outcome, tmp_path: Path
) -> None:
    """Both targets: another folder, time zone, locale, hash seed, and file times."""
    shutil.copytree(
        ROOT / "manuscript", tmp_path / "issue" / "manuscript", copy_function=shutil.copy
    )
    surroundings = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "publish", "build", str(tmp_path / "issue"), "--no-check"]
    subprocess.run(command, check=True, capture_output=True, env=surroundings)
    for file in sample.files.values():
        assert (tmp_path / "issue" / "build" / file.name).read_bytes() == file.read_bytes()


def test_the_moment_may_be_given(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    outcome = build(project, targets=["epub"])
    with zipfile.ZipFile(outcome.files["epub"]) as made:
        assert package(made).xpath(
            "string(//o:meta[@property='dcterms:modified'])", namespaces=OPF
        ) == ("2023-11-14T22:13:20Z")


# --- Fonts: whose they are -----------------------------------------------------------------------


def with_theme(project: Path, old: str, new: str) -> None:
    theme = (ROOT / "styles" / "newspaper" / "theme.yaml").read_text(encoding="utf-8")
    assert old in theme
    own = project / "styles" / "newspaper"
    own.mkdir(parents=True, exist_ok=True)
    (own / "theme.yaml").write_text(theme.replace(old, new), encoding="utf-8")


def test_a_book_may_leave_fonts_to_the_reader(project: Path) -> None:
    with_theme(project, "fonts: otf ", "fonts: none ")
    made = build(project, targets=["epub"])
    with zipfile.ZipFile(made.files["epub"]) as archive:
        assert not [name for name in archive.namelist() if "font" in name]
        sheet = archive.read("EPUB/styles/epub.css").decode()
    assert "@font-face" not in sheet
    assert {name.strip() for name in re.findall(r"font-family:([^;]+);", sheet)} == {
        "serif", "sans-serif", "inherit",
    }  # fmt: skip
    assert run_epubcheck(made.files["epub"]) == []


def test_obfuscated_fonts_are_of_use_in_the_book_alone(project: Path) -> None:
    plain = build(project, targets=["epub"]).files["epub"]
    with zipfile.ZipFile(plain) as archive:
        fonts = {name: archive.read(name) for name in archive.namelist() if "/fonts/" in name}
    with_theme(project, "obfuscate: false", "obfuscate: true")
    made = build(project, targets=["epub"]).files["epub"]
    epub = open_epub(made)
    assert len(fonts) > 1
    for name, content in fonts.items():
        hidden = epub.read(name)
        assert hidden is not None and hidden[:1040] != content[:1040]
        assert hidden[1040:] == content[1040:]
        assert obfuscated(hidden, epub.identifier) == content
    assert list(check_fonts(epub, ours=True)) == []
    assert run_epubcheck(made) == []
