"""WeasyPrint at arm's length: HTML in, PDF bytes out, its warnings turned into findings."""

from __future__ import annotations

import ctypes.util
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from publish.diagnostics import Finding, Severity
from publish.errors import InputError, MachineError
from publish.pdf.styles import PROJECT_SCHEME


def render(html: str, css: str, folders: tuple[Path, ...]) -> bytes:
    """Lay out a small document and return it as PDF.

    Files are read from inside ``folders`` alone, the project's root first, and nothing from a
    network. Raises InputError when WeasyPrint lost something: a picture, a rule, a glyph.
    """
    weasyprint = require_weasyprint()
    from publish.pdf.composing.subsetting import small_fonts

    with listening() as messages, small_fonts():
        read = fetcher(folders)
        font_config = weasyprint.text.fonts.FontConfiguration()
        sheet = weasyprint.CSS(string=css, font_config=font_config, url_fetcher=read)
        document = weasyprint.HTML(string=html, base_url="file:///", url_fetcher=read)
        content: bytes = document.write_pdf(stylesheets=[sheet], font_config=font_config)
    if messages:
        raise InputError(complaints(messages))
    return content


def require_weasyprint() -> Any:
    """Return WeasyPrint. Raises MachineError when it cannot load Pango."""
    try:
        try:
            with _without_library_search():
                import weasyprint.text.fonts
        except OSError:
            import weasyprint.text.fonts
        import weasyprint
    except OSError as error:
        raise MachineError(
            Finding(
                "pango-missing",
                f"WeasyPrint cannot load Pango: {error}",
                hint="type: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            )
        ) from error
    return weasyprint


@contextmanager
def _without_library_search() -> Iterator[None]:
    """Let cffi open Pango by its file's name alone.

    WeasyPrint tries several names for each library, and for each that is none the standard
    library runs ldconfig and the compiler: 0.3 s of every build on Debian. Where no file's name
    does, the import is tried again with the search.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


def fetcher(folders: tuple[Path, ...]) -> Any:
    """Return what reads files for WeasyPrint: those inside the folders, and no others."""
    from weasyprint.urls import URLFetcher

    roots = tuple(folder.resolve() for folder in folders)

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path))
            if parts.scheme == PROJECT_SCHEME:
                path = roots[0] / path.relative_to("/")
            path = path.resolve()
            known = parts.scheme in ("file", PROJECT_SCHEME)
            if not known or not any(path.is_relative_to(root) for root in roots):
                raise ValueError(f"{url} lies outside the project")
            return super().fetch(path.as_uri(), headers)

    return ProjectFetcher()


@contextmanager
def listening() -> Iterator[list[str]]:
    """Give the list of all that WeasyPrint complains of meanwhile."""
    messages: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    before, logger.propagate = logger.propagate, False
    try:
        yield messages
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


def complaints(messages: Iterable[str]) -> list[Finding]:
    """Return what WeasyPrint complains of as findings: each is an error, for it lost something."""
    return [_complaint(message) for message in dict.fromkeys(messages)]


def _complaint(message: str) -> Finding:
    if ".notdef" in message:
        hint = "set its role in a font that has it; see: publish fonts"
    elif message.startswith(("Ignored", "Invalid", "Expected", "Parse error", "Unsupported")):
        hint = "correct the rule in the theme's print.css"
    else:
        hint = "mend the theme or the picture it names"
    return Finding("pdf-layout", f"WeasyPrint: {message}", Severity.ERROR, hint=hint)
