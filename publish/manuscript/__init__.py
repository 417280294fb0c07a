"""Manuscripts: Markdown with front matter, read into the model.

``kept`` gives articles that were read before, ``reader`` reads one anew.
"""
