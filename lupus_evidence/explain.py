"""The manual page of a check's code, or the meaning of a term."""

from __future__ import annotations

from lupus_evidence import checks
from lupus_evidence.audit import claim_checks
from lupus_evidence.audit.vocabulary import audit_terms
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.glossary import glossary


def _terms() -> dict[str, str]:
    """Return the words of records and of verdicts with their meanings."""
    return glossary() | {term_name(term): text for term, text in audit_terms().items()}


def term_name(words: str) -> str:
    """Return words the way terms are written: "context-missing"."""
    return "-".join(words.lower().replace(",", " ").split())


def subjects() -> tuple[str, ...]:
    """Return everything that can be explained."""
    return (*checks.codes(), *claim_checks.codes(), *_terms())


def explanation(subject: str) -> str:
    """Return the text that explains a code or a term.

    Raises
    ------
    UnknownNameError
        With the nearest codes and terms.
    """
    code = subject.upper()
    if code in checks.codes():
        return checks.page(code)
    if code in claim_checks.codes():
        return claim_checks.page(code)
    terms = _terms()
    term = term_name(subject)
    if term in terms:
        return f"{term}\n\n{terms[term]}\n"
    raise UnknownNameError("code or term", subject, subjects())
