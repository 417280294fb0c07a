"""The proof: one file that opens from disk, with a picture of every plate of every page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from publish.build import Outcome
from publish.cli.proof import command
from publish.colour import output_condition
from publish.model import PrintingPress
from publish.proof import make_proof

pytestmark = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not here")


def proof(file: Path, folder: Path, preset: str = "coated") -> html.HtmlElement:
    condition = output_condition(PrintingPress(preset), folder, "")
    make_proof(file, condition, folder / "proof.html")
    return html.parse(str(folder / "proof.html")).getroot()


def test_every_page_has_its_plates(sample: Outcome, tmp_path: Path) -> None:
    page = proof(sample.files["print"], tmp_path)
    assert len(page.findall(".//section")) == 5
    for section in page.findall(".//section"):
        pictures = section.findall(".//img")
        assert len(pictures) == 5
        assert all(one.get("src").startswith("data:image/webp") for one in pictures)
    assert not re.search(r"https?://", html.tostring(page, encoding="unicode"))


def test_a_page_of_black_type_has_no_colour_on_its_plates(sample: Outcome, tmp_path: Path) -> None:
    page = proof(sample.files["print"], tmp_path)
    told = [one.text_content() for one in page.findall(".//section")[3].findall(".//figcaption")]
    assert float(re.findall(r"[\d.]+", told[1])[0]) < 0.3  # the printer's marks alone
    assert float(re.findall(r"[\d.]+", told[4])[0]) > 5


def test_findings_are_marked_where_they_are(sample: Outcome, tmp_path: Path) -> None:
    page = proof(sample.files["screen"], tmp_path, "newsprint")
    spots = page.xpath("//div[@class='spot']")
    numbers = {one.text for one in spots}
    listed = {one.find("b").text.split()[0] for one in page.findall(".//li")}
    assert spots
    assert numbers <= listed


def test_nothing_to_prove(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path / "no.pdf")])
    assert done.exit_code != 0
