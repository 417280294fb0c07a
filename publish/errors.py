"""The tree of errors. Each class carries the exit code of the command it ends.

PublishError                5  our fault
├── UsageError              2  the command was called wrongly
├── InputError              3  the manifest, a manuscript, a picture or a template is wrong
│   └── TextLostError       3  a character of the manuscripts is missing from an output
├── MachineError            4  something this machine needs is missing
└── CheckFailedError        1  the files were made, and a check found errors in them
"""

from __future__ import annotations

from collections.abc import Iterable

from publish.diagnostics import Finding


class PublishError(Exception):
    """Base of all errors that end a command with a message and without a traceback."""

    exit_code = 5

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[PublishError], tuple[tuple[Finding, ...]]]:
        """Let an error come whole out of a worker process."""
        return type(self), (self.findings,)


class UsageError(PublishError):
    """The command was called with arguments that do not fit."""

    exit_code = 2


class InputError(PublishError):
    """The manifest, a manuscript, a picture, a theme or a font file is wrong."""

    exit_code = 3


class TextLostError(InputError):
    """A character of the manuscripts did not reach an output, or not in its order."""


class MachineError(PublishError):
    """A program, a library or a font that the work needs is not on this machine."""

    exit_code = 4


class CheckFailedError(PublishError):
    """A check found errors in files that were made."""

    exit_code = 1
