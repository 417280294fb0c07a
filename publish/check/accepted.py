"""What a project accepts of what its checks find: by rule, for a reason, and told each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publish.diagnostics import Finding, Severity
from publish.files import shown
from publish.model import Acceptance, Project

NEVER = ("text-", "epub-broken", "pdf-broken")
"""Beginnings of codes that nobody can accept: lost text, and files that are none."""


def accepted(found: Sequence[list[Finding]], project: Project) -> list[list[Finding]]:
    """Return the findings of each file, those that the manifest accepts as notes with its reason.

    An acceptance that fits nothing any more is a warning, so that none outlives its cause.
    """
    rules = project.issue.accepted
    used: set[Acceptance] = set()
    told = []
    for findings in found:
        told.append([_told(finding, rules, used) for finding in findings])
    if told:
        told[0] += [_idle(rule, project) for rule in rules if rule not in used]
    return told


def _told(finding: Finding, rules: Sequence[Acceptance], used: set[Acceptance]) -> Finding:
    for rule in rules:
        if rule.rule == finding.code and rule.file in ("", finding.file):
            used.add(rule)
            if finding.severity is Severity.NOTE or finding.code.startswith(NEVER):
                return finding
            message = f"{finding.message} — accepted: {rule.reason}"
            return replace(finding, severity=Severity.NOTE, message=message, hint=None)
    return finding


def _idle(rule: Acceptance, project: Project) -> Finding:
    never = rule.rule.startswith(NEVER)
    return Finding(
        "accept-idle",
        f"the manifest accepts “{rule.rule}”, "
        + ("which nobody can accept" if never else "and nothing of it is found"),
        Severity.WARNING,
        file=shown(project.manifest, project.root),
        hint="take it out of checks: accept",
    )
