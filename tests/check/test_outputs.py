"""Outputs that were changed after they were made, or made wrongly: each is noticed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publish.build import Outcome, build
from publish.check.epub.fonts import check_fonts
from publish.check.epub.package import open_epub
from publish.check.fidelity import check_text
from publish.check.pdf import check_pdf
from publish.check.run import check_thoroughly
from publish.check.structure import check_structure
from publish.diagnostics import Severity
from publish.errors import UsageError
from publish.manifest.reader import read_project
from publish.resources import resource

Edit = Callable[[str, str, str], None]


def publish(*words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publish", *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **surroundings}
    )


def changed(epub: Path, folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the EPUB with one text replaced in the one file whose name ends so."""
    copy = folder / epub.name
    with zipfile.ZipFile(epub) as source, zipfile.ZipFile(copy, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(name):
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(entry, content)
    return copy


# --- Text --------------------------------------------------------------------------------------


def test_one_lost_character_in_an_epub_is_named(sample: Outcome, tmp_path: Path) -> None:
    copy = changed(sample.files["epub"], tmp_path, "orange-bus.xhtml", "柑橘今年", "柑今年")
    (finding,) = check_text(copy, sample.project)
    assert finding.code == "text-lost"
    assert finding.file == "manuscript/proposals/orange-bus.md"
    assert finding.place == "orange-bus.xhtml"
    assert finding.message == (
        "yunting-2026-01-20.epub lost “橘” (U+6A58) after “9日讯望岫县的柑”; "
        "there stands “今年挂果好，滕远”"
    )


def test_an_article_missing_from_an_epub_is_named(sample: Outcome, tmp_path: Path) -> None:
    copy = changed(
        sample.files["epub"], tmp_path, "content.opf", '<itemref idref="doc-worn-soles"/>', ""
    )
    (finding,) = check_text(copy, sample.project)
    assert finding.file == "manuscript/comment/worn-soles.md"
    assert "lost “好” (U+597D)" in finding.message


@pytest.fixture(scope="module")
def old_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter's print PDF and its project, for tests that change the project afterwards."""
    folder = tmp_path_factory.mktemp("old") / "demo"
    assert publish("new", str(folder)).returncode == 0
    build(folder, targets=["print"])
    return folder


def test_a_pdf_that_is_older_than_its_manuscript_is_noticed(old_pdf: Path) -> None:
    manuscript = old_pdf / "manuscript" / "articles" / "second.md"
    before = manuscript.read_text(encoding="utf-8")
    manuscript.write_text(before.replace("接着排下去", "接着往下排"), encoding="utf-8")
    try:
        done = publish("check", "--project", str(old_pdf), "--format", "json")
    finally:
        manuscript.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["passed"] is False
    (finding,) = [found for found in report["findings"] if found["severity"] == "error"]
    assert (finding["code"], finding["file"]) == ("text-lost", "manuscript/articles/second.md")
    assert "lost “往” (U+5F80) after" in finding["message"]
    assert "there stands “排下去" in finding["message"]


def test_a_pdf_in_another_order_is_noticed(old_pdf: Path) -> None:
    manifest = old_pdf / "manuscript" / "manifest.yaml"
    before = manifest.read_text(encoding="utf-8")
    second, third = "      - articles/second.md\n", "      - articles/third.md\n"
    manifest.write_text(before.replace(second + third, third + second), encoding="utf-8")
    try:
        project, _ = read_project(old_pdf)
    finally:
        manifest.write_text(before, encoding="utf-8")
    (file,) = (old_pdf / "build").iterdir()
    (lost,) = check_text(file, project)
    assert lost.file == "manuscript/articles/second.md"
    (structure,) = check_structure(file, project)
    assert structure.message == (
        "the bookmarks of my-paper-2026-01-20-print.pdf tell another order than the manifest: "
        "“短稿可以放在同一个栏目” stands where “清单决定先后” is due"
    )


# --- Structure ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "toc.ncx",
            "让靠岸的船",
            "让离岸的船",
            "the NCX of yunting-2026-01-20.epub tell another order than the manifest: "
            "“让离岸的船用上岸上的电” stands where “让靠岸的船用上岸上的电” is due",
        ),
        (
            "nav.xhtml",
            '<li><a href="school-path.xhtml">给放学路留出一米五的从容</a></li>',
            "",
            "the nav of yunting-2026-01-20.epub tell another order than the manifest: "
            "“让山里的柑橘赶上头班车” stands where “给放学路留出一米五的从容” is due",
        ),
        (
            "text/s04.xhtml",
            ">委员说</h1>",
            ">委员讲</h1>",
            "the headings of yunting-2026-01-20.epub tell another order than the manifest: "
            "“委员讲” stands where “委员说” is due",
        ),
    ],
)
def test_each_outline_of_an_epub_is_compared(
    sample: Outcome, tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    copy = changed(sample.files["epub"], tmp_path, name, old, new)
    (finding,) = check_structure(copy, sample.project)
    assert finding.code == "structure-differs"
    assert finding.message == message


def test_bookmarks_that_lost_their_nesting_are_noticed(sample: Outcome, tmp_path: Path) -> None:
    copy = tmp_path / sample.files["print"].name
    with pikepdf.open(sample.files["print"]) as pdf:
        with pdf.open_outline() as outline:
            section = outline.root[1]
            outline.root.extend(section.children)
            section.children.clear()
        pdf.save(copy)
    (finding,) = check_structure(copy, sample.project)
    assert finding.message == (
        "the bookmarks of yunting-2026-01-20-print.pdf tell another order than the manifest: "
        "“热点建言” stands where “让靠岸的船用上岸上的电” is due"
    )


def test_made_not_passed(project: Path) -> None:
    """An error that loses no text: the new files are put in place, and the exit code is 1."""
    theme = project / "styles" / "newspaper"
    theme.mkdir(parents=True)
    css = resource("styles", "newspaper", "print.css").read_text(encoding="utf-8")
    (theme / "print.css").write_text(
        css + "\nh1.section-title { bookmark-level: none }\n", encoding="utf-8"
    )
    (project / "build").mkdir()
    made = project / "build" / "tiny-2026-01-20-print.pdf"
    made.write_bytes(b"the old PDF")
    done = publish("build", str(project), "--target", "print")
    assert done.returncode == 1
    assert "the bookmarks of tiny-2026-01-20-print.pdf tell another order" in done.stderr
    assert done.stderr.rstrip().endswith("made, not passed")
    assert made.read_bytes().startswith(b"%PDF")
    assert [path.name for path in (project / "build").iterdir()] == [made.name]


# --- Fonts and files -----------------------------------------------------------------------------


def test_a_font_an_epub_only_names_is_noticed(sample: Outcome, tmp_path: Path) -> None:
    copy = changed(
        sample.files["epub"], tmp_path, "epub.css", "html {", "h6 { font-family: SimSun } html {"
    )
    (finding,) = list(check_fonts(open_epub(copy), ours=True))
    assert finding.message == (
        "yunting-2026-01-20.epub: the font “SimSun” is named and not embedded"
    )
    assert finding.place == "EPUB/styles/epub.css"


def test_a_font_file_that_is_not_there_is_noticed(sample: Outcome, tmp_path: Path) -> None:
    copy = changed(
        sample.files["epub"], tmp_path, "epub.css", "../fonts/kai-400.ttf", "../fonts/kai.ttf"
    )
    found = list(check_fonts(open_epub(copy), ours=True))
    assert [one.code for one in found] == ["font-not-embedded", "font-unused"]
    assert "“EPUB/fonts/kai.ttf”" in found[0].message


def test_a_font_in_a_form_counts_too(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Times-Roman"),
        )
        form = pdf.make_stream(
            b"",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 1, 1],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=form))
        pdf.save(path)
    (finding,) = check_pdf(path)
    assert finding.message == "the font Times-Roman is not embedded in form.pdf"


def test_a_pdf_with_two_trim_sizes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(500, 700))
        pdf.add_blank_page(page_size=(400, 700))
        pdf.save(path)
    (finding,) = check_pdf(path)
    assert (finding.code, finding.severity) == ("page-sizes", Severity.WARNING)


def test_a_file_of_another_kind_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"a\.docx is neither an EPUB nor a PDF — name one"):
        check_thoroughly([tmp_path / "a.docx"])
    with pytest.raises(
        UsageError, match=r"there is no file .*b\.pdf — make it with: publish build"
    ):
        check_thoroughly([tmp_path / "b.pdf"])


def test_without_java_the_command_says_what_to_type(sample: Outcome) -> None:
    done = publish("check", str(sample.files["epub"]), PATH="/nowhere")
    assert done.returncode == 4
    assert "EPUBCheck needs a Java runtime, and there is none" in done.stderr
    assert "→ type: apt-get install default-jre-headless" in done.stderr
