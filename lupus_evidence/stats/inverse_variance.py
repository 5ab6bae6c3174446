"""Inverse-variance pooling, as other software does it; for comparison.

Of logits with their large-sample variance 1/x + 1/(n - x), where 1/2 is added to both
cells of a study only where one of them is 0; and of Freeman-Tukey's double arcsine,
whose back-transformation misleads (Schwarzer et al. 2019, doi 10.1002/jrsm.1348);
simulated coverage falls to 69 % (docs/methods.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import chdtrc, chdtri, expit, ndtri, stdtrit

from lupus_evidence.stats import notes
from lupus_evidence.stats.bayes import marginal_mean
from lupus_evidence.stats.estimates import Interval, NamedInterval, Note, PooledEstimate
from lupus_evidence.stats.notes import LEAST_FOR_PREDICTION, judge_prediction
from lupus_evidence.stats.numerics import crossing

if TYPE_CHECKING:
    from collections.abc import Callable

    from lupus_evidence.stats.likelihood import Array
    from lupus_evidence.stats.proportions import Counts


NAMES = {"z": "z", "knha": "knha", "wider": "wider-of-knha-and-z"}


def inverse_variance_estimate(
    counts: Counts, estimator: Estimator, level: float, test: str
) -> PooledEstimate:
    """Pool logits by inverse variance.

    Parameters
    ----------
    counts : tuple of tuple of float
        Events and people of two or more studies.
    estimator : {"reml", "pm", "dl", "ml", "common"}
        Of the variance between studies.
    level : float
        Level of the intervals in 0-1.
    test : {"wider", "z", "knha"}
        How the interval is drawn.
    """
    events, n = np.array(counts[0]), np.array(counts[1])
    k = len(n)
    y, v = logits(events, n)
    fit = fit_normal(y, v, estimator)
    common = estimator == "common"
    half_added = bool(np.any((events == 0) | (events == n)))
    chosen = "z" if common else _chosen(fit, test, level)
    intervals = _named(fit, level, _rate, z_only=common)
    prediction, shown, about = judge_prediction(
        lambda: _both(fit.prediction(chosen, level), _rate), k
    )
    of_tau2 = profile_interval if estimator == "ml" else q_profile_interval
    return PooledEstimate(
        method=estimator,
        interval_method=NAMES["z" if common else test],
        level=level,
        kind="ordinary",
        k=k,
        n=float(n.sum()),
        events=float(events.sum()),
        logit=fit.mean,
        se=fit.se,
        tau=float(np.sqrt(fit.tau2)),
        tau2=fit.tau2,
        tau2_ci=None if common else of_tau2(y, v, level),
        estimate=_rate(fit.mean),
        ci=_both(fit.ci(chosen, level), _rate),
        prediction=None if common else prediction,
        prediction_shown=shown and not common,
        mean=float(marginal_mean(np.array(fit.mean), np.array(np.sqrt(fit.tau2)))),
        q=fit.q,
        q_p=fit.q_p,
        i2=fit.i2,
        h2=fit.h2,
        intervals=intervals,
        notes=(*_cautions(fit, half_added, common=common), *(() if common else about)),
    )


def freeman_tukey_estimate(counts: Counts, level: float, test: str) -> PooledEstimate:
    """Pool double arcsines by REML and turn the result back into a rate.

    Parameters
    ----------
    counts : tuple of tuple of float
        Events and people of two or more studies.
    level : float
        Level of the interval in 0-1.
    test : {"wider", "z", "knha"}
        How the interval is drawn.
    """
    events, n = np.array(counts[0]), np.array(counts[1])
    fit = fit_normal(*double_arcsine(events, n), "reml")

    def rate(value: float) -> float:
        return back_transform(value, n)

    return PooledEstimate(
        method="freeman-tukey",
        interval_method=NAMES[test],
        level=level,
        kind="ordinary",
        k=len(n),
        n=float(n.sum()),
        events=float(events.sum()),
        estimate=rate(fit.mean),
        ci=_both(fit.ci(_chosen(fit, test, level), level), rate),
        q=fit.q,
        q_p=fit.q_p,
        i2=fit.i2,
        h2=fit.h2,
        intervals=_named(fit, level, rate, z_only=False),
        notes=(notes.FREEMAN_TUKEY,),
    )


def _cautions(fit: InverseVarianceFit, half_added: bool, *, common: bool) -> list[Note]:
    """Say what a reader of a large-sample estimate must know."""
    said = [notes.LARGE_SAMPLE]
    if half_added:
        said.append(notes.HALF_ADDED)
    if common:
        return [*said, notes.ONE_RATE]
    if fit.tau2 == 0:
        said.append(notes.SPREAD_ZERO)
    if fit.k >= LEAST_FOR_PREDICTION:
        said.append(notes.SPREAD_TAKEN_AS_KNOWN)
    return said


def _chosen(fit: InverseVarianceFit, test: str, level: float) -> WaldTest:
    """Resolve "wider": Knapp-Hartung's interval, but never narrower than z."""
    if test == "wider":
        by_z, by_knha = fit.ci("z", level), fit.ci("knha", level)
        return "z" if by_z[0] < by_knha[0] else "knha"
    return "z" if test == "z" else "knha"


def _named(
    fit: InverseVarianceFit,
    level: float,
    rate: Callable[[float], float],
    *,
    z_only: bool,
) -> tuple[NamedInterval, ...]:
    """Return the z interval and, where there is one, Knapp-Hartung's."""
    tests: tuple[WaldTest, ...] = ("z",) if z_only else ("z", "knha")
    return tuple(
        NamedInterval(name, *_both(fit.ci(name, level), rate)) for name in tests
    )


def _rate(logit: float) -> float:
    """Back-transform a logit."""
    return float(expit(logit))


def _both(ends: Interval, rate: Callable[[float], float]) -> Interval:
    """Back-transform both ends."""
    return rate(ends[0]), rate(ends[1])


Estimator = Literal["reml", "pm", "dl", "ml", "common"]
WaldTest = Literal["z", "knha"]
# added to both cells of a study with 0 or n events (add = 1/2, to = "only0")
CORRECTION = 0.5
# where a likelihood of tau^2 is looked at for its highest maximum, in units of the
# variance of the studies' results
GRID = np.concatenate([[0.0], np.geomspace(1e-4, 1e2, 61)])


@dataclass(frozen=True)
class InverseVarianceFit:
    """A pooled mean of normal results.

    Parameters
    ----------
    mean : float
        Pooled mean on the scale of the results.
    se, se_knha : float
        Its standard error, and Knapp and Hartung's.
    tau2 : float
        Variance between studies.
    q, q_p : float
        Cochran's Q on k - 1 degrees of freedom, and its p.
    i2, h2 : float
        I^2 in 0-1 and H^2.
    k : int
        Studies.
    """

    mean: float
    se: float
    se_knha: float
    tau2: float
    q: float
    q_p: float
    i2: float
    h2: float
    k: int

    def ci(self, test: WaldTest, level: float) -> tuple[float, float]:
        """Return the interval of the mean on the scale of the results.

        Parameters
        ----------
        test : {"z", "knha"}
            Normal quantile with `se`, or t(k - 1) with `se_knha` (Knapp and Hartung
            2003, doi 10.1002/sim.1482).
        level : float
            Confidence level in 0-1.
        """
        if test == "z":
            half = float(ndtri(0.5 + level / 2)) * self.se
        else:
            half = float(stdtrit(self.k - 1, 0.5 + level / 2)) * self.se_knha
        return self.mean - half, self.mean + half

    def prediction(self, test: WaldTest, level: float) -> tuple[float, float]:
        """Return the interval of a new study's true result, taking tau^2 as known.

        Higgins, Thompson and Spiegelhalter 2009, section 4, doi
        10.1111/j.1467-985X.2008.00552.x, with the degrees of freedom of `test`.
        """
        if test == "z":
            se, quantile = self.se, float(ndtri(0.5 + level / 2))
        else:
            se, quantile = self.se_knha, float(stdtrit(self.k - 1, 0.5 + level / 2))
        half = quantile * float(np.sqrt(se**2 + self.tau2))
        return self.mean - half, self.mean + half


def logits(events: Array, n: Array) -> tuple[Array, Array]:
    """Return each study's logit and its variance.

    Parameters
    ----------
    events, n : ndarray, shape (k,)
        People with the outcome, and people.
    """
    rest = n - events
    added = np.where((events == 0) | (rest == 0), CORRECTION, 0.0)
    events, rest = events + added, rest + added
    return np.log(events / rest), 1 / events + 1 / rest


def fit_normal(y: Array, v: Array, estimator: Estimator) -> InverseVarianceFit:
    """Pool normal results.

    Parameters
    ----------
    y, v : ndarray, shape (k,)
        Results and their variances, k >= 2.
    estimator : {"reml", "pm", "dl", "ml", "common"}
        Of the variance between studies: restricted maximum likelihood, Paule and
        Mandel 1982 (doi 10.6028/jres.087.022), DerSimonian and Laird 1986
        (doi 10.1016/0197-2456(86)90046-2) truncated at 0, maximum likelihood
        (Viechtbauer 2005, doi 10.3102/10769986030003261), or 0.
    """
    k = len(y)
    tau2 = _TAU2[estimator](y, v)
    weight = 1 / (v + tau2)
    mean = float(np.sum(weight * y) / np.sum(weight))
    spread = float(np.sum(weight * (y - mean) ** 2))
    q = generalised_q(y, v, 0.0)
    typical = typical_variance(v)
    if estimator == "common":
        i2 = max(0.0, q - (k - 1)) / max(q, k - 1)
        h2 = q / (k - 1)
    else:
        i2, h2 = tau2 / (tau2 + typical), tau2 / typical + 1
    return InverseVarianceFit(
        mean=mean,
        se=float(1 / np.sqrt(np.sum(weight))),
        se_knha=float(np.sqrt(spread / (k - 1) / np.sum(weight))),
        tau2=tau2,
        q=q,
        q_p=float(chdtrc(k - 1, q)),
        i2=i2,
        h2=h2,
        k=k,
    )


def generalised_q(y: Array, v: Array, tau2: float) -> float:
    """Return sum w (y - mean)^2 with w = 1 / (v + tau2)."""
    weight = 1 / (v + tau2)
    mean = np.sum(weight * y) / np.sum(weight)
    return float(np.sum(weight * (y - mean) ** 2))


def typical_variance(v: Array) -> float:
    """Return the typical within-study variance behind I^2.

    Higgins and Thompson 2002, equation 9, doi 10.1002/sim.1186.
    """
    weight = 1 / v
    total = float(np.sum(weight))
    return (len(v) - 1) * total / (total**2 - float(np.sum(weight**2)))


def q_profile_interval(y: Array, v: Array, level: float) -> tuple[float, float]:
    """Return the Q-profile interval of tau^2 (Viechtbauer 2007).

    doi 10.1002/sim.2514: the values at which the generalised Q meets the chi-square
    quantiles on k - 1 degrees of freedom.
    """
    tail = (1 - level) / 2

    def meets(cut: float) -> float:
        return crossing(lambda tau2: generalised_q(y, v, tau2) - cut)

    df = len(y) - 1
    return meets(float(chdtri(df, tail))), meets(float(chdtri(df, 1 - tail)))


def profile_interval(y: Array, v: Array, level: float) -> tuple[float, float]:
    """Return the profile-likelihood interval of tau^2 (Hardy and Thompson 1996).

    doi 10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A.
    """
    best = _TAU2["ml"](y, v)
    floor = _log_likelihood(y, v, best, restricted=False)
    floor -= 0.5 * float(chdtri(1, 1 - level))

    def above(tau2: float) -> float:
        return _log_likelihood(y, v, tau2, restricted=False) - floor

    low = best - crossing(lambda back: above(max(best - back, 0.0)), 0.0, best or 1.0)
    if above(0.0) >= 0:
        low = 0.0
    return low, crossing(above, best, 2 * best + 1)


def _log_likelihood(y: Array, v: Array, tau2: float, *, restricted: bool) -> float:
    """Return the normal log-likelihood of tau^2, up to a constant."""
    weight = 1 / (v + tau2)
    value = 0.5 * float(np.sum(np.log(weight))) - 0.5 * generalised_q(y, v, tau2)
    return value - 0.5 * float(np.log(np.sum(weight))) if restricted else value


def _slope(y: Array, v: Array, tau2: float, *, restricted: bool) -> float:
    """Return the derivative of the log-likelihood with respect to tau^2, doubled."""
    weight = 1 / (v + tau2)
    total = np.sum(weight)
    mean = np.sum(weight * y) / total
    value = np.sum(weight**2 * (y - mean) ** 2) - total
    return float(value + np.sum(weight**2) / total if restricted else value)


def _likelihood_tau2(y: Array, v: Array, *, restricted: bool) -> float:
    """Maximise the likelihood: the best grid point, then the zero of the slope."""
    grid = GRID * max(float(np.var(y)), float(np.min(v)))
    values = [_log_likelihood(y, v, tau2, restricted=restricted) for tau2 in grid]
    best = int(np.argmax(values))
    low = float(grid[max(best - 1, 0)])
    high = float(grid[min(best + 1, len(grid) - 1)])
    slope = partial(_slope, y, v, restricted=restricted)
    return crossing(slope, low, high)


def _paule_mandel(y: Array, v: Array) -> float:
    """Solve Q(tau^2) = k - 1."""
    return crossing(lambda tau2: generalised_q(y, v, tau2) - (len(y) - 1))


def _dersimonian_laird(y: Array, v: Array) -> float:
    """Return the moment estimate, truncated at 0."""
    weight = 1 / v
    total = float(np.sum(weight))
    scale = total - float(np.sum(weight**2)) / total
    return max(0.0, (generalised_q(y, v, 0.0) - (len(y) - 1)) / scale)


def _none(y: Array, v: Array) -> float:  # noqa: ARG001 - one signature for all
    """Return 0: one common result."""
    return 0.0


_TAU2: dict[Estimator, Callable[[Array, Array], float]] = {
    "reml": partial(_likelihood_tau2, restricted=True),
    "ml": partial(_likelihood_tau2, restricted=False),
    "pm": _paule_mandel,
    "dl": _dersimonian_laird,
    "common": _none,
}


def double_arcsine(events: Array, n: Array) -> tuple[Array, Array]:
    """Return half the Freeman-Tukey double arcsine of each rate and its variance.

    Freeman and Tukey 1950, doi 10.1214/aoms/1177729756; the variance of the half is
    1 / (4 n + 2).

    Parameters
    ----------
    events, n : ndarray, shape (k,)
        People with the outcome, and people.
    """
    first = np.arcsin(np.sqrt(events / (n + 1)))
    second = np.arcsin(np.sqrt((events + 1) / (n + 1)))
    return (first + second) / 2, 1 / (4 * n + 2)


def back_transform(half_arcsine: float, n: Array) -> float:
    """Return the rate at a transformed value, for the harmonic mean of the sizes.

    Miller 1978, page 138, doi 10.1080/00031305.1978.10479283. Values beyond what 0
    or n events of the harmonic mean give are 0 and 1.

    Parameters
    ----------
    half_arcsine : float
        Pooled value of `double_arcsine`.
    n : ndarray, shape (k,)
        People in each study.
    """
    size = float(len(n) / np.sum(1 / n))
    nobody, _ = double_arcsine(np.array(0.0), np.array(size))
    everyone, _ = double_arcsine(np.array(size), np.array(size))
    if half_arcsine <= nobody:
        return 0.0
    if half_arcsine >= everyone:
        return 1.0
    angle = 2 * half_arcsine
    sine = float(np.sin(angle))
    inner = 1 - (sine + (sine - 1 / sine) / size) ** 2
    root = float(np.sqrt(max(inner, 0.0)))
    return float(0.5 * (1 - np.sign(np.cos(angle)) * root))
