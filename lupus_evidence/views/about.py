"""What an output rests on, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table

if TYPE_CHECKING:
    from lupus_evidence.values import Receipt

COLUMNS = (
    Column("fact", "fact", "What is stated"),
    Column("value", "value", "Its value"),
)


def about_table(receipt: Receipt) -> Table:
    """Return program version, data hash, version of the records and last search."""
    rows = (
        ("program", f"lupus-evidence {receipt.version}"),
        ("data hash", receipt.data_hash),
        ("records version", receipt.records_version),
        ("last search", receipt.searched),
        ("licence of the records", "CC0-1.0"),
        ("mind", "Studies share people: do not add their rows up."),
    )
    return Table(
        "about",
        COLUMNS,
        tuple({"fact": fact, "value": value} for fact, value in rows),
    )
