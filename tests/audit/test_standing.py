"""How a percentage stands to the studies: edges, order and sentences in full."""

import pytest

from lupus_evidence.audit.compared import Comparison
from lupus_evidence.audit.pooled import Pooled
from lupus_evidence.claims import ClaimedRate
from lupus_evidence.render.audit.words import sentence

REMISSION = "endpoint: complete-remission, among: treated, at: 12"


def rate(percent, endpoint="complete-remission", more="", inside=""):
    """Return a claim of a rate after donor MSC at one year."""
    return (
        f"kind: rate, therapy: msc{more}, figures: [{{endpoint: {endpoint}, "
        f'months: 12, percent: "{percent}"{inside}}}]'
    )


def studies(world, *rates, n=60, line=REMISSION):
    """Write one study for each number of people with the outcome."""
    for number, events in enumerate(rates, 1):
        text = f"{line}, events: {events}, n: {n}"
        world.study(f"s{number}-2015", text, n=n)


def told(verdict, code):
    """Return the sentences of a verdict's findings with a code."""
    return [sentence(f.words) for f in verdict.findings if f.code == code]


def against(percent, low, high):
    """Return a percentage beside a pooled interval and no single studies."""
    claimed = ClaimedRate.model_validate(
        {"endpoint": "relapse", "months": 12, "percent": percent}
    )
    pooled = Pooled(("a-2011", "b-2012"), 100, (low + high) / 2, low, high)
    return Comparison(claimed, (), pooled, ())


@pytest.mark.parametrize(
    ("percent", "side", "word"),
    [
        ("24.5", -1, "understated"),
        ("25", 0, "not found"),
        ("40", 0, "not found"),
        ("50", 0, "not found"),
        ("50.5", 1, "overstated"),
    ],
)
def test_the_ends_of_the_pooled_interval_lie_within_it(percent, side, word):
    """Beside 25 to 50 %, both ends are still within."""
    comparison = against(percent, 0.25, 0.5)
    assert (comparison.pooled_side, comparison.word) == (side, word)
    outside = [item.code for item in comparison.findings()]
    assert outside == (["outside-the-pooled-interval"] if side else [])


def test_without_studies_a_percentage_is_on_no_side():
    """Nothing to compare with is neither above nor below."""
    assert against("90", 0.25, 0.5).side == 0


@pytest.mark.parametrize("percent", ["25", "50"])
def test_the_lowest_and_highest_rate_lie_between_the_studies(world, percent):
    """Studies of 25 and 50 %; the same percentage of other people is no new extreme."""
    studies(world, 15, 30)
    verdict = world.verdict(rate(percent, inside=", events: 1, people: 2"))
    assert told(verdict, "within-the-studies") == [
        f"{percent} % lies between the studies here."
    ]


def test_the_studies_are_told_from_the_highest_to_the_lowest(world):
    """40, 20 and 0 %: a study without remissions stands last."""
    studies(world, 12, 0, 24)
    assert sentence(world.verdict(rate(90)).sentence) == (
        "How many were in complete remission at about 1 year, in 3 studies: s3-2015: "
        "24 of 60 people (40 %, 29 to 53); s1-2015: 12 of 60 people (20 %, 12 to 32); "
        "s2-2015: 0 of 60 people (0 %, 0 to 6)."
    )


def test_an_outcome_that_nobody_counts_is_named(world):
    """The sentence says what no study counts at this time."""
    world.study("doe-2015")
    verdict = world.verdict(rate(90, "relapse"))
    assert verdict.word == "not found"
    assert sentence(verdict.sentence) == (
        "No study here counts how many relapsed at this time."
    )


@pytest.mark.parametrize(
    ("percent", "code", "words"),
    [
        (70, "above-every-study", "70 % is above every study{} here."),
        (5, "below-every-study", "5 % is below every study{} here."),
        (
            40,
            "top-of-the-range",
            (
                "No other study{} has as much. The others: tiny-2015: 4 of 5 people "
                "(80 %, 38 to 96) were in complete remission at 1 year; s2-2015: 18 of "
                "60 people (30 %, 20 to 43) were in complete remission at 1 year; "
                "s1-2015: 12 of 60 people (20 %, 12 to 32) were in complete remission "
                "at 1 year."
            ),
        ),
    ],
)
def test_small_studies_are_shown_and_said_to_be_set_aside(world, percent, code, words):
    """4 of 5 people is the highest rate, but too few to be a measure."""
    studies(world, 12, 18, 24)
    world.study("tiny-2015", f"{REMISSION}, events: 4, n: 5", n=5)
    said = told(world.verdict(rate(percent)), code)
    assert said == [words.format(" of 20 people or more")]


def test_the_percentage_beside_the_studies_taken_together(world):
    """Five studies of 20 %: the pooled figure, and no finding within its interval."""
    studies(world, 12, 12, 12, 12, 12)
    (said,) = told(world.verdict(rate(80)), "outside-the-pooled-interval")
    start = (
        "80 % lies above the studies taken together: 5 studies with 300 people, none "
        "counted twice: 20 % ("
    )
    assert said.startswith(start)
    assert said.endswith(").")
    for percent in ("20", "20.5", "19.5"):
        verdict = world.verdict(rate(percent))
        assert told(verdict, "outside-the-pooled-interval") == []


QUOTED = ", quoted: [{{label: A review, unit: percent, doi: 10.1000/182, {}}}]"


@pytest.mark.parametrize(
    ("figures", "top"),
    [
        ('low: "5", high: "80"', True),
        ('low: "5", high: "80.0"', True),
        ('low: "5", high: "79"', False),
        ('low: "80", high: "90"', False),
        ('value: "80"', False),
    ],
)
def test_the_top_of_a_range_that_a_review_quotes_is_told(world, figures, top):
    """Only the upper end of a range; with both ends, whose it is, and its address."""
    studies(world, 12, 18)
    verdict = world.verdict(rate(80, more=QUOTED.format(figures)))
    found = [f for f in verdict.findings if f.code == "top-of-the-range"]
    if not top:
        assert found == []
        return
    (finding,) = found
    high = figures.rpartition("high: ")[2].strip('"')
    assert sentence(finding.words) == (
        f"80 % is the top of a quoted range, 5 to {high} % (A review)."
    )
    assert finding.links == ("https://doi.org/10.1000/182",)


@pytest.mark.parametrize(
    ("endpoint", "compared"),
    [("complete-remission", False), ("any-response", False), ("relapse", True)],
)
def test_remission_and_response_are_those_of_lupus_as_a_whole(
    world, endpoint, compared
):
    """A kidney in remission is no remission; a relapse in the kidney is a relapse."""
    line = f"endpoint: {endpoint}, among: treated, at: 12"
    studies(world, 12, line=f"{line}, scope: kidney")
    verdict = world.verdict(rate(90, endpoint))
    assert bool(told(verdict, "above-every-study")) is compared
    studies(world, 12, line=line)
    assert told(world.verdict(rate(90, endpoint)), "above-every-study")


def test_a_study_of_another_time_or_of_none_is_not_compared(world):
    """What was seen at five years, or nobody knows when, says nothing of one year."""
    for at in (", at: 60", ""):
        line = f"endpoint: relapse, among: treated{at}, events: 12, n: 60"
        world.study("doe-2015", line)
        assert sentence(world.verdict(rate(90, "relapse")).sentence) == (
            "No study here counts how many relapsed at this time."
        )
