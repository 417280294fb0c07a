"""``publish clean``"""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from publish.cli.output import console
from publish.manifest.place import find_manifest


@click.command("clean")
@click.argument("project", type=click.Path(path_type=Path), default=".")
def command(project: Path) -> None:
    """Empty the project's cache."""
    find_manifest(project)
    cache = project / ".publish-cache"
    if cache.is_dir() and not cache.is_symlink():
        shutil.rmtree(cache)
    console().print("the cache is empty")
