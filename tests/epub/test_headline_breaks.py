"""Headlines in the EPUB: where a reading system may end their lines; they read as typed."""

from __future__ import annotations

import zipfile

from lxml import etree

from publish.build import Outcome
from publish.layouts.environment import flowing_headline
from publish.typesetting.headlines import segments

HTML = {"h": "http://www.w3.org/1999/xhtml"}
HEADS = "//h:h1[@class='headline'] | //h:p[@class='kicker'] | //h:p[@class='deck']"


def test_a_line_may_end_between_pieces_of_sense() -> None:
    assert flowing_headline("冬夜请为候鸟关掉一段灯") == "冬夜<wbr/>请为候鸟<wbr/>关掉<wbr/>一段灯"


def test_a_break_the_editor_typed_stays() -> None:
    assert flowing_headline("委员说\n部门抓落实") == "委员说<br/>部门<wbr/>抓落实"


def test_marks_stay_with_the_letters_beside_them() -> None:
    assert flowing_headline("骑手食堂让“跑单人”歇脚") == (
        '骑手食堂<wbr/><span class="kept">让“跑</span>单<span class="kept">人”</span><wbr/>歇脚'
    )
    assert '<span class="kept">”起</span>' in flowing_headline("数据“流”起来")


def test_signs_of_markup_are_escaped() -> None:
    assert (
        flowing_headline("<B&C")
        == '<span class="kept">&lt;B</span><span class="kept">&amp;C</span>'
    )


def test_kicker_headline_and_deck_read_as_typed_and_hold_break_chances(sample: Outcome) -> None:
    archive = zipfile.ZipFile(sample.files["epub"])
    for article in sample.project.issue.articles:
        root = etree.fromstring(archive.read(f"EPUB/text/{article.key}.xhtml"))
        deck = article.deck and f"——{article.deck}"
        typed = [text for text in (article.kicker, article.headline, deck) if text]
        found = root.xpath(HEADS, namespaces=HTML)
        assert ["".join(head.itertext()) for head in found] == typed
        chances = [len(head.findall("h:wbr", HTML)) for head in found]
        assert chances == [len(segments(text.removeprefix("——"))) - 1 for text in typed]
