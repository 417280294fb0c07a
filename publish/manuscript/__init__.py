"""Manuscripts: Markdown with front matter, read into the model."""

from publish.manuscript.reader import read_article

__all__ = ["read_article"]
