"""How wide marks are: styles, marks that meet, line edges, hanging (CLREQ §§ 3.1.6, 3.1.7)."""

import pytest
from setting import EM, TRADITIONAL, lines, natural, paragraph, places

from publish.typesetting import PunctuationStyle

QUANJIAO, KAIMING, BANJIAO = PunctuationStyle


def test_quanjiao_gives_every_mark_an_em() -> None:
    assert natural("甲，乙。丙", style=QUANJIAO) == [0, 1, 2, 3, 4]
    assert natural("甲（乙）丙", style=QUANJIAO) == [0, 1, 2, 3, 4]


def test_kaiming_gives_an_em_to_sentence_ends_only() -> None:
    assert natural("甲，乙。丙！丁？戊；己", style=KAIMING) == [
        0, 1, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9
    ]  # fmt: skip


def test_banjiao_gives_every_mark_half_an_em() -> None:
    assert natural("甲，乙。丙（丁）戊", style=BANJIAO) == [0, 1, 1.5, 2.5, 3, 3.5, 4.5, 5.5, 6]


@pytest.mark.parametrize(
    ("pair", "blank"),
    [
        ("”“", 0.5),  # closing and opening: one em of blank becomes half
        ("，“", 0.5),
        ("。《", 0.5),
        ("》、", 0.0),  # closing and closing: the half between them goes
        ("。”", 0.0),
        ("，”", 0.0),
        ("？！", 0.0),
    ],
)
def test_marks_that_meet_lose_half_an_em(pair: str, blank: float) -> None:
    first, second = natural(f"甲{pair}乙")[1:3]
    ink_of_second = second + (0.5 if pair[1] in "“《" else 0.0)
    assert ink_of_second - (first + 0.5) == blank


def test_two_opening_marks_meet_without_blank() -> None:
    # Each is drawn half an em to the left of its box: the blank half is cut away.
    assert natural("甲“《乙") == [0, 1, 1.5, 2.5]


def test_the_tighter_style_takes_the_whole_em_out() -> None:
    assert natural("甲”“乙", adjacent_cut=1.0) == [0, 1, 1, 2]


def test_three_exclamation_marks_take_two_ems() -> None:
    assert natural("甲！！！乙") == [0, 1, 1.5, 2, 3]


def test_a_middle_dot_takes_half_an_em_in_simplified_and_one_in_traditional() -> None:
    # The round face draws the dot half an em wide, in the middle of its frame.
    assert natural("甲·乙") == [0, 1, 1.5]
    assert natural("甲·乙", TRADITIONAL) == [0, 1.25, 2]


def test_an_opening_mark_at_the_lines_start_is_trimmed() -> None:
    second = paragraph("国家发展改革“委员会今天”表示", 6).lines[1]
    assert places(second) == [-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5]
    first = paragraph("“国家发展”改革委员会", 8, indent=2).lines[0]
    assert places(first)[:2] == [1.5, 2.5]


def test_a_house_may_leave_the_opening_mark_its_blank() -> None:
    first = paragraph("“国家发展”改革委员会", 20, trim_line_start=False).lines[0]
    assert places(first)[:2] == [0.0, 1.0]


@pytest.mark.parametrize("mark", "，。、；：！？”）》")
def test_a_mark_at_the_lines_end_takes_half_an_em(mark: str) -> None:
    # Seven characters and a mark fill seven and a half; so does the measure.
    text = f"国家发展改革委{mark}员会今天"
    assert lines(text, 7.5) == [f"国家发展改革委{mark}", "员会今天"]
    first = paragraph(text, 7.5).lines[0]
    assert first.width == 7.5 * EM and first.added_gap == 0


def test_traditional_stops_are_centred_and_keep_their_frame_at_the_lines_end() -> None:
    text = "國家發展改革委，員會今天"
    assert places(paragraph(text, 8, TRADITIONAL).lines[0]) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert lines(text, 7.5, TRADITIONAL) == ["國家發展改革", "委，員會今天"]


def test_traditional_brackets_are_trimmed_as_simplified_ones() -> None:
    assert lines("國家發展改革委」員會今天", 7.5, TRADITIONAL)[0] == "國家發展改革委」"


def test_traditional_marks_that_meet() -> None:
    assert natural("甲。「乙", TRADITIONAL) == [0, 1, 1.5 + 0.0, 2.5]
    assert natural("甲」。乙", TRADITIONAL) == [0, 1, 1.5, 2.5]


HANGING_TEXT = "国家发展改革委，员会今天，表示今年"


def test_a_comma_hangs_where_it_does_not_fit() -> None:
    assert lines(HANGING_TEXT, 7, hanging=True)[0] == "国家发展改革委，"
    first = paragraph(HANGING_TEXT, 7, hanging=True).lines[0]
    assert first.hanging == 0.5 * EM
    assert first.width == 7 * EM
    assert places(first)[-1] == 7


def test_nothing_hangs_unless_asked() -> None:
    assert lines(HANGING_TEXT, 7)[0] == "国家发展改革"


def test_a_mark_behind_another_mark_does_not_hang() -> None:
    text = "国家发展改革”，员会今天表示"
    assert all(line.hanging == 0 for line in paragraph(text, 6, hanging=True).lines)


def test_traditional_marks_do_not_hang() -> None:
    text = "國家發展改革委，員會今天，表示今年"
    assert all(line.hanging == 0 for line in paragraph(text, 7, TRADITIONAL, hanging=True).lines)
