"""Claims on the disease and the cells, accounts of studies, one person's case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.reading.numbers import printed
from lupus_evidence.reading.patterns import pattern
from lupus_evidence.reading.read import Read
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.reading.carrying import Settled
    from lupus_evidence.reading.mentions import Mentions
    from lupus_evidence.reading.settling import Sentence

#: A claim on the disease: its shape, what it measures, in which unit.
_OF_THE_DISEASE = (
    ("sex_ratio", "sex-ratio", "women-per-man"),
    ("sex_ratio_before", "sex-ratio", "women-per-man"),
    ("incidence", "incidence", "percent"),
    ("incidence_rate", "incidence", "per-100000-a-year"),
    ("prevalence", "prevalence", "percent"),
    ("prevalence_rate", "prevalence", "per-100000"),
    ("neurological", "symptom-prevalence", "percent"),
)


def of_the_disease(item: Sentence) -> Iterator[Read]:
    """Yield what a sentence says of lupus: how many have it, who, with what.

    Parameters
    ----------
    item : Sentence
        A sentence that speaks of lupus, or of nothing else.
    """
    small = item.mentions.small
    for shape, quantity, unit in _OF_THE_DISEASE:
        match = pattern(f"background.{shape}").search(small)
        if match is None:
            continue
        value = printed(match["a"])
        other = printed(match["b"]) if "b" in match.re.groupindex else None
        if float(value) > 0 and (other is None or float(other) > 0):
            yield Read(
                item.spot,
                "background",
                percent=value,
                to=other,
                quantity=quantity,
                unit=unit,
            )


def of_the_cells(item: Sentence, therapy: Settled[str]) -> Iterator[Read]:
    """Yield how many cells a dose is said to hold.

    Parameters
    ----------
    item : Sentence
        A sentence.
    therapy : Settled
        Its treatment.
    """
    match = pattern("background.dose").search(item.mentions.small)
    if (
        match is None
        or therapy.value not in topic().therapies
        or item.mentions.of_animals
    ):
        return
    unit = "million-cells-per-kg" if match["kg"] else "million-cells"
    yield Read(
        item.spot,
        "background",
        therapy.value,
        percent=printed(match["a"]),
        quantity="cells-per-dose",
        unit=unit,
        carried={} if therapy.where is None else {"therapy": therapy.where},
    )


def experts_agree(mentions: Mentions) -> bool:
    """Tell whether a sentence says that experts agree."""
    return pattern("accounts.experts").search(mentions.small) is not None


def account_of(item: Sentence, therapy: str, study: Settled[str]) -> Read | None:
    """Return a sentence's account of a study: its people and their age; None if none.

    Parameters
    ----------
    item : Sentence
        A sentence without a figure of what came of it.
    therapy : str
        Its treatment.
    study : Settled
        The record that it names.
    """
    small = item.mentions.small
    age = pattern("accounts.age").search(small)
    female = pattern("accounts.female").search(small)
    groups = item.mentions.groups
    if study.value is None or not groups or not (age or female):
        return None
    return Read(
        item.spot,
        "statement",
        therapy,
        people=groups[0].people,
        topic="study-account",
        age=printed(age["a"]) if age else None,
        female=printed(female["a"]) if female else None,
        cites=study.value,
    )


def case_of(item: Sentence, therapy: str) -> Read | None:
    """Return one person's case, where a sentence tells of one that can be known.

    Parameters
    ----------
    item : Sentence
        A sentence.
    therapy : str
        Its treatment.
    """
    mentions = item.mentions
    if not pattern("accounts.one_person").search(mentions.small):
        return None
    if not pattern("accounts.all_signs").search(mentions.small) or mentions.figures:
        return None
    named = [mentions.small[m.start : m.end] for m in mentions.other_diseases]
    added = [
        match["w"] for match in pattern("accounts.with_a").finditer(mentions.small)
    ]
    words = tuple(dict.fromkeys(word for name in (*named, *added) for word in (name,)))
    if not words:
        return None
    return Read(
        item.spot,
        "statement",
        therapy,
        people=1,
        topic="case-report",
        words=words,
    )
