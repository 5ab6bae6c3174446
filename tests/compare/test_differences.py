"""Differences: only on request, never bare, and truthful about why there is none."""

import pytest
from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.text import percent
from lupus_evidence.pages.comparison_page import comparison_document


def said(*files, therapies=("hsct", "msc"), endpoints=("death",)):
    """The lines about differences of a comparison of these files."""
    found = compare(base_of(*files), list(therapies), endpoints=list(endpoints))
    page = comparison_document(found, sections=("differences",), answer=False)
    (section,) = page.blocks
    return section.blocks[0].items


def test_a_difference_says_that_it_is_unadjusted_and_not_that_of_the_rates():
    """3 of 20 less 4 of 20 is not 15 less 20: both centres are uncertain."""
    (line,) = said(
        study("a-1", count("death", 3, 20), therapy="hsct"),
        study("b-1", count("death", 4, 20)),
    )
    assert "Unadjusted comparison of different studies." in line
    assert f"Not {percent(3 / 20)} % less {percent(4 / 20)} %" in line
    assert "two posteriors" in line
    assert "95 % interval" in line
    assert "CI" not in line


@pytest.mark.parametrize(
    "files",
    [
        (
            study("a-1", count("death", 3, 20), therapy="hsct"),
            study("b-1", count("death", 4, 20, at=24)),
        ),
        (
            study("a-1", count("death", 3, 20, at=None), therapy="hsct"),
            study("b-1", count("death", 4, 20, at=None)),
        ),
        (
            study("a-1", count("death", 3, 20), therapy="hsct"),
            study("b-1", count("death", 4, 10, among="followed")),
        ),
    ],
    ids=["other times", "unknown times", "other denominators"],
)
def test_where_none_can_be_given_the_reason_is_said(files):
    """Not one known time, or not one kind of denominator."""
    (line,) = said(*files)
    assert line.startswith("None can be given")


def test_two_arms_of_one_study_are_referred_to_the_study():
    """Figures of both therapies stand there, so nobody is told that there are none."""
    arms = {
        "graft": {"therapy": "hsct", "n": 14},
        "drug": {"therapy": "cyclophosphamide", "n": 12},
    }
    trial = study(
        "a-1",
        count("death", 1, 14, arm="graft"),
        count("death", 2, 12, arm="drug"),
        arms=arms,
        n=26,
        design="randomised-trial",
    )
    (line,) = said(trial, therapies=("hsct", "cyclophosphamide"))
    assert "arms of one study" in line


def test_a_difference_of_some_says_of_whom():
    """Relapse among responders on both sides is one of responders."""
    (line,) = said(
        study("a-1", count("relapse", 3, 8, among="responders"), therapy="hsct"),
        study("b-1", count("relapse", 4, 9, among="responders"), shares=["a-1"]),
        endpoints=("relapse",),
    )
    assert "of people who had responded" in line
    assert "a-1 and b-1" in line


def test_a_larger_study_left_out_for_its_denominator_is_named():
    """To compare like with like, 10 of 31 responders stay out; the reader is told."""
    (line,) = said(
        study("a-1", count("relapse", 1, 17), therapy="hsct", n=17),
        study(
            "a-2", count("relapse", 10, 31, among="responders"), therapy="hsct", n=50
        ),
        study("b-1", count("relapse", 20, 87), n=87),
        endpoints=("relapse",),
    )
    assert "1 study, 17 people" in line
    assert (
        "Not in hsct, being about another group: a-2 (31 people who had responded)."
        in line
    )


def test_a_difference_from_studies_that_vary_says_so():
    """A side whose studies have no common rate is no ground without a warning."""
    (line,) = said(
        study("e-1", count("death", 3, 20), therapy="hsct"),
        *(
            study(f"{name}-1", count("death", events, 400), n=400)
            for name, events in zip("abcd", (4, 200, 30, 390), strict=True)
        ),
    )
    assert "differ too much for one number" in line


def test_uneven_follow_up_is_said_beside_a_difference():
    """Deaths at a mean follow-up are no deaths at one time."""
    at = {"months": 12, "basis": "mean-follow-up"}
    (line,) = said(
        study("a-1", count("death", 3, 20, at=at), therapy="hsct"),
        study("b-1", count("death", 4, 20)),
    )
    assert line.count("follow-up was shorter for some") == 1
