"""A theme: a folder of data, stylesheets and templates; a project may override any one file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from publish.colour import PRESETS
from publish.colour.presets import Ink
from publish.diagnostics import Finding
from publish.errors import InputError
from publish.files import is_inside, nearest, read_text, shown
from publish.layouts.colours import inks
from publish.layouts.composition import composition
from publish.layouts.geometry import Geometry
from publish.model import Project
from publish.resources import resource
from publish.typesetting import Settings

LARGEST_SHEET = 64
"""Pages that a sheet may be folded to."""
DEFAULT_THEME = "newspaper"
FONT_FORMATS = ("otf", "woff2", "none")
NEW_PAGES = ("edition-page", "section", "never")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's folders, nearest first, and what its theme.yaml says."""

    name: str
    folders: tuple[Path, ...]
    geometry: Geometry
    composition: Settings
    new_page: str
    """Where a new page begins: edition-page, where the edition page changes; section; or never."""
    page_multiple: int
    """The print PDF has a multiple of so many pages: blank ones follow the last (4 where sheets
    are folded and stitched)."""
    colours: dict[str, Ink]
    font_roles: dict[str, str]
    font_format: str
    """How the EPUB's fonts are packed: otf, woff2, or none: they are the reader's own."""
    obfuscated: bool
    """The EPUB's fonts are of no use outside it (EPUB 3.3 § 4.2.6.3)."""
    picture_side: int
    picture_quality: int
    cover_width: int
    cover_height: int

    def without_sheet(self) -> Theme:
        """Return the theme with nothing outside the trim: neither bleed nor printer's marks."""
        return replace(self, geometry=replace(self.geometry, bleed=0.0, marks=0.0))

    @property
    def section_layouts(self) -> list[str]:
        """Return the names of the section layouts."""
        found = {
            path.stem for folder in self.folders for path in folder.glob("layouts/sections/*.html")
        }
        return sorted(found)


def find_theme(project: Project) -> Theme:
    """Return the project's theme; files of the project come before the program's.

    Raises InputError when there is no such theme, its data is wrong, or a section asks for a
    layout that it lacks.
    """
    name = project.issue.theme
    own = project.root / "styles" / name
    candidates = (own, resource("styles", name), resource("styles", DEFAULT_THEME))
    folders = tuple(dict.fromkeys(folder for folder in candidates if folder.is_dir()))
    manifest = shown(project.manifest, project.root)
    if not own.is_dir() and not resource("styles", name).is_dir():
        raise InputError(
            Finding(
                "theme-missing",
                f"there is no theme “{name}”",
                file=manifest,
                hint=f"make the folder styles/{name}, or take the theme {DEFAULT_THEME}",
            )
        )
    if own.is_dir() and not is_inside(own, project.root):
        raise InputError(
            Finding("path-outside", f"the theme “{name}” lies outside the project", file=manifest)
        )
    theme = _read(name, folders, project.root)
    if not PRESETS[project.issue.press.preset].trimmed:
        theme = theme.without_sheet()
    _require_layouts(project, theme, manifest)
    return theme


def _read(name: str, folders: tuple[Path, ...], root: Path) -> Theme:
    from publish.manifest.yaml_lines import load  # a worker is given a theme that was read

    path = next(p for folder in folders if (p := folder / "theme.yaml").is_file())
    base = root if is_inside(path, root) else path.parent
    file = shown(path, base)
    value: Any = load(read_text(path, base), file).value
    try:
        epub = value["epub"]
        return Theme(
            name,
            folders,
            Geometry.from_data(value["print"]),
            composition(value["print"].get("composition", {})),
            _new_page(value["print"].get("new_page", NEW_PAGES[0])),
            _multiple(value["print"].get("pages_multiple", 1)),
            inks(value["colours"]),
            dict(value["fonts"]),
            _font_format(epub.get("fonts", "otf")),
            _is_obfuscated(epub.get("obfuscate", False), epub.get("fonts", "otf")),
            int(epub["picture"]["side"]),
            int(epub["picture"]["quality"]),
            int(epub["cover"]["width"]),
            int(epub["cover"]["height"]),
        )
    except KeyError as error:
        message, hint = f"the key {error} is missing", "compare it with the theme newspaper"
        raise InputError(Finding("theme-data", message, file=file, hint=hint)) from error
    except (TypeError, ValueError) as error:
        raise InputError(Finding("theme-data", str(error), file=file)) from error


def _font_format(value: object) -> str:
    if value not in FONT_FORMATS:
        raise ValueError(f"epub.fonts is {', '.join(FONT_FORMATS)}, not {value!r}")
    return str(value)


def _is_obfuscated(value: object, form: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"epub.obfuscate is true or false, not {value!r}")
    if value and form == "woff2":
        raise ValueError("epub.obfuscate is for fonts: otf; readers do not undo it for woff2")
    return value


def _multiple(value: object) -> int:
    if not isinstance(value, int) or not 1 <= value <= LARGEST_SHEET:
        raise ValueError(f"print.pages_multiple is 1 to {LARGEST_SHEET}, not {value!r}")
    return value


def _new_page(value: object) -> str:
    if value not in NEW_PAGES:
        raise ValueError(f"print.new_page is {', '.join(NEW_PAGES)}, not {value!r}")
    return str(value)


def _require_layouts(project: Project, theme: Theme, manifest: str) -> None:
    known = theme.section_layouts
    findings = []
    for section in project.issue.sections:
        if section.layout in known:
            continue
        meant = nearest(section.layout, known)
        findings.append(
            Finding(
                "layout-unknown",
                f"section “{section.title}” asks for the layout “{section.layout}”",
                file=manifest,
                hint=f"did you mean “{meant}”?" if meant else f"known: {', '.join(known)}",
            )
        )
    if findings:
        raise InputError(findings)
