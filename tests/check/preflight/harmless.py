"""What looks like a fault and is none, and files that are not as they should be.

``HARMLESS`` must find nothing; ``BROKEN`` must end with findings, not with an error or a clean
bill.
"""

from __future__ import annotations

import zlib

from drawn import form, pattern, separation, shading, tile, word
from pikepdf import Array, Dictionary, Name, Pdf
from plants import Plant, paint, picture, show, state

HARMLESS: dict[str, Plant] = {}
BROKEN: dict[str, Plant] = {}


def harmless(function: Plant) -> Plant:
    HARMLESS[function.__name__] = function
    return function


def broken(function: Plant) -> Plant:
    BROKEN[function.__name__] = function
    return function


# --- None of these is a fault --------------------------------------------------------------------


@harmless
def gradient_of_inks(pdf: Pdf) -> None:
    values = shading(Name.DeviceCMYK, [0, 0.2, 0.1, 0], [0, 0, 0.2, 0])
    pattern(pdf, Dictionary(PatternType=2, Shading=values))


@harmless
def tile_of_inks(pdf: Pdf) -> None:
    pattern(pdf, tile(pdf, b"0 .3 0 0 k 0 0 8 8 re f"))


@harmless
def page_blended_in_inks(pdf: Pdf) -> None:
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


@harmless
def grey_soft_mask(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = form(pdf, b"1 g 100 100 50 50 re f", Group=group)
    values = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=mask)
    state(pdf, "0 .5 0 0 k 100 100 50 50 re f", SMask=values)


@harmless
def small_type_in_a_soft_mask(pdf: Pdf) -> None:
    """What is drawn in a mask is never printed: neither small white type nor a hairline."""
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = form(
        pdf, f"{word('1 g', 4)} 1 G .1 w 60 60 m 200 60 l S".encode(), Group=group,
        Resources=pdf.pages[0].obj.Resources,
    )  # fmt: skip
    values = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=mask)
    state(pdf, "0 .5 0 0 k 50 50 200 50 re f", SMask=values)


@harmless
def area_cut_away_by_a_clip(pdf: Pdf) -> None:
    paint(pdf, "60 60 50 50 re W n 0 .1 0 0 k 60 110 50 50 re f 60 109.95 50 50 re f")


@harmless
def hole_that_is_flat(pdf: Pdf) -> None:
    """Such is a border of one side by WeasyPrint."""
    paint(pdf, "60 60 80 3.2 re W n 0 1 .9 .2 k 60 60 80 0 re 60 60 80 3.2 re f*")


@harmless
def frame_thick_enough(pdf: Pdf) -> None:
    paint(pdf, "0 0 0 1 k 60 60 100 80 re 61 61 98 78 re f*")


@harmless
def form_cut_by_its_box(pdf: Pdf) -> None:
    inside = form(pdf, b"0 .2 0 0 k -100 -100 400 700 re f", BBox=Array([50, 50, 90, 90]))
    show(pdf, inside, "1 0 0 1 0 0")


@harmless
def overprint_said_in_two_states(pdf: Pdf) -> None:
    states = Dictionary({"/First": Dictionary(OPM=1), "/Then": Dictionary(OP=True, op=True)})
    paint(pdf, f"/First gs /Then gs {word('0 0 0 1 k')}", ExtGState=states)


@harmless
def black_by_its_name(pdf: Pdf) -> None:
    spaces = Dictionary({"/Planted": separation(pdf, "Black", [0, 0, 0, 1])})
    paint(pdf, "/Planted cs 1 scn 60 60 50 50 re f", ColorSpace=spaces)


@harmless
def stencil(pdf: Pdf) -> None:
    mask = picture(pdf, 300, Name.DeviceGray)
    del mask.ColorSpace  # type: ignore[attr-defined]
    mask.ImageMask, mask.BitsPerComponent = True, 1  # type: ignore[attr-defined]
    mask.write(zlib.compress(bytes(38 * 300)), filter=Name.FlateDecode)  # type: ignore[attr-defined]
    show(pdf, mask)


@harmless
def layers_all_shown(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
    values = Dictionary(Name="usual", Order=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=values)


@harmless
def bookmark_that_leads(pdf: Pdf) -> None:
    pdf.Root.Outlines = pdf.make_indirect(Dictionary())
    mark = Dictionary(Title="here", Dest=Array([pdf.pages[1].obj, Name.Fit]))
    mark = pdf.make_indirect(mark)
    mark.Parent, pdf.Root.Outlines.First, pdf.Root.Outlines.Last = pdf.Root.Outlines, mark, mark


@harmless
def printer_s_mark(pdf: Pdf) -> None:
    note = Dictionary(Subtype=Name.PrinterMark, Rect=Array([60, 60, 90, 90]))
    pdf.pages[0].obj.Annots = Array([note])


@harmless
def trapped_said_by_the_xmp_alone(pdf: Pdf) -> None:
    del pdf.docinfo["/Trapped"]


@harmless
def a_spot_of_much_ink(pdf: Pdf) -> None:
    paint(pdf, "1 .9 .9 .9 k 60 60 4 4 re f")


@harmless
def invisible_text(pdf: Pdf) -> None:
    paint(pdf, f"3 Tr {word('1 0 0 rg')}")


# --- Files that are not as they should be --------------------------------------------------------


@broken
def operators_without_sense(pdf: Pdf) -> None:
    odd = b"(a) w /x 1 2 cm gs /No gs Do /No Do Tf 1 Tf (s) k [ ] Tj q Q Q Q sh /x sh m 1 l re"
    pdf.pages[0].contents_add(pdf.make_stream(odd))


@broken
def stream_that_does_not_unpack(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.write(b"no flate", filter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = stream


@broken
def form_in_itself_many_times(pdf: Pdf) -> None:
    itself = form(pdf, b"/Planted Do " * 10)
    itself.Resources = Dictionary(XObject=Dictionary({"/Planted": itself}))
    show(pdf, itself)


@broken
def trim_of_names(pdf: Pdf) -> None:
    pdf.pages[0].obj.TrimBox = Array([0, 0, Name.x, 1])


@broken
def intents_that_are_none(pdf: Pdf) -> None:
    pdf.Root.OutputIntents = Array([1, Name.x])


@broken
def annotations_that_are_none(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([1, Dictionary(Rect=Array([1]))])


@broken
def names_that_are_none(pdf: Pdf) -> None:
    pdf.Root.Names = Name.x


@broken
def picture_without_a_width(pdf: Pdf) -> None:
    stream = picture(pdf, 3)
    del stream.Width  # type: ignore[attr-defined]
    show(pdf, stream)


@broken
def font_without_anything_below(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([]))
    things = Dictionary({"/Planted": pdf.make_indirect(font)})
    paint(pdf, "BT /Planted 9 Tf (a) Tj ET", Font=things)


@broken
def turned_by_a_name(pdf: Pdf) -> None:
    pdf.pages[0].obj.Rotate, pdf.pages[1].obj.UserUnit = Name.x, Name.x


@broken
def sheet_of_five_metres(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 14400, 14400])
