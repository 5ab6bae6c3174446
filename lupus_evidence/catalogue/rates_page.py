"""The table of results for a person: one line each, what to mind as a sign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.catalogue.rates import (
    cautions,
    endpoint_in_words,
    rates_note,
    time_in_words,
)
from lupus_evidence.catalogue.record_phrases import (
    CONCERN,
    RETRACTED,
    standing_mark,
    therapies_in_colour,
)
from lupus_evidence.catalogue.risk_of_bias import bias_in_words
from lupus_evidence.documents.document import Column, Document, Table
from lupus_evidence.documents.text import small
from lupus_evidence.documents.values import People, Rate, Value
from lupus_evidence.vocabulary import NAMED_ENDPOINTS, family_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.catalogue.rates import ReportedRate
    from lupus_evidence.records.study import Result, Study


_COLUMNS = (
    Column("family", "family", "Survival, remission, response, harm, other"),
    Column("outcome", "outcome", "What is counted", least=16),
    Column("study", "study", "Record the result is from", least=16),
    Column("therapy", "therapy", "What the people were given", least=8),
    Column("months", "months", "Months, and the kind of time", align="right", least=13),
    Column("people", "people", "With the outcome, of how many", align="right"),
    Column("rate", "% (95 % interval)", "Rate and interval", align="right"),
    Column("marks", "", "What to mind, as a sign"),
    Column("among", "among", "Kind of denominator", drop=1),
    Column("reading", "read from", "How the figure was seen", drop=2),
    Column("caution", "mind", "Why this is no plain rate", drop=3, least=20),
    Column("definition", "meaning", "What the paper meant", drop=4, least=20),
    Column("bias", "bias", "Risk of bias, where anybody has judged it", drop=5),
)
#: Columns of whole sentences.
_LONG = frozenset({"outcome", "caution", "definition"})
#: Headings of what only the study's own words say, by family.
_NAMED = {
    "harm": "Other harms, in the words of the study",
    "other": "Other outcomes, in the words of the study",
}

#: A sign for each thing to mind, which every screen can show.
_OTHER_DISEASES, _PART, _DISPUTED = "*", "+", "!"
_MEANINGS = {
    RETRACTED: "retracted, in no pooled figure",
    CONCERN: "expression of concern, see show",
    _OTHER_DISEASES: "other diseases included",
    _PART: "part of the group",
    _DISPUTED: "disputed figure, see {}",
}


def marks_of(study: Study, result: Result) -> str:
    """Return the signs of what is to be minded of a result.

    Parameters
    ----------
    study : Study
        A record.
    result : Result
        One of its results.
    """
    return (
        standing_mark(study)
        + _OTHER_DISEASES * (not result.condition_specific)
        + _PART * bool(result.subgroup)
        + _DISPUTED * bool(result.acknowledged)
    )


def meaning_of_marks(marks: str, dispute: str = "show") -> str:
    """Return what the signs that occur mean, in one line.

    Parameters
    ----------
    marks : str
        All signs of a table.
    dispute : str
        What tells more of a disputed figure.
    """
    meanings = (f"{m} {text}" for m, text in _MEANINGS.items() if m in marks)
    return "   ".join(meanings).format(dispute)


def _row(one: ReportedRate) -> dict[str, Value]:
    """Return one result's cells."""
    result, interval = one.result, one.interval
    outcome, time = endpoint_in_words(result), time_in_words(result.at)
    if result.endpoint not in NAMED_ENDPOINTS:
        outcome = small(outcome)
    elif time:
        outcome += f", {time} months"
    return {
        "family": family_of(result.endpoint),
        "outcome": outcome,
        "study": one.study.id,
        "therapy": therapies_in_colour(one.therapies),
        "months": time,
        "people": People(one.figure.events, result.n),
        "rate": Rate(one.figure.rate, interval.low, interval.high),
        "marks": marks_of(one.study, result),
        "among": result.among,
        "reading": one.reading,
        "caution": "; ".join(cautions(one.study, result)),
        "definition": result.definition,
        "bias": bias_in_words(one.judgement),
    }


def rates_page(rates: Sequence[ReportedRate], *, full: bool = False) -> Document:
    """Return results under headings, then those that only one study names.

    Parameters
    ----------
    rates : sequence of ReportedRate
        In order.
    full : bool
        Whether nothing is cut or left out on a narrow screen.
    """
    columns = tuple(
        replace(column, drop=0, least=0, wrap=column.key in _LONG) if full else column
        for column in _COLUMNS
    )
    common = [one for one in rates if one.result.endpoint not in NAMED_ENDPOINTS]
    tables = [_table(common, columns, group_by="outcome", part_by="family")]
    for family, title in _NAMED.items():
        found = [one for one in rates if _is_named(one, family)]
        shown = tuple(c for c in columns if c.key not in ("family", "months"))
        tables.append(_table(found, shown, title=title))
    filled = [table for table in tables if table.rows] or tables[:1]
    if rates:
        signs = "".join(marks_of(one.study, one.result) for one in rates)
        marks = meaning_of_marks(signs)
        notes = (rates_note(rates), marks) if marks else (rates_note(rates),)
        filled[-1] = replace(filled[-1], notes=notes)
    return Document("", "", tuple(filled))


def _is_named(one: ReportedRate, family: str) -> bool:
    """Tell whether only the study's own words say what a result counts."""
    endpoint = one.result.endpoint
    return endpoint in NAMED_ENDPOINTS and family_of(endpoint) == family


def _table(
    rates: Sequence[ReportedRate], columns: tuple[Column, ...], **how: str
) -> Table:
    """Return some of the results as a table for a screen."""
    keys = {column.key for column in columns}
    rows = (_row(one) for one in rates)
    return Table(
        "results",
        columns,
        tuple({key: row[key] for key in row if key in keys} for row in rows),
        empty="No result fits.",
        wider="--full",
        **how,  # type: ignore[arg-type]
    )
