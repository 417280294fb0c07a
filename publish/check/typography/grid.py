"""The grid that baselines stand on: its leading, and its place on each page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import floor
from statistics import median

from publish.check.typography.figures import Grid

BASELINE = 0.1
"""A baseline may stand this far, in pt, from the grid."""

NEAR = 0.01
"""A leading found may be this far, in pt, from the one that was asked for."""


def refine_leading(pages: Iterable[Sequence[float]], leading: float) -> float:
    """Return the leading near the one found under which most baselines stand on their grid.

    Distances that a program rounded to pixels have a mean that is a little off, and over a page
    that adds up: 14.404 pt for the 14.4 pt that were asked for.
    """
    pages = list(pages)
    likely = [round(round(leading / step) * step, 4) for step in (0.5, 0.1, 0.05, 0.01)]
    candidates = [*(other for other in likely if abs(other - leading) <= NEAR), leading]
    return max(candidates, key=lambda candidate: sum(_on(page, candidate) for page in pages))


def _on(baselines: Sequence[float], leading: float) -> int:
    grid = Grid(leading, fit_grid(baselines, leading))
    return sum(abs(off_grid(baseline, grid)) <= BASELINE for baseline in baselines)


def fit_grid(baselines: Sequence[float], leading: float) -> float:
    """Return the offset that most baselines of a page agree on, in pt."""
    if not baselines or leading <= 0:
        return 0.0
    residues = sorted(baseline % leading for baseline in baselines)
    around = residues + [residue + leading for residue in residues]
    near: list[float] = []
    for first in range(len(residues)):
        end = bisect_right(around, around[first] + 2 * BASELINE, first, first + len(residues))
        if end - first > len(near):
            near = around[first:end]
    return median(near) % leading


def off_grid(baseline: float, grid: Grid) -> float:
    """Return how far below (or, negative, above) its grid line a baseline stands, in pt."""
    if grid.leading <= 0:
        return 0.0
    steps = (baseline - (grid.offset or 0.0)) / grid.leading
    return (steps - floor(steps + 0.5)) * grid.leading
