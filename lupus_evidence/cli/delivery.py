"""The options that say where an answer goes and in which form, and its way there."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path  # noqa: TC003 - Typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.cli.option_groups import with_options
from lupus_evidence.cli.output import (
    emit,
    encodable,
    say,
    terminal_look,
    write_folder,
)
from lupus_evidence.errors import OutputError
from lupus_evidence.writers.formats import chosen_format, formats_of, narrowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.writers.formats import Answer, Format

    Command = Callable[..., None]


#: Letters that the names of forms may have beside the option on a page of 80 columns;
#: where there are more they stand in its help.
_WIDEST_CHOICE = 64


@dataclass(frozen=True)
class Destination:
    """Where an answer goes and in which form.

    Parameters
    ----------
    parts : tuple of str
        What the command's answer has, the part for a person first.
    form : str or None
        The form asked for; by the file's ending, or the screen's, if None.
    output : Path or None
        The file to write; None or "-" for the screen.
    force : bool
        Whether an existing file may be replaced.
    width : int or None
        Columns to lay out for, instead of the terminal's own.
    pager : bool
        Whether a terminal shows what is longer than the screen page by page.
    columns : str or None
        Names of columns of the answer's table, with commas between them.
    limit : int or None
        How many of its rows.
    """

    parts: tuple[str, ...]
    form: str | None
    output: Path | None
    force: bool
    width: int | None
    pager: bool
    columns: str | None = None
    limit: int | None = None

    @property
    def format(self) -> Format:
        """The form to write in.

        Raises
        ------
        OutputError
            If there is no such form, or the file's ending says another one.
        """
        return chosen_format(self.parts, self.form, self.output)

    @property
    def to_screen(self) -> bool:
        """Whether no file is written."""
        return self.output is None or str(self.output) == "-"

    @property
    def is_folder(self) -> bool:
        """Whether files of a folder are written: its name has no ending of the form."""
        form = self.format
        if form.files is None or self.to_screen or self.output is None:
            return False
        return self.output.suffix.lower() not in form.endings

    def deliver(self, answer: Answer, *, plain: bool = False) -> None:
        """Write an answer in the form asked for.

        Parameters
        ----------
        answer : Answer
            With the parts that were announced.
        plain : bool
            Whether a page for the screen has ASCII characters alone.

        Raises
        ------
        OutputError
            If there is no such form, or it cannot be written.
        """
        form = self.format
        if form.binary and self.to_screen and sys.stdout.isatty():
            raise OutputError(
                f"{form.name} is no text for a screen: add -o FILE{form.endings[0]}"
            )
        if self.columns is not None or self.limit is not None:
            if form.name == "json" and answer.data is not None:
                raise OutputError("--columns and --limit are for tables: use -f csv")
            names = [name.strip() for name in (self.columns or "").split(",")]
            if self.columns is not None and not all(names):
                raise OutputError("--columns takes names, separated by commas")
            names = [name for name in names if name]
            answer = narrowed(answer, names, self.limit)
        if self.is_folder and form.files is not None and self.output is not None:
            write_folder(self.output, form.files(answer), force=self.force)
            say(f"wrote {self.output}{os.sep}")
            return
        look = terminal_look(self.width, to_file=not self.to_screen)
        content = form.write(answer, replace(look, plain=True) if plain else look)
        if plain and isinstance(content, str) and form.name == "table":
            content = encodable(content, "ascii")
        emit(
            content,
            None if self.to_screen else self.output,
            force=self.force,
            pager=self.pager,
        )


@dataclass(frozen=True)
class _Options:
    """The options as one types them, without the form."""

    output: opt.Output = None
    force: opt.Force = False
    width: opt.Width = None
    pager: Annotated[
        bool,
        typer.Option(
            "--pager/--no-pager",
            help="Show on a terminal what is longer than the screen page by page.",
        ),
    ] = True


_TABLE_OPTIONS = {
    "columns": Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAME,NAME,...",
            help="Only these columns, by their names in CSV, in this order.",
        ),
    ],
    "limit": Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="Only the first N rows.",
        ),
    ],
}


def delivers(*parts: str) -> Callable[[Command], Command]:
    """Give a command the options of output; it receives them as ``to``.

    Parameters
    ----------
    *parts : str
        What the command's answer has, the part for a person first.
    """
    names = tuple(form.name for form in formats_of(parts))

    def complete(incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    choice, told = f"<{'|'.join(names)}>", "Form of the output"
    if len(choice) > _WIDEST_CHOICE:
        choice, told = "FORM", f"{told}: {', '.join(names[:-1])} or {names[-1]}"
    form = Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar=choice,
            autocompletion=complete,
            help=f"{told}; by the file's ending if left out.",
        ),
    ]

    def made(**given: Any) -> Destination:  # noqa: ANN401 - what was typed
        return Destination(parts, **given)

    more = _TABLE_OPTIONS if parts[:2] == ("pages", "tables") else {}
    return with_options("to", made, _Options, form=form, **more)
