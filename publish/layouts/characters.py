"""Which characters each part of an issue shows, and where: fonts are checked and subset by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from publish.cache import Cache, digest
from publish.diagnostics import Finding
from publish.files import read_text, shown
from publish.fonts import (
    Catalogue,
    Setting,
    chain_of,
    coverage_findings,
    embedding_findings,
)
from publish.fonts.coverage import Place
from publish.fonts.languages import is_east_asian
from publish.layouts.environment import folio, imprint, issue_title
from publish.layouts.reading import CIRCLED, bracketed
from publish.layouts.theme import Theme
from publish.model import (
    Article,
    Block,
    Crosshead,
    Figure,
    Issue,
    ListBlock,
    Mark,
    Paragraph,
    Project,
    Quotation,
    Ruby,
    Run,
    Section,
    Source,
    Table,
    Text,
)
from publish.program import program_digest

FIXED = {
    "furniture": "第版期农历目录权页报头封面正文国内统一连续出物号邮发代总今日零售价"
    "ISSNCN·　0123456789年月星",
    "deck": "——",
    "byline": "（）　",
    "body": "（）•　0123456789.[]上一下篇栏目" + CIRCLED,
    "caption": CIRCLED,
}
"""What the templates add themselves."""

BOLD_PARTS = ("headline", "crosshead", "strong", "dateline", "masthead", "furniture")
"""Parts that are set in the bold face of their role."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text in one part, and the place it was read from.

    ``language`` is that of a run marked with another East Asian language than the issue's;
    ``file`` is a manuscript, None for what the manifest or a template says.
    """

    part: str
    text: str
    file: str | None = None
    line: int = 1
    language: str | None = None


def passages(issue: Issue) -> Iterator[Passage]:
    """Yield every text of the issue with the part that shows it."""
    for part, text in _issue_parts(issue):
        yield Passage(part, text)
    for article in issue.articles:
        yield from _article(article)
    for part, text in FIXED.items():
        yield Passage(part, text)


Characters = dict[tuple[str, str | None], set[str]]
"""The characters that each part shows, in the issue's language (None) or another."""


def characters_by_part(
    issue: Issue, sources: Mapping[str, Source] | None = None, cache: Cache | None = None
) -> Characters:
    """Return the characters that each part shows.

    Those of a section whose articles (``sources``, by key) did not change come from the cache.
    """
    found: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for part, text in (*_issue_parts(issue), *FIXED.items()):
        found[part, None].update(text)
    for section in issue.sections:
        for key, characters in _of_section(section, sources or {}, cache or Cache(None)).items():
            found[key].update(characters)
    return {key: characters - {"\n", "\t"} for key, characters in found.items()}


def _of_section(
    section: Section, sources: Mapping[str, Source], cache: Cache
) -> dict[tuple[str, str | None], str]:
    whole = all(article.key in sources for article in section.articles)
    key = digest(program_digest(), [sources[a.key].digest for a in section.articles if whole])
    kept = cache.load("characters", key) if whole else None
    if isinstance(kept, dict):
        return kept
    found: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for article in section.articles:
        for passage in _article(article):
            found[passage.part, passage.language].update(passage.text)
    made = {key: "".join(sorted(characters)) for key, characters in found.items()}
    if whole:
        cache.store("characters", key, made)
    return made


def characters_by_setting(characters: Characters, theme: Theme) -> dict[Setting, set[str]]:
    """Return the characters that each role must set, by weight and language."""
    found: defaultdict[Setting, set[str]] = defaultdict(set)
    for (part, language), shown_ones in characters.items():
        found[setting_of(theme, part, language)] |= shown_ones
    return dict(found)


def setting_of(theme: Theme, part: str, language: str | None = None) -> Setting:
    """Return how the theme sets a part."""
    return Setting(theme.font_roles[part], 700 if part in BOLD_PARTS else 400, language)


def locate(project: Project, theme: Theme, setting: Setting, character: str) -> Place:
    """Return the first file and line that show a character in a setting.

    A block is known by its first line; from there on the file is searched for the character.
    """
    for passage in passages(project.issue):
        if character in passage.text and setting == setting_of(
            theme, passage.part, passage.language
        ):
            file = passage.file or shown(project.manifest, project.root)
            lines = read_text(project.root / file, project.root).split("\n")
            for number, line in enumerate(lines[passage.line - 1 :], start=passage.line):
                if character in line:
                    return file, number
            if passage.file:
                return file, passage.line
    return None, None


def font_findings(
    project: Project, theme: Theme, catalogue: Catalogue, characters: Characters | None = None
) -> list[Finding]:
    """Return what keeps the project's fonts from setting its text: rights, else glyphs."""
    texts = characters_by_setting(characters or characters_by_part(project.issue), theme)
    chains = dict.fromkeys(chain_of(catalogue, setting) for setting in texts)
    faces = (face for chain in chains for family in chain for face in family.faces)
    return embedding_findings(faces) or coverage_findings(
        catalogue, texts, partial(locate, project, theme)
    )


def _issue_parts(issue: Issue) -> Iterator[tuple[str, str]]:
    publication = issue.publication
    yield "masthead", publication.title
    yield "furniture", publication.title
    for text in (publication.tagline, issue.banner, issue.series, *imprint(issue)):
        for part in ("furniture", "kicker", "deck", "headline"):
            yield part, text
    yield "body", "".join(imprint(issue)) + issue_title(issue) + f"{issue.weekday}农历{issue.lunar}"
    for section in issue.sections:
        yield "furniture", folio(section)
        yield "body", section.title
        yield "deck", section.intro


def _article(article: Article) -> Iterator[Passage]:
    for part, name, text in _front_matter(article):
        yield Passage(part, text, article.file, article.lines.get(name, 1))
    yield from _blocks(article.body, "body", article.file)
    for note in article.notes:
        yield from _blocks(note.blocks, "body", article.file)


def _front_matter(article: Article) -> Iterator[tuple[str, str, str]]:
    yield "kicker", "kicker", article.kicker
    yield "headline", "headline", article.headline
    yield "body", "headline", article.label
    yield "deck", "deck", article.deck
    yield "body", "summary", article.summary
    for byline in article.byline:
        yield "byline", "byline", byline.role + "".join(byline.names)
    yield "dateline", "dateline", article.dateline
    yield "byline", "contributor", bracketed(article.contributor)
    yield "byline", "source", bracketed(article.source)


def _blocks(blocks: tuple[Block, ...], part: str, file: str) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _text(block.text, part, file, block.line)
            case Crosshead():
                yield from _text(block.text, "crosshead", file, block.line)
            case Quotation():
                yield from _blocks(block.blocks, "deck", file)
            case ListBlock():
                for item in block.items:
                    yield from _blocks(item, part, file)
            case Table():
                for row in (block.header, *block.rows):
                    for cell in row:
                        yield from _text(cell, "furniture", file, block.line)
            case Figure():
                yield from _text(block.caption, "caption", file, block.line)
                yield from _text(block.credit, "caption", file, block.line)


def _text(text: Text, part: str, file: str, line: int) -> Iterator[Passage]:
    for piece in text:
        if isinstance(piece, Ruby):
            yield Passage(part, piece.base + piece.reading, file, line)
        elif isinstance(piece, Run):
            language = piece.language if piece.language and is_east_asian(piece.language) else None
            yield Passage(_part(piece, part), piece.text, file, line, language)


def _part(run: Run, part: str) -> str:
    """Return the part that sets a run; in the templates emphasis stands inside strong."""
    if Mark.EMPHASIS in run.marks:
        return "emphasis"
    return "strong" if Mark.STRONG in run.marks else part
