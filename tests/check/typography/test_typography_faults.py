"""Planted faults: each kind is caught, once, where it stands; and a clean page has none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from paper import EM, HEI, LEADING, MING, WIDTH, Line, Sheet, left, row

from publish.check.typography import Kind, Occurrence, TypographyReport, measure

TEXT = (
    "　　三月的江岸风还有些凉，老街口的",
    "茶馆已经坐满了人。“今年来得早，”店主",
    "说，《江岸志》里写过，80年前的春天",
    "也是这样来的。",
    "　　码头边上共有12艘船，每艘都要在",
    "夜里两点以前把货卸完，工人们挑着担",
    "子来来往往，没有一个人说话，只听见",
    "江里的水声。",
)
"""Two paragraphs, eight lines."""

COLUMN = TEXT * 3


def sheet(*columns: Sequence[Line | str]) -> Sheet:
    paper = Sheet()
    paper.columns(*columns)
    return paper


def measured(paper: Sheet, folder: Path) -> TypographyReport:
    return measure(paper.save(folder / "page.pdf"))


def with_lines(first: int, *lines: Line | str) -> list[Line | str]:
    """Put other lines into a column, from one line on."""
    return [*COLUMN[:first], *lines, *COLUMN[first + len(lines) :]]


def only(report: TypographyReport, kind: Kind) -> Occurrence:
    """Return the only fault of the file, and see that it is of this kind."""
    assert [found.kind for found in report.occurrences] == [kind]
    assert report.total.counts == {other: int(other is kind) for other in Kind}
    (found,) = report.occurrences
    return found


def place(found: Occurrence) -> tuple[float, float]:
    return found.x, found.y


# --- Nothing to find ---------------------------------------------------------------------------


def test_a_clean_page_has_no_fault(tmp_path: Path) -> None:
    report = measured(sheet(COLUMN, COLUMN, COLUMN), tmp_path)
    assert report.occurrences == ()
    assert (report.total.lines, report.total.justified) == (72, 54)
    assert report.measures == (18,)
    assert (report.body_size, report.leading) == (9.0, 14.4)
    assert report.total.edge_largest < 0.001
    assert report.total.baseline_largest < 0.001


CLEAN = {
    "a hanging comma": with_lines(1, Line("茶馆已经坐满了八方客人和船家贩子，", WIDTH + EM / 2)),
    "a hyphenated word": with_lines(
        1, "茶馆里坐满了人，老船家们说Inter-", "national一词没听过，八十年前的事"
    ),
    "a path parted behind its solidus": with_lines(
        1, "茶馆的网址写在门口：www.example.cn/", "news大家都没听过，八十年前的春天里"
    ),
    "a negative figure": with_lines(
        1, "茶馆已经坐满了人，今天早上的气温是", "-3度，大家都没听过这么寒冷的春天"
    ),
    "a negative figure with the Chinese sign": with_lines(
        1, "茶馆已经坐满了人，今天早上的气温是", "－3度，大家都没听过这么寒冷的春天"
    ),
    "two dashes between words": with_lines(1, "茶馆已经坐满了人——今年来得早，店主"),
    "a last line of two characters": with_lines(3, "的是。"),
    "a last line of one word": with_lines(3, "GDP。"),
    "a line opened, not loose": with_lines(1, Line("茶馆已经坐满了八方客人和船家客人")),
    "slips of 0.05 pt": with_lines(1, Line(TEXT[1], WIDTH - 0.05), Line(TEXT[2], down=0.05)),
    "a crosshead": with_lines(
        4, "", Line("小标题", None, size=10.5, pattern=HEI, right=60), *TEXT[:2]
    ),
    "a crosshead of the body's size": with_lines(4, Line("小标题", None, pattern=HEI)),
    "a byline in two pieces": with_lines(4, Line("　本报记者甲乙", None), *TEXT[:3]),
    "a spaced-out line that ends its paragraph": with_lines(3, Line("也是这样来的。", 120.0)),
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_right_is_not_reported(name: str, tmp_path: Path) -> None:
    assert measured(sheet(CLEAN[name], COLUMN, COLUMN), tmp_path).occurrences == ()


# --- The right edge ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lack", "told"),
    [(0.3, "ends 0.30 pt short of the edge"), (-0.3, "ends 0.30 pt beyond the edge")],
)
def test_a_line_off_the_right_edge(lack: float, told: str, tmp_path: Path) -> None:
    column = with_lines(13, Line(TEXT[5], WIDTH - lack))
    report = measured(sheet(COLUMN, column, COLUMN), tmp_path)
    found = only(report, Kind.RIGHT_EDGE)
    assert (found.page, found.text, found.detail) == (1, TEXT[5], told)
    assert place(found) == (round(left(1) + WIDTH - EM - lack, 2), row(13))
    assert report.total.edge_largest == pytest.approx(0.3, abs=0.001)
    assert report.total.edge_p99 == pytest.approx(0.3, abs=0.001)


def test_a_closing_mark_that_keeps_its_blank_half_ends_short(tmp_path: Path) -> None:
    column = with_lines(13, Line("夜里两点以前把货卸完，工人们挑着。", WIDTH - 4.5))
    found = only(measured(sheet(COLUMN, column), tmp_path), Kind.RIGHT_EDGE)
    assert found.detail == "ends 4.50 pt short of the edge"


def test_the_end_of_a_paragraph_has_no_edge(tmp_path: Path) -> None:
    report = measured(sheet(with_lines(3, Line("也是这样来的。", 100.0))), tmp_path)
    assert report.occurrences == ()


# --- Prohibitions ------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", "，。、；：！？”’）》】·～")
def test_a_mark_that_begins_a_line(mark: str, tmp_path: Path) -> None:
    column = with_lines(
        9, "茶馆已经坐满了人，今年来得早，店主", f"{mark}说江岸的志书里写过，八十年前的春"
    )
    found = only(measured(sheet(COLUMN, column), tmp_path), Kind.LINE_START)
    assert found.detail == f"{mark} begins a line"
    assert place(found) == (left(1), row(10))


@pytest.mark.parametrize("mark", ["——", "……", "／"])
def test_a_mark_that_begins_a_line_in_the_strict_set(mark: str, tmp_path: Path) -> None:
    column = with_lines(
        9, "茶馆已经坐满了人，今年来得早，店主", f"{mark}说江岸的志书里写过，八十年前的"
    )
    found = only(measured(sheet(COLUMN, column), tmp_path), Kind.LINE_START_STRICT)
    assert place(found) == (left(1), row(10))


@pytest.mark.parametrize("mark", "“‘（《【")
def test_a_mark_that_ends_a_line(mark: str, tmp_path: Path) -> None:
    column = with_lines(9, f"茶馆已经坐满了人，今年来得早店主说{mark}")
    found = only(measured(sheet(COLUMN, column), tmp_path), Kind.LINE_END)
    assert found.detail == f"{mark} ends a line"
    assert place(found) == (round(left(1) + WIDTH - EM, 2), row(9))


def test_a_solidus_that_ends_a_line(tmp_path: Path) -> None:
    column = with_lines(9, "茶馆已经坐满了人，今年来得早店主说／")
    only(measured(sheet(COLUMN, column), tmp_path), Kind.LINE_END_STRICT)


# --- Unbreakables ------------------------------------------------------------------------------

BROKEN = {
    "——": ("茶馆已经坐满了人，今年来得早店主说—", "—江岸的志书里写过，八十年前的春天"),
    "……": ("茶馆已经坐满了人，今年来得早店主说…", "…江岸的志书里写过，八十年前的春天"),
    "35%": ("茶馆已经坐满了人，今年来的比去年多35", "%，江岸的志书里写过，八十年前的春天"),
    "3.5 km": ("茶馆已经坐满了人，今年走的路约有3.5", "km，江岸的志书里写过，八十年前的春天"),
    "¥90": ("茶馆已经坐满了人，今年的茶钱只要¥", "90，江岸的志书里写过，八十年前的春"),
    "3.5": ("茶馆已经坐满了人，今年的路约有3", ".5里，江岸的志书里写过，八十年前的"),
    "2023": ("茶馆已经坐满了人，今年是公元的20", "23年，江岸的志书里写过，八十年前的"),
    "GDP": ("茶馆已经坐满了人，今年的全年总产GD", "P，江岸的志书里写过，八十年前的春天"),
    "R&D": ("茶馆已经坐满了人，今年多了一样R&", "D，江岸的志书里写过，八十年前的春天"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_unbreakable_that_is_broken(what: str, tmp_path: Path) -> None:
    column = with_lines(9, *BROKEN[what])
    found = only(measured(sheet(COLUMN, column), tmp_path), Kind.BROKEN)
    assert found.detail == f"{what} is broken"
    assert (found.page, found.y) == (1, row(9))


def test_a_notes_mark_parted_from_its_word(tmp_path: Path) -> None:
    paper = sheet(COLUMN, with_lines(10, Line(TEXT[2], WIDTH - 5, right=5.0)))
    paper.glyph("1", left(1), row(10) - 3, size=6.0)
    found = only(measured(paper, tmp_path), Kind.BROKEN)
    assert (found.text, found.y) == (TEXT[1], row(9))


# --- Within a line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("茶馆已经坐满了人，“今年来得早店主", "，“"),
        ("茶馆写进了《江岸志》（今年来得早的", "》（"),
        ("茶馆已经坐满了“江岸人”。今年来得", "”。"),
        ("茶馆已经坐满了人（《江岸志》里写过", "（《"),
    ],
)
def test_two_marks_not_squeezed(text: str, pair: str, tmp_path: Path) -> None:
    at = text.index(pair) + 1
    column = with_lines(9, Line(text, WIDTH - 4.5, {at: 0.5}))
    found = only(measured(sheet(COLUMN, column), tmp_path), Kind.NOT_SQUEEZED)
    assert found.detail == f"{pair} takes 2 em"
    assert found.y == row(9)


def test_a_gap_missing_on_one_side(tmp_path: Path) -> None:
    text = "茶馆里坐着80个人，都是今年来的早客"
    at = text.index("个")
    column = with_lines(9, Line(text, WIDTH + 2.25, {at: -0.25}))
    found = only(measured(sheet(COLUMN, column), tmp_path), Kind.NO_GAP)
    assert (found.detail, found.y) == ("no gap between 0个", row(9))


def test_two_gaps_missing_are_two(tmp_path: Path) -> None:
    text = "茶馆里坐着80个人，都是今年来的早客"
    column = with_lines(9, Line(text, WIDTH + 4.5, {5: -0.25, 7: -0.25}))
    report = measured(sheet(COLUMN, column), tmp_path)
    assert [found.detail for found in report.of(Kind.NO_GAP)] == [
        "no gap between 着8",
        "no gap between 0个",
    ]


@pytest.mark.parametrize("last", ["来", "来。", "来”。", "8。"])
def test_a_last_line_of_one_character(last: str, tmp_path: Path) -> None:
    found = only(measured(sheet(with_lines(11, last), COLUMN), tmp_path), Kind.ONE_CHARACTER)
    assert found.text == last
    assert place(found) == (left(0), row(11))


def test_a_loose_line(tmp_path: Path) -> None:
    report = measured(sheet(COLUMN, with_lines(9, Line("茶馆已经坐满了船家和客人们"))), tmp_path)
    found = only(report, Kind.LOOSE)
    assert found.excess == pytest.approx((18 - 13) / 12, abs=0.001)
    assert (found.y, found.measure) == (row(9), 18)
    assert (report.total.wide, report.total.wide_loose) == (48, 1)
    assert (report.total.narrow, report.total.narrow_loose) == (0, 0)


# --- The page ----------------------------------------------------------------------------------


def test_a_baseline_off_the_grid(tmp_path: Path) -> None:
    column = with_lines(9, Line(TEXT[1], down=0.3))
    report = measured(sheet(COLUMN, column, COLUMN), tmp_path)
    found = only(report, Kind.OFF_GRID)
    assert found.detail == "stands 0.30 pt below the grid"
    assert place(found) == (left(1), row(9) + 0.3)
    assert report.total.baseline_largest == pytest.approx(0.3, abs=0.001)


def test_all_below_a_crosshead_that_is_not_a_whole_line(tmp_path: Path) -> None:
    paper = sheet(COLUMN, COLUMN[:12])
    paper.columns((), COLUMN[4:12], top=row(13) + 5)
    report = measured(paper, tmp_path)
    assert [found.y for found in report.of(Kind.OFF_GRID)] == [
        round(row(13 + line) + 5, 2) for line in range(8)
    ]


def test_columns_that_end_unevenly(tmp_path: Path) -> None:
    found = only(measured(sheet(COLUMN, COLUMN[:20], COLUMN), tmp_path), Kind.UNEVEN)
    assert (found.detail, found.y) == ("columns end 4.0 lines apart", row(19))
    assert place(found) == (left(1), row(19))


def test_columns_one_line_apart_are_level(tmp_path: Path) -> None:
    assert measured(sheet(COLUMN, COLUMN[:23], COLUMN), tmp_path).occurrences == ()


def test_columns_above_and_below_what_crosses_them_are_two_rows(tmp_path: Path) -> None:
    paper = sheet(COLUMN[:12], COLUMN[:12], COLUMN[:12])
    paper.line(Line("一条横贯三栏的标题新闻", None, size=30), left(0) + 90, row(14))
    paper.columns(COLUMN[:8], COLUMN[:4], COLUMN[:8], top=row(16))
    found = only(measured(paper, tmp_path), Kind.UNEVEN)
    assert found.detail == "columns end 4.0 lines apart"
    assert place(found) == (left(1), row(19))


@pytest.mark.parametrize("headline", ["一条横贯三栏的标题新闻", "开幕"])
def test_a_short_head_over_three_columns_is_not_the_middle_ones(
    headline: str, tmp_path: Path
) -> None:
    first, second = [*TEXT[:3], *TEXT[1:3], *TEXT[1:3]], [*TEXT[1:3] * 3, TEXT[1]]
    paper = sheet(first, second, [*TEXT[1:3] * 3, TEXT[3]])
    paper.line(Line("短引题：", None, size=10, right=60), left(1), row(9))
    paper.line(Line(headline, None, size=30), left(1) + (WIDTH - 30 * len(headline)) / 2, row(11))
    paper.line(Line("本报记者甲乙", None, size=9.5, right=50), left(1), row(13))
    paper.columns(first, second, [*TEXT[1:3] * 3, "的。"], top=row(15))
    report = measured(paper, tmp_path)
    found = only(report, Kind.ONE_CHARACTER)
    assert place(found) == (left(2), row(21))
    assert report.total.justified == 2 * (7 + 7 + 6)


def test_the_next_sections_head_is_not_a_columns_foot(tmp_path: Path) -> None:
    paper = sheet(COLUMN[:20], COLUMN[:16])
    paper.line(Line("图片", None, size=15), left(0), row(22))
    paper.pictures.append((left(0), row(23), left(1) + WIDTH, row(30)))
    found = only(measured(paper, tmp_path), Kind.UNEVEN)
    assert found.detail == "columns end 4.0 lines apart"


def test_a_head_stranded_at_a_columns_foot_is_its_foot(tmp_path: Path) -> None:
    paper = sheet(COLUMN, COLUMN[:20])
    paper.line(Line("留在栏末的标题", None, size=15), left(1), row(23))
    assert measured(paper, tmp_path).occurrences == ()


def test_an_article_that_begins_lower_in_its_column_is_part_of_it(tmp_path: Path) -> None:
    paper = sheet(COLUMN, COLUMN[:8], COLUMN)
    paper.line(Line("中间的标题", None, size=15), left(1), row(14))
    paper.columns((), COLUMN[:8], top=row(16))
    assert measured(paper, tmp_path).occurrences == ()


def test_two_articles_with_headlines_of_their_own_need_not_end_level(tmp_path: Path) -> None:
    paper = Sheet()
    for number, lines in enumerate((COLUMN, COLUMN[:16])):
        paper.line(Line("各自的标题", None, size=15), left(number), row(0))
        paper.columns(*[()] * number, lines, top=row(2))
    assert measured(paper, tmp_path).occurrences == ()


def test_a_picture_is_part_of_its_column(tmp_path: Path) -> None:
    paper = sheet(COLUMN, COLUMN[:16], COLUMN)
    paper.pictures.append((left(1), row(16) - 8, left(1) + WIDTH, row(23)))
    assert measured(paper, tmp_path).occurrences == ()


# --- Every page, every column ------------------------------------------------------------------


def test_faults_are_told_with_their_page(tmp_path: Path) -> None:
    paper = sheet(COLUMN, COLUMN)
    paper.turn()
    paper.columns(COLUMN, with_lines(11, "来。"))
    report = measured(paper, tmp_path)
    found = only(report, Kind.ONE_CHARACTER)
    assert (found.page, *place(found)) == (2, left(1), row(11))
    assert [page.figures.counts[Kind.ONE_CHARACTER] for page in report.pages] == [0, 1]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    paper = sheet([*COLUMN[:14]], ["，" + COLUMN[14][:-1], *COLUMN[15:], *COLUMN[:4]])
    paper.turn()
    paper.columns(COLUMN[:6], ["来。", *COLUMN[:5]])
    report = measured(paper, tmp_path)
    starts = report.of(Kind.LINE_START)
    assert [(found.page, found.x, found.y) for found in starts] == [(1, left(1), row(0))]
    orphans = report.of(Kind.ONE_CHARACTER)
    assert [(found.page, found.x, found.y) for found in orphans] == [(2, left(1), row(0))]


def test_folio_lines_part_no_paragraph(tmp_path: Path) -> None:
    paper = Sheet()
    for number in range(4):
        paper.line(Line(f"第{number}版", None, size=10.5), left(0), row(0) - 22)
        lines = [TEXT[1], TEXT[2], "的。" if number == 3 else TEXT[1]]
        paper.columns(lines if number else [TEXT[0], *lines], top=row(0 if number else 5))
        if number < 3:
            paper.turn()
    report = measured(paper, tmp_path)
    found = only(report, Kind.ONE_CHARACTER)
    assert (found.page, *place(found)) == (4, left(0), row(2))
    assert (report.total.lines, report.total.justified) == (13, 12)


def test_verses_are_no_justified_lines(tmp_path: Path) -> None:
    verses = ["江水东流去，", "春风又绿时。", "孤舟人未返，", "明月照相思。"]
    report = measured(sheet(with_lines(8, *verses), COLUMN), tmp_path)
    assert report.occurrences == ()


def test_one_line_above_the_grid_does_not_move_it(tmp_path: Path) -> None:
    report = measured(sheet(COLUMN, with_lines(9, Line(TEXT[1], down=-0.15))), tmp_path)
    assert only(report, Kind.OFF_GRID).detail == "stands 0.15 pt above the grid"


def test_a_short_block_has_the_measure_it_fills(tmp_path: Path) -> None:
    width = 233.0
    text = [
        "　　三月的江岸风还有些凉，老街口的茶馆里坐满了八方客",
        "人已经坐满了人，今年来得早，店主说江岸的志书里写过的",
    ]
    paper = Sheet()
    paper.columns([Line(line, width) for line in [text[0], *text[1:] * 5]])
    paper.turn()
    paper.columns([Line(line, width - 0.4) for line in [text[0], *text[1:] * 9]])
    paper.turn()
    paper.columns([Line(line, width) for line in [text[0], text[1]]], [Line("的事情。", None)])
    assert measured(paper, tmp_path).total.edge_largest < 0.001


def test_a_character_named_by_its_radical_is_a_character(tmp_path: Path) -> None:
    path = sheet(with_lines(11, "车。"), COLUMN).save(tmp_path / "page.pdf", {"车": "\u2ecb"})
    found = only(measure(path), Kind.ONE_CHARACTER)
    assert found.text == "\u2ecb。"


def test_a_blank_named_with_a_character_is_no_space(tmp_path: Path) -> None:
    text = "茶馆里坐着85个人，都是今年来的早客"
    column = with_lines(9, Line(text, WIDTH + 2.25, {text.index("个"): -0.25}))
    path = sheet(COLUMN, column).save(tmp_path / "page.pdf", {"5": "5 "})
    found = only(measure(path), Kind.NO_GAP)
    assert (found.text, found.detail) == (text, "no gap between 5个")


def test_contents_lines_and_bylines_are_no_text(tmp_path: Path) -> None:
    paper = sheet(COLUMN, COLUMN)
    for number in range(6):
        dots = "." * 40
        paper.line(Line(f"稿件{dots}{number}", None), left(2), row(2 * number) + 5)
    paper.line(Line("本报记者甲乙", None), left(0), row(0) - 20)
    paper.line(Line("通讯员丙丁", None), left(0) + 9 * EM, row(0) - 20)
    report = measured(paper, tmp_path)
    assert report.occurrences == ()
    assert report.total.lines == 48


def test_centred_stops_have_no_blank_half(tmp_path: Path) -> None:
    """In Traditional Chinese a stop at a line's end keeps its frame, and 」。 are not squeezed."""
    text = [
        "　　三月的江岸風還有些涼，老街口的",
        "茶館已經坐滿了人們和船家來的客人。",
        "是這樣來的。",
    ]
    lines = [Line(text[0], pattern=MING), Line(text[1], WIDTH - 4.5, pattern=MING),
             Line(text[2], None, pattern=MING)] * 4  # fmt: skip
    report = measured(sheet(lines, lines), tmp_path)
    assert report.body_font == "NotoSerifCJKtc-Regular"
    assert report.occurrences == ()


def test_narrow_columns_have_their_own_share_of_loose_lines(tmp_path: Path) -> None:
    text = ("茶馆已经坐满了八方客人船", "家说江岸志里写过去的春天", "也是这样来的。")
    lines: list[Line | str] = []
    for _ in range(5):
        first = Line("　　" + text[0][:10], 12 * EM)
        lines += [first, Line(text[0], 12 * EM), Line(text[1], 12 * EM), Line(text[2], None)]
    lines[5] = Line("茶馆已经坐满了人", 12 * EM)
    report = measured(sheet(lines), tmp_path)
    found = only(report, Kind.LOOSE)
    assert (found.measure, found.y) == (12, row(5))
    assert (report.total.narrow, report.total.narrow_loose, report.total.wide) == (20, 1, 0)


def test_a_page_without_chinese_text_has_no_lines(tmp_path: Path) -> None:
    paper = Sheet()
    paper.line(Line("No Chinese here", None), left(0), row(0))
    report = measured(paper, tmp_path)
    assert (report.total.lines, report.occurrences) == (0, ())


def test_a_grid_of_ones_own(tmp_path: Path) -> None:
    from publish.check.typography import Grid

    path = sheet(COLUMN, COLUMN).save(tmp_path / "page.pdf")
    assert measure(path, grid=Grid(LEADING, row(0) % LEADING)).occurrences == ()
    report = measure(path, grid=Grid(LEADING, row(0) % LEADING + 1))
    assert report.total.counts[Kind.OFF_GRID] == 48
