"""What stands under the title, from different sets of records."""

import pytest
from evidence.made import base_of, count, study

from lupus_evidence.audit import ClaimsBase
from lupus_evidence.report.build import build_report
from lupus_evidence.report.contents import ReportChoices

NO_CLAIMS = ClaimsBase((), ())


def trial(name, first, second, *, n=40, endpoint="any-remission", **more):
    """A randomised trial of two therapies, half the people in each arm."""
    (one, events), (other, fewer) = first, second
    return study(
        name,
        count(endpoint, events, n // 2, arm="one"),
        count(endpoint, fewer, n // 2, arm="two"),
        arms={
            "one": {"therapy": one, "n": n // 2},
            "two": {"therapy": other, "n": n // 2},
        },
        n=n,
        **{"design": "randomised-trial", **more},
    )


def report(*studies, **choices):
    """The report of a few studies."""
    return build_report(base_of(*studies), NO_CLAIMS, ReportChoices(**choices))


def test_trials_of_the_compared_therapies_come_first():
    """A trial of both is told as one of both, one against placebo as that."""
    found = report(
        trial("both-2001", ("hsct", 15), ("uc-msc", 5)),
        trial("one-2002", ("msc", 10), ("placebo", 9)),
    ).finding
    assert [item.study for item in found.together] == ["both-2001"]
    assert [item.study for item in found.controlled] == ["one-2002"]


def test_the_largest_trial_is_told():
    """Of several the one with the most people."""
    found = report(
        trial("small-2001", ("msc", 9), ("placebo", 3), n=30),
        trial("large-2002", ("msc", 9), ("placebo", 9), n=80),
    ).finding
    assert found.controlled[0].study == "large-2002"
    assert found.controlled[0].people == 80


def test_chance_goes_before_size():
    """A small randomised trial stands before a large study without a lot."""
    trials = report(
        trial(
            "large-2001", ("msc", 40), ("placebo", 10), n=200, design="controlled-trial"
        ),
        trial("small-2002", ("msc", 9), ("placebo", 9)),
    ).trials
    assert [item.study for item in trials] == ["small-2002", "large-2001"]


@pytest.mark.parametrize(("events", "clear"), [((20, 0), True), ((10, 9), False)])
def test_a_difference_is_clear_when_its_interval_leaves_out_none(events, clear):
    """20 of 20 against none of 20 is one; 10 against 9 of 20 is not."""
    one, other = events
    found = report(trial("one-2002", ("msc", one), ("placebo", other))).finding
    assert found.controlled[0].clear is clear


def test_the_outcome_asked_for_is_told():
    """A person who asks for survival reads what the trial says of survival."""
    both = study(
        "one-2002",
        count("any-remission", 9, 20, arm="one"),
        count("any-remission", 8, 20, arm="two"),
        count("overall-survival", 19, 20, arm="one"),
        count("overall-survival", 18, 20, arm="two"),
        arms={
            "one": {"therapy": "msc", "n": 20},
            "two": {"therapy": "placebo", "n": 20},
        },
        n=40,
        design="randomised-trial",
    )
    assert report(both).trials[0].results[0].endpoint == "any-remission"
    asked = report(both, outcomes=("overall-survival",))
    assert asked.trials[0].results[0].endpoint == "overall-survival"


def test_deaths_from_treatment_are_told_of_those_who_count_them():
    """Only therapies with a figure; a therapy without one says nothing."""
    found = report(
        study(
            "a-2001",
            count("treatment-related-mortality", 2, 40),
            therapy="hsct",
            n=40,
        ),
        study("b-2002", count("any-remission", 2, 20)),
    ).finding
    assert [fact.therapy for fact in found.deaths] == ["hsct"]


def test_every_certainty_that_occurs_is_named():
    """A large randomised trial makes some of the page surer than the rest."""
    alone = report(study("b-2002", count("any-remission", 2, 20))).finding
    assert alone.levels == ("very low",)
    mixed = report(
        study("b-2002", count("any-remission", 2, 20)),
        trial("one-2002", ("msc", 150), ("placebo", 150), n=600),
    ).finding
    assert len(mixed.levels) > 1
    assert mixed.levels[-1] == "very low"


def test_nothing_known_is_a_finding():
    """Without any record there is nobody, no trial, and nothing to be sure of."""
    found = report().finding
    assert (found.together, found.controlled, found.deaths) == ((), (), ())
    assert found.levels == ()
