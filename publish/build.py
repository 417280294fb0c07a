"""The way from a project to its files, as a person would tell it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from publish import timings
from publish.cache import Cache, digest
from publish.diagnostics import Finding, has_errors
from publish.errors import InputError, MachineError
from publish.files import put_in_place, remove_left, working_folder
from publish.inputs import FileDigests, inputs_digest
from publish.manifest.place import find_manifest
from publish.model import Project
from publish.program import program_digest
from publish.stopping import when_stopped
from publish.workers import Workers, warm_up

if TYPE_CHECKING:  # loaded where they are used: a build with nothing to do is over before
    from publish.check.made import Checks
    from publish.layouts import Setup

TARGETS = {
    "epub": "{}.epub",
    "print": "{}-print.pdf",
    "screen": "{}-screen.pdf",
    "archive": "{}-archive.pdf",
}
"""Each target and the name of its file."""

WARM = {"epub": "publish.epub.warm"}
"""What workers find loaded for a target: for all others it is what any PDF needs."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever looks on while an issue is built.

    ``step`` is told what is done now; ``task`` the name of what is handed out, and the same name
    when it is done; ``explain`` what was made (True) or kept, and why.
    """

    step: Callable[[str], None] = lambda step: None
    task: Callable[[str, bool], None] = lambda name, done: None
    explain: Callable[[str, bool, str], None] = lambda what, made, why: None


@dataclass(frozen=True, slots=True)
class Built:
    """What is remembered of a build: each target's file with its digest, and what was found."""

    files: tuple[tuple[str, str, str], ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Outcome:
    """What a build made: the files by target, everything found on the way, and by the checks."""

    root: Path
    files: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    checked: list[Finding] = field(default_factory=list)
    kept: bool = False
    """Nothing had changed: the files of the last build stand in their places."""
    _project: Project | None = None

    @property
    def project(self) -> Project:
        """Return the project, read again where nothing had changed."""
        if self._project is None:
            from publish.manifest.reader import read_project

            self._project, _ = read_project(self.root, Cache.of(self.root))
        return self._project


def build(
    root: Path,
    output: Path | None = None,
    targets: Sequence[str] = (),
    *,
    check: bool = False,
    keep: bool = True,
    workers: int = 1,
    watch: Watch | None = None,
) -> Outcome:
    """Make the files of the project in ``root`` and put them in place together.

    Every text is read back before that: a file that lost a character never replaces a good
    one. What did not change since another build comes from the cache, unless ``keep`` is false;
    ``workers`` processes make the rest. With ``check`` the quick checks and EPUBCheck follow.
    Raises InputError, TextLostError, MachineError or UsageError.
    """
    root = root.absolute()
    manifest = find_manifest(root)
    cache = Cache.of(root) if keep else Cache(None)
    digests = FileDigests(cache)
    going = _Building(
        root, output or root / "build", tuple(targets or TARGETS), check, cache, digests, workers,
        watch or Watch(),
    )  # fmt: skip
    with timings.span("looking for changes"):
        key = digest(
            program_digest(), inputs_digest(root, manifest, digests), going.targets,
            os.environ.get("SOURCE_DATE_EPOCH"),
        )  # fmt: skip
        outcome = going.as_before(key)
    if outcome is None:
        with when_stopped(lambda: remove_left(_aside(cache), os.getpid())):
            outcome = going.make(key)
        remove_left(_aside(cache))
        cache.trim()
    outcome.findings += cache.findings
    return outcome


@dataclass(slots=True)
class _Building:
    root: Path
    output: Path
    targets: tuple[str, ...]
    check: bool
    cache: Cache
    digests: FileDigests
    count: int
    watch: Watch

    def as_before(self, key: str) -> Outcome | None:
        """Return what the last build made, if it stands in its place and nothing changed since."""
        built = self.cache.load("issues", key)
        if not isinstance(built, Built):
            return None
        files = {target: self.output / name for target, name, _ in built.files}
        checked: list[Finding] = []
        for target, _, wanted in built.files:
            file = files[target]
            if not file.is_file() or _file_digest(file) != wanted:
                return None
            found = self.cache.load("checks", digest(key, wanted)) if self.check else ()
            if found is None:
                return None
            checked += found
        self.watch.explain("the issue", False, "nothing changed since the last build")
        return Outcome(self.root, files, list(built.findings), checked, kept=True)

    def make(self, key: str) -> Outcome:
        """Make the files, put them in place, remember them."""
        if self.count > 1:
            heavy = {WARM.get(target, "publish.pdf.parts.warm") for target in self.targets}
            warm_up(*sorted(heavy))  # first: it loads while we read
        from publish.fonts.reading import read_catalogue
        from publish.layouts import Setup, find_theme
        from publish.manifest.reader import read_project

        self.watch.step("reading the manuscripts")
        with timings.span("reading the manuscripts"):
            project, findings = read_project(self.root, self.cache, self.digests)
            theme = find_theme(project)
            catalogue = read_catalogue(self.root).in_language(project.issue.publication.language)
            catalogue.require()
            setup = Setup.of(project, theme, catalogue, moment(project))
        with timings.span("characters against fonts"):
            findings += self._require_glyphs(project, setup)
        outcome = Outcome(self.root, findings=findings, _project=project)
        with (
            working_folder(self.output) as folder,
            Workers(self.count, folder) as workers,
            self._checks() as checks,
        ):
            workers.tell = self.watch.task
            jobs = self._jobs(project, setup, workers)
            with timings.span("looking for what is kept"):
                for job in jobs.values():
                    job.submit()
            places = {}
            for target, job in jobs.items():
                name = _names()[target].format(project.issue.name)
                self.watch.step(f"making {name}")
                outcome.findings += job.finish(folder / name)
                places[folder / name] = outcome.files[target] = self.output / name
                if checks is not None and target in TARGETS:
                    checks.begin(target, folder / name, project)
            digests = {t: _file_digest(folder / file.name) for t, file in outcome.files.items()}
            try:
                for target, found in checks.results(self.watch.step) if checks else ():
                    outcome.checked += found
                    self.cache.store("checks", digest(key, digests[target]), tuple(found))
            except MachineError:  # a check could not be made: that is no fault of the files
                put_in_place(places)
                raise
            put_in_place(places)
        files = tuple((t, file.name, digests[t]) for t, file in outcome.files.items())
        self.cache.store("issues", key, Built(files, tuple(outcome.findings)))
        return outcome

    def _checks(self) -> AbstractContextManager[Checks | None]:
        if not self.check:
            return nullcontext()
        from publish.check.made import Checks

        return Checks()

    def _jobs(self, project: Project, setup: Setup, workers: Workers) -> dict[str, Making]:
        """Return what makes each target, the EPUB first: its check takes longest."""
        from publish.epub import EpubJob

        common = project, setup, self.cache, workers, self.watch.explain
        epub = EpubJob(*common)
        jobs: dict[str, Making] = {"epub": epub} if "epub" in self.targets else {}
        if set(self.targets) - {"epub"}:  # it loads much
            from publish.pdf import PDF_TARGETS, PdfJob

            made: dict[str, PdfJob] = {}
            for name, target in PDF_TARGETS.items():
                if name in self.targets:
                    jobs[name] = job = PdfJob(*common, target, made.get(target.pages))
                    made.setdefault(target.pages, job)
            if "print" in made:
                epub.pages = made["print"].page_breaks
        if "epub" in self.targets:
            from publish.listing import LISTINGS, ListingJob

            for kind in LISTINGS:
                jobs[kind] = ListingJob(kind, project.issue, epub.cover, epub.pages)
        return jobs

    def _require_glyphs(self, project: Project, setup: Setup) -> list[Finding]:
        """Raise InputError when a font must not be embedded, or a character has no glyph."""
        from publish.layouts.characters import characters_by_part, font_findings

        characters = characters_by_part(project.issue, project.sources, self.cache)
        told = [(*key, shown) for key, shown in sorted(characters.items(), key=str)]
        key = digest(setup.digest, told)
        findings = self.cache.load("glyphs", key)
        if findings is None:
            findings = font_findings(project, setup.theme, setup.catalogue, characters)
            if has_errors(findings):
                raise InputError(findings)
            if not findings:  # they name lines, which may move
                self.cache.store("glyphs", key, findings)
        return list(findings)


class Making(Protocol):
    """A target on its way."""

    def submit(self) -> None:
        """Hand out to workers what is not in the cache."""

    def finish(self, output: Path) -> list[Finding]:
        """Write the file once all of it is made."""


def _names() -> dict[str, str]:
    """Return the name of each file that may be made, with those beside the book."""
    from publish.listing import LISTINGS

    return TARGETS | LISTINGS


def _aside(cache: Cache) -> Iterator[Path]:
    """Yield what is being written into the cache, or was when someone was stopped."""
    if cache.folder is not None:
        yield from cache.folder.glob("*/.*")


def _file_digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()


def moment(project: Project) -> str:
    """Return the moment all dates in the files say: SOURCE_DATE_EPOCH, or the issue's date."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        stamp = dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    else:
        stamp = dt.datetime.combine(project.issue.date, dt.time(), dt.UTC)
    return stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
