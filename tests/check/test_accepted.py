"""What the manifest accepts is no error any more, and is told with its reason each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publish.check.accepted import accepted
from publish.diagnostics import Finding, Severity
from publish.errors import InputError
from publish.manifest.reader import read_project

Edit = Callable[[str, str, str], None]

RULE = """checks:
  accept:
    - {rule: ace-link-name, reason: 读者熟悉这个标志, file: manuscript/one.md}
    - {rule: text-lost, reason: 不可以接受的}
    - {rule: size-picture, reason: 已经没有了}
publication:
"""


def test_an_accepted_finding_is_a_note_with_its_reason(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "publication:\n", RULE)
    read, _ = read_project(project)
    found = [
        Finding("ace-link-name", "no text", file="manuscript/one.md", line=3, hint="add one"),
        Finding("ace-link-name", "no text", file="manuscript/two.md"),
        Finding("text-lost", "lost"),
    ]
    (told,) = accepted([found], read)
    assert [(one.code, one.severity) for one in told] == [
        ("ace-link-name", Severity.NOTE), ("ace-link-name", Severity.ERROR),
        ("text-lost", Severity.ERROR), ("accept-idle", Severity.WARNING),
    ]  # fmt: skip
    assert told[0].message == "no text — accepted: 读者熟悉这个标志"
    assert "“size-picture”" in told[3].message


def test_an_acceptance_needs_a_reason(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "publication:\n", "checks: {accept: [{rule: x}]}\npublication:\n")
    with pytest.raises(InputError) as raised:
        read_project(project)
    (finding,) = raised.value.findings
    assert (finding.line, "reason" in finding.message) == (1, True)


VOUCHED = """accessibility:
  certifier: 某某无障碍中心
  date: 2026-01-19
  report: https://example.org/report
publication:
"""


def test_nobody_vouches_for_a_picture_without_text(project: Path, edit: Edit) -> None:
    edit("manifest.yaml", "publication:\n", VOUCHED)
    read_project(project)
    edit("two.md", "![一块红]", "![]")
    with pytest.raises(InputError) as raised:
        read_project(project)
    assert ("accessibility-claim", "manuscript/two.md", 4) in [
        (one.code, one.file, one.line) for one in raised.value.findings
    ]
