"""Chinese and Western together: gaps, words, quotation marks (CLREQ §§ 3.1.1.2, 3.2)."""

import itertools

import pytest
from faces import KaiFace
from setting import BODY, EM, ENGLISH, FACE, lines, natural, paragraph, places

from publish.typesetting import TextRun, TextStyle


def test_a_quarter_em_parts_chinese_from_western() -> None:
    assert natural("用GDP指标") == [0, 1.25, 1.75, 2.25, 3, 4]
    assert natural("有358个") == [0, 1.25, 1.75, 2.25, 3]
    assert natural("占5%的") == [0, 1.25, 1.75, 2.5]


def test_the_gap_can_be_set() -> None:
    assert natural("用A甲", chinese_western_gap=0.125) == [0, 1.125, 1.75]
    assert natural("用A甲", chinese_western_gap=0) == [0, 1, 1.5]


def test_no_gap_at_a_lines_edge() -> None:
    first, second = paragraph("国家发展GDP改革委员会", 5.75).lines
    assert places(first) == [0, 1, 2, 3, 4.25, 4.75, 5.25]
    assert second.x == 0 and places(second)[0] == 0
    assert lines("国家发展GDP改革委员会", 5.75)[0] == "国家发展GDP"


def test_no_gap_beside_chinese_marks() -> None:
    assert natural("甲，GDP。乙") == [0, 1, 2, 2.5, 3, 3.5, 4.5]
    assert natural("甲（GDP）乙") == [0, 1, 2, 2.5, 3, 3.5, 4.5]


def test_a_typed_space_stands_for_the_gap() -> None:
    (line,) = paragraph("用 A 甲", 60).lines
    assert places(line) == [0, 1, 1.25, 1.75, 2]
    assert line.pieces[0].clusters == (0, 1, 2, 3, 4)


def test_a_space_at_the_lines_end_is_not_drawn_and_takes_no_room() -> None:
    first = paragraph("国家发展 改革委员会", 4).lines[0]
    assert places(first) == [0, 1, 2, 3] and first.width == 4 * EM
    assert (first.start, first.end) == (0, 5)


def test_a_western_word_is_not_broken() -> None:
    assert lines("国家发展改革committee今天", 8) == ["国家发展改革", "committee今天"]


def test_a_word_of_two_styles_is_not_broken() -> None:
    bold = TextStyle(FACE, EM)
    runs = [TextRun("国家发展改革com", BODY), TextRun("mittee", bold), TextRun("今天", BODY)]
    assert lines(runs, 8) == ["国家发展改革", "committee今天"]


def test_a_compound_breaks_behind_its_hyphen() -> None:
    assert lines("我们要走long-term发展", 7) == ["我们要走long-", "term发展"]
    assert lines("我们要建设Wi-Fi网络", 7)[1].startswith("Wi-Fi")


def test_an_address_breaks_behind_its_marks() -> None:
    text = "见https://www.example.com/news/index.html一文"
    assert lines(text, 9.25) == ["见https://www.", "example.com/news/", "index.html一文"]


def test_a_dictionary_hyphenates_where_asked() -> None:
    text = "国家要international合作发展"
    assert lines(text, 7) == ["国家要", "international", "合作发展"]
    assert lines(text, 7, hyphenate=True) == ["国家要inter", "national合作", "发展"]
    first, *_ = paragraph(text, 7, hyphenate=True).lines
    assert first.ends_with_hyphen
    assert chr(first.pieces[-1].glyphs[-1]) == "-"
    assert first.pieces[-1].clusters[-1] == first.pieces[-1].end
    assert first.width == 7 * EM


def test_names_in_capitals_are_not_hyphenated() -> None:
    text = "国家要INTERNATIONAL合作"
    assert not any(line.ends_with_hyphen for line in paragraph(text, 7, hyphenate=True).lines)


def test_a_soft_hyphen_is_seen_only_where_it_breaks() -> None:
    text = "国家要inter\u00adnational合作"
    first, second = paragraph(text, 6.5).lines
    assert first.ends_with_hyphen
    assert (first.end, second.start) == (9, 9)
    assert "\u00ad" not in "".join(chr(g) for piece in second.pieces for g in piece.glyphs)


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("他说“增长”了", []),
        ("“GDP增长”", []),
        ("“863”计划", []),
        ("称为“GDP”的", [2, 6]),
        ("“Belt and Road”合作", [0, 14]),
        ("don’t", [3]),
        ("‘A’和‘甲’", [0, 2]),
        ("甲’乙", []),
    ],
)
def test_whose_quotation_marks_they_are(text: str, western: list[int]) -> None:
    from publish.typesetting.quotation import western_quotes

    assert sorted(western_quotes(text)) == western


def test_western_quotation_marks_are_narrow_and_chinese_ones_full() -> None:
    assert natural("甲“乙”丙") == [0, 1, 2, 3, 4]
    assert natural("甲“A”丙") == [0, 1.25, 1.75, 2.25, 3]


def test_chinese_quotation_marks_take_their_frame_in_a_face_that_draws_them_narrow() -> None:
    kai = TextStyle(KaiFace(), EM)
    assert natural("甲“乙”丙", kai) == [0, 1.75, 2, 3, 4]
    assert lines("国家发展改革委”员会今天", 7.5, kai)[0] == "国家发展改革委”"


def test_quotation_marks_in_english_text_are_western() -> None:
    (line,) = paragraph([TextRun("‘3’", ENGLISH)], 60).lines
    assert places(line) == [0, 0.5, 1]
    assert line.pieces[0].glyphs == (ord("‘"), ord("3"), ord("’"))


def test_word_spaces_open_first_then_gaps_then_all() -> None:
    # Two typed spaces of a quarter take half an em; the measure wants a quarter more.
    first = paragraph("甲 A 乙丙丁戊己庚辛壬癸", 8.25).lines[0]
    assert places(first) == [0, 1, 1.375, 1.875, 2.25, 3.25, 4.25, 5.25, 6.25, 7.25]


def test_space_is_not_spread_inside_a_word() -> None:
    first = paragraph("甲乙ABC丙丁GDPGDPGDP", 8).lines[0]
    letters = places(first)[2:5]
    assert [round(b - a, 3) for a, b in itertools.pairwise(letters)] == [0.5, 0.5]


def test_space_is_not_spread_around_a_connector() -> None:
    first = paragraph("甲～乙丙丁GDPGDPGDP", 6).lines[0]
    assert places(first) == [0, 1, 2, 3.5, 5]


def test_a_word_wider_than_the_measure_is_cut() -> None:
    assert lines("国telecommunications", 6) == ["国telecom", "munications"]
    assert "".join(lines("https://aaaaaaaaaaaaaaaaaaaaaaaaaa", 6)) == "https://" + "a" * 26
    assert all(len(line) <= 12 for line in lines("x" * 40, 6))


def test_dashes_wider_than_the_measure_are_parted() -> None:
    assert all(len(line) <= 6 for line in lines("国" + "——" * 20, 6))
