import re

import pytest
from selection.made import base_of, count, estimate, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.render.compare.plain import plain_sentences
from lupus_evidence.render.compare.rates import rates_table
from lupus_evidence.render.compare.words import (
    at_time,
    contrast_in_words,
    difference,
    direct_in_words,
    figure_of,
    months,
    new_centre,
    people_of,
)
from lupus_evidence.vocabulary import BANDS, EARLY, NOT_STATED


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
        (
            -0.0,
            (-0.1, 0.2),
            "0 percentage points higher, 95 % interval 10 lower to 20 higher",
        ),
        (
            0.01,
            (-0.1, 0.2),
            "1 percentage point higher, 95 % interval 10 lower to 20 higher",
        ),
    ],
)
def test_differences_are_said_in_percentage_points(estimate, ci, text):
    """Size, direction and interval, without a minus sign."""
    assert difference(estimate, ci, 0.95) == text


def test_only_a_confidence_interval_is_called_one():
    """Between therapies the interval is a posterior one; within a trial it is a CI."""
    arms = {
        "cells": {"therapy": "msc", "n": 12},
        "none": {"therapy": "placebo", "n": 6},
    }
    trial = study(
        "c-1",
        count("death", 2, 12, arm="cells"),
        count("death", 1, 6, arm="none"),
        arms=arms,
        design="randomised-trial",
    )
    found = compare(
        base_of(study("a-1", count("death", 3, 20), therapy="hsct"), trial),
        ["hsct", "msc"],
        endpoints=["death"],
    )
    row = found.rows[0]
    assert "95 % interval" in contrast_in_words(row, row.contrasts[0])
    assert "95 % CI" in direct_in_words(found.direct[0])


@pytest.mark.parametrize(
    ("band", "column", "phrase"),
    [
        (BANDS[1], "12", "at 12 months"),
        (EARLY, "under 3", "before 3 months"),
        (NOT_STATED, "–", "time not stated"),
    ],
)
def test_times_are_said_as_bands(band, column, phrase):
    """The early band and the missing time have words of their own."""
    assert (months(band), at_time(band)) == (column, phrase)


def only_cell(*files, endpoint="death"):
    """The MSC cell of the only row."""
    found = compare(base_of(*files), ["hsct", "msc"], endpoints=[endpoint])
    return found.rows[0].cells[1]


def test_people_come_before_percentages():
    """One study shows its count, several the people and the number of studies."""
    one = study("a-1", count("death", 3, 20))
    assert people_of(only_cell(one)) == "3 of 20"
    two = only_cell(one, study("b-1", count("death", 4, 30), n=30))
    assert people_of(two) == "50 in 2"
    curve = only_cell(study("a-1", estimate("death", "19", se="8")))
    assert people_of(curve) == "est. of 20"


def test_no_events_in_several_studies_is_a_bound_and_no_zero():
    """Nobody of 87, 40, 35 and 10: at most 3 %, never 0 %."""
    files = [
        study(f"{name}-1", count("death", 0, n), n=n)
        for name, n in zip("abcd", (87, 40, 35, 10), strict=True)
    ]
    assert figure_of(only_cell(*files)) == "at most 3 %"


def test_studies_that_differ_too_much_are_marked():
    """4, 200, 30 and 390 of 400 have no common rate: number, interval and a word."""
    files = [
        study(f"{name}-1", count("death", events, 400), n=400)
        for name, events in zip("abcd", (4, 200, 30, 390), strict=True)
    ]
    cell = only_cell(*files)
    assert re.fullmatch(r"\d+ % \(\d+ to \d+\) \(vary\)", figure_of(cell))
    assert new_centre(cell) == "almost any"
    base = base_of(
        *(
            study(f"{n}-1", count("relapse", e, 400), n=400)
            for n, e in zip("abcd", (4, 200, 30, 390), strict=True)
        )
    )
    (sentence,) = plain_sentences(
        compare(base, ["hsct", "msc"], endpoints=["relapse"]).rows
    )
    assert "too different for one number" in sentence


def test_plain_sentences_speak_of_a_hundred_people_where_studies_are_pooled():
    """Several studies give people of 100 in a typical centre, and what they rest on."""
    base = base_of(
        *(
            study(f"{name}-1", count("relapse", 6, 20), therapy="hsct")
            for name in ("a", "b")
        )
    )
    (sentence,) = plain_sentences(compare(base, ["hsct", "msc"]).rows)
    assert sentence.startswith(
        "Of 100 people treated with autologous stem-cell transplantation (HSCT) in a "
        "typical centre, about 3"
    )
    assert "had relapsed about 12 months later (2 studies, 40 people)." in sentence


def test_plain_sentences_give_one_study_as_its_own_people():
    """One study's 6 of 20 are not made into 30 of 100 people treated anywhere."""
    base = base_of(
        study("a-1", count("relapse", 6, 20), therapy="hsct"),
        study("b-1", count("relapse", 3, 10, among="responders"), n=20),
    )
    (sentence,) = plain_sentences(compare(base, ["hsct", "msc"]).rows)
    assert sentence.startswith(
        "In one study, 6 of 20 people treated with autologous stem-cell "
        "transplantation (HSCT) (30 %, 12 to 54) had relapsed about 12 months later; "
        "in one study, 3 of 10 people who had responded to"
    )


def test_plain_sentences_call_an_estimate_of_one_study_estimated():
    """An effective count is no count of people, so only the percentage is said."""
    curve = study("a-1", estimate("overall-survival", "81", se="8"), therapy="hsct")
    (sentence,) = plain_sentences(compare(base_of(curve), ["hsct", "msc"]).rows)
    assert sentence.startswith(
        "In one study of 20 people treated with autologous stem-cell transplantation "
        "(HSCT), an estimated 81 % ("
    )


def test_a_difference_from_studies_that_vary_says_so():
    """A side that varies too much is no ground for a difference without a warning."""
    files = [
        study(f"{name}-1", count("death", events, 400), n=400)
        for name, events in zip("abcd", (4, 200, 30, 390), strict=True)
    ]
    one = study("e-1", count("death", 3, 20), therapy="hsct")
    row = compare(base_of(one, *files), ["hsct", "msc"], endpoints=["death"]).rows[0]
    text = contrast_in_words(row, row.contrasts[0])
    assert "differ too much for one number" in text


def test_a_missing_side_is_said():
    """Where one therapy has no figure the sentence says so."""
    base = base_of(study("a-1", count("relapse", 6, 20)))
    (sentence,) = plain_sentences(compare(base, ["hsct", "msc"]).rows)
    assert sentence.endswith("For hsct there is no figure.")


def test_a_difference_without_times_says_so():
    """Two figures without a time may be years apart."""
    base = base_of(
        study("a-1", count("death", 3, 20, at=None), therapy="hsct"),
        study("b-1", count("death", 4, 20, at=None)),
    )
    row = compare(base, ["hsct", "msc"]).rows[-1]
    assert "may be years apart" in contrast_in_words(row, row.contrasts[0])


def test_differences_say_what_is_wrong_with_them():
    """Other denominators and shared people follow the difference."""
    base = base_of(
        study("a-1", count("relapse", 3, 8, among="responders"), therapy="hsct"),
        study("b-1", count("relapse", 4, 20), shares=["a-1"]),
    )
    row = compare(base, ["hsct", "msc"]).rows[0]
    text = contrast_in_words(row, row.contrasts[0])
    assert "Unadjusted comparison of different studies." in text
    assert "people who had responded against people treated" in text
    assert "a-1 and b-1" in text


def test_a_larger_study_left_out_for_its_denominator_is_named():
    """To compare like with like, 10 of 31 responders stay out; the reader is told."""
    base = base_of(
        study("a-1", count("relapse", 1, 17), therapy="hsct", n=17),
        study(
            "a-2", count("relapse", 10, 31, among="responders"), therapy="hsct", n=50
        ),
        study("b-1", count("relapse", 20, 87), n=87),
    )
    row = compare(base, ["hsct", "msc"]).rows[0]
    text = contrast_in_words(row, row.contrasts[0])
    assert "1 study, 17 people" in text
    left_out = (
        "Not in hsct, being about another group: a-2 (31 people who had responded)."
    )
    assert left_out in text


def test_counts_over_varying_follow_up_are_said_to_be_that():
    """Twelve deaths in 0 to 78 months are no rate at 26 months for everyone."""
    told = {
        basis: "shorter for some" in " ".join(rates_table(found).notes)
        for basis in ("visit", "mean-follow-up")
        for found in [
            compare(
                base_of(
                    study(
                        "a-1", count("death", 12, 20, at={"months": 26, "basis": basis})
                    )
                ),
                ["hsct", "msc"],
            )
        ]
    }
    assert told == {"visit": False, "mean-follow-up": True}


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("visit", ""),
        ("median-follow-up", "follow-up was shorter for some people than for others"),
        ("longest", "follow-up was shorter for some people than for others"),
        ("best-ever", "the best state ever reached was counted"),
    ],
)
def test_counts_that_are_no_rates_at_one_time_are_said_where_they_matter(basis, said):
    """The difference and the plain sentence say it, and in how many studies."""
    at = {"months": 12, "basis": basis}
    base = base_of(
        study("a-1", count("any-remission", 12, 20, at=at), therapy="hsct"),
        study("b-1", count("any-remission", 12, 20)),
        study("c-1", count("any-remission", 12, 20, at=at)),
    )
    row = compare(base, ["hsct", "msc"], endpoints=["any-remission"]).rows[0]
    for text in (contrast_in_words(row, row.contrasts[0]), *plain_sentences([row])):
        assert text.count(said or "shorter") == (2 if said else 0)
        assert (f"in 1 of 2 studies {said}" in text) == bool(said)


def test_the_kind_of_each_interval_is_said():
    """Posterior for pooled rates by default, a confidence interval by other methods."""
    base = base_of(*(study(f"{n}-1", count("death", 3, 20)) for n in "ab"))
    default, other = (
        rates_table(compare(base, ["hsct", "msc"], method=method)).notes[0]
        for method in ("bayes", "reml")
    )
    assert "one study, exact confidence; several, posterior (credible)" in default
    assert "several, confidence" in other


@pytest.mark.parametrize(
    ("k", "interval", "new_centre"),
    [(1, False, False), (2, True, False), (3, True, True), (4, False, True), (5, 0, 0)],
)
def test_what_rests_on_the_assumed_spread_is_said(k, interval, new_centre):
    """Intervals of two or three studies, ranges for a new centre of three or four."""
    base = base_of(*(study(f"{n}-1", count("death", 30, 60)) for n in "abcde"[:k]))
    notes = rates_table(compare(base, ["hsct", "msc"], endpoints=["death"])).notes
    said = " ".join(notes)
    assert ("pooled from two or three studies rests on" in said) == bool(interval)
    assert ("new centre mostly reflects" in said) == bool(new_centre)


def test_a_bound_states_its_level():
    """A one-sided bound beside 95 % intervals is one of 97.5 %."""
    base = base_of(*(study(f"{n}-1", count("death", 0, 20)) for n in "ab"))
    notes = rates_table(compare(base, ["hsct", "msc"], endpoints=["death"])).notes
    assert any("one-sided 97.5 % bound" in note for note in notes)


def test_a_harm_known_at_another_time_is_told_at_its_own():
    """Nobody is told that there is no figure for deaths that were counted later."""
    base = base_of(
        study("a-1", count("treatment-related-mortality", 7, 53, at=24), therapy="hsct",
              n=53),
        study("b-1", count("treatment-related-mortality", 0, 16, at=6), n=16),
    )  # fmt: skip
    said = " ".join(plain_sentences(compare(base, ["hsct", "msc"]).rows))
    assert "7 of 53" in said
    assert "24 months later" in said
    assert "0 of 16" in said
    assert "do not compare these" in said
    assert "no figure" not in said
