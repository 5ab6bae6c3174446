"""Parts of a record in words, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.documents.values import Toned
from lupus_evidence.records.identity import trial_address
from lupus_evidence.records.silence import silence, silence_in_words, today
from lupus_evidence.vocabulary import colours_of, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.records.study import Arm, Study
    from lupus_evidence.records.study_parts import Citation, Distribution, Notice


def therapies_in_colour(names: Sequence[str]) -> Toned | str:
    """Return therapies as a cell in the colour of the first of them.

    Parameters
    ----------
    names : sequence of str
        Of the vocabulary.
    """
    text = ", ".join(names)
    return Toned(text, colours_of(names[:1])[0]) if names else text


#: Signs of a report's standing, which every screen can show.
RETRACTED, CONCERN = "R", "E"


def standing_mark(study: Study) -> str:
    """Return the sign of a report that was retracted or is doubted; empty if neither.

    Parameters
    ----------
    study : Study
        A record.
    """
    return RETRACTED * bool(study.retraction) + CONCERN * bool(study.concern)


def standing_in_words(study: Study) -> str:
    """Return the same as a word: "RETRACTED", "DOUBTED", or nothing."""
    return {RETRACTED: "RETRACTED", CONCERN: "DOUBTED"}.get(standing_mark(study), "")


def notice_in_words(notice: Notice) -> str:
    """Return a notice in one line: "retraction, 2021-03: reason (source)"."""
    kind = notice.kind.replace("-", " ")
    head = f"{kind}, {notice.date}" if notice.date else kind
    reason = f": {notice.reason}" if notice.reason else ""
    return f"{head}{reason} ({notice.source})"


def distribution_in_words(value: Distribution | None) -> str:
    """Return a distribution as people write it: "median 29 (9 to 52)"."""
    if value is None:
        return ""
    centre = ""
    if value.mean is not None:
        centre = f"mean {value.mean}"
    elif value.median is not None:
        centre = f"median {value.median}"
    spread = f"SD {value.sd}" if value.sd is not None else ""
    spread = spread or (f"SE {value.se}" if value.se is not None else "")
    spread = spread or (f"± {value.plus_minus}" if value.plus_minus is not None else "")
    if value.q1 is not None and value.q3 is not None:
        spread = f"quartiles {value.q1} to {value.q3}"
    reach = ""
    if value.low is not None and value.high is not None:
        reach = f"{value.low} to {value.high}"
    elif value.low is not None or value.high is not None:
        bound = value.low if value.high is None else value.high
        reach = f"{'from' if value.high is None else 'up to'} {bound}"
    inner = ", ".join(part for part in (spread, reach) if part)
    size = f" in {value.n}" if value.n is not None else ""
    if not centre:
        return f"{inner}{size}".strip()
    return f"{centre}{f' ({inner})' if inner else ''}{size}"


def citation_in_brief(citation: Citation) -> str:
    """Return first author, journal and year, as far as they are known."""
    authors = citation.authors[:1]
    if len(citation.authors) > 1:
        authors = (f"{authors[0]} and others",)
    where = f"{citation.journal or ''} {citation.year or ''}".strip()
    return ". ".join(part for part in (*authors, where) if part)


def citation_in_words(citation: Citation) -> str:
    """Return a citation in one line, as far as it is known."""
    authors = ", ".join(citation.authors)
    where = citation.journal or ""
    numbers = citation.volume or ""
    if citation.issue:
        numbers += f"({citation.issue})"
    if citation.pages:
        numbers += f":{citation.pages}"
    year = str(citation.year) if citation.year else ""
    tail = " ".join(part for part in (where, year) if part)
    tail = f"{tail};{numbers}" if numbers else tail
    return ". ".join(part for part in (authors, tail) if part)


def registry_link(number: str) -> str:
    """Return a registry number with its address where the registry is known."""
    return " ".join(filter(None, (number, trial_address(number))))


def arm_in_words(arm: Arm) -> str:
    """Return what an arm was given, in one line."""
    people = "" if arm.n is None else f"{arm.n} people"
    having = arm.with_condition
    if arm.n is not None and having is not None and having != arm.n:
        people += f" ({having} with {topic().condition.name})"
    if arm.enrolled is not None and arm.enrolled != arm.n:
        people += f", {arm.enrolled} entered"
    parts = (
        arm.label or topic().therapies[arm.therapy].label,
        people.strip(", "),
        arm.donor,
        " or ".join(arm.sources),
        arm.dose,
        arm.infusions,
        f"mobilised with {arm.mobilisation}" if arm.mobilisation else None,
        f"conditioned with {arm.conditioning}" if arm.conditioning else None,
        f"graft: {arm.graft}" if arm.graft else None,
        f"on top of {arm.background}" if arm.background else None,
        arm.note,
    )
    return "; ".join(part for part in parts if part)


def end_in_words(study: Study) -> str:
    """Say when a trial ended or was to end; how long ago, if no result is known.

    Parameters
    ----------
    study : Study
        The record.
    """
    waiting = silence(study, today())
    if waiting is not None:
        return silence_in_words(waiting)
    completion = study.completion
    if completion is None:
        return ""
    return completion.actual or f"{completion.planned} (planned)"
