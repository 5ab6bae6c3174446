"""One row per result: people, rate, interval, denominator, time, source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.evidence.figure import rate_interval, study_figure
from lupus_evidence.evidence.therapies import result_band, shared_people
from lupus_evidence.text import plural
from lupus_evidence.values import People, Rate, Value
from lupus_evidence.views.filters import StudyFilter, therapies_of
from lupus_evidence.vocabulary import (
    ENDPOINTS,
    FAMILIES,
    NAMED_ENDPOINTS,
    THERAPIES,
    TIME_BASES,
    band_of,
    family_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.models import Result, Study, Time
    from lupus_evidence.stats.proportions import IntervalMethod
    from lupus_evidence.vocabulary import Band

COLUMNS = (
    Column("group", "", "Endpoint, and what it was judged on", audience="screen"),
    Column("study", "study", "Record the result is from"),
    Column("therapy", "therapy", "What the people were given"),
    Column("family", "", "Survival, remission, response, harm, other", audience="data"),
    Column("endpoint", "", "What is counted", audience="data"),
    Column("name", "", "What is counted, for 'other' endpoints", audience="data"),
    Column("scope", "", "What it was judged on", audience="data"),
    Column(
        "time",
        "months",
        "Months, and the kind of time",
        audience="screen",
        align="right",
    ),
    Column("months", "", "Months after treatment", audience="data"),
    Column("time_basis", "", "Kind of time", audience="data"),
    Column("band", "", "Time band of a comparison in months", audience="data"),
    Column(
        "when",
        "",
        "Name of that band: months, any-time, best-ever or not-stated",
        audience="data",
    ),
    Column(
        "people",
        "people",
        "People with the outcome, of how many",
        audience="screen",
        align="right",
    ),
    Column("events", "", "People with the outcome", audience="data"),
    Column("n", "", "People in the denominator", audience="data"),
    Column("among", "among", "Kind of denominator", drop=3),
    Column(
        "interval",
        "rate (95 % interval)",
        "Rate and interval in percent",
        audience="screen",
        align="right",
    ),
    Column("rate", "", "Proportion in 0-1", audience="data", proportion=True),
    Column(
        "low",
        "",
        "Lower end of the interval, 0-1",
        audience="data",
        proportion=True,
    ),
    Column(
        "high",
        "",
        "Upper end of the interval, 0-1",
        audience="data",
        proportion=True,
    ),
    Column("level", "", "Level of the interval in percent", audience="data"),
    Column("interval_method", "", "How the interval was made", audience="data"),
    Column("printed", "", "As the source prints it", audience="data"),
    Column("kind", "", "Count, Kaplan-Meier, cumulative incidence", audience="data"),
    Column("caution", "mind", "Why this is no plain lupus rate", drop=4, wrap=True),
    Column("lupus_specific", "", "False: other diseases included", audience="data"),
    Column("subgroup", "", "Part of the arm it is about", audience="data"),
    Column("arm", "", "The record's name for the arm", audience="data"),
    Column("definition", "meaning", "What the paper meant", drop=5, wrap=True),
    Column("reading", "read from", "How the figure was seen", drop=6),
    Column("where", "", "Place in the source", audience="data"),
    Column("year", "", "Year of publication", audience="data"),
    Column("doi", "", "DOI of the report", audience="data"),
)


def time_in_words(at: Time | None) -> str:
    """Return the months of a result with the kind of time: "27 (mean)"."""
    if at is None:
        return ""
    months = "" if at.months is None else f"{at.months:g}"
    return f"{months} {TIME_BASES[at.basis].mark}".strip()


def endpoint_in_words(result: Result) -> str:
    """Return what is counted and what it was judged on."""
    label = ENDPOINTS[result.endpoint].label
    if result.endpoint in NAMED_ENDPOINTS and result.name:
        label = result.name
    judged = family_of(result.endpoint) in ("remission", "response")
    scope = f", {result.scope}" if judged and result.scope != "lupus" else ""
    return f"{label[:1].upper()}{label[1:]}{scope}"


def _caution(result: Result) -> str:
    """Say in few words why a figure is not a plain rate of people with lupus."""
    parts = []
    if not result.lupus_specific:
        parts.append("other diseases included")
    if result.subgroup:
        parts.append(f"only: {result.subgroup}")
    if result.acknowledged:
        parts.append("figure disputed, see show")
    return "; ".join(parts)


def _row(study: Study, result: Result, method: IntervalMethod) -> dict[str, Value]:
    """Return one result's values by column."""
    found, at = study_figure(study, result), result.at
    ends = rate_interval(found, method)
    return {
        "group": endpoint_in_words(result),
        "study": study.id,
        "therapy": ", ".join(therapies_of(study, result.arm)),
        "family": family_of(result.endpoint),
        "endpoint": result.endpoint,
        "name": result.name,
        "scope": result.scope,
        "time": time_in_words(at),
        "months": at.months if at else None,
        "time_basis": at.basis if at else None,
        "band": result_band(result).months,
        "when": result_band(result).name,
        "people": People(found.events, result.n),
        "events": found.events,
        "n": result.n,
        "among": result.among,
        "interval": Rate(found.rate, ends.low, ends.high),
        "rate": found.rate,
        "low": ends.low,
        "high": ends.high,
        "level": result.level if ends.method == "as printed" else 95,
        "interval_method": ends.method or None,
        "printed": result.printed,
        "kind": result.kind,
        "caution": _caution(result),
        "lupus_specific": result.lupus_specific,
        "subgroup": result.subgroup,
        "arm": result.arm,
        "definition": result.definition,
        "reading": result.reading or study.reading,
        "where": result.where,
        "year": study.citation.year,
        "doi": study.citation.doi,
    }


def _order(pair: tuple[Study, Result]) -> tuple[object, ...]:
    """Sort by endpoint, scope, therapy, time and study."""
    study, result = pair
    at = result.at.months if result.at else None
    therapies = therapies_of(study, result.arm)
    return (
        FAMILIES.index(family_of(result.endpoint)),
        list(ENDPOINTS).index(result.endpoint),
        endpoint_in_words(result),
        list(THERAPIES).index(therapies[0]) if therapies else 0,
        float("inf") if at is None else at,
        study.id,
    )


def rates_table(
    studies: Sequence[Study],
    wanted: StudyFilter | None = None,
    *,
    band: Band | None = None,
    method: IntervalMethod = "wilson",
) -> Table:
    """Return the table of results, grouped by endpoint.

    Parameters
    ----------
    studies : sequence of Study
        Those to show.
    wanted : StudyFilter, optional
        Which of their results.
    band : Band, optional
        Only results that their source gives for about this time.
    method : {"wilson", "exact", "jeffreys"}
        Binomial interval of the rows.
    """
    wanted = wanted or StudyFilter()
    pairs = [
        (study, result)
        for study in studies
        for result in study.results
        if wanted.accepts_result(study, result)
        and band in (None, band_of(result.at.months if result.at else None))
    ]
    pairs.sort(key=_order)
    return Table(
        "results",
        COLUMNS,
        tuple(_row(study, result, method) for study, result in pairs),
        group_by="group",
        empty="No result fits.",
        notes=(_note(pairs),) if pairs else (),
    )


def _note(pairs: Sequence[tuple[Study, Result]]) -> str:
    """Say how many results these are, and whose people are counted more than once."""
    studies = {study.id: study for study, _ in pairs}
    count = plural(len(studies), "study", "studies")
    note = f"{plural(len(pairs), 'result')} of {count}, each as its source gives it."
    sharing = sharing_studies(studies.values())
    if sharing:
        note += f" {sharing} of the studies share people: do not add them up."
    return note


def sharing_studies(studies: Iterable[Study]) -> int:
    """Return how many of these studies share people with another of them.

    Parameters
    ----------
    studies : iterable of Study
        Those that are listed.
    """
    listed = {study.id: study for study in studies}
    pairs = shared_people(listed.values())
    return len({one for one, other in pairs if one in listed and other in listed})
