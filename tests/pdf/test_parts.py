"""A PDF joined of parts is the one that would have been made in one go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from one_go import Looked, in_one_go, look

from benchmarks.corpus import generate
from benchmarks.project import write_project
from publish.build import Outcome, Watch, build
from publish.errors import InputError
from publish.pdf import PDF_TARGETS

ROOT = Path(__file__).parents[2]
Edit = Callable[[str, str, str], None]


def compare(made: Looked, whole: Looked, *, sheet: bool = False, but: tuple[int, ...] = ()) -> None:
    assert made.texts == whole.texts
    assert made.boxes == whole.boxes
    assert made.labels == whole.labels
    assert made.links == whole.links
    assert made.bookmarks == whole.bookmarks
    if not sheet:  # the printer's marks are set in them too
        assert made.fonts == whole.fonts
    assert made.info == whole.info
    different = [
        number
        for number, (one, other) in enumerate(zip(made.pictures, whole.pictures, strict=True), 1)
        if one != other
    ]
    assert [number for number in different if number not in but] == []
    assert made.size <= (1.3 if but else 1.1) * whole.size


@pytest.mark.parametrize("target", ["print", "screen"])
def test_the_sample(target: str, sample: Outcome, tmp_path: Path) -> None:
    """Page 5 shows the front page's picture smaller: one run keeps it as large as there."""
    whole = look(in_one_go(ROOT, tmp_path / "whole.pdf", target))
    inks = PDF_TARGETS[target].inks
    compare(look(sample.files[target]), whole, sheet=inks, but=(5,) if inks else ())


@pytest.mark.parametrize(("size", "target"), [("S", "print"), ("S", "screen"), ("M", "print")])
def test_a_corpus(size: str, target: str, tmp_path: Path) -> None:
    write_project(generate(size), tmp_path)
    made = build(tmp_path, targets=[target], workers=2).files[target]
    whole = look(in_one_go(tmp_path, tmp_path / "whole.pdf", target))
    compare(look(made), whole, sheet=PDF_TARGETS[target].sheet)


# --- Two sections on two edition pages ---------------------------------------------------------


@pytest.fixture
def parts(project: Path, edit: Edit) -> Path:
    """The small project with its second section on another edition page: two parts and a front."""
    edit("manifest.yaml", "title: 图片\n    page: 1", "title: 图片\n    page: 2")
    return project


def style(project: Path, css: str) -> None:
    """Give a project its own stylesheet: the program's, and more."""
    folder = project / "styles" / "newspaper"
    folder.mkdir(parents=True, exist_ok=True)
    sheet = (ROOT / "styles" / "newspaper" / "print.css").read_text(encoding="utf-8")
    (folder / "print.css").write_text(sheet + css, encoding="utf-8")


def template(project: Path, name: str, old: str, new: str) -> None:
    """Change one of the theme's templates in the project."""
    folder = project / "styles" / "newspaper" / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "styles" / "newspaper" / "layouts" / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def both(project: Path, workers: int = 1) -> tuple[Looked, Looked]:
    made = build(project, targets=["screen"], workers=workers).files["screen"]
    return look(made), look(in_one_go(project, project / "whole.pdf", "screen"))


def made_parts(project: Path) -> list[str]:
    """Build; return the names of the parts that were made, not kept."""
    names: list[str] = []

    def explain(what: str, made: bool, why: str) -> None:
        if made and ("pages of" in what or "front" in what):
            names.append(what)

    build(project, targets=["screen"], watch=Watch(explain=explain))
    return names


def test_a_link_to_another_part(parts: Path, edit: Edit) -> None:
    edit("one.md", "第一段有", "第一段[看图](two.md)有")
    made, whole = both(parts)
    assert any(where == (3, *where[1:]) for page, _, where in made.links if page == 1)
    compare(made, whole)


@pytest.mark.parametrize(
    "css",
    [
        "@page :left { margin-left: 15mm; margin-right: 25mm }"
        "@page :right { margin-left: 25mm; margin-right: 15mm }",
        "@page :first { background: #fee } @page :nth(3) { background: #efe }",
        '@page :left { @top-right { content: counter(page) " / " counter(pages) } }',
        "@page { @bottom-left { content: string(folio, start) } "
        "@bottom-center { content: string(folio, last) } "
        "@bottom-right { content: string(folio, first-except) } }",
        "@page { border: 1pt solid #888; background: #fffef8 }",
        ".article { bookmark-level: 4 } .section { bookmark-state: closed }",
    ],
    ids=["sides", "numbers", "total", "strings", "frames", "levels"],
)
def test_a_theme_of_ones_own(parts: Path, css: str) -> None:
    style(parts, css)
    made, whole = both(parts)
    compare(made, whole)


def test_page_references_across_parts(parts: Path) -> None:
    """An article names the page of another part, as a jump line does."""
    style(parts, ".jump::after { content: '第' target-counter(attr(href), page) '版' }")
    template(
        parts, "article.html", "</article>",
        '<p><a class="jump" href="#two">下转</a></p></article>',
    )  # fmt: skip
    made, whole = both(parts)
    assert "下转第3版" in "".join(made.texts[1].split())
    compare(made, whole)
    again = build(parts, parts / "elsewhere", targets=["screen"]).files["screen"]
    assert look(again) == made


@pytest.mark.parametrize("rule", ["edition-page", "section", "never"])
def test_where_new_pages_begin(parts: Path, rule: str) -> None:
    data = (ROOT / "styles" / "newspaper" / "theme.yaml").read_text(encoding="utf-8")
    folder = parts / "styles" / "newspaper"
    folder.mkdir(parents=True)
    changed = data.replace("new_page: edition-page", f"new_page: {rule}")
    (folder / "theme.yaml").write_text(changed, encoding="utf-8")
    made, whole = both(parts)
    assert len(made.texts) == (2 if rule == "never" else 3)
    compare(made, whole)


def test_links_that_lead_nowhere_are_told(parts: Path) -> None:
    template(parts, "article.html", "</article>", '<a href="#nowhere">某处</a></article>')
    with pytest.raises(InputError, match="#nowhere"):
        build(parts, targets=["screen"])


def test_running_elements_are_told(parts: Path) -> None:
    style(
        parts, ".byline { position: running(by) } @page { @bottom-left { content: element(by) } }"
    )
    with pytest.raises(InputError, match="running"):
        build(parts, targets=["screen"])


def test_a_section_sees_itself_alone(parts: Path) -> None:
    template(parts, "section.html", "{{ opening(section, 1) }}", "{{ issue.sections[0].title }}")
    with pytest.raises(InputError, match="section is made without the others") as error:
        build(parts, targets=["screen"])
    (finding,) = error.value.findings
    assert finding.location.startswith("styles/newspaper/layouts/section.html:")


def test_a_picture_in_two_parts_is_in_the_file_once(parts: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", "第二段。\n\n![一块红](images/red.jpg)\n一块红。")
    made, whole = both(parts)
    compare(made, whole)
    assert made.size <= 1.02 * whole.size


# --- Only what changed -------------------------------------------------------------------------


def test_only_the_part_that_changed_is_made(parts: Path, edit: Edit) -> None:
    assert len(made_parts(parts)) == 3
    edit("one.md", "第二段。", "第二段改了。")
    (name,) = made_parts(parts)
    assert "要闻" in name and "one.md" in name
    edit("one.md", "第二段改了。", "第二段。")
    assert made_parts(parts) == []


def test_pages_that_only_move_are_not_made_again(parts: Path, edit: Edit) -> None:
    """The first part grows by a page: of the second only the folio lines change."""
    before = look(build(parts, targets=["screen"]).files["screen"])
    edit("one.md", "第二段。", "第二段很长，说了又说。\n\n" * 400)
    names = made_parts(parts)
    assert ["要闻" in name for name in names].count(True) == 1
    assert not any("图片" in name for name in names)
    made, whole = both(parts)
    assert len(made.texts) > len(before.texts)
    compare(made, whole)


def test_a_headline_changes_its_part_and_the_contents(parts: Path, edit: Edit) -> None:
    made_parts(parts)
    edit("one.md", "headline: ", "headline: 新")
    names = made_parts(parts)
    assert len(names) == 2
    compare(*both(parts))


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty"])
def test_a_damaged_entry_is_made_again(parts: Path, damage: str) -> None:
    first = build(parts, targets=["screen"]).files["screen"].read_bytes()
    for entry in (parts / ".publish-cache").rglob("*"):
        if entry.is_file():
            content = entry.read_bytes()
            changed = content[:-5] if damage == "cut" else content[:-1] + bytes([content[-1] ^ 1])
            entry.write_bytes(b"" if damage == "empty" else changed)
    outcome = build(parts, targets=["screen"])
    assert outcome.files["screen"].read_bytes() == first
    assert [finding.code for finding in outcome.findings].count("cache-damaged") == 1


def test_the_same_bytes_whatever_made_them(parts: Path) -> None:
    made = [
        build(parts, parts / f"made-{number}", keep=keep, workers=workers)
        for number, (keep, workers) in enumerate([(False, 1), (False, 2), (True, 2), (True, 1)])
    ]
    for target in ("epub", "print"):
        assert len({outcome.files[target].read_bytes() for outcome in made}) == 1
