"""The print PDF: laid out by WeasyPrint in parts, joined and finished with pikepdf."""

from publish.pdf.document import PdfJob
from publish.pdf.targets import PDF_TARGETS

__all__ = ["PDF_TARGETS", "PdfJob"]
