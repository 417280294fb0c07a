"""One manuscript to one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publish.diagnostics import Finding, Severity, has_errors
from publish.errors import InputError
from publish.files import read_text, shown
from publish.manifest.validation import validate
from publish.manifest.yaml_lines import LinedData, load
from publish.manuscript.blocks import BlockReader
from publish.manuscript.lost import lost_text
from publish.manuscript.markdown import markdown
from publish.manuscript.pictures import PictureShelf
from publish.model import Article, Block, Byline

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that XML 1.0 § 2.2 does not have."""
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""The private-use areas (Unicode § 23.5)."""
STRANGE = (
    (
        CONTROL, "text-control", "an invisible control character", Severity.ERROR,
        "delete it; such characters come along when text is copied",
    ),
    (
        PRIVATE, "text-private", "a private-use character", Severity.WARNING,
        "each font shows another sign for it, or none: type the character that is meant",
    ),
)  # fmt: skip
"""Characters that are not to stand in a text: their code, what they are, and the mend."""
NOTE_MARK = re.compile(r"\[\^(?P<label>[^\]\s]+)\]")
DEFINED_NOTE = re.compile(r"^[ \t>]*(?P<mark>\[\^(?P<label>[^\]\s]+)\]):", re.MULTILINE)


def read_article(
    path: Path, root: Path, key: str, shelf: PictureShelf
) -> tuple[Article, list[Finding]]:
    """Read a manuscript; return the article and what is to be said of it.

    Raises InputError when the file is no UTF-8 or its front matter is broken.
    """
    file = shown(path, root)
    text = read_text(path, root)
    matter, body_line = _front_matter(text, file)
    findings = [*validate(matter, "FRONT_MATTER", file), *_character_findings(text, file)]
    body = "\n".join(text.split("\n")[body_line - 1 :])
    # Blank lines keep the manuscript's line numbers in every token.
    padded = "\n" * (body_line - 1) + body
    tokens = markdown().parse(padded, {})
    reader = BlockReader(file, shelf, findings, tokens)
    blocks = reader.read()
    findings.extend(_note_findings(body, body_line, file))
    article = _article(key, file, matter, blocks, tuple(reader.notes))
    if not has_errors(findings):
        findings.extend(lost_text(article, body, body_line, tokens))
        if not blocks:
            findings.append(
                Finding("article-empty", "the article has no text", file=file, hint="write it")
            )
    return article, findings


def _front_matter(text: str, file: str) -> tuple[LinedData, int]:
    """Return the front matter and the line (from 1) on which the body starts."""
    fences = list(FENCE.finditer(text))
    if not fences or text[: fences[0].start()].strip():
        return LinedData({}, {(): 1}), 1
    if len(fences) < 2:
        raise InputError(
            Finding(
                "front-matter-open",
                "the front matter is never closed",
                file=file,
                line=text[: fences[0].start()].count("\n") + 1,
                hint="put a line of --- after its last key",
            )
        )
    opening, closing = fences[:2]
    first = text[: opening.end()].count("\n") + 2
    data = load(text[opening.end() + 1 : closing.start()], file, first_line=first)
    if data.value is None:
        if text[opening.end() : closing.start()].strip():
            raise InputError(
                Finding(
                    "text-lost",
                    "between the two lines of --- stand comments alone, which are not shown",
                    file=file,
                    line=first,
                    hint="write keys there, such as headline: …, or remove the first line of ---",
                )
            )
        data = LinedData({}, {(): first})
    return data, text[: closing.end()].count("\n") + 2


def _article(
    key: str, file: str, matter: LinedData, blocks: tuple[Block, ...], notes: tuple[Any, ...]
) -> Article:
    value: dict[str, Any] = dict(matter.value) if isinstance(matter.value, dict) else {}
    fields = {name: value[name] for name in _TEXT_FIELDS if isinstance(value.get(name), str)}
    return Article(
        key=key,
        file=file,
        byline=tuple(_bylines(value.get("byline"))),
        body=blocks,
        notes=notes,
        keywords=tuple(word for word in _list(value.get("keywords")) if isinstance(word, str)),
        lines={str(path[0]): line for path, line in matter.lines.items() if len(path) == 1},
        **{name: text.strip() for name, text in fields.items()},
    )


_TEXT_FIELDS = (
    "kicker",
    "headline",
    "deck",
    "dateline",
    "contributor",
    "source",
    "summary",
)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _bylines(value: Any) -> Iterator[Byline]:
    for entry in _list(value):
        if isinstance(entry, dict):
            names = tuple(name for name in _list(entry.get("names")) if isinstance(name, str))
            yield Byline(str(entry.get("role", "")), names)


def _note_findings(body: str, first_line: int, file: str) -> Iterator[Finding]:
    def told(code: str, message: str, start: int, hint: str) -> Finding:
        line = body[:start].count("\n") + first_line
        return Finding(code, message, file=file, line=line, hint=hint)

    definitions = {match.start("mark"): match["label"] for match in DEFINED_NOTE.finditer(body)}
    references = {
        match.start(): match["label"]
        for match in NOTE_MARK.finditer(body)
        if match.start() not in definitions
    }
    for start, label in references.items():
        if label not in definitions.values():
            hint = f"add a line [^{label}]: …"
            yield told("note-undefined", f"the note [^{label}] has no text", start, hint)
    seen: set[str] = set()
    for start, label in definitions.items():
        if label in seen:
            hint = "give it another number, here and in the text"
            yield told("note-twice", f"the note [^{label}] is written twice", start, hint)
        elif label not in references.values():
            message = f"nothing in the text refers to the note [^{label}]"
            yield told("note-unused", message, start, f"put [^{label}] where it belongs")
        seen.add(label)


def _character_findings(text: str, file: str) -> Iterator[Finding]:
    """Tell of characters that are not to be there, each with its line."""
    for characters, code, kind, severity, hint in STRANGE:
        line, counted = 1, 0
        for match in characters.finditer(text):
            line += text.count("\n", counted, match.start())
            counted = match.start()
            yield Finding(
                code,
                f"{kind} (U+{ord(match[0]):04X}) stands in the text",
                severity,
                file=file,
                line=line,
                hint=hint,
            )
