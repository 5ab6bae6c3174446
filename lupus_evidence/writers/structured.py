"""Tables and documents as JSON, at full precision, with their receipt."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from lupus_evidence.values import Noted, People, Rate, Receipt, Share, Toned, Value

if TYPE_CHECKING:
    from lupus_evidence.document import Table

#: Raised when a field is renamed, removed or changes its meaning.
SCHEMA_VERSION = 2


def _data(value: Value) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value as JSON holds it."""
    match value:
        case Share():
            return value.value
        case Toned(text) | Noted(text):
            return text
        case Rate() | People():
            return asdict(value)
        case _:
            return value


def table_rows(table: Table) -> list[dict[str, Any]]:
    """Return a table's data columns as one dict per row."""
    keys = [column.key for column in table.data_columns()]
    return [{key: _data(row.get(key)) for key in keys} for row in table.rows]


def dump(content: dict[str, Any], receipt: Receipt | None) -> str:
    """Return content with schema version, data hash and receipt as JSON text."""
    envelope: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    if receipt is not None:
        envelope |= {"data_hash": receipt.data_hash, "receipt": asdict(receipt)}
    envelope |= content
    text = json.dumps(envelope, ensure_ascii=False, indent=2, allow_nan=False)
    return escaped(text) + "\n"


def escaped(text: str) -> str:
    """Write characters that a terminal would act on as JSON escapes.

    Parameters
    ----------
    text : str
        JSON.
    """
    if text.replace("\n", " ").isprintable():
        return text
    return "".join(
        character
        if character == "\n" or character.isprintable()
        else json.dumps(character)[1:-1]
        for character in text
    )


def render_table(table: Table, receipt: Receipt | None) -> str:
    """Return a table as JSON: its rows under its name, its notes beside."""
    return dump({table.name: table_rows(table), "notes": list(table.notes)}, receipt)


def line(content: dict[str, Any]) -> str:
    """Return content as one line of JSON."""
    return escaped(json.dumps(content, ensure_ascii=False, allow_nan=False)) + "\n"
