"""The print PDF: laid out by WeasyPrint in parts, joined and finished with pikepdf."""

from publish.pdf.document import PrintJob

__all__ = ["PrintJob"]
