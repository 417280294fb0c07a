"""The plates of a page, as Ghostscript makes them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageMath

RESOLUTION = 72
"""Pixels an inch: one is a point, an eighth of a square millimetre."""
SMOOTH = "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"
LIMIT = 600
"""Seconds."""


def ghostscript() -> str | None:
    """Return Ghostscript's program, if it is here."""
    return shutil.which("gs")


@contextmanager
def separations(
    file: Path, resolution: int = RESOLUTION, *, smooth: bool = False
) -> Iterator[list[Path]]:
    """Give a CMYK picture of each page, its four channels the plates; none without Ghostscript.

    The whole sheet is shown, edges ``smooth`` or not. Raises subprocess.CalledProcessError where
    the file cannot be rendered, with what Ghostscript says.
    """
    program = ghostscript()
    with tempfile.TemporaryDirectory() as folder:
        if program is not None:
            subprocess.run(
                [
                    program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc",
                    "-dOverprint=/simulate", *(SMOOTH if smooth else ()),
                    f"-r{resolution}", "-o", f"{folder}/%06d.tif", str(file.resolve()),
                ],
                check=True, capture_output=True, timeout=LIMIT,
            )  # fmt: skip
        yield sorted(Path(folder).glob("*.tif"))


def plates(picture: Path) -> Image.Image:
    """Return a page's plates as one CMYK picture."""
    with Image.open(picture) as opened:
        opened.load()
        return opened.convert("CMYK") if opened.mode != "CMYK" else opened.copy()


def coverage(plates_: Image.Image) -> list[float]:
    """Return how much of the page each plate inks: cyan, magenta, yellow, black, 0 to 1."""
    pixels = plates_.width * plates_.height or 1
    return [
        sum(value * count for value, count in enumerate(channel.histogram())) / (255 * pixels)
        for channel in plates_.split()
    ]


def ink(plates_: Image.Image) -> Image.Image:
    """Return the sum of all inks at each spot, mode L: a step is two per cent."""
    channels = dict(zip("cmyk", plates_.split(), strict=True))
    total = ImageMath.lambda_eval(
        lambda a: a["convert"]((a["c"] + a["m"] + a["y"] + a["k"]) * 50 / 255, "L"), **channels
    )
    assert isinstance(total, Image.Image)
    return total


def over(inks: Image.Image, limit: float) -> tuple[int, int, tuple[int, int, int, int] | None]:
    """Return how many spots have more ink than the limit, the most, and where they are."""
    above = inks.point([255 if 2 * value > limit else 0 for value in range(256)])
    most = inks.getextrema()[1]
    assert isinstance(most, int | float)
    return above.histogram()[255], 2 * int(most), above.getbbox()
