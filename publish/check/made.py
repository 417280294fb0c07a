"""The quick checks that end a build; EPUBCheck begins as soon as its file is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from publish import timings
from publish.check.epub.epubcheck import EpubCheck
from publish.diagnostics import Finding, has_errors
from publish.model import Project
from publish.stopping import held_back, when_stopped


class Checks:
    """The checks of the files that a build makes. Their text was read back when it was made."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Path, Project]] = {}
        self._epubcheck: EpubCheck | None = None
        self._ending = ExitStack()

    def __enter__(self) -> Checks:
        self._ending.enter_context(when_stopped(self._stop))
        self._ending.callback(self._stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ending.close()

    def _stop(self) -> None:
        if self._epubcheck is not None:
            self._epubcheck.stop()

    def begin(self, target: str, file: Path, project: Project) -> None:
        """Take a file that was made. Raises MachineError without Java."""
        self._files[target] = file, project
        if target == "epub":
            with held_back():  # none is begun that is not known
                self._epubcheck = EpubCheck(file)

    def results(self, step: Callable[[str], None]) -> Iterator[tuple[str, list[Finding]]]:
        """Yield what was found in each target's file, EPUBCheck's file last.

        Raises MachineError when EPUBCheck itself fails.
        """
        for target in sorted(self._files, key=lambda target: target == "epub"):
            file, project = self._files[target]
            step(f"checking {file.name}")
            with timings.span("checking", file.name):
                found = self._epub(file, project) if target == "epub" else _pdf(file, project)
            yield target, found

    def _epub(self, file: Path, project: Project) -> list[Finding]:
        from publish.check.epub.package import open_epub
        from publish.check.epub.run import inside
        from publish.check.page_list import check_page_list
        from publish.check.structure import check_structure

        assert self._epubcheck is not None
        findings = inside(open_epub(file), ours=True)
        structure = check_structure(file, project)
        if "print" in self._files:
            structure += check_page_list(file, self._files["print"][0], project)
        findings = [*self._epubcheck.findings(file, project), *findings]
        return findings if has_errors(findings) else [*findings, *structure]


def _pdf(file: Path, project: Project) -> list[Finding]:
    from publish.check.pdf import check_pdf
    from publish.check.structure import check_structure
    from publish.fonts.reading import read_catalogue

    findings = check_pdf(file, list(read_catalogue(project.root).families))
    return findings if has_errors(findings) else [*findings, *check_structure(file, project)]
