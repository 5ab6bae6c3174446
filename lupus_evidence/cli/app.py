"""The application that the commands hang on, and what happens when one fails."""

from __future__ import annotations

import inspect
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from lupus_evidence import __version__
from lupus_evidence.cli import (
    auditing,
    catalogue,
    changing,
    comparing,
    curation,
    exporting,
)
from lupus_evidence.cli.output import say
from lupus_evidence.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Callable

#: What shells report for a program ended by Ctrl-C: 128 + SIGINT.
INTERRUPTED = 130


class _Guarded(TyperGroup):
    """Turn refusals into a message and a status, never into a traceback."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own context
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except EvidenceError as error:
            say(f"lupus-evidence: {error}")
            raise typer.Exit(2) from error
        except BrokenPipeError:
            # The reader (head, less) has gone: no more output, and no complaint
            # when Python flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Guarded,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    help="Published remission, survival and response rates of stem-cell treatment "
    "for lupus: by therapy, in how many people, at what time, from which study.",
    epilog="Exit status: 0 fine, 1 findings, 2 wrong use. Not medical advice.",
)


def _show_version(value: bool) -> None:
    """Print the version and stop."""
    if value:
        sys.stdout.write(f"lupus-evidence {__version__}\n")
        raise typer.Exit


@app.callback()
def start(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Show the version and stop.",
        ),
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


def _add(command: Callable[..., None], name: str) -> None:
    """Hang a command on the application, its docstring as the help page."""
    page = inspect.getdoc(command) or ""
    # Click keeps line breaks only in paragraphs that start with a backspace.
    app.command(name, help=page.replace("\n\nFor example", "\n\n\b\nFor example"))(
        command
    )


_add(catalogue.list_studies, "list")
_add(catalogue.show, "show")
_add(catalogue.table, "table")
_add(comparing.compare, "compare")
_add(auditing.audit, "audit")
_add(exporting.export, "export")
_add(curation.check, "check")
_add(changing.diff, "diff")
_add(curation.explain, "explain")
_add(curation.new, "new")
_add(curation.schema, "schema")
