"""Columns of a galley: level feet, whole lines, no crosshead at a foot, no widowed line."""

from __future__ import annotations

import random

from publish.typesetting.makeup import Column, Item, Makeup

LEADING = 10.0


def galley(*parts: str | float) -> list[Item]:
    """Draw a galley: «4» a paragraph of four lines, «H» a crosshead of two, a number a figure."""
    items: list[Item] = []
    y = 0.0

    def add(height: float, **more: bool) -> None:
        nonlocal y
        items.append(Item(y, y + height, **more))
        y += height

    after_head = False
    for part in parts:
        if part == "H":
            add(2 * LEADING, on_grid=False, breakable=not after_head)
        elif isinstance(part, float):
            add(part, on_grid=False, breakable=not after_head)
        else:
            count = int(part)
            for number in range(count):
                inside = number > 0 and (number < 2 or count - number < 2)
                add(LEADING, breakable=not inside and not (after_head and number == 0))
        after_head = part == "H"
    return items


def heights(columns: list[Column] | None) -> list[int]:
    return [column.lines for column in columns or []]


def test_what_fits_is_levelled() -> None:
    assert heights(Makeup(galley("30"), LEADING).columns(0, 3, 50)) == [10, 10, 10]
    assert heights(Makeup(galley("31"), LEADING).columns(0, 3, 50)) == [11, 10, 10]


def test_what_does_not_fit_fills_its_columns_and_leaves_the_rest() -> None:
    columns = Makeup(galley("100"), LEADING).columns(0, 3, 20)
    assert columns is not None
    assert heights(columns) == [20, 20, 20]
    assert columns[-1].after == 60


def test_no_line_of_a_paragraph_is_alone_at_a_foot_or_a_head() -> None:
    columns = Makeup(galley("9", "11"), LEADING).columns(0, 2, 50)
    assert [(column.first, column.after) for column in columns or []] == [(0, 9), (9, 20)] or (
        heights(columns) == [11, 9]
    )


def test_a_crosshead_never_stands_at_a_columns_foot() -> None:
    columns = Makeup(galley("8", "H", "10"), LEADING).columns(0, 2, 50)
    assert columns is not None
    assert columns[0].after in (8, 11)


def test_a_short_column_is_opened_above_its_crosshead_by_whole_lines() -> None:
    columns = Makeup(galley("4", "H", "3", "10"), LEADING).columns(0, 2, 50)
    assert columns is not None
    assert heights(columns) == [10, 10]
    assert columns[0].tops[4] == 5 * LEADING


def test_text_stays_on_the_grid_behind_a_figure() -> None:
    makeup = Makeup(galley("3", 37.5, "3"), LEADING)
    columns = makeup.columns(0, 1, 50)
    assert columns is not None
    assert columns[0].tops == (0, 10, 20, 31.25, 70, 80, 90)


def test_an_item_that_fits_nowhere_waits_or_sticks_out() -> None:
    makeup = Makeup(galley(300.0, "3"), LEADING)
    assert makeup.columns(0, 2, 20) is None
    columns = makeup.columns(0, 2, 20, must=True)
    assert columns is not None
    assert columns[0].after == 1


def test_what_has_no_break_is_broken_at_the_foot_all_the_same() -> None:
    makeup = Makeup(galley("H", "H", "H", "H", "H", "H"), LEADING)
    columns = makeup.columns(0, 1, 7, must=True)
    assert columns is not None
    assert (columns[0].after, columns[0].lines) == (3, 7) or columns[0].after == 3


def test_a_frames_edge_is_kept_at_a_columns_head() -> None:
    columns = Makeup([Item(5, 15, lead=5.0), Item(15, 25)], LEADING).columns(0, 1, 9)
    assert columns is not None
    assert columns[0].tops == (10, 20)


def test_any_galley_comes_out_whole_and_on_the_grid() -> None:
    dice = random.Random(20230117)
    for _ in range(300):
        parts: list[str | float] = []
        for _ in range(dice.randint(1, 12)):
            parts += ["H"] * (dice.random() < 0.2) + [str(dice.randint(1, 14))]
            parts += [dice.uniform(5, 80)] * (dice.random() < 0.1)
        items = galley(*parts)
        makeup = Makeup(items, LEADING)
        first = 0
        while first < len(items):
            lines = dice.randint(8, 40)
            columns = makeup.columns(first, dice.randint(1, 4), lines, must=True)
            assert columns
            for column in columns:
                assert column.first == first < column.after
                assert column.after == len(items) or items[column.after].breakable
                for item, top in zip(items[first : column.after], column.tops, strict=True):
                    assert not item.on_grid or abs(top / LEADING - round(top / LEADING)) < 1e-9
                first = column.after
