"""The print PDF: laid out by WeasyPrint, finished with pikepdf."""

from publish.pdf.document import make_print_pdf

__all__ = ["make_print_pdf"]
