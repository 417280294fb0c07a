"""Whole paragraphs: adjustment, orphans, indents, alignment, runs (CLREQ §§ 3.4, 3.5)."""

import pytest
from setting import BODY, EM, FACE, lines, natural, paragraph, places

from publish.typesetting import TextRun, TextStyle, compose, natural_width


def test_a_line_is_squeezed_before_it_is_opened() -> None:
    # Eight characters and a comma are 8.5 wide at a measure of 8: the comma inside gives half.
    text = "国家，发展改革委，员会今天表示"
    assert lines(text, 8) == ["国家，发展改革委，", "员会今天表示"]
    first = paragraph(text, 8).lines[0]
    assert places(first) == [0, 1, 2, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]
    assert first.added_gap < 0 and not first.is_loose


def test_brackets_give_before_commas_and_commas_before_full_stops() -> None:
    text = "甲）乙，丙。丁戊，己庚辛"
    by_half, by_one = (paragraph(text, wide).lines[0] for wide in (8, 7.5))
    assert places(by_half) == [0, 1, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]
    assert places(by_one) == [0, 1, 1.5, 2.5, 3, 4, 5, 6, 7]
    assert places(paragraph("丙。丁戊，己庚辛", 4).lines[0]) == [0, 1, 1.5, 2.5, 3.5]


def test_what_is_left_is_spread_evenly() -> None:
    first = paragraph("国家发展改革委员，会今天表示", 8).lines[0]
    steps = [b - a for a, b in zip(places(first), places(first)[1:], strict=False)]
    assert steps == pytest.approx([7 / 6] * 6, abs=2e-3)
    assert first.added_gap == pytest.approx(1 / 6)


def test_every_justified_line_ends_on_the_measure() -> None:
    text = "据统计，今年（一月）以来：“增长”。他说，GDP增长3.5%，好于2020—2025年的同期水平。" * 3
    for characters in range(9, 25):
        for line in paragraph(text, characters, indent=2).lines[:-1]:
            assert line.x + line.width == pytest.approx(characters * EM, abs=1e-9)


def test_no_last_line_of_one_character() -> None:
    assert lines("国家发展改革委员会今天表示", 6) == ["国家发展改", "革委员会今天", "表示"]


def test_no_last_line_of_one_character_and_its_mark() -> None:
    assert lines("国家发展改革委员会今天表示。", 6) == ["国家发展改", "革委员会今天", "表示。"]


def test_a_last_character_is_pushed_in_where_blank_can_be_squeezed() -> None:
    assert lines("国家，发展，改革委员会今天表示好。", 8) == [
        "国家，发展，改革委",
        "员会今天表示好。",
    ]


def test_the_whole_paragraph_decides() -> None:
    # Line by line the first would be filled; the orphan at the end is mended two lines up.
    text = "国家发展改革委员会国家发展改革委员会今"
    assert [len(line) for line in lines(text, 9)] in ([9, 8, 2], [8, 9, 2])


def test_nothing_stands_out_not_even_a_word_wider_than_the_measure() -> None:
    assert lines("ABCDEFGHIJKLMNOPQRSTUVWX国家", 8) == ["ABCDEFGHIJKLMNOP", "QRSTUVWX国家"]


def test_a_loose_line_is_reported() -> None:
    first = paragraph("甲乙丙ABCDEFGHIJ", 5).lines[0]
    assert first.added_gap == pytest.approx(1.0)
    assert first.is_loose


def test_the_first_line_is_indented_by_two_characters() -> None:
    text = "国家发展改革委员会今天表示"
    assert lines(text, 6, indent=2) == ["国家发展", "改革委员会今", "天表示"]
    first, second, _ = paragraph(text, 6, indent=2).lines
    assert places(first)[0] == 2 and places(second)[0] == 0


@pytest.mark.parametrize(("align", "start"), [("start", 0), ("center", 1.5), ("end", 3)])
def test_alignments_leave_characters_as_they_are(align: str, start: float) -> None:
    (line,) = paragraph("国家发展", 7, align=align).lines
    assert places(line) == [start, start + 1, start + 2, start + 3]


def test_unjustified_lines_are_never_opened() -> None:
    for line in paragraph("国家发展改革委员会，今天表示", 6, align="start").lines:
        assert line.added_gap == 0


def test_no_text_makes_no_lines() -> None:
    assert paragraph("", 6).lines == ()
    assert compose([], 60).lines == ()


def test_a_measure_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room for a line: measure 20"):
        compose([TextRun("国家", BODY)], 20.0, indent=20.0)


def test_runs_come_back_with_their_tags_and_places() -> None:
    large = TextStyle(FACE, 2 * EM)
    runs = [TextRun("国家发", BODY, tag="a"), TextRun("展改", large, tag="b")]
    runs.append(TextRun("革委", BODY, tag="c"))
    (line,) = paragraph(runs, 60).lines
    assert [(p.run, p.tag, p.start, p.end) for p in line.pieces] == [
        (0, "a", 0, 3),
        (1, "b", 0, 2),
        (2, "c", 0, 2),
    ]
    assert [(p.left / EM, p.right / EM) for p in line.pieces] == [(0, 3), (3, 7), (7, 9)]
    assert places(line) == [0, 1, 2, 3, 5, 7, 8]


def test_a_run_is_cut_where_its_line_ends() -> None:
    runs = [TextRun("国家发展", BODY), TextRun("改革委员会今", BODY)]
    first, second = paragraph(runs, 6).lines
    assert [(p.run, p.start, p.end) for p in first.pieces] == [(0, 0, 4), (1, 0, 2)]
    assert [(p.run, p.start, p.end, p.clusters) for p in second.pieces] == [(1, 2, 6, (2, 3, 4, 5))]


def test_emphasis_dots_stand_under_characters_not_marks() -> None:
    run = TextRun("重要，的", BODY, emphasis_dots=True)
    (line,) = paragraph([run], 60).lines
    assert [x / EM for x in line.pieces[0].dots] == [0.5, 1.5, 3.5]


def test_a_reading_is_centred_over_its_base_and_keeps_it_whole() -> None:
    runs = [TextRun("国家发展改", BODY), TextRun("喆喆", BODY, ruby="zhe"), TextRun("革委员", BODY)]
    assert lines(runs, 6) == ["国家发展改", "喆喆革委员"]
    ruby = paragraph(runs, 60).lines[0].ruby[0]
    assert (ruby.run, ruby.left / EM, ruby.right / EM) == (1, 5.625, 6.375)


def test_a_wide_reading_makes_room_beside_its_base() -> None:
    # Fourteen letters at half size are 3.5 wide over 1: 1.25 on each side, half may overhang.
    assert natural(
        [TextRun("甲", BODY), TextRun("乙", BODY, ruby="abcdefghijklmn"), TextRun("丙", BODY)]
    ) == [0, 1.75, 3.5]


def test_a_wide_reading_at_the_lines_start_stays_inside() -> None:
    runs = [TextRun("乙", BODY, ruby="abcdefgh"), TextRun("丙", BODY)]
    assert paragraph(runs, 60).lines[0].ruby[0].left == 0


def test_two_wide_readings_keep_apart() -> None:
    # Each reading is 2 wide over 1; an eighth of an em parts them at half the size.
    runs = [TextRun("甲", BODY, ruby="abcdefgh"), TextRun("乙", BODY, ruby="abcdefgh")]
    (line,) = paragraph([TextRun("国国", BODY), *runs, TextRun("国国", BODY)], 60).lines
    first, second = line.ruby
    assert (second.left - first.right) / EM == pytest.approx(0.125)


def test_the_chinese_western_gap_gives_before_a_full_stop() -> None:
    first = paragraph("丙。丁A戊己，庚辛壬", 6.25).lines[0]
    assert places(first) == [0, 1, 2, 3.125, 3.75, 4.75, 5.75]


def test_the_chinese_western_gap_opens_before_characters_part() -> None:
    first = paragraph("丙丁A戊己GDPGDPGDP", 5.25).lines[0]
    assert places(first) == [0, 1, 2.375, 3.25, 4.25]


def test_a_text_without_a_measure_has_its_natural_width() -> None:
    for text in ("", "甲乙丙", "“甲”，乙 GDP 增长 5%。", "甲·乙\n丙丁"):
        run = TextRun(text, BODY)
        lines = compose([run], 1e6, align="start").lines
        assert natural_width([run]) == (lines[0].width if lines else 0.0)
