"""How a command speaks: with notes or without, in colour or not, with a bar or not."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Annotated, Any

import typer

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


#: Seconds after which somebody wonders whether anything happens.
_SOON = 1.0
#: Steps between two looks at the clock.
_LOOK = 20


class Progress:
    """What is being done, and how far it is.

    Parameters
    ----------
    shows : bool
        Whether there is a terminal to show it on.
    clock : callable, optional
        Returns seconds.
    """

    def __init__(
        self, *, shows: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._shows, self._clock = shows, clock
        self._start = clock()
        self._what, self._total, self._done = "", 0, 0
        self._bar: Any = None
        self._task: Any = None

    def begin(self, what: str, total: int = 0) -> None:
        """Begin a piece of work.

        Parameters
        ----------
        what : str
            In words.
        total : int
            Its steps; 0 if nobody knows.
        """
        from lupus_evidence.documents.text import visible

        self._what, self._total, self._done = visible(what), total, 0
        if self._bar is not None:
            self._bar.reset(
                self._task, description=self._what, total=total or None, completed=0
            )

    def step(self) -> None:
        """Tell that one more step is done."""
        self._done += 1
        if not self._shows or self._done % _LOOK:
            return
        if self._bar is None:
            if self._clock() - self._start < _SOON:
                return
            self._draw()
        self._bar.update(self._task, completed=self._done)

    def _draw(self) -> None:
        """Put the bar on the terminal."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        console = Console(stderr=True, no_color=is_plain() or None)
        what = TextColumn("{task.description}", markup=False)
        columns = (what, BarColumn(), MofNCompleteColumn())
        self._bar = Bar(*columns, console=console, transient=True)
        self._task = self._bar.add_task(self._what, total=self._total or None)
        self._bar.start()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._shows = False


@contextmanager
def progressing() -> Iterator[Progress]:
    """Show on a terminal's standard error how far a long piece of work is."""
    progress = Progress(shows=sys.stderr.isatty() and not is_quiet())
    try:
        yield progress
    finally:
        progress.end()
