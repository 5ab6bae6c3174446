"""One line a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lupus_evidence.catalogue.filters import therapies_of
from lupus_evidence.catalogue.rates import in_order, sharing_studies
from lupus_evidence.catalogue.record_phrases import (
    notice_in_words,
    standing_in_words,
    therapies_in_colour,
)
from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.text import plural
from lupus_evidence.records.silence import silence, today
from lupus_evidence.records.study_parts import Completion, FollowUp
from lupus_evidence.vocabulary import DESIGNS, FAMILIES, family_of, topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lupus_evidence.documents.values import Value
    from lupus_evidence.records.study import Study


def columns() -> tuple[Column, ...]:
    """Return the columns of the list, that of the condition by its own name."""
    condition = topic().condition
    return (
        Column("id", "study", "First author and year; the record's name"),
        Column("standing", "", "Retracted, or doubted", audience="screen"),
        Column("year", "year", "Year of publication", align="right", drop=4),
        Column("design", "design", "How the study was done", drop=1, least=16),
        Column(
            "therapy",
            "therapy",
            "What the arms were given",
            audience="screen",
            least=12,
        ),
        Column("therapies", "", "What the arms were given", audience="data"),
        Column(
            condition.field,
            condition.field,
            f"People with {condition.name}",
            align="right",
        ),
        Column(
            "follow_up",
            "months",
            "Months of follow-up: median, mean, fixed or longest",
            audience="screen",
            align="right",
            drop=6,
        ),
        Column(
            "reports",
            "reports",
            "Families of endpoints it gives figures for",
            drop=2,
            least=16,
        ),
        Column("status", "status", "Published, registered or withdrawn", drop=5),
        Column("reading", "read from", "How its figures were seen", drop=6),
        Column("enrolled", "", "People enrolled, any disease", audience="data"),
        Column("follow_up_median", "", "Median months followed", audience="data"),
        Column("follow_up_mean", "", "Mean months followed", audience="data"),
        Column("follow_up_longest", "", "Longest months followed", audience="data"),
        Column("countries", "", "ISO 3166 codes", audience="data"),
        Column("centres", "", "Hospitals or registries", audience="data"),
        Column("recruitment_start", "", "First entry", audience="data"),
        Column("recruitment_end", "", "Last entry", audience="data"),
        Column("completion", "", "End of the trial", audience="data"),
        Column("completion_is", "", "Actual or planned", audience="data"),
        Column("months_silent", "", "Since that end, no result", audience="data"),
        Column("title", "", "Title as printed", audience="data"),
        Column("authors", "", "Authors seen", audience="data"),
        Column("journal", "", "Journal", audience="data"),
        Column("doi", "", "DOI", audience="data"),
        Column("pmid", "", "PubMed number", audience="data"),
        Column("registrations", "", "Trial registry numbers", audience="data"),
        Column("publication", "", "Kind of report", audience="data"),
        Column("notices", "", "Retractions, concerns, corrections", audience="data"),
    )


#: What studies can be sorted by.
SORTS: dict[str, Callable[[Study], Any]] = {
    "id": lambda study: study.id,
    "year": lambda study: study.citation.year,
    "people": lambda study: study.population.with_condition,
    "therapy": lambda study: therapies_of(study, None),
    "design": lambda study: list(DESIGNS).index(study.design),
}


def follow_up_in_words(follow_up: FollowUp | None) -> str:
    """Return the length of follow-up in months with its kind: "27 (mean)"."""
    if follow_up is None:
        return ""
    for value, kind in (
        (follow_up.median, "median"),
        (follow_up.mean, "mean"),
        (follow_up.fixed, "all"),
        (follow_up.longest or follow_up.high, "longest"),
    ):
        if value is not None:
            shown = f"{value:g}" if isinstance(value, float) else str(value)
            return shown if kind == "median" else f"{shown} ({kind})"
    return ""


def reported_families(study: Study) -> tuple[str, ...]:
    """Return the families of endpoints that a study gives a number for."""
    found = {
        family_of(result.endpoint)
        for result in study.results
        if result.events is not None or result.percent is not None
    }
    return tuple(family for family in FAMILIES if family in found and family != "other")


def _end(study: Study) -> dict[str, Value]:
    """Return when a trial ended or was to end, and how long it has been silent."""
    completion, waiting = study.completion or Completion(), silence(study, today())
    kind = "actual" if completion.actual else "planned"
    return {
        "completion": completion.end,
        "completion_is": kind if completion.end else None,
        "months_silent": waiting.months if waiting and waiting.overdue else None,
    }


def _row(study: Study) -> dict[str, Value]:
    """Return one study's values by column."""
    follow_up, citation = study.follow_up, study.citation
    recruitment = study.setting.recruitment
    return {
        "id": study.id,
        "standing": standing_in_words(study),
        "year": citation.year,
        "design": study.design,
        "therapy": therapies_in_colour(therapies_of(study, None)),
        "therapies": ", ".join(therapies_of(study, None)),
        topic().condition.field: study.population.with_condition,
        "follow_up": follow_up_in_words(follow_up),
        "status": study.status,
        "reading": study.reading,
        "reports": ", ".join(reported_families(study)),
        "enrolled": study.population.enrolled,
        "follow_up_median": follow_up.median.value
        if follow_up and follow_up.median
        else None,
        "follow_up_mean": follow_up.mean.value
        if follow_up and follow_up.mean
        else None,
        "follow_up_longest": follow_up.longest if follow_up else None,
        "countries": "; ".join(study.setting.countries),
        "centres": "; ".join(study.setting.centres),
        "recruitment_start": recruitment.start if recruitment else None,
        "recruitment_end": recruitment.end if recruitment else None,
        **_end(study),
        "title": study.title,
        "authors": "; ".join(citation.authors),
        "journal": citation.journal,
        "doi": citation.doi,
        "pmid": citation.pmid,
        "registrations": "; ".join(study.registrations),
        "publication": study.publication,
        "notices": "; ".join(map(notice_in_words, study.notices)),
    }


def studies_table(studies: Sequence[Study], sort: str = "id") -> Table:
    """Return the table of studies, one row each.

    Parameters
    ----------
    studies : sequence of Study
        Those to show.
    sort : str
        One of `SORTS`, with a minus before it for the largest first.
    """
    named = sorted(studies, key=lambda study: study.id)
    key = SORTS[sort.removeprefix("-")]
    ordered = in_order(named, key, backwards=sort[0] == "-")
    return Table(
        "studies",
        columns(),
        tuple(_row(study) for study in ordered),
        empty="No study fits.",
        notes=(_note(ordered), *_standings(ordered)) if ordered else (),
    )


def _standings(studies: Sequence[Study]) -> Iterator[str]:
    """Say what the signs of retracted and doubted reports mean, where they occur."""
    if any(study.retraction for study in studies):
        yield "RETRACTED: shown, in no pooled figure. See `show`."
    if any(study.concern for study in studies):
        yield "DOUBTED: the journal has doubts (expression of concern). See `show`."


def _note(studies: Sequence[Study]) -> str:
    """Say how many studies these are, and whether their people may be added up."""
    count = plural(len(studies), "study", "studies")
    people = sum(study.population.with_condition or 0 for study in studies)
    sharing = sharing_studies(studies)
    if not (sharing and people):
        return f"{count}."
    return (
        f"{count}, {sharing} of which share people with another one here: their "
        f"{people:,} people with {topic().condition.name} do not add up. See `show` "
        "for overlaps."
    )
