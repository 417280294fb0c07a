"""Imports flow one way, and a module tells one story."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "publish"

LEVELS = [
    {"model", "diagnostics", "errors", "__init__"},
    {
        "files",
        "history",
        "resources",
        "cache",
        "inputs",
        "program",
        "stopping",
        "timings",
        "workers",
    },
    {"typesetting", "colour"},
    {"fonts", "manuscript", "manifest"},
    {"layouts"},
    {"description"},
    {"pdf", "epub", "check"},
    {"listing"},
    {"build", "proof"},
    {"cli", "__main__"},
]
"""Lowest first: a room imports from its own level and from those below it."""

LEVEL = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
LONGEST = 450


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    for name in imported(path):
        if name.startswith("publish."):
            yield name.split(".")[1]


def imported(path: Path) -> Iterator[str]:
    """Every name imported, also inside functions; of ``from publish import model`` the rooms."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            if node.module == "publish":
                yield from (f"publish.{alias.name}" for alias in node.names if alias.name in LEVEL)
            else:
                yield str(node.module)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_flow_one_way(path: Path) -> None:
    for other in imported_rooms(path):
        assert LEVEL[other] <= LEVEL[room(path)], f"{path.name} imports {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_tells_one_story(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("name", sorted(set(LEVEL) - {"__init__", "__main__"}))
def test_each_room_can_be_entered_first(name: str) -> None:
    """A room that is only whole after another was imported stands in a circle."""
    command = [sys.executable, "-c", f"import publish.{name}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""


KNOWN_BY = {
    "yaml": {"manifest"},
    "markdown_it": {"manuscript"},
    "jinja2": {"layouts", "proof"},
    "ebooklib": {"epub"},
    "weasyprint": {"pdf", "cli"},
    "click": {"cli"},
    "rich": {"cli"},
}
"""Each of these libraries is known to one room; ``doctor`` also looks whether Pango loads."""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_stays_in_its_room(path: Path) -> None:
    for name in imported(path):
        library = name.partition(".")[0]
        assert room(path) in KNOWN_BY.get(library, {room(path)}), f"{path.name} imports {library}"
        assert room(path) != "typesetting" or library not in ("pikepdf", "pypdfium2", "pydyf")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_and_nothing_asks_the_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called, where = ast.unparse(node.func), f"{path.name}:{node.lineno}"
            assert called != "print" or room(path) == "cli", f"{where} prints"
            asks = called.endswith((".now", ".today", ".utcnow")) or called == "time.time"
            assert not asks, f"{where} asks the clock"
