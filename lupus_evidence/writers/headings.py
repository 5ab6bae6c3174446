"""The headings above a table's rows, the same for every writer that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from lupus_evidence.text import capital, cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.document import Column, Table
    from lupus_evidence.values import Value


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
