"""Printer's marks: crop and registration marks, a colour bar and the slug line.

They lie outside the bleed. The first page holds what is the same on every page, the next ten the
figures of the page number.
"""

from __future__ import annotations

from html import escape
from typing import Any

from publish.errors import InputError
from publish.layouts import Geometry, Setup
from publish.pdf.parts.inks import in_inks
from publish.pdf.parts.press import press_of
from publish.pdf.parts.reports import Marks
from publish.pdf.parts.seam import without_programs
from publish.pdf.styles import font_faces, print_families
from publish.pdf.weasy import complaints, listening

MM = 72 / 25.4
"""pt in a millimetre."""
LINE = 0.25
"""pt: how thick marks are drawn."""
ALL = "device-cmyk(1 1 1 1)"
"""Registration colour: on every plate."""
TYPE = 6.0
"""pt: the size of the slug line."""
PATCHES = (
    "1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1",
    "1 1 0 0", "0 1 1 0", "1 0 1 0", ".5 0 0 0", "0 .5 0 0", "0 0 .5 0", "0 0 0 .5",
    ".5 .4 .4 0",
)  # fmt: skip
"""The colour bar: solids, overprints, half tones, and a grey of three inks beside that of black."""
PLATES = (("青", "1 0 0 0"), ("品", "0 1 0 0"), ("黄", "0 0 1 0"), ("黑", "0 0 0 1"))
"""Each plate's name, in its own ink: it is read on that plate alone."""
DIGITS = 10


def make_marks(setup: Setup) -> Marks:
    """Return the printer's marks of every page of an issue; pages are as large as the sheet.

    Raises InputError when WeasyPrint complains.
    """
    geometry = setup.theme.geometry
    press = press_of(setup)
    fonts: dict[str, Any] = {}
    with listening() as messages, without_programs(fonts), in_inks(setup.condition):
        sheet = press.weasyprint.CSS(
            string=_stylesheet(setup), font_config=press.font_config, url_fetcher=press.fetcher
        )
        pages = [_marks(setup, geometry), *(f"<i>{digit}</i>" for digit in range(DIGITS))]
        body = "".join(f"<section>{page}</section>" for page in pages)
        html = f'<html lang="{setup.issue.publication.language}"><body>{body}</body></html>'
        pdf = press.document(html).write_pdf(stylesheets=[sheet], font_config=press.font_config)
    if messages:
        raise InputError(complaints(messages))
    return Marks(pdf, fonts, *_number(geometry), TYPE)


def _stylesheet(setup: Setup) -> str:
    width, height = _sheet(setup.theme.geometry)
    family = print_families(setup.theme, setup.catalogue)["furniture"]
    return (
        font_faces(setup.catalogue, setup.root)
        + f"@page {{ size: {width}pt {height}pt; margin: 0 }}"
        f"body {{ margin: 0; font: {TYPE}pt/1 {family}; color: device-cmyk(0 0 0 1) }}"
        "section { break-before: page; position: relative }"
        "div, i, p { position: absolute; margin: 0; font-style: normal; white-space: nowrap }"
        "i { left: 0; top: 0 }"
    )


def _sheet(geometry: Geometry) -> tuple[float, float]:
    return geometry.trim_width + 2 * geometry.marks, geometry.trim_height + 2 * geometry.marks


def _marks(setup: Setup, geometry: Geometry) -> str:
    room = geometry.marks - geometry.bleed
    if room < TYPE:
        return ""
    return "".join([*_crop(geometry), *_registration(geometry), *_bar(geometry), _slug(setup)])


def _box(left: float, top: float, width: float, height: float, style: str) -> str:
    place = f"left: {left:.3f}pt; top: {top:.3f}pt; width: {width:.3f}pt; height: {height:.3f}pt"
    return f'<div style="{place}; {style}"></div>'


def _crop(geometry: Geometry) -> list[str]:
    """Return two lines at each corner, from the sheet's edge to the bleed."""
    width, height = _sheet(geometry)
    length = geometry.marks - geometry.bleed
    style = f"background: {ALL}"
    found = []
    for x in (geometry.marks, width - geometry.marks):
        for y in (0.0, height - length):
            found.append(_box(x - LINE / 2, y, LINE, length, style))
    for y in (geometry.marks, height - geometry.marks):
        for x in (0.0, width - length):
            found.append(_box(x, y - LINE / 2, length, LINE, style))
    return found


def _registration(geometry: Geometry) -> list[str]:
    """Return a ring with a cross in the middle of each side."""
    width, height = _sheet(geometry)
    room = geometry.marks - geometry.bleed
    size, ring = 0.9 * room, 0.45 * room
    middle = room / 2
    found = []
    for x, y in (
        (width / 2, middle), (width / 2, height - middle),
        (middle, height / 2), (width - middle, height / 2),
    ):  # fmt: skip
        style = f"background: {ALL}"
        found.append(_box(x - size / 2, y - LINE / 2, size, LINE, style))
        found.append(_box(x - LINE / 2, y - size / 2, LINE, size, style))
        style = f"border: {LINE}pt solid {ALL}; border-radius: 50%; box-sizing: border-box"
        found.append(_box(x - ring / 2, y - ring / 2, ring, ring, style))
    return found


def _bar(geometry: Geometry) -> list[str]:
    """Return the colour bar, at the foot to the left."""
    _, height = _sheet(geometry)
    side = min(0.6 * (geometry.marks - geometry.bleed), 4 * MM)
    top = height - side - 0.15 * (geometry.marks - geometry.bleed)
    left = geometry.marks + 8 * MM
    return [
        _box(left + place * side, top, side, side, f"background: device-cmyk({ink})")
        for place, ink in enumerate(PATCHES)
    ]


def _slug(setup: Setup) -> str:
    """Return the slug line: publication, date, what the sheet is for, and the plates."""
    issue, geometry = setup.issue, setup.theme.geometry
    plates = " ".join(
        f'<span style="color: device-cmyk({ink})">{name}</span>' for name, ink in PLATES
    )
    words = f"{issue.publication.title}　{issue.date.isoformat()}　第{issue.number}期"
    text = f"{escape(words)}　{escape(setup.condition.condition)}　{plates}　页"
    left, bottom = _number(geometry)
    _, height = _sheet(geometry)
    right = _sheet(geometry)[0] - left
    return f'<p style="right: {right:.3f}pt; top: {height - bottom - TYPE:.3f}pt">{text}&nbsp;</p>'


def _number(geometry: Geometry) -> tuple[float, float]:
    """Return where the page number begins on the sheet, and its foot: pt from the lower left."""
    width, _ = _sheet(geometry)
    return width - geometry.marks - 12 * MM, (geometry.marks - geometry.bleed - TYPE) / 2
