"""One study on one screen: what it is, whom it is about, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.appraisal import judgement
from lupus_evidence.catalogue.card import (
    card_sections,
    outcome_in_words,
    parts_of,
    treated_in,
)
from lupus_evidence.catalogue.rates import time_in_words
from lupus_evidence.catalogue.rates_page import marks_of, meaning_of_marks
from lupus_evidence.catalogue.record_phrases import (
    citation_in_brief,
    distribution_in_words,
    end_in_words,
    notice_in_words,
    registry_link,
    standing_in_words,
)
from lupus_evidence.catalogue.risk_of_bias import bias_in_words
from lupus_evidence.documents.document import (
    Block,
    Column,
    Document,
    Facts,
    Paragraph,
    Table,
)
from lupus_evidence.documents.values import People, Rate, Value
from lupus_evidence.evidence.result_numbers import rate_interval, study_figure
from lupus_evidence.records.identity import links_of
from lupus_evidence.vocabulary import Reading, topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.records.study import Arm, Result, Study


_OUTCOME = Column("outcome", "outcome", "What is counted", least=16)
_MONTHS = Column("months", "months", "When", align="right", least=10)
_MARKS = Column("marks", "", "What to mind, as a sign")
_RESULTS = (
    _OUTCOME,
    Column("arm", "arm", "Group of people", least=8),
    _MONTHS,
    Column("people", "people", "With the outcome, of how many", align="right"),
    Column("treated", "treated", "Treated in that arm", align="right", drop=1),
    Column("rate", "% (95 % interval)", "Rate and interval", align="right"),
    _MARKS,
)

_KNOWN_FROM: dict[Reading, str] = {
    "primary-full-text": "from its full text",
    "primary-abstract": "from its abstract",
    "registry": "from a trial registry",
    "secondary": "from what others say of it",
}

#: Where a judgement is shown with its reasons.
_WHY = "(--appraisal)"
#: Arms whose results stand beside each other; of more, each result is a line.
_SIDE_BY_SIDE = 2
#: Sections whose size differs from study to study; the others are always there.
_COUNTED = ("measurements", "meaning", "overlaps", "discrepancies", "failing", "notes")


def study_brief(study: Study, others: Sequence[Study]) -> Document:
    """Return the first screen of a study, and what else there is by name.

    Parameters
    ----------
    study : Study
        The record.
    others : sequence of Study
        All records, for overlaps that are declared in another one.
    """
    blocks = (_facts(study), _results(study, _more(study, others)))
    source = f"{citation_in_brief(study.citation)}; {_KNOWN_FROM[study.reading]}"
    source += _bias(study)
    return Document(f"{study.id}: {study.title}", source, blocks)


def study_parts(
    study: Study, others: Sequence[Study], names: frozenset[str]
) -> Document:
    """Return the named parts of a study's card.

    Parameters
    ----------
    study : Study
        The record.
    others : sequence of Study
        All records.
    names : frozenset of str
        Names of parts.
    """
    sections = card_sections(study, others)
    found = tuple(section for section in sections if section.name in names)
    missing = sorted(names - {section.name for section in found})
    blocks: list[Block] = [*found]
    if missing:
        blocks.append(Paragraph(f"Nothing recorded: {', '.join(missing)}.", note=True))
    return Document(f"{study.id}: {study.title}", "", tuple(blocks))


def _facts(study: Study) -> Facts:
    """Say where to open it, how it was done, in whom, and what they were given."""
    registered = map(registry_link, study.registrations)
    address = next(iter((*links_of(study.citation), *registered)), "")
    kind = study.design.replace("-", " ")
    status = "" if study.status == "published" else f" ({study.status})"
    alone, everybody = len(study.arms) == 1, study.population.with_condition
    given = (
        (name, _given(arm, counted=not (alone and arm.n == everybody)))
        for name, arm in study.arms.items()
    )
    standing = study.retraction or study.concern
    pairs = (
        (standing_in_words(study), notice_in_words(standing) if standing else ""),
        ("open", address),
        ("design", f"{kind}{status}; {_people(study)}".rstrip("; ")),
        ("end", "" if study.status == "published" else end_in_words(study)),
        *given,
    )
    return Facts("", tuple(pair for pair in pairs if pair[1]))


def _bias(study: Study) -> str:
    """Say what the appraisal that counts for the whole study made of it."""
    found = judgement(study)
    if found is not None:
        return f"; bias: {bias_in_words(found)} {_WHY}"
    return f"; bias: by result {_WHY}" if study.appraisal else ""


def _people(study: Study) -> str:
    """Say who the people were and how long they were followed, in one line."""
    people = study.population
    having, enrolled = people.with_condition, people.enrolled
    size = f"{having} with {topic().condition.name}" if having is not None else ""
    if enrolled is not None and enrolled != having:
        size = f"{size} of {enrolled} enrolled" if size else f"{enrolled} enrolled"
    if not size and people.planned is not None:
        size = f"{people.planned} planned"
    followed = distribution_in_words(study.follow_up)
    parts = (
        size,
        *(
            f"{group.brief} in {people.groups[name]}"
            for name, group in topic().groups.items()
            if group.brief and people.groups.get(name)
        ),
        f"{followed} months" if followed else "",
    )
    return "; ".join(part for part in parts if part)


def _given(arm: Arm, *, counted: bool) -> str:
    """Say how many people were given what, as far as it fits on a screen."""
    parts = (
        topic().therapies[arm.therapy].label,
        arm.label,
        arm.dose,
        f"conditioned with {arm.conditioning}" if arm.conditioning else "",
    )
    given = "; ".join(part for part in parts if part)
    return f"{arm.n} people: {given}" if counted and arm.n is not None else given


def _result(study: Study, result: Result, *, compact: bool = False) -> dict[str, Value]:
    """Return one result's cells."""
    found = study_figure(study, result)
    ends = rate_interval(found)
    return {
        "outcome": outcome_in_words(result),
        "arm": result.arm if len(study.arms) > 1 else "",
        "months": time_in_words(result.at),
        "people": People(found.events, result.n),
        "treated": treated_in(study, result),
        "rate": Rate(found.rate, ends.low, ends.high, compact=compact),
        "marks": marks_of(study, result),
    }


def _results(study: Study, more: str) -> Table:
    """Return the results, and below them what else there is."""
    signs = "".join(marks_of(study, result) for result in study.results)
    marks = meaning_of_marks(signs, "--failing")
    arms = tuple(dict.fromkeys(result.arm or "all" for result in study.results))
    columns: tuple[Column, ...] = _RESULTS
    rows = [_result(study, result) for result in study.results]
    if len(arms) == _SIDE_BY_SIDE:
        columns, rows = _beside(study, arms)
    return Table(
        "results",
        columns,
        tuple(rows),
        empty="No result is recorded here.",
        notes=(marks, more) if marks else (more,),
        wider="--results",
    )


def _beside(
    study: Study, arms: tuple[str, ...]
) -> tuple[tuple[Column, ...], list[dict[str, Value]]]:
    """Return two arms' results beside each other, an outcome and time a line."""
    rows: list[dict[str, Value]] = []
    for result in study.results:
        one = _result(study, result, compact=True)
        place = f"{result.arm or 'all'} people"
        about = (one["outcome"], one["months"])
        row = next(
            (
                row
                for row in rows
                if (row["outcome"], row["months"]) == about and place not in row
            ),
            None,
        )
        if row is None:
            row = {"outcome": about[0], "months": about[1], "marks": ""}
            rows.append(row)
        row[place] = one["people"]
        row[f"{result.arm or 'all'} rate"] = one["rate"]
        marks = f"{row['marks']}{one['marks']}"
        row["marks"] = "".join(dict.fromkeys(marks))
    columns = [_OUTCOME, _MONTHS]
    for arm in arms:
        columns += [
            Column(f"{arm} people", arm, "People", align="right"),
            Column(f"{arm} rate", "% (95 %)", "Rate and interval", align="right"),
        ]
    return (*columns, _MARKS), rows


def _more(study: Study, others: Sequence[Study]) -> str:
    """Name the parts whose size varies, with how much is in each."""
    names = [
        f"--{section.name} ({parts_of(section.blocks[0])})"
        for section in card_sections(study, others)
        if section.name in _COUNTED
    ]
    return f"More: {' '.join(names)} --full" if names else "More: --full"
