"""The table of results: the number behind each, and what may be added up."""

import pytest
from evidence.made import base_of, count, estimate, study

from lupus_evidence.catalogue.card import study_card
from lupus_evidence.catalogue.rates import rates_table, reported_rates
from lupus_evidence.catalogue.study_list import studies_table
from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.values import Rate
from lupus_evidence.evidence.result_numbers import study_figure
from lupus_evidence.records.load import load
from lupus_evidence.vocabulary import band_of


def data(table):
    """The rows of a table by column."""
    return list(table.rows)


def rates_of(studies, **how):
    """The table of the results of some studies."""
    return rates_table(reported_rates(studies, **how))


def test_song_2011_is_worth_as_many_people_as_in_a_comparison():
    """An estimate about 17 people stands for no more than 17, in every command."""
    base = load()
    song = next(item for item in base.studies if item.id == "song-2011")
    number = study_figure(song, song.results[0]).number
    cells = [
        item
        for row in compare(base, ["hsct", "msc"]).rows
        for cell in row.cells
        for item in cell.selection.included
        if item.study == "song-2011" and item.indexes == (0,)
    ]
    assert number.form == "effective"
    assert number.n == pytest.approx(17)
    assert cells
    assert all(item.n == number.n for item in cells)


def test_an_estimate_without_people_stands_for_no_more_than_were_treated():
    """80 % with an error of 5 points would be worth 64 people; 20 were treated."""
    result = estimate("overall-survival", "80", se="5")
    (row,) = data(rates_of(base_of(study("a-2001", result, n=20)).studies))
    few = study("a-2001", count("overall-survival", 16, 20), n=20)
    (counted,) = data(rates_of(base_of(few).studies))
    assert (row["low"], row["high"]) == (counted["low"], counted["high"])
    assert row["interval_method"] == "wilson on effective people"
    assert row["events"] is None


def test_a_row_names_the_band_of_a_comparison():
    """What is no state at a visit is in no band of months."""
    ever = {"months": 12, "basis": "best-ever"}
    results = (
        count("any-remission", 5, 20),
        count("any-remission", 9, 20, at=ever),
        count("infection", 2, 20),
        count("relapse", 2, 20, at=None),
    )
    rows = data(rates_of(base_of(study("a-2001", *results)).studies))
    names = ["12", "best-ever", "not-stated", "any-time"]
    assert [row["when"] for row in rows] == names
    assert [row["band"] for row in rows] == [12, None, None, None]


def test_a_time_asked_for_is_the_sources_own():
    """An infection counted at a year is a result of a year."""
    results = (count("infection", 2, 20, at=12), count("infection", 3, 20, at=60))
    base = base_of(study("a-2001", *results))
    rows = data(rates_of(base.studies, bands=[band_of(12)]))
    assert [row["months"] for row in rows] == [12]


@pytest.mark.parametrize("view", [studies_table, rates_of])
def test_shared_people_are_told_only_where_there_are_any(view):
    """Whether people add up is said of the studies that are listed."""
    apart = [study("a-2001", count("relapse", 2, 20)), study("b-2002")]
    apart = [*apart, study("c-2003", count("relapse", 2, 20), shares=["gone-1999"])]
    (note,) = view(base_of(*apart).studies).notes
    assert "add" not in note
    shared = [*apart, study("d-2004", count("relapse", 2, 20), shares=["a-2001"])]
    (note,) = view(base_of(*shared).studies).notes
    assert "2 of " in note
    assert "add" in note
    (note,) = view(base_of(*shared[1:]).studies).notes
    assert "add" not in note


def test_nobody_is_not_added_up():
    """Registered trials without people are counted and nothing else is said."""
    files = (study("a-2001", n=0), study("b-2002", n=0, shares=["a-2001"]))
    assert studies_table(base_of(*files).studies).notes == ("2 studies.",)


def test_a_card_has_the_tables_rate():
    """One result has one rate, wherever it is shown."""
    result = estimate("overall-survival", "80", se="5")
    base = base_of(study("a-2001", result, n=20))
    (row,) = data(rates_of(base.studies))
    card = study_card(base.studies[0], base.studies)
    table = next(
        block for block in card.blocks if getattr(block, "name", "") == "results"
    )
    assert table.rows[0]["rate"] == Rate(row["rate"], row["low"], row["high"])
