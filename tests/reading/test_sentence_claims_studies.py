"""The records that a sentence's claims rest on, and what follows from them."""

import pytest
from sentences import index_in, made, told

from lupus_evidence.reading.cited_studies import Cues


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Three invented records by what pages call them."""
    return index_in(tmp_path_factory.mktemp("records"))


def directions(text, before, studies):
    """Return the changes that a sentence tells."""
    claims = made(text, before, studies)[0]
    return [item for item in claims if item.kind == "direction"]


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        # the one that reports the figure
        ("Doe et al.: MSC put 25 % into complete remission.", {}, ("doe-2014", ())),
        ("Doe et al.: MSC put 5 of 25 into complete remission.", {}, ("doe-2016", ())),
        # none, or another
        (
            "Doe et al.: MSC put 70 % into complete remission.",
            {},
            (None, ("doe-2014", "doe-2016")),
        ),
        ("Doe et al.: after MSC 25 % died.", {}, (None, ("doe-2014", "doe-2016"))),
        ("Doe et al. (2016): after MSC 25 % died.", {}, ("doe-2016", ())),
        ("MSC put 25 % into complete remission.", {}, (None, ())),
    ],
)
def test_of_several_records_that_which_reports_the_figure_is_cited(
    text, before, expected, index
):
    """And is marked as found by it."""
    ((claim,), _) = made(text, told(**before), index)
    assert (claim.cites, claim.could_be) == expected
    by_figure = claim.cites is not None and "(" not in text
    assert claim.carried.get("cites") == ("figure" if by_figure else None)


@pytest.mark.parametrize(
    ("text", "before", "therapy", "where"),
    [
        # no more than "stem cells": that of the study
        ("Roe et al. saw 20 % die.", {"therapy": "unspecified"}, "uc-msc", "study"),
        ("Roe et al. gave stem cells; 20 % died.", {}, "uc-msc", "study"),
        # carried over, and of one kind with it
        ("Roe et al. saw 20 % die.", {"therapy": "msc"}, "uc-msc", "sentence"),
        # what the sentence says stands
        ("Roe et al. saw 20 % die after MSC.", {}, "msc", None),
        ("Roe et al. saw 20 % die.", {"therapy": "car-t"}, "car-t", "sentence"),
        ("Roe et al. saw 20 % die on placebo.", {}, "placebo", None),
        ("It was seen that 20 % died.", {"therapy": "msc"}, "msc", "sentence"),
    ],
)
def test_what_the_study_gave_is_the_treatment_where_that_was_left_open(
    text, before, therapy, where, index
):
    """And where the page's own word means it."""
    ((claim,), _) = made(text, told(**before), index)
    assert (claim.therapy, claim.carried.get("therapy")) == (therapy, where)


def test_an_account_of_a_study_is_told_with_its_record(index):
    """Where nothing else is claimed."""
    text = "Doe et al. (2016) gave MSC to 25 people, 90 % of them women."
    ((claim,), rest) = made(text, None, index)
    assert (claim.topic, claim.cites, claim.people) == ("study-account", "doe-2016", 25)
    assert (claim.therapy, rest) == ("msc", [])


def test_a_change_rests_on_the_record_of_its_sentence(index):
    """One, or those that it could be."""
    (one,) = directions("Doe et al. (2016): MSC reduced SLEDAI.", None, index)
    assert (one.cites, one.could_be) == ("doe-2016", ())
    (several,) = directions("Doe et al.: MSC reduced SLEDAI.", None, index)
    assert (several.cites, several.could_be) == (None, ("doe-2014", "doe-2016"))
    before = told(cues=Cues(frozenset({"roe"})), therapy="msc")
    (carried,) = directions("SLEDAI fell.", before, index)
    assert (carried.cites, carried.carried["cites"]) == ("roe-2021", "sentence")
