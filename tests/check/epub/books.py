"""Small EPUBs of nobody's making, put together file by file, for planted faults."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

Files = dict[str, str | bytes]

CLEAN_METADATA = """
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">有目录。</meta>
"""


def document(body: str, head: str = "") -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="zh" xml:lang="zh"><head><title>题</title>{head}</head><body>{body}</body></html>'
    )


STYLED = '<link rel="stylesheet" type="text/css" href="style.css"/>'


def font(characters: str, rights: int = 0) -> bytes:
    """Return a TrueType font of these characters, each a square."""
    names = [".notdef", *(f"u{ord(c):04X}" for c in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 500))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in characters})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    builder.setupOS2(fsType=rights)
    builder.setupPost()
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def book(
    path: Path,
    files: Files | None = None,
    *,
    metadata: str = CLEAN_METADATA,
    nav: str = "",
    spine: tuple[str, ...] = ("one.xhtml", "two.xhtml"),
    toc: tuple[str, ...] = ("one.xhtml", "two.xhtml"),
    encryption: str = "",
) -> Path:
    """Write an EPUB 3 of two documents; ``files`` come in addition, or instead."""
    entries = "".join(f'<li><a href="{href}">{href}</a></li>' for href in toc)
    landmarks = (
        '<nav epub:type="landmarks"><ol><li><a epub:type="bodymatter" href="one.xhtml">文</a></li>'
        "</ol></nav>"
    )
    whole: Files = {
        "one.xhtml": document("<h1>一</h1><p>甲乙丙</p>"),
        "two.xhtml": document("<h1>二</h1><p>丁</p>"),
        "nav.xhtml": document(
            f'<nav epub:type="toc" id="toc"><h1>目录</h1><ol>{entries}</ol></nav>{landmarks}{nav}'
        ),
        **(files or {}),
    }
    kinds = {
        "css": "text/css", "xhtml": "application/xhtml+xml", "ttf": "font/ttf", "jpg": "image/jpeg",
        "png": "image/png", "gif": "image/gif", "ncx": "application/x-dtbncx+xml",
    }  # fmt: skip
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="{kinds[name.rpartition(".")[2]]}"'
        + (' properties="nav"/>' if name == "nav.xhtml" else "/>")
        for n, name in enumerate(whole)
    )
    ids = {name: f"i{n}" for n, name in enumerate(whole)}
    references = "".join(f'<itemref idref="{ids[name]}"/>' for name in spine)
    ncx = f' toc="{ids["toc.ncx"]}"' if "toc.ncx" in ids else ""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="u" '
        'xml:lang="zh"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="u">urn:uuid:12345678-1234-1234-1234-123456789abc</dc:identifier>'
        "<dc:title>书</dc:title><dc:language>zh</dc:language>"
        '<meta property="dcterms:modified">2026-01-20T00:00:00Z</meta>'
        f"{metadata}</metadata><manifest>{items}</manifest><spine{ncx}>{references}</spine></package>"
    )
    return packed(path, {"package.opf": package, **whole}, encryption=encryption)


def packed(path: Path, files: Files, *, package: str = "package.opf", encryption: str = "") -> Path:
    """Write files into an EPUB's ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/container.xml",
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            f'<rootfiles><rootfile full-path="{package}" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        if encryption:
            archive.writestr("META-INF/encryption.xml", encryption)
        for name, content in files.items():
            archive.writestr(name, content)
    return path
