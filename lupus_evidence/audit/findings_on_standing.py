"""What a reader needs to know of how a rate stands against all studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.links import links_of
from lupus_evidence.audit.sentences import duration, joined, named, told_with_study
from lupus_evidence.audit.standing import is_asked, matching
from lupus_evidence.audit.verdicts import Counted, Finding
from lupus_evidence.evidence.rules import Reason
from lupus_evidence.text import plural
from lupus_evidence.values import People, Rate, Share
from lupus_evidence.vocabulary import ENDPOINTS, THERAPIES, broadest

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded import RecordedFigure
    from lupus_evidence.audit.standing import Standing
    from lupus_evidence.audit.verdicts import Evidence, Words
    from lupus_evidence.claims import ClaimedRate, RateClaim, Source
    from lupus_evidence.compare.cells import Cell

#: The highest of fewer studies is no top of a range, and "every study" says little of
#: fewer studies with fewer people in all.
STUDIES_IN_A_RANGE = 3
PEOPLE_IN_A_RANGE = 50


def outcome_of(standing: Standing) -> str:
    """Return what the people did who had the outcome."""
    return ENDPOINTS[standing.claimed.endpoint].verb


def at_time_said(claimed: ClaimedRate) -> str:
    """Return the claim's time in words; empty where it gives none."""
    if claimed.months is None:
        return ""
    front = {
        "at": "at about",
        "within": "within",
        "up-to": "up to",
        "at-least": "at least",
    }
    return f" {front[claimed.time]} {duration(claimed.months)}"


def missing(standing: Standing, claim: RateClaim) -> Finding:
    """Say that no study reports the rate."""
    label = THERAPIES[broadest(claim.therapy)].label
    what = f"No study of {label} here reports that {standing.said.text} "
    text = f"{what}{outcome_of(standing)}{at_time_said(standing.claimed)}."
    return Finding("figure-not-found", (text,))


def reports(standing: Standing) -> Words:
    """Return what the studies report, in one sentence."""
    count = plural(len(standing.reports), "study", "studies")
    rows: list[Words] = [(f"{f.study.id}: ", f.counted) for f in standing.reports]
    verb = ENDPOINTS[standing.endpoint].verb
    return (
        f"How many {verb}{at_time_said(standing.claimed)}, in {count}: ",
        *joined(rows),
        ".",
    )


def shown(standing: Standing) -> tuple[Evidence, ...]:
    """Return the studies' figures as evidence."""
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
    if not standing.reports:
        return []
    if known is None:
        return [_among(standing), *pooled_side(standing)]
    found = pooled_side(standing)
    if len(standing.reports) >= STUDIES_IN_A_RANGE and standing.flattering(known):
        others = [item for item in standing.reports if item.study.id != known.study.id]
        rows = joined([told_with_study(figure) for figure in others])
        words = "This is the flattering end of the range. The others: "
        found.insert(
            0,
            Finding(
                "flattering-end-of-the-range", (words, *rows, "."), shown(standing)
            ),
        )
    return found


def pooled_side(standing: Standing) -> list[Finding]:
    """Say so where the rate lies outside the interval of the studies pooled."""
    pooled = standing.pooled
    side = 0 if pooled is None or pooled.ci is None else standing.said.side(*pooled.ci)
    if pooled is None or not side:
        return []
    way = "above" if side > 0 else "below"
    text = f"{standing.said.text} lies {way} the studies taken together: "
    words = (text, *_pooled_words(pooled), ".")
    return [Finding("outside-the-pooled-interval", words, shown(standing))]


def _among(standing: Standing) -> Finding:
    """Say where a rate that no study reports lies."""
    said = standing.said.text
    names = ""
    if standing.endpoint != standing.claimed.endpoint:
        names = f" (counted as: {ENDPOINTS[standing.endpoint].label})"
    if standing.side == 0:
        low, high = standing.span or (0.0, 1.0)
        within: Words = (
            f"No study reports {said}, but the studies here allow anything from ",
            Share(low),
            " to ",
            Share(high),
            f"{names}.",
        )
        return Finding("within-the-studies", within, shown(standing))
    way = "above" if standing.side > 0 else "below"
    studies = len(standing.reports)
    many = studies >= STUDIES_IN_A_RANGE or standing.people >= PEOPLE_IN_A_RANGE
    what = "every study" if many else plural(studies, "small study", "small studies")
    code = f"{way}-every-study" if many else f"{way}-few-people"
    text = f"{said} is {way} {what} here{names}"
    if standing.beyond_chance:
        text += ", and further off than chance explains"
    return Finding(code, (f"{text}.",), shown(standing))


def _pooled_words(cell: Cell) -> Words:
    """Return a pooled figure with its studies, for a sentence."""
    low, high = cell.ci or (0.0, 1.0)
    studies = [item.study for item in cell.selection.included]
    people = plural(cell.selection.people, "person", "people")
    counted = Counted(People(None, None), Rate(cell.estimate, low, high))
    return (counted, f" of {people} in {len(studies)} studies ({named(studies)})")


def quoted(claim: RateClaim, claimed: ClaimedRate) -> list[Finding]:
    """Say that the percentage is the flattering end of a range that reviews quote."""
    return [
        Finding(
            "flattering-end-of-the-range",
            (
                (
                    f"{claimed.percent} % is the {end} of a quoted range, "
                    f"{source.low} to {source.high} % ({source.label})."
                ),
            ),
            links=links_of(source),
        )
        for source in claim.quoted
        if (end := _end_of(source, claimed)) is not None
    ]


def _end_of(source: Source, claimed: ClaimedRate) -> str | None:
    """Return which end of a quoted range flatters and is the claim's, if it is."""
    good = ENDPOINTS[claimed.endpoint].good is not False
    end = source.high if good else source.low
    said = claimed.percent
    if end is None or said is None or end.value != said.value:
        return None
    return "top" if good else "bottom"


def elsewhere(standing: Standing, claim: RateClaim) -> list[Finding]:
    """Name figures with this rate that are not of the people asked about."""
    found = []
    others = [
        item
        for item in standing.figures
        if not item.reported or not is_asked(item, claim)
    ]
    for figure in matching(others, standing.claimed, standing.said):
        if figure.reason is Reason.NOT_LUPUS:
            found.append(other_diseases(figure))
        elif figure.reason in (None, Reason.SUBGROUP, Reason.FEW, Reason.OVERLAP):
            about = figure.result.subgroup or plural(figure.people, "person", "people")
            if figure.study.population.children:
                about = plural(figure.people, "child", "children")
            text = f"{figure.study.id} has this figure, but only for {about}."
            found.append(Finding("other-group", (text,), (figure.evidence,)))
    return found


def other_diseases(figure: RecordedFigure) -> Finding:
    """Say that a figure with this percentage is mostly about other diseases."""
    population = figure.study.population
    lupus, enrolled = population.lupus, population.enrolled
    share = f": {lupus} of {enrolled} people had lupus" if lupus and enrolled else ""
    return Finding(
        "other-disease",
        (f"{figure.study.id} has this figure, but for several diseases{share}.",),
        (figure.evidence,),
    )
