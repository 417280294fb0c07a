"""Fonts: roles to files, and coverage of a text.

The catalogue is read by ``publish.fonts.reading``, subsets are made by ``publish.fonts.subset``:
both wait for large libraries, and are entered by themselves.
"""

from publish.fonts.catalogue import Catalogue
from publish.fonts.chain import MARKS, Chain, face_for, share_out
from publish.fonts.coverage import Setting, chain_of, coverage_findings
from publish.fonts.embedding import Rights, embedding_findings, rights
from publish.fonts.family import Face, Family

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
    "rights",
    "share_out",
]
