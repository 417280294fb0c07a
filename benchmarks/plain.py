"""Lay out a project's pages by our templates and stylesheet with WeasyPrint as it comes.

What the composer and the parts change, and what they gain, is seen against this: the same page,
the same fonts, WeasyPrint's own lines and columns, the whole issue in one go. The text is not
read back.

    python -m benchmarks.plain PROJECT FILE.pdf
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from publish.build import moment
from publish.fonts.reading import read_catalogue
from publish.layouts import Setup, find_theme
from publish.manifest.reader import read_project
from publish.model import Project
from publish.pdf.parts.press import layouts, opening, stylesheet
from publish.pdf.weasy import render


def whole_issue(project: Project, setup: Setup) -> str:
    """Return the HTML of the whole issue, front page and all sections."""
    folder = project.manifest.parent
    links = {
        (project.root / article.file).relative_to(folder).as_posix(): f"#{article.key}"
        for article in project.issue.articles
    }
    sections = project.issue.sections
    templates = layouts(setup, replace(setup.project, issue=project.issue), links)
    new_pages = opening(sections, setup.theme.new_page)
    return templates.render("print.html", front=True, sections=sections, opening=new_pages)


def main() -> None:
    """Write the print PDF of a project without our composer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plain", description=main.__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    project, _ = read_project(options.project)
    catalogue = read_catalogue(project.root).in_language(project.issue.publication.language)
    setup = Setup.of(project, find_theme(project), catalogue, moment(project))
    html = whole_issue(project, setup)
    folders = (project.root, *setup.theme.folders)
    options.output.write_bytes(render(html, stylesheet(setup), folders))


if __name__ == "__main__":
    main()
