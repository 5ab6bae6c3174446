import pytest
from evidence.made import base_of, count, estimate, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.text import people, ratio
from lupus_evidence.pages.phrases import (
    at_least,
    at_time,
    besides,
    figure_of,
    months,
    new_centre,
    people_and_mark,
    people_of,
)
from lupus_evidence.pages.templates import sentence
from lupus_evidence.pages.trials import told_trials
from lupus_evidence.stats.direct_effects import Effect
from lupus_evidence.vocabulary import ANY_TIME, BEST_EVER, NOT_STATED, topic


@pytest.mark.parametrize(
    ("estimate", "ci", "text"),
    [
        (0.29, (0.04, 0.51), "29 percentage points higher, 95 % interval 4 to 51"),
        (-0.29, (-0.51, -0.04), "29 percentage points lower, 95 % interval 4 to 51"),
        (
            -0.07,
            (-0.28, 0.05),
            "7 percentage points lower, 95 % interval 28 lower to 5 higher",
        ),
        (-0.0, (-0.1, 0.2), "no difference, 95 % interval 10 lower to 20 higher"),
        (0.004, (-0.001, 0.2), "no difference, 95 % interval 0 to 20 higher"),
        (
            0.01,
            (-0.1, 0.2),
            "1 percentage point higher, 95 % interval 10 lower to 20 higher",
        ),
    ],
)
def test_differences_are_said_in_percentage_points(estimate, ci, text):
    """Size, direction and interval, without a minus sign, and none where it is 0."""
    effect = Effect(estimate, ci)
    assert sentence("trials.j2", "size", effect, 0.95, "interval") == text


def test_a_confidence_interval_within_a_study_is_called_one():
    """Within a trial the interval is a CI, and each count says whom it leaves out."""
    arms = {
        "cells": {"therapy": "msc", "n": 12},
        "none": {"therapy": "placebo", "n": 6},
    }
    trial = study(
        "c-1",
        count("death", 2, 12, arm="cells"),
        count("death", 1, 5, arm="none", among="followed"),
        arms=arms,
        n=18,
        design="randomised-trial",
    )
    found = compare(base_of(trial), ["hsct", "msc"], endpoints=["death"])
    said = sentence("trials.j2", "trial", found.direct[0])
    assert "95 % CI" in said
    assert "2 of 12 with msc, 1 of 5 still followed with placebo" in said


@pytest.mark.parametrize(
    ("band", "column", "phrase"),
    [
        (topic().bands[2], "12", "at 12 months"),
        (topic().early, "under 2", "before 2 months"),
        (ANY_TIME, "any", "at any time"),
        (BEST_EVER, "best", "best state ever reached"),
        (NOT_STATED, "?", "time not stated"),
    ],
)
def test_times_are_said_as_bands(band, column, phrase):
    """What is no stretch of time has words of its own."""
    assert (months(band), at_time(band)) == (column, phrase)


def only_cell(*files, endpoint="death"):
    """The MSC cell of the only row."""
    found = compare(base_of(*files), ["hsct", "msc"], endpoints=[endpoint])
    return found.rows[0].cells[1]


def test_people_come_before_percentages():
    """One study shows its count, several the people and the number of studies."""
    one = study("a-1", count("death", 3, 20))
    assert people(people_of(only_cell(one))) == "3 of 20"
    two = only_cell(one, study("b-1", count("death", 4, 30), n=30))
    assert people(people_of(two)) == "50 in 2"
    curve = only_cell(study("a-1", estimate("death", "19", se="8")))
    assert people(people_of(curve)) == "est. of 20"


def test_a_rate_of_some_says_whom_and_gives_the_bound_for_everybody():
    """12 of 39 still followed is at least 12 of 87 treated, 13.8 %."""
    cell = only_cell(study("a-1", count("death", 12, 39, among="followed"), n=87))
    assert people(people_and_mark(cell)) == "12 of 39 still followed"
    assert at_least(cell) == "at least 12 of 87 treated, 14 %"
    everybody = only_cell(study("a-1", count("death", 12, 87), n=87))
    assert people(people_and_mark(everybody)) == "12 of 87"
    assert not besides(everybody)


def test_a_pooled_rate_of_some_has_the_bound_for_everybody_too():
    """12 and 5 of 39 and 20 followed, of 87 and 33 treated: at least 17 of 120."""
    cell = only_cell(
        study("a-1", count("death", 12, 39, among="followed"), n=87),
        study("b-1", count("death", 5, 20, among="followed"), n=33),
    )
    assert people(people_and_mark(cell)) == "59 in 2 still followed"
    assert "at least 17 of 120 treated, 14 %" in besides(cell)


def test_the_mean_stands_beside_a_median_that_is_another_number():
    """Shown from 2 points on; one study has its own people's rate only."""
    apart = only_cell(
        *(
            study(f"{n}-1", count("death", e, 40), n=40)
            for n, e in zip("abc", (1, 4, 16), strict=True)
        )
    )
    assert abs(apart.mean - apart.estimate) >= 0.02
    (said, *_) = besides(apart)
    assert said == f"over all people {apart.mean * 100:.0f} %"
    near = only_cell(
        *(study(f"{n}-1", count("death", 200, 400), n=400) for n in "abcd")
    )
    assert abs(near.mean - near.estimate) < 0.02
    assert not any("over all people" in text for text in besides(near))


def test_no_events_in_several_studies_is_a_bound_and_no_zero():
    """Nobody of 87, 40, 35 and 10: at most 3 %, never 0 %."""
    files = [
        study(f"{name}-1", count("death", 0, n), n=n)
        for name, n in zip("abcd", (87, 40, 35, 10), strict=True)
    ]
    assert figure_of(only_cell(*files)) == "at most 3 %"


def test_studies_that_differ_too_much_are_marked():
    """4, 200, 30 and 390 of 400 have no common rate."""
    files = [
        study(f"{name}-1", count("death", events, 400), n=400)
        for name, events in zip("abcd", (4, 200, 30, 390), strict=True)
    ]
    cell = only_cell(*files)
    assert figure_of(cell).endswith("(vary)")
    assert new_centre(cell) == "almost any"


def test_a_ratio_without_an_upper_end_is_told():
    """1 of 12 against 0 of 6: the exact interval of the odds ratio has no end."""
    both = study(
        "t-1",
        count("death", 1, 12, arm="cells"),
        count("death", 0, 6, arm="none"),
        arms={
            "cells": {"therapy": "msc", "n": 12},
            "none": {"therapy": "placebo", "n": 6},
        },
        n=18,
        design="randomised-trial",
    )
    found = compare(base_of(both), ["msc", "placebo"], endpoints=["death"])
    assert told_trials(found.trials[0], {}).odds == "at least 0.01"


def test_a_ratio_of_many_digits_is_no_more_than_large():
    """No end of an interval is too large to be written."""
    assert ratio(1e300) == ratio(float("inf")) == ">1000"
    assert ratio(1000) == "1000.00"
