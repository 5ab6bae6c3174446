"""Invented appraisals for tests, built from few words."""

from __future__ import annotations

from lupus_evidence.appraisal import tools

#: An answer of each level, by tool.
ANSWERS = {
    "rob2": {"low": "low", "some": "some-concerns", "high": "high"},
    "robins-i": {"low": "low", "some": "moderate", "high": "serious"},
    "jbi-case-series": {"low": "low", "some": "some", "high": "high"},
    "minors": {"low": "low", "some": "some", "high": "high"},
}


def judged(level, tool="jbi-case-series", **fields):
    """An appraisal of our own whose overall level is given; unknown if none is."""
    name = "no-information" if tool in ("rob2", "robins-i") else "unknown"
    answer = ANSWERS[tool].get(level, name)
    return {
        "tool": tool,
        "by": "the keepers of these records",
        "domains": dict.fromkeys(tools()[tool].domains, "no-information"),
        "overall": {"answer": answer, "because": "so judged"},
        **fields,
    }
