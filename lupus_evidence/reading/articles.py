"""Articles of any kind as pages; what cannot be read is a diagnostic."""

from __future__ import annotations

from lupus_evidence.diagnostics import Diagnostic, Place
from lupus_evidence.reading.page import Page
from lupus_evidence.reading.plain import read_plain

__all__ = ["Page", "page_of"]


def page_of(data: bytes, shown: str, suffix: str = "") -> Page | Diagnostic:
    """Return what an article says, or what keeps it from being read.

    Parameters
    ----------
    data : bytes
        What the file holds.
    shown : str
        Its name in diagnostics.
    suffix : str
        How its name ends, such as ``.md``; asked where the content leaves it open.
    """
    if suffix == ".pdf":
        return Diagnostic(Place(shown), "E101", "error", "is not text")
    return read_plain(data.decode("utf-8-sig"))
