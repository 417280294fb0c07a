"""The cover: a picture drawn from a template, so that it shows in every library."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial

from publish import timings
from publish.epub.packing import Packed
from publish.layouts import Layouts, Setup
from publish.model import Issue
from publish.pdf.styles import font_faces, print_families, project_url
from publish.pdf.weasy import render


def draw_cover(setup: Setup, issue: Issue) -> tuple[Packed]:
    """Return the cover as JPEG, ``theme.cover_width`` × ``theme.cover_height`` pixels.

    ``issue`` is its outline.
    """
    import pypdfium2

    theme = setup.theme
    project = replace(setup.project, issue=issue)
    layouts = Layouts(
        theme, setup.root, issue, "print", partial(project_url, project), lambda link: link
    )
    pictures = [figure.picture for article in issue.articles for figure in article.figures]
    html = layouts.render(
        "cover.html",
        lead=issue.articles[0],
        lead_picture=pictures[0] if pictures else None,
    )
    css = layouts.render(
        "cover.css",
        font=print_families(theme, setup.catalogue),
        lead_length=len(issue.articles[0].label),
        width=theme.cover_width,
        height=theme.cover_height,
    )
    css = font_faces(setup.catalogue, setup.root) + css
    with timings.span("cover"):
        document = pypdfium2.PdfDocument(render(html, css, (setup.root, *theme.folders)))
        try:
            page = document[0]
            image = page.render(scale=theme.cover_width / page.get_width()).to_pil()
            output = io.BytesIO()
            image.convert("RGB").save(output, "JPEG", quality=88, optimize=True)
            return (Packed.of(output.getvalue()),)
        finally:
            document.close()
