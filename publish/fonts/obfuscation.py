"""Fonts that only the book they are in can use: IDPF's obfuscation (EPUB 3.3 § 4.2.6.3).

It hides a font's beginning from whoever takes it out of the EPUB, as some licences ask; it is no
encryption.
"""

from __future__ import annotations

import hashlib
import re

ALGORITHM = "http://www.idpf.org/2008/embedding"
HIDDEN = 1040
"""Bytes at a font's beginning."""


def obfuscated(font: bytes, identifier: str) -> bytes:
    """Return a font hidden by a book's unique identifier, or one that was hidden as it was."""
    key = hashlib.sha1(re.sub(r"[ \t\r\n]", "", identifier).encode()).digest()
    head = bytes(byte ^ key[at % len(key)] for at, byte in enumerate(font[:HIDDEN]))
    return head + font[HIDDEN:]
