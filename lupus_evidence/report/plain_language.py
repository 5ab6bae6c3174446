"""Words for readers who know no statistics and no names of trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.documents.text import percent, small, time_span
from lupus_evidence.vocabulary import DENOMINATORS, NOT_STATED, Among, Band, topic
from lupus_evidence.vocabulary.countries import country_name

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import CertaintyLevel


#: How sure anyone can be, after the plain-language wording for GRADE levels
#: (https://training.cochrane.org/guidelines-writing-cochrane-plain-language-summary).
CERTAINTY: dict[CertaintyLevel, tuple[str, str]] = {
    "high": ("Sure", "More research is unlikely to change this."),
    "moderate": ("Fairly sure", "The true number is probably close to this."),
    "low": ("Unsure", "The true number may be quite different."),
    "very low": ("Very unsure", "The true number is probably quite different."),
}

#: The same as dots, after GRADE's four circles.
DOTS: dict[CertaintyLevel, str] = {
    "high": "●●●●",
    "moderate": "●●●○",
    "low": "●●○○",
    "very low": "●○○○",
}

#: Bands that are no stretch of time, where there is room for two words.
_NARROW = {
    "any-time": "any time",
    "best-ever": "best ever",
    "not-stated": "not stated",
}


def country(code: str) -> str:
    """Return a country's name for its ISO 3166 code."""
    return country_name(code)


def short_name(therapy: str) -> str:
    """Return a therapy's name for a narrow column."""
    row = topic().therapies[therapy]
    return row.short or row.label[:1].upper() + row.label[1:]


def within(name: str) -> str:
    """Return a name as it stands within a sentence: "own stem cells (HSCT)"."""
    return small(name)


def meaning(therapy: str) -> str:
    """Return what a therapy is, in a sentence or two."""
    row = topic().therapies[therapy]
    return row.plainly or f"{row.label[:1].upper()}{row.label[1:]}."


def term(endpoint: str) -> str:
    """Return the field's own term for an outcome: "overall survival"."""
    return endpoint.replace("-", " ")


def group(kind: Among | None) -> str:
    """Return whom a figure is about: "of 100 people treated"."""
    return DENOMINATORS[kind or "unstated"].of_hundred


def later(band: Band) -> str:
    """Return a time band as a person says it: "about 2 years later"."""
    if band == topic().early:
        return f"in the first {time_span(band.high)}"
    if band == NOT_STATED:
        return "the studies do not say when"
    if band.months is None:
        return band.label
    if band.high == float("inf"):
        return f"{time_span(band.low)} or more later"
    return f"about {time_span(band.months)} later"


def column(band: Band) -> str:
    """Return a time band for the head of a narrow column of months."""
    if band == topic().early:
        return f"under {int(band.high)}"
    return _NARROW.get(band.name, band.name)


def of_hundred_words(low: float, high: float) -> str:
    """Return an interval of proportions (0-1) as people of 100.

    Examples
    --------
    >>> of_hundred_words(0.63, 0.95)
    '63 to 95'
    >>> of_hundred_words(0.004, 0.29)
    'up to 29'
    """
    first, last = percent(low), percent(high)
    if first in ("0", "<1"):
        return (
            "anything from none to all" if last in ("100", ">99") else f"up to {last}"
        )
    if last in ("100", ">99"):
        return f"{first} or more"
    return first if first == last else f"{first} to {last}"
