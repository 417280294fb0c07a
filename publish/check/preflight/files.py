"""Rules of the whole file: what it is built to, its metadata, fonts and objects."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from publish.check.preflight.sheets import PDFX_VERSION, Sheets

Found = Iterator[tuple[str, str]]

VERSION = 1.6
"""PDF/X-4 is built on PDF 1.6 (ISO 15930-7)."""


def encrypted(sheets: Sheets) -> Found:
    if sheets.pdf.is_encrypted:
        yield "the file is encrypted", ""


def version(sheets: Sheets) -> Found:
    found = max(sheets.pdf.pdf_version, str(sheets.root.get("/Version", "/"))[1:])
    if float(found) > VERSION:
        yield f"it is PDF {found}, later than {VERSION}", ""


def xmp_missing(sheets: Sheets) -> Found:
    if "/Metadata" not in sheets.root:
        yield "there is no XMP metadata", ""
    elif not sheets.has_xmp:
        yield "the metadata is no XMP", ""


def pdfx_version(sheets: Sheets) -> Found:
    if not sheets.has_xmp:
        return
    found = sheets.xmp.get(PDFX_VERSION)
    if found is None:
        yield "the metadata does not say which PDF/X it is", ""
    elif not found.startswith("PDF/X-4"):
        yield f"it says it is {found}, not PDF/X-4", ""


_PAIRS = (
    ("Title", "dc:title"), ("Creator", "xmp:CreatorTool"), ("Producer", "pdf:Producer"),
    ("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate"), ("Trapped", "pdf:Trapped"),
)  # fmt: skip


def metadata_differ(sheets: Sheets) -> Found:
    for key, name in _PAIRS:
        known, said = sheets.info.get(key), sheets.xmp.get(name)
        if known is not None and said is not None and _plain(known) != _plain(said):
            yield f"{key} is “{known}”, in the XMP {name} is “{said}”", ""


def _plain(value: str) -> str:
    """Return a text or date without the marks in which the two ways of writing differ."""
    if value.startswith("D:") or value[4:5] == "-":
        return "".join(one for one in value if one.isdigit())[:14]
    return value.lstrip("/").strip()


def title_missing(sheets: Sheets) -> Found:
    if not sheets.info.get("Title") and not sheets.xmp.get("dc:title"):
        yield "the document has no title", ""


def trapped(sheets: Sheets) -> Found:
    found = sheets.info.get("Trapped", sheets.xmp.get("pdf:Trapped", ""))
    if found.lstrip("/") not in ("True", "False"):
        yield f"whether it is trapped: {found.lstrip('/') or 'not said'}", ""


def identifier(sheets: Sheets) -> Found:
    if "/ID" not in sheets.pdf.trailer:
        yield "the file has no identifier", ""


def own_actions(sheets: Sheets) -> Found:
    """Actions of the document and its pages: what happens without anyone asking for it."""
    for key in ("/OpenAction", "/AA"):
        if key in sheets.root:
            yield f"the document has {key[1:]}", ""
    if "/JavaScript" in sheets.root.get("/Names", {}):
        yield "the document has scripts", ""
    for page in sheets.pdf.pages:
        if "/AA" in page.obj:
            yield "the page has actions", f"page {page.index + 1}"


def actions(sheets: Sheets) -> Found:
    """Actions of any kind: also those of annotations and bookmarks."""
    yield from own_actions(sheets)
    for page in sheets.pdf.pages:
        for note in page.obj.get("/Annots", []):
            if isinstance(note, pikepdf.Dictionary) and ("/A" in note or "/AA" in note):
                yield "an annotation has an action", f"page {page.index + 1}"
    for thing in sheets.pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/Title" in thing and "/A" in thing:
            yield "a bookmark has an action", ""


def attachments(sheets: Sheets) -> Found:
    if "/EmbeddedFiles" in sheets.root.get("/Names", {}):
        yield "files are attached", ""
    for page in sheets.pdf.pages:
        for note in page.obj.get("/Annots", []):
            if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/FileAttachment":
                yield "a file is attached", f"page {page.index + 1}"


def external(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if "/F" in stream:
            yield "a stream lies in another file", place
        elif "/Ref" in stream:
            yield "a form stands for a page of another file", place


def layers(sheets: Sheets) -> Found:
    properties = sheets.root.get("/OCProperties")
    if properties is None:
        return
    usual = properties.get("/D", {})
    if any("/AS" in one for one in (usual, *properties.get("/Configs", []))):
        yield "layers show and hide themselves", ""
    if len(usual.get("/OFF", [])) or usual.get("/BaseState") == "/OFF":
        yield "layers are hidden: are they to be printed?", ""


def forms(sheets: Sheets) -> Found:
    if "/AcroForm" in sheets.root and len(sheets.root.AcroForm.get("/Fields", [])):
        yield "there are form fields", ""


# --- The printing condition ----------------------------------------------------------------------


def intent_missing(sheets: Sheets) -> Found:
    if not sheets.intents:
        yield "no output intent says which printing condition it is made for", ""


def intent_several(sheets: Sheets) -> Found:
    if len(sheets.intents) > 1:
        yield f"{len(sheets.intents)} output intents for PDF/X", ""


def intent_profile(sheets: Sheets) -> Found:
    from PIL import ImageCms

    for intent in sheets.intents[:1]:
        stream = intent.get("/DestOutputProfile")
        if stream is None:
            yield "the output intent has no profile in it", ""
            continue
        try:
            content = stream.read_bytes()
            profile = ImageCms.ImageCmsProfile(io.BytesIO(content)).profile
        except Exception:  # whatever a broken stream or profile may raise
            yield "the output intent's profile is broken", ""
            continue
        space = profile.xcolor_space.strip()
        if space != "CMYK" or profile.device_class != "prtr":
            yield f"the output intent's profile is {space}, class {profile.device_class}", ""
        elif int(stream.get("/N", 0)) != 4:
            yield "the output intent's profile is not said to have four colours", ""


def intent_name(sheets: Sheets) -> Found:
    for intent in sheets.intents[:1]:
        if not str(intent.get("/OutputConditionIdentifier", "")).strip():
            yield "the output intent does not name its condition", ""


# --- Fonts ---------------------------------------------------------------------------------------

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def _fonts(sheets: Sheets) -> Iterator[tuple[str, Any]]:
    for one in sheets.pdf.objects:
        try:
            if one.get("/Type") == "/Font" and one.get("/Subtype") not in (
                "/CIDFontType0", "/CIDFontType2",
            ):  # fmt: skip
                yield str(one.get("/BaseFont", "/without a name"))[1:], one
        except (AttributeError, TypeError, ValueError):
            continue


def _descriptor(font: Any) -> Any:
    below = font.get("/DescendantFonts")
    return (below[0] if below is not None else font).get("/FontDescriptor", {})


def font_not_embedded(sheets: Sheets) -> Found:
    for name, font in _fonts(sheets):
        described = _descriptor(font)
        if font.get("/Subtype") != "/Type3" and not any(key in described for key in _FILES):
            yield f"the font {name} is not embedded", f"object {font.objgen[0]}"


def font_whole(sheets: Sheets) -> Found:
    for name, font in _fonts(sheets):
        embedded = any(key in _descriptor(font) for key in _FILES)
        if embedded and name[6:7] != "+":
            yield f"the font {name} is embedded whole", f"object {font.objgen[0]}"


def font_type3(sheets: Sheets) -> Found:
    for name, font in _fonts(sheets):
        if font.get("/Subtype") == "/Type3":
            yield f"the font {name} is made of pictures (Type 3)", f"object {font.objgen[0]}"


# --- Objects -------------------------------------------------------------------------------------


def transfer(sheets: Sheets) -> Found:
    for place, state in sheets.states:
        if "/TR" in state or str(state.get("/TR2", "/Default")) != "/Default":
            yield "a transfer function changes the inks", place


def halftone(sheets: Sheets) -> Found:
    for place, state in sheets.states:
        if "/HTP" in state or ("/HT" in state and str(state.get("/HT")) != "/Default"):
            yield "a halftone screen is set", place


def alternates(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if "/Alternates" in stream:
            yield "a picture has alternates", place


def opi(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if "/OPI" in stream:
            yield "a picture stands for another (OPI)", place


def postscript(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if stream.get("/Subtype") == "/PS" or stream.get("/Subtype2") == "/PS":
            yield "there is PostScript", place


def lzw(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if "/LZWDecode" in str(stream.get("/Filter", "")):
            yield "a stream is compressed with LZW", place
