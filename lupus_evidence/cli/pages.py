"""The help page of a command, as a manual page: what it does, examples, words, options.

Typer writes Python's types (``list[Path]``) beside the arguments and breaks lines
inside names such as primary-abstract; neither belongs on a page for people.
"""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperArgument, TyperCommand

from lupus_evidence.cli.refusing import UsageError, in_own_words

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
