"""One issue as a print PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish import timings
from publish.cache import Cache, digest
from publish.description import describe
from publish.diagnostics import Finding, Severity
from publish.history import History
from publish.layouts import Setup
from publish.layouts.reading import CONTENTS, FRONT, PageBreak
from publish.model import Project
from publish.pdf.finish import Finish
from publish.pdf.parts.joining import joined
from publish.pdf.parts.reports import FolioPage, Folios, FontUse, Marks, PartReport
from publish.pdf.parts.settling import Explain, Settling
from publish.pdf.targets import PDF_TARGETS, PdfTarget
from publish.workers import Job, Task, Workers

MARKS = "publish.pdf.parts.marks.make_marks"
FOLIOS = "publish.pdf.parts.folios.make_folios"
FONT = "publish.pdf.parts.fonts.make_font"

_PAGES = re.compile(r"counters?\(\s*pages")


@dataclass(frozen=True, slots=True)
class _Pages:
    """What a file is put together from; ``alike``: a glyph stands for the same text everywhere."""

    files: list[Path]
    parts: list[PartReport]
    folios: list[Folios]
    fonts: list[bytes]
    marks: Marks | None
    alike: bool


@dataclass(slots=True)
class PdfJob:
    """The print PDF on its way: parts that were kept, and those that workers make.

    ``explain`` is told what was made or kept, and why.
    """

    project: Project
    setup: Setup
    cache: Cache
    workers: Workers
    explain: Explain = lambda what, made, why: None
    target: PdfTarget = PDF_TARGETS["print"]
    sibling: PdfJob | None = None
    """Another PDF of the same pages, which makes them."""
    _history: History = field(init=False)
    _settling: Settling = field(init=False)
    _marks: Job[Marks] | Marks | None = field(init=False)
    _parts: list[PartReport] | None = None
    _made: _Pages | None = None
    _lines: dict[str, Folios | Job[Folios]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.setup = self.setup.for_target(self.target.pages, sheet=self.target.sheet)
        self._history = History(self.cache, self.target.pages)
        self._settling = Settling(
            self.project, self.setup, self.cache, self.workers, self.explain, self._history,
            self._hand_out_folios,
        )  # fmt: skip

    def submit(self) -> None:
        """Hand out what is not in the cache."""
        if self.sibling is not None:
            return
        self._settling.submit()
        self._marks = None
        if self.target.sheet and self.setup.theme.geometry.marks:
            found = self.cache.load("marks", self.setup.digest)
            self._marks = found or self.workers.submit(
                Task("the printer's marks", MARKS, (self.setup,))
            )

    def finish(self, output: Path) -> list[Finding]:
        """Write the PDF to ``output`` once all is made; return remarks.

        Raises InputError when a template, a rule or a picture fails, TextLostError when a
        character of the manuscripts is missing.
        """
        pages = self._pages()
        self.workers.rest()  # what they hold is not needed beside the whole
        finish = Finish(self.setup, self.target, describe(self.project.issue))
        put_together = joined(pages.files, pages.parts, pages.folios, pages.fonts)
        with timings.span("joining"), put_together as (pdf, family):
            finish.write(pdf, pages.marks, family, output)
        if not pages.alike:
            self._read_whole(output)
        if self.sibling is not None:
            return []
        parts = pages.parts
        return [*(f for part in parts for f in part.findings), *_fell_back(parts), *_wide(parts)]

    def _pages(self) -> _Pages:
        """Return all that the file is put together from: its own, or those of its sibling."""
        if self.sibling is not None:
            return self.sibling._pages()
        if self._made is None:
            parts = self._settled()
            folios = self._folios(parts)
            self.workers.renew()
            marks = self._made_marks()
            set_in = [*(p.fonts for p in parts), *(f.fonts for f in folios)]
            uses, alike = _together([*set_in, marks.fonts] if marks else set_in)
            fonts = self._fonts(uses)
            self._history.remember()
            self._made = _Pages(self._settling.files, parts, folios, fonts, marks, alike)
        return self._made

    def _settled(self) -> list[PartReport]:
        if self._parts is None:
            self._parts = self._settling.settle()
        return self._parts

    def page_breaks(self) -> list[PageBreak]:
        """Return where each page begins in the order of reading, as soon as it is known.

        A page that is gone back to, after another, begins again. Labels are those of the folio
        lines: in a book, running numbers. Raises as ``finish`` does.
        """
        return list(_page_breaks(self._settled()))

    # --- What depends on all parts -------------------------------------------------------------

    def _hand_out_folios(self, parts: Sequence[PartReport]) -> list[str]:
        """Hand out the folio lines that are not in the cache; return the key of each part's."""
        total = sum(len(part.pages) for part in parts) if self._counts_pages() else 0
        before: dict[str, str] = {}
        number = 1
        keys = []
        for part in parts:
            pages = tuple(
                FolioPage(number + place, (number + place) % 2 == 1, page.without_places())
                for place, page in enumerate(part.pages)
            )
            key = digest(self.setup.digest, pages, before, total)
            keys.append(key)
            if key not in self._lines:
                found = self.cache.load("folios", key)
                name = f"the folio lines of page {number} on"
                task: Task[Folios] = Task(name, FOLIOS, (self.setup, pages, dict(before), total))
                self._lines[key] = found if found is not None else self.workers.submit(task)
            number += len(pages)
            for page in part.pages:
                before |= {name: texts[-1] for name, texts in page.strings.items()}
        return keys

    def _made_marks(self) -> Marks | None:
        marks = self._marks
        if isinstance(marks, Job):
            marks = self._marks = marks.result()
            self.cache.store("marks", self.setup.digest, marks)
        return marks

    def _folios(self, parts: Sequence[PartReport]) -> list[Folios]:
        """Return each part's folio lines."""
        folios = []
        for key in self._hand_out_folios(parts):
            found = self._lines[key]
            if isinstance(found, Job):
                found = self._lines[key] = found.result()
                self.cache.store("folios", key, found)
            folios.append(found)
        return folios

    def _counts_pages(self) -> bool:
        """Tell whether the stylesheet names the number of all pages."""
        sheet = next(
            f / "print.css" for f in self.setup.theme.folders if (f / "print.css").is_file()
        )
        return bool(_PAGES.search(sheet.read_text(encoding="utf-8")))

    def _fonts(self, uses: dict[str, FontUse]) -> list[bytes]:
        """Return the program of each font, made smaller to what all parts use of it."""
        fonts: list[tuple[str, bytes | Job[bytes]]] = []
        for name, use in sorted(uses.items(), key=lambda item: -len(item[1].glyphs)):
            key = digest(self.setup.digest, use)
            found = self.cache.get("print-fonts", key)
            title = f"the font {use.family} {use.weight} of the PDF"
            made_of = {**self.setup.made_of, "what is set in it": digest(use)}
            self.explain(title, found is None, self._history.why(title, made_of))
            task: Task[bytes] = Task(title, FONT, (self.setup, name, use))
            fonts.append((key, self.workers.submit(task) if found is None else found))
        return [self._font(key, font) for key, font in fonts]

    def _font(self, key: str, font: bytes | Job[bytes]) -> bytes:
        if isinstance(font, bytes):
            return font
        made = font.result()
        self.cache.put("print-fonts", key, made)
        return made

    def _read_whole(self, output: Path) -> None:
        """Read the whole file back: a glyph stands for different texts in different parts."""
        from publish.check.fidelity import check_text
        from publish.diagnostics import has_errors
        from publish.errors import TextLostError

        findings = check_text(output, self.project)
        if has_errors(findings):
            raise TextLostError(findings)


def _page_breaks(parts: Sequence[PartReport]) -> Iterator[PageBreak]:
    seen = {1}
    current = first = 1
    yield PageBreak("1", FRONT)
    for part in parts:
        for beginning in part.beginnings:
            page = first + beginning.page
            if page == current:
                continue
            current, label, again = page, str(page), page in seen
            seen.add(page)
            if part is parts[0]:
                yield PageBreak(label, CONTENTS, entry=beginning.key, again=again)
            else:
                yield PageBreak(label, beginning.key, beginning.place, again=again)
        first += len(part.pages)


def _together(parts: Sequence[dict[str, FontUse]]) -> tuple[dict[str, FontUse], bool]:
    """Return the glyphs that all parts use of each font, and whether all read them alike."""
    whole: dict[str, FontUse] = {}
    same = True
    for uses in parts:
        for name, use in uses.items():
            if name not in whole:
                whole[name] = use.empty()
            same &= whole[name].add(use)
    return whole, same


def _fell_back(parts: Sequence[PartReport]) -> list[Finding]:
    """Return a note of the lines that the composer left to WeasyPrint, if there are any."""
    left = sum(part.left for part in parts)
    if not left:
        return []
    texts = [text for part in parts for text in part.left_texts]
    message = (
        f"{left} of {sum(part.lines for part in parts) + left} lines were set by WeasyPrint, "
        f"not by our composer, and may be ragged: {'; '.join(f'“{t[:16]}”' for t in texts[:3])}"
    )
    hint = "a picture or a box inside a paragraph, or letter-spacing, is beyond the composer"
    return [Finding("lines-fell-back", message, Severity.NOTE, hint=hint)]


def _wide(parts: Sequence[PartReport]) -> list[Finding]:
    """Return a finding for each table that reaches into the next column."""
    return [
        Finding(
            "table-wide",
            f"the table “{text[:16]}…” is wider than its column and runs over what is beside it",
            Severity.WARNING,
            hint="give it fewer columns or shorter words, or its section a wider layout",
        )
        for text in dict.fromkeys(text for part in parts for text in part.too_wide)
    ]
