"""Jinja2 layouts: the theme's templates, their filters, and the text they must show."""

from publish.layouts.environment import Layouts
from publish.layouts.geometry import Geometry
from publish.layouts.reading import reading_text
from publish.layouts.setup import Setup, outline
from publish.layouts.theme import Theme, find_theme

__all__ = ["Geometry", "Layouts", "Setup", "Theme", "find_theme", "outline", "reading_text"]
