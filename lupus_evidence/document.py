"""The document model: what every writer receives, typed values, nothing rounded.

A document is headings, paragraphs, lists, facts, tables and pictures; a terminal,
Markdown, a page and a workbook each write the same one. A table's columns say which are
for the screen and which for data: a person reads "3 of 6" and "50 % (19 to 81)", a
spreadsheet reads events, n, rate, low and high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from lupus_evidence.errors import UnknownNameError
from lupus_evidence.values import People, Rate, Share, Toned, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.curve import CurvePlot
    from lupus_evidence.flowchart import FlowChart
    from lupus_evidence.plot import Plot

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
    least : int
        Letters that a narrow screen leaves of it, with three dots where more follow; 0
        where it is shown whole.
    proportion : bool
        Whether its numbers are proportions in 0-1, which a spreadsheet shows in
        percent.
    over : str
        A heading above its own, for it and the neighbours that have the same; a
        terminal and Markdown do without.
    """

    key: str
    heading: str
    meaning: str
    audience: Audience = "both"
    align: Literal["left", "right"] = "left"
    drop: int = 0
    wrap: bool = False
    least: int = 0
    proportion: bool = False
    over: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of typed values under named columns.

    Parameters
    ----------
    name : str
        Plural noun: "studies", "results".
    columns : tuple of Column
        In order.
    rows : tuple of mapping
        Values by the key of their column; a key that is not there is None.
    title : str
        A heading; may be empty.
    group_by : str or None
        Key of the column whose value becomes a heading above its rows on screen.
    part_by : str or None
        Key of a column that several groups share: it stands before the heading of the
        first of them, and an empty line above it; none stands above the others.
    empty : str
        What to say when there are no rows.
    notes : tuple of str
        Sentences that belong to the table.
    wider : str
        What shows the columns that a narrow screen leaves out.

    Raises
    ------
    ValueError
        If a row holds a value for which there is no column.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]
    title: str = ""
    group_by: str | None = None
    part_by: str | None = None
    empty: str = "Nothing to show."
    notes: tuple[str, ...] = ()
    wider: str = "-f markdown"

    def __post_init__(self) -> None:
        keys = {column.key for column in self.columns}
        for row in self.rows:
            if not row.keys() <= keys:
                unknown = ", ".join(sorted(row.keys() - keys))
                raise ValueError(f"the table {self.name} has no column for {unknown}")

    def screen_columns(self) -> tuple[Column, ...]:
        """Return the columns for a person, those without content left out.

        A column that is empty in every row, such as the arm in a study with one arm,
        tells a person nothing.
        """
        return tuple(
            column
            for column in self.columns
            if column.audience != "data"
            and any(_says_something(row.get(column.key)) for row in self.rows)
        )

    def data_columns(self) -> tuple[Column, ...]:
        """Return the columns for programs; empty ones stay."""
        return tuple(column for column in self.columns if column.audience != "screen")

    def with_columns(self, keys: Sequence[str]) -> Table:
        """Return the table with some of its data columns, for programs and people.

        Parameters
        ----------
        keys : sequence of str
            Of the columns, in the order wanted; all of them if empty.

        Raises
        ------
        UnknownNameError
            If there is no such column.
        """
        known = {column.key: column for column in self.data_columns()}
        for key in keys:
            if key not in known:
                raise UnknownNameError("column", key, tuple(known))
        columns = tuple(
            replace(column, heading=column.heading or column.key, audience="both")
            for column in (known[key] for key in keys or known)
        )
        rows = tuple(
            {column.key: _shown_as(column, row.get(column.key)) for column in columns}
            for row in self.rows
        )
        return replace(self, columns=columns, rows=rows, group_by=None, part_by=None)

    def first_rows(self, count: int) -> Table:
        """Return the table with its first rows, and a note of how many there are."""
        if count >= len(self.rows):
            return self
        note = rows_note(count, len(self.rows))
        return replace(self, rows=self.rows[:count], notes=(note, *self.notes))


def _shown_as(column: Column, value: Value) -> Value:
    """Return a value of a data column so that people can read it too."""
    return Share(value) if column.proportion and isinstance(value, float) else value


def rows_note(shown: int, rows: int) -> str:
    """Say how many of the rows are shown."""
    return f"The first {shown:,} of {rows:,} rows."


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
    notes : bool
        Whether they are notes below a table, whose cells name their labels.
    """

    title: str
    pairs: tuple[tuple[str, str], ...]
    notes: bool = False


@dataclass(frozen=True)
class Sentences:
    """A list of sentences; its heading may be empty."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text.

    Parameters
    ----------
    text : str
        What is said.
    note : bool
        Whether it stands below and is read second.
    lead : Toned or None
        A word before it that weighs more, such as a verdict.
    kept : bool
        Whether its lines are shown as they stand, as those of a part of a record.
    """

    text: str
    note: bool = False
    lead: Toned | None = None
    kept: bool = False


@dataclass(frozen=True)
class Entry:
    """One item of a list that is read at a glance.

    Parameters
    ----------
    label : str
        Its number or name.
    lead : Toned
        What it comes to, in a word.
    text : str
        What it is about; a terminal shows as much of it as fits on the line.
    lines : tuple of str
        What is said of it, each on a line of its own.
    """

    label: str
    lead: Toned
    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entries:
    """Entries under a heading, which may be empty."""

    title: str
    items: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    """Blocks under a heading that a person can ask for by name.

    Parameters
    ----------
    name : str
        What one types: "left-out".
    title : str
        The heading.
    blocks : tuple
        What stands in it.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]


Block: TypeAlias = (
    "Facts | Sentences | Table | Plot | CurvePlot | FlowChart | Paragraph | Entries | "
    "Section"
)


def _size(block: Block) -> int:
    """Return how many rows or entries a block has."""
    match block:
        case Table():
            return len(block.rows)
        case Entries():
            return len(block.items)
        case _:
            return 0


def _cut(block: Block, left: int) -> Block | None:
    """Return a block with its first rows or entries; None where none are left."""
    match block:
        case Table():
            return replace(block, rows=block.rows[:left], notes=()) if left else None
        case Entries():
            return replace(block, items=block.items[:left]) if left else None
        case _:
            return block


@dataclass(frozen=True)
class Document:
    """A page for one subject.

    Parameters
    ----------
    title, subtitle : str
        What it is about.
    blocks : tuple of Block
        In order.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]

    def first_rows(self, count: int) -> Document:
        """Return the page with no more rows and entries than that, in their places.

        Parameters
        ----------
        count : int
            Rows and entries of all tables and lists of entries together, those of
            sections apart. What the tables' notes say stays.
        """
        rows = sum(map(_size, self.blocks))
        if count >= rows:
            return self
        left, blocks = count, list[Block]()
        for block in self.blocks:
            kept = _cut(block, left)
            left = max(0, left - _size(block))
            blocks += [] if kept is None else [kept]
        notes = [n for one in self.blocks if isinstance(one, Table) for n in one.notes]
        for place in reversed(range(len(blocks))):
            one = blocks[place]
            if isinstance(one, Table):
                blocks[place] = replace(one, notes=(rows_note(count, rows), *notes))
                break
        else:
            blocks.append(Paragraph(rows_note(count, rows), note=True))
        return replace(self, blocks=tuple(blocks))

    def only(self, names: tuple[str, ...]) -> Document:
        """Return the page with the named sections alone, in the order of the page.

        Parameters
        ----------
        names : tuple of str
            Names of sections.
        """
        kept = tuple(
            block
            for block in self.blocks
            if isinstance(block, Section) and block.name in names
        )
        return Document(self.title, self.subtitle, kept)
