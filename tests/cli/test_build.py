"""The options of ``publish build``, and what a person at a terminal sees."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publish.cli.commands import COMMANDS

COMMAND = [sys.executable, "-m", "publish", "build", "--no-check"]


def build(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, str(project), *words], capture_output=True, text=True, check=False
    )


def test_what_was_made_and_why(project: Path) -> None:
    first = json.loads(build(project, "--explain", "--format", "json").stdout)["explained"]
    assert all(row["made"] and row["why"] for row in first)
    pages = "the pages of “要闻”, “图片” (manuscript/one.md, manuscript/two.md)"
    assert {row["what"]: row["why"] for row in first}[pages] == "first build"
    one = project / "manuscript" / "one.md"
    one.write_text(one.read_text(encoding="utf-8").replace("第二段", "第三段"), encoding="utf-8")
    said = build(project, "--explain").stderr.splitlines()
    assert said[0].split() == ["made", "because"]
    assert any(re.fullmatch(rf"{re.escape(pages)} +manuscript/one.md changed *", s) for s in said)
    again = build(project, "--explain").stderr.splitlines()
    assert again[1].strip() == "nothing"
    assert again[-1].startswith("nothing changed since it was made")


def test_where_the_time_went(project: Path, tmp_path: Path) -> None:
    done = build(project, "--timings", "--format", "json", "--workers", "2")
    report = json.loads(done.stdout)
    rows = {row["step"]: row for row in report["timings"]}
    assert rows["laying out"]["count"] == 6  # two PDFs, the front page twice
    assert abs(sum(row["share"] for row in report["timings"]) - 1) < 0.02
    assert report["trace"] == str(project / "build" / "tiny-2026-01-20-timings.json")
    events = json.loads(Path(report["trace"]).read_text(encoding="utf-8"))["traceEvents"]
    named = {e["pid"]: e["args"]["name"] for e in events if e["name"] == "process_name"}
    assert sorted(named.values())[0] == "publish"
    assert {"worker 1"} < set(named.values())
    spans = [event for event in events if event["ph"] == "X"]
    assert {event["pid"] for event in spans} == set(named)
    assert min(event["ts"] for event in spans) == 0
    assert all(type(event["ts"]) is int and event["dur"] >= 0 for event in spans)
    elsewhere = tmp_path / "trace.json"
    said = build(project, f"--timings={elsewhere}", "--no-cache").stderr
    assert said.startswith("step")
    assert f"from beginning to end; the trace is {elsewhere}" in said
    assert json.loads(elsewhere.read_text(encoding="utf-8"))["traceEvents"]


def test_a_trace_that_cannot_be_written_is_told_before_the_work(project: Path) -> None:
    done = build(project, "--timings=/no/such/folder/trace.json")
    assert done.returncode == 4
    assert "/no/such/folder/trace.json the trace cannot be written: there is no such" in done.stderr
    assert not (project / "build").exists()


def test_timings_takes_nothing_of_what_follows(project: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "--timings", str(project)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_files_do_not_depend_on_workers_or_the_cache(project: Path) -> None:
    made = []
    for words in (["--workers", "1"], ["--workers", "2", "--no-cache"], ["--workers", "3"]):
        output = project / f"out{len(made)}"
        assert build(project, *words, "--output", str(output)).returncode == 0
        made.append([path.read_bytes() for path in sorted(output.iterdir())])
    assert made[0] == made[1] == made[2]


def test_no_cache_keeps_nothing(project: Path) -> None:
    assert build(project, "--no-cache").returncode == 0
    assert not (project / ".publish-cache").exists()


def test_no_workers_at_all_is_a_wrong_call(project: Path) -> None:
    assert build(project, "--workers", "0").returncode == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_of_commands_says_what_they_say(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "publish", command, "--help"],
        capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    assert " ".join(done.stdout.split("\n\n")[1].split()) == COMMANDS[command]


# --- At a terminal ---------------------------------------------------------------------------


def at_a_terminal(*words: str, stop: bool = False) -> tuple[int, str]:
    """Run the command at a terminal of its own; return its exit code and all that was written.

    With ``stop`` Ctrl-C is typed once the bar counts.
    """
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm", "COLUMNS": "100", "LINES": "24"}
        os.execv(COMMAND[0], [*COMMAND, *words])
    written = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        written += piece
        if stop and re.search(rb"\d/\d", written):
            time.sleep(0.05)
            os.write(terminal, b"\x03")
            stop = False
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return code, written.decode()


def left_on_screen(written: str) -> list[str]:
    """Return the lines that stay on a terminal as it reads LF, CUU (up) and EL 2 (erase)."""
    lines, at = [""], 0
    for sign in re.findall(r"\x1b\[[0-9;?]*[a-zA-Z]|[^\x1b]", written):
        if sign == "\n":
            at += 1
            lines += [""] * (at == len(lines))
        elif sign.endswith("A") and len(sign) > 1:
            at -= int(sign[2:-1])
        elif sign == "\x1b[2K":
            lines[at] = ""
        elif len(sign) == 1 and sign != "\r":
            lines[at] += sign
    return [line.rstrip() for line in lines if line.strip()]


def test_a_bar_counts_and_goes(project: Path) -> None:
    code, written = at_a_terminal(str(project))
    assert code == 0
    assert "reading the manuscripts" in written
    assert re.search(r"making tiny-2026-01-20-print\.pdf .*\d+/\d+", written)
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")  # the cursor is back
    *_, seconds, verdict = left_on_screen(written)
    assert re.fullmatch(r"\d+\.\d s", seconds)
    assert verdict == "made, not checked (the text was read back whole)"
    assert [line.split()[0] for line in left_on_screen(written)[:1]] == ["file"]
    again, written = at_a_terminal(str(project))
    assert again == 0
    assert "making" not in written
    assert "\x1b[?25l" not in written
    assert left_on_screen(written)[-1].startswith("nothing changed since it was made")


def test_ctrl_c_leaves_one_word(project: Path) -> None:
    code, written = at_a_terminal(str(project), "--no-cache", stop=True)
    assert code == 130
    assert left_on_screen(written) == ["stopped"]
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")
