"""The manifest to the model: every section and article of one issue, in their order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publish.cache import Cache
from publish.diagnostics import Finding, Severity, has_errors
from publish.errors import InputError
from publish.files import is_inside, nearest, read_text, shown
from publish.inputs import PASSED_OVER, FileDigests, files_below
from publish.manifest.between import between_articles
from publish.manifest.place import find_manifest
from publish.manifest.validation import validate
from publish.manifest.yaml_lines import LinedData, load
from publish.manuscript.kept import ArticleReader
from publish.manuscript.pictures import PICTURE_SUFFIXES, PictureShelf
from publish.model import (
    Acceptance,
    Article,
    Evaluation,
    Issue,
    PrintingPress,
    Project,
    Publication,
    Section,
    SectionLayout,
    Source,
)

RESERVED = frozenset({"cover", "title-page", "nav", "colophon"})
"""Documents of an EPUB that no article may take the name of, as none may a section's: s01."""

SECTION_KEY = re.compile(r"s\d+")

HEADED_LAYOUTS = set(SectionLayout) - {SectionLayout.PHOTO_STORY}
"""Layouts whose articles need a headline; a theme's own layouts decide for themselves."""


def read_project(
    root: Path, cache: Cache | None = None, digests: FileDigests | None = None
) -> tuple[Project, list[Finding]]:
    """Read the manifest and every manuscript of the project, and what is to be said of them.

    Articles that did not change since they were read come from the ``cache``; ``digests`` knows
    those of the files that were looked at already.

    Raises InputError with all errors of the manifest and the manuscripts together, and
    UsageError when there is no project in ``root``.
    """
    root = root.absolute()
    manifest = find_manifest(root)
    file = shown(manifest, root)
    if not is_inside(manifest, root):
        raise InputError(
            Finding("path-outside", "the manifest lies outside the project", file=file)
        )
    data = load(read_text(manifest, root), file)
    findings = validate(data, "MANIFEST", file)
    cache = cache or Cache(None)
    digests = digests or FileDigests(cache)
    reading = _Reading(root, manifest.parent, file, data, findings, cache, digests)
    issue = reading.issue() if isinstance(data.value, dict) else None
    if issue is None or has_errors(reading.findings):
        raise InputError(reading.findings)
    project = Project(root, manifest, issue, reading.sources)
    return project, [*reading.findings, *between_articles(project)]


@dataclass(slots=True)
class _Reading:
    """One pass over a manifest that goes on past what is wrong, so that all is reported."""

    root: Path
    folder: Path
    file: str
    data: LinedData
    findings: list[Finding]
    cache: Cache
    digests: FileDigests
    real_root: Path = field(init=False)
    shelf: PictureShelf = field(init=False)
    reader: ArticleReader = field(init=False)
    sources: dict[str, Source] = field(default_factory=dict)
    places: dict[Path, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=lambda: set(RESERVED))

    def __post_init__(self) -> None:
        self.real_root = self.root.resolve()
        self.shelf = PictureShelf(self.root, self.folder)
        self.reader = ArticleReader(self.root, self.shelf, self.cache, self.digests)

    def issue(self) -> Issue | None:
        """Return the issue, or None when the manifest itself is too wrong to build one."""
        value: dict[str, Any] = self.data.value  # type: ignore[assignment]
        sections = tuple(self._sections(value.get("sections")))
        publication = self._publication(value.get("publication"))
        if not has_errors(self.findings):
            self._strays()
        if has_errors(self.findings) or publication is None:
            return None
        fields = dict(value["issue"])
        fields["date"] = dt.date.fromisoformat(fields["date"])
        theme = value.get("theme", "newspaper")
        press = PrintingPress(**value.get("press", {}))
        evaluation = self._evaluation(value.get("accessibility"), sections)
        if has_errors(self.findings):
            return None
        return Issue(
            publication=publication,
            sections=sections,
            theme=theme,
            press=press,
            accessibility=evaluation,
            accepted=tuple(Acceptance(**one) for one in value.get("checks", {}).get("accept", ())),
            **fields,
        )

    def _evaluation(
        self, value: dict[str, Any] | None, sections: tuple[Section, ...]
    ) -> Evaluation | None:
        """Return who vouches for the issue's accessibility; what contradicts it is an error."""
        if value is None:
            return None
        for article in (article for section in sections for article in section.articles):
            for figure in article.figures:
                if not (figure.alternative or figure.decorative):
                    message = "the manifest vouches for accessibility, and this picture has no"
                    self.findings.append(
                        Finding(
                            "accessibility-claim",
                            f"{message} alternative text",
                            file=article.file,
                            line=figure.line,
                            hint="say between the brackets what it shows, or take “accessibility” "
                            "out of the manifest",
                        )
                    )
        return Evaluation(**{**value, "date": dt.date.fromisoformat(value["date"])})

    def _publication(self, value: Any) -> Publication | None:
        if not isinstance(value, dict):
            return None
        fields = dict(value)
        logo = fields.pop("logo", None)
        if isinstance(logo, str):
            line = self.data.line(("publication", "logo"))
            fields["logo"], findings = self.shelf.take(logo, self.file, line or 1)
            self.findings.extend(findings)
        if "issn" in fields and not is_issn(str(fields["issn"])):
            self._say(
                "issn-digit",
                f"the ISSN {fields['issn']} has a wrong check digit",
                ("publication", "issn"),
                "compare it with the licence",
                Severity.WARNING,
            )
        try:
            return Publication(**fields)
        except TypeError:  # an unknown or missing key; the schema has said so
            return None

    def _sections(self, value: Any) -> Iterator[Section]:
        for index, section in enumerate(value if isinstance(value, list) else []):
            if not isinstance(section, dict):
                continue
            articles = tuple(self._articles(index, section))
            page = section.get("page")
            yield Section(
                key=f"s{index + 1:02d}",
                title=str(section.get("title", "")),
                articles=articles,
                page=page if isinstance(page, int) else None,
                layout=str(section.get("layout", SectionLayout.FEATURE)),
                intro=str(section.get("intro", "")),
            )

    def _articles(self, index: int, section: dict[str, Any]) -> Iterator[Article]:
        entries = section.get("articles")
        for place, entry in enumerate(entries if isinstance(entries, list) else []):
            path: tuple[str | int, ...] = ("sections", index, "articles", place)
            name = entry.get("file") if isinstance(entry, dict) else entry
            if not isinstance(name, str) or (file := self._manuscript(name, path)) is None:
                continue
            try:
                article, findings, source = self.reader.read(file, self._key(name))
            except InputError as error:
                self.findings.extend(error.findings)
                continue
            self.findings.extend(findings)
            self.sources[article.key] = source
            layout = section.get("layout", SectionLayout.FEATURE)
            if not article.headline and layout in HEADED_LAYOUTS:
                self.findings.append(
                    Finding(
                        "headline-missing",
                        "the article has no headline",
                        file=article.file,
                        line=1,
                        hint="add headline: to its front matter; only a photo-story does without",
                    )
                )
            yield article

    def _manuscript(self, name: str, path: tuple[str | int, ...]) -> Path | None:
        file = self.folder / name
        real = file
        try:
            real = file.resolve()
            inside, there = real.is_relative_to(self.real_root), file.is_file()
        except (OSError, RuntimeError, ValueError):  # no file can have this name; a loop of links
            inside, there = True, False
        if not inside:
            self._say(
                "path-outside",
                f"the manuscript “{name}” lies outside the project",
                path,
                "copy it into the project",
            )
            return None
        if not there:
            meant = nearest(name, [shown(p, self.folder) for p in self.folder.rglob("*.md")])
            hint = f"did you mean “{meant}”?" if meant else "write it, or take it off the list"
            self._say("manuscript-missing", f"there is no manuscript “{name}”", path, hint)
            return None
        line = self.data.line(path) or 1
        if (first := self.places.get(real)) is not None:
            self._say(
                "article-twice",
                f"“{name}” is listed twice, first in line {first}",
                path,
                "keep one of the two",
            )
            return None
        self.places[real] = line
        return file

    def _key(self, name: str) -> str:
        stem = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-") or "article"
        stem = stem if stem[0].isalpha() and not SECTION_KEY.fullmatch(stem) else f"a-{stem}"
        key, count = stem, 1
        while key in self.keys:
            count += 1
            key = f"{stem}-{count}"
        self.keys.add(key)
        return key

    def _strays(self) -> None:
        """Report files of the manuscript folder that nothing names."""
        used = {*self.places, *self.shelf.taken}
        names = set(map(str, used))
        for name in sorted(files_below(str(self.folder), passed_over=PASSED_OVER)):
            path = Path(name)
            if path.suffix.lower() not in (".md", *PICTURE_SUFFIXES) or name in names:
                continue
            if path.is_file() and path.resolve() not in used:
                self.findings.append(
                    Finding(
                        "file-unused",
                        "nothing in the issue names this file",
                        Severity.WARNING,
                        file=shown(path, self.root),
                        hint="name it in the manifest, or move it away",
                    )
                )

    def _say(
        self,
        code: str,
        message: str,
        path: tuple[str | int, ...],
        hint: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.findings.append(
            Finding(code, message, severity, self.file, self.data.line(path), hint)
        )


def is_issn(text: str) -> bool:
    """Tell whether the check digit is right (ISO 3297, Annex A: weights 8 to 2, modulo 11)."""
    digits = text.replace("-", "")
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True)
    )
    return "0123456789X"[-total % 11] == digits[7]
