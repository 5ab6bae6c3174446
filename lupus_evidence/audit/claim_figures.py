"""Checks of the figures in claims files: percentages, references, units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.audit.background import span_of
from lupus_evidence.audit.claim_registry import check, claims_of
from lupus_evidence.claims import BackgroundClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.audit.claim_registry import Path, Problem, Surroundings
    from lupus_evidence.audit.claims_files import LoadedClaims
    from lupus_evidence.claims import Quantity, Source, Unit

#: Units that fit each quantity.
_UNITS: dict[Quantity, tuple[Unit, ...]] = {
    "incidence": ("percent", "per-100000", "per-100000-a-year"),
    "prevalence": ("percent", "per-100000"),
    "sex-ratio": ("women-per-man",),
    "symptom-prevalence": ("percent", "per-100000"),
    "cells-per-dose": ("million-cells", "million-cells-per-kg"),
}

#: Percentages run to this.
WHOLE = 100


@check("C203")
def _impossible_percent(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Percentage outside 0 to 100, or more people with it than there were.

    What it checks
        `percent` and `to` from 0 to 100 and in this order, and `events` not above
        `people`.
    Why it matters
        A slip of the keyboard would be audited as the article's claim.
    Example
        `percent: 940`.
    """
    for path, claim in claims_of(item):
        for index, figure in enumerate(getattr(claim, "figures", ())):
            place = (*path, "figures", index)
            for name in ("percent", "to"):
                given = getattr(figure, name)
                if given is not None and not 0 <= given.value <= WHOLE:
                    message = f"{given} % is outside 0 to 100"
                    yield (*place, name), message, "give the percentage as printed"
            if figure.to and figure.percent and figure.to.value < figure.percent.value:
                message = f"{figure.percent} to {figure.to} % runs backwards"
                yield (*place, "to"), message, "swap the ends"
            if None not in (figure.events, figure.people) and (
                figure.events > figure.people
            ):
                message = f"{figure.events} of {figure.people} people"
                yield (*place, "events"), message, "check both numbers"


@check("C208")
def _no_amount(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Figure without an amount, or with two.

    What it checks
        Each figure has `percent`, or `amount`, or `events`; not `percent` and `amount`
        together, and `to` only with `percent`.
    Why it matters
        Without one there is nothing to compare, with two it is not known which.
    Example
        `{endpoint: relapse, months: 12}`.
    """
    for path, claim in claims_of(item):
        for index, figure in enumerate(getattr(claim, "figures", ())):
            place = (*path, "figures", index)
            given = [
                name
                for name in ("percent", "amount", "events")
                if getattr(figure, name) is not None
            ]
            if not given:
                hint = "add percent, amount or events"
                yield place, "the figure has no amount", hint
            elif figure.amount and figure.percent:
                yield (*place, "amount"), "percent and amount", "leave one of them out"
            elif figure.to and not figure.percent:
                yield (*place, "to"), "to without percent", "add percent"


def _sources(item: LoadedClaims) -> Iterator[tuple[Path, Source]]:
    """Yield every outside source with its path."""
    for path, claim in claims_of(item):
        for field in ("references", "quoted"):
            for index, source in enumerate(getattr(claim, field, ())):
                yield (*path, field, index), source


@check("C205")
def _unsourced(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Value without a source or a figure, or with a range that runs backwards.

    What it checks
        Each reference has a DOI, PMID, PMCID or address; a value or a whole range;
        its low end not above its high end; numbers above 0.
    Why it matters
        A verdict may rest on nothing that a reader cannot look up.
    Example
        A reference with `low: "2"` and no `high`.
    """
    for path, source in _sources(item):
        if not any((source.doi, source.pmid, source.pmcid, source.url)):
            yield path, f"{source.label} has no source", "add doi, pmid, pmcid or url"
        if (source.low is None) != (source.high is None):
            yield path, f"{source.label} has half a range", "give low and high"
        elif source.value is None and source.low is None:
            yield path, f"{source.label} has no figure", "give value, or low and high"
        elif source.low and source.high and source.low.value > source.high.value:
            message = f"{source.label} runs from {source.low} down to {source.high}"
            yield (*path, "low"), message, "swap the ends"
        elif (source.to and source.to.value <= 0) or span_of(source).low <= 0:
            yield path, f"{source.label} is not above 0", "check the figure"


@check("C206")
def _unfit_unit(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Quantity in a unit that does not fit it.

    What it checks
        A sex ratio is in women per man, an incidence in percent or per 100,000, and
        so on, in the claim and in its references; a quoted range is in percent; only
        a sex ratio has a `to`; no reference counts people where the claim counts
        something else, or the other way round; the claim's value is above 0.
    Why it matters
        The arithmetic would compare people with cells.
    Example
        `quantity: sex-ratio` with `unit: percent`.
    """
    for path, claim in claims_of(item):
        for index, source in enumerate(getattr(claim, "quoted", ())):
            if source.unit != "percent":
                message = f"{source.unit} is no unit of a percentage"
                yield (*path, "quoted", index, "unit"), message, "use percent"
        if not isinstance(claim, BackgroundClaim):
            continue
        if claim.value.value <= 0 or (claim.to and claim.to.value <= 0):
            yield (*path, "value"), f"{claim.id} is not above 0", "check the figure"
        rows: list[tuple[Path, BackgroundClaim | Source, Quantity]]
        rows = [(path, claim, claim.quantity)]
        rows += [
            ((*path, "references", index), source, source.quantity or claim.quantity)
            for index, source in enumerate(claim.references)
        ]
        for place, given, quantity in rows:
            if given.unit not in _UNITS[quantity]:
                message = f"{given.unit} is no unit of {quantity}"
                fitting = " or ".join(_UNITS[quantity])
                yield (*place, "unit"), message, f"use {fitting}"
            if given.to is not None and quantity != "sex-ratio":
                message = f"{quantity} is no ratio"
                yield (*place, "to"), message, "divide it out, or leave `to` out"
            if set(_UNITS[quantity]).isdisjoint(_UNITS[claim.quantity]):
                message = f"{quantity} cannot be compared with {claim.quantity}"
                yield (*place, "quantity"), message, "leave this reference out"
