"""A bundle to hand on: the records, the figures they come to, and what is in none."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.catalogue.exported_tables import (
    arm_name,
    arms_table,
    measurements_table,
    overlaps_table,
    result_name,
)
from lupus_evidence.catalogue.rates import rates_table, reported_rates, sharing_studies
from lupus_evidence.catalogue.risk_of_bias import appraisals_data
from lupus_evidence.catalogue.study_list import studies_table
from lupus_evidence.compare.cells import NoStudy
from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.document import (
    Bundle,
    Column,
    Reference,
    Resource,
    Rule,
    Table,
)
from lupus_evidence.pages import templates
from lupus_evidence.pages.bundle_rules import rules_of
from lupus_evidence.pages.comparison_csv import (
    COLUMNS,
    cell_name,
    cell_values,
    counted_table,
    trials_name,
    trials_values,
)
from lupus_evidence.pages.comparison_json import excluded_data
from lupus_evidence.pages.survival_data import survival_figures, survival_values
from lupus_evidence.vocabulary import therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.documents.values import Value
    from lupus_evidence.evidence.selection import Excluded
    from lupus_evidence.records.field_types import Reported
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.records.study import Study

_ID = Column("id", "", "Name of the row")
_ARM_ID = Column("arm_id", "", "Row of that arm in arms; empty for all arms together")
_AS_PRINTED = (
    Column("percent", "", "Percentage as printed"),
    Column("se", "", "Its standard error"),
    Column("note", "", "What a reader should know about the figure"),
)
_LEFT_OUT = tuple(
    Column(key, "", meaning)
    for key, meaning in {
        "figure": "Row of figures that the result is not in",
        "therapy": "What the people of the figure were given",
        "endpoint": "What the figure counts",
        "scope": "What it was judged on",
        "band": "Its time band in months; empty where it is no stretch of time",
        "when": "Name of that band: months, any-time, best-ever or not-stated",
        "study": "Record of the result that is left out",
        "result": "Row of that result in results",
        "counted": "What that result counts",
        "reason": "Why it is left out: stable code",
        "label": "The same in a few words",
        "text": "The same with what it rests on",
        "printed": "The result as its source prints it",
        "file": "File of the record",
        "line": "Line in the file",
        "where": "Place in the source",
    }.items()
)


def bundle(base: EvidenceBase) -> Bundle:
    """Return everything that a base holds and comes to, as tables that belong together.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    """
    studies = base.studies
    comparison = compare(base, sides(studies))
    resources = (
        _resource(studies_table(studies), "id"),
        _resource(arms_table(studies), "id", study="studies"),
        _resource(overlaps_table(studies), study="studies", other="studies"),
        _resource(_results(studies), "id", study="studies", arm_id="arms"),
        _resource(
            _with_arms(measurements_table(studies)), study="studies", arm_id="arms"
        ),
        _resource(appraisals_data(studies), study="studies"),
        _resource(_figures(comparison), "id"),
        _resource(
            _inside(base, replace(counted_table(comparison), name="counted")),
            figure="figures",
            study="studies",
        ),
        _resource(
            _inside(base, _left_out(comparison)),
            figure="figures",
            study="studies",
            result="results",
        ),
    )
    licence = base.base.licence if base.base else None
    about = templates.document(
        "bundle.j2",
        resources=resources,
        studies=len(studies),
        sharing=sharing_studies(studies),
        therapies=_given(studies),
        receipt=base.receipt,
        licence=licence,
    )
    sources = base.base.sources if base.base else ()
    return Bundle(about, base.receipt, resources, licence, sources)


def sides(studies: Sequence[Study]) -> tuple[str, ...]:
    """Return the therapies that studies give, none of them part of another.

    Parameters
    ----------
    studies : sequence of Study
        The records. Where they give fewer than two, others make up the number, so that
        one can stand beside another.
    """
    found = list(_given(studies))
    for name in topic().compared:
        related = (
            therapy_includes(name, one) or therapy_includes(one, name) for one in found
        )
        if len(found) < len(topic().compared) and not any(related):
            found.append(name)
    return tuple(found)


def _given(studies: Sequence[Study]) -> tuple[str, ...]:
    """Return the therapies that studies give, none of them part of another."""
    given = {arm.therapy for study in studies for arm in study.arms.values()}
    return tuple(
        name
        for name in topic().therapies
        if name in given
        and not any(wide != name and therapy_includes(wide, name) for wide in given)
    )


def _resource(table: Table, key: str = "", **references: str) -> Resource:
    """Return a table with what its columns may hold, and which others they name."""
    rules = rules_of(table.name)
    if key:
        rules[key] = replace(rules.get(key, Rule()), required=True)
    named = tuple(Reference(column, other) for column, other in references.items())
    return Resource(table, templates.WORDS["bundle"][table.name], rules, key, named)


def _results(studies: Sequence[Study]) -> Table:
    """Return every result with a name of its own, and as printed."""
    rates = reported_rates(studies)
    table = _with_arms(rates_table(rates))
    rows = tuple(
        {
            "id": result_name(one.study.id, one.index),
            **row,
            "percent": _printed(one.result.percent),
            "se": _printed(one.result.se),
            "note": one.result.note,
        }
        for one, row in zip(rates, table.rows, strict=True)
    )
    return replace(table, columns=(_ID, *table.columns, *_AS_PRINTED), rows=rows)


def _printed(number: Reported | None) -> float | None:
    """Return a printed number as one to count with."""
    return None if number is None else number.value


def _with_arms(table: Table) -> Table:
    """Return a table with the names that its arms have among those of all records."""
    rows = tuple(
        {**row, "arm_id": arm_name(str(row["study"]), _text(row["arm"]))}
        for row in table.rows
    )
    return replace(table, columns=(*table.columns, _ARM_ID), rows=rows)


def _text(value: Value) -> str | None:
    """Return a value that is a text or nothing."""
    return None if value is None else str(value)


def _figures(comparison: Comparison) -> Table:
    """Return every figure with a name of its own, and every one that there is not.

    A question of which no study of a therapy gives a result has no row.
    """
    rows = (
        *({"id": trials_name(x), **trials_values(x)} for x in comparison.trials),
        *(
            {"id": _curve_name(survival_values(item)), **survival_values(item)}
            for item in survival_figures(comparison)
        ),
        *(
            {"id": cell_name(row, cell), **cell_values(row, cell)}
            for row in (*comparison.rows, *comparison.unanswered)
            for cell in row.cells
            if cell.selection.excluded or not isinstance(cell.figure, NoStudy)
        ),
    )
    return Table("figures", (_ID, *COLUMNS), tuple(rows))


def _curve_name(values: dict[str, Value]) -> str:
    """Return what programs call survival from a curve at one time."""
    return f"{values['therapy']}, {values['endpoint']}, {values['when']} months, curve"


def _left_out(comparison: Comparison) -> Table:
    """Return every result that is not in a figure, with its reason."""
    return Table("left_out", _LEFT_OUT, tuple(_left_out_rows(comparison)))


def _left_out_rows(comparison: Comparison) -> Iterator[dict[str, Value]]:
    """Yield a row for each figure and each result that is not in it."""
    for answer in comparison.trials:
        values = trials_values(answer)
        for item in answer.selection.excluded:
            yield _excluded(trials_name(answer), values, item)
    for figure in survival_figures(comparison):
        values = survival_values(figure)
        for item in figure.answer.selection.excluded:
            yield _excluded(_curve_name(values), values, item)
    for row in (*comparison.rows, *comparison.unanswered):
        for cell in row.cells:
            values = cell_values(row, cell)
            for item in cell.selection.excluded:
                yield _excluded(cell_name(row, cell), values, item)


def _excluded(
    figure: str, values: dict[str, Value], item: Excluded
) -> dict[str, Value]:
    """Return one result that is not in a figure."""
    told = excluded_data(item)
    return {
        "figure": figure,
        **{
            key: values[key] for key in ("therapy", "endpoint", "scope", "band", "when")
        },
        "result": result_name(item.study, item.index),
        "counted": told.pop("endpoint"),
        **told,
    }


def _inside(base: EvidenceBase, table: Table) -> Table:
    """Return a table whose files are named as in the folder of the records."""
    start = f"{base.folder}{os.sep}"
    rows = tuple(
        {**row, "file": str(row["file"]).removeprefix(start)} for row in table.rows
    )
    return replace(table, rows=rows)
