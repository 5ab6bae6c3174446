import pytest
from hypothesis import given
from hypothesis import strategies as st
from selection.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.sensitivity import mover_interval
from lupus_evidence.stats.contrasts import typical_rate
from lupus_evidence.stats.direct import newcombe_difference
from lupus_evidence.stats.pooling import METHODS, pool
from lupus_evidence.stats.proportions import interval


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_mover_from_wilson_intervals_is_newcombe_s_method(n_1, n_2, data):
    """With Wilson's intervals it is Newcombe's hybrid score interval (method 10)."""
    e_1, e_2 = data.draw(st.integers(0, n_1)), data.draw(st.integers(0, n_2))
    found = mover_interval(
        (e_1 / n_1, interval(e_1, n_1)), (e_2 / n_2, interval(e_2, n_2))
    )
    expected = newcombe_difference(e_1, n_1, e_2, n_2).ci
    assert found == pytest.approx(expected, abs=1e-12)


@pytest.fixture
def flipping():
    """An overlap whose solution decides which therapy is ahead."""
    return base_of(
        study("a-1", count("death", 9, 30), n=30, year=2010, therapy="hsct"),
        study(
            "b-1",
            count("death", 1, 29),
            n=29,
            year=2020,
            therapy="hsct",
            shares=["a-1"],
        ),
        study("c-1", count("death", 5, 30), n=30),
    )


def test_every_estimator_and_choice_is_tried(flipping):
    """Eight estimators, three overlap rules, two readings, abstracts in and out."""
    found = compare(flipping, ["hsct", "msc"], endpoints=["death"], sensitivity=True)
    assert len(found.variants) == len(METHODS) * 3 * 2 * 2
    assert found.variants[0].rules == found.receipt.rules
    assert found.variants[0].method == "bayes"
    assert not found.variants[0].flips


def test_a_conclusion_that_flips_is_marked(flipping):
    """Counting the later of two overlapping reports turns more deaths into fewer."""
    found = compare(flipping, ["hsct", "msc"], endpoints=["death"], sensitivity=True)
    by_rule = {item.rules.overlap: item for item in reversed(found.variants)}
    rates = {
        name: typical_rate(*counts).estimate
        for name, counts in {"a": (9, 30), "b": (1, 29), "c": (5, 30)}.items()
    }
    assert by_rule["largest"].rates == (rates["a"], rates["c"])
    assert by_rule["latest"].rates == (rates["b"], rates["c"])
    assert by_rule["latest"].difference == pytest.approx(rates["b"] - rates["c"])
    assert "direction" in by_rule["latest"].flips


def test_a_single_study_stands_under_every_estimator_as_in_the_main_analysis(flipping):
    """No estimator can tell how far one centre is from others, so none flips for it."""
    found = compare(flipping, ["hsct", "msc"], endpoints=["death"], sensitivity=True)
    largest = [item for item in found.variants if item.rules == found.receipt.rules]
    assert len(largest) == len(METHODS)
    assert len({(item.rates, item.ci, item.flips) for item in largest}) == 1


def test_each_study_is_left_out_in_turn():
    """The figure without a study is the pooled estimate of the others."""
    files = [
        study(f"{name}-1", count("death", events, 20))
        for name, events in (("a", 2), ("b", 5), ("c", 9))
    ]
    found = compare(
        base_of(*files), ["hsct", "msc"], endpoints=["death"], sensitivity=True
    )
    without = found.rows[0].cells[1].without
    assert [item.study for item in without] == ["a-1", "b-1", "c-1"]
    assert without[0].estimate == pool([5, 9], [20, 20]).estimate


def test_sensitivity_is_only_there_on_request(flipping):
    """Without being asked nothing is tried."""
    found = compare(flipping, ["hsct", "msc"])
    assert not found.variants
    assert not any(cell.without for row in found.rows for cell in row.cells)
