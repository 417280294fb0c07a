"""What is to be said of articles beside each other: links that lead nowhere, the same headline."""

from __future__ import annotations

from collections.abc import Iterator

from publish.diagnostics import Finding, Severity
from publish.files import nearest, read_text, shown
from publish.model import Article, Project


def between_articles(project: Project) -> Iterator[Finding]:
    """Yield warnings; the articles are shown all the same."""
    yield from _links(project)
    yield from _headlines(project)


def _links(project: Project) -> Iterator[Finding]:
    """Tell of links to manuscripts that are not in the issue: their words are no links."""
    dead = [
        (article, link)
        for article in project.issue.articles
        for link in project.sources[article.key].links
        if project.linked(link) is None
    ]
    if not dead:
        return
    folder = project.manifest.parent
    names = [shown(project.root / article.file, folder) for article in project.issue.articles]
    for article, link in dead:
        meant = nearest(link, names)
        hint = "paths start from the manifest's folder; its words are shown without a link"
        yield Finding(
            "link-nowhere",
            f"the link leads to “{link}”, which is no manuscript of this issue",
            Severity.WARNING,
            file=article.file,
            line=_line(project, article, link),
            hint=f"did you mean “{meant}”?" if meant else hint,
        )


def _headlines(project: Project) -> Iterator[Finding]:
    """Tell of a headline that another article has as well: contents show it twice."""
    seen: dict[str, Article] = {}
    for article in project.issue.articles:
        if not article.headline:
            continue
        first = seen.setdefault(article.headline, article)
        if first is not article:
            yield Finding(
                "headline-twice",
                f"“{article.label}” is the headline of {first.file} as well",
                Severity.WARNING,
                file=article.file,
                line=article.lines.get("headline", 1),
                hint="readers cannot tell the two apart in the contents: let one say more",
            )


def _line(project: Project, article: Article, link: str) -> int:
    text = read_text(project.root / article.file, project.root)
    return text[: max(0, text.find(f"({link}"))].count("\n") + 1
