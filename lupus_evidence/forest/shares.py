"""How much of the information in a pooled figure comes from each study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import Pooled

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Figure


def information_shares(sizes: tuple[float, ...], figure: Figure) -> tuple[float, ...]:
    """Return each study's share of the information in a figure.

    The binomial-normal model (Stijnen 2010, doi 10.1002/sim.4040) has no weights.
    Shown instead is 1 / (tau^2 + 1 / (n p (1 - p))) as a share of its sum: the
    inverse of the variance that a study's logit has at the pooled rate p and spread
    tau, by the delta method. Without a pooled rate the share is that of people.

    Parameters
    ----------
    sizes : tuple of float
        People, or effective people, in each study.
    figure : Pooled, SingleStudy, Unpooled or NoStudy
        What the studies come to.

    Returns
    -------
    tuple of float
        Shares in 0-1 that sum to 1.
    """
    weights = sizes
    if isinstance(figure, Pooled):
        rate, tau = figure.estimate.estimate, figure.estimate.tau
        if rate is not None and tau is not None and 0 < rate < 1:
            unit = rate * (1 - rate)
            weights = tuple(1 / (tau**2 + 1 / (size * unit)) for size in sizes)
    total = sum(weights)
    return tuple(weight / total for weight in weights)
