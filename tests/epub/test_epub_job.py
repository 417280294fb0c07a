"""An EPUB is made of what was kept and of what changed; nobody can tell which was which."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from publish.build import moment
from publish.cache import Cache
from publish.diagnostics import Finding
from publish.epub import EpubJob
from publish.epub.packing import Archive, Packed
from publish.errors import PublishError, TextLostError
from publish.fonts.reading import read_catalogue
from publish.layouts import Setup, find_theme
from publish.manifest.reader import read_project
from publish.workers import Task, Workers

ROOT = Path(__file__).parents[2]
HTML = {"h": "http://www.w3.org/1999/xhtml"}
Edit = Callable[[str, str, str], None]


@dataclass
class Made:
    """An EPUB, and what was told while it was made."""

    content: bytes
    made: dict[str, str] = field(default_factory=dict)
    """Why each thing was made that was not kept."""
    notes: list[Finding] = field(default_factory=list)

    @property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}

    def links(self, name: str) -> list[str]:
        tree = etree.fromstring(self.files[f"text/{name}.xhtml"])
        path = "//h:article//h:a[not(@role)]/@href"
        return [str(href) for href in tree.xpath(path, namespaces=HTML)]

    @property
    def pictures(self) -> list[str]:
        return [name for name in self.files if name.startswith("images/picture-")]


def make(root: Path, cache: Cache | None = None, workers: int = 1) -> Made:
    cache = cache or Cache(None)
    project, _ = read_project(root, cache)
    catalogue = read_catalogue(root).in_language(project.issue.publication.language)
    setup = Setup.of(project, find_theme(project), catalogue, moment(project))
    told: dict[str, str] = {}

    def explain(what: str, made: bool, why: str) -> None:
        if made:
            told[what] = why

    folder = root / "build"
    folder.mkdir(exist_ok=True)
    with Workers(workers, folder) as crew:
        job = EpubJob(project, setup, cache, crew, explain)
        job.submit()
        output = folder / "issue.epub"
        output.unlink(missing_ok=True)
        assert job.finish(output) == []
    return Made(output.read_bytes(), told, cache.findings)


@pytest.fixture
def cache(project: Path) -> Cache:
    return Cache.of(project)


def template(project: Path, name: str, old: str, new: str) -> None:
    """Change one of the theme's templates in the project."""
    file = project / "styles" / "newspaper" / "layouts" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "styles" / "newspaper" / "layouts" / name).read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


ONE, TWO = "the document of manuscript/one.md", "the document of manuscript/two.md"


# --- The same bytes ----------------------------------------------------------------------------


def test_cold_and_warm_with_one_worker_and_with_two(project: Path, cache: Cache) -> None:
    plain = make(project)
    assert make(project, workers=2).content == plain.content
    assert make(project, cache, workers=2).content == plain.content
    warm = make(project, cache)
    assert (warm.content, warm.made) == (plain.content, {})
    assert make(project, cache, workers=2).content == plain.content


def test_a_corrected_issue_is_as_if_made_anew(project: Path, cache: Cache, edit: Edit) -> None:
    make(project, cache)
    edit("one.md", "第二段。", "第二段，“OK”，改过了。")
    edit("two.md", "四四方方", "方方正正")
    assert make(project, cache).content == make(project).content


def test_a_damaged_cache_costs_time_and_nothing_else(project: Path, cache: Cache) -> None:
    plain = make(project, cache)
    for file in (project / ".publish-cache").glob("*/*"):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)
    again = make(project, Cache.of(project))
    assert again.content == plain.content
    assert [note.code for note in again.notes] == ["cache-damaged"]
    assert {ONE, TWO} <= set(again.made)
    shutil.rmtree(project / ".publish-cache")
    assert make(project, Cache.of(project)).content == plain.content


def test_a_packed_file_lies_in_the_zip_as_zipfile_would_put_it(tmp_path: Path) -> None:
    files = {"a.txt": b"", "b/c.xhtml": "江岸".encode() * 999, "d.jpg": bytes(range(256))}
    for name, is_packed in (("packed", True), ("plain", False)):
        with Archive(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            for file, content in files.items():
                archive.writestr(file, Packed.of(content) if is_packed else content)
    assert (tmp_path / "packed").read_bytes() == (tmp_path / "plain").read_bytes()
    with zipfile.ZipFile(tmp_path / "packed") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in files} == files


# --- Only what changed -------------------------------------------------------------------------


def test_everything_is_new_once(project: Path, cache: Cache) -> None:
    made = make(project, cache).made
    assert set(made.values()) == {"it was not made before"}
    assert next(iter(made)) == "the cover"  # what takes longest
    assert [name for name in made if "font" not in name] == [
        "the cover",
        "the picture images/red.jpg",
        "the page of “要闻”",
        ONE,
        "the page of “图片”",
        TWO,
        *(f"the document {name}" for name in ("cover", "title-page", "nav", "colophon")),
    ]


def test_a_corrected_text_is_one_document(project: Path, cache: Cache, edit: Edit) -> None:
    make(project, cache)
    edit("one.md", "第二段。", "第一段，第二段。\n\n第二段。")
    assert make(project, cache).made == {ONE: "its manuscript or its pictures changed"}


def test_lines_that_move_leave_cover_and_contents(project: Path, cache: Cache, edit: Edit) -> None:
    make(project, cache)
    edit("two.md", "![一块红]", "一块红。\n\n![一块红]")
    assert set(make(project, cache).made) == {TWO}


def test_a_new_character_makes_the_fonts_that_set_it(
    project: Path, cache: Cache, edit: Edit
) -> None:
    make(project, cache)
    edit("one.md", "第二段。", "第二段鱼。")
    made = make(project, cache).made
    assert made.pop(ONE)
    assert made == {"the font song-400 of the EPUB": "other characters are set in it"}


def test_a_headline_stands_in_contents_too(project: Path, cache: Cache, edit: Edit) -> None:
    make(project, cache)
    edit("one.md", "headline: 把路修到家门口", "headline: 家门口的路")
    made = make(project, cache)
    assert TWO not in made.made
    assert {ONE, "the page of “要闻”", "the document nav", "the cover"} <= set(made.made)
    assert "家门口的路" in made.files["text/nav.xhtml"].decode()


def test_a_template_sees_the_neighbours_headlines(project: Path, cache: Cache, edit: Edit) -> None:
    (project / "manuscript" / "three.md").write_text("---\nheadline: 三\n---\n三。\n")
    edit("manifest.yaml", "articles: [one.md]", "articles: [one.md, three.md]")
    siblings = "{% for other in section.articles %}<i>{{ other.label }}</i>{% endfor %}</p>"
    template(project, "epub/article.xhtml", "| folio }}</a></p>", "| folio }}</a>" + siblings)
    make(project, cache)
    edit("three.md", "三。", "三三。")
    assert ONE not in make(project, cache).made
    edit("three.md", "headline: 三", "headline: 四")
    made = make(project, cache)
    assert made.made[ONE] == "its section, or what names its articles, changed"
    assert "<i>四</i>" in made.files["text/one.xhtml"].decode()


def test_a_section_that_moves_takes_its_name_along(project: Path, cache: Cache, edit: Edit) -> None:
    template(
        project, "epub/article.xhtml", "| folio }}</a></p>", "| folio }}</a> {{ section.key }}</p>"
    )
    make(project, cache)
    (project / "manuscript" / "three.md").write_text("---\nheadline: 三\n---\n三。\n")
    edit("manifest.yaml", "sections:\n", "sections:\n  - {title: 头条, articles: [three.md]}\n")
    assert "s03</p>" in make(project, cache).files["text/two.xhtml"].decode()


def test_a_link_follows_an_article_whose_document_is_named_otherwise(
    project: Path, cache: Cache, edit: Edit
) -> None:
    (project / "manuscript" / "late").mkdir()
    (project / "manuscript" / "late" / "one.md").write_text("---\nheadline: 三\n---\n三。\n")
    edit("manifest.yaml", "articles: [one.md]", "articles: [one.md, late/one.md]")
    edit("two.md", "![一块红]", "[看这里](late/one.md)。\n\n![一块红]")
    assert make(project, cache).links("two") == ["one-2.xhtml"]
    edit("manifest.yaml", "articles: [one.md, late/one.md]", "articles: [late/one.md, one.md]")
    made = make(project, cache)
    assert made.links("two") == ["one.xhtml"]
    assert made.made[TWO] == "the documents that it links to are named otherwise"


def test_another_theme_makes_all_documents_again(project: Path, cache: Cache) -> None:
    make(project, cache)
    template(project, "epub/section.xhtml", "section-contents", "contents")
    made = make(project, cache).made
    assert {ONE, TWO, "the cover", "the document nav"} <= set(made)
    assert not any("font" in name or "picture" in name for name in made)
    why = "the theme, the fonts, the issue's head or the program changed"
    assert set(made.values()) == {why}


def test_what_was_thrown_out_of_the_cache_is_made_again(project: Path, cache: Cache) -> None:
    make(project, cache)
    shutil.rmtree(project / ".publish-cache" / "covers")
    assert make(project, cache).made == {"the cover": "it is no longer in the cache"}


# --- Pictures ----------------------------------------------------------------------------------


def test_a_picture_is_named_by_its_content(project: Path, cache: Cache, edit: Edit) -> None:
    first = make(project, cache)
    (name,) = first.pictures
    assert name.rpartition("/")[2] in first.files["text/two.xhtml"].decode()
    Image.new("RGB", (60, 40), "blue").save(project / "manuscript" / "images" / "blue.png")
    edit("one.md", "第二段。", "第二段。\n\n![蓝](images/blue.png)")
    second = make(project, cache)
    assert TWO not in second.made
    assert second.pictures[1] == name
    Image.new("RGB", (60, 40), "green").save(project / "manuscript" / "images" / "red.jpg")
    third = make(project, cache)
    assert third.made["the picture images/red.jpg"] == "its pictures changed"
    assert third.pictures[0] == second.pictures[0]
    assert third.pictures[1] != name
    assert third.pictures[1].rpartition("/")[2] in third.files["text/two.xhtml"].decode()
    assert third.content == make(project).content


def test_the_same_picture_twice_lies_in_the_epub_once(project: Path, edit: Edit) -> None:
    images = project / "manuscript" / "images"
    shutil.copy(images / "red.jpg", images / "again.jpg")
    edit("one.md", "第二段。", "第二段。\n\n![红](images/again.jpg)")
    assert len(make(project).pictures) == 1


def test_a_picture_that_changes_meanwhile_is_not_kept(
    project: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "manuscript" / "images" / "red.jpg"
    before = file.read_bytes()
    submit = Workers.submit

    def change(self: Workers, task: Task[object]) -> object:
        if task.name.startswith("the picture"):
            Image.new("RGB", (60, 40), "green").save(file)
        return submit(self, task)

    with monkeypatch.context() as patched:
        patched.setattr(Workers, "submit", change)
        make(project, cache)
    file.write_bytes(before)
    assert make(project, cache).content == make(project).content


# --- Nothing is lost ---------------------------------------------------------------------------


def test_lost_text_is_told_though_the_rest_was_kept(
    project: Path, cache: Cache, edit: Edit
) -> None:
    template(project, "text.html", ".text }}", ".text | replace('丢', '') }}")
    good = make(project, cache)
    edit("one.md", "第二段。", "第二段丢。")
    edit("two.md", "四四方方", "四四丢丢")
    with pytest.raises(TextLostError) as raised:
        make(project, cache)
    assert [(finding.file, finding.place) for finding in raised.value.findings] == [
        ("manuscript/one.md", "one.xhtml"),
        ("manuscript/two.md", "two.xhtml"),
    ]
    assert not (project / "build" / "issue.epub").exists()
    edit("one.md", "第二段丢。", "第二段。")
    with pytest.raises(TextLostError) as raised:
        make(project, cache)
    assert [finding.file for finding in raised.value.findings] == ["manuscript/two.md"]
    edit("two.md", "四四丢丢", "四四方方")
    again = make(project, cache)
    assert (again.content, again.made) == (good.content, {})


def test_a_file_that_is_not_as_it_was_made_is_no_epub(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Archive._write_packed

    def spoil(self: Archive, entry: zipfile.ZipInfo, packed: Packed) -> None:
        other = Packed.of(b"\n" + packed.content)
        write(self, entry, other if entry.filename.endswith("/one.xhtml") else packed)

    monkeypatch.setattr(Archive, "_write_packed", spoil)
    with pytest.raises(PublishError, match=r"text/one\.xhtml is not in the EPUB as it was made"):
        make(project)


# --- Quick -------------------------------------------------------------------------------------

HEAVY = ("PIL", "fontTools", "rjieba", "weasyprint", "uharfbuzz", "pypdfium2", "pikepdf")


QUICK = """\
import sys
from pathlib import Path
from publish.build import moment
from publish.cache import Cache
from publish.epub import EpubJob
from publish.fonts.reading import read_catalogue
from publish.layouts import Setup, find_theme
from publish.manifest.reader import read_project
from publish.workers import Workers

root, heavy = Path(sys.argv[1]), sys.argv[2:]
cache = Cache.of(root)
project, _ = read_project(root, cache)
catalogue = read_catalogue(root).in_language("zh-Hans")
before = set(sys.modules)
setup = Setup.of(project, find_theme(project), catalogue, moment(project))
made = []
with Workers(1, root) as crew:
    job = EpubJob(project, setup, cache, crew, lambda what, new, why: new and made.append(what))
    job.submit()
    job.finish(root / "again.epub")
print("made:", *made, "loaded:", *(set(heavy) & (set(sys.modules) - before)))
"""


def test_a_build_from_the_cache_loads_no_library_it_has_no_use_for(project: Path) -> None:
    def run() -> str:
        command = [sys.executable, "-c", QUICK, str(project), *HEAVY]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "the cover" in run()
    assert run().split() == ["made:", "loaded:"]
