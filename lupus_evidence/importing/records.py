"""A file of another program into new records, by the reader of its format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from lupus_evidence.documents.text import visible
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing.formats import FORM_NAMES, Form, form_of, opened
from lupus_evidence.importing.record_yaml import render_record
from lupus_evidence.importing.reference import Draft, Names, Reference, skeleton
from lupus_evidence.records.files import Diagnostic, Place
from lupus_evidence.records.load import shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator
    from pathlib import Path


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


@dataclass(frozen=True)
class Source:
    """A file of another program, and what it describes.

    Parameters
    ----------
    shown : str
        The file as the user would type it.
    form : Form
        Its format.
    called : str
        What it is, in words, for the records made from it.
    drafts : tuple of Draft
        Records that could be made of it, in its order.
    """

    shown: str
    form: Form
    called: str
    drafts: tuple[Draft, ...]


def read_source(
    path: Path, *, form: Form | None = None, told: Callable[[], None] = lambda: None
) -> Source:
    """Return what a file of another program describes.

    Parameters
    ----------
    path : Path
        PubMed's .nbib, RIS, BibTeX, Web of Science's or EndNote's own files, CSL-JSON,
        ClinicalTrials.gov studies in JSON, or a table of citations or results in CSV,
        TSV or .xlsx; ``-`` for standard input.
    form : Form, optional
        The format, one of `FORMS`; told by the file's content by default.
    told : callable, optional
        Called for each report that was read.

    Raises
    ------
    EvidenceError
        If the file cannot be read, is of another format or has too many records.
    """
    shown = shown_path(path)
    drafts: list[Draft] = []
    try:
        text, unread, in_sheet = opened(path)
        found = form or form_of(text)
        for draft in islice(drafts_of(text, found), MAX_RECORDS + 1):
            told()
            drafts.append(draft)
    except EvidenceError as error:
        raise EvidenceError(f"{shown}: {error}") from error
    if not drafts:
        raise EvidenceError(f"{shown}: nothing to import stands in {FORM_NAMES[found]}")
    if len(drafts) > MAX_RECORDS:
        raise EvidenceError(
            f"{shown}: it holds more than {MAX_RECORDS:,} reports or trials: choose "
            "those to record"
        )
    drafts[0] = replace(drafts[0], doubts=(*unread, *drafts[0].doubts))
    called = FORM_NAMES[found]
    if in_sheet:
        called = called.replace("a table", "a spreadsheet")
    return Source(shown, found, called, tuple(drafts))


def import_records(
    path: Path, *, taken: Collection[str] = (), form: Form | None = None
) -> tuple[ImportedRecord, ...]:
    """Return records made from a file of another program, one for each report in it.

    Nothing is guessed: what the file does not carry becomes a blank of the template,
    which `check` names. Figures come only from a table of results.

    Parameters
    ----------
    path, form : Path, Form
        As in `read_source`.
    taken : collection of str
        Names of records that exist: a new one gets -2, -3, ...

    Raises
    ------
    EvidenceError
        If the file cannot be read, is of another format or has too many records.
    """
    source = read_source(path, form=form)
    names = Names(taken)
    return tuple(finished(draft, names, source) for draft in source.drafts)


def finished(
    draft: Draft, names: Names, source: Source, compared: Container[str] = ()
) -> ImportedRecord:
    """Give a draft its name and its text.

    Parameters
    ----------
    draft : Draft
        Of the source.
    names : Names
        Those that are taken; the new one is taken too.
    source : Source
        Where it comes from.
    compared : container of str
        Names of records that it was compared with: that one of them has the name that
        it would have needs no word.
    """
    name = names.unused(draft.name)
    renamed = (
        (f"the name {draft.name} is taken: see whether this is the same report",)
        if name != draft.name and draft.name not in compared
        else ()
    )
    text = render_record({"id": name, **draft.fields}, source.called)
    doubts = (
        Diagnostic(
            Place(source.shown, doubt.line, 1 if doubt.line else 0),
            doubt.code,
            "warning",
            visible(doubt.message),
            doubt.hint,
        )
        for doubt in draft.doubts
    )
    notes = (visible(note) for note in (*renamed, *draft.notes))
    return ImportedRecord(name, text, tuple(notes), tuple(doubts))


#: By form of citations, the module that reads it, and its function.
_READERS: dict[Form, tuple[str, str]] = {
    "nbib": ("nbib", "read_nbib"),
    "ris": ("ris", "read_ris"),
    "bibtex": ("bibtex", "read_bibtex"),
    "wos": ("wos", "read_wos"),
    "endnote": ("endnote", "read_endnote"),
    "enw": ("endnote", "read_refer"),
    "csl": ("csl", "read_csl_text"),
    "citations": ("citation_table", "read_citations"),
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
        from lupus_evidence.importing.exported_table import read_rows

        return read_rows(text)
    if form == "ctgov":
        from lupus_evidence.importing.ctgov import read_ctgov
        from lupus_evidence.importing.json_files import json_value

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
