"""How sure anyone can be of a figure: fixed rules after GRADE, each with a reason.

Single groups without a control start at "low", as observational evidence does;
differences within a randomised trial start at "high" [1]_. Each reason takes one
level. The limits below are this project's own: GRADE leaves them to the reader, and
its rule of thumb for enough information (300 events [2]_) would never be met here.

References
----------
.. [1] Balshem et al. 2011, doi 10.1016/j.jclinepi.2010.07.015.
.. [2] Guyatt et al. 2011, doi 10.1016/j.jclinepi.2011.01.012.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import (
    Certainty,
    CertaintyLevel,
    Downgrade,
    Figure,
    Pooled,
    SingleStudy,
)
from lupus_evidence.vocabulary import NOT_STATED, family_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.selection.chosen import Included, Selection
    from lupus_evidence.stats.direct import DirectContrast

_LEVELS: tuple[CertaintyLevel, ...] = ("high", "moderate", "low", "very low")

#: With fewer, even a rate of one half is not known to within 10 points either way
#: (Wilson, 95 %).
FEW_PEOPLE = 100
#: An interval wider than this spans different decisions.
WIDE_INTERVAL = 0.30
#: Where a new centre's rate may lie in a stretch wider than this, centres disagree.
WIDE_PREDICTION = 0.50

_WHOLE_GROUP = frozenset({"treated", "enrolled"})
_DEFINED_FAMILIES = frozenset({"remission", "response"})

#: Kinds of time that are one and the same for everybody.
_ONE_TIME = frozenset({"visit", "kaplan-meier"})

UNCONTROLLED = "groups without a control"
RANDOMISED = "a randomised trial"
CONCURRENT = "a control group that was not drawn by lot"


def figure_certainty(selection: Selection, figure: Figure) -> Certainty | None:
    """Return how sure anyone can be of one therapy's figure.

    Parameters
    ----------
    selection : Selection
        The results behind it.
    figure : Figure
        What they come to.

    Returns
    -------
    Certainty or None
        None where there is no figure.
    """
    if not isinstance(figure, (Pooled, SingleStudy)):
        return None
    reasons = (
        *_imprecision(selection, figure),
        *_inconsistency(figure),
        *_indirectness(selection),
        *_second_hand(selection.included),
    )
    return _certainty("low", UNCONTROLLED, reasons)


def direct_certainty(
    contrast: DirectContrast,
    first: Included,
    second: Included,
    *,
    denominators_differ: bool = False,
) -> Certainty:
    """Return how sure anyone can be of a difference within one study.

    Parameters
    ----------
    contrast : DirectContrast
        The difference.
    first, second : Included
        The counts it is made of.
    denominators_differ : bool
        Whether the two arms are divided by different kinds of denominator.
    """
    reasons = []
    if denominators_differ:
        reasons.append(
            Downgrade("denominators-differ", "the arms have different denominators")
        )
    if contrast.n_1 + contrast.n_2 < FEW_PEOPLE:
        reasons.append(Downgrade("few-people", f"fewer than {FEW_PEOPLE} people"))
    low, high = contrast.risk_difference.ci
    if high - low > WIDE_INTERVAL:
        reasons.append(Downgrade("wide-interval", "the interval is wide"))
    if "primary-full-text" not in (first.reading, second.reading):
        reasons.append(
            Downgrade(
                "methods-unseen", "the paper's methods were not read, only figures"
            )
        )
    reasons += _second_hand((first, second))
    if contrast.kind == "randomised":
        return _certainty("high", RANDOMISED, tuple(reasons))
    return _certainty("low", CONCURRENT, tuple(reasons))


def _certainty(
    start: CertaintyLevel, why: str, reasons: tuple[Downgrade, ...]
) -> Certainty:
    """Step down one level for each reason."""
    place = min(_LEVELS.index(start) + len(reasons), len(_LEVELS) - 1)
    return Certainty(_LEVELS[place], start, why, reasons)


def _imprecision(
    selection: Selection, figure: Pooled | SingleStudy
) -> Iterator[Downgrade]:
    """Yield reasons that lie in too little information."""
    if selection.people < FEW_PEOPLE:
        yield Downgrade("few-people", f"fewer than {FEW_PEOPLE} people")
    if _width(figure) > WIDE_INTERVAL:
        yield Downgrade("wide-interval", "the interval is wide")


def _width(figure: Pooled | SingleStudy) -> float:
    """Return how wide a figure's interval is, or how far its bound leaves open."""
    if isinstance(figure, SingleStudy):
        return figure.high - figure.low
    estimate = figure.estimate
    if estimate.bound is not None:
        lower = estimate.bound.side == "lower"
        return 1 - estimate.bound.model if lower else estimate.bound.model
    return estimate.ci[1] - estimate.ci[0] if estimate.ci else 1.0


def _inconsistency(figure: Pooled | SingleStudy) -> Iterator[Downgrade]:
    """Yield reasons that lie in how the studies differ."""
    if isinstance(figure, SingleStudy):
        yield Downgrade("one-study", "one study, repeated by none")
        return
    estimate = figure.estimate
    if estimate.noted("too-different"):
        yield Downgrade("too-different", "the studies differ too much for one number")
    elif (
        estimate.prediction is not None
        and estimate.prediction[1] - estimate.prediction[0] > WIDE_PREDICTION
    ):
        yield Downgrade(
            "wide-prediction", "a new centre could see a very different rate"
        )


def _indirectness(selection: Selection) -> Iterator[Downgrade]:
    """Yield reasons that lie in what was counted, when and in whom."""
    included = selection.included
    yield from _times(selection)
    if selection.band == NOT_STATED:
        yield Downgrade("time-not-stated", "nobody says after what time")
    defined = {item.definition for item in included}
    if family_of(selection.endpoint) in _DEFINED_FAMILIES and (
        len(defined) > 1 or None in defined
    ):
        yield Downgrade(
            "definitions", "the outcome is defined differently or not at all"
        )
    relapse = selection.endpoint == "relapse" and selection.kind == "responders"
    if selection.kind not in _WHOLE_GROUP and not relapse:
        yield Downgrade("denominator", "not about everyone treated")


def _times(selection: Selection) -> Iterator[Downgrade]:
    """Yield the one reason that lies in the kinds of time; the gravest is named."""
    kinds = {
        "one time" if item.basis in _ONE_TIME else item.basis
        for item in selection.included
    }
    if selection.uneven:
        yield Downgrade(
            "uneven-follow-up", "follow-up was shorter for some people than for others"
        )
    elif len(kinds) > 1:
        yield Downgrade("mixed-times", "different kinds of time together")
    elif selection.ever:
        yield Downgrade(
            "best-ever", "the best state ever reached, even if it did not last"
        )


def _second_hand(included: tuple[Included, ...]) -> Iterator[Downgrade]:
    """Yield a reason where a figure was read in somebody else's report."""
    if any(item.reading == "secondary" for item in included):
        yield Downgrade("second-hand", "figures read in another report")
