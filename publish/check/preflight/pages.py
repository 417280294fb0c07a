"""Rules of single pages: boxes, inks, type, lines and pictures."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
from PIL import Image

from publish.check.preflight.painting import Box, Paint
from publish.check.preflight.separations import ink as inks_of
from publish.check.preflight.separations import over, plates, separations
from publish.check.preflight.sheets import EDGE, Page, Sheets, holds, meets, size

Found = Iterator[tuple[str, str]]

BLEED = 3 * 72 / 25.4
"""pt: what a cut needs."""
SAFE = 3 * 72 / 25.4
SMALL = 12.0
"""pt: type below it is small."""
LARGEST = 25_000_000
"""Square points: a sheet of 1.7 m a side."""
LITTLE = 24
"""Spots of a point each, some 3 mm²: as much ink as that may lie anywhere."""
DARK, TRACE = 0.85, 0.05
"""A black, and what is no ink at all."""


def unreadable(sheets: Sheets) -> Found:
    for page in sheets.pages:
        for what in page.unread:
            yield f"not all of the page can be checked: {what}", _place(page)


# --- Boxes ---------------------------------------------------------------------------------------


def trim_missing(sheets: Sheets) -> Found:
    for page in sheets.pages:
        if "TrimBox" not in page.boxes and "ArtBox" not in page.boxes:
            yield "the page does not say where it is cut", _place(page)


def boxes_nested(sheets: Sheets) -> Found:
    for page in sheets.pages:
        order = [name for name in ("MediaBox", "BleedBox", "TrimBox") if name in page.boxes]
        for outer, inner in pairwise(order):
            if not holds(page.boxes[outer], page.boxes[inner]):
                yield f"the {inner} reaches out of the {outer}", _place(page)


def art_box(sheets: Sheets) -> Found:
    for page in sheets.pages:
        if "ArtBox" in page.boxes and "TrimBox" in page.boxes:
            yield "the page has an ArtBox beside its TrimBox", _place(page)


def crop_box(sheets: Sheets) -> Found:
    for page in sheets.pages:
        if "CropBox" in page.boxes and not holds(page.boxes["CropBox"], page.bleed):
            yield "the CropBox cuts into the page", _place(page)


def page_sizes(sheets: Sheets) -> Found:
    sizes = Counter(_rounded(page.trim) for page in sheets.pages)
    if len(sizes) < 2:
        return
    usual, _ = sizes.most_common(1)[0]
    for page in sheets.pages:
        if (found := _rounded(page.trim)) != usual:
            wanted = f"{usual[0]:g} × {usual[1]:g}"
            yield f"the page is {found[0]:g} × {found[1]:g} pt, others {wanted}", _place(page)


def _rounded(box: Box) -> tuple[float, float]:
    width, height = size(box)
    return round(width, 1), round(height, 1)


def page_turned(sheets: Sheets) -> Found:
    for page in sheets.pages:
        turned = int(page.obj.get("/Rotate", 0)) % 360
        if turned:
            yield f"the page is turned by {turned}°", _place(page)


def page_scaled(sheets: Sheets) -> Found:
    for page in sheets.pages:
        if float(page.obj.get("/UserUnit", 1)) != 1:
            yield "the page has a unit of its own", _place(page)


def page_blank(sheets: Sheets) -> Found:
    for page in sheets.pages:
        shown = (
            one
            for one in page.paints
            if one.kind != "mask" and one.colour.inks != (0.0, 0.0, 0.0, 0.0)
        )
        if not any(meets(paint.box, page.trim) for paint in shown):
            yield "nothing is on the page", _place(page)


def bleed_none(sheets: Sheets) -> Found:
    if not sheets.preset.trimmed:
        return
    for page in sheets.pages:
        room = min(abs(a - b) for a, b in zip(page.bleed, page.trim, strict=True))
        if room < BLEED - 0.1:
            yield f"the page has {room:.1f} pt of bleed, not {BLEED:.1f}", _place(page)


def bleed_missing(sheets: Sheets) -> Found:
    """What reaches the trim must go on to the bleed; white needs none."""
    if not sheets.preset.trimmed:
        return
    for page in sheets.pages:
        for paint in page.inside:
            if paint.kind in ("fill", "image", "shading") and _stops_short(paint, page):
                what = "a picture" if paint.kind == "image" else "a background"
                yield f"{what} ends at the trim, without bleed", _place(page, paint)


def _stops_short(paint: Paint, page: Page) -> bool:
    if not meets(paint.box, page.trim) or paint.colour.inks == (0.0, 0.0, 0.0, 0.0):
        return False
    for side in range(4):
        outwards = -1 if side < 2 else 1
        beyond = (paint.box[side] - page.trim[side]) * outwards
        room = (page.bleed[side] - page.trim[side]) * outwards
        if beyond > -0.5 and beyond < min(room, BLEED) - 0.5:
            return True
    return False


def type_near_trim(sheets: Sheets) -> Found:
    if not sheets.preset.trimmed:
        return
    for page in sheets.pages:
        left, bottom, right, top = page.trim
        safe = left + SAFE, bottom + SAFE, right - SAFE, top - SAFE
        for paint in page.paints:
            at = (*paint.box[:2], *paint.box[:2])
            if paint.kind == "text" and holds(page.trim, at) and not holds(safe, at):
                yield "type stands within 3 mm of the trim", _place(page, paint)


# --- Colours -------------------------------------------------------------------------------------

_PROCESS = ("All", "None", "Cyan", "Magenta", "Yellow", "Black")
"""Separations that are plates of their own already."""
_LOOSE = ("DeviceRGB", "CalRGB", "CalGray", "Unknown")
_MANAGED = ("ICCBased1", "ICCBased3", "ICCBased4", "Lab")


def colour_rgb(sheets: Sheets) -> Found:
    for page in sheets.pages:
        for paint in page.inside:
            if paint.colour.space in _LOOSE:
                yield f"{_what(paint)} in {paint.colour.space}", _place(page, paint)


def colour_managed(sheets: Sheets) -> Found:
    for page in sheets.pages:
        for paint in page.inside:
            if paint.colour.space in _MANAGED:
                yield f"{_what(paint)} in {paint.colour.space}", _place(page, paint)


def colour_spot(sheets: Sheets) -> Found:
    for page in sheets.pages:
        for paint in page.inside:
            spot = paint.colour.space in ("Separation", "DeviceN")
            if spot and paint.colour.name not in _PROCESS:
                yield f"{_what(paint)} in the spot colour {paint.colour.name}", _place(page, paint)


def black_in_four(sheets: Sheets) -> Found:
    for page, paint in _type(sheets):
        inks = paint.colour.inks
        if inks and paint.size < SMALL and inks[3] >= DARK and sum(inks[:3]) > TRACE:
            yield f"black type of {paint.size:.1f} pt in several inks", _place(page, paint)


def black_knocks_out(sheets: Sheets) -> Found:
    for page, paint in _type(sheets):
        if paint.colour.inks == (0.0, 0.0, 0.0, 1.0) and paint.size < SMALL and not paint.over:
            yield "small black type does not overprint", _place(page, paint)


def white_overprint(sheets: Sheets) -> Found:
    for page in sheets.pages:
        for paint in page.inside:
            inks = paint.colour.inks
            if paint.over and inks and max(inks) < TRACE and paint.kind not in ("image", "mask"):
                yield f"{_what(paint)} in white overprints", _place(page, paint)


def type_coloured(sheets: Sheets) -> Found:
    least = sheets.preset.least_coloured_type
    for page, paint in _type(sheets):
        inks = paint.colour.inks
        if inks is None or paint.size >= least - EDGE:
            continue
        several = sum(one > TRACE for one in inks) > 1
        if several and not (inks[3] >= DARK):
            yield (
                f"type of {paint.size:.1f} pt in several inks, below {least:g} pt",
                _place(page, paint),
            )
        elif max(inks) < TRACE:
            yield f"reversed type of {paint.size:.1f} pt, below {least:g} pt", _place(page, paint)


def hairline(sheets: Sheets) -> Found:
    least = sheets.preset.least_line
    for page in sheets.pages:
        for paint in page.inside:
            seen = paint.colour.inks is None or max(paint.colour.inks) > TRACE
            thin = paint.size < least - EDGE and seen
            if (paint.kind == "stroke" and thin) or (
                paint.kind == "fill" and thin and max(size(paint.box)) > 3
            ):
                yield f"a line of {paint.size:.2f} pt, below {least:g} pt", _place(page, paint)


def transparency_space(sheets: Sheets) -> Found:
    for page in sheets.pages:
        if space := _blended(page.obj.get("/Group")):
            yield f"the page is blended in {space}", _place(page)
    for place, stream in sheets.streams:
        if stream.get("/Subtype") == "/Form" and (space := _blended(stream.get("/Group"))):
            yield f"a group is blended in {space}", place


def _blended(group: Any) -> str:
    """Return the space that a group blends in, if it is not that of inks or of greys."""
    space = group.get("/CS") if isinstance(group, pikepdf.Dictionary) else None
    if space is None or str(space) in ("/DeviceCMYK", "/DeviceGray"):
        return ""
    if isinstance(space, pikepdf.Array) and str(space[0]) == "/ICCBased":
        return "" if int(space[1].get("/N", 0)) in (1, 4) else "an RGB profile"
    return str(space)[1:] if isinstance(space, pikepdf.Name) else str(space[0])[1:]


def ink(sheets: Sheets) -> Found:
    """Ink is measured on plates; outside the bleed printer's marks have all of it."""
    limit = sheets.preset.ink
    for page in sheets.pages:
        width, height = size(page.boxes.get("MediaBox", page.trim))
        if width * height > LARGEST:
            yield "the page is too large for its ink to be measured", _place(page)
            return
    try:
        with separations(sheets.file) as pictures:
            if pictures and len(pictures) < len(sheets.pages):
                yield f"Ghostscript renders {len(pictures)} of {len(sheets.pages)} pages", ""
            for page, picture in zip(sheets.pages, pictures, strict=False):
                plate = _upright(plates(picture), page)
                spots, most, where = over(inks_of(plate), limit + 1)
                if spots > LITTLE and where:
                    left = round(page.bleed[0] - page.trim[0] + where[0])
                    top = round(page.trim[3] - page.bleed[3] + where[1])
                    of = _pictures_in(sheets, page, where)
                    yield (
                        f"up to {most} % of ink on {spots * (25.4 / 72) ** 2:.0f} mm²{of}, "
                        f"more than {limit:g} %",
                        f"{_place(page)}, {left} pt from the left, {top} pt from the head",
                    )
    except subprocess.TimeoutExpired:
        yield "Ghostscript takes too long to render it: its ink is not measured", ""
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        yield f"Ghostscript cannot render it: {said[-1] if said else 'it does not say why'}", ""


def _pictures_in(sheets: Sheets, page: Page, where: tuple[int, int, int, int]) -> str:
    """Return the names of the pictures that lie where there is too much ink."""
    left, top = page.bleed[0], page.bleed[3]
    spot = left + where[0], top - where[3], left + where[2], top - where[1]
    names = [
        sheets.named[paint.name]
        for paint in page.inside
        if paint.kind == "image" and paint.name in sheets.named and meets(paint.box, spot)
    ]
    return f" in {', '.join(dict.fromkeys(names))}" if names else ""


def _upright(plate: Image.Image, page: Page) -> Image.Image:
    """Return the plates of a page's bleed, upright, a spot for a point."""
    shown = page.boxes.get("CropBox", page.boxes["MediaBox"])
    turned = int(page.obj.get("/Rotate", 0)) % 360
    if turned:
        plate = plate.rotate(turned, expand=True)
    width, height = (max(1, round(side)) for side in size(shown))
    if abs(plate.width - width) > 1 or abs(plate.height - height) > 1:
        plate = plate.resize((width, height), Image.Resampling.NEAREST)
    left, bottom, right, top = page.bleed
    return plate.crop(
        (round(left - shown[0]), round(shown[3] - top), round(right - shown[0]),
         round(shown[3] - bottom))
    )  # fmt: skip


# --- Pictures ------------------------------------------------------------------------------------


def picture_coarse(sheets: Sheets) -> Found:
    least = sheets.preset.least_resolution
    for page in sheets.pages:
        for paint in page.inside:
            if paint.kind == "image" and paint.size < least - 1:
                what = sheets.named.get(paint.name, "a picture")
                yield f"{what} of {paint.size:.0f} ppi, below {least:g}", _place(page, paint)


def picture_fine(sheets: Sheets) -> Found:
    most = 1.5 * sheets.preset.resolution
    for page in sheets.pages:
        for paint in page.inside:
            if paint.kind == "image" and paint.size > most:
                yield f"a picture of {paint.size:.0f} ppi", _place(page, paint)


# --- On the page, but not printed ----------------------------------------------------------------


def notes(sheets: Sheets) -> Found:
    for page in sheets.pages:
        for note in page.obj.get("/Annots", []):
            if not isinstance(note, pikepdf.Dictionary):
                continue
            kind = str(note.get("/Subtype", "/?"))[1:]
            box = tuple(float(one) for one in note.get("/Rect", [0, 0, 0, 0]))
            if kind not in ("TrapNet", "PrinterMark") and meets(box, page.bleed):  # type: ignore[arg-type]
                yield f"an annotation ({kind})", _place(page)


# --- Words ---------------------------------------------------------------------------------------


def _type(sheets: Sheets) -> Iterator[tuple[Page, Paint]]:
    for page in sheets.pages:
        for paint in page.inside:
            if paint.kind == "text":
                yield page, paint


def _what(paint: Paint) -> str:
    return {"image": "a picture", "fill": "an area", "stroke": "a line", "mask": "a soft mask"}.get(
        paint.kind, paint.kind
    )


def _place(page: Page, paint: Paint | None = None) -> str:
    """Return where something is, for people: its page, and how far from the trim's corner."""
    if paint is None:
        return f"page {page.number}"
    left = round(paint.box[0] - page.trim[0])
    top = round(page.trim[3] - paint.box[3])
    return f"page {page.number}, {left} pt from the left, {top} pt from the head"
