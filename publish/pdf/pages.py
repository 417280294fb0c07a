"""One PDF for each page, for presses that take plates one by one."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pikepdf

from publish.diagnostics import Finding
from publish.errors import UsageError
from publish.model import Issue

PATTERN = "{name}-{page:03}.pdf"
"""The name of each page's file: fields are name, slug, date, number and page."""
FIELDS = ("name", "slug", "date", "number", "page")


def require_pattern(pattern: str) -> None:
    """Raise UsageError when a pattern names other fields, no page, or a folder."""
    try:
        fields = {field for _, field, _, _ in Formatter().parse(pattern) if field is not None}
        name = pattern.format(**dict.fromkeys(FIELDS, 1))
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise _wrong(pattern) from error
    if "page" not in fields or not fields <= set(FIELDS) or Path(name).name != name:
        raise _wrong(pattern)


def _wrong(pattern: str) -> UsageError:
    message = f"“{pattern}” is no pattern for the names of pages"
    hint = f"write for example {PATTERN}; fields are {', '.join(FIELDS)}"
    return UsageError(Finding("split-pattern", message, hint=hint))


def split_pages(file: Path, issue: Issue, pattern: str) -> list[Path]:
    """Write each page of a print PDF to a file of its own beside it, and return them.

    Printing condition, metadata and boxes are those of the whole. The same page gives the same
    bytes. Raises pikepdf.PdfError where the file is broken, OSError where none can be written.
    """
    made = []
    with pikepdf.open(file) as whole:
        version = whole.pdf_version
        for page in whole.pages:
            name = pattern.format(
                name=issue.name, slug=issue.publication.slug, date=issue.date.isoformat(),
                number=issue.number, page=page.index + 1,
            )  # fmt: skip
            aside = file.with_name(f".{name}.new")
            with pikepdf.new() as one:
                one.pages.append(page)
                for key in ("/OutputIntents", "/Metadata", "/Lang", "/ViewerPreferences"):
                    if key in whole.Root:
                        thing = whole.Root[key]
                        indirect = thing if thing.is_indirect else whole.make_indirect(thing)
                        one.Root[key] = one.copy_foreign(indirect)
                for key, value in whole.docinfo.items():
                    one.docinfo[key] = value
                one.save(
                    aside,
                    deterministic_id=True,
                    force_version=version,
                    object_stream_mode=pikepdf.ObjectStreamMode.generate,
                )
            made.append(aside.replace(file.with_name(name)))
    return made
