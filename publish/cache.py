"""What was made before, kept by the hash of everything it was made of.

An entry is a file in ``.publish-cache/KIND/``; its name is its key, and its first bytes are the
digest of the rest, looked at on every reading. Writing goes aside and is renamed, so two builds
may share the folder. A cache that is damaged, cannot be written or is gone costs time, never an
output: all that is said of it are notes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import pathlib
import pickle
import time
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

from publish.diagnostics import Finding, Severity

FOLDER = ".publish-cache"
LIMIT = 1_000_000_000
"""Bytes kept at most; the entries used longest ago go first."""
FRESH = 3600
"""Seconds in which an entry that is read again keeps the moment it was last used."""
_DIGEST = 20
"""Bytes of a digest."""


def digest(*things: object) -> str:
    """Return the hash, in hexadecimal, of texts, bytes, numbers, None and nested data of them.

    Dataclasses count by their fields, sets by their sorted members; the same data has the same
    digest in every process. Raises TypeError for anything else.
    """
    hashed = hashlib.blake2b(digest_size=_DIGEST)
    _feed(hashed, things)
    return hashed.hexdigest()


def _feed(hashed: Any, thing: object) -> None:
    match thing:
        case bytes():
            hashed.update(b"b%d:" % len(thing))
            hashed.update(thing)
        case Enum():
            _feed(hashed, thing.value)
        case str():
            content = thing.encode("utf-8", "surrogatepass")
            hashed.update(b"s%d:" % len(content))
            hashed.update(content)
        case None | bool() | int() | float() | dt.date() | pathlib.PurePath():
            hashed.update(f"{type(thing).__name__}:{thing};".encode())
        case tuple() | list():
            hashed.update(b"l%d:" % len(thing))
            for one in thing:
                _feed(hashed, one)
        case set() | frozenset():
            hashed.update(b"f")
            _feed(hashed, sorted(digest(one) for one in thing))
        case dict():
            hashed.update(b"d")
            for key in sorted(thing, key=str):
                _feed(hashed, (key, thing[key]))
        case _ if is_dataclass(thing):
            hashed.update(f"{type(thing).__name__}(".encode())
            for each in fields(thing):
                _feed(hashed, getattr(thing, each.name))
        case _:
            raise TypeError(f"{type(thing).__name__} has no digest")


class Cache:
    """The entries of one project; without a folder it keeps nothing.

    ``findings`` are notes of what was damaged or could not be written, once each.
    """

    def __init__(self, folder: Path | None, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        self.findings: list[Finding] = []
        self._said: set[str] = set()
        self._number = 0

    @classmethod
    def of(cls, root: Path) -> Cache:
        """Return the cache of the project in ``root``."""
        return cls(root / FOLDER)

    # --- Bytes ---------------------------------------------------------------------------------

    def get(self, kind: str, key: str) -> bytes | None:
        """Return an entry's bytes; None where there is none, or it is damaged."""
        if self.folder is None:
            return None
        path = self.folder / kind / key
        try:
            with path.open("rb") as stream:
                used = os.fstat(stream.fileno()).st_mtime
                content = stream.read()
            if time.clock_gettime(time.CLOCK_REALTIME) - used > FRESH:
                os.utime(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            if not path.is_file():
                return None
            self._say("cache-unreadable", f"the cache cannot be read: {error.strerror}")
            return None
        if _hash(content[_DIGEST:]) != content[:_DIGEST]:
            self._say("cache-damaged", "an entry of the cache was damaged, and was made again")
            path.unlink(missing_ok=True)
            return None
        return content[_DIGEST:]

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep bytes under a key. Where that fails, a note says so and the work goes on."""
        if self.folder is None:
            return
        folder = self.folder / kind
        self._number += 1
        aside = folder / f".{os.getpid()}-{self._number}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(_hash(content) + content)
            aside.replace(folder / key)
        except OSError as error:
            self._say("cache-unwritable", f"the cache cannot be written: {error.strerror}")
            try:
                aside.unlink(missing_ok=True)
            except OSError:
                return

    # --- Objects -------------------------------------------------------------------------------

    def load(self, kind: str, key: str) -> Any:
        """Return what was stored; None where there is nothing, or nothing that is ours."""
        content = self.get(kind, key)
        if content is None:
            return None
        try:
            return _Unpickler(io.BytesIO(content)).load()
        except Exception:  # whatever a strange pickle may raise
            self._say("cache-damaged", "an entry of the cache was damaged, and was made again")
            return None

    def store(self, kind: str, key: str, value: object) -> None:
        """Keep data: our dataclasses, texts, bytes, numbers and containers of them."""
        if self.folder is not None:
            self.put(kind, key, pickle.dumps(value, protocol=5))

    # --- Room ----------------------------------------------------------------------------------

    def trim(self) -> None:
        """Remove the entries used longest ago until what is left fits into the limit."""
        entries: list[tuple[float, int, str]] = []
        try:
            for kind in os.scandir(self.folder) if self.folder is not None else ():
                if kind.is_dir(follow_symlinks=False):
                    for entry in os.scandir(kind.path):
                        found = entry.stat(follow_symlinks=False)
                        entries.append((found.st_mtime, found.st_size, entry.path))
        except OSError:
            return
        size = sum(entry[1] for entry in entries)
        for _, length, path in sorted(entries):
            if size <= self.limit:
                break
            try:
                Path(path).unlink()
            except OSError:
                continue
            size -= length

    def _say(self, code: str, message: str) -> None:
        if code not in self._said:
            self._said.add(code)
            hint = "nothing is lost; builds are slower. To begin a new one: publish clean"
            self.findings.append(Finding(code, message, Severity.NOTE, FOLDER, hint=hint))


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()


class _Unpickler(pickle.Unpickler):
    """Makes nothing but data: a cache that came with a stranger's project must not run code."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("publish."):
            found = getattr(import_module(module), name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        elif (module, name) in _HARMLESS:
            return getattr(import_module(module), name)
        raise pickle.UnpicklingError(f"{module}.{name} is no data of ours")


_HARMLESS = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
    ("pathlib", "PurePosixPath"),
}
