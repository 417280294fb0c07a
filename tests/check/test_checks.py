"""The checks catch what they are for."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publish.build import TARGETS, Outcome, build
from publish.check.epub.epubcheck import run_epubcheck
from publish.check.fidelity import first_loss
from publish.check.pdf import check_pdf
from publish.check.run import check_pdf_quickly
from publish.check.structure import check_structure
from publish.errors import TextLostError
from publish.manifest.reader import read_project
from publish.resources import resource

Edit = Callable[[str, str, str], None]


def override(project: Path, name: str, old: str, new: str) -> None:
    """Give the project its own copy of one template of the theme, changed."""
    source = resource("styles", "newspaper", "layouts", name)
    target = project / "styles" / "newspaper" / "layouts" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("target", ["epub", "print"])
def test_a_template_that_loses_the_deck_fails_the_build(project: Path, target: str) -> None:
    build(project, targets=[target])
    before = [path.read_bytes() for path in (project / "build").iterdir()]
    override(project, "article.html", "——{{ article.deck | headline_lines }}", "——")
    with pytest.raises(TextLostError) as raised:
        build(project, targets=[target])
    (finding,) = raised.value.findings
    assert finding.file == "manuscript/one.md"
    assert "lost “三” (U+4E09) after “路修到家门口——”" in finding.message
    assert [path.read_bytes() for path in (project / "build").iterdir()] == before


def test_first_loss_names_the_character() -> None:
    loss = first_loss("甲乙丙丁", "序甲乙丁")
    assert (loss.before, loss.character, loss.found) == ("甲乙", "丙", "丁")


def test_epubcheck_messages_name_the_manuscript_and_line(project: Path) -> None:
    override(project, "blocks.html", "<p{{ place(block) }}>", '<p{{ place(block) }} bad="1">')
    outcome = build(project, targets=["epub"])
    findings = run_epubcheck(outcome.files["epub"], outcome.project)
    places = [(finding.file, finding.line) for finding in findings]
    assert ("manuscript/one.md", 9) in places
    assert ("manuscript/one.md", 13) in places
    assert all(finding.code == "epubcheck-RSC-005" for finding in findings)


def test_a_changed_nav_is_noticed(sample: Outcome, tmp_path: Path) -> None:
    changed = tmp_path / "changed.epub"
    with (
        zipfile.ZipFile(sample.files["epub"]) as source,
        zipfile.ZipFile(changed, "w") as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("nav.xhtml"):
                content = content.replace("委员说".encode(), "委员讲".encode())
            target.writestr(entry, content)
    (finding,) = check_structure(changed, sample.project)
    assert finding.code == "structure-differs"
    assert "“委员讲” stands where “委员说” is due" in finding.message


def test_an_unembedded_font_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        pdf.save(path)
    (finding,) = check_pdf(path)
    assert finding.message == "the font Helvetica is not embedded in plain.pdf"
    assert finding.place == "page 1"


def test_a_font_borrowed_from_the_system_is_noticed(project: Path) -> None:
    styles = project / "styles" / "newspaper"
    styles.mkdir(parents=True)
    css = resource("styles", "newspaper", "print.css").read_text(encoding="utf-8")
    (styles / "print.css").write_text(css + "\nstrong { font-family: 'Noto Sans Mono CJK SC' }\n")
    outcome = build(project, targets=["print"])
    findings = check_pdf_quickly(outcome.files["print"], outcome.project)
    assert [finding.code for finding in findings] == ["font-borrowed"]


def test_a_file_that_is_no_pdf_is_said_to_be_broken(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_text("no", encoding="utf-8")
    (finding,) = check_pdf(path)
    assert finding.code == "pdf-broken"


def test_the_projects_order_is_the_outputs(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "title: 要闻", "title: 甲")
    shutil.copy(project / "manuscript" / "one.md", project / "manuscript" / "zero.md")
    edit("manifest.yaml", "[one.md]", "[zero.md, one.md]")
    edit("zero.md", "headline: 把路修到家门口", "headline: 先来的")
    outcome = build(project)
    read, _ = read_project(project)
    for target in TARGETS:
        assert check_structure(outcome.files[target], read) == []
