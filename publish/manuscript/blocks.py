"""Block Markdown tokens to the model's blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from publish.diagnostics import Finding, Severity
from publish.manuscript.inline import InlineReader
from publish.manuscript.pictures import PictureShelf
from publish.manuscript.tables import BARE, SURPLUS
from publish.model import (
    Block,
    Crosshead,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    Quotation,
    Run,
    Separator,
    Table,
    Text,
    plain_text,
)

CREDIT_ENDINGS = ("摄影", "摄", "供图", "制图", "图", "绘", "画")
DECORATIVE = ("装饰", "裝飾", "decorative")
"""An alternative text that says: there is nothing to say."""
LIKE_A_TABLE = re.compile(r"\|.*\n[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*(?:\n|$)")
"""A line with a pipe, and below it one of hyphens and pipes, which was no table's."""
CLAUSE_MARKS = set("。，；！？,;!?")


@dataclass(slots=True)
class BlockReader:
    """Walks one manuscript's block tokens. ``findings`` collects what is wrong."""

    file: str
    shelf: PictureShelf
    findings: list[Finding]
    tokens: Sequence[Token]
    place: int = 0
    notes: list[Note] = field(default_factory=list)
    deepest: int = 1
    """The level of the last crosshead; 1 is the headline's."""

    def read(self, closing: str | None = None) -> tuple[Block, ...]:
        """Return the blocks up to the closing token, or up to the end."""
        blocks: list[Block] = []
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            self.place += 1
            if token.type == closing:
                break
            blocks.extend(self._block(token))
        return tuple(blocks)

    def _block(self, token: Token) -> list[Block]:
        line = token.map[0] + 1 if token.map else 1
        match token.type:
            case "paragraph_open":
                return self._paragraph(line)
            case "heading_open":
                return self._crosshead(token, line)
            case "bullet_list_open":
                return [ListBlock(self._items("bullet_list_close"), None, line)]
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                return [ListBlock(self._items("ordered_list_close", start), start, line)]
            case "blockquote_open":
                return [Quotation(self.read("blockquote_close"), line)]
            case "table_open":
                return [self._table(line)]
            case "hr":
                return [Separator(line)]
            case "footnote_block_open":
                self._notes()
            case "front_matter" | "footnote_anchor":
                pass
            case _:
                self._say(
                    "markdown-unknown",
                    f"this kind of block ({token.type}) has no place in an article",
                    line,
                    "write it as paragraphs",
                )
        return []

    def _inline(self) -> Token:
        token = self.tokens[self.place]
        self.place += 1
        while self.tokens[self.place].type == "footnote_anchor":
            self.place += 1
        self.place += 1  # the closing token
        return token

    def _text(self, tokens: Sequence[Token], line: int) -> Text:
        return InlineReader(self.file, line, self.findings).read(tokens)

    def _paragraph(self, line: int) -> list[Block]:
        inline = self._inline()
        children = inline.children or []
        if LIKE_A_TABLE.search(inline.content):
            self._warn(
                "table-broken",
                "this looks like a table, but will be printed as lines with their pipes",
                line,
                "give the line of hyphens as many cells as the line above it, "
                "and put an empty line before the table",
            )
        if children and children[0].type == "image":
            return list(self._figures(children, line))
        text = self._text(children, line)
        return [Paragraph(text, line)] if text else []

    def _crosshead(self, token: Token, line: int) -> list[Block]:
        text = self._text(self._inline().children or [], line)
        level = int(token.tag[1])
        if level == 1:
            self._say(
                "headline-in-body",
                "a line with one # is a headline, which belongs into the front matter",
                line,
                "write headline: there, or use ## for a crosshead",
            )
        if level > self.deepest + 1:
            self._warn(
                "crosshead-level",
                f"this crosshead has {level} #, and the one above it {self.deepest}"
                if self.deepest > 1
                else f"the first crosshead has {level} #",
                line,
                f"write {'#' * (self.deepest + 1)}; it is set so",
            )
        self.deepest = min(level, self.deepest + 1, 3)
        return [Crosshead(text, max(self.deepest, 2), line)]

    def _items(self, closing: str, start: int | None = None) -> tuple[tuple[Block, ...], ...]:
        items: list[tuple[Block, ...]] = []
        while (token := self.tokens[self.place]).type != closing:
            self.place += 1
            if start is not None and token.info not in (str(start), str(start + len(items))):
                self._say(
                    "list-number",
                    f"this item is typed {token.info} and would be printed {start + len(items)}",
                    token.map[0] + 1 if token.map else 1,
                    "number the items one after the other, or put \\ before the stops: 1949\\.",
                )
            items.append(self.read("list_item_close"))
        self.place += 1
        return tuple(items)

    def _table(self, line: int) -> Table:
        rows: list[tuple[Text, ...]] = []
        cells: list[Text] = []
        alignment: list[str] = []
        while (token := self.tokens[self.place]).type != "table_close":
            self.place += 1
            if token.type == "inline":
                row_line = token.map[0] + 1 if token.map else line
                cells.append(self._text(token.children or [], row_line))
            elif token.type == "tr_open":
                self._row(token, line)
            elif token.type == "th_open":
                style = str(token.attrs.get("style", ""))
                alignment.append(style.removeprefix("text-align:") or "start")
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self.place += 1
        return Table(rows[0], tuple(rows[1:]), tuple(alignment), line)

    def _row(self, row: Token, table_line: int) -> None:
        """Tell of the cells beyond the header's, and of a paragraph taken into the table."""
        line = row.map[0] + 1 if row.map else table_line
        if surplus := row.meta.get(SURPLUS):
            cells = "、".join(f"“{cell.strip()}”" for cell in surplus)
            self._say(
                "table-cells",
                f"this row has more cells than the table's first; {cells} would be lost",
                line,
                "add columns to the first two lines, or put \\ before a | that is meant as text",
            )
        elif row.meta.get(BARE):
            self._warn(
                "table-broken",
                "this line has no pipe and becomes a row of the table above it",
                line,
                "put an empty line between the table and the text",
            )

    def _notes(self) -> None:
        while (token := self.tokens[self.place]).type != "footnote_block_close":
            self.place += 1
            line = self._note_line()
            number = int(token.meta["id"]) + 1
            self.notes.append(Note(number, self.read("footnote_close"), line))
        self.place += 1

    def _note_line(self) -> int:
        following = self.tokens[self.place]
        return following.map[0] + 1 if following.map else 1

    def _figures(self, children: Sequence[Token], line: int) -> list[Figure]:
        """Read a paragraph of pictures, each with the lines of its caption and its credit."""
        figures: list[Figure] = []
        lines: list[list[Token]] = [[]]
        for token in children:
            if token.type in ("softbreak", "hardbreak"):
                lines.append([])
            else:
                lines[-1].append(token)
        starts = [index for index, tokens in enumerate(lines) if _is_picture(tokens)]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            image, *rest = lines[start]
            caption_lines = [rest, *lines[start + 1 : end]] if rest else lines[start + 1 : end]
            figure = self._figure(image, caption_lines, line + start)
            if figure is not None:
                figures.append(figure)
        return figures

    def _figure(self, image: Token, lines: list[list[Token]], line: int) -> Figure | None:
        name = str(image.attrs.get("src", ""))
        picture, findings = self.shelf.take(_decoded(name), self.file, line)
        self.findings.extend(findings)
        texts = [self._text(tokens, line + 1 + i) for i, tokens in enumerate(lines)]
        texts = [text for text in texts if text]
        credit: Text = ()
        if texts and is_credit(plain_text(texts[-1])):
            credit = texts.pop()
        alternative = image.content.strip()
        decorative = alternative in DECORATIVE
        if title := image.attrs.get("title"):
            self._say(
                "text-lost",
                f"“{title}” stands after the picture's name and is not shown",
                line,
                "write it on the next line: it becomes the caption",
            )
        if not alternative:
            self._warn(
                "alt-missing",
                "the picture has no alternative text",
                line,
                "say between the brackets what it shows, or “装饰” where it says nothing",
            )
        elif decorative and texts:
            self._warn(
                "alt-decorative",
                "this picture has a caption, so it is no decoration",
                line,
                "say between the brackets what it shows",
            )
        if not credit and not decorative:
            self._warn(
                "credit-missing",
                "the picture has no credit",
                line,
                "end its caption with a line such as “某某 摄”",
            )
        if picture is None:
            return None
        return Figure(picture, alternative, _one_text(texts), credit, line, decorative)

    def _warn(self, code: str, message: str, line: int, hint: str) -> None:
        self.findings.append(Finding(code, message, Severity.WARNING, self.file, line, hint))

    def _say(self, code: str, message: str, line: int, hint: str) -> None:
        self.findings.append(Finding(code, message, file=self.file, line=line, hint=hint))


def is_credit(text: str) -> bool:
    """Tell whether a caption's last line says who made the picture (… 摄)."""
    return text.rstrip("）)").endswith(CREDIT_ENDINGS) and not CLAUSE_MARKS & set(text)


def _is_picture(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].type == "image"


def _decoded(name: str) -> str:
    from urllib.parse import unquote

    return unquote(name)


def _one_text(texts: list[Text]) -> Text:
    """Join the lines of a caption as one text."""
    joined: Text = ()
    for text in texts:
        last = joined[-1] if joined else None
        if isinstance(last, Run) and isinstance(text[0], Run):
            blank = "" if ord(last.text[-1]) > 0x2E7F or ord(text[0].text[0]) > 0x2E7F else " "
            joined = (*joined, Run(blank)) if blank else joined
        joined = (*joined, *text)
    return joined
