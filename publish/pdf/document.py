"""One issue as a print PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from publish.diagnostics import Finding, Severity
from publish.fonts import Catalogue
from publish.fonts.installed import single_file
from publish.layouts import Geometry, Layouts, Theme
from publish.model import Picture, Project
from publish.pdf.finish import finish
from publish.pdf.weasy import PROJECT_SCHEME, render, require_weasyprint

CACHE = ".publish-cache/fonts"
"""Where faces cut from the project's font collections lie."""

if TYPE_CHECKING:
    from publish.pdf.composing import Composer

PIXELS = 96 / 72
"""CSS pixels in a point."""


def make_print_pdf(
    project: Project, theme: Theme, catalogue: Catalogue, modified: str, output: Path
) -> list[Finding]:
    """Write the issue's print PDF to ``output``; return WeasyPrint's harmless remarks.

    ``modified`` is an ISO 8601 moment for the file's dates.
    Raises InputError when a template, a rule or a picture fails.
    """
    layouts = Layouts(
        theme, project.root, project.issue, "print", partial(project_url, project), _anchor(project)
    )
    html = layouts.render("print.html")
    css = layouts.render(
        "print.css", geometry=theme.geometry, font=print_families(theme, catalogue)
    )
    css = font_faces(catalogue, project.root) + css
    require_weasyprint()
    from publish.pdf.composing import Composer

    leading = theme.geometry.leading * PIXELS
    composer = Composer(catalogue.families, leading, theme.composition)
    content, findings = render(html, css, (project.root, *theme.folders), composer)
    findings += _fell_back(composer) + _too_wide(composer)
    marks, _ = render("<body></body>", printers_marks(theme.geometry), ())
    finish(content, marks, output, project.issue, theme.geometry, modified)
    return findings


def _fell_back(composer: Composer) -> list[Finding]:
    """Return a note of the lines that the composer left to WeasyPrint, if there are any."""
    counts = composer.counts
    if not counts.lines_left:
        return []
    texts = "; ".join(f"“{text[:16]}”" for text in list(counts.left_texts.values())[:3])
    message = (
        f"{counts.lines_left} of {counts.lines + counts.lines_left} lines were set by WeasyPrint, "
        f"not by our composer, and may be ragged: {texts}"
    )
    hint = "a picture or a box inside a paragraph, or letter-spacing, is beyond the composer"
    return [Finding("lines-fell-back", message, Severity.NOTE, hint=hint)]


def _too_wide(composer: Composer) -> list[Finding]:
    """Return a finding for each table that reaches into the next column."""
    return [
        Finding(
            "table-wide",
            f"the table “{text[:16]}…” is wider than its column and runs over what is beside it",
            Severity.WARNING,
            hint="give it fewer columns or shorter words, or its section a wider layout",
        )
        for text in dict.fromkeys(composer.galleys.too_wide)
    ]


def printers_marks(geometry: Geometry) -> str:
    """Return the stylesheet of a page that holds crop and registration marks alone."""
    return (
        f"@page {{ size: {geometry.trim_width}pt {geometry.trim_height}pt; margin: 0;"
        f" bleed: {geometry.marks}pt; marks: crop cross }}"
    )


def print_families(theme: Theme, catalogue: Catalogue) -> dict[str, str]:
    """Return the CSS font-family list of each part of the page: its role's whole chain."""
    return {
        part: ", ".join(f'"{family.name}"' for family in catalogue.chain(role))
        for part, role in theme.font_roles.items()
    }


def font_faces(catalogue: Catalogue, root: Path) -> str:
    """Return rules for the font files that lie in the project itself."""
    faces = {
        face
        for chain in catalogue.chains.values()
        for family in chain
        for face in family.faces
        if face.project_font
    }
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'src: url("{single_file(face, root / CACHE).resolve().as_uri()}") }}\n'
        for face in sorted(faces, key=lambda face: (face.family, face.weight))
    )


def project_url(project: Project, picture: Picture) -> str:
    """Return the URL by which WeasyPrint asks for a picture of the project."""
    path = picture.path.resolve().relative_to(project.root.resolve())
    return f"{PROJECT_SCHEME}:///{quote(path.as_posix())}"


def _anchor(project: Project) -> Callable[[str], str | None]:
    folder = project.manifest.parent
    anchors = {
        (project.root / article.file).resolve(): f"#{article.key}"
        for article in project.issue.articles
    }

    def target(link: str) -> str | None:
        if link.endswith(".md") and "://" not in link:
            return anchors.get((folder / link).resolve())
        return link

    return target
