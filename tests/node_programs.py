"""Programs from npm that the checks run: Ace."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "node_modules" / ".bin"


def put_on_path() -> None:
    """Have them found before any that the machine has."""
    os.environ["PATH"] = f"{FOLDER}{os.pathsep}{os.environ['PATH']}"
