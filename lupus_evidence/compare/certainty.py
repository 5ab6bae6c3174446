"""How sure anyone can be of a figure: fixed rules after GRADE, each with a reason.

Single groups without a control start at "low", as observational evidence on an effect
does; differences within a randomised trial start at "high" [1]_. Each of GRADE's
domains takes what it takes once, however many reasons it has; imprecision may take up
to three levels [3]_, the others one. While nobody has judged the risk of bias of the
studies, nothing is above "moderate". Publication bias is not rated: the trials without
a result stand beside the figures.

The limits below are this project's own: GRADE leaves them to the reader, and its rule
of thumb for enough information (300 events [2]_) would never be met here.

References
----------
.. [1] Balshem et al. 2011, doi 10.1016/j.jclinepi.2010.07.015.
.. [2] Guyatt et al. 2011, doi 10.1016/j.jclinepi.2011.01.012.
.. [3] Zeng et al. 2022, doi 10.1016/j.jclinepi.2022.07.014.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import (
    Certainty,
    CertaintyLevel,
    Domain,
    Downgrade,
    Figure,
    KindOfEvidence,
    Pooled,
    SingleStudy,
)
from lupus_evidence.vocabulary import NOT_STATED, TIME_BASES, family_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lupus_evidence.compare.cells import Ends
    from lupus_evidence.compare.trials import TrialEffects
    from lupus_evidence.evidence.choice import Selection
    from lupus_evidence.evidence.number import StudyNumber
    from lupus_evidence.evidence.trials import TrialSelection, TwoArms
    from lupus_evidence.stats.direct import DirectContrast

_LEVELS: tuple[CertaintyLevel, ...] = ("high", "moderate", "low", "very low")

#: Nothing is surer than this while nobody has judged the studies' risk of bias.
HIGHEST_UNJUDGED: CertaintyLevel = "moderate"
#: With fewer, even a rate of one half is not known to within 10 points either way
#: (Wilson, 95 %).
FEW_PEOPLE = 100
#: With fewer people who had the outcome, or did not, one more or less changes a
#: comparison: the rule of thumb for the events that a model can bear (Peduzzi 1996,
#: doi 10.1016/S0895-4356(96)00236-3).
FEW_EVENTS = 10
#: An interval wider than this spans different decisions.
WIDE_INTERVAL = 0.30
#: Where a new centre's rate may lie in a stretch wider than this, centres disagree.
WIDE_PREDICTION = 0.50
#: With fewer studies it cannot be seen whether centres agree: how much they differ is
#: the model's assumption (docs/methods.md, "Which default").
FEWEST_TO_AGREE = 3

_WHOLE_GROUP = frozenset({"treated", "enrolled"})
_DEFINED_FAMILIES = frozenset({"remission", "response"})


def figure_certainty(
    selection: Selection, figure: Figure, *, prior_decides: bool = False
) -> Certainty | None:
    """Return how sure anyone can be of one therapy's figure.

    Parameters
    ----------
    selection : Selection
        The results behind it.
    figure : Figure
        What they come to.
    prior_decides : bool
        Whether its interval depends more on the prior than on the studies.

    Returns
    -------
    Certainty or None
        None where there is no figure.
    """
    if not isinstance(figure, (Pooled, SingleStudy)):
        return None
    imprecise = []
    if selection.people < FEW_PEOPLE:
        imprecise.append("few-people")
    if _width(figure) > WIDE_INTERVAL:
        imprecise.append("wide-interval")
    if prior_decides:
        imprecise.append("prior-decides")
    if any(item.assumed for item in selection.included):
        imprecise.append("error-assumed")
    downgrades = (
        _downgrade("risk-of-bias", ["bias-not-judged"], 0),
        _downgrade("imprecision", imprecise),
        _downgrade("inconsistency", _inconsistency(figure)),
        _downgrade("indirectness", _indirectness(selection)),
    )
    return _certainty("low", "uncontrolled", downgrades)


def contrast_certainty(contrast: DirectContrast, pair: TwoArms) -> Certainty:
    """Return how sure anyone can be of a difference within one study.

    Parameters
    ----------
    contrast : DirectContrast
        The difference.
    pair : TwoArms
        The counts it is made of.
    """
    return _effect_certainty(
        (pair,), contrast.risk_difference.ci, contrast.kind == "randomised"
    )


def trials_certainty(selection: TrialSelection, effects: TrialEffects) -> Certainty:
    """Return how sure anyone can be of an effect over trials.

    Parameters
    ----------
    selection : TrialSelection
        The trials.
    effects : TrialEffects
        What they come to.
    """
    return _effect_certainty(
        selection.included, effects.risk_difference.ci, selection.randomised
    )


def _effect_certainty(
    pairs: tuple[TwoArms, ...], interval: Ends, randomised: bool
) -> Certainty:
    """Rate an effect by GRADE's domains."""
    bias, imprecise, indirect = ["bias-not-judged"], [], []
    sides = [side for pair in pairs for side in (pair.first, pair.second)]
    if any(
        "primary-full-text" not in (pair.first.reading, pair.second.reading)
        for pair in pairs
    ):
        bias.append("methods-unseen")
    people = sum(side.n for side in sides)
    if people < FEW_PEOPLE:
        imprecise.append("few-people")
    low, high = interval
    if high - low > WIDE_INTERVAL:
        imprecise.append("wide-interval")
    events = sum(side.events for side in sides)
    if min(events, people - events) < FEW_EVENTS:
        imprecise.append("few-events")
    if any(pair.kind is None for pair in pairs):
        indirect.append("denominators-differ")
    indirect += _second_hand(sides)
    downgrades = (
        _downgrade("risk-of-bias", bias, len(bias) - 1),
        _downgrade("imprecision", imprecise, len(imprecise)),
        _downgrade("indirectness", indirect),
    )
    if randomised:
        return _certainty("high", "randomised", downgrades)
    return _certainty("low", "concurrent", downgrades)


def _downgrade(
    domain: Domain, codes: Iterable[str], levels: int = 1
) -> Downgrade | None:
    """Return what a domain takes, None where it has no reason."""
    found = tuple(codes)
    return Downgrade(domain, levels, found) if found else None


def _certainty(
    start: CertaintyLevel,
    evidence: KindOfEvidence,
    downgrades: tuple[Downgrade | None, ...],
) -> Certainty:
    """Step down by what each domain takes."""
    found = tuple(item for item in downgrades if item is not None)
    place = _LEVELS.index(start) + sum(item.levels for item in found)
    place = max(place, _LEVELS.index(HIGHEST_UNJUDGED))
    return Certainty(_LEVELS[min(place, len(_LEVELS) - 1)], start, evidence, found)


def _width(figure: Pooled | SingleStudy) -> float:
    """Return how wide a figure's interval is, or how far its bound leaves open."""
    if isinstance(figure, SingleStudy):
        return figure.high - figure.low
    estimate = figure.estimate
    if estimate.bound is not None:
        lower = estimate.bound.side == "lower"
        return 1 - estimate.bound.model if lower else estimate.bound.model
    return estimate.ci[1] - estimate.ci[0] if estimate.ci else 1.0


def _inconsistency(figure: Pooled | SingleStudy) -> Iterator[str]:
    """Yield reasons that lie in how the studies differ."""
    if isinstance(figure, SingleStudy):
        yield "one-study"
        return
    estimate = figure.estimate
    if estimate.k < FEWEST_TO_AGREE:
        yield "two-studies"
    if estimate.noted("too-different"):
        yield "too-different"
    elif (
        estimate.prediction is not None
        and estimate.prediction[1] - estimate.prediction[0] > WIDE_PREDICTION
    ):
        yield "wide-prediction"


def _indirectness(selection: Selection) -> Iterator[str]:
    """Yield reasons that lie in what was counted, when, in whom, and who says so."""
    included = selection.included
    yield from _times(selection)
    if selection.band == NOT_STATED:
        yield "time-not-stated"
    defined = {item.definition for item in included}
    if family_of(selection.endpoint) in _DEFINED_FAMILIES and (
        len(defined) > 1 or None in defined
    ):
        yield "definitions"
    relapse = selection.endpoint == "relapse" and selection.kind == "responders"
    if selection.kind not in _WHOLE_GROUP and not relapse:
        yield "denominator"
    yield from _second_hand(included)


def _times(selection: Selection) -> Iterator[str]:
    """Yield the one reason that lies in the kinds of time; the gravest is named."""
    kinds = {
        "one time"
        if item.basis and TIME_BASES[item.basis].certainty == 0
        else item.basis
        for item in selection.included
    }
    if selection.band.months is not None and selection.uneven:
        yield "uneven-follow-up"
    elif selection.band.months is not None and len(kinds) > 1:
        yield "mixed-times"
    elif selection.ever:
        yield "best-ever"


def _second_hand(included: Iterable[StudyNumber]) -> list[str]:
    """Return a reason where a figure was read in somebody else's report."""
    second_hand = any(item.reading == "secondary" for item in included)
    return ["second-hand"] if second_hand else []
