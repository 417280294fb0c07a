"""Draw the two illustrations of the sample issue: ``river-dawn.jpg`` and ``lane-dusk.jpg``.

Both are built like reduction woodcuts: flat sheets of colour are cut out as masks, given a
slightly carved edge, laid over one another from far to near with mist between them, and
printed on a grained paper.  Everything is drawn by code from fixed seeds, so two runs give
the same pictures.  Needs numpy and Pillow only:

    python make_pictures.py            # both pictures, beside this script
    python make_pictures.py river      # one of them
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageDraw, ImageFilter

Array = NDArray[np.floating[Any]]
Point = tuple[float, float]

WIDTH: Final = 2400
HEIGHT: Final = 1600
SUPERSAMPLE: Final = 2
JPEG_QUALITY: Final = 85
MAX_BYTES: Final = 900_000


# --------------------------------------------------------------------------- tools


def rgb(code: str) -> Array:
    """Turn ``"d9532f"`` into three floats between 0 and 1."""
    return np.array([int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)], dtype=np.float32)


def single(values: Array) -> Array:
    """Keep values in single precision."""
    return np.asarray(values, dtype=np.float32)


def smoothstep(low: float, high: float, x: Array) -> Array:
    """Ease from 0 at ``low`` to 1 at ``high``; ``low`` may be the greater."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return single(t * t * (3 - 2 * t))


def coordinates() -> tuple[Array, Array]:
    """Return the x and y coordinate of every pixel."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return x, y


def noise(rng: np.random.Generator, step_x: float, step_y: float, octaves: int = 4) -> Array:
    """Fractal noise between 0 and 1 whose largest blots measure ``step_x`` by ``step_y``."""
    total = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    weight = 1.0
    for _ in range(octaves):
        columns = max(3, int(WIDTH / step_x) + 3)
        rows = max(3, int(HEIGHT / step_y) + 3)
        grid = Image.fromarray(rng.random((rows, columns), dtype=np.float32))
        total += weight * np.asarray(grid.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
        weight, step_x, step_y = weight / 2, max(1.0, step_x / 2), max(1.0, step_y / 2)
    low, high = np.percentile(total, (0.5, 99.5))
    return single(np.clip((total - low) / (high - low), 0, 1))


def blur(mask: Array, radius: float) -> Array:
    """Blur a mask."""
    image = Image.fromarray((np.clip(mask, 0, 1) * 255).astype(np.uint8))
    blurred = image.filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred, dtype=np.float32) / 255


def shift(mask: Array, dx: int, dy: int) -> Array:
    """Move a mask by whole pixels, letting nothing in at the borders."""
    moved = np.zeros_like(mask)
    height, width = mask.shape
    moved[max(0, dy) : height + min(0, dy), max(0, dx) : width + min(0, dx)] = mask[
        max(0, -dy) : height + min(0, -dy), max(0, -dx) : width + min(0, -dx)
    ]
    return moved


def curve(points: Sequence[Point], steps: int = 10, closed: bool = True) -> list[Point]:
    """Run a Catmull-Rom spline through the points."""
    count = len(points)
    result: list[Point] = []
    for i in range(count if closed else count - 1):
        around = (
            [points[(i + k) % count] for k in (-1, 0, 1, 2)]
            if closed
            else [points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2)]
        )
        p0, p1, p2, p3 = (np.array(p) for p in around)
        for t in np.linspace(0, 1, steps, endpoint=False):
            q = 0.5 * (
                2 * p1
                + (p2 - p0) * t
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
            result.append((float(q[0]), float(q[1])))
    if not closed:
        result.append(points[-1])
    return result


def hull(points: Iterable[Point]) -> list[Point]:
    """Find the convex outline of some points (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def half(chain: Iterable[Point]) -> list[Point]:
        kept: list[Point] = []
        for p in chain:
            while len(kept) > 1 and (kept[-1][0] - kept[-2][0]) * (p[1] - kept[-2][1]) <= (
                kept[-1][1] - kept[-2][1]
            ) * (p[0] - kept[-2][0]):
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return half(ordered) + half(reversed(ordered))


def taper(axis: Sequence[Point], width: float) -> list[Point]:
    """Outline a blade: widest at a third of its axis, pointed at the end."""
    path = np.array(axis)
    along = np.gradient(path, axis=0)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normal /= np.maximum(np.hypot(normal[:, 0], normal[:, 1]), 1e-6)[:, None]
    t = np.linspace(0, 1, len(path))
    half = width * np.minimum(0.45 + 1.65 * t, 1.5 * (1 - t))[:, None] / 2
    sides = np.concatenate([path + normal * half, (path - normal * half)[::-1]])
    return [(float(a), float(b)) for a, b in sides]


class Cutter:
    """A stencil: shapes are drawn into it twice as large, then it is read as a mask."""

    def __init__(self) -> None:
        """Begin with an empty stencil."""
        size = (WIDTH * SUPERSAMPLE, HEIGHT * SUPERSAMPLE)
        self._image = Image.new("L", size, 0)
        self._draw = ImageDraw.Draw(self._image)

    @staticmethod
    def _scaled(points: Iterable[Point]) -> list[Point]:
        return [(x * SUPERSAMPLE, y * SUPERSAMPLE) for x, y in points]

    def polygon(self, points: Iterable[Point], fill: int = 255) -> Cutter:
        """Cut out a polygon (``fill=0`` puts it back)."""
        self._draw.polygon(self._scaled(points), fill=fill)
        return self

    def line(self, points: Iterable[Point], width: float, fill: int = 255) -> Cutter:
        """Cut a line of even width."""
        stroke = max(1, round(width * SUPERSAMPLE))
        self._draw.line(self._scaled(points), fill=fill, width=stroke, joint="curve")
        return self

    def disc(self, x: float, y: float, radius: float, fill: int = 255) -> Cutter:
        """Cut out a disc."""
        return self.ellipse(x, y, radius, radius, fill)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: int = 255) -> Cutter:
        """Cut out an ellipse."""
        (left, top), (right, bottom) = self._scaled([(x - rx, y - ry), (x + rx, y + ry)])
        self._draw.ellipse((left, top, right, bottom), fill=fill)
        return self

    def box(self, left: float, top: float, right: float, bottom: float, fill: int = 255) -> Cutter:
        """Cut out an upright rectangle."""
        return self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def mask(self) -> Array:
        """Read the stencil."""
        small = self._image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        return np.asarray(small, dtype=np.float32) / 255


class Sheet:
    """The sheet of paper being printed."""

    def __init__(self, seed: int, ground: Array) -> None:
        """Take a sheet; ``ground`` is its first colour, per pixel or for all."""
        self.rng = np.random.default_rng(seed)
        self.pixels: Array = np.broadcast_to(ground, (HEIGHT, WIDTH, 3)).astype(np.float32).copy()
        self.tooth = noise(self.rng, 5, 5, 3)  # what makes cut edges a little ragged
        self.grain = noise(self.rng, 260, 9, 5)  # the long grain of the block

    def carve(self, mask: Array, depth: float = 0.35) -> Array:
        """Give a clean mask the slightly ragged edge of a cut block."""
        soft = blur(mask, 1.3)
        return smoothstep(0.34, 0.66, soft + (self.tooth - 0.5) * depth * (soft > 0.02))

    def print(self, mask: Array, colour: Array, opacity: float = 1.0, wear: float = 0.0) -> None:
        """Print a colour through a mask; ``wear`` lets the block's grain show."""
        cover = mask * opacity
        if wear:
            cover = cover * (1 - wear * smoothstep(0.62, 0.95, self.grain))
        self.pixels += cover[..., None] * (colour - self.pixels)

    def shadow(self, mask: Array, dx: int, dy: int, radius: float, opacity: float) -> None:
        """Darken what lies under a sheet that is about to be laid."""
        shade = blur(shift(mask, dx, dy), radius) * opacity
        self.pixels *= (1 - shade)[..., None]

    def glow(self, mask: Array, colour: Array, opacity: float) -> None:
        """Add light (screen)."""
        light = (mask * opacity)[..., None] * colour
        self.pixels = (1 - (1 - self.pixels) * (1 - light)).astype(np.float32)

    def save(self, path: Path, paper: float) -> None:
        """Grain the paper, and write an sRGB JPEG that is small enough for the issue."""
        fibre = noise(self.rng, 3, 3, 2) - 0.5
        cloud = noise(self.rng, 420, 420, 4) - 0.5
        streak = self.grain - 0.5
        texture = 1 + paper * (0.085 * fibre + 0.08 * cloud + 0.07 * streak)
        pixels = np.clip(self.pixels * texture[..., None], 0, 1)
        pixels = rgb("12161c") * 0.5 + pixels * (1 - rgb("12161c") * 0.5)  # ink is never black
        image = Image.fromarray((pixels * 255 + 0.5).astype(np.uint8))
        profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        profile[24:36] = struct.pack(">6H", 2026, 1, 20, 0, 0, 0)  # its date, else it is today's
        image.save(
            path,
            quality=JPEG_QUALITY,
            subsampling="4:2:0",
            optimize=True,
            progressive=True,
            icc_profile=bytes(profile),
            dpi=(300, 300),
        )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SystemExit(f"{path.name}: {size} bytes, more than {MAX_BYTES}")
        print(f"{path.name}: {image.width}×{image.height}, {size / 1000:.0f} kB")


def vertical(stops: Sequence[tuple[float, str]]) -> Array:
    """Make a vertical gradient through ``(y, colour)`` stops."""
    y = np.arange(HEIGHT, dtype=np.float32)
    at = [stop for stop, _ in stops]
    colours = np.array([rgb(code) for _, code in stops])
    rows = np.stack([np.interp(y, at, colours[:, k]) for k in range(3)], axis=-1)
    return rows[:, None, :].astype(np.float32)


# --------------------------------------------------------------------------- river, dawn
# fmt: off

HORIZON: Final = 800.0
FOCAL: Final = 1900.0
EYE: Final = 12.0  # metres above the water
SUN: Final = (905.0, 640.0)


def project(x: float, height: float, z: float) -> Point:
    """Project a point in metres (x to the right, z away from the viewer)."""
    return WIDTH / 2 + FOCAL * x / z, HORIZON - FOCAL * (height - EYE) / z


class Bridge:
    """A cable-stayed bridge that runs from the near right bank to the far left one."""

    NEAR = np.array([86.0, 330.0])
    FAR = np.array([-250.0, 780.0])
    DECK = 31.0
    TOP = 122.0

    def __init__(self) -> None:
        """Lay out the axis."""
        span = self.FAR - self.NEAR
        self.length = float(np.hypot(*span))
        self.along = span / self.length
        self.across = np.array([-self.along[1], self.along[0]]) * -1

    def at(self, metres: float, side: float, height: float) -> Point:
        """Find the point ``metres`` beyond the near tower, ``side`` metres off the axis."""
        x, z = self.NEAR + self.along * metres + self.across * side
        return project(float(x), height, float(z))

    def deck(self, cut: Cutter, first: float, last: float) -> None:
        """Cut the roadway and its piers."""
        for side in (-13, 13):
            top = [self.at(m, side, self.DECK) for m in np.linspace(first, last, 60)]
            low = [self.at(m, side, self.DECK - 4.4) for m in np.linspace(last, first, 60)]
            cut.polygon([*top, *low])
        rim = [self.at(m, -13, self.DECK) for m in np.linspace(first, last, 60)]
        back = [self.at(m, 13, self.DECK) for m in np.linspace(last, first, 60)]
        cut.polygon([*rim, *back])

    def block(self, cut: Cutter, metres: float, foot: Sequence[float],
              head: Sequence[float]) -> None:
        """Cut a leaning block: ``foot`` and ``head`` are height, offset, half depth, half width."""
        corners = [
            self.at(metres + a * depth, offset + b * width, height)
            for height, offset, depth, width in (foot, head)
            for a in (-1, 1)
            for b in (-1, 1)
        ]
        cut.polygon(hull(corners))

    def tower(self, cut: Cutter, metres: float) -> None:
        """Cut one tower: two legs that lean together below a single mast."""
        for side in (-1, 1):
            self.block(cut, metres, (0, side * 16, 4.2, 3.0), (self.DECK, side * 18.5, 4.0, 2.8))
            self.block(cut, metres, (self.DECK, side * 18.5, 4.0, 2.8), (84, side * 3.4, 3.2, 2.4))
        self.block(cut, metres, (82, 0, 3.2, 5.6), (self.TOP, 0, 2.6, 3.6))
        self.block(cut, metres, (self.DECK - 9, 0, 3.6, 19), (self.DECK - 4, 0, 3.6, 19))

    def lamps(self, cut: Cutter, lights: Cutter, first: float, last: float) -> None:
        """Cut the lamp posts of the roadway, and one early bus."""
        for metres in np.arange(first, last, 26.0):
            for side in (-12.6, 12.6):
                top = self.at(float(metres), side, self.DECK + 8)
                cut.line([self.at(float(metres), side, self.DECK), top], 1.6)
                lights.disc(*top, 2.2)
        bus = hull(
            self.at(m, side, self.DECK + up)
            for m in (-92.0, -80.5)
            for side in (-8.0, -5.5)
            for up in (0.4, 3.4)
        )
        cut.polygon(bus)
        for m in np.arange(-91.0, -82.0, 2.2):
            lights.polygon(
                [
                    self.at(float(m), -8.1, self.DECK + 1.7),
                    self.at(float(m), -8.1, self.DECK + 2.9),
                    self.at(float(m) + 1.5, -8.1, self.DECK + 2.9),
                    self.at(float(m) + 1.5, -8.1, self.DECK + 1.7),
                ]
            )

    def cables(self, cut: Cutter, tower: float, width: float) -> None:
        """Cut the stays of one tower, fanning out to both sides."""
        for direction in (-1, 1):
            for k in range(1, 20):
                reach = tower + direction * (14 + k * 12.4)
                anchor = 88 + (self.TOP - 92) * k / 19
                z = (self.NEAR + self.along * reach)[1]
                if z < 60:
                    continue
                for side in (-12, 12):
                    ends = [self.at(tower, side * 0.16, anchor), self.at(reach, side, self.DECK)]
                    cut.line(ends, width * float(np.clip(330 / z, 0.55, 1.25)))


def ridge(
    rng: np.random.Generator, base: float, height: float, step: float, rough: float
) -> list[Point]:
    """Outline a range of hills that stands on ``base``."""
    xs = np.arange(-20, WIDTH + 40, 12, dtype=np.float64)
    line: Array = np.zeros_like(xs)
    weight = 1.0
    for _ in range(5):
        knots = np.arange(-step, WIDTH + 3 * step, step)
        line += weight * np.interp(xs, knots, rng.random(len(knots)))
        step, weight = step / 2.1, weight * rough
    line = np.convolve(np.pad(line, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    line = (line - line.min()) / (line.max() - line.min())
    top = [(float(x), float(base - height * v)) for x, v in zip(xs, line, strict=True)]
    return [(-20, base + 60), *top, (WIDTH + 20, base + 60)]


def barge(
    cut: Cutter, light: Cutter, x: float, y: float, length: float, cargo: Sequence[float]
) -> None:
    """Cut a laden river barge in profile, bow to the left, waterline at ``y``.

    ``cargo`` gives the height of each heap in the hold; none at all means containers.
    """

    def at(u: float, v: float) -> Point:
        return x + (u - 0.5) * length, y - v * length

    def block(left: float, low: float, right: float, high: float) -> None:
        cut.polygon([at(left, low), at(left, high), at(right, high), at(right, low)])

    bow = curve([at(0.0, 0.060), at(0.014, 0.028), at(0.055, -0.004)], closed=False, steps=6)
    stern = [at(0.970, -0.004), at(0.992, 0.030), at(1.0, 0.052), at(0.93, 0.046)]
    cut.polygon([*bow, *stern, at(0.76, 0.034), at(0.14, 0.031), at(0.06, 0.052)])
    block(0.15, 0.03, 0.745, 0.042)  # the coaming of the hold
    if cargo:
        width = 0.575 / len(cargo)
        for i, heap in enumerate(cargo):
            left = 0.16 + i * width
            heights = (0.0, 0.50, 0.93, 1.0, 0.72, 0.34, 0.0)
            places = (-0.06, 0.2, 0.42, 0.50, 0.66, 0.86, 1.08)
            cut.polygon(
                [
                    at(left + width * p, 0.040 + heap * h)
                    for p, h in zip(places, heights, strict=True)
                ]
            )
    else:
        for row, (first, count) in enumerate(((0, 9), (0, 8), (3, 4))):
            for k in range(first, first + count):
                left = 0.163 + k * 0.0635
                block(left, 0.04 + row * 0.027, left + 0.060, 0.0655 + row * 0.027)
    # Wheelhouse, mast, funnel and flag aft; a lantern mast at the bow.
    block(0.775, 0.035, 0.950, 0.092)
    block(0.770, 0.090, 0.962, 0.096)
    cut.polygon([at(0.798, 0.094), at(0.806, 0.145), at(0.886, 0.145), at(0.892, 0.094)])
    block(0.790, 0.144, 0.902, 0.151)
    block(0.912, 0.094, 0.934, 0.126)
    cut.line([at(0.850, 0.15), at(0.850, 0.225)], length * 0.0045)
    cut.line([at(0.826, 0.198), at(0.874, 0.198)], length * 0.003)
    cut.line([at(0.850, 0.222), at(0.930, 0.126)], length * 0.0016)
    cut.line([at(0.052, 0.05), at(0.052, 0.122)], length * 0.004)
    cut.line([at(0.052, 0.118), at(0.15, 0.04)], length * 0.0016)
    cut.line([at(0.962, 0.072), at(0.996, 0.072)], length * 0.0022)
    cut.line([at(0.990, 0.05), at(0.994, 0.128)], max(2.2, length * 0.003))
    flag = [at(0.994, 0.128), at(1.012, 0.122), at(1.030, 0.127), at(1.030, 0.107)]
    cut.polygon([*flag, at(1.012, 0.102), at(0.994, 0.107)])
    # A boatman on the foredeck, in a padded coat, one hand on the mooring post.
    cut.polygon([at(0.096, 0.03), at(0.099, 0.058), at(0.0965, 0.074), at(0.102, 0.083),
                 at(0.112, 0.083), at(0.118, 0.073), at(0.116, 0.058), at(0.1165, 0.03)])
    cut.line([at(0.101, 0.079), at(0.088, 0.066), at(0.080, 0.056)], length * 0.0052)
    block(0.076, 0.03, 0.083, 0.057)
    cut.disc(*at(0.107, 0.0905), length * 0.0068)
    cut.polygon([at(0.0985, 0.092), at(0.102, 0.099), at(0.112, 0.099), at(0.114, 0.091)])
    for u in (0.820, 0.845, 0.870):
        light.polygon([at(u - 0.009, 0.112), at(u - 0.009, 0.134),
                       at(u + 0.009, 0.134), at(u + 0.009, 0.112)])
    for u in (0.80, 0.84, 0.88, 0.92):
        light.disc(*at(u, 0.066), length * 0.0058)
    light.disc(*at(0.052, 0.122), max(1.8, length * 0.003))


def water(sheet: Sheet, x: Array, y: Array) -> Array:
    """Make the height of the ripples on the river, in perspective."""
    depth = np.clip(y - HORIZON, 4, None)
    world_x = (x - WIDTH / 2) / depth * 300
    world_z = 90000 / depth
    ripple = np.zeros_like(x)
    for weight, size_x, size_z in ((0.8, 60.0, 5.0), (0.9, 24.0, 2.2), (0.8, 9.5, 0.95)):
        grid = sheet.rng.random((512, 512), dtype=np.float32)
        ripple += weight * sample(grid, world_x / size_x, world_z / size_z)
    low, high = np.percentile(ripple[int(HORIZON) + 20 :], (1, 99))
    ripple = np.clip((ripple - low) / (high - low), 0, 1).astype(np.float32)
    fine = noise(sheet.rng, 120, 5, 3)
    return single(0.82 * ripple + 0.18 * fine)


def sample(grid: Array, u: Array, v: Array) -> Array:
    """Read a repeating grid between its points, smoothly."""
    rows, columns = grid.shape
    u0, v0 = np.floor(u), np.floor(v)
    fu, fv = u - u0, v - v0
    fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
    i0, j0 = u0.astype(np.int64) % columns, v0.astype(np.int64) % rows
    i1, j1 = (i0 + 1) % columns, (j0 + 1) % rows
    upper = grid[j0, i0] * (1 - fu) + grid[j0, i1] * fu
    lower = grid[j1, i0] * (1 - fu) + grid[j1, i1] * fu
    return single(upper * (1 - fv) + lower * fv)


def reeds(
    cut: Cutter,
    frost: Cutter,
    rng: np.random.Generator,
    left: float,
    right: float,
    tall: float,
    count: int,
) -> None:
    """Cut a clump of winter reeds on the near bank, bent by a wind from the left."""
    for _ in range(count):
        root = float(rng.uniform(left, right))
        edge = 1 - abs((root - left) / (right - left) * 2 - 1) ** 2 * 0.55
        height = tall * edge * float(rng.uniform(0.45, 1.0))
        lean = float(rng.normal(0.20, 0.07)) * height
        stem = [(root + lean * t**2.2, 1640 - height * t) for t in np.linspace(0, 1, 16)]
        cut.line(stem, 2.6)
        for _ in range(int(rng.integers(2, 5))):
            base = stem[int(rng.uniform(0.15, 0.8) * 15)]
            side = 1.0 if rng.random() < 0.68 else -0.7
            reach = tall * float(rng.uniform(0.16, 0.34)) * side
            rise = abs(reach) * float(rng.uniform(0.35, 0.95))
            droop = rise * float(rng.uniform(0.7, 1.8))
            axis = [
                (base[0] + reach * t, base[1] - rise * 2 * t + (rise + droop) * t**2)
                for t in np.linspace(0, 1, 14)
            ]
            cut.polygon(taper(axis, 7.5))
        if rng.random() < 0.62:
            plume(cut, frost, rng, stem[-2], tall * float(rng.uniform(0.17, 0.26)))


def plume(
    cut: Cutter, frost: Cutter, rng: np.random.Generator, root: Point, length: float
) -> None:
    """Cut one feathery seed head that nods to the right."""
    nod = float(rng.uniform(0.5, 0.95))
    spine = [
        (
            root[0] + length * (0.16 * t + 0.62 * nod * t**2),
            root[1] - length * (0.95 * t - 0.55 * nod * t**2.4),
        )
        for t in np.linspace(0, 1, 15)
    ]
    cut.line(spine, 2.4)
    for i, (px, py) in enumerate(spine):
        t = i / (len(spine) - 1)
        wide = length * 0.34 * (np.sin(np.pi * min(1.0, t * 0.86 + 0.13)) ** 0.8)
        for _ in range(5):
            out = wide * float(rng.uniform(0.45, 1.0))
            fall = out * float(rng.uniform(0.1, 0.65))
            strand = [
                (px + out * u, py - out * 0.34 * u + fall * u**2 * 1.3)
                for u in np.linspace(0, 1, 6)
            ]
            cut.line(strand, 2.3)
        if i % 2 == 0 and t > 0.2:
            back = wide * 0.4
            cut.line([(px, py), (px - back * 0.35, py - back)], 2.2)
    frost.line([(a - 1, b - 3) for a, b in spine[4:]], 1.8)


def mist(sheet: Sheet, y: Array, at: float, thick: float, colour: str, opacity: float) -> None:
    """Lay a band of mist whose edges are torn by noise."""
    warp = (noise(sheet.rng, 900, 60, 4) - 0.5) * thick * 1.5
    band = np.exp(-(((y + warp - at) / thick) ** 2)).astype(np.float32)
    patches = 0.55 + 0.45 * noise(sheet.rng, 700, 90, 4)
    sheet.print(np.clip(band * patches * 1.15, 0, 1), rgb(colour), opacity)


def river_dawn(path: Path) -> None:
    """Winter dawn on the 云江: bridge, mist, three laden barges, frosted reeds."""
    x, y = coordinates()
    sheet = Sheet(
        2601,
        vertical(
            [
                (0, "28465a"),
                (190, "46697a"),
                (380, "86a0a2"),
                (540, "d3c3a8"),
                (660, "f0c79a"),
                (760, "f3b98a"),
                (800, "eeb489"),
                (1600, "eeb489"),
            ]
        ),
    )
    rng = sheet.rng

    # Sky: long printed cloud bars, lit from below.
    bars = noise(rng, 1300, 46, 5)
    upper = smoothstep(0.58, 0.66, bars) * smoothstep(600, 330, y) * smoothstep(20, 130, y)
    sheet.print(upper, rgb("1f3a4f"), 0.34)
    lit = smoothstep(0.60, 0.66, np.roll(bars, 9, axis=0)) * smoothstep(640, 420, y)
    lit *= smoothstep(250, 420, y) * (1 - upper)
    sheet.print(lit, rgb("f6cfa2"), 0.55)

    # Sun and its haze.
    distance = np.hypot(x - SUN[0], (y - SUN[1]) * 1.15)
    sheet.glow(np.exp(-((distance / 520) ** 2)).astype(np.float32), rgb("f7a765"), 0.42)
    sheet.glow(np.exp(-((distance / 210) ** 2)).astype(np.float32), rgb("ffc98c"), 0.35)
    sun = sheet.carve(Cutter().disc(*SUN, 74).mask(), 0.2)
    sheet.print(sun, rgb("e2542c"))

    # Three ranges of hills, each paler below where the mist stands.
    for base, height, step, colour, foot in (
        (770, 210, 620, "9a9c98", "e9c19a"),
        (785, 150, 480, "76878c", "d9bfa2"),
        (800, 92, 300, "54707b", "c5b7a3"),
    ):
        hills = sheet.carve(Cutter().polygon(ridge(rng, base, height, step, 0.46)).mask())
        hills *= y < HORIZON + 2
        sheet.print(hills, rgb(colour), 0.94)
        sheet.print(hills * smoothstep(base - height * 0.75, base + 5, y), rgb(foot), 0.85)

    # The far bank: warehouses, cranes and chimneys of the old harbour, sunk in mist.
    town = Cutter()
    px = 980.0
    while px < WIDTH + 60:
        wide = float(rng.uniform(26, 84))
        tall = float(rng.uniform(16, 52)) * (1.25 if px > 1900 else 0.85)
        town.box(px, 800 - tall, px + wide, 812)
        if rng.random() < 0.4:
            town.polygon([(px, 801 - tall), (px + wide / 2, 786 - tall), (px + wide, 801 - tall)])
        px += wide + float(rng.uniform(-6, 26))
    bank = sheet.carve(town.mask(), 0.2)
    sheet.print(bank * (y < HORIZON + 2), rgb("4c626c"))
    mist(sheet, y, 800, 34, "f0cfa9", 0.8)

    # Water.
    river = (y > HORIZON).astype(np.float32)
    ground = vertical(
        [
            (0, "eeb489"),
            (HORIZON, "ecc09a"),
            (860, "c9b7a2"),
            (960, "87a0a4"),
            (1130, "4f7585"),
            (1350, "2c5064"),
            (1600, "1a3547"),
        ]
    )
    sheet.print(river, ground)
    ripple = water(sheet, x, y)
    depth = np.clip((y - HORIZON) / 800, 0, 1)
    dark = smoothstep(0.60, 0.63, ripple) * river * smoothstep(0.02, 0.18, depth)
    sheet.print(dark, rgb("183448"), 0.42)
    pale = smoothstep(0.36, 0.33, ripple) * river * smoothstep(0.02, 0.12, depth)
    sheet.print(pale * smoothstep(1.0, 0.2, depth), rgb("dfcbb0"), 0.50)
    sheet.print(pale * smoothstep(0.3, 1.0, depth), rgb("55798a"), 0.40)

    # Reflections of the towers, broken by the ripples.
    bridge = Bridge()
    tower = Cutter()
    bridge.tower(tower, bridge.length)
    bridge.tower(tower, 0)
    towers = tower.mask()
    rows = np.clip(2 * HORIZON + 34 - y, 0, HEIGHT - 1)
    sway = (ripple - 0.5) * (26 + 130 * depth)
    columns = np.clip(x + sway, 0, WIDTH - 1).astype(np.int64)
    mirrored = towers[rows.astype(np.int64), columns] * river * smoothstep(0.78, 0.10, depth)
    sheet.print(sheet.carve(mirrored, 0.3), rgb("1d3b50"), 0.5)

    # The sun's path.
    spread = 30 + 300 * depth**0.9
    path_shape = np.exp(-(((x - SUN[0] - 10) / spread) ** 2)) * river
    level = 0.30 + 0.30 * path_shape - 0.10 * depth
    glint = smoothstep(-0.015, 0.015, level - ripple) * smoothstep(0.10, 0.42, path_shape)
    sheet.print(glint.astype(np.float32), rgb("f3a663"), 0.92)
    core = smoothstep(-0.012, 0.012, level - 0.13 - ripple) * smoothstep(0.35, 0.7, path_shape)
    sheet.print(core.astype(np.float32), rgb("fde0ac"), 0.95)
    red = smoothstep(0.02, 0.0, np.abs(level - ripple)) * smoothstep(0.3, 0.7, path_shape)
    sheet.print(red.astype(np.float32), rgb("cf4f2b"), 0.5)
    mist(sheet, y, 812, 26, "f3d2ab", 0.8)

    # The bridge, far part first, with mist between the two towers.
    far = Cutter()
    bridge.tower(far, bridge.length)
    far_cables = Cutter()
    bridge.cables(far_cables, bridge.length, 2.0)
    sheet.print(far_cables.mask(), rgb("4f6b78"), 0.75)
    sheet.print(sheet.carve(far.mask(), 0.25), rgb("46636f"), 0.95)
    deck = Cutter()
    bridge.deck(deck, 60, bridge.length + 330)
    sheet.print(sheet.carve(deck.mask(), 0.2), rgb("466370"), 0.95)
    mist(sheet, y, 806, 46, "efcca6", 0.82)
    near_cables = Cutter()
    bridge.cables(near_cables, 0, 2.4)
    sheet.print(near_cables.mask(), rgb("1e3a4c"), 0.85)
    roadway, road_lights = Cutter(), Cutter()
    bridge.deck(roadway, -160, 330)
    bridge.lamps(roadway, road_lights, -130, 330)
    reach = smoothstep(1080, 1560, x)  # the far half of the span pales with distance
    sheet.print(sheet.carve(roadway.mask(), 0.15) * reach, rgb("1f3c4e"))
    sheet.print(road_lights.mask() * reach, rgb("ffd890"))
    sheet.glow(blur(road_lights.mask() * reach, 7), rgb("ffb45e"), 0.9)
    near_tower = Cutter()
    bridge.tower(near_tower, 0)
    standing = sheet.carve(near_tower.mask(), 0.22)
    standing *= 1 - 0.86 * smoothstep(745, 866, y)
    sheet.print(standing, rgb("1f3c4e"))
    sunlit = np.clip(standing - shift(standing, 5, 1), 0, 1) * smoothstep(800, 700, y)
    sheet.print(sunlit, rgb("e9915b"), 0.8)
    mist(sheet, y, 818, 42, "e6c7a6", 0.9)

    # Barges.
    for bx, by, length, colour, cargo in (
        (575, 866, 240, "4a6470", (0.034, 0.038, 0.034)),
        (1120, 966, 510, "1d3849", ()),
        (1850, 1222, 940, "11273a", (0.046, 0.054, 0.050, 0.043)),
    ):
        hull, lamps = Cutter(), Cutter()
        barge(hull, lamps, bx, by, length, cargo)
        shape = sheet.carve(hull.mask(), 0.22)
        flipped = np.zeros_like(shape)
        source = np.clip(2 * by - y, 0, HEIGHT - 1).astype(np.int64)
        wobble = np.clip(x + (ripple - 0.5) * length * 0.10, 0, WIDTH - 1).astype(np.int64)
        flipped = shape[source, wobble] * (y > by)
        fade = smoothstep(by + length * 0.22, by + length * 0.03, y)
        sheet.print(flipped * fade, rgb(colour), 0.85)
        wake = np.exp(-(((y - by - 1 - length * 0.003) / (2 + length * 0.0035)) ** 2))
        wake *= smoothstep(bx - length * 0.60, bx - length * 0.5, x)
        wake *= smoothstep(bx + length * 1.15, bx + length * 0.4, x)
        sheet.print((wake * smoothstep(0.62, 0.5, ripple)).astype(np.float32), rgb("ecd2b0"), 0.55)
        sheet.print(shape, rgb(colour), 1.0, wear=0.12)
        rim = np.clip(shape - shift(shape, 0, 3), 0, 1)
        sheet.print(rim * (x < bx + length * 0.5), rgb("f0a56c"), 0.75)
        sheet.print(lamps.mask(), rgb("ffd890"))
        sheet.glow(blur(lamps.mask(), length * 0.02), rgb("ffb45e"), 0.7)
    mist(sheet, y, 905, 16, "efd6b4", 0.5)

    # Birds over the sun's path.
    birds = Cutter()
    for bx, by, size in ((1240, 452, 26), (1302, 420, 21), (1352, 446, 17), (1392, 402, 15),
                         (1190, 486, 17), (1440, 420, 12)):
        birds.polygon(
            curve(
                [
                    (bx - size, by - size * 0.34),
                    (bx - size * 0.4, by - size * 0.32),
                    (bx, by),
                    (bx + size * 0.5, by - size * 0.42),
                    (bx + size, by - size * 0.30),
                    (bx + size * 0.45, by - size * 0.24),
                    (bx, by + size * 0.18),
                    (bx - size * 0.42, by - size * 0.16),
                ],
                steps=5,
            )
        )
    sheet.print(birds.mask(), rgb("2c4757"), 0.9)

    # The near bank.
    ground_cut = Cutter().polygon(
        curve(
            [(-60, 1428), (180, 1446), (420, 1500), (640, 1540), (820, 1585), (900, 1640),
             (400, 1700), (-60, 1700)],
        )
    )
    clump, frost = Cutter(), Cutter()
    reeds(clump, frost, rng, -80, 470, 560, 44)
    reeds(clump, frost, rng, 380, 800, 270, 26)
    land = sheet.carve(np.maximum(ground_cut.mask(), clump.mask()), 0.3)
    sheet.print(land, rgb("0d1f2d"), 1.0, wear=0.05)
    soil = ground_cut.mask()
    sheet.print(frost.mask() * (1 - soil), rgb("e8b98d"), 0.75)
    rime = np.clip(soil - shift(soil, -2, 7), 0, 1) * smoothstep(0.35, 0.75, ripple)
    sheet.print(rime, rgb("9fb4b8"), 0.45)

    sheet.save(path, paper=1.0)


# --------------------------------------------------------------------------- lane, dusk

EYE_LEVEL: Final = 925.0
VANISHING: Final = 640.0
FACADE: Final = 197.0  # pixels to the metre in the plane of the canteen's front
STREET: Final = EYE_LEVEL + 1.6 * FACADE  # where that front meets the ground


class Collage:
    """Cut-paper shapes, each in its own colour, glued one over another."""

    def __init__(self, light: str, snow: str) -> None:
        """Begin an empty collage; ``light`` rims shapes from the right, ``snow`` from above."""
        size = (WIDTH * SUPERSAMPLE, HEIGHT * SUPERSAMPLE)
        self._image = Image.new("RGBA", size, (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)
        self._light = light
        self._snow = snow

    def polygon(
        self, points: Sequence[Point], colour: str, rim: float = 0, snow: float = 0
    ) -> None:
        """Glue a polygon, ``rim`` pixels of light to its right and ``snow`` pixels on top."""
        for dx, dy, ink in ((0.0, -snow, self._snow), (rim, -rim * 0.25, self._light)):
            if dx or dy:
                moved = [((x + dx) * SUPERSAMPLE, (y + dy) * SUPERSAMPLE) for x, y in points]
                self._draw.polygon(moved, fill="#" + ink)
        self._draw.polygon([(x * SUPERSAMPLE, y * SUPERSAMPLE) for x, y in points], "#" + colour)

    def disc(
        self, x: float, y: float, radius: float, colour: str, rim: float = 0, snow: float = 0
    ) -> None:
        """Glue a disc."""
        turn = np.linspace(0, 2 * np.pi, 40)
        ring = [(float(x + radius * np.cos(t)), float(y + radius * np.sin(t))) for t in turn]
        self.polygon(ring, colour, rim, snow)

    def limb(
        self, points: Sequence[Point], width: float, colour: str, rim: float = 0, snow: float = 0
    ) -> None:
        """Glue a stroke of even width with round ends and joints."""
        for dx, dy, ink in ((0.0, -snow, self._snow), (rim, -rim * 0.25, self._light),
                            (0.0, 0.0, colour)):
            if not (dx or dy or ink == colour):
                continue
            moved = [((x + dx) * SUPERSAMPLE, (y + dy) * SUPERSAMPLE) for x, y in points]
            stroke = max(1, round(width * SUPERSAMPLE))
            self._draw.line(moved, fill="#" + ink, width=stroke, joint="curve")
            for x, y in moved:
                r = stroke / 2
                self._draw.ellipse((x - r, y - r, x + r, y + r), fill="#" + ink)

    def glue(self, sheet: Sheet) -> Array:
        """Lay the collage on the sheet with a slightly torn edge; return where it lies."""
        small = np.asarray(
            self._image.resize((WIDTH, HEIGHT), Image.Resampling.BOX), dtype=np.float32
        )
        x, y = coordinates()
        wave = blur(sheet.tooth, 4)
        wave = (wave - wave.mean()) / wave.std() * 0.65
        rows = np.clip(np.rint(y + wave), 0, HEIGHT - 1).astype(np.int64)
        columns = np.clip(np.rint(x + np.roll(wave, 9, 1)), 0, WIDTH - 1).astype(np.int64)
        torn = small[rows, columns] / 255
        cover = single(torn[..., 3])
        sheet.pixels += cover[..., None] * (torn[..., :3] - sheet.pixels)
        return cover


def on_street(across: float, height: float, scale: float) -> Point:
    """Project a point of the lane; ``scale`` is pixels to the metre at its distance."""
    return VANISHING + across * scale, EYE_LEVEL + (1.6 - height) * scale


class Figure:
    """One person in the queue, in profile, built of cut paper."""

    HATS: Final[dict[str, Sequence[Point]]] = {
        "knit": ((-0.050, 0.905), (-0.047, 0.955), (0.0, 0.995), (0.05, 0.987), (0.079, 0.948),
                 (0.083, 0.928), (0.02, 0.922)),
        "flat": ((-0.047, 0.912), (-0.052, 0.945), (-0.012, 0.975), (0.06, 0.972),
                 (0.118, 0.938), (0.112, 0.929), (0.04, 0.930)),
        "bun": ((-0.047, 0.88), (-0.052, 0.94), (-0.01, 0.985), (0.05, 0.980), (0.074, 0.948),
                (0.032, 0.940), (0.012, 0.90), (-0.012, 0.862)),
        "hood": ((-0.062, 0.84), (-0.072, 0.92), (-0.036, 0.99), (0.03, 1.002), (0.072, 0.967),
                 (0.055, 0.94), (0.044, 0.90), (0.05, 0.86), (0.058, 0.83), (0.0, 0.81)),
    }

    def __init__(self, collage: Collage, x: float, y: float, height: float, stoop: float = 0.0,
                 head: float = 1.0) -> None:
        """Stand somebody at ``x``, ``y``; ``stoop`` bends the back, ``head`` enlarges the head."""
        self.collage = collage
        self.x, self.y, self.height = x, y, height
        self.stoop, self.head = stoop, head
        self.rim = height * 0.009
        self.snow = height * 0.010

    def at(self, u: float, v: float) -> Point:
        """Place a point of the body: ``u`` forward, ``v`` up, in parts of the height."""
        bend = self.stoop * max(0.0, v - 0.42) ** 1.35
        return self.x + (u + bend) * self.height, self.y - (v - 0.42 * bend) * self.height

    def shape(self, points: Iterable[Point], smooth: int = 8) -> list[Point]:
        """Draw the outline through points of the body."""
        return curve([self.at(u, v) for u, v in points], steps=smooth)

    def skull(self, points: Iterable[Point]) -> list[Point]:
        """Draw the outline through points of the head."""
        k = self.head
        return self.shape([(0.01 + (u - 0.01) * k, 0.83 + (v - 0.83) * k) for u, v in points])

    def draw(self, coat: str, hat: str, hat_colour: str, scarf: str | None = None,
             hem: float = 0.42, stride: float = 0.0) -> None:
        """Glue legs, coat, head, hat and scarf."""
        glue, at, h = self.collage, self.at, self.height
        trousers = "20222f"
        for left, right, step, ink in ((-0.088, -0.004, -stride, "191b27"),
                                       (0.0, 0.088, stride, trousers)):
            back, front = left + step, right + step
            glue.polygon([at(left, hem + 0.03), at(right, hem + 0.03), at(front - 0.010, 0.04),
                          at(back + 0.012, 0.04)], ink, self.rim)
            glue.polygon(self.shape([(back + 0.004, 0.0), (back + 0.006, 0.05),
                                     (front - 0.008, 0.052), (front + 0.030, 0.022),
                                     (front + 0.034, 0.0)], 4), "14151f", self.rim * 0.6)
        body = [(-0.045, 0.838), (-0.098, 0.80), (-0.134, 0.71), (-0.142, 0.59),
                (-0.136, hem + 0.05), (-0.130, hem), (-0.02, hem - 0.012), (0.098, hem),
                (0.116, hem + 0.05), (0.124, 0.59), (0.112, 0.71), (0.078, 0.80), (0.04, 0.838)]
        glue.polygon(self.shape(body), coat, self.rim, self.snow)
        for v in (0.735, 0.645, 0.555, 0.47):  # the quilting of a padded coat
            if v > hem + 0.02:
                seam = curve([at(-0.128, v), at(-0.03, v - 0.016), at(0.108, v + 0.004)],
                             closed=False)
                glue.limb(seam, h * 0.0035, self.darker(coat))
        face = [(-0.038, 0.90), (-0.03, 0.955), (0.02, 0.975), (0.062, 0.952), (0.072, 0.92),
                (0.090, 0.899), (0.074, 0.888), (0.075, 0.868), (0.058, 0.846), (0.03, 0.836),
                (0.0, 0.84), (-0.03, 0.865)]
        glue.polygon(self.skull(face), "7d5348", self.rim)
        glue.polygon(self.skull(self.HATS[hat]), hat_colour, self.rim * 0.8, self.snow)
        if hat == "bun":
            glue.disc(*at(-0.064, 0.918), h * 0.028, hat_colour, 0, self.snow)
        if hat == "knit":
            brim = [(-0.053, 0.90), (-0.052, 0.928), (0.086, 0.945), (0.088, 0.918)]
            glue.polygon([at(0.01 + (u - 0.01) * self.head, 0.83 + (v - 0.83) * self.head)
                          for u, v in brim], self.darker(hat_colour), self.rim * 0.8)
            top = at(0.012, 0.83 + 0.172 * self.head)
            glue.disc(*top, h * 0.022 * self.head, hat_colour, 0, self.snow)
        if scarf:
            glue.polygon(self.shape([(-0.056, 0.828), (-0.045, 0.862), (0.03, 0.850),
                                     (0.074, 0.858), (0.088, 0.828), (0.04, 0.800),
                                     (-0.04, 0.806)]), scarf, self.rim)
            glue.polygon([at(-0.045, 0.835), at(-0.10, 0.70), at(-0.062, 0.69), at(-0.01, 0.82)],
                         scarf)
        self.sleeve = self.lighter(coat)

    def arm(self, hand: Point, elbow: Point = (-0.012, 0.60)) -> Point:
        """Glue the near arm and say where the hand is."""
        glue, at, h = self.collage, self.at, self.height
        path = curve([at(0.0, 0.765), at(*elbow), at(hand[0] - 0.03, hand[1])], closed=False)
        glue.limb(path, h * 0.078, self.sleeve, self.rim * 0.7, self.snow * 0.5)
        glue.disc(*at(*hand), h * 0.030, "7d5348", self.rim * 0.6)
        return at(*hand)

    def mug(self, hand: Point) -> None:
        """Glue an enamel mug with a blue rim."""
        h, glue = self.height, self.collage
        x, y = hand[0] + h * 0.045, hand[1] - h * 0.012
        w, tall = h * 0.044, h * 0.088
        glue.limb(curve([(x + w, y - tall * 0.3), (x + w * 1.6, y), (x + w * 0.95, y + tall * 0.3)],
                        closed=False), h * 0.011, "d6c9b0")
        glue.polygon([(x - w, y - tall / 2), (x + w, y - tall / 2), (x + w * 0.92, y + tall / 2),
                      (x - w * 0.92, y + tall / 2)], "e6dcc8", self.rim * 0.5)
        glue.polygon([(x - w * 1.08, y - tall * 0.56), (x + w * 1.08, y - tall * 0.56),
                      (x + w * 1.08, y - tall * 0.42), (x - w * 1.08, y - tall * 0.42)], "33507c")

    def cane(self, hand: Point) -> None:
        """Glue a walking stick below a hand."""
        h = self.height
        handle = [(hand[0] - h * 0.03, hand[1] - h * 0.012), (hand[0] + h * 0.02, hand[1])]
        self.collage.limb([*handle, (hand[0] + h * 0.035, self.y)], h * 0.013, "2b1d1a",
                          self.rim * 0.4)

    def bag(self, hand: Point, colour: str) -> None:
        """Glue a lunch bag that hangs from a hand."""
        h, glue = self.height, self.collage
        x, y = hand
        glue.limb([(x - h * 0.03, y + h * 0.09), (x, y), (x + h * 0.04, y + h * 0.09)],
                  h * 0.008, self.darker(colour))
        glue.polygon([(x - h * 0.055, y + h * 0.085), (x + h * 0.065, y + h * 0.085),
                      (x + h * 0.058, y + h * 0.20), (x - h * 0.048, y + h * 0.20)], colour,
                     self.rim)

    @staticmethod
    def mixed(colour: str, other: str, part: float) -> str:
        """Mix two colours."""
        mix = rgb(colour) * (1 - part) + rgb(other) * part
        return "".join(f"{round(float(v) * 255):02x}" for v in mix)

    def darker(self, colour: str) -> str:
        """Darken a colour."""
        return self.mixed(colour, "0d0f1a", 0.45)

    def lighter(self, colour: str) -> str:
        """Lighten a colour."""
        return self.mixed(colour, "a9a3b8", 0.12)


def lane_house(sheet: Sheet, side: int, near: float, far: float, eave: float, wall: str,
               roof: str, snow: str, lit: Sequence[tuple[float, float]]) -> None:
    """Print one house along the lane: wall, stepped gable and eave under snow, lit windows."""
    gable_wall = Figure.mixed(wall, snow, 0.22)
    edge = 2.0 if side > 0 else -2.1

    def at(out: float, height: float, scale: float) -> Point:
        return on_street(edge + side * out, height, scale)

    sheet.print(sheet.carve(Cutter().polygon(
        [at(0, 0, near), at(0, eave, near), at(0, eave, far), at(0, 0, far)]).mask(), 0.2),
        rgb(wall), wear=0.2)
    base = Cutter().polygon([at(0, 0, near), at(0, 0.7, near), at(0, 0.7, far), at(0, 0, far)])
    sheet.print(base.mask(), rgb(roof), 0.35)
    # The stepped gable that faces us, its coping under snow.
    gable, coping, white = Cutter(), Cutter(), Cutter()
    sill = eave + 0.35
    for k in range(3):
        start, end, high = -0.12 + k * 1.35, 1.35 + k * 1.35, sill + k * 0.72
        if k == 2:
            end = 7.0
        gable.polygon([at(start + 0.12, high, near), at(end, high, near), at(end, 0, near),
                       at(start + 0.12, 0, near)])
        for layer, foot, thick, tip in ((coping, high, 0.17, 0.16),
                                        (white, high + 0.16, 0.13, 0.15)):
            layer.polygon([at(start - 0.16, foot + tip, near), at(start + 0.25, foot, near),
                         at(end, foot, near), at(end, foot + thick, near),
                         at(start + 0.25, foot + thick, near),
                         at(start - 0.20, foot + tip + thick * 0.8, near)])
    face = sheet.carve(gable.mask(), 0.2)
    sheet.shadow(face, 5 * side, 0, 9, 0.2)
    sheet.print(face, rgb(gable_wall), wear=0.15)
    sheet.print(sheet.carve(coping.mask(), 0.2), rgb(roof))
    sheet.print(sheet.carve(white.mask(), 0.3), rgb(snow))
    # The eave along the lane: its dark underside, and the snow that lies on it.
    under = Cutter().polygon([at(0, eave, near), at(-0.30, eave - 0.06, near),
                              at(-0.30, eave - 0.06, far), at(0, eave, far)])
    sheet.print(sheet.carve(under.mask(), 0.2), rgb(roof))
    edge_snow = [at(-0.30, eave - 0.06, near), at(-0.30, eave + 0.14, near)]
    edge_snow += [at(-0.30, eave + 0.14, far), at(-0.30, eave - 0.06, far)]
    sheet.print(sheet.carve(Cutter().polygon(edge_snow).mask(), 0.3), rgb(snow))
    for place, height in lit:
        a = 1 / (1 / near + (1 / far - 1 / near) * place)
        b = 1 / (1 / near + (1 / far - 1 / near) * (place + 0.17))
        pane = Cutter().polygon([at(0, height, a), at(0, height + 0.95, a),
                                 at(0, height + 0.95, b), at(0, height, b)]).mask()
        sheet.print(pane, rgb("f3b562"))
        bars = Cutter()
        for part in (1 / 3, 2 / 3):
            bars.line([at(0, height + 0.95 * part, a), at(0, height + 0.95 * part, b)], 2)
        m = 2 / (1 / a + 1 / b)
        bars.line([at(0, height, m), at(0, height + 0.95, m)], 2.4)
        sheet.print(bars.mask(), rgb(roof))
        sheet.glow(blur(pane, 26), rgb("f3963e"), 0.6)


def lattice(cut: Cutter, left: float, top: float, right: float, bottom: float) -> None:
    """Cut a latticed casement: a frame within a frame, tied by short bars."""
    def ring(inset: float, width: float) -> tuple[float, float, float, float]:
        box = (left + inset, top + inset, right - inset, bottom - inset)
        a, b, c, d = box
        cut.line([(a, b), (c, b), (c, d), (a, d), (a, b)], width)
        return box

    ring(3, 8)
    gap = (right - left) * 0.21
    a, b, c, d = ring(gap, 4)
    ring(gap * 1.32, 3)
    for t in (0.0, 0.34, 0.66, 1.0):
        px, py = a + (c - a) * t, b + (d - b) * t
        cut.line([(px, top), (px, b)], 4).line([(px, d), (px, bottom)], 4)
        cut.line([(left, py), (a, py)], 4).line([(c, py), (right, py)], 4)
    cut.line([(left + gap * 0.5, top), (left + gap * 0.5, bottom)], 3)
    cut.line([(right - gap * 0.5, top), (right - gap * 0.5, bottom)], 3)


def tiled_roof(sheet: Sheet, left: float, ridge_y: float, eave_y: float, lift: float) -> None:
    """Print a roof seen from the front: snow, the ribs of the tiles, the drip tiles."""
    xs = np.linspace(left, WIDTH + 60, 90)
    fall = np.clip((xs - left) / 260, 0, 1)
    eave = eave_y - lift * (1 - fall) ** 2.2
    edge = [(float(a), float(b)) for a, b in zip(xs, eave, strict=True)]
    inner = 118.0
    outline = [*edge, (WIDTH + 60, ridge_y), (left + inner, ridge_y)]
    cover = sheet.carve(Cutter().polygon(outline).mask(), 0.3)
    sheet.shadow(cover, -4, 26, 18, 0.5)
    sheet.print(cover, rgb("8793b4"))
    _, y = coordinates()
    drift = smoothstep(0.35, 0.62, noise(sheet.rng, 300, 60, 4))
    sheet.print(cover * drift * smoothstep(eave_y, ridge_y, y), rgb("b7bfd2"), 0.75)
    ribs = Cutter()
    for k in np.arange(left + 14, WIDTH + 300, 34.0):
        foot = float(np.interp(k, xs, eave))
        slant = (inner / (eave_y - ridge_y)) * max(0.0, 1 - (k - left) / 1500)
        reach = (eave_y - ridge_y) * 0.95
        ribs.line([(float(k), foot), (float(k + slant * reach), foot - reach)], 7)
    sheet.print(blur(ribs.mask(), 2) * cover, rgb("5d6a92"), 0.32)
    lip = [(px, py + 13) for px, py in edge]
    under = Cutter().polygon([*edge, *reversed(lip)])
    for k in np.arange(left + 14, WIDTH + 30, 34.0):
        under.disc(float(k), float(np.interp(k, xs, eave)) + 11, 10.5)
    sheet.print(sheet.carve(under.mask(), 0.2), rgb("232a42"))
    cap = Cutter()
    tops = [(px, py - 11 - 6 * float(np.sin(px / 37) ** 2)) for px, py in edge]
    cap.polygon([*edge, *reversed(tops)])
    sheet.print(sheet.carve(cap.mask(), 0.3), rgb("ccd2de"), 0.9)


def snowfall(sheet: Sheet, count: int, low: float, high: float, soft: float, ink: str,
             opacity: float) -> None:
    """Let it snow: flakes between two sizes, slanting a little with the wind."""
    cut = Cutter()
    for _ in range(count):
        x, y = float(sheet.rng.uniform(0, WIDTH)), float(sheet.rng.uniform(-10, HEIGHT))
        r = float(sheet.rng.uniform(low, high))
        cut.ellipse(x, y, r, r * float(sheet.rng.uniform(0.85, 1.25)))
    mask = cut.mask()
    sheet.print(blur(mask, soft) if soft else mask, rgb(ink), opacity)


def kitchen(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    """Print the lit hatch of the canteen: lamps, bamboo steamers, a pot and the cook."""
    x, y = coordinates()
    opening = Cutter().box(left, top, right, bottom).mask()
    sheet.print(opening, rgb("e8983f"))
    warm = np.exp(-(((x - 1700) / 300) ** 2 + ((y - top - 90) / 170) ** 2)).astype(np.float32)
    sheet.print(opening * warm, rgb("ffdf9c"), 0.95)
    sheet.print(opening * smoothstep(bottom - 90, bottom, y), rgb("c9702f"), 0.35)
    inside = Collage("ffdf9c", "ffdf9c")
    # Shelf with bowls along the back wall.
    inside.polygon([(left, top + 96), (right, top + 96), (right, top + 104), (left, top + 104)],
                   "b5682f")
    for k in range(9):
        bx = right - 60 - k * 40
        for row in range(2 + k % 2):
            by = top + 94 - row * 11
            inside.polygon([(bx - 15, by - 11), (bx + 15, by - 11), (bx + 8, by), (bx - 8, by)],
                           "c57a38")
    # Bamboo steamers, stacked.
    for sx, layers, wide in ((left + 86, 5, 62), (left + 212, 3, 56)):
        for k in range(layers):
            base = bottom - k * 31
            inside.polygon([(sx - wide, base - 27), (sx + wide, base - 27), (sx + wide, base),
                            (sx - wide, base)], "8b4f24", 2)
            inside.polygon([(sx - wide - 3, base - 30), (sx + wide + 3, base - 30),
                            (sx + wide + 3, base - 25), (sx - wide - 3, base - 25)], "6e3b1b")
        lid = bottom - layers * 31
        inside.polygon(curve([(sx - wide, lid), (sx - wide * 0.6, lid - 17), (sx, lid - 24),
                              (sx + wide * 0.6, lid - 17), (sx + wide, lid)], closed=False),
                       "8b4f24", 2)
    # The soup pot.
    inside.polygon([(right - 190, bottom - 74), (right - 50, bottom - 74), (right - 58, bottom),
                    (right - 182, bottom)], "6b4030", 2)
    inside.polygon([(right - 198, bottom - 82), (right - 42, bottom - 82),
                    (right - 42, bottom - 72), (right - 198, bottom - 72)], "55301f")
    # The cook: white cap, apron, one arm out over the counter with a bowl, one with a ladle.
    cx = right - 268
    inside.polygon(curve([(cx - 66, bottom), (cx - 64, bottom - 92), (cx - 44, bottom - 128),
                          (cx - 12, bottom - 140), (cx + 30, bottom - 134), (cx + 60, bottom - 104),
                          (cx + 66, bottom)]), "7a3f22", 2)
    inside.polygon([(cx - 34, bottom), (cx - 30, bottom - 98), (cx + 26, bottom - 98),
                    (cx + 34, bottom)], "f0d3a0")
    inside.limb([(cx + 46, bottom - 104), (cx + 84, bottom - 70), (cx + 112, bottom - 104)], 27,
                "7a3f22", 2)
    inside.limb([(cx + 112, bottom - 106), (cx + 150, bottom - 118), (cx + 166, bottom - 82)], 6,
                "4b2a1c")
    inside.limb([(cx - 46, bottom - 104), (cx - 84, bottom - 66), (cx - 120, bottom - 44)], 27,
                "7a3f22", 2)
    inside.polygon(curve([(cx - 27, bottom - 172), (cx - 20, bottom - 196), (cx + 14, bottom - 198),
                          (cx + 24, bottom - 172), (cx + 12, bottom - 140), (cx - 8, bottom - 136),
                          (cx - 24, bottom - 152), (cx - 34, bottom - 162)]), "a9653c", 2)
    inside.polygon(curve([(cx - 32, bottom - 178), (cx - 36, bottom - 206), (cx - 8, bottom - 222),
                          (cx + 24, bottom - 210), (cx + 28, bottom - 176)]), "f6e3bd", 1)
    inside.polygon([(cx - 160, bottom - 58), (cx - 104, bottom - 58), (cx - 116, bottom - 32),
                    (cx - 148, bottom - 32)], "f6ead0")
    inside.polygon([(cx - 160, bottom - 58), (cx - 104, bottom - 58), (cx - 105, bottom - 52),
                    (cx - 159, bottom - 52)], "33507c")
    for lx in (left + 150, right - 140):
        inside.limb([(lx, top), (lx, top + 30)], 3, "5a3018")
        inside.polygon([(lx - 34, top + 52), (lx - 10, top + 28), (lx + 10, top + 28),
                        (lx + 34, top + 52)], "5a3018")
        inside.disc(lx, top + 55, 11, "fff3cf")
    inside.glue(sheet)
    bulbs = Cutter()
    for lx in (left + 150, right - 140):
        bulbs.disc(lx, top + 56, 16)
    sheet.glow(blur(bulbs.mask(), 24), rgb("ffe2a0"), 1.0)


def canteen(sheet: Sheet) -> None:
    """Print the two-storeyed timber front of the canteen."""
    _, y = coordinates()
    corner = on_street(2.0, 0, FACADE)[0]
    planks = noise(sheet.rng, 26, 700, 3)
    # Its side wall, along the lane.
    side = Cutter().polygon([(corner, 150), (corner, STREET), on_street(2.0, 0, 128),
                             on_street(2.0, 5.4, 128)])
    sheet.print(sheet.carve(side.mask(), 0.2), rgb("3d4664"), wear=0.2)
    plinth = Cutter().polygon([on_street(2.0, 0, FACADE), on_street(2.0, 0.8, FACADE),
                               on_street(2.0, 0.8, 128), on_street(2.0, 0, 128)])
    sheet.print(plinth.mask(), rgb("2a3252"), 0.6)
    pane = Cutter().polygon([on_street(2.0, 3.3, 176), on_street(2.0, 4.3, 176),
                             on_street(2.0, 4.3, 152), on_street(2.0, 3.3, 152)]).mask()
    sheet.print(pane, rgb("f0ad58"))
    bars = Cutter().line([on_street(2.0, 3.3, 163), on_street(2.0, 4.3, 163)], 4)
    for high in (3.3, 3.8, 4.3):
        bars.line([on_street(2.0, high, 176), on_street(2.0, high, 152)], 4)
    sheet.print(bars.mask(), rgb("272639"))
    sheet.glow(blur(pane, 26), rgb("e88a3a"), 0.5)
    soffit = Cutter().polygon([on_street(2.0, 5.0, FACADE), on_street(1.7, 5.24, FACADE),
                               on_street(1.7, 5.24, 124), on_street(2.0, 5.0, 124)])
    soffit.polygon([on_street(2.0, 5.0, FACADE), on_street(2.0, 5.6, FACADE),
                    on_street(1.7, 5.6, FACADE), on_street(1.7, 5.24, FACADE)])
    soffit.polygon([on_street(2.0, 5.0, 124), on_street(2.0, 5.6, 124), on_street(2.0, 5.6, FACADE),
                    on_street(2.0, 5.0, FACADE)])
    sheet.print(sheet.carve(soffit.mask(), 0.2), rgb("262b46"))
    for low, high, ink in ((5.22, 5.42, "202136"), (5.42, 5.64, "b7bfd2")):
        strip = Cutter().polygon([on_street(1.7, low, FACADE), on_street(1.7, high, FACADE),
                                  on_street(1.7, high, 124), on_street(1.7, low, 124)])
        sheet.print(sheet.carve(strip.mask(), 0.3), rgb(ink))
    front = Cutter().box(corner, 120, WIDTH + 10, STREET).mask()
    sheet.print(front, rgb("33324a"))
    sheet.print(front * smoothstep(0.55, 0.8, planks), rgb("25253a"), 0.55)
    sheet.print(front * smoothstep(0.35, 0.2, planks), rgb("46405a"), 0.35)
    # Upper storey.
    for i, (left, lit) in enumerate(((1092, 0.0), (1418, 1.0), (1744, 0.25), (2070, 1.0))):
        pane = Cutter().box(left, 300, left + 270, 500).mask()
        sheet.print(pane, rgb("4a4f6e"))
        sheet.print(pane, rgb("efa955"), lit)
        if lit == 1.0:
            sheet.print(pane * smoothstep(470, 300, y), rgb("ffd891"), 0.55)
            sheet.glow(blur(pane, 40), rgb("e88a3a"), 0.45)
            if i == 1:  # somebody's geraniums and a cat on the sill
                sill = Collage("ffdf9c", "ffdf9c")
                cat = [(1590, 500), (1584, 462), (1594, 438), (1592, 414), (1602, 424),
                       (1616, 424), (1627, 413), (1627, 442), (1640, 470), (1644, 500)]
                sill.polygon(cat, "2a2233")
                sill.limb(curve([(1640, 494), (1664, 490), (1668, 470)], closed=False), 7, "2a2233")
                sill.glue(sheet)
        bars = Cutter()
        lattice(bars, left, 300, left + 132, 500)
        lattice(bars, left + 138, 300, left + 270, 500)
        sheet.print(bars.mask(), rgb("272639"))
        frame = Cutter().box(left - 14, 500, left + 284, 518)
        sheet.print(sheet.carve(frame.mask(), 0.2), rgb("1f2033"))
        cap = Cutter().polygon(curve([(left - 14, 501), (left + 40, 491), (left + 150, 493),
                                      (left + 250, 490), (left + 284, 501)], closed=False))
        sheet.print(cap.mask(), rgb("c6cddb"), 0.9)
    posts = Cutter()
    for px in (corner + 12, 1390, 1716, 2042, 2378):
        posts.box(px - 14, 190, px + 14, 580)
    sheet.print(sheet.carve(posts.mask(), 0.2), rgb("202136"))
    tiled_roof(sheet, 930, -40, 214, 74)
    # Street level: a latticed window, the hatch, the door.
    glass = Cutter().box(1096, 800, 1392, 1120).mask()
    sheet.print(glass, rgb("d98b45"), 0.82)
    sheet.print(glass * smoothstep(1080, 840, y), rgb("f5c070"), 0.6)
    diners = Collage("ffdf9c", "ffdf9c")
    for dx, dy, r in ((1160, 1018, 32), (1318, 1010, 33)):
        diners.polygon(curve([(dx - 62, 1125), (dx - 52, dy + 46), (dx, dy + 26),
                              (dx + 52, dy + 46), (dx + 62, 1125)], closed=False), "8a4d2c")
        diners.disc(dx, dy, r, "8a4d2c")
    diners.glue(sheet)
    bars = Cutter()
    lattice(bars, 1096, 800, 1240, 1120)
    lattice(bars, 1248, 800, 1392, 1120)
    sheet.print(bars.mask(), rgb("231f30"))
    sheet.glow(blur(glass, 50), rgb("e88a3a"), 0.35)
    kitchen(sheet, 1478, 772, 2098, 1028)
    door = Cutter().box(2178, 786, 2420, STREET - 14).mask()
    sheet.print(door, rgb("e8983f"))
    sheet.print(door * smoothstep(1180, 850, y), rgb("ffd98f"), 0.7)
    curtain = Cutter().polygon([(2262, 786), (2420, 786), (2420, 1214), (2276, 1214), (2258, 1000)])
    sheet.print(sheet.carve(curtain.mask(), 0.2), rgb("4a5a86"))
    folds = Cutter()
    for k in range(5):
        folds.line([(2290 + k * 30, 790), (2296 + k * 30, 1210)], 4)
    folds.box(2270, 960, 2420, 1004)
    sheet.print(folds.mask() * curtain.mask(), rgb("384670"), 0.9)
    timber = Cutter()
    for px in (corner + 14, 1434, 2138):
        timber.box(px - 20, 690, px + 20, STREET)
    timber.box(1060, 736, WIDTH, 772)
    timber.box(1080, 1120, 1410, 1140)
    timber.box(1478 - 8, 772, 1478 + 8, 1030)
    timber.box(2098 - 8, 772, 2098 + 8, 1030)
    sheet.print(sheet.carve(timber.mask(), 0.2), rgb("1d1c2c"))
    counter = Cutter().box(1450, 1026, 2124, 1054)
    sheet.print(sheet.carve(counter.mask(), 0.2), rgb("6d3f2a"))
    sheet.print(Cutter().box(1450, 1026, 2124, 1033).mask(), rgb("f0b467"))
    # Red paper for the coming New Year beside the door, and a cloth sign with a bowl.
    red = sheet.carve(Cutter().box(2120, 800, 2156, 1110).mask(), 0.2)
    sheet.print(red, rgb("b5382a"))
    flecks = Cutter()
    for _ in range(46):
        flecks.disc(float(sheet.rng.uniform(2123, 2153)), float(sheet.rng.uniform(804, 1106)), 1.8)
    sheet.print(flecks.mask() * red, rgb("eab35c"), 0.9)
    sign = Collage("f6b267", "dfe3ea")
    sign.limb([(1386, 716), (1482, 716)], 6, "14141f")
    sign.polygon([(1394, 718), (1474, 718), (1474, 888), (1454, 878), (1434, 890), (1414, 878),
                  (1394, 888)], "2f4a78", 3)
    bowl = [(1408, 800), (1460, 800), (1455, 822), (1442, 838), (1426, 838), (1413, 822)]
    sign.polygon(bowl, "ecdfc4")
    sign.polygon([(1422, 838), (1446, 838), (1446, 845), (1422, 845)], "ecdfc4")
    for px in (1420, 1434, 1448):
        wave = curve([(px, 788), (px - 5, 776), (px + 5, 764), (px, 750)], closed=False)
        sign.limb(wave, 4, "ecdfc4")
    sign.glue(sheet)
    tiled_roof(sheet, 955, 590, 694, 40)
    for lx in (1012.0, 2140.0):
        lantern(sheet, lx, 704)


def lantern(sheet: Sheet, x: float, y: float) -> None:
    """Print a red lantern that hangs from ``x``, ``y``."""
    body = Cutter().ellipse(x, y + 62, 40, 35)
    red = sheet.carve(body.mask(), 0.2)
    fittings = Collage("f6b267", "dfe3ea")
    fittings.limb([(x, y), (x, y + 26)], 3, "14141f")
    fittings.glue(sheet)
    sheet.print(red, rgb("c8432c"))
    sheet.print(Cutter().ellipse(x, y + 66, 20, 24).mask(), rgb("f0a04e"), 0.75)
    ribs = Cutter()
    for k in (-26, -13, 0, 13, 26):
        half = float(np.sqrt(max(0.0, 1 - (k / 42) ** 2))) * 34
        rib = curve([(x + k * 0.35, y + 62 - half), (x + k, y + 62), (x + k * 0.35, y + 62 + half)],
                    closed=False)
        ribs.line(rib, 2)
    sheet.print(ribs.mask(), rgb("8e2c22"), 0.8)
    caps = Collage("f6b267", "dfe3ea")
    caps.polygon([(x - 17, y + 22), (x + 17, y + 22), (x + 17, y + 31), (x - 17, y + 31)],
                 "3a2020", 0, 7)
    caps.polygon([(x - 15, y + 94), (x + 15, y + 94), (x + 15, y + 101), (x - 15, y + 101)],
                 "3a2020")
    for k in (-8, 0, 8):
        caps.limb([(x + k, y + 101), (x + k * 1.2, y + 134)], 3, "d9a24a")
    caps.glue(sheet)
    sheet.glow(blur(red, 34), rgb("e8602c"), 0.75)


def lane_dusk(path: Path) -> None:
    """Snow at dusk in 青篾巷: the queue at the hatch of the community canteen."""
    x, y = coordinates()
    sheet = Sheet(
        2602,
        vertical([(0, "34456b"), (300, "5a6a8e"), (560, "93979f"), (760, "c9ab9f"),
                  (900, "d8bfae"), (1600, "d8bfae")]),
    )
    clouds = smoothstep(0.5, 0.64, noise(sheet.rng, 900, 130, 5)) * smoothstep(620, 200, y)
    sheet.print(clouds, rgb("2b3a5e"), 0.35)

    # Over the roofs, far off: one tower of the river bridge.
    bridge = Cutter()
    bridge.polygon([(608, 900), (635, 560), (635, 432), (645, 432), (645, 560), (672, 900),
                    (660, 900), (640, 590), (620, 900)])
    bridge.box(400, 806, 900, 814)
    stays = Cutter()
    for k in range(1, 13):
        for direction in (-1, 1):
            stays.line([(640, 440 + k * 7), (640 + direction * (20 + k * 19), 806)], 1.6)
    sheet.print(stays.mask(), rgb("5f6a8c"), 0.6)
    sheet.print(sheet.carve(bridge.mask(), 0.2), rgb("566286"), 0.85)
    mist(sheet, y, 850, 90, "dcc0ac", 0.9)
    snowfall(sheet, 900, 0.8, 1.7, 0, "e8e2df", 0.55)

    # Snow on the ground.
    ground = (y > EYE_LEVEL).astype(np.float32)
    sheet.print(ground, vertical([(0, "b9aeb4"), (EYE_LEVEL, "c3b4b4"), (1060, "9aa0b8"),
                                  (1260, "7c88ab"), (1600, "4b5a85")]))

    # The lane, from its far end towards us.
    lane_house(sheet, -1, 34, 20, 4.6, "a39ba6", "7f8198", "c9c3c8", ())
    lane_house(sheet, 1, 36, 20, 5.2, "a0999f", "7f8198", "c6c0c6", ((0.2, 2.2),))
    mist(sheet, y, 900, 90, "d3bdb2", 0.75)
    lane_house(sheet, -1, 64, 36, 4.2, "7f8199", "5c6484", "b9bccb", ((0.35, 1.3),))
    lane_house(sheet, 1, 72, 38, 4.4, "7a7c95", "5c6484", "b4b8c8", ((0.25, 2.3), (0.6, 1.2)))
    mist(sheet, y, 930, 80, "c4b3b4", 0.6)
    lane_house(sheet, -1, 118, 66, 4.9, "5d6485", "434c70", "a2a9c0", ((0.3, 2.5), (0.62, 1.1)))
    lane_house(sheet, 1, 128, 74, 3.7, "5a6080", "434c70", "9fa6bd", ((0.45, 1.2),))
    mist(sheet, y, 985, 70, "a9a3b4", 0.4)
    lane_house(sheet, -1, 232, 124, 4.0, "3b4468", "2a3252", "8a95b5", ((0.25, 1.35),))
    corner_x, foot_y = on_street(-2.1, 0, 232)
    plinth = Cutter().box(-5, foot_y - 130, corner_x, foot_y).mask()
    sheet.print(sheet.carve(plinth, 0.2), rgb("2f3960"), 0.55)
    heap = Cutter().polygon(curve([(-40, foot_y - 34), (40, foot_y - 22), (96, foot_y - 30),
                                   (corner_x + 6, foot_y - 4), (corner_x + 60, foot_y - 20),
                                   (corner_x + 40, foot_y + 14), (40, foot_y + 22),
                                   (-40, foot_y + 20)]))
    canteen(sheet)

    # Light on the snow, drifts, the trodden path, footprints.
    drift = noise(sheet.rng, 420, 46, 5)
    floor = (y > STREET).astype(np.float32)
    below = Cutter().polygon([
        (-5, 1296), on_street(-2.1, 0, 232), on_street(-2.1, 0, 60), on_street(2.0, 0, 60),
        on_street(2.0, 0, FACADE), (WIDTH + 5, STREET), (WIDTH + 5, 1605), (-5, 1605),
    ]).mask()
    sheet.print(sheet.carve(heap.mask(), 0.3), rgb("8f9abb"))
    sheet.print(below * smoothstep(0.54, 0.60, drift), rgb("a3acc6"), 0.35)
    sheet.print(below * smoothstep(0.42, 0.36, drift), rgb("3f4d78"), 0.30)
    pool = Cutter().polygon([(1400, STREET), (2160, STREET), (2560, 1720), (860, 1720)]).mask()
    light = blur(pool, 60) * floor * smoothstep(1660, 1240, y)
    sheet.print(light, rgb("f2a65a"), 0.80)
    sheet.print(light * smoothstep(0.52, 0.60, drift), rgb("ffdca0"), 0.65)
    spill = Cutter().polygon([(1070, STREET), (1400, STREET), (1330, 1480), (760, 1480)]).mask()
    sheet.print(blur(spill, 40) * floor * smoothstep(1480, 1240, y), rgb("e2a06a"), 0.40)
    bank = Cutter().polygon(
        [(1034, STREET + 10), *[(float(k), STREET - 12 - 12 * float(np.sin(k / 71) ** 2))
                                for k in range(1034, WIDTH + 40, 24)], (WIDTH + 40, STREET + 10)])
    sheet.print(sheet.carve(bank.mask(), 0.3), rgb("c7a58e"), 0.9)

    # The queue, from the hatch to the end of the line.  Light falls from the hatch, so the
    # shadows lie towards us.
    queue: list[tuple[float, float, float]] = [
        (1682, 1304, 0.98), (1530, 1312, 0.92), (1392, 1322, 1.00), (1246, 1334, 0.95),
        (1098, 1346, 0.93), (968, 1356, 0.60), (812, 1372, 1.00), (612, 1392, 0.92),
        (356, 1416, 0.97),
    ]
    shadows = Cutter()
    for fx, fy, part in queue:
        tall = (fy - EYE_LEVEL) * 1.067 * part
        away = np.array([fx - 1760, fy - 1090.0])
        away /= np.hypot(*away)
        tip = (fx + away[0] * tall * 0.95, fy + abs(away[1]) * tall * 0.95)
        w = tall * 0.10
        shadows.polygon(curve([(fx - w, fy - 4), (fx + w, fy - 4), (tip[0] + w * 1.5, tip[1] - 20),
                               (tip[0] + w * 0.7, tip[1] + 22), (tip[0] - w * 0.7, tip[1] + 22),
                               (tip[0] - w * 1.5, tip[1] - 20)]))
    fade = 0.25 + 0.45 * smoothstep(300, 1500, x)
    sheet.print(blur(shadows.mask(), 7) * below * fade, rgb("2f3a63"))

    contact = Cutter()
    for fx, fy, part in queue:
        tall = (fy - EYE_LEVEL) * 1.067 * part
        contact.ellipse(fx, fy, tall * 0.17, tall * 0.022)
    sheet.print(blur(contact.mask(), 4), rgb("1f2747"), 0.6)

    people = Collage("f6b267", "dfe3ea")

    def stand(index: int, stoop: float = 0.0, head: float = 1.0) -> Figure:
        fx, fy, part = queue[index]
        return Figure(people, fx, fy, (fy - EYE_LEVEL) * 1.067 * part, stoop, head)

    first = stand(0, 0.10)
    first.draw("2c3552", "knit", "3d4a70", stride=0.03)
    first.mug(first.arm((0.19, 0.70), (0.03, 0.63)))
    second = stand(1, 0.16)
    second.draw("5b2f3f", "bun", "8d8f9c", "c9a24f", hem=0.34, stride=0.015)
    second.mug(second.arm((0.15, 0.60)))
    third = stand(2)
    third.draw("28484e", "flat", "4a3f3c", "8c8f86", stride=0.02)
    third.bag(third.arm((0.06, 0.44), (-0.03, 0.60)), "8c5a34")
    fourth = stand(3, 0.22)
    fourth.draw("3a3358", "knit", "7a4653", None, hem=0.31, stride=-0.012)
    fourth.mug(fourth.arm((0.14, 0.60)))
    fifth = stand(4, 0.12)
    fifth.draw("4a3a35", "bun", "6d6c78", "4f7478", hem=0.36)
    fifth.mug(fifth.arm((0.15, 0.61)))
    child = stand(5, 0.0, 1.32)
    child.draw("b0402c", "knit", "d9b45c", "e6dcc8", hem=0.36)
    child.arm((0.24, 0.74), (0.06, 0.66))
    seventh = stand(6)
    seventh.draw("243250", "hood", "31426a", stride=0.035)
    seventh.bag(seventh.arm((0.05, 0.43), (-0.03, 0.60)), "6b6f86")
    eighth = stand(7, 0.34)
    eighth.draw("33303f", "flat", "22202c", "7b3b35", stride=0.025)
    eighth.cane(eighth.arm((0.19, 0.52), (0.0, 0.58)))
    ninth = stand(8)
    ninth.draw("3c3d5c", "bun", "20202c", "b9a48c", hem=0.27, stride=0.04)
    umbrella(people, ninth)
    people.glue(sheet)

    # Steam from the hatch, and its light in the falling snow.
    plume_shape = np.zeros_like(x)
    for sx, lean in ((1620, 0.16), (1900, 0.22), (2020, 0.12)):
        rise = np.clip((1000 - y) / 620, 0, 1)
        wander = (noise(sheet.rng, 300, 190, 4) - 0.5) * 230 * rise
        centre = sx - lean * (1000 - y) + wander
        wide = 26 + 150 * rise
        plume_shape += np.exp(-(((x - centre) / wide) ** 2)) * smoothstep(1.0, 0.15, rise) * (
            y < 1000
        ) * smoothstep(0.0, 0.10, rise)
    curls = smoothstep(0.30, 0.72, noise(sheet.rng, 210, 150, 5))
    sheet.print(np.clip(plume_shape * curls, 0, 1).astype(np.float32), rgb("f7dfbf"), 0.68)
    halo = np.exp(-(((x - 1790) / 620) ** 2 + ((y - 930) / 330) ** 2)).astype(np.float32)
    sheet.glow(halo, rgb("e88a3a"), 0.20)

    wintersweet(sheet)
    foreground(sheet)
    snowfall(sheet, 420, 1.6, 3.6, 0.6, "eef0f4", 0.85)
    snowfall(sheet, 110, 4.0, 6.5, 1.4, "f2f3f6", 0.8)
    snowfall(sheet, 26, 9.0, 14.0, 5.0, "f2f3f6", 0.55)
    sheet.save(path, paper=0.9)


def wintersweet(sheet: Sheet) -> None:
    """Print a branch of wintersweet that reaches in from the left, in bloom under the snow."""
    twig = Collage("f6b267", "dfe3ea")
    rng = np.random.default_rng(77)
    blooms: list[tuple[float, float, float]] = []

    def grow(x: float, y: float, angle: float, length: float, width: float, level: int) -> None:
        points = [(x, y)]
        count = 7
        for i in range(count):
            angle += float(rng.normal(0.0, 0.16))
            step = length / count
            x, y = x + step * float(np.cos(angle)), y - step * float(np.sin(angle))
            points.append((x, y))
            thin = width * (1 - 0.7 * (i + 1) / count)
            twig.limb(points[-2:], max(2.4, thin), "141a2c", 0, 3.2 if abs(angle) < 1.1 else 1.2)
            if level < 3 and i > 0 and rng.random() < 0.62:
                side = float(rng.choice((-1, 1)))
                grow(x, y, angle + side * float(rng.uniform(0.4, 0.85)),
                     length * float(rng.uniform(0.36, 0.58)), thin * 0.75, level + 1)
            crowded = any(np.hypot(x - bx, y - by) < 26 for bx, by, _ in blooms)
            if level > 0 and not crowded and rng.random() < 0.62:
                blooms.append((x, y, float(rng.uniform(5.5, 9.5))))

    grow(-40.0, 150.0, -0.05, 540.0, 25.0, 0)
    for bx, by, r in blooms:
        lean = float(rng.uniform(0, 2 * np.pi))
        for k in range(5):
            turn = lean + k * 2 * np.pi / 5
            twig.disc(bx + r * 0.8 * float(np.cos(turn)), by + r * 0.8 * float(np.sin(turn)),
                      r * 0.62, "e9c765" if k % 2 else "f0d684")
        twig.disc(bx, by, r * 0.36, "8a4a3a")
    twig.glue(sheet)


def umbrella(people: Collage, figure: Figure) -> None:
    """Glue an oiled-paper umbrella into somebody's hand."""
    hand = figure.arm((0.13, 0.66), (0.0, 0.60))
    h = figure.height
    top = (hand[0] - h * 0.05, hand[1] - h * 0.66)
    people.limb([(hand[0] + h * 0.006, hand[1] + h * 0.08), top], h * 0.014, "2b1d1a")
    half, drop = h * 0.42, h * 0.215

    def rim_at(t: float) -> Point:
        return top[0] + half * t, top[1] + drop * (0.86 + 0.14 * (1 - t * t))

    dome = curve([rim_at(-1.0), (top[0] - half * 0.72, top[1] + drop * 0.42),
                  (top[0] - half * 0.34, top[1] + drop * 0.10), (top[0], top[1]),
                  (top[0] + half * 0.34, top[1] + drop * 0.10),
                  (top[0] + half * 0.72, top[1] + drop * 0.42), rim_at(1.0)], closed=False)
    scallops: list[Point] = []
    marks = np.linspace(1, -1, 9)
    for a, b in pairwise(marks):
        for t in np.linspace(0, 1, 7)[:-1]:
            px, py = rim_at(float(a + (b - a) * t))
            scallops.append((px, py - h * 0.016 * float(np.sin(np.pi * t))))
    people.polygon([*dome, *scallops], "c1432c", figure.rim, figure.snow * 1.4)
    for t in marks[1:-1]:
        rib = curve([top, (top[0] + half * float(t) * 0.62, top[1] + drop * 0.34),
                     rim_at(float(t))], closed=False)
        people.limb(rib, h * 0.005, "8e2c22")
    people.limb([top, (top[0], top[1] - h * 0.035)], h * 0.016, "2b1d1a")
    snow = curve([(top[0] - half * 0.66, top[1] + drop * 0.36), (top[0] - half * 0.32, top[1] + 2),
                  (top[0], top[1] - h * 0.014), (top[0] + half * 0.30, top[1] + 1),
                  (top[0] + half * 0.5, top[1] + drop * 0.2),
                  (top[0] + half * 0.22, top[1] + drop * 0.16), (top[0], top[1] + drop * 0.20),
                  (top[0] - half * 0.3, top[1] + drop * 0.2)])
    people.polygon(snow, "dfe3ea")


def foreground(sheet: Sheet) -> None:
    """Print the delivery bicycle that waits in the snow, nearest to us."""
    near = Collage("f6b267", "dfe3ea")
    ink, snow = "141a2c", 6.0
    left, right, hub, r = 1888.0, 2262.0, 1462.0, 138.0
    turn = np.linspace(0, 2 * np.pi, 60)
    for wx in (left, right):
        ring = [(float(wx + r * np.cos(t)), float(hub + r * np.sin(t))) for t in turn]
        near.limb(ring, 9, ink, 2.5, 3)
        for t in np.linspace(0, np.pi, 9)[:-1]:
            near.limb([(wx - r * float(np.cos(t)), hub - r * float(np.sin(t))),
                       (wx + r * float(np.cos(t)), hub + r * float(np.sin(t)))], 1.4, ink)
        near.disc(wx, hub, 9, ink)
    head, crank = (1950.0, 1262.0), (2086.0, 1474.0)
    near.limb([(left, hub), (1940, 1300), (1950, 1250)], 11, ink, 2)
    near.limb([(1944, 1290), (2160, 1290)], 10, ink, 2, snow)
    near.limb([(1940, 1310), crank, (2152, 1246)], 10, ink, 2)
    near.limb([crank, (right, hub), (2156, 1296)], 8, ink, 2)
    near.limb([head, (1952, 1216), (1996, 1206), (2020, 1220)], 9, ink, 2, snow)
    near.polygon(curve([(2112, 1240), (2126, 1222), (2180, 1218), (2222, 1222), (2226, 1240),
                        (2170, 1252)]), ink, 2, 15)
    near.disc(*crank, 27, ink, 2)
    near.limb([crank, (2060, 1520), (2040, 1522)], 7, ink)
    near.limb([(2176, 1326), (2372, 1326), (right, hub)], 7, ink, 2)
    near.polygon([(2208, 1170), (2400, 1170), (2400, 1322), (2208, 1322)], "23304f", 3, 20)
    near.polygon([(2208, 1222), (2400, 1222), (2400, 1236), (2208, 1236)], "c1432c")
    near.polygon(curve([(1836, 1226), (1948, 1226), (1938, 1318), (1850, 1318)], steps=3), ink,
                 2, 16)
    for k in range(4):
        near.limb([(1846 + k * 3, 1242 + k * 20), (1940 - k * 2, 1242 + k * 20)], 2.5, "33426a")
    for px in range(1858, 1940, 16):
        near.limb([(px, 1232), (px + (1893 - px) * 0.12, 1314)], 2, "33426a")
    x, y = coordinates()
    shade = Cutter().ellipse(2070, 1606, 330, 26).mask()
    sheet.print(blur(shade, 14), rgb("232c50"), 0.5)
    near.glue(sheet)
    heap = noise(sheet.rng, 120, 20, 3)
    drift = smoothstep(0, 26, y - (1574 + 26 * (heap - 0.5) + 14 * np.sin(x / 190)))
    sheet.print(drift, rgb("55648f"), 0.96)
    sheet.print(drift * smoothstep(1500, 2000, x) * smoothstep(0.5, 0.7, heap), rgb("d9a778"), 0.5)


# fmt: on
PICTURES: Final[dict[str, tuple[str, Callable[[Path], None]]]] = {
    "river": ("river-dawn.jpg", river_dawn),
    "lane": ("lane-dusk.jpg", lane_dusk),
}


def main(arguments: Sequence[str]) -> None:
    """Draw the pictures that are named, or both."""
    folder = Path(__file__).resolve().parent
    for name in arguments or PICTURES:
        if name not in PICTURES:
            raise SystemExit(f"unknown picture {name!r}; choose from {', '.join(PICTURES)}")
        file_name, draw = PICTURES[name]
        draw(folder / file_name)


if __name__ == "__main__":
    main(sys.argv[1:])
