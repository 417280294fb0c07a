"""The EPUB's documents: those of one section, and those that show the whole issue.

These are tasks: pure functions of what they are given, done in any process, kept by content.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from publish import timings
from publish.check.fidelity import check_document
from publish.diagnostics import Finding, has_errors
from publish.epub.orders import Document, Order
from publish.epub.packing import Packed
from publish.epub.western import mark_western
from publish.errors import TextLostError
from publish.layouts import Layouts, Setup
from publish.model import Article, Issue, Picture, Section

ARTICLE = "article.xhtml"
SECTION = "section.xhtml"


def make_section(setup: Setup, order: Order) -> tuple[Document, ...]:
    """Return the documents of a section, in the order asked for, its own page first.

    An article's template sees the others of its section in outline, so that its document stays
    as it is when a text changes elsewhere. Raises InputError when a template fails,
    TextLostError when a character of an article is not in its document.
    """
    section, file = order.section, f"{setup.issue.name}.epub"
    with timings.span("EPUB documents", section.title):
        templates = _templates(setup, order.links, order.pictures)
        made = []
        if order.opening:
            previous, following = order.around[section.key]
            opening, _ = templates.document(
                section.key, SECTION, section=section, previous=previous, following=following
            )
            made.append(opening)
        findings: list[Finding] = []
        for article in order.articles:
            previous, following = order.around[article.key]
            document, content = templates.document(
                article.key, ARTICLE, section=_around(article, section), article=article,
                previous=previous, following=following,
            )  # fmt: skip
            findings += check_document(content, article, file, f"{article.key}.xhtml")
            made.append(document)
    if has_errors(findings):
        raise TextLostError(findings)
    return tuple(made)


def make_whole(
    setup: Setup, issue: Issue, pictures: dict[str, str], names: tuple[str, ...]
) -> tuple[Document, ...]:
    """Return documents that show the whole issue, each by the template of its name.

    ``issue`` is its outline. Raises InputError when a template fails.
    """
    with timings.span("EPUB documents", "the whole issue"):
        templates = _Templates(setup, issue)
        templates.pictures = pictures
        return tuple(templates.document(name, f"{name}.xhtml")[0] for name in names)


def make_style(setup: Setup, values: dict[str, object]) -> Packed:
    """Return the stylesheet. Raises InputError when it fails as a template."""
    return Packed.of(_templates(setup, {}, {}).layouts.render("epub.css", **values).encode())


def _around(article: Article, section: Section) -> Section:
    """Return a section's outline with this article whole in its place."""
    whole = tuple(article if other.key == article.key else other for other in section.articles)
    return replace(section, articles=whole)


# --- Templates ---------------------------------------------------------------------------------


class _Templates:
    """The theme's templates, with the links and the pictures of the order in work."""

    def __init__(self, setup: Setup, issue: Issue) -> None:
        self.links: dict[str, str] = {}
        self.pictures: dict[str, str] = {}
        self.shown: dict[str, None] = {}
        self.layouts = Layouts(setup.theme, setup.root, issue, "epub", self.source, self.target)

    def source(self, picture: Picture) -> str:
        """Return a picture's address, and note that it is shown."""
        name = self.pictures[str(picture.path)]
        self.shown[name] = None
        return f"../images/{name}"

    def target(self, link: str) -> str | None:
        """Return where a link leads: to a document, or out; None where to no article's."""
        return self.links.get(link) if link.endswith(".md") and "://" not in link else link

    def document(self, name: str, template: str, **values: object) -> tuple[Document, bytes]:
        """Return a document, and its bytes."""
        self.shown = {}
        rendered = self.layouts.render(f"epub/{template}", **values)
        text = mark_western(rendered)
        content = text.encode()
        return Document(name, Packed.of(content), text != rendered, tuple(self.shown)), content


_known: dict[tuple[str, Path], _Templates] = {}
"""The templates that this process has read."""


def _templates(setup: Setup, links: dict[str, str], pictures: dict[str, str]) -> _Templates:
    key = setup.digest, setup.root
    if key not in _known:
        _known.clear()
        _known[key] = _Templates(setup, setup.issue)
    templates = _known[key]
    templates.links, templates.pictures = links, pictures
    return templates
