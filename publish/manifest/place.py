"""Where a project's manifest is."""

from __future__ import annotations

from pathlib import Path

from publish.diagnostics import Finding
from publish.errors import UsageError

MANIFEST_NAMES = ("manifest.yaml", "manuscript/manifest.yaml")


def find_manifest(root: Path) -> Path:
    """Return the manifest of the project in ``root``.

    Raises UsageError when there is no such folder, or none of the manifest's places is filled.
    """
    for name in MANIFEST_NAMES:
        if (path := root / name).is_file():
            return path
    raise UsageError(
        Finding(
            "project-none",
            f"“{root}” holds no project: neither {' nor '.join(MANIFEST_NAMES)} is there",
            hint="name the project's folder, or begin one with: publish new DIR",
        )
    )
