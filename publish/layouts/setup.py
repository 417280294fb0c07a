"""What every task of a build is given: the issue's head, the theme, the fonts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from publish.cache import digest
from publish.colour import OutputCondition, output_condition
from publish.files import shown
from publish.fonts import Catalogue
from publish.layouts.theme import Theme
from publish.model import Article, Issue, Project
from publish.program import program_digest


@dataclass(frozen=True)
class Setup:
    """Everything that two parts of one issue have in common; small, and sent to every worker.

    ``issue`` has no sections: a section's pages and documents are made of the section alone, so
    that they can be kept when another changes. ``modified`` is an ISO 8601 moment in UTC.
    ``made_of`` are the digests of the program, the theme's files, the fonts and the issue's head,
    by what a person calls them; ``digest`` covers them all.
    """

    root: Path
    manifest: Path
    issue: Issue
    theme: Theme
    catalogue: Catalogue
    condition: OutputCondition
    modified: str
    digest: str
    made_of: dict[str, str]
    target: str = ""
    """The PDF that pages are made for, by its name."""

    @classmethod
    def of(cls, project: Project, theme: Theme, catalogue: Catalogue, modified: str) -> Setup:
        """Return the setup of a project."""
        head = replace(project.issue, sections=())
        manifest = shown(project.manifest, project.root)
        condition = output_condition(head.press, project.root, manifest)
        logo = head.publication.logo
        logo_bytes = logo.path.read_bytes() if logo else b""
        made_of = {
            "the program": program_digest(),
            "the theme": digest(_files(theme)),
            "the fonts": digest(_faces(catalogue), catalogue.language, catalogue.written),
            "the issue's head": digest(head, logo_bytes, modified),
            "the press's profile": digest(condition.profile.read_bytes()),
        }
        everything = digest(made_of)
        return cls(
            project.root, project.manifest, head, theme, catalogue, condition, modified, everything,
            made_of,
        )  # fmt: skip

    def for_target(self, name: str, *, sheet: bool) -> Setup:
        """Return what the pages of one PDF are made of; without ``sheet`` the trim is all."""
        made_of = {**self.made_of, "what the PDF is for": digest(name)}
        theme = self.theme if sheet else self.theme.without_sheet()
        return replace(
            self, digest=digest(self.digest, name), made_of=made_of, target=name, theme=theme
        )

    @property
    def project(self) -> Project:
        """Return the project without its sections."""
        return Project(self.root, self.manifest, self.issue)


def _files(theme: Theme) -> list[tuple[str, bytes]]:
    return [
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for folder in theme.folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _faces(catalogue: Catalogue) -> list[tuple[object, ...]]:
    return [
        (family.name, face.weight, face.path.name, found.st_size, found.st_mtime_ns)
        for family in catalogue.families.values()
        for face in family.faces
        for found in [face.path.stat()]
    ]


def outline(issue: Issue) -> Issue:
    """Return the issue as contents see it: articles without text, but for heads and figures."""
    sections = tuple(
        replace(section, articles=tuple(map(_outlined, section.articles)))
        for section in issue.sections
    )
    return replace(issue, sections=sections)


def _outlined(article: Article) -> Article:
    """Keep what names the article: its headline, or else its whole body's first words."""
    body = tuple(article.figures) if article.headline else article.body
    return replace(article, body=body, notes=())
