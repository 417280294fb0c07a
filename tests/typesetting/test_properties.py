"""What holds for any text: nothing lost, nothing twice, nothing over the measure."""

import random

import pytest
from faces import FixedFace
from setting import BODY, EM, ENGLISH, TRADITIONAL

from publish.typesetting import (
    Paragraph,
    Prohibition,
    PunctuationStyle,
    Settings,
    TextRun,
    TextStyle,
    compose,
)
from publish.typesetting.breaking import LINE_END_PROHIBITED, LINE_START_PROHIBITED
from publish.typesetting.classes import character_class

PIECES = (
    list("国家发展改革委员会今天表示经济建设社会产业")
    + list("，。、；：！？“”‘’（）《》·—～／")
    + ["——", "……", "GDP", "3.5%", "Wi-Fi", " ", "\u00a0", "\u3000", "don’t", "2020—2025", "\n"]
    + ["http://a.cn/b-c/d.e", "(x)", "℃", "￥", "e\u0301", "葛\U000e0100", "𬱖", "\u200b", "\u00ad"]
)


def random_text(seed: int, length: int = 60) -> str:
    choose = random.Random(seed)
    return "".join(
        choose.choice(PIECES[: 21 if choose.random() < 0.7 else None]) for _ in range(length)
    )


def random_runs(seed: int) -> list[TextRun]:
    choose = random.Random(seed)
    styles = [BODY, TRADITIONAL, ENGLISH, TextStyle(FixedFace(), 1.5 * EM)]
    return [
        TextRun(
            random_text(seed * 10 + number, choose.randrange(0, 20)),
            choose.choice(styles),
            keep_with_previous=choose.random() < 0.1,
            emphasis_dots=choose.random() < 0.2,
            ruby="reading" if choose.random() < 0.1 else None,
        )
        for number in range(choose.randrange(1, 8))
    ]


def check(runs: list[TextRun], measure: float, paragraph: Paragraph) -> None:
    text = "".join(run.text for run in runs)
    if not text:
        assert paragraph.lines == ()
        return
    bounds = [line.start for line in paragraph.lines] + [paragraph.lines[-1].end]
    assert bounds[0] == 0 and bounds[-1] == len(text) and bounds == sorted(bounds)
    for line in paragraph.lines:
        told = "".join(runs[piece.run].text[piece.start : piece.end] for piece in line.pieces)
        assert told == text[line.start : line.end]
        for piece in line.pieces:
            assert len(piece.glyphs) == len(piece.x) == len(piece.clusters)
            drawn = [cluster for cluster in piece.clusters if cluster < piece.end]
            assert drawn == sorted(set(drawn))
            assert all(piece.start <= cluster for cluster in drawn)


@pytest.mark.parametrize("seed", range(150))
def test_every_character_is_in_the_lines_once_and_in_order(seed: int) -> None:
    runs = random_runs(seed)
    for characters in (6, 11, 18):
        settings = Settings(hanging=seed % 2 == 0, hyphenate=seed % 3 == 0)
        check(runs, characters * EM, compose(runs, characters * EM, indent=EM, settings=settings))


@pytest.mark.parametrize("seed", range(60))
def test_every_visible_character_is_drawn(seed: int) -> None:
    text = random_text(seed).replace("\n", "").replace("\u00ad", "").replace("——", "")
    for line in compose([TextRun(text, BODY)], 11 * EM).lines:
        drawn = "".join(chr(g) for piece in line.pieces for g in piece.glyphs)
        assert drawn.rstrip(" \u00a0\u3000\u200b") == text[line.start : line.end].rstrip(
            " \u00a0\u3000\u200b"
        )


@pytest.mark.parametrize("seed", range(100))
def test_no_line_is_over_the_measure(seed: int) -> None:
    style = list(PunctuationStyle)[seed % 3]
    runs = [TextRun(random_text(seed, 120), TRADITIONAL if seed % 5 == 0 else BODY)]
    for characters in (16, 18, 24):
        settings = Settings(style=style, hanging=seed % 2 == 0)
        for line in compose(runs, characters * EM, indent=2 * EM, settings=settings).lines:
            assert line.x + line.width <= characters * EM + 1e-6


@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize("prohibition", [Prohibition.BASIC, Prohibition.STRICT])
def test_no_prohibition_is_violated(seed: int, prohibition: Prohibition) -> None:
    text = random_text(seed, 120).replace("\n", "").replace("http://a.cn/b-c/d.e", "")
    lines = compose(
        [TextRun(text, BODY)], 15 * EM, settings=Settings(prohibition=prohibition)
    ).lines
    for line in lines[:-1]:
        last = text[line.start : line.end].rstrip(" \u00a0\u3000\u200b\u00ad")[-1:]
        first = text[line.end : line.end + 2]
        quotes = set("“”‘’") & {last, first[:1]}
        if last and not quotes and first not in ("——",):
            assert character_class(first[0]) not in LINE_START_PROHIBITED[prohibition]
            assert character_class(last) not in LINE_END_PROHIBITED[prohibition]


@pytest.mark.parametrize("seed", range(40))
def test_the_same_text_makes_the_same_lines(seed: int) -> None:
    runs = random_runs(seed)
    assert compose(runs, 12 * EM) == compose(runs, 12 * EM)
