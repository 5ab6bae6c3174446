"""The plain sentences: whom a number is about, and what it rests on."""

import pytest
from compare.written import items, part
from evidence.made import base_of, count, estimate, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.text import percent


def sentences(*files, **options):
    """The plain sentences of a comparison of these files."""
    return items(part(compare(base_of(*files), ["hsct", "msc"], **options), "plain"))


def test_a_hundred_people_are_the_mean_over_centres():
    """Of 100 people as many as the mean says; the interval is a typical centre's."""
    files = [
        study(f"{name}-1", count("relapse", events, 40), therapy="hsct", n=40)
        for name, events in zip("abc", (1, 4, 16), strict=True)
    ]
    cell = compare(base_of(*files), ["hsct", "msc"]).rows[0].cells[0]
    mean, median = percent(cell.mean), percent(cell.estimate)
    assert mean != median
    (sentence,) = sentences(*files)
    assert sentence.startswith(
        f"With hsct, of 100 people treated, about {mean} relapsed about 12 months "
        f"later (in a typical centre {percent(cell.ci[0])} to {percent(cell.ci[1])}; "
        "3 studies, 120 people)."
    )


def test_a_method_without_a_mean_speaks_of_a_typical_centre():
    """The median is a centre's rate and never that of 100 people."""
    files = [study(f"{n}-1", count("relapse", 6, 20), therapy="hsct") for n in "ab"]
    found = compare(base_of(*files), ["hsct", "msc"], method="common")
    cell = found.rows[0].cells[0]
    (sentence,) = items(part(found, "plain"))
    said = "of 100 people treated in a typical centre, about 30 relapsed"
    assert (said in sentence) == (cell.mean is None)


def test_one_study_is_its_own_people():
    """One study's 6 of 20 are not made into 30 of 100 people treated anywhere."""
    (sentence,) = sentences(
        study("a-1", count("relapse", 6, 20), therapy="hsct"),
        study("b-1", count("relapse", 3, 10, among="responders"), n=20),
    )
    # Clopper and Pearson by R's binom.test(6, 20) and binom.test(3, 10)
    assert sentence == (
        "With hsct, in one study 6 of 20 people treated (30 %, 12 to 54) relapsed "
        "about 12 months later. With msc, in one study 3 of 10 people who had "
        "responded (30 %, 7 to 65) relapsed about 12 months later (at least 3 of 20 "
        "treated, 15 %)."
    )


def test_an_estimate_of_one_study_is_called_estimated():
    """An effective count is no count of people, so only the percentage is said."""
    (sentence,) = sentences(
        study("a-1", estimate("overall-survival", "81", se="8"), therapy="hsct")
    )
    assert sentence.startswith(
        "With hsct, in one study of 20 people treated, an estimated 81 % ("
    )


def test_nobody_in_several_studies_is_a_bound_of_a_hundred():
    """0 of 87, 40, 35 and 10: of 100 people at most 3, and no missing figure."""
    (sentence,) = sentences(
        *(
            study(f"{name}-1", count("relapse", 0, n), n=n)
            for name, n in zip("abcd", (87, 40, 35, 10), strict=True)
        )
    )
    assert "of 100 people treated in a typical centre, at most 3 relapsed" in sentence
    assert "For hsct there is no figure." in sentence


def test_studies_that_differ_too_much_say_so():
    """4, 200, 30 and 390 of 400 have no common rate."""
    (sentence,) = sentences(
        *(
            study(f"{n}-1", count("relapse", e, 400), n=400)
            for n, e in zip("abcd", (4, 200, 30, 390), strict=True)
        ),
        endpoints=["relapse"],
    )
    assert "too much for one number" in sentence


def test_a_missing_side_is_said():
    """Where one therapy has no figure the sentence says so."""
    (sentence,) = sentences(study("a-1", count("relapse", 6, 20)))
    assert sentence.endswith("For hsct there is no figure.")


def test_a_figure_known_at_another_time_is_told_at_its_own():
    """Nobody is told that there is no figure for what was counted later."""
    (said,) = sentences(
        study("a-1", count("relapse", 7, 53, at=24), therapy="hsct", n=53),
        study("b-1", count("relapse", 0, 16, at=6), n=16),
    )
    assert "7 of 53" in said
    assert "24 months later" in said
    assert "0 of 16" in said
    assert "do not compare these" in said
    assert "no figure" not in said


def test_a_harm_without_a_clock_has_one_sentence_for_both():
    """Deaths of the treatment by 24 and by 6 months are one figure at any time."""
    (said,) = sentences(
        study("a-1", count("treatment-related-mortality", 7, 53, at=24), n=53,
              therapy="hsct"),
        study("b-1", count("treatment-related-mortality", 0, 16, at=6), n=16),
    )  # fmt: skip
    assert "7 of 53" in said
    assert "0 of 16" in said
    assert "months" not in said
    assert "do not compare" not in said


@pytest.mark.parametrize("basis", ["visit", "median-follow-up", "longest"])
def test_counts_that_are_no_rates_at_one_time_are_said(basis):
    """Follow-up that ended sooner for some is said, and in how many studies."""
    at = {"months": 12, "basis": basis}
    (said,) = sentences(
        study("a-1", count("any-remission", 12, 20, at=at), therapy="hsct"),
        study("b-1", count("any-remission", 12, 20)),
        study("c-1", count("any-remission", 12, 20, at=at)),
        endpoints=["any-remission"],
    )
    uneven = "follow-up was shorter for some people than for others"
    assert said.count(uneven) == (0 if basis == "visit" else 2)
    assert (f"in 1 of 2 studies {uneven}" in said) == (basis != "visit")


def test_the_best_state_ever_reached_is_said():
    """A state that did not last is no state at a time."""
    at = {"months": 12, "basis": "best-ever"}
    (said,) = sentences(
        study("a-1", count("any-remission", 12, 20, at=at), therapy="hsct")
    )
    assert "even if it did not last" in said
    assert "12 months" not in said
