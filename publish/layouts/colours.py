"""A theme's colours: given as inks, once, for the press and the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from publish.colour.presets import Ink

PLATES = 4


def inks(data: Any) -> dict[str, Ink]:
    """Read a theme's ``colours``: cyan, magenta, yellow and black of each, in per cent.

    Raises ValueError when a colour is not four numbers from 0 to 100.
    """
    if not isinstance(data, dict):
        raise ValueError("colours: name each, with its four inks, as in ink: [0, 0, 0, 100]")
    return {str(name): _ink(str(name), value) for name, value in data.items()}


def _ink(name: str, value: Any) -> Ink:
    numbers = value if isinstance(value, list) else []
    right = all(isinstance(one, int | float) and 0 <= one <= 100 for one in numbers)
    if len(numbers) != PLATES or not right:
        raise ValueError(
            f"colours.{name} is {value}: write cyan, magenta, yellow and black in per cent, "
            "each from 0 to 100"
        )
    cyan, magenta, yellow, black = (float(one) / 100 for one in numbers)
    return cyan, magenta, yellow, black


def press_colours(colours: Mapping[str, Ink]) -> dict[str, str]:
    """Return each colour as a stylesheet for the press has it (CSS Color 5, 10)."""
    return {
        name: "device-cmyk({})".format(" ".join(f"{one:g}" for one in ink))
        for name, ink in colours.items()
    }


def screen_colours(colours: Mapping[str, Ink]) -> dict[str, str]:
    """Return each colour as a stylesheet for screens has it."""
    from publish.colour.convert import screen_colour

    return {name: screen_colour(ink) for name, ink in colours.items()}
