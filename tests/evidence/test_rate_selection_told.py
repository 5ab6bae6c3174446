"""What a selection tells of studies and results that do not enter."""

import pytest
from evidence.made import chosen, count, study

from lupus_evidence.evidence.rate_selection import (
    Question,
    choose,
    choose_alike,
    considered,
    follow_up_months,
)
from lupus_evidence.evidence.selection import Particulars, Reason, SelectionRules
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.vocabulary import band_for, band_of

RULES = SelectionRules()


def absent(file, endpoint="any-remission"):
    """Why a study as a whole has nothing for a question."""
    evidence = therapy_evidence([file], "msc")
    found = choose(evidence, endpoint, "lupus", band_for(endpoint, 12, None))
    (one,) = considered(evidence, found)
    return one.reason, one.particulars


def test_a_study_that_is_silent_says_what_it_has_instead():
    """The times at which it was reported, once each, or how many other results."""
    kidney = count("any-remission", 5, 20, at=60, scope="kidney")
    later = [count("any-remission", 5, 20, at=at) for at in (36, 24, 25)]
    reason, about = absent(study("doe-2020", *later, kidney))
    assert reason is Reason.OTHER_TIME
    assert [band.months for band in about.times] == [36, 24]
    reason, about = absent(study("doe-2020", kidney, kidney | {"at": 24}))
    assert (reason, about.times, about.results) == (Reason.OTHER_TIME, (), 2)
    reason, about = absent(study("doe-2020", count("death", 1, 20)))
    assert (reason, about) == (Reason.NOT_REPORTED, Particulars())
    assert (about.words, about.results) == ("", 0)
    reason, about = absent(study("doe-2020", status="registered"))
    assert (reason, about.words) == (Reason.NO_RESULTS, "registered")


def test_two_records_of_one_name_are_not_mixed():
    """Each has its own results, whatever the other's are called."""
    files = [study("doe-2020", count("any-remission", n, 20)) for n in (5, 9)]
    evidence = therapy_evidence(files, "msc")
    question = Question(evidence, "any-remission", "lupus", band_of(12), RULES)
    for file, events in zip(files, (5, 9), strict=True):
        numbers, refused = question.usable(file, "any-remission")
        assert [(item.source, item.events) for item in numbers] == [(file, events)]
        assert refused == []


def test_what_is_left_out_says_what_it_is_and_what_counts_instead():
    """Its own count, the study's that counts, and the denominator that was wanted."""
    treated = study(
        "doe-2020", count("any-remission", 5, 20), count("any-remission", 4, 19, at=13)
    )
    followed = study("poe-2020", count("any-remission", 3, 12, among="followed"))
    small = study("roe-2020", count("any-remission", 2, 9), n=9, shares=("doe-2020",))
    found = chosen(treated, followed, small)
    same, other, shared = (item.particulars for item in found.excluded)
    assert (same.instead.events, same.here) == (5, None)
    assert (other.here.events, other.wanted) == (3, "treated")
    assert (shared.here.events, shared.studies) == (2, (("doe-2020", "likely"),))


def test_therapies_without_a_denominator_in_common_keep_their_own():
    """Those treated here, those followed there: no kind is forced on either."""
    one = study("doe-2020", count("any-remission", 5, 20), therapy="hsct")
    other = study("roe-2020", count("any-remission", 5, 12, among="followed"))
    evidence = [therapy_evidence([one, other], name) for name in ("hsct", "msc")]
    found = choose_alike(evidence, "any-remission", "lupus", band_of(12), RULES)
    assert [item.kind for item in found] == ["treated", "followed"]
    assert [item.people for item in found] == [20, 12]


@pytest.mark.parametrize(
    ("follow_up", "months"),
    [
        ({"median": "20", "mean": "22", "high": "60"}, 20),
        ({"mean": "22", "fixed": 24, "longest": 60}, 22),
        ({"fixed": 24, "longest": 60}, 24),
        ({"longest": 60, "high": "48"}, 60),
        ({"low": "6", "high": "48"}, 48),
        ({"low": "6"}, 0),
        ({}, 0),
        (None, 0),
    ],
)
def test_how_long_a_study_followed_people(follow_up, months):
    """The median, the mean, the plan, the longest; 0 where it does not say."""
    more = {} if follow_up is None else {"follow_up": follow_up}
    assert follow_up_months(study("doe-2020", **more).study) == months


def test_a_retraction_without_a_date_is_one():
    """No date is made up."""
    notice = {"kind": "retraction", "source": "doi 10.1000/183"}
    file = study("doe-2020", count("any-remission", 5, 20), notices=[notice])
    (left,) = chosen(file).excluded
    assert (left.reason, left.particulars.words) == (Reason.RETRACTED, "")
