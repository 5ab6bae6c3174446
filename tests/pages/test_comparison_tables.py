"""The table of rates: one line a figure, and only the notes that it needs."""

import pytest
from evidence.made import base_of, count, estimate, study
from pages.written import notes, part, tables

from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.text import cell
from lupus_evidence.pages.comparison_tables import PRIOR_MARK


def shown(*files, endpoints=("death",), **options):
    """The section of rates of a comparison of these files."""
    found = compare(base_of(*files), ["hsct", "msc"], endpoints=endpoints, **options)
    return part(found, "rates")


def lines(blocks):
    """The rows of its table as text, blanks stripped."""
    (table,) = tables(blocks)
    keys = [column.key for column in table.columns]
    return [
        tuple(cell(row.get(key) or "").strip("– ") for key in keys)
        for row in table.rows
    ]


def test_each_figure_is_a_line_that_says_it_all():
    """Time, therapy, people with their mark, rate, bound for everybody."""
    found = shown(study("a-1", count("death", 12, 39, among="followed"), n=87))
    # Clopper and Pearson by R's binom.test(12, 39)
    assert lines(found)[0][1:6] == (
        "12",
        "msc",
        "12 of 39 still followed",
        "31 % (17 to 48)",
        "at least 12 of 87 treated, 14 %",
    )


def test_a_therapy_without_any_figure_has_one_line():
    """It is said once, not beside every time."""
    found = shown(study("a-1", count("death", 3, 20), count("death", 4, 20, at=24)))
    assert [(row[2], row[4]) for row in lines(found)[2:]] == [("hsct", "no study")]


def test_one_level_of_certainty_is_said_once_above():
    """Where figures differ it is a column, which no narrow screen drops."""
    small = study("a-1", count("death", 3, 20), therapy="hsct")
    alike = shown(small, study("b-1", count("death", 3, 20)))
    assert not any(row[6] for row in lines(alike))
    big = [study(f"{n}-2", count("death", 40, 400), n=400) for n in "abcdefgh"]
    differ = shown(small, *big)
    assert [row[6] for row in lines(differ)] == ["very low", "low"]
    assert not any(column.drop for column in tables(differ)[0].columns)


def three(*events, n=40):
    """A few studies of one size."""
    return [
        study(f"{name}-1", count("death", e, n), n=n)
        for name, e in zip("abcdefgh", events, strict=False)
    ]


def test_an_interval_that_the_prior_makes_is_marked_and_named_once():
    """Two small studies depend on the assumed spread; eight large ones do not."""
    files = three(1, 9)
    found = shown(*files)
    (cell,) = (
        cell
        for row in compare(base_of(*files), ["hsct", "msc"], endpoints=["death"]).rows
        for cell in row.cells
        if cell.k
    )
    tight, wide = cell.priors.intervals
    assert max(abs(a - b) for a, b in zip(tight, wide, strict=True)) >= 0.1
    assert lines(found)[0][4].endswith(PRIOR_MARK)
    (note,) = (note for note in notes(found) if note.startswith(PRIOR_MARK))
    assert note.endswith("the pooled figure.")
    steady = shown(*three(*[40] * 8, n=400))
    assert PRIOR_MARK not in lines(steady)[0][4]
    assert not any(note.startswith(PRIOR_MARK) for note in notes(steady))


def test_marked_figures_are_named_where_not_all_are():
    """One of two pooled figures moves: that one is named."""
    steady = [
        study(f"{name}-2", count("death", 40, 400), therapy="hsct", n=400)
        for name in "abcdefgh"
    ]
    found = shown(*steady, *three(1, 9))
    (note,) = (note for note in notes(found) if note.startswith(PRIOR_MARK))
    assert note.endswith("msc death from any cause, at 12 months.")


def test_counts_over_varying_follow_up_are_said_to_be_that():
    """Twelve deaths in 0 to 78 months are no rate at 26 months for everyone."""
    told = {}
    for basis in ("visit", "mean-follow-up"):
        at = {"months": 26, "basis": basis}
        found = shown(study("a-1", count("death", 12, 20, at=at)))
        told[basis] = "shorter for some" in " ".join(notes(found))
    assert told == {"visit": False, "mean-follow-up": True}


def test_the_kind_of_each_interval_is_said():
    """Posterior for pooled rates by default, a confidence interval by other methods."""
    files = [study(f"{n}-1", count("death", 3, 20)) for n in "ab"]
    default, other = (
        notes(shown(*files, method=method))[0] for method in ("bayes", "reml")
    )
    assert "one study, exact confidence; several, posterior (credible)" in default
    assert "several, confidence" in other


@pytest.mark.parametrize(
    ("k", "interval", "new_centre"),
    [(1, False, False), (2, True, False), (3, True, True), (4, False, True), (5, 0, 0)],
)
def test_what_rests_on_the_assumed_spread_is_said(k, interval, new_centre):
    """Intervals of two or three studies, ranges for a new centre of three or four."""
    files = [study(f"{n}-1", count("death", 30, 60), n=60) for n in "abcde"[:k]]
    said = " ".join(notes(shown(*files)))
    assert ("pooled from two or three studies rests on" in said) == bool(interval)
    assert ("Pooled from three or four studies, the range" in said) == bool(new_centre)


def test_a_bound_states_its_level():
    """A one-sided bound beside 95 % intervals is one of 97.5 %."""
    found = shown(*(study(f"{n}-1", count("death", 0, 20)) for n in "ab"))
    assert any("one-sided 97.5 % bound" in note for note in notes(found))


def test_only_the_months_that_are_there_are_explained():
    """Bands, marks and the time that is not stated, each where it occurs."""
    (first, *_) = notes(shown(study("a-1", count("death", 3, 20))))
    assert "12 (9 to under 18)" in first
    assert "24 (" not in first
    assert "time not stated" not in first
    (first, *_) = notes(shown(study("a-1", count("death", 3, 20, at=None))))
    assert "?: time not stated" in first
    assert "Months stand" not in first


def test_what_is_read_off_a_curve_is_not_called_a_count():
    """An estimate says that it is one."""
    found = shown(study("a-1", estimate("death", "19", se="8")))
    assert lines(found)[0][3] == "est. of 20"
    assert any(note.startswith("est.:") for note in notes(found))


def test_an_error_that_was_assumed_is_said_with_its_study():
    """84 % of 40 at five years without an error, followed for 24 to 96 months."""
    curve = study(
        "a-1",
        estimate("overall-survival", "84"),
        n=40,
        follow_up={"median": "60", "low": "24", "high": "96"},
    )
    found = shown(curve, endpoints=("overall-survival",))
    assert lines(found)[0][3] == "est. of 40"
    (note,) = (note for note in notes(found) if "No error is printed" in note)
    assert "a-1" in note
