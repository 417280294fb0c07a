"""Draw the two illustrations of the sample issue: ``river-dawn.jpg`` and ``lane-dusk.jpg``.

Both are built like reduction woodcuts: flat sheets of colour are cut out as masks, given a
slightly carved edge, laid over one another from far to near with mist between them, and
printed on a grained paper.  Everything is drawn by code from fixed seeds, so two runs give
the same pictures.  Needs numpy and Pillow only:

    python make_pictures.py            # both pictures, beside this script
    python make_pictures.py river      # one of them
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageDraw, ImageFilter

Array = NDArray[np.float32]
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


def smoothstep(low: float, high: float, x: Array) -> Array:
    """Ease from 0 at ``low`` to 1 at ``high``; ``low`` may be the greater."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


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
    return np.clip((total - low) / (high - low), 0, 1).astype(np.float32)


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
    """The convex outline of some points (Andrew's monotone chain)."""
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
    """The outline of a blade: widest at a third of its axis, pointed at the end."""
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
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        image.save(
            path,
            quality=JPEG_QUALITY,
            subsampling="4:2:0",
            optimize=True,
            progressive=True,
            icc_profile=profile,
            dpi=(300, 300),
        )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SystemExit(f"{path.name}: {size} bytes, more than {MAX_BYTES}")
        print(f"{path.name}: {image.width}×{image.height}, {size / 1000:.0f} kB")


def vertical(stops: Sequence[tuple[float, str]]) -> Array:
    """A vertical gradient through ``(y, colour)`` stops."""
    y = np.arange(HEIGHT, dtype=np.float32)
    at = [stop for stop, _ in stops]
    colours = np.array([rgb(code) for _, code in stops])
    rows = np.stack([np.interp(y, at, colours[:, k]) for k in range(3)], axis=-1)
    return rows[:, None, :].astype(np.float32)


# --------------------------------------------------------------------------- river, dawn

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
        """A point ``metres`` beyond the near tower, ``side`` metres off the axis."""
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

    def block(self, cut: Cutter, metres: float, foot: Sequence[float], head: Sequence[float]) -> None:
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
    """The outline of a range of hills that stands on ``base``."""
    xs = np.arange(-20, WIDTH + 40, 12, dtype=np.float32)
    line = np.zeros_like(xs)
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
    cut.line([at(0.990, 0.05), at(0.994, 0.128)], length * 0.003)
    flag = [at(0.994, 0.128), at(1.012, 0.122), at(1.030, 0.127), at(1.030, 0.107)]
    cut.polygon([*flag, at(1.012, 0.102), at(0.994, 0.107)])
    # A boatman on the foredeck, in a padded coat, one hand on the mooring post.
    cut.polygon([at(0.096, 0.03), at(0.099, 0.058), at(0.0965, 0.074), at(0.102, 0.083)]
                + [at(0.112, 0.083), at(0.118, 0.073), at(0.116, 0.058), at(0.1165, 0.03)])
    cut.line([at(0.101, 0.079), at(0.088, 0.066), at(0.080, 0.056)], length * 0.0052)
    block(0.076, 0.03, 0.083, 0.057)
    cut.disc(*at(0.107, 0.0905), length * 0.0068)
    cut.polygon([at(0.0985, 0.092), at(0.102, 0.099), at(0.112, 0.099), at(0.114, 0.091)])
    for u in (0.820, 0.845, 0.870):
        light.polygon([at(u - 0.009, 0.112), at(u - 0.009, 0.134), at(u + 0.009, 0.134)]
                      + [at(u + 0.009, 0.112)])
    for u in (0.80, 0.84, 0.88, 0.92):
        light.disc(*at(u, 0.066), length * 0.0058)
    light.disc(*at(0.052, 0.122), max(1.8, length * 0.003))


def water(sheet: Sheet, x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Three levels of ripple for the river, drawn in perspective, and the nearness of a row."""
    depth = np.clip(y - HORIZON, 4, None)
    near = np.clip((y - HORIZON) / (HEIGHT - HORIZON), 0, 1).astype(np.float32)
    world_x = (x - WIDTH / 2) / depth * 300
    world_z = 90000 / depth
    ripple = np.zeros_like(x)
    for weight, size_x, size_z in ((0.8, 60.0, 5.0), (0.9, 24.0, 2.2), (0.8, 9.5, 0.95)):
        grid = sheet.rng.random((512, 512), dtype=np.float32)
        ripple += weight * sample(grid, world_x / size_x, world_z / size_z)
    low, high = np.percentile(ripple[int(HORIZON) + 20 :], (1, 99))
    ripple = np.clip((ripple - low) / (high - low), 0, 1).astype(np.float32)
    fine = noise(sheet.rng, 120, 5, 3)
    ripple = (0.82 * ripple + 0.18 * fine).astype(np.float32)
    return ripple, near, (y > HORIZON).astype(np.float32)


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
    return (upper * (1 - fv) + lower * fv).astype(np.float32)


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
    for cx, tall in ((1180, 104), (1318, 88), (2140, 132)):
        town.line([(cx, 806), (cx, 800 - tall)], 5)
        town.line([(cx - tall * 0.42, 800 - tall * 0.86), (cx + tall * 0.78, 800 - tall * 1.02)], 4)
        town.line([(cx, 800 - tall * 1.16), (cx + tall * 0.5, 800 - tall * 0.98)], 2)
        town.line([(cx, 800 - tall * 1.16), (cx, 800 - tall * 0.8)], 4)
    bank = sheet.carve(town.mask(), 0.2)
    sheet.print(bank * (y < HORIZON + 2), rgb("5b6f76"), 0.9)
    mist(sheet, y, 796, 40, "f0cfa9", 0.85)

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
    ripple, near, _ = water(sheet, x, y)
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


PICTURES: Final[dict[str, tuple[str, Callable[[Path], None]]]] = {
    "river": ("river-dawn.jpg", river_dawn),
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
