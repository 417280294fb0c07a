"""What of WeasyPrint is done in a shorter way, with the same outcome.

It compresses as hard as zlib can, which takes twice as long and saves 0.3 % of a file.

Most properties of most boxes are not set by any rule. ``css.ComputedStyle.__missing__`` then comes
to the parent's value or the initial one, by way of all that could have been; this looks first.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

_OWN_WAYS = ("page", "position", "float", "display")
"""Properties that depend on others."""


def _logical(key: str) -> tuple[str, ...]:
    """Return the logical properties that would set a physical one, in either direction."""
    function = PHYSICAL_FUNCTIONS.get(key)
    return tuple(function(block="ttb", inline=way) for way in ("ltr", "rtl")) if function else ()


_PLAIN = {
    key: _logical(key)
    for key in INITIAL_VALUES
    if key not in _OWN_WAYS
    and not key.startswith(("text_decoration_", "__"))
    and (key in INHERITED or key not in INITIAL_NOT_COMPUTED)
}
"""Properties with the parent's value or the initial one, where neither they nor these are set."""


LEVEL = 6
"""zlib's own choice."""


@contextmanager
def quick_compression() -> Iterator[None]:
    """Let pydyf compress at zlib's usual level."""
    before = pydyf.zlib
    pydyf.zlib = SimpleNamespace(compressobj=lambda level: zlib.compressobj(LEVEL))
    try:
        yield
    finally:
        pydyf.zlib = before


@contextmanager
def quick_styles() -> Iterator[None]:
    """Let WeasyPrint find the values of properties that no rule sets in a shorter way."""
    slow = css.ComputedStyle.__missing__

    def missing(self: Any, key: str) -> Any:
        cascaded = self.cascaded
        others = _PLAIN.get(key)
        if others is None or key in cascaded:
            return slow(self, key)
        for other in others:
            if other in cascaded:
                return slow(self, key)
        parent = self.parent_style
        if key in INHERITED and parent is not None:
            value = self[key] = parent[key]
        elif key in INITIAL_NOT_COMPUTED:
            return slow(self, key)
        else:
            value = self[key] = INITIAL_VALUES[key]
        return value

    css.ComputedStyle.__missing__ = missing
    try:
        yield
    finally:
        css.ComputedStyle.__missing__ = slow
