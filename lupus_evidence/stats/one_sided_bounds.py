"""What "at most" and "at least" mean: bounds where no one, or everyone, had it.

The bound that is shown is the model's (`Bound.model`): of the rate in a typical centre,
centres allowed to differ. The exact one on the totals (`Bound.totals`) stands beside it
and is right only if every study had the same rate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.stats import notes
from lupus_evidence.stats.estimates import Bound, PooledEstimate
from lupus_evidence.stats.proportions import check_count, check_level

if TYPE_CHECKING:
    from lupus_evidence.stats.proportions import Counts


def bounded_estimate(
    counts: Counts, method: str, level: float, tau_prior: float
) -> PooledEstimate:
    """Bound the rate where no one, or everyone, had the outcome.

    Parameters
    ----------
    counts : tuple of sequence of float
        Events and people of two or more studies; no events, or nothing else.
    method : str
        What was asked for; the bound is the default method's whatever that is.
    level : float
        Level in 0-1 of the two-sided interval that the bound would be an end of.
    tau_prior : float
        Scale of the prior of the spread, on the log-odds scale.
    """
    n = counts[1]
    model, everyone = model_bound(counts, level, tau_prior)
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


def model_bound(
    counts: Counts, level: float, tau_prior: float, from_prior: float | None = None
) -> tuple[float, bool]:
    """Return the model's bound, and whether it is a lower one: everyone had it.

    Parameters
    ----------
    counts : tuple of sequence of float
        Events and people of two or more studies; no events, or nothing else.
    level : float
        Level in 0-1 of the two-sided interval that the bound would be an end of.
    tau_prior : float
        Scale of the prior of the spread, on the log-odds scale.
    from_prior : float, optional
        A scale under which they were pooled already, which makes a tighter one cheap.

    Returns
    -------
    tuple
        Proportion in 0-1, and whether everyone had the outcome.
    """
    import numpy as np
    from scipy.special import expit

    from lupus_evidence.stats.bayes import UNIFORM, posterior

    everyone = any(counts[0])
    tail = (1 - level) / 2
    rate = posterior(*counts, tau_prior, UNIFORM, from_prior).median_rate
    bound = rate.quantile(np.array([tail if everyone else 1 - tail]))
    return float(expit(bound[0])), everyone


def exact_bound(events: float, n: float, *, level: float = 0.95) -> float:
    """Return the exact one-sided bound where no one, or everyone, had the outcome.

    Parameters
    ----------
    events, n : float
        People with the outcome (0 or `n`), and people in the denominator.
    level : float
        Level of the two-sided interval that this bound would be an end of: 0.95
        gives the one-sided 97.5 % bound.

    Returns
    -------
    float
        Upper bound of the rate if `events` is 0, lower bound if it is `n`.

    Raises
    ------
    ValueError
        If `events` is neither 0 nor `n`.
    """
    check_count(events, n)
    check_level(level)
    tail = (1 - level) / 2
    if events == n:
        return float(tail ** (1 / n))
    if events == 0:
        return float(1 - tail ** (1 / n))
    raise ValueError(f"a one-sided bound needs 0 or {n!r} events, not {events!r}")
