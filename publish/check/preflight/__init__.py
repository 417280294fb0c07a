"""Preflight: whether a press can print a PDF, as a table of rules (PDF/X-4, ISO 15930-7)."""

from publish.check.preflight.rules import RULES, Rule
from publish.check.preflight.run import preflight

__all__ = ["RULES", "Rule", "preflight"]
