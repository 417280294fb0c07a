"""WeasyPrint at arm's length: HTML in, PDF bytes out, its warnings turned into findings."""

from __future__ import annotations

import ctypes.util
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from publish.diagnostics import Finding, Severity, has_errors
from publish.errors import InputError, MachineError

if TYPE_CHECKING:
    from publish.pdf.composing import Composer

PROJECT_SCHEME = "project"
"""Files are named from the project's root, so that its place on the disk is not in the PDF."""


def render(
    html: str, css: str, folders: tuple[Path, ...], composer: Composer | None = None
) -> tuple[bytes, list[Finding]]:
    """Lay out a document and return it as PDF, with what WeasyPrint had to say.

    With a ``composer`` it sets the lines and columns. Files are read from inside ``folders``
    alone, the project's root first, and nothing from a network.
    Raises InputError when WeasyPrint lost something: a picture, a rule, a glyph.
    """
    weasyprint = require_weasyprint()
    messages: list[str] = []
    with _listening(messages), _composing(composer):
        fetcher = _fetcher(folders)
        font_config = weasyprint.text.fonts.FontConfiguration()
        sheet = weasyprint.CSS(string=css, font_config=font_config, url_fetcher=fetcher)
        document = weasyprint.HTML(string=html, base_url="file:///", url_fetcher=fetcher)
        content: bytes = document.write_pdf(stylesheets=[sheet], font_config=font_config)
    findings = [_finding(message) for message in dict.fromkeys(messages)]
    if has_errors(findings):
        raise InputError(findings)
    return content, findings


def _composing(composer: Composer | None) -> AbstractContextManager[None]:
    if composer is None:
        return nullcontext()
    from publish.pdf.composing import composing

    return composing(composer)


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


def _fetcher(folders: tuple[Path, ...]) -> Any:
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
def _listening(messages: list[str]) -> Iterator[None]:
    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    before, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


def _finding(message: str) -> Finding:
    if ".notdef" in message:
        hint = "set its role in a font that has it; see: publish fonts"
    elif message.startswith(("Ignored", "Invalid", "Expected", "Parse error", "Unsupported")):
        hint = "correct the rule in the theme's print.css"
    else:
        hint = "mend the theme or the picture it names"
    return Finding("pdf-layout", f"WeasyPrint: {message}", Severity.ERROR, hint=hint)
