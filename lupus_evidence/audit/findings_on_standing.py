"""What a reader needs to know of how a rate stands against all studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.claimed_rates import is_asked, matching
from lupus_evidence.audit.verdicts import Evidence, Finding, Sentence, ToldFigure
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.records.identity import links_of
from lupus_evidence.vocabulary import broadest, topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.audit.recorded_figures import RecordedFigure
    from lupus_evidence.audit.standing import Standing
    from lupus_evidence.records.claims import ClaimedRate, RateClaim, Source
    from lupus_evidence.records.study import Study

#: The highest of fewer studies is no top of a range, and "every study" says little of
#: fewer studies with fewer people in all.
STUDIES_IN_A_RANGE = 3
PEOPLE_IN_A_RANGE = 50


def asked_of(standing: Standing) -> dict[str, object]:
    """Return the outcome that a claim names, and its time."""
    claimed = standing.claimed
    return {
        "endpoint": claimed.endpoint,
        "months": claimed.months,
        "time": claimed.time,
    }


def missing(standing: Standing, claim: RateClaim) -> Finding:
    """Say that no study reports the rate."""
    values = {
        "therapy": broadest(claim.therapy),
        "article": standing.said,
        **asked_of(standing),
    }
    return Finding("figure-not-found", values)


def reports(standing: Standing) -> tuple[Sentence, ...]:
    """Return what the studies report, beside a curve those of about that time."""
    if standing.curve is not None:
        figures = told_of(standing.nearby)
        return (Sentence("single-studies", {"figures": figures}),) if figures else ()
    values = {
        **asked_of(standing),
        "endpoint": standing.endpoint,
        "figures": told_of(standing.reports),
    }
    return (Sentence("reports", values),)


def by_the_curve(standing: Standing) -> Finding | None:
    """Say that survival is judged by all studies together, or why it is not."""
    if standing.curve is not None:
        return Finding("survival-curve", {"point": standing.curve}, shown(standing))
    if standing.curve_ends:
        return Finding("survival-curve-ends", {"months": standing.curve_ends})
    return None


def told_of(figures: Iterable[RecordedFigure]) -> tuple[ToldFigure, ...]:
    """Return figures for a sentence."""
    return tuple(figure.told for figure in figures)


def shown(standing: Standing) -> tuple[Evidence, ...]:
    """Return the studies' figures as evidence, all of them together first."""
    if standing.curve is not None:
        single = (figure.evidence for figure in standing.nearby)
        return (standing.curve.evidence, *single)
    return tuple(figure.evidence for figure in standing.reports)


def position(standing: Standing, known: RecordedFigure | None) -> list[Finding]:
    """Say whether the rate is above, below or among the studies.

    Parameters
    ----------
    standing : Standing
        What the studies report.
    known : RecordedFigure or None
        The figure that the claim rests on, if it was found.
    """
    if not standing.reports and standing.curve is None:
        return []
    if known is None:
        return [*_among(standing), *pooled_side(standing)]
    found = pooled_side(standing)
    if len(standing.reports) >= STUDIES_IN_A_RANGE and standing.flattering(known):
        others = [item for item in standing.reports if item.study.id != known.study.id]
        values = {"figures": told_of(others)}
        flattering = Finding("flattering-end-of-the-range", values, shown(standing))
        return [flattering, *found]
    return found


def pooled_side(standing: Standing) -> list[Finding]:
    """Say so where the rate lies outside the interval of the studies pooled."""
    whole = standing.together
    side = 0 if whole is None else standing.said.side(*whole.allowed)
    if whole is None or not side:
        return []
    values = {
        "article": standing.said,
        "above": side > 0,
        "rate": whole.rate,
        "people": whole.people,
        "studies": whole.studies,
    }
    return [Finding("outside-the-pooled-interval", values, shown(standing))]


def _among(standing: Standing) -> list[Finding]:
    """Say where a rate that no study reports lies.

    Of survival nothing where it lies outside the curve, but not outside each study.
    """
    values: dict[str, object] = {"article": standing.said}
    if standing.endpoint != standing.claimed.endpoint:
        values["instead"] = standing.endpoint
    if standing.side == 0:
        low, high = standing.span or (0.0, 1.0)
        values |= {"low": low, "high": high}
        return [Finding("within-the-studies", values, shown(standing))]
    if standing.curve is not None and not standing.beyond_every_study:
        return []
    way = "above" if standing.side > 0 else "below"
    values["beyond_chance"] = standing.beyond_chance
    compared = standing.compared
    people = sum(item.people for item in compared)
    if len(compared) >= STUDIES_IN_A_RANGE or people >= PEOPLE_IN_A_RANGE:
        return [Finding(f"{way}-every-study", values, shown(standing))]
    values["studies"] = len(compared)
    return [Finding(f"{way}-few-people", values, shown(standing))]


def quoted(claim: RateClaim, claimed: ClaimedRate) -> list[Finding]:
    """Say that the percentage is the flattering end of a range that reviews quote."""
    return [
        Finding(
            "flattering-end-of-the-range",
            {
                "article": claimed.percent,
                "source": source,
                "top": _is_better_high(claimed),
            },
            links=links_of(source),
        )
        for source in claim.quoted
        if _is_flattering(source, claimed)
    ]


def _is_better_high(claimed: ClaimedRate) -> bool:
    """Tell whether more of an outcome is better for the person."""
    return topic().endpoints[claimed.endpoint].good is not False


def _is_flattering(source: Source, claimed: ClaimedRate) -> bool:
    """Tell whether the claim is the end of a quoted range that flatters."""
    end = source.high if _is_better_high(claimed) else source.low
    said = claimed.percent
    return end is not None and said is not None and end.value == said.value


def elsewhere(standing: Standing, claim: RateClaim) -> list[Finding]:
    """Name figures with this rate that are not of the people asked about."""
    found = []
    others = [
        item
        for item in standing.figures
        if not item.reported or not is_asked(item, claim)
    ]
    for figure in matching(others, standing.claimed, standing.said):
        taken_back = retracted(figure.study, figure.evidence)
        if taken_back is not None:
            found.append(taken_back)
        elif figure.reason is Reason.OTHER_DISEASES:
            found.append(other_diseases(figure))
        elif figure.reason in (None, Reason.SUBGROUP, Reason.FEW, Reason.OVERLAP):
            values = {
                "study": figure.study.id,
                "people": figure.people,
                "subgroup": figure.result.subgroup,
                "children": bool(figure.study.population.children),
            }
            found.append(Finding("other-group", values, (figure.evidence,)))
    return found


def retracted(study: Study, evidence: Evidence) -> Finding | None:
    """Say so where the report of a study was retracted.

    Parameters
    ----------
    study : Study
        The record.
    evidence : Evidence
        What it is evidence of.
    """
    notice = study.retraction
    if notice is None:
        return None
    values = {"study": study.id, "date": notice.date}
    return Finding("retracted-report", values, (evidence,))


def other_diseases(figure: RecordedFigure) -> Finding:
    """Say that a figure with this percentage is mostly about other diseases."""
    population = figure.study.population
    values = {
        "study": figure.study.id,
        "with_condition": population.with_condition,
        "enrolled": population.enrolled,
    }
    return Finding("other-disease", values, (figure.evidence,))
