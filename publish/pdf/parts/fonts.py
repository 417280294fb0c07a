"""One subset of each font for the whole file, of the glyphs that all its parts have painted."""

from __future__ import annotations

from typing import Any

from publish import timings
from publish.errors import InputError
from publish.layouts import Setup
from publish.pdf.composing.subsetting import small_fonts
from publish.pdf.parts.press import Press, press_of
from publish.pdf.parts.quick import quick_compression
from publish.pdf.parts.reports import FontUse
from publish.pdf.weasy import complaints, listening


def make_font(setup: Setup, name: str, use: FontUse) -> bytes:
    """Return a PDF of one empty page whose resources hold a font, by its ``name`` in parts.

    Raises InputError when WeasyPrint complains, RuntimeError when Pango no longer finds a font.
    """
    press = press_of(setup)
    with (
        timings.span("fonts made smaller", f"{use.family} {use.weight}"),
        listening() as messages,
        small_fonts(),
        quick_compression(),
    ):
        document = press.document("<body></body>").render(font_config=press.font_config)
        font = _font(press, name, use)
        document.fonts = {name: font}
        pdf: bytes = document.write_pdf()
        font.file_content = b""  # some 20 MB, which would wait for the garbage collector
    if messages:
        raise InputError(complaints(messages))
    return pdf


def _font(press: Press, name: str, use: FontUse) -> Any:
    """Return WeasyPrint's font of a use, as it would be had all parts been one."""
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango, unicode_to_char_p
    from weasyprint.text.fonts import get_pango_font_key

    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    family, _keep = unicode_to_char_p(use.family)
    pango.pango_font_description_set_family(description, family)
    pango.pango_font_description_set_weight(description, use.weight)
    pango.pango_font_description_set_style(description, use.style)
    pango.pango_font_description_set_absolute_size(description, int(use.size * TO_UNITS))
    if use.variations:
        pango.pango_font_description_set_variations(description, use.variations.encode())
    font_map = press.font_config.font_map
    context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
    pango_font = ffi.gc(
        pango.pango_font_map_load_font(font_map, context, description), gobject.g_object_unref
    )
    _, found, size = get_pango_font_key(pango_font)
    font = Font(pango_font, found, size)
    if font.hash != name:
        raise RuntimeError(f"Pango gives another font for {use.family} {use.weight}")
    font.to_unicode, font.widths, font.missing = use.glyphs, use.widths, use.missing
    font.kept = pango_font, context  # as long as the font, which holds pointers into them
    return font
