"""The EPUB 3.3: documents from the layouts, packed by EbookLib."""

from publish.epub.job import EpubJob

__all__ = ["EpubJob"]
