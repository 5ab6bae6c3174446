"""From chosen results to a figure: pooled, one study's own, or a reason for neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lupus_evidence.compare.cells import (
    Figure,
    LeftOutStudy,
    NoStudy,
    Pooled,
    PriorRange,
    SingleStudy,
    Unpooled,
)
from lupus_evidence.evidence.selection import Reason, Selection

if TYPE_CHECKING:
    from lupus_evidence.stats.estimates import NotPooled, PooledEstimate
    from lupus_evidence.stats.pooling import Method

#: Reasons that concern which figure a study is shown in, not whether it has one.
_ELSEWHERE = frozenset({Reason.SCOPE})


@dataclass(frozen=True)
class Pooling:
    """How rates are pooled; every set of counts once.

    Parameters
    ----------
    method : str
        One of `stats.pooling.METHODS`.
    level : float
        Level of the intervals in 0-1.
    tau_prior : float
        Scale of the half-normal prior of the spread.
    """

    method: Method = "bayes"
    level: float = 0.95
    tau_prior: float = 1.0
    _known: dict[
        tuple[str, float, tuple[float, ...], tuple[float, ...]],
        PooledEstimate | NotPooled,
    ] = field(default_factory=dict, repr=False, compare=False)

    def pool(
        self,
        events: tuple[float, ...],
        sizes: tuple[float, ...],
        method: Method | None = None,
        tau_prior: float | None = None,
    ) -> PooledEstimate | NotPooled:
        """Return the pooled estimate of some counts.

        Parameters
        ----------
        events, sizes : tuple of float
            People with the outcome, and people, in each study.
        method : str, optional
            Another estimator than the comparison's own.
        tau_prior : float, optional
            Another prior scale than the comparison's own.
        """
        from lupus_evidence.stats.pooling import pool

        prior = self.tau_prior if tau_prior is None else tau_prior
        key = method or self.method, prior, events, sizes
        if key not in self._known:
            self._known[key] = pool(
                events, sizes, method=key[0], level=self.level, tau_prior=prior
            )
        return self._known[key]

    def figure(
        self,
        selection: Selection,
        method: Method | None = None,
        tau_prior: float | None = None,
    ) -> Figure:
        """Return what a selection comes to.

        Parameters
        ----------
        selection : Selection
            The chosen results.
        method : str, optional
            Another estimator than the comparison's own.
        tau_prior : float, optional
            Another prior scale than the comparison's own.
        """
        from lupus_evidence.stats.estimates import NotPooled
        from lupus_evidence.stats.proportions import interval

        if not selection.included:
            reasons = {
                item.study
                for item in selection.excluded
                if item.reason not in _ELSEWHERE
            }
            return NoStudy(len(reasons))
        if len(selection.included) == 1:
            study = selection.included[0]
            low, high = interval(
                study.events, study.n, method="exact", level=self.level
            )
            return SingleStudy(study, low, high, self.level)
        found = self.pool(selection.events, selection.sizes, method, tau_prior)
        return Unpooled(found) if isinstance(found, NotPooled) else Pooled(found)

    def prior_range(self, figure: Figure, selection: Selection) -> PriorRange | None:
        """Return a pooled figure's interval under half and twice its prior's scale.

        Parameters
        ----------
        figure : Figure
            The figure.
        selection : Selection
            The results behind it.

        Returns
        -------
        PriorRange or None
            None where no prior enters. Of a bound, what it leaves open.
        """
        from lupus_evidence.stats.pooling import prior_interval

        if self.method != "bayes" or not isinstance(figure, Pooled):
            return None
        half, twice = (
            prior_interval(
                selection.events,
                selection.sizes,
                level=self.level,
                tau_prior=scale,
                from_prior=self.tau_prior,
            )
            for scale in (self.tau_prior / 2, self.tau_prior * 2)
        )
        return PriorRange((self.tau_prior / 2, self.tau_prior * 2), (half, twice))

    def without_each(self, selection: Selection) -> tuple[LeftOutStudy, ...]:
        """Return a pooled figure with each of its studies left out in turn.

        Parameters
        ----------
        selection : Selection
            The chosen results; fewer than three leave nothing to pool.
        """
        from lupus_evidence.stats.estimates import NotPooled

        events, sizes = selection.events, selection.sizes
        found = []
        for index, item in enumerate(selection.included):
            rest = self.pool(
                events[:index] + events[index + 1 :],
                sizes[:index] + sizes[index + 1 :],
            )
            if isinstance(rest, NotPooled):
                return ()
            found.append(LeftOutStudy(item.study, rest.estimate, rest.ci))
        return tuple(found)
