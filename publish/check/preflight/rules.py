"""The table of rules: each with its code, how much it matters, its reason, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publish.check.preflight import files, pages
from publish.check.preflight.sheets import Sheets
from publish.diagnostics import Severity

Found = tuple[str, str]
"""What is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``reason`` is that of PDF/X-4 (ISO 15930-7) or of a press."""

    code: str
    severity: Severity
    reason: str
    hint: str
    look: Callable[[Sheets], Iterator[Found]]


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES = tuple(
    Rule(f"preflight-{code}", severity, reason, hint, look)
    for code, severity, reason, hint, look in (
        # --- The file ----------------------------------------------------------------------
        ("encrypted", E, "ISO 15930-7", "save it without a password", files.encrypted),
        ("version", E, "ISO 15930-7: PDF 1.6", "save it as PDF 1.6", files.version),
        ("xmp-missing", E, "ISO 15930-7", "export it as PDF/X-4", files.xmp_missing),
        ("pdfx-version", E, "ISO 15930-7", "export it as PDF/X-4", files.pdfx_version),
        ("metadata-differ", E, "ISO 15930-7", "save it anew with one program",
         files.metadata_differ),
        ("title-missing", W, "ISO 15930-7", "give the document a title", files.title_missing),
        ("trapped", E, "ISO 15930-7", "say True or False, as the press trapped or will",
         files.trapped),
        ("identifier", E, "ISO 15930-7", "save it anew: each file has an identifier",
         files.identifier),
        ("actions", E, "ISO 15930-7", "remove actions and scripts", files.actions),
        ("attachments", E, "ISO 15930-7", "remove the attached files", files.attachments),
        ("external", E, "ISO 15930-7", "put it into the file", files.external),
        ("layers", W, "ISO 15930-7: what is printed must not depend on a viewer",
         "keep what is printed, remove the rest", files.layers),
        ("forms", E, "ISO 15930-7", "flatten the form fields", files.forms),
        ("unreadable", E, "what cannot be read is not checked", "save it anew with one program",
         pages.unreadable),
        # --- The printing condition --------------------------------------------------------
        ("intent-missing", E, "ISO 15930-7", "name the printing condition",
         files.intent_missing),
        ("intent-several", E, "ISO 15930-7", "keep one", files.intent_several),
        ("intent-profile", E, "ISO 15930-7", "embed the press's CMYK output profile",
         files.intent_profile),
        ("intent-name", E, "ISO 15930-7", "give the registered name of the condition",
         files.intent_name),
        # --- Boxes -------------------------------------------------------------------------
        ("trim-missing", E, "ISO 15930-7", "set the TrimBox", pages.trim_missing),
        ("boxes-nested", E, "ISO 15930-7", "TrimBox in BleedBox in MediaBox",
         pages.boxes_nested),
        ("art-box", E, "ISO 15930-7: a TrimBox or an ArtBox", "remove the ArtBox",
         pages.art_box),
        ("crop-box", W, "a viewer shows, and some presses print, the CropBox alone",
         "remove it, or let it hold the bleed", pages.crop_box),
        ("page-sizes", E, "all plates of an issue are of one size", "was another PDF joined to it?",
         pages.page_sizes),
        ("page-turned", W, "impositions take pages as they lie", "save the page upright",
         pages.page_turned),
        ("page-scaled", E, "ISO 15930-7", "remove UserUnit", pages.page_scaled),
        ("page-blank", W, "is a page missing its content?", "if it is meant, pass it by",
         pages.page_blank),
        ("bleed-missing", E, "a cut is never exact: what reaches the trim goes 3 mm on",
         "let the background or picture run into the bleed", pages.bleed_missing),
        ("bleed-none", W, "this press cuts after printing", "export it with 3 mm of bleed",
         pages.bleed_none),
        ("type-near-trim", W, "a cut is never exact: type within 3 mm may be lost",
         "move it inwards", pages.type_near_trim),
        # --- Fonts -------------------------------------------------------------------------
        ("font-not-embedded", E, "ISO 15930-7", "embed all fonts", files.font_not_embedded),
        ("font-whole", W, "a whole Chinese font is 20 MB", "embed subsets", files.font_whole),
        ("font-type3", W, "type drawn as pictures has no hints and may look bold",
         "set it in an outline font", files.font_type3),
        # --- Colours and inks --------------------------------------------------------------
        ("colour-rgb", E, "ISO 15930-7: no RGB without a profile",
         "convert it to the press's inks", pages.colour_rgb),
        ("colour-managed", W, "left to the press to convert", "convert it to the press's inks",
         pages.colour_managed),
        ("colour-spot", W, "a plate of its own", "convert it to the four inks, or order the ink",
         pages.colour_spot),
        ("ink", E, "more ink does not dry: it sets off and shows through",
         "convert the picture with the press's profile, or lighten the colour", pages.ink),
        ("black-in-four", W, "small type of several inks blurs when plates do not meet",
         "set it in black alone", pages.black_in_four),
        ("black-knocks-out", W, "white edges show where plates do not meet",
         "let black type overprint", pages.black_knocks_out),
        ("white-overprint", E, "white that overprints vanishes", "let white knock out",
         pages.white_overprint),
        ("type-coloured", W, "small type of several inks blurs when plates do not meet",
         "set it larger, or in one ink", pages.type_coloured),
        ("hairline", W, "thinner lines break off the plate", "draw it thicker", pages.hairline),
        ("transparency-space", E, "ISO 15930-7: blending in inks",
         "give page groups the space DeviceCMYK", pages.transparency_space),
        ("transfer", E, "ISO 15930-7", "remove transfer functions", files.transfer),
        ("halftone", W, "the press chooses its screens", "remove halftones", files.halftone),
        # --- Pictures ----------------------------------------------------------------------
        ("picture-coarse", E, "the press's screen shows the pixels",
         "take a larger picture, or show it smaller", pages.picture_coarse),
        ("picture-fine", N, "finer than the press can use", "make it coarser: the file is smaller",
         pages.picture_fine),
        ("alternates", E, "ISO 15930-7", "keep one of the pictures", files.alternates),
        ("opi", E, "ISO 15930-7", "put the picture itself in", files.opi),
        ("postscript", E, "ISO 15930-7", "draw it without PostScript", files.postscript),
        ("lzw", W, "old: some presses refuse it", "save it with Flate", files.lzw),
        # --- On the page, but not printed ---------------------------------------------------
        ("annotations", E, "ISO 15930-7: none in the bleed", "remove links and comments",
         pages.notes),
    )
)  # fmt: skip
