"""``publish schema``"""

from __future__ import annotations

import json

import click

from publish.manifest.schema import FRONT_MATTER, MANIFEST


@click.command("schema")
@click.option("--manuscript", is_flag=True, help="The front matter's instead of the manifest's.")
def command(manuscript: bool) -> None:
    """Print the manifest's JSON Schema, for editors that complete keys."""
    schema = FRONT_MATTER if manuscript else MANIFEST
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
