"""The manual page of a check's code, or the meaning of a term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lupus_evidence import checks
from lupus_evidence.audit import claim_checks
from lupus_evidence.audit.vocabulary import audit_terms
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.glossary import glossary
from lupus_evidence.vocabulary import ENDPOINTS, MEASURES, THERAPIES

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Other ways to write a term, as it stands in outputs or in papers.
OTHERWISE = {
    "95": "interval",
    "centre": "typical-centre",
    "ci": "confidence-interval",
    "confidence": "confidence-interval",
    "context-missing": "supported-context-missing",
    "credible": "credible-interval",
    "denominator": "among",
    "dfs": "disease-free-survival",
    "efs": "event-free-survival",
    "est": "estimate",
    "gvhd": "graft-versus-host-disease",
    "i-squared": "i2",
    "km": "kaplan-meier",
    "marginal-mean": "mean-rate",
    "mean": "mean-rate",
    "months": "band",
    "os": "overall-survival",
    "over-all-people": "mean-rate",
    "pfs": "progression-free-survival",
    "prediction": "prediction-interval",
    "too-different": "vary",
    "time": "band",
    "too-gloomy": "understated",
    "too-rosy": "overstated",
    "trm": "treatment-related-mortality",
    "typical-rate": "typical-centre",
}


def _terms() -> dict[str, str]:
    """Return the words of records and of verdicts with their meanings."""
    return glossary() | {term_name(term): text for term, text in audit_terms().items()}


def _labels() -> dict[str, str]:
    """Return what endpoints, therapies and measurements are called on the screen."""
    labels = {endpoint.label: name for name, endpoint in ENDPOINTS.items()}
    labels |= {therapy.label: name for name, therapy in THERAPIES.items()}
    labels |= {label: name for name, label in MEASURES.items()}
    return {_bare(term_name(label)): name for label, name in labels.items()}


def term_name(words: str) -> str:
    """Return words the way terms are written: "context-missing"."""
    kept = re.sub(r"[^\w²-]+", " ", words.lower())
    return "-".join(kept.split())


def _bare(term: str) -> str:
    """Return a term without its article."""
    return term.removeprefix("a-").removeprefix("the-")


def _spellings(subject: str) -> tuple[str, ...]:
    """Return a term's name, and it without its article, level, or American spelling."""
    term = term_name(subject)
    plain = _bare(term.removeprefix("95-"))
    return term, plain, plain.replace("center", "centre"), plain.removesuffix("s")


def subjects() -> tuple[str, ...]:
    """Return everything that can be explained."""
    return (*checks.codes(), *claim_checks.codes(), *_terms())


def explanation(subject: str) -> str:
    """Return the text that explains a code or a term.

    Parameters
    ----------
    subject : str
        A code in either case; or a term, as records write it ("new-centre") or as
        outputs show it ("new centre", "(vary)", "complete remission").

    Raises
    ------
    UnknownNameError
        With the nearest codes and terms.
    """
    code = subject.strip().upper()
    if code in checks.codes():
        return checks.page(code)
    if code in claim_checks.codes():
        return claim_checks.page(code)
    terms, otherwise = _terms(), OTHERWISE | _labels()
    for spelling in _spellings(subject):
        term = spelling if spelling in terms else otherwise.get(spelling)
        if term is not None:
            return f"{term}\n\n{terms[term]}\n"
    raise UnknownNameError("code or term", subject, subjects())


def explanations(words: Sequence[str]) -> str:
    """Return what several words mean together, or else each of them.

    Parameters
    ----------
    words : sequence of str
        As typed: the words of one term, or several codes and terms.

    Raises
    ------
    UnknownNameError
        With the codes and terms nearest to the words together.
    """
    try:
        return explanation(" ".join(words))
    except UnknownNameError:
        if len(words) == 1:
            raise
        try:
            return "\n".join(map(explanation, words))
        except UnknownNameError:
            pass
        raise
