"""Reasons, steps and certainties as phrases, for tables, data and other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.pages.templates import WORDS, sentence

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Certainty
    from lupus_evidence.evidence.effective_counts import ErrorSource
    from lupus_evidence.evidence.result_numbers import Missing, Number
    from lupus_evidence.evidence.selection import Particulars, Reason

#: Said once for everything, not beside every figure.
UNJUDGED = "bias-not-judged"


def label(reason: Reason) -> str:
    """Return a reason for a count of results."""
    return WORDS["reasons"][reason]


def why(reason: Reason, about: Particulars) -> str:
    """Return a reason with what it needs, as one phrase.

    Parameters
    ----------
    reason : Reason
        Its code.
    about : Particulars
        Its values.
    """
    return sentence("reasons.j2", "why", reason.value, about)


def missing(item: Missing | None) -> str:
    """Return why a result has no number, as one phrase."""
    return sentence("reasons.j2", "missing", item)


def steps(item: Number) -> str:
    """Return how a number came about; empty for a printed count."""
    return sentence("reasons.j2", "steps", item)


def error_source(item: ErrorSource | None) -> str:
    """Return where an estimate's standard error came from."""
    return sentence("reasons.j2", "error_source", item)


def less_certain(code: str) -> str:
    """Return a reason to be less certain, as one phrase."""
    return WORDS["certainty"][code]


def weaknesses(item: Certainty) -> str:
    """Return why a certainty is no higher, as one phrase; what holds for all is not.

    Parameters
    ----------
    item : Certainty
        The certainty.
    """
    return "; ".join(less_certain(code) for code in item.codes if code != UNJUDGED)
