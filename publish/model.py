"""The newspaper's own model: what an issue is made of, as frozen data.

Everything is read once, at the door (``publish.manifest`` and ``publish.manuscript``), into
these classes; nothing downstream reads YAML or Markdown again. The words are the field's
own, see *Words* in the design and the user's guide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

# --- Inline text ---------------------------------------------------------------------------


class Mark(StrEnum):
    """What sets a run of text apart from its paragraph."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    DOTS = "dots"
    """着重号, CLREQ § 5.2.2: a dot under each character."""
    CODE = "code"


@dataclass(frozen=True)
class Run:
    """A run of characters with the same marks, link and language."""

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Ruby:
    """A base with its reading above it, as for the pinyin of a rare name."""

    base: str
    reading: str


@dataclass(frozen=True)
class NoteReference:
    """The mark in the text that calls the article's note of this number, from 1.

    ``occurrence`` counts from 1 where several marks call the same note.
    """

    number: int
    occurrence: int = 1


@dataclass(frozen=True)
class LineBreak:
    """A line break that the writer asked for."""


Inline = Run | Ruby | NoteReference | LineBreak
Text = tuple[Inline, ...]

# --- Blocks --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of body text. ``line`` is the manuscript's line, from 1."""

    text: Text
    line: int


@dataclass(frozen=True)
class Crosshead:
    """小标题: a heading inside the body. ``level`` is 2 for the usual one, 3 below it."""

    text: Text
    level: int
    line: int


@dataclass(frozen=True)
class ListBlock:
    """A list; each item is a sequence of blocks. ``start`` is None for a bulleted list."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None
    line: int


@dataclass(frozen=True)
class Quotation:
    """A quotation set apart from the text."""

    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True)
class Table:
    """A table: one row of headers and rows of cells; ``alignment`` one word a column."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    alignment: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Picture:
    """A picture file that was opened and found whole. ``width`` and ``height`` in pixels."""

    path: Path
    name: str
    """The path as the manuscript gives it, with forward slashes."""
    media_type: str
    width: int
    height: int
    moves: bool = False
    """Its file holds several images."""


@dataclass(frozen=True)
class Figure:
    """A picture with its alternative text, caption (图说) and credit (署名)."""

    picture: Picture
    alternative: str
    caption: Text
    credit: Text
    line: int
    decorative: bool = False
    """It says nothing that a reader would miss."""


@dataclass(frozen=True)
class Separator:
    """A break between two parts of the body, without words."""

    line: int


Block = Paragraph | Crosshead | ListBlock | Quotation | Table | Figure | Separator


@dataclass(frozen=True)
class Note:
    """A note at the article's end, numbered from 1 in the order of its first reference."""

    number: int
    blocks: tuple[Block, ...]
    line: int


# --- Articles and sections -----------------------------------------------------------------


@dataclass(frozen=True)
class Byline:
    """One role with its names: 通讯员 李四 王五. A role may be empty."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """稿件: one piece of copy, each of its parts in its own place.

    ``file`` is the manuscript's path relative to the project root, with forward slashes;
    ``key`` names the article within the issue and is safe in file names and identifiers.
    ``lines`` gives the manuscript line of each front-matter field.
    """

    key: str
    file: str
    kicker: str = ""
    headline: str = ""
    deck: str = ""
    byline: tuple[Byline, ...] = ()
    dateline: str = ""
    body: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    contributor: str = ""
    source: str = ""
    keywords: tuple[str, ...] = ()
    summary: str = ""
    lines: dict[str, int] = field(default_factory=dict, hash=False)

    @property
    def label(self) -> str:
        """Return the name in contents, navigation and bookmarks.

        The headline; without one, the first clause of the first caption or paragraph.
        """
        if self.headline:
            return " ".join(self.headline.split("\n"))
        for figure in self.figures:
            if clause := first_clause(plain_text(figure.caption)):
                return clause
        for block in self.body:
            if isinstance(block, Paragraph) and (clause := first_clause(plain_text(block.text))):
                return clause
        return self.key

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the article's figures in their order."""
        return tuple(block for block in walk(self.body) if isinstance(block, Figure))


class SectionLayout(StrEnum):
    """The layouts every theme has. A theme may bring more."""

    FEATURE = "feature"
    VOICE = "voice"
    BRIEFS = "briefs"
    COMMENT = "comment"
    PHOTO_STORY = "photo-story"


@dataclass(frozen=True)
class Section:
    """栏目: a named run of articles on one edition page (版)."""

    key: str
    title: str
    articles: tuple[Article, ...]
    page: int | None = None
    layout: str = SectionLayout.FEATURE
    intro: str = ""


@dataclass(frozen=True)
class Publication:
    """报纸: the newspaper itself."""

    title: str
    slug: str
    publisher: str = ""
    language: str = "zh-Hans"
    tagline: str = ""
    cn: str = ""
    issn: str = ""
    postal_code: str = ""
    logo: Picture | None = None


WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@dataclass(frozen=True)
class PrintingPress:
    """承印厂: the kind of press, and the profile of its own, if the project names one.

    ``profile`` is a path from the project's root, ``condition`` the name under which ``registry``
    knows the printing condition.
    """

    preset: str = "coated"
    profile: str = ""
    condition: str = ""
    registry: str = ""
    description: str = ""


@dataclass(frozen=True)
class Evaluation:
    """A person's evaluation of the issue's accessibility: who, when, and where the report is."""

    certifier: str
    date: dt.date
    report: str
    credential: str = ""
    wcag: str = "2.2"
    level: str = "AA"


@dataclass(frozen=True)
class Acceptance:
    """Findings of a rule that the house accepts, of one manuscript or of all, and why."""

    rule: str
    reason: str
    file: str = ""


@dataclass(frozen=True)
class Issue:
    """期: one date's number of the publication, with its sections in order."""

    publication: Publication
    date: dt.date
    number: int
    sections: tuple[Section, ...]
    total: int | None = None
    pages: int | None = None
    lunar: str = ""
    price: str = ""
    series: str = ""
    banner: str = ""
    identifier: str = ""
    description: str = ""
    theme: str = "newspaper"
    press: PrintingPress = PrintingPress()
    accessibility: Evaluation | None = None
    accepted: tuple[Acceptance, ...] = ()

    @property
    def name(self) -> str:
        """Return the stem of the output files, ``slug-date``."""
        return f"{self.publication.slug}-{self.date.isoformat()}"

    @property
    def chinese_date(self) -> str:
        """Return the date as a folio line has it: 2026年1月20日."""
        return f"{self.date.year}年{self.date.month}月{self.date.day}日"

    @property
    def weekday(self) -> str:
        """Return the day of the week: 星期二."""
        return WEEKDAYS[self.date.weekday()]

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return all articles in the issue's order."""
        return tuple(article for section in self.sections for article in section.articles)


@dataclass(frozen=True)
class Source:
    """What an article was read from. ``digest`` covers manuscript, pictures and key.

    ``links`` are the manuscripts that it links to, as written.
    """

    digest: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """A project on disk: its root, its manifest and the issue read from it.

    ``sources`` are by article key.
    """

    root: Path
    manifest: Path
    issue: Issue
    sources: dict[str, Source] = field(default_factory=dict, compare=False)

    def linked(self, link: str) -> Article | None:
        """Return the article that a link such as ../feature/bridge.md leads to."""
        return self._articles.get((self.manifest.parent / link).resolve())

    @cached_property
    def _articles(self) -> dict[Path, Article]:
        return {(self.root / article.file).resolve(): article for article in self.issue.articles}


# --- Reading the model ---------------------------------------------------------------------


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield each block and the blocks inside it, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Quotation):
            yield from walk(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from walk(item)


def texts_of(article: Article) -> Iterator[Text]:
    """Yield every inline text of an article's body and notes, in reading order."""
    blocks = (*article.body, *(block for note in article.notes for block in note.blocks))
    for block in walk(blocks):
        match block:
            case Paragraph() | Crosshead():
                yield block.text
            case Table():
                for row in (block.header, *block.rows):
                    yield from row
            case Figure():
                yield block.caption
                yield block.credit


def plain_text(text: Text) -> str:
    """Return the characters of an inline text, readings and note marks left out."""
    return "".join(
        piece.text if isinstance(piece, Run) else piece.base
        for piece in text
        if isinstance(piece, Run | Ruby)
    )


def first_clause(text: str, longest: int = 24) -> str:
    """Return the text up to its first clause mark, at most ``longest`` characters."""
    for index, character in enumerate(text):
        if character in "，。；：！？、,.;:!?" or index == longest:
            return text[:index]
    return text
