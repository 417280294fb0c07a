"""The rules of PDF/A-2u, each with its clause of ISO 19005-2, and those who ask them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from publish.check.preflight import files
from publish.check.preflight.sheets import Sheets
from publish.colour import DEFAULT_PRESET, PRESETS
from publish.diagnostics import Finding, Severity

Found = Iterator[tuple[str, str]]

LATEST = 1.7
PRINTED = 4
HIDDEN = 1 | 2 | 32
"""Flags of annotations: bit 3 is Print; 1 Invisible, 2 Hidden, 6 NoView (ISO 32000-1, 12.5.3)."""
FILTERS = ("/LZWDecode", "/Crypt", "/JBIG2Decode")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``clause`` is of ISO 19005-2:2011."""

    code: str
    clause: str
    hint: str
    look: Callable[[Sheets], Found]


def version(sheets: Sheets) -> Found:
    if float(sheets.pdf.pdf_version) > LATEST:
        yield f"it is PDF {sheets.pdf.pdf_version}, later than {LATEST}", ""


def identification(sheets: Sheets) -> Found:
    found = _identified(sheets.pdf)
    if found != ("2", "U"):
        yield f"the metadata says PDF/A {found[0] or 'nothing'}{found[1].lower()}, not 2u", ""


def _identified(pdf: pikepdf.Pdf) -> tuple[str, str]:
    if "/Metadata" not in pdf.Root:
        return "", ""
    metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    part, level = metadata.get("pdfaid:part", ""), metadata.get("pdfaid:conformance", "")
    return str(part), str(level)


def intent(sheets: Sheets) -> Found:
    """Colours without a profile of their own need the document's."""
    spaces = {paint.colour.space for page in sheets.pages for paint in page.paints}
    wanted = {space for space in ("DeviceRGB", "DeviceCMYK") if space in spaces}
    intents = [
        one for one in sheets.root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"
    ]
    given = {int(one.DestOutputProfile.get("/N", 0)) for one in intents if _has_profile(one)}
    if "DeviceRGB" in wanted and 3 not in given:
        yield "there is RGB, and no output intent that says which", ""
    if "DeviceCMYK" in wanted and 4 not in given:
        yield "there is CMYK, and no output intent that says which", ""


def _has_profile(one: Any) -> bool:
    return "/DestOutputProfile" in one


def texts(sheets: Sheets) -> Found:
    for thing in sheets.pdf.objects:
        font = isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"
        if font and "/ToUnicode" not in thing:
            yield f"the font {str(thing.BaseFont)[1:]} does not say its text", ""


def filters(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if any(name in str(stream.get("/Filter", "")) for name in FILTERS[:2]):
            yield "a stream has a filter that is not allowed", place


def external(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if "/F" in stream:
            yield "a stream lies in another file", place


def interpolate(sheets: Sheets) -> Found:
    for place, stream in sheets.streams:
        if stream.get("/Subtype") == "/Image" and bool(stream.get("/Interpolate", False)):
            yield "a picture is smoothed by the viewer", place


def notes(sheets: Sheets) -> Found:
    for page in sheets.pages:
        for note in page.obj.get("/Annots", []):
            flags = int(note.get("/F", 0))
            kind = str(note.get("/Subtype", "/?"))[1:]
            if kind != "Popup" and (not flags & PRINTED or flags & HIDDEN):
                yield f"an annotation ({kind}) is hidden, or not printed", f"page {page.number}"
                break


ALLOWED = ("/URI", "/GoTo", "/GoToR", "/Named", "/Thread", "/SubmitForm")


def actions(sheets: Sheets) -> Found:
    """What happens by itself, and what links do but lead somewhere."""
    yield from files.own_actions(sheets)
    for page in sheets.pages:
        for note in page.obj.get("/Annots", []):
            kind = str(note.get("/A", {}).get("/S", ALLOWED[0]))
            if kind not in ALLOWED or "/AA" in note:
                yield f"an annotation has an action ({kind[1:]})", f"page {page.number}"


def optional(sheets: Sheets) -> Found:
    if "/OCProperties" in sheets.root and "/AS" in sheets.root.OCProperties.get("/D", {}):
        yield "layers show and hide themselves", ""


RULES = tuple(
    Rule(f"pdfa-{code}", clause, hint, look)
    for code, clause, hint, look in (
        ("encrypted", "6.1.3", "save it without a password", files.encrypted),
        ("version", "6.1.2", "save it as PDF 1.7", version),
        ("identifier", "6.1.3", "save it anew: each file has an identifier", files.identifier),
        ("filters", "6.1.7.2", "save it with Flate", filters),
        ("external", "6.1.7.1", "put it into the file", external),
        ("metadata", "6.6.2.1", "export it as PDF/A-2u", files.xmp_missing),
        ("identification", "6.6.4", "export it as PDF/A-2u", identification),
        ("intent", "6.2.4.3", "name the profile of its colours", intent),
        ("transfer", "6.2.5", "remove transfer functions", files.transfer),
        ("alternates", "6.2.8", "keep one of the pictures", files.alternates),
        ("opi", "6.2.8", "put the picture itself in", files.opi),
        ("interpolate", "6.2.8", "set Interpolate to false", interpolate),
        ("postscript", "6.2.9", "draw it without PostScript", files.postscript),
        ("font", "6.2.11.4", "embed all fonts", files.font_not_embedded),
        ("text", "6.2.11.7", "give each font its ToUnicode", texts),
        ("annotations", "6.3.2", "show and print it, or remove it", notes),
        ("actions", "6.5.1", "remove actions and scripts", actions),
        ("attachments", "6.8", "attach PDF/A files alone", files.attachments),
        ("layers", "6.9", "remove what shows and hides them", optional),
    )
)


def claims_pdfa(file: Path) -> bool:
    """Tell whether a PDF says it is PDF/A."""
    with pikepdf.open(file) as pdf:
        return bool(_identified(pdf)[0])


def check_pdfa(file: Path, progress: Callable[[str], None] = lambda step: None) -> list[Finding]:
    """Return what keeps a PDF from being kept, as far as a machine can tell."""
    progress(f"PDF/A rules for {file.name}")
    with pikepdf.open(file) as pdf:
        sheets = Sheets(file, pdf, PRESETS[DEFAULT_PRESET])
        return [
            Finding(
                rule.code,
                f"{message} (PDF/A-2, {rule.clause})",
                Severity.ERROR,
                hint=rule.hint,
                place=place or None,
            )
            for rule in RULES
            for message, place in list(dict.fromkeys(rule.look(sheets)))[:12]
        ]
