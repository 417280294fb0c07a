"""The EPUB 3.3: documents from the layouts, packed by EbookLib."""

from publish.epub.book import make_epub

__all__ = ["make_epub"]
