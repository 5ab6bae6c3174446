"""Tables to hand on together: what a column may hold, which rows name which others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lupus_evidence.document import Document, Table
    from lupus_evidence.values import Receipt

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
