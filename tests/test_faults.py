"""What goes wrong while an issue is built: a clear end, the last outputs whole, nothing left."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from issue_at_work import Command, Issue

from benchmarks.corpus import generate
from benchmarks.project import write_project
from publish.errors import MachineError, PublishError
from publish.files import working_folder
from publish.workers import Task, Workers

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


PAGE = 4096
"""Bytes in which a disk in memory gives room."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corpus S, built: five sections of two articles."""
    folder = tmp_path_factory.mktemp("corpus") / "S"
    write_project(generate("S"), folder)
    done = Issue(folder).build()
    assert done.process.returncode == 0, done.said
    return folder


@pytest.fixture
def issue(corpus: Path, tmp_path: Path) -> Issue:
    """Corpus S with its files; one word of it has changed since."""
    return Issue.changed(corpus, tmp_path / "S")


@pytest.fixture(scope="module")
def corrected(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the changed corpus."""
    issue = Issue.changed(corpus, tmp_path_factory.mktemp("corrected") / "S")
    done = issue.build("--workers", "1")
    assert done.process.returncode == 0, done.said
    files = issue.files()
    assert set(files) == set(issue.last)
    assert all(files[name] != issue.last[name] for name in files if name[-4:] in ("epub", ".pdf"))
    return files


def require_nothing_left(issue: Issue, command: Command) -> None:
    assert command.all_gone(), command.alive()
    assert issue.left(command) == []


def require_next_build(issue: Issue, corrected: dict[str, bytes]) -> None:
    done = issue.build()
    assert done.process.returncode == 0, done.said
    assert issue.files() == corrected
    require_nothing_left(issue, done)


# --- A worker ----------------------------------------------------------------------------------


def test_a_worker_that_is_killed(issue: Issue, corrected: dict[str, bytes]) -> None:
    command = issue.begin()

    def one_stands_still() -> bool:
        begun = issue.begun("the pages of")
        if begun is None:
            return False
        os.kill(begun[0], signal.SIGSTOP)
        still = issue.begun("the pages of")
        os.kill(begun[0], signal.SIGCONT if still != begun else signal.SIGKILL)
        return still == begun

    command.wait_until(one_stands_still)
    assert command.end() == 4
    assert re.fullmatch(
        r"error a worker process was killed \(signal 9\) at the pages of “\w+” "
        r"\(manuscript/s00\d/a0000\d.md, manuscript/s00\d/a0000\d.md\) \(worker-killed\)\n"
        r"      → is there enough memory\? build again, perhaps with --workers 1\n",
        command.said,
    )
    assert issue.files() == issue.last
    require_nothing_left(issue, command)
    require_next_build(issue, corrected)


def test_the_server_of_workers_is_killed(issue: Issue) -> None:
    command = issue.begin()
    command.wait_until(issue.begun)
    forked = {pid for pid, line in command.alive().items() if "forkserver" in line}
    (server,) = (pid for pid in forked if command.parent(pid) not in forked)
    os.kill(server, signal.SIGKILL)
    assert command.end() == 4
    killed = "error a worker process was killed at "
    asked = "error no worker process can be begun: "  # by the time a second one is asked for
    assert command.said.startswith((killed, asked))
    assert "Traceback" not in command.said
    assert issue.files() == issue.last
    require_nothing_left(issue, command)


def test_a_temporary_folder_too_long_for_sockets(issue: Issue, tmp_path: Path) -> None:
    issue.aside = tmp_path / ("long" * 40)
    command = issue.build()
    assert command.process.returncode == 0, command.said
    require_nothing_left(issue, command)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_task_fails_as_nobody_expected(issue: Issue, workers: str) -> None:
    """Pages are made by a function that does not take what it is given."""
    program = (
        "from publish.pdf.parts import settling; settling.MAKE = 'builtins.divmod'; "
        "from publish.cli import main; main()"
    )
    command = issue.build("--workers", workers, program=("-c", program))
    assert command.process.returncode == 5
    first, hint = command.said.splitlines()
    assert re.match(r"error publish itself failed at the (front page|pages of “\w+” \(ma)", first)
    assert "TypeError: unsupported operand type(s) for divmod()" in first
    assert hint == "      → run it again with PUBLISH_DEBUG=1 and report what it prints"
    assert issue.files() == issue.last
    require_nothing_left(issue, command)


@pytest.mark.parametrize("count", [1, 2])
def test_a_task_is_named_whatever_it_raises(count: int, tmp_path: Path) -> None:
    with Workers(count, tmp_path) as workers:
        odd = workers.submit(Task("the pages of “要闻”", "json.loads", ("no",)))
        with pytest.raises(PublishError, match="failed at the pages of “要闻”: JSONDecodeError"):
            odd.result()
        large = workers.submit(Task("the cover", "builtins.bytes", (1 << 62,)))
        with pytest.raises(MachineError, match="not enough memory at the cover"):
            large.result()
        unsendable = workers.submit(Task("the front page", "builtins.open", ("/dev/null",)))
        if count > 1:
            with pytest.raises(PublishError, match="failed at the front page: TypeError"):
                unsendable.result()
        assert workers.submit(Task("a sum", "operator.add", (1, 2))).result() == 3


# --- Disks -------------------------------------------------------------------------------------


@contextmanager
def disk(folder: Path, options: str) -> Iterator[None]:
    """Let a small disk of its own be there."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("room", [0, 4_096, 400_000, 1_200_000])
def test_a_full_disk(issue: Issue, room: int) -> None:
    shutil.rmtree(issue.output)
    size = sum(-(-len(content) // PAGE) * PAGE for content in issue.last.values())
    with disk(issue.output, f"size={size + room + 8192}"):
        for name, content in issue.last.items():
            (issue.output / name).write_bytes(content)
        if not room:
            with (issue.output / "more").open("wb", buffering=0) as stream, pytest.raises(OSError):
                while True:
                    stream.write(bytes(1024))
        before = issue.files()
        command = issue.build()
        assert command.process.returncode == 4
        assert re.fullmatch(
            r"error \S+/build the output folder cannot be written: No space left on device "
            r"\(output-unwritable\)\n"
            r"      → free some room, or name another folder with --output\n",
            command.said,
        )
        assert issue.files() == before
        require_nothing_left(issue, command)


def test_a_file_in_the_caches_place(issue: Issue, corrected: dict[str, bytes]) -> None:
    (issue.root / ".publish-cache").write_text("mine", encoding="utf-8")
    command = issue.build()
    assert command.process.returncode == 0
    assert command.said.startswith(
        "note .publish-cache the cache cannot be written: Not a directory (cache-unwritable)\n"
    )
    assert command.said.count("cache-") == 1
    assert issue.files() == corrected
    assert (issue.root / ".publish-cache").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ("size=50m", ""),
        ("size=64k", "the cache cannot be written: No space left on device"),
        ("ro", "the cache cannot be written: Read-only file system"),
    ],
)
def test_a_cache_on_another_disk(
    issue: Issue, corrected: dict[str, bytes], tmp_path: Path, options: str, note: str
) -> None:
    (issue.root / ".publish-cache").symlink_to(tmp_path / "disk")
    with disk(tmp_path / "disk", options):
        command = issue.build()
        assert command.process.returncode == 0
        assert issue.files() == corrected
        assert command.said.startswith(f"note .publish-cache {note}" if note else "file ")
        require_nothing_left(issue, command)
        if not note:
            assert "nothing changed" in issue.build().said


def test_two_builds_at_once(issue: Issue, corrected: dict[str, bytes]) -> None:
    both = [issue.begin(), issue.begin()]
    assert [command.end() for command in both] == [0, 0], both[0].said + both[1].said
    assert issue.files() == corrected
    for command in both:
        require_nothing_left(issue, command)


def test_a_folder_is_removed_though_a_thread_closes_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Python's process pool does when its workers were killed."""
    remove, disturbed = shutil.rmtree, []

    def disturb(folder: Path, **how: bool) -> None:
        if not disturbed:
            disturbed.append(folder)
            (folder / "first").unlink()
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        remove(folder, **how)

    monkeypatch.setattr(shutil, "rmtree", disturb)
    with working_folder(tmp_path) as folder:
        for name in ("first", "second"):
            (folder / name).touch()
    assert disturbed == [folder]
    assert not folder.exists()


# --- Signals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "all_of_them", "step"),
    [
        (signal.SIGINT, True, 0.15),
        (signal.SIGINT, False, 0.15),
        (signal.SIGTERM, False, 0.5),
        (signal.SIGHUP, True, 0.5),
    ],
)
def test_a_build_is_told_to_stop(
    issue: Issue,
    corrected: dict[str, bytes],
    number: signal.Signals,
    all_of_them: bool,
    step: float,
) -> None:
    """At one moment after another, until it is over before it is told."""
    dice = random.Random(f"{number} {all_of_them}")
    moment = 0.0
    while True:
        shutil.rmtree(issue.root / ".publish-cache", ignore_errors=True)
        command = issue.begin()
        command.wait_until(command.hears)
        time.sleep(moment)
        if command.process.poll() is None:
            (os.killpg if all_of_them else os.kill)(command.process.pid, number)
        if command.end() == 0 or "made, not checked" in command.said:  # it was over before
            break
        assert (command.process.returncode, command.said) == (CODES[number], "stopped\n"), moment
        assert issue.files() in (issue.last, corrected)
        require_nothing_left(issue, command)
        moment += step * dice.uniform(0.5, 1.5)
    assert moment > 0
    require_next_build(issue, corrected)


def test_stopped_while_epubcheck_runs(issue: Issue) -> None:
    command = issue.begin("--target", "epub")
    command.wait_until(lambda: any("epubcheck.jar" in line for line in command.alive().values()))
    command.process.send_signal(signal.SIGINT)
    assert (command.end(), command.said) == (130, "stopped\n")
    assert issue.files() == issue.last
    require_nothing_left(issue, command)


def test_stopped_without_workers(issue: Issue) -> None:
    command = issue.begin("--workers", "1")
    command.wait_until(lambda: list(issue.output.glob(".making-*")))
    time.sleep(0.5)
    command.process.send_signal(signal.SIGINT)
    assert (command.end(), command.said) == (130, "stopped\n")
    assert issue.files() == issue.last
    require_nothing_left(issue, command)


def test_a_build_in_the_background_does_not_hear_ctrl_c(
    issue: Issue, corrected: dict[str, bytes]
) -> None:
    """A shell without job control lets it ignore the signal."""
    command = issue.begin(preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    command.wait_until(issue.begun)
    os.killpg(command.process.pid, signal.SIGINT)
    assert command.end() == 0, command.said
    assert issue.files() == corrected


@pytest.mark.parametrize("moment", [0.0, 0.4, 0.9])
def test_killed_outright(issue: Issue, corrected: dict[str, bytes], moment: float) -> None:
    command = issue.begin()
    command.wait_until(command.hears)
    time.sleep(moment)
    command.process.kill()
    assert command.end() == -signal.SIGKILL
    assert command.all_gone(2), command.alive()
    assert issue.files() == issue.last
    require_next_build(issue, corrected)


def test_outputs_are_put_in_place_together(tmp_path: Path) -> None:
    """A signal that comes between two files waits for the second."""
    program = """if True:
        import signal, sys
        from pathlib import Path
        from publish.files import put_in_place
        from publish.stopping import listen

        listen()
        rename = Path.replace

        def replace(self, place):
            rename(self, place)
            signal.raise_signal(signal.SIGTERM)

        Path.replace = replace
        put_in_place({Path(name): Path(name.upper()) for name in ("one", "two")})
        print("not stopped")
    """
    for name in ("one", "two"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "stopped\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ONE", "TWO"]
