"""Results of studies in order, and as one row of values each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from lupus_evidence.appraisal import Judgement, judgement
from lupus_evidence.catalogue.filters import StudyFilter, therapies_of
from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.text import plural
from lupus_evidence.evidence.result_numbers import rate_interval, study_figure
from lupus_evidence.evidence.therapy_results import result_band, shared_people
from lupus_evidence.vocabulary import (
    FAMILIES,
    NAMED_ENDPOINTS,
    TIME_BASES,
    band_of,
    family_of,
    is_judged,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from lupus_evidence.documents.values import Value
    from lupus_evidence.evidence.result_numbers import Figure, RateInterval
    from lupus_evidence.records.study import Result, Study, Time
    from lupus_evidence.stats.proportions import IntervalMethod
    from lupus_evidence.vocabulary import Band


_Item = TypeVar("_Item")


def columns() -> tuple[Column, ...]:
    """Return the columns, those about the condition by its own name."""
    condition = topic().condition
    return (
        Column("study", "study", "Record the result is from"),
        Column("therapy", "therapy", "What the people were given"),
        Column("family", "family", "Survival, remission, response, harm, other"),
        Column("endpoint", "endpoint", "What is counted"),
        Column("name", "name", "What is counted, for 'other' endpoints"),
        Column("scope", "scope", "What it was judged on"),
        Column("months", "months", "Months after treatment", align="right"),
        Column("time_basis", "kind of time", "Kind of time"),
        Column("band", "band", "Time band of a comparison in months", align="right"),
        Column(
            "when",
            "when",
            "Name of that band: months, any-time, best-ever or not-stated",
        ),
        Column("events", "events", "People with the outcome", align="right"),
        Column("n", "n", "People in the denominator", align="right"),
        Column("among", "among", "Kind of denominator"),
        Column("rate", "rate", "Proportion in 0-1", align="right", proportion=True),
        Column(
            "low",
            "low",
            "Lower end of the interval, 0-1",
            align="right",
            proportion=True,
        ),
        Column(
            "high",
            "high",
            "Upper end of the interval, 0-1",
            align="right",
            proportion=True,
        ),
        Column("level", "level", "Level of the interval in percent", align="right"),
        Column("interval_method", "interval", "How the interval was made"),
        Column("printed", "printed", "As the source prints it"),
        Column("kind", "kind", "Count, Kaplan-Meier, cumulative incidence"),
        Column("caution", "mind", f"Why this is no plain {condition.name} rate"),
        Column(
            condition.specific,
            f"{condition.name} alone",
            "False: other diseases included",
        ),
        Column("subgroup", "part", "Part of the arm it is about"),
        Column("arm", "arm", "The record's name for the arm"),
        Column("definition", "meaning", "What the paper meant"),
        Column("reading", "read from", "How the figure was seen"),
        Column("where", "where", "Place in the source"),
        Column("year", "year", "Year of publication", align="right"),
        Column("doi", "DOI", "DOI of the report"),
        Column(
            "bias", "bias", "Risk of bias: low, some, high, unknown; empty: unjudged"
        ),
        Column("bias_tool", "judged with", "Tool of that judgement"),
    )


def time_in_words(at: Time | None) -> str:
    """Return the months of a result with the kind of time: "27 (mean)"."""
    if at is None:
        return ""
    months = "" if at.months is None else f"{at.months:g}"
    return f"{months} {TIME_BASES[at.basis].mark}".strip()


def endpoint_in_words(result: Result) -> str:
    """Return what is counted and what it was judged on."""
    label = topic().endpoints[result.endpoint].label
    if result.endpoint in NAMED_ENDPOINTS and result.name:
        label = result.name
    elsewhere = is_judged(result.endpoint) and result.scope != topic().whole
    scope = f", {result.scope}" if elsewhere else ""
    return f"{label[:1].upper()}{label[1:]}{scope}"


@dataclass(frozen=True)
class ReportedRate:
    """One result of a study, with the number behind it.

    Parameters
    ----------
    study : Study
        The record.
    result : Result
        One of its results.
    figure : Figure
        The number behind it.
    interval : RateInterval
        Of its rate.
    index : int
        Which of the study's results it is, from 0.
    """

    study: Study
    result: Result
    figure: Figure
    interval: RateInterval
    index: int

    @property
    def therapies(self) -> tuple[str, ...]:
        """What the people were given."""
        return therapies_of(self.study, self.result.arm)

    @property
    def months(self) -> float | None:
        """Months after treatment, where the source says."""
        return self.result.at.months if self.result.at else None

    @property
    def judgement(self) -> Judgement | None:
        """The appraisal that counts for it, where anybody has judged it."""
        return judgement(self.study, self.result) if self.study.appraisal else None

    @property
    def reading(self) -> str:
        """How the figure was seen."""
        return self.result.reading or self.study.reading


#: What the results under a heading can be sorted by.
SORTS: dict[str, Callable[[ReportedRate], Any]] = {
    "study": lambda one: one.study.id,
    "therapy": lambda one: [
        list(topic().therapies).index(name) for name in one.therapies
    ],
    "months": lambda one: one.months,
    "people": lambda one: one.result.n,
    "rate": lambda one: one.figure.rate,
    "year": lambda one: one.study.citation.year,
}


def reported_rates(
    studies: Sequence[Study],
    wanted: StudyFilter | None = None,
    *,
    bands: Collection[Band] | None = None,
    method: IntervalMethod = "wilson",
    sort: str = "",
) -> list[ReportedRate]:
    """Return the results of studies, those about one outcome beside each other.

    Parameters
    ----------
    studies : sequence of Study
        Those to show.
    wanted : StudyFilter, optional
        Which of their results.
    bands : collection of Band, optional
        Only results that their source gives for about one of these times.
    method : {"wilson", "exact", "jeffreys"}
        Binomial interval of the rows.
    sort : str
        One of `SORTS`, with a minus before it for the largest first; by therapy, time
        and study if empty.
    """
    wanted = wanted or StudyFilter()
    found = [
        ReportedRate(study, result, figure, rate_interval(figure, method), index)
        for study in studies
        for index, result in enumerate(study.results)
        if wanted.accepts_result(study, result)
        and (bands is None or band_of(result.at.months if result.at else None) in bands)
        for figure in (study_figure(study, result),)
    ]
    found.sort(key=_usual_order)
    if sort:
        found = in_order(found, SORTS[sort.removeprefix("-")], backwards=sort[0] == "-")
        found.sort(key=_outcome_order)
    return found


def in_order(
    items: Iterable[_Item], key: Callable[[_Item], Any], *, backwards: bool
) -> list[_Item]:
    """Return items in the order of a key, those without one last.

    Parameters
    ----------
    items : iterable
        In their usual order, which those that are equal keep.
    key : callable
        Returns what is compared, or None.
    backwards : bool
        Whether the largest comes first.
    """
    keyed = [(key(item), item) for item in items]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=backwards)
    return [item for _, item in (*known, *(p for p in keyed if p[0] is None))]


def _outcome_order(one: ReportedRate) -> tuple[object, ...]:
    """Sort by family, endpoint and what was judged."""
    endpoint = one.result.endpoint
    return (
        FAMILIES.index(family_of(endpoint)),
        list(topic().endpoints).index(endpoint),
        endpoint_in_words(one.result),
    )


def _usual_order(one: ReportedRate) -> tuple[object, ...]:
    """Sort by outcome, therapy, time and study."""
    return (
        *_outcome_order(one),
        list(topic().therapies).index(one.therapies[0]) if one.therapies else 0,
        float("inf") if one.months is None else one.months,
        one.study.id,
    )


def cautions(study: Study, result: Result) -> tuple[str, ...]:
    """Say in few words why a figure is not a plain rate of people with lupus."""
    parts = []
    if study.retraction:
        parts.append("the report was retracted")
    if study.concern:
        parts.append("the journal has doubts about the report")
    if not result.condition_specific:
        parts.append("other diseases included")
    if result.subgroup:
        parts.append(f"only: {result.subgroup}")
    if result.acknowledged:
        parts.append("figure disputed, see show")
    return tuple(parts)


def _row(one: ReportedRate) -> dict[str, Value]:
    """Return one result's values by column."""
    study, result, at = one.study, one.result, one.result.at
    printed = one.interval.method == "as printed"
    judged = one.judgement
    return {
        "study": study.id,
        "therapy": ", ".join(one.therapies),
        "family": family_of(result.endpoint),
        "endpoint": result.endpoint,
        "name": result.name,
        "scope": result.scope,
        "months": one.months,
        "time_basis": at.basis if at else None,
        "band": result_band(result).months,
        "when": result_band(result).name,
        "events": one.figure.events,
        "n": result.n,
        "among": result.among,
        "rate": one.figure.rate,
        "low": one.interval.low,
        "high": one.interval.high,
        "level": result.level if printed else 95,
        "interval_method": one.interval.method or None,
        "printed": result.printed,
        "kind": result.kind,
        "caution": "; ".join(cautions(study, result)),
        topic().condition.specific: result.condition_specific,
        "subgroup": result.subgroup,
        "arm": result.arm,
        "definition": result.definition,
        "reading": one.reading,
        "where": result.where,
        "year": study.citation.year,
        "doi": study.citation.doi,
        "bias": judged.level if judged else None,
        "bias_tool": judged.tool.name if judged else None,
    }


def rates_table(rates: Sequence[ReportedRate]) -> Table:
    """Return results as values for programs, one row each.

    Parameters
    ----------
    rates : sequence of ReportedRate
        In order.
    """
    return Table(
        "results",
        columns(),
        tuple(map(_row, rates)),
        empty="No result fits.",
        notes=(rates_note(rates),) if rates else (),
    )


def rates_note(rates: Sequence[ReportedRate]) -> str:
    """Say how many results these are, and whose people are counted more than once."""
    studies = {one.study.id: one.study for one in rates}
    count = plural(len(studies), "study", "studies")
    note = f"{plural(len(rates), 'result')} of {count}, each as its source gives it."
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
