"""Lay out a project's pages by our templates and stylesheet with WeasyPrint as it comes.

What the composer changes, and what it gains, is seen against this: the same page, the same
fonts, WeasyPrint's own lines and columns. The text is not read back.

    python -m benchmarks.plain PROJECT FILE.pdf
"""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.build import moment
from publish.diagnostics import Finding
from publish.fonts import read_catalogue
from publish.layouts import find_theme
from publish.manifest import read_project
from publish.pdf import document
from publish.pdf.weasy import render


def main() -> None:
    """Write the print PDF of a project without our composer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plain", description=main.__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    project, _ = read_project(options.project)
    catalogue = read_catalogue(project.root).in_language(project.issue.publication.language)
    setattr(document, "render", _without_composer)  # noqa: B010
    document.make_print_pdf(
        project, find_theme(project), catalogue, moment(project), options.output
    )


def _without_composer(
    html: str, css: str, folders: tuple[Path, ...], *_: object
) -> tuple[bytes, list[Finding]]:
    return render(html, css, folders)


if __name__ == "__main__":
    main()
