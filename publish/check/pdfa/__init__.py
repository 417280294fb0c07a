"""What a machine can tell of a PDF that is to be kept (PDF/A-2u, ISO 19005-2): a table of rules."""

from publish.check.pdfa.rules import RULES, Rule, check_pdfa, claims_pdfa

__all__ = ["RULES", "Rule", "check_pdfa", "claims_pdfa"]
