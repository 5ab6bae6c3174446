"""Names of places on the page, so that links and targets agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.vocabulary import Band


def study(name: str) -> str:
    """Return the name of a study's card: "study-wang-2013"."""
    return f"study-{name}"


def forest(endpoint: str, scope: str, band: Band) -> str:
    """Return the name of the forest table of one endpoint, scope and time."""
    organ = "" if scope == topic().whole else f"-{scope}"
    return f"forest-{endpoint}{organ}-{band.name}"
