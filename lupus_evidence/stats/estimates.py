"""What pooling returns: frozen, and importable without numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Interval = tuple[float, float]
Kind = Literal["ordinary", "one-sided-bound"]


@dataclass(frozen=True)
class Note:
    """Something a reader of an estimate must know.

    Parameters
    ----------
    code : str
        Stable, for programs: "too-different", "wide-prediction", ...
    text : str
        One sentence for a person.
    """

    code: str
    text: str


@dataclass(frozen=True)
class NamedInterval:
    """One way to draw the interval of the median rate.

    Parameters
    ----------
    name : str
        "posterior", "z", "t", "knha", "profile", ...
    low, high : float
        Proportions in 0-1.
    """

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Bound:
    """One-sided bounds where no one, or everyone, had the outcome.

    Parameters
    ----------
    side : {"upper", "lower"}
        Upper when there were no events, lower when everyone had one.
    level : float
        One-sided confidence level in 0-1 (0.975 beside a 95 % interval).
    model : float
        Bound of the median rate with differences between studies allowed for;
        proportion in 0-1. This is the one that pages print.
    totals : float
        Exact bound on the totals, beside it: right if every study had the same rate.
    """

    side: Literal["upper", "lower"]
    level: float
    model: float
    totals: float


@dataclass(frozen=True)
class NotPooled:
    """Why there is no pooled figure.

    Parameters
    ----------
    reason : str
        Stable code: "no-studies", "one-study" or "tau-infinite".
    text : str
        One sentence for a person.
    """

    reason: str
    text: str


@dataclass(frozen=True)
class PooledEstimate:
    """A pooled proportion; a field that its method does not have is None.

    Parameters
    ----------
    method, interval_method : str
        Estimator ("bayes", "glmm", ...) and how `ci` was drawn ("posterior",
        "posterior-profile", "t(k-1)", "z", "profile", "wider-of-knha-and-z",
        "one-sided", ...).
    level : float
        Confidence or credible level of the intervals, in 0-1.
    kind : {"ordinary", "one-sided-bound"}
        With "one-sided-bound" there is no `estimate`, only `bound`.
    k : int
        Studies.
    n, events : float
        People in all studies, and those with the outcome.
    logit, se : float or None
        Logit of the median rate and its standard error (posterior median and
        standard deviation for "bayes").
    tau, tau2 : float or None
        Standard deviation and variance between studies on the logit scale
        (posterior median for "bayes").
    tau2_ci : tuple of float or None
        Posterior, profile-likelihood or Q-profile interval of `tau2`; the upper
        end may be infinite.
    estimate : float or None
        Median rate, the back-transformed logit; proportion in 0-1.
    ci : tuple of float or None
        Interval of the median rate, proportions in 0-1.
    prediction : tuple of float or None
        Where the rate of a new study would lie, proportions in 0-1.
    prediction_shown : bool
        False where `prediction` exists but is too wide to be printed as numbers.
    mean : float or None
        Marginal mean rate over studies, proportion in 0-1.
    q, q_p, i2, h2 : float or None
        Heterogeneity test on k - 1 degrees of freedom, its p, I^2 in 0-1, H^2.
    log_likelihood : float or None
        At the maximum, binomial coefficients included.
    bound : Bound or None
        Only with kind "one-sided-bound".
    intervals : tuple of NamedInterval
        The other ways to draw the interval, for comparison with other software.
    companion : PooledEstimate or None
        Beside "bayes" from four studies on: the GLMM with t(k-1).
    tau_prior : float or None
        Scale of the half-normal prior of tau, where there is one.
    notes : tuple of Note
        What a reader must know.
    """

    method: str
    interval_method: str
    level: float
    kind: Kind
    k: int
    n: float
    events: float
    logit: float | None = None
    se: float | None = None
    tau: float | None = None
    tau2: float | None = None
    tau2_ci: Interval | None = None
    estimate: float | None = None
    ci: Interval | None = None
    prediction: Interval | None = None
    prediction_shown: bool = False
    mean: float | None = None
    q: float | None = None
    q_p: float | None = None
    i2: float | None = None
    h2: float | None = None
    log_likelihood: float | None = None
    bound: Bound | None = None
    intervals: tuple[NamedInterval, ...] = ()
    companion: PooledEstimate | None = None
    tau_prior: float | None = None
    notes: tuple[Note, ...] = ()

    def noted(self, code: str) -> bool:
        """Tell whether a note with this code is attached."""
        return any(note.code == code for note in self.notes)
