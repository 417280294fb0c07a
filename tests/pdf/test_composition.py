"""What the composer makes of a page, measured in the finished PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from publish.build import Outcome, build
from publish.check.typography import Kind, TypographyReport, measure
from publish.errors import InputError, TextLostError
from publish.resources import resource

Edit = Callable[[str, str, str], None]
BODY = "城里的路，修了又修；江边的灯，亮了又亮。记者在7条巷子里走了3天，一共记下126处积水点。"


def characters(file: Path, page: int = 1) -> list[dict[str, Any]]:
    with pdfplumber.open(file) as pdf:
        return list(pdf.pages[page].chars)


def printed(project: Path) -> Path:
    return build(project, targets=["print"]).files["print"]


@pytest.fixture(scope="session")
def report(sample: Outcome) -> TypographyReport:
    return measure(sample.files["print"])


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.UNEVEN])
def test_the_sample_has_no_fault(report: TypographyReport, kind: Kind) -> None:
    assert report.of(kind) == ()


def test_the_samples_lines_reach_the_edge_and_stand_on_the_grid(report: TypographyReport) -> None:
    assert report.total.justified > 200
    assert report.total.edge_largest < 0.1
    assert report.total.baseline_largest < 0.1


def test_none_of_the_samples_lines_falls_back(sample: Outcome) -> None:
    assert "lines-fell-back" not in [finding.code for finding in sample.findings]


def test_text_stays_on_the_grid_behind_figures_quotations_and_notes(
    project: Path, edit: Edit
) -> None:
    body = f"{BODY * 4}\n\n![红](images/red.jpg)\n图说。\n某某 摄\n\n{BODY * 3}\n\n> {BODY}\n\n"
    body += f"## 小标题\n\n{BODY * 5}\n\n- {BODY}\n- {BODY}\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n"
    edit("one.md", "第二段。", body + BODY * 9)
    report = measure(printed(project))
    assert report.total.lines > 40
    assert report.of(Kind.OFF_GRID) == report.of(Kind.RIGHT_EDGE) == report.of(Kind.UNEVEN) == ()


def test_columns_end_level(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", f"{BODY * 40}")
    assert measure(printed(project)).of(Kind.UNEVEN) == ()


def test_a_reading_stands_above_its_base(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", "来自<ruby>龘<rt>dá</rt></ruby>氏家族。")
    found = characters(printed(project))
    base = next(c for c in found if c["text"] == "龘")
    reading = [c for c in found if c["text"] in "dá" and c["size"] < 5]
    assert len(reading) == 2
    assert all(c["bottom"] < base["top"] + 1.5 for c in reading)
    middle = (reading[0]["x0"] + reading[-1]["x1"]) / 2
    assert middle == pytest.approx((base["x0"] + base["x1"]) / 2, abs=0.1)


def test_dots_stand_under_their_characters(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", "请[注意，这里]{.dots}的水。")
    with pdfplumber.open(printed(project)) as pdf:
        page = pdf.pages[1]
        dots = sorted(c["x0"] + c["width"] / 2 for c in page.curves if c["width"] < 2)
        text = [c for c in page.chars if abs(c["size"] - 9) < 0.1]
    start = "".join(c["text"] for c in text).index("注意，这里")
    middles = [(c["x0"] + c["x1"]) / 2 for c in text[start : start + 5] if c["text"] != "，"]
    assert dots == pytest.approx(middles, abs=0.2)


def test_a_rare_character_comes_from_the_next_font_of_the_chain(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", "姓𫠠的人。")
    fonts = {c["text"]: c["fontname"] for c in characters(printed(project))}
    assert "Serif" in fonts["姓"]
    assert "Serif" not in fonts["𫠠"]


def test_a_headline_is_broken_by_sense(project: Path, edit: Edit) -> None:
    edit("one.md", "把路修到家门口", "市政协委员建议把山东半岛城市群多层次轨道交通早日建成通车")
    large = [c for c in characters(printed(project)) if c["size"] > 30]
    rows: dict[int, str] = {}
    for character in large:
        rows[round(character["top"])] = rows.get(round(character["top"]), "") + character["text"]
    lines = list(rows.values())
    assert len(lines) > 1
    assert "山东半岛" in "|".join(lines)
    assert "轨道交通" in "|".join(lines)


def test_a_typed_space_behind_a_figure_is_not_part_of_the_figure(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", BODY + "全程 15 公里，另有 5 处。")
    texts = [c["text"] for c in characters(printed(project))]
    assert not [text for text in texts if text.strip() and text.strip() != text]


def test_a_table_longer_than_a_page_is_cut_between_its_rows(project: Path, edit: Edit) -> None:
    rows = "".join(f"| 第{number}行 | {number} |\n" for number in range(150))
    edit("one.md", "第二段。", f"| 甲 | 乙 |\n|--|--|\n{rows}")
    with pdfplumber.open(printed(project)) as pdf:
        sheet = pdf.pages[1].height
        inside = [c for page in pdf.pages for c in page.chars if c["bottom"] < sheet - 20]
        assert len([c for c in inside if c["text"] == "第"]) > 150
        assert max(c["bottom"] for c in inside) < sheet - 28.35


def test_a_word_wider_than_its_column_stays_in_it(project: Path, edit: Edit) -> None:
    edit("one.md", "第二段。", f"长词Pneumonoultramicroscopicsilicovolcanoconiosis。{BODY * 9}")
    assert measure(printed(project)).total.edge_largest < 0.1


def test_text_off_the_page_is_lost(project: Path) -> None:
    styles = project / "styles" / "newspaper"
    styles.mkdir(parents=True)
    css = resource("styles", "newspaper", "print.css").read_text(encoding="utf-8")
    css += "\n.deck { position: relative; left: 700pt }"
    (styles / "print.css").write_text(css, encoding="utf-8")
    with pytest.raises(TextLostError, match="lost “—”"):
        build(project, targets=["print"])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("punctuaton: quanjiao", "no key “punctuaton”; did you mean “punctuation”?"),
        ("punctuation: half", "quanjiao or kaiming or banjiao, not “half”"),
        ("hanging: maybe", "true or false, not “maybe”"),
    ],
)
def test_a_themes_composition_is_checked(project: Path, data: str, message: str) -> None:
    folder = project / "styles" / "newspaper"
    folder.mkdir(parents=True)
    theme = Path(__file__).parents[2] / "styles" / "newspaper" / "theme.yaml"
    text = theme.read_text(encoding="utf-8")
    start = text.index("    punctuation:")
    end = text.index("epub:")
    changed = f"{text[:start]}    {data}\n\n{text[end:]}"
    (folder / "theme.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        build(project, targets=["print"])


@pytest.mark.parametrize("punctuation", ["kaiming", "banjiao"])
def test_other_styles_hanging_marks_and_hyphens_lose_nothing(
    project: Path, edit: Edit, punctuation: str
) -> None:
    folder = project / "styles" / "newspaper"
    folder.mkdir(parents=True)
    theme = Path(__file__).parents[2] / "styles" / "newspaper" / "theme.yaml"
    text = theme.read_text(encoding="utf-8").replace("quanjiao", punctuation)
    text = text.replace("hanging: false", "hanging: true")
    text = text.replace("hyphenation: false", "hyphenation: true")
    text = text.replace("columns: 3, measure: 18", "columns: 4, measure: 13")
    (folder / "theme.yaml").write_text(text, encoding="utf-8")
    english = "与UNESCO签署internationalization和telecommunications备忘录，infrastructure在列。"
    edit("one.md", "第二段。", english * 6)
    assert any(c["text"] == "\u00ad" for c in characters(printed(project)))


def test_a_word_wider_than_the_page_in_a_headline_is_cut(project: Path, edit: Edit) -> None:
    edit("one.md", "把路修到家门口", "Donaudampfschifffahrtsgesellschaftskapitaensmuetze来访")
    right = max(c["x1"] for c in characters(printed(project)) if c["size"] > 30)
    assert right < 28.35 + 595.28 - 36


def test_an_emoji_does_not_take_its_familys_other_characters_with_it(
    project: Path, edit: Edit
) -> None:
    edit("one.md", "第二段。", "😀和𫠠。")
    fonts = {c["text"]: c["fontname"] for c in characters(printed(project))}
    assert "BabelStone" in fonts["😀"]
    assert "DejaVu" not in fonts["𫠠"]
