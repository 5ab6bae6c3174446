"""Every number of people and every percentage in an audit follows from the records."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import combinations
from math import sqrt
from pathlib import Path

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.verdicts import Counted
from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.survival import survival_curves_of
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import NAMED_ENDPOINTS, topic

HERE = Path(__file__).parent
BASE = load()
ARTICLES = [
    None,
    HERE / "second-article.yaml",
    HERE / "thirty-claims.yaml",
]


def articles():
    """The bundled article, and those of the tests."""
    for path in ARTICLES:
        yield from audit(BASE, load_claims([path] if path else None)).articles


def told_counts():
    """Every count or rate that any sentence tells, with the claim."""
    for article in articles():
        for claim in article.claims:
            for told in (*claim.verdict.sentences, *claim.verdict.findings):
                for part in parts_of(told.values):
                    if isinstance(part, Counted):
                        yield claim.id, part
                    elif isinstance(part, Rate):
                        yield claim.id, Counted(People(None, None), part)


def parts_of(value):
    """Every value inside the values of a sentence."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)
    elif isinstance(value, Counted) or not is_dataclass(value):
        yield value
    else:
        yield value
        yield from parts_of(tuple(getattr(value, each.name) for each in fields(value)))


TOLD = list(told_counts())


def printed_counts():
    """Events and people of every result, its complement, and sums of two of them.

    And what is the least for all treated, for the people of a study with lupus.
    """
    for study in BASE.studies:
        treated = [arm.n for arm in study.arms.values() if arm.n]
        people = study.population
        yield people.with_condition, people.enrolled
        counts = [
            (result.events, result.n)
            for result in study.results
            if result.events is not None
        ]
        for result in study.results:  # 0.2 % of 404 people can only be one
            if result.events is None and result.percent is not None and result.n:
                yield round(result.percent.value / 100 * result.n), result.n
        for events, n in counts:
            yield events, n
            for all_treated in {*treated, sum(treated)}:
                yield events, all_treated
            if n is not None:
                yield n - events, n
        for (one, n), (other, m) in combinations(counts, 2):
            if n == m and n is not None:
                yield one + other, n
                yield n - one - other, n


def test_every_number_of_people_is_a_records():
    """Told counts are printed, or the rest, the sum or the least of printed ones."""
    known = set(printed_counts())
    counted = [item for item in TOLD if item[1].people.events is not None]
    strange = {
        (claim, part.people.events, part.people.n)
        for claim, part in counted
        if (part.people.events, part.people.n) not in known
    }
    assert len(counted) > 150
    assert not strange


def wilson(events, n):
    """Wilson's 95 % interval (1927, DOI 10.1080/01621459.1927.10502953)."""
    z = 1.959963984540054
    middle = (events + z * z / 2) / (n + z * z)
    reach = z * sqrt(events * (n - events) / n + z * z / 4) / (n + z * z)
    return middle - reach, middle + reach


def test_every_interval_of_a_count_is_its_own():
    """The range in brackets is worked out from the people before it."""
    tried = 0
    for claim, part in TOLD:
        events, n, rate = part.people.events, part.people.n, part.rate
        if events is None or n is None or rate.low is None or part.printed:
            continue
        tried += 1
        assert rate.estimate == pytest.approx(events / n), claim
        assert (rate.low, rate.high) == pytest.approx(wilson(events, n), abs=1e-9)
    assert tried > 100


def test_every_percentage_without_a_count_is_printed_or_pooled():
    """It stands in a record, or is its complement, or `compare` or `curve` has it."""
    known = {
        round(value, 9)
        for study in BASE.studies
        for result in study.results
        if result.percent is not None
        for value in (result.percent.value / 100, 1 - result.percent.value / 100)
    }
    asked = [name for name in topic().endpoints if name not in NAMED_ENDPOINTS]
    rows = compare(BASE, ("hsct", "msc"), endpoints=asked).rows
    cells = [cell for row in rows for cell in row.cells]
    known |= {round(cell.estimate, 9) for cell in cells if cell.estimate is not None}
    curves = survival_curves_of(BASE, "overall-survival").answers
    on_curve = [answer.at(x).figure for answer in curves for x in (12, 24, 36, 60)]
    for found in filter(None, on_curve):
        known |= {round(found.estimate, 9), round(found.complement.estimate, 9)}
    alone = [item for item in TOLD if item[1].people.events is None]
    strange = {
        (claim, part.rate.estimate)
        for claim, part in alone
        if part.rate.estimate is not None and round(part.rate.estimate, 9) not in known
    }
    assert len(alone) > 10
    assert not strange
