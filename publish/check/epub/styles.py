"""Which font families each text of an EPUB is set in, by its stylesheets.

A reading of CSS that is enough for fonts: ``font-family`` and ``font`` by selector, specificity and
order (CSS Cascading § 6), inherited; custom properties by name. Media queries are taken as met.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from publish.check.epub.package import XHTML, Epub, resolved

GENERIC = frozenset(
    (
        "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif",
        "ui-sans-serif", "math", "emoji", "fangsong", "inherit", "initial", "unset", "revert",
    )
)  # fmt: skip
SIZES = ("dimension", "percentage", "number")
"""What stands before the families in the shorthand ``font``."""
HIDDEN = frozenset(f"{XHTML}{name}" for name in ("head", "script", "style", "template"))


@dataclass(frozen=True, slots=True)
class FontFace:
    """An ``@font-face`` rule; ``sources`` are places in the ZIP, ``sheet`` where it stands."""

    family: str
    sources: tuple[str, ...]
    sheet: str


Said = dict[str, tuple[str, ...]]
"""What a rule says, or an element has: lists of families by property, custom ones too."""


@dataclass(slots=True)
class Styles:
    """All that the stylesheets of an EPUB say of fonts."""

    epub: Epub
    faces: list[FontFace] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    """Each family that a rule names, and a sheet that does."""
    texts: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    """The characters that each list of families sets."""
    _rules: dict[str, list[tuple[Any, Said]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.epub.items.values():
            if item.media_type == "text/css":
                self._sheet(item.path)
        for path, root in self.epub.documents():
            self._document(path, root)

    # --- Sheets ----------------------------------------------------------------------------------

    def _sheet(self, path: str) -> list[tuple[Any, Said]]:
        """Return the rules of a sheet, read once."""
        if path not in self._rules:
            self._rules[path] = []
            content = self.epub.read(path)
            if content is not None:
                rules, _ = tinycss2.parse_stylesheet_bytes(content)
                self._take(rules, path)
        return self._rules[path]

    def _take(self, rules: list[Any], path: str) -> None:
        folder = posixpath.dirname(path)
        for rule in rules:
            if rule.type == "qualified-rule":
                self._qualified(rule, path)
            elif rule.type != "at-rule":
                continue
            elif rule.lower_at_keyword == "font-face":
                self._face(rule, path)
            elif rule.lower_at_keyword in ("media", "supports") and rule.content:
                self._take(tinycss2.parse_rule_list(rule.content), path)
            elif rule.lower_at_keyword == "import":
                for token in rule.prelude:
                    if token.type in ("string", "url"):
                        self._rules[path] += self._sheet(resolved(folder, token.value))

    def _face(self, rule: Any, path: str) -> None:
        said = {one.lower_name: one.value for one in _declarations(rule.content)}
        families = _families(said.get("font-family", []))
        folder = posixpath.dirname(path)
        urls = [url for url in _urls(said.get("src", [])) if "://" not in url]
        if families:
            sources = tuple(resolved(folder, url) for url in urls)
            self.faces.append(FontFace(families[0], sources, path))

    def _qualified(self, rule: Any, path: str) -> None:
        said: dict[str, tuple[str, ...]] = {}
        for declaration in _declarations(rule.content):
            name = declaration.lower_name
            if name in ("font-family", "font"):
                if families := _families(declaration.value, short=name == "font"):
                    said["font-family"] = families
            elif name.startswith("--") and (families := _families(declaration.value)):
                said[declaration.name] = families
        for families in said.values():
            for family in families:
                if not family.startswith("var("):
                    self.named.setdefault(family, path)
        if said:
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                return
            self._rules[path] += [(selector, said) for selector in selectors]

    # --- Documents -------------------------------------------------------------------------------

    def _document(self, path: str, root: etree._Element) -> None:
        matcher: Any = cssselect2.Matcher()
        for sheet in self._sheets(path, root):
            for selector, said in self._rules.get(sheet, ()):
                matcher.add_selector(selector, said)
        body = root.find(f"{XHTML}body")
        if body is None:
            return
        self._walk(cssselect2.ElementWrapper.from_xml_root(root), matcher)

    def _sheets(self, path: str, root: etree._Element) -> Iterator[str]:
        folder = posixpath.dirname(path)
        for element in root.iter(f"{XHTML}link", f"{XHTML}style"):
            if element.tag == f"{XHTML}link":
                if "stylesheet" in (element.get("rel") or "").lower().split():
                    yield resolved(folder, element.get("href", ""))
            else:
                name = f"{path} <style>"
                if name not in self._rules:
                    self._rules[name] = []
                    self._take(tinycss2.parse_stylesheet(element.text or ""), name)
                yield name

    def _walk(self, element: Any, matcher: Any) -> None:
        """Note the characters of an element and of those in it, by the families that set them."""
        stack: list[tuple[Any, Said]] = [(element, {})]
        while stack:
            each, above = stack.pop()
            node = each.etree_element
            if not isinstance(node.tag, str) or node.tag in HIDDEN or node.get("hidden"):
                continue
            said = above
            for *_, payload in matcher.match(each):
                said = {**said, **payload}
            families = _set_in(said)
            if families in (("inherit",), ("unset",)):
                families = _set_in(above)
                said = {**said, "font-family": families}
            held = self.texts.setdefault(families, set())
            held.update(node.text or "")
            for child in node:
                held.update(child.tail or "")
            stack += [(child, said) for child in each.iter_children()]


def _set_in(said: Said) -> tuple[str, ...]:
    """Return the list of families that applies, custom properties put in."""
    found: list[str] = []
    for name in said.get("font-family", ()):
        found += said.get(name[4:-1], ()) if name.startswith("var(") else (name,)
    return tuple(found)


def _declarations(content: Any) -> list[Any]:
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [one for one in parsed if one.type == "declaration"]


def _families(tokens: list[Any], *, short: bool = False) -> tuple[str, ...]:
    """Return the families of a list; of the shorthand ``font`` what stands behind the size."""
    groups: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            groups.append([])
        elif token.type not in ("whitespace", "comment"):
            groups[-1].append(token)
    if short and groups[0]:
        last = max((at for at, t in enumerate(groups[0]) if t.type in SIZES), default=None)
        groups[0] = [] if last is None else groups[0][last + 1 :]
    return tuple(name for group in groups if (name := _name(group)))


def _name(group: list[Any]) -> str:
    if len(group) == 1 and group[0].type == "string":
        return str(group[0].value)
    if len(group) == 1 and group[0].type == "function" and group[0].lower_name == "var":
        return f"var({tinycss2.serialize(group[0].arguments).strip()})"
    if group and all(token.type == "ident" for token in group):
        return " ".join(token.value for token in group)
    return ""


def _urls(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name == "url":
            yield from (argument.value for argument in token.arguments if argument.type == "string")
