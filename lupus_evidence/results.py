"""What renderers receive: tables and documents of typed values, nothing rounded.

A table's columns say which are for the screen and which for data: a person reads
"3 of 6" and "50 % (19 to 81)", a spreadsheet reads events, n, rate, low and high.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class People:
    """A count of people out of people; either may be unknown.

    Parameters
    ----------
    events, n : float or None
        People with the outcome, and people in the denominator.
    """

    events: float | None
    n: float | None


@dataclass(frozen=True)
class Rate:
    """A proportion with its interval.

    Parameters
    ----------
    estimate : float or None
        Proportion in 0-1.
    low, high : float or None
        Ends of the interval, proportions in 0-1.
    """

    estimate: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Share:
    """A proportion in 0-1 that is shown as a percentage."""

    value: float


Value = str | int | float | bool | People | Rate | Share | None
Audience = Literal["screen", "data", "both"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    key : str
        Stable snake_case name in CSV and JSON.
    heading : str
        On the screen.
    meaning : str
        One line for the data dictionary.
    audience : {"screen", "data", "both"}
        Who the column is for.
    align : {"left", "right"}
        On the screen.
    drop : int
        0 is never dropped on a narrow screen; the highest number goes first.
    wrap : bool
        Whether long text may take several lines.
    proportion : bool
        Whether its numbers are proportions in 0-1, which a spreadsheet shows in
        percent.
    """

    key: str
    heading: str
    meaning: str
    audience: Audience = "both"
    align: Literal["left", "right"] = "left"
    drop: int = 0
    wrap: bool = False
    proportion: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of typed values under named columns.

    Parameters
    ----------
    name : str
        Plural noun: "studies", "results".
    columns : tuple of Column
        In order.
    rows : tuple of tuple
        One value per column.
    title : str
        A heading; may be empty.
    group_by : str or None
        Key of the column whose value becomes a heading above its rows on screen.
    empty : str
        What to say when there are no rows.
    notes : tuple of str
        Sentences that belong to the table.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    group_by: str | None = None
    empty: str = "Nothing to show."
    notes: tuple[str, ...] = ()

    def screen_columns(self) -> tuple[int, ...]:
        """Return where the columns for a person stand, those without content left out.

        A column that is empty in every row, such as the arm in a study with one arm,
        tells a person nothing.
        """
        return tuple(
            index
            for index, column in enumerate(self.columns)
            if column.audience != "data"
            and any(_says_something(row[index]) for row in self.rows)
        )

    def data_columns(self) -> tuple[int, ...]:
        """Return where the columns for programs stand; empty ones stay."""
        return tuple(
            index
            for index, column in enumerate(self.columns)
            if column.audience != "screen"
        )


def _says_something(value: Value) -> bool:
    """Tell whether a value would show as more than a dash."""
    match value:
        case None | "":
            return False
        case People():
            return value.events is not None or value.n is not None
        case Rate():
            return value.estimate is not None
        case _:
            return True


@dataclass(frozen=True)
class Facts:
    """Labelled facts.

    Parameters
    ----------
    title : str
        A heading; may be empty.
    pairs : tuple of (str, str)
        Label and text.
    """

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sentences:
    """A list of sentences under a heading."""

    title: str
    items: tuple[str, ...]


Block = Facts | Sentences | Table


@dataclass(frozen=True)
class Document:
    """A page for one subject.

    Parameters
    ----------
    title, subtitle : str
        What it is about.
    blocks : tuple of Facts, Sentences or Table
        In order.
    data : dict
        The same content for JSON.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    data: dict[str, Any]


@dataclass(frozen=True)
class Receipt:
    """What an output rests on.

    Parameters
    ----------
    version : str
        Of the package.
    data_hash : str
        Of the records' names and bytes.
    records_version : str or None
        As ``_base.yaml`` states it.
    searched : str or None
        Date of the last search.
    """

    version: str
    data_hash: str
    records_version: str | None
    searched: str | None
