"""What comes in: runs of styled text, and the font face that shapes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class ShapedGlyph(NamedTuple):
    """One glyph of shaped text. Lengths in em; ``cluster`` is an offset into the text."""

    glyph: int
    cluster: int
    advance: float
    x_offset: float = 0.0
    y_offset: float = 0.0


class Face(Protocol):
    """One font face. Must be hashable: what it shapes is kept."""

    def shape(
        self, text: str, *, features: tuple[str, ...] = (), language: str = "zh-Hans"
    ) -> Sequence[ShapedGlyph]:
        """Shape text with OpenType features switched on, for a language."""
        ...


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A face at a size. ``size`` and ``rise`` in pt; ``language`` a BCP 47 tag."""

    face: Face
    size: float
    language: str = "zh-Hans"
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a paragraph in one style. ``tag`` is handed back, never looked at.

    A run that is ``keep_with_previous`` calls a note: it is never parted from what stands
    before it, and spacing goes on behind it as if it were not there. A run that is to
    ``keep_together`` is not broken. ``ruby`` is a reading set over the whole run, which is not
    broken either.
    """

    text: str
    style: TextStyle
    keep_with_previous: bool = False
    keep_together: bool = False
    emphasis_dots: bool = False
    ruby: str | None = None
    ruby_style: TextStyle | None = None
    tag: object = None
