"""Edges of single checks: what is just right, and what stands behind something else."""

import pytest

KM = {"endpoint": "overall-survival", "kind": "kaplan-meier", "n": 20}
COUNT = {"events": 5, "n": 20}


def at(months):
    """Return a time on a survival curve."""
    return {"at": {"months": months, "basis": "kaplan-meier"}}


def test_survival_with_its_own_count_is_held_against_deaths(raised):
    """16 of 20 alive is 4 dead, where 3 deaths are counted later."""
    alive = KM | at(24) | {"kind": "count", "percent": "80", "events": 16}
    dead = {"endpoint": "death", "events": 3, "n": 20, "at": 36}
    assert raised(alive, dead) == {"W215": 1}


def test_deaths_of_others_do_not_hide_those_of_the_same_people(raised):
    """The first deaths are of another arm, the second contradict."""
    arms = {"msc": {"therapy": "msc"}, "control": {"therapy": "placebo"}}
    other = {"endpoint": "death", "events": 1, "n": 20, "at": 12, "arm": "control"}
    dead = {"endpoint": "death", "events": 4, "n": 20, "at": 12}
    found = raised(KM | at(24) | {"percent": "86"}, other, dead, arms=arms)
    assert found == {"W215": 1}


@pytest.mark.parametrize("percent", ["0.0", "100.0"])
def test_everybody_or_nobody_is_no_count_in_disguise(raised, percent):
    """An error of 0 is right on the curve as well as for a count."""
    assert raised(KM | at(12) | {"percent": percent, "se": "0.0"}) == {}


@pytest.mark.parametrize(
    ("percent", "se", "codes"),
    [
        ("75.0", "9.7", {"W211": 1}),
        ("75.0", "9.6", {}),
        ("75", "9.7", {}),
        ("75.0", "10", {}),
        ("95.0", "4.9", {"W211": 1}),
        ("5.0", "4.9", {"W211": 1}),
    ],
)
def test_only_figures_with_decimals_give_a_count_away(raised, percent, se, codes):
    """15 of 20 has a binomial error of 9.68 points, 1 and 19 of 20 of 4.87."""
    assert raised(KM | at(12) | {"percent": percent, "se": se}) == codes


@pytest.mark.parametrize(
    ("follow_up", "codes"),
    [
        ({"low": "12", "high": "60"}, {}),
        ({"low": "11", "high": "60"}, {"W211": 1}),
        ({"fixed": 12}, {}),
        ({"fixed": 11, "high": "60"}, {"W211": 1}),
        ({"low": "6", "fixed": 12}, {"W211": 1}),
    ],
)
def test_where_everybody_was_followed_the_curve_is_the_count(raised, follow_up, codes):
    """Without losses before that time a Kaplan-Meier error is the binomial one."""
    found = raised(KM | at(12) | {"percent": "75.0", "se": "9.7"}, follow_up=follow_up)
    assert {code: n for code, n in found.items() if code == "W211"} == codes


def test_every_acknowledgement_that_nothing_needs_is_told(said):
    """Several codes at once, each told apart: unknown, not allowed, not raised."""
    reasons = {
        "E204": "not there",
        "E999": "no code",
        "E101": "of a file",
        "W509": "itself",
    }
    found = said(COUNT | {"acknowledged": reasons})
    assert sorted(found) == [
        ("W509", "E101", "acknowledges E101, which cannot be acknowledged"),
        ("W509", "E204", "acknowledges E204, which is no longer raised here"),
        ("W509", "E999", "acknowledges E999, which is no check's code"),
        ("W509", "W509", "acknowledges W509, which cannot be acknowledged"),
    ]


def test_codes_that_need_other_records_are_passed_over_in_part_of_them(said):
    """One record alone cannot tell; the next code is looked at all the same."""
    reasons = {"W408": "other people", "E301": "printed so"}
    found = said(COUNT, acknowledged=reasons)
    message = "acknowledges E301, which is no longer raised here"
    assert found == [("W509", "E301", message)]
