"""What a reader needs to know about a figure that a study really reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.figures import FEW, given, is_whole, kin_of
from lupus_evidence.audit.harms import harm_left_out
from lupus_evidence.audit.sentences import duration, told, told_with_study, when
from lupus_evidence.audit.trials import has_control_arm
from lupus_evidence.audit.verdicts import Finding
from lupus_evidence.reported import agrees
from lupus_evidence.vocabulary import ENDPOINTS, band_of, family_of
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from lupus_evidence.audit.evidence_set import ArticleContext, EvidenceSet
    from lupus_evidence.audit.figures import RecordedFigure
    from lupus_evidence.claims import ClaimedRate, RateClaim


def found_findings(
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
        _rounding(figure, claimed),
        _bound_word(figure, claimed),
        _time(figure, claimed),
        _other_study(figure, claim),
        _people(figure, claimed, claim),
        None if context.tells("denominator") else _denominator(figure),
        _kind_of_denominator(figure, context.evidence),
        _part(figure),
        later_report(figure, claimed.months, context.evidence),
        harm_left_out(figure, context),
        None if context.tells("no-control") else _no_control(figure, claim.therapy),
        _second_hand(figure),
    )
    return [finding for finding in checks if finding is not None]


def _found(figure: RecordedFigure) -> Finding:
    """Say where the figure stands and how many people it counts."""
    return Finding(
        "figure-found",
        (f"The figure is real: it stands in {figure.study.id}{_in_paper(figure)}.",),
        (figure.evidence,),
    )


def _in_paper(figure: RecordedFigure) -> str:
    """Return the place in the paper, in brackets."""
    return f" ({figure.result.where})" if figure.result.where else ""


def _rounding(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the study prints more decimals than the article."""
    printed = figure.result.percent
    if claimed.bound is not None:
        return None
    if printed is None or printed.decimals <= claimed.percent.decimals:
        return None
    if printed.value == claimed.percent.value:
        return None
    way = "up" if claimed.percent.value > printed.value else "down"
    text = (
        f"The study prints {printed} %; the article rounds {way} to "
        f"{claimed.percent} %."
    )
    return Finding(
        "rounding",
        (text,),
        (figure.evidence,),
    )


def _bound_word(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where the article puts a word in front of the figure."""
    if claimed.bound is None:
        return None
    if claimed.bound == "about" and agrees(claimed.percent, (figure.rate or 0) * 100):
        return None
    word = claimed.bound.replace("-", " ")
    return Finding(
        "bound-word",
        (
            f'The article says "{word} {claimed.percent} %"; the study reports ',
            figure.counted,
            ".",
        ),
        (figure.evidence,),
    )


def _time(figure: RecordedFigure, claimed: ClaimedRate) -> Finding | None:
    """Say so where article and study give different times, or the article none."""
    seen = when(figure.result).strip(" ,")
    if claimed.months is None:
        return Finding(
            "time-not-said",
            (f"The article does not say when. The figure was seen {seen}.",),
            (figure.evidence,),
        )
    if figure.months == claimed.months:
        return None
    spoken = duration(claimed.months)
    if figure.basis in ("mean-follow-up", "median-follow-up", "best-ever", "longest"):
        text = f"The article speaks of {spoken}. The figure was seen {seen}."
    elif figure.months is None:
        text = f"The article speaks of {spoken}. The study does not say when."
    else:
        text = f"The article speaks of {spoken}. The study gives the figure {seen}."
    return Finding("other-time", (text,), (figure.evidence,))


def _other_study(figure: RecordedFigure, claim: RateClaim) -> Finding | None:
    """Say so where the figure is not in the study that the article names."""
    if claim.cites is None or claim.cites == figure.study.id:
        return None
    text = (
        f"The figure is not in {claim.cites}, which the article means, but in "
        f"{figure.study.id}."
    )
    return Finding(
        "other-study",
        (text,),
        (figure.evidence,),
    )


def _people(
    figure: RecordedFigure, claimed: ClaimedRate, claim: RateClaim
) -> Finding | None:
    """Say so where the article gives another number of people than the study."""
    rows = (
        ("The figure counts", claimed.people, figure.result.n),
        ("The study treated", claim.people, figure.treated),
        ("The outcome was seen in", claimed.events, figure.found.events),
    )
    for what, said, true in rows:
        if said is not None and true is not None and said != true:
            people = plural(int(true), "person", "people")
            text = f"{what} {people}; the article says {said:,}."
            return Finding("people-differ", (text,), (figure.evidence,))
    return None


def _denominator(figure: RecordedFigure) -> Finding | None:
    """Say so where few of those treated are counted, or few were treated."""
    n, treated = figure.result.n, figure.treated
    if n is None:
        return None
    if treated is not None and n < treated and (n < FEW or 2 * n < treated):
        missing = (
            f"Only {n} of the {treated} people treated are counted here. The others "
            "had died, left, or had not been followed that long."
        )
        return Finding("melted-denominator", (missing,), (figure.evidence,))
    if n < FEW:
        words = (
            f"Only {plural(n, 'person was', 'people were')} counted: ",
            figure.counted,
            ". Chance alone moves such a figure a long way.",
        )
        return Finding("few-people", words, (figure.evidence,))
    return None


def _kind_of_denominator(
    figure: RecordedFigure, evidence: EvidenceSet
) -> Finding | None:
    """Say so where the study also counts the same outcome among everybody treated."""
    if figure.result.among not in ("survivors", "responders", "evaluable", "followed"):
        return None
    for other in evidence.of_study(figure.study.id):
        if (
            other.result.endpoint == figure.result.endpoint
            and other.result.among in ("treated", "enrolled")
            and other.months == figure.months
            and other.basis == figure.basis
            and other.rate != figure.rate
        ):
            among, whole = figure.result.among, other.result.among
            return Finding(
                "wrong-kind-of-denominator",
                (
                    f"The figure counts only the {among}. Of everybody {whole}, ",
                    *told(other),
                    ".",
                ),
                (figure.evidence, other.evidence),
            )
    return None


def _part(figure: RecordedFigure) -> Finding | None:
    """Say so where the figure is about part of those treated."""
    if figure.result.subgroup is None:
        return None
    return Finding(
        "part-of-the-group",
        (f"The figure is only about {figure.result.subgroup}.",),
        (figure.evidence,),
    )


def later_report(
    figure: RecordedFigure, claimed: float | None, evidence: EvidenceSet
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
    evidence : EvidenceSet
        The records.
    """
    band = band_of(figure.months if claimed is None else claimed)
    lasting = family_of(figure.result.endpoint) in ("remission", "response")
    shared = evidence.overlaps.get(figure.study.id, set())
    kin = kin_of(figure.result.endpoint)
    later = [
        other
        for other in evidence.figures
        if other.study.id in shared
        and other.result.endpoint in kin
        and other.result.scope == figure.result.scope
        and is_whole(other)
        and given(other, _therapy(figure))
        and other.result.among in ("treated", "enrolled", "evaluable", "unstated")
        and (other.result.n or 0) >= FEW
        and (other.study.citation.year or 0) > (figure.study.citation.year or 0)
        and (other.months or 0) >= (figure.months or 0)
        and (lasting or band_of(other.months) == band)
        and _is_worse(other, figure)
    ]
    if not later:
        return None
    best = min(
        later,
        key=lambda other: (
            kin.index(other.result.endpoint),
            -(other.months or 0),
            -(other.result.n or 0),
            other.key,
        ),
    )
    return Finding(
        "later-report-less-favourable",
        (
            "A later report on some of the same people is less favourable. ",
            *told_with_study(best),
            ".",
        ),
        (best.evidence,),
    )


def _therapy(figure: RecordedFigure) -> str:
    """Return the therapy of a figure's arm."""
    arms = figure.study.arms
    return arms[figure.result.arm or next(iter(arms))].therapy


def _is_worse(other: RecordedFigure, figure: RecordedFigure) -> bool:
    """Tell whether one figure is worse for the person than another."""
    good = ENDPOINTS[figure.result.endpoint].good
    if good is None or other.rate is None or figure.rate is None:
        return False
    return other.rate < figure.rate if good else other.rate > figure.rate


def _no_control(figure: RecordedFigure, therapy: str) -> Finding | None:
    """Say so where everybody in the study got the treatment."""
    if has_control_arm(figure.study, therapy):
        return None
    text = (
        f"In {figure.study.id} everybody got the treatment. Nobody knows how "
        "they would have done without it."
    )
    return Finding(
        "no-control-group",
        (text,),
        (figure.evidence,),
    )


def _second_hand(figure: RecordedFigure) -> Finding | None:
    """Say so where the figure was not seen in the study itself."""
    if (figure.result.reading or figure.study.reading) != "secondary":
        return None
    text = (
        f"This figure of {figure.study.id} was seen only in another source, such "
        "as a press release or a review."
    )
    return Finding(
        "second-hand",
        (text,),
        (figure.evidence,),
    )
