"""Input that was made to break in, or that only looks whole: told, and nothing is written."""

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
from publish.resources import resource

Edit = Callable[[str, str, str], None]

MANIFEST = "manuscript/manifest.yaml"
ONE = "manuscript/one.md"
TWO = "manuscript/two.md"

OLD = {"tiny-2026-01-20.epub": b"the old EPUB", "tiny-2026-01-20-print.pdf": b"the old PDF"}


@pytest.fixture
def project(project: Path) -> Path:
    """The tiny project, with the files of an earlier build."""
    (project / "build").mkdir()
    for name, content in OLD.items():
        (project / "build" / name).write_bytes(content)
    return project


def the_errors(project: Path, *targets: str) -> list[Finding]:
    """Build, and give the errors; the old output must be there, and nothing beside it."""
    with pytest.raises(InputError) as raised:
        build(project, targets=targets)
    assert raised.value.exit_code == 3
    assert {path.name: path.read_bytes() for path in (project / "build").iterdir()} == OLD
    return [finding for finding in raised.value.findings if finding.severity is Severity.ERROR]


def the_error(project: Path, *targets: str) -> str:
    (finding,) = the_errors(project, *targets)
    return str(finding)


def write(project: Path, name: str, text: str) -> None:
    (project / "manuscript" / name).write_text(text, encoding="utf-8")


# --- YAML ------------------------------------------------------------------------------------

TOO_LARGE = (
    "more than 200,000 values, or deeper than 40 levels, once its aliases are expanded — "
    "write the values out, without & and *"
)
A_BYLINE = "byline: [{role: 本报记者, names: [甲乙]}, {role: 通讯员, names: [丙丁, 戊己]}]"


@pytest.mark.parametrize("depth", [60, 5_000])
def test_a_manifest_may_not_be_deep(project: Path, depth: int) -> None:
    write(project, "manifest.yaml", f"a: {'[' * depth}{']' * depth}\n")
    assert the_error(project) == f"{MANIFEST}:1: {TOO_LARGE}"


def test_front_matter_may_not_be_deep(project: Path, edit: Edit) -> None:
    edit("one.md", "deck: 三年", f"deck: {'[' * 5_000}{']' * 5_000} #")
    assert the_error(project) == f"{ONE}:2: {TOO_LARGE}"


def test_an_alias_may_not_hold_itself(project: Path) -> None:
    write(project, "manifest.yaml", "a: &a [*a]\n")
    assert the_error(project) == f"{MANIFEST}:1: {TOO_LARGE}"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "manifest.yaml",
            "title: 小报",
            "title: !!python/object:os.system ls",
            f"{MANIFEST}:2: this is no YAML: could not determine a constructor for the tag "
            "'tag:yaml.org,2002:python/object:os.system' — "
            "tags with ! have no meaning here; remove them",
        ),
        (
            "one.md",
            "deck:",
            "\tdeck:",
            f"{ONE}:4: this is no YAML: found character '\\t' that cannot start any token — "
            "indent with blanks, not with tabs",
        ),
        (
            "one.md",
            "deck:",
            "headline: 又一个\ndeck:",
            f"{ONE}:4: the key “headline” stands twice, first in line 3 — keep one of the two",
        ),
        (
            "one.md",
            "{role: 本报记者,",
            "{rol: 本报记者,",
            f"{ONE}:5: unknown key “rol” — did you mean “role”?",
        ),
        (
            "manifest.yaml",
            "  number: 7",
            "  number: 7\n  xyzzy: 1",
            f"{MANIFEST}:7: unknown key “xyzzy” — known here: date, number, total, pages, lunar, "
            "price, series, banner, description, identifier",
        ),
        (
            "manifest.yaml",
            "title: 小报",
            "title: 2026",
            f"{MANIFEST}:2: “title” must be text, not a number — "
            'put the value in quotes: title: "…"',
        ),
        (
            "manifest.yaml",
            "    page: 1\n    articles: [one.md]",
            "    page: yes\n    articles: [one.md]",
            f"{MANIFEST}:9: “page” must be a whole number, not yes or no — write digits alone",
        ),
        (
            "one.md",
            A_BYLINE,
            "byline: [{role: 本报记者, names: 甲乙}]",
            f"{ONE}:5: “names” must be a list, not text — write names: [first, second]",
        ),
        (
            "manifest.yaml",
            "slug: tiny",
            "slug: ../../tiny",
            f"{MANIFEST}:3: “../../tiny” is no slug — "
            "use lower-case letters, digits and hyphens, as in yunting-daily",
        ),
        (
            "manifest.yaml",
            "issue:",
            "theme: ../else\nissue:",
            f"{MANIFEST}:4: “../else” is no theme — write the name of a folder in styles/",
        ),
        (
            "manifest.yaml",
            "    articles: [one.md]\n",
            "    articles:\n",
            f"{MANIFEST}:8: “articles” is missing in section “要闻” — "
            "add articles: (稿件，顺序即出版顺序)",
        ),
    ],
)
def test_the_yaml_is_told_where_and_how(
    project: Path, edit: Edit, name: str, old: str, new: str, message: str
) -> None:
    edit(name, old, new)
    assert the_error(project) == message


@pytest.mark.parametrize("date", ["2026-13-01", "2026-1-20", "2026-W04-2", "昨天"])
def test_a_date_is_year_month_day(project: Path, edit: Edit, date: str) -> None:
    edit("manifest.yaml", "2026-01-20", date)
    assert the_error(project) == (
        f"{MANIFEST}:5: “{date}” is no date — write year-month-day, as in 2026-01-20"
    )


def test_the_same_article_by_another_way_is_the_same(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "[two.md]", "[two.md, ./images/../one.md]")
    assert the_error(project) == (
        f"{MANIFEST}:14: “./images/../one.md” is listed twice, first in line 10 — "
        "keep one of the two"
    )


# --- Text ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["manifest.yaml", "one.md"])
def test_gb18030_is_told_with_its_line(project: Path, name: str) -> None:
    path = project / "manuscript" / name
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert the_error(project) == (
        f"manuscript/{name}:2: the text is not UTF-8; it looks like GB18030 (GBK) — "
        "save the file as UTF-8, for example with: iconv -f GB18030 -t UTF-8"
    )


def test_utf_16_is_told(project: Path) -> None:
    path = project / "manuscript" / "one.md"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert the_error(project) == (
        f"{ONE}:1: the text is not UTF-8; it looks like UTF-16 — save the file as UTF-8"
    )


@pytest.mark.parametrize("character", ["\0", "\b", "\uffff"])
def test_control_characters_are_told(project: Path, edit: Edit, character: str) -> None:
    edit("one.md", "第二段。", f"第二{character}段。")
    assert the_error(project) == (
        f"{ONE}:13: an invisible control character (U+{ord(character):04X}) stands in the text — "
        "delete it; such characters come along when text is copied"
    )


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("<b>二", "the HTML “<b>” is not allowed"),
        ("<!-- 注 -->", "the HTML “<!-- 注 -->” is not allowed"),
        ("<br onclick=x>", "the HTML “<br onclick=x>” is not allowed"),
        ("<a href='x'>", "the HTML “<a href='x'>” is not allowed"),
        ("</sub>", "</sub> closes nothing"),
        ("<sup>二", "<sup> is never closed"),
    ],
)
def test_html_is_judged_tag_by_tag(project: Path, edit: Edit, typed: str, message: str) -> None:
    edit("one.md", "第二段。", f"第二段{typed}。")
    (finding,) = the_errors(project)
    assert (finding.message, finding.location) == (message, f"{ONE}:13")
    assert finding.hint


@pytest.mark.parametrize(
    ("name", "old", "new", "location"),
    [
        ("one.md", "## 小标题", "## 小<i>标题", f"{ONE}:11"),
        ("one.md", "第二段。", "- 甲\n- 乙<i>丙", f"{ONE}:14"),
        ("one.md", "第二段。", "> 甲\n> 乙<i>丙", f"{ONE}:14"),
        ("one.md", "第二段。", "| 头 |\n| -- |\n| 一<i> |", f"{ONE}:15"),
        ("one.md", "这是注。", "这是<i>注。", f"{ONE}:15"),
        ("two.md", "四四方方。", "四四<i>方方。", f"{TWO}:5"),
    ],
)
def test_html_is_found_wherever_it_stands(
    project: Path, edit: Edit, name: str, old: str, new: str, location: str
) -> None:
    edit(name, old, new)
    (finding,) = the_errors(project)
    assert (finding.message, finding.location) == ("the HTML “<i>” is not allowed", location)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_a_link_leads_to_the_web(project: Path, edit: Edit, target: str) -> None:
    edit("one.md", "第二段。", f"[第二段]({target})。")
    assert the_error(project) == (
        f"{ONE}:13: the link “{target}” leads neither to the web nor to a manuscript — "
        "begin it with https://, or name a manuscript of the issue"
    )


# --- Paths and pictures ------------------------------------------------------------------------


def test_a_folder_linked_from_outside_is_outside(project: Path, edit: Edit) -> None:
    outside = project.parent / "outside"
    outside.mkdir()
    (outside / "one.md").write_text("外面的字。", encoding="utf-8")
    (project / "manuscript" / "linked").symlink_to(outside)
    edit("manifest.yaml", "[one.md]", "[linked/one.md]")
    assert the_error(project) == (
        f"{MANIFEST}:10: the manuscript “linked/one.md” lies outside the project — "
        "copy it into the project"
    )


def test_an_absolute_path_is_outside(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "[one.md]", "[/etc/passwd]")
    assert the_error(project) == (
        f"{MANIFEST}:10: the manuscript “/etc/passwd” lies outside the project — "
        "copy it into the project"
    )


def test_a_picture_linked_from_outside_is_outside(project: Path) -> None:
    inside, outside = project / "manuscript" / "images" / "red.jpg", project.parent / "red.jpg"
    inside.rename(outside)
    inside.symlink_to(outside)
    assert the_error(project) == (
        f"{TWO}:4: the picture “images/red.jpg” lies outside the project — copy it into the project"
    )


@pytest.mark.parametrize("name", ["..%2F..%2Fred.jpg", "/etc/passwd"])
def test_a_pictures_path_is_judged_as_it_will_be_read(project: Path, edit: Edit, name: str) -> None:
    edit("two.md", "images/red.jpg", name)
    assert the_error(project) == (
        f"{TWO}:4: the picture “{name.replace('%2F', '/')}” lies outside the project — "
        "copy it into the project"
    )


@pytest.mark.parametrize(
    "name", ["file:///etc/passwd", "//example.org/red.jpg", "data:image/png;base64,AAAA"]
)
def test_a_picture_is_a_file_of_the_project(project: Path, edit: Edit, name: str) -> None:
    edit("two.md", "images/red.jpg", name)
    assert the_error(project) == (
        f"{TWO}:4: the picture “{name}” is not a file of the project — "
        "download it into the project's images folder and name that file"
    )


LONG = "長" * 120


@pytest.mark.parametrize(
    ("typed", "name"), [('["one\\0.md"]', "one\0.md"), (f"[{LONG}.md]", f"{LONG}.md")]
)
def test_a_name_no_file_can_have_is_missing(
    project: Path, edit: Edit, typed: str, name: str
) -> None:
    edit("manifest.yaml", "[one.md]", typed)
    (finding,) = the_errors(project)
    assert finding.message == f"there is no manuscript “{name}”"
    assert finding.location == f"{MANIFEST}:10"


def test_a_loop_of_links_is_missing(project: Path) -> None:
    picture = project / "manuscript" / "images" / "red.jpg"
    picture.unlink()
    picture.symlink_to(picture)
    (finding,) = the_errors(project)
    assert finding.message == "there is no picture “images/red.jpg”"
    assert finding.location == f"{TWO}:4"


def test_a_picture_of_enormous_area_is_refused(project: Path, edit: Edit) -> None:
    Image.new("1", (19_000, 19_000)).save(project / "manuscript" / "images" / "red.png")
    edit("two.md", "red.jpg", "red.png")
    assert the_error(project) == (
        f"{TWO}:4: the picture “images/red.png” is larger than any page — "
        "scale it to less than 20,000 pixels a side"
    )


def test_a_truncated_png_is_damaged(project: Path, edit: Edit) -> None:
    path = project / "manuscript" / "images" / "red.png"
    Image.effect_noise((400, 400), 90).save(path)
    path.write_bytes(path.read_bytes()[:9_000])
    edit("two.md", "red.jpg", "red.png")
    assert the_error(project) == (
        f"{TWO}:4: the picture “images/red.png” is damaged: image file is truncated — "
        "fetch or export it again"
    )


def test_a_truncated_picture_is_damaged_after_a_build_too(project: Path) -> None:
    """WeasyPrint asks Pillow for leniency for the whole process; the reader must not share it."""
    build(project, project / "elsewhere", targets=["print"])
    path = project / "manuscript" / "images" / "red.jpg"
    Image.effect_noise((400, 400), 90).convert("RGB").save(path)
    path.write_bytes(path.read_bytes()[:9_000])
    assert the_errors(project)[0].code == "picture-corrupt"


# --- Themes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["epub", "print"])
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{{ article.kicker | headline_lines }}",
            "{{ artikel.kicker }}",
            "the template stops: 'artikel' is undefined — "
            "the names a template may use are listed in the guide, under themes",
        ),
        (
            "{{ article.kicker | headline_lines }}",
            "{{ article.kiker }}",
            "the template stops: 'publish.model.Article object' has no attribute 'kiker' — "
            "the names a template may use are listed in the guide, under themes",
        ),
    ],
)
def test_an_articles_template_names_its_own_line(
    project: Path, target: str, old: str, new: str, message: str
) -> None:
    text = resource("styles", "newspaper", "layouts", "article.html").read_text(encoding="utf-8")
    layouts = project / "styles" / "newspaper" / "layouts"
    layouts.mkdir(parents=True)
    (layouts / "article.html").write_text(text.replace(old, new), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    assert the_error(project, target) == (
        f"styles/newspaper/layouts/article.html:{line}: {message}"
    )


def test_a_rule_that_would_be_ignored_fails(project: Path) -> None:
    theme = project / "styles" / "newspaper"
    theme.mkdir(parents=True)
    (theme / "print.css").write_text("p { colour: red }", encoding="utf-8")
    assert the_error(project, "print") == (
        "WeasyPrint: Ignored `colour: red ` at 1:5, unknown property. — "
        "correct the rule in the theme's print.css"
    )


# --- The command -------------------------------------------------------------------------------


def test_the_command_tells_everything_at_once(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "2026-01-20", "2026-02-30")
    edit("manifest.yaml", "slug: tiny", "slug: tiny\n  publishr: 某社")
    edit("one.md", "deck:", "dek:")
    edit("one.md", "第二段。", "第<sub>二段。")
    edit("two.md", "red.jpg", "blue.jpg")
    command = [sys.executable, "-m", "publish", "build", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stdout == ""
    assert [line for line in done.stderr.splitlines() if line.startswith("error")] == [
        f"error {MANIFEST}:6 “2026-02-30” is no date (date-none)",
        f"error {MANIFEST}:4 unknown key “publishr” (key-unknown)",
        f"error {ONE}:4 unknown key “dek” (key-unknown)",
        f"error {ONE}:13 <sub> is never closed (html-unclosed)",
        f"error {TWO}:4 there is no picture “images/blue.jpg” (picture-missing)",
    ]
    assert [line for line in done.stderr.splitlines() if "→ did you mean" in line] == [
        "      → did you mean “publisher”?",
        "      → did you mean “deck”?",
        "      → did you mean “images/red.jpg”?",
    ]
    assert {path.name: path.read_bytes() for path in (project / "build").iterdir()} == OLD


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("manifest.yaml", "[one.md]", "[]"),
        ("manifest.yaml", "title: 小报", "title: [[[["),
        ("one.md", "contributor: 某某供稿\n---", "contributor: 某某供稿"),
        ("two.md", "images/red.jpg", "../../red.jpg"),
    ],
)
def test_the_command_exits_3(project: Path, edit: Edit, name: str, old: str, new: str) -> None:
    edit(name, old, new)
    command = [sys.executable, "-m", "publish", "build", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(f"error manuscript/{name}:")
    assert "      → " in done.stderr
    assert {path.name: path.read_bytes() for path in (project / "build").iterdir()} == OLD
