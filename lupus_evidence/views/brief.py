"""One study on one screen: what it is, whom it is about, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.addresses import links_of
from lupus_evidence.document import (
    Block,
    Column,
    Document,
    Facts,
    Paragraph,
    Sentences,
    Table,
)
from lupus_evidence.evidence.figure import rate_interval, study_figure
from lupus_evidence.values import People, Rate
from lupus_evidence.views.card import (
    card_sections,
    follow_up_in_full,
    outcome_in_words,
    parts_of,
    treated_in,
    where_in_words,
)
from lupus_evidence.views.rates import time_in_words
from lupus_evidence.views.rates_page import marks_of, meaning_of_marks
from lupus_evidence.views.words import (
    citation_in_words,
    distribution_in_words,
    registry_link,
)
from lupus_evidence.vocabulary import THERAPIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.models import Arm, Result, Study
    from lupus_evidence.parts import Population
    from lupus_evidence.values import Value
    from lupus_evidence.vocabulary import Reading

_RESULTS = (
    Column("outcome", "outcome", "What is counted", least=16),
    Column("arm", "arm", "Group of people", least=8),
    Column("months", "months", "When", align="right", least=10),
    Column("people", "people", "With the outcome, of how many", align="right"),
    Column("treated", "treated", "Treated in that arm", align="right", drop=1),
    Column("rate", "% (95 % interval)", "Rate and interval", align="right"),
    Column("marks", "", "What to mind, as a sign"),
)

_KNOWN_FROM: dict[Reading, str] = {
    "primary-full-text": "its full text",
    "primary-abstract": "its abstract",
    "registry": "a trial registry",
    "secondary": "what others say of it",
}

#: Authors of a citation that has to fit on one line.
_AUTHORS = 3


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
    return Document(f"{study.id}: {study.title}", _source(study), blocks)


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


def _source(study: Study) -> str:
    """Return the citation in one line, with the best way to open the report."""
    citation = study.citation
    if len(citation.authors) > _AUTHORS:
        few = (*citation.authors[:_AUTHORS], "et al")
        citation = citation.model_copy(update={"authors": few})
    registered = (registry_link(number) for number in study.registrations)
    address = next(iter((*links_of(citation), *registered)), "")
    return " ".join(part for part in (citation_in_words(citation), address) if part)


def _facts(study: Study) -> Facts:
    """Say how the study was done, in whom, and what they were given."""
    kind = study.design.replace("-", " ")
    design = f"{kind}, {study.status}; known from {_KNOWN_FROM[study.reading]}"
    followed = follow_up_in_full(study.follow_up, note=False)
    given = ((name, _given(arm)) for name, arm in study.arms.items())
    pairs = (
        ("design", design),
        ("where", where_in_words(study)),
        ("people", _people(study.population)),
        ("followed", followed and f"months: {followed}"),
        *given,
    )
    return Facts("", tuple(pair for pair in pairs if pair[1]))


def _people(people: Population) -> str:
    """Say who the people were, in one line."""
    lupus, enrolled = people.lupus, people.enrolled
    size = f"{lupus} with lupus" if lupus is not None else ""
    if enrolled is not None and enrolled != lupus:
        size = f"{size} of {enrolled} enrolled" if size else f"{enrolled} enrolled"
    if not size and people.planned is not None:
        size = f"{people.planned} planned"
    age = distribution_in_words(people.age)
    parts = (
        size,
        f"{people.female} women" if people.female is not None else "",
        f"age {age}" if age else "",
        f"kidneys affected in {people.nephritis}" if people.nephritis else "",
        people.refractory,
    )
    return "; ".join(part for part in parts if part)


def _given(arm: Arm) -> str:
    """Say what an arm was given, as far as it fits on a screen."""
    parts = (
        arm.label or THERAPIES[arm.therapy].label,
        f"{arm.n} people" if arm.n is not None else "",
        " or ".join(arm.sources),
        arm.dose,
        f"conditioned with {arm.conditioning}" if arm.conditioning else "",
        f"on top of {arm.background}" if arm.background else "",
    )
    return "; ".join(part for part in parts if part)


def _result(study: Study, result: Result) -> dict[str, Value]:
    """Return one result's cells."""
    found = study_figure(study, result)
    ends = rate_interval(found)
    return {
        "outcome": outcome_in_words(result),
        "arm": result.arm if len(study.arms) > 1 else "",
        "months": time_in_words(result.at),
        "people": People(found.events, result.n),
        "treated": treated_in(study, result),
        "rate": Rate(found.rate, ends.low, ends.high),
        "marks": marks_of(result),
    }


def _results(study: Study, more: str) -> Table:
    """Return the results, one line each, and below them what else there is."""
    marks = meaning_of_marks("".join(map(marks_of, study.results)), "--failing")
    return Table(
        "results",
        _RESULTS,
        tuple(_result(study, result) for result in study.results),
        empty="No result has been published.",
        notes=(marks, more) if marks else (more,),
        wider="--results",
    )


def _more(study: Study, others: Sequence[Study]) -> str:
    """Name the parts that are not shown, with how much is in those that vary."""
    names = []
    for section in card_sections(study, others):
        block = section.blocks[0]
        counted = isinstance(block, Sentences) or section.name == "measurements"
        names.append(f"--{section.name}" + f" ({parts_of(block)})" * counted)
    return f"More: {' '.join(names)}; all: --full"
