"""A page's geometry, from a theme's data to points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}


def points(length: str | float) -> float:
    """Return a length such as 210mm in pt.

    Raises ValueError when it has no known unit.
    """
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(pt|mm|cm|in)", str(length).strip())
    if not match:
        raise ValueError(f"“{length}” is no length; write for example 210mm or 9pt")
    return float(match[1]) * POINTS[match[2]]


@dataclass(frozen=True, slots=True)
class Geometry:
    """The print page: all lengths in pt; measure and gap in characters of body text."""

    trim_width: float
    trim_height: float
    bleed: float
    marks: float
    body_size: float
    leading: float
    columns: int
    measure: int
    gap: int
    lines: int
    top: float

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Geometry:
        """Read a theme's ``print`` mapping.

        Raises KeyError or ValueError when something is missing or is no length, and
        ValueError when the type area does not fit on the page.
        """
        area = data["type_area"]
        geometry = cls(
            trim_width=points(data["trim"]["width"]),
            trim_height=points(data["trim"]["height"]),
            bleed=points(data["bleed"]),
            marks=points(data["marks"]),
            body_size=points(data["body"]["size"]),
            leading=points(data["body"]["leading"]),
            columns=int(area["columns"]),
            measure=int(area["measure"]),
            gap=int(area["gap"]),
            lines=int(area["lines"]),
            top=points(area["top"]),
        )
        if geometry.side < 0 or geometry.bottom < 0:
            raise ValueError("the type area is larger than the page")
        return geometry

    @property
    def width(self) -> float:
        """Return the type area's width: whole characters of all columns and gaps."""
        characters = self.columns * self.measure + (self.columns - 1) * self.gap
        return characters * self.body_size

    @property
    def height(self) -> float:
        """Return the type area's height: whole lines."""
        return self.lines * self.leading

    @property
    def side(self) -> float:
        """Return the margin at each side."""
        return (self.trim_width - self.width) / 2

    @property
    def bottom(self) -> float:
        """Return the margin at the foot."""
        return self.trim_height - self.top - self.height
