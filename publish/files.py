"""The door to the disk: reading inside the project, and putting outputs in place together."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from publish.diagnostics import Finding
from publish.errors import InputError, MachineError
from publish.stopping import held_back, when_stopped

LARGEST_TEXT = 8_000_000
"""Bytes. A longer manuscript or manifest is refused: a newspaper's year is shorter."""


def shown(path: Path, root: Path) -> str:
    """Return the path as messages show it: relative to the root where it lies inside."""
    with contextlib.suppress(ValueError):
        return path.relative_to(root).as_posix()
    with contextlib.suppress(ValueError):
        return path.resolve().relative_to(root.resolve()).as_posix()
    return path.name


def is_inside(path: Path, root: Path) -> bool:
    """Tell whether the path, its links resolved, lies in the root."""
    return path.resolve().is_relative_to(root.resolve())


def read_text(path: Path, root: Path) -> str:
    """Return the UTF-8 text of a file of the project, a byte order mark removed.

    Raises InputError when the file is too large, unreadable or not UTF-8.
    """
    name = shown(path, root)
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise InputError(
                Finding(
                    "text-too-large",
                    f"the file is larger than {LARGEST_TEXT // 1_000_000} MB",
                    file=name,
                    hint="split it into several manuscripts",
                )
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            Finding("file-unreadable", f"cannot be read: {error.strerror}", file=name)
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_not_utf8(name, content, error)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess = "UTF-16"
    else:
        try:
            content.decode("gb18030")
            guess = "GB18030 (GBK)"
        except UnicodeDecodeError:
            guess = ""
    return Finding(
        "text-not-utf8",
        "the text is not UTF-8" + (f"; it looks like {guess}" if guess else ""),
        file=name,
        line=content[: error.start].count(b"\n") + 1,
        hint="save the file as UTF-8"
        + (", for example with: iconv -f GB18030 -t UTF-8" if guess.startswith("GB") else ""),
    )


def nearest(name: str, names: list[str]) -> str | None:
    """Return the name that was probably meant, or None."""
    matches = get_close_matches(name, names, n=1, cutoff=0.6)
    return matches[0] if matches else None


@contextlib.contextmanager
def working_folder(output: Path) -> Iterator[Path]:
    """Give a new folder beside the outputs, on the same file system, removed at the end.

    Folders that were left by processes no longer alive are removed too.
    Raises MachineError when the output folder cannot be written, also while it is in use.
    """
    folder = output / f"{MAKING}{os.getpid()}-{os.urandom(4).hex()}"
    remove = partial(_remove, folder)
    with contextlib.ExitStack() as leaving:
        leaving.enter_context(when_stopped(remove))
        leaving.callback(remove)
        try:
            output.mkdir(parents=True, exist_ok=True)
            remove_left(output.glob(f"{MAKING}*"))
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise MachineError(_unwritable(output, error)) from error
        try:
            yield folder
        except OSError as error:
            if error.errno in FULL:
                raise MachineError(_unwritable(output, error)) from error
            raise


def _remove(folder: Path) -> None:
    """Remove a folder, though a worker that is just ending may still write into it.

    When workers were killed, two threads of Python's process pool may both close the same pipe,
    and the second of them a file that was opened here meanwhile: it is tried again.
    """
    end = time.monotonic() + LONGEST_REMOVAL
    while True:
        with contextlib.suppress(OSError):
            shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists() or time.monotonic() > end:
            return
        time.sleep(0.02)


LONGEST_REMOVAL = 10
"""Seconds. Where memory or the disk is short, a worker that was killed may end seconds later."""
MAKING = ".making-"
_OWNER = re.compile(r"\.(?:making-)?(\d+)-")
"""A name that begins with its process: of a working folder, or of a file written aside."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""What the system says where nothing more can be written."""


def _unwritable(output: Path, error: OSError) -> Finding:
    return Finding(
        "output-unwritable",
        f"the output folder cannot be written: {error.strerror}",
        file=str(output),
        hint="free some room, or name another folder with --output",
    )


def remove_left(paths: Iterable[Path], also: int = 0) -> None:
    """Remove what processes no longer alive have written aside, and what ``also`` has."""
    for path in paths:
        owner = _OWNER.match(path.name)
        if owner is None or (int(owner[1]) != also and _is_alive(int(owner[1]))):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def put_in_place(made: Mapping[Path, Path]) -> None:
    """Rename each finished file over its old one; keys are the new files, values the places.

    All are written and synced before the first is renamed, so that an error leaves the old
    files whole; a signal to stop waits until all are renamed.
    """
    for source in made:
        with source.open("rb") as stream:
            os.fsync(stream.fileno())
    with held_back():
        for source, place in made.items():
            source.replace(place)
