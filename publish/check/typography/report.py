"""The report for people, a table; for programs, findings and one JSON-ready mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from publish.check.typography.figures import (
    LABELS,
    Figures,
    Kind,
    Occurrence,
    TypographyReport,
)
from publish.diagnostics import Finding, Severity

SEVERITIES: Mapping[Kind, Severity] = {
    Kind.RIGHT_EDGE: Severity.ERROR,
    Kind.LINE_START: Severity.ERROR,
    Kind.LINE_START_STRICT: Severity.WARNING,
    Kind.LINE_END: Severity.ERROR,
    Kind.LINE_END_STRICT: Severity.WARNING,
    Kind.BROKEN: Severity.ERROR,
    Kind.NOT_SQUEEZED: Severity.WARNING,
    Kind.NO_GAP: Severity.WARNING,
    Kind.ONE_CHARACTER: Severity.WARNING,
    Kind.LOOSE: Severity.WARNING,
    Kind.OFF_GRID: Severity.WARNING,
    Kind.UNEVEN: Severity.WARNING,
}
"""An error is wrong in every house; a warning is wrong in most, and some choose to live with it."""

HINTS: Mapping[Kind, str] = {
    Kind.RIGHT_EDGE: "set the text with the composer, which justifies Chinese",
    Kind.LINE_START: "break the line one character earlier",
    Kind.LINE_START_STRICT: "break the line before the mark's word, if the house forbids it",
    Kind.LINE_END: "take the opening mark over to the next line",
    Kind.LINE_END_STRICT: "take the mark over to the next line, if the house forbids it",
    Kind.BROKEN: "keep both parts on one line; a no-break space (U+00A0) holds two words together",
    Kind.NOT_SQUEEZED: "set two marks that meet in one and a half em",
    Kind.NO_GAP: "leave a quarter em between Chinese and Western",
    Kind.ONE_CHARACTER: "add or cut a few characters in the paragraph",
    Kind.LOOSE: "reword the paragraph, or widen the column",
    Kind.OFF_GRID: "make what stands above it a whole number of lines high",
    Kind.UNEVEN: "add or cut lines so that the columns end level",
}

Row = tuple[str, str, str, str]
"""What was measured, the figure, how many for each 1,000 lines, the pages."""


def findings(report: TypographyReport) -> list[Finding]:
    """Return one finding for each kind and page; a note where there is nothing to measure."""
    if not report.total.lines:
        return [
            Finding(
                "typography-no-text",
                f"{report.file} has no lines of Chinese text to measure",
                Severity.NOTE,
                file=report.file,
            )
        ]
    return [finding for kind in Kind for finding in _by_page(report, kind)]


def _by_page(report: TypographyReport, kind: Kind) -> Iterator[Finding]:
    pages: dict[int, list[Occurrence]] = {}
    for found in report.of(kind):
        pages.setdefault(found.page, []).append(found)
    for page, there in sorted(pages.items()):
        yield Finding(
            f"typography-{kind}",
            f"{LABELS[kind]}: {_told(there)}",
            SEVERITIES[kind],
            file=report.file,
            hint=HINTS[kind],
            place=f"page {page}",
        )


def _told(there: list[Occurrence]) -> str:
    """Return the worst of some faults in words, and how many more there are."""
    worst = max(there, key=lambda found: found.excess)
    more = f", and {len(there) - 1} more" if len(there) > 1 else ""
    return f"{worst.detail} in “{worst.text}”{more}"


def table(report: TypographyReport) -> list[Row]:
    """Return the rows for people, figures first, then every kind of fault."""
    total = report.total
    measures = ", ".join(str(measure) for measure in report.measures)
    body = f"{report.body_size:g} pt on {report.leading:.4g} pt"
    rows: list[Row] = [
        ("body", body, "", f"measure {measures}"),
        ("lines measured", f"{total.lines:,}", "", ""),
        ("justified lines", f"{total.justified:,}", "", ""),
        ("right edge, largest deviation", f"{total.edge_largest:.2f} pt", "", ""),
        ("right edge, 99th percentile", f"{total.edge_p99:.2f} pt", "", ""),
        ("baselines, largest deviation", f"{total.baseline_largest:.2f} pt", "", ""),
    ]
    rows += [_row(report, kind) for kind in Kind]
    rows += [
        _loose("18 characters or more", total.wide_loose, total.wide),
        _loose("11 to 17 characters", total.narrow_loose, total.narrow),
    ]
    return rows


def _row(report: TypographyReport, kind: Kind) -> Row:
    total: Figures = report.total
    pages = sorted({found.page for found in report.of(kind)})
    shown = ", ".join(str(page) for page in pages[:8]) + (" …" if len(pages) > 8 else "")
    where = f"page {shown}" if shown else ""
    share = f"{total.per_thousand(kind):.2f} ‰" if total.counts[kind] else ""
    return LABELS[kind], f"{total.counts[kind]:,}", share, where


def _loose(measure: str, loose: int, lines: int) -> Row:
    share = f"{100 * loose / lines:.3f} %" if lines else "–"
    return f"loose lines at {measure}", share, "", f"{loose:,} of {lines:,}"


def as_dict(report: TypographyReport) -> dict[str, object]:
    """Return the whole report as JSON-ready data: figures, pages, every fault with its place."""
    return {
        "file": report.file,
        "body": {"size": report.body_size, "font": report.body_font, "leading": report.leading},
        "measures": list(report.measures),
        "total": _figures(report.total),
        "pages": [
            {"page": page.page, "grid": asdict(page.grid), **_figures(page.figures)}
            for page in report.pages
        ],
        "faults": [asdict(found) for found in report.occurrences],
    }


def _figures(figures: Figures) -> dict[str, object]:
    counts = {str(kind): figures.counts[kind] for kind in Kind}
    return {**asdict(figures), "counts": counts}
