"""What a machine can tell of a PDF's accessibility (PDF/UA-1, ISO 14289-1), as a table of rules."""

from publish.check.ua.rules import RULES, Rule
from publish.check.ua.run import check_ua, claims_ua

__all__ = ["RULES", "Rule", "check_ua", "claims_ua"]
