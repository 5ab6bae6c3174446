"""Every number of people and every percentage in an audit follows from the records."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import combinations
from math import sqrt
from pathlib import Path

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.verdicts import Counted
from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.survival import survival_curves_of
from lupus_evidence.documents.text import number, percent
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.pages.audit_page import evidence_text, finding_text
from lupus_evidence.records.field_types import Reported
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import NAMED_ENDPOINTS, topic

HERE = Path(__file__).parent
BASE = load()
#: Rates are told of so many people; the only numbers that are words.
UNIT = re.compile(r"100,?000|[Oo]f 100 people")
ARTICLES = [
    None,
    HERE / "second-article.yaml",
    HERE / "thirty-claims.yaml",
]


@cache
def articles():
    """The bundled article, and those of the tests."""
    audits = [audit(BASE, load_claims([path] if path else None)) for path in ARTICLES]
    return [article for found in audits for article in found.articles]


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


def told_sentences():
    """Every verdict and finding of the articles: text and values."""
    for article in articles():
        for claim in article.claims:
            verdict = claim.verdict
            yield evidence_text(verdict), tuple(s.values for s in verdict.sentences)
            for finding in verdict.findings:
                yield finding_text(finding), finding.values


def spellings(value):
    """Yield how a number may be printed: rounded, in percent, in years."""
    yield from (number(value, decimals) for decimals in (0, 1, 2))
    yield f"{value:,}"
    yield percent(value).strip("<>")
    yield number(value / 12)


def fields_of(value):
    """Return the parts of a value that has any."""
    if isinstance(value, Mapping):
        return tuple(value.values())
    if isinstance(value, (tuple, list)):
        return value
    if is_dataclass(value):
        return tuple(getattr(value, field.name) for field in fields(value))
    return tuple(value.model_dump().values())  # of a claims file or a record


def numbers_in(value):
    """Yield every number in the values of a sentence as a sentence may print it."""
    match value:
        case bool() | None:
            return
        case int() | float():
            yield from spellings(value)
        case str():
            yield from re.findall(r"\d[\d.,]*\d|\d", value)
        case Reported():
            yield str(value).lstrip("-")
        case _:
            for part in fields_of(value):
                yield from numbers_in(part)
            if isinstance(value, (tuple, list)):
                yield str(len(value))


def test_every_number_that_is_told_is_one_of_the_values():
    """No sentence counts or works out anything of its own but how many it lists."""
    sentences = list(told_sentences())
    assert len(sentences) > 300
    for text, values in sentences:
        known = set(numbers_in(values))
        if isinstance(values, tuple):  # studies that went one way, and the other
            for item in values:
                both = [item.get("agreeing", ()), item.get("contrary", ())]
                known |= {str(len(both[0]) + len(both[1]))}
                known |= {str(both[1].count(way)) for way in both[1]}
        shown = re.findall(r"\d[\d.,]*\d|\d", UNIT.sub("", text))
        assert set(shown) <= known, (text, set(shown) - known)
