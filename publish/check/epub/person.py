"""What no program can tell of an EPUB, and a person must look at before it is given to readers."""

from __future__ import annotations

from dataclasses import dataclass

from publish.check.epub.package import XHTML, Epub
from publish.check.epub.structure import HEADING

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at: what to ask, how many there are of it, and where the first are."""

    question: str
    count: int
    places: tuple[str, ...] = ()


def to_look_at(epub: Epub) -> list[Look]:
    """Return what is to be looked at; what is not in the book is not asked."""
    pictures, groups, tables, headings, links = [], [], 0, 0, 0
    for path, root in epub.documents():
        for picture in root.iter(f"{XHTML}img"):
            if text := (picture.get("alt") or "").strip():
                pictures.append(f"{path}: {text}")
        groups += [path for _ in root.iter(f"{XHTML}hgroup")]
        tables += sum(1 for _ in root.iter(f"{XHTML}table"))
        headings += sum(1 for e in root.iter() if isinstance(e.tag, str) and _is_heading(e.tag))
        links += sum(1 for e in root.iter(f"{XHTML}a") if (e.text or "").strip())
    asked = [
        Look(
            "does each alternative text say what its picture shows?",
            len(pictures), tuple(pictures[:SHOWN]),
        ),
        Look("does the order of reading make sense when it is read aloud?", len(epub.spine)),
        Look("do the headings say what stands below them?", headings),
        Look(
            "are kicker, headline and deck heard as one in a screen reader?",
            len(groups), tuple(dict.fromkeys(groups[:SHOWN])),
        ),
        Look("do tables make sense cell by cell?", tables),
        Look("do links say where they lead?", links),
        Look("is contrast enough by day, by night and on sepia?", len(epub.spine)),
    ]  # fmt: skip
    return [look for look in asked if look.count]


def _is_heading(tag: str) -> bool:
    return HEADING.fullmatch(tag.rpartition("}")[2]) is not None
