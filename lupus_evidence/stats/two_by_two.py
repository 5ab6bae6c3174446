"""Two-by-two tables of trials: effects with their variances, Mantel-Haenszel, Peto.

Arm a is the treatment, arm b the control. Odds and risk ratios are on the log scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array

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
    def informative(self) -> Array:
        """Whether each study says anything about the odds ratio.

        It does not where no one, or everyone, in both arms had the outcome.
        """
        return np.asarray((self.events > 0) & (self.events < self.n))

    @property
    def swapped(self) -> Tables:
        """The same with treatment and control exchanged."""
        return Tables(self.events_b, self.n_b, self.events_a, self.n_a)

    def only(self, chosen: Array) -> Tables:
        """Return some of the studies.

        Parameters
        ----------
        chosen : ndarray of bool, shape (k,)
            Which.
        """
        columns = (self.events_a, self.n_a, self.events_b, self.n_b)
        return Tables(*(column[chosen] for column in columns))


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
