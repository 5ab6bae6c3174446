"""The application that the commands hang on, and what happens when one fails."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from lupus_evidence import __version__
from lupus_evidence.cli import INTERRUPTED
from lupus_evidence.cli.manner import NoColour, Quiet, forget, manner_options
from lupus_evidence.cli.output import say, silence_stdout
from lupus_evidence.cli.pages import PagedCommand
from lupus_evidence.cli.refusing import UsageError, in_own_words
from lupus_evidence.errors import EvidenceError, UnknownNameError

#: Every command with its module and function. A command is imported when it is asked
#: for, because building all of them takes longer than running one.
COMMANDS: dict[str, tuple[str, str]] = {
    "list": ("catalogue", "list_studies"),
    "show": ("catalogue", "show"),
    "table": ("catalogue", "table"),
    "compare": ("comparing", "compare"),
    "forest": ("picturing", "forest"),
    "curve": ("picturing", "curve"),
    "audit": ("auditing", "audit"),
    "report": ("picturing", "report"),
    "flow": ("flowing", "flow"),
    "export": ("exporting", "export"),
    "import": ("importing", "import_file"),
    "check": ("curation", "check"),
    "diff": ("changing", "diff"),
    "explain": ("curation", "explain"),
    "new": ("curation", "new"),
    "init": ("curation", "init"),
    "schema": ("curation", "schema"),
}

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 88}


def _built(name: str) -> Any:  # noqa: ANN401 - Typer's own command
    """Build one command, its docstring as the help page."""
    module, function = COMMANDS[name]
    command = getattr(import_module(f"lupus_evidence.cli.{module}"), function)
    page = inspect.getdoc(command) or ""
    # Click keeps line breaks only in paragraphs that start with a backspace.
    page = page.replace("\n\nFor example", "\n\n\b\nFor example")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=PagedCommand, help=page, context_settings=CONTEXT)(command)
    built = typer.main.get_command(alone)
    built.params += manner_options()
    return built


class _Commands(TyperGroup):
    """Commands that are built when asked for, and refuse without a traceback."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """Return the names in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """Return a command, or None where there is none of this name."""
        return _built(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command, or name the nearest ones."""
        if (
            args[:1] == ["help"] and not ctx.resilient_parsing
        ):  # as git and others have it
            args = [*args[1:2], "--help"]
            if len(args) == 1:
                typer.echo(ctx.get_help())
                ctx.exit()
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            if ctx.resilient_parsing:  # a shell asks for completions
                return None, None, []
            raise UnknownNameError("command", args[0], tuple(COMMANDS))
        return super().resolve_command(ctx, args)

    def make_context(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        """Read the options before a command; `--help` and `--version` print here."""
        forget()
        try:
            return super().make_context(*given, **named)
        except UsageError as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                raise
            say(f"lupus-evidence: {in_own_words(error, self, {})}", error=True)
            raise typer.Exit(2) from error
        except BrokenPipeError:  # click would end with 1
            silence_stdout()
            raise typer.Exit(0) from None

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Say what the records at hand are about."""
        from lupus_evidence.cli.topics import read_in_topic_of
        from lupus_evidence.vocabulary import topic

        read_in_topic_of()
        self.help = (
            f"{topic().about}: by therapy, in how many people, at what time, from "
            "which study."
        )
        super().format_help_text(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own context
        """Run the command that was asked for."""
        from lupus_evidence.cli.topics import read_in_topic_of

        try:
            read_in_topic_of()
            return super().invoke(ctx)
        except EvidenceError as error:
            say(f"lupus-evidence: {error}", error=True)
            raise typer.Exit(2) from error
        except BrokenPipeError:
            silence_stdout()  # the reader (head, less) has gone
            raise typer.Exit(0) from None
        except OSError as error:  # a name too long, a folder that vanished, ...
            shown = f"{error.filename}: " if error.filename else ""
            reason = (error.strerror or "unknown error").lower()
            say(f"lupus-evidence: {shown}{reason}", error=True)
            raise typer.Exit(2) from error
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
    epilog="Start with `lupus-evidence compare hsct msc`; `lupus-evidence explain "
    "WORD` says what a word means, `lupus-evidence help COMMAND` what a command does. "
    "Exit status: 0 fine, 1 findings, 2 wrong use. Not medical advice.",
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
            "-V",
            callback=_show_version,
            is_eager=True,
            help="Show the version and stop.",
        ),
    ] = False,
    quiet: Quiet = False,
    no_color: NoColour = False,
) -> None:
    """Hold the options that stand before a command."""
