"""The command group; a subcommand's module is loaded when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import traceback
from typing import NoReturn

import click

from publish import __version__
from publish.diagnostics import Finding
from publish.errors import MachineError, PublishError
from publish.files import nearest
from publish.stopping import quiet

COMMANDS = {
    "new": "Begin a project in DIR: a small issue that builds at once.",
    "build": "Make the EPUB and the PDFs of PROJECT, and check them.",
    "check": "Check each FILE (EPUB or PDF); without one, what the project's build made.",
    "proof": "Show what the press will print: each page's plates, their ink, and what is wrong.",
    "fonts": "Show roles, their chains, files, licences, rights, and coverage of PROJECT's text.",
    "doctor": "Say whether this machine has all that is needed, and what to type if not.",
    "schema": "Print the manifest's JSON Schema, for editors that complete keys.",
    "clean": "Empty the project's cache.",
}
"""What each command says of itself, here so that a list of them loads none."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"publish.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            meant = nearest(args[0], list(COMMANDS))
            raise click.UsageError(
                f"there is no command “{args[0]}”" + (f"; did you mean “{meant}”?" if meant else "")
            )
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="publish")
def publish() -> None:
    """Turn one issue of a Chinese newspaper into a validated EPUB and a print-ready PDF."""


def run() -> NoReturn:
    """Run the command line and exit with its code."""
    # A layout makes much and throws little away. Measured on corpus M: a fifth less time when
    # Python looks for garbage less often, and a quarter second less at the end when not at all.
    gc.set_threshold(100_000, 50, 100)
    try:
        # Outside standalone mode click returns the code of an Exit instead of raising it.
        code = publish(standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = 2
    except PublishError as error:
        from publish.cli.output import show_error

        if error.exit_code == PublishError.exit_code and os.environ.get("PUBLISH_DEBUG"):
            traceback.print_exc()
        show_error(error)
        code = error.exit_code
        if isinstance(error, MachineError):
            quiet()  # multiprocessing would complain of what is missing once more at the end
    except click.Abort as error:  # what click makes of an EOFError: nothing asks anyone here
        code = _our_fault(error.__cause__ or error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        code = _our_fault(error)
    gc.freeze()
    sys.exit(code)


def _our_fault(error: BaseException) -> int:
    if os.environ.get("PUBLISH_DEBUG"):
        traceback.print_exc()
    finding = Finding(
        "internal",
        f"publish itself failed: {type(error).__name__}: {error}",
        hint="run it again with PUBLISH_DEBUG=1 and report what it prints",
    )
    from publish.cli.output import show_error

    show_error(PublishError(finding))
    return PublishError.exit_code
