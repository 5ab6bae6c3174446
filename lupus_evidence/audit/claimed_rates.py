"""What an article says of a rate, and which recorded figures may be the one it gives.

Its words become proportions that reach so far.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from lupus_evidence.audit.recorded_figures import RecordedFigure, band_of_figure
from lupus_evidence.records.field_types import Reported, agrees
from lupus_evidence.stats.proportions import interval
from lupus_evidence.vocabulary import ANY_TIME, band_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.records.claims import Amount, Bound, ClaimedRate, RateClaim


#: "about half" is taken to mean within this, and "about 5 %" within this share of it.
ABOUT_REACH, ABOUT_SHARE = 0.025, 0.25
#: "nearly 90 %" is taken to mean at most this far below.
NEARLY_REACH = 0.05
#: "over 90 %" is taken to mean a figure from 90 up to this far above it, "under 10 %"
#: one down to this far below: the next round number.
BOUND_REACH = 0.10
#: Binary arithmetic on decimal text, far below any printed digit.
_EPSILON = 1e-9
#: How far below and above the printed figure a recorded one may lie.
_REACH: dict[Bound | None, tuple[float, float]] = {
    "over": (0.0, BOUND_REACH),
    "at-least": (0.0, BOUND_REACH),
    "under": (BOUND_REACH, 0.0),
    "nearly": (NEARLY_REACH + 2 * _EPSILON, 0.0),
}

End = Literal["low", "high"]

#: Words that are a figure.
_FRACTIONS: dict[Amount, float] = {
    "three-quarters": 0.75,
    "two-thirds": 2 / 3,
    "half": 0.5,
    "a-third": 1 / 3,
    "a-quarter": 0.25,
}
#: Words that are a bound: from where to where, and the end that is left out. "Most" is
#: more than half in any use, "some" more than nobody; "many" and "few" have no number
#: that all agree on: this project takes a third and a tenth, the latter being where
#: the European guideline on product characteristics (2009, section 4.8) begins to call
#: a harm very common.
_WORDS: dict[Amount, tuple[float, float, End | None]] = {
    "nearly-all": (0.9, 1.0, None),
    "most": (0.5, 1.0, "low"),
    "many": (1 / 3, 1.0, None),
    "some": (0.0, 1.0, "low"),
    "few": (0.0, 0.1, "high"),
}
#: Words that leave nobody out.
_EXTREMES: dict[Amount, float] = {"all": 1.0, "none": 0.0}


@dataclass(frozen=True)
class Said:
    """A rate that an article gives.

    Parameters
    ----------
    kind : {"figure", "range", "bound"}
        One figure; from one to another; or more or less than something.
    low, high : float
        From where to where the words reach, rounding allowed for; proportions in 0-1.
    open : {"low", "high"} or None
        The end that is left out, as by "over" and "under".
    printed, to : Reported or None
        The percentage as printed, where there is one, and the other end of a range.
    amount : str or None
        The word instead of a figure.
    bound : str or None
        The word in front of it.
    counted : tuple of int or None
        People with the outcome, and people, where the article counts them.
    """

    kind: Literal["figure", "range", "bound"]
    low: float
    high: float
    open: End | None = None
    printed: Reported | None = None
    to: Reported | None = None
    amount: Amount | None = None
    bound: Bound | None = None
    counted: tuple[int, int] | None = None

    @property
    def middle(self) -> float:
        """The figure itself, or the middle of what the words allow."""
        if self.printed is not None and self.kind != "range":
            return self.printed.value / 100
        if self.counted is not None:
            return self.counted[0] / self.counted[1]
        return (self.low + self.high) / 2

    @property
    def nobody(self) -> bool:
        """Whether it says that nobody had the outcome."""
        return self.kind == "figure" and self.middle == 0.0

    def allows(self, rate: float) -> bool:
        """Tell whether a rate is true to the words.

        Parameters
        ----------
        rate : float
            Proportion in 0-1.
        """
        above = rate > self.low if self.open == "low" else rate >= self.low
        below = rate < self.high if self.open == "high" else rate <= self.high
        return above and below

    def is_of(self, rate: float) -> bool:
        """Tell whether a recorded rate may be the one that the article gives.

        Parameters
        ----------
        rate : float
            Proportion in 0-1.
        """
        if self.kind == "range":
            return self.allows(rate)
        if self.printed is None:
            if self.counted is not None:
                return abs(rate - self.middle) < _EPSILON
            return self.kind == "figure" and self.allows(rate)
        said = self.printed.value / 100
        about = _about(said) + 2 * _EPSILON
        below, above = _REACH.get(self.bound, (0.0, 0.0))
        if self.bound == "about":
            below, above = about, about
        off = rate - said
        near = -below + _EPSILON < off < above - _EPSILON
        return near or agrees(self.printed, rate * 100)

    def side(self, low: float, high: float) -> int:
        """Return 1 above a span, -1 below it, 0 where the words reach into it.

        A range reaches beyond the span where one of its ends does; where both do, it
        takes in all that there is.

        Parameters
        ----------
        low, high : float
            Ends of the span, proportions in 0-1.
        """
        if self.kind == "range":  # each end is a claim of its own
            return (self.high > high) - (self.low < low)
        above = self.low >= high if self.open == "low" else self.low > high
        below = self.high <= low if self.open == "high" else self.high < low
        return above - below


def said_of(claimed: ClaimedRate) -> Said | None:
    """Return what an article says of a rate.

    Parameters
    ----------
    claimed : ClaimedRate
        From the claims file.

    Returns
    -------
    Said or None
        None where it gives only a number of people, out of it does not say how many.
    """
    if claimed.percent is not None:
        return _percentage(claimed, claimed.percent)
    if claimed.amount is not None:
        return _amount(claimed.amount)
    if claimed.events is not None and claimed.people:
        counted = claimed.events, claimed.people
        low, high = interval(*counted, method="wilson")
        return Said("figure", low, high, counted=counted)
    return None


def _about(said: float) -> float:
    """Return how far "about" reaches from a proportion, either way."""
    return min(ABOUT_REACH, ABOUT_SHARE * said)


def _amount(word: Amount) -> Said:
    """Return what a word says."""
    if word in _EXTREMES:
        return Said("figure", _EXTREMES[word], _EXTREMES[word], amount=word)
    if word in _FRACTIONS:
        middle = _FRACTIONS[word]
        low, high = middle - ABOUT_REACH, middle + ABOUT_REACH
        return Said("figure", low, high, amount=word)
    low, high, left_out = _WORDS[word]
    return Said("bound", low, high, left_out, amount=word)


def _percentage(claimed: ClaimedRate, percent: Reported) -> Said:
    """Return a percentage, a range or a bound."""
    first, last = (end / 100 for end in percent.window)
    said, bound = percent.value / 100, claimed.bound
    if claimed.to is not None:
        first, last = said, claimed.to.value / 100
        return Said("range", first, last, printed=percent, to=claimed.to)
    counted = None
    if claimed.events is not None and claimed.people:
        counted = claimed.events, claimed.people
    about = min(first, said - _about(said)), max(last, said + _about(said))
    reach: dict[Bound | None, Said] = {
        "over": Said("bound", said, 1.0, "low"),
        "at-least": Said("bound", first, 1.0),
        "under": Said("bound", 0.0, said, "high"),
        "up-to": Said("bound", first, last),
        "about": Said("figure", *about),
        "nearly": Said("figure", said - NEARLY_REACH, last),
        None: Said("figure", first, last),
    }
    return replace(reach[bound], printed=percent, bound=bound, counted=counted)


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
