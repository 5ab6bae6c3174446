"""How sure anyone can be: fixed rules after GRADE, each with a reason.

Two questions are rated, and each figure says which. A *rate* (how often something
happens to people given a treatment) starts at "high", as GRADE has it for the course of
a condition [1]_. An *effect* (what a treatment does, against another) starts at "high"
where chance decided who got it and at "low" where it did not [2]_. Each of GRADE's five
domains is counted once, however many reasons it has, and takes one level, or more where
GRADE allows it: two for risk of bias and imprecision, three for imprecision where next
to nobody had the outcome [3]_. While nobody has judged the risk of bias of a study
behind it, nothing is above "low".

The limits below are this project's own where no source is named: GRADE leaves them to
the reader. docs/methods.md, "Certainty", has the table.

References
----------
.. [1] Iorio et al. 2015, doi 10.1136/bmj.h870.
.. [2] Balshem et al. 2011, doi 10.1016/j.jclinepi.2010.07.015.
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
from lupus_evidence.vocabulary import NOT_STATED, TIME_BASES, BiasLevel, family_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lupus_evidence.compare.cells import Ends
    from lupus_evidence.compare.survival import SurvivalAt
    from lupus_evidence.evidence.selection import Selection
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.evidence.survival_selection import SurvivalSelection
    from lupus_evidence.evidence.trial_selection import TrialSelection, TwoArms
    from lupus_evidence.stats.direct_effects import TrialEstimate

_LEVELS: tuple[CertaintyLevel, ...] = ("high", "moderate", "low", "very low")

#: Nothing is surer than this while nobody has judged the studies' risk of bias.
HIGHEST_UNJUDGED: CertaintyLevel = "low"
#: Where studies at high risk of bias hold more of the people, they decide the figure.
SHARE_AT_RISK = 0.25
#: Where those with some concerns hold more.
SHARE_WITH_CONCERNS = 0.5
#: With fewer, even a rate of one half is not known to within 10 points either way
#: (Wilson, 95 %); with so few, not to within 18.
FEW_PEOPLE, VERY_FEW_PEOPLE = 100, 30
#: An interval wider than the first spans different decisions, than the second most.
WIDE_INTERVAL, VERY_WIDE_INTERVAL = 0.30, 0.60
#: Events that a comparison needs, GRADE's rule of thumb (Guyatt et al. 2011, doi
#: 10.1016/j.jclinepi.2011.01.012); a tenth of them; and the events that a model can
#: bear (Peduzzi 1996, doi 10.1016/S0895-4356(96)00236-3).
ENOUGH_EVENTS, FEW_EVENTS, FEWEST_EVENTS = 300, 30, 10
#: A difference that matters to people: 1 in 10.
WORTHWHILE = 0.10
#: Where a new centre's rate may lie in a stretch wider than this, centres disagree.
WIDE_PREDICTION = 0.50
#: Spread of log odds ratios at which trials disagree: the odds ratios of two trials
#: then differ by a factor of 2 or more as often as not.
TRIALS_DISAGREE = 0.7
#: With fewer studies it cannot be seen whether they agree: how much they differ is the
#: model's assumption (docs/methods.md, "Which default").
FEWEST_TO_AGREE = 3
#: Unreported people who weigh as much as half of those in the figure could change it.
UNREPORTED_SHARE = 0.5
#: Series of fewer people are told of when they went well.
SMALL_SERIES = 50

_WHOLE_GROUP = frozenset({"treated", "enrolled"})
_DEFINED_FAMILIES = frozenset({"remission", "response"})


def figure_certainty(
    selection: Selection, figure: Figure, *, prior_decides: bool = False
) -> Certainty | None:
    """Return how sure anyone can be of one therapy's figure: of a rate.

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
    return _certainty(
        "high",
        "uncontrolled",
        _risk_of_bias(selection.included),
        _taken("inconsistency", _rates_differ(figure)),
        _taken("indirectness", _indirectness(selection)),
        _imprecise(
            selection.people,
            _width(figure),
            prior_decides=prior_decides,
            assumed=any(item.assumed for item in selection.included),
        ),
        _unpublished(selection.unreported, selection.people, selection.included),
    )


def survival_certainty(selection: SurvivalSelection, at: SurvivalAt) -> Certainty:
    """Return how sure anyone can be of a survival curve at one time: of a rate.

    Parameters
    ----------
    selection : SurvivalSelection
        The studies behind the curve.
    at : SurvivalAt
        The figure; how many people and studies there are is asked of those that reach
        its time.
    """
    people = sum(item.people for item in at.reaching)
    included = [report.number for item in selection.included for report in item.reports]
    last = [item.last.number for item in selection.included]
    unlike = ["denominator"] if {x.denominator for x in last} - _WHOLE_GROUP else []
    approximate = any(item.approximate for item in selection.included)
    uneven = ["uneven-follow-up"] if approximate else []
    return _certainty(
        "high",
        "uncontrolled",
        _risk_of_bias(last),
        _taken("inconsistency", _curve_differs(at)),
        _taken("indirectness", [*uneven, *unlike, *_second_hand(included)]),
        _imprecise(
            people,
            1.0 if at.figure is None else at.figure.ci[1] - at.figure.ci[0],
            prior_decides=False,
            assumed=any(item.assumed for item in selection.included),
        ),
        _unpublished(selection.unreported, people, last),
    )


def _curve_differs(at: SurvivalAt) -> list[str]:
    """Return reasons that lie in how the studies of a curve differ."""
    codes = ["two-studies"] if len(at.reaching) < FEWEST_TO_AGREE else []
    if at.figure is not None:
        low, high = at.figure.new_centre
        codes += ["wide-prediction"] if high - low > WIDE_PREDICTION else []
    return codes


def contrast_certainty(pair: TwoArms, interval: Ends, *, randomised: bool) -> Certainty:
    """Return how sure anyone can be of a difference within one study: of an effect.

    Parameters
    ----------
    pair : TwoArms
        The two counts.
    interval : tuple of float
        Of the risk difference.
    randomised : bool
        Whether chance decided who got what.
    """
    return _effect_certainty((pair,), interval, None, 0, randomised=randomised)


def trials_certainty(
    selection: TrialSelection, difference: TrialEstimate, tau: float | None
) -> Certainty:
    """Return how sure anyone can be of an effect over trials.

    Parameters
    ----------
    selection : TrialSelection
        The trials.
    difference : TrialEstimate
        Their risk difference.
    tau : float or None
        Spread of their log odds ratios.
    """
    return _effect_certainty(
        selection.included,
        difference.ci,
        tau,
        selection.unreported,
        randomised=selection.randomised,
    )


def _effect_certainty(
    pairs: tuple[TwoArms, ...],
    interval: Ends,
    tau: float | None,
    unreported: int,
    *,
    randomised: bool,
) -> Certainty:
    """Rate an effect by GRADE's domains."""
    sides = [side for pair in pairs for side in (pair.first, pair.second)]
    people = sum(side.n for side in sides)
    unlike = ["denominators-differ"] if any(pair.kind is None for pair in pairs) else []
    silent = unreported >= UNREPORTED_SHARE * people
    return _certainty(
        "high" if randomised else "low",
        "randomised" if randomised else "concurrent",
        _risk_of_bias(sides),
        _taken(
            "inconsistency",
            ["trials-differ"] if tau is not None and tau > TRIALS_DISAGREE else [],
        ),
        _taken("indirectness", [*unlike, *_second_hand(sides)]),
        _imprecise_effect(sum(side.events for side in sides), people, interval),
        _taken("publication-bias", ["unreported-trials"] if silent else []),
    )


def _taken(domain: Domain, codes: Iterable[str], levels: int = 1) -> Downgrade | None:
    """Return what a domain takes, None where it has no reason."""
    found = tuple(codes)
    return Downgrade(domain, levels, found) if found else None


def _certainty(
    start: CertaintyLevel, evidence: KindOfEvidence, *taken: Downgrade | None
) -> Certainty:
    """Step down by what each domain takes."""
    found = tuple(item for item in taken if item is not None)
    place = _LEVELS.index(start) + sum(item.levels for item in found)
    if any("bias-not-judged" in item.codes for item in found):
        place = max(place, _LEVELS.index(HIGHEST_UNJUDGED))
    return Certainty(_LEVELS[min(place, len(_LEVELS) - 1)], start, evidence, found)


def _risk_of_bias(included: Sequence[StudyNumber]) -> Downgrade | None:
    """Return what the studies' own faults take.

    Nobody knows, as long as one of them was not judged. Two levels where studies at
    high risk hold more than a quarter of the people; one where any is at high risk, or
    one could not be judged, or where those with some concerns hold more than half.
    """
    people: dict[BiasLevel | None, float] = {}
    for item in included:
        level = item.bias
        people[level] = people.get(level, 0.0) + item.people
    total = sum(people.values())
    if None in people:
        return Downgrade("risk-of-bias", 1, ("bias-not-judged",))
    if "high" in people:
        much = people["high"] > SHARE_AT_RISK * total
        return Downgrade("risk-of-bias", 1 + much, ("bias-high",))
    if "unknown" in people:
        return Downgrade("risk-of-bias", 1, ("bias-unknown",))
    if people.get("some", 0.0) > SHARE_WITH_CONCERNS * total:
        return Downgrade("risk-of-bias", 1, ("bias-some",))
    return None


def _imprecise(
    people: float, width: float, *, prior_decides: bool, assumed: bool
) -> Downgrade | None:
    """Return what few people and wide intervals take of a rate: two levels at most."""
    codes = []
    if people < FEW_PEOPLE:
        codes.append("few-people")
    if width > WIDE_INTERVAL:
        codes.append("wide-interval")
    if prior_decides:
        codes.append("prior-decides")
    if assumed:
        codes.append("error-assumed")
    very = people < VERY_FEW_PEOPLE or width > VERY_WIDE_INTERVAL
    return _taken("imprecision", codes, 1 + very)


def _imprecise_effect(events: float, people: float, interval: Ends) -> Downgrade | None:
    """Return what few events and wide intervals take of an effect: three at most.

    One where fewer than 300 people had the outcome or had not, or the interval holds
    both no difference and one that matters; two where fewer than 30, or it holds one
    that matters in either direction; three where both, and fewer than 10.
    """
    rarer = min(events, people - events)
    low, high = interval
    codes = []
    if rarer < ENOUGH_EVENTS:
        codes.append("few-events")
    matters = low < -WORTHWHILE, high > WORTHWHILE
    if low <= 0 <= high and any(matters):
        codes.append("no-difference-possible")
    levels = 1
    if rarer < FEW_EVENTS or all(matters):
        levels = 3 if all(matters) and rarer < FEWEST_EVENTS else 2
    return _taken("imprecision", codes, levels)


def _width(figure: Pooled | SingleStudy) -> float:
    """Return how wide a figure's interval is, or how far its bound leaves open."""
    if isinstance(figure, SingleStudy):
        return figure.high - figure.low
    estimate = figure.estimate
    if estimate.bound is not None:
        lower = estimate.bound.side == "lower"
        return 1 - estimate.bound.model if lower else estimate.bound.model
    return estimate.ci[1] - estimate.ci[0] if estimate.ci else 1.0


def _rates_differ(figure: Pooled | SingleStudy) -> Iterator[str]:
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


def _unpublished(
    unreported: int, people: float, included: Iterable[StudyNumber]
) -> Downgrade | None:
    """Return what was perhaps not told takes of a rate: one level.

    Where registered studies without a result hold half as many people as the figure or
    more, or where the figure rests on small series alone.
    """
    codes = []
    if unreported >= UNREPORTED_SHARE * people:
        codes.append("unreported-trials")
    if all(item.people < SMALL_SERIES for item in included):
        codes.append("small-series")
    return _taken("publication-bias", codes)


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
