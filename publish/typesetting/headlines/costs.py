"""What ending a line costs the sense, at each position of a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import inf

from publish.typesetting.classes import WESTERN, CharacterClass, character_class
from publish.typesetting.headlines.expressions import Word
from publish.typesetting.headlines.language import (
    COMPOUND_HEADS,
    FRAMING,
    GOVERNING,
    LIGHT_VERBS,
    ORGANISATION_ENDINGS,
    ORGANISATIONS,
)
from publish.typesetting.headlines.leaning import leans
from publish.typesetting.headlines.words import words

_C = CharacterClass

_COST_TABLE = """
       N    L    X    G    V    A    D    P    C    M    Q    T    F    R
    N  7    3    3    5    2    4    2    1.5  3    3    3    2.5  9    2.5
    L  6.5  6    3    4    2    4    2    1.5  3    3    3    2.5  9    2.5
    X  3.5  3    3    3.5  2    4    2    2    3    3    3    3    7.5  3
    G  6    4    3.5  5    2.5  5    2.5  2    3    3    3    3    9    3
    V  4    4    3.5  4.5  4    4.5  4    3    3.5  3.5  5    3.5  6    4
    A  9    7    6    8    6    8    5    4    5    5    5    6    9    6
    D  7    7    7    7    7    9    8    6    6    7    7    7    9    7
    M  8    7    5    7    4    7    4    3    3    9    9    6    9    5
    Q  6    4    4    6    4    5.5  3    3    3    4    4    4    9    4
    T  4    3.5  4    5    5    4    4    3    4    4    4    6    9    4
    F  3.5  3    3    3.5  2    3.5  2    2    3    2.5  3    3    9    2.5
    R  8    7    6    8    7    8    6    4    5    6    6    5    9    7
    U  4.5  5    4.5  5    6    5    6    5    6    5    5    5    9    6
    S  5    4    4    4    2    4    2    2    3    3    3    3    9    2
"""
"""What ending a line costs between the row's kind and the column's. N noun, L place or body,
X quoted words, G gerund (名动词), V verb, A modifier, D adverb, P preposition, C conjunction,
M numeral, Q measure word or figure with its unit, T time, F localizer, R pronoun, U particle,
S suffix."""
PHRASE_COSTS: dict[str, float] = {
    row.split()[0] + column: float(cost)
    for columns in [_COST_TABLE.split("\n")[1].split()]
    for row in _COST_TABLE.strip("\n").split("\n")[1:]
    if row.strip()
    for column, cost in zip(columns, row.split()[1:], strict=True)
}
PHRASE_COST = 6.0
"""For two kinds that the table does not name."""
COST_AFTER_MARK: dict[str, float] = {**dict.fromkeys("：；。！？:;!?—…", 0.0), "，": 0.2, "、": 1.0}
COST_AFTER_OTHER_MARK = 3.0
COST_AFTER_SPACE = 0.0
"""A space stands for a full pause in Chinese headlines."""
COST_BEFORE_DASH = 0.0
COST_AFTER_INNER_DASH = 3.0
"""A dash opens what it explains: ——记……"""

_QUOTED = re.compile(
    "《[^《》]*》|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|『[^『』]*』|〈[^〈〉]*〉|（[^（）]*）|【[^【】]*】"
)
_WESTERN_WORD = re.compile(r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ.'’&+/@_-]*")
_CLAUSE = re.compile(r"[^，、：；。！？…—\s]+")

# CLREQ § 3.1.4, as for running text with the strict set.
_NOT_FIRST = frozenset(
    {
        *(_C.CLOSING, _C.PAUSE, _C.FULL_STOP, _C.QUESTION, _C.MIDDLE_DOT, _C.CONNECTOR),
        *(_C.ELLIPSIS, _C.SUFFIX, _C.FULLWIDTH_SUFFIX, _C.WESTERN_CLOSING, _C.SOLIDUS),
        *(_C.SPACE, _C.NO_BREAK_SPACE, _C.ZERO_WIDTH_SPACE, _C.JOINER, _C.FORCED_BREAK),
    }
)
_NOT_LAST = frozenset(
    {
        *(_C.OPENING, _C.MIDDLE_DOT, _C.PREFIX, _C.FULLWIDTH_PREFIX, _C.WESTERN_OPENING),
        *(_C.NO_BREAK_SPACE, _C.JOINER, _C.SOLIDUS),
    }
)

SENSE_LIMIT = 8.0
"""From this cost on a break is against the sense: only for a piece wider than a line."""
AGAINST_SENSE = 3.0
"""How many times more what lies beyond that limit counts: bad places differ much."""
LEANING_COST = 100.0
KEPT_SPREAD = 3.0
"""How many times more the places within what is kept whole count, against each other."""
CHARACTER_COST = 1000.0

SHORT_CLAUSE = 4
"""A clause of so many characters is never parted."""
CLAUSE_EDGE_COST = 4.0
"""For leaving one or two characters of a clause alone beyond a break."""
FOUR_CHARACTER_COST = 4.5
FOUR_CHARACTER_COSTS: dict[str, float] = {
    **dict.fromkeys(
        ("NN", "NG", "GN", "GG", "AN", "MV", "LG", "TV", "TN", "TM", "DV"), FOUR_CHARACTER_COST
    ),
    **dict.fromkeys(("VN", "VG"), 2.5),
    **dict.fromkeys(("NV", "VV"), 1.5),
    "LN": 1.5,
}
"""By kinds: for parting two words that make up a phrase of four characters."""
ORGANISATION_COST = 5.0
COMPOUND_COST = 4.0
LIGHT_VERB_COST = 3.0
INSIDE_PREPOSITION_COST = 4.0
SHORT_MODIFIER_COST = 4.0
"""For ending a line after 的 when one short word is all it modifies with: 党的|…"""
BEFORE_FIGURE_COST = 2.0
AFTER_FIGURE_COST = 2.0
BEFORE_QUOTE_COST = 2.0


@lru_cache(maxsize=1024)
def break_costs(text: str) -> tuple[float, ...]:
    """Give for each position what ending a line before it costs; inf where it never may."""
    costs = [inf] * len(text)
    for place in range(1, len(text)):
        if _marks_allow(text, place):
            costs[place] = CHARACTER_COST
    for place, cost in _word_gaps(words(text)):
        if costs[place] < inf:
            costs[place] = cost
    for match in _WESTERN_WORD.finditer(text):
        costs[match.start() + 1 : match.end()] = [inf] * (len(match[0]) - 1)
    for match in _QUOTED.finditer(text):
        _keep(costs, match.start(), match.end())
    letters = [place for place, character in enumerate(text) if character.isalnum()]
    if not letters:
        return (inf,) * len(text)
    costs[: letters[0] + 1] = [inf] * (letters[0] + 1)
    costs[letters[-1] + 1 :] = [inf] * (len(text) - letters[-1] - 1)
    for match in _CLAUSE.finditer(text):
        _keep_clause(text, costs, match.start(), match.end())
    return tuple(costs)


def _marks_allow(text: str, place: int) -> bool:
    """Say whether marks alone let a line end before a position (CLREQ § 3.1.4)."""
    before, after = character_class(text[place - 1]), character_class(text[place])
    if after in _NOT_FIRST and not (after is _C.CONNECTOR and text[place - 1] != text[place]):
        return False
    return before not in _NOT_LAST and not (before in WESTERN and after in WESTERN)


def _keep(costs: list[float], start: int, end: int) -> None:
    """Close what lies between two positions to all but a text that fits no line."""
    for place in range(start + 1, end):
        inner = min(KEPT_SPREAD * costs[place], LEANING_COST / 2)
        costs[place] = max(costs[place], LEANING_COST + inner)


def _keep_clause(text: str, costs: list[float], start: int, end: int) -> None:
    """Keep a short clause whole, and the first and last two characters of a longer one."""
    while end > start and character_class(text[end - 1]) is _C.CLOSING:
        end -= 1
    if end - start <= SHORT_CLAUSE:
        _keep(costs, start, end)
        return
    if start > 0:
        costs[start + 2] += CLAUSE_EDGE_COST
        costs[start + 3] += CLAUSE_EDGE_COST / 2
    if end < len(text):
        costs[end - 2] += CLAUSE_EDGE_COST


def _word_gaps(line: list[Word]) -> Iterator[tuple[int, float]]:
    """Give the cost of each gap between two words."""
    governed = _governed(line)
    for number in range(1, len(line)):
        cost = _gap_cost(line, number) + (number in governed) * INSIDE_PREPOSITION_COST
        if SENSE_LIMIT < cost < LEANING_COST:
            cost = min(SENSE_LIMIT + AGAINST_SENSE * (cost - SENSE_LIMIT), LEANING_COST - 50)
        yield line[number].start, cost


def _governed(line: list[Word]) -> set[int]:
    """Find the gaps between a preposition and the end of what it governs.

    That is its localizer (在…时) when the clause has one, or else the next verb.
    """
    gaps: set[int] = set()
    for number, word in enumerate(line):
        if word.text not in GOVERNING:
            continue
        rest = range(number + 1, len(line))
        stop = next((at for at in rest if line[at].kind == "."), len(line))
        localizer = next((at + 1 for at in range(number + 1, stop) if line[at].kind == "F"), 0)
        if not localizer or word.text not in FRAMING:
            localizer = next((at for at in range(number + 1, stop) if line[at].kind in "VP"), stop)
        gaps.update(range(number + 1, localizer))
    return gaps


def _gap_cost(line: list[Word], number: int) -> float:
    """Weigh a gap by the marks, then by what leans on what, then by the kinds of the two."""
    left, right = line[number - 1], line[number]
    before = line[number - 2] if number > 1 else None
    after = line[number + 1] if number + 1 < len(line) else None
    last = left.text[-1]
    if last.isspace():
        return COST_AFTER_SPACE
    if last == "—" and before is not None and number > 2:
        return COST_AFTER_INNER_DASH
    if left.kind == "." and character_class(last) is not _C.CLOSING:
        return COST_AFTER_MARK.get(last, COST_AFTER_OTHER_MARK)
    if right.text[0] in "—…":
        return COST_BEFORE_DASH
    if leans(before, left, right, after):
        return LEANING_COST
    kinds = left.kind + right.kind
    if right.kind == "V" and after is not None and len(after.text) == 1 and after.kind == "N":
        kinds = left.kind + "G"  # 阅读|季 is a noun
    kinds = kinds.replace(".", "X")
    cost = PHRASE_COSTS.get(kinds, PHRASE_COST) + _closeness(left, kinds, right)
    if left.kind == "U" and before is not None and len(before.text) <= 2:
        is_short = number < 3 or line[number - 3].kind in ".VP"
        cost += SHORT_MODIFIER_COST * is_short
    return cost


def _is_organisation(word: Word) -> bool:
    """Say whether a word is a body's common name, which a place or a name opens."""
    if word.text in ORGANISATIONS:
        return True
    return word.kind in "NL" and len(word.text) < 6 and word.text[-1] in ORGANISATION_ENDINGS


def _closeness(left: Word, kinds: str, right: Word) -> float:
    """Add what parting two words costs beyond their kinds."""
    cost = 0.0
    if left.kind in "NLG" and _is_organisation(right):
        cost += ORGANISATION_COST
    if left.kind in "VG" and right.text in COMPOUND_HEADS:
        cost += COMPOUND_COST
    if left.text in LIGHT_VERBS:
        cost += LIGHT_VERB_COST
    if len(left.text) == len(right.text) == 2:
        cost += FOUR_CHARACTER_COSTS.get(kinds, 0.0)
    elif kinds == "NN":
        length = len(left.text) + len(right.text)
        cost += FOUR_CHARACTER_COST * (length < 6) - (length > 6)
    if kinds == "XN" and left.text == "”" and len(right.text) == 2:
        cost += FOUR_CHARACTER_COST
    if left.text.isascii() and len(left.text) <= 4 and left.kind == "N":
        cost += FOUR_CHARACTER_COST
    if right.kind == "Q" and (kinds == "VQ" or right.text[-1] in "路号"):
        cost += BEFORE_FIGURE_COST * (1 + 2 * (right.text[-1] in "%％路号℃"))
    if kinds == "QN" and len(right.text) < 3:
        cost += AFTER_FIGURE_COST
    if kinds == "NX" and len(left.text) < 3:
        cost += BEFORE_QUOTE_COST
    return cost
