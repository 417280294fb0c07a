"""``publish build`` as a process of its own, looked at from outside while it works."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

MARK = "PUBLISH_TEST_MARK"
"""In the environment of a command and of all processes that it begins."""
SLOWEST = 60
"""Seconds, after which a command is taken to hang."""
_numbers = count()


def until(true: Callable[[], object], seconds: float = SLOWEST) -> bool:
    """Wait until something is true; tell whether it was so in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


@dataclass
class Command:
    """``publish build`` under way; what it writes aside lies in ``aside``."""

    process: subprocess.Popen[bytes]
    mark: str
    said_in: Path
    aside: Path

    @property
    def said(self) -> str:
        """What it has written, to people and to programs."""
        return self.said_in.read_text(encoding="utf-8")

    def wait_until(self, true: Callable[[], object]) -> None:
        """Wait until something is true while it works."""
        assert until(lambda: true() or self.process.poll() is not None), "it hangs"
        assert self.process.poll() is None, self.said

    def end(self) -> int:
        """Wait for its end; return its exit code."""
        return self.process.wait(SLOWEST)

    def alive(self) -> dict[int, str]:
        """Return the processes that belong to it, with their command lines."""
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    if self.mark.encode() in (folder / "environ").read_bytes():
                        line = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                        found[int(folder.name)] = line.decode()
                except OSError:
                    continue
        return found

    def parent(self, process: int) -> int:
        """Return the process that began another."""
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        return int(status.partition("PPid:")[2].split()[0])

    def all_gone(self, seconds: float = 2) -> bool:
        """Wait until none of its processes is left; tell whether that was so in time."""
        return until(lambda: not self.alive(), seconds)

    def hears(self) -> bool:
        """Tell whether it answers signals itself."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        caught = re.search(r"SigCgt:\s*(\w+)", status)
        return bool(caught and int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


class Issue:
    """A project that was built; ``last`` are the files of its last build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "build"
        self.last = self.files()
        self.aside = root.parents[1] / "aside"  # a socket's name must be short

    @classmethod
    def changed(cls, corpus: Path, folder: Path) -> Issue:
        """Copy a corpus with its files, without a cache, and change one word of it."""
        shutil.copytree(corpus, folder, ignore=shutil.ignore_patterns(".publish-cache"))
        first = folder / "manuscript" / "s000" / "a00000.md"
        first.write_text(first.read_text(encoding="utf-8") + "\n更正。\n", encoding="utf-8")
        return cls(folder)

    def files(self) -> dict[str, bytes]:
        """Return the files in the output folder."""
        return {path.name: path.read_bytes() for path in self.output.glob("[!.]*")}

    def begin(
        self, *words: str, program: tuple[str, ...] = ("-m", "publish"), **more: Any
    ) -> Command:
        """Begin to build it, with two workers and without checks if nothing else is said."""
        mark = f"{os.getpid()}-{next(_numbers)}"
        aside = self.aside.with_name(f"{self.aside.name}-{mark}")
        aside.mkdir()
        said = self.root.parent / f"said-{mark}"
        command = [sys.executable, *program, "build", str(self.root), *words]
        if "--workers" not in words:
            command += ["--workers", "2"]
        if "--target" not in words:
            command += ["--no-check"]
        with said.open("wb") as stream:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                env={**os.environ, MARK: mark, "TMPDIR": str(aside)},
                start_new_session=True, **more,
            )  # fmt: skip
        return Command(process, f"{MARK}={mark}\0", said, aside)

    def build(self, *words: str, **more: Any) -> Command:
        """Build it to the end."""
        command = self.begin(*words, **more)
        command.end()
        return command

    def begun(self, name: str = "") -> tuple[int, str] | None:
        """Return a worker that is at work on a task of this name, and what it works on."""
        for note in self.output.glob(".making-*/[0-9]*"):
            try:
                doing = note.read_text(encoding="utf-8")
            except OSError:
                continue
            if doing and name in doing:
                return int(note.name), doing
        return None

    def left(self, command: Command) -> list[str]:
        """Return what lies aside of a command: beside the outputs, in the cache, elsewhere."""
        beside, kept = self.output.glob(".*"), self.root.glob(".publish-cache/*/.*")
        roots = chain(beside, kept, command.aside.iterdir())
        return [str(each) for path in roots for each in chain((path.name,), path.rglob("*"))]
