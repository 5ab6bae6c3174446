"""How a table is laid out: the headings above its rows, and which columns fit a screen.

A table too wide for the screen first wraps and shortens what may be wrapped and
shortened, then loses whole columns, those first that are needed least.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from lupus_evidence.documents.text import capital, cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.documents.document import Column, Table
    from lupus_evidence.documents.values import Value


@dataclass(frozen=True)
class HeadedRow:
    """A row, and the heading that begins with it.

    Parameters
    ----------
    row : mapping
        Values by column.
    heading : str
        Empty where the heading of the row before still stands.
    apart : bool
        Whether an empty line stands above the heading.
    """

    row: Mapping[str, Value]
    heading: str = ""
    apart: bool = False


def headed_rows(table: Table) -> Iterator[HeadedRow]:
    """Yield a table's rows with their headings.

    Parameters
    ----------
    table : Table
        Its ``group_by`` and ``part_by`` say what the headings are.
    """
    part = group = ""
    for row in table.rows:
        new_part = cell(row.get(table.part_by)) if table.part_by else ""
        new_group = cell(row.get(table.group_by)) if table.group_by else ""
        if (new_part, new_group) == (part, group):
            yield HeadedRow(row)
            continue
        begins = not table.part_by or new_part != part
        heading = new_group
        if table.part_by:
            heading = capital(f"{new_part}: {new_group}" if begins else new_group)
        part, group = new_part, new_group
        yield HeadedRow(row, heading, begins)


def shared_headings(columns: Sequence[Column]) -> list[tuple[str, int]]:
    """Return what stands above the columns' own headings, and over how many of them.

    Parameters
    ----------
    columns : sequence of Column
        In order.

    Returns
    -------
    list of (str, int)
        Empty where no column has any; an empty text where nothing is shared.
    """
    if not any(column.over for column in columns):
        return []
    groups = groupby(columns, key=lambda column: column.over)
    return [(over, len(list(same))) for over, same in groups]


def columns_below(table: Table) -> list[Column]:
    """Return the columns for a person without those that stand as headings."""
    headings = (table.group_by, table.part_by)
    return [column for column in table.screen_columns() if column.key not in headings]


#: Spaces between columns.
GAP = 2
#: Letters that a shortened text has at least, where even the columns that must stay are
#: too wide together.
SHORTEST = 8
#: Columns of a wrapped text cell: below 12 words break, above 44 lines are long.
WRAP_MIN, WRAP_MAX = 12, 44


@dataclass(frozen=True)
class Layout:
    """Which columns are shown, how wide, and which are left out.

    Parameters
    ----------
    shown : tuple of int
        Places of the columns that fit.
    widths : tuple of int
        Of these columns.
    dropped : tuple of str
        Headings of the others.
    """

    shown: tuple[int, ...]
    widths: tuple[int, ...]
    dropped: tuple[str, ...]


def text_width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int) -> str:
    """Return as much of a text as fits, with three dots where more follows.

    Parameters
    ----------
    text : str
        One line.
    width : int
        Terminal columns, at least 1.

    Examples
    --------
    >>> cut("macrophage activation syndrome", 14)
    'macrophage ac…'
    """
    if text_width(text) <= width:
        return text
    short = text[: width - 1]
    while text_width(short) >= width:
        short = short[:-1]
    return f"{short.rstrip()}…"


def layout_of(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None
) -> Layout | None:
    """Choose columns and widths; None where even those that must stay do not fit.

    Parameters
    ----------
    columns : sequence of Column
        Those with something to show.
    rows : sequence of sequence of str
        Their texts.
    width : int or None
        Columns of the screen; None where nothing is cut.
    """
    wanted = [
        max([text_width(column.heading), *(text_width(cells[i]) for cells in rows)])
        for i, column in enumerate(columns)
    ]
    shown = list(range(len(columns)))
    if width is None:
        return Layout(tuple(shown), tuple(wanted), ())
    wanted = [
        min(size, WRAP_MAX) if column.wrap else size
        for size, column in zip(wanted, columns, strict=True)
    ]
    least = [_least(column, size) for column, size in zip(columns, wanted, strict=True)]
    dropped: list[int] = []
    while sum(least[i] for i in shown) + GAP * (len(shown) - 1) > width:
        optional = [i for i in shown if columns[i].drop]
        if not optional:
            more = [i for i in shown if columns[i].least and least[i] > SHORTEST]
            if not more:
                return None
            least[max(more, key=lambda i: least[i])] -= 1
            continue
        worst = max(optional, key=lambda i: (columns[i].drop, i))
        shown.remove(worst)
        dropped.append(worst)
    room = width - GAP * (len(shown) - 1)
    widths = shared_out(room, [least[i] for i in shown], [wanted[i] for i in shown])
    names = tuple(columns[i].heading for i in sorted(dropped) if columns[i].heading)
    return Layout(tuple(shown), tuple(widths), names)


def _least(column: Column, wanted: int) -> int:
    """Return the fewest terminal columns that a column can do with."""
    if column.wrap:
        return min(wanted, max(WRAP_MIN, text_width(column.heading)))
    if column.least:
        return min(wanted, max(column.least, text_width(column.heading)))
    return wanted


def shared_out(room: int, least: list[int], wanted: list[int]) -> list[int]:
    """Return widths that use the room, the narrowest column widened first.

    Parameters
    ----------
    room : int
        Letters of a line.
    least, wanted : list of int
        Letters that each column needs, and that it could use.
    """
    widths = list(least)
    spare = room - sum(widths)
    while spare > 0:
        short = [i for i, size in enumerate(widths) if size < wanted[i]]
        if not short:
            break
        widths[min(short, key=lambda i: widths[i])] += 1
        spare -= 1
    return widths
