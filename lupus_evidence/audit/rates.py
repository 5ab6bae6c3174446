"""Claims of percentages: find the figure, or say how it stands against the studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.compared import Comparison, compared
from lupus_evidence.audit.figures import (
    AMONG_ORDER,
    RecordedFigure,
    given,
    kin_of,
    widest,
)
from lupus_evidence.audit.found import found_findings
from lupus_evidence.audit.sentences import duration, outcome_verb, told, told_with_study
from lupus_evidence.audit.trials import randomised_finding
from lupus_evidence.audit.verdicts import Finding, Verdict
from lupus_evidence.audit.vocabulary import worst
from lupus_evidence.reported import agrees
from lupus_evidence.vocabulary import THERAPIES, band_of, family_of

if TYPE_CHECKING:
    from lupus_evidence.audit.evidence_set import ArticleContext
    from lupus_evidence.audit.verdicts import Words
    from lupus_evidence.audit.vocabulary import VerdictWord
    from lupus_evidence.claims import ClaimedRate, RateClaim

#: "over 90 %" is taken to mean a figure from 90 up to this many points above it,
#: "under 10 %" one down to this many below: the next round number.
BOUND_REACH = 10.0
#: "about half" is taken to mean within this many points.
ABOUT_REACH = 2.5


def rate_verdict(claim: RateClaim, context: ArticleContext) -> Verdict:
    """Return the verdict on a claim of one or more percentages.

    Parameters
    ----------
    claim : RateClaim
        The claim.
    context : ArticleContext
        The article and the records.
    """
    parts = [_figure_verdict(item, claim, context) for item in claim.figures]
    findings = _merged(parts)
    findings += _about_the_treatment(claim, context)
    word = worst([part.word for part in parts])
    if word == "supported" and any(item.weight == "context" for item in findings):
        word = "supported, context missing"
    sentence = tuple(piece for part in parts for piece in (*part.sentence, " "))[:-1]
    rests_on = tuple(key for part in parts for key in part.rests_on)
    return Verdict(word, sentence, tuple(findings), rests_on)


def _merged(parts: list[Verdict]) -> list[Finding]:
    """Return the findings of all parts, a repeated sentence once."""
    kept: dict[tuple[str, Words], Finding] = {}
    for finding in (finding for part in parts for finding in part.findings):
        kept.setdefault((finding.code, finding.words), finding)
    return list(kept.values())


def _about_the_treatment(claim: RateClaim, context: ArticleContext) -> list[Finding]:
    """Return what randomised trials say, for claims of benefit."""
    families = tuple(dict.fromkeys(family_of(item.endpoint) for item in claim.figures))
    wanted = tuple(name for name in families if name in ("remission", "response"))
    if not wanted or context.tells("randomised-trial"):
        return []
    finding = randomised_finding(
        context.evidence, claim.therapy, ("remission", "response")
    )
    return [finding] if finding is not None else []


def accepts(claimed: ClaimedRate, rate: float) -> bool:
    """Tell whether a recorded rate is the percentage that an article gives.

    Parameters
    ----------
    claimed : ClaimedRate
        The article's percentage, with its word in front.
    rate : float
        Proportion in 0-1.
    """
    percent, said = rate * 100, claimed.percent.value
    if agrees(claimed.percent, percent):
        return True
    if claimed.bound == "over":
        return said < percent < said + BOUND_REACH
    if claimed.bound == "under":
        return said - BOUND_REACH < percent < said
    return claimed.bound == "about" and abs(percent - said) <= ABOUT_REACH


def _matches(
    claimed: ClaimedRate, claim: RateClaim, context: ArticleContext
) -> list[RecordedFigure]:
    """Return every recorded figure that the article's percentage may be."""
    kin = kin_of(claimed.endpoint)
    band = band_of(claimed.months)
    found = [
        figure
        for figure in context.evidence.figures
        if figure.result.endpoint in kin
        and given(figure, claim.therapy)
        and _prints(figure, claimed)
        and (
            figure.study.id == claim.cites
            or claimed.months is None
            or (figure.months is not None and band_of(figure.months) == band)
        )
        and (
            figure.study.id == claim.cites
            or claimed.events is None
            or figure.found.events in (None, claimed.events)
        )
    ]
    cited = [figure for figure in found if figure.study.id == claim.cites]
    return cited or found


def _prints(figure: RecordedFigure, claimed: ClaimedRate) -> bool:
    """Tell whether a figure, counted or as printed, is the article's percentage."""
    printed = figure.result.percent
    rates = [figure.rate, None if printed is None else printed.value / 100]
    return any(rate is not None and accepts(claimed, rate) for rate in rates)


def _best(matches: list[RecordedFigure], claimed: ClaimedRate) -> RecordedFigure | None:
    """Return the match that most likely is the article's source."""
    kin = kin_of(claimed.endpoint)
    specific = [figure for figure in matches if figure.result.lupus_specific]
    if not specific:
        return None
    return min(
        specific,
        key=lambda figure: (
            kin.index(figure.result.endpoint),
            claimed.months is not None and figure.months != claimed.months,
            claimed.people is not None and figure.result.n != claimed.people,
            claimed.events is not None and figure.found.events != claimed.events,
            figure.result.subgroup is not None,
            figure.result.scope != "lupus",
            AMONG_ORDER.index(figure.result.among),
            -(figure.result.n or 0),
            figure.key,
        ),
    )


def _figure_verdict(
    claimed: ClaimedRate, claim: RateClaim, context: ArticleContext
) -> Verdict:
    """Return the verdict on one percentage."""
    matches = _matches(claimed, claim, context)
    comparison = compared(claimed, claim, context.evidence)
    best = _best(matches, claimed)
    said = _cited_figure(claimed, claim, context)
    if best is not None and said is not None and best.study.id != claim.cites:
        best = None
    if best is not None:
        findings = found_findings(best, claimed, claim, context)
        findings += comparison.findings(best)
        word: VerdictWord = "supported"
        if claim.cites is None and comparison.pooled_side:
            word = "overstated" if comparison.pooled_side > 0 else "understated"
        return Verdict(word, _told_of(best), tuple(findings), (best.key,))
    mixed = [_mixed(figure) for figure in matches if not figure.result.lupus_specific]
    if said is not None:
        return _contradicted_by(said, claimed, comparison, mixed)
    return _against_the_studies(claimed, claim, comparison, mixed)


def _told_of(figure: RecordedFigure) -> Words:
    """Return the one sentence about a figure that was found."""
    treated = figure.treated
    words: Words = told_with_study(figure)
    if treated is not None and figure.result.n not in (None, treated):
        return (*words, f"; {treated} had been treated.")
    return (*words, ".")


def _mixed(figure: RecordedFigure) -> Finding:
    """Say that a figure with this percentage is mostly about other diseases."""
    population = figure.study.population
    lupus, enrolled = population.lupus, population.enrolled
    share = f": {lupus} of {enrolled} people had lupus" if lupus and enrolled else ""
    return Finding(
        "other-disease",
        (f"{figure.study.id} has this figure, but for several diseases{share}.",),
        (figure.evidence,),
    )


def _cited_figure(
    claimed: ClaimedRate, claim: RateClaim, context: ArticleContext
) -> RecordedFigure | None:
    """Return what the cited study reports instead, at about the claim's time."""
    if claim.cites is None:
        return None
    same = [
        figure
        for figure in context.evidence.of_study(claim.cites)
        if figure.result.endpoint in kin_of(claimed.endpoint)
        and given(figure, claim.therapy)
        and figure.result.lupus_specific
        and figure.rate is not None
        and (
            claimed.months is None or band_of(figure.months) == band_of(claimed.months)
        )
    ]
    return min(
        same,
        key=lambda figure: (
            kin_of(claimed.endpoint).index(figure.result.endpoint),
            figure.result.subgroup is not None,
            AMONG_ORDER.index(figure.result.among),
            figure.key,
        ),
        default=None,
    )


def _contradicted_by(
    figure: RecordedFigure,
    claimed: ClaimedRate,
    comparison: Comparison,
    mixed: list[Finding],
) -> Verdict:
    """Return the verdict where the cited study reports another percentage."""
    rate = figure.rate or 0.0
    said = claimed.percent.value / 100
    finding = Finding(
        "study-says-otherwise",
        (
            f"The article says {claimed.percent} %. {figure.study.id} reports: ",
            *told(figure),
            ".",
        ),
        (figure.evidence,),
    )
    word: VerdictWord = "overstated" if said > rate else "understated"
    if not rate / 2 < said < rate * 2:
        word = "contradicted"
    findings = (finding, *mixed, *comparison.findings())
    return Verdict(word, _told_of(figure), findings, (figure.key,))


def _against_the_studies(
    claimed: ClaimedRate, claim: RateClaim, comparison: Comparison, mixed: list[Finding]
) -> Verdict:
    """Return the verdict where no study reports the percentage."""
    label = THERAPIES[widest(claim.therapy)].label
    at = "" if claimed.months is None else f" at about {duration(claimed.months)}"
    what = f"No study of {label} here reports that {claimed.percent} % "
    missing = Finding(
        "figure-not-found",
        (f"{what}{outcome_verb(claimed.endpoint)}{at}.",),
    )
    findings = (missing, *mixed, *comparison.findings())
    return Verdict(comparison.word, comparison.sentence, findings)
