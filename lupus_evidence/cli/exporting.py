"""Command that hands the records to other programs: export."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli import options as opt
from lupus_evidence.cli.output import emit, working
from lupus_evidence.cli.records import finish, load_records, receipt_of
from lupus_evidence.errors import OutputError
from lupus_evidence.vocabulary import DEFAULT_THERAPIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.load import EvidenceBase
    from lupus_evidence.models import Study


class ExportFormat(StrEnum):
    """What the other program reads."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    RIS = "ris"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


def _csv(studies: tuple[Study, ...]) -> str:
    """Return every result as CSV."""
    from lupus_evidence.render.separated import render_separated
    from lupus_evidence.views.rates import rates_table

    return render_separated(rates_table(studies))


def _jsonl(studies: tuple[Study, ...]) -> str:
    """Return every record as one line of JSON."""
    from lupus_evidence.render.structured import line
    from lupus_evidence.views.card import as_plain

    return "".join(line(as_plain(study)) for study in studies)


def _ris(studies: tuple[Study, ...]) -> str:
    """Return citations for EndNote, Zotero, Mendeley and others."""
    from lupus_evidence.render.references import render_ris

    return render_ris(studies)


def _bibtex(studies: tuple[Study, ...]) -> str:
    """Return citations for LaTeX."""
    from lupus_evidence.render.references import render_bibtex

    return render_bibtex(studies)


def _csl_json(studies: tuple[Study, ...]) -> str:
    """Return citations for Zotero, pandoc and others."""
    from lupus_evidence.render.references import render_csl_json

    return render_csl_json(studies)


_TEXTS: dict[ExportFormat, Callable[[tuple[Study, ...]], str]] = {
    ExportFormat.CSV: _csv,
    ExportFormat.JSONL: _jsonl,
    ExportFormat.RIS: _ris,
    ExportFormat.BIBTEX: _bibtex,
    ExportFormat.CSL_JSON: _csl_json,
}


def _workbook(base: EvidenceBase) -> bytes:
    """Return all tables as one spreadsheet file."""
    from lupus_evidence.audit import audit, load_claims
    from lupus_evidence.compare.comparison import compare
    from lupus_evidence.render.audit.rows import findings_table
    from lupus_evidence.render.compare.left_out import left_out_table
    from lupus_evidence.render.compare.separated import cells_table
    from lupus_evidence.render.workbook import render_workbook
    from lupus_evidence.views.about import about_table
    from lupus_evidence.views.listing import studies_table
    from lupus_evidence.views.measured import measurements_table
    from lupus_evidence.views.rates import rates_table

    comparison = compare(base, DEFAULT_THERAPIES)
    tables = {
        "studies": studies_table(base.studies),
        "results": rates_table(base.studies),
        "measurements": measurements_table(base.studies),
        "comparison": cells_table(comparison),
        "left out": left_out_table(comparison),
        "audit": findings_table(audit(base, load_claims())),
        "about": about_table(receipt_of(base)),
    }
    return render_workbook(
        tuple(replace(table, name=name) for name, table in tables.items())
    )


def export(
    *,
    form: Annotated[
        ExportFormat,
        typer.Option("--format", "-f", help="What the other program reads."),
    ],
    output: opt.Output = None,
    force: opt.Force = False,
    studies: opt.Studies = None,
) -> None:
    """Export records to spreadsheets, programs, reference managers.

    For example:
      lupus-evidence export -f xlsx -o evidence.xlsx
      lupus-evidence export -f ris -o evidence.ris
      lupus-evidence export -f jsonl | jq .id
    """
    base = load_records(studies)
    if form is not ExportFormat.XLSX:
        emit(_TEXTS[form](base.studies), output, force=force)
    elif output is None and sys.stdout.isatty():
        raise OutputError("a spreadsheet is no text for a screen: add -o FILE.xlsx")
    else:
        with working("pooling, auditing and writing the spreadsheet"):
            book = _workbook(base)
        emit(book, output, force=force)
    finish(base)
