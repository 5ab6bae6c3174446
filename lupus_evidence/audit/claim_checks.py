"""Checks of claims files: one function per code, its docstring the manual page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.background import span_of
from lupus_evidence.audit.recorded_figures import study_gives
from lupus_evidence.checks.files_and_fields import CUT_SHORT, QUOTE_IT
from lupus_evidence.checks.rules import Registry
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.records.claims import (
    BackgroundClaim,
    DirectionClaim,
    RateClaim,
    StatementClaim,
)
from lupus_evidence.records.files import Diagnostic
from lupus_evidence.records.yamltext import cut_values
from lupus_evidence.vocabulary import NAMED_ENDPOINTS

if TYPE_CHECKING:
    from lupus_evidence.audit.articles import ClaimsBase, LoadedClaims
    from lupus_evidence.records.claims import Claim, Quantity, Source, Unit
    from lupus_evidence.records.load import EvidenceBase

Path = tuple[str | int, ...]
Problem = tuple[Path, str, str]


@dataclass(frozen=True)
class Surroundings:
    """What a claims file is checked against.

    Parameters
    ----------
    claims : ClaimsBase
        All claims files.
    base : EvidenceBase
        The records.
    """

    claims: ClaimsBase
    base: EvidenceBase


#: The checks of claims files.
CLAIMS = Registry()


def claims_of(item: LoadedClaims) -> Iterator[tuple[Path, Claim]]:
    """Yield every claim with its path."""
    for index, claim in enumerate(item.content.claims):
        yield ("claims", index), claim


#: What depends on the records and not on the claims file; the claim's own finding says
#: it again.
UNKNOWN_STUDY = "W201"


def check_claims(claims: ClaimsBase, base: EvidenceBase) -> list[Diagnostic]:
    """Return everything wrong with the claims files that could be read.

    Parameters
    ----------
    claims : ClaimsBase
        The articles.
    base : EvidenceBase
        The records that they cite.
    """
    around = Surroundings(claims, base)
    found = []
    for item in claims.files:
        for code, rule in CLAIMS.ordered().items():
            found += [
                Diagnostic(item.place(*path), code, rule.level, message, hint)
                for path, message, hint in rule.look(item, around)
            ]
    return found


@CLAIMS.check("C101", "claims")
def _claim_twice(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Two claims of one article have the same id.

    What it checks
    --------------
    Every claim's id is its own within its file.

    Why it matters
    --------------
    Findings name claims; two of a name cannot be told apart.

    Example
    -------
    Two claims with `id: survival`.
    """
    seen: set[str] = set()
    for path, claim in claims_of(item):
        if claim.id in seen:
            yield (*path, "id"), f"the id {claim.id} stands here twice", "rename one"
        seen.add(claim.id)


@CLAIMS.check("C102", "claims")
def _article_twice(item: LoadedClaims, around: Surroundings) -> Iterator[Problem]:
    """Two claims files have the same id.

    What it checks
    --------------
    Every article's id is its own among the files of one run.

    Why it matters
    --------------
    Tables name articles by id.

    Example
    -------
    `clinic.yaml` and `copy-of-clinic.yaml`, both with `id: clinic`.
    """
    for other in around.claims.files:
        if other.file < item.file and other.content.id == item.content.id:
            yield (
                ("id",),
                f"{other.file} has the id {item.content.id} too",
                "rename one",
            )


@CLAIMS.check(UNKNOWN_STUDY, "claims")
def _unknown_study(item: LoadedClaims, around: Surroundings) -> Iterator[Problem]:
    """Cited study that is not among the records.

    What it checks
    --------------
    `cites` is the id of a record.

    Why it matters
    --------------
    A misspelt id would turn a figure that exists into one that is not found.

    Example
    -------
    `cites: wang-2031`.
    """
    known = tuple(study.id for study in around.base.studies)
    for path, claim in claims_of(item):
        if claim.cites is not None and claim.cites not in known:
            message = str(UnknownNameError("study", claim.cites, known))
            hint = "leave it out where the study has no record"
            yield (*path, "cites"), message, hint


@CLAIMS.check("W202", "claims")
def _other_treatment(item: LoadedClaims, around: Surroundings) -> Iterator[Problem]:
    """Cited study of another treatment.

    What it checks
    --------------
    The cited study has an arm with the claim's therapy, or a kind of it.

    Why it matters
    --------------
    Either the claim or the citation is probably mistaken.

    Example
    -------
    `therapy: hsct` with `cites: wang-2013`, a study of donor MSC.
    """
    studies = {study.id: study for study in around.base.studies}
    for path, claim in claims_of(item):
        study = studies.get(claim.cites) if claim.cites else None
        therapies = _therapies(claim)
        if study and therapies and not any(study_gives(study, t) for t in therapies):
            names = " or ".join(therapies)
            message = f"{study.id} has no arm with {names}"
            yield (*path, "cites"), message, "check therapy and study"


@CLAIMS.check("W209", "claims")
def _cut_short(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Text of which only the beginning is read.

    What it checks
    --------------
    No value without quotes is followed by ` #` and a letter or digit.

    Why it matters
    --------------
    YAML takes the rest for a comment: a sentence of the article is cut short.

    Example
    -------
    `says: The cells are the #1 choice.`
    """
    for path, word in cut_values(item.text):
        yield path, CUT_SHORT.format(word=word), QUOTE_IT


def _therapies(claim: Claim) -> tuple[str, ...]:
    """Return the treatments that a claim is about."""
    match claim:
        case RateClaim(therapy="unspecified") | DirectionClaim(therapy="unspecified"):
            return ()
        case RateClaim() | DirectionClaim():
            return (claim.therapy,)
        case StatementClaim():
            return claim.therapies
        case BackgroundClaim():
            return (claim.therapy,) if claim.therapy else ()


@CLAIMS.check("C204", "claims")
def _incomplete(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Claim that lacks what its rules need.

    What it checks
    --------------
    An account of a study cites it; a case report names words to look for; what is
    said to last names the outcome; cells per dose name a therapy; any other
    background claim has a reference.

    Why it matters
    --------------
    Without it the claim could only be called not checkable.

    Example
    -------
    A statement with `topic: study-account` and no `cites`.
    """
    for path, claim in claims_of(item):
        missing = _missing(claim)
        if missing is not None:
            yield path, f"{claim.id} has no {missing}", f"add {missing}"


def _missing(claim: Claim) -> str | None:
    """Return the field that a claim's rules need and that it lacks."""
    match claim:
        case StatementClaim(topic="study-account", cites=None):
            return "cites"
        case StatementClaim(topic="case-report", words=()):
            return "words"
        case StatementClaim(topic="lasting", outcome=None):
            return "outcome"
        case BackgroundClaim(quantity="cells-per-dose"):
            return None if claim.therapy else "therapy"
        case BackgroundClaim(references=()):
            return "references"
        case _:
            return None


@CLAIMS.check("C207", "claims")
def _nameless(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Outcome without a name of its own.

    What it checks
    --------------
    No claim is about the endpoints `other` and `other-harm` or the measure
    `other`, whose meaning each record names for itself.

    Why it matters
    --------------
    A cured rash would be compared with a broken bone.

    Example
    -------
    `{endpoint: other, percent: "50"}`.
    """
    hint = "use a named one, or put this part under `unchecked`"
    for path, claim in claims_of(item):
        for index, figure in enumerate(getattr(claim, "figures", ())):
            if figure.endpoint in NAMED_ENDPOINTS:
                place = (*path, "figures", index, "endpoint")
                yield place, f"{figure.endpoint} has no meaning of its own", hint
        for index, change in enumerate(getattr(claim, "changes", ())):
            if "other" in change.measures:
                place = (*path, "changes", index, "measures")
                yield place, "other has no meaning of its own", hint


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


@CLAIMS.check("C203", "claims")
def _impossible_percent(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Percentage outside 0 to 100, or more people with it than there were.

    What it checks
    --------------
    `percent` and `to` from 0 to 100 and in this order, and `events` not above
    `people`.

    Why it matters
    --------------
    A slip of the keyboard would be audited as the article's claim.

    Example
    -------
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


@CLAIMS.check("C208", "claims")
def _no_amount(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Figure without an amount, or with two.

    What it checks
    --------------
    Each figure has `percent`, or `amount`, or `events`; not `percent` and `amount`
    together, and `to` only with `percent`.

    Why it matters
    --------------
    Without one there is nothing to compare, with two it is not known which.

    Example
    -------
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


@CLAIMS.check("C205", "claims")
def _unsourced(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Value without a source or a figure, or with a range that runs backwards.

    What it checks
    --------------
    Each reference has a DOI, PMID, PMCID or address; a value or a whole range;
    its low end not above its high end; numbers above 0.

    Why it matters
    --------------
    A verdict may rest on nothing that a reader cannot look up.

    Example
    -------
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


@CLAIMS.check("C206", "claims")
def _unfit_unit(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Quantity in a unit that does not fit it.

    What it checks
    --------------
    A sex ratio is in women per man, an incidence in percent or per 100,000, and
    so on, in the claim and in its references; a quoted range is in percent; only
    a sex ratio has a `to`; no reference counts people where the claim counts
    something else, or the other way round; the claim's value is above 0.

    Why it matters
    --------------
    The arithmetic would compare people with cells.

    Example
    -------
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
