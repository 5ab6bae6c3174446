"""Claims of percentages: find the figure, and say how it stands against the studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.findings_on_figures import figure_findings
from lupus_evidence.audit.links import links_of
from lupus_evidence.audit.sentences import (
    duration,
    joined,
    named,
    told,
    told_with_study,
)
from lupus_evidence.audit.standing import at_time, matching, same_question, standing_of
from lupus_evidence.audit.trials import randomised_finding
from lupus_evidence.audit.verdicts import Counted, Finding, Verdict
from lupus_evidence.audit.vocabulary import worst
from lupus_evidence.evidence.rules import Reason
from lupus_evidence.results import People, Rate
from lupus_evidence.vocabulary import ENDPOINTS, THERAPIES, broadest, family_of
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded import ArticleContext, RecordedFigure
    from lupus_evidence.audit.standing import Standing
    from lupus_evidence.audit.verdicts import Evidence, Words
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import ClaimedRate, RateClaim, Source
    from lupus_evidence.compare.cells import Cell

#: The highest of fewer studies is no top of a range.
STUDIES_IN_A_RANGE = 3
#: A study that reports this many times more or less contradicts a claim.
CONTRADICTING_FACTOR = 2.0

_SIDES: dict[int, VerdictWord] = {1: "overstated", -1: "understated"}


def rate_verdict(claim: RateClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on a claim of one or more percentages.

    Parameters
    ----------
    claim : RateClaim
        The claim.
    context : ArticleContext
        The article and the records.
    """
    parts = [_percentage_verdict(item, claim, context) for item in claim.figures]
    known: dict[tuple[str, Words], Finding] = {}
    for finding in (finding for part in parts for finding in part.findings):
        known.setdefault((finding.code, finding.words), finding)
    findings = list(known.values())
    findings += _about_the_treatment(claim, context)
    word = worst([part.word for part in parts])
    if word == "supported" and any(item.weight == "context" for item in findings):
        word = "supported, context missing"
    sentence = tuple(piece for part in parts for piece in (*part.sentence, " "))[:-1]
    rests_on = tuple(key for part in parts for key in part.rests_on)
    return Verdict(word, sentence, tuple(findings), rests_on)


def _about_the_treatment(claim: RateClaim, context: ArticleContext) -> list[Finding]:
    """Return what randomised trials say, for claims of benefit."""
    families = {family_of(item.endpoint) for item in claim.figures}
    if families.isdisjoint(("remission", "response")):
        return []
    if context.tells("randomised-trial"):
        return []
    found = randomised_finding(context.records, claim.therapy)
    return [found] if found is not None else []


def _percentage_verdict(
    claimed: ClaimedRate, claim: RateClaim, context: ArticleContext
) -> Verdict:
    """Return the verdict on one percentage."""
    standing = standing_of(claimed, claim, context.records)
    if claim.cites in context.records.files:
        return _cited_verdict(claimed, claim, standing, context)
    found = _uncited_verdict(claimed, claim, standing, context)
    if claim.cites is None:
        return found
    text = f"There is no record of {claim.cites}, which the claim rests on."
    unknown = Finding("cited-study-unknown", (text,))
    findings = (unknown, *found.findings)
    return Verdict(found.word, found.sentence, findings, found.rests_on)


def _uncited_verdict(
    claimed: ClaimedRate,
    claim: RateClaim,
    standing: Standing,
    context: ArticleContext,
) -> Verdict:
    """Return the verdict on a percentage that names no study."""
    elsewhere = _elsewhere(standing)
    matches = matching([item for item in standing.figures if item.reported], claimed)
    if matches:
        best = matches[0]
        findings = [
            *figure_findings(best, claimed, claim, context),
            *_position(standing, best),
            *_quoted(claim, claimed),
        ]
        return Verdict("supported", _told_of(best), tuple(findings), (best.key,))
    if standing.holds_for_all:
        holds = Finding("bound-holds", _reports(standing), _shown(standing))
        return Verdict("supported", _reports(standing), (holds, *elsewhere))
    if standing.span is None:
        return _part_verdict(claimed, claim, standing, elsewhere, context)
    word: VerdictWord = _SIDES.get(standing.rosier, "within the studies")
    findings = [
        _missing(claimed, claim),
        *elsewhere,
        *_position(standing, None),
        *_quoted(claim, claimed),
    ]
    return Verdict(word, _reports(standing), tuple(findings))


def _cited_verdict(
    claimed: ClaimedRate,
    claim: RateClaim,
    standing: Standing,
    context: ArticleContext,
) -> Verdict:
    """Return the verdict on a percentage that is said to be a study's own."""
    own = _of_cited_study(claimed, claim, context)
    counted_otherwise = claimed.model_copy(update={"events": None})
    matches = matching(own, claimed) or matching(own, counted_otherwise)
    if matches:
        best = matches[0]
        if not best.result.lupus_specific:
            mixed = _other_diseases(best)
            position = _position(standing, None)
            return Verdict("not found", mixed.words, (mixed, *position))
        findings = [
            *figure_findings(best, claimed, claim, context),
            *_position(standing, best),
            *_quoted(claim, claimed),
        ]
        return Verdict("supported", _told_of(best), tuple(findings), (best.key,))
    now = [
        item
        for item in own
        if item.rate is not None and item.reported and at_time(item, claimed.months)
    ]
    if standing.holds_for(now):
        evidence = tuple(item.evidence for item in now)
        holds = Finding("bound-holds", _told_of(now[0]), evidence)
        return Verdict("supported", _told_of(now[0]), (holds,), (now[0].key,))
    if now:
        return _otherwise(now[0], claimed, standing)
    text = (
        f"{claim.cites} does not report how many {_verb(standing)}{_at(claimed)}, as "
        "far as its record goes."
    )
    silent = Finding("not-in-cited-study", (text,))
    findings = [silent, *_position(standing, None), *_quoted(claim, claimed)]
    return Verdict("not found", (text,), tuple(findings))


def _of_cited_study(
    claimed: ClaimedRate, claim: RateClaim, context: ArticleContext
) -> list[RecordedFigure]:
    """Return the cited study's figures of an outcome, whole ones, then nearest, first.

    At any time, since the study was named.
    """
    records, therapy = context.records, broadest(claim.therapy)
    found = []
    for endpoint in same_question(claimed.endpoint):
        found += [
            figure
            for scope, band in records.questions(therapy, endpoint)
            for figure in records.figures(therapy, endpoint, scope, band)
            if figure.study.id == claim.cites
            and claimed.scope in (None, figure.result.scope)
            and figure.reason not in (Reason.MIXED, Reason.DURATION)
        ]
    aim = claimed.months
    found.sort(
        key=lambda item: (
            not item.reported,
            item.result.scope != "lupus",
            0.0 if aim is None else abs((item.months or 0.0) - aim),
        )
    )
    return found


def _otherwise(
    figure: RecordedFigure, claimed: ClaimedRate, standing: Standing
) -> Verdict:
    """Return the verdict where the cited study reports another percentage."""
    rate, said = figure.rate or 0.0, standing.said
    finding = Finding(
        "study-says-otherwise",
        (
            f"The article says {claimed.percent} %. {figure.study.id} reports: ",
            *told(figure),
            ".",
        ),
        (figure.evidence,),
    )
    good = ENDPOINTS[claimed.endpoint].good is not False
    word: VerdictWord = "overstated" if (said > rate) == good else "understated"
    if not rate / CONTRADICTING_FACTOR < said < rate * CONTRADICTING_FACTOR:
        word = "contradicted"
    findings = (finding, *_position(standing, None))
    return Verdict(word, _told_of(figure), findings, (figure.key,))


def _part_verdict(
    claimed: ClaimedRate,
    claim: RateClaim,
    standing: Standing,
    elsewhere: list[Finding],
    context: ArticleContext,
) -> Verdict:
    """Return the verdict where no study reports the outcome itself.

    A part of it is at least known to be no more than the whole: it can show that a
    claim is too low, never that it is too high.
    """
    parts = [
        figure
        for part in ENDPOINTS[claimed.endpoint].parts
        for figure in standing_of(
            claimed.model_copy(update={"endpoint": part}), claim, context.records
        ).every_report
    ]
    text = f"No study here counts how many {_verb(standing)}{_at(claimed)}."
    nothing: Words = (text,)
    findings = [_missing(claimed, claim), *elsewhere, *_quoted(claim, claimed)]
    if not parts:
        return Verdict("not found", nothing, tuple(findings))
    rows = joined([told_with_study(item) for item in parts])
    finding = Finding(
        "part-of-the-total",
        ("Studies here count a part of them, so the whole is no less: ", *rows, "."),
        tuple(item.evidence for item in parts),
    )
    least = min(_least(item) for item in parts)
    below = claimed.bound != "over" and least > standing.said
    word: VerdictWord = "understated" if below else "not found"
    return Verdict(word, nothing, (finding, *findings))


def _least(figure: RecordedFigure) -> float:
    """Return the lower end of a figure's interval, or its rate."""
    return figure.interval[0] if figure.interval else figure.rate or 0.0


def _verb(standing: Standing) -> str:
    """Return what the people did who had the outcome."""
    return ENDPOINTS[standing.claimed.endpoint].verb


def _at(claimed: ClaimedRate) -> str:
    """Return the claim's time in words; empty where it gives none."""
    return "" if claimed.months is None else f" at about {duration(claimed.months)}"


def _told_of(figure: RecordedFigure) -> Words:
    """Return the one sentence about a figure that was found."""
    words: Words = told_with_study(figure)
    if figure.treated is not None and figure.n not in (None, figure.treated):
        return (*words, f"; {figure.treated} had been treated.")
    return (*words, ".")


def _missing(claimed: ClaimedRate, claim: RateClaim) -> Finding:
    """Say that no study reports the percentage."""
    label = THERAPIES[broadest(claim.therapy)].label
    verb = ENDPOINTS[claimed.endpoint].verb
    what = f"No study of {label} here reports that {claimed.percent} % {verb}"
    return Finding("figure-not-found", (f"{what}{_at(claimed)}.",))


def _reports(standing: Standing) -> Words:
    """Return what the studies report, in one sentence."""
    count = plural(len(standing.reports), "study", "studies")
    rows: list[Words] = [(f"{f.study.id}: ", f.counted) for f in standing.reports]
    verb = ENDPOINTS[standing.endpoint].verb
    return (f"How many {verb}{_at(standing.claimed)}, in {count}: ", *joined(rows), ".")


def _shown(standing: Standing) -> tuple[Evidence, ...]:
    """Return the studies' figures as evidence."""
    return tuple(figure.evidence for figure in standing.reports)


def _position(standing: Standing, known: RecordedFigure | None) -> list[Finding]:
    """Say whether the percentage is above, below or among the studies.

    Parameters
    ----------
    standing : Standing
        What the studies report.
    known : RecordedFigure or None
        The figure that the claim rests on, if it was found.
    """
    if not standing.reports:
        return []
    said = f"{standing.claimed.percent} %"
    found = []
    if known is None:
        found.append(_among(standing, said))
    elif len(standing.reports) >= STUDIES_IN_A_RANGE and standing.flattering(known):
        others = [item for item in standing.reports if item.study.id != known.study.id]
        rows = joined([told_with_study(figure) for figure in others])
        words = "This is the flattering end of the range. The others: "
        found.append(
            Finding(
                "flattering-end-of-the-range", (words, *rows, "."), _shown(standing)
            )
        )
    pooled = standing.pooled
    if pooled is not None and pooled.ci is not None:
        low, high = pooled.ci
        first, last = standing.meant
        if first > high or last < low:
            way = "above" if first > high else "below"
            text = f"{said} lies {way} the studies taken together: "
            found.append(
                Finding(
                    "outside-the-pooled-interval",
                    (text, *_pooled_words(pooled), "."),
                    _shown(standing),
                )
            )
    return found


def _among(standing: Standing, said: str) -> Finding:
    """Say where a percentage that no study reports lies."""
    names = ""
    if standing.endpoint != standing.claimed.endpoint:
        names = f" (counted as: {ENDPOINTS[standing.endpoint].label})"
    one = len(standing.reports) == 1
    if standing.side == 0:
        span = standing.span or (0.0, 1.0)
        within: Words = (
            f"No study reports {said}, but the studies here allow anything from ",
            100 * span[0],
            " to ",
            100 * span[1],
            f" %{names}.",
        )
        return Finding("within-the-studies", within, _shown(standing))
    way = "above" if standing.side > 0 else "below"
    what = "the one study" if one else "every study"
    code = f"{way}-every-study"
    text = f"{said} is {way} {what} here{names}"
    if standing.beyond_chance:
        text += ", and further off than chance explains"
    return Finding(code, (f"{text}.",), _shown(standing))


def _pooled_words(cell: Cell) -> Words:
    """Return a pooled figure with its studies, for a sentence."""
    low, high = cell.ci or (0.0, 1.0)
    studies = [item.study for item in cell.selection.included]
    people = plural(cell.selection.people, "person", "people")
    counted = Counted(People(None, None), Rate(cell.estimate, low, high))
    return (counted, f" of {people} in {len(studies)} studies ({named(studies)})")


def _quoted(claim: RateClaim, claimed: ClaimedRate) -> list[Finding]:
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
    if end is None or end.value != claimed.percent.value:
        return None
    return "top" if good else "bottom"


def _elsewhere(standing: Standing) -> list[Finding]:
    """Name figures with this percentage that are not of the people asked about."""
    found = []
    others = [item for item in standing.figures if not item.reported]
    for figure in matching(others, standing.claimed):
        if figure.reason is Reason.NOT_LUPUS:
            found.append(_other_diseases(figure))
        elif figure.reason in (Reason.SUBGROUP, Reason.FEW):
            about = figure.result.subgroup or plural(figure.people, "person", "people")
            text = f"{figure.study.id} has this figure, but only for {about}."
            found.append(Finding("other-group", (text,), (figure.evidence,)))
    return found


def _other_diseases(figure: RecordedFigure) -> Finding:
    """Say that a figure with this percentage is mostly about other diseases."""
    population = figure.study.population
    lupus, enrolled = population.lupus, population.enrolled
    share = f": {lupus} of {enrolled} people had lupus" if lupus and enrolled else ""
    return Finding(
        "other-disease",
        (f"{figure.study.id} has this figure, but for several diseases{share}.",),
        (figure.evidence,),
    )
