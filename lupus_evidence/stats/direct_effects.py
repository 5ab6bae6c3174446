"""Effects within studies, where both arms were treated side by side.

One study's own difference, odds ratio and test; what pooling trials returns, and
what a log odds ratio comes to in people. Importable without numpy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, inf, isnan, lgamma, log
from typing import TYPE_CHECKING, Literal, get_args

from lupus_evidence.stats import notes
from lupus_evidence.stats.proportions import (
    check_count,
    check_level,
    difference_interval,
    interval,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.estimates import Interval, Note
    from lupus_evidence.stats.two_by_two import EffectMeasure


DirectKind = Literal["randomised", "concurrent-control"]
# probabilities this close count as equal in Fisher's two-sided test, as in R
EQUAL = 1 + 1e-7
# log odds ratios beyond this are infinite for any table of people
FARTHEST = 700.0


@dataclass(frozen=True)
class Effect:
    """An estimate with its interval.

    Parameters
    ----------
    estimate : float or None
        None where the data say nothing about it.
    ci : tuple of float
        Low and high end; an end may be infinite.
    """

    estimate: float | None
    ci: Interval


@dataclass(frozen=True)
class DirectContrast:
    """Arm 1 against arm 2 of one study.

    Parameters
    ----------
    kind : {"randomised", "concurrent-control"}
        How people came to be in one arm or the other.
    events_1, n_1, events_2, n_2 : float
        People with the outcome, and people, in each arm.
    risk_difference : Effect
        Rate of arm 1 minus that of arm 2; proportions, -1 to 1.
    odds_ratio : Effect or None
        Conditional odds ratio with its exact interval; None for effective counts.
    p : float or None
        Fisher's exact test, two-sided; None for effective counts.
    level : float
        Level of the intervals in 0-1.
    """

    kind: DirectKind
    events_1: float
    n_1: float
    events_2: float
    n_2: float
    risk_difference: Effect
    odds_ratio: Effect | None
    p: float | None
    level: float


@dataclass(frozen=True)
class _Table:
    """A two-by-two table with its margins fixed: arm 1's possible events."""

    log_ways: tuple[float, ...]

    def probabilities(self, log_ratio: float) -> list[float]:
        """Return the noncentral hypergeometric probabilities."""
        terms = [ways + log_ratio * i for i, ways in enumerate(self.log_ways)]
        top = max(terms)
        heights = [exp(term - top) for term in terms]
        total = sum(heights)
        return [height / total for height in heights]


def compare_arms(
    events_1: float,
    n_1: float,
    events_2: float,
    n_2: float,
    *,
    kind: DirectKind,
    level: float = 0.95,
) -> DirectContrast:
    """Compare two arms of one study.

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        People with the outcome, and people, in each arm.
    kind : {"randomised", "concurrent-control"}
        How people came to be in one arm or the other.
    level : float
        Level of the intervals in 0-1.

    Raises
    ------
    ValueError
        If a count or the level is impossible.
    """
    counts = (events_1, n_1, events_2, n_2)
    whole = all(float(count).is_integer() for count in counts)
    return DirectContrast(
        kind=kind,
        events_1=events_1,
        n_1=n_1,
        events_2=events_2,
        n_2=n_2,
        risk_difference=newcombe_difference(*counts, level=level),
        odds_ratio=exact_odds_ratio(*counts, level=level) if whole else None,
        p=fisher_p(*counts) if whole else None,
        level=level,
    )


def newcombe_difference(
    events_1: float,
    n_1: float,
    events_2: float,
    n_2: float,
    *,
    level: float = 0.95,
) -> Effect:
    """Return the risk difference with Newcombe's hybrid score interval.

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        People with the outcome, and people, in each arm.
    level : float
        Confidence level in 0-1.

    Raises
    ------
    ValueError
        If a count or the level is impossible.

    References
    ----------
    Newcombe 1998, method 10, doi
    10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    scores = [
        interval(events, n, level=level)
        for events, n in ((events_1, n_1), (events_2, n_2))
    ]
    rate_1, rate_2 = events_1 / n_1, events_2 / n_2
    ends = difference_interval((rate_1, scores[0]), (rate_2, scores[1]))
    return Effect(rate_1 - rate_2, ends)


def exact_odds_ratio(
    events_1: float,
    n_1: float,
    events_2: float,
    n_2: float,
    *,
    level: float = 0.95,
) -> Effect:
    """Return the conditional odds ratio with its exact interval.

    Both margins of the table are taken as given, so arm 1's events follow the
    noncentral hypergeometric distribution; each end of the interval leaves
    (1 - level) / 2 in its tail (Cornfield 1956; Fisher 1962).

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        Whole numbers of people with the outcome, and people, in each arm.
    level : float
        Confidence level in 0-1.

    Raises
    ------
    ValueError
        If a count is no whole number, or it or the level is impossible.
    """
    check_level(level)
    table, index = _table(events_1, n_1, events_2, n_2)
    last = len(table.log_ways) - 1
    if last == 0:
        return Effect(None, (0.0, inf))
    tail = (1 - level) / 2

    def mean_excess(log_ratio: float) -> float:
        chances = table.probabilities(log_ratio)
        return sum(i * chance for i, chance in enumerate(chances)) - index

    def upper_tail(log_ratio: float) -> float:
        return sum(table.probabilities(log_ratio)[index:]) - tail

    def lower_tail(log_ratio: float) -> float:
        return tail - sum(table.probabilities(log_ratio)[: index + 1])

    low = 0.0 if index == 0 else _ratio_at(upper_tail)
    high = inf if index == last else _ratio_at(lower_tail)
    estimate = 0.0 if index == 0 else inf if index == last else _ratio_at(mean_excess)
    return Effect(estimate, (low, high))


def fisher_p(events_1: float, n_1: float, events_2: float, n_2: float) -> float:
    """Return the two-sided p of Fisher's exact test.

    The probabilities of all tables no likelier than the observed one are added.

    Parameters
    ----------
    events_1, n_1, events_2, n_2 : float
        Whole numbers of people with the outcome, and people, in each arm.

    Raises
    ------
    ValueError
        If a count is no whole number, or is impossible.
    """
    table, index = _table(events_1, n_1, events_2, n_2)
    chances = table.probabilities(0.0)
    limit = chances[index] * EQUAL
    counted = [chance for chance in chances if chance <= limit]
    # Where every table counts, their sum is 1 by definition; added up, it is 1 or just
    # below, depending on how this version of Python adds. Else the likeliest is left
    # out, and the rest is less than 1.
    return 1.0 if len(counted) == len(chances) else sum(counted)


def _table(
    events_1: float, n_1: float, events_2: float, n_2: float
) -> tuple[_Table, int]:
    """Fix the margins; return the table and the place of the observed one in it."""
    for events, n in ((events_1, n_1), (events_2, n_2)):
        check_count(events, n)
        if not (float(events).is_integer() and float(n).is_integer()):
            raise ValueError(
                f"exact methods need whole people, not {events!r} of {n!r}"
            )
    total = int(events_1 + events_2)
    least, most = max(0, total - int(n_2)), min(int(n_1), total)
    ways = tuple(
        _log_choose(int(n_1), i) + _log_choose(int(n_2), total - i)
        for i in range(least, most + 1)
    )
    return _Table(ways), int(events_1) - least


def _log_choose(n: int, events: int) -> float:
    """Return the log binomial coefficient."""
    return lgamma(n + 1) - lgamma(events + 1) - lgamma(n - events + 1)


def _ratio_at(rising: Callable[[float], float]) -> float:
    """Return exp of the zero of a rising function of the log odds ratio."""
    from lupus_evidence.stats.numerics import crossing

    return exp(crossing(lambda at: -rising(at), -FARTHEST, FARTHEST))


TrialMethod = Literal["bayes", "mh", "peto", "glmm", "reml", "pm", "dl", "common"]
TRIAL_METHODS: tuple[TrialMethod, ...] = get_args(TrialMethod)


@dataclass(frozen=True)
class TrialEstimate:
    """The effect of a treatment over trials; what a method does not have is None.

    Parameters
    ----------
    effect : {"or", "rr", "rd"}
        What is estimated; the ratios on the log scale, the difference as a proportion
        (-1 to 1), treatment minus control.
    method, interval_method : str
        How, and how `ci` was drawn ("posterior", "knha", "z", "one-sided", "newcombe").
    level : float
        Level of the intervals in 0-1.
    k, informative : int
        Trials, and those that say anything about the odds ratio.
    n, events_a, n_a, events_b, n_b : float
        All people, and those with the outcome and people of each arm over all trials.
    control_risk : float
        Proportion in 0-1 of people in the control arms who had the outcome.
    estimate : float or None
        The effect (posterior median for "bayes"); infinite where only a bound exists.
    se : float or None
        Standard error, on the scale of the estimate, where the method has one.
    ci : tuple of float
        Interval; an end may be infinite.
    tau, tau2 : float or None
        Standard deviation and variance of the effects between trials: log odds ratios
        for "bayes" (posterior median) and "glmm", else on the estimate's scale.
    prediction : tuple of float or None
        Where the effect of a new trial would lie; from three trials on.
    weights : tuple of float, shape (k,)
        Each trial's share, 0-1; for "bayes" and "glmm" by inverse variance of the log
        odds ratio at the estimate, tau included.
    q, q_p, i2 : float or None
        Cochran's Q on k - 1 degrees of freedom, its p, I^2 in 0-1.
    notes : tuple of Note
        What a reader must know.
    """

    effect: EffectMeasure
    method: TrialMethod
    interval_method: str
    level: float
    k: int
    informative: int
    n: float
    events_a: float
    n_a: float
    events_b: float
    n_b: float
    control_risk: float
    estimate: float | None
    se: float | None
    ci: Interval
    weights: tuple[float, ...]
    tau: float | None = None
    tau2: float | None = None
    prediction: Interval | None = None
    q: float | None = None
    q_p: float | None = None
    i2: float | None = None
    notes: tuple[Note, ...] = ()

    def noted(self, code: str) -> bool:
        """Tell whether a note with this code is attached."""
        return any(note.code == code for note in self.notes)


def one_trial_difference(found: TrialEstimate) -> TrialEstimate:
    """Give the risk difference of one trial the interval that fits small arms.

    Parameters
    ----------
    found : TrialEstimate
        The risk difference of one trial; its interval is replaced by Newcombe's.

    Raises
    ------
    ValueError
        If it is of several trials, or no risk difference.
    """
    if found.k != 1 or found.effect != "rd":
        raise ValueError("Newcombe's interval is of the risk difference of one trial")
    own = newcombe_difference(
        found.events_a, found.n_a, found.events_b, found.n_b, level=found.level
    )
    return replace(
        found, estimate=own.estimate, se=None, ci=own.ci, interval_method="newcombe"
    )


def at_control_risk(found: TrialEstimate) -> TrialEstimate:
    """Turn a log odds ratio into the effect asked for, at the control arms' risk.

    Parameters
    ----------
    found : TrialEstimate
        With a log odds ratio as its estimate, whatever its `effect`.
    """
    if found.effect == "or" or found.estimate is None:
        return found
    risk, smoothed = found.control_risk, False
    if risk in {0.0, 1.0}:
        risk, smoothed = (found.events_b + 0.5) / (found.n_b + 1), True

    def turned(log_ratio: float) -> float:
        treated = risk_with(log_ratio, risk)
        if found.effect == "rd":
            return treated - risk
        return log(treated / risk) if treated > 0 else -inf

    said = (notes.AT_CONTROL_RISK, *((notes.RISK_SMOOTHED,) if smoothed else ()))
    ends = found.prediction
    return replace(
        found,
        estimate=turned(found.estimate),
        se=None,
        ci=(turned(found.ci[0]), turned(found.ci[1])),
        prediction=None if ends is None else (turned(ends[0]), turned(ends[1])),
        notes=(*found.notes, *said),
    )


def risk_with(log_odds_ratio: float, control_risk: float) -> float:
    """Return the risk with treatment, given the control's risk and the odds ratio.

    Parameters
    ----------
    log_odds_ratio : float
        Treatment against control.
    control_risk : float
        Proportion in 0-1.
    """
    if isnan(log_odds_ratio) or control_risk in {0.0, 1.0}:
        return control_risk
    logit = log(control_risk / (1 - control_risk)) + log_odds_ratio
    return 1 / (1 + exp(-logit)) if logit > 0 else exp(logit) / (1 + exp(logit))
