"""Claims of percentages: find the figure, and say how it stands against the studies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lupus_evidence.audit.claimed_rates import (
    Said,
    at_time,
    is_asked,
    matching,
    prints,
    said_of,
)
from lupus_evidence.audit.findings_on_figures import figure_findings
from lupus_evidence.audit.findings_on_standing import (
    asked_of,
    by_the_curve,
    elsewhere,
    missing,
    other_diseases,
    pooled_side,
    position,
    quoted,
    reports,
    shown,
    told_of,
)
from lupus_evidence.audit.standing import Standing, same_question, standing_of
from lupus_evidence.audit.trials import randomised_finding
from lupus_evidence.audit.verdicts import Finding, Sentence, Verdict, VerdictWord, worst
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.vocabulary import broadest, family_of, topic

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded_figures import ArticleContext, RecordedFigure
    from lupus_evidence.records.claims import ClaimedRate, RateClaim

#: A study that reports this many times more or less contradicts a claim.
CONTRADICTING_FACTOR = 2.0

_SIDES: dict[int, VerdictWord] = {1: "overstated", -1: "understated"}


def rate_verdict(claim: RateClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on a claim of one or more rates.

    Parameters
    ----------
    claim : RateClaim
        The claim.
    context : ArticleContext
        The article and the records.
    """
    if claim.who in ("other-disease", "several-diseases"):
        return _not_of_lupus(claim, context)
    parts = [_part(item, claim, context) for item in claim.figures]
    findings: list[Finding] = []
    for part in parts:
        for finding in part.findings:
            if all(not finding.says_as(other) for other in findings):
                findings.append(finding)
    findings += _about_the_treatment(claim, context)
    word = worst([part.word for part in parts])
    if word == "supported" and any(item.weight == "context" for item in findings):
        word = "supported, context missing"
    sentences = tuple(item for part in parts for item in part.sentences)
    rests_on = tuple(key for part in parts for key in part.rests_on)
    return Verdict(word, sentences, tuple(findings), rests_on)


def _about_the_treatment(claim: RateClaim, context: ArticleContext) -> list[Finding]:
    """Return what randomised trials say, for claims of benefit."""
    families = {
        family_of(item.endpoint)
        for item in claim.figures
        if topic().endpoints[item.endpoint].good
    }
    if families.isdisjoint(("remission", "response")):
        return []
    if context.tells("randomised-trial"):
        return []
    found = randomised_finding(context.records, claim.therapy)
    return [found] if found is not None else []


def _not_of_lupus(claim: RateClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on a claim about people with other diseases too."""
    mixed = [
        figure
        for claimed in claim.figures
        if (said := said_of(claimed)) is not None
        for figure in standing_of(claimed, said, claim, context.records).figures
        if figure.reason is Reason.OTHER_DISEASES and prints(figure, said)
    ]
    if mixed:
        found = tuple(other_diseases(item) for item in mixed)
        keys = tuple(item.key for item in mixed)
        return Verdict("supported, context missing", _told_of(mixed[0]), found, keys)
    code = "other-people-asked"
    return Verdict("not checkable", (Sentence(code),), (Finding(code),))


def _part(claimed: ClaimedRate, claim: RateClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on one rate."""
    if claimed.counts == "events":
        code = "events-not-people"
        return Verdict("not checkable", (Sentence(code),), (Finding(code),))
    said = said_of(claimed)
    if said is None:
        return _count_verdict(claimed, claim, context)
    standing = standing_of(claimed, said, claim, context.records)
    if claim.cites in context.records.files:
        return _cited_verdict(claim, standing, context)
    found = _uncited_verdict(claim, standing, context)
    found = _with_curve(found, standing)
    if claim.cites is None:
        return found
    unknown = Finding("cited-study-unknown", {"study": claim.cites})
    return replace(found, findings=(unknown, *found.findings))


def _with_curve(found: Verdict, standing: Standing) -> Verdict:
    """Return a verdict with what all studies together say of survival, which leads."""
    finding = by_the_curve(standing)
    if finding is None:
        return found
    return replace(
        found,
        sentences=(Sentence(finding.code, finding.values), *found.sentences),
        findings=(finding, *found.findings),
    )


def _uncited_verdict(
    claim: RateClaim, standing: Standing, context: ArticleContext
) -> Verdict:
    """Return the verdict on a rate that names no study."""
    claimed, said = standing.claimed, standing.said
    asked = [
        item
        for item in standing.figures
        if item.reported
        and is_asked(item, claim)
        and (standing.curve is None or at_time(item, claimed.months))
    ]
    others = elsewhere(standing, claim)
    spoken_of = standing.every_report or standing.curve is not None
    if standing.says_little_harm and spoken_of:
        return _little_harm_verdict(claim, standing, others)
    matches = [] if claim.review else matching(asked, claimed, said)
    beyond = standing.said.kind == "range" and standing.side != 0
    if matches and (said.middle < 1.0 or matches[0].sizeable) and not beyond:
        return _found_verdict(matches[0], claim, standing, context)
    if standing.span is None or (standing.of_an_organ and standing.side):
        return _no_report_verdict(claim, standing, others, context)
    if standing.holds_for_all:
        return _holds_verdict(standing)
    word: VerdictWord = _SIDES.get(standing.rosier, "within the studies")
    findings = (
        *([] if claim.review else [missing(standing, claim)]),
        *others,
        *position(standing, None),
        *quoted(claim, claimed),
    )
    return Verdict(word, reports(standing), findings)


def _holds_verdict(standing: Standing) -> Verdict:
    """Return the verdict on a bound that every study bears out, or all together."""
    together = standing.holds_for_interval
    values = {"cited": False, "together": together}
    holds = Finding("bound-holds", values, shown(standing))
    return Verdict("supported", reports(standing), (holds,))


def _found_verdict(
    best: RecordedFigure,
    claim: RateClaim,
    standing: Standing,
    context: ArticleContext,
) -> Verdict:
    """Return the verdict on a rate that a study reports."""
    findings = (
        *figure_findings(best, standing.claimed, claim, context),
        *position(standing, best),
        *quoted(claim, standing.claimed),
    )
    return Verdict("supported", _told_of(best), findings, (best.key,))


def _little_harm_verdict(
    claim: RateClaim, standing: Standing, others: list[Finding]
) -> Verdict:
    """Return the verdict on a rate that says that a harm came to nobody, or to few.

    Every study is asked, and the studies pooled: one without an event says nothing
    about the others. How many died is judged by the curve, but for "nobody".
    """
    whole = standing.together
    more = standing.more_harm
    above = whole is not None and whole.allowed[0] > standing.said.high
    sentence = reports(standing)
    values = {"article": standing.said, "figures": told_of(more)}
    evidence = tuple(item.evidence for item in more)
    found = [Finding("more-harm-reported", values, evidence)] if more else []
    decides = standing.curve is None or standing.said.nobody
    if (more and decides) or above:
        findings = (
            *found,
            *others,
            *pooled_side(standing),
            *quoted(claim, standing.claimed),
        )
        word: VerdictWord = "overstated"
        if standing.said.nobody and more:
            word = "contradicted"
        return Verdict(word, sentence, findings)
    if standing.holds_for_all:
        return _holds_verdict(standing)
    if standing.rosier:
        findings = (*others, *position(standing, None))
        return Verdict(_SIDES[standing.rosier], sentence, findings)
    if standing.curve is not None:
        findings = (*found, *others, *position(standing, None))
        return Verdict("within the studies", sentence, findings)
    low, high = standing.span or (0.0, 1.0)
    unseen = {"low": low, "high": high}
    finding = Finding("within-the-studies", unseen, shown(standing))
    findings = (finding, *_harm_with_other_diseases(standing), *others)
    return Verdict("within the studies", sentence, findings)


def _harm_with_other_diseases(standing: Standing) -> list[Finding]:
    """Name the studies of people with other diseases too that saw the harm."""
    seen = [
        item
        for item in standing.figures
        if item.reason is Reason.OTHER_DISEASES and item.rate
    ]
    if not seen:
        return []
    evidence = tuple(item.evidence for item in seen)
    return [Finding("harm-with-other-diseases", {"figures": told_of(seen)}, evidence)]


def _cited_verdict(
    claim: RateClaim, standing: Standing, context: ArticleContext
) -> Verdict:
    """Return the verdict on a rate that is said to be a study's own."""
    claimed, said = standing.claimed, standing.said
    own = _of_cited_study(claimed, claim, context)
    counted_otherwise = claimed.model_copy(update={"events": None})
    matches = matching(own, claimed, said) or matching(own, counted_otherwise, said)
    if matches and not matches[0].result.condition_specific:
        mixed = other_diseases(matches[0])
        findings = (mixed, *position(standing, None))
        told = Sentence("other-disease", mixed.values)
        return Verdict("not found", (told,), findings)
    if matches:
        return _found_verdict(matches[0], claim, standing, context)
    now = [
        item
        for item in own
        if item.rate is not None and item.reported and at_time(item, claimed.months)
    ]
    if standing.holds_for(now):
        evidence = tuple(item.evidence for item in now)
        holds = Finding("bound-holds", {"cited": True}, evidence)
        return Verdict("supported", _told_of(now[0]), (holds,), (now[0].key,))
    if now:
        return _otherwise(now[0], standing)
    if part := _as_part(standing, claim, context):
        return _found_verdict(part, claim, standing, context)
    values = {"study": claim.cites, **asked_of(standing)}
    silent = Finding("not-in-cited-study", values)
    findings = (silent, *position(standing, None), *quoted(claim, claimed))
    return Verdict("not found", (Sentence(silent.code, values),), findings)


def _as_part(
    standing: Standing, claim: RateClaim, context: ArticleContext
) -> RecordedFigure | None:
    """Return the cited study's figure of a part, where the article speaks of the whole.

    Who writes "in remission" where the study counts complete remission has the figure
    from there, and calls it by a wider name.
    """
    for part in topic().endpoints[standing.claimed.endpoint].parts:
        claimed = standing.claimed.model_copy(update={"endpoint": part})
        own = _of_cited_study(claimed, claim, context)
        if found := matching(own, claimed, standing.said):
            return found[0]
    return None


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
            item.result.scope != topic().whole,
            0.0 if aim is None else abs((item.months or 0.0) - aim),
        )
    )
    return found


def _otherwise(figure: RecordedFigure, standing: Standing) -> Verdict:
    """Return the verdict where the cited study reports another rate."""
    rate, said = figure.rate or 0.0, standing.said.middle
    finding = Finding(
        "study-says-otherwise",
        {"article": standing.said, "figure": figure.told},
        (figure.evidence,),
    )
    good = topic().endpoints[standing.claimed.endpoint].good is not False
    word: VerdictWord = "overstated" if (said > rate) == good else "understated"
    if not rate / CONTRADICTING_FACTOR < said < rate * CONTRADICTING_FACTOR:
        word = "contradicted"
    findings = (finding, *position(standing, None))
    return Verdict(word, _told_of(figure), findings, (figure.key,))


def _count_verdict(
    claimed: ClaimedRate, claim: RateClaim, context: ArticleContext
) -> Verdict:
    """Return the verdict on a number of people out of it is not said how many."""
    own = _of_cited_study(claimed, claim, context)
    same = [item for item in own if item.events == claimed.events]
    values = {"events": claimed.events or 0}
    silent = Finding("no-denominator", values)
    if same:
        standing = standing_of(claimed, _ANY, claim, context.records)
        found = _found_verdict(same[0], claim, standing, context)
        return replace(found, findings=(*found.findings, silent))
    counted = [item for item in own if item.events is not None]
    if counted:
        otherwise = Finding(
            "study-says-otherwise",
            {"figure": counted[0].told, **values},
            (counted[0].evidence,),
        )
        return Verdict("contradicted", _told_of(counted[0]), (otherwise,))
    standing = standing_of(claimed, _ANY, claim, context.records)
    told = Sentence(silent.code, values)
    sentences = reports(standing) if standing.reports else (told,)
    return Verdict("not checkable", sentences, (silent,))


#: A count alone says nothing of a rate.
_ANY = Said("bound", 0.0, 1.0)


def _no_report_verdict(
    claim: RateClaim,
    standing: Standing,
    others: list[Finding],
    context: ArticleContext,
) -> Verdict:
    """Return the verdict where no study reports the outcome itself.

    A part of it is at least known to be no more than the whole: it can show that a
    claim is too low, never that it is too high.
    """
    claimed, said = standing.claimed, standing.said
    parts = [
        figure
        for part in topic().endpoints[claimed.endpoint].parts
        for figure in standing_of(
            claimed.model_copy(update={"endpoint": part}), said, claim, context.records
        ).every_report
    ]
    nothing = (Sentence("not-counted", asked_of(standing)),)
    findings = [missing(standing, claim), *others, *quoted(claim, claimed)]
    if not parts:
        return Verdict("not found", nothing, tuple(findings))
    finding = Finding(
        "part-of-the-total",
        {"figures": told_of(parts)},
        tuple(item.evidence for item in parts),
    )
    below = all(_least(item) > said.high for item in parts)
    word: VerdictWord = "understated" if below else "not found"
    return Verdict(word, nothing, (finding, *findings))


def _least(figure: RecordedFigure) -> float:
    """Return the lower end of a figure's interval, or its rate."""
    return figure.interval[0] if figure.interval else figure.rate or 0.0


def _told_of(figure: RecordedFigure) -> tuple[Sentence]:
    """Return the one sentence about a figure that was found."""
    return (Sentence("found", {"figure": figure.told}),)
