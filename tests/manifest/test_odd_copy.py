"""Copy that is odd, not wrong: it gets a finding with file, line and mend, or is made right."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from publish.build import build
from publish.check.epub.epubcheck import run_epubcheck
from publish.diagnostics import Finding, Severity
from publish.errors import InputError
from publish.manifest.reader import read_project

Edit = Callable[[str, str, str], None]


def found(project: Path) -> list[Finding]:
    try:
        return read_project(project)[1]
    except InputError as error:
        return list(error.findings)


ODD = {
    "a crosshead that skips a level": ("## 小标题", "### 小标题", "crosshead-level", 11),
    "a link to no article of the issue": ("第二段。", "见[别处](tow.md)。", "link-nowhere", 13),
    "a private-use character": ("第二段。", "第\ue123段。", "text-private", 13),
    "a control character": ("第二段。", "第\x07段。", "text-control", 13),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_told_with_its_line_and_mend(project: Path, edit: Edit, name: str) -> None:
    old, new, code, line = ODD[name]
    edit("one.md", old, new)
    (finding,) = found(project)
    assert (finding.code, finding.file, finding.line) == (code, "manuscript/one.md", line)
    assert finding.hint
    if code == "link-nowhere":
        assert finding.hint == "did you mean “two.md”?"


def test_levels_go_down_one_by_one_in_the_book(project: Path, edit: Edit) -> None:
    edit("one.md", "## 小标题\n", "#### 深\n\n段。\n\n### 又深\n\n段。\n\n#### 更深\n")
    assert [one.code for one in found(project)] == ["crosshead-level"]
    made = build(project, targets=["epub"])
    with zipfile.ZipFile(made.files["epub"]) as archive:
        tree = etree.fromstring(archive.read("EPUB/text/one.xhtml"))
    levels = [str(e.tag)[-2:] for e in tree.iter() if str(e.tag)[-2:] in ("h1", "h2", "h3", "h4")]
    assert levels == ["h1", "h2", "h3", "h3"]


def test_the_same_headline_twice(project: Path, edit: Edit) -> None:
    text = (project / "manuscript" / "one.md").read_text(encoding="utf-8")
    (project / "manuscript" / "three.md").write_text(text, encoding="utf-8")
    edit("manifest.yaml", "[one.md]", "[one.md, three.md]")
    (finding,) = found(project)
    assert (finding.code, finding.file, finding.line) == (
        "headline-twice",
        "manuscript/three.md",
        3,
    )
    assert run_epubcheck(build(project, targets=["epub"]).files["epub"]) == []


@pytest.mark.parametrize(("kind", "ending"), [("WEBP", "webp"), ("AVIF", "avif"), ("GIF", "gif")])
def test_pictures_that_presses_and_readers_do_not_know_are_converted(
    project: Path, edit: Edit, kind: str, ending: str
) -> None:
    picture = Image.linear_gradient("L").convert("RGB")
    picture.save(project / "manuscript" / "images" / f"red.{ending}", kind)
    (project / "manuscript" / "images" / "red.jpg").unlink()
    edit("two.md", "red.jpg", f"red.{ending}")
    made = build(project, targets=["epub", "print"], check=True)
    assert made.findings == [] and made.checked == []
    with zipfile.ZipFile(made.files["epub"]) as archive:
        (name,) = [n for n in archive.namelist() if "/picture-" in n]
        with Image.open(io.BytesIO(archive.read(name))) as shown:
            assert shown.format == "JPEG"


def test_a_picture_that_moves_stands_still_and_that_is_said(project: Path, edit: Edit) -> None:
    images = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    file = project / "manuscript" / "images" / "red.gif"
    images[0].save(file, save_all=True, append_images=images[1:])
    (project / "manuscript" / "images" / "red.jpg").unlink()
    edit("two.md", "red.jpg", "red.gif")
    (finding,) = found(project)
    assert (finding.code, finding.line) == ("picture-animated", 4)
    made = build(project, targets=["epub"])
    with zipfile.ZipFile(made.files["epub"]) as archive:
        (name,) = [n for n in archive.namelist() if "/picture-" in n]
        with Image.open(io.BytesIO(archive.read(name))) as shown:
            assert not getattr(shown, "is_animated", False)
            red, _, blue = shown.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
            assert red > 200 > blue


def test_a_drawing_with_a_script_is_refused(project: Path, edit: Edit) -> None:
    file = project / "manuscript" / "images" / "red.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    edit("two.md", "red.jpg", "red.svg")
    findings = [one for one in found(project) if one.severity is Severity.ERROR]
    assert [(one.code, one.file, one.line) for one in findings] == [
        ("picture-kind", "manuscript/two.md", 4)
    ]


def test_a_picture_with_a_caption_and_no_text(project: Path, edit: Edit) -> None:
    edit("two.md", "![一块红]", "![]")
    (finding,) = found(project)
    assert (finding.code, finding.file, finding.line) == ("alt-missing", "manuscript/two.md", 4)
    with zipfile.ZipFile(build(project, targets=["epub"]).files["epub"]) as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert "alternativeText" not in package and "部分图片没有替代文字" in package


def test_decoration_is_marked_as_such(project: Path, edit: Edit) -> None:
    edit(
        "two.md",
        "![一块红](images/red.jpg)\n一块红，四四方方。\n某某 绘\n",
        "![装饰](images/red.jpg)\n\n一块红。\n",
    )
    assert found(project) == []
    with zipfile.ZipFile(build(project, targets=["epub"]).files["epub"]) as archive:
        tree = etree.fromstring(archive.read("EPUB/text/two.xhtml"))
    (picture,) = tree.iterfind(".//{http://www.w3.org/1999/xhtml}img")
    assert (picture.get("alt"), picture.get("role")) == ("", "presentation")


def test_a_paragraph_of_five_megabytes(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", "一行接一行地往下写，" * 174_000)
    made = build(project, targets=["epub"])
    with zipfile.ZipFile(made.files["epub"]) as archive:
        assert len(archive.read("EPUB/text/one.xhtml")) > 5_000_000


@pytest.mark.parametrize("name", ["nav.md", "cover.md", "s01.md", "title-page.md"])
def test_an_article_may_have_any_name(project: Path, edit: Edit, name: str) -> None:
    (project / "manuscript" / "one.md").rename(project / "manuscript" / name)
    edit("manifest.yaml", "one.md", name)
    assert run_epubcheck(build(project, targets=["epub"]).files["epub"]) == []
