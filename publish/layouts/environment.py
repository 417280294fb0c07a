"""The Jinja2 environment: autoescaped, undefined names are errors, and the field's filters."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from publish import model
from publish.diagnostics import Finding
from publish.errors import InputError
from publish.files import shown
from publish.layouts.colours import press_colours, screen_colours
from publish.layouts.compiled import Compiled, Sandbox
from publish.layouts.reading import bracketed, circled
from publish.layouts.theme import Theme
from publish.typesetting.headlines import segments

MARK_TAGS = (
    (model.Mark.STRONG, "strong"),
    (model.Mark.EMPHASIS, "em"),
    (model.Mark.DOTS, "dots"),
    (model.Mark.SUBSCRIPT, "sub"),
    (model.Mark.SUPERSCRIPT, "sup"),
    (model.Mark.CODE, "code"),
)

KINDS: dict[str, type] = {
    "run": model.Run,
    "ruby": model.Ruby,
    "note_reference": model.NoteReference,
    "paragraph": model.Paragraph,
    "crosshead": model.Crosshead,
    "figure": model.Figure,
    "list_block": model.ListBlock,
    "quotation": model.Quotation,
    "table": model.Table,
}


class IssueHead:
    """What the templates of one section may know of the issue: everything but other sections."""

    def __init__(self, issue: model.Issue) -> None:
        self._issue = issue

    def __getattr__(self, name: str) -> Any:
        if name in ("sections", "articles"):
            raise jinja2.UndefinedError(
                f"issue.{name} is for the front page, contents and navigation: a section is made "
                "without the others, so that it stays as it is when another changes"
            )
        return getattr(self._issue, name)


def environment(
    folders: Sequence[Path],
    output: str,
    picture_source: Callable[[model.Picture], str],
    link_target: Callable[[str], str | None],
) -> jinja2.Environment:
    """Return the environment in which templates of these folders are filled, but for the issue."""
    made = Sandbox(
        loader=jinja2.FileSystemLoader([*(folder / "layouts" for folder in folders), *folders]),
        autoescape=jinja2.select_autoescape(("html", "xhtml"), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=Compiled(output),
    )
    made.globals.update(output=output, mark_tags=MARK_TAGS)
    made.filters.update(
        bracketed=bracketed,
        circled=circled,
        folio=folio,
        headline_lines=flowing_headline if output == "epub" else headline_lines,
        imprint=imprint,
        issue_title=issue_title,
        link_target=_asked_each_time(link_target),
        picture_source=_asked_each_time(picture_source),
    )
    for name, kind in KINDS.items():
        made.tests[name] = lambda value, kind=kind: isinstance(value, kind)
    return made


def _asked_each_time(function: Callable[[Any], Any]) -> Callable[..., Any]:
    """Return a filter that is not applied where a template is compiled: its answers change."""
    return jinja2.pass_context(lambda context, value: function(value))


class Layouts:
    """A theme's templates for one output (``print`` or ``epub``) of one issue.

    With ``inks`` its colours are those of the press, else those of screens.
    """

    def __init__(
        self,
        theme: Theme,
        root: Path,
        issue: model.Issue,
        output: str,
        picture_source: Callable[[model.Picture], str],
        link_target: Callable[[str], str | None],
        *,
        inks: bool = False,
    ) -> None:
        self.root = root
        self.folders = theme.folders
        self.environment = environment(theme.folders, output, picture_source, link_target)
        self.environment.globals.update(
            issue=issue if issue.sections else IssueHead(issue),
            publication=issue.publication,
            colour=(press_colours if inks else screen_colours)(theme.colours),
        )

    def render(self, template: str, **names: Any) -> str:
        """Return the filled template.

        Raises InputError naming the template's file and line when a name is not defined or
        the template cannot be read.
        """
        try:
            return self.environment.get_template(template).render(**names)
        except jinja2.TemplateSyntaxError as error:
            raise InputError(
                Finding(
                    "template-syntax",
                    f"the template cannot be read: {error.message}",
                    file=self._file(error.filename or template),
                    line=error.lineno,
                    hint="compare it with the theme newspaper",
                )
            ) from error
        except jinja2.TemplateNotFound as error:
            message = f"there is no template “{error.name}”"
            hint = "add it to the theme's layouts, or remove what includes it"
            raise InputError(Finding("template-missing", message, hint=hint)) from error
        except jinja2.TemplateError as error:
            file, line = self._place(error, template)
            raise InputError(
                Finding(
                    "template-undefined",
                    f"the template stops: {error.message}",
                    file=file,
                    line=line,
                    hint="the names a template may use are listed in the guide, under themes",
                )
            ) from error

    def _place(self, error: Exception, template: str) -> tuple[str, int | None]:
        frames = traceback.extract_tb(error.__traceback__)
        for frame in reversed(frames):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self.folders):
                return self._file(frame.filename), frame.lineno
        return template, None

    def _file(self, name: str) -> str:
        path = Path(name)
        if not path.is_absolute():
            return name
        if path.is_relative_to(self.root):
            return shown(path, self.root)
        folder = next((f for f in self.folders if path.is_relative_to(f)), path.parent)
        return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def headline_lines(text: str) -> Markup:
    """Return a headline with the line breaks its writer typed."""
    return Markup("<br/>").join(escape(line.strip()) for line in text.split("\n"))


_MARKS = re.compile(r"(\w?[^\w\s]+\w?)")


def flowing_headline(text: str) -> Markup:
    """Return a headline that a reading system may break only where the sense allows.

    The style sheet closes the places between letters (``word-break: keep-all``) and those
    beside marks (``kept``); characters stay as typed.
    """
    lines = (segments(line.strip()) for line in text.split("\n"))
    return Markup("<br/>").join(Markup("<wbr/>").join(map(_kept, line)) for line in lines)


def _kept(segment: str) -> Markup:
    """Keep the marks within a segment with the letters beside them."""
    kept = Markup('<span class="kept">{}</span>')
    pieces = enumerate(_MARKS.split(segment))
    return Markup("").join(kept.format(piece) if at % 2 else escape(piece) for at, piece in pieces)


def folio(section: model.Section) -> str:
    """Return a section's part of the folio line: 第5版 · 党派关注."""
    return f"第{section.page}版 · {section.title}" if section.page else section.title


def issue_title(issue: model.Issue) -> str:
    """Return the issue's full title: 云汀政协报 2026年1月20日 第1203期."""
    return f"{issue.publication.title} {issue.chinese_date} 第{issue.number}期"


def imprint(issue: model.Issue) -> list[str]:
    """Return what a masthead says under its name: publisher, numbers, pages, price."""
    publication = issue.publication
    items = (
        (publication.publisher, "{}出版"),
        (publication.cn, "国内统一连续出版物号 {}"),
        (publication.issn, "ISSN {}"),
        (publication.postal_code, "邮发代号 {}"),
        (issue.number, "第{}期"),
        (issue.total, "总第{}期"),
        (issue.pages, "今日{}版"),
        (issue.price, "零售价 {}"),
    )
    return [form.format(value) for value, form in items if value]
