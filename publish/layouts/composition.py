"""A theme's rules of composition, from its data to the composer's settings."""

from __future__ import annotations

from collections.abc import Mapping

from publish.files import nearest
from publish.typesetting import Prohibition, PunctuationStyle, Settings

KEYS = ("punctuation", "prohibition", "hanging", "hyphenation")


def composition(data: Mapping[str, object]) -> Settings:
    """Read a theme's ``print.composition``; what it does not name is the house's own.

    Raises ValueError when a key or a value is none of those known.
    """
    for key in data:
        if key not in KEYS:
            meant = nearest(key, list(KEYS))
            known = f"did you mean “{meant}”?" if meant else f"known: {', '.join(KEYS)}"
            raise ValueError(f"print.composition has no key “{key}”; {known}")
    house = Settings()
    return Settings(
        style=PunctuationStyle(_one_of(data, "punctuation", house.style, PunctuationStyle)),
        prohibition=Prohibition(_one_of(data, "prohibition", house.prohibition, Prohibition)),
        hanging=_yes_or_no(data, "hanging", house.hanging),
        hyphenate=_yes_or_no(data, "hyphenation", house.hyphenate),
    )


def _one_of(
    data: Mapping[str, object],
    key: str,
    house: str,
    known: type[PunctuationStyle] | type[Prohibition],
) -> str:
    value = data.get(key, house)
    if value not in list(known):
        raise ValueError(f"print.composition.{key} is {' or '.join(known)}, not “{value}”")
    return str(value)


def _yes_or_no(data: Mapping[str, object], key: str, house: bool) -> bool:
    value = data.get(key, house)
    if not isinstance(value, bool):
        raise ValueError(f"print.composition.{key} is true or false, not “{value}”")
    return value
