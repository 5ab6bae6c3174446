"""Freeman-Tukey double-arcsine pooling, offered for comparison only.

Schwarzer et al. 2019, doi 10.1002/jrsm.1348, show how its back-transformation
misleads; simulated coverage falls to 69 % (docs/methods.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array


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
