"""All estimators behind one function, and how much a figure hangs on single studies.

What each set of studies gets is decided here; the arithmetic is elsewhere. Two rules
hold for every method: one study is never pooled, and where no one or everyone had the
outcome there is a bound and no estimate.

Egger's test and funnel plots are not offered: a proportion's variance depends on the
proportion itself, so small studies with rates away from one half look asymmetric where
nothing is missing (Hunter et al. 2014, doi 10.1016/j.jclinepi.2014.03.003).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from lupus_evidence.stats import notes
from lupus_evidence.stats.estimates import Bound, NotPooled, PooledEstimate
from lupus_evidence.stats.proportions import (
    Counts,
    check_counts,
    check_level,
    exact_bound,
    in_one_order,
)

Method = Literal["bayes", "glmm", "reml", "pm", "dl", "ml", "common", "freeman-tukey"]
METHODS: tuple[Method, ...] = get_args(Method)
Test = Literal["posterior", "t", "z", "profile", "knha", "wider"]
# the first of each is its default
TESTS: dict[Method, tuple[Test, ...]] = {
    "bayes": ("posterior",),
    "glmm": ("t", "z", "profile"),
    "reml": ("wider", "z", "knha"),
    "pm": ("wider", "z", "knha"),
    "dl": ("wider", "z", "knha"),
    "ml": ("wider", "z", "knha"),
    "common": ("z",),
    "freeman-tukey": ("wider", "z", "knha"),
}


def pool(
    events: Sequence[float],
    n: Sequence[float],
    *,
    method: Method = "bayes",
    level: float = 0.95,
    tau_prior: float = 1.0,
    test: Test | None = None,
) -> PooledEstimate | NotPooled:
    """Pool proportions of several studies.

    Parameters
    ----------
    events, n : sequence of float, shape (k,)
        People with the outcome, and people, per study; effective counts need not be
        whole.
    method : str
        One of `METHODS`; the default has the best simulated coverage at this
        field's numbers of studies and people (docs/methods.md).
    level : float
        Level of the intervals in 0-1.
    tau_prior : float
        Scale of the half-normal prior of the spread between studies on the logit
        scale; used by "bayes" and by one-sided bounds.
    test : str, optional
        How the interval is drawn; the first of `TESTS[method]` if omitted.

    Returns
    -------
    PooledEstimate or NotPooled
        Not pooled for no study, one study, or where the method has no answer.

    Raises
    ------
    ValueError
        If a count, the level, the prior, the method or the test is impossible.
    """
    counts = check_counts(events, n)
    check_level(level)
    if method not in METHODS:
        raise ValueError(f"there is no method {method!r}; use one of {METHODS}")
    test = TESTS[method][0] if test is None else test
    if test not in TESTS[method]:
        raise ValueError(f"{method} has no interval {test!r}; use {TESTS[method]}")
    if not 0 < tau_prior < float("inf"):
        raise ValueError(f"the prior scale of tau must be above 0, not {tau_prior!r}")
    if len(counts[0]) < 2:  # noqa: PLR2004 - nothing to pool
        return notes.ONE_STUDY if counts[0] else notes.NO_STUDIES
    counts = in_one_order(counts)
    if not any(counts[0]) or counts[0] == counts[1]:
        return _bounded(counts, method, level, tau_prior)
    return _estimate(counts, method, level, tau_prior, test)


def prior_interval(
    events: Sequence[float],
    n: Sequence[float],
    *,
    level: float,
    tau_prior: float,
    from_prior: float,
) -> tuple[float, float]:
    """Return the default method's interval under another prior scale of the spread.

    Parameters
    ----------
    events, n : sequence of float, shape (k,)
        Two or more studies, as for `pool`.
    level : float
        Level in 0-1.
    tau_prior : float
        The other scale.
    from_prior : float
        The scale under which they were pooled already, which makes a tighter one cheap.

    Returns
    -------
    tuple of float
        The same as `pool` gives, to 1e-4; of a bound, what it leaves open.
    """
    counts = in_one_order(check_counts(events, n))
    if not any(counts[0]) or counts[0] == counts[1]:
        bound, everyone = _model_bound(counts, level, tau_prior, from_prior)
        return (bound, 1.0) if everyone else (0.0, bound)
    from lupus_evidence.stats.model_estimates import bayes_interval

    return bayes_interval(counts, level, tau_prior, from_prior)


def _model_bound(
    counts: Counts, level: float, tau_prior: float, from_prior: float | None = None
) -> tuple[float, bool]:
    """Return the model's bound, and whether it is a lower one: everyone had it."""
    import numpy as np
    from scipy.special import expit

    from lupus_evidence.stats.bayes import UNIFORM, posterior

    everyone = any(counts[0])
    tail = (1 - level) / 2
    rate = posterior(*counts, tau_prior, UNIFORM, from_prior).median_rate
    bound = rate.quantile(np.array([tail if everyone else 1 - tail]))
    return float(expit(bound[0])), everyone


def _estimate(
    counts: Counts, method: Method, level: float, tau_prior: float, test: Test
) -> PooledEstimate | NotPooled:
    """Hand the studies to the method; what it needs is imported only now."""
    if method == "bayes":
        from lupus_evidence.stats.model_estimates import bayes_estimate

        return bayes_estimate(counts, level, tau_prior)
    if method == "glmm":
        from lupus_evidence.stats.model_estimates import glmm_estimate

        return glmm_estimate(counts, level, test)
    from lupus_evidence.stats.inverse_variance import (
        freeman_tukey_estimate,
        inverse_variance_estimate,
    )

    if method == "freeman-tukey":
        return freeman_tukey_estimate(counts, level, test)
    return inverse_variance_estimate(counts, method, level, test)


def _bounded(
    counts: Counts, method: Method, level: float, tau_prior: float
) -> PooledEstimate:
    """Bound the rate where no one, or everyone, had the outcome."""
    n = counts[1]
    model, everyone = _model_bound(counts, level, tau_prior)
    people = sum(n)
    return PooledEstimate(
        method=method,
        interval_method="one-sided",
        level=level,
        kind="one-sided-bound",
        k=len(n),
        n=people,
        events=people if everyone else 0.0,
        bound=Bound(
            side="lower" if everyone else "upper",
            level=(1 + level) / 2,
            model=model,
            totals=exact_bound(people if everyone else 0.0, people, level=level),
        ),
        tau_prior=tau_prior,
        notes=(
            notes.everyone_or_no_one(everyone),
            notes.uniform_prior(tau_prior),
            notes.LUCKY_DRAW,
        ),
    )


@dataclass(frozen=True)
class Influence:
    """What leaving one study out does.

    Parameters
    ----------
    index : int
        Place of the study in the input.
    without : PooledEstimate or NotPooled
        Pooled from the other studies.
    logit_shift : float or None
        Logit of all studies minus logit without this one; positive if the study
        pulls the rate up. None where either does not exist.
    shift_in_se : float or None
        The same in standard errors of the estimate without the study.
    """

    index: int
    without: PooledEstimate | NotPooled
    logit_shift: float | None
    shift_in_se: float | None


def leave_one_out(
    events: Sequence[float],
    n: Sequence[float],
    *,
    method: Method = "bayes",
    level: float = 0.95,
    tau_prior: float = 1.0,
) -> tuple[PooledEstimate | NotPooled, ...]:
    """Pool with each study left out in turn.

    Parameters
    ----------
    events, n : sequence of float, shape (k,)
        People with the outcome, and people, per study.
    method, level, tau_prior
        As for `pooling.pool`.

    Returns
    -------
    tuple
        One result per study, in the order of the input.

    Raises
    ------
    ValueError
        As `pooling.pool`.
    """
    all_events, people = check_counts(events, n)
    return tuple(
        pool(
            all_events[:i] + all_events[i + 1 :],
            people[:i] + people[i + 1 :],
            method=method,
            level=level,
            tau_prior=tau_prior,
        )
        for i in range(len(people))
    )


def influence(
    events: Sequence[float],
    n: Sequence[float],
    *,
    method: Method = "bayes",
    level: float = 0.95,
    tau_prior: float = 1.0,
) -> tuple[Influence, ...]:
    """Return how far each study moves the pooled logit.

    Parameters
    ----------
    events, n : sequence of float, shape (k,)
        People with the outcome, and people, per study.
    method, level, tau_prior
        As for `pooling.pool`.

    Raises
    ------
    ValueError
        As `pooling.pool`.
    """
    whole = pool(events, n, method=method, level=level, tau_prior=tau_prior)
    others = leave_one_out(events, n, method=method, level=level, tau_prior=tau_prior)
    found = []
    for index, without in enumerate(others):
        logit, se = _logit_and_error(without)
        here, _ = _logit_and_error(whole)
        shift = None if here is None or logit is None else here - logit
        scaled = None if shift is None or se is None else shift / se
        found.append(Influence(index, without, shift, scaled))
    return tuple(found)


def cumulative(
    events: Sequence[float],
    n: Sequence[float],
    *,
    order: Sequence[int] | None = None,
    method: Method = "bayes",
    level: float = 0.95,
    tau_prior: float = 1.0,
) -> tuple[PooledEstimate | NotPooled, ...]:
    """Pool the first study, the first two, and so on.

    Parameters
    ----------
    events, n : sequence of float, shape (k,)
        People with the outcome, and people, per study.
    order : sequence of int, optional
        Places of the studies in the order they came (by year); as given if omitted.
    method, level, tau_prior
        As for `pooling.pool`.

    Returns
    -------
    tuple
        One result per step; the first is not pooled, being one study.

    Raises
    ------
    ValueError
        As `pooling.pool`, or if `order` does not name each study once.
    """
    all_events, people = check_counts(events, n)
    places = list(range(len(people))) if order is None else list(order)
    if sorted(places) != list(range(len(people))):
        raise ValueError("the order must name each study once")
    return tuple(
        pool(
            [all_events[i] for i in places[: step + 1]],
            [people[i] for i in places[: step + 1]],
            method=method,
            level=level,
            tau_prior=tau_prior,
        )
        for step in range(len(places))
    )


def _logit_and_error(
    result: PooledEstimate | NotPooled,
) -> tuple[float | None, float | None]:
    """Return the pooled logit and its standard error, where they exist."""
    if isinstance(result, NotPooled):
        return None, None
    return result.logit, result.se
