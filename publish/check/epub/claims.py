"""What an EPUB says of its accessibility, held against what is in it.

EPUB Accessibility 1.1 § 2 (discovery) and § 4 (conformance); the vocabulary of schema.org. What is
claimed and not there misleads a reader who needs it; what is there and not claimed is not found.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from publish.check.epub.package import OPS, XHTML, Epub
from publish.check.epub.structure import HEADING, targets
from publish.diagnostics import Finding, Severity

FEATURE = "schema:accessibilityFeature"
NEEDED = ("schema:accessMode", FEATURE, "schema:accessibilityHazard", "schema:accessibilitySummary")
NAMES = ("alt", "aria-label", "aria-labelledby")
"""What gives a picture its text."""
SAFE = frozenset({"none", "noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"})


@dataclass(frozen=True, slots=True)
class Content:
    """What is in the documents, as far as claims are about it."""

    pictures: int
    bare: tuple[str, ...]
    """Documents with a picture that has no alternative text and is not marked as decoration."""
    headings: int
    markers: int
    ruby: bool
    math: bool
    moving: tuple[str, ...]
    """Scripts, films, sounds and pictures that move."""


def check_claims(epub: Epub) -> Iterator[Finding]:
    """Yield each claim that the content does not bear out, and what is not said of it."""
    content = content_of(epub)
    claimed = {value for text in epub.values(FEATURE) for value in text.split()}
    for feature, why in _untrue(epub, content).items():
        if feature in claimed:
            yield _finding(
                epub, "claim-feature", f"it claims {feature}, and {why}", Severity.ERROR,
                "take the claim out, or make it true",
            )  # fmt: skip
    modes = {value for text in epub.values("schema:accessMode") for value in text.split(",")}
    if modes and content.pictures and "visual" not in modes:
        yield _finding(
            epub, "claim-mode", f"it shows {content.pictures} pictures, and claims no visual mode",
            Severity.WARNING, "add the access mode visual",
        )  # fmt: skip
    sufficient = epub.values("schema:accessModeSufficient")
    if "textual" in sufficient and content.bare:
        yield _finding(
            epub, "claim-mode", "it claims that text alone is enough, and pictures without "
            f"alternative text are in {content.bare[0]}", Severity.ERROR,
            "describe them, or take the claim out",
        )  # fmt: skip
    hazards = set(epub.values("schema:accessibilityHazard"))
    if hazards & SAFE and content.moving:
        yield _finding(
            epub, "claim-hazard", f"it claims {', '.join(sorted(hazards))}, and has what may move "
            f"or sound: {content.moving[0]}", Severity.WARNING,
            "look at it, and claim what a person found",
        )  # fmt: skip
    yield from _conformance(epub)
    lacking = [name for name in NEEDED if not epub.values(name)]
    if lacking:
        yield _finding(
            epub, "claim-none", f"it says nothing of {', '.join(lacking)}",
            Severity.WARNING, "say what is true; libraries and shops show it, and laws ask for it",
        )  # fmt: skip


def _untrue(epub: Epub, content: Content) -> dict[str, str]:
    """Return the features that may not be claimed, and why."""
    lists = {kind: bool(list(targets(epub, kind))) for kind in ("toc", "page-list")}
    found = {}
    if content.bare:
        found["alternativeText"] = f"a picture without any is in {content.bare[0]}"
    elif not content.pictures:
        found["alternativeText"] = "there is no picture"
    if not lists["toc"] and not epub.ncx:
        found["tableOfContents"] = "there is none"
    if not lists["page-list"]:
        found |= dict.fromkeys(("pageNavigation", "printPageNumbers"), "there is no page list")
    if not content.markers:
        found["pageBreakMarkers"] = "there is no page marker"
    if not content.headings:
        found["structuralNavigation"] = "there is no heading"
    if not content.ruby:
        found |= dict.fromkeys(("rubyAnnotations", "fullRubyAnnotations"), "there is no reading")
    if not content.math:
        found["MathML"] = "there is none"
    return found


def _conformance(epub: Epub) -> Iterator[Finding]:
    conforms = epub.values("dcterms:conformsTo")
    claims = [text for text in conforms if {"wcag", "accessibility"} & set(text.lower().split())]
    if claims and not epub.values("a11y:certifiedBy"):
        yield _finding(
            epub, "claim-conformance", f"it claims “{claims[0]}”, and nobody vouches for it",
            Severity.ERROR, "name who evaluated it (a11y:certifiedBy), or take the claim out",
        )  # fmt: skip


def content_of(epub: Epub) -> Content:
    """Return what is in the documents."""
    pictures = headings = markers = 0
    bare: dict[str, None] = {}
    moving: dict[str, None] = {}
    ruby = math = False
    for path, root in epub.documents():
        for element in root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if tag == f"{XHTML}img":
                decorative = element.get("role") in ("presentation", "none", "doc-cover")
                pictures += not decorative
                if not (decorative or any((element.get(name) or "").strip() for name in NAMES)):
                    bare[path] = None
            name = tag.rpartition("}")[2]
            headings += HEADING.fullmatch(name) is not None
            ruby |= name == "ruby"
            math |= name == "math"
            if name in ("script", "video", "audio", "animate", "animateTransform"):
                moving[f"<{name}> in {path}"] = None
            kinds = (element.get(f"{OPS}type") or "").split()
            markers += element.get("role") == "doc-pagebreak" or "pagebreak" in kinds
    for path in _animated(epub):
        moving[path] = None
    return Content(pictures, tuple(bare), headings, markers, ruby, math, tuple(moving))


def _animated(epub: Epub) -> Iterator[str]:
    from PIL import Image, UnidentifiedImageError

    for item in epub.items.values():
        if item.media_type in ("image/gif", "image/png", "image/webp"):
            try:
                with Image.open(io.BytesIO(epub.read(item.path) or b"")) as picture:
                    if getattr(picture, "is_animated", False):
                        yield item.path
            except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
                continue


def _finding(epub: Epub, code: str, message: str, severity: Severity, hint: str) -> Finding:
    return Finding(code, f"{epub.file.name}: {message}", severity, hint=hint)
