"""The files beside the book, made when the book is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.description import describe
from publish.diagnostics import Finding
from publish.epub.accessibility import accessibility
from publish.layouts.reading import PageBreak
from publish.model import Issue

LISTINGS = {"onix": "{}.onix.xml", "jsonld": "{}.jsonld", "cover": "{}-cover.jpg"}
"""Each kind and the name of its file."""
EPUB = "application/epub+zip"


@dataclass(slots=True)
class ListingJob:
    """One of the files of an issue; ``cover`` gives the EPUB's, ``pages`` the print edition's."""

    kind: str
    issue: Issue
    cover: Callable[[], bytes]
    pages: Callable[[], Sequence[PageBreak]]

    def submit(self) -> None:
        """Hand nothing out: it is soon made."""

    def finish(self, output: Path) -> list[Finding]:
        """Write the file to ``output``."""
        output.write_bytes(self._content())
        return []

    def _content(self) -> bytes:
        if self.kind == "cover":
            return self.cover()
        breaks = self.pages()
        said, claims = describe(self.issue), list(accessibility(self.issue, paged=bool(breaks)))
        cover = LISTINGS["cover"].format(self.issue.name)
        if self.kind == "onix":
            from publish.listing.onix import onix

            return onix(self.issue, said, claims, cover)
        from publish.listing.jsonld import jsonld

        files = {EPUB: f"{self.issue.name}.epub", "cover": cover}
        return jsonld(self.issue, said, claims, self._begin(breaks), files)

    def _begin(self, breaks: Sequence[PageBreak]) -> dict[str, str]:
        """Return the label of the print page on which each article begins."""
        turns: dict[str, list[PageBreak]] = {}
        for one in breaks:
            turns.setdefault(one.key, []).append(one)
        found: dict[str, str] = {}
        label = ""
        for section in self.issue.sections:
            label = turns[section.key][-1].label if section.key in turns else label
            for article in section.articles:
                own = turns.get(article.key, [])
                label = own[0].label if own and not own[0].place else label
                if breaks:
                    found[article.key] = label
                label = own[-1].label if own else label
        return found
