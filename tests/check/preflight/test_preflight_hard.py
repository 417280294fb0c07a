"""A file from nothing is clean; hidden faults are found, harmless things left alone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
import scratch
from harmless import BROKEN, HARMLESS
from hidden import HIDDEN
from plants import Plant

from publish.check.preflight import pages, preflight, separations
from publish.colour import PRESETS
from publish.diagnostics import Severity

AS_IT_IS = {
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
    "compress_streams": False,
    "fix_metadata_version": False,
}
HAS_GHOSTSCRIPT = shutil.which("gs") is not None


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scratch.make(tmp_path_factory.mktemp("scratch") / "clean.pdf")


def found(clean: Path, fault: Plant, path: Path, preset: str = "coated") -> set[str]:
    with pikepdf.open(clean) as pdf:
        fault(pdf)
        pdf.save(path, force_version="1.6", **AS_IT_IS)
    codes = {finding.code for finding in preflight(path, PRESETS[preset])}
    return codes - {"preflight-ink-unmeasured"}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_file_from_nothing_is_clean(nothing: Path, preset: str) -> None:
    expected = [] if HAS_GHOSTSCRIPT else ["preflight-ink-unmeasured"]
    assert [finding.code for finding in preflight(nothing, PRESETS[preset])] == expected


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_fault(name: str, nothing: Path, tmp_path: Path) -> None:
    fault, codes, preset = HIDDEN[name]
    if "preflight-ink" in codes and not HAS_GHOSTSCRIPT:
        pytest.skip("Ghostscript is not here")
    assert found(nothing, fault, tmp_path / "planted.pdf", preset) == codes


@pytest.mark.parametrize("name", HARMLESS)
def test_no_fault(name: str, nothing: Path, tmp_path: Path) -> None:
    assert found(nothing, HARMLESS[name], tmp_path / "planted.pdf") == set()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_not_passed(name: str, nothing: Path, tmp_path: Path) -> None:
    assert found(nothing, BROKEN[name], tmp_path / "planted.pdf")


# --- Ghostscript ---------------------------------------------------------------------------------


def test_without_ghostscript_that_is_said(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separations.shutil, "which", lambda program: None)
    (finding,) = preflight(nothing, PRESETS["coated"])
    assert finding.code == "preflight-ink-unmeasured"
    assert finding.severity is Severity.WARNING
    assert finding.hint == "type: apt-get install ghostscript"


def test_ink_is_not_passed_when_it_takes_too_long(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(separations, "ghostscript", lambda: "sleep")

    def slow(*command: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("gs", 600)

    monkeypatch.setattr(separations.subprocess, "run", slow)
    assert [finding.code for finding in preflight(nothing, PRESETS["coated"])] == ["preflight-ink"]


@pytest.mark.skipif(not HAS_GHOSTSCRIPT, reason="Ghostscript is not here")
def test_a_page_that_is_not_rendered_is_told(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def fewer(file: Path) -> Iterator[list[Path]]:
        with separations.separations(file) as pictures:
            yield pictures[:-1]

    monkeypatch.setattr(pages, "separations", fewer)
    (finding,) = preflight(nothing, PRESETS["coated"])
    assert finding.code == "preflight-ink"
    assert "1 of 2 pages" in finding.message


@pytest.mark.skipif(not HAS_GHOSTSCRIPT, reason="Ghostscript is not here")
def test_by_way_of_postscript(nothing: Path, tmp_path: Path) -> None:
    """PostScript loses trim, intent, metadata and overprinting; its type becomes pictures."""
    script, back = tmp_path / "out.ps", tmp_path / "back.pdf"
    for device, made, source in (("ps2write", script, nothing), ("pdfwrite", back, script)):
        command = ["gs", "-q", "-dSAFER", f"-sDEVICE={device}", "-o", str(made), str(source)]
        subprocess.run(command, check=True, capture_output=True)
    codes = {finding.code for finding in preflight(back, PRESETS["coated"])}
    assert {
        "preflight-trim-missing", "preflight-bleed-none", "preflight-intent-missing",
        "preflight-pdfx-version", "preflight-trapped", "preflight-black-knocks-out",
        "preflight-font-type3",
    } <= codes  # fmt: skip
    assert not codes & {"preflight-colour-rgb", "preflight-font-not-embedded", "preflight-ink"}
