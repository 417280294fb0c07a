"""One issue as an EPUB on its way: what was kept, and what workers make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from publish import timings
from publish.cache import Cache, digest
from publish.diagnostics import Finding
from publish.epub.documents import WHOLE, Document, Order
from publish.inputs import FileDigests
from publish.layouts import Setup, outline
from publish.layouts.characters import characters_by_part
from publish.model import Article, Picture, Project, Section, Source
from publish.program import program_digest
from publish.workers import Job, Task, Workers

Explain = Callable[[str, bool, str], None]
ALL = "the documents of the whole issue"
NEW = "it was not made before as it is now"


@dataclass(slots=True)
class EpubJob:
    """The EPUB of a project. ``explain`` is told what was made or kept, and why."""

    project: Project
    setup: Setup
    cache: Cache
    workers: Workers
    explain: Explain = lambda what, made, why: None
    _digests: FileDigests = field(init=False)
    _things: dict[str, _Thing] = field(default_factory=dict)
    """Fonts, cover, pictures and the documents of the whole issue, by name."""
    _articles: dict[str, _Thing] = field(default_factory=dict)
    """The documents of sections and articles, by key."""
    _pictures: dict[str, str] = field(default_factory=dict)
    """The name of each picture in the EPUB, by its path."""
    _shown: dict[str, _Thing] = field(default_factory=dict)
    """The pictures by their names in the EPUB."""

    def __post_init__(self) -> None:
        self._digests = FileDigests(self.cache)

    # --- Handing out ---------------------------------------------------------------------------

    def submit(self) -> None:
        """Hand out what is not in the cache, what takes long first."""
        issue = self.project.issue
        characters = characters_by_part(issue, self.project.sources, self.cache)
        told = [(*key, found) for key, found in sorted(characters.items(), key=str)]
        self._hand_out(
            "the fonts of the EPUB", "fonts", digest(self.setup.digest, told),
            "publish.epub.fonts.make_fonts", self.setup, characters,
        )  # fmt: skip
        whole = outline(issue)
        seen = [
            self._source(a).digest for a in issue.articles if a.figures or a is issue.articles[0]
        ]
        self._hand_out(
            "the cover", "covers", digest(self.setup.digest, whole, seen),
            "publish.epub.cover.draw_cover", self.setup, whole,
        )  # fmt: skip
        self._hand_out_pictures()
        for section in issue.sections:
            self._hand_out_section(section)
        logo = issue.publication.logo
        named = self._named([logo] if logo else [])
        self._hand_out(
            ALL, "documents", digest(self.setup.digest, whole, named),
            "publish.epub.documents.make_whole", self.setup, whole, named,
        )  # fmt: skip
        self._digests.remember()

    def _hand_out(self, name: str, kind: str, key: str, function: str, *arguments: Any) -> None:
        """Hand out one thing, unless it was kept."""
        found = self.cache.load(kind, key)
        self.explain(name, found is None, NEW)
        task: Task[Any] = Task(name, function, arguments)
        job = self.workers.submit(task) if found is None else None
        self._things[name] = _Thing(kind, key, found, job)

    def _hand_out_pictures(self) -> None:
        theme = self.setup.theme
        logo = self.project.issue.publication.logo
        figures = (f.picture for a in self.project.issue.articles for f in a.figures)
        for picture in dict.fromkeys([*([logo] if logo else []), *figures]):
            content = self._digests.of(picture.path)
            sides = theme.picture_side, theme.picture_quality
            name = f"the picture {picture.name}"
            self._hand_out(
                name, "pictures", digest(program_digest(), content, sides),
                "publish.epub.pictures.screen_picture", picture, *sides,
            )  # fmt: skip
            thing = self._things[name]
            file = f"picture-{content[:10]}.{_ending(picture, thing.found)}"
            self._pictures[str(picture.path)] = file
            self._shown[file] = thing

    def _hand_out_section(self, section: Section) -> None:
        """Hand out the documents of a section that were not kept, as one task."""
        head = section.title, section.page, section.layout, section.intro
        alone = outline(replace(self.setup.issue, sections=(section,))).sections[0]
        opening = _Thing("documents", digest(self.setup.digest, alone))
        self._articles[section.key] = opening
        wanted: dict[str, Article] = {}
        for article in section.articles:
            source = self._source(article)
            named = self._named([figure.picture for figure in article.figures])
            key = digest(self.setup.digest, source.digest, head, self._links(source), named)
            self._articles[article.key] = _Thing("documents", key)
            wanted[article.key] = article
        for thing in (opening, *(self._articles[key] for key in wanted)):
            thing.found = self.cache.load(thing.kind, thing.key)
        new = tuple(a for a in section.articles if self._articles[a.key].found is None)
        self.explain(f"the document of “{section.title}”", opening.found is None, NEW)
        for article in section.articles:
            self.explain(f"the document of {article.file}", article in new, NEW)
        if not new and opening.found is not None:
            return
        links = sorted({pair for a in new for pair in self._links(self._source(a))})
        named = self._named([figure.picture for a in new for figure in a.figures])
        full = alone if opening.found is None else replace(alone, articles=())
        order = Order(full, new, opening.found is None, tuple(links), named)
        files = ", ".join(article.file for article in new[:3])
        name = f"the documents of “{section.title}” ({files}{' …' if len(new) > 3 else ''})"
        task: Task[tuple[Document, ...]] = Task(
            name, "publish.epub.documents.make_section", (self.setup, order)
        )
        job = self.workers.submit(task)
        for thing in (opening, *(self._articles[article.key] for article in new)):
            if thing.found is None:
                thing.job = job

    def _named(self, pictures: list[Picture]) -> tuple[tuple[str, str], ...]:
        paths = dict.fromkeys(str(picture.path) for picture in pictures)
        return tuple((path, self._pictures[path]) for path in paths)

    def _source(self, article: Article) -> Source:
        return self.project.sources[article.key]

    def _links(self, source: Source) -> tuple[tuple[str, str], ...]:
        """Return the documents of the manuscripts that an article links to."""
        found = ((link, self.project.linked(link)) for link in source.links)
        return tuple((link, f"{article.key}.xhtml") for link, article in found if article)

    # --- Putting together ----------------------------------------------------------------------

    def finish(self, output: Path) -> list[Finding]:
        """Write the EPUB to ``output`` once all is made; the same input gives the same bytes.

        What depends on the pages of the print edition is put in here.
        Raises InputError when a template fails, TextLostError when a character is missing.
        """
        for name, thing in (*self._articles.items(), *self._things.items()):
            thing.take(name)
            if thing.job is not None:
                self.cache.store(thing.kind, thing.key, thing.found)
        with timings.span("packing the EPUB"):
            from publish.epub.book import Book

            book = Book(self.setup, self.project.issue)
            documents = [thing.found for thing in self._articles.values()]
            whole = dict(
                zip(WHOLE, self._things["the documents of the whole issue"].found, strict=True)
            )
            western = any(d.western for d in (*documents, *whole.values()))
            book.add_documents([*(whole[n] for n in WHOLE[:3]), *documents, whole[WHOLE[3]]])
            sheet = self._things["the fonts of the EPUB"].found[western]
            book.add_fonts(sheet.files)
            book.add_style(self._style(sheet.style))
            book.add_cover(self._things["the cover"].found)
            for name, thing in self._shown.items():
                book.add_picture(name, thing.found[0])
            book.add_navigation()
            book.write(output, self.setup.modified)
        return []

    def _style(self, values: dict[str, Any]) -> bytes:
        key = digest(self.setup.digest, "style", values)
        style = self.cache.get("documents", key)
        if style is None:
            from publish.epub.documents import make_style

            style = make_style(self.setup, values)
            self.cache.put("documents", key, style)
        return style


@dataclass(slots=True)
class _Thing:
    """Something of the EPUB: kept in the cache, or being made."""

    kind: str
    key: str
    found: Any = None
    job: Job[Any] | None = None

    def take(self, name: str) -> None:
        """Wait for it. A task for several documents gives those whose names are asked for."""
        if self.job is None:
            return
        made = self.job.result()
        several = self.kind == "documents" and any(document.name == name for document in made)
        self.found = next(d for d in made if d.name == name) if several else made


def _ending(picture: Picture, found: tuple[bytes, str] | None) -> str:
    if found is not None:
        return found[1]
    from publish.epub.pictures import ending_of  # opens the file's head

    return ending_of(picture)
