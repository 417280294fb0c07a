"""Checks of an EPUB of any maker, version 2 or 3: EPUBCheck, Ace, and what neither looks at."""

from publish.check.epub.run import EpubReport, check_epubs

__all__ = ["EpubReport", "check_epubs"]
