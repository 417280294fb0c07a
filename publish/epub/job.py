"""One issue as an EPUB on its way: what was kept, and what workers make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish import timings
from publish.cache import Cache, digest
from publish.diagnostics import Finding
from publish.epub.fonts import FontPlan, Subset, plan_fonts
from publish.epub.making import PICTURES, Explain, Making, Thing
from publish.epub.orders import WHOLE, Document, Neighbour, Order, Row, row
from publish.epub.outlines import contents
from publish.epub.packing import Embedded, Packed
from publish.epub.pictures import ending_of
from publish.layouts import Setup
from publish.layouts.characters import characters_by_part
from publish.layouts.reading import CONTENTS, PageBreak
from publish.model import Article, Figure, Issue, Picture, Project, Section, Source, walk
from publish.program import program_digest
from publish.workers import Workers

if TYPE_CHECKING:
    from publish.epub.book import Book  # EbookLib waits until all is made

FONT = "publish.epub.fonts.make_subset"
COVER = "publish.epub.cover.draw_cover"
PICTURE = "publish.epub.pictures.screen_picture"
SECTION = "publish.epub.documents.make_section"
ISSUE = "publish.epub.documents.make_whole"

# What is said of a thing where a part of what it is made of has changed.
CHARACTERS = "other characters are set in it"
FACE = "its font file, language or format changed"
LINKS = "the documents that it links to are named otherwise"
NAMES = "what names or shows the issue's articles changed"
NEIGHBOURS = "its section, or what names its articles, changed"
PROGRAM = "the program changed"
SETUP = "the theme, the fonts, the issue's head or the program changed"
SIZE = "the theme asks for another size or quality"
TEXT = "its manuscript or its pictures changed"
WHICH = "it is another document"


@dataclass(slots=True)
class EpubJob:
    """The EPUB of a project. ``explain`` is told what was made or kept, and why.

    ``pages`` waits for the print edition that is made beside it, and gives its pages.
    """

    project: Project
    setup: Setup
    cache: Cache
    workers: Workers
    explain: Explain = lambda what, made, why: None
    pages: Callable[[], Sequence[PageBreak]] = tuple
    _making: Making = field(init=False)
    _plans: tuple[FontPlan, FontPlan] = field(init=False)
    """The fonts without Western marks, and with some."""
    _fonts: dict[Subset, Thing] = field(default_factory=dict)
    _cover: Thing = field(init=False)
    _pictures: dict[str, Thing] = field(default_factory=dict)
    """By their names in the EPUB."""
    _names: dict[str, str] = field(default_factory=dict)
    """The name of each picture in the EPUB, by its path."""
    _documents: list[Thing] = field(default_factory=list)
    """Those of sections and articles, in their order."""
    _whole: list[Thing] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._making = Making(self.cache, self.workers, self.explain)

    # --- Handing out ---------------------------------------------------------------------------

    def submit(self) -> None:
        """Hand out what is not in the cache, what takes long first."""
        issue = contents(self.project.issue)
        names = [digest(section) for section in issue.sections]
        self._hand_out_cover(issue, digest(names))
        self._hand_out_fonts()
        self._hand_out_pictures()
        sections = zip(self.project.issue.sections, issue.sections, names, strict=True)
        for place, (section, outlined, named) in enumerate(sections):
            around = row(outlined, _before(issue.sections, place), _after(issue.sections, place))
            self._hand_out_section(section, outlined, named, around)
        self._hand_out_whole(issue, digest(names))
        self._making.remember()

    def _hand_out_fonts(self) -> None:
        characters = characters_by_part(self.project.issue, self.project.sources, self.cache)
        shown = [(*key, "".join(sorted(found))) for key, found in characters.items()]
        key = digest(self.setup.digest, sorted(shown, key=str))
        plans = self.cache.load("font-plans", key)
        if plans is None:
            plans = plan_fonts(self.setup, characters)
            self.cache.store("font-plans", key, plans)
        self._plans = plans
        fonts = {font.subset: font.stem for plan in plans for font in plan.fonts}
        for subset in sorted(fonts, key=lambda subset: -len(subset.characters)):
            catalogue = self.setup.catalogue
            face = subset.identity(catalogue), subset.language, subset.woff2
            thing = self._making.thing(
                "fonts", f"the font {fonts[subset]} of the EPUB",
                {PROGRAM: program_digest(), FACE: face, CHARACTERS: subset.characters},
            )  # fmt: skip
            self._fonts[subset] = thing
            if thing.found is None:
                self._making.hand_out([thing], FONT, subset.face(catalogue), subset)

    def _hand_out_cover(self, issue: Issue, names: str) -> None:
        shown = dict.fromkeys(f.picture.path for a in issue.articles for f in a.figures)
        made_of = {SETUP: self.setup.digest, NAMES: names}
        self._cover = self._making.thing("covers", "the cover", made_of, tuple(shown))
        if self._cover.found is None:
            self._making.hand_out([self._cover], COVER, self.setup, issue)

    def _hand_out_pictures(self) -> None:
        theme = self.setup.theme
        size = theme.picture_side, theme.picture_quality
        logo = self.project.issue.publication.logo
        shown = [picture for a in self.project.issue.articles for picture in _pictures(a)]
        for picture in dict.fromkeys([*([logo] if logo else []), *shown]):
            thing = self._making.thing(
                "pictures", f"the picture {picture.name}",
                {PROGRAM: program_digest(), SIZE: size}, [picture.path],
            )  # fmt: skip
            name = self._name(picture, thing)
            self._names[str(picture.path)] = name
            if name not in self._pictures:
                self._pictures[name] = thing
                if thing.found is None:
                    self._making.hand_out([thing], PICTURE, picture, *size)

    def _name(self, picture: Picture, thing: Thing) -> str:
        """Name a picture by its content alone, whatever other pictures there are."""
        ((_, content),) = thing.files
        ending = ending_of(picture) if thing.found is None else thing.found.ending
        return f"picture-{content[:10]}.{ending}"

    def _hand_out_section(
        self, section: Section, outlined: Section, names: str, around: Row
    ) -> None:
        """Hand out the documents of a section that were not kept, as one task."""
        pictures = self._named(section.articles)
        common = {SETUP: self.setup.digest, PICTURES: pictures}

        def beside(key: str) -> dict[str, object]:
            return {**common, NEIGHBOURS: digest(names, around[key])}

        opening = self._making.thing(
            "documents", f"the page of “{section.title}”", beside(section.key)
        )
        self._documents.append(opening)
        wanted: list[tuple[Article, Thing]] = []
        links: dict[str, str] = {}
        for article in section.articles:
            source = self.project.sources[article.key]
            to = self._links(source)
            made_of = {**beside(article.key), TEXT: source.digest, LINKS: to}
            thing = self._making.thing("documents", f"the document of {article.file}", made_of)
            self._documents.append(thing)
            if thing.found is None:
                wanted.append((article, thing))
                links |= to
        things = [*([opening] if opening.found is None else []), *(thing for _, thing in wanted)]
        if things:
            articles = tuple(article for article, _ in wanted)
            order = Order(outlined, articles, opening.found is None, links, pictures, around)
            self._making.hand_out(things, SECTION, self.setup, order)

    def _hand_out_whole(self, issue: Issue, names: str) -> None:
        pictures = self._named(self.project.issue.articles)
        made_of = {SETUP: self.setup.digest, NAMES: names, PICTURES: pictures}
        self._whole = [
            self._making.thing("documents", f"the document {name}", {**made_of, WHICH: name})
            for name in WHOLE
        ]
        wanted = {n: t for n, t in zip(WHOLE, self._whole, strict=True) if t.found is None}
        if wanted:
            self._making.hand_out(
                list(wanted.values()), ISSUE, self.setup, issue, pictures, tuple(wanted)
            )

    def _named(self, articles: Iterable[Article]) -> dict[str, str]:
        """Return the names of the pictures that documents of these articles may show."""
        logo = self.setup.issue.publication.logo
        pictures = [*([logo] if logo else []), *(p for a in articles for p in _pictures(a))]
        return {str(picture.path): self._names[str(picture.path)] for picture in pictures}

    def _links(self, source: Source) -> dict[str, str]:
        """Return the documents of the manuscripts that an article links to."""
        found = ((link, self.project.linked(link)) for link in source.links)
        return {link: f"{article.key}.xhtml" for link, article in found if article}

    # --- Putting together ----------------------------------------------------------------------

    def finish(self, output: Path) -> list[Finding]:
        """Write the EPUB to ``output`` once all is made; the same input gives the same bytes.

        What depends on the pages of the print edition is put in here, between what was made and
        the packing. Raises InputError when a template fails, TextLostError when a character is
        missing.
        """
        from publish.epub.book import Book  # loaded while workers are busy

        self._making.collect()
        breaks = self.pages()
        with timings.span("packing the EPUB"):
            book = Book(self.setup, self.project.issue, paged=bool(breaks))
            *front, back = self._whole
            documents: list[Document] = [t.found for t in (*front, *self._documents, back)]
            book.add_documents(self._paged(documents, breaks))
            self._add_fonts(book, self._plans[any(document.western for document in documents)])
            book.add_cover(self._cover.found)
            for name in dict.fromkeys(name for document in documents for name in document.pictures):
                book.add_picture(name, self._pictures[name].found)
            book.add_navigation()
            book.write(output, self.setup.modified)
        return []

    def cover(self) -> bytes:
        """Return the cover, once the EPUB is finished."""
        packed: Packed = self._cover.found
        return packed.content

    def _paged(
        self, documents: Sequence[Document], breaks: Sequence[PageBreak]
    ) -> Iterator[Document]:
        """Yield the documents with the print edition's pages in them."""
        from publish.epub.page_breaks import with_breaks, with_page_list

        articles = {article.key: article for article in self.project.issue.articles}
        begins: dict[str, list[PageBreak]] = defaultdict(list)
        for one in breaks:
            begins[one.key].append(one)
        for document in documents:
            name, content = document.name, document.packed.content
            if name == CONTENTS:
                content = with_page_list(content, breaks)
            if name in begins:
                content = with_breaks(content, begins[name], articles.get(name))
            changed = name == CONTENTS or name in begins
            yield replace(document, packed=Packed.of(content)) if changed else document

    def _add_fonts(self, book: Book, plan: FontPlan) -> None:
        """Add the subsets, and the stylesheet that names them."""
        files: list[tuple[str, str, Embedded]] = []
        for font in plan.fonts:
            made: Embedded = self._fonts[font.subset].found
            name = f"{font.stem}.{made.ending}"
            files.append((name, font.rule(name), made))
        files.sort()
        for name, _, made in files:
            book.add_font(name, made)
        rules = "\n".join(rule for _, rule, _ in files)
        book.add_style(self._style({**plan.style, "font_faces": rules}))

    def _style(self, values: dict[str, Any]) -> Packed:
        key = digest(self.setup.digest, "style", values)
        found = self.cache.load("documents", key)
        if isinstance(found, Packed):
            return found
        from publish.epub.documents import make_style

        style = make_style(self.setup, values)
        self.cache.store("documents", key, style)
        return style


def _before(sections: Sequence[Section], place: int) -> Neighbour | None:
    """Return the last article before a section."""
    if not place:
        return None
    article = sections[place - 1].articles[-1]
    return Neighbour(article.key, article.label, False)


def _after(sections: Sequence[Section], place: int) -> Neighbour | None:
    """Return the section behind another."""
    following = sections[place + 1 : place + 2]
    return Neighbour(following[0].key, following[0].title, True) if following else None


def _pictures(article: Article) -> Iterator[Picture]:
    """Yield the pictures of an article's body and notes."""
    for blocks in (article.body, *(note.blocks for note in article.notes)):
        yield from (block.picture for block in walk(blocks) if isinstance(block, Figure))
