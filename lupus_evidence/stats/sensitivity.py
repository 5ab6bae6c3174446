"""How much one pooled figure hangs on single studies, and how it came about.

Egger's test and funnel plots are not offered: a proportion's variance depends on the
proportion itself, so small studies with rates away from one half look asymmetric
where nothing is missing (Hunter et al. 2014, doi 10.1016/j.jclinepi.2014.03.003).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.stats.counts import check_counts
from lupus_evidence.stats.estimates import NotPooled
from lupus_evidence.stats.pooling import Method, pool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.stats.estimates import PooledEstimate


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
        logit, se = _logit(without)
        here, _ = _logit(whole)
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


def _logit(result: PooledEstimate | NotPooled) -> tuple[float | None, float | None]:
    """Return the pooled logit and its standard error, where they exist."""
    if isinstance(result, NotPooled):
        return None, None
    return result.logit, result.se
