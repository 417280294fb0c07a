"""The tagged PDF: what our rules, and another's, find in it and in faults planted there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from publish.build import Outcome, build
from publish.check.ua import RULES, check_ua
from publish.check.ua.run import tagged_texts
from publish.check.ua.structure import Element, Tagged

Edit = Callable[[str, str, str], None]
PLANTS: dict[str, tuple[Callable[[Pdf], None], frozenset[str]]] = {}


def plant(code: str, *others: str) -> Callable[[Callable[[Pdf], None]], Callable[[Pdf], None]]:
    """Name the rule that catches a fault, and those that find it too."""

    def named(function: Callable[[Pdf], None]) -> Callable[[Pdf], None]:
        PLANTS[f"ua-{code}"] = function, frozenset(f"ua-{one}" for one in others)
        return function

    return named


def first(pdf: Pdf, name: str) -> Element:
    return next(element for element in Tagged(pdf).elements if element.name == name)


def codes(file: Path) -> set[str]:
    return {finding.code for finding in check_ua(file, None)} - {"ua-person"}


# Without a tree all its content and links hang in the air.
@plant("untagged", "parent-tree", "links")
def _(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@plant("not-marked")
def _(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


@plant("suspects")
def _(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@plant("content-bare")
def _(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"q 0 0 9 9 re f Q"))


@plant("content-mixed")
def _(pdf: Pdf) -> None:
    extra = b"/Artifact BMC /P <</MCID 0>> BDC 0 0 9 9 re f EMC EMC"
    pdf.pages[0].contents_add(pdf.make_stream(extra))


@plant("parent-tree")
def _(pdf: Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1], numbers[3] = numbers[3], numbers[1]


@plant("roles")
def _(pdf: Pdf) -> None:
    first(pdf, "BlockQuote").obj.S = Name.Speech


@plant("nesting")
def _(pdf: Pdf) -> None:
    first(pdf, "TR").obj.S = Name.P


@plant("headings")
def _(pdf: Pdf) -> None:
    first(pdf, "H2").obj.S = Name.H4


@plant("headings-mixed")
def _(pdf: Pdf) -> None:
    first(pdf, "H3").obj.S = Name.H


@plant("alternative")
def _(pdf: Pdf) -> None:
    del first(pdf, "Figure").obj.Alt


@plant("scope")
def _(pdf: Pdf) -> None:
    del first(pdf, "TH").obj.A


@plant("notes")
def _(pdf: Pdf) -> None:
    del first(pdf, "Note").obj.ID


@plant("language")
def _(pdf: Pdf) -> None:
    del pdf.Root.Lang


@plant("title")
def _(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["dc:title"]


@plant("title-shown")
def _(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


@plant("identification")
def _(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["{http://www.aiim.org/pdfua/ns/id/}part"]


@plant("tab-order")
def _(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Tabs


@plant("links")
def _(pdf: Pdf) -> None:
    first(pdf, "Link").obj.S = Name.Span


@plant("link-words")
def _(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Annots[0].Contents


@plant("fonts")
def _(pdf: Pdf) -> None:
    fonts = pdf.pages[0].obj.Resources.Font
    del fonts[sorted(fonts.keys())[0]].ToUnicode


@plant("reference")
def _(pdf: Pdf) -> None:
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    form.Ref = Dictionary(F="other.pdf", Page=0)
    pdf.Root.Planted = form


def test_the_sample_has_nothing(sample: Outcome) -> None:
    found = check_ua(sample.files["screen"], sample.project)
    assert [finding.code for finding in found] == ["ua-person"]


def test_every_rule_has_its_fault() -> None:
    assert {rule.code for rule in RULES} == set(PLANTS) | {"ua-encrypted"}


@pytest.mark.parametrize("code", sorted(PLANTS))
def test_a_planted_fault(code: str, sample: Outcome, tmp_path: Path) -> None:
    fault, others = PLANTS[code]
    with pikepdf.open(sample.files["screen"]) as pdf:
        fault(pdf)
        pdf.save(tmp_path / "planted.pdf")
    assert codes(tmp_path / "planted.pdf") == {code} | others


def test_a_screen_reader_shut_out(sample: Outcome, tmp_path: Path) -> None:
    with pikepdf.open(sample.files["screen"]) as pdf:
        shut = pikepdf.Permissions(accessibility=False, extract=False)
        lock = pikepdf.Encryption(
            owner="owner", user="", R=3, aes=False, metadata=False, allow=shut
        )
        pdf.save(tmp_path / "planted.pdf", encryption=lock)
    assert codes(tmp_path / "planted.pdf") == {"ua-encrypted"}


def test_another_validator_finds_nothing(sample: Outcome) -> None:
    command = [sys.executable, "-m", "pdfua", "check", str(sample.files["screen"])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_an_article_over_two_pages_is_read_as_one(project: Path, edit: Edit) -> None:
    long = "\n\n".join(f"第{number}段，写得很长。" * 12 for number in range(60))
    edit("one.md", "第二段。", long)
    outcome = build(project, targets=["screen"])
    found = check_ua(outcome.files["screen"], outcome.project)
    assert [finding.code for finding in found] == ["ua-person"]
    with pikepdf.open(outcome.files["screen"]) as pdf:
        article = first(pdf, "Art")
        assert len({page for one in article.kids for page, _ in one.marks}) > 1


def test_text_that_is_moved_is_told(sample: Outcome, tmp_path: Path) -> None:
    with pikepdf.open(sample.files["screen"]) as pdf:
        kids = first(pdf, "Art").obj.K
        last = len(kids) - 3
        kids[2], kids[last] = kids[last], kids[2]
        pdf.save(tmp_path / "planted.pdf")
    found = check_ua(tmp_path / "planted.pdf", sample.project)
    assert "ua-order" in {finding.code for finding in found}


def test_another_language_in_a_paragraph_is_said(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", "第二段，[Hello world]{lang=en}，完。")
    outcome = build(project, targets=["screen"])
    with pikepdf.open(outcome.files["screen"]) as pdf:
        span = next(e for e in Tagged(pdf).elements if str(e.obj.get("/Lang", "")) == "en")
    assert tagged_texts(outcome.files["screen"], [span]) == ["Helloworld"]


def test_the_dots_of_contents_are_not_read(sample: Outcome) -> None:
    with pikepdf.open(sample.files["screen"]) as pdf:
        contents = [e for e in Tagged(pdf).elements if e.name == "Sect"][:1]
        text = tagged_texts(sample.files["screen"], contents)[0]
    assert "把养老床位安在自家窗下2" in text
    assert "··" not in text
