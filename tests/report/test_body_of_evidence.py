"""Who has been counted for what and when, and which studies share people."""

from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.evidence.therapy_results import shared_people
from lupus_evidence.report.body_of_evidence import (
    evidence_map,
    overlap_families,
    sharing_of,
)
from lupus_evidence.vocabulary import ANY_TIME, BEST_EVER, band_of, topic


def made(*studies):
    """The map of a few studies, by endpoint and scope."""
    rows = evidence_map(compare(base_of(*studies), ["hsct", "msc"]))
    return {(row.endpoint, row.scope): dict(row.cells) for row in rows}


def test_bubbles_count_people_once():
    """A bubble has the people of the figure, not those of studies left out."""
    found = made(
        study("a-2001", count("relapse", 2, 30), n=30),
        study("b-2002", count("relapse", 3, 10), n=10, shares=["a-2001"]),
        study("c-2003", count("relapse", 3, 15), n=15),
    )
    (bubble,) = found["relapse", "lupus"][band_of(12)]
    assert (bubble.therapy, bubble.people) == ("msc", 45)
    assert bubble.studies == ("a-2001", "c-2003")


def test_what_cannot_be_used_is_on_the_map():
    """A result without a usable number is a bubble of nobody with its study."""
    found = made(study("a-2001", count("relapse", 2, 30, lupus_specific=False), n=30))
    (bubble,) = found["relapse", "lupus"][band_of(12)]
    assert (bubble.people, bubble.studies) == (0, ("a-2001",))


def test_empty_fields_stay_empty():
    """Nobody looked, no bubble."""
    found = made(study("a-2001", count("relapse", 2, 30), n=30))
    filled = [band.months for band, cell in found["relapse", "lupus"].items() if cell]
    assert filled == [12]


def test_what_has_no_clock_has_one_column():
    """Treatment-related deaths of any visit stand in one field, at any time."""
    found = made(
        study("a-2001", count("treatment-related-mortality", 1, 30, at=3), n=30),
        study("b-2002", count("treatment-related-mortality", 0, 20, at=60), n=20),
    )
    ((band, (bubble,)),) = found["treatment-related-mortality", "lupus"].items()
    assert not topic().endpoints["treatment-related-mortality"].clock
    assert (band, bubble.people) == (ANY_TIME, 50)


def test_the_best_state_ever_reached_has_a_column_of_its_own():
    """A best-ever remission is no remission at its months."""
    at = {"months": 12, "basis": "best-ever"}
    found = made(study("a-2001", count("any-remission", 9, 30, at=at), n=30))
    filled = [band for band, cell in found["any-remission", "lupus"].items() if cell]
    assert filled == [BEST_EVER]


def test_rows_stand_in_the_order_of_the_vocabulary():
    """Benefits come before harms, lupus as a whole before organs, used or not."""
    found = made(
        study(
            "a-2001",
            count("relapse", 2, 30),
            count("any-remission", 3, 30, scope="kidney"),
            count("any-remission", 3, 30, lupus_specific=False),
            n=30,
        )
    )
    assert list(found) == [
        ("any-remission", "lupus"),
        ("any-remission", "kidney"),
        ("relapse", "lupus"),
    ]


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
