"""Which rows stand in the first look, and which row of an outcome is told first."""

from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.first_look import first_look, main_rows
from lupus_evidence.pages.comparison_page import comparison_document


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


def times(*files):
    """Return the times of relapse that a first look shows; None is not stated."""
    rows = main_rows(compare(base_of(*files), ["hsct", "msc"]).rows)
    return [row.band.months for row in rows if row.endpoint == "relapse"]


def test_times_that_both_therapies_have_come_first():
    """Where a comparison is possible, other times wait for `--all`."""
    both = (
        study("a-1", count("relapse", 3, 20, at=12), count("relapse", 4, 20, at=24),
              therapy="hsct"),
        study("b-1", count("relapse", 5, 20, at=24)),
    )  # fmt: skip
    assert times(*both) == [24]


def test_each_therapy_keeps_its_largest_figure_where_no_time_is_shared():
    """The one on the most people, for each."""
    apart = (
        study("a-1", count("relapse", 3, 20, at=12), therapy="hsct"),
        study("a-2", count("relapse", 9, 50, at=60), therapy="hsct", n=50),
        study("b-1", count("relapse", 5, 20, at=24)),
    )
    assert times(*apart) == [24, 60]


def test_a_figure_without_a_time_does_not_hide_one_that_has_a_time():
    """More people at an unknown time are shown beside fewer at a known one."""
    undated = (
        study("a-1", count("relapse", 3, 20, at=12), therapy="hsct"),
        study("a-2", count("relapse", 9, 50, at=None), therapy="hsct", n=50),
        study("b-1", count("relapse", 5, 20, at=24)),
    )
    assert times(*undated) == [12, 24, None]


def test_an_organ_asked_for_comes_before_what_is_judged_on_nothing():
    """With `--scope kidney` remission of the kidneys stands above being alive."""
    files = [
        study(
            "a-1", count("complete-remission", 6, 20, scope="kidney"), therapy="hsct"
        ),
        study("b-1", count("overall-survival", 19, 20)),
    ]
    found = compare(base_of(*files), ["hsct", "msc"], scopes=["kidney"])
    (answer,) = (b for b in comparison_document(found).blocks if hasattr(b, "rows"))
    assert [row["outcome"] for row in answer.rows] == [
        "Complete remission, kidney",
        "Alive",
    ]
