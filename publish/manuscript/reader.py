"""One manuscript to one article."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publish.diagnostics import Finding, has_errors
from publish.errors import InputError
from publish.files import read_text, shown
from publish.manifest.validation import validate
from publish.manifest.yaml_lines import LinedData, load
from publish.manuscript.blocks import BlockReader
from publish.manuscript.pictures import PictureShelf
from publish.model import (
    Article,
    Block,
    Byline,
    Crosshead,
    Figure,
    ListBlock,
    Paragraph,
    Quotation,
    Ruby,
    Run,
    Table,
    Text,
)

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that XML 1.0 § 2.2 does not have."""
UNDEFINED_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
DEFINED_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)


def read_article(
    path: Path, root: Path, key: str, shelf: PictureShelf
) -> tuple[Article, list[Finding]]:
    """Read a manuscript; return the article and what is to be said of it.

    Raises InputError when the file is no UTF-8 or its front matter is broken.
    """
    file = shown(path, root)
    text = read_text(path, root)
    matter, body_line = _front_matter(text, file)
    findings = [*validate(matter, "FRONT_MATTER", file), *_control_findings(text, file)]
    body = "\n".join(text.split("\n")[body_line - 1 :])
    # Blank lines keep the manuscript's line numbers in every token.
    padded = "\n" * (body_line - 1) + body
    env: dict[str, Any] = {}
    reader = BlockReader(file, shelf, findings, _markdown().parse(padded, env))
    blocks = reader.read()
    findings.extend(_note_findings(body, body_line, file))
    article = _article(key, file, matter, blocks, tuple(reader.notes))
    if not has_errors(findings):
        findings.extend(_lost(article, body, body_line))
        if not blocks:
            findings.append(
                Finding("article-empty", "the article has no text", file=file, hint="write it")
            )
    return article, findings


@cache
def _markdown() -> MarkdownIt:
    """Markdown as an editor types it.

    Indented text is no program code (manuscripts indent paragraphs), HTML is judged tag by
    tag, and a line like ［甲］：… is text, not the definition of a link.
    """
    markdown = MarkdownIt("commonmark", {"html": True})
    # Every target is judged by our own readers, with a message; markdown-it would leave a
    # forbidden one standing in the text, brackets and all.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.enable("table").disable(["code", "html_block", "reference"])
    markdown.use(footnote_plugin, inline=False)
    markdown.use(attrs_plugin, spans=True, after=())
    return markdown


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
    defined = {match[1]: match.start() for match in DEFINED_NOTE.finditer(body)}
    references = [
        match for match in UNDEFINED_NOTE.finditer(body) if match.start() not in defined.values()
    ]
    used = {match[1] for match in references}
    for match in references:
        if match[1] not in defined:
            line = body[: match.start()].count("\n") + first_line
            message, hint = f"the note [^{match[1]}] has no text", f"add a line [^{match[1]}]: …"
            yield Finding("note-undefined", message, file=file, line=line, hint=hint)
    for label, start in defined.items():
        if label not in used:
            line = body[:start].count("\n") + first_line
            message = f"nothing in the text refers to the note [^{label}]"
            hint = f"put [^{label}] where it belongs"
            yield Finding("note-unused", message, file=file, line=line, hint=hint)


def _control_findings(text: str, file: str) -> Iterator[Finding]:
    for match in CONTROL.finditer(text):
        yield Finding(
            "text-control",
            f"an invisible control character (U+{ord(match[0]):04X}) stands in the text",
            file=file,
            line=text[: match.start()].count("\n") + 1,
            hint="delete it; such characters come along when text is copied",
        )


# --- Nothing is lost at the door -------------------------------------------------------------


def _lost(article: Article, body: str, first_line: int) -> Iterator[Finding]:
    """Compare the Chinese characters of the body with those that reached the model.

    Markdown's own signs are not Chinese, so every Chinese character must arrive. Names of
    picture files, labels of notes and link targets are not text.
    """
    visible = re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]|<rp>[^<]*</rp>", "", body)
    missing = Counter(visible)
    missing.subtract("".join(_texts(article.body)))
    for note in article.notes:
        missing.subtract("".join(_texts(note.blocks)))
    lost = [c for c, count in missing.items() if count > 0 and _is_chinese(c)]
    if lost:
        first = next(i for i, line in enumerate(body.split("\n")) if lost[0] in line)
        yield Finding(
            "text-lost",
            f"these characters were not understood as text: {''.join(lost[:20])}",
            file=article.file,
            line=first + first_line,
            hint="look for Markdown signs near them; put \\ before a sign that is meant as text",
        )


def _is_chinese(character: str) -> bool:
    return ord(character) > 0x2E7F and unicodedata.category(character)[0] in "LNPS"


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Crosshead():
                yield _characters(block.text)
            case Quotation():
                yield from _texts(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from _texts(item)
            case Table():
                for row in (block.header, *block.rows):
                    yield from map(_characters, row)
            case Figure():
                yield block.alternative + _characters(block.caption) + _characters(block.credit)


def _characters(text: Text) -> str:
    return "".join(
        piece.text if isinstance(piece, Run) else piece.base + piece.reading
        for piece in text
        if isinstance(piece, Run | Ruby)
    )
