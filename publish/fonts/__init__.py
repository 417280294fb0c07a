"""Fonts: roles to files, and coverage of a text.

Subsets are made by ``publish.fonts.subset``, which waits for HarfBuzz and is entered by itself.
"""

from publish.fonts.catalogue import Catalogue
from publish.fonts.chain import MARKS, Chain, face_for, share_out
from publish.fonts.coverage import Setting, chain_of, coverage_findings
from publish.fonts.embedding import Rights, embedding_findings, rights
from publish.fonts.family import Face, Family
from publish.fonts.reading import read_catalogue

__all__ = [
    "MARKS",
    "Catalogue",
    "Chain",
    "Face",
    "Family",
    "Rights",
    "Setting",
    "chain_of",
    "coverage_findings",
    "embedding_findings",
    "face_for",
    "read_catalogue",
    "rights",
    "share_out",
]
