"""YAML to plain data, with the line of every key and item, by PyYAML's safe loader.

PyYAML composes the nodes; this module refuses what a manifest must not hold (duplicate keys,
anchors expanding without end, custom tags) and remembers where each value stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from publish.diagnostics import Finding
from publish.errors import InputError

Value = None | bool | int | str | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

LARGEST_TREE = 200_000
"""Nodes, aliases expanded: an issue of ten thousand articles has some thirty thousand."""

DEEPEST_TREE = 40

COMMENT_OR_TEXT = re.compile(r"\s+#[^\s#]")
"""A # with text right behind it is more likely a topic tag than a comment."""


@dataclass(slots=True)
class LinedData:
    """Plain data and, for each path into it, the line (from 1) where it is written."""

    value: Value
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Return the line of the path, or of the nearest thing that holds it."""
        for length in range(len(path), -1, -1):
            if (found := self.lines.get(path[:length])) is not None:
                return found
        return None


def load(text: str, file: str, *, first_line: int = 1) -> LinedData:
    """Read one YAML document. ``first_line`` is the text's first line in its file.

    Keys with an empty value count as absent. Dates and fractions stay the text that was
    typed: 1.00 is a price, not the number one.

    Raises InputError with every duplicate key, or with the first thing that is no YAML.
    """
    try:
        loader, node = _composed(text)
        try:
            reader = _Reader(loader, text, file, first_line)
            value = reader.read(node, ()) if node is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise InputError(_broken(error, file, first_line)) from error
    except RecursionError as error:  # PyYAML composes what is nested by calling itself
        raise InputError(_too_large(file, first_line)) from error
    if reader.findings:
        raise InputError(reader.findings)
    return LinedData(value, reader.lines)


Loader = yaml.SafeLoader | yaml.CSafeLoader


def _composed(text: str) -> tuple[Loader, yaml.Node | None]:
    """Compose the nodes with libyaml, ten times as fast as PyYAML's own parser.

    Where it finds a fault, the other says what it is: its words are those ``_broken`` knows.
    """
    fast: Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return fast, fast.get_single_node()
    except yaml.YAMLError:
        fast.dispose()
    telling = yaml.SafeLoader(text)
    return telling, telling.get_single_node()


class _Reader:
    def __init__(self, loader: Loader, text: str, file: str, first_line: int) -> None:
        self.loader, self.file, self.first_line = loader, file, first_line
        self.text_lines = text.split("\n")
        self.lines: dict[Path, int] = {}
        self.findings: list[Finding] = []
        self.count = 0

    def read(self, node: yaml.Node, path: Path) -> Value:
        self.lines.setdefault(path, node.start_mark.line + self.first_line)
        self.count += 1
        if self.count > LARGEST_TREE or len(path) > DEEPEST_TREE:
            raise InputError(_too_large(self.file, node.start_mark.line + self.first_line))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        self._comment_after(node)
        return self._scalar(node)

    def _comment_after(self, node: yaml.Node) -> None:
        """Refuse text that YAML would drop: after a blank, # begins a comment."""
        end = node.end_mark
        rest = self.text_lines[end.line][end.column :] if end.line < len(self.text_lines) else ""
        if COMMENT_OR_TEXT.match(rest) and not getattr(node, "style", None):
            self._say(
                "yaml-comment",
                f"“{rest.strip()}” would be lost: after a blank, # begins a comment",
                end.line + self.first_line,
                "put the whole value in quotes, or a blank after the # of a comment",
            )

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Value:
        result: dict[str, Value] = {}
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + self.first_line
            key = str(key_node.value)
            if not isinstance(key_node, yaml.ScalarNode):
                key = "?"
                self._say("yaml-key", "a key must be a single word", line, "quote it")
            if key in seen:
                self._say(
                    "yaml-duplicate-key",
                    f"the key “{key}” stands twice, first in line {seen[key]}",
                    line,
                    "keep one of the two",
                )
            seen.setdefault(key, line)
            self.lines[(*path, key)] = line
            value = self.read(value_node, (*path, key))
            if value is not None:
                result[key] = value
        return result

    def _scalar(self, node: yaml.Node) -> Value:
        if node.tag in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float"):
            return str(node.value)
        if node.tag == "tag:yaml.org,2002:int" and ":" in node.value:
            return str(node.value)  # YAML 1.1 reads 12:30 as seven hundred and fifty
        value = self.loader.construct_object(node)
        return value if isinstance(value, bool | int | str) or value is None else str(value)

    def _say(self, code: str, message: str, line: int, hint: str) -> None:
        self.findings.append(Finding(code, message, file=self.file, line=line, hint=hint))


def _too_large(file: str, line: int) -> Finding:
    return Finding(
        "yaml-too-large",
        f"more than {LARGEST_TREE:,} values, or deeper than {DEEPEST_TREE} levels, "
        "once its aliases are expanded",
        file=file,
        line=line,
        hint="write the values out, without & and *",
    )


def _broken(error: yaml.YAMLError, file: str, first_line: int) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    hint = "check the indents, and that there is a blank after each colon"
    if "tab" in problem or "'\\t'" in problem:
        hint = "indent with blanks, not with tabs"
    elif "mapping values are not allowed" in problem:
        hint = "put a value that holds a colon and a blank in quotes"
    elif "constructor" in problem:
        hint = "tags with ! have no meaning here; remove them"
    return Finding(
        "yaml-broken",
        f"this is no YAML: {problem}",
        file=file,
        line=None if mark is None else mark.line + first_line,
        hint=hint,
    )
