"""A small clean PDF/X-4 made from nothing: two pages of type, a rule, a tint and a picture."""

from __future__ import annotations

import io
import zlib
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf

from publish.fonts.reading import read_catalogue
from publish.fonts.subset import subset_face
from publish.resources import resource

WIDTH, HEIGHT, BLEED, MARKS = 300, 420, 8.6, 20
"""pt: the page as cut, its bleed, and the sheet round it."""
TEXT = "一份报纸"
DATE = "20260120080000+08'00'"
XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmp:CreateDate="2026-01-20T08:00:00+08:00" xmp:ModifyDate="2026-01-20T08:00:00+08:00"
 xmp:MetadataDate="2026-01-20T08:00:00+08:00" xmp:CreatorTool="by hand" pdf:Producer="by hand"
 pdf:Trapped="False" pdfxid:GTS_PDFXVersion="PDF/X-4" xmpMM:VersionID="1"
 xmpMM:RenditionClass="default" xmpMM:DocumentID="uuid:5b1e0c64-0000-4000-8000-000000000001">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TEXT}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def letters() -> tuple[str, bytes, str]:
    """Return a font's PostScript name, an OpenType subset of it, and the text in its codes."""
    face = next(iter(read_catalogue(Path()).chains.values()))[0].face(400)
    content = subset_face(face, TEXT)
    font = TTFont(io.BytesIO(content))
    codes = "".join(f"{font.getGlyphID(font.getBestCmap()[ord(one)]):04x}" for one in TEXT)
    if "CFF " in font and hasattr(font["CFF "].cff[0], "ROS"):  # codes are CIDs there
        charset = font["CFF "].cff[0].charset
        names = [charset[int(codes[at : at + 4], 16)] for at in range(0, len(codes), 4)]
        codes = "".join(f"{int(name[3:]):04x}" for name in names)
    return font["name"].getDebugName(6).replace(" ", ""), content, codes


def make(path: Path, pages: int = 2) -> Path:
    """Write the clean file."""
    pdf = Pdf.new()
    resources = pdf.make_indirect(
        Dictionary(
            Font=Dictionary(F=_font(pdf)),
            ExtGState=Dictionary(over=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)),
            XObject=Dictionary(P=_picture(pdf)),
        )
    )
    for _ in range(pages):
        _page(pdf, resources)
    _intent(pdf)
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.docinfo["/Title"] = TEXT
    for key in ("/CreationDate", "/ModDate"):
        pdf.docinfo[key] = f"D:{DATE}"
    for key in ("/Creator", "/Producer"):
        pdf.docinfo[key] = "by hand"
    pdf.docinfo["/Trapped"] = Name("/False")
    pdf.save(path, force_version="1.6", deterministic_id=True)
    return path


def _page(pdf: Pdf, resources: pikepdf.Object) -> None:
    page = pdf.add_blank_page(page_size=(WIDTH + 2 * MARKS, HEIGHT + 2 * MARKS))
    low, right, top = MARKS, MARKS + WIDTH, MARKS + HEIGHT
    page.trimbox = Array([low, low, right, top])
    page.bleedbox = Array([low - BLEED, low - BLEED, right + BLEED, top + BLEED])
    page.obj.Resources = resources
    page.obj.Contents = pdf.make_stream(
        f"q 1 0 0 1 {MARKS} {MARKS} cm /over gs "
        f"0 .1 .1 0 k {-BLEED} 330 {WIDTH + 2 * BLEED} {HEIGHT - 330 + BLEED} re f "
        f"0 0 0 1 k BT /F 10 Tf 40 300 Td <{letters()[2]}> Tj ET "
        f"0 0 0 1 K .5 w 40 280 m 260 280 l S "
        f"q 72 0 0 72 40 180 cm /P Do Q Q".encode()
    )


def _font(pdf: Pdf) -> pikepdf.Object:
    name, content, _ = letters()
    name = f"ABCDEF+{name}"
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=4, ItalicAngle=0,
        FontBBox=Array([0, -120, 1000, 880]), Ascent=880, Descent=-120, CapHeight=733, StemV=80,
        FontFile3=pdf.make_stream(content, Subtype=Name.OpenType),
    )  # fmt: skip
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name(f"/{name}"), DW=1000,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(described),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{name}"),
            Encoding=Name("/Identity-H"), DescendantFonts=Array([pdf.make_indirect(below)]),
        )
    )  # fmt: skip


def _picture(pdf: Pdf) -> pikepdf.Object:
    pixels = 300
    stream = pdf.make_stream(zlib.compress(bytes([90]) * pixels * pixels * 4))
    stream.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=pixels, Height=pixels, BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK, Filter=Name.FlateDecode,
    )  # fmt: skip
    return stream


def _intent(pdf: Pdf) -> None:
    profile = pdf.make_stream(resource("profiles", "coated.icc").read_bytes(), N=4)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39",
                RegistryName="http://www.color.org", Info="coated", DestOutputProfile=profile,
            )
        ]
    )  # fmt: skip
