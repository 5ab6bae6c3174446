"""What a reader needs to know about a figure that a study really reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.harms import harm_left_out
from lupus_evidence.audit.recorded import FEW, band_of_figure
from lupus_evidence.audit.said import said_of
from lupus_evidence.audit.sentences import duration, told, told_with_study, when
from lupus_evidence.audit.trials import has_control_arm
from lupus_evidence.audit.verdicts import Counted, Finding
from lupus_evidence.evidence.rules import Reason
from lupus_evidence.reported import agrees
from lupus_evidence.text import plural
from lupus_evidence.values import People, Rate
from lupus_evidence.vocabulary import (
    DENOMINATORS,
    ENDPOINTS,
    TIME_BASES,
    band_of,
    broadest,
    family_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.audit.recorded import ArticleContext, RecordedFigure, Records
    from lupus_evidence.audit.verdicts import Words
    from lupus_evidence.claims import Bound, ClaimedRate, RateClaim
    from lupus_evidence.reported import Reported

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
    place = f" ({figure.result.where})" if figure.result.where else ""
    name = figure.study.id
    text = f"The figure is real: it stands in {name}{place}."
    if figure.derived:
        text = f"The figure is real: it follows from what stands in {name}{place}."
    return Finding("figure-found", (text,), (figure.evidence,))


def _other_outcome(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the study counts an outcome of another name, or one organ's."""
    row = ENDPOINTS[figure.endpoint]
    if figure.endpoint != claimed.endpoint:
        text = f"What {figure.study.id} counts is another outcome: {row.label}."
        return Finding("other-outcome", (text,), (figure.evidence,))
    scope = figure.result.scope
    judged = row.family in ("remission", "response")
    if judged and scope != "lupus" and claimed.scope is None:
        text = f"It was judged on the {scope} alone, not on lupus as a whole."
        return Finding("other-outcome", (text,), (figure.evidence,))
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
    way = "up" if said.value > printed.value else "down"
    text = f"The study prints {printed} %; the article rounds {way} to {said} %."
    return Finding("rounding", (text,), (figure.evidence,))


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
    words = said.text if said.text.startswith('"') else f'"{said.text}"'
    start = f"The article says {words}; the study reports "
    return Finding("bound-word", (start, figure.counted, "."), (figure.evidence,))


def _agrees(figure: RecordedFigure, printed: Reported) -> bool:
    """Tell whether a figure rounds to a printed one."""
    return agrees(printed, (figure.rate or 0) * 100)


def _probability(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the article counts people and the study has an estimate."""
    estimate = figure.events is None and figure.rate is not None
    if not estimate or claimed.events is None or not claimed.people:
        return None
    text = (
        f"The article counts {claimed.events} of {claimed.people} people. The study "
        "gives a probability, which also allows for people not followed that long."
    )
    return Finding("probability-as-count", (text,), (figure.evidence,))


def _time(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where article and study give different times, or the article none."""
    seen = when(figure.time).strip(" ,")
    if claimed.months is None:
        if not ENDPOINTS[figure.endpoint].clock or figure.time is None:
            return None
        text = f"The article does not say when. The figure was seen {seen}."
        return Finding("time-not-said", (text,), (figure.evidence,))
    if figure.months == claimed.months:
        return None
    spoken = duration(claimed.months)
    if figure.months is None:
        text = f"The article speaks of {spoken}. The study does not say when."
    elif figure.time and TIME_BASES[figure.time.basis].certainty:
        text = f"The article speaks of {spoken}. The figure was seen {seen}."
    else:
        text = f"The article speaks of {spoken}. The study gives the figure {seen}."
    return Finding("other-time", (text,), (figure.evidence,))


def _people(
    figure: RecordedFigure, claimed: ClaimedRate, claim: RateClaim
) -> Finding | None:
    """Say so where the article gives another number of people than the study.

    A number that the article gives for the treated may be that of the figure, or of
    those who entered.
    """
    population = figure.study.population
    known = (figure.n, figure.treated, population.enrolled, population.lupus)
    treated = claim.people if claim.people in known else figure.treated
    rows = (
        ("The figure counts", claimed.people, figure.n, None),
        ("The study treated", claim.people, treated, claim.people_bound),
        ("The outcome was seen in", claimed.events, figure.events, None),
    )
    for what, said, true, bound in rows:
        if said is None or true is None or _is_about(true, said, bound):
            continue
        people = plural(int(true), "person", "people")
        word = f"{bound.replace('-', ' ')} " if bound else ""
        text = f"{what} {people}; the article says {word}{said:,}."
        return Finding("people-differ", (text,), (figure.evidence,))
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
    if n is None:
        return None
    if treated is not None and n < treated and (n < FEW or 2 * n < treated):
        words: Words = (f"Only {n} of the {treated} people treated are in this figure",)
        if events is not None:
            share = Counted(People(events, treated), Rate(events / treated))
            words = (*words, ": at least ", share, " of everybody treated")
        return Finding("melted-denominator", (*words, "."), (figure.evidence,))
    if n < FEW:
        count = f"Only {plural(n, 'person was', 'people were')} counted: "
        words = (
            count,
            figure.counted,
            ". Chance alone moves such a figure a long way.",
        )
        return Finding("few-people", words, (figure.evidence,))
    return None


def _kind_of_denominator(
    figure: RecordedFigure, claimed: ClaimedRate, therapy: str, records: Records
) -> Finding | None:
    """Say so where the figure is a share of others than the article says or implies."""
    among = figure.result.among
    if claimed.among == among or not DENOMINATORS[among].mark or among == "unstated":
        return None
    start = f"The figure is a share of {DENOMINATORS[among].words}"
    scope, band = figure.result.scope, band_of_figure(figure)
    for other in records.figures(broadest(therapy), figure.endpoint, scope, band):
        if (
            other.study.id == figure.study.id
            and other.result.among in ("treated", "enrolled")
            and other.time == figure.time
            and other.rate != figure.rate
        ):
            words: Words = (f"{start}. Of everybody {other.result.among}, ",)
            words = (*words, *told(other), ".")
            evidence = figure.evidence, other.evidence
            return Finding("wrong-kind-of-denominator", words, evidence)
    asked = claimed.among and DENOMINATORS[claimed.among].words
    if asked or among in ("survivors", "responders"):
        text = f"{start}, not of {asked or 'everybody treated'}."
        return Finding("wrong-kind-of-denominator", (text,), (figure.evidence,))
    return None


def _group(figure: RecordedFigure, claim: RateClaim) -> Finding | None:
    """Say so where the figure is about part of those treated, or fails a check."""
    population = figure.study.population
    if figure.result.subgroup is not None:
        text = f"The figure is only about {figure.result.subgroup}."
        return Finding("part-of-the-group", (text,), (figure.evidence,))
    if population.children and claim.who != "children":
        text = "The figure is about children."
        return Finding("part-of-the-group", (text,), (figure.evidence,))
    if figure.reason is Reason.FAILS_CHECK:
        text = f"The record of {figure.study.id} fails a check at this figure."
        return Finding("fails-check", (text,), (figure.evidence,))
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
    start = "A later report on some of the same people is less favourable. "
    words = (start, *told_with_study(best), ".")
    return Finding("later-report-less-favourable", words, (best.evidence,))


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
    good = ENDPOINTS[figure.endpoint].good
    if good is None or other.rate is None or figure.rate is None:
        return False
    return other.rate < figure.rate if good else other.rate > figure.rate


def _no_control(figure: RecordedFigure, therapy: str) -> Finding | None:
    """Say so where everybody in the study got the treatment."""
    if has_control_arm(figure.study, therapy):
        return None
    if figure.endpoint == "treatment-related-mortality":
        return None  # nobody dies of a treatment that was not given
    text = (
        f"In {figure.study.id} everybody got the treatment. Nobody knows how "
        "they would have done without it."
    )
    return Finding("no-control-group", (text,), (figure.evidence,))


def _second_hand(figure: RecordedFigure) -> Finding | None:
    """Say so where the figure was not seen in the study itself."""
    if (figure.result.reading or figure.study.reading) != "secondary":
        return None
    text = (
        f"This figure of {figure.study.id} was seen only in another source, such "
        "as a press release or a review."
    )
    return Finding("second-hand", (text,), (figure.evidence,))
