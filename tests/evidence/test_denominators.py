"""By whom a figure is divided."""

import pytest
from evidence.made import count, study

from lupus_evidence.evidence.denominators import (
    comparable_kind,
    preferred_kind,
    treated_people,
)


@pytest.mark.parametrize(
    ("among", "n", "kind"),
    [
        ("enrolled", 110, "treated"),
        ("enrolled", 111, "enrolled"),
        ("evaluable", 90, "treated"),
        ("evaluable", 89, "evaluable"),
        ("followed", 100, "treated"),
        ("followed", 90, "treated"),
        ("followed", 89, "followed"),
        ("survivors", 100, "treated"),
        ("survivors", 98, "survivors"),
        ("unstated", 100, "treated"),
        ("unstated", 101, "unstated"),
        ("treated", 12, "treated"),
    ],
)
def test_kinds_count_as_treated_only_near_those_treated(among, n, kind):
    """Of 100 treated: 90 to 110 enrolled, evaluable or followed, else exactly 100."""
    assert comparable_kind("death", among, n, 100) == kind


def test_responders_stay_responders_for_relapse():
    """Relapse among responders stays that even where everyone treated responded."""
    assert comparable_kind("relapse", "responders", 50, 50) == "responders"


@pytest.mark.parametrize(
    ("endpoint", "among", "n", "kind"),
    [
        ("no-relapse", "responders", 50, "responders"),
        ("death", "responders", 50, "treated"),
        ("death", "responders", 49, "responders"),
        ("relapse", "followed", 48, "treated"),
        ("relapse", "survivors", 50, "treated"),
    ],
)
def test_only_relapse_among_responders_is_asked_of_responders(endpoint, among, n, kind):
    """Death among responders, who are all of those treated, is death among these."""
    assert comparable_kind(endpoint, among, n, 50) == kind


def test_unknown_number_treated_changes_nothing():
    """Without the number treated a kind is taken as recorded."""
    assert comparable_kind("death", "evaluable", 50, None) == "evaluable"


@pytest.mark.parametrize(
    ("endpoint", "offered", "kind"),
    [
        ("death", {"followed", "treated"}, "treated"),
        ("death", {"followed", "evaluable"}, "followed"),
        ("relapse", {"responders", "treated"}, "responders"),
        ("relapse", {"followed", "treated"}, "treated"),
        ("no-relapse", {"responders", "treated"}, "responders"),
        ("death", set(), None),
    ],
)
def test_first_offered_kind_in_the_stated_order_is_used(endpoint, offered, kind):
    """Treated comes first, for relapse responders."""
    assert preferred_kind(endpoint, offered) == kind


def test_people_with_lupus_are_the_ones_treated():
    """Of an arm with other diseases only the people with lupus count."""
    mixed = study(
        "doe-2020",
        count("death", 1, 6),
        arms={"only": {"therapy": "hsct", "n": 40, "lupus": 6}},
    )
    assert treated_people(mixed.study, ["only"]) == 6


def test_people_with_lupus_who_entered_are_not_the_ones_treated():
    """Where only those who entered are known, the number treated is unknown."""
    entered = study(
        "doe-2020",
        count("death", 3, 8, among="enrolled"),
        arms={"only": {"therapy": "hsct", "enrolled": 18, "lupus": 8}},
    )
    assert treated_people(entered.study, ["only"]) is None


@pytest.mark.parametrize(
    ("arm", "people"),
    [
        ({"n": 20, "enrolled": 25}, 20),
        ({"n": 20, "enrolled": 25, "lupus": 18}, 18),
        ({"n": 20, "lupus": 18}, 18),
        ({"lupus": 18}, 18),
        ({"enrolled": 25}, None),
    ],
)
def test_people_treated_are_told_apart_from_those_who_entered(arm, people):
    """20 of the 25 who entered were treated, 18 of them for lupus."""
    file = study("doe-2020", arms={"only": {"therapy": "hsct", **arm}})
    assert treated_people(file.study, ["only"]) == people
