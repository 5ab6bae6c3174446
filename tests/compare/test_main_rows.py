from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.first_look import main_rows
from lupus_evidence.pages.comparison_page import comparison_document


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
