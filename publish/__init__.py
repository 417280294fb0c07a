"""Turn one issue of a Chinese newspaper into a validated EPUB and a print-ready PDF."""

__version__ = "0.1.0"
