"""Checks of claims files: one function per code, its docstring the manual page."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.audit.background import span_of
from lupus_evidence.audit.figures import study_gives
from lupus_evidence.claims import (
    BackgroundClaim,
    DirectionClaim,
    RateClaim,
    StatementClaim,
)
from lupus_evidence.diagnostics import Diagnostic
from lupus_evidence.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lupus_evidence.audit.claims_files import ClaimsBase, LoadedClaims
    from lupus_evidence.claims import Claim, Source
    from lupus_evidence.diagnostics import Level
    from lupus_evidence.load import EvidenceBase

    Path = tuple[str | int, ...]
    Problem = tuple[Path, str, str]
    Check = Callable[[LoadedClaims, "Surroundings"], Iterator[Problem]]


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


_CHECKS: dict[str, Check] = {}

#: The one error that depends on the records and not on the claims file.
UNKNOWN_STUDY = "C201"

#: Units that fit each quantity.
_UNITS = {
    "incidence": ("percent", "per-100000", "per-100000-a-year"),
    "prevalence": ("percent", "per-100000"),
    "sex-ratio": ("women-per-man",),
    "symptom-prevalence": ("percent", "per-100000"),
    "cells-per-dose": ("million-cells",),
}

#: Percentages run to this.
WHOLE = 100


def _check(code: str) -> Callable[[Check], Check]:
    """Register a function as the check of a code."""

    def register(function: Check) -> Check:
        _CHECKS[code] = function
        return function

    return register


def codes() -> tuple[str, ...]:
    """Return the codes of all checks of claims files."""
    return tuple(_CHECKS)


def page(code: str) -> str:
    """Return the manual page of a code."""
    return f"{code}: {inspect.getdoc(_CHECKS[code])}\n"


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
        for code, function in _CHECKS.items():
            level: Level = "warning" if code.startswith("W") else "error"
            found += [
                Diagnostic(item.place(*path), code, level, message, hint)
                for path, message, hint in function(item, around)
            ]
    return found


def _claims(item: LoadedClaims) -> Iterator[tuple[Path, Claim]]:
    """Yield every claim with its path."""
    for index, claim in enumerate(item.content.claims):
        yield ("claims", index), claim


@_check("C101")
def _claim_twice(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Two claims of one article have the same id.

    What it checks
        Every claim's id is its own within its file.
    Why it matters
        Findings name claims; two of a name cannot be told apart.
    Example
        Two claims with `id: survival`.
    """
    seen: set[str] = set()
    for path, claim in _claims(item):
        if claim.id in seen:
            yield (*path, "id"), f"the id {claim.id} stands here twice", "rename one"
        seen.add(claim.id)


@_check("C102")
def _article_twice(item: LoadedClaims, around: Surroundings) -> Iterator[Problem]:
    """Two claims files have the same id.

    What it checks
        Every article's id is its own among the files of one run.
    Why it matters
        Tables name articles by id.
    Example
        `clinic.yaml` and `copy-of-clinic.yaml`, both with `id: clinic`.
    """
    for other in around.claims.files:
        if other.file < item.file and other.content.id == item.content.id:
            yield (
                ("id",),
                f"{other.file} has the id {item.content.id} too",
                "rename one",
            )


@_check("C103")
def _file_name(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Name of a claims file that differs from its id.

    What it checks
        The file is called after the id.
    Why it matters
        Whoever reads a table finds the file without searching.
    Example
        `clinic.yaml` with `id: other-clinic`.
    """
    stem = PurePath(item.file).stem
    if stem != item.content.id:
        yield ("id",), f"the file is called {stem}", "rename the file or the id"


@_check(UNKNOWN_STUDY)
def _unknown_study(item: LoadedClaims, around: Surroundings) -> Iterator[Problem]:
    """Cited study that is not among the records.

    What it checks
        `cites` is the id of a record.
    Why it matters
        A misspelt id would turn a figure that exists into one that is not found.
    Example
        `cites: wang-2031`.
    """
    known = tuple(study.id for study in around.base.studies)
    for path, claim in _claims(item):
        if claim.cites is not None and claim.cites not in known:
            message = str(UnknownNameError("study", claim.cites, known))
            hint = "leave it out where the study has no record"
            yield (*path, "cites"), message, hint


@_check("W202")
def _other_treatment(item: LoadedClaims, around: Surroundings) -> Iterator[Problem]:
    """Cited study of another treatment.

    What it checks
        The cited study has an arm with the claim's therapy, or a kind of it.
    Why it matters
        Either the claim or the citation is probably mistaken.
    Example
        `therapy: hsct` with `cites: wang-2013`, a study of donor MSC.
    """
    studies = {study.id: study for study in around.base.studies}
    for path, claim in _claims(item):
        study = studies.get(claim.cites or "")
        therapies = _therapies(claim)
        if study and therapies and not any(study_gives(study, t) for t in therapies):
            names = " or ".join(therapies)
            message = f"{study.id} has no arm with {names}"
            yield (*path, "cites"), message, "check therapy and study"


def _therapies(claim: Claim) -> tuple[str, ...]:
    """Return the treatments that a claim is about."""
    match claim:
        case RateClaim() | DirectionClaim():
            return (claim.therapy,)
        case StatementClaim():
            return claim.therapies
        case _:
            return ()


@_check("C203")
def _impossible_percent(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Percentage outside 0 to 100, or more people with it than there were.

    What it checks
        `percent` from 0 to 100, and `events` not above `people`.
    Why it matters
        A slip of the keyboard would be audited as the article's claim.
    Example
        `percent: 940`.
    """
    for path, claim in _claims(item):
        for index, figure in enumerate(getattr(claim, "figures", ())):
            place = (*path, "figures", index)
            if not 0 <= figure.percent.value <= WHOLE:
                message = f"{figure.percent} % is outside 0 to 100"
                yield (*place, "percent"), message, "give the percentage as printed"
            if None not in (figure.events, figure.people) and (
                figure.events > figure.people
            ):
                message = f"{figure.events} of {figure.people} people"
                yield (*place, "events"), message, "check both numbers"


@_check("C204")
def _incomplete(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Claim that lacks what its rules need.

    What it checks
        An account of a study cites it; a case report names words to look for; cells
        per dose name a therapy; any other background claim has a reference.
    Why it matters
        Without it the claim could only be called not checkable.
    Example
        A statement with `topic: study-account` and no `cites`.
    """
    for path, claim in _claims(item):
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
        case BackgroundClaim(quantity="cells-per-dose"):
            return None if claim.therapy else "therapy"
        case BackgroundClaim(references=()):
            return "references"
        case _:
            return None


def _sources(item: LoadedClaims) -> Iterator[tuple[Path, Source]]:
    """Yield every outside source with its path."""
    for path, claim in _claims(item):
        for field in ("references", "quoted"):
            for index, source in enumerate(getattr(claim, field, ())):
                yield (*path, field, index), source


@_check("C205")
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


@_check("C206")
def _unfit_unit(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Quantity in a unit that does not fit it.

    What it checks
        A sex ratio is in women per man, an incidence in percent or per 100,000, and
        so on, in the claim and in its references; the claim's value is above 0.
    Why it matters
        The arithmetic would compare people with cells.
    Example
        `quantity: sex-ratio` with `unit: percent`.
    """
    for path, claim in _claims(item):
        if not isinstance(claim, BackgroundClaim):
            continue
        if claim.value.value <= 0 or (claim.to and claim.to.value <= 0):
            yield (*path, "value"), f"{claim.id} is not above 0", "check the figure"
        rows = [((*path, "unit"), claim.quantity, claim.unit)]
        rows += [
            (
                (*path, "references", index, "unit"),
                source.quantity or claim.quantity,
                source.unit,
            )
            for index, source in enumerate(claim.references)
        ]
        for place, quantity, unit in rows:
            if unit not in _UNITS[quantity]:
                fitting = " or ".join(_UNITS[quantity])
                yield place, f"{unit} is no unit of {quantity}", f"use {fitting}"
