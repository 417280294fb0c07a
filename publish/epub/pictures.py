"""Pictures for screens: turned upright, scaled, in sRGB."""

from __future__ import annotations

import io

from publish import timings
from publish.epub.packing import Embedded, Packed
from publish.model import Picture


def ending_of(picture: Picture) -> str:
    """Return the ending of a picture's name in the EPUB: jpg, or png where it is transparent."""
    if picture.media_type == "image/jpeg":
        return "jpg"
    from PIL import Image

    with Image.open(picture.path) as source:
        return "png" if source.has_transparency_data else "jpg"


def screen_picture(picture: Picture, side: int, quality: int) -> tuple[Embedded]:
    """Return the picture for screens.

    ``side`` is the longest side in pixels; ``quality`` is JPEG's. Pictures with transparency
    stay PNG.
    """
    from PIL import Image, ImageOps

    from publish.colour.convert import in_srgb

    with timings.span("pictures", picture.name), Image.open(picture.path) as source:
        image = in_srgb(ImageOps.exif_transpose(source))
        transparent = image.has_transparency_data
        image = image.convert("RGBA" if transparent else "RGB")
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        output = io.BytesIO()
        if transparent:
            image.save(output, "PNG", optimize=True)
            return (Embedded("png", Packed.of(output.getvalue())),)
        image.save(output, "JPEG", quality=quality, optimize=True, progressive=True)
        return (Embedded("jpg", Packed.of(output.getvalue())),)
