"""What other tools are given, and how they are called, to make the same issue.

A peer is one function: it writes its input from the corpus into an empty folder and returns the
job, the command to be run there. Making the input is not part of what is measured. The templates
and stylesheets are in inputs/; README.md says what is equal between the peers and what cannot be.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont
from jinja2 import Environment, FileSystemLoader

from benchmarks.corpus import Corpus
from benchmarks.project import escape

Target = Literal["epub", "print"]
TARGETS: tuple[Target, ...] = ("epub", "print")

INPUTS = Path(__file__).parent / "inputs"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

#: Seconds after which Vivliostyle gives up; its own limit of 300 is too short for corpus L.
VIVLIOSTYLE_LIMIT = "3600"

VERSION_NUMBER = re.compile(r"\d+(\.\d+)+")
BODY_FONT = "Noto Serif CJK SC"

#: The EPUB makers share one extracted font beside their folders; book.css refers to it.
EPUB_FONT = Path("..", "fonts", "issue.otf")

TYPST_RUNNER = """\
import sys

import typst

typst.compile(sys.argv[1], output=sys.argv[2])
"""


class AbsentError(Exception):
    """A peer, or something it needs, is not on this machine; the message says what."""


@dataclass(frozen=True)
class Job:
    """A command, to be run in the folder it was prepared in, and the files it makes there.

    `environment` holds the variables that are set beside those of the benchmark itself.
    """

    command: tuple[str, ...]
    outputs: tuple[Path, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Peer:
    """A tool that makes an issue: which targets, how it is prepared, which version is here.

    Both functions raise AbsentError where the tool is not on the machine.
    """

    name: str
    targets: tuple[Target, ...]
    prepare: Callable[[Corpus, Path], Job]
    version: Callable[[], str]


def weasyprint(corpus: Corpus, folder: Path) -> Job:
    """Prepare WeasyPrint as it comes, without the project's composer."""
    distribution_version("weasyprint")
    _write_html(corpus, folder)
    output = Path("issue.pdf")
    return Job((sys.executable, "-m", "weasyprint", "issue.html", str(output)), (output,))


def chromium(corpus: Corpus, folder: Path) -> Job:
    """Prepare Chromium's printing without a window, with the same HTML and CSS as WeasyPrint."""
    program = _program(*CHROMIUM_NAMES)
    _write_html(corpus, folder)
    output = Path("issue.pdf")
    # Chromium refuses to start its sandbox for root, as which containers often run.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    command = (
        program,
        "--headless",
        *sandbox,
        "--disable-gpu",
        "--no-first-run",
        "--user-data-dir=profile",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={output}",
        "issue.html",
    )
    return Job(command, (output,))


def vivliostyle(corpus: Corpus, folder: Path) -> Job:
    """Prepare Vivliostyle, which lays the HTML and CSS out in a Chromium that is on the machine."""
    program, browser = _program("vivliostyle"), _program(*CHROMIUM_NAMES)
    _write_html(corpus, folder)
    output = Path("issue.pdf")
    command = (
        program,
        "build",
        "issue.html",
        "--single-doc",
        f"--output={output}",
        f"--timeout={VIVLIOSTYLE_LIMIT}",
        f"--executable-browser={browser}",
        "--no-vite-config-file",
    )
    return Job(command, (output,))


def typst(corpus: Corpus, folder: Path) -> Job:
    """Prepare Typst, which reads the corpus's JSON itself."""
    distribution_version("typst")
    (folder / "corpus.json").write_text(corpus.to_json(), encoding="utf-8")
    (folder / "compile.py").write_text(TYPST_RUNNER, encoding="utf-8")
    shutil.copy(INPUTS / "issue.typ", folder)
    output = Path("issue.pdf")
    return Job((sys.executable, "compile.py", "issue.typ", str(output)), (output,))


def pandoc(corpus: Corpus, folder: Path) -> Job:
    """Prepare Pandoc's EPUB 3, cut at the articles, with the body font embedded."""
    program = _program("pandoc")
    _write_font(folder / EPUB_FONT)
    (folder / "issue.md").write_text(_render("issue.md", corpus), encoding="utf-8")
    shutil.copy(INPUTS / "book.css", folder)
    output = Path("issue.epub")
    command = (
        program,
        "issue.md",
        "--from=commonmark+fenced_divs",
        "--to=epub3",
        f"--output={output}",
        f"--metadata=title:{corpus.title}",
        "--metadata=lang:zh-Hans",
        "--css=book.css",
        f"--epub-embed-font={EPUB_FONT}",
        f"--{_pandoc_split_option()}=2",
        "--toc",
        "--toc-depth=2",
    )
    return Job(command, (output,))


def calibre(corpus: Corpus, folder: Path) -> Job:
    """Prepare Calibre's EPUB 3, cut at the articles, with the body font embedded."""
    program = _program("ebook-convert")
    _write_html(corpus, folder)
    _write_font(folder / "config" / "fonts" / "issue.otf")  # Calibre looks into no collection
    output = Path("issue.epub")
    command = (
        _program("env"),
        "CALIBRE_CONFIG_DIRECTORY=config",
        program,
        "issue.html",
        str(output),
        "--epub-version=3",
        "--language=zh-Hans",
        "--no-default-epub-cover",
        "--chapter=//h:h2",
        "--level1-toc=//h:h1",
        "--level2-toc=//h:h2",
        f"--embed-font-family={BODY_FONT}",
    )
    return Job(command, (output,))


def distribution_version(name: str) -> str:
    """Return the version of an installed Python distribution. Raises AbsentError."""
    try:
        return version(name)
    except PackageNotFoundError as error:
        raise AbsentError(f"the Python package {name} is not installed") from error


def body_font_version() -> str:
    """Return the version of the font that fontconfig finds for the body. Raises AbsentError."""
    with body_font() as font:
        return f"{font['head'].fontRevision:.3f}"


def _program_version(*names: str) -> str:
    """Return the first version number in what a program says of itself."""
    answer = subprocess.run(
        [_program(*names), "--version"], capture_output=True, text=True, check=False
    )
    number = VERSION_NUMBER.search(answer.stdout)
    return number[0] if number else "unknown"


def _pandoc_split_option() -> str:
    """Return the option that cuts an EPUB at a heading level; it got another name in Pandoc 3."""
    major = int(_program_version("pandoc").split(".")[0])
    return "split-level" if major >= 3 else "epub-chapter-level"


def _program(*names: str) -> str:
    """Return the path of the first program there is. Raises AbsentError."""
    for name in names:
        path = shutil.which(name)
        if path is not None:
            return path
    raise AbsentError(f"{' or '.join(names)} is not on this machine")


def _write_html(corpus: Corpus, folder: Path) -> None:
    (folder / "issue.html").write_text(_render("issue.html", corpus), encoding="utf-8")
    shutil.copy(INPUTS / "issue.css", folder)


def _render(template: str, corpus: Corpus) -> str:
    environment = Environment(
        loader=FileSystemLoader(INPUTS),
        autoescape=template.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = escape
    return environment.get_template(template).render(corpus=corpus)


def _write_font(path: Path) -> None:
    """Take the body font out of its collection: an EPUB may hold OTF files, but no TTC."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with body_font() as font:
        font.save(path)


def body_font() -> TTFont:
    query = [_program("fc-match"), "--format=%{family}\t%{file}\t%{index}", f"{BODY_FONT}:regular"]
    answer = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    family, file, index = answer.split("\t")
    if BODY_FONT not in family.split(","):
        raise AbsentError(f"the font {BODY_FONT} is not installed")
    return TTFont(file, fontNumber=int(index))


PEERS = (
    Peer("weasyprint", ("print",), weasyprint, lambda: distribution_version("weasyprint")),
    Peer("chromium", ("print",), chromium, lambda: _program_version(*CHROMIUM_NAMES)),
    Peer("vivliostyle", ("print",), vivliostyle, lambda: _program_version("vivliostyle")),
    Peer("typst", ("print",), typst, lambda: distribution_version("typst")),
    Peer("pandoc", ("epub",), pandoc, lambda: _program_version("pandoc")),
    Peer("calibre", ("epub",), calibre, lambda: _program_version("ebook-convert")),
)
