"""What is one word in a headline though a dictionary cuts it: figures, dates, scores, idioms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from publish.typesetting.headlines.language import KIND_OF_WORD, SET_PHRASES
from publish.typesetting.headlines.names import COMPOUND_SURNAMES, SURNAMES, TITLES


class Word(NamedTuple):
    """A word and its kind: a letter of ``costs.PHRASE_COSTS``, or ``.`` for a mark or a space."""

    text: str
    kind: str
    start: int
    end: int
    unknown: bool = False
    """Whether the dictionary does not have it, or takes it for a name."""


_HAN = "[一-鿿]"
_NUMERALS = "[一二三四五六七八九十]"
_HAN_FIGURE = r"[零一二三四五六七八九十百\d]+"
_FIGURE = r"[\d０-９][\d０-９.,]*"
_UNIT = (
    "(?:平方|立方)?"
    "(?:公里|千米|厘米|毫米|微米|纳米|米|公斤|千克|吨级?|元|美元|欧元|亩|公顷|人次|人|户|家|个|项|件|名|位|处"
    "|所|座|条|场|次|届|期|辆|架|艘|台|套|册|本|篇|封|张|周年|年|月|日|时|分钟|分|秒|岁|天|周|小时|度|级|倍"
    "|成|折|路|号|版|枚|金|银|铜|只|头|对|棵|株|千瓦时?|兆瓦|克|升|强|后)"
)
_OPEN_ADVERBS = "从并决绝永还也都却就又再毫更最太很若如要能可敢想会该应当"
_OTHER_VERBS = "获取赢夺懂觉值记晓显使舍难免省博求所不心"

_SHAPES = {
    "score": ("T", r"(?<![A-Za-z\d.])\d+(?:比|\s?[:：—–-]\s?)\d+(?![A-Za-z\d.])"),
    "congress": (
        "N",
        f"(?:党的)?(?:十{_NUMERALS}|二十)(?:大|届{_NUMERALS}中全会)(?:精神|报告)?",
    ),
    "session": ("M", f"第?{_HAN_FIGURE}届(?:{_HAN_FIGURE}次)?(?:全体)?(?:会议|全会)?(?:精神)?"),
    "institution": (
        "L",
        f"(?:(?<!{_HAN})[省市县区])?第{_NUMERALS}+(?:人民|中心|实验|职业|高级|中级人民)?(?:医院|中学|小学|幼儿园|法院)",
    ),
    "court": ("L", "(?:最高|高级|中级)人民(?:法院|检察院)"),
    "quarter": ("T", "前?[一二三四首]季度"),
    "span": ("T", f"{_NUMERALS}+(?:年|个月|天|周)[来间里内](?![自信电客源])"),
    "day": (
        "T",
        "(?:[上下本]个?[月周][一二三四五六日末底初中]?"
        "|(?<![目此之以往先跟空生如当至现古迄背落午])[今明后去前][年天日晚](?![轻龄会代])"
        f"|(?:{_FIGURE}年)?{_FIGURE}月(?:{_FIGURE}日|[初中底末]))[起前后]?",
    ),
    "figure": (
        "Q",
        rf"(?<![A-Za-z\d.])第?{_FIGURE}(?:\s?[至到～~—–-]\s?{_FIGURE})?"
        rf"\s?(?:[%％‰℃℉°]|个?百分点|[万亿千百十]*[多余]?{_UNIT}?)(?![A-Za-z])",
    ),
    "han_figure": ("Q", f"[一二两三四五六七八九十百千万亿]{{2,}}[多余]?{_UNIT}"),
    "idiom": ("N", f"(?P<first>[一不有无边越又半似]){_HAN}(?P=first){_HAN}|一{_HAN}难求"),
    "complement": (
        "V",
        f"(?!(?:[{_OTHER_VERBS}])得)(?:{_HAN}得(?:到(?=[、，。！？”\\s]|$)"
        "|[住下起好快大稳远久香美多早动开出上清懂见着实准严顺])"
        f"|(?![{_OPEN_ADVERBS}]){_HAN}不[住下起到开了见着清完出])",
    ),
    "phrase": ("N", "|".join(sorted(SET_PHRASES, reverse=True))),
    "asked": ("V", f"(?P<verb>{_HAN})不(?P=verb)"),
    "title": ("N", f"副?(?:{'|'.join(sorted(TITLES))})(?=[{''.join(sorted(SURNAMES))}]{_HAN})"),
    "surname": ("N", "|".join(COMPOUND_SURNAMES)),
}
"""Name → kind of word, pattern; the first that fits wins."""
_GUESSED = frozenset({"complement", "idiom", "span"})
"""Shapes that ordinary words may have by chance: they give way to a word of the dictionary."""


@cache
def _expression() -> re.Pattern[str]:
    """Return the pattern of all shapes, compiled where it is needed: that takes 20 ms."""
    return re.compile("|".join(f"(?P<{name}>{shape})" for name, (_, shape) in _SHAPES.items()))


def expressions(text: str, word_edges: Callable[[], frozenset[int]]) -> Iterator[Word]:
    """Find the expressions of a text; ``word_edges`` gives where a dictionary cuts it."""
    place = 0
    while match := _expression().search(text, place):
        name = match.lastgroup or ""
        place = match.end()
        if name in _GUESSED and not {match.start(), match.end()} <= word_edges():
            place = match.start() + 1
            continue
        kind = KIND_OF_WORD.get(match[0], _SHAPES[name][0])
        yield Word(match[0], kind, match.start(), match.end())
