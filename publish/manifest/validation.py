"""Hold data against a schema and say what is wrong in an editor's words."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from publish.diagnostics import Finding
from publish.files import nearest
from publish.manifest.yaml_lines import LinedData

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

KINDS = {
    "string": "text",
    "integer": "a whole number",
    "array": "a list",
    "object": "keys with values",
}

PATTERN_HINTS = {
    "slug": "use lower-case letters, digits and hyphens, as in yunting-daily",
    "issn": "write four digits, a hyphen, and four more, as in 1234-5679",
    "language": "write a language tag such as zh-Hans or zh-Hant",
    "theme": "write the name of a folder in styles/",
}


@cache
def _validator(kind: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator, FormatChecker

    from publish.manifest import schema

    checker = FormatChecker(formats=())
    checker.checks("date", raises=ValueError)(_is_date)
    return Draft202012Validator(getattr(schema, kind), format_checker=checker)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or dt.date.fromisoformat(value).isoformat() == value


def validate(data: LinedData, kind: str, file: str) -> list[Finding]:
    """Return what is wrong with the data; ``kind`` is MANIFEST or FRONT_MATTER."""
    findings = []
    for error in sorted(_validator(kind).iter_errors(data.value), key=lambda e: list(e.path)):
        findings.extend(_findings(error, data, file))
    return findings


def _findings(error: ValidationError, data: LinedData, file: str) -> list[Finding]:
    if error.validator == "anyOf":  # an article entry: a path or a mapping
        context = list(error.context or ())
        wanted = 1 if isinstance(error.instance, dict) else 0
        return [
            finding
            for inner in context
            if inner.schema_path[0] == wanted
            for finding in _findings(inner, data, file)
        ]
    path = tuple(error.absolute_path)
    line = data.line(path)
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
    match error.validator:
        case "additionalProperties":
            return _unknown_keys(error, data, path, file)
        case "required":
            return [
                Finding("key-missing", message, file=file, line=line, hint=hint)
                for message, hint in _missing(error, path)
            ]
        case "type":
            return [_wrong_type(error, name, path, file, line)]
        case "minItems":
            return [_empty_list(name, path, data, file, line)]
        case "pattern":
            hint = PATTERN_HINTS.get(name)
            return [
                Finding(
                    "value-form",
                    f"“{error.instance}” is no {name}",
                    file=file,
                    line=line,
                    hint=hint,
                )
            ]
        case "format":
            message = f"“{error.instance}” is no date"
            hint = "write year-month-day, as in 2026-01-20"
            return [Finding("date-none", message, file=file, line=line, hint=hint)]
        case "enum":
            known = [str(value) for value in cast("list[str]", error.validator_value)]
            meant = nearest(str(error.instance), known)
            message = f"“{error.instance}” is no {name}"
            hint = f"did you mean {meant}?" if meant else f"write {' or '.join(known)}"
            return [Finding("value-unknown", message, file=file, line=line, hint=hint)]
        case "dependentRequired":
            hint = "the press that gave the profile knows its condition's name and registry"
            message = f"“{name}”: profile, condition and registry go together"
            return [Finding("key-missing", message, file=file, line=line, hint=hint)]
        case "minLength":
            message, hint = f"“{name}” is empty", "fill it in, or remove the key"
            return [Finding("value-empty", message, file=file, line=line, hint=hint)]
        case _:
            message = f"“{name}”: {error.message}"
            return [Finding("value-wrong", message, file=file, line=line)]


def _unknown_keys(
    error: ValidationError, data: LinedData, path: tuple[str | int, ...], file: str
) -> list[Finding]:
    schema: Any = error.schema
    known = list(schema["properties"])
    instance: Any = error.instance
    findings = []
    for key in instance:
        if key in known:
            continue
        meant = nearest(key, [name for name in known if name not in instance])
        hint = f"did you mean “{meant}”?" if meant else f"known here: {', '.join(known)}"
        line = data.line((*path, key))
        findings.append(
            Finding("key-unknown", f"unknown key “{key}”", file=file, line=line, hint=hint)
        )
    return findings


def _missing(error: ValidationError, path: tuple[str | int, ...]) -> list[tuple[str, str]]:
    schema: Any = error.schema
    instance: Any = error.instance
    holder = f" in “{path[-1]}”" if path and isinstance(path[-1], str) else ""
    if len(path) == 2 and path[0] == "sections":
        holder = f" in section “{instance.get('title', int(path[1]) + 1)}”"
    pairs = []
    for key in schema["required"]:
        if key not in instance:
            description = schema["properties"][key].get("description", "")
            pairs.append((f"“{key}” is missing{holder}", f"add {key}: ({description})"))
    # jsonschema reports each missing key apart; keep the one this error is about.
    return [pair for pair in pairs if f"'{pair[0].split('”')[0][1:]}'" in error.message]


def _wrong_type(
    error: ValidationError, name: str, path: tuple[str | int, ...], file: str, line: int | None
) -> Finding:
    wanted = str(error.validator_value)
    if isinstance(error.instance, bool):
        given = "yes or no"
    elif isinstance(error.instance, int):
        given = "a number"
    else:
        kind = type(error.instance).__name__
        given = {"str": "text", "list": "a list", "dict": "keys with values"}.get(kind, "nothing")
    hint = None
    if wanted == "string" and not isinstance(error.instance, list | dict):
        hint = f'put the value in quotes: {name}: "…"'
    elif name == "byline":
        hint = "write byline: [{role: 本报记者, names: [张三]}]"
    elif wanted == "array":
        hint = f"write {name}: [first, second]"
    elif wanted == "integer":
        hint = "write digits alone"
    where = f"“{name}”" if path else "the file"
    return Finding(
        "value-type",
        f"{where} must be {KINDS[wanted]}, not {given}",
        file=file,
        line=line,
        hint=hint,
    )


def _empty_list(
    name: str, path: tuple[str | int, ...], data: LinedData, file: str, line: int | None
) -> Finding:
    if path[:1] == ("sections",) and path[-1] == "articles":
        value: Any = data.value
        title = value["sections"][path[1]].get("title", "")
        return Finding(
            "section-empty",
            f"section “{title}” has no articles",
            file=file,
            line=line,
            hint="name at least one manuscript, or remove the section",
        )
    return Finding("list-empty", f"“{name}” is empty", file=file, line=line, hint="add an entry")
