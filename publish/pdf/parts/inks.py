"""WeasyPrint's colours and pictures as the press prints them.

Every colour that is not given in inks is taken into the printing condition
(``pdf.stream.Stream.set_color``), greys to black alone; so is every picture, once, at the size it
is shown (``images.RasterImage``). Black prints over what lies under it: a press whose plates do
not meet exactly would leave white edges round letters (ISO 32000-1, 8.6.7).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace
from typing import Any

import pydyf
from PIL import Image

from publish.colour import OutputCondition
from publish.colour.convert import in_srgb, press_colour, press_picture
from publish.layouts import Setup
from publish.pdf.targets import PDF_TARGETS
from publish.pdf.weasy import require_weasyprint

require_weasyprint()  # first: it knows how to load Pango quickly

from weasyprint import images  # noqa: E402
from weasyprint.pdf.stream import Stream  # noqa: E402

BLACK = (0.0, 0.0, 0.0, 1.0)
QUALITY = 85
"""JPEG's, of photographs; other pictures stay as they are, pixel by pixel."""
PHOTOGRAPHS = ("JPEG", "MPO", "WEBP")

_OVER = pydyf.Dictionary({"OP": "true", "op": "true", "OPM": 1})
_OUT = pydyf.Dictionary({"OP": "false", "op": "false", "OPM": 1})


def in_colours(setup: Setup) -> AbstractContextManager[None]:
    """Let WeasyPrint paint in the colours of the PDF that a setup is for."""
    return in_inks(setup.condition) if PDF_TARGETS[setup.target].inks else on_screens()


@contextmanager
def on_screens() -> Iterator[None]:
    """Let WeasyPrint take pictures in other colours to sRGB."""
    before = images.RasterImage

    class ScreenImage(images.RasterImage):  # type: ignore[misc]
        def __init__(self, pillow_image: Any, image_id: str, image_data: Any, *rest: Any) -> None:
            taken = in_srgb(pillow_image)
            if taken is not pillow_image:
                output = io.BytesIO()
                form = "PNG" if taken.mode == "RGBA" else "JPEG"
                more = {"exif": pillow_image.getexif().tobytes()} if form == "JPEG" else {}
                taken.save(output, form, quality=QUALITY, **more)
                image_data = output.getvalue()
                pillow_image = Image.open(io.BytesIO(image_data))
                rest = (None, *rest[1:])  # not from its file
            super().__init__(pillow_image, image_id, image_data, *rest)

    images.RasterImage = ScreenImage
    try:
        yield
    finally:
        images.RasterImage = before


@contextmanager
def in_inks(condition: OutputCondition) -> Iterator[None]:
    """Let WeasyPrint paint in the inks of a printing condition."""
    before = Stream.set_color, Stream.add_group, images.RasterImage

    def set_color(self: Any, color: Any, stroke: bool = False) -> None:
        ink = _ink(color, condition)
        coordinates, alpha = list(ink), float(color.alpha)
        known = self._current_color_stroke if stroke else self._current_color
        before[0](self, _Colour(coordinates, alpha), stroke)
        if known != ("device-cmyk", *coordinates):
            over = ink == BLACK and alpha == 1
            self._resources["ExtGState"]["over" if over else "out"] = _OVER if over else _OUT
            pydyf.Stream.set_state(self, "over" if over else "out")

    def add_group(self: Any, x: float, y: float, width: float, height: float) -> Any:
        group = before[1](self, x, y, width, height)
        group.extra["Group"]["CS"] = "/DeviceCMYK"
        return group

    class PressImage(images.RasterImage):  # type: ignore[misc]
        """A picture that is converted when its size on the page is known."""

        def __init__(
            self, pillow_image: Any, image_id: str, image_data: Any, filename: Any = None,
            cache: Any = None, orientation: Any = "none", options: Any = None,
        ) -> None:  # fmt: skip
            self.id = image_id
            self.mode, self.format = "CMYK", pillow_image.format
            width, height = pillow_image.size
            turned = pillow_image.getexif().get(ORIENTATION, 1) in SIDEWAYS
            self.width, self.height = (height, width) if turned else (width, height)
            self.ratio = self.width / self.height
            self._dpi = condition.preset.resolution
            self._source = image_data

        def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
            return _x_object(self._source, self.format, dpi_ratio, condition)

    Stream.set_color, Stream.add_group = set_color, add_group
    images.RasterImage = PressImage
    try:
        yield
    finally:
        Stream.set_color, Stream.add_group, images.RasterImage = before


ORIENTATION = 0x0112
"""The EXIF tag that says how a camera was held (EXIF 2.32, 4.6.4)."""
SIDEWAYS = (5, 6, 7, 8)


class _Colour(SimpleNamespace):
    """A colour in inks, as ``set_color`` asks for it."""

    space = "device-cmyk"

    def __init__(self, coordinates: list[float], alpha: float) -> None:
        super().__init__(coordinates=coordinates, alpha=alpha)

    def __iter__(self) -> Iterator[float]:
        return iter((*self.coordinates, self.alpha))


def _ink(color: Any, condition: OutputCondition) -> tuple[float, ...]:
    if color.space == "device-cmyk":
        return tuple(min(max(float(one), 0.0), 1.0) for one in color.coordinates)
    red, green, blue = (min(max(float(one), 0.0), 1.0) for one in color.to("srgb").coordinates)
    return press_colour(condition.profile, (red, green, blue))


def _x_object(source: bytes, form: str, ratio: float, condition: OutputCondition) -> Any:
    """Return a picture as an image XObject of DeviceCMYK, or DeviceGray where it has no colour."""
    with Image.open(io.BytesIO(source)) as image:
        picture = press_picture(image, condition.profile, ratio)
    extra = pydyf.Dictionary(
        {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": picture.width,
            "Height": picture.height,
            "ColorSpace": "/DeviceCMYK" if picture.mode == "CMYK" else "/DeviceGray",
            "BitsPerComponent": 8,
        }
    )
    if form in PHOTOGRAPHS:
        output = io.BytesIO()
        picture.info = {}
        picture.save(output, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
        if picture.mode == "CMYK":  # Pillow writes Adobe's inverted inks
            extra["Decode"] = pydyf.Array([1, 0] * 4)
        extra["Filter"] = "/DCTDecode"
        return pydyf.Stream([output.getvalue()], extra)
    extra["Filter"] = "/FlateDecode"
    return pydyf.Stream([zlib.compress(picture.tobytes(), 9)], extra)
