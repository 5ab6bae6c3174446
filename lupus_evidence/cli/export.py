"""Command that hands the records to other programs: export."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from lupus_evidence.cli import completing
from lupus_evidence.cli import options as opt
from lupus_evidence.cli.delivery import Destination, delivers
from lupus_evidence.cli.output import say, working
from lupus_evidence.cli.records import finish, load_records
from lupus_evidence.documents.text import plural
from lupus_evidence.errors import OutputError
from lupus_evidence.vocabulary import topic
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.appraisal import Tool
    from lupus_evidence.documents.document import Bundle, Document, Table
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.records.study import Study


def _jsonl(studies: tuple[Study, ...]) -> str:
    """Return every record as one line of JSON."""
    from lupus_evidence.catalogue.card import as_plain
    from lupus_evidence.writers.tabular import line

    return "".join(line(as_plain(study)) for study in studies)


def _ris(studies: tuple[Study, ...]) -> str:
    """Return citations for EndNote, Zotero, Mendeley and others."""
    from lupus_evidence.writers.references import render_ris

    return render_ris(studies)


def _bibtex(studies: tuple[Study, ...]) -> str:
    """Return citations for LaTeX."""
    from lupus_evidence.writers.references import render_bibtex

    return render_bibtex(studies)


def _csl_json(studies: tuple[Study, ...]) -> str:
    """Return citations for Zotero, pandoc and others."""
    from lupus_evidence.writers.references import render_csl_json

    return render_csl_json(studies)


def _robvis(studies: tuple[Study, ...], asked: Tool | None) -> str:
    """Return the judgements of one tool for the R package robvis."""
    from lupus_evidence.catalogue.risk_of_bias import robvis_table
    from lupus_evidence.writers.tabular import render_separated

    return render_separated(robvis_table(studies, _told_tool(studies, asked)))


def _revman(studies: tuple[Study, ...], asked: Tool | None) -> str:
    """Return the judgements of one tool as RevMan lays them out."""
    from lupus_evidence.catalogue.risk_of_bias import revman_table
    from lupus_evidence.writers.tabular import render_separated

    return render_separated(revman_table(studies, _told_tool(studies, asked)))


def _told_tool(studies: tuple[Study, ...], asked: Tool | None) -> Tool:
    """Return the tool that was asked for, or that most studies were judged with.

    The others are named, because a file holds one.
    """
    from lupus_evidence.appraisal import tools
    from lupus_evidence.catalogue.risk_of_bias import judged_with

    counts = judged_with(studies)
    tool = asked or tools()[next(iter(counts), next(iter(tools())))]
    if not counts:
        say("nobody has judged a study's risk of bias here")
    elif tool.name not in counts:
        say(f"no study was judged with {tool.label}")
    else:
        say(f"{tool.label}: {plural(counts[tool.name], 'study', 'studies')}")
    others = [
        f"{name} ({count})" for name, count in counts.items() if name != tool.name
    ]
    if others:
        say(f"--tool gives the others: {', '.join(others)}")
    return tool


def _results(base: EvidenceBase) -> list[Table]:
    """Return every result, one row each."""
    from lupus_evidence.catalogue.rates import rates_table, reported_rates

    return [rates_table(reported_rates(base.studies))]


def _sheets(base: EvidenceBase) -> list[Table]:
    """Return all tables of the records and of what follows from them."""
    from lupus_evidence.audit import audit, load_claims
    from lupus_evidence.catalogue.exported_tables import about_table, measurements_table
    from lupus_evidence.catalogue.rates import (
        rates_table,
        reported_rates,
        sharing_studies,
    )
    from lupus_evidence.catalogue.risk_of_bias import appraisals_data
    from lupus_evidence.catalogue.study_list import studies_table
    from lupus_evidence.compare.comparison import compare
    from lupus_evidence.pages.audit import findings_table
    from lupus_evidence.pages.comparison_csv import cells_table
    from lupus_evidence.pages.comparison_tables import left_out_table

    with working("pooling, auditing and writing the spreadsheet"):
        comparison = compare(base, topic().compared)
        tables = {
            "studies": studies_table(base.studies),
            "results": rates_table(reported_rates(base.studies)),
            "measurements": measurements_table(base.studies),
            "appraisals": appraisals_data(base.studies),
            "comparison": cells_table(comparison),
            "left out": left_out_table(comparison),
            "audit": findings_table(audit(base, load_claims())),
            "about": about_table(
                base.receipt,
                sharing=sharing_studies(base.studies),
                licence=base.base.licence if base.base else None,
            ),
        }
    return [replace(table, name=name) for name, table in tables.items()]


def _findings(base: EvidenceBase) -> list[Document]:
    """Return the summary of findings."""
    from lupus_evidence.compare.comparison import compare
    from lupus_evidence.pages.comparison_page import comparison_document

    with working("pooling"):
        comparison = compare(base, topic().compared)
        return [comparison_document(comparison, findings=True)]


def _bundle(base: EvidenceBase) -> Bundle:
    """Return all tables to hand on together, and say what names nothing in them."""
    from lupus_evidence.pages.bundle import bundle

    with working("pooling"):
        made = bundle(base)
    for item, reference, name in made.dangling():
        say(
            f"{item.table.name}.csv: {reference.column} {name} is none of "
            f"{reference.resource}.csv; see `lupus-evidence check`"
        )
    return made


@delivers(
    "tables", "docx", "bundle", "jsonl", "ris", "bibtex", "csl-json", "robvis", "revman"
)
def export(
    *,
    tool: Annotated[
        str | None,
        typer.Option(
            "--tool",
            metavar="TOOL",
            autocompletion=completing.complete_tool,
            help="For -f robvis and revman: judgements with this tool, such as rob2; "
            "the one of most studies unless told.",
        ),
    ] = None,
    studies: opt.Studies = None,
    to: Destination,
) -> None:
    """Export records to spreadsheets, programs, reference managers.

    For example:
      lupus-evidence export -o evidence.xlsx
      lupus-evidence export -o findings.docx
      lupus-evidence export -o evidence.ris
      lupus-evidence export -o bundle.zip
      lupus-evidence export -f datapackage -o FOLDER
      lupus-evidence export -f robvis --tool rob2 -o rob2.csv
      lupus-evidence export -f jsonl | jq .id
    """
    asked = None if tool is None else opt.known_tool(tool)
    if asked is not None and to.format.name not in {"robvis", "revman"}:
        raise OutputError("--tool is for -f robvis and -f revman")
    base = load_records(studies)
    texts: dict[str, Callable[[tuple[Study, ...]], str]] = {
        "jsonl": _jsonl,
        "ris": _ris,
        "bibtex": _bibtex,
        "csl-json": _csl_json,
        "robvis": partial(_robvis, asked=asked),
        "revman": partial(_revman, asked=asked),
    }
    tables = _sheets if to.format.name == "xlsx" else _results
    to.deliver(
        Answer(
            base.receipt,
            pages=lambda: _findings(base),
            tables=lambda: tables(base),
            bundle=lambda: _bundle(base),
            texts={name: partial(text, base.studies) for name, text in texts.items()},
        )
    )
    finish(base)
