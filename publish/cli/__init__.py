"""The ``publish`` command: one module for each subcommand, thin.

Exit codes: 0 done · 1 a check found errors · 2 usage · 3 the input is wrong · 4 something this
machine needs is missing · 5 our fault.
"""

from publish.cli.commands import main

__all__ = ["main"]
