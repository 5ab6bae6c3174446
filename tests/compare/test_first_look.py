"""Which row of an outcome is told first."""

from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.first_look import first_look


def test_enough_people_on_both_sides_are_told_before_many_on_one():
    """Thirty beside eighteen at 12 months, not sixty beside six at 24."""
    base = base_of(
        study("a-1", count("any-remission", 40, 60, at=24), therapy="hsct", n=60),
        study("b-1", count("any-remission", 20, 30), therapy="hsct", n=30),
        study("c-1", count("any-remission", 5, 6, at=24), therapy="car-t", n=6),
        study("d-1", count("any-remission", 12, 18), therapy="car-t", n=18),
    )
    (line,) = first_look(compare(base, ["hsct", "car-t"]).rows)
    people = [figure.cell.selection.people for figure in line.figures]
    assert people == [30, 18]
    assert line.together


def test_a_visit_of_both_sides_is_told_before_more_people_of_one():
    """A therapy alone is told where no time has both, however many it has."""
    base = base_of(
        study("a-1", count("any-remission", 40, 60, at=24), therapy="hsct", n=60),
        study("b-1", count("any-remission", 6, 10), therapy="hsct", n=10),
        study("d-1", count("any-remission", 12, 18), therapy="car-t", n=18),
    )
    (line,) = first_look(compare(base, ["hsct", "car-t"]).rows)
    assert [figure.cell.selection.people for figure in line.figures] == [10, 18]
