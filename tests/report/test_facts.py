"""Which figures stand in the fact box."""

import pytest
from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.report.key_findings import fact_endpoints, fact_rows, hundred
from lupus_evidence.vocabulary import topic


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
