"""One issue as an EPUB."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import partial
from pathlib import Path

from ebooklib import epub

from publish.epub.cover import draw_cover
from publish.epub.fonts import EpubFonts
from publish.epub.metadata import describe
from publish.epub.pictures import screen_picture
from publish.epub.western import mark_western
from publish.fonts import Catalogue
from publish.fonts.subset import media_type
from publish.layouts import Layouts, Theme
from publish.model import Picture, Project, Section
from publish.pdf.styles import project_url

XHTML = "application/xhtml+xml"


def make_epub(
    project: Project, theme: Theme, catalogue: Catalogue, modified: str, output: Path
) -> None:
    """Write the issue's EPUB 3.3 to ``output``; the same input gives the same bytes.

    ``modified`` is an ISO 8601 moment in UTC. Raises InputError when a template fails.
    """
    book = _Book(project, theme, catalogue)
    book.add_documents()
    book.add_style_and_fonts()
    book.add_pictures()
    book.add_navigation()
    _write(book.book, dt.datetime.fromisoformat(modified), output)


class _Book:
    def __init__(self, project: Project, theme: Theme, catalogue: Catalogue) -> None:
        self.project, self.theme, self.catalogue = project, theme, catalogue
        self.issue = project.issue
        self.pictures: dict[Path, tuple[str, bytes]] = {}
        self.has_western_marks = False
        self.layouts = Layouts(
            theme, project.root, self.issue, "epub", self._picture_source, self._link_target
        )
        self.book = epub.EpubBook()
        describe(self.book, self.issue)

    def add_documents(self) -> None:
        """Add the spine: cover, title page, contents, sections and articles, colophon."""
        self._document("cover", "cover.xhtml")
        self._document("title-page", "title-page.xhtml")
        self._document("nav", "nav.xhtml", properties=["nav"])
        for section in self.issue.sections:
            self._document(section.key, "section.xhtml", section=section)
            for article in section.articles:
                self._document(article.key, "article.xhtml", section=section, article=article)
        self._document("colophon", "colophon.xhtml")

    def add_style_and_fonts(self) -> None:
        """Add the stylesheet and one subset for each face."""
        fonts = EpubFonts(self.issue, self.theme, self.catalogue, self.has_western_marks)
        files = fonts.files()
        for font in files:
            self._item(font.name, f"fonts/{font.name}", media_type(font.content), font.content)
        css = self.layouts.render(
            "epub.css",
            font=fonts.families(),
            font_alternatives=fonts.alternatives(),
            font_faces="\n".join(font.rule for font in files),
            font_rules=fonts.rules(),
        )
        self._item("style", "styles/epub.css", "text/css", css.encode())

    def add_pictures(self) -> None:
        """Add the cover and the pictures that the documents show."""
        drawing = Layouts(
            self.theme,
            self.project.root,
            self.issue,
            "print",
            partial(project_url, self.project),
            lambda link: link,
        )
        content = draw_cover(self.project, self.theme, self.catalogue, drawing)
        cover = epub.EpubCover("cover-image", "images/cover.jpg")
        cover.media_type = "image/jpeg"
        cover.content = content
        self.book.add_item(cover)
        for name, picture in self.pictures.values():
            kind = "image/png" if name.endswith(".png") else "image/jpeg"
            self._item(Path(name).stem, f"images/{name}", kind, picture)

    def add_navigation(self) -> None:
        """Add the NCX for older readers; ``nav`` is a document of its own."""
        self.book.toc = [self._toc_entry(section) for section in self.issue.sections]
        self.book.add_item(epub.EpubNcx())

    def _toc_entry(self, section: Section) -> tuple[epub.Section, list[epub.Link]]:
        links = [
            epub.Link(f"text/{article.key}.xhtml", article.label, f"ncx-{article.key}")
            for article in section.articles
        ]
        return epub.Section(section.title, f"text/{section.key}.xhtml"), links

    def _document(
        self, name: str, template: str, properties: list[str] | None = None, **names: object
    ) -> None:
        rendered = self.layouts.render(f"epub/{template}", **names)
        text = mark_western(rendered)
        self.has_western_marks |= text != rendered
        item = self._item(f"doc-{name}", f"text/{name}.xhtml", XHTML, text.encode())
        item.properties = properties or []
        self.book.spine.append(item)

    def _item(self, uid: str, name: str, kind: str, content: bytes) -> epub.EpubItem:
        item = epub.EpubItem(uid=uid, file_name=name, media_type=kind, content=content)
        item.is_linear = True
        self.book.add_item(item)
        return item

    def _picture_source(self, picture: Picture) -> str:
        path = picture.path.resolve()
        if path not in self.pictures:
            content, ending = screen_picture(
                picture, self.theme.picture_side, self.theme.picture_quality
            )
            self.pictures[path] = (f"picture-{len(self.pictures) + 1:03d}.{ending}", content)
        return f"../images/{self.pictures[path][0]}"

    def _link_target(self, link: str) -> str | None:
        if "://" in link or not link.endswith(".md"):
            return link
        wanted = (self.project.manifest.parent / link).resolve()
        for article in self.issue.articles:
            if (self.project.root / article.file).resolve() == wanted:
                return f"{article.key}.xhtml"
        return None


EARLIEST = (1980, 1, 1, 0, 0, 0)
"""ZIP knows no earlier moment; a fixed one keeps the bytes the same."""


def _write(book: epub.EpubBook, modified: dt.datetime, output: Path) -> None:
    packed = io.BytesIO()
    writer = epub.EpubWriter(packed, book, {"mtime": modified})
    writer.process()
    writer.write()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(output, "w") as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, EARLIEST)
            fixed.compress_type = entry.compress_type
            fixed.external_attr = 0o644 << 16
            target.writestr(fixed, source.read(entry))
