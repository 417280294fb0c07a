"""``publish new``"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from publish.cli.output import console
from publish.diagnostics import Finding
from publish.errors import UsageError
from publish.manifest.schema import MANIFEST
from publish.resources import resource


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Begin a project in DIR: a small issue that builds at once."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            Finding("folder-full", f"“{folder}” is not empty", hint="name a new folder")
        )
    shutil.copytree(resource("starter"), folder, dirs_exist_ok=True)
    schema = json.dumps(MANIFEST, ensure_ascii=False, indent=2)
    (folder / "manuscript" / "manifest.schema.json").write_text(schema + "\n", encoding="utf-8")
    console().print(f"a new issue is in {folder}. Next: cd {folder} && publish build")
