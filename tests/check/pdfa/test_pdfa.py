"""The archive PDF, and faults planted in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from publish.build import Outcome
from publish.check.pdfa import RULES, check_pdfa, claims_pdfa

PLANTS: dict[str, Callable[[Pdf], None]] = {}


def plant(code: str) -> Callable[[Callable[[Pdf], None]], Callable[[Pdf], None]]:
    def named(function: Callable[[Pdf], None]) -> Callable[[Pdf], None]:
        PLANTS[f"pdfa-{code}"] = function
        return function

    return named


def put(pdf: Pdf, thing: object) -> None:
    pdf.Root.Planted = thing


@plant("filters")
def _(pdf: Pdf) -> None:
    nothing = pdf.make_stream(b"")
    nothing.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)
    put(pdf, nothing)


@plant("external")
def _(pdf: Pdf) -> None:
    put(pdf, pdf.make_stream(b"", F="elsewhere.bin"))


@plant("identification")
def _(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:conformance"] = "B"


@plant("intent")
def _(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@plant("transfer")
def _(pdf: Pdf) -> None:
    state = Dictionary(TR2=Name.Identity)
    pdf.pages[0].add_resource(state, Name.ExtGState, Name.Planted)


@plant("alternates")
def _(pdf: Pdf) -> None:
    put(pdf, pdf.make_stream(b"", Subtype=Name.Image, Alternates=Array([])))


@plant("opi")
def _(pdf: Pdf) -> None:
    put(pdf, pdf.make_stream(b"", Subtype=Name.Form, OPI=Dictionary()))


@plant("interpolate")
def _(pdf: Pdf) -> None:
    put(pdf, pdf.make_stream(b"", Subtype=Name.Image, Interpolate=True))


@plant("postscript")
def _(pdf: Pdf) -> None:
    put(pdf, pdf.make_stream(b"", Subtype=Name.PS))


@plant("font")
def _(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    put(pdf, pdf.make_indirect(font))


@plant("text")
def _(pdf: Pdf) -> None:
    fonts = pdf.pages[0].obj.Resources.Font
    del fonts[sorted(fonts.keys())[0]].ToUnicode


@plant("annotations")
def _(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].F = 2


@plant("actions")
def _(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


@plant("attachments")
def _(pdf: Pdf) -> None:
    pdf.attachments["note.txt"] = b"a note"


@plant("layers")
def _(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary(AS=Array([])))


def codes(file: Path) -> set[str]:
    return {finding.code for finding in check_pdfa(file)}


def test_the_sample_has_nothing(sample: Outcome) -> None:
    assert claims_pdfa(sample.files["archive"])
    assert check_pdfa(sample.files["archive"]) == []


def test_it_has_the_same_pages_as_the_one_for_screens(sample: Outcome) -> None:
    texts = []
    for target in ("screen", "archive"):
        with pikepdf.open(sample.files[target]) as pdf:
            texts.append([one.read_bytes() for page in pdf.pages for one in page.Contents])
    assert texts[0] == texts[1]


@pytest.mark.parametrize("code", sorted(PLANTS))
def test_a_planted_fault(code: str, sample: Outcome, tmp_path: Path) -> None:
    as_it_is = pikepdf.StreamDecodeLevel.none
    with pikepdf.open(sample.files["archive"]) as pdf:
        PLANTS[code](pdf)
        pdf.save(tmp_path / "planted.pdf", stream_decode_level=as_it_is, compress_streams=False)
    assert codes(tmp_path / "planted.pdf") == {code}


def test_faults_of_the_file(sample: Outcome, tmp_path: Path) -> None:
    with pikepdf.open(sample.files["archive"]) as pdf:
        pdf.save(tmp_path / "later.pdf", force_version="2.0")
        lock = pikepdf.Encryption(owner="owner", user="", R=4)
        pdf.save(tmp_path / "locked.pdf", encryption=lock)
        del pdf.Root.Metadata
        pdf.save(tmp_path / "bare.pdf")
    content = sample.files["archive"].read_bytes()
    at = content.rfind(b"/ID")
    (tmp_path / "anonymous.pdf").write_bytes(content[:at] + b"/IE" + content[at + 3 :])
    assert codes(tmp_path / "later.pdf") == {"pdfa-version"}
    assert "pdfa-encrypted" in codes(tmp_path / "locked.pdf")
    assert codes(tmp_path / "bare.pdf") == {"pdfa-metadata", "pdfa-identification"}
    assert codes(tmp_path / "anonymous.pdf") == {"pdfa-identifier"}


def test_every_rule_has_its_fault() -> None:
    others = {"encrypted", "version", "identifier", "metadata"}
    assert {rule.code for rule in RULES} == set(PLANTS) | {f"pdfa-{one}" for one in others}
