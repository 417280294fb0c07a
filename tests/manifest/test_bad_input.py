"""Every bad input: one message with file, line and mend; exit 3; the old output untouched."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from publish.build import build
from publish.diagnostics import Finding, Severity
from publish.errors import InputError

Edit = Callable[[str, str, str], None]


def errors(project: Path) -> list[Finding]:
    with pytest.raises(InputError) as raised:
        build(project, targets=["epub"])
    assert raised.value.exit_code == 3
    assert not list(project.glob("build/*"))
    return [finding for finding in raised.value.findings if finding.severity is Severity.ERROR]


def the_error(project: Path) -> tuple[str, str, int | None, str | None]:
    (finding,) = errors(project)
    return finding.message, finding.file or "", finding.line, finding.hint


MANIFEST = "manuscript/manifest.yaml"
ONE = "manuscript/one.md"

CASES = {
    "missing manuscript": (
        "manifest.yaml", "[one.md]", "[onee.md]",
        "there is no manuscript “onee.md”", MANIFEST, 10, "did you mean “one.md”?",
    ),
    "misspelt key": (
        "manifest.yaml", "  number: 7", "  number: 7\n  bannner: 通栏",
        "unknown key “bannner”", MANIFEST, 7, "did you mean “banner”?",
    ),
    "misspelt front matter": (
        "one.md", "deck:", "dek:",
        "unknown key “dek”", ONE, 4, "did you mean “deck”?",
    ),
    "wrong type": (
        "manifest.yaml", "number: 7", "number: seven",
        "“number” must be a whole number, not text", MANIFEST, 6, "write digits alone",
    ),
    "byline as text": (
        "one.md", "byline: [{role: 本报记者, names: [甲乙]}, {role: 通讯员, names: [丙丁, 戊己]}]",
        "byline: 甲乙",
        "“byline” must be a list, not text", ONE, 5,
        "write byline: [{role: 本报记者, names: [张三]}]",
    ),
    "duplicate key": (
        "manifest.yaml", "  slug: tiny", "  slug: tiny\n  slug: small",
        "the key “slug” stands twice, first in line 3", MANIFEST, 4, "keep one of the two",
    ),
    "same article twice": (
        "manifest.yaml", "[one.md]", "\n      - one.md\n      - one.md",
        "“one.md” is listed twice, first in line 11", MANIFEST, 12, "keep one of the two",
    ),
    "front matter never closed": (
        "one.md", "contributor: 某某供稿\n---", "contributor: 某某供稿",
        "the front matter is never closed", ONE, 1, "put a line of --- after its last key",
    ),
    "front matter is no YAML": (
        "one.md", "deck: 三年修了", "deck: 三年: 修了",
        "this is no YAML: mapping values are not allowed here", ONE, 4,
        "put a value that holds a colon and a blank in quotes",
    ),
    "unclosed HTML": (
        "one.md", "第二段。", "第<ruby>二<rt>èr</rt>段。",
        "<ruby> is never closed", ONE, 13, "add </ruby>",
    ),
    "unsafe HTML": (
        "one.md", "第二段。", "第二段<img src=x onerror=y>。",
        "the HTML “<img src=x onerror=y>” is not allowed", ONE, 13,
        "only ruby, rt, rp, sub, sup, br are, without attributes",
    ),
    "missing picture": (
        "two.md", "red.jpg", "rad.jpg",
        "there is no picture “images/rad.jpg”", "manuscript/two.md", 4,
        "did you mean “images/red.jpg”?",
    ),
    "remote picture": (
        "two.md", "images/red.jpg", "https://example.org/red.jpg",
        "the picture “https://example.org/red.jpg” is not a file of the project",
        "manuscript/two.md", 4,
        "download it into the project's images folder and name that file",
    ),
    "picture outside": (
        "two.md", "images/red.jpg", "../../red.jpg",
        "the picture “../../red.jpg” lies outside the project", "manuscript/two.md", 4,
        "copy it into the project",
    ),
    "manuscript outside": (
        "manifest.yaml", "[one.md]", "[../../secret.md]",
        "the manuscript “../../secret.md” lies outside the project", MANIFEST, 10,
        "copy it into the project",
    ),
    "empty section": (
        "manifest.yaml", "articles: [one.md]", "articles: []",
        "section “要闻” has no articles", MANIFEST, 10,
        "name at least one manuscript, or remove the section",
    ),
    "no date": (
        "manifest.yaml", "2026-01-20", "2026-02-30",
        "“2026-02-30” is no date", MANIFEST, 5, "write year-month-day, as in 2026-01-20",
    ),
    "a topic tag that YAML takes for a comment": (
        "one.md", "deck: 三年修了一百二十里", "deck: 三年 #修路",
        "“#修路” would be lost: after a blank, # begins a comment", ONE, 4,
        "put the whole value in quotes, or a blank after the # of a comment",
    ),
    "no headline": (
        "one.md", "headline: 把路修到家门口\n", "",
        "the article has no headline", ONE, 1,
        "add headline: to its front matter; only a photo-story does without",
    ),
    "unknown layout": (
        "manifest.yaml", "layout: photo-story", "layout: photostory",
        "section “图片” asks for the layout “photostory”", MANIFEST, None,
        "did you mean “photo-story”?",
    ),
    "note without text": (
        "one.md", "第二段。", "第二段[^2]。",
        "the note [^2] has no text", ONE, 13, "add a line [^2]: …",
    ),
    "note without reference": (
        "one.md", "有脚注[^1]，", "没有脚注，",
        "nothing in the text refers to the note [^1]", ONE, 15, "put [^1] where it belongs",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_bad_input_has_one_message(case: str, project: Path, edit: Edit) -> None:
    name, old, new, message, file, line, hint = CASES[case]
    edit(name, old, new)
    if case == "manuscript outside":
        (project.parent / "secret.md").write_text("秘密", encoding="utf-8")
    found = the_error(project)
    assert found == (message, file, line, hint)


def test_a_link_out_of_the_project_is_outside(project: Path) -> None:
    outside = project.parent / "outside.md"
    outside.write_text("外面的字。", encoding="utf-8")
    (project / "manuscript" / "one.md").unlink()
    (project / "manuscript" / "one.md").symlink_to(outside)
    assert the_error(project)[0] == "the manuscript “one.md” lies outside the project"


def test_text_in_gb18030_is_named(project: Path) -> None:
    path = project / "manuscript" / "one.md"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert the_error(project) == (
        "the text is not UTF-8; it looks like GB18030 (GBK)",
        ONE,
        2,
        "save the file as UTF-8, for example with: iconv -f GB18030 -t UTF-8",
    )


def test_a_truncated_picture_is_damaged(project: Path) -> None:
    path = project / "manuscript" / "images" / "red.jpg"
    Image.effect_noise((400, 400), 90).convert("RGB").save(path)
    path.write_bytes(path.read_bytes()[:9000])
    message, file, line, hint = the_error(project)
    assert message.startswith("the picture “images/red.jpg” is damaged: ")
    assert (file, line, hint) == ("manuscript/two.md", 4, "fetch or export it again")


def test_a_text_named_as_picture_is_no_picture(project: Path) -> None:
    (project / "manuscript" / "images" / "red.jpg").write_text("no picture", encoding="utf-8")
    assert the_error(project)[0] == "“images/red.jpg” is no picture that can be opened (.jpg)"


def test_an_enormous_picture_is_refused(project: Path) -> None:
    Image.new("1", (21_000, 4)).save(project / "manuscript" / "images" / "red.png")
    (project / "manuscript" / "two.md").write_text(
        "![宽](images/red.png)\n很宽。\n某某 绘\n", encoding="utf-8"
    )
    assert the_error(project)[0] == "the picture “images/red.png” is 21000 × 4 pixels"


def test_an_undefined_name_in_a_template_is_named(project: Path) -> None:
    layouts = project / "styles" / "newspaper" / "layouts" / "epub"
    layouts.mkdir(parents=True)
    (layouts / "section.xhtml").write_text("<p>\n{{ sektion.title }}</p>", encoding="utf-8")
    message, file, line, hint = the_error(project)
    assert message == "the template stops: 'sektion' is undefined"
    assert (file, line) == ("styles/newspaper/layouts/epub/section.xhtml", 2)
    assert hint == "the names a template may use are listed in the guide, under themes"


def test_aliases_may_not_expand_without_end(project: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    (project / "manuscript" / "manifest.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert errors(project)[0].code == "yaml-too-large"


def test_all_problems_of_a_run_are_told_together(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "2026-01-20", "2026-13-01")
    edit("one.md", "deck:", "dek:")
    edit("two.md", "red.jpg", "blue.jpg")
    assert {finding.code for finding in errors(project)} == {
        "date-none",
        "key-unknown",
        "picture-missing",
    }


def test_the_command_exits_3_and_leaves_the_old_output(project: Path, edit: Edit) -> None:
    build(project)
    before = {path: path.read_bytes() for path in (project / "build").iterdir()}
    edit("one.md", "第二段。", "第二段<script>。")
    command = [sys.executable, "-m", "publish", "build", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "manuscript/one.md:13 the HTML “<script>” is not allowed" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (project / "build").iterdir()} == before
