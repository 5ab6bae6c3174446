"""Words for sentences: outcomes, times, studies. Numbers stay typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import ENDPOINTS, NAMED_ENDPOINTS, family_of

if TYPE_CHECKING:
    from lupus_evidence.audit.figures import RecordedFigure
    from lupus_evidence.audit.verdicts import Part, Words
    from lupus_evidence.models import Result

_VERBS = {
    "overall-survival": "were alive",
    "disease-free-survival": "were alive and disease-free",
    "event-free-survival": "were alive without an event",
    "progression-free-survival": "were alive and had not got worse",
    "complete-remission": "were in complete remission",
    "partial-remission": "were in partial remission",
    "any-remission": "were in complete or partial remission",
    "no-remission": "were not in remission",
    "major-response": "had a major response",
    "partial-response": "had a partial response",
    "any-response": "responded",
    "no-response": "did not respond",
    "death": "died",
    "treatment-related-mortality": "died of the treatment",
    "relapse": "relapsed",
    "infection": "had an infection",
    "serious-infection": "had a serious infection",
    "serious-adverse-event": "had a serious adverse event",
    "adverse-event": "had an adverse event",
    "treatment-related-adverse-event": "had an adverse event put down to the treatment",
    "drug-free": "were off all lupus drugs",
    "lost-to-follow-up": "were lost to follow-up",
}
#: A remission is one "of the kidney"; people respond "in the kidney".
_JOINING = {"remission": "of", "response": "in"}

#: Months in a year.
_YEAR = 12


def outcome_verb(endpoint: str, name: str | None = None, scope: str = "lupus") -> str:
    """Return what people did who had an outcome: "were in complete remission"."""
    if endpoint in NAMED_ENDPOINTS and name:
        return f"had this: {name}"
    verb = _VERBS.get(endpoint) or f"had {ENDPOINTS[endpoint].label}"
    family = family_of(endpoint)
    if scope == "lupus" or family not in _JOINING:
        return verb
    return f"{verb} {_JOINING[family]} the {scope}"


def result_verb(result: Result) -> str:
    """Return what the people of a result did."""
    return outcome_verb(result.endpoint, result.name, result.scope)


def duration(months: float) -> str:
    """Return a time as people say it: "4 years", "27 months"."""
    if months >= _YEAR and months % _YEAR == 0:
        years = int(months / _YEAR)
        return f"{years} year{'' if years == 1 else 's'}"
    return f"{months:g} month{'' if months == 1 else 's'}"


def when(result: Result) -> str:
    """Return when a result was seen: " at 4 years"; empty where it is not said."""
    at = result.at
    if at is None:
        return ", at a time that is not stated"
    if at.months is None:
        return " at some time during follow-up"
    spoken = duration(at.months)
    return {
        "visit": f" at {spoken}",
        "kaplan-meier": f" at {spoken} (read off a curve)",
        "median-follow-up": f" after {spoken} (median follow-up)",
        "mean-follow-up": f" after {spoken} (mean follow-up)",
        "best-ever": f" at some time within {spoken}",
        "longest": f" at some time within {spoken}",
    }[at.basis]


def told(figure: RecordedFigure) -> Words:
    """Return a figure as a sentence without its study."""
    result = figure.result
    counted: Part = figure.counted
    return (counted, f" {result_verb(result)}{when(result)}")


def told_with_study(figure: RecordedFigure) -> Words:
    """Return a figure as a sentence that starts with its study."""
    return (f"{figure.study.id}: ", *told(figure))


def joined(rows: list[Words], separator: str = "; ") -> Words:
    """Return several rows of words as one, separated."""
    parts: list[Part] = []
    for row in rows:
        if parts:
            parts.append(separator)
        parts.extend(row)
    return tuple(parts)


def named(studies: list[str]) -> str:
    """Return study names as a list in words."""
    if len(studies) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(studies)
    return f"{', '.join(studies[:-1])} and {studies[-1]}"
