"""One type for everything the readers and the checks have to say about a file.

A finding names what is wrong, where, and how to mend it. Readers collect findings, so that
all problems of one run are reported together; checks return them, so that a table for people
and JSON for programs come from the same data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters. Only an error makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    ``code`` is stable (``family-thing``, lower case) and may be searched for in the guide.
    ``file`` is relative to the project root where the file lies in it; ``line`` counts from 1.
    ``hint`` says how to mend it. ``place`` is where in an output, for example ``page 3``.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    file: str | None = None
    line: int | None = None
    hint: str | None = None
    place: str | None = None

    @property
    def location(self) -> str:
        """Return ``file:line``, the file alone, or an empty string."""
        if self.file is None:
            return ""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        where = " ".join(part for part in (self.location, self.place) if part)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} — {self.hint}" if self.hint else text

    def as_dict(self) -> dict[str, object]:
        """Return the finding as JSON-ready data."""
        return asdict(self)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
