"""What a reader needs to know about a figure that a study really reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.claimed_rates import said_of
from lupus_evidence.audit.findings_on_standing import retracted
from lupus_evidence.audit.harms import harm_left_out
from lupus_evidence.audit.recorded_figures import FEW, band_of_figure
from lupus_evidence.audit.trials import has_control_arm
from lupus_evidence.audit.verdicts import Counted, Finding
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.records.field_types import Reported, agrees
from lupus_evidence.vocabulary import DENOMINATORS, band_of, broadest, family_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.audit.recorded_figures import (
        ArticleContext,
        RecordedFigure,
        Records,
    )
    from lupus_evidence.records.claims import Bound, ClaimedRate, RateClaim

#: "About 90 people" is taken to mean within this share of them.
ABOUT_PEOPLE = 0.1


def figure_findings(
    figure: RecordedFigure,
    claimed: ClaimedRate,
    claim: RateClaim,
    context: ArticleContext,
) -> list[Finding]:
    """Return everything to know about a figure that a claim rests on.

    Parameters
    ----------
    figure : RecordedFigure
        What the study reports.
    claimed : ClaimedRate
        The article's percentage.
    claim : RateClaim
        The claim that it is part of.
    context : ArticleContext
        The article.
    """
    checks = (
        _found(figure),
        _other_outcome(figure, claimed),
        _rounding(figure, claimed),
        _bound_word(figure, claimed),
        _time(figure, claimed),
        _people(figure, claimed, claim),
        None if context.tells("denominator") else _denominator(figure),
        _kind_of_denominator(figure, claimed, claim.therapy, context.records),
        _probability(figure, claimed),
        _group(figure, claim),
        later_report(figure, claimed.months, claim.therapy, context.records),
        harm_left_out(figure.study.id, (figure.result.arm,), figure.endpoint, context),
        None if context.tells("no-control") else _no_control(figure, claim.therapy),
        _second_hand(figure),
    )
    return [finding for finding in checks if finding is not None]


def _found(figure: RecordedFigure) -> Finding:
    """Say where the figure stands, or how it follows from what stands there."""
    values = {
        "study": figure.study.id,
        "where": figure.result.where,
        "derived": figure.derived,
    }
    return Finding("figure-found", values, (figure.evidence,))


def _other_outcome(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the study counts an outcome of another name, or one organ's."""
    values = {"study": figure.study.id, "endpoint": figure.endpoint}
    if figure.endpoint != claimed.endpoint:
        return Finding("other-outcome", values, (figure.evidence,))
    scope = figure.result.scope
    judged = family_of(figure.endpoint) in ("remission", "response")
    if judged and scope != topic().whole and claimed.scope is None:
        return Finding("other-outcome", {**values, "scope": scope}, (figure.evidence,))
    return None


def _rounding(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the study prints more decimals than the article."""
    printed = None if figure.derived else figure.result.percent
    said = claimed.percent
    if claimed.bound is not None or claimed.to is not None:
        return None
    if printed is None or said is None or printed.decimals <= said.decimals:
        return None
    if printed.value == said.value:
        return None
    values = {"printed": printed, "article": said}
    return Finding("rounding", values, (figure.evidence,))


def _bound_word(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the article gives a word or a range and the study a figure."""
    said = said_of(claimed)
    if said is None or (
        said.bound is None and claimed.percent and said.kind == "figure"
    ):
        return None
    if claimed.percent is None and claimed.amount is None:
        return None
    if claimed.percent and said.bound == "about" and _agrees(figure, claimed.percent):
        return None
    values = {"article": said, "counts": figure.counted}
    return Finding("bound-word", values, (figure.evidence,))


def _agrees(figure: RecordedFigure, printed: Reported) -> bool:
    """Tell whether a figure rounds to a printed one."""
    return agrees(printed, (figure.rate or 0) * 100)


def _probability(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the article counts people and the study has an estimate."""
    estimate = figure.events is None and figure.rate is not None
    if not estimate or claimed.events is None or not claimed.people:
        return None
    values = {"events": claimed.events, "people": claimed.people}
    return Finding("probability-as-count", values, (figure.evidence,))


def _time(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where article and study give different times, or the article none."""
    if claimed.months is None:
        if not topic().endpoints[figure.endpoint].clock or figure.time is None:
            return None
        return Finding("time-not-said", {"time": figure.time}, (figure.evidence,))
    if figure.months == claimed.months:
        return None
    values = {"months": claimed.months, "time": figure.time}
    return Finding("other-time", values, (figure.evidence,))


def _people(
    figure: RecordedFigure, claimed: ClaimedRate, claim: RateClaim
) -> Finding | None:
    """Say so where the article gives another number of people than the study.

    A number that the article gives for the treated may be that of the figure, or of
    those who entered.
    """
    population = figure.study.population
    known = (figure.n, figure.treated, population.enrolled, population.with_condition)
    treated = claim.people if claim.people in known else figure.treated
    rows = (
        ("figure", claimed.people, figure.n, None),
        ("treated", claim.people, treated, claim.people_bound),
        ("events", claimed.events, figure.events, None),
    )
    for what, said, true, bound in rows:
        if said is None or true is None or _is_about(true, said, bound):
            continue
        values = {"what": what, "there": int(true), "article": said, "bound": bound}
        return Finding("people-differ", values, (figure.evidence,))
    return None


def _is_about(true: float, said: int, bound: Bound | None) -> bool:
    """Tell whether a number of people is true to an article's words."""
    match bound:
        case "over":
            return true > said
        case "at-least":
            return true >= said
        case "under":
            return true < said
        case "up-to":
            return true <= said
        case "about" | "nearly":
            return abs(true - said) <= ABOUT_PEOPLE * said
        case _:
            return true == said


def _denominator(figure: RecordedFigure) -> Finding | None:
    """Say so where few of those treated are counted, or few were treated."""
    n, treated, events = figure.n, figure.treated, figure.events
    values: dict[str, object]
    if n is None:
        return None
    if treated is not None and n < treated and (n < FEW or 2 * n < treated):
        least = None
        if events is not None:
            least = Counted(People(events, treated), Rate(events / treated))
        values = {"n": n, "treated": treated, "least": least}
        return Finding("melted-denominator", values, (figure.evidence,))
    if n < FEW:
        values = {"n": n, "counts": figure.counted}
        return Finding("few-people", values, (figure.evidence,))
    return None


def _kind_of_denominator(
    figure: RecordedFigure, claimed: ClaimedRate, therapy: str, records: Records
) -> Finding | None:
    """Say so where the figure is a share of others than the article says or implies."""
    among = figure.result.among
    if claimed.among == among or not DENOMINATORS[among].mark or among == "unstated":
        return None
    scope, band = figure.result.scope, band_of_figure(figure)
    for other in records.figures(broadest(therapy), figure.endpoint, scope, band):
        if (
            other.study.id == figure.study.id
            and other.result.among in ("treated", "enrolled")
            and other.time == figure.time
            and other.rate != figure.rate
        ):
            values = {
                "among": among,
                "everybody": other.result.among,
                "figure": other.told,
            }
            evidence = figure.evidence, other.evidence
            return Finding("wrong-kind-of-denominator", values, evidence)
    if claimed.among or among in ("survivors", "responders"):
        asked = {"among": among, "wanted": claimed.among}
        return Finding("wrong-kind-of-denominator", asked, (figure.evidence,))
    return None


def _group(figure: RecordedFigure, claim: RateClaim) -> Finding | None:
    """Say so where a figure was taken back, is about a part, or fails a check."""
    taken_back = retracted(figure.study, figure.evidence)
    if taken_back is not None:
        return taken_back
    population = figure.study.population
    if figure.result.subgroup is not None or (
        population.children and claim.who != "children"
    ):
        values = {"subgroup": figure.result.subgroup}
        return Finding("part-of-the-group", values, (figure.evidence,))
    if figure.reason is Reason.FAILS_CHECK:
        return Finding("fails-check", {"study": figure.study.id}, (figure.evidence,))
    return None


def later_report(
    figure: RecordedFigure, claimed: float | None, therapy: str, records: Records
) -> Finding | None:
    """Return a later report on some of the same people with a worse percentage.

    Remission should last, so any later time counts. Fewer are always alive later on,
    so survival and harm are only set against the same band of time as the claim's.

    Parameters
    ----------
    figure : RecordedFigure
        The figure that a claim rests on.
    claimed : float or None
        Months that the article gives.
    therapy : str
        The claim's treatment.
    records : Records
        What the rules may ask.
    """
    later = [
        other
        for other in _same_outcome(figure, therapy, records)
        if _follows(other, figure, records) and _is_worse(other, figure)
    ]
    if family_of(figure.endpoint) not in ("remission", "response"):
        band = band_of(figure.months if claimed is None else claimed)
        later = [other for other in later if band_of(other.months) == band]
    if not later:
        return None
    best = min(
        later, key=lambda other: (-(other.months or 0), -other.people, other.key)
    )
    values = {"figure": best.told}
    return Finding("later-report-less-favourable", values, (best.evidence,))


def _same_outcome(
    figure: RecordedFigure, therapy: str, records: Records
) -> Iterator[RecordedFigure]:
    """Yield every study's figures of an outcome, at any time."""
    wide = broadest(therapy)
    for scope, band in records.questions(wide, figure.endpoint):
        if scope == figure.result.scope:
            yield from records.figures(wide, figure.endpoint, scope, band)


def _follows(other: RecordedFigure, figure: RecordedFigure, records: Records) -> bool:
    """Tell whether a figure is a later report on some of the same people."""
    whole = other.number is not None and other.number.denominator == "treated"
    return (
        other.study.id in records.overlaps.get(figure.study.id, set())
        and other.reported
        and whole
        and other.people >= FEW
        and (other.study.citation.year or 0) > (figure.study.citation.year or 0)
        and (other.months or 0) >= (figure.months or 0)
    )


def _is_worse(other: RecordedFigure, figure: RecordedFigure) -> bool:
    """Tell whether one figure is worse for the person than another."""
    good = topic().endpoints[figure.endpoint].good
    if good is None or other.rate is None or figure.rate is None:
        return False
    return other.rate < figure.rate if good else other.rate > figure.rate


def _no_control(figure: RecordedFigure, therapy: str) -> Finding | None:
    """Say so where everybody in the study got the treatment."""
    if has_control_arm(figure.study, therapy):
        return None
    if figure.endpoint == "treatment-related-mortality":
        return None  # nobody dies of a treatment that was not given
    return Finding("no-control-group", {"study": figure.study.id}, (figure.evidence,))


def _second_hand(figure: RecordedFigure) -> Finding | None:
    """Say so where the figure was not seen in the study itself."""
    if (figure.result.reading or figure.study.reading) != "secondary":
        return None
    return Finding("second-hand", {"study": figure.study.id}, (figure.evidence,))
