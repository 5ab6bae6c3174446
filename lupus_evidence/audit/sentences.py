"""Words for sentences: outcomes, times, studies. Numbers stay typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.vocabulary import ENDPOINTS, NAMED_ENDPOINTS, TIME_BASES

if TYPE_CHECKING:
    from lupus_evidence.audit.recorded import RecordedFigure
    from lupus_evidence.audit.verdicts import Part, Words
    from lupus_evidence.models import Time

#: A remission is one "of the kidney"; people respond "in the kidney".
_JOINING = {"remission": "of", "response": "in"}

#: Months in a year.
_YEAR = 12


def outcome_verb(endpoint: str, name: str | None = None, scope: str = "lupus") -> str:
    """Return what people did who had an outcome: "were in complete remission"."""
    if endpoint in NAMED_ENDPOINTS and name:
        return f"had this: {name}"
    row = ENDPOINTS[endpoint]
    if scope == "lupus" or row.family not in _JOINING:
        return row.verb
    return f"{row.verb} {_JOINING[row.family]} the {scope}"


def figure_verb(figure: RecordedFigure) -> str:
    """Return what the people of a figure did."""
    return outcome_verb(figure.endpoint, figure.result.name, figure.result.scope)


def duration(months: float) -> str:
    """Return a time as people say it: "4 years", "27 months"."""
    if months >= _YEAR and months % _YEAR == 0:
        years = int(months / _YEAR)
        return f"{years} year{'' if years == 1 else 's'}"
    return f"{months:g} month{'' if months == 1 else 's'}"


def when(at: Time | None) -> str:
    """Return when a result was seen: " at 4 years"."""
    if at is None:
        return ", at a time that is not stated"
    if at.months is None:
        return " at some time during follow-up"
    return f" {TIME_BASES[at.basis].phrase.format(duration(at.months))}"


def told(figure: RecordedFigure) -> Words:
    """Return a figure as a sentence without its study."""
    counted: Part = figure.counted
    seen = when(figure.time)
    if figure.time is None and not ENDPOINTS[figure.endpoint].clock:
        seen = ""  # nobody asks at what visit
    return (counted, f" {figure_verb(figure)}{seen}")


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
