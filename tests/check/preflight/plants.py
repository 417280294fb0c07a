"""Faults planted in a clean PDF/X-4, one in each copy, with pikepdf."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import ImageCms

Plant = Callable[[Pdf], None]
PLANTS: dict[str, tuple[Plant, frozenset[str]]] = {}
"""By the code of the rule that must catch it: the fault, and what other rules find in it too."""


def plant(code: str, *others: str) -> Callable[[Plant], Plant]:
    """Name the rule that catches a fault, and those that find it too."""

    def named(function: Plant) -> Plant:
        PLANTS[code] = function, frozenset(others)
        return function

    return named


def paint(pdf: Pdf, content: str, **resources: Dictionary) -> None:
    """Paint more on the first page; the trim's lower left is at (20, 20)."""
    page = pdf.pages[0]
    for kind, things in resources.items():
        for name, thing in things.items():
            page.add_resource(thing, Name(f"/{kind}"), Name(name))
    page.contents_add(pdf.make_stream(f"q {content} Q".encode()))


def font_of(pdf: Pdf) -> str:
    return next(iter(sorted(pdf.pages[0].obj.Resources.Font.keys())))


def glyph(pdf: Pdf, size: float, colour: str, at: tuple[float, float] = (60, 60)) -> str:
    return f"{colour} BT {font_of(pdf)} {size} Tf 1 0 0 1 {at[0]} {at[1]} Tm <0001> Tj ET"


def picture(pdf: Pdf, pixels: int = 300, space: Name = Name.DeviceCMYK, **more: object) -> object:
    bands = {"/DeviceCMYK": 4, "/DeviceGray": 1}.get(str(space), 3)
    stream = pdf.make_stream(zlib.compress(bytes([90]) * pixels * pixels * bands))
    stream.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=pixels, Height=pixels, ColorSpace=space,
        BitsPerComponent=8, Filter=Name.FlateDecode, **more,
    )  # fmt: skip
    return stream


def show(pdf: Pdf, thing: object, place: str = "72 0 0 72 60 60") -> None:
    paint(pdf, f"{place} cm /Planted Do", XObject=Dictionary({"/Planted": thing}))


def state(pdf: Pdf, painting: str, **values: object) -> None:
    paint(pdf, f"/Planted gs {painting}", ExtGState=Dictionary({"/Planted": Dictionary(**values)}))


def set_xmp(pdf: Pdf, name: str, value: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata[name] = value


# --- The file -------------------------------------------------------------------------------------


@plant("preflight-xmp-missing")
def _(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@plant("preflight-pdfx-version")
def _(pdf: Pdf) -> None:
    set_xmp(pdf, "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion", "PDF/X-1a:2003")


@plant("preflight-metadata-differ")
def _(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "别的题目"


@plant("preflight-title-missing")
def _(pdf: Pdf) -> None:
    del pdf.docinfo["/Title"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["dc:title"]


@plant("preflight-trapped", "preflight-metadata-differ")  # the XMP still says False
def _(pdf: Pdf) -> None:
    pdf.docinfo["/Trapped"] = Name.Unknown


@plant("preflight-actions")
def _(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


@plant("preflight-attachments")
def _(pdf: Pdf) -> None:
    pdf.attachments["note.txt"] = b"a note"


@plant("preflight-external")
def _(pdf: Pdf) -> None:
    pdf.Root.Planted = pdf.make_stream(b"", F="elsewhere.bin")


@plant("preflight-layers")
def _(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


@plant("preflight-unreadable")
def _(pdf: Pdf) -> None:
    paint(pdf, "(thin) w")


@plant("preflight-forms")
def _(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="name"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


# --- The printing condition -----------------------------------------------------------------------


@plant("preflight-intent-missing")
def _(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@plant("preflight-intent-several")
def _(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


@plant("preflight-intent-profile")
def _(pdf: Pdf) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(profile.tobytes(), N=3)


@plant("preflight-intent-name")
def _(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


# --- Boxes ----------------------------------------------------------------------------------------


@plant("preflight-trim-missing", "preflight-page-sizes")  # the sheet then counts as the page
def _(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/TrimBox"]


@plant("preflight-boxes-nested", "preflight-bleed-none")  # and what is left of it is no bleed
def _(pdf: Pdf) -> None:
    left, bottom, right, top = (float(one) for one in pdf.pages[0].trimbox)
    pdf.pages[0].bleedbox = Array([left + 5, bottom - 8.6, right + 8.6, top + 8.6])


@plant("preflight-art-box")
def _(pdf: Pdf) -> None:
    pdf.pages[0].obj.ArtBox = pdf.pages[0].obj.TrimBox


@plant("preflight-crop-box")
def _(pdf: Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([50, 50, 400, 400])


@plant("preflight-page-sizes")
def _(pdf: Pdf) -> None:
    left, bottom, right, top = (float(one) for one in pdf.pages[0].trimbox)
    pdf.pages[0].trimbox = Array([left, bottom, right - 2, top])


@plant("preflight-page-turned")
def _(pdf: Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


@plant("preflight-page-scaled")
def _(pdf: Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 2


@plant("preflight-page-blank")
def _(pdf: Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(b"")


@plant("preflight-bleed-missing")
def _(pdf: Pdf) -> None:
    paint(pdf, "/DeviceCMYK cs 0 .2 .2 0 scn 20 250 100 50 re f")


@plant("preflight-bleed-none")
def _(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.bleedbox = page.trimbox


@plant("preflight-type-near-trim")
def _(pdf: Pdf) -> None:
    paint(pdf, glyph(pdf, 9, "0 0 0 1 k", (22, 300)).replace("BT", "/over gs BT"))


# --- Fonts ----------------------------------------------------------------------------------------


@plant("preflight-font-not-embedded")
def _(pdf: Pdf) -> None:
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    things = Dictionary({"/Planted": pdf.make_indirect(helvetica)})
    paint(pdf, "0 0 0 1 k /over gs BT /Planted 14 Tf 60 60 Td (A) Tj ET", Font=things)


@plant("preflight-font-whole")
def _(pdf: Pdf) -> None:
    font = pdf.pages[0].obj.Resources.Font[font_of(pdf)]
    font.BaseFont = Name("/" + str(font.BaseFont).partition("+")[2])


@plant("preflight-font-type3")
def _(pdf: Pdf) -> None:
    box = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(A=box),
        Encoding=Dictionary(Differences=Array([65, Name.A])), FirstChar=65, LastChar=65,
        Widths=Array([500]),
    )  # fmt: skip
    things = Dictionary({"/Planted": pdf.make_indirect(font)})
    paint(pdf, "0 0 0 1 k /over gs BT /Planted 14 Tf 60 60 Td (A) Tj ET", Font=things)


# --- Colours and inks -----------------------------------------------------------------------------


@plant("preflight-colour-rgb")
def _(pdf: Pdf) -> None:
    paint(pdf, "1 0 0 rg 60 60 50 50 re f")


@plant("preflight-colour-managed")
def _(pdf: Pdf) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    space = Array([Name.ICCBased, pdf.make_stream(profile.tobytes(), N=3)])
    spaces = Dictionary({"/Planted": pdf.make_indirect(space)})
    paint(pdf, "/Planted cs 1 0 0 scn 60 60 50 50 re f", ColorSpace=spaces)


@plant("preflight-colour-spot")
def _(pdf: Pdf) -> None:
    function = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([0, 1, 1, 0]), N=1
    )
    space = Array([Name.Separation, Name("/PANTONE 185 C"), Name.DeviceCMYK, function])
    spaces = Dictionary({"/Planted": pdf.make_indirect(space)})
    paint(pdf, "/Planted cs 1 scn 60 60 50 50 re f", ColorSpace=spaces)


@plant("preflight-ink")
def _(pdf: Pdf) -> None:
    paint(pdf, "1 .9 .9 .9 k 60 60 50 50 re f")


@plant("preflight-black-in-four")
def _(pdf: Pdf) -> None:
    paint(pdf, glyph(pdf, 9, ".6 .5 .5 1 k"))


@plant("preflight-black-knocks-out")
def _(pdf: Pdf) -> None:
    state(pdf, glyph(pdf, 9, "0 0 0 1 k"), OP=False, op=False)


@plant("preflight-white-overprint")
def _(pdf: Pdf) -> None:
    state(pdf, "0 0 0 0 k 60 60 50 50 re f", OP=True, op=True, OPM=1)


@plant("preflight-type-coloured")
def _(pdf: Pdf) -> None:
    paint(pdf, glyph(pdf, 5, "0 1 1 0 k"))


@plant("preflight-hairline")
def _(pdf: Pdf) -> None:
    paint(pdf, "0 0 0 1 K .1 w 60 60 m 200 60 l S")


@plant("preflight-transparency-space")
def _(pdf: Pdf) -> None:
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    pdf.pages[0].obj.Group = group


@plant("preflight-transfer")
def _(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
    state(pdf, "", TR=function)


@plant("preflight-halftone")
def _(pdf: Pdf) -> None:
    screen = Dictionary(
        Type=Name.Halftone, HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round
    )
    state(pdf, "", HT=screen)


# --- Pictures -------------------------------------------------------------------------------------


@plant("preflight-picture-coarse")
def _(pdf: Pdf) -> None:
    show(pdf, picture(pdf, 60))


@plant("preflight-picture-fine")
def _(pdf: Pdf) -> None:
    show(pdf, picture(pdf, 900))


@plant("preflight-alternates")
def _(pdf: Pdf) -> None:
    other = picture(pdf, 300)
    one = Dictionary(Image=other, DefaultForPrinting=True)
    show(pdf, picture(pdf, 300, Alternates=Array([one])))


@plant("preflight-opi")
def _(pdf: Pdf) -> None:
    proxy = Dictionary({"/2.0": Dictionary(Type=Name.OPI, Version=2.0, F="full.tif")})
    show(pdf, picture(pdf, 300, OPI=proxy))


@plant("preflight-postscript")
def _(pdf: Pdf) -> None:
    script = pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].add_resource(script, Name.XObject, Name.Planted)


@plant("preflight-lzw")
def _(pdf: Pdf) -> None:
    nothing = pdf.make_stream(b"")
    nothing.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)
    pdf.Root.Planted = pdf.make_indirect(nothing)


# --- Not printed ----------------------------------------------------------------------------------


@plant("preflight-annotations", "preflight-actions")  # it leads somewhere
def _(pdf: Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 60, 90, 90]),
        A=Dictionary(S=Name.URI, URI="https://example.org"),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


# --- Whole files ----------------------------------------------------------------------------------


def without_identifier(clean: Path, planted: Path) -> None:
    content = clean.read_bytes()
    at = content.rfind(b"/ID")
    planted.write_bytes(content[:at] + b"/IE" + content[at + 3 :])


def encrypted(pdf: Pdf, path: Path) -> None:
    pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="", R=4))


def later(pdf: Pdf, path: Path) -> None:
    pdf.save(path, force_version="2.0")
