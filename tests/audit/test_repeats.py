"""Claims of one article that rest on the same result or on the same people."""

import pytest
from audit.made import sharing

from lupus_evidence.audit.repeats import SharingStudy

REMISSION = "endpoint: complete-remission, among: treated"


def rate(*figures):
    """Return a claim of remissions, each by percentage and months."""
    items = ", ".join(
        f'{{endpoint: complete-remission, months: {months}, percent: "{percent}"}}'
        for percent, months in figures
    )
    return f"kind: rate, therapy: msc, figures: [{items}]"


def repeats(world, *claims):
    """Return for each claim what is said of the people it shares with others."""
    return [
        [
            dict(finding.values)
            for finding in claim.verdict.findings
            if finding.code == "same-people-twice"
        ]
        for claim in world.audit(*claims).articles[0].claims
    ]


def shared(*studies, other, claims):
    """Return what is said of studies that share people with that of other claims."""
    return {"studies": studies, "others": (SharingStudy(other, claims),)}


def test_a_finding_told_three_times_is_counted_from_the_first(world):
    """The first claim points on, the others back, each to all of the others."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60")
    assert repeats(world, *[rate((40, 12))] * 3) == [
        [{"again": (2, 3), "first": True}],
        [{"again": (1, 3), "first": False}],
        [{"again": (1, 2), "first": False}],
    ]


def test_two_results_of_one_study_are_two_findings(world):
    """A study does not share people with itself."""
    world.study(
        "a-2013",
        f"{REMISSION}, at: 12, events: 24, n: 60",
        f"{REMISSION}, at: 36, events: 30, n: 60",
    )
    assert repeats(world, rate((40, 12)), rate((50, 36))) == [[], []]


def test_two_studies_that_share_nobody_are_two_findings(world):
    """Nothing is said of other people."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60")
    world.study("b-2015", f"{REMISSION}, at: 24, events: 30, n: 60")
    assert repeats(world, rate((40, 12)), rate((50, 24))) == [[], []]


def test_two_studies_behind_the_same_claims_are_the_finding_itself(world):
    """That they share people with each other is no further claim's matter."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60")
    world.study(
        "b-2015", f"{REMISSION}, at: 24, events: 30, n: 60", more=sharing("a-2013")
    )
    first, _ = repeats(world, *[rate((40, 12), (50, 24))] * 2)
    assert first == [{"again": (2,), "first": True}]


def test_an_overlap_is_told_of_both_studies(world):
    """It stands in the later record alone, and holds both ways."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60")
    world.study(
        "b-2015", f"{REMISSION}, at: 24, events: 30, n: 60", more=sharing("a-2013")
    )
    assert repeats(world, rate((40, 12)), rate((50, 24))) == [
        [shared("a-2013", other="b-2015", claims=(2,))],
        [shared("b-2015", other="a-2013", claims=(1,))],
    ]


def test_every_claim_on_the_other_study_is_named(world):
    """Two claims rest on the study that shares people with the first."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60")
    world.study(
        "b-2015",
        f"{REMISSION}, at: 24, events: 30, n: 60",
        f"{REMISSION}, at: 36, events: 36, n: 60",
        more=sharing("a-2013"),
    )
    first, *_ = repeats(world, rate((40, 12)), rate((50, 24)), rate((60, 36)))
    assert first == [shared("a-2013", other="b-2015", claims=(2, 3))]


@pytest.mark.parametrize("overlaps", [("a-2013",), ("c-2014",), ("a-2013", "c-2014")])
def test_of_two_studies_behind_a_claim_only_those_that_overlap_are_named(
    world, overlaps
):
    """A claim with two percentages rests on two studies; one may stand apart."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60")
    world.study("c-2014", f"{REMISSION}, at: 24, events: 30, n: 60")
    world.study(
        "b-2015",
        f"{REMISSION}, at: 36, events: 36, n: 60",
        more=sharing(*overlaps),
    )
    first, _ = repeats(world, rate((40, 12), (50, 24)), rate((60, 36)))
    assert first == [shared(*overlaps, other="b-2015", claims=(2,))]


def test_a_claim_told_twice_loses_plain_support(world):
    """Each is right by itself; together they are one finding, at its own line."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60")
    head = ", tells: [no-control]"
    assert world.verdict(rate((40, 12)), head=head).word == "supported"
    claims = world.audit(*[rate((40, 12))] * 2, head=head).articles[0].claims
    words = [claim.verdict.word for claim in claims]
    assert words == ["supported, context missing"] * 2
    assert [claim.place.line for claim in claims] == [4, 5]
