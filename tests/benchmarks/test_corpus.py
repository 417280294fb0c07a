"""The corpus is the same everywhere, and becomes a project without losing a character."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from benchmarks.corpus import Corpus, Section, generate
from benchmarks.project import escape, split_byline, split_section_title, write_project

S_SHA256 = "99cf1d6a077c7edd282a0c4b959cae29f5ed2d12c4abc0806c3f111667599d21"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return generate("S")


def plain_body(manuscript: str) -> list[str]:
    """The blocks of a manuscript's body, Markdown's marks and backslashes taken off."""
    body = manuscript.split("---\n", 2)[2]
    lines = [line.removeprefix("## ") for line in body.splitlines() if line]
    return [re.sub(r"\\(.)", r"\1", line) for line in lines]


def test_corpus_s_is_the_same_bytes_everywhere(corpus: Corpus) -> None:
    assert hashlib.sha256(corpus.to_json().encode()).hexdigest() == S_SHA256


def test_corpus_s_has_the_size_it_promises(corpus: Corpus) -> None:
    assert (len(corpus.sections), corpus.article_count, corpus.character_count) == (5, 10, 19391)


def test_project_keeps_every_character_in_its_order(corpus: Corpus, tmp_path: Path) -> None:
    write_project(corpus, tmp_path)
    manifest = yaml.safe_load((tmp_path / "manuscript/manifest.yaml").read_text("utf-8"))
    assert manifest["publication"]["slug"] == "corpus-s"
    assert len(manifest["sections"]) == len(corpus.sections)
    for section, written in zip(corpus.sections, manifest["sections"], strict=True):
        assert f"第{written['page']}版 {written['title']}" == section.title
        assert_articles_kept(section, [tmp_path / "manuscript" / a for a in written["articles"]])


def assert_articles_kept(section: Section, paths: list[Path]) -> None:
    for article, path in zip(section.articles, paths, strict=True):
        text = path.read_text("utf-8")
        front = yaml.safe_load(text.split("---\n", 2)[1])
        (byline,) = front["byline"]
        assert front.get("kicker", "") == article.kicker
        assert front["headline"] == article.headline
        assert front.get("deck", "") == article.deck.removeprefix("——")
        assert f"{byline['role']} {byline['names'][0]}" == article.byline
        assert plain_body(text) == [block.text for block in article.blocks]


def test_sections_take_feature_and_briefs_in_turn(corpus: Corpus, tmp_path: Path) -> None:
    write_project(corpus, tmp_path)
    manifest = yaml.safe_load((tmp_path / "manuscript/manifest.yaml").read_text("utf-8"))
    layouts = [section["layout"] for section in manifest["sections"]]
    assert layouts == ["feature", "briefs", "feature", "briefs", "feature"]


@pytest.mark.parametrize(
    "text",
    [
        "R&D投入12%、Wi-Fi“覆盖”《规划》",
        "R&amp;D与&#38;是两回事",
        "*重点*与_强调_、`代码`、[链接](https://example.org)、![图](a.png)",
        "<sup>2</sup>与1 < 2 > 0、H~2~O、x^2^、$a$、[^1]",
        r"反斜线\*与\\",
        "# 不是标题 #",
        "- 不是列表",
        "+ 不是列表",
        "2023. 不是列表",
        "2023) 不是列表",
        "> 不是引文",
        "---",
        "===",
        "~~~",
        "::: 不是容器",
        "甲|乙",
    ],
)
def test_escaped_text_comes_back_from_markdown_unchanged(text: str) -> None:
    paragraph = MarkdownIt("commonmark").enable("table").parse(escape(text))
    assert [token.type for token in paragraph] == ["paragraph_open", "inline", "paragraph_close"]
    children = paragraph[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


@pytest.mark.parametrize(
    ("title", "split"),
    [("第3版 发展建设", (3, "发展建设")), ("第12版 要闻", (12, "要闻")), ("要闻", (None, "要闻"))],
)
def test_section_title_gives_its_edition_page(title: str, split: tuple[int | None, str]) -> None:
    assert split_section_title(title) == split


def test_byline_without_a_role_is_a_name() -> None:
    assert split_byline("甲乙") == {"names": ["甲乙"]}
