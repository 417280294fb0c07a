"""The fonts of an EPUB: embedded, needed, whole enough for the text, and allowed to be there."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from publish.check.epub.package import ENCRYPTION, Epub
from publish.check.epub.styles import GENERIC, FontFace, Styles
from publish.diagnostics import Finding, Severity
from publish.fonts.obfuscation import ALGORITHM, obfuscated

ADOBE = "http://ns.adobe.com/pdf/enc#RC"
ADOBE_HIDDEN = 1024
"""Bytes at a font's beginning that Adobe's way hides."""
OVERSIZE = 1_000_000
"""Bytes from which on a font of many unused characters is told of."""
RESTRICTED = 0x0002
UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f]")
TOLD = 12
"""Characters that a message names."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font file: the characters it has, its packed size in bytes, and its OS/2 fsType."""

    path: str
    characters: frozenset[int]
    size: int
    rights: int


def check_fonts(epub: Epub, *, ours: bool) -> Iterator[Finding]:
    """Yield what is wrong with the fonts; ``ours``: no text may be left to the reader's fonts."""
    styles = Styles(epub)
    missing = Severity.ERROR if ours else Severity.WARNING
    fonts: dict[str, Font] = {}
    for face in styles.faces:
        for path in face.sources:
            if path not in epub.sizes:
                yield _finding(
                    epub, "font-not-embedded", f"the font file “{path}” is named and not embedded",
                    missing, face.sheet, "put the file into the EPUB, or take the rule out",
                )  # fmt: skip
            elif path not in fonts:
                font = read_font(epub, path)
                if font is None:
                    yield _finding(
                        epub, "font-broken", f"the font “{path}” cannot be read", Severity.ERROR,
                        path, "embed it again; readers will set its text in a font of their own",
                    )  # fmt: skip
                else:
                    fonts[path] = font
    embedded = {face.family for face in styles.faces}
    for family, sheet in styles.named.items():
        if family not in embedded and family.lower() not in GENERIC:
            yield _finding(
                epub, "font-not-embedded", f"the font “{family}” is named and not embedded",
                missing, sheet, "embed it, or name only families that are; a reader who has it not "
                "sees another font",
            )  # fmt: skip
    yield from _coverage(epub, styles, fonts, missing)
    yield from _weight(epub, styles, fonts)
    yield from _strays(epub, styles)


def _coverage(
    epub: Epub, styles: Styles, fonts: dict[str, Font], severity: Severity
) -> Iterator[Finding]:
    """Yield the characters that no embedded font of their text has."""
    for families, characters in styles.texts.items():
        shown = {c for c in characters if not UNSEEN.match(c)}
        faces = [face for face in styles.faces if face.family in families]
        if not faces or any(path not in fonts for face in faces for path in face.sources):
            continue  # what is missing or broken was told
        held = {code for face in faces for path in face.sources if path in fonts
                for code in fonts[path].characters}  # fmt: skip
        if lost := sorted(c for c in shown if ord(c) not in held):
            named = "".join(lost[:TOLD]) + ("…" if len(lost) > TOLD else "")
            yield _finding(
                epub, "font-coverage",
                f"{len(lost)} characters of text set in “{faces[0].family}” are in none of its "
                f"embedded fonts: {named}",
                severity, None, "a reader's own font will show them, or a box",
            )  # fmt: skip
    embedded = {face.family for face in styles.faces}
    if styles.texts and not any(embedded & set(families) for families in styles.texts):
        yield _finding(
            epub, "font-none", "no text is set in an embedded font", Severity.NOTE, None,
            "readers see it in a font of their own; rare characters may be missing",
        )  # fmt: skip


def _weight(epub: Epub, styles: Styles, fonts: dict[str, Font]) -> Iterator[Finding]:
    """Yield fonts that set nothing, are much larger than their text, or must not be there."""
    used: dict[str, set[str]] = {}
    for families, characters in styles.texts.items():
        for family in families:
            used.setdefault(family, set()).update(characters)
    by_path: dict[str, list[FontFace]] = {}
    for face in styles.faces:
        for path in face.sources:
            by_path.setdefault(path, []).append(face)
    for path, font in fonts.items():
        texts = {ord(c) for face in by_path[path] for c in used.get(face.family, ())}
        needed = len(texts & font.characters)
        if not needed:
            yield _finding(
                epub, "font-unused", f"the font “{path}” sets no character of the text",
                Severity.WARNING, path, f"leave it out: the book is {_size(font.size)} smaller",
            )  # fmt: skip
        elif font.size > OVERSIZE and len(font.characters) > 3 * needed:
            yield _finding(
                epub, "font-oversize",
                f"the font “{path}” ({_size(font.size)}) has {len(font.characters):,} characters, "
                f"and the text uses {needed:,} of them",
                Severity.WARNING, path, "embed a subset of the characters in use",
            )  # fmt: skip
        if font.rights & 0xF == RESTRICTED:
            yield _finding(
                epub, "font-rights", f"the font “{path}” forbids embedding (OS/2 fsType bit 1)",
                Severity.ERROR, path, "ask its maker for a licence, or take another font",
            )  # fmt: skip


def _strays(epub: Epub, styles: Styles) -> Iterator[Finding]:
    named = {path for face in styles.faces for path in face.sources}
    for item in epub.items.values():
        if item.is_font and item.path not in named:
            yield _finding(
                epub, "font-unused", f"no stylesheet names the font “{item.path}”",
                Severity.WARNING, item.path, "leave it out, or name it in an @font-face rule",
            )  # fmt: skip


# --- Font files ----------------------------------------------------------------------------------


def read_font(epub: Epub, path: str) -> Font | None:
    """Return what is to be known of a font, or None where it cannot be read."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    content = epub.read(path)
    if content is None:
        return None
    content = _plain(epub, path, content)
    try:
        if content[:4] == b"ttcf":
            font = TTCollection(io.BytesIO(content), lazy=True).fonts[0]
        else:
            font = TTFont(io.BytesIO(content), lazy=True)
        characters = frozenset(font.getBestCmap() or ())
        rights = font["OS/2"].fsType if "OS/2" in font else 0
    except (TTLibError, struct.error, AssertionError, KeyError, IndexError, ValueError, OSError,
            AttributeError, EOFError, ImportError):  # fmt: skip
        return None  # fontTools tells of what is broken in many ways
    return Font(path, characters, epub.sizes[path], rights)


def _plain(epub: Epub, path: str, content: bytes) -> bytes:
    """Return a font as it was before it was obfuscated, in IDPF's way or Adobe's own."""
    algorithm = hidden_files(epub).get(path)
    if algorithm == ALGORITHM:
        return obfuscated(content, epub.identifier)
    digits = re.sub(r"[^0-9a-fA-F]", "", epub.identifier.rpartition(":")[2])
    if algorithm != ADOBE or len(digits) != 32:
        return content
    key = bytes.fromhex(digits)
    head = bytes(byte ^ key[at % 16] for at, byte in enumerate(content[:ADOBE_HIDDEN]))
    return head + content[ADOBE_HIDDEN:]


def hidden_files(epub: Epub) -> dict[str, str]:
    """Return the algorithm by which each file is obfuscated or encrypted."""
    root = epub.tree(ENCRYPTION)
    if root is None:
        return {}
    found = {}
    for data in root.iterfind(".//{*}EncryptedData"):
        method, reference = data.find("{*}EncryptionMethod"), data.find(".//{*}CipherReference")
        if method is not None and reference is not None:
            found[reference.get("URI", "")] = method.get("Algorithm", "")
    return found


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.0f} kB"


def _finding(
    epub: Epub, code: str, message: str, severity: Severity, place: str | None, hint: str
) -> Finding:
    return Finding(code, f"{epub.file.name}: {message}", severity, place=place, hint=hint)
