"""Families of studies that share people, and when their people entered."""

from evidence.made import base_of, study

from lupus_evidence.evidence.therapy_results import shared_people
from lupus_evidence.report.body_of_evidence import overlap_families, sharing_of


def families(*files):
    """The families of a few studies."""
    studies = base_of(*files).studies
    sharing = sharing_of(shared_people(studies), {item.id for item in studies})
    return overlap_families(studies, sharing)


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
    assert family.members == ("a-2001", "b-2002", "c-2003")


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


def test_who_shares_with_whom_is_known_both_ways():
    """An overlap recorded in one study is known of the other too."""
    studies = base_of(study("a-2001"), study("b-2002", shares=["a-2001"])).studies
    sharing = sharing_of(shared_people(studies), {item.id for item in studies})
    assert sharing["a-2001"] == (("b-2002", "likely"),)
    assert sharing["b-2002"] == (("a-2001", "likely"),)


def test_a_study_that_is_not_there_is_left_out():
    """An overlap with a record that is missing makes no family."""
    assert families(study("a-2001", shares=["gone-1999"])) == ()
