"""Files as they lie in an EPUB: deflated once, where they were made, and kept so."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""ZIP knows no earlier moment; a fixed one keeps the bytes the same."""
RIGHTS = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Packed:
    """A file's content as a ZIP holds it, and what tells it when it is read back."""

    deflated: bytes
    size: int
    crc: int
    digest: bytes

    @classmethod
    def of(cls, content: bytes) -> Packed:
        """Pack a file, as zipfile does."""
        packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        deflated = packer.compress(content) + packer.flush()
        return cls(deflated, len(content), zlib.crc32(content), _hash(content))

    @property
    def content(self) -> bytes:
        """Return the file itself."""
        return zlib.decompress(self.deflated, -zlib.MAX_WBITS, max(1, self.size))

    def is_of(self, content: bytes) -> bool:
        """Tell whether a file is this one."""
        return len(content) == self.size and _hash(content) == self.digest


@dataclass(frozen=True, slots=True)
class Embedded:
    """A font or a picture, packed, and the ending of its name."""

    ending: str
    packed: Packed


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=20).digest()


class Archive(zipfile.ZipFile):
    """A ZIP whose entries have no clock, and may come packed."""

    def writestr(
        self, name: Any, data: Any, compress_type: int | None = None, level: int | None = None
    ) -> None:
        """Add an entry, of text, bytes or what is Packed."""
        entry = zipfile.ZipInfo(name, EARLIEST)
        entry.external_attr = RIGHTS
        entry.compress_type = self.compression if compress_type is None else compress_type
        if isinstance(data, Packed):
            self._write_packed(entry, data)
        else:
            super().writestr(entry, data, entry.compress_type, level)

    def _write_packed(self, entry: zipfile.ZipInfo, packed: Packed) -> None:
        """Do what ZipFile does, but for deflating: it has no entrance for what is deflated."""
        assert self.fp is not None
        entry.header_offset = self.fp.tell()
        entry.file_size, entry.compress_size = packed.size, len(packed.deflated)
        entry.CRC = packed.crc
        self.fp.write(entry.FileHeader())
        self.fp.write(packed.deflated)
        self.filelist.append(entry)
        self.NameToInfo[entry.filename] = entry
        self.start_dir = self.fp.tell()
        self._didModify = True
