"""Words for readers who know no statistics and no names of trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.render.cells import percent
from lupus_evidence.vocabulary import EARLY, THERAPIES

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import CertaintyLevel
    from lupus_evidence.vocabulary import Among, Band

#: What is counted in the fact box, and the field's own term for it.
OUTCOMES: dict[str, tuple[str, str]] = {
    "overall-survival": ("Alive", "overall survival"),
    "disease-free-survival": (
        "Alive, and free of active lupus",
        "disease-free survival, as each study defines it",
    ),
    "complete-remission": ("Lupus fully quiet", "complete remission"),
    "any-remission": (
        "Lupus fully or partly quiet",
        "complete or partial remission",
    ),
    "treatment-related-mortality": (
        "Died because of the treatment",
        "treatment-related mortality",
    ),
    "relapse": ("Lupus came back", "relapse"),
    "serious-infection": ("Had a serious infection", "serious infection"),
    "secondary-autoimmunity": (
        "Got a new autoimmune disease",
        "secondary autoimmunity",
    ),
}

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

_GROUPS: dict[Among, str] = {
    "treated": "of 100 people treated",
    "enrolled": "of 100 people who entered the study",
    "evaluable": "of 100 people who could be judged",
    "followed": "of 100 people still followed at that time",
    "survivors": "of 100 people who were alive",
    "responders": "of 100 people who had got better first",
    "unstated": "of 100 people; the study does not say which",
}

#: Names short enough for a phone.
_SHORT = {
    "hsct": "Own stem cells (HSCT)",
    "msc": "Donor stem cells (MSC)",
    "allo-hsct": "Another person's blood stem cells",
    "auto-msc": "Own MSC",
    "car-t": "CAR T cells",
}
_MEANINGS = {
    "hsct": "A person's own blood-forming stem cells are collected; strong drugs clear "
    "the immune system; the cells are given back. Also called autologous stem-cell "
    "transplantation.",
    "msc": "Mesenchymal stem cells of a donor, from a birth cord or bone marrow, are "
    "given into a vein, mostly on top of the usual drugs.",
}

#: Names of the countries that the records mention; a code not listed stays a code.
_COUNTRIES = {
    "AT": "Austria",
    "BR": "Brazil",
    "CL": "Chile",
    "CN": "China",
    "DE": "Germany",
    "EG": "Egypt",
    "ES": "Spain",
    "FR": "France",
    "IR": "Iran",
    "IT": "Italy",
    "JP": "Japan",
    "KR": "South Korea",
    "RU": "Russia",
    "SE": "Sweden",
    "US": "United States",
}


def country(code: str) -> str:
    """Return a country's name for its ISO 3166 code."""
    return _COUNTRIES.get(code, code)


def short_name(therapy: str) -> str:
    """Return a therapy's name for a narrow column."""
    label = THERAPIES[therapy].label
    return _SHORT.get(therapy, label[:1].upper() + label[1:])


def meaning(therapy: str) -> str:
    """Return what a therapy is, in a sentence or two."""
    label = THERAPIES[therapy].label
    return _MEANINGS.get(therapy, f"{label[:1].upper()}{label[1:]}.")


def group(kind: Among | None) -> str:
    """Return whom a figure is about: "of 100 people treated"."""
    return _GROUPS[kind or "unstated"]


def later(band: Band) -> str:
    """Return a time band as a person says it: "about 2 years later"."""
    if band == EARLY:
        return "in the first 3 months"
    if band.months is None:
        return "the studies do not say when"
    if band.high == float("inf"):
        return f"{_span(int(band.low))} or more later"
    return f"about {_span(band.months)} later"


def _span(months: int) -> str:
    """Return months as years where they are whole."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return f"{months} months"
    return f"{years} year{'s' if years > 1 else ''}"


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
