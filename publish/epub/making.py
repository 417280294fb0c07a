"""Things of an EPUB: each is kept by what it is made of, or made by a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.cache import Cache, digest
from publish.diagnostics import Finding
from publish.errors import TextLostError
from publish.inputs import FileDigests
from publish.workers import Job, Task, Workers

Explain = Callable[[str, bool, str], None]

PICTURES = "its pictures changed"
NEW = "it was not made before"
GONE = "it is no longer in the cache"
KEPT = "nothing that it is made of changed"
_MEMO = "reasons", "epub"


@dataclass(slots=True)
class Thing:
    """Something of the EPUB, kept or being made; ``files`` are the pictures it is made of."""

    kind: str
    key: str
    name: str
    found: Any
    files: tuple[tuple[Path, str], ...] = ()


class Making:
    """Looks things up in the cache, hands out those that are not there, and keeps what is made.

    What things are made of is remembered, so that ``explain`` can be told why one is made again.
    """

    def __init__(self, cache: Cache, workers: Workers, explain: Explain) -> None:
        self.cache = cache
        self.workers = workers
        self.explain = explain
        self.digests = FileDigests(cache)
        self._jobs: list[tuple[Job[Any], list[Thing]]] = []
        found = cache.load(*_MEMO)
        self._before: dict[str, dict[str, str]] = found if isinstance(found, dict) else {}
        self._now: dict[str, dict[str, str]] = {}

    def thing(
        self, kind: str, name: str, made_of: Mapping[str, object], files: Sequence[Path] = ()
    ) -> Thing:
        """Return a thing, found in the cache or not.

        ``made_of`` gives all that it depends on, by what is to be said where that has changed;
        ``files`` are pictures that it is made of as well.
        """
        seen = tuple((path, self.digests.of(path)) for path in files)
        ingredients = {why: _short(part) for why, part in made_of.items()}
        if seen:
            ingredients[PICTURES] = digest([content for _, content in seen])
        key = digest(list(ingredients.values()))
        found = self.cache.load(kind, key)
        self._tell(name, ingredients, made=found is None)
        return Thing(kind, key, name, found, seen)

    def hand_out(self, things: Sequence[Thing], function: str, *arguments: Any) -> None:
        """Hand out the task that makes ``things``; it returns a sequence of them."""
        more = f" and {len(things) - 1} more" if len(things) > 1 else ""
        task: Task[Any] = Task(things[0].name + more, function, arguments)
        self._jobs.append((self.workers.submit(task), list(things)))

    def collect(self) -> None:
        """Wait for all that is being made, and keep it.

        What was handed out first takes longest: it is asked for last, the rest kept meanwhile.
        Raises InputError when a template or a picture fails, TextLostError with all that was
        found when characters are missing.
        """
        lost: list[Finding] = []
        read_again = FileDigests(self.cache)
        for job, things in (*self._jobs[1:], *self._jobs[:1]):
            try:
                made = job.result()
            except TextLostError as error:
                lost += error.findings
                continue
            for thing, one in zip(things, made, strict=True):
                thing.found = one
                if all(_is(path, content, read_again) for path, content in thing.files):
                    self.cache.store(thing.kind, thing.key, one)
        self._jobs.clear()
        if lost:
            raise TextLostError(lost)

    # --- Why -----------------------------------------------------------------------------------

    def _tell(self, name: str, ingredients: dict[str, str], *, made: bool) -> None:
        before = self._before.get(name)
        self._now[name] = ingredients
        if not made:
            self.explain(name, False, KEPT)
            return
        changed = [why for why, part in ingredients.items() if before and before.get(why) != part]
        self.explain(name, True, "; ".join(changed) or (GONE if before else NEW))

    def remember(self) -> None:
        """Keep for the next build what everything was made of."""
        if self._now != self._before:
            self.cache.store(*_MEMO, self._now)


def _short(part: object) -> str:
    return part if isinstance(part, str) else digest(part)


def _is(path: Path, content: str, digests: FileDigests) -> bool:
    """Tell whether a file is still as it was when the work began."""
    try:
        return digests.of(path) == content
    except OSError:
        return False
