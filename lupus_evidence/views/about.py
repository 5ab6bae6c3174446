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


def about_table(receipt: Receipt, *, sharing: int, licence: str | None) -> Table:
    """Return program version, data hash, version of the records and last search.

    Parameters
    ----------
    receipt : Receipt
        What the tables rest on.
    sharing : int
        How many of the studies share people with another one.
    licence : str or None
        Of the records, as their ``_base.yaml`` states it.
    """
    rows = [
        ("program", f"lupus-evidence {receipt.version}"),
        ("data hash", receipt.data_hash),
        ("records version", receipt.records_version),
        ("last search", receipt.searched),
    ]
    if licence:
        rows.append(("licence of the records", licence))
    if sharing:
        text = f"{sharing} of the studies share people: do not add their rows up."
        rows.append(("mind", text))
    return Table(
        "about",
        COLUMNS,
        tuple({"fact": fact, "value": value} for fact, value in rows),
    )
