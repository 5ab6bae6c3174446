"""What stands in a forest plot, and each study's share of the information."""

from itertools import pairwise

import pytest
from evidence.made import base_of, count, study
from hypothesis import given
from hypothesis import strategies as st
from pages.drawn import invented

from lupus_evidence.compare.cells import NoStudy, Pooled
from lupus_evidence.compare.comparison import compare
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.forest import forest_panel, forest_plot, information_shares
from lupus_evidence.stats.estimates import PooledEstimate
from lupus_evidence.stats.proportions import interval
from lupus_evidence.vocabulary import ANY_TIME, band_of


@pytest.fixture(scope="module")
def base():
    """The invented base."""
    return invented()


def studies(group):
    """The studies of a group in the order shown."""
    return [row.item.study for row in group.rows]


def test_every_study_of_a_figure_has_a_row(base):
    """The studies stand in order of publication, with those left out beside them."""
    (panel,) = forest_plot(base, "any-remission").panels
    hsct, msc = panel.groups
    assert studies(hsct) == ["ames-2001", "bell-2004", "cole-2010"]
    assert [item.study for item in hsct.cell.selection.excluded] == ["dunn-2012"]
    assert studies(msc) == ["east-2013"]
    assert [item.study for item in msc.cell.selection.excluded] == ["ford-2014"]


def test_rows_have_exact_intervals(base):
    """A study's interval is Clopper-Pearson: 9 of 12 gives 42.8 to 94.5 %."""
    (panel,) = forest_plot(base, "any-remission").panels
    row = next(row for row in panel.groups[0].rows if row.item.study == "ames-2001")
    assert (row.low, row.high) == pytest.approx((0.4281, 0.9451), abs=1e-4)


def test_level_reaches_every_interval(base):
    """A level of 80 % narrows the studies' intervals and the pooled one."""
    (wide,) = forest_plot(base, "any-remission").panels
    (narrow,) = forest_plot(base, "any-remission", level=0.8).panels
    for before, after in zip(wide.groups, narrow.groups, strict=True):
        for a, b in zip(before.rows, after.rows, strict=True):
            assert a.low < b.low <= b.high < a.high or b.high == 1
    assert narrow.groups[0].cell.ci[0] > wide.groups[0].cell.ci[0]
    assert (narrow.groups[1].rows[0].low, narrow.groups[1].rows[0].high) == interval(
        6, 25, method="exact", level=0.8
    )


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"method": "glmm"},
        {"tau_prior": 0.5},
        {"level": 0.8},
        {"rules": SelectionRules(overlap="keep-all")},
        {"rules": SelectionRules(min_n=10)},
        {"bands": [band_of(12)]},
        {"scopes": ["lupus"]},
    ],
    ids=str,
)
def test_rows_are_those_of_the_comparison(base, choices):
    """Whatever is chosen, the plot's rows are the comparison's own."""
    (panel,) = forest_plot(base, "any-remission", ["hsct", "msc"], **choices).panels
    wanted = {"endpoints": ["any-remission"], **choices}
    (row,) = (
        row
        for row in compare(base, ["hsct", "msc"], **wanted).rows
        if row.endpoint == "any-remission"
    )
    assert panel.row == row
    assert panel == forest_panel(row, choices.get("level", 0.95))


def test_one_therapy_is_enough(base):
    """A plot needs no comparison, and has the same figure as in one."""
    plot = forest_plot(base, "any-remission", ["hsct"])
    both = forest_plot(base, "any-remission", ["hsct", "msc"])
    (alone,) = plot.panels[0].groups
    assert plot.therapies == ("hsct",)
    assert alone.cell.estimate == both.panels[0].groups[0].cell.estimate


def test_a_comparison_still_needs_two(base):
    """What a plot may do, a comparison may not."""
    with pytest.raises(EvidenceError, match="two different therapies"):
        compare(base, ["hsct"], endpoints=["any-remission"])


def test_a_therapy_without_data_takes_no_room(base):
    """Only msc has relapses here; that hsct has none is told where it was asked."""
    unasked = forest_plot(base, "relapse")
    asked = forest_plot(base, "relapse", ["hsct", "msc"])
    for plot in (unasked, asked):
        (panel,) = plot.panels
        assert [group.cell.therapy for group in panel.groups] == ["msc"]
        assert plot.therapies == ("msc",)
    assert unasked.silent == ()
    assert asked.silent == ("hsct",)


def test_a_time_that_is_asked_for_is_shown_even_without_a_figure(base):
    """Results that cannot be used are told, not hidden."""
    plot = forest_plot(base, "death", ["msc"], bands=[band_of(12)])
    (group,) = next(panel.groups for panel in plot.panels)
    assert not group.rows
    assert [item.study for item in group.cell.selection.excluded] == ["hall-2016"]


def test_every_time_that_is_asked_for_counts():
    """Two times give two panels."""
    base = base_of(
        study("a-2001", count("relapse", 3, 20, at=12), count("relapse", 9, 20, at=60))
    )
    plot = forest_plot(base, "relapse", bands=[band_of(12), band_of(60)])
    assert [panel.row.band.months for panel in plot.panels] == [12, 60]


def test_what_has_no_clock_is_shown_whatever_time_is_asked_for():
    """A death from the treatment has one figure over all times."""
    base = base_of(study("a-2001", count("treatment-related-mortality", 2, 39), n=39))
    plot = forest_plot(base, "treatment-related-mortality", bands=[band_of(60)])
    assert [panel.row.band for panel in plot.panels] == [ANY_TIME]


def test_a_scope_can_be_asked_for():
    """Kidney remissions alone are shown."""
    base = base_of(
        study(
            "a-2001",
            count("any-remission", 3, 20),
            count("any-remission", 9, 20, scope="kidney"),
        )
    )
    plot = forest_plot(base, "any-remission", scopes=["kidney"])
    assert [panel.row.scope for panel in plot.panels] == ["kidney"]
    assert plot.elsewhere == ()


def test_nothing_reported_is_an_empty_plot(base):
    """An endpoint that nobody reports gives no panel and no error."""
    assert forest_plot(base, "malignancy").panels == ()


def test_other_times_are_named(base):
    """Times that have a figure but are not shown are listed."""
    plot = forest_plot(base, "relapse", ["msc"], bands=[band_of(24)])
    assert plot.panels == ()
    assert [(scope, band.months) for scope, band in plot.elsewhere] == [("lupus", 12)]


def test_unknown_names_are_refused(base):
    """A name that does not exist is an error that says so."""
    with pytest.raises(UnknownNameError, match="endpoint"):
        forest_plot(base, "happiness")
    with pytest.raises(UnknownNameError, match="therapy"):
        forest_plot(base, "death", ["magic"])
    with pytest.raises(EvidenceError, match="needs a therapy"):
        forest_plot(base, "death", [])


def pooled(rate, tau):
    """A pooled figure with a given rate and spread."""
    return Pooled(
        PooledEstimate("bayes", "posterior", 0.95, "ordinary", 2, 30, 15)
        if rate is None
        else PooledEstimate(
            "bayes", "posterior", 0.95, "ordinary", 2, 30, 15, tau=tau, estimate=rate
        )
    )


def test_shares_follow_the_marginal_variance():
    """At a rate of 50 % and tau 1, 4 and 12 people weigh 1/2 and 3/4 before scaling."""
    # 1 / (1 + 1 / (4 / 4)) = 1/2 and 1 / (1 + 1 / (12 / 4)) = 3/4
    assert information_shares((4, 12), pooled(0.5, 1.0)) == pytest.approx((0.4, 0.6))


def test_shares_are_those_of_people_without_spread():
    """Where studies do not differ, information grows with the number of people."""
    assert information_shares((10, 30), pooled(0.3, 0.0)) == pytest.approx((0.25, 0.75))


def test_shares_are_those_of_people_without_an_estimate():
    """A one-sided bound has no rate to weigh with, so people decide."""
    assert information_shares((10, 30), pooled(None, None)) == pytest.approx(
        (0.25, 0.75)
    )


def test_no_study_has_no_share():
    """Nothing is divided by nothing."""
    assert information_shares((), NoStudy(0)) == ()


@given(
    st.lists(st.floats(1, 1e6), min_size=1, max_size=20),
    st.floats(0.01, 0.99),
    st.floats(0, 3),
)
def test_shares_sum_to_one_and_grow_with_people(sizes, rate, tau):
    """The shares add up to everything, and more people never mean a smaller share."""
    shares = information_shares(tuple(sizes), pooled(rate, tau))
    assert sum(shares) == pytest.approx(1)
    in_order = [share for _, share in sorted(zip(sizes, shares, strict=True))]
    assert all(b >= a * (1 - 1e-9) for a, b in pairwise(in_order))
