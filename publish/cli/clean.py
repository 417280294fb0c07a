"""``publish clean``"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

from publish.cache import FOLDER
from publish.cli.output import console
from publish.diagnostics import Finding
from publish.errors import MachineError
from publish.manifest.place import find_manifest

ENTRY = re.compile(r"[0-9a-f]{40}|\.\d+-\d+")
"""The name of what is kept by a digest, or is being written."""


@click.command("clean")
@click.argument("project", type=click.Path(path_type=Path), default=".")
def command(project: Path) -> None:
    """Empty the project's cache."""
    find_manifest(project)
    try:
        _empty(project / FOLDER)
    except OSError as error:
        raise MachineError(
            Finding(
                "cache-unwritable",
                f"the cache cannot be emptied: {error.strerror}",
                file=str(project / FOLDER),
                hint="remove it by hand; nothing in it is needed",
            )
        ) from error
    console().print("the cache is empty")


def _empty(cache: Path) -> None:
    """Remove the cache. Where a link leads, nothing is removed but what a cache holds."""
    if cache.is_symlink() and cache.is_dir():
        for entry in cache.glob("*/*"):
            if ENTRY.fullmatch(entry.name) and not entry.is_dir():
                entry.unlink(missing_ok=True)
    elif cache.is_dir():
        shutil.rmtree(cache)
    else:
        cache.unlink(missing_ok=True)
