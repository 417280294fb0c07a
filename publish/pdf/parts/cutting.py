"""What makes a part: a run of sections that begins on a new page.

A theme says where new pages begin (``print.new_page``): where the edition page (版) changes, with
every section, or nowhere. What stands between two of those places is one part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.model import Article, Issue, Section


@dataclass(frozen=True, slots=True)
class Part:
    """Sections that are laid out together; without any, the front page."""

    sections: tuple[Section, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return all its articles in order."""
        return tuple(article for section in self.sections for article in section.articles)

    @property
    def name(self) -> str:
        """Return what a person calls it: its sections, and the manuscripts it is made of."""
        if not self.sections:
            return "the front page"
        files = [article.file for article in self.articles]
        shown = ", ".join(files[:2]) + (f" … {files[-1]}" if len(files) > 2 else "")
        return f"the pages of “{'”, “'.join(s.title for s in self.sections)}” ({shown})"


@dataclass(frozen=True, slots=True)
class Order:
    """A part to be made.

    ``issue`` is the issue as the part's templates see it: for the front page with the outline of
    all sections. ``start`` is its first page's number where its pages depend on it, or 1 or 2
    for its side; 0 where they do not. ``numbers`` are the page numbers of the anchors that it
    names; ``links`` the anchors of the manuscripts it links to.
    """

    part: Part
    issue: Issue
    start: int
    numbers: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, str], ...]


def cut(sections: Sequence[Section], new_page: str) -> Iterator[Part]:
    """Yield the parts of an issue in order, the front page not among them."""
    run: list[Section] = []
    for section in sections:
        if run and begins_page(run[-1], section, new_page):
            yield Part(tuple(run))
            run = []
        run.append(section)
    if run:
        yield Part(tuple(run))


def begins_page(before: Section, section: Section, new_page: str) -> bool:
    """Tell whether a section begins on a new page."""
    return new_page == "section" or (new_page == "edition-page" and before.page != section.page)
