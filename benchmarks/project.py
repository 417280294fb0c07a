"""Write a corpus as a project folder that `publish build` takes.

Layouts are given to the sections in turn; Markdown's marks in the text are escaped.

    python -m benchmarks.project M corpus-m
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path

import yaml

from benchmarks.corpus import SIZES, Article, Block, Corpus, Section, generate

ISSUE_DATE = date(2023, 1, 16)
DECK_DASH = "——"

#: Layouts given to the sections in turn, so that a long run and a page of short ones both count.
LAYOUTS = ("feature", "briefs")

#: What Markdown would take for markup anywhere in a line, and `&` where an entity would begin.
INLINE_MARKUP = re.compile(r"[\\`*_\[\]<>|~^#$]|&(?=#?\w+;)")

#: What it would take for a list, a quotation, an underline or a fence at a line's start.
LINE_START_MARKUP = re.compile(r"^(\d*)(?=[-+=:.)])", re.MULTILINE)

SECTION_TITLE = re.compile(r"第(?P<page>\d+)版 (?P<title>.+)")


def escape(text: str) -> str:
    """Return `text` with backslashes, so that CommonMark gives back every character of it."""
    return LINE_START_MARKUP.sub(r"\1\\", INLINE_MARKUP.sub(r"\\\g<0>", text))


def split_section_title(title: str) -> tuple[int | None, str]:
    """Split 第3版 发展建设 into edition page and title; another form has no edition page."""
    match = SECTION_TITLE.fullmatch(title)
    return (int(match["page"]), match["title"]) if match else (None, title)


def split_byline(byline: str) -> dict[str, object]:
    """Split 本报记者 甲 into role and names; a single word is a name."""
    role, _, names = byline.rpartition(" ")
    return {"role": role, "names": [names]} if role else {"names": [names]}


def manuscript(article: Article) -> str:
    """Return one manuscript: front matter without empty keys, then the body in Markdown."""
    front: dict[str, object] = {
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck.removeprefix(DECK_DASH),
        "byline": [split_byline(article.byline)],
    }
    written = {key: value for key, value in front.items() if value}
    return f"---\n{_yaml(written)}---\n\n{body(article.blocks)}"


def body(blocks: Sequence[Block]) -> str:
    """Return paragraphs and crossheads as Markdown, one block a line, blank lines between."""
    prefix = {"p": "", "crosshead": "## "}
    return "\n".join(f"{prefix[block.type]}{escape(block.text)}\n" for block in blocks)


def manifest(corpus: Corpus) -> str:
    """Return the manifest: publication, issue and sections in the corpus's order."""
    sections = [
        _manifest_section(section, layout)
        for section, layout in zip(corpus.sections, cycle(LAYOUTS), strict=False)
    ]
    return _yaml(
        {
            "publication": {
                "title": corpus.title,
                "slug": slug(corpus),
                "publisher": f"{corpus.title}社",
                "language": "zh-Hans",
            },
            "issue": {"date": ISSUE_DATE, "number": 1, "pages": len(corpus.sections)},
            "sections": sections,
        }
    )


def slug(corpus: Corpus) -> str:
    """Return corpus-m for the corpus of size M. Raises KeyError for a corpus of no size."""
    names = {(sections, sections * each): name for name, (sections, each) in SIZES.items()}
    return f"corpus-{names[len(corpus.sections), corpus.article_count].lower()}"


def write_project(corpus: Corpus, root: Path) -> None:
    """Write the project below `root`, which is made where it is missing."""
    manuscripts = root / "manuscript"
    manuscripts.mkdir(parents=True, exist_ok=True)
    (manuscripts / "manifest.yaml").write_text(manifest(corpus), encoding="utf-8")
    for section in corpus.sections:
        (manuscripts / section.id).mkdir(exist_ok=True)
        for article in section.articles:
            path = manuscripts / _article_path(section, article)
            path.write_text(manuscript(article), encoding="utf-8")


def _manifest_section(section: Section, layout: str) -> dict[str, object]:
    page, title = split_section_title(section.title)
    return {
        "title": title,
        **({"page": page} if page is not None else {}),
        "layout": layout,
        "articles": [_article_path(section, article) for article in section.articles],
    }


def _article_path(section: Section, article: Article) -> str:
    return f"{section.id}/{article.id}.md"


def _yaml(content: Mapping[str, object]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the project of one corpus into a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.project", description=main.__doc__)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    write_project(generate(options.size), options.folder)


if __name__ == "__main__":
    main()
