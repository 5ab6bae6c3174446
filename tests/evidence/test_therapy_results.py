"""What the records say of a therapy, sorted for those who ask."""

import pytest
from evidence.made import count, study

from lupus_evidence.evidence.therapy_results import shared_people, therapy_evidence


def registered(name, shares=(), therapy="msc", **population):
    """A trial that is registered and has told no result."""
    about = {"status": "registered", "population": population}
    return study(name, therapy=therapy, shares=shares, **about)


def test_people_of_silent_trials_are_those_entered_else_those_planned():
    """A trial that gives neither adds nobody."""
    trials = [
        registered("one-2020", planned=30),
        registered("two-2020", planned=30, enrolled=12),
        registered("six-2020"),
    ]
    assert therapy_evidence(trials, "msc").unreported == 30 + 12


def test_a_trial_whose_people_are_published_is_not_silent():
    """Its people are told of; a withdrawn trial and other therapies add nobody."""
    told = study("doe-2021", count("death", 1, 20))
    trials = [
        told,
        registered("one-2020", shares=["doe-2021"], planned=30),
        study("two-2020", status="withdrawn", population={"planned": 9}),
        study(
            "six-2020", status="registered", therapy="hsct", population={"planned": 8}
        ),
    ]
    assert therapy_evidence(trials, "msc").unreported == 0
    assert therapy_evidence(trials, "hsct").unreported == 8


def test_results_of_an_arm_count_for_its_therapy_alone():
    """A result of all arms together is mixed where another therapy is among them."""
    arms = {
        "cells": {"therapy": "uc-msc", "n": 9},
        "none": {"therapy": "placebo", "n": 8},
    }
    both = study(
        "doe-2021",
        count("death", 1, 9, arm="cells"),
        count("death", 0, 8, arm="none"),
        count("relapse", 2, 17, arm=None),
        arms=arms,
    )
    found = therapy_evidence([both], "msc")
    (death,) = found.of("death", "doe-2021")
    assert (death.index, death.arms, death.mixed) == (0, ("cells",), False)
    (relapse,) = found.of("relapse", "doe-2021")
    assert (relapse.arms, relapse.mixed) == (("cells",), True)
    assert found.of("death", "nobody-2000") == []


@pytest.mark.parametrize("sure", [("certain", "likely"), ("likely", "certain")])
def test_the_surer_of_two_records_of_an_overlap_is_believed(sure):
    """Whichever study records it; both ways round."""
    files = [
        study(
            name,
            overlaps=[{"study": other, "certainty": how, "because": "one hospital"}],
        ).study
        for name, other, how in zip(("a-1", "b-1"), ("b-1", "a-1"), sure, strict=True)
    ]
    pairs = {("a-1", "b-1"): "certain", ("b-1", "a-1"): "certain"}
    assert shared_people(files) == pairs
    likely = files[sure.index("likely")]
    assert shared_people([likely]) == dict.fromkeys(pairs, "likely")
