"""The noncentral hypergeometric distribution of a trial's events, margins given.

    P(a | events, theta) = C(n_a, a) C(n_b, events - a) e^(theta a) / sum over j

Only the odds ratio is left in it: the conditional likelihood of Cornfield 1956 and of
van Houwelingen, Zwinderman and Stijnen 1993 (doi 10.1002/sim.4780122405).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.special import gammaln

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array
    from lupus_evidence.stats.two_by_two import Tables

# where a table's events could vary by many people, the sum over them is taken at every
# quarter of a standard deviation, over 16 of them and a margin for skewed tables: the
# trapezoid rule for a smooth function loses nothing to double precision by that
FINE, REACH, MARGIN = 4, 16, 80
# up to this many possible values every one is summed
FEW = 400


@dataclass(frozen=True, eq=False)
class EventDistributions:
    """The possible events of each trial's treatment arm.

    Parameters
    ----------
    excess : ndarray, shape (k, values)
        Possible events minus those observed.
    log_ways : ndarray, shape (k, values)
        Log number of ways to have them; minus infinity where a row has fewer values.
    """

    excess: Array
    log_ways: Array

    def cumulants(self, theta: Array) -> tuple[Array, Array, Array]:
        """Return the log likelihood and its first two derivatives in theta.

        Parameters
        ----------
        theta : ndarray, shape (k, points)
            Log odds ratios.

        Returns
        -------
        tuple of ndarray, shape (k, points)
            Log probability of the observed table, observed minus expected events, and
            minus the variance of the events.
        """
        term = self.log_ways[:, None] + theta[..., None] * self.excess[:, None]
        top = term.max(axis=-1, keepdims=True)
        weight = np.exp(term - top)
        total = weight.sum(axis=-1)
        share = weight / total[..., None]
        mean = np.sum(share * self.excess[:, None], axis=-1)
        off = self.excess[:, None] - mean[..., None]
        return (
            -top[..., 0] - np.log(total),
            -mean,
            -np.sum(share * off**2, axis=-1),
        )


def event_distributions(tables: Tables) -> EventDistributions:
    """List the possible events of each trial's treatment arm.

    Parameters
    ----------
    tables : Tables
        Informative trials with whole people.

    Raises
    ------
    ValueError
        If a count is no whole number.
    """
    rows = []
    columns = (tables.events_a, tables.n_a, tables.events_b, tables.n_b)
    for a, n_a, c, n_b in zip(*(column.tolist() for column in columns), strict=True):
        if not all(float(x).is_integer() for x in (a, n_a, c, n_b)):
            raise ValueError("the conditional model needs whole people")
        values = _possible(a, n_a, c, n_b)
        ways = _log_choose(n_a, values) + _log_choose(n_b, a + c - values)
        observed = _log_choose(n_a, np.array(a)) + _log_choose(n_b, np.array(c))
        rows.append((values - a, ways - observed + np.log(values[1] - values[0])))
    width = max(len(values) for values, _ in rows)
    excess, log_ways = np.zeros((tables.k, width)), np.full((tables.k, width), -np.inf)
    for i, (values, ways) in enumerate(rows):
        excess[i, : len(values)], log_ways[i, : len(ways)] = values, ways
    return EventDistributions(excess, log_ways)


def _possible(a: float, n_a: float, c: float, n_b: float) -> Array:
    """Return the possible events of arm a, or enough of them, the observed included."""
    least, most = max(0.0, a + c - n_b), min(n_a, a + c)
    cells = np.array([a, n_a - a, c, n_b - c]) + 0.5
    sd = float(np.sum(1 / cells) ** -0.5)
    step = max(1.0, np.floor(sd / FINE)) if most - least > FEW else 1.0
    reach = REACH * sd + MARGIN
    least, most = max(least, a - reach), min(most, a + reach)
    below, above = np.floor((a - least) / step), np.floor((most - a) / step)
    return np.asarray(a + step * np.arange(-below, above + 1))


def _log_choose(n: float, events: Array) -> Array:
    """Return log binomial coefficients."""
    return np.asarray(gammaln(n + 1) - gammaln(events + 1) - gammaln(n - events + 1))
