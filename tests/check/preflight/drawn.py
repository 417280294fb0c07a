"""Things to plant in a page: forms, tiles, shadings, colour spaces, words."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import ImageCms
from plants import paint
from scratch import letters


def form(pdf: Pdf, content: bytes, **values: object) -> Object:
    values.setdefault("BBox", Array([0, 0, 400, 500]))
    stream = pdf.make_stream(content)
    for key, value in {"Type": Name.XObject, "Subtype": Name.Form, **values}.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def tile(pdf: Pdf, content: bytes) -> Object:
    return form(
        pdf, content, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=10,
        YStep=10, BBox=Array([0, 0, 10, 10]), Resources=Dictionary(),
    )  # fmt: skip


def shading(space: Name, first: list[float], last: list[float]) -> Dictionary:
    function = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array(first), C1=Array(last), N=1
    )
    return Dictionary(
        ShadingType=2, ColorSpace=space, Coords=Array([100, 100, 200, 100]), Function=function
    )


def pattern(pdf: Pdf, thing: object) -> None:
    patterns = Dictionary({"/Planted": thing})
    paint(pdf, "/Pattern cs /Planted scn 100 100 50 50 re f", Pattern=patterns)


def separation(pdf: Pdf, name: str, inks: list[float]) -> Object:
    function = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array(inks), N=1
    )
    space = Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, function])
    return pdf.make_indirect(space)


def srgb(pdf: Pdf) -> Array:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return Array([Name.ICCBased, pdf.make_stream(profile, N=3)])


def word(colour: str, size: float = 9) -> str:
    return f"{colour} BT /F {size} Tf 60 60 Td <{letters()[2]}> Tj ET"
