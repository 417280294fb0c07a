"""A manuscript's text, read without the program: what a person would look for in print.

Deliberately simple, and only for what the sample uses, so that a mistake of the program's own
reader is not made twice.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

CIRCLED = "①②③④⑤⑥⑦⑧⑨"


def pieces(path: Path) -> list[str]:
    """Return headings and lines of text in their order, without Markdown signs and blanks."""
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = yaml.safe_load(matter)
    found = [front.get("kicker", ""), front.get("headline", ""), front.get("deck", "")]
    for entry in front.get("byline", []):
        found += [entry.get("role", ""), *entry["names"]]
    found.append(front.get("dateline", ""))
    notes = []
    for line in body.splitlines():
        if note := re.match(r"\[\^(\d+)\]: (.*)", line):
            notes += [CIRCLED[int(note[1]) - 1], note[2]]
        elif line.startswith("|"):
            found += [cell for cell in line.split("|") if not re.fullmatch(r"[ :-]*", cell)]
        elif not line.startswith("!["):
            text = re.sub(r"^(#+|>|-|\d+\.) ", "", line)
            text = re.sub(r"\[([^\]^]*)\]\([^)]*\)", r"\1", text).replace("*", "")
            found.append(re.sub(r"\[\^(\d+)\]", lambda m: CIRCLED[int(m[1]) - 1], text))
    found += [front.get("contributor", ""), front.get("source", ""), *notes]
    return [squeezed for piece in found if (squeezed := "".join(piece.split()))]


def first_missing(expected: list[str], text: str) -> str | None:
    """Return the first piece that is not in the text after the one before it."""
    text, place = "".join(text.split()), 0
    for piece in expected:
        if (found := text.find(piece, place)) < 0:
            return piece
        place = found + len(piece)
    return None
