"""People counted out of nobody knows how many, and what a part says of the whole."""

import pytest
from audit.made import REMISSION, answer, cited, codes, figure, found, rate, values

PART = "endpoint: complete-remission, among: treated, at: 12"


def counted(events, study=None):
    """Return a claim of a number of people in remission, without a denominator."""
    cites = f", cites: {study}" if study else ""
    row = f"{{endpoint: complete-remission, months: 12, events: {events}}}"
    return f"kind: rate, therapy: msc{cites}, figures: [{row}]"


def test_a_count_that_its_study_gives_is_found_and_says_no_rate(world):
    """24 of 60: so many is right, out of how many is untold, and no side is taken.

    The other study makes the pooled rate far lower; a bare number is no rate above it.
    """
    world.studies(REMISSION, 200, 40, n=400)
    verdict = world.verdict(counted(200, "s1-2015"))
    assert verdict.rests_on == (("s1-2015", 0),)
    assert "no-denominator" in codes(verdict)
    assert "figure-found" in codes(verdict)
    sides = {"outside-the-pooled-interval", "above-every-study", "below-every-study"}
    assert not sides & set(codes(verdict))


def test_a_count_is_held_against_what_its_study_counted(world):
    """A percentage alone is no number of people; the 24 of 60 at two years are."""
    world.study(
        "doe-2015",
        f'{REMISSION}, percent: "30"',
        f"{PART.replace('12', '24')}, events: 24, n: 60",
    )
    verdict = world.verdict(counted(25, "doe-2015"))
    assert (verdict.word, codes(verdict)) == ("contradicted", ["study-says-otherwise"])
    told = values(verdict, "study-says-otherwise")
    assert told["events"] == 25
    assert figure(told["figure"])[:3] == ("doe-2015", 24, 60)


@pytest.mark.parametrize("study", [None, "doe-2015"])
def test_a_count_that_nobody_counted_cannot_be_checked(world, study):
    """A study that prints only a percentage does not say how many people."""
    world.study("doe-2015", f'{REMISSION}, percent: "30"')
    verdict = world.verdict(counted(25, study))
    assert (verdict.word, codes(verdict)) == ("not checkable", ["no-denominator"])
    assert values(verdict, "no-denominator") == {"events": 25}


@pytest.mark.parametrize(
    ("percent", "word"),
    [("40", "understated"), ("20", "not found"), ("0", "not found")],
)
def test_a_part_without_people_is_taken_at_its_percentage(world, percent, word):
    """40 % in complete remission make "20 % in any" too low; as many or none do not."""
    world.study("doe-2015", f'{PART}, percent: "{percent}"')
    verdict = world.verdict(rate(20, endpoint="any-remission"))
    assert verdict.word == word
    assert found(verdict, "part-of-the-total") is not None


@pytest.mark.parametrize(
    "lines",
    [
        # what was judged on the whole disease, not on the kidney
        ("at: 12, events: 30, n: 60, scope: kidney", "at: 12, events: 12, n: 60"),
        # the nearest to a year, of what was counted at about that time
        ("at: 14, events: 30, n: 60", "at: 12, events: 12, n: 60"),
        # those treated, not a part of them
        ("at: 12, events: 9, n: 30, subgroup: women", "at: 12, events: 12, n: 60"),
    ],
)
def test_what_a_study_says_otherwise_is_its_whole_and_nearest_figure(world, lines):
    """Of several the one that a reader would hold against "80 % at a year"."""
    outcome = "endpoint: complete-remission, among: treated"
    world.study("doe-2015", *(f"{outcome}, {line}" for line in lines))
    verdict = world.verdict(cited(80))
    shown = values(verdict, "study-says-otherwise")["figure"]
    assert (verdict.word, figure(shown)[1]) == ("contradicted", 12)


def test_an_answer_names_the_outcome_that_studies_counted(world):
    """Asked of disease-free survival, event-free survival is what a study reports."""
    line = "endpoint: event-free-survival, among: treated, at: 60, events: 30, n: 60"
    world.study("doe-2015", line)
    claim = rate(90, endpoint="disease-free-survival", months=60)
    code, told = answer(world.verdict(claim))
    assert (code, told["endpoint"]) == ("reports", "event-free-survival")
