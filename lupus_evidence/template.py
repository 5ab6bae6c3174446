"""Templates of new records: every part commented, blanks to fill in."""

from __future__ import annotations

import re
from importlib import resources

from lupus_evidence.errors import EvidenceError

_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def study_template(name: str) -> str:
    """Return the template of a study file.

    Parameters
    ----------
    name : str
        The record's id: lower-case letters, digits and single hyphens.

    Raises
    ------
    EvidenceError
        If the name cannot be an id.
    """
    if not _IDENTIFIER.fullmatch(name):
        raise EvidenceError(
            f"{name!r} cannot be a study's name: use lower-case letters, digits and "
            "single hyphens, such as doe-2026"
        )
    text = resources.files("lupus_evidence.templates").joinpath("study.yaml")
    return text.read_text(encoding="utf-8").replace("STUDY-ID", name)
