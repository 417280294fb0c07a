"""Fonts: roles to files, coverage of a text, and subsets to embed."""

from publish.fonts.catalogue import Catalogue, Face, Family, read_catalogue
from publish.fonts.coverage import coverage_findings
from publish.fonts.subset import subset_face

__all__ = [
    "Catalogue",
    "Face",
    "Family",
    "coverage_findings",
    "read_catalogue",
    "subset_face",
]
