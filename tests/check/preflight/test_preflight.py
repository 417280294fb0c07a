"""The preflight catches each planted fault by its own rule, and finds a clean file clean."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
import plants
import pytest
import scratch
import weasyprint

from publish.build import Outcome
from publish.check.preflight import RULES, preflight
from publish.colour import PRESETS
from publish.diagnostics import Severity

ELSEWHERE = {"preflight-encrypted", "preflight-version", "preflight-identifier"}
"""Rules whose faults lie in how the file is written."""


AS_IT_IS = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages made from nothing: the sample's own file takes Ghostscript ten times as long."""
    return scratch.make(tmp_path_factory.mktemp("clean") / "clean.pdf", pages=3)


def codes(file: Path, preset: str = "coated") -> set[str]:
    found = preflight(file, PRESETS[preset])
    return {finding.code for finding in found if finding.code != "preflight-ink-unmeasured"}


def test_a_clean_file_is_clean(clean: Path) -> None:
    assert codes(clean) == set()


def test_every_rule_has_its_fault() -> None:
    assert {rule.code for rule in RULES} == set(plants.PLANTS) | ELSEWHERE
    assert len(plants.PLANTS) >= 25


@pytest.mark.parametrize("code", sorted(plants.PLANTS))
def test_a_planted_fault(code: str, clean: Path, tmp_path: Path) -> None:
    fault, others = plants.PLANTS[code]
    if code == "preflight-ink" and shutil.which("gs") is None:
        pytest.skip("Ghostscript is not here")
    with pikepdf.open(clean) as pdf:
        fault(pdf)
        pdf.save(tmp_path / "planted.pdf", force_version="1.6", **AS_IT_IS)
    assert codes(tmp_path / "planted.pdf") == {code} | others


def test_a_file_with_a_password(clean: Path, tmp_path: Path) -> None:
    with pikepdf.open(clean) as pdf:
        plants.encrypted(pdf, tmp_path / "planted.pdf")
    assert "preflight-encrypted" in codes(tmp_path / "planted.pdf")


def test_a_later_version(clean: Path, tmp_path: Path) -> None:
    with pikepdf.open(clean) as pdf:
        plants.later(pdf, tmp_path / "planted.pdf")
    assert codes(tmp_path / "planted.pdf") == {"preflight-version"}


def test_a_file_without_an_identifier(clean: Path, tmp_path: Path) -> None:
    plants.without_identifier(clean, tmp_path / "planted.pdf")
    assert codes(tmp_path / "planted.pdf") == {"preflight-identifier"}


# --- Our own files, and others' ------------------------------------------------------------------


def test_the_sample_has_nothing(sample: Outcome) -> None:
    assert codes(sample.files["print"]) == set()


def test_the_screen_pdf_is_not_for_the_press(sample: Outcome) -> None:
    found = codes(sample.files["screen"])
    assert {"preflight-intent-missing", "preflight-colour-rgb", "preflight-annotations"} <= found


HTML = "<html lang=zh><h1 style='color:red'>题目</h1><p>正文，<a href='https://e.org'>链接</a>。"


def test_plain_weasyprint(tmp_path: Path) -> None:
    """RGB type, a link, no intent, no bleed; its fonts are embedded and subset."""
    weasyprint.HTML(string=HTML).write_pdf(tmp_path / "plain.pdf")
    assert codes(tmp_path / "plain.pdf") == {
        "preflight-version", "preflight-xmp-missing", "preflight-title-missing",
        "preflight-trapped", "preflight-intent-missing", "preflight-colour-rgb",
        "preflight-annotations", "preflight-actions", "preflight-bleed-none",
        "preflight-identifier",
    }  # fmt: skip


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not here")
def test_chromium(tmp_path: Path) -> None:
    """As above; the page has no TrimBox."""
    page = tmp_path / "page.html"
    page.write_text(HTML, encoding="utf-8")
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'page.pdf'}",
        page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    found = codes(tmp_path / "page.pdf")
    assert {
        "preflight-trim-missing", "preflight-intent-missing", "preflight-colour-rgb",
        "preflight-annotations", "preflight-xmp-missing",
    } <= found  # fmt: skip


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not here")
def test_ghostscript(clean: Path, tmp_path: Path) -> None:
    """Distilled anew, a file loses intent and metadata; its inks stay."""
    command = [
        "gs",
        "-q",
        "-dSAFER",
        "-sDEVICE=pdfwrite",
        "-o",
        str(tmp_path / "gs.pdf"),
        str(clean),
    ]
    subprocess.run(command, check=True, capture_output=True)
    found = codes(tmp_path / "gs.pdf")
    assert {"preflight-version", "preflight-intent-missing", "preflight-pdfx-version"} <= found
    assert "preflight-colour-rgb" not in found


def test_each_finding_says_what_to_do(sample: Outcome) -> None:
    for finding in preflight(sample.files["screen"], PRESETS["newsprint"]):
        assert finding.hint
        assert finding.severity in Severity
