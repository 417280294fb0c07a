"""What stands beside the book: ONIX by its own schema, JSON-LD, the cover; and the same in XMP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from publish.build import Outcome, build
from publish.description import Contributor, describe, relator_of
from publish.listing.onix import NAMESPACE
from publish.manifest.reader import read_project

Edit = Callable[[str, str, str], None]
SCHEMA = files("onixcheck") / "schema" / "xsd3.0" / "ONIX_BookProduct_3.0_reference.xsd"
O = {"o": NAMESPACE}  # noqa: E741 - as in the paths below


def message(outcome: Outcome) -> etree._Element:
    root = etree.fromstring(outcome.files["onix"].read_bytes())
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert schema.validate(root), schema.error_log
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(text) for text in root.xpath(path + "/text()", namespaces=O)]


def test_onix_of_the_sample(sample: Outcome) -> None:
    root = message(sample)
    assert texts(root, "//o:RecordReference") == ["urn:uuid:222aaa12-b511-58a3-a8a3-5d21b7eb04ba"]
    assert texts(root, "//o:Collection//o:TitleText") == ["云汀政协报"]
    assert texts(root, "//o:Collection//o:PartNumber") == ["1203"]
    assert texts(root, "//o:PublishingDate/o:Date") == ["20260120"]
    assert texts(root, "//o:PriceAmount") == ["1.00"]
    assert texts(root, "//o:ScriptCode") == ["Hans"]
    assert "程望舒" in texts(root, "//o:PersonName")
    assert texts(root, "//o:ResourceLink") == ["yunting-2026-01-20-cover.jpg"]
    features = texts(root, "//o:ProductFormFeatureValue")
    assert {"11", "13", "14", "19", "29", "52", "00"} <= set(features)
    assert "82" not in features  # nobody vouches for it


VOUCHED = """accessibility: {certifier: 某某中心, date: 2026-01-19, report: https://example.org/r}
publication:
"""


def test_who_vouches_is_named_in_all_of_them(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "publication:\n", VOUCHED)
    made = build(project, targets=["epub"])
    root = message(made)
    assert {"04", "82", "85", "90", "91", "94"} <= set(texts(root, "//o:ProductFormFeatureValue"))
    assert "某某中心" in texts(root, "//o:ProductFormFeatureDescription")
    with zipfile.ZipFile(made.files["epub"]) as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" in package
    assert (
        '<meta property="a11y:certifiedBy" refines="#conformance" id="certifier">某某中心'
        in package
    )
    assert 'rel="a11y:certifierReport"' in package
    assert "machine-checked" not in package


def test_jsonld_of_the_sample(sample: Outcome) -> None:
    data = json.loads(sample.files["jsonld"].read_text(encoding="utf-8"))
    assert (data["@type"], data["issueNumber"], data["isPartOf"]["@type"]) == (
        "PublicationIssue", "1203", "Newspaper",
    )  # fmt: skip
    parts = data["hasPart"]
    assert [part["headline"] for part in parts][:2] == [
        "把养老床位安在自家窗下",
        "让靠岸的船用上岸上的电",
    ]
    assert parts[0]["author"] == [{"@type": "Person", "name": "程望舒"}]
    assert [part["printPage"] for part in parts] == ["2", "3", "3", "3", "4", "4", "4", "5"]
    assert data["accessibilityHazard"] == "none"
    assert (sample.files["jsonld"].parent / data["image"]).is_file()


def test_pages_are_not_named_where_none_were_made(project: Path) -> None:
    made = build(project, targets=["epub"])
    data = json.loads(made.files["jsonld"].read_text(encoding="utf-8"))
    assert all("printPage" not in part for part in data["hasPart"])


def test_the_cover_stands_beside_the_book(sample: Outcome) -> None:
    with zipfile.ZipFile(sample.files["epub"]) as archive:
        assert archive.read("EPUB/images/cover.jpg") == sample.files["cover"].read_bytes()
    with Image.open(io.BytesIO(sample.files["cover"].read_bytes())) as picture:
        assert picture.format == "JPEG"


def test_nothing_stands_beside_a_pdf_alone(project: Path) -> None:
    build(project, targets=["print"])
    assert [path.suffix for path in (project / "build").iterdir()] == [".pdf"]


# --- The description, and the same in XMP --------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "relator"),
    [("本报记者", "rpt"), ("通讯员", "rpt"), ("摄影", "pht"), ("本报美编", "ill"), ("责编", "edt"),
     ("编译", "trl"), ("", "aut"), ("市政协委员", "aut"), ("整理", "com")],
)  # fmt: skip
def test_roles_and_their_relators(role: str, relator: str) -> None:
    assert relator_of(role) == relator


CREDITS = {
    "某某社记者 张三 摄": [("张三", "pht")],
    "张三摄": [("张三", "pht")],
    "（张三 李四 摄）": [("张三", "pht"), ("李四", "pht")],
    "本报美编 苏一苇 绘": [("苏一苇", "ill")],
    "本报供图": [],
    "某某社 摄": [],
}


@pytest.mark.parametrize("credit", CREDITS)
def test_a_name_in_a_credit_counts_where_it_is_sure(project: Path, edit: Edit, credit: str) -> None:
    edit("two.md", "某某 绘", credit)
    edit(
        "one.md",
        "byline: [{role: 本报记者, names: [甲乙]}, {role: 通讯员, names: [丙丁, 戊己]}]\n",
        "",
    )
    read, _ = read_project(project)
    found = [(one.name, *one.relators) for one in describe(read.issue).contributors]
    assert found == CREDITS[credit]


def test_one_person_with_two_roles_is_one(project: Path, edit: Edit) -> None:
    edit("two.md", "某某 绘", "甲乙 摄")
    read, _ = read_project(project)
    assert describe(read.issue).contributors[0] == Contributor("甲乙", ("rpt", "pht"))


def test_a_description_is_the_houses_or_its_headlines(project: Path, edit: Edit) -> None:
    read, _ = read_project(project)
    assert describe(read.issue).text == "把路修到家门口；一块红。"
    edit("manifest.yaml", "  number: 7\n", "  number: 7\n  description: 这一期讲路。\n")
    read, _ = read_project(project)
    assert describe(read.issue).text == "这一期讲路。"


@pytest.mark.parametrize("target", ["print", "screen", "archive"])
def test_xmp_says_what_the_epub_says(sample: Outcome, target: str) -> None:
    said = describe(sample.project.issue)
    with pikepdf.open(sample.files[target]) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:identifier"] == said.identifier
        assert xmp["dc:description"] == said.text
        assert set(xmp["dc:subject"]) == set(said.subjects)
        assert set(xmp["dc:contributor"]) == {one.name for one in said.contributors}
        number = xmp.get("{http://prismstandard.org/namespaces/basic/2.0/}number")
        assert number == (None if target == "archive" else "1203")


def test_the_package_says_who_and_what(sample: Outcome) -> None:
    with zipfile.ZipFile(sample.files["epub"]) as archive:
        root = etree.fromstring(archive.read("EPUB/content.opf"))
    ns = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
    names = [str(name) for name in root.xpath("//dc:contributor/text()", namespaces=ns)]
    assert names == [one.name for one in describe(sample.project.issue).contributors]
    roles = root.xpath("//o:meta[@property='role'][@scheme='marc:relators']", namespaces=ns)
    assert {str(role.text) for role in roles} == {"isb", "rpt", "ill", "aut"}
    series = root.xpath("//o:meta[@refines='#series']/text()", namespaces=ns)
    assert series == ["series", "1203", "urn:issn:0000-0000", "CN 00-0000"]
