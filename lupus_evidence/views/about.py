"""What an output rests on, as a table."""

from __future__ import annotations

from lupus_evidence.results import Column, Receipt, Table

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
    return Table("about", COLUMNS, rows)
