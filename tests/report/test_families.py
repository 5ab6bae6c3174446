"""Families of studies that share people, and when their people entered."""

import pytest
from evidence.made import base_of, study

from lupus_evidence.evidence.therapies import shared_people
from lupus_evidence.report.families import in_years, overlap_families, sharing_of


def families(*files, counted=()):
    """The families of a few studies."""
    studies = base_of(*files).studies
    sharing = sharing_of(shared_people(studies), {item.id for item in studies})
    return overlap_families(studies, sharing, counted)


def centre(*names):
    """A setting with these centres."""
    return {"centres": list(names)}


def test_sharing_through_another_makes_one_family():
    """Two studies that each share people with a third stand together."""
    (family,) = families(
        study("a-2001"),
        study("b-2002", shares=["a-2001"]),
        study("c-2003", shares=["b-2002"]),
        study("alone-2004"),
    )
    assert {item.study.id for item in family.members} == {"a-2001", "b-2002", "c-2003"}
    shares = {item.study.id: item.shares for item in family.members}
    assert shares["a-2001"] == (("b-2002", "likely"),)


def test_the_largest_family_comes_first():
    """Families are in order of size."""
    first, second = families(
        study("a-2001"),
        study("b-2002", shares=["a-2001"]),
        study("c-2003"),
        study("d-2004", shares=["c-2003"]),
        study("e-2005", shares=["c-2003"]),
    )
    assert (len(first.members), len(second.members)) == (3, 2)


def test_a_family_is_named_after_its_centre():
    """The centre that most members name stands for the family."""
    (family,) = families(
        study("a-2001", setting=centre("Town Hospital")),
        study(
            "b-2002", setting=centre("Town Hospital", "A Registry"), shares=["a-2001"]
        ),
    )
    assert family.name == "Town Hospital"


def test_a_family_without_a_centre_is_named_after_a_study():
    """Without any centre the first study's name has to do."""
    (family,) = families(study("a-2001"), study("b-2002", shares=["a-2001"]))
    assert family.name == "a-2001"


def test_members_stand_in_order_of_entry():
    """Who entered first stands first; publication decides where entry is unknown."""
    early = {"recruitment": {"start": "1999", "end": "2001-06"}}
    (family,) = families(
        study("a-2005", year=2005),
        study("b-2012", year=2012, setting=early, shares=["a-2005"]),
        counted={"b-2012"},
    )
    first, second = family.members
    assert (first.study.id, first.start) == ("b-2012", 1999.0)
    assert first.end == pytest.approx(2001 + 181 / 365)
    assert (second.study.id, second.start, second.end) == ("a-2005", None, None)
    assert (first.counted, second.counted) == (True, False)


def test_a_study_that_is_not_there_is_left_out():
    """An overlap with a record that is missing makes no family."""
    assert families(study("a-2001", shares=["gone-1999"])) == ()


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2005", 2005.0, 2006.0),
        ("2005-01", 2005.0, 2005 + 31 / 365),
        ("2005-12", 2005 + 334 / 365, 2006.0),
        ("2005-07-02", 2005 + 182 / 365, 2005 + 182 / 365),
        ("2004-12-31", 2004 + 364 / 365, 2004 + 364 / 365),
    ],
)
def test_dates_become_points_in_time(date, first, last):
    """A year or month reaches from its first day to its last."""
    assert in_years(date, last=False) == pytest.approx(first)
    assert in_years(date, last=True) == pytest.approx(last)
