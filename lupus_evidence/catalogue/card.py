"""One study as a card that a clinician can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.catalogue.rates import endpoint_in_words, time_in_words
from lupus_evidence.catalogue.record_phrases import (
    arm_in_words,
    citation_in_words,
    distribution_in_words,
    end_in_words,
    notice_in_words,
    registry_link,
)
from lupus_evidence.catalogue.risk_of_bias import appraisals_table
from lupus_evidence.documents.document import (
    Block,
    Column,
    Document,
    Facts,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.values import People, Rate, Value
from lupus_evidence.evidence.result_numbers import rate_interval, study_figure
from lupus_evidence.records.identity import links_of
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lupus_evidence.records.study import Measurement, Result, Study
    from lupus_evidence.records.study_parts import FollowUp, Population


_RESULTS = (
    Column("outcome", "outcome", "What is counted", wrap=True),
    Column("arm", "arm", "Group of people", drop=5),
    Column("months", "months", "When", align="right"),
    Column("people", "people", "With the outcome, of how many", align="right"),
    Column("among", "among", "Kind of denominator", drop=2),
    Column("treated", "treated", "People treated in that arm", align="right", drop=1),
    Column("rate", "rate (95 % interval)", "Percent", align="right"),
    Column("where", "where", "Place in the source", drop=4, wrap=True),
)
_MEASUREMENTS = (
    Column("measure", "measured", "What was measured", wrap=True),
    Column("arm", "arm", "Group of people", drop=3),
    Column("unit", "unit", "Unit", drop=2),
    Column("baseline", "before", "At the start", wrap=True),
    Column("months", "months", "When", align="right"),
    Column("value", "then", "At that time", wrap=True),
    Column("where", "where", "Place in the source", drop=4, wrap=True),
)


def where_in_words(study: Study) -> str:
    """Return centres and countries in one line.

    Parameters
    ----------
    study : Study
        The record.
    """
    setting = study.setting
    where = "; ".join((*setting.centres, ", ".join(setting.countries)))
    if setting.centres_count:
        where = f"{setting.centres_count} centres; {where}"
    return where.strip("; ") + (" (inferred)" if setting.inferred else "")


def _study_facts(study: Study) -> Facts:
    """Say how, where and when the study was done."""
    citation, recruitment = study.citation, study.setting.recruitment
    dates = ""
    if recruitment:
        dates = f"{recruitment.start or '?'} to {recruitment.end or 'not stated'}"
    pairs = (
        ("design", f"{study.design}, {study.publication}, {study.status}"),
        ("notices", "; ".join(map(notice_in_words, study.notices))),
        ("registry status", study.registry_status or ""),
        ("end", end_in_words(study)),
        ("read from", study.reading),
        ("where", where_in_words(study)),
        ("people entered", dates),
        ("paid by", study.funding or ""),
        ("registered as", "; ".join(map(registry_link, study.registrations))),
        ("links", "  ".join(links_of(citation))),
        ("not confirmed", ", ".join(citation.unconfirmed)),
    )
    return Facts("Study", tuple(pair for pair in pairs if pair[1]))


def _count_of(part: int | None, whole: int | None) -> str:
    """Return "44 of 53", or as much as is known."""
    if part is None:
        return ""
    return f"{part} of {whole}" if whole is not None else str(part)


def follow_up_in_full(follow_up: FollowUp | None, *, note: bool = True) -> str:
    """Return how many months people were followed: "mean 27, longest 48".

    Parameters
    ----------
    follow_up : FollowUp or None
        As recorded.
    note : bool
        Whether what the record adds to it is said too.
    """
    if follow_up is None:
        return ""
    followed = distribution_in_words(follow_up)
    if follow_up.fixed is not None:
        followed = f"{followed} {follow_up.fixed:g} for everyone".strip()
    if follow_up.longest is not None:
        followed = f"{followed}, longest {follow_up.longest:g}".strip(", ")
    parts = (followed, follow_up.note if note else "")
    return ". ".join(part for part in parts if part)


def _score(population: Population) -> tuple[tuple[str, str], ...]:
    """Return how active the condition was at the start, where the topic has a score."""
    score = topic().score
    if score is None:
        return ()
    return ((f"{score.label} at the start", distribution_in_words(population.score)),)


def _people_facts(population: Population, follow_up: FollowUp | None) -> Facts:
    """Say who the people were."""
    female = _count_of(population.female, population.enrolled)
    if not female and population.female_percent is not None:
        female = f"{population.female_percent} %"
    pairs = (
        ("planned", _count_of(population.planned, None)),
        ("enrolled", _count_of(population.enrolled, None)),
        (
            f"with {topic().condition.name}",
            _count_of(population.with_condition, population.enrolled),
        ),
        ("analysed", _count_of(population.analysed, population.enrolled)),
        ("women", female),
        ("age, years", distribution_in_words(population.age)),
        ("months of disease", distribution_in_words(population.disease_duration)),
        *(
            (
                group.heading or group.label,
                _count_of(population.groups.get(name), population.with_condition),
            )
            for name, group in topic().groups.items()
        ),
        *_score(population),
        ("earlier treatment", population.refractory or ""),
        ("entry", population.entry or ""),
        ("months followed", follow_up_in_full(follow_up)),
        ("note", population.note or ""),
    )
    return Facts("People", tuple(pair for pair in pairs if pair[1]))


def outcome_in_words(result: Result) -> str:
    """Return what is counted, of whom.

    Parameters
    ----------
    result : Result
        A record's result.
    """
    outcome = endpoint_in_words(result)
    return f"{outcome} [{result.subgroup}]" if result.subgroup else outcome


def treated_in(study: Study, result: Result) -> int | None:
    """Return how many people the result's arm, or all arms, treated.

    Parameters
    ----------
    study : Study
        The record.
    result : Result
        One of its results.
    """
    if result.arm is not None:
        arm = study.arms.get(result.arm)
        return arm.n if arm else None
    sizes = [arm.n for arm in study.arms.values()]
    return (
        sum(size for size in sizes if size is not None) if None not in sizes else None
    )


def _results_table(study: Study) -> Table:
    """Return the study's results in the order of the record."""
    rows = []
    for result in study.results:
        found = study_figure(study, result)
        ends = rate_interval(found)
        outcome = outcome_in_words(result)
        if not result.condition_specific:
            outcome += f" [not {topic().condition.name} alone]"
        rows.append(
            {
                "outcome": outcome,
                "arm": result.arm if len(study.arms) > 1 else "",
                "months": time_in_words(result.at),
                "people": People(found.events, result.n),
                "among": result.among if result.n is not None else "",
                "treated": treated_in(study, result),
                "rate": Rate(found.rate, ends.low, ends.high),
                "where": result.where,
            }
        )
    return Table(
        "results",
        _RESULTS,
        tuple(rows),
        title="Results",
        empty="No result is recorded here.",
    )


def _measurement_row(study: Study, item: Measurement) -> dict[str, Value]:
    """Return one measurement's cells."""
    then = distribution_in_words(item.value)
    if item.change is not None:
        then = f"{then} change {distribution_in_words(item.change)}".strip()
    if item.direction is not None:
        then = f"{then} {item.direction}".strip()
    if item.p is not None:
        p = item.p if item.p[:1] in "<>=pP" else f"= {item.p}"
        then += f", P {p}" if not p.lower().startswith("p") else f", {p}"
    name = item.name or topic().measures[item.measure]
    if item.subgroup:
        name += f" [{item.subgroup}]"
    return {
        "measure": name,
        "arm": item.arm if len(study.arms) > 1 else "",
        "unit": item.unit,
        "baseline": distribution_in_words(item.baseline),
        "months": time_in_words(item.at),
        "value": then,
        "where": item.where,
    }


def _remarks(study: Study) -> tuple[str, ...]:
    """Return definitions and notes of single figures, each said once."""
    seen: dict[str, None] = {}
    for result in study.results:
        time = time_in_words(result.at)
        subject = topic().endpoints[result.endpoint].label
        if result.name:
            subject = result.name
        if result.definition:
            seen[f"{subject}: {result.definition}"] = None
        if result.note:
            seen[f"{subject}{f', {time} months' if time else ''}: {result.note}"] = None
    for item in study.measurements:
        if item.note:
            seen[f"{item.name or topic().measures[item.measure]}: {item.note}"] = None
    return tuple(seen)


def acknowledgements(study: Study) -> tuple[tuple[str, str], ...]:
    """Return every acknowledged check of a record: code and reason."""
    parts = (
        study.acknowledged,
        *(result.acknowledged for result in study.results),
        *(item.acknowledged for item in study.measurements),
    )
    return tuple(pair for part in parts for pair in part.items())


def shared_people(study: Study, others: Sequence[Study]) -> tuple[str, ...]:
    """Return the overlaps declared here and in other records."""
    here = [
        f"{item.study} ({item.certainty}): {item.because}" for item in study.overlaps
    ]
    there = [
        f"{other.id} ({item.certainty}): {item.because}"
        for other in others
        for item in other.overlaps
        if item.study == study.id
    ]
    return tuple(here + there)


def card_sections(study: Study, others: Sequence[Study]) -> tuple[Section, ...]:
    """Return everything a record says, in parts that one can ask for by name.

    Parameters
    ----------
    study : Study
        The record.
    others : sequence of Study
        All records, for overlaps that are declared in another one.
    """
    arms = tuple((name, arm_in_words(arm)) for name, arm in study.arms.items())
    measured = tuple(_measurement_row(study, item) for item in study.measurements)
    failing = tuple(f"{code}: {reason}" for code, reason in acknowledgements(study))
    blocks: dict[str, Block] = {
        "source": _study_facts(study),
        "people": _people_facts(study.population, study.follow_up),
        "treatment": Facts("Treatment", arms),
        "results": _results_table(study),
        "measurements": Table(
            "measurements", _MEASUREMENTS, measured, title="Measurements"
        ),
        "meaning": Sentences("What the figures mean", _remarks(study)),
        "appraisal": appraisals_table(study),
        "overlaps": Sentences("Shares people with", shared_people(study, others)),
        "discrepancies": Sentences(
            "Where the source disagrees with itself or others", study.discrepancies
        ),
        "failing": Sentences(
            "Printed figures that fail a check, and why they stay", failing
        ),
        "notes": Sentences("Mind", study.notes),
    }
    return tuple(
        Section(name, "", (block,))
        for name, block in blocks.items()
        if name == "results" or parts_of(block)
    )


def parts_of(block: Block) -> int:
    """Return how many facts, rows or sentences a block of a card has."""
    match block:
        case Facts():
            return len(block.pairs)
        case Table():
            return len(block.rows)
        case Sentences():
            return len(block.items)
    return 1


def study_card(
    study: Study, others: Sequence[Study], *, without: Collection[str] = ()
) -> Document:
    """Return everything a record says, as a card.

    Parameters
    ----------
    study : Study
        The record.
    others : sequence of Study
        All records, for overlaps that are declared in another one.
    without : collection of str
        Names of parts that are not wanted.
    """
    return Document(
        f"{study.id}: {study.title}",
        citation_in_words(study.citation),
        tuple(
            block
            for section in card_sections(study, others)
            if section.name not in without
            for block in section.blocks
        ),
    )


def card_data(study: Study, others: Sequence[Study]) -> dict[str, object]:
    """Return everything a record says as plain values, with its overlaps.

    Parameters
    ----------
    study : Study
        The record.
    others : sequence of Study
        All records, for overlaps that are declared in another one.
    """
    return {
        "study": as_plain(study),
        "shares_people_with": list(shared_people(study, others)),
    }


def as_plain(study: Study) -> dict[str, object]:
    """Return a record as plain values, printed numbers as text, blanks left out."""
    return study.model_dump(mode="json", exclude_defaults=True)
