"""The files a build reads: their digests, and one digest of them all."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.cache import Cache, digest

SMALL = 1_000_000
"""Bytes. A larger file is not read again while its size, its moment and its inode stay."""
SETTLED = 2_000_000_000
"""Nanoseconds. A file changed so shortly before it was looked at may have changed since."""
PASSED_OVER = ("build", "styles", "fonts", "profiles")
"""Folders below the manifest's that hold no manuscripts."""
_MEMO = "files", "memo"


@dataclass(frozen=True, slots=True)
class _Seen:
    size: int
    changed: int
    inode: int
    looked: int
    digest: str


class FileDigests:
    """Digests of files' contents, each file read at most once."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._found: dict[str, str] = {}
        self._memo: dict[str, _Seen] | None = None
        self._changed = False

    def of(self, path: str | Path) -> str:
        """Return the digest of a file's content. Raises OSError when it cannot be read."""
        name = str(path)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._look(name)
        return found

    def _look(self, name: str) -> str:
        with open(name, "rb") as stream:  # noqa: PTH123 - a thousand times a build
            state = os.fstat(stream.fileno())
            if state.st_size <= SMALL:
                return content_digest(stream.read())
            memo = self._remembered()
            seen = memo.get(name)
            same = seen is not None and (seen.size, seen.changed, seen.inode) == (
                state.st_size, state.st_mtime_ns, state.st_ino,
            )  # fmt: skip
            if seen is not None and same and seen.looked - seen.changed > SETTLED:
                return seen.digest
            looked = time.clock_gettime_ns(time.CLOCK_REALTIME)
            found = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=20)).hexdigest()
            memo[name] = _Seen(state.st_size, state.st_mtime_ns, state.st_ino, looked, found)
            self._changed = True
            return found

    def _remembered(self) -> dict[str, _Seen]:
        if self._memo is None:
            found = self.cache.load(*_MEMO)
            self._memo = found if isinstance(found, dict) else {}
        return self._memo

    def remember(self) -> None:
        """Keep the digests of large files for the next build."""
        if self._changed and self._memo is not None:
            here = {name: seen for name, seen in self._memo.items() if name in self._found}
            self.cache.store(*_MEMO, here)
            self._changed = False


def content_digest(content: bytes) -> str:
    """Return the digest of a file's content."""
    return hashlib.blake2b(content, digest_size=20).hexdigest()


def inputs_digest(root: Path, manifest: Path, digests: FileDigests) -> str:
    """Return the digest of all that a build may read from the project: names and contents.

    Manuscripts and pictures, the project's own styles and fonts. A file that cannot be read
    counts by its name: the build will say what is wrong with it.
    """
    folder = manifest.parent
    files = [
        _told(path, digests) for path in sorted(files_below(str(folder), passed_over=PASSED_OVER))
    ]
    for name in ("styles", "fonts", "profiles"):
        files += [_told(path, digests) for path in sorted(files_below(str(root / name)))]
    found = digest(str(root), str(manifest), files)
    digests.remember()
    return found


def files_below(folder: str, *, passed_over: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield every file below a folder; hidden ones and folders ``passed_over`` are left out."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in passed_over:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, passed_over=passed_over)
        else:
            yield entry.path


def _told(path: str, digests: FileDigests) -> tuple[str, str]:
    try:
        return path, digests.of(path)
    except OSError as error:
        return path, f"unreadable: {error.strerror}"
