"""Faults that hide, planted in the file from nothing, with all the codes that must be found."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from drawn import form, pattern, shading, srgb, tile, word
from pikepdf import Array, Dictionary, Name, Pdf
from plants import Plant, paint, picture, show, state

HIDDEN: dict[str, tuple[Plant, frozenset[str], str]] = {}
"""By name: the fault, the codes, and the press."""
RGB = "preflight-colour-rgb"


def hidden(*codes: str, preset: str = "coated") -> Callable[[Plant], Plant]:
    def named(function: Plant) -> Plant:
        HIDDEN[function.__name__] = function, frozenset(codes), preset
        return function

    return named


# --- RGB where it is not seen at first -----------------------------------------------------------


@hidden(RGB)
def rgb_in_a_pattern_s_tile(pdf: Pdf) -> None:
    pattern(pdf, tile(pdf, b"1 0 0 rg 0 0 8 8 re f"))


@hidden(RGB)
def rgb_in_a_pattern_s_shading(pdf: Pdf) -> None:
    pattern(pdf, Dictionary(PatternType=2, Shading=shading(Name.DeviceRGB, [1, 0, 0], [0, 0, 1])))


@hidden(RGB)
def rgb_shading_painted_outright(pdf: Pdf) -> None:
    things = Dictionary({"/Planted": shading(Name.DeviceRGB, [1, 0, 0], [0, 0, 1])})
    paint(pdf, "100 100 50 50 re W n /Planted sh", Shading=things)


@hidden(RGB, "preflight-transparency-space")  # the mask's group blends in RGB, too
def rgb_in_a_soft_mask(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    mask = form(pdf, b"1 0 0 rg 0 0 400 500 re f", Group=group)
    values = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=mask)
    state(pdf, "0 .5 0 0 k 100 100 50 50 re f", SMask=values)


@hidden(RGB, "preflight-font-type3")  # glyphs with a colour of their own are Type 3 always
def rgb_in_a_glyph(pdf: Pdf) -> None:
    box = pdf.make_stream(b"500 0\nd0\n1 0 0 rg 0 0 500 500 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(A=box),
        Encoding=Dictionary(Differences=Array([65, Name.A])), FirstChar=65, LastChar=65,
        Widths=Array([500]),
    )  # fmt: skip
    things = Dictionary({"/Planted": pdf.make_indirect(font)})
    paint(pdf, "0 0 0 1 k /over gs BT /Planted 14 Tf 60 60 Td (A) Tj ET", Font=things)


@hidden(RGB)
def rgb_line_in_a_clip(pdf: Pdf) -> None:
    paint(pdf, "50 50 200 200 re W n 1 0 0 RG 1 w 60 60 m 200 60 l S")


@hidden(RGB)
def rgb_in_a_form_in_a_form(pdf: Pdf) -> None:
    inner = form(pdf, b"1 0 0 rg 100 100 50 50 re f")
    things = Dictionary(XObject=Dictionary({"/Inner": inner}))
    show(pdf, form(pdf, b"/Inner Do", Resources=things), "1 0 0 1 0 0")


@hidden(RGB)
def rgb_palette(pdf: Pdf) -> None:
    indexed = picture(pdf, 300, Name.DeviceGray)
    indexed.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"])  # type: ignore[attr-defined]
    show(pdf, indexed)


@hidden(RGB)
def rgb_in_the_resources_of_all_pages(pdf: Pdf) -> None:
    show(pdf, picture(pdf, 300, Name.DeviceRGB))
    resources = pdf.pages[0].obj.Resources
    for page in pdf.pages:
        del page.obj["/Resources"]
    pdf.Root.Pages.Resources = resources


@hidden(RGB)
def rgb_picture_in_the_page_itself(pdf: Pdf) -> None:
    data = "00" * 3 * 25 * 25
    content = f"q 7.2 0 0 7.2 90 90 cm BI /W 25 /H 25 /CS /RGB /BPC 8 /F /AHx ID {data}> EI Q"
    paint(pdf, content)


@hidden("preflight-colour-managed")
def picture_with_a_profile(pdf: Pdf) -> None:
    show(pdf, picture(pdf, 300, srgb(pdf)))  # type: ignore[arg-type]


# --- Blending ------------------------------------------------------------------------------------


@hidden("preflight-transparency-space")
def form_blended_in_rgb(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    show(pdf, form(pdf, b"0 .2 0 0 k 0 0 1 1 re f", Group=group))


@hidden("preflight-transparency-space")
def page_blended_in_rgb_with_a_profile(pdf: Pdf) -> None:
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=srgb(pdf))


# --- Lines ---------------------------------------------------------------------------------------


@hidden("preflight-hairline")
def hairlines_filled_two_at_once(pdf: Pdf) -> None:
    paint(pdf, "0 0 0 1 k 60 60 100 .1 re 60 100 100 .1 re f")


@hidden("preflight-hairline")
def hairline_round_a_hole(pdf: Pdf) -> None:
    paint(pdf, "0 0 0 1 k 60 60 100 80 re 60.1 60.1 99.8 79.8 re f*")


@hidden("preflight-hairline")
def hairline_squashed(pdf: Pdf) -> None:
    paint(pdf, "100 0 0 .1 60 60 cm 0 0 0 1 K 1 w 0 0 m 1 0 l S")


@hidden("preflight-hairline")
def hairline_in_a_clip(pdf: Pdf) -> None:
    paint(pdf, "50 50 200 200 re W n 0 0 0 1 K .1 w 60 60 m 200 60 l S")


@hidden("preflight-hairline")
def hairline_in_a_form(pdf: Pdf) -> None:
    show(pdf, form(pdf, b"0 0 0 1 K .1 w 60 60 m 60 200 l S"), "1 0 0 1 0 0")


@hidden("preflight-hairline")
def hairline_by_a_graphics_state(pdf: Pdf) -> None:
    state(pdf, "0 0 0 1 K 60 60 m 200 60 l S", LW=0.1)


@hidden("preflight-hairline")
def thinnest_line_of_all(pdf: Pdf) -> None:
    paint(pdf, "0 0 0 1 K 0 w 60 60 m 200 60 l S")


# --- Inks ----------------------------------------------------------------------------------------


@hidden("preflight-ink")
def ink_of_a_picture(pdf: Pdf) -> None:
    dark = picture(pdf, 300)
    dark.write(zlib.compress(bytes([240]) * 360_000), filter=Name.FlateDecode)  # type: ignore[attr-defined]
    show(pdf, dark)


@hidden("preflight-ink")
def ink_by_overprinting(pdf: Pdf) -> None:
    two = "1 1 0 0 k 60 60 50 50 re f 0 0 1 1 k 60 60 50 50 re f"
    state(pdf, two, OP=True, op=True, OPM=1)


@hidden("preflight-ink")
def ink_by_multiplying(pdf: Pdf) -> None:
    state(pdf, "1 1 0 0 k 60 60 50 50 re f 0 0 1 1 k 60 60 50 50 re f", BM=Name.Multiply)


@hidden("preflight-ink", preset="newsprint")
def ink_that_only_newsprint_minds(pdf: Pdf) -> None:
    paint(pdf, ".7 .7 .7 .5 k 60 60 50 50 re f")


@hidden("preflight-black-knocks-out")
def grey_overprints_in_vain(pdf: Pdf) -> None:
    """DeviceGray paints all plates, whatever OPM says (ISO 32000-1, 8.6.7 and table 148)."""
    state(pdf, word("0 g"), OP=True, op=True, OPM=1)


# --- The file ------------------------------------------------------------------------------------


@hidden("preflight-version")
def version_of_the_catalogue(pdf: Pdf) -> None:
    pdf.Root.Version = Name("/2.0")


@hidden("preflight-page-turned")
def all_pages_turned(pdf: Pdf) -> None:
    pdf.Root.Pages.Rotate = 90


@hidden("preflight-crop-box")
def all_pages_cropped(pdf: Pdf) -> None:
    pdf.Root.Pages.CropBox = Array([50, 50, 200, 200])


@hidden("preflight-actions")
def bookmark_that_acts(pdf: Pdf) -> None:
    pdf.Root.Outlines = pdf.make_indirect(Dictionary())
    mark = Dictionary(Title="here", A=Dictionary(S=Name.URI, URI="https://example.org"))
    mark = pdf.make_indirect(mark)
    mark.Parent, pdf.Root.Outlines.First, pdf.Root.Outlines.Last = pdf.Root.Outlines, mark, mark


@hidden("preflight-actions")
def link_outside_the_bleed(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://example.org")
    note = Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 3, 3]), A=action)
    pdf.pages[0].obj.Annots = Array([note])


@hidden("preflight-external")
def form_of_another_file(pdf: Pdf) -> None:
    show(pdf, form(pdf, b"", Ref=Dictionary(F="other.pdf", Page=0)))


@hidden("preflight-layers")
def layers_off_from_the_start(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
    values = Dictionary(Name="usual", Order=Array([layer]), BaseState=Name.OFF)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=values)


@hidden("preflight-layers")
def layers_that_change_in_another_configuration(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
    event = Dictionary(Event=Name.Print, OCGs=Array([layer]), Category=Array([Name.Print]))
    other = Dictionary(Name="other", Order=Array([layer]), AS=Array([event]))
    values = Dictionary(Name="usual", Order=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=values, Configs=Array([other]))


@hidden("preflight-halftone")
def halftone_s_origin(pdf: Pdf) -> None:
    state(pdf, "", HTP=Array([0, 0]))


@hidden("preflight-page-blank")
def page_painted_white(pdf: Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(b"0 0 0 0 k 0 0 400 500 re f")


@hidden("preflight-xmp-missing")
def metadata_cut_off(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta><rdf")


@hidden("preflight-intent-profile")
def profile_of_junk(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"junk", N=4)
