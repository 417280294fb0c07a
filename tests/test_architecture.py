"""Imports flow one way, and a module tells one story."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "publish"

LEVELS = [
    {"model", "diagnostics", "errors", "__init__"},
    {"files", "resources"},
    {"typesetting"},
    {"fonts", "manuscript", "manifest"},
    {"layouts"},
    {"pdf", "epub", "check"},
    {"build"},
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
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("publish."):
            yield str(node.module).split(".")[1]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_flow_one_way(path: Path) -> None:
    for other in imported_rooms(path):
        assert LEVEL[other] <= LEVEL[room(path)], f"{path.name} imports {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_tells_one_story(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
