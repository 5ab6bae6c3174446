"""Tables and documents as JSON, at full precision, with their receipt."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from lupus_evidence.results import Document, People, Rate, Receipt, Share, Table, Value

#: Raised when a field is renamed, removed or changes its meaning.
SCHEMA_VERSION = 2


def _data(value: Value) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value as JSON holds it."""
    match value:
        case Share():
            return value.value
        case Rate() | People():
            return asdict(value)
        case _:
            return value


def table_rows(table: Table) -> list[dict[str, Any]]:
    """Return a table's data columns as one dict per row."""
    shown = [(index, table.columns[index].key) for index in table.data_columns()]
    return [{key: _data(row[index]) for index, key in shown} for row in table.rows]


def dump(content: dict[str, Any], receipt: Receipt) -> str:
    """Return content with schema version, data hash and receipt as JSON text."""
    envelope = {
        "schema_version": SCHEMA_VERSION,
        "data_hash": receipt.data_hash,
        "receipt": asdict(receipt),
        **content,
    }
    text = json.dumps(envelope, ensure_ascii=False, indent=2, allow_nan=False)
    return _escaped(text) + "\n"


def _escaped(text: str) -> str:
    """Write characters that a terminal would act on as JSON escapes."""
    if text.replace("\n", " ").isprintable():
        return text
    return "".join(
        character
        if character == "\n" or character.isprintable()
        else json.dumps(character)[1:-1]
        for character in text
    )


def render_table(table: Table, receipt: Receipt) -> str:
    """Return a table as JSON: its rows under its name, its notes beside."""
    return dump({table.name: table_rows(table), "notes": list(table.notes)}, receipt)


def render_documents(documents: list[Document], receipt: Receipt) -> str:
    """Return several documents' data as JSON, under ``documents``."""
    return dump({"documents": [page.data for page in documents]}, receipt)


def line(content: dict[str, Any]) -> str:
    """Return content as one line of JSON."""
    return _escaped(json.dumps(content, ensure_ascii=False, allow_nan=False)) + "\n"
