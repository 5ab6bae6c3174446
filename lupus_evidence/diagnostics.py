"""What can be wrong with a file, as a value that is sorted, counted and printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file.

    Parameters
    ----------
    file : str
        The path as the user would type it.
    line, column : int
        Counted from 1; 0 when the whole file is meant.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One thing to look at, with its place, its stable code and what to do.

    Parameters
    ----------
    place : Place
        Where it is.
    code : str
        Stable, for example ``E203``; `explain` prints its manual page.
    level : {"error", "warning"}
        Errors make `check` exit with 1; warnings only under ``--strict``.
    message : str
        One sentence saying what is wrong, with the figures.
    hint : str
        What to do about it; may be empty.
    acknowledged : str or None
        The record's own reason for leaving a real discrepancy as it is printed.
    """

    place: Place
    code: str
    level: Level = field(compare=False)
    message: str
    hint: str = field(default="", compare=False)
    acknowledged: str | None = field(default=None, compare=False)


@dataclass(eq=False)
class YamlProblem(Exception):  # noqa: N818 - a finding about a file, not a fault
    """A text that is not the YAML we read.

    Parameters
    ----------
    code : str
        The diagnostic's code.
    message, hint : str
        What is wrong and what to do.
    line, column : int
        Counted from 1.
    """

    code: str
    message: str
    hint: str
    line: int
    column: int
