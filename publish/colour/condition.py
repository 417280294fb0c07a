"""The printing condition of a project: the press's own profile, or the default of its preset."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from publish.colour.presets import PRESETS, Preset
from publish.diagnostics import Finding
from publish.errors import InputError
from publish.files import is_inside, shown
from publish.model import PrintingPress
from publish.resources import resource

FOLDER = "profiles"
LARGEST_PROFILE = 20_000_000
"""Bytes."""


@dataclass(frozen=True)
class OutputCondition:
    """What pages are made for. ``profile`` is the path of a CMYK output profile (ICC.1)."""

    preset: Preset
    profile: Path
    condition: str
    """The registered name of the printing condition (ISO 32000-1, 14.11.5)."""
    description: str
    registry: str


def output_condition(press: PrintingPress, root: Path, manifest: str) -> OutputCondition:
    """Return the condition that a project prints in.

    ``manifest`` is its name for messages. Raises InputError when the project's own profile is
    missing, lies outside, or is no CMYK output profile.
    """
    preset = PRESETS[press.preset]
    if not press.profile:
        profile = resource(FOLDER, preset.profile)
        return OutputCondition(
            preset, profile, preset.condition, preset.description, preset.registry
        )
    profile = root / press.profile
    if not is_inside(profile, root):
        raise _wrong(
            "path-outside", f"the profile {press.profile} lies outside the project", manifest
        )
    _require_output_profile(profile, shown(profile, root), manifest)
    return OutputCondition(
        preset, profile, press.condition, press.description or press.condition, press.registry
    )


def _require_output_profile(profile: Path, name: str, manifest: str) -> None:
    """Raise InputError unless the file is an ICC profile of class output in CMYK."""
    from PIL import ImageCms

    if not profile.is_file():
        raise _wrong(
            "profile-missing", f"there is no profile {name}", manifest,
            "put the file that the press names there",
        )  # fmt: skip
    try:
        if profile.stat().st_size > LARGEST_PROFILE:
            raise OSError("too large")
        read = ImageCms.ImageCmsProfile(io.BytesIO(profile.read_bytes())).profile
    except OSError as error:
        raise _wrong(
            "profile-broken", f"{name} is no ICC profile", manifest, "ask the press for it again"
        ) from error
    if read.xcolor_space.strip() != "CMYK" or read.device_class != "prtr":
        kind = f"{read.xcolor_space.strip()}, class {read.device_class}"
        raise _wrong(
            "profile-not-cmyk",
            f"{name} is no CMYK output profile ({kind})",
            manifest,
            "name the profile of a press, of class prtr and colour space CMYK",
        )


def _wrong(code: str, message: str, manifest: str, hint: str = "") -> InputError:
    return InputError(Finding(code, message, file=manifest, hint=hint or None))
