"""Traditional Chinese read as Simplified, character by character, to be understood as words."""

from __future__ import annotations

from functools import cache
from importlib import resources


def simplified(text: str) -> str:
    """Give a text in Simplified characters, one for each of its own."""
    return text.translate(_simplified_forms())


@cache
def _simplified_forms() -> dict[int, str]:
    file = resources.files(__package__) / "traditional.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}
