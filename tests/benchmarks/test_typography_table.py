"""The table of how well the tools set one issue: its place in the page, and tools left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import generate
from benchmarks.peers import AbsentError, vivliostyle
from benchmarks.second_opinion import Mark, Setting, paragraphs, place
from benchmarks.typography import TOOLS, settings, write


def test_the_table_goes_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- table: begin -->\nold\n<!-- table: end -->\nafter\n", "utf-8")
    write("new\n", page)
    write("newer\n", page)
    expected = "before\n<!-- table: begin -->\nnewer\n<!-- table: end -->\nafter\n"
    assert page.read_text("utf-8") == expected


def test_the_documents_page_has_the_marks() -> None:
    page = Path(__file__).parents[2] / "docs" / "typography-report.md"
    text = page.read_text("utf-8")
    assert text.count("<!-- table: begin -->") == text.count("<!-- table: end -->") == 1


def test_a_tool_that_is_not_there_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AbsentError, match="vivliostyle is not on this machine"):
        vivliostyle(generate("S"), tmp_path)
    assert list(settings(["vivliostyle"], generate("S"), tmp_path, reuse=False)) == []
    assert "vivliostyle is left out: vivliostyle is not on this machine" in capsys.readouterr().err


def test_only_print_tools_are_compared() -> None:
    assert list(TOOLS) == ["publish-print", "weasyprint", "chromium", "vivliostyle", "typst"]


def test_the_second_opinion_knows_where_paragraphs_begin_and_end() -> None:
    text = paragraphs(generate("S"))[0]
    parts = [text[:16], text[16:-2], text[-2:], "5"]
    lines = [Setting(1, 0.0, [Mark(character, 0, 0, 0, 0) for character in part]) for part in parts]
    placed = place(lines, paragraphs(generate("S")))
    assert [(line.start, line.is_last) for line in placed] == [
        (0, False), (16, False), (len(text) - 2, True),
    ]  # fmt: skip
