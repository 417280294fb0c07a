"""The cover: a picture drawn from a template, so that it shows in every library."""

from __future__ import annotations

import io
from pathlib import Path

from publish.fonts import Catalogue
from publish.layouts import Layouts, Theme
from publish.model import Project
from publish.pdf.styles import font_faces, print_families
from publish.pdf.weasy import render


def draw_cover(project: Project, theme: Theme, catalogue: Catalogue, layouts: Layouts) -> bytes:
    """Return the cover as JPEG, ``theme.cover_width`` × ``theme.cover_height`` pixels."""
    import pypdfium2

    issue = project.issue
    pictures = [figure.picture for article in issue.articles for figure in article.figures]
    html = layouts.render(
        "cover.html",
        lead=issue.articles[0],
        lead_picture=pictures[0] if pictures else None,
    )
    css = layouts.render(
        "cover.css",
        font=print_families(theme, catalogue),
        width=theme.cover_width,
        height=theme.cover_height,
    )
    folders: tuple[Path, ...] = (project.root, *theme.folders)
    css = font_faces(catalogue, project.root) + css
    content = render(html, css, folders)
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[0]
        image = page.render(scale=theme.cover_width / page.get_width()).to_pil()
        output = io.BytesIO()
        image.convert("RGB").save(output, "JPEG", quality=88, optimize=True)
        return output.getvalue()
    finally:
        document.close()
