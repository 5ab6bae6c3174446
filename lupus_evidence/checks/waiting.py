"""Records that wait to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import document
from lupus_evidence.diagnostics import Diagnostic, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.load import EvidenceBase

document(
    "W520",
    """
    To be read, and nothing is left to fill in.

    What it checks
    --------------
    A record whose status is `to-read` has blanks (`...`), or fields that every record
    needs are missing.
    As long as it has, `check` counts its blanks and calls none of them a mistake; what
    it says already is checked.

    Why it matters
    --------------
    A record to be read is in no list and no figure: a filled one would be forgotten.

    Example
    -------
        status: to-read
        # and every blank of the template is filled in

    Source
    ------
    The convention of this evidence base.
    """,
)


def filled_in(base: EvidenceBase) -> Iterator[Diagnostic]:
    """Find records that wait although nothing is left to fill in.

    Parameters
    ----------
    base : EvidenceBase
        Loaded records.
    """
    broken = {item.place.file for item in base.diagnostics}
    for item in base.unread:
        if item.blanks or item.file in broken:
            continue
        from lupus_evidence.yamltext import position

        yield Diagnostic(
            Place(item.file, *position(item.text, ("status",))),
            "W520",
            "warning",
            f"{item.id} is to be read, but nothing is left to fill in",
            "set the status: published, registered (no results) or withdrawn",
        )
