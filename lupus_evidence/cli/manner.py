"""How a command speaks: with notes on standard error or without, in colour or not.

The two options stand before a command or after it; this is where they are remembered
while it runs.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from typing import Any

_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)
_PLAIN: ContextVar[bool] = ContextVar("plain", default=False)


def is_quiet() -> bool:
    """Tell whether notes were asked to stay away."""
    return _QUIET.get()


def is_plain() -> bool:
    """Tell whether colours were asked to stay away."""
    return _PLAIN.get()


def forget() -> None:
    """Speak as usual again, as at the start of a program."""
    _QUIET.set(False)
    _PLAIN.set(False)


def _be_quiet(value: bool) -> None:
    """Remember that no notes are wanted; an option left out changes nothing."""
    if value:
        _QUIET.set(True)


def _be_plain(value: bool) -> None:
    """Remember that no colours are wanted; an option left out changes nothing."""
    if value:
        _PLAIN.set(True)


Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        callback=_be_quiet,
        expose_value=False,
        help="No notes on standard error, errors only.",
    ),
]
NoColour = Annotated[
    bool,
    typer.Option(
        "--no-color",
        callback=_be_plain,
        expose_value=False,
        help="No colours, as with NO_COLOR set.",
    ),
]


def manner_options() -> list[Any]:
    """Return the two options as a command has them."""
    alone = typer.Typer(add_completion=False)

    @alone.command()
    def _any(*, quiet: Quiet = False, no_color: NoColour = False) -> None:
        """Hold the options."""

    return [
        item for item in typer.main.get_command(alone).params if item.name != "help"
    ]
