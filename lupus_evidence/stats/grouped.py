"""Studies by group, arranged for fitting, and their likelihood without a spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lupus_evidence.stats.likelihood import log_choose
from lupus_evidence.stats.special import xlogy

if TYPE_CHECKING:
    from lupus_evidence.stats.likelihood import Array


@dataclass(frozen=True)
class Studies:
    """Counts of people by study, with the group of each study.

    Parameters
    ----------
    events, n : ndarray, shape (k, 1)
        People with the outcome, and people.
    design : ndarray, shape (k, groups)
        One 1 in each row: the group of the study.
    """

    events: Array
    n: Array
    design: Array


def group_studies(
    events: tuple[float, ...],
    n: tuple[float, ...],
    groups: tuple[int, ...] | None = None,
) -> Studies:
    """Arrange counts of people for fitting.

    Parameters
    ----------
    events, n : tuple of float, shape (k,)
        People with the outcome, and people.
    groups : tuple of int, shape (k,), optional
        Group of each study, numbered from 0; one group if omitted.
    """
    index = np.zeros(len(n), dtype=int) if groups is None else np.array(groups)
    design = np.eye(int(index.max()) + 1)[index]
    return Studies(
        np.array(events, dtype=float)[:, None],
        np.array(n, dtype=float)[:, None],
        design,
    )


def estimable(studies: Studies) -> bool:
    """Tell whether a finite maximum exists.

    It does when every group has someone with and someone without the outcome, and
    some study is neither 0/n nor n/n: else the likelihood grows, or stays level, as a
    logit or tau runs off.
    """
    events, rest = studies.events, studies.n - studies.events
    mixed = bool(np.any((events > 0) & (rest > 0)))
    both = (studies.design.T @ events > 0) & (studies.design.T @ rest > 0)
    return mixed and bool(np.all(both))


def saturated_log_likelihood(studies: Studies) -> float:
    """Return the log-likelihood of a rate of its own for every study."""
    events, n = studies.events, studies.n
    ways = log_choose(events, n)
    value = xlogy(events, events / n) + xlogy(n - events, (n - events) / n)
    return float(np.sum(value + ways))


def common_log_likelihood(studies: Studies) -> float:
    """Return the log-likelihood of one rate for all studies of a group."""
    total = studies.design @ (studies.design.T @ studies.events)
    people = studies.design @ (studies.design.T @ studies.n)
    rate = total / people
    value = xlogy(studies.events, rate) + xlogy(studies.n - studies.events, 1 - rate)
    return float(np.sum(value + log_choose(studies.events, studies.n)))
