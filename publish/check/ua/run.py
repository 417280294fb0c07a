"""Hold a tagged PDF against all rules, and its text in the tree's order against the manuscripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf

from publish.check.ua.rules import RULES, identified
from publish.check.ua.structure import Element, Tagged
from publish.diagnostics import Finding, Severity
from publish.layouts.reading import reading_text, squeezed
from publish.model import Project

PERSON = (
    "what only a person can check: whether alternative texts say what pictures show, headings and "
    "order make sense aloud, tables read well, contrast is enough, and links say where they lead"
)


def claims_ua(file: Path) -> bool:
    """Tell whether a PDF says it is PDF/UA."""
    with pikepdf.open(file) as pdf:
        return identified(pdf)


def check_ua(
    file: Path, project: Project | None, progress: Callable[[str], None] = lambda step: None
) -> list[Finding]:
    """Return what a machine can tell of a PDF's accessibility, and what is left to a person."""
    progress(f"accessibility of {file.name}")
    with pikepdf.open(file) as pdf:
        tagged = Tagged(pdf)
        findings = [
            Finding(rule.code, f"{message} (PDF/UA-1, {rule.clause})", rule.severity,
                    hint=rule.hint, place=place or None)
            for rule in RULES
            for message, place in list(dict.fromkeys(rule.look(tagged)))[:12]
        ]  # fmt: skip
        if project is not None and tagged.tops:
            findings += _against_manuscripts(file, tagged, project)
    findings.append(
        Finding("ua-person", PERSON, Severity.NOTE, hint="listen to it with a screen reader")
    )
    return findings


def _against_manuscripts(file: Path, tagged: Tagged, project: Project) -> list[Finding]:
    """Return a finding for each article that is not read whole and in its order."""
    texts = tagged_texts(file, [e for e in tagged.elements if e.name == "Art"])
    findings = []
    for article, text in zip(project.issue.articles, texts, strict=False):
        if squeezed(reading_text(article, printed=True)) not in text:
            message = f"“{article.label}” is not read whole and in its order"
            findings.append(Finding("ua-order", message, file=article.file))
    if len(texts) != len(project.issue.articles):
        message = f"{len(texts)} articles are tagged, the issue has {len(project.issue.articles)}"
        findings.append(Finding("ua-order", message))
    return findings


def tagged_texts(file: Path, elements: list[Element]) -> list[str]:
    """Return the text of each element and all below it, in the tree's order, squeezed."""
    import pdfplumber

    found: dict[tuple[int, int], list[str]] = {}
    with pdfplumber.open(file) as pdf:
        for number, page in enumerate(pdf.pages):
            for character in page.chars:
                if character.get("mcid") is not None:
                    found.setdefault((number, character["mcid"]), []).append(character["text"])
            page.close()
    return [squeezed("".join(_text(element, found))) for element in elements]


def _text(element: Element, found: dict[tuple[int, int], list[str]]) -> list[str]:
    """Return an element's pieces: content and kids, in the order of the file's own list."""
    pieces: list[str] = []
    kids = iter(element.kids)
    marks = iter(element.marks)
    array = element.obj.get("/K")
    entries = list(array) if isinstance(array, pikepdf.Array) else [array]
    for entry in entries:
        if isinstance(entry, pikepdf.Dictionary) and "/S" in entry:
            pieces += _text(next(kids), found)
        elif not (isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/OBJR"):
            pieces += found.get(next(marks, (-1, -1)), [])
    return pieces
