"""The ``publish`` command: one module for each subcommand, thin.

Exit codes: 0 done · 1 a check found errors · 2 usage · 3 the input is wrong · 4 something this
machine needs is missing · 5 our fault · 128 + signal when it was told to stop (Ctrl-C: 130).
"""

from publish.stopping import listen

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code."""
    listen()  # before anything that takes long to load
    from publish.cli.commands import run

    run()
