"""Who the people behind the figures were, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.text import NOTHING, cell, number, rate
from lupus_evidence.values import Rate, Share
from lupus_evidence.vocabulary import DESIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.summary import (
        Characteristic,
        Comparison,
        TherapyPeople,
    )


def people_table(comparison: Comparison) -> Table:
    """Return who the people were, one row for each characteristic."""
    columns = (
        Column("characteristic", "", "What is described"),
        *(
            Column(people.therapy, people.therapy, "Over its studies", wrap=True)
            for people in comparison.people
        ),
    )
    lines = [
        ("studies", *(str(len(item.studies)) for item in comparison.people)),
        (
            "people, nobody twice",
            *(number(item.people) for item in comparison.people),
        ),
        *(
            (label, *(_characteristic(item, key) for item in comparison.people))
            for key, label in _CHARACTERISTICS.items()
        ),
        (
            "earlier treatment failed",
            *(_of_studies(item, len(item.refractory)) for item in comparison.people),
        ),
        (
            "countries",
            *(", ".join(item.countries) or NOTHING for item in comparison.people),
        ),
        ("treated in", *(_years(item.recruited) for item in comparison.people)),
        ("published in", *(_years(item.published) for item in comparison.people)),
        *_designs(comparison),
    ]
    keys = [column.key for column in columns]
    return Table(
        "people",
        columns,
        tuple(dict(zip(keys, line, strict=True)) for line in lines),
        title="Who these people were",
        notes=(
            (
                "Studies' medians or means: the middle one, lowest to highest, and how "
                "many studies say."
            ),
        ),
    )


_CHARACTERISTICS = {
    "age": "age in years",
    "female": "women and girls",
    "nephritis": "lupus nephritis",
    "sledai": "SLEDAI at the start",
    "follow_up": "follow-up in months",
}
_SHARES = frozenset({"female", "nephritis"})


def _characteristic(people: TherapyPeople, key: str) -> str:
    """Return "29 (24 to 41), 5 of 16"."""
    for item in people.characteristics:
        if item.key == key:
            return f"{_spread(item)}, {_of_studies(people, len(item.studies))}"
    return "no study says"


def _spread(item: Characteristic) -> str:
    """Return the middle of a characteristic and its range."""
    if item.lowest == item.highest:
        alone = Share(item.middle) if item.key in _SHARES else item.middle
        return cell(alone)
    if item.key in _SHARES:
        return rate(Rate(item.middle, item.lowest, item.highest))
    return f"{number(item.middle)} ({number(item.lowest)} to {number(item.highest)})"


def _of_studies(people: TherapyPeople, count: int) -> str:
    """Return "5 of 16"."""
    return f"{count} of {len(people.studies)}"


def _years(span: tuple[int, int] | None) -> str:
    """Return "1996 to 2015"."""
    if span is None:
        return NOTHING
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _designs(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield a line for each design that occurs."""
    counts = [dict(item.designs) for item in comparison.people]
    for design in DESIGNS:
        if any(design in count for count in counts):
            name = design.replace("-", " ")
            yield f"design: {name}", *(str(count.get(design, 0)) for count in counts)
