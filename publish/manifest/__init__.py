"""The manifest: an issue's order, read from YAML into the model."""

from publish.manifest.reader import find_manifest, read_project

__all__ = ["find_manifest", "read_project"]
