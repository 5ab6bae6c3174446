"""How a percentage stands against all that studies report of the same outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lupus_evidence.audit.recorded import FEW, band_of_figure
from lupus_evidence.compare.cells import Pooled
from lupus_evidence.reported import agrees
from lupus_evidence.vocabulary import (
    ANY_TIME,
    BEST_EVER,
    ENDPOINTS,
    SCOPES,
    band_of,
    broadest,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.audit.recorded import RecordedFigure, Records
    from lupus_evidence.claims import ClaimedRate, RateClaim
    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.vocabulary import Band, Scope

#: "over 90 %" is taken to mean a figure from 90 up to this many points above it,
#: "under 10 %" one down to this many below: the next round number.
BOUND_REACH = 10.0
#: "about half" is taken to mean within this many points.
ABOUT_REACH = 2.5


@dataclass(frozen=True)
class Standing:
    """All that studies report of a claim's outcome at about its time.

    Parameters
    ----------
    claimed : ClaimedRate
        The article's percentage.
    endpoint : str
        What was looked for: the claim's outcome, or one that answers the same
        question where no study reports that.
    figures : tuple of RecordedFigure
        Every figure, of every scope that may be meant, those that count nowhere too.
    cells : tuple of Cell
        What `compare` prints for the same question.
    """

    claimed: ClaimedRate
    endpoint: str
    figures: tuple[RecordedFigure, ...]
    cells: tuple[Cell, ...]

    @property
    def said(self) -> float:
        """The article's percentage as a proportion."""
        return self.claimed.percent.value / 100

    @cached_property
    def scope(self) -> Scope:
        """What the outcome was judged on: lupus as a whole, if a study says so.

        Where the claim does not say, it may mean one organ: the first scope that
        allows the percentage, or else lupus as a whole.
        """
        scopes = list(
            dict.fromkeys(item.result.scope for item in self.figures if item.reported)
        )
        scopes.sort(key=SCOPES.index)
        fitting = [scope for scope in scopes if self._side_in(scope) == 0]
        return next(iter((*fitting, *scopes)), "lupus")

    @cached_property
    def reports(self) -> tuple[RecordedFigure, ...]:
        """What the studies report of this outcome, one figure a study, highest first.

        The one that counts, where one does; else the first in the record.
        """
        best: dict[str, RecordedFigure] = {}
        for item in self.every_report:
            held = best.get(item.study.id)
            if held is None or (held.reason is not None and item.reason is None):
                best[item.study.id] = item
        return tuple(sorted(best.values(), key=lambda item: -(item.rate or 0)))

    @cached_property
    def every_report(self) -> tuple[RecordedFigure, ...]:
        """Every figure of the people, the outcome and the scope that were asked of."""
        return self._reported_in(self.scope)

    def _reported_in(self, scope: Scope) -> tuple[RecordedFigure, ...]:
        """Return the figures of the people and the outcome that were asked of."""
        return tuple(
            item
            for item in self.figures
            if item.reported and item.rate is not None and item.result.scope == scope
        )

    @property
    def beyond_chance(self) -> bool:
        """Whether the claim lies outside the interval of every study that has one."""
        first, last = self.meant
        ends = [item.interval for item in self.every_report if item.interval]
        return all(first > high or last < low for low, high in ends)

    @cached_property
    def answered(self) -> tuple[Cell, ...]:
        """The cells that hold a figure on the same scope."""
        return self._answered_in(self.scope)

    def _answered_in(self, scope: Scope) -> tuple[Cell, ...]:
        """Return the cells that hold a figure on a scope."""
        return tuple(
            cell for cell in self.cells if cell.k and cell.selection.scope == scope
        )

    @property
    def pooled(self) -> Cell | None:
        """The pooled figure on the most people, where there is one."""
        found = [
            cell
            for cell in self.answered
            if isinstance(cell.figure, Pooled) and cell.ci is not None
        ]
        return max(found, key=lambda cell: cell.selection.people, default=None)

    @cached_property
    def span(self) -> tuple[float, float] | None:
        """From the lowest to the highest that the studies allow, proportions in 0-1.

        Every study's rate, and the interval of every pooled figure and of every
        study that stands alone: what lies outside, chance does not explain.
        """
        return self._span_in(self.scope)

    def _span_in(self, scope: Scope) -> tuple[float, float] | None:
        """Return from where to where the studies of a scope reach."""
        reported = self._reported_in(scope)
        ends = [item.rate for item in reported if item.rate is not None]
        for cell in self._answered_in(scope):
            if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound:
                ends.append(cell.figure.estimate.bound.model)
            ends += cell.ci or ()
        return (min(ends), max(ends)) if ends else None

    @property
    def side(self) -> int:
        """1 above all that the studies allow, -1 below, 0 within or without any."""
        return self._side_in(self.scope)

    def _side_in(self, scope: Scope) -> int:
        """Return on which side of a scope's studies the claim lies."""
        span = self._span_in(scope)
        if span is None:
            return 0
        first, last = self.meant
        return (first > span[1]) - (last < span[0])

    @property
    def meant(self) -> tuple[float, float]:
        """From where to where the article's words reach, proportions in 0-1."""
        low, high = (end / 100 for end in self.claimed.percent.window)
        match self.claimed.bound:
            case "about":
                reach = ABOUT_REACH / 100
                return min(low, self.said - reach), max(high, self.said + reach)
            case "over":
                return self.said, 1.0
            case "under":
                return 0.0, self.said
            case _:
                return low, high

    @property
    def holds_for_all(self) -> bool:
        """Whether a bound is true of every study."""
        return self.holds_for(self.every_report)

    def holds_for(self, figures: Sequence[RecordedFigure]) -> bool:
        """Tell whether "over" or "under" is true of all of some figures.

        Parameters
        ----------
        figures : sequence of RecordedFigure
            Studies' figures; of none, nothing is true.
        """
        rates = [item.rate for item in figures if item.rate is not None]
        if self.claimed.bound == "over":
            return bool(rates) and min(rates) > self.said
        return self.claimed.bound == "under" and bool(rates) and max(rates) < self.said

    @property
    def rosier(self) -> int:
        """1 if the claim is rosier than the studies, -1 if gloomier, else 0."""
        good = ENDPOINTS[self.claimed.endpoint].good
        return -self.side if good is False else self.side

    def flattering(self, figure: RecordedFigure) -> bool:
        """Tell whether a figure is the best of several studies' for the treatment.

        Parameters
        ----------
        figure : RecordedFigure
            One of the figures; small studies are no rivals.
        """
        rivals = [
            item.rate or 0.0
            for item in self.reports
            if item.study.id != figure.study.id and item.people >= FEW
        ]
        rate = figure.rate or 0.0
        if ENDPOINTS[self.claimed.endpoint].good is False:
            return bool(rivals) and all(rate < rival for rival in rivals)
        return bool(rivals) and all(rate > rival for rival in rivals)


def standing_of(claimed: ClaimedRate, claim: RateClaim, records: Records) -> Standing:
    """Return what studies report of a claim's outcome at about its time.

    The claim's own treatment is asked of first; where no study of it says anything,
    the wider one that includes it. Where no study reports the outcome itself, the
    outcomes that answer the same question are looked at: survival free of an event
    for survival free of disease.

    Parameters
    ----------
    claimed : ClaimedRate
        The article's percentage.
    claim : RateClaim
        The claim that it is part of.
    records : Records
        What the rules may ask.
    """
    names = dict.fromkeys((claim.therapy, broadest(claim.therapy)))
    tried = [
        _standing(claimed, therapy, endpoint, records)
        for endpoint in same_question(claimed.endpoint)
        for therapy in names
    ]
    return next((item for item in tried if item.every_report), tried[0])


def _standing(
    claimed: ClaimedRate, therapy: str, endpoint: str, records: Records
) -> Standing:
    """Ask for one treatment and one outcome."""
    asked = [
        (scope, band)
        for scope, band in records.questions(therapy, endpoint)
        if _is_meant(claimed, band)
        and (claimed.scope is None or scope == claimed.scope)
    ]
    figures = (
        figure
        for scope, band in asked
        for figure in records.figures(therapy, endpoint, scope, band)
        if band != BEST_EVER or _in_time(figure.months, claimed)
    )
    cells = (records.cell(therapy, endpoint, scope, band) for scope, band in asked)
    return Standing(
        claimed,
        endpoint,
        tuple(figures),
        tuple(
            cell
            for cell in cells
            if cell.selection.band != BEST_EVER
            or all(_in_time(item.months, claimed) for item in cell.selection.included)
        ),
    )


def _is_meant(claimed: ClaimedRate, band: Band) -> bool:
    """Tell whether results of a time band may be what a claim speaks of."""
    if claimed.months is None or band in (ANY_TIME, BEST_EVER):
        return True
    return band == band_of(claimed.months)


def _in_time(months: float | None, claimed: ClaimedRate) -> bool:
    """Tell whether a time is about the claim's, where that gives one."""
    if claimed.months is None:
        return True
    return months is not None and band_of(months) == band_of(claimed.months)


def same_question(endpoint: str) -> tuple[str, ...]:
    """Return the outcomes that answer the same question as one, itself first.

    Parameters
    ----------
    endpoint : str
        What is counted.
    """
    row = ENDPOINTS[endpoint]
    if row.family != "survival" or not row.within:
        return (endpoint,)
    kin = (
        name
        for name, other in ENDPOINTS.items()
        if other.family == "survival" and other.within and name != endpoint
    )
    return (endpoint, *kin)


def accepts(claimed: ClaimedRate, rate: float) -> bool:
    """Tell whether a recorded rate is the percentage that an article gives.

    Parameters
    ----------
    claimed : ClaimedRate
        The article's percentage, with its word in front.
    rate : float
        Proportion in 0-1.
    """
    percent, said = rate * 100, claimed.percent.value
    if agrees(claimed.percent, percent):
        return True
    if claimed.bound == "over":
        return said < percent < said + BOUND_REACH
    if claimed.bound == "under":
        return said - BOUND_REACH < percent < said
    return claimed.bound == "about" and abs(percent - said) <= ABOUT_REACH


def prints(figure: RecordedFigure, claimed: ClaimedRate) -> bool:
    """Tell whether a figure, counted or as printed, is the article's percentage.

    Parameters
    ----------
    figure : RecordedFigure
        A study's figure.
    claimed : ClaimedRate
        The article's percentage.
    """
    printed = None if figure.derived else figure.result.percent
    rates = [figure.rate, None if printed is None else printed.value / 100]
    return any(rate is not None and accepts(claimed, rate) for rate in rates)


def matching(
    figures: Iterable[RecordedFigure], claimed: ClaimedRate
) -> list[RecordedFigure]:
    """Return the figures that the article's percentage may be, the likeliest first.

    Parameters
    ----------
    figures : iterable of RecordedFigure
        Of one outcome.
    claimed : ClaimedRate
        The article's percentage.
    """
    found = [
        figure
        for figure in figures
        if prints(figure, claimed)
        and (claimed.events is None or figure.events in (None, claimed.events))
    ]
    return sorted(
        found,
        key=lambda figure: (
            not figure.result.lupus_specific,
            claimed.months is not None and figure.months != claimed.months,
            claimed.people is not None and figure.n != claimed.people,
            claimed.events is not None and figure.events != claimed.events,
            figure.result.subgroup is not None,
            figure.result.scope != "lupus",
            figure.reason is not None,
            -(figure.n or 0),
            figure.key,
        ),
    )


def at_time(figure: RecordedFigure, months: float | None) -> bool:
    """Tell whether a figure is of about a time; any is where none is given.

    Parameters
    ----------
    figure : RecordedFigure
        A study's figure.
    months : float or None
        Months after treatment.
    """
    band = band_of_figure(figure)
    return (
        months is None or band == ANY_TIME or band_of(figure.months) == band_of(months)
    )
