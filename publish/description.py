"""One description of an issue, for everyone who lists it: EPUB, XMP, ONIX, JSON-LD.

Pure: computed from the model alone, in the issue's order.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from publish.layouts.environment import issue_title
from publish.model import Article, Issue, Text, plain_text

RELATORS = (
    ("记者", "rpt"),
    ("通讯员", "rpt"),
    ("实习生", "rpt"),
    ("采访", "ivr"),
    ("摄影", "pht"),
    ("摄", "pht"),
    ("供图", "pht"),
    ("插画", "ill"),
    ("插图", "ill"),
    ("漫画", "ill"),
    ("画师", "ill"),
    ("美编", "ill"),
    ("绘", "ill"),
    ("画", "ill"),
    ("制图", "ill"),
    ("责任编辑", "edt"),
    ("责编", "edt"),
    ("编辑", "edt"),
    ("翻译", "trl"),
    ("编译", "trl"),
    ("整理", "com"),
    ("口述", "nrt"),
    ("供稿", "ctb"),
)
"""Words of a byline's role and the MARC relator they stand for (Library of Congress, MARC Code List
for Relators): reporter, interviewer, photographer, illustrator, editor, translator, compiler,
narrator, contributor. The first that a role holds counts."""
AUTHOR = "aut"
"""Whoever has a byline and no such role wrote the piece."""
ISSUING_BODY = "isb"
CREDITED = ("摄影", "摄", "绘", "画")
"""What a credit ends in when the word before it is a name."""
BODIES = ("本报", "社", "报", "记者", "美编", "画师", "通讯员", "图", "供")
"""What a word holds that is no name."""
LONGEST = 300
"""Characters of a description that is put together from headlines."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person or body with a part in the issue, and the MARC relators of all their parts."""

    name: str
    relators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of an issue wherever it is listed; ``language`` is BCP 47."""

    identifier: str
    title: str
    publication: str
    publisher: str
    language: str
    date: dt.date
    number: int
    issn: str
    cn: str
    text: str
    subjects: tuple[str, ...]
    contributors: tuple[Contributor, ...]


def describe(issue: Issue) -> Description:
    """Return the description of an issue."""
    publication = issue.publication
    return Description(
        identifier(issue),
        issue_title(issue),
        publication.title,
        publication.publisher or publication.title,
        publication.language,
        issue.date,
        issue.number,
        publication.issn,
        publication.cn,
        issue.description or "".join(_summary(issue)),
        tuple(dict.fromkeys(word for article in issue.articles for word in article.keywords)),
        tuple(_contributors(issue)),
    )


def identifier(issue: Issue) -> str:
    """Return the issue's identifier, or a stable URN made from publication and date."""
    if issue.identifier:
        return issue.identifier
    name = f"{issue.publication.title}|{issue.publication.slug}|{issue.date.isoformat()}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _summary(issue: Issue) -> Iterator[str]:
    """Yield what the issue is about: series, banner, then headlines, none of them cut."""
    begin = "，".join(filter(None, (issue.series, issue.banner)))
    length = len(begin)
    yield f"{begin}。" if begin else ""
    for place, article in enumerate(issue.articles):
        length += len(article.label) + 1
        if place and length > LONGEST:
            yield "等。"
            return
        yield ("；" if place else "") + article.label
    yield "。"


def _contributors(issue: Issue) -> Iterator[Contributor]:
    found: dict[str, dict[str, None]] = {}
    for article in issue.articles:
        for name, relator in _named(article):
            found.setdefault(name, {})[relator] = None
    yield from (Contributor(name, tuple(relators)) for name, relators in found.items())


def _named(article: Article) -> Iterator[tuple[str, str]]:
    for byline in article.byline:
        for name in byline.names:
            yield name, relator_of(byline.role)
    for figure in article.figures:
        yield from _credited(figure.credit)


def relator_of(role: str) -> str:
    """Return the MARC relator of a byline's role."""
    return next((code for word, code in RELATORS if word in role), AUTHOR)


def _credited(credit: Text) -> Iterator[tuple[str, str]]:
    """Yield who made a picture, where a credit says so surely: 本报记者 张三 摄, 张三摄."""
    text = plain_text(credit).strip("（）() ")
    ending = next((word for word in CREDITED if text.endswith(word)), "")
    if not ending:
        return
    words = text.removesuffix(ending).split()
    names = [word for word in words if not any(body in word for body in BODIES)]
    if names and len(words) <= 3 and all(2 <= len(name) <= 4 or "·" in name for name in names):
        for name in names:
            yield name, relator_of(ending)
