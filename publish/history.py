"""Why a thing is made again: what it was made of at the last build, and what of that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publish.cache import Cache

KIND = "history"
FIRST = "first build"
NEW = "it is new"
GONE = "it is no longer in the cache"
UNUSED = "the cache is not used"
NAMED = 4
"""So many changes are named; the others are counted."""


class History:
    """What the things of one target were made of: digests, by what they are digests of.

    What is remembered is a build's; a thing that a build did not make or look for is forgotten.
    """

    def __init__(self, cache: Cache, target: str) -> None:
        self.cache = cache
        self.target = target
        found = cache.load(KIND, target)
        self._before: dict[str, dict[str, str]] = found if isinstance(found, dict) else {}
        self._now: dict[str, dict[str, str]] = {}

    def why(self, name: str, made_of: Mapping[str, str]) -> str:
        """Take what a thing is made of; return why it is made, should it not be in the cache."""
        while name in self._now:
            name += " again"
        self._now[name] = dict(made_of)
        if self.cache.folder is None:
            return UNUSED
        if not self._before:
            return FIRST
        before = self._before.get(name)
        return NEW if before is None else changes(before, self._now[name])

    def remember(self) -> None:
        """Keep for the next build what everything was made of."""
        if self._now != self._before:
            self.cache.store(KIND, self.target, self._now)


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Say what became of the things that another is made of.

    >>> changes({"a.md": "1", "b.md": "2"}, {"a.md": "3", "c.md": "4"})
    'a.md changed; new: c.md; gone: b.md'
    """
    said = []
    if changed := [name for name in now if before.get(name, now[name]) != now[name]]:
        said.append(f"{_listed(changed)} changed")
    if new := [name for name in now if name not in before]:
        said.append(f"new: {_listed(new)}")
    if gone := [name for name in before if name not in now]:
        said.append(f"gone: {_listed(gone)}")
    if not said and list(before) != list(now):
        said.append("the order of its articles changed")
    return "; ".join(said) or GONE


def _listed(names: Iterable[str]) -> str:
    first, more = list(names)[:NAMED], list(names)[NAMED:]
    return ", ".join(first) + (f" and {len(more)} more" if more else "")
