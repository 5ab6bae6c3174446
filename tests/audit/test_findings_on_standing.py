"""What is said of a percentage beside all studies: its side, its rivals, its bound."""

import pytest
from audit.made import (
    REMISSION,
    answer,
    cited,
    codes,
    exact,
    figures,
    found,
    percents,
    rate,
    values,
)

from lupus_evidence.compare.comparison import compare
from lupus_evidence.records.load import load

RELAPSE = "endpoint: relapse, among: treated, at: 12"


def test_what_is_said_of_a_percentage_that_nobody_reports(world):
    """Therapy, outcome, time, and every study from the highest to the lowest."""
    world.studies(REMISSION, 12, 0)
    verdict = world.verdict(rate(90))
    code, told = answer(verdict)
    asked = {"endpoint": "complete-remission", "months": 12, "time": "at"}
    assert (code, told | asked) == ("reports", told)
    assert figures(told) == [
        ("s1-2015", 12, 60, "complete-remission", 12),
        ("s2-2015", 0, 60, "complete-remission", 12),
    ]
    rates = [percents(item.counted.rate) for item in told["figures"]]
    assert rates == [(20, 12, 32), (0, 0, 6)]
    unseen, above = (dict(finding.values) for finding in verdict.findings[:2])
    said = [str(told.pop("article").printed) for told in (unseen, above)]
    assert said == ["90", "90"]
    assert unseen == asked | {"therapy": "msc"}
    assert above == {"beyond_chance": True}
    world.studies(REMISSION, 12)
    world.study("s2-2015")
    within = values(world.verdict(rate(25)), "within-the-studies")
    assert str(within["article"].printed) == "25"
    assert (within["low"], within["high"]) == pytest.approx(exact(12, 60))


def test_studies_taken_together_leave_less_to_chance(world):
    """As `compare` pools them, with studies and people beside the percentage."""
    world.studies(REMISSION, 200, 210, n=1000)
    verdict = world.verdict(rate(60))
    assert verdict.word == "overstated"
    said = values(verdict, "outside-the-pooled-interval")
    assert (said["people"], said["studies"]) == (2000, ("s1-2015", "s2-2015"))
    assert said["above"] is True
    printed = compare(
        load(world.records), ("msc", "hsct"), endpoints=["complete-remission"]
    )
    cell = printed.rows[0].cells[0]
    told = said["rate"]
    assert (told.estimate, told.low, told.high) == (cell.estimate, *cell.ci)
    assert told.low < 0.205 < told.high < 0.5
    below = world.verdict(rate(10))
    assert below.word == "understated"
    assert values(below, "outside-the-pooled-interval")["above"] is False
    within = world.verdict(rate(f"{100 * told.high - 0.1:.1f}"))
    assert within.word == "within the studies"
    assert found(within, "outside-the-pooled-interval") is None


def test_one_study_is_no_studies_taken_together(world):
    """Its interval decides, and no pooled figure is named."""
    world.studies(REMISSION, 24)
    assert found(world.verdict(rate(90)), "outside-the-pooled-interval") is None


@pytest.mark.parametrize("events", [(2, 98, 2, 98, 2, 98), (0, 0, 0), (100, 100, 100)])
def test_studies_without_one_number_still_have_sides(world, events):
    """They differ too much, or nobody or everybody had it: no pooled figure is told."""
    world.studies(REMISSION, *events, n=100)
    verdict = world.verdict(rate(50))
    sides = {0: "overstated", 100: "understated"}
    assert verdict.word == sides.get(events[1], "within the studies")
    assert found(verdict, "outside-the-pooled-interval") is None


def test_a_figure_may_be_found_outside_all_studies_taken_together(world):
    """12 of 20 is real, and 60 % is far from five studies near 20 %."""
    world.studies(REMISSION, 39, 40, 41, 42, 43, n=200)
    world.study("odd-2016", f"{REMISSION}, events: 12, n: 20", n=20)
    verdict = world.verdict(rate(60), head=", tells: [no-control, denominator]")
    assert verdict.word == "supported, context missing"
    assert verdict.rests_on == (("odd-2016", 0),)
    assert codes(verdict) == [
        "figure-found",
        "flattering-end-of-the-range",
        "outside-the-pooled-interval",
    ]


@pytest.mark.parametrize(
    ("percent", "events", "top"),
    [
        (40, (12, 18, 24), [("s2-2015", 18, 60), ("s1-2015", 12, 60)]),
        (40, (24, 0, 12), [("s3-2015", 12, 60), ("s2-2015", 0, 60)]),
        (30, (12, 18, 24), None),
        (40, (12, 24), None),
        (40, (12, 24, 24), None),
    ],
)
def test_the_best_of_three_studies_is_called_so(world, percent, events, top):
    """The others stand beside it; of two studies, or of equals, none stands out."""
    world.studies(REMISSION, *events)
    told = values(world.verdict(rate(percent)), "flattering-end-of-the-range")
    assert (told and [item[:3] for item in figures(told)]) == top


@pytest.mark.parametrize(("percent", "best"), [(20, True), (40, False)])
def test_of_a_harm_the_lowest_flatters(world, percent, best):
    """Relapses of 20, 30 and 40 %: the fewest are the best that anybody saw."""
    world.studies(RELAPSE, 12, 18, 24)
    for claim in (
        rate(percent, endpoint="relapse"),
        cited(percent, endpoint="relapse", study=f"s{1 if best else 3}-2015"),
    ):
        assert ("flattering-end-of-the-range" in codes(world.verdict(claim))) is best


def test_a_small_study_is_no_rival(world):
    """15 of 19 is more than 24 of 60, and chance; 16 of 20 is a rival."""
    world.studies(REMISSION, 12, 18, 24)
    for events, n, best in ((15, 19, True), (16, 20, False)):
        world.study("odd-2016", f"{REMISSION}, events: {events}, n: {n}", n=n)
        verdict = world.verdict(rate(40))
        assert ("flattering-end-of-the-range" in codes(verdict)) is best


QUOTED = ", quoted: [{{label: A review, unit: percent, doi: 10.1000/182, {}}}]"


@pytest.mark.parametrize(
    ("endpoint", "quoted", "top"),
    [
        ("complete-remission", 'low: "5", high: "80"', True),
        ("complete-remission", 'low: "5", high: "80.0"', True),
        ("complete-remission", 'low: "5", high: "79"', None),
        ("complete-remission", 'low: "80", high: "90"', None),
        ("complete-remission", 'value: "80"', None),
        ("relapse", 'low: "80", high: "90"', False),
        ("relapse", 'low: "5", high: "80"', None),
    ],
)
def test_the_flattering_end_of_a_range_that_a_review_quotes(
    world, endpoint, quoted, top
):
    """The upper end of a benefit, the lower of a harm, with its address."""
    world.studies(REMISSION, 12, 18)
    verdict = world.verdict(rate(80, endpoint=endpoint, more=QUOTED.format(quoted)))
    finding = found(verdict, "flattering-end-of-the-range")
    assert (finding and finding.values["top"]) is top
    if finding:
        assert str(finding.values["article"]) == "80"
        assert finding.links == ("https://doi.org/10.1000/182",)


def test_an_outcome_that_nobody_counts_is_named(world):
    """What no study counts is told, and when."""
    world.study("doe-2015")
    verdict = world.verdict(rate(90, endpoint="relapse"))
    assert (verdict.word, codes(verdict)) == ("not found", ["figure-not-found"])
    asked = {"endpoint": "relapse", "months": 12, "time": "at"}
    assert answer(verdict) == ("not-counted", asked)


@pytest.mark.parametrize(
    ("n", "studies", "end"),
    [
        (49, 1, "few-people"),
        (50, 1, "every-study"),
        (24, 2, "few-people"),
        (25, 2, "every-study"),
        (12, 3, "every-study"),
    ],
)
def test_every_study_is_said_of_three_studies_or_fifty_people(world, n, studies, end):
    """Of fewer the finding has the name that its meaning gives, above and below."""
    few = n // 10
    world.studies(REMISSION, *[few] * studies, n=n)
    assert f"above-{end}" in codes(world.verdict(rate(95)))
    world.studies(REMISSION, *[n - few] * studies, n=n)
    assert f"below-{end}" in codes(world.verdict(rate(5)))
