"""Kinds of words: what can be asked, what belongs to each, one line a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lupus_evidence import checks
from lupus_evidence.appraisal import tools
from lupus_evidence.audit import claim_checks
from lupus_evidence.audit.verdicts import FINDINGS, VERDICT_MEANINGS
from lupus_evidence.explanations.glossary import (
    FAMILY_MEANINGS,
    METHODS,
    glossary,
    stretch,
    words,
)
from lupus_evidence.importing import doubts
from lupus_evidence.reading import refusals
from lupus_evidence.vocabulary import (
    DENOMINATORS,
    DESIGNS,
    FAMILIES,
    READINGS,
    STATUSES,
    TIME_BASES,
    Condition,
    filled,
    topic,
)

_SENTENCE = re.compile(r".*?[.?](?=\s|$)", re.DOTALL)


@dataclass(frozen=True)
class Member:
    """One name of a kind.

    Parameters
    ----------
    name : str
        As one types it.
    meaning : str
        One line.
    group : str
        What it is listed under; empty where a kind has no groups.
    """

    name: str
    meaning: str
    group: str = ""


@dataclass(frozen=True)
class Kind:
    """Words that answer one question.

    Parameters
    ----------
    name, singular : str
        What one asks for: "therapies", "therapy".
    about : str
        What they are.
    members : callable
        Returns them in the order of the vocabulary.
    also : tuple of str
        Other words for the kind.
    """

    name: str
    singular: str
    about: str
    members: Callable[[], tuple[Member, ...]]
    also: tuple[str, ...] = ()


def first_sentence(text: str, label: str = "") -> str:
    """Return the first sentence of a meaning, or of its part under a label."""
    if label:
        text = text.partition(f"{label}: ")[2] or text
    found = _SENTENCE.match(text)
    sentence = found.group() if found else text
    return sentence[:1].upper() + sentence[1:]


def _named(names: Iterable[str], label: str) -> tuple[Member, ...]:
    """Return names with what the glossary says of each under a label."""
    words = glossary()
    return tuple(Member(name, first_sentence(words[name], label)) for name in names)


def _therapies() -> tuple[Member, ...]:
    """Return the therapies, a part under its whole."""
    return tuple(
        Member(
            item.name,
            f"{item.label}, part of {item.wider}" if item.wider else item.label,
        )
        for item in topic().therapies.values()
    )


def _endpoints() -> tuple[Member, ...]:
    """Return the endpoints by family."""
    return tuple(
        Member(item.name, item.label, item.family)
        for item in topic().endpoints.values()
    )


def _families() -> tuple[Member, ...]:
    """Return the families with what they are about."""
    return tuple(
        Member(name, first_sentence(FAMILY_MEANINGS[name])) for name in FAMILIES
    )


def _times() -> tuple[Member, ...]:
    """Return the stretches of time and the kinds of time."""
    bands = (
        Member(band.name, stretch(band), "What counts as the same time, in months")
        for band in topic().all_bands
    )
    bases = (
        Member(basis.name, basis.label, "What kind of time a record states")
        for basis in TIME_BASES.values()
    )
    return (*bands, *bases)


def _checks() -> tuple[Member, ...]:
    """Return the checks of records, of claims, of articles and of imported files."""
    records = (
        Member(code, item.title, "Of records")
        for code, item in checks.catalogue().items()
    )
    claims = (
        Member(code, item.title, "Of claims files")
        for code, item in claim_checks.CLAIMS.ordered().items()
    )
    articles = (
        Member(code, refusals.manual(code)[0].removesuffix("."), "Of articles")
        for code in refusals.codes()
    )
    imported = (
        Member(code, doubts.manual(code)[0].removesuffix("."), "Of imported files")
        for code in doubts.codes()
    )
    return (*records, *claims, *articles, *imported)


def _by_name(*kinds: Kind) -> dict[str, Kind]:
    """Return kinds by their name."""
    return {kind.name: kind for kind in kinds}


def _of_topic(terms: dict[str, str]) -> dict[str, Kind]:
    """Return the kinds of words that a topic says."""
    return _by_name(
        Kind("therapies", "therapy", terms["therapy"], _therapies),
        Kind("endpoints", "endpoint", terms["endpoint"], _endpoints, ("outcomes",)),
        Kind(
            "families",
            "family",
            "Groups of endpoints. Where an endpoint is asked for, a family's name "
            "stands for all of its own.",
            _families,
        ),
        Kind(
            "scopes",
            "scope",
            terms["scope"],
            lambda: _named(topic().scope_names, "Scope"),
        ),
        Kind(
            "times",
            "time",
            "When a figure was counted. Results count as of the same time if they fall "
            "in one stretch; --at takes any month of it.",
            _times,
            ("band", "bands", "month", "months"),
        ),
        Kind(
            "measures",
            "measure",
            "What was measured in people, not counted: a score, a blood value, a dose.",
            lambda: tuple(
                Member(name, label) for name, label in topic().measures.items()
            ),
            ("measurement", "measurements"),
        ),
    )


def _of_studies(terms: dict[str, str]) -> dict[str, Kind]:
    """Return the kinds of words that are of the method."""
    return _by_name(
        Kind(
            "denominators",
            "denominator",
            terms["among"],
            lambda: _named(DENOMINATORS, "Denominator"),
            ("among",),
        ),
        Kind(
            "designs",
            "design",
            "How a study was made: whether there was somebody to compare with, and who "
            "decided who got what.",
            lambda: _named(DESIGNS, "Design"),
        ),
        Kind(
            "readings",
            "reading",
            terms["reading"],
            lambda: _named(READINGS, "Reading"),
            ("read-from",),
        ),
        Kind(
            "tools",
            "tool",
            "Tools of appraisal: lists of questions by which a study's risk of bias is "
            "judged.",
            lambda: tuple(
                Member(name, f"{item.label}. {item.about}")
                for name, item in tools().items()
            ),
            ("appraisals",),
        ),
        Kind(
            "statuses",
            "status",
            "Whether a study's results are published.",
            lambda: _named(STATUSES, "Status"),
        ),
        Kind(
            "methods",
            "method",
            "How the rates of several studies become one; --method chooses.",
            lambda: _named(METHODS, "Method"),
        ),
    )


def _of_outputs(condition: Condition) -> dict[str, Kind]:
    """Return the kinds of words that checks, audits and pages use."""
    return _by_name(
        Kind(
            "verdicts",
            "verdict",
            "What `audit` says of a claim of an article.",
            lambda: tuple(
                Member(name, first_sentence(text))
                for name, text in VERDICT_MEANINGS.items()
            ),
        ),
        Kind(
            "findings",
            "finding",
            "What `audit` finds about a claim; some decide its verdict.",
            lambda: tuple(
                Member(name, first_sentence(filled(kind.meaning, condition)))
                for name, kind in FINDINGS.items()
            ),
        ),
        Kind(
            "checks",
            "check",
            "What `check` holds records and claims files against, by code.",
            _checks,
            ("code", "codes"),
        ),
        Kind(
            "words",
            "word",
            "Other words of records and outputs.",
            lambda: tuple(
                Member(name, first_sentence(text)) for name, text in words().items()
            ),
            ("term", "terms"),
        ),
    )


#: In this order.
_ORDER = (
    "therapies",
    "endpoints",
    "families",
    "scopes",
    "times",
    "denominators",
    "designs",
    "readings",
    "tools",
    "statuses",
    "measures",
    "methods",
    "verdicts",
    "findings",
    "checks",
    "words",
)


def kinds() -> tuple[Kind, ...]:
    """Return the kinds of words, with what the topic in force says of them."""
    terms = glossary()
    known = _of_topic(terms) | _of_studies(terms) | _of_outputs(topic().condition)
    return tuple(known[name] for name in _ORDER)
