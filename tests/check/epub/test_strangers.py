"""EPUBs that others made: each planted fault is found by its own rule, and nothing stops us."""
# ruff: noqa: E501 - a table of faults, a line a fault

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from books import CLEAN_METADATA, STYLED, book, document, font, packed
from PIL import Image

from publish.check.epub.package import open_epub
from publish.check.epub.person import to_look_at
from publish.check.epub.run import inside
from publish.check.epub.size import weights
from publish.diagnostics import Severity
from publish.errors import InputError
from publish.fonts.obfuscation import ALGORITHM, obfuscated


def codes(path: Path, *, ours: bool = False) -> list[str]:
    """Return what is found, but for the note that no font is embedded: most have none here."""
    found = [found.code for found in inside(open_epub(path), ours=ours)]
    return [code for code in found if code != "font-none"]


def picture(kind: str, size: tuple[int, int] = (40, 30), frames: int = 1) -> bytes:
    written = io.BytesIO()
    images = [Image.new("RGB", size, (n * 40 % 255, 0, 0)) for n in range(frames)]
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(written, kind, **more)
    return written.getvalue()


def css(*families: str, face: str = '@font-face { font-family: "A"; src: url(a.ttf); }') -> str:
    return f"{face} body {{ font-family: {', '.join(families)}; }}"


TWO = document("<h1>二</h1><p>丁</p>", STYLED)
ONE = document("<h1>一</h1><p>甲乙丙</p>", STYLED)
TEXT = "一二甲乙丙丁"
PAGES = '<nav epub:type="page-list"><ol>{}</ol></nav>'
MARKED = document(
    '<h1>一</h1><p><span role="doc-pagebreak" id="p1" aria-label="1"/>甲'
    '<span role="doc-pagebreak" id="p2" aria-label="2"/>乙丙</p>'
)
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint id="a"><navLabel>'
    '<text>一</text></navLabel><content src="{}"/></navPoint></navMap></ncx>'
)


def feature(name: str) -> dict[str, Any]:
    return {"metadata": CLEAN_METADATA.replace("structuralNavigation", name)}


def link(label: str, href: str) -> str:
    return f'<li><a href="{href}">{label}</a></li>'


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "a family that is not embedded": (
        "font-not-embedded",
        {"files": {"style.css": css("SimSun", "serif", face=""), "one.xhtml": ONE}},
    ),
    "a font file that is not there": ("font-not-embedded", {"files": {"style.css": css("A")}}),
    "a font that is none": (
        "font-broken", {"files": {"style.css": css("A"), "a.ttf": b"nothing", "one.xhtml": ONE}},
    ),
    "a character without a glyph": (
        "font-coverage",
        {"files": {"style.css": css("A"), "a.ttf": font("一甲乙"), "one.xhtml": ONE}},
    ),
    "a font that sets nothing": (
        "font-unused",
        {"files": {"style.css": css("serif"), "a.ttf": font(TEXT), "one.xhtml": ONE}},
    ),
    "a font that no sheet names": ("font-unused", {"files": {"a.ttf": font(TEXT)}}),
    "a font much larger than its text": (
        "font-oversize",
        {"files": {"style.css": css("A"), "one.xhtml": ONE, "two.xhtml": TWO,
                   "a.ttf": font(TEXT) + b"".join(bytes([n % 251]) * 7 for n in range(9))}},
    ),
    "a font that forbids embedding": (
        "font-rights",
        {"files": {"style.css": css("A"), "a.ttf": font(TEXT, 2), "one.xhtml": ONE, "two.xhtml": TWO}},
    ),
    "contents that go back and forth": ("toc-order", {"toc": ("two.xhtml", "one.xhtml")}),
    "no contents": ("toc-none", {"toc": (), "metadata": CLEAN_METADATA.replace("tableOfContents", "readingOrder")}),
    "a document that nothing names": ("spine-unlisted", {"toc": ("one.xhtml",)}),
    "an NCX that tells another story": ("toc-differs", {"files": {"toc.ncx": NCX.format("one.xhtml")}}),
    "a heading that skips a level": (
        "heading-skipped", {"files": {"two.xhtml": document("<h1>二</h1><h3>三</h3>")}},
    ),
    "a document without heading": ("heading-none", {"files": {"two.xhtml": document("<p>丁</p>")}}),
    "an empty document": ("document-empty", {"files": {"two.xhtml": document("<div></div>")}}),
    "markers without a list": ("page-list-none", {"files": {"one.xhtml": MARKED}}),
    "a page list that leads nowhere": (
        "page-list-target",
        {"files": {"one.xhtml": MARKED}, "nav": PAGES.format(link("1", "one.xhtml#p9"))},
    ),
    "a page list out of order": (
        "page-list-order",
        {"files": {"one.xhtml": MARKED},
         "nav": PAGES.format(link("2", "one.xhtml#p2") + link("1", "one.xhtml#p1"))},
    ),
    "a huge picture": ("size-picture", {"files": {"p.png": picture("PNG", (4000, 10))}}),
    "a long document": (
        "size-document", {"files": {"two.xhtml": document(f"<h1>二</h1><p>{'丁' * 350_000}</p>")}},
    ),
    "alternative text claimed and missing": (
        "claim-feature",
        {"files": {"two.xhtml": document('<h1>二</h1><img src="p.png"/>'), "p.png": picture("PNG")},
         "metadata": CLEAN_METADATA.replace("structuralNavigation", "alternativeText").replace(
             "Mode\">textual", "Mode\">visual").replace("Sufficient\">textual", "Sufficient\">visual")},
    ),
    "pages claimed and missing": ("claim-feature", feature("pageNavigation")),
    "readings claimed and missing": ("claim-feature", feature("rubyAnnotations")),
    "pictures and no visual mode": (
        "claim-mode",
        {"files": {"two.xhtml": document('<h1>二</h1><img src="p.png" alt="红"/>'), "p.png": picture("PNG")}},
    ),
    "a picture that moves": ("claim-hazard", {"files": {"p.gif": picture("GIF", frames=3)}}),
    "conformance that nobody vouches for": (
        "claim-conformance",
        {"metadata": CLEAN_METADATA + '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - '
         "WCAG 2.2 Level AA</meta>"},
    ),
    "no claims at all": ("claim-none", {"metadata": ""}),
}  # fmt: skip


def test_a_clean_book_has_no_faults(tmp_path: Path) -> None:
    files = {"style.css": css("A"), "a.ttf": font(TEXT), "one.xhtml": ONE, "two.xhtml": TWO}
    assert codes(book(tmp_path / "a.epub", files)) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_its_rule(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, made = FAULTS[name]
    if code == "font-oversize":
        monkeypatch.setattr("publish.check.epub.fonts.OVERSIZE", 100)
        made = {
            "files": {
                **made["files"],
                "a.ttf": font(TEXT + "".join(map(chr, range(0x5000, 0x5040)))),
            }
        }
    assert codes(book(tmp_path / "a.epub", **made)) == [code]


def test_a_book_without_fonts_is_told_of(tmp_path: Path) -> None:
    (found,) = inside(open_epub(book(tmp_path / "a.epub")), ours=False)
    assert (found.code, found.severity) == ("font-none", Severity.NOTE)


def test_what_is_ours_may_leave_no_text_to_others_fonts(tmp_path: Path) -> None:
    files = {"style.css": css("A"), "a.ttf": font("一甲乙"), "one.xhtml": ONE}
    path = book(tmp_path / "a.epub", files)
    for ours, severity in ((True, Severity.ERROR), (False, Severity.WARNING)):
        (found,) = inside(open_epub(path), ours=ours)
        assert (found.code, found.severity) == ("font-coverage", severity)
        assert "丙" in found.message and "甲" not in found.message.partition("fonts:")[2]


def test_an_obfuscated_font_is_read(tmp_path: Path) -> None:
    hidden = obfuscated(font(TEXT), "urn:uuid:12345678-1234-1234-1234-123456789abc")
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{ALGORITHM}"/><enc:CipherData>'
        '<enc:CipherReference URI="a.ttf"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    files = {"style.css": css("A"), "a.ttf": hidden, "one.xhtml": ONE, "two.xhtml": TWO}
    assert codes(book(tmp_path / "a.epub", files, encryption=encryption)) == []
    assert codes(book(tmp_path / "b.epub", files)) == ["font-broken"]


def test_the_cascade_is_followed(tmp_path: Path) -> None:
    sheet = (
        '@font-face { font-family: "A"; src: url(a.ttf); } @font-face { font-family: B; src: url("b.ttf") }'
        "body { font: 12px/1.5 A } p.b { --x: B } p.b i { font-family: var(--x) } #no { font-family: A }"
    )
    one = document('<h1>一</h1><p class="b">甲<i>乙</i>丙</p>', STYLED)
    files = {"style.css": sheet, "a.ttf": font("一二甲丙丁"), "b.ttf": font("乙"), "one.xhtml": one,
             "two.xhtml": TWO}  # fmt: skip
    assert codes(book(tmp_path / "a.epub", files)) == []


def test_weights_and_what_to_look_at(tmp_path: Path) -> None:
    body = '<h1>二</h1><p><a href="one.xhtml">看</a></p><img src="p.png" alt="红色"/>'
    files = {"two.xhtml": document(body), "p.png": picture("PNG")}
    path = book(tmp_path / "a.epub", files)
    epub = open_epub(path)
    kinds = {one.kind: one.files for one in weights(epub)}
    assert (kinds["documents"], kinds["pictures"]) == (3, 1)
    assert sum(one.size for one in weights(epub)) < path.stat().st_size
    looks = {look.question: look for look in to_look_at(epub)}
    assert looks["does each alternative text say what its picture shows?"].places == (
        "two.xhtml: 红色",
    )
    assert "do tables make sense cell by cell?" not in looks


# --- EPUB 2, and files that are made to harm -----------------------------------------------------

EPUB_2 = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="u"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="u">x</dc:identifier><dc:title>书'
    '</dc:title><dc:language>zh</dc:language><meta name="schema:accessMode" content="textual"/>'
    '</metadata><manifest><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/><item '
    'id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="n"><itemref '
    'idref="a"/></spine></package>'
)


def test_an_epub_2_is_read_by_its_ncx(tmp_path: Path) -> None:
    files = {
        "package.opf": EPUB_2,
        "one.xhtml": document("<h1>一</h1>"),
        "toc.ncx": NCX.format("one.xhtml"),
    }
    path = packed(tmp_path / "two.epub", files)
    epub = open_epub(path)
    assert (epub.version, epub.spine, epub.nav) == ("2.0", ["one.xhtml"], None)
    _, found = inside(epub, ours=False)
    assert found.code == "claim-none" and "accessMode," not in found.message


BOMB = (
    '<!DOCTYPE html [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY e SYSTEM "file:///etc/passwd">]><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    "<title>t</title></head><body><h1>一</h1><p>&d;&e;</p></body></html>"
)


@pytest.mark.parametrize(
    "one",
    [BOMB, "<html", "", "\x00\x01", document("<p>" * 3000 + "甲" + "</p>" * 3000), "<html/>"],
    ids=["entities", "cut", "empty", "binary", "deep", "no namespace"],
)
def test_a_hostile_document_stops_nothing(tmp_path: Path, one: str) -> None:
    path = book(tmp_path / "a.epub", {"one.xhtml": one})
    found = inside(open_epub(path), ours=False)
    assert not any("root:" in str(finding) for finding in found)


@pytest.mark.parametrize("kind", ["no zip", "empty zip", "no package", "cut", "damaged"])
def test_a_file_that_is_no_epub_is_one_message(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.epub"
    whole = book(tmp_path / "whole.epub").read_bytes()
    if kind == "empty zip":
        zipfile.ZipFile(path, "w").close()
    elif kind == "no package":
        packed(path, {}, package="nowhere.opf")
    else:
        damaged = whole[:200] + bytes(60) + whole[260:]
        path.write_bytes({"no zip": b"text", "cut": whole[:600]}.get(kind, damaged))
    with pytest.raises(InputError) as raised:
        open_epub(path)
    (finding,) = raised.value.findings
    assert finding.code == "epub-broken" and finding.hint


def test_names_that_lead_out_of_the_book_lead_nowhere(tmp_path: Path) -> None:
    path = book(tmp_path / "a.epub", {"../../etc/passwd.xhtml": document("<h1>x</h1>")})
    assert "spine-unlisted" not in codes(path)


# --- The command ---------------------------------------------------------------------------------


def test_several_files_at_once_with_one_java(tmp_path: Path, sample: Any) -> None:
    good = book(tmp_path / "good.epub")
    bad = book(
        tmp_path / "bad.epub", {"one.xhtml": document("<h1>一</h1><p><b/><blink>x</blink></p>")}
    )
    none = tmp_path / "none.epub"
    none.write_bytes(b"text")
    done = subprocess.run(
        [sys.executable, "-m", "publish", "check", "--format", "json", str(good), str(bad), str(none)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["passed"] is False
    assert [Path(one["file"]).name for one in told["books"]] == ["good.epub", "bad.epub"]
    found = {
        (one["code"], Path(str(one["place"] or "").partition(":")[0]).name)
        for one in told["findings"]
    }
    assert ("epubcheck-RSC-005", "one.xhtml") in found
    assert "epub-broken" in {code for code, _ in found}
    assert "epubcheck-PKG-008" in {code for code, _ in found} or "epubcheck-PKG-003" in {
        code for code, _ in found
    }
    assert any(code.startswith("ace-") for code, _ in found)
