"""Colours and pictures taken into a printing condition, and colours taken to the screen.

LittleCMS (Pillow's ImageCms) does the work: relative colorimetric with black point compensation
for colours, perceptual for pictures (ISO 15076-1, the rendering intents).
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from publish.colour.presets import DEFAULT_PRESET, PRESETS, Ink
from publish.resources import resource

RGB = tuple[float, float, float]
"""Red, green and blue of sRGB, each from 0 to 1."""

_GREY = 0.004
"""How far apart red, green and blue may be in a grey: one step in 256."""


def screen_colour(ink: Ink) -> str:
    """Return an ink's colour on a screen, as #rrggbb of sRGB.

    The theme's colours are those of coated paper, whatever an issue is printed on.
    """
    if not any(ink):
        return "#ffffff"
    profile = resource("profiles", PRESETS[DEFAULT_PRESET].profile)
    red, green, blue = _pixel(_transform(str(profile), None), "CMYK", ink)
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=10_000)
def press_colour(profile: Path, colour: RGB) -> Ink:
    """Return the ink of a colour of sRGB. Greys are printed in black alone."""
    if max(colour) - min(colour) <= _GREY:
        return 0.0, 0.0, 0.0, round(1 - sum(colour) / 3, 4)
    pixel = _pixel(_transform(None, str(profile)), "RGB", colour)
    cyan, magenta, yellow, black = (round(value / 255, 4) for value in pixel)
    return cyan, magenta, yellow, black


def press_picture(image: Image.Image, profile: Path, ratio: float = 1.0) -> Image.Image:
    """Return a picture, upright, as the press prints it: mode CMYK, or L where it has no colour.

    A ``ratio`` below 1 makes it that much smaller. Its own profile is honoured; without one, or
    where that is broken, RGB is taken for sRGB, CMYK for the press's own. What is transparent
    becomes paper.
    """
    own = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("P", "1"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if ratio < 1:
        size = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
        image = image.resize(size, Image.Resampling.LANCZOS)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
        own = None if own and _space(own) != "RGB" else own
    if image.mode in ("L", "LA", "I", "I;16", "F"):
        return image.convert("L")
    if image.mode == "CMYK":
        return _taken(image, own, profile) if own else image
    image = image.convert("RGB")
    if _is_grey(image):
        return image.convert("L")
    return _taken(image, own if own and _space(own) == "RGB" else None, profile)


def in_srgb(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB, taken there from its own profile; as it is where it is there.

    CMYK without a profile is taken for that of coated paper. Transparency stays.
    """
    own = image.info.get("icc_profile")
    if image.mode != "CMYK" and (not own or _space(own) != "RGB" or image.mode not in _RGB):
        return image
    srgb = ImageCms.createProfile("sRGB")
    coated = resource("profiles", PRESETS[DEFAULT_PRESET].profile)
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    for source in [own, None]:
        if source is None and image.mode != "CMYK":
            break
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(source) if source else str(coated))
            if "sRGB" in (profile.profile.profile_description or ""):
                return image
            found = ImageCms.profileToProfile(
                image, profile, srgb, ImageCms.Intent.PERCEPTUAL, outputMode=mode
            )
        except (OSError, ImageCms.PyCMSError):
            continue  # broken: whoever read the picture has said so
        if found is not None:
            found.info.pop("icc_profile", None)
            return found
    return image


_RGB = ("RGB", "RGBA")


def screen_picture(plates: Image.Image, profile: Path) -> Image.Image:
    """Return what four plates look like on a screen: mode RGB, the paper white."""
    transform = _transform(str(profile), None)
    found = ImageCms.applyTransform(plates, transform)
    assert found is not None
    return found


def _is_grey(image: Image.Image) -> bool:
    """Tell whether an RGB picture has no colour: a small copy is looked at."""
    from PIL import ImageChops

    small = image.copy()
    small.thumbnail((256, 256))
    red, green, blue = small.split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(one.getextrema()[1] <= 2 for one in apart)  # type: ignore[operator]


def _taken(image: Image.Image, own: bytes | None, profile: Path) -> Image.Image:
    intent = ImageCms.Intent.PERCEPTUAL
    if own:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(own))
            found = ImageCms.profileToProfile(
                image, source, str(profile), intent, outputMode="CMYK"
            )
        except (OSError, ImageCms.PyCMSError):
            found = None  # broken: whoever read the picture has said so
        if found is not None or image.mode == "CMYK":
            return found or image
    srgb = ImageCms.createProfile("sRGB")
    found = ImageCms.profileToProfile(image, srgb, str(profile), intent, outputMode="CMYK")
    assert found is not None
    return found


def _space(profile: bytes) -> str:
    """Return an ICC profile's colour space (ICC.1, bytes 16 to 19 of the header)."""
    return profile[16:20].decode("latin-1").strip()


@lru_cache(maxsize=8)
def _transform(source: str | None, target: str | None) -> Any:
    """Return the transform from a CMYK profile to sRGB, or from sRGB to one."""
    srgb = ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(
        source or srgb,
        target or srgb,
        "CMYK" if source else "RGB",
        "CMYK" if target else "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.NOCACHE,
    )


def _pixel(transform: Any, mode: str, colour: tuple[float, ...]) -> tuple[int, ...]:
    image = Image.new(mode, (1, 1), tuple(round(255 * value) for value in colour))
    found = ImageCms.applyTransform(image, transform)
    assert found is not None
    value = found.getpixel((0, 0))
    assert isinstance(value, tuple)
    return value
