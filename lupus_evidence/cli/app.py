"""The application that the commands hang on, and what happens when one fails.

The help page of a command is a manual page: what it does, examples, words, options.
"""

from __future__ import annotations

import inspect
import re
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from lupus_evidence import __version__
from lupus_evidence.cli import INTERRUPTED
from lupus_evidence.cli.manner import NoColour, Quiet, forget, manner_options
from lupus_evidence.cli.output import say, silence_stdout
from lupus_evidence.cli.usage_errors import UsageError, in_own_words
from lupus_evidence.errors import EvidenceError, UnknownNameError

#: Every command with its module and function. A command is imported when it is asked
#: for, because building all of them takes longer than running one.
COMMANDS: dict[str, tuple[str, str]] = {
    "list": ("list_show_table", "list_studies"),
    "show": ("list_show_table", "show"),
    "table": ("list_show_table", "table"),
    "compare": ("compare_forest_curve", "compare"),
    "forest": ("compare_forest_curve", "forest"),
    "curve": ("compare_forest_curve", "curve"),
    "audit": ("audit", "audit"),
    "report": ("compare_forest_curve", "report"),
    "flow": ("compare_forest_curve", "flow"),
    "export": ("export", "export"),
    "import": ("import_files", "import_file"),
    "check": ("check_explain_new", "check"),
    "diff": ("check_explain_new", "diff"),
    "explain": ("check_explain_new", "explain"),
    "new": ("check_explain_new", "new"),
    "init": ("check_explain_new", "init"),
    "schema": ("check_explain_new", "schema"),
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
        from lupus_evidence.cli.records import read_in_topic_of
        from lupus_evidence.vocabulary import topic

        read_in_topic_of()
        self.help = (
            f"{topic().about}: by therapy, in how many people, at what time, from "
            "which study."
        )
        super().format_help_text(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own context
        """Run the command that was asked for."""
        from lupus_evidence.cli.records import read_in_topic_of

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


#: A hyphen inside a word, and one at which no line is broken.
_INNER_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_KEPT = "\N{NON-BREAKING HYPHEN}"


class PagedCommand(TyperCommand):
    """A command whose help page reads like a manual page."""

    def make_context(self, *words: Any, **named: Any) -> Any:  # noqa: ANN401
        """Read the words behind the command; refuse what does not fit in our words."""
        name, args = words[:2]
        given = list(args)
        try:
            return super().make_context(*words, **named)
        except UsageError as error:
            typed = self._as_typed(error, given)
            raise in_own_words(error, self, typed, name) from error

    def _as_typed(self, error: Any, args: list[str]) -> dict[str, Any]:  # noqa: ANN401
        """Return the values of the options as they were typed."""
        if error.ctx is None:
            return {}
        try:
            values, _, _ = self.make_parser(error.ctx).parse_args(args)
        except UsageError:
            return {}
        return dict(values)

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - Typer's own context
        """Return the page with the hyphens as they are typed."""
        return super().get_help(ctx).replace(_KEPT, "-")

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Return the words after the command: those in brackets may be left out."""
        pieces = ["[OPTIONS]"]
        for argument in self._arguments(ctx):
            name = argument.metavar or argument.name.upper()
            name = name if argument.required else f"[{name}]"
            pieces.append(name if argument.nargs == 1 else f"{name}...")
        return pieces

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what stands behind the command, then its options."""
        arguments = self._arguments(ctx)
        words = [
            (argument.metavar or argument.name.upper(), argument.help or "")
            for argument in arguments
        ]
        options = [
            record
            for parameter in self.get_params(ctx)
            if parameter not in arguments
            and (record := parameter.get_help_record(ctx)) is not None
        ]
        for title, rows in (("Arguments", words), ("Options", options)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(
                        [(name, _INNER_HYPHEN.sub(_KEPT, text)) for name, text in rows]
                    )

    def _arguments(self, ctx: Any) -> list[TyperArgument]:  # noqa: ANN401
        """Return what is given by place, without a name."""
        return [
            item for item in self.get_params(ctx) if isinstance(item, TyperArgument)
        ]
