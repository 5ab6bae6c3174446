"""The manual page of a check's code, or the meaning of a term."""

from __future__ import annotations

from lupus_evidence.checks import codes, page
from lupus_evidence.errors import UnknownNameError
from lupus_evidence.glossary import glossary


def subjects() -> tuple[str, ...]:
    """Return everything that can be explained."""
    return (*codes(), *glossary())


def explanation(subject: str) -> str:
    """Return the text that explains a code or a term.

    Raises
    ------
    UnknownNameError
        With the nearest codes and terms.
    """
    if subject.upper() in codes():
        return page(subject.upper())
    words = glossary()
    term = subject.lower().replace(" ", "-")
    if term in words:
        return f"{term}\n\n{words[term]}\n"
    raise UnknownNameError("code or term", subject, subjects())
