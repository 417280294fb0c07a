"""The real command, as a person types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from publish.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]


def publish(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publish", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = publish(command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: python -m publish {command}")


def test_an_unknown_command_is_suggested() -> None:
    done = publish("bild")
    assert done.returncode == 2
    assert "there is no command “bild”; did you mean “build”?" in done.stderr


def test_no_project(tmp_path: Path) -> None:
    done = publish("build", str(tmp_path))
    assert done.returncode == 2
    assert "neither manifest.yaml nor manuscript/manifest.yaml is there" in done.stderr


def test_new_then_build_then_check(tmp_path: Path) -> None:
    assert publish("new", "demo", cwd=tmp_path).returncode == 0
    demo = tmp_path / "demo"
    done = publish("build", "--no-check", "--format", "json", cwd=demo)
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert set(report["files"]) == {
        "epub", "print", "screen", "archive", "onix", "jsonld", "cover",
    }  # fmt: skip
    assert report["findings"] == []
    pdf = (
        str(Path(report["files"]["print"]).relative_to(demo))
        if Path(report["files"]["print"]).is_absolute()
        else report["files"]["print"]
    )
    alone = publish("check", str(demo / pdf), cwd=tmp_path)
    assert alone.returncode == 0
    assert "the checks against the manuscripts were skipped" in alone.stderr
    within = publish("check", pdf, cwd=demo)
    assert within.returncode == 0
    assert "skipped" not in within.stderr


def test_new_never_writes_over_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = publish("new", str(tmp_path))
    assert done.returncode == 2
    assert "is not empty" in done.stderr


def test_an_error_in_json_is_one_document(tmp_path: Path) -> None:
    done = publish("build", str(tmp_path), "--format", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["findings"][0]["code"] == "project-none"


@pytest.mark.parametrize("words", [(), ("--manuscript",)])
def test_the_schema_is_a_json_schema(words: tuple[str, ...]) -> None:
    schema = json.loads(publish("schema", *words).stdout)
    Draft202012Validator.check_schema(schema)


def test_the_samples_schema_is_up_to_date() -> None:
    kept = json.loads((ROOT / "manuscript" / "manifest.schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(publish("schema").stdout)


def test_doctor_finds_this_machine_ready() -> None:
    done = publish("doctor")
    assert done.returncode == 0, done.stderr


def test_fonts_cover_the_sample() -> None:
    done = publish("fonts", str(ROOT))
    assert done.returncode == 0
    assert "LXGW WenKai" in done.stdout


def test_a_check_that_finds_errors_exits_1(tmp_path: Path) -> None:
    (tmp_path / "no.pdf").write_text("no", encoding="utf-8")
    done = publish("check", str(tmp_path / "no.pdf"), cwd=tmp_path)
    assert done.returncode == 1
    assert "no.pdf: not passed" in done.stderr


def test_a_machine_without_fonts_is_told_and_exits_4(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    catalogue = (ROOT / "fonts" / "fonts.yaml").read_text(encoding="utf-8")
    changed = catalogue.replace("NotoSerifCJK-Regular.ttc", "NoSuch.ttc")
    (tmp_path / "fonts" / "fonts.yaml").write_text(changed, encoding="utf-8")
    done = publish("doctor", cwd=tmp_path)
    assert done.returncode == 4
    assert "the font file NoSuch.ttc of the family “Noto Serif CJK SC”" in done.stderr
