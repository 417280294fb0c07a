"""What is asked of those who make documents, and what they give. Light: it loads no library."""

from __future__ import annotations

from dataclasses import dataclass

from publish.epub.packing import Packed
from publish.model import Article, Section

WHOLE = ("cover", "title-page", "nav", "colophon")
"""Documents that show the whole issue, each by a template of its name; the last is the last."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it goes into the EPUB.

    ``western``: some of its marks are drawn narrow; ``pictures``: the names of those it shows.
    """

    name: str
    packed: Packed
    western: bool
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document before or behind another: its key, its label, and which it is."""

    key: str
    label: str
    section: bool


Row = dict[str, tuple[Neighbour | None, Neighbour | None]]
"""What stands before and behind each document, by its key."""


@dataclass(frozen=True, slots=True)
class Order:
    """Documents of a section to be made: its own page where ``opening``, and ``articles``.

    ``section`` is its outline; ``around`` what stands beside each of its documents. ``links``
    gives the document of each manuscript that is linked to, ``pictures`` the name of each picture
    of the section by its path.
    """

    section: Section
    articles: tuple[Article, ...]
    opening: bool
    links: dict[str, str]
    pictures: dict[str, str]
    around: Row


def row(section: Section, before: Neighbour | None, after: Neighbour | None) -> Row:
    """Return what stands before and behind each document of a section, between two others."""
    own = [Neighbour(section.key, section.title, True)]
    own += [Neighbour(article.key, article.label, False) for article in section.articles]
    beside = [before, *own, after]
    return {one.key: (beside[place], beside[place + 2]) for place, one in enumerate(own)}
