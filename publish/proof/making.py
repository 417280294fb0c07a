"""Separations of each page as pictures, with their ink, the boxes and the findings."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
import pikepdf
from PIL import Image, ImageChops

from publish.check.preflight import preflight
from publish.check.preflight.separations import coverage, ghostscript, ink, plates, separations
from publish.check.preflight.sheets import Page, Sheets
from publish.colour import OutputCondition
from publish.colour.convert import screen_picture
from publish.diagnostics import Finding
from publish.errors import MachineError

RESOLUTION = 100
"""Pixels an inch of the pictures."""
PLATES = ("青 C", "品 M", "黄 Y", "黑 K")
_AT = re.compile(r"page (\d+)(?:.*?(-?\d+) pt from the left, (-?\d+) pt from the head)?")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding is: in per cent of the sheet from its left and its head."""

    number: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class ProofPage:
    """A page of the proof. Pictures are data URLs; boxes are left, top, width, height in %."""

    number: int
    composite: str
    plates: list[tuple[str, str, float]]
    most: int
    trim: tuple[float, float, float, float]
    bleed: tuple[float, float, float, float]
    findings: list[tuple[int, Finding]]
    spots: list[Spot]


def make_proof(
    file: Path,
    condition: OutputCondition,
    output: Path,
    progress: Callable[[str], None] = lambda step: None,
) -> list[Finding]:
    """Write the proof of a PDF, and return the preflight's findings that it shows.

    Raises MachineError where Ghostscript is missing, pikepdf.PdfError where the file is broken.
    """
    if ghostscript() is None:
        raise MachineError(
            Finding(
                "ghostscript-missing",
                "Ghostscript is not here: it makes the separations",
                hint="type: apt-get install ghostscript",
            )
        )
    findings = preflight(file, condition.preset, progress)
    progress(f"separations of {file.name}")
    with pikepdf.open(file) as pdf, separations(file, RESOLUTION, smooth=True) as pictures:
        sheets = Sheets(file, pdf, condition.preset)
        pages = [
            _page(page, picture, findings, condition)
            for page, picture in zip(sheets.pages, pictures, strict=False)
        ]
    template = Path(__file__).with_name("proof.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    html = environment.from_string(template).render(
        file=file.name, condition=condition, pages=pages, general=_general(findings)
    )
    aside = output.with_name(f".{output.name}.new")
    aside.write_text(html, encoding="utf-8")
    aside.replace(output)
    return findings


def _page(
    page: Page, picture: Path, findings: Sequence[Finding], condition: OutputCondition
) -> ProofPage:
    plate = plates(picture)
    inks = ink(plate).getextrema()[1]
    assert isinstance(inks, int | float)
    here = [
        (number, finding)
        for number, finding in enumerate(findings, 1)
        if _number(finding) == page.number
    ]
    return ProofPage(
        page.number,
        _url(screen_picture(plate, condition.profile), 80),
        [
            (name, _url(ImageChops.invert(channel), 70), 100 * part)
            for name, channel, part in zip(PLATES, plate.split(), coverage(plate), strict=True)
        ],
        2 * int(inks),
        _shares(page, page.trim),
        _shares(page, page.bleed),
        here,
        [spot for number, finding in here if (spot := _spot(page, number, finding))],
    )


def _number(finding: Finding) -> int | None:
    match = _AT.match(finding.place or "")
    return int(match[1]) if match else None


def _general(findings: Sequence[Finding]) -> list[tuple[int, Finding]]:
    """Return the findings of the whole file."""
    numbered = enumerate(findings, 1)
    return [(number, finding) for number, finding in numbered if _number(finding) is None]


def _spot(page: Page, number: int, finding: Finding) -> Spot | None:
    match = _AT.match(finding.place or "")
    if match is None or match[2] is None:
        return None
    left, bottom, right, top = page.boxes["MediaBox"]
    x, y = page.trim[0] + int(match[2]), page.trim[3] - int(match[3])
    return Spot(number, 100 * (x - left) / (right - left), 100 * (top - y) / (top - bottom))


def _shares(page: Page, box: tuple[float, ...]) -> tuple[float, float, float, float]:
    left, bottom, right, top = page.boxes["MediaBox"]
    width, height = right - left, top - bottom
    return (
        100 * (box[0] - left) / width, 100 * (top - box[3]) / height,
        100 * (box[2] - box[0]) / width, 100 * (box[3] - box[1]) / height,
    )  # fmt: skip


def _url(image: Image.Image, quality: int) -> str:
    output = io.BytesIO()
    image.save(output, "WEBP", quality=quality)
    return "data:image/webp;base64," + base64.b64encode(output.getvalue()).decode()
