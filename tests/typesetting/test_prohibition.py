"""What may not start or end a line, and what is never parted (CLREQ §§ 3.1.4, 3.1.5)."""

import pytest
from setting import BODY, EM, FACE, lines, paragraph

from publish.typesetting import Prohibition, TextRun, TextStyle

BASIC, GB, STRICT = Prohibition.BASIC, Prohibition.GB, Prohibition.STRICT


@pytest.mark.parametrize("mark", "，。、；：！？”’）》〉】」』")
def test_stops_and_closing_marks_never_start_a_line(mark: str) -> None:
    assert lines(f"国家发展改革委员{mark}会今天表示", 8) == [
        "国家发展改革委",
        f"员{mark}会今天表示",
    ]


@pytest.mark.parametrize("mark", "“‘（《〈【「『")
def test_opening_marks_never_end_a_line(mark: str) -> None:
    assert lines(f"国家发展改革委{mark}员会今天", 8) == ["国家发展改革委", f"{mark}员会今天"]


def test_a_connector_never_starts_a_line() -> None:
    assert lines("北京到上海～天津的铁路线", 5) == ["北京到上", "海～天津的", "铁路线"]


def test_a_middle_dot_never_starts_a_line() -> None:
    assert lines("卡尔马克思·恩格斯同志们", 5) == ["卡尔马克", "思·恩格斯", "同志们"]


def test_without_prohibition_a_comma_may_start_a_line() -> None:
    text = "国家发展改革委员，会今天表示"
    assert lines(text, 8, prohibition=Prohibition.NONE) == ["国家发展改革委员", "，会今天表示"]


def test_a_solidus_ends_no_line_from_the_gb_set_on() -> None:
    text = "改革与／开放的道路宽广"
    assert lines(text, 4, prohibition=BASIC) == ["改革与／", "开放的道", "路宽广"]
    assert lines(text, 4, prohibition=GB) == ["改革", "与／开放", "的道路", "宽广"]


@pytest.mark.parametrize("mark", ["——", "……", "⸺"])
def test_dash_and_ellipsis_start_no_line_in_the_strict_set(mark: str) -> None:
    text = f"我们要说的话{mark}今天说完"
    assert lines(text, 6, prohibition=BASIC) == ["我们要说的话", f"{mark}今天说完"]
    assert lines(text, 6, prohibition=STRICT) == ["我们要说的", f"话{mark}今天", "说完"]


@pytest.mark.parametrize("pair", ["——", "……", "⋯⋯"])
def test_a_two_em_pair_is_never_parted(pair: str) -> None:
    text = f"国家发展改{pair}革委员会"
    assert lines(text, 6, prohibition=BASIC) == ["国家发展改", f"{pair}革委员会"]
    for characters in (4, 5, 6, 7):
        assert all(line.count(pair[0]) in (0, 2) for line in lines(text, characters))


def test_two_dashes_are_drawn_as_the_joined_bar() -> None:
    (line,) = paragraph("甲——乙", 60).lines
    assert line.pieces[0].glyphs == (ord("甲"), ord("⸺"), ord("乙"))
    assert line.pieces[0].clusters == (0, 1, 3)


@pytest.mark.parametrize(
    "figure", ["3.5%", "12,000", "$3.5", "25℃", "￥88", "15‰", "3—5", "2020—2025", "5%～8%", "３％"]
)
def test_a_figure_with_its_signs_stays_whole(figure: str) -> None:
    for before in range(1, 9):
        text = "国" * before + figure + "国" * 8
        for line in lines(text, 8):
            assert figure in line or not set(figure) & set(line)


@pytest.mark.parametrize("figure", ["3.5 km/h", "18 kg", "9 m²", "220 V"])
def test_a_figure_stays_with_its_unit_across_a_space(figure: str) -> None:
    for before in range(1, 9):
        text = "国" * before + figure + "国" * 8
        for line in lines(text, 8):
            assert figure in line or not set(figure) & set(line)


def test_a_word_behind_a_figure_is_no_unit() -> None:
    assert lines("国国国国5 years", 6) == ["国国国国5 ", "years"]


def test_a_run_that_is_to_keep_together_is_not_broken() -> None:
    runs = [TextRun("国家发展", BODY), TextRun("改革 委员", BODY, keep_together=True)]
    assert lines(runs, 8) == ["国家发展", "改革 委员"]


def test_a_notes_mark_stays_with_its_word() -> None:
    note = TextRun("①", TextStyle(FACE, EM / 2, rise=3.0), keep_with_previous=True)
    runs = [TextRun("国家发展改革委员", BODY), note, TextRun("会今天表示", BODY)]
    assert lines(runs, 8) == ["国家发展改革委", "员①会今天表示"]


def test_a_stop_behind_a_notes_mark_stays_with_it() -> None:
    note = TextRun("1", TextStyle(FACE, EM / 2, rise=3.0), keep_with_previous=True)
    runs = [TextRun("国家发展改革委员会", BODY), note, TextRun("。今天表示", BODY)]
    assert lines(runs, 9) == ["国家发展改革委员", "会1。今天表示"]


def test_spacing_goes_on_behind_a_notes_mark() -> None:
    note = TextRun("1", TextStyle(FACE, EM / 2, rise=3.0), keep_with_previous=True)
    (line,) = paragraph([TextRun("甲，", BODY), note, TextRun("乙", BODY)], 60).lines
    # The mark nestles to the comma; the comma's blank half comes behind it.
    assert [piece.x[-1] / EM for piece in line.pieces] == [1.0, 1.5, 2.25]


def test_typed_spaces_part_where_the_marks_beside_them_let_them() -> None:
    assert lines("国家 发展改革 委员会今天", 7) == ["国家 发展改革 ", "委员会今天"]
    assert lines("国家发展改 。革委员会", 5) == ["国家发展", "改 。革委", "员会"]


def test_a_no_break_space_holds() -> None:
    assert lines("国家发展\u00a0改革委员会", 5) == ["国家发", "展\u00a0改革委", "员会"]


def test_a_forced_break_ends_its_line_unjustified() -> None:
    for newline in "\n", "\u2028", "\r\n":
        text = f"一二三{newline}四五六七八九十"
        assert lines(text, 5) == [f"一二三{newline}", "四五六七八", "九十"]
        first = paragraph(text, 5).lines[0]
        assert first.is_last and first.width == 3 * EM


def test_an_empty_line_between_forced_breaks_is_kept() -> None:
    assert lines("一\n\n二", 5) == ["一\n", "\n", "二"]
