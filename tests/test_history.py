"""Why a thing is made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publish.build import Watch, build
from publish.cache import Cache
from publish.history import FIRST, GONE, NEW, UNUSED, History, changes

Edit = Callable[[str, str, str], None]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"a.md": "1"}, {"a.md": "2"}, "a.md changed"),
        ({"a.md": "1"}, {"a.md": "1", "b.md": "2"}, "new: b.md"),
        ({"a.md": "1", "b.md": "2"}, {"a.md": "1"}, "gone: b.md"),
        ({"a": "1", "b": "2"}, {"a": "3", "c": "4"}, "a changed; new: c; gone: b"),
        ({"a": "1", "b": "2"}, {"b": "2", "a": "1"}, "the order of its articles changed"),
        ({"a": "1"}, {"a": "1"}, GONE),
        ({}, dict.fromkeys("abcdef", "1"), "new: a, b, c, d and 2 more"),
    ],
)
def test_what_became_of_what_it_is_made_of(
    before: dict[str, str], now: dict[str, str], said: str
) -> None:
    assert changes(before, now) == said


def test_one_build_after_another(tmp_path: Path) -> None:
    first = History(Cache(tmp_path), "print")
    assert first.why("a part", {"a.md": "1"}) == FIRST
    assert first.why("a part", {"b.md": "1"}) == FIRST
    first.remember()
    second = History(Cache(tmp_path), "print")
    assert second.why("a part", {"a.md": "2"}) == "a.md changed"
    assert second.why("a part", {"b.md": "1"}) == GONE
    assert second.why("another", {"c.md": "1"}) == NEW
    assert History(Cache(tmp_path), "epub").why("a part", {}) == FIRST
    assert History(Cache(None), "print").why("a part", {}) == UNUSED


def reasons(project: Path) -> dict[str, str]:
    told: dict[str, str] = {}

    def explain(what: str, made: bool, why: str) -> None:
        told[what] = why if made else "kept"

    build(project, targets=["print"], watch=Watch(explain=explain))
    return told


def test_the_pages_of_an_issue(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "title: 图片\n    page: 1", "title: 图片\n    page: 2")
    front = "the front page"
    news = "the pages of “要闻” (manuscript/one.md)"
    pictures = "the pages of “图片” (manuscript/two.md)"
    assert {why for what, why in reasons(project).items()} == {FIRST}
    edit("one.md", "第二段。", "第三段。")
    told = reasons(project)
    assert (told[front], told[news], told[pictures]) == (
        "kept", "manuscript/one.md changed", "kept",
    )  # fmt: skip
    edit("one.md", "把路修到家门口", "路修到了家门口")
    assert reasons(project)[front] == "the heads of the issue's articles changed"
    edit("manifest.yaml", "number: 7", "number: 8")
    assert reasons(project)[pictures] == "the issue's head changed"
    edit("manifest.yaml", "layout: photo-story", "layout: photo-story\n    intro: 一周之内。")
    told = reasons(project)
    assert told[pictures] == "the head or the place of its section changed"
    assert told[news] == "kept"
    (project / "styles" / "newspaper").mkdir(parents=True)
    (project / "styles" / "newspaper" / "note.txt").write_text("x", encoding="utf-8")
    assert reasons(project)[news] == "the theme changed"
