"""Inline Markdown tokens to the model's inline text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from publish.diagnostics import Finding, Severity
from publish.model import Inline, LineBreak, Mark, NoteReference, Ruby, Run, Text

TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)\s*/?>")
ALLOWED_TAGS = ("ruby", "rt", "rp", "sub", "sup", "br")
SIGN = "sign"
"""The type of a token that holds an asterisk which begins or ends no emphasis."""
BRACKETS = "（）()[]【】〔〕〖〗"
SOFT = "\n"
LINK_SCHEMES = ("http://", "https://", "mailto:")
MARKS = {"em": Mark.EMPHASIS, "strong": Mark.STRONG}
HTML_MARKS = {"sub": Mark.SUBSCRIPT, "sup": Mark.SUPERSCRIPT}


@dataclass(slots=True)
class InlineReader:
    """Reads one run of inline tokens; ``line`` is where it starts in the manuscript."""

    file: str
    line: int
    findings: list[Finding]
    pieces: list[Inline] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tags: list[tuple[str, int]] = field(default_factory=list)
    links: list[str | None] = field(default_factory=list)
    link_starts: list[int] = field(default_factory=list)
    languages: list[str | None] = field(default_factory=list)
    base: str = ""
    reading: str = ""

    def read(self, tokens: Sequence[Token]) -> Text:
        """Return the text of the tokens, with what is wrong added to the findings."""
        for token in tokens:
            self._token(token)
        for tag, line in self.tags:
            self._say("html-unclosed", f"<{tag}> is never closed", f"add </{tag}>", line)
        return _join_lines(self.pieces)

    def _token(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self._text(token.content)
            case "sign":
                self._sign(token.content)
            case "softbreak":
                self.line += 1
                self._text(SOFT)
            case "hardbreak":
                self.line += 1
                self.pieces.append(LineBreak())
            case "code_inline":
                self._text(token.content, Mark.CODE)
            case "html_inline":
                self._html(token.content)
            case "footnote_ref":
                number, again = int(token.meta["id"]) + 1, int(token.meta.get("subId", 0))
                self.pieces.append(NoteReference(number, again + 1))
            case "link_open":
                self._open_link(token)
            case "link_close":
                self._close_link()
            case "span_open":
                self._span(token)
            case "span_close":
                if self.languages.pop() is None:
                    self.marks.remove(Mark.DOTS)
            case "em_open" | "strong_open":
                self.marks.append(MARKS[token.tag])
            case "em_close" | "strong_close":
                self.marks.remove(MARKS[token.tag])
            case "image":
                self._say(
                    "picture-inline",
                    "a picture stands inside a line of text",
                    "begin a new paragraph with the picture",
                )
            case _:
                self._say(
                    "markdown-unknown",
                    f"this kind of text ({token.type}) has no place in an article",
                    "write it as plain text",
                )

    def _text(self, text: str, *more: Mark) -> None:
        if not text:
            return
        open_tags = [tag for tag, _ in self.tags]
        if "rp" in open_tags:
            if text.strip(BRACKETS + " \n"):
                hint = "put brackets alone between <rp> and </rp>"
                self._say("text-lost", f"“{text}” stands in <rp>, which is not shown", hint)
        elif "rt" in open_tags:
            self.reading += text.strip(SOFT)
        elif "ruby" in open_tags:
            self.base += text.strip(SOFT)
        else:
            self.pieces.append(self._run(text, *more))

    def _sign(self, sign: str) -> None:
        """Take an asterisk that pairs with no other as text, and say so once a line."""
        self._text(sign)
        told = Finding(
            "asterisk-left",
            "an asterisk begins or ends nothing here, and will be printed",
            Severity.WARNING,
            self.file,
            self.line,
            "for emphasis close it, without a blank inside; for a product write ×; "
            "if it is meant, put \\ before it",
        )
        if told not in self.findings:
            self.findings.append(told)

    def _run(self, text: str, *more: Mark) -> Run:
        link = self.links[-1] if self.links else None
        language = next((name for name in reversed(self.languages) if name), None)
        return Run(text, frozenset((*self.marks, *more)), link, language)

    def _span(self, token: Token) -> None:
        language = token.attrs.get("lang")
        classes = str(token.attrs.get("class", "")).split()
        if classes == ["dots"] and set(token.attrs) == {"class"}:
            self.marks.append(Mark.DOTS)
            self.languages.append(None)
            return
        if language is None or classes or set(token.attrs) != {"lang"}:
            self._say(
                "span-unknown",
                "braces after brackets may hold lang=… or .dots alone",
                "write for example [text]{lang=en} or [text]{.dots}",
            )
        self.languages.append(str(language or "und"))

    def _open_link(self, token: Token) -> None:
        title = token.attrs.get("title")
        if title:
            self._say(
                "text-lost",
                f"“{title}” stands after the link's address and is not shown",
                "write it into the text, or remove it",
            )
        self.links.append(self._target(str(token.attrs.get("href", ""))))
        self.link_starts.append(len(self.pieces))

    def _close_link(self) -> None:
        target = self.links.pop()
        if self.link_starts.pop() == len(self.pieces) and target and not self.tags:
            hint = "write the words between the brackets"
            self._say("link-empty", f"the link to {target} has no words to show", hint)

    def _target(self, target: str) -> str | None:
        if target.startswith(LINK_SCHEMES):
            return normalizeLink(target)
        if re.fullmatch(r"[^:]+\.md", target):
            return target
        self._say(
            "link-unsafe",
            f"the link “{target}” leads neither to the web nor to a manuscript",
            "begin it with https://, or name a manuscript of the issue",
        )
        return None

    def _html(self, content: str) -> None:
        match = TAG.fullmatch(content)
        name = match[1].lower() if match else ""
        if name not in ALLOWED_TAGS:
            self._say(
                "html-unsafe",
                f"the HTML “{content[:40]}” is not allowed",
                f"only {', '.join(ALLOWED_TAGS)} are, without attributes",
            )
        elif name == "br":
            self.pieces.append(LineBreak())
        elif content.startswith("</"):
            self._close(name)
        else:
            self._open(name)

    def _open(self, name: str) -> None:
        self.tags.append((name, self.line))
        if name in HTML_MARKS:
            self.marks.append(HTML_MARKS[name])

    def _close(self, name: str) -> None:
        if not self.tags or self.tags[-1][0] != name:
            self._say("html-unclosed", f"</{name}> closes nothing", "remove it, or open it before")
            return
        self.tags.pop()
        if name in HTML_MARKS:
            self.marks.remove(HTML_MARKS[name])
        elif name == "rt":
            self.pieces.append(Ruby(self.base, self.reading))
            self.base = self.reading = ""
        elif name == "ruby" and self.base:
            self.pieces.append(self._run(self.base))
            self.base = ""

    def _say(self, code: str, message: str, hint: str, line: int | None = None) -> None:
        self.findings.append(
            Finding(code, message, file=self.file, line=line or self.line, hint=hint)
        )


def is_wide(character: str) -> bool:
    """Tell whether a character is Chinese text or punctuation, by Unicode's width."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—…·"


def _join_lines(pieces: list[Inline]) -> Text:
    """Turn the manuscript's line ends into a blank, or into nothing beside Chinese.

    A line break between two Chinese characters adds no space (CLREQ § 3.2.1).
    """
    joined: list[Inline] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Run) and SOFT in piece.text:
            text = piece.text
            if text == SOFT:
                before = _edge(joined[-1], -1) if joined else ""
                after = _edge(pieces[index + 1], 0) if index + 1 < len(pieces) else ""
                wide = bool(before and after and (is_wide(before) and is_wide(after)))
                text = "" if wide or not before or not after else " "
            if text:
                _append(joined, replace(piece, text=text))
        else:
            _append(joined, piece)
    if joined and isinstance(joined[0], Run):
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" \u3000\t"))
    if joined and isinstance(joined[-1], Run):
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" \u3000\t"))
    return tuple(piece for piece in joined if not (isinstance(piece, Run) and not piece.text))


def _append(joined: list[Inline], piece: Inline) -> None:
    """Append a piece, or lengthen the last run where it is of the same kind."""
    last = joined[-1] if joined else None
    if (
        isinstance(last, Run)
        and isinstance(piece, Run)
        and replace(last, text="") == replace(piece, text="")
    ):
        joined[-1] = replace(last, text=last.text + piece.text)
    else:
        joined.append(piece)


def _edge(piece: Inline, index: int) -> str:
    if isinstance(piece, Run):
        return piece.text[index]
    if isinstance(piece, Ruby):
        return piece.base[index] if piece.base else ""
    return "字" if isinstance(piece, NoteReference) else ""
