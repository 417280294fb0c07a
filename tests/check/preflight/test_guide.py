"""The guide names every rule, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.check import pdfa, preflight, ua

GUIDE = Path(__file__).parents[3] / "docs" / "guide"


@pytest.mark.parametrize("page", ["press.md", "press.en.md"])
def test_every_rule_is_in_the_guide(page: str) -> None:
    text = (GUIDE / page).read_text(encoding="utf-8")
    rules = [*preflight.RULES, *ua.RULES, *pdfa.RULES]
    assert [rule.code for rule in rules if f"`{rule.code}`" not in text] == []
