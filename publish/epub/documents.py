"""The EPUB's documents: those of one section, and those that show the whole issue.

These are tasks: pure functions of what they are given, done in any process, kept by content.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from publish import timings
from publish.check.fidelity import check_document
from publish.diagnostics import Finding, has_errors
from publish.epub.western import mark_western
from publish.errors import TextLostError
from publish.layouts import Layouts, Setup
from publish.model import Article, Issue, Picture, Section

ARTICLE = "article.xhtml"
SECTION = "section.xhtml"
WHOLE = ("cover", "title-page", "nav", "colophon")
"""Documents that show the whole issue; each has a template of its name."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it goes into the EPUB; ``western``: some of its marks are drawn narrow."""

    name: str
    content: bytes
    western: bool


@dataclass(frozen=True, slots=True)
class Order:
    """Documents to be made.

    ``articles`` are those of the section that are wanted, ``opening`` whether its page is too.
    ``links`` gives the document of each manuscript that is linked to, ``pictures`` the name of
    each picture by its path.
    """

    section: Section
    articles: tuple[Article, ...]
    opening: bool
    links: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, str], ...]


def make_section(setup: Setup, order: Order) -> tuple[Document, ...]:
    """Return the documents of a section, in the order asked for, its own page first.

    An article's template sees the section with this article alone, so that a document stays as
    it is when another changes. Raises InputError when a template fails, TextLostError when a
    character of an article is not in its document.
    """
    section = order.section
    with timings.span("EPUB documents", section.title):
        layouts = _layouts(setup, setup.issue, order.links, order.pictures)
        made = []
        if order.opening:
            made.append(_document(layouts, section.key, SECTION, section=section))
        findings: list[Finding] = []
        for article in order.articles:
            alone = replace(section, articles=(article,))
            document = _document(layouts, article.key, ARTICLE, section=alone, article=article)
            file = f"{setup.issue.name}.epub"
            findings += check_document(document.content, article, file, f"{article.key}.xhtml")
            made.append(document)
    if has_errors(findings):
        raise TextLostError(findings)
    return tuple(made)


def make_whole(
    setup: Setup, issue: Issue, pictures: tuple[tuple[str, str], ...]
) -> tuple[Document, ...]:
    """Return the documents that show the whole issue: cover, title page, contents, colophon.

    ``issue`` is its outline. Raises InputError when a template fails.
    """
    with timings.span("EPUB documents", "the whole issue"):
        layouts = _layouts(setup, issue, (), pictures)
        return tuple(_document(layouts, name, f"{name}.xhtml") for name in WHOLE)


def make_style(setup: Setup, values: dict[str, object]) -> bytes:
    """Return the stylesheet. Raises InputError when it fails as a template."""
    return _layouts(setup, setup.issue, (), ()).render("epub.css", **values).encode()


def _document(layouts: Layouts, name: str, template: str, **values: object) -> Document:
    rendered = layouts.render(f"epub/{template}", **values)
    text = mark_western(rendered)
    return Document(name, text.encode(), text != rendered)


_known: dict[str, tuple[Layouts, dict[str, str], dict[str, str]]] = {}
"""The templates of the setup in work, with the links and the pictures of the order in work."""


def _layouts(
    setup: Setup,
    issue: Issue,
    links: tuple[tuple[str, str], ...],
    pictures: tuple[tuple[str, str], ...],
) -> Layouts:
    if issue.sections or setup.digest not in _known:
        to: dict[str, str] = {}
        names: dict[str, str] = {}

        def target(link: str) -> str | None:
            return to.get(link) if link.endswith(".md") and "://" not in link else link

        def source(picture: Picture) -> str:
            return f"../images/{names[str(picture.path)]}"

        found = Layouts(setup.theme, setup.root, issue, "epub", source, target), to, names
        if not issue.sections:
            _known.clear()
            _known[setup.digest] = found
    else:
        found = _known[setup.digest]
    layouts, known_links, known_pictures = found
    for known, given in ((known_links, links), (known_pictures, pictures)):
        known.clear()
        known.update(given)
    return layouts
