"""Parts of one issue until they agree: where each begins, and the page numbers it names."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from publish.cache import Cache, digest
from publish.diagnostics import Finding
from publish.errors import InputError, PublishError
from publish.history import History
from publish.layouts import Setup, outline
from publish.model import Article, Project
from publish.pdf.parts.cutting import Order, Part, cut
from publish.pdf.parts.reports import Made, PartReport
from publish.workers import Job, Task, Workers

KIND = "parts"
MAKE = "publish.pdf.parts.making.make_part"
ROUNDS = 8
"""How often parts are laid out again because others changed their page numbers."""

Explain = Callable[[str, bool, str], None]
"""Told what was made (True) or kept (False), and why."""


@dataclass(frozen=True, slots=True)
class Wants:
    """What must be known of the other parts before a part can be made."""

    anchors: tuple[str, ...]
    dependence: str
    pages: int


@dataclass(slots=True)
class _State:
    part: Part
    key: str
    links: tuple[tuple[str, str], ...]
    why: str
    """Why it is made, should it not be in the cache."""
    wants: Wants | None = None
    made: PartReport | None = None
    file: Path | None = None
    """Its pages: they wait on disk until all are there."""
    start: int = 0
    job: Job[Made] | None = None
    reason: str = ""


@dataclass(slots=True)
class Settling:
    """The parts of an issue, the front page first."""

    project: Project
    setup: Setup
    cache: Cache
    workers: Workers
    explain: Explain
    history: History
    foresee: Callable[[list[PartReport]], object] = lambda parts: None
    """Told the parts once their page numbers are known, while some are made anew with them."""
    _states: list[_State] = field(default_factory=list)
    _working: deque[_State] = field(default_factory=deque)
    """What was handed out, and is not yet back."""
    _known: dict[Any, Any] = field(default_factory=dict)

    def submit(self) -> None:
        """Hand out all parts that are not in the cache: the front page, then the longest first.

        The front page is made again with the page numbers it names; how many pages it takes is
        then known, and with it all page numbers.
        """
        parts = [Part(), *cut(self.project.issue.sections, self.setup.theme.new_page)]
        self._states = [self._state(part) for part in parts]
        for state in self._states:
            found = self.cache.load(KIND, state.key)
            if isinstance(found, Made):
                self._take(state, found)
            elif isinstance(found, Wants):
                state.wants = found
        waiting = [state for state in self._states if state.made is None and state.wants is None]
        for state in sorted(waiting, key=lambda state: -_length(state.part)):
            start = 0 if state.part.sections else 1
            self._hand_out(state, start, (), state.why)

    def settle(self) -> list[PartReport]:
        """Return all parts, laid out with the page numbers that they have.

        Raises InputError when a template or rule fails, text is lost, or a link leads nowhere.
        """
        self._collect()
        for _ in range(ROUNDS):
            starts = list(self._starts())
            numbers = self._numbers(starts)
            behind = [
                (state, start)
                for state, start in zip(self._states, starts, strict=True)
                if self._is_behind(state, start, numbers)
            ]
            if not behind:
                return self._finished(set(numbers))
            self.workers.renew()
            for state, start in behind:
                self._renew(state, start, numbers)
            known = [state.made for state in self._states if state.made is not None]
            if len(known) == len(self._states):
                self.foresee(known)
            self._collect()
        raise PublishError(
            Finding(
                "pages-unsettled",
                f"after {ROUNDS} rounds the page numbers still change the pages they stand on",
                hint="look at page references in the theme: each makes the next one move",
            )
        )

    @property
    def files(self) -> list[Path]:
        """Return the files that hold the pages of the parts."""
        return [state.file for state in self._states if state.file is not None]

    # --- One part ------------------------------------------------------------------------------

    def _state(self, part: Part) -> _State:
        articles = part.articles
        links = self._links(articles)
        made_of = dict(self.setup.made_of)
        if part.sections:
            heads = [(s.key, s.title, s.page, s.layout, s.intro) for s in part.sections]
            ends = [len(section.articles) for section in part.sections[:-1]]
            made_of["the head or the place of its section"] = digest(heads, ends)
            shown = articles
        else:
            made_of["the heads of the issue's articles"] = digest(outline(self.project.issue))
            shown = tuple(article for article in self.project.issue.articles if article.figures)
        made_of |= {article.file: self._source(article) for article in shown}
        made_of["where its links lead"] = digest(links)
        title = ", ".join(section.title for section in part.sections)
        return _State(part, digest(list(made_of.items())), links, self.history.why(title, made_of))

    def _source(self, article: Article) -> str:
        return self.project.sources[article.key].digest

    def _links(self, articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
        """Return the anchors of the manuscripts that some articles link to."""
        written = {link for a in articles for link in self.project.sources[a.key].links}
        found = ((link, self.project.linked(link)) for link in sorted(written))
        return tuple((link, f"#{article.key}") for link, article in found if article)

    def _hand_out(
        self, state: _State, start: int, numbers: tuple[tuple[str, int], ...], reason: str
    ) -> None:
        issue = self.setup.issue if state.part.sections else outline(self.project.issue)
        order = Order(state.part, issue, start, numbers, state.links)
        state.start, state.reason = start, state.reason or reason
        state.job = self.workers.submit(Task(state.part.name, MAKE, (self.setup, order)))
        self._working.append(state)

    def _collect(self) -> None:
        """Take what was handed out, in that order, and keep it."""
        while self._working:
            state = self._working.popleft()
            if state.job is not None:
                found = state.job.result()
                self._take(state, found)
                made, state.job = found.report, None
                if made.asked or made.dependence:
                    state.wants = Wants(tuple(made.asked), made.dependence, len(made.pages))
                    self.cache.store(KIND, state.key, state.wants)
                if found.pdf:
                    key = self._full_key(state, made.asked, state.start)
                    self.cache.store(KIND, key, found)

    def _take(self, state: _State, made: Made) -> None:
        state.made = made.report
        for use in made.report.fonts.values():
            use.share(self._known)
        name = f"{self.setup.target}-{self._states.index(state)}.pdf"
        state.file = self.workers.folder / name
        state.file.write_bytes(made.pdf)

    def _full_key(self, state: _State, numbers: dict[str, int], start: int) -> str:
        """Return the key of a part as it is with these page numbers."""
        if state.wants is None:
            return state.key
        asked = [(name, numbers.get(name, 0)) for name in state.wants.anchors]
        return digest(state.key, asked, start)

    # --- All parts -----------------------------------------------------------------------------

    def _starts(self) -> Iterator[int]:
        """Yield each part's first page number; one not made yet has as many as the last time."""
        number = 1
        for state in self._states:
            yield number
            if state.made is not None:
                number += len(state.made.pages)
            else:
                number += state.wants.pages if state.wants else 1

    def _numbers(self, starts: Sequence[int]) -> dict[str, int]:
        """Return the page number of each anchor; of several of one name the first counts."""
        numbers: dict[str, int] = {}
        for state, start in zip(self._states, starts, strict=True):
            for number, page in enumerate(state.made.pages if state.made else (), start):
                for name in page.anchors:
                    numbers.setdefault(name, number)
        return numbers

    def _place(self, state: _State, start: int) -> int:
        """Return what of its place a part is made with."""
        if not state.part.sections:
            return 1
        dependence = state.wants.dependence if state.wants else ""
        if dependence == "number":
            return start
        return (2 - start % 2) if dependence else 0

    def _is_behind(self, state: _State, start: int, numbers: dict[str, int]) -> bool:
        if state.made is None or state.start != self._place(state, start):
            return state.made is None or bool(state.wants)
        return any(numbers.get(name, 0) != number for name, number in state.made.asked.items())

    def _renew(self, state: _State, start: int, numbers: dict[str, int]) -> None:
        """Make a part with the page numbers of now, or find it in the cache."""
        place = self._place(state, start)
        if state.wants is not None:
            found = self.cache.load(KIND, self._full_key(state, numbers, place))
            if isinstance(found, Made):
                self._take(state, found)
                state.start = place
                return
            asked = tuple((name, numbers.get(name, 0)) for name in state.wants.anchors)
            self._hand_out(state, place, asked, "page numbers that it names, or its own, changed")
        else:
            every = tuple(numbers.items())
            self._hand_out(state, place, every, state.why)

    def _finished(self, known: set[str]) -> list[PartReport]:
        parts = []
        missing: dict[str, None] = {}
        for state in self._states:
            assert state.made is not None
            self.explain(state.part.name, bool(state.reason), state.reason)
            parts.append(state.made)
            wanted = (*state.made.targets, *state.made.asked)
            missing.update((name, None) for name in wanted if name not in known)
        if missing:
            raise InputError(map(_nowhere, missing))
        return parts


def _length(part: Part) -> float:
    return inf if not part.sections else sum(len(article.body) for article in part.articles)


def _nowhere(anchor: str) -> Finding:
    return Finding(
        "pdf-layout",
        f"nothing in the issue has the anchor #{anchor}, which the theme refers to",
        hint="correct the link in the theme's templates, or give its target this id",
    )
