"""Checks of claims files: one function per code, its docstring the manual page."""

from __future__ import annotations

import inspect
import re
from textwrap import dedent
from typing import TYPE_CHECKING

from lupus_evidence.audit import claim_figures
from lupus_evidence.audit.claim_registry import (
    CHECKS,
    Surroundings,
    check,
    claims_of,
)
from lupus_evidence.audit.recorded import study_gives
from lupus_evidence.checks.files import CUT_SHORT, QUOTE_IT
from lupus_evidence.claims import (
    BackgroundClaim,
    DirectionClaim,
    RateClaim,
    StatementClaim,
)
from lupus_evidence.diagnostics import Diagnostic
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.vocabulary import NAMED_ENDPOINTS
from lupus_evidence.yamltext import cut_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.audit.claim_registry import Problem
    from lupus_evidence.audit.claims_files import ClaimsBase, LoadedClaims
    from lupus_evidence.claims import Claim
    from lupus_evidence.diagnostics import Level
    from lupus_evidence.load import EvidenceBase

__all__ = ["UNKNOWN_STUDY", "check_claims", "claim_figures", "codes", "manual"]

#: What depends on the records and not on the claims file; the claim's own finding says
#: it again.
UNKNOWN_STUDY = "W201"


def codes() -> tuple[str, ...]:
    """Return the codes of all checks of claims files."""
    return tuple(sorted(CHECKS, key=lambda code: code[1:]))


def manual(code: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the title of a code's manual page and its texts under their headings."""
    title, *parts = re.split(r"\n+(?=\S)", inspect.getdoc(CHECKS[code]) or "")
    pieces = (part.partition("\n") for part in parts)
    return title, tuple((heading, dedent(text)) for heading, _, text in pieces)


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
        for code, function in CHECKS.items():
            level: Level = "warning" if code.startswith("W") else "error"
            found += [
                Diagnostic(item.place(*path), code, level, message, hint)
                for path, message, hint in function(item, around)
            ]
    return found


@check("C101")
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
    for path, claim in claims_of(item):
        if claim.id in seen:
            yield (*path, "id"), f"the id {claim.id} stands here twice", "rename one"
        seen.add(claim.id)


@check("C102")
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


@check(UNKNOWN_STUDY)
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
    for path, claim in claims_of(item):
        if claim.cites is not None and claim.cites not in known:
            message = str(UnknownNameError("study", claim.cites, known))
            hint = "leave it out where the study has no record"
            yield (*path, "cites"), message, hint


@check("W202")
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
    for path, claim in claims_of(item):
        study = studies.get(claim.cites) if claim.cites else None
        therapies = _therapies(claim)
        if study and therapies and not any(study_gives(study, t) for t in therapies):
            names = " or ".join(therapies)
            message = f"{study.id} has no arm with {names}"
            yield (*path, "cites"), message, "check therapy and study"


@check("W209")
def _cut_short(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Text of which only the beginning is read.

    What it checks
        No value without quotes is followed by ` #` and a letter or digit.
    Why it matters
        YAML takes the rest for a comment: a sentence of the article is cut short.
    Example
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


@check("C204")
def _incomplete(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Claim that lacks what its rules need.

    What it checks
        An account of a study cites it; a case report names words to look for; what is
        said to last names the outcome; cells per dose name a therapy; any other
        background claim has a reference.
    Why it matters
        Without it the claim could only be called not checkable.
    Example
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


@check("C207")
def _nameless(item: LoadedClaims, _: Surroundings) -> Iterator[Problem]:
    """Outcome without a name of its own.

    What it checks
        No claim is about the endpoints `other` and `other-harm` or the measure
        `other`, whose meaning each record names for itself.
    Why it matters
        A cured rash would be compared with a broken bone.
    Example
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
