"""Which recorded figures may be the one that an article gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.recorded import band_of_figure
from lupus_evidence.vocabulary import ANY_TIME, band_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.audit.recorded import RecordedFigure
    from lupus_evidence.audit.said import Said
    from lupus_evidence.claims import ClaimedRate, RateClaim


def prints(figure: RecordedFigure, said: Said) -> bool:
    """Tell whether a figure, counted or as printed, is the article's.

    Parameters
    ----------
    figure : RecordedFigure
        A study's figure.
    said : Said
        The article's rate.
    """
    printed = None if figure.derived else figure.result.percent
    rates = [figure.rate, None if printed is None else printed.value / 100]
    return any(rate is not None and said.is_of(rate) for rate in rates)


def matching(
    figures: Iterable[RecordedFigure], claimed: ClaimedRate, said: Said
) -> list[RecordedFigure]:
    """Return the figures that the article's rate may be, the likeliest first.

    Nobody of 20 is not nobody of 60, nor are all: there the people must be the same.

    Parameters
    ----------
    figures : iterable of RecordedFigure
        Of one outcome.
    claimed : ClaimedRate
        What the article gives.
    said : Said
        The rate in it.
    """
    extreme = said.counted is not None and said.middle in (0.0, 1.0)
    found = [
        figure
        for figure in figures
        if prints(figure, said)
        and not (extreme and figure.n != claimed.people)
        and (claimed.events is None or figure.events in (None, claimed.events))
    ]
    return sorted(
        found,
        key=lambda figure: (
            not figure.result.condition_specific,
            claimed.months is not None and figure.months != claimed.months,
            claimed.people is not None and figure.n != claimed.people,
            claimed.events is not None and figure.events != claimed.events,
            claimed.among not in (None, figure.result.among),
            figure.result.subgroup is not None,
            figure.result.scope != topic().whole,
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


def is_asked(figure: RecordedFigure, claim: RateClaim) -> bool:
    """Tell whether a figure is about the people that a claim is about.

    Children are asked of by name only. A claim about people with lupus of the kidney
    asks for what was judged on the kidney, and for studies in which everybody had it.

    Parameters
    ----------
    figure : RecordedFigure
        A study's figure.
    claim : RateClaim
        The claim.
    """
    population = figure.study.population
    if claim.who in topic().scopes:
        counts = (
            population.groups.get(name)
            for name, group in topic().groups.items()
            if group.scope == claim.who
        )
        known = [count for count in counts if count is not None]
        everybody = population.with_condition in known
        return figure.result.scope == claim.who or everybody
    return bool(population.children) == (claim.who == "children")
