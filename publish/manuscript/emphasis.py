"""Emphasis beside Chinese punctuation: ``重**点：**下文`` is meant as it looks.

CommonMark § 6.2 lets a run of ``*`` close only where a space or a mark follows it, if a mark
stands before it. Chinese sets no spaces, so ``**重点：**下文`` would print its asterisks. Here a
Chinese character, letter or mark, beside the run counts as a letter that may be parted
(as in tats-u's proposal "CJK-friendly emphasis" to CommonMark, § flanking).
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from publish.manuscript.inline import SIGN, is_wide


def emphasise_beside_chinese(markdown: MarkdownIt) -> None:
    """Let emphasis begin and end beside Chinese punctuation; mark the asterisks left over."""
    markdown.inline.ruler.before("emphasis", "asterisks", _asterisks)
    markdown.inline.ruler2.after("emphasis", "signs", _signs)


def _asterisks(state: StateInline, silent: bool) -> bool:
    """Take a run of asterisks, as markdown-it's own rule does but for where it may stand."""
    if silent or state.src[state.pos] != "*":
        return False
    start = end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    is_product = end - start == 1 and before.isdigit() and after.isdigit()
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=not is_product and _may_part(before, after),
                close=not is_product and _may_part(after, before),
            )
        )
    state.pos = end
    return True


def _may_part(outside: str, inside: str) -> bool:
    """Say whether emphasis may begin or end between two characters."""
    if isWhiteSpace(ord(inside)):
        return False
    if not _is_mark(inside) or is_wide(inside):
        return True
    return isWhiteSpace(ord(outside)) or _is_mark(outside) or is_wide(outside)


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _signs(state: StateInline) -> None:
    """Give the asterisks that paired with no other a type of their own, to be told about."""
    groups = [state.delimiters]
    groups += [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
    for delimiters in groups:
        for delimiter in delimiters:
            token = state.tokens[delimiter.token]
            if delimiter.marker == ord("*") and token.type == "text" and token.content:
                token.type = SIGN
