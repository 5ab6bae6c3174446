"""A file of another program into new records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from lupus_evidence.diagnostics import Diagnostic, Place
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.formats import FORM_NAMES, form_of
from lupus_evidence.importing.names import Names
from lupus_evidence.importing.opening import opened
from lupus_evidence.importing.readers import drafts_of
from lupus_evidence.importing.writing import render_record
from lupus_evidence.load import shown_path
from lupus_evidence.text import visible

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from lupus_evidence.importing.draft import Draft
    from lupus_evidence.importing.formats import Form

#: The yield of a large search.
MAX_RECORDS = 10_000


@dataclass(frozen=True)
class ImportedRecord:
    """A new record, with blanks for what the file did not carry.

    Parameters
    ----------
    id : str
        Its name, not taken so far; also the name of its file.
    text : str
        What its file should hold, YAML.
    notes : tuple of str
        What was left out or needs a look, one sentence each.
    doubts : tuple of Diagnostic
        What was not understood in the file, with its line and what to do.
    """

    id: str
    text: str
    notes: tuple[str, ...]
    doubts: tuple[Diagnostic, ...] = ()


def import_records(
    path: Path, *, taken: Collection[str] = (), form: Form | None = None
) -> tuple[ImportedRecord, ...]:
    """Return records made from a file of another program.

    Nothing is guessed: what the file does not carry becomes a blank of the template,
    which `check` names. Figures come only from a table of results.

    Parameters
    ----------
    path : Path
        PubMed's .nbib, RIS, BibTeX, Web of Science's or EndNote's own files, CSL-JSON,
        ClinicalTrials.gov studies in JSON, or a table of citations or results in CSV,
        TSV or .xlsx; ``-`` for standard input.
    taken : collection of str
        Names of records that exist: a new one gets -2, -3, ...
    form : Form, optional
        The format, one of `FORMS`; told by the file's content by default.

    Raises
    ------
    EvidenceError
        If the file cannot be read, is of another format or has too many records.
    """
    shown = shown_path(path)
    try:
        text, unread, in_sheet = opened(path)
        found = form or form_of(text)
        drafts = tuple(islice(drafts_of(text, found), MAX_RECORDS + 1))
    except EvidenceError as error:
        raise EvidenceError(f"{shown}: {error}") from error
    if not drafts:
        raise EvidenceError(f"{shown}: nothing to import stands in {FORM_NAMES[found]}")
    if len(drafts) > MAX_RECORDS:
        raise EvidenceError(
            f"{shown}: it holds more than {MAX_RECORDS:,} reports or trials: choose "
            "those to record"
        )
    if unread:
        first, *others = drafts
        drafts = (replace(first, doubts=(*unread, *first.doubts)), *others)
    names = Names(taken)
    source = FORM_NAMES[found]
    if in_sheet:
        source = source.replace("a table", "a spreadsheet")
    return tuple(_finished(draft, names, source, shown) for draft in drafts)


def _finished(draft: Draft, names: Names, source: str, file: str) -> ImportedRecord:
    """Give a draft its name and its text."""
    name = names.unused(draft.name)
    renamed = (
        (f"the name {draft.name} is taken: see whether this is the same report",)
        if name != draft.name
        else ()
    )
    text = render_record({"id": name, **draft.fields}, source)
    doubts = (
        Diagnostic(
            Place(file, doubt.line, 1 if doubt.line else 0),
            doubt.code,
            "warning",
            visible(doubt.message),
            doubt.hint,
        )
        for doubt in draft.doubts
    )
    notes = (visible(note) for note in (*renamed, *draft.notes))
    return ImportedRecord(name, text, tuple(notes), tuple(doubts))
