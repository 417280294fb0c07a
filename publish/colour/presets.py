"""What a kind of press can print: ink, resolution, small type, and the profile of its paper.

Lengths in pt, resolutions in pixels an inch, ink in per cent of the four plates together.
"""

from __future__ import annotations

from dataclasses import dataclass

Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A printing condition and its limits; a project may name its press's own profile."""

    name: str
    profile: str
    """The file of the default profile, in ``profiles/``."""
    condition: str
    """The registered name of the characterised printing condition (OutputConditionIdentifier)."""
    description: str
    registry: str
    ink: float
    """The most ink that may lie on a spot."""
    least_resolution: float
    """Pictures of grey and colour below it look coarse."""
    resolution: float
    """What the press can use: finer pictures are made coarser."""
    least_coloured_type: float
    """Type in more than one ink, or reversed out of one, is larger."""
    least_line: float
    """Lines are no thinner."""
    trimmed: bool
    """The sheet is cut after printing: pages have bleed and printer's marks."""


ICC_REGISTRY = "http://www.color.org"

PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            name="newsprint",
            profile="newsprint.icc",
            condition="CGATS TR 002",
            description="Coldset on newsprint, characterisation data ANSI CGATS/SNAP TR 002-2007",
            registry=ICC_REGISTRY,
            ink=240,
            least_resolution=150,
            resolution=200,
            least_coloured_type=8,
            least_line=0.5,
            trimmed=False,
        ),
        Preset(
            name="coated",
            profile="coated.icc",
            condition="FOGRA39",
            description="Offset on coated paper, ISO 12647-2:2004, characterisation data FOGRA39L",
            registry=ICC_REGISTRY,
            ink=300,
            least_resolution=200,
            resolution=300,
            least_coloured_type=6,
            least_line=0.25,
            trimmed=True,
        ),
    )
}
DEFAULT_PRESET = "coated"
