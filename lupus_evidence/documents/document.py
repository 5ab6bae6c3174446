"""The document model: what every writer receives, typed values, nothing rounded.

And tables to hand on together: what a column may hold, which rows name which
others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from lupus_evidence.documents.values import People, Rate, Receipt, Share, Toned, Value
from lupus_evidence.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.documents.curve import CurvePlot
    from lupus_evidence.documents.flowchart import FlowChart
    from lupus_evidence.documents.plot import Plot


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


#: From the one that says most of a value to the one that says least.
Kind = Literal["boolean", "number", "integer", "string"]


@dataclass(frozen=True)
class Rule:
    """What a column may hold.

    Parameters
    ----------
    kind : {"boolean", "number", "integer", "string"}
        Of its values.
    meaning : str
        What they mean; empty where the column itself says it.
    required : bool
        Whether no row leaves it empty.
    names : tuple of str
        The values that there are; empty for any.
    low, high : float or None
        The least and the most that a number may be.
    pattern : str
        What a text looks like, as a regular expression; empty for any.
    """

    kind: Kind = "string"
    meaning: str = ""
    required: bool = False
    names: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str = ""


@dataclass(frozen=True)
class Reference:
    """A column whose values are keys of another table.

    Parameters
    ----------
    column : str
        Its key.
    resource : str
        Name of the other table.
    """

    column: str
    resource: str


@dataclass(frozen=True)
class Resource:
    """A table with what its columns may hold.

    Parameters
    ----------
    table : Table
        Its data columns are handed on.
    title : str
        What it is, in a line.
    rules : mapping of str to Rule
        What a column may hold, by its key; any text where nothing is said.
    key : str
        The column that tells the rows apart; empty where none does.
    references : tuple of Reference
        The columns that name rows of other tables.
    """

    table: Table
    title: str
    rules: Mapping[str, Rule] = field(default_factory=dict)
    key: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """Tables that belong together, with what a stranger has to know of them.

    Parameters
    ----------
    about : Document
        What is in it, for people.
    receipt : Receipt
        What it rests on.
    resources : tuple of Resource
        The tables.
    licence : str or None
        Under which terms the records may be used, as they state it.
    sources : tuple of str
        Where they come from, as they state it.
    """

    about: Document
    receipt: Receipt
    resources: tuple[Resource, ...]
    licence: str | None = None
    sources: tuple[str, ...] = ()

    def dangling(self) -> Iterator[tuple[Resource, Reference, str]]:
        """Yield every name that stands for no row, once for each column."""
        keys = {
            item.table.name: {row.get(item.key) for row in item.table.rows}
            for item in self.resources
        }
        for item in self.resources:
            for reference in item.references:
                named = dict.fromkeys(
                    row.get(reference.column) for row in item.table.rows
                )
                for value in named:
                    if value is not None and value not in keys[reference.resource]:
                        yield item, reference, str(value)
