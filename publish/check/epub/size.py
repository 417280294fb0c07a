"""What the bytes of an EPUB are, and which pictures are larger than any screen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from publish.check.epub.package import Epub
from publish.diagnostics import Finding, Severity

LONGEST = 3200
"""Pixels of a side: more than a tablet's screen shows."""
HEAVY = 1_500_000
"""Bytes of one picture."""
LONG = 1_000_000
"""Bytes of one document from which on older readers are slow (unpacked)."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many files of a kind there are, and their bytes in the EPUB."""

    kind: str
    files: int
    size: int


def weights(epub: Epub) -> list[Weight]:
    """Return what the EPUB's bytes are, the heaviest kind first; the sum is less than the file."""
    found: dict[str, list[int]] = {}
    for path, size in epub.sizes.items():
        found.setdefault(_kind(epub, path), []).append(size)
    rows = [Weight(kind, len(sizes), sum(sizes)) for kind, sizes in found.items()]
    return sorted(rows, key=lambda row: -row.size)


def _kind(epub: Epub, path: str) -> str:
    item = epub.items.get(path)
    if item is None:
        return "package"
    if item.is_font:
        return "fonts"
    if item.media_type.startswith("image/"):
        return "pictures"
    if item.media_type in ("application/xhtml+xml", "application/x-dtbook+xml", "text/html"):
        return "documents"
    return "styles" if item.media_type == "text/css" else "other"


def check_size(epub: Epub) -> Iterator[Finding]:
    """Yield pictures and documents that are larger than readers can use."""
    from PIL import Image, UnidentifiedImageError

    for item in epub.items.values():
        size = epub.sizes.get(item.path, 0)
        if item.media_type.startswith("image/") and "svg" not in item.media_type:
            content = epub.read(item.path)
            try:
                with Image.open(io.BytesIO(content or b"")) as picture:
                    width, height = picture.size
            except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
                continue  # EPUBCheck tells of broken pictures
            if max(width, height) > LONGEST or size > HEAVY:
                yield Finding(
                    "size-picture",
                    f"{epub.file.name}: the picture “{item.path}” is {width} × {height} pixels and "
                    f"{size / 1e6:.1f} MB",
                    Severity.WARNING,
                    place=item.path,
                    hint=f"scale it to at most {LONGEST:,} pixels a side",
                )
    for path in epub.spine:
        try:
            length = epub.archive.getinfo(path).file_size
        except KeyError:
            continue
        if length > LONG:
            yield Finding(
                "size-document",
                f"{epub.file.name}: the document “{path}” is {length / 1e6:.1f} MB long",
                Severity.WARNING,
                place=path,
                hint="part it: older readers turn its pages slowly, or not at all",
            )
