"""What the commands answer: to people on stderr, to programs on stdout."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from publish import __version__
from publish.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]


def publish(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publish", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def test_the_help_names_every_command() -> None:
    done = publish("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert f"\n  {command} " in done.stdout


def test_the_installed_command_is_the_same() -> None:
    installed = Path(sys.executable).with_name("publish")
    done = subprocess.run([installed, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"publish, version {__version__}\n")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("buidl",), "there is no command “buidl”; did you mean “build”?"),
        (("xyzzy",), "there is no command “xyzzy”"),
        (("build", "--targt", "epub"), "No such option '--targt'. Did you mean '--target'?"),
        (("build", "--target", "mobi"), "'mobi' is not one of"),
        (("check", "--format", "xml"), "'xml' is not one of"),
        (("new",), "Missing argument 'DIR'."),
    ],
)
def test_a_wrong_call_exits_2(words: tuple[str, ...], answer: str) -> None:
    done = publish(*words)
    assert done.returncode == 2
    assert answer in done.stderr.replace('"', "'").replace(": --", " '--")
    assert done.stdout == ""


def test_no_project_says_how_to_begin_one(tmp_path: Path) -> None:
    for command in ("build", "clean"):
        done = publish(command, str(tmp_path))
        assert done.returncode == 2
        assert f"“{tmp_path}” holds no project" in done.stderr
        assert "→ name the project's folder, or begin one with: publish new DIR" in done.stderr


def test_nothing_to_check(tmp_path: Path) -> None:
    done = publish("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is nothing to check" in done.stderr


def test_one_target_into_another_folder(project: Path, tmp_path: Path) -> None:
    done = publish(
        "build", str(project), "--target", "epub", "--output", str(tmp_path / "out"), "--no-check"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "\x1b" not in done.stderr
    assert "making" not in done.stderr
    assert done.stderr.rstrip().endswith("made, not checked (the text was read back whole)")
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.removeprefix("tiny-2026-01-20") for name in made] == [
        "-cover.jpg", ".epub", ".jsonld", ".onix.xml",
    ]  # fmt: skip
    assert not (project / "build").exists()


def test_the_closing_table_has_sizes_pages_and_time(project: Path) -> None:
    done = publish("build", "--no-check", "--output", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    header, epub, pdf, *_, time, _ = done.stderr.splitlines()
    assert header.split() == ["file", "size", "pages"]
    assert epub.split()[0] == "out/tiny-2026-01-20.epub"
    assert pdf.split()[0] == "out/tiny-2026-01-20-print.pdf"
    with pikepdf.open(project / "out" / "tiny-2026-01-20-print.pdf") as opened:
        assert pdf.split()[-1] == str(len(opened.pages))
    assert time.endswith(" s")


def test_json_is_one_document_with_its_findings(project: Path) -> None:
    (project / "manuscript" / "stray.md").write_text("没有人要的稿件。", encoding="utf-8")
    done = publish("build", str(project), "--target", "epub", "--no-check", "--format", "json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["passed"] is True
    assert report["checked"] is False
    assert zipfile.is_zipfile(report["files"]["epub"])
    (finding,) = report["findings"]
    assert {**finding, "place": None} == {
        "code": "file-unused",
        "message": "nothing in the issue names this file",
        "severity": "warning",
        "file": "manuscript/stray.md",
        "line": None,
        "hint": "name it in the manifest, or move it away",
        "place": None,
    }


def test_json_of_wrong_input(project: Path) -> None:
    path = project / "manuscript" / "manifest.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("number: 7", "number: x"), "utf-8")
    done = publish("build", str(project), "--format", "json")
    assert done.returncode == 3
    report = json.loads(done.stdout)
    assert report["exit_code"] == 3
    assert [(f["code"], f["line"]) for f in report["findings"]] == [("value-type", 6)]
    assert done.stderr == ""


def test_clean_empties_the_cache_alone(project: Path) -> None:
    cache = project / ".publish-cache"
    cache.mkdir()
    (cache / "x").write_bytes(b"x")
    assert publish("clean", str(project)).returncode == 0
    assert not cache.exists()
    assert (project / "manuscript" / "manifest.yaml").is_file()


def test_a_new_issue_names_its_schema(tmp_path: Path) -> None:
    assert publish("new", str(tmp_path / "demo")).returncode == 0
    folder = tmp_path / "demo" / "manuscript"
    first = (folder / "manifest.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=manifest.schema.json"
    assert json.loads((folder / "manifest.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", [ROOT / "manuscript", ROOT / "publish/starter/manuscript"])
def test_manifests_and_front_matter_fit_the_schemas(folder: Path) -> None:
    manifest = json.loads(publish("schema").stdout)
    matter = json.loads(publish("schema", "--manuscript").stdout)

    def fit(schema: dict[str, object], text: str) -> None:
        value = yaml.safe_load(text)
        if "issue" in value:
            value["issue"]["date"] = str(value["issue"]["date"])
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)

    fit(manifest, (folder / "manifest.yaml").read_text(encoding="utf-8"))
    for path in folder.glob("*/*.md"):
        fit(matter, path.read_text(encoding="utf-8").split("---\n")[1])


def test_the_schema_describes_every_key() -> None:
    def described(schema: dict[str, dict[str, object]]) -> None:
        for name, key in schema.get("properties", {}).items():
            assert key.get("description"), name  # type: ignore[attr-defined]
            described(key)  # type: ignore[arg-type]

    described(json.loads(publish("schema").stdout))
    described(json.loads(publish("schema", "--manuscript").stdout))
