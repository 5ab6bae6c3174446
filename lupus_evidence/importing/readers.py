"""Which reader makes drafts of records out of which form of file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from lupus_evidence.importing.draft import Draft
from lupus_evidence.importing.reference import skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lupus_evidence.importing.formats import Form
    from lupus_evidence.importing.reference import Reference

#: By form of citations, the module that reads it, and its function.
_READERS: dict[Form, tuple[str, str]] = {
    "nbib": ("nbib", "read_nbib"),
    "ris": ("ris", "read_ris"),
    "bibtex": ("bibtex", "read_bibtex"),
    "wos": ("wos", "read_wos"),
    "endnote": ("endnote", "read_endnote"),
    "enw": ("refer", "read_refer"),
    "csl": ("readers", "read_csl_text"),
    "citations": ("citations", "read_citations"),
}


def drafts_of(text: str, form: Form) -> Iterator[Draft]:
    """Yield what a text of a form describes, one by one.

    Parameters
    ----------
    text : str
        The whole file.
    form : Form
        One of `importing.FORMS`.

    Raises
    ------
    EvidenceError
        If the text is not of this form.
    """
    if form == "csv":
        from lupus_evidence.importing.rows import read_rows

        return read_rows(text)
    if form == "ctgov":
        from lupus_evidence.importing.shapes import json_value
        from lupus_evidence.importing.trial import read_ctgov

        return read_ctgov(json_value(text))
    return (
        Draft(item.name, skeleton(item), item.left_out, item.doubts, item.key)
        for item in _reader(form)(text)
    )


def _reader(form: Form) -> Callable[[str], Iterator[Reference]]:
    """Return the reader of citations of a form; each is imported when it is needed."""
    module, name = _READERS[form]
    reader: Callable[[str], Iterator[Reference]] = getattr(
        import_module(f"lupus_evidence.importing.{module}"), name
    )
    return reader


def read_csl_text(text: str) -> Iterator[Reference]:
    """Yield the reports that a text in CSL-JSON cites."""
    from lupus_evidence.importing.csl import read_csl
    from lupus_evidence.importing.shapes import json_value
    from lupus_evidence.importing.wrapped import Lines

    value = json_value(text)
    return read_csl(value, Lines(text, value))
