"""One row per result: people, rate, interval, denominator, time, source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.reported import possible_counts
from lupus_evidence.results import Column, People, Rate, Table, Value
from lupus_evidence.stats.proportions import IntervalMethod, interval
from lupus_evidence.views.filters import StudyFilter, therapies_of
from lupus_evidence.vocabulary import (
    ENDPOINTS,
    FAMILIES,
    NAMED_ENDPOINTS,
    THERAPIES,
    band_of,
    family_of,
)
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.models import Result, Study, Time

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
    Column("band", "", "Time band in months", audience="data"),
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

_BASIS_WORDS = {
    "visit": "",
    "kaplan-meier": " (curve)",
    "median-follow-up": " (median)",
    "mean-follow-up": " (mean)",
    "best-ever": " (best ever)",
    "longest": " (up to)",
}


@dataclass(frozen=True)
class ReportedRate:
    """A result's rate with its interval.

    Parameters
    ----------
    events : float or None
        People with the outcome, printed or implied by percentage and n.
    rate, low, high : float or None
        Proportions in 0-1.
    method : str
        How the interval was made; empty where there is none.
    """

    events: float | None
    rate: float | None
    low: float | None = None
    high: float | None = None
    method: str = ""


def reported_rate(
    result: Result, method: IntervalMethod = "wilson", level: float = 0.95
) -> ReportedRate:
    """Return the rate of one result.

    A count gets a binomial interval. An estimate keeps its printed interval; one with
    only a standard error gets the binomial interval of its effective sample size
    p(1-p)/SE² (Kish L. Survey Sampling. Wiley 1965, section 8.2).

    Parameters
    ----------
    result : Result
        The record's result.
    method : {"wilson", "exact", "jeffreys"}
        Binomial interval.
    level : float
        Confidence level in 0-1.
    """
    events, n = result.events, result.n
    if events is None and n and result.percent is not None and result.kind == "count":
        implied = possible_counts(result.percent, n)
        events = implied[0] if len(implied) == 1 else None
    if events is not None and n and events <= n:
        low, high = interval(events, n, method=method, level=level)
        return ReportedRate(events, events / n, low, high, method)
    if result.percent is None:
        return ReportedRate(events, None)
    rate = result.percent.value / 100
    if result.ci is not None:
        low, high = (min(max(end.value / 100, 0), 1) for end in result.ci)
        return ReportedRate(None, rate, low, high, "as printed")
    if result.se is not None and result.se.value > 0 and 0 < rate < 1:
        size = rate * (1 - rate) / (result.se.value / 100) ** 2
        low, high = interval(rate * size, size, method=method, level=level)
        return ReportedRate(None, rate, low, high, f"{method} on effective size")
    return ReportedRate(None, rate)


def time_in_words(at: Time | None) -> str:
    """Return the months of a result with the kind of time: "27 (mean)"."""
    if at is None:
        return ""
    months = "" if at.months is None else f"{at.months:g}"
    return f"{months}{_BASIS_WORDS[at.basis]}".strip()


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


def _row(study: Study, result: Result, method: IntervalMethod) -> tuple[Value, ...]:
    """Return one result's values in the order of `COLUMNS`."""
    found = reported_rate(result, method)
    at = result.at
    return (
        endpoint_in_words(result),
        study.id,
        ", ".join(therapies_of(study, result.arm)),
        family_of(result.endpoint),
        result.endpoint,
        result.name,
        result.scope,
        time_in_words(at),
        at.months if at else None,
        at.basis if at else None,
        band_of(at.months if at else None).months,
        People(found.events, result.n),
        found.events,
        result.n,
        result.among,
        Rate(found.rate, found.low, found.high),
        found.rate,
        found.low,
        found.high,
        result.level if found.method == "as printed" else 95,
        found.method or None,
        result.printed,
        result.kind,
        _caution(result),
        result.lupus_specific,
        result.subgroup,
        result.arm,
        result.definition,
        result.reading or study.reading,
        result.where,
        study.citation.year,
        study.citation.doi,
    )


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
    band: int | None = None,
    method: IntervalMethod = "wilson",
) -> Table:
    """Return the table of results, grouped by endpoint.

    Parameters
    ----------
    studies : sequence of Study
        Those to show.
    wanted : StudyFilter, optional
        Which of their results.
    band : int, optional
        Only results in this time band, by its months.
    method : {"wilson", "exact", "jeffreys"}
        Binomial interval of the rows.
    """
    wanted = wanted or StudyFilter()
    pairs = [
        (study, result)
        for study in studies
        for result in study.results
        if wanted.accepts_result(study, result)
        and (
            band is None
            or band_of(result.at.months if result.at else None).months == band
        )
    ]
    pairs.sort(key=_order)
    count = len({study.id for study, _ in pairs})
    note = (
        f"{plural(len(pairs), 'result')} of {plural(count, 'study', 'studies')}, "
        "each as its source gives it. "
        "Studies share people: do not add them up."
    )
    return Table(
        "results",
        COLUMNS,
        tuple(_row(study, result, method) for study, result in pairs),
        group_by="group",
        empty="No result fits these filters.",
        notes=(note,) if pairs else (),
    )
