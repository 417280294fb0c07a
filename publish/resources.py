"""What comes with the program: themes and the font catalogue.

In the wheel they lie inside the package; in an editable install they lie at the root of the
checkout, from which the wheel's copies are made.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder that comes with the program."""
    package = Path(str(files("publish")))
    inside = package.joinpath(*parts)
    return inside if inside.exists() else package.parent.joinpath(*parts)
