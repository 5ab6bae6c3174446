"""How a percentage stands against all that studies report of the same outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lupus_evidence.audit.claimed_rates import Said, at_time
from lupus_evidence.audit.recorded_figures import FEW, RecordedFigure, Records
from lupus_evidence.audit.survival import OnCurve, is_of_everybody, on_curve
from lupus_evidence.compare.cells import Cell, Pooled
from lupus_evidence.documents.values import Rate
from lupus_evidence.evidence.selection import FEWEST_PEOPLE
from lupus_evidence.vocabulary import ANY_TIME, BEST_EVER, band_of, broadest, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lupus_evidence.records.claims import ClaimedRate, RateClaim
    from lupus_evidence.vocabulary import Band, Scope


@dataclass(frozen=True)
class Standing:
    """All that studies report of a claim's outcome at about its time.

    Parameters
    ----------
    claimed : ClaimedRate
        What the article gives.
    said : Said
        The rate in it.
    endpoint : str
        What was looked for: the claim's outcome, or one that answers the same
        question where no study reports that.
    figures : tuple of RecordedFigure
        Every figure, of every scope that may be meant, those that count nowhere too.
    cells : tuple of Cell
        What `compare` prints for the same question.
    curve : OnCurve or None
        Survival at exactly the claim's time, where all studies together tell it.
    curve_ends : float
        Months at which they end, where that is before the claim's time; else 0.
    """

    claimed: ClaimedRate
    said: Said
    endpoint: str
    figures: tuple[RecordedFigure, ...]
    cells: tuple[Cell, ...]
    curve: OnCurve | None = None
    curve_ends: float = 0.0

    @cached_property
    def scope(self) -> Scope:
        """What the outcome was judged on: lupus as a whole, if a study says so.

        Where the claim does not say, it may mean one organ: the first scope that
        allows the percentage, or else lupus as a whole.
        """
        if self.curve is not None:
            return topic().whole
        scopes = list(
            dict.fromkeys(item.result.scope for item in self.figures if item.reported)
        )
        scopes.sort(key=topic().scope_names.index)
        fitting = [scope for scope in scopes if self._side_in(scope) == 0]
        return next(iter((*fitting, *scopes)), topic().whole)

    @cached_property
    def reports(self) -> tuple[RecordedFigure, ...]:
        """What the studies report of this outcome, one figure a study, highest first.

        The one that counts, where one does; else the first in the record.
        """
        return _one_a_study(self.every_report)

    @cached_property
    def nearby(self) -> tuple[RecordedFigure, ...]:
        """The same of about the claim's time only: "within 2 years" is at 2 years."""
        return _one_a_study(self.every_nearby)

    @property
    def every_nearby(self) -> tuple[RecordedFigure, ...]:
        """Every such figure of about the claim's time."""
        months = self.claimed.months
        return tuple(item for item in self.every_report if at_time(item, months))

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
        ends = [item.interval for item in self.every_report if item.interval]
        return all(self.said.side(*pair) for pair in ends)

    @property
    def of_an_organ(self) -> bool:
        """Whether studies judged one organ only, of which the claim does not speak.

        They can bear the claim out, but what lupus as a whole did they do not say.
        """
        return self.claimed.scope is None and self.scope != topic().whole

    @property
    def compared(self) -> tuple[RecordedFigure, ...]:
        """One figure of each study that the claim is set against."""
        return self.reports if self.curve is None else self.nearby

    @property
    def beyond_every_study(self) -> bool:
        """Whether the claim lies beyond each study that it is set against."""
        rates = [item.rate for item in self.compared if item.rate is not None]
        return bool(rates) and self.said.side(min(rates), max(rates)) == self.side

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
    def together(self) -> Together | None:
        """All studies together: the curve, or the pooled figure on the most people."""
        if self.curve is not None:
            curve = self.curve
            return Together(curve.rate, curve.allowed, curve.people, curve.studies)
        found = [
            Together(
                Rate(cell.estimate, *cell.ci),
                cell.ci,
                cell.selection.people,
                tuple(item.study for item in cell.selection.included),
            )
            for cell in self.answered
            if isinstance(cell.figure, Pooled) and cell.ci is not None
        ]
        return max(found, key=lambda whole: whole.people, default=None)

    @cached_property
    def span(self) -> tuple[float, float] | None:
        """From the lowest to the highest that the studies allow, proportions in 0-1.

        Every study's rate, and the interval of every pooled figure and of every
        study that stands alone: what lies outside, chance does not explain.
        """
        return self._span_in(self.scope)

    def _span_in(self, scope: Scope) -> tuple[float, float] | None:
        """Return from where to where the studies of a scope reach."""
        if self.curve is not None:
            return self._span_of_curve(self.curve)
        reported = self._reported_in(scope)
        ends = [item.rate for item in reported if item.rate is not None]
        for cell in self._answered_in(scope):
            if cell.selection.band == BEST_EVER and self.claimed.months is not None:
                continue  # the best state by then is no state at that time
            if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound:
                ends.append(cell.figure.estimate.bound.model)
            ends += cell.ci or ()
        return (min(ends), max(ends)) if ends else None

    def _span_of_curve(self, curve: OnCurve) -> tuple[float, float]:
        """Return what a survival curve allows, and its studies at about that time.

        Of a claim about a therapy as a whole a small study is no measure. What
        `compare` prints of that time is allowed too.
        """
        ends = [*curve.allowed]
        ends += [
            item.rate
            for item in self.every_nearby
            if item.rate is not None and (curve.one_group or item.sizeable)
        ]
        for cell in self.answered:
            if isinstance(cell.figure, Pooled) and cell.selection.band == band_of(
                self.claimed.months
            ):
                ends += [end for end in (cell.estimate, cell.mean) if end is not None]
        return min(ends), max(ends)

    @property
    def side(self) -> int:
        """1 above all that the studies allow, -1 below, 0 within or without any."""
        return self._side_in(self.scope)

    def _side_in(self, scope: Scope) -> int:
        """Return on which side of a scope's studies the claim lies."""
        span = self._span_in(scope)
        return 0 if span is None else self.said.side(*span)

    @property
    def holds_for_all(self) -> bool:
        """Whether a bound is true of every study, or of all of them together.

        On a survival curve: of its whole interval, or of its middle and of every study
        at about that time.
        """
        if self.curve is None:
            return self.holds_for(self.every_report)
        middle = self.curve.rate.estimate
        return self.holds_for_interval or (
            middle is not None
            and self.said.allows(middle)
            and self.holds_for(self.nearby)
        )

    @property
    def holds_for_interval(self) -> bool:
        """Whether a bound is true of a survival curve's whole interval."""
        bound = self.said.kind == "bound" and self.said.bound != "up-to"
        allowed = self.curve.allowed if self.curve is not None else ()
        return bound and bool(allowed) and all(map(self.said.allows, allowed))

    def holds_for(self, figures: Sequence[RecordedFigure]) -> bool:
        """Tell whether "over", "most" and their like are true of all of some figures.

        Parameters
        ----------
        figures : sequence of RecordedFigure
            Studies' figures; of none, nothing is true.
        """
        rates = [item.rate for item in figures if item.rate is not None]
        bound = self.said.kind == "bound" and self.said.bound != "up-to"
        return bound and bool(rates) and all(map(self.said.allows, rates))

    @property
    def rosier(self) -> int:
        """1 if the claim is rosier than the studies, -1 if gloomier, else 0."""
        good = topic().endpoints[self.claimed.endpoint].good
        return -self.side if good is False else self.side

    @property
    def says_little_harm(self) -> bool:
        """Whether the article says that a harm came to nobody, or to few.

        Not where it counts the people: 0 of 30 may be true of those, and says no more.
        """
        said = self.said
        harm = topic().endpoints[self.claimed.endpoint].family == "harm"
        if not harm or said.counted is not None:
            return False
        from_nobody_on = said.low == 0.0 and said.open != "low"
        return said.nobody or from_nobody_on or said.bound == "up-to"

    @property
    def more_harm(self) -> tuple[RecordedFigure, ...]:
        """The studies that saw more of a harm than the article says, beyond chance.

        Where it says that nobody had it, every study that saw it at all.
        """
        return tuple(
            item
            for item in self.reports
            if item.interval is not None
            and item.people >= FEWEST_PEOPLE
            and (
                (item.rate or 0.0) > 0
                if self.said.nobody
                else item.interval[0] > self.said.high
            )
        )

    def flattering(self, figure: RecordedFigure) -> bool:
        """Tell whether a figure is the best of several studies' for the treatment.

        Parameters
        ----------
        figure : RecordedFigure
            One of the figures; small studies are no rivals, but to "nobody", which
            any study of enough people corrects that saw the harm.
        """
        rate, bad = (
            figure.rate or 0.0,
            topic().endpoints[self.claimed.endpoint].good is False,
        )
        others = [item for item in self.reports if item.study.id != figure.study.id]
        if bad and rate == 0.0:
            return any(item.rate and item.people >= FEWEST_PEOPLE for item in others)
        rivals = [item.rate or 0.0 for item in others if item.people >= FEW]
        if bad:
            return bool(rivals) and all(rate < rival for rival in rivals)
        return bool(rivals) and all(rate > rival for rival in rivals)


@dataclass(frozen=True)
class Together:
    """Several studies as one figure.

    Parameters
    ----------
    rate : Rate
        Middle and interval.
    allowed : tuple of float
        From where to where a claim may lie, proportions in 0-1.
    people : int
        How many people it rests on.
    studies : tuple of str
        The studies.
    """

    rate: Rate
    allowed: tuple[float, float]
    people: int
    studies: tuple[str, ...]


def _one_a_study(figures: Iterable[RecordedFigure]) -> tuple[RecordedFigure, ...]:
    """Return one figure of each study, highest first: the one that counts, or first."""
    best: dict[str, RecordedFigure] = {}
    for item in figures:
        held = best.get(item.study.id)
        if held is None or (held.reason is not None and item.reason is None):
            best[item.study.id] = item
    return tuple(sorted(best.values(), key=lambda item: -(item.rate or 0)))


def standing_of(
    claimed: ClaimedRate, said: Said, claim: RateClaim, records: Records
) -> Standing:
    """Return what studies report of a claim's outcome at about its time.

    The claim's own treatment is asked of first; where no study of it says anything,
    the wider one that includes it. Where no study reports the outcome itself, the
    outcomes that answer the same question are looked at: survival free of an event
    for survival free of disease.

    Parameters
    ----------
    claimed : ClaimedRate
        What the article gives.
    said : Said
        The rate in it.
    claim : RateClaim
        The claim that it is part of.
    records : Records
        What the rules may ask.
    """
    names = dict.fromkeys((claim.therapy, broadest(claim.therapy)))
    tried = [
        _standing(claimed, said, therapy, endpoint, records)
        for endpoint in same_question(claimed.endpoint)
        for therapy in names
    ]
    found = next((item for item in tried if item.every_report), tried[0])
    if claim.cites in records.files or not is_of_everybody(claimed, claim):
        return found
    return _with_curve(dict(zip(names, tried, strict=True)), claim, records)


def _with_curve(
    tried: Mapping[str, Standing], claim: RateClaim, records: Records
) -> Standing:
    """Return a standing with the survival curve of its therapy, or where that ends.

    The claim's own treatment comes first, whether by its curve or by single studies.
    """
    for therapy, standing in tried.items():
        answer = records.survival(therapy)
        point = on_curve(standing.claimed, claim, answer)
        if point is not None:
            return replace(standing, curve=point)
        if standing.every_report:
            break
    return replace(standing, curve_ends=answer.until)


def _standing(
    claimed: ClaimedRate, said: Said, therapy: str, endpoint: str, records: Records
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
        said,
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
    wanted = band_of(claimed.months)
    match claimed.time:
        case "within" | "up-to":
            return band.low <= wanted.low
        case "at-least":
            return band.low >= wanted.low
        case _:
            return band == wanted


def _in_time(months: float | None, claimed: ClaimedRate) -> bool:
    """Tell whether a time is about the claim's, where that gives one."""
    if claimed.months is None:
        return True
    return months is not None and _is_meant(claimed, band_of(months))


def same_question(endpoint: str) -> tuple[str, ...]:
    """Return the outcomes that answer the same question as one, itself first.

    Parameters
    ----------
    endpoint : str
        What is counted.
    """
    row = topic().endpoints[endpoint]
    if row.family != "survival" or not row.within:
        return (endpoint,)
    kin = (
        name
        for name, other in topic().endpoints.items()
        if other.family == "survival" and other.within and name != endpoint
    )
    return (endpoint, *kin)
