"""What stands under the title, and which figures stand in the fact box."""

import pytest
from evidence.made import base_of, count, study

from lupus_evidence.audit import ClaimsBase
from lupus_evidence.compare.comparison import compare
from lupus_evidence.report.build import build_report
from lupus_evidence.report.contents import ReportChoices
from lupus_evidence.report.key_findings import fact_endpoints, fact_rows, hundred
from lupus_evidence.vocabulary import topic

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


def rows(*studies, **asked):
    """The fact box of a few studies, by endpoint."""
    found = fact_rows(compare(base_of(*studies), ["hsct", "msc"]), **asked)
    return {row.endpoint: row for row in found}


def hsct(name, *results, **more):
    """A study of the first therapy."""
    return study(name, *results, therapy="hsct", **more)


def test_a_shared_time_goes_before_more_people():
    """Where both therapies have a figure for one time, that time is taken."""
    row = rows(
        hsct("a-2001", count("relapse", 2, 10, at=12), count("relapse", 5, 20, at=60)),
        study("b-2002", count("relapse", 3, 10, at=12)),
    )["relapse"]
    assert [fact.row.band.months for fact in row.facts] == [12, 12]
    assert row.same_time


def test_of_shared_times_the_smaller_side_decides():
    """A time with 20 and 30 people goes before one with 10 and 100."""
    row = rows(
        hsct("a-2001", count("relapse", 2, 10, at=12), count("relapse", 5, 20, at=60)),
        study(
            "b-2002",
            count("relapse", 9, 100, at=12),
            count("relapse", 9, 30, at=60),
            n=100,
        ),
    )["relapse"]
    assert [fact.row.band.months for fact in row.facts] == [60, 60]


def test_without_a_shared_time_each_therapy_has_its_own():
    """Different times are shown, and the row says that they differ."""
    row = rows(
        hsct("a-2001", count("complete-remission", 2, 10, at=6)),
        study("b-2002", count("complete-remission", 3, 10, at=60)),
    )["complete-remission"]
    assert [fact.row.band.months for fact in row.facts] == [6, 60]
    assert not row.same_time


def test_a_stated_time_goes_before_one_not_stated():
    """A figure at a known time stands for a therapy even if another has more people."""
    row = rows(
        hsct("a-2001", count("relapse", 2, 10, at=12), n=10),
        hsct("c-2003", count("relapse", 9, 40, at=None), n=40),
    )["relapse"]
    assert row.facts[0].row.band.months == 12


def test_the_best_state_ever_reached_goes_before_no_time_at_all():
    """A known time, then best ever, then not stated, whatever the people."""
    ever = {"months": 24, "basis": "best-ever"}
    row = rows(
        hsct("a-2001", count("any-remission", 2, 10, at=ever)),
        hsct("b-2002", count("any-remission", 9, 40, at=None), n=40),
        study("c-2003", count("any-remission", 2, 10, at=ever)),
        study("d-2004", count("any-remission", 9, 15, at=12)),
    )["any-remission"]
    assert [fact.row.band.name for fact in row.facts] == ["best-ever", "best-ever"]
    row = rows(
        hsct("a-2001", count("any-remission", 2, 10, at=ever)),
        study("c-2003", count("any-remission", 2, 40, at=ever), n=40),
        study("d-2004", count("any-remission", 9, 15, at=12)),
        hsct("e-2005", count("any-remission", 9, 10, at=12)),
    )["any-remission"]
    assert [fact.row.band.name for fact in row.facts] == ["12", "12"]


def test_organs_do_not_stand_for_lupus():
    """A remission of the kidney is not told as one of lupus."""
    row = rows(
        hsct("a-2001", count("complete-remission", 2, 10, scope="kidney")),
        study("b-2002", count("complete-remission", 3, 10)),
    )["complete-remission"]
    assert row.facts[0].cell is None
    assert row.facts[1].cell.selection.scope == "lupus"


def test_silence_is_told():
    """A therapy without a usable figure names the studies that speak of it."""
    row = rows(
        hsct("a-2001", count("relapse", 2, 10, lupus_specific=False)),
        study("b-2002", count("relapse", 3, 10)),
    )["relapse"]
    assert row.facts[0].cell is None
    assert row.facts[0].reported == ("a-2001",)


def test_benefits_and_harms_are_told_apart():
    """Being alive is a benefit, relapse a harm; harms stand after benefits."""
    found = rows(hsct("a-2001", count("relapse", 2, 10), count("death", 1, 10)))
    assert found["overall-survival"].benefit
    assert not found["relapse"].benefit
    assert list(found) == ["overall-survival", "relapse"]


def test_everyone_or_no_one_can_be_said():
    """A one-sided bound stands in the fact box like an interval."""
    row = rows(
        hsct("a-2001", count("relapse", 0, 10)),
        hsct("c-2003", count("relapse", 0, 30), n=30),
    )["relapse"]
    assert row.facts[0].cell.figure.estimate.bound.side == "upper"


def test_a_scope_stands_for_lupus_only_where_nothing_else_does():
    """A nephritis review shows kidney remission, and says that it is that."""
    row = rows(
        hsct("a-2001", count("complete-remission", 2, 10, scope="kidney")),
        study("b-2002", count("complete-remission", 3, 20, scope="kidney")),
        study("c-2003", count("complete-remission", 3, 8, scope="skin")),
    )["complete-remission"]
    assert row.scope == "kidney"
    assert [fact.cell.selection.people for fact in row.facts] == [10, 20]


def test_a_scope_asked_for_goes_first_where_anything_is_judged_on_it():
    """Remission is that of the kidney; survival, which has no scope, stays."""
    found = rows(
        study("a-2001", count("complete-remission", 2, 10, scope="kidney")),
        study("b-2002", count("complete-remission", 3, 20)),
        study("c-2003", count("overall-survival", 9, 10)),
        scope="kidney",
    )
    assert found["complete-remission"].scope == "kidney"
    assert found["overall-survival"].scope == "lupus"


def test_outcomes_stand_in_the_order_asked():
    """What a person asks for stands there, in that order, and nothing else."""
    found = rows(
        study("a-2001", count("relapse", 2, 10), count("death", 1, 10)),
        study("b-2002", count("malignancy", 1, 10)),
        endpoints=("malignancy", "relapse"),
    )
    assert list(found) == ["malignancy", "relapse"]


def test_no_benefit_is_shown_without_deaths():
    """Benefits alone bring the deaths with them, told once."""
    assert fact_endpoints(["any-remission"]) == ("any-remission", *topic().main_harms)
    assert "death" not in fact_endpoints(["overall-survival"])
    assert fact_endpoints(["relapse", "any-remission"]) == ("relapse", "any-remission")


def test_what_stands_on_other_people_is_known():
    """One study behind both sides, behind one of them, behind neither."""
    arms = {"graft": {"therapy": "hsct", "n": 20}, "cells": {"therapy": "msc", "n": 20}}
    both = study(
        "both-2001",
        count("relapse", 4, 20, arm="graft"),
        count("relapse", 6, 20, arm="cells"),
        arms=arms,
        n=40,
    )
    more = hsct("more-2002", count("relapse", 2, 20))
    assert rows(both)["relapse"].shared == "all"
    assert rows(both, more)["relapse"].shared == "some"
    apart = study("apart-2003", count("relapse", 2, 20))
    assert rows(more, apart)["relapse"].shared == "none"
    assert rows(more)["relapse"].shared == "all"


def test_a_single_study_says_its_own_rate():
    """3 of 10 people of one study are 30 of 100, within that study's interval."""
    row = rows(study("b-2002", count("relapse", 3, 10)))["relapse"]
    figure = hundred(row.facts[1].cell)
    assert figure.single
    assert figure.best == pytest.approx(0.3)
    # exact interval of 3 of 10, from a table of binomial limits
    assert (figure.low, figure.high) == pytest.approx((0.0667, 0.6525), abs=1e-4)


def test_nothing_known_is_an_empty_box():
    """No study, no row."""
    assert rows(hsct("a-2001")) == {}


@pytest.mark.parametrize("endpoint", ["malignancy", "partial-remission"])
def test_other_outcomes_stay_out(endpoint):
    """Only what people ask first is in the box."""
    assert rows(hsct("a-2001", count(endpoint, 2, 10))) == {}
