"""All estimators behind one function.

What each set of studies gets is decided here; the arithmetic is elsewhere. Two rules
hold for every method: one study is never pooled, and where no one or everyone had the
outcome there is a bound and no estimate.

Egger's test and funnel plots are not offered: a proportion's variance depends on the
proportion itself, so small studies with rates away from one half look asymmetric where
nothing is missing (Hunter et al. 2014, doi 10.1016/j.jclinepi.2014.03.003).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, get_args

from lupus_evidence.stats import notes
from lupus_evidence.stats.one_sided_bounds import bounded_estimate, model_bound
from lupus_evidence.stats.proportions import (
    Counts,
    check_counts,
    check_level,
    in_one_order,
)

if TYPE_CHECKING:
    from lupus_evidence.stats.estimates import NotPooled, PooledEstimate

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
        return bounded_estimate(counts, method, level, tau_prior)
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
        bound, everyone = model_bound(counts, level, tau_prior, from_prior)
        return (bound, 1.0) if everyone else (0.0, bound)
    from lupus_evidence.stats.model_estimates import bayes_interval

    return bayes_interval(counts, level, tau_prior, from_prior)


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
