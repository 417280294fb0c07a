"""Articles that were read before: kept as long as manuscript, pictures and program are the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.cache import Cache, digest
from publish.diagnostics import Finding, has_errors
from publish.files import shown
from publish.inputs import FileDigests
from publish.manuscript.pictures import PictureShelf
from publish.model import Article, Inline, Picture, Run, Source, texts_of
from publish.program import program_digest

KIND = "articles"


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it was read, with the digest of each of its pictures."""

    article: Article
    findings: tuple[Finding, ...]
    pictures: tuple[tuple[Picture, str], ...]
    source: Source


@dataclass(slots=True)
class ArticleReader:
    """Reads the articles of one project."""

    root: Path
    shelf: PictureShelf
    cache: Cache
    digests: FileDigests

    def read(self, path: Path, key: str) -> tuple[Article, list[Finding], Source]:
        """Return an article, what is to be said of it, and what it was read from.

        Raises InputError when the file is no UTF-8 or its front matter is broken.
        """
        name = self._name(path, key)
        if name is not None:
            kept = self.cache.load(KIND, name)
            if isinstance(kept, Kept) and self._is_true(kept):
                return kept.article, list(kept.findings), kept.source
        return self._anew(path, key)

    def _anew(self, path: Path, key: str) -> tuple[Article, list[Finding], Source]:
        from publish.manuscript.reader import read_article  # with Markdown and the schema

        name = self._name(path, key)
        article, findings = read_article(path, self.root, key, self.shelf)
        if name is None or has_errors(findings):
            return article, findings, Source("")
        pictures = dict.fromkeys(figure.picture for figure in article.figures)
        shown_ones = tuple((picture, self.digests.of(picture.path)) for picture in pictures)
        source = Source(digest(name, shown_ones), tuple(dict.fromkeys(_links(article))))
        if name == self._name(path, key, FileDigests(self.cache)):  # not changed while it was read
            self.cache.store(KIND, name, Kept(article, tuple(findings), shown_ones, source))
        return article, findings, source

    def _name(self, path: Path, key: str, digests: FileDigests | None = None) -> str | None:
        """Return the key of an article's entry; None where its file cannot be read."""
        try:
            content = (digests or self.digests).of(path)
        except OSError:
            return None
        return digest(program_digest(), str(self.root), shown(path, self.root), key, content)

    def _is_true(self, kept: Kept) -> bool:
        """Tell whether the pictures are still those of the entry, and take them."""
        for picture, wanted in kept.pictures:
            try:
                if self.digests.of(picture.path) != wanted:
                    return False
            except OSError:
                return False
        for picture, _ in kept.pictures:
            self.shelf.keep(picture)
        return True


def _links(article: Article) -> Iterator[str]:
    """Yield the manuscripts that an article links to."""
    for text in texts_of(article):
        yield from filter(_is_manuscript, map(_link, text))


def _link(piece: Inline) -> str:
    return (piece.link or "") if isinstance(piece, Run) else ""


def _is_manuscript(link: str) -> bool:
    return link.endswith(".md") and "://" not in link
