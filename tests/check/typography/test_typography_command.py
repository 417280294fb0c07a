"""``publish check FILE.pdf``: the table for people, one JSON document for programs, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from paper import EM, WIDTH, Line, Sheet, left, row

from publish.build import Outcome
from publish.check.run import check_pdf_quickly, check_thoroughly
from publish.check.typography import Kind, findings, measure
from publish.check.typography.report import HINTS, SEVERITIES

TEXT = ["　　三月的江岸风还有些凉，老街口的", "茶馆已经坐满了人，每年都是这样热闹", "的。"]
ALONE = TEXT[2]
"""The last line holds one character: a warning."""

AT_START = [
    "　　三月的江岸风还有些凉，老街口的",
    "，茶馆已经坐满了人，每年都是这样热",
    "闹的时候。",
]
"""The second line begins with a comma: an error."""


def saved(folder: Path, *lines: str, name: str = "someones.pdf") -> Path:
    paper = Sheet()
    paper.columns([*lines, "　　又一段，码头边上的船都在夜里卸货", "完了才走。"])
    return paper.save(folder / name)


def publish(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "publish", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "COLUMNS": "100"},
    )


def test_a_warning_does_not_fail_the_check(tmp_path: Path) -> None:
    done = publish("check", saved(tmp_path, *TEXT), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    table = [line.split("  ")[0] for line in done.stderr.splitlines()]
    assert table[0] == "someones.pdf, how its text is set:"
    assert "justified lines" in table and "last lines of one character" in table
    assert (
        "warning someones.pdf page 1 last lines of one character: 的。 stands alone in “的。”"
        " (typography-one-character-line)" in done.stderr
    )
    assert "      → add or cut a few characters in the paragraph" in done.stderr
    assert "someones.pdf: passed" in done.stderr
    assert done.stdout == ""


def test_an_error_fails_the_check_and_programs_get_every_place(tmp_path: Path) -> None:
    done = publish("check", saved(tmp_path, *AT_START), "--format", "json", folder=tmp_path)
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert done.stderr == ""
    assert document["passed"] is False
    errors = [found for found in document["findings"] if found["severity"] == "error"]
    assert [(found["code"], found["file"], found["place"]) for found in errors] == [
        ("typography-line-start", "someones.pdf", "page 1")
    ]
    (report,) = document["typography"]
    assert report["file"] == "someones.pdf"
    assert (report["body"]["size"], report["measures"]) == (9.0, [18])
    assert (report["total"]["lines"], report["total"]["counts"]["line-start"]) == (5, 1)
    assert [page["page"] for page in report["pages"]] == [1]
    (fault,) = report["faults"]
    assert (fault["kind"], fault["page"], fault["x"], fault["y"]) == (
        "line-start", 1, left(0), row(1)
    )  # fmt: skip


def test_a_pdf_without_chinese_text_is_said_to_have_none(tmp_path: Path) -> None:
    paper = Sheet()
    paper.line(Line("Nothing", None), left(0), row(0))
    (note,) = findings(measure(paper.save(tmp_path / "latin.pdf")))
    assert (note.code, note.severity) == ("typography-no-text", "note")
    assert note.message == "latin.pdf has no lines of Chinese text to measure"


def test_a_file_that_is_no_pdf_is_not_measured(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(b"no")
    checked = check_thoroughly([path])[0]
    assert [found.code for found in checked.findings] == ["pdf-broken", "project-not-given"]
    assert checked.typography is None


def test_faults_of_one_kind_on_one_page_are_one_finding(tmp_path: Path) -> None:
    paper = Sheet()
    second = [
        TEXT[0],
        Line(TEXT[1], WIDTH - 2),
        Line(TEXT[1], WIDTH - 3),
        TEXT[1],
        TEXT[1],
        "好的。",
    ]
    paper.columns(second)
    report = measure(paper.save(tmp_path / "page.pdf"))
    assert report.total.counts[Kind.RIGHT_EDGE] == 2
    (finding,) = findings(report)
    assert finding.message == (
        "justified lines off the right edge: ends 3.00 pt short of the edge in "
        f"“{TEXT[1]}”, and 1 more"
    )
    assert finding.place == "page 1"


def test_every_kind_has_its_severity_and_its_mend() -> None:
    assert set(SEVERITIES) == set(HINTS) == set(Kind)


@pytest.mark.parametrize("guide", ["checking.md", "checking.en.md"])
def test_every_code_is_in_the_guide(guide: str) -> None:
    text = (Path(__file__).parents[3] / "docs" / "guide" / guide).read_text(encoding="utf-8")
    for kind in Kind:
        assert f"`typography-{kind}`" in text
    assert "`typography-no-text`" in text


def test_a_build_does_not_measure(sample: Outcome) -> None:
    quick = check_pdf_quickly(sample.files["print"], sample.project)
    assert [found for found in quick if found.code.startswith("typography")] == []


COMPOSED = (
    Kind.RIGHT_EDGE, Kind.LINE_START, Kind.LINE_START_STRICT, Kind.LINE_END, Kind.LINE_END_STRICT,
    Kind.NOT_SQUEEZED, Kind.NO_GAP, Kind.ONE_CHARACTER, Kind.LOOSE,
)  # fmt: skip
"""What the line composer answers for."""


def test_the_sample_issue_is_set_without_a_fault_of_the_composer(sample: Outcome) -> None:
    checked = check_thoroughly([sample.files["print"]], lambda file: sample.project)[0]
    assert checked.typography is not None
    total = checked.typography.total
    assert total.lines > 200
    assert total.justified > 150
    assert {kind: total.counts[kind] for kind in COMPOSED} == dict.fromkeys(COMPOSED, 0)
    assert total.edge_largest < 0.1


def test_weasyprint_alone_leaves_the_edge_ragged(tmp_path: Path) -> None:
    from weasyprint import HTML

    text = "今年来得早，店主说，“江岸志”，《江岸志》里写过80年前的春天也是这样来的。" * 20
    style = "@page { margin: 50pt } p { width: 162pt; font: 9pt/14.4pt 'Noto Serif CJK SC';"
    html = f"<style>{style} text-align: justify; text-indent: 2em }}</style><p>{text}</p>"
    path = tmp_path / "plain.pdf"
    HTML(string=html).write_pdf(path)
    report = measure(path)
    assert report.measures == (18,)
    assert EM <= report.total.edge_largest <= 3 * EM
    assert report.total.counts[Kind.NO_GAP] == 2 * 20 - sum(
        line.startswith("80") or line.endswith("80") for line in _lines(path)
    )
    assert report.total.counts[Kind.LINE_START] == 0


def _lines(path: Path) -> list[str]:
    from publish.check.typography import measure_lines

    return [line.text for line in measure_lines(path)]
