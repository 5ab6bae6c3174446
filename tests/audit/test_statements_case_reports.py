"""Statements about a report on one person or a few: which fit, and what is said."""

import pytest
from audit.made import answer, codes, figure, found, percents, statement, values

CASE = statement("case-report", more=", words: [sjögren, gcmaf]")
RESPONSE = "endpoint: any-response, events: 1, n: 1"
FELL = "measurements:\n  - {arm: cells, measure: sledai, direction: falls}\n"


def case(world, name, *lines, **changes):
    """Write a report on one person."""
    values = {"design": "case-report", "n": 1, "more": "notes: [Sjögren syndrome.]"}
    world.study(name, *lines, **(values | changes))


def test_reports_are_named_each_with_its_first_result(world):
    """The second result of a report is left to its record."""
    case(world, "a-2010", RESPONSE, "endpoint: relapse, events: 0, n: 1")
    case(world, "b-2011", RESPONSE)
    verdict = world.verdict(CASE)
    assert answer(verdict) == ("report", {"study": "a-2010"})
    assert codes(verdict) == ["report-found", "few-people"]
    told = values(verdict, "report-found")
    assert told["studies"] == ("a-2010", "b-2011")
    assert [figure(item) for item in told["figures"]] == [
        (name, 1, 1, "any-response", None) for name in told["studies"]
    ]
    rates = {percents(item.counted.rate) for item in told["figures"]}
    assert rates == {(100, 21, 100)}
    assert values(verdict, "few-people") == {}


def test_a_report_with_a_measurement_alone_is_named(world):
    """It counts nobody, so there is nothing more to say of it."""
    case(world, "a-2010", more=f"{FELL}notes: [Sjögren syndrome.]")
    verdict = world.verdict(CASE)
    assert answer(verdict) == ("report", {"study": "a-2010"})
    assert codes(verdict) == ["report-found", "few-people"]
    told = values(verdict, "report-found")
    assert told == {"studies": ("a-2010",), "figures": ()}


@pytest.mark.parametrize("names", [(), ("a-2010",), ("a-2010", "b-2011")])
def test_how_many_reports_were_looked_through_is_told(world, names):
    """Each has a result, and none the claim's words."""
    world.study("doe-2015")
    for name in names:
        case(world, name, RESPONSE, more="notes: [Something else.]")
    verdict = world.verdict(CASE)
    assert answer(verdict) == ("no-report", {})
    assert codes(verdict) == ["report-not-found"]
    told = {"looked": len(names), "searched": ("sjögren", "gcmaf"), "unknown": ()}
    assert values(verdict, "report-not-found") == told


@pytest.mark.parametrize(
    "changes",
    [
        {"more": "notes: [One thing., GcMAF was given.]"},
        {"n": "1, note: SJÖGREN syndrome", "lupus": 1},
        {"lupus": "1, entry: Lupus with Sjögren syndrome"},
        {"arms": "  cells: {therapy: msc, n: 1, label: GcMAF and cells}"},
        {"arms": "  cells: {therapy: msc, n: 1, background: GcMAF}"},
        {"arms": "  cells: {therapy: msc, n: 1, note: After GcMAF.}"},
    ],
)
def test_a_word_is_looked_for_wherever_a_record_describes_the_case(world, changes):
    """In notes, population, arms and definitions, in large letters or small."""
    values = {"more": "", "arms": "  cells: {therapy: msc, n: 1}"} | changes
    case(world, "a-2010", RESPONSE, **values)
    assert world.verdict(CASE).word == "supported, context missing"
    case(world, "a-2010", RESPONSE, more="")
    assert world.verdict(CASE).word == "not found"
    case(world, "a-2010", f"{RESPONSE}, definition: Sjögren index halved", more="")
    assert world.verdict(CASE).word == "supported, context missing"


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"design": "case-report"}, True),
        ({"design": "case-series"}, True),
        ({"design": "cohort"}, False),
        ({"arms": "  cells: {therapy: uc-msc, n: 1}"}, True),
        ({"arms": "  cells: {therapy: hsct, n: 1}"}, False),
    ],
)
def test_only_reports_on_cases_of_the_treatment_fit(world, changes, fits):
    """A cohort with the word is no case, and neither is another treatment."""
    case(world, "a-2010", RESPONSE, **changes)
    assert (world.verdict(CASE).word != "not found") is fits


def test_a_report_without_an_outcome_bears_nothing_out_and_is_named(world):
    """One of two treatments is enough to be looked through."""
    case(world, "a-2010")
    case(world, "b-2011", RESPONSE, design="case-series", more="notes: [Another.]")
    verdict = world.verdict(CASE.replace("[msc]", "[hsct, msc]"))
    assert verdict.word == "not found"
    told = values(verdict, "report-not-found")
    assert (told["looked"], told["unknown"]) == (2, ("a-2010",))
    assert told["searched"] == ("sjögren", "gcmaf")


def test_a_report_is_evidence_as_a_whole(world):
    """At its title, with its therapies; it has no time, count or denominator."""
    arms = "  cells: {therapy: bm-msc, n: 1}\n  two: {therapy: rituximab, n: 1}"
    case(world, "a-2010", RESPONSE, arms=arms)
    (item,) = found(world.verdict(CASE), "report-found").evidence
    assert world.line("a-2010", item.place.line) == "title: a-2010"
    assert (item.study, item.about, item.therapy, item.reading) == (
        *("a-2010", "case-report", "bm-msc, rituximab", "primary-abstract"),
    )
    assert (item.months, item.counted, item.among, item.where) == (None, None, "", None)


def test_an_opinion_keeps_its_source(world):
    """What a guideline says is quoted with its address, and changes nothing."""
    plain = world.verdict(CASE)
    said = "It is not recommended."
    opinion = f", opinions: [{{says: {said}, doi: 10.1000/182}}]"
    verdict = world.verdict(f"{CASE}{opinion}")
    assert (verdict.word, verdict.findings[:-1]) == (plain.word, plain.findings)
    assert values(verdict, "opinion") == {"view": said}
    assert found(verdict, "opinion").links == ("https://doi.org/10.1000/182",)
