"""Two-by-two tables of trials: effects with their variances, Mantel-Haenszel, Peto.

Arm a is the treatment, arm b the control. Odds and risk ratios are on the log scale.

With the margins given, the treatment arm's events follow the noncentral
hypergeometric distribution, in which only the odds ratio is left:

    P(a | events, theta) = C(n_a, a) C(n_b, events - a) e^(theta a) / sum over j

It is the conditional likelihood of Cornfield 1956 and of van Houwelingen, Zwinderman
and Stijnen 1993 (doi 10.1002/sim.4780122405).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from lupus_evidence.stats.likelihood import Array, log_choose

if TYPE_CHECKING:
    from numpy.typing import NDArray


EffectMeasure = Literal["or", "rr", "rd"]
# added to all four cells of a study that has an empty one (add = 1/2, to = "only0")
CORRECTION = 0.5


@dataclass(frozen=True, eq=False)
class Tables:
    """Counts of studies with two arms.

    Parameters
    ----------
    events_a, n_a, events_b, n_b : ndarray, shape (k,)
        People with the outcome, and people, under treatment (a) and control (b).
    """

    events_a: Array
    n_a: Array
    events_b: Array
    n_b: Array

    @property
    def k(self) -> int:
        """How many studies there are."""
        return self.n_a.size

    @property
    def events(self) -> Array:
        """People with the outcome in both arms, shape (k,)."""
        return self.events_a + self.events_b

    @property
    def n(self) -> Array:
        """People in both arms, shape (k,)."""
        return self.n_a + self.n_b

    @property
    def informative(self) -> NDArray[np.bool_]:
        """Whether each study says anything about the odds ratio.

        It does not where no one, or everyone, in both arms had the outcome.
        """
        return np.asarray((self.events > 0) & (self.events < self.n))

    @property
    def swapped(self) -> Tables:
        """The same with treatment and control exchanged."""
        return Tables(self.events_b, self.n_b, self.events_a, self.n_a)

    @property
    def in_one_order(self) -> Tables:
        """The same studies sorted, so that no rounding depends on how they came."""
        columns = (self.events_a, self.n_a, self.events_b, self.n_b)
        order = np.lexsort(columns)
        return Tables(*(column[order] for column in columns))

    def only(self, chosen: NDArray[np.bool_]) -> Tables:
        """Return some of the studies.

        Parameters
        ----------
        chosen : ndarray of bool, shape (k,)
            Which.
        """
        columns = (self.events_a, self.n_a, self.events_b, self.n_b)
        return Tables(*(column[chosen] for column in columns))


def at_least(tables: Tables) -> NDArray[np.bool_]:
    """Tell of each trial whether its treatment arm has as few events as it can.

    Then no finite odds ratio is the trial's likeliest.

    Parameters
    ----------
    tables : Tables
        Informative trials.
    """
    return np.asarray(tables.events_a == np.maximum(0, tables.events - tables.n_b))


def effects(tables: Tables, measure: EffectMeasure) -> tuple[Array, Array]:
    """Return each study's effect and its large-sample variance.

    A study with an empty cell has 1/2 added to its four cells.

    Parameters
    ----------
    tables : Tables
        The studies.
    measure : {"or", "rr", "rd"}
        Log odds ratio, log risk ratio, or risk difference (proportion, -1 to 1).

    Returns
    -------
    tuple of ndarray, shape (k,)
        Effects and variances.
    """
    a, c = tables.events_a, tables.events_b
    b, d = tables.n_a - a, tables.n_b - c
    empty = (a == 0) | (b == 0) | (c == 0) | (d == 0)
    a, b, c, d = (cell + np.where(empty, CORRECTION, 0.0) for cell in (a, b, c, d))
    if measure == "or":
        return np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    p, q = a / (a + b), c / (c + d)
    if measure == "rr":
        return np.log(p / q), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    return p - q, p * (1 - p) / (a + b) + q * (1 - q) / (c + d)


@dataclass(frozen=True, eq=False)
class CommonEffect:
    """One effect for all studies.

    Parameters
    ----------
    estimate, se : float
        Effect and standard error; infinite where one arm has no events, not a number
        where no study says anything.
    weights : ndarray, shape (k,)
        Each study's share, 0-1.
    """

    estimate: float
    se: float
    weights: Array


def mantel_haenszel(tables: Tables, measure: EffectMeasure) -> CommonEffect:
    """Pool by Mantel and Haenszel's weights; nothing is added to any cell.

    Variances: of the log odds ratio by Robins, Breslow and Greenland 1986
    (doi 10.2307/2531052), of the log risk ratio by Greenland and Robins 1985
    (doi 10.2307/2530643), of the risk difference by Sato, Greenland and Robins 1989
    (doi 10.2307/2531506).

    Parameters
    ----------
    tables : Tables
        The studies.
    measure : {"or", "rr", "rd"}
        What is pooled.
    """
    a, c, n_a, n_b, n = (
        tables.events_a,
        tables.events_b,
        tables.n_a,
        tables.n_b,
        tables.n,
    )
    if measure == "rd":
        return _risk_difference(tables)
    if measure == "or":
        b, d = n_a - a, n_b - c
        for_a, for_b = a * d / n, b * c / n
        p, q = (a + d) / n, (b + c) / n
    else:
        for_a, for_b = a * n_b / n, c * n_a / n
    total_a, total_b = float(for_a.sum()), float(for_b.sum())
    share = for_b / total_b if total_b else np.full(len(n), np.nan)
    if total_a == 0 or total_b == 0:
        sign = 0.0 if total_a == total_b else np.inf if total_a else -np.inf
        return CommonEffect(sign or np.nan, np.inf, share)
    if measure == "or":
        variance = 0.5 * (
            (p * for_a).sum() / total_a**2
            + (p * for_b + q * for_a).sum() / (total_a * total_b)
            + (q * for_b).sum() / total_b**2
        )
    else:
        spread = n_a * n_b * (a + c) / n**2 - a * c / n
        variance = spread.sum() / (total_a * total_b)
    return CommonEffect(
        float(np.log(total_a / total_b)), float(np.sqrt(max(variance, 0.0))), share
    )


def _risk_difference(tables: Tables) -> CommonEffect:
    """Pool risk differences by Mantel and Haenszel's weights."""
    a, c, n_a, n_b, n = (
        tables.events_a,
        tables.events_b,
        tables.n_a,
        tables.n_b,
        tables.n,
    )
    weight = n_a * n_b / n
    total = float(weight.sum())
    estimate = float((a * n_b / n - c * n_a / n).sum()) / total
    p = (n_a**2 * c - n_b**2 * a + n_a * n_b * (n_b - n_a) / 2) / n**2
    q = (a * (n_b - c) + c * (n_a - a)) / (2 * n)
    variance = (estimate * p.sum() + q.sum()) / total**2
    return CommonEffect(estimate, float(np.sqrt(max(variance, 0.0))), weight / total)


def peto(tables: Tables) -> CommonEffect:
    """Pool log odds ratios by observed minus expected events.

    Yusuf et al. 1985, doi 10.1016/S0033-0620(85)80003-7. Biased where arms are of
    very different size or the effect is large.

    Parameters
    ----------
    tables : Tables
        The studies.
    """
    n_a, n_b, n, events = tables.n_a, tables.n_b, tables.n, tables.events
    expected = events * n_a / n
    spread = np.where(n > 1, n_a * n_b * events * (n - events), 0.0)
    variance = spread / (n**2 * np.maximum(n - 1, 1))
    total = float(variance.sum())
    if total == 0:
        return CommonEffect(np.nan, np.inf, np.full(len(n), np.nan))
    excess = float((tables.events_a - expected).sum())
    return CommonEffect(excess / total, total**-0.5, variance / total)


# where a table's events could vary by many people, the sum over them is taken at each
# half of a standard deviation: the trapezoid rule for a smooth function loses nothing
# to double precision by that. It goes as far as an odds ratio e^4 away from the table's
# own moves them, and 16 standard deviations and a margin for skewed tables beyond
FINE, FARTHEST_RATIO, REACH, MARGIN = 2, 4, 16, 80
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
        ways = log_choose(values, n_a) + log_choose(a + c - values, n_b)
        observed = log_choose(np.array(a), n_a) + log_choose(np.array(c), n_b)
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
    reach = FARTHEST_RATIO * sd**2 + REACH * sd + MARGIN
    least, most = max(least, a - reach), min(most, a + reach)
    below, above = np.floor((a - least) / step), np.floor((most - a) / step)
    return np.asarray(a + step * np.arange(-below, above + 1))
