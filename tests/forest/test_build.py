"""What stands in a forest plot."""

import pytest
from forest.drawn import invented

from lupus_evidence.compare.comparison import compare
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.rules import SelectionRules
from lupus_evidence.forest.build import forest_panel, forest_plot
from lupus_evidence.stats.proportions import interval
from lupus_evidence.vocabulary import band_of


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
    assert studies(hsct) == ["cole-2010", "ames-2001", "bell-2004"]
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


def test_figures_are_those_of_the_comparison(base):
    """The plot's pooled figure is the comparison's own."""
    (panel,) = forest_plot(base, "any-remission").panels
    row = next(
        row
        for row in compare(base, ["hsct", "msc"]).rows
        if row.endpoint == "any-remission"
    )
    for group, cell in zip(panel.groups, row.cells, strict=True):
        assert group.cell.estimate == cell.estimate
        assert group.cell.ci == cell.ci
    assert forest_panel(row, 0.95) == panel


def test_one_therapy_is_enough(base):
    """A plot needs no comparison."""
    plot = forest_plot(base, "any-remission", ["hsct"])
    assert [group.therapy for group in plot.panels[0].groups] == ["hsct"]


def test_a_time_that_is_asked_for_is_shown_even_without_a_figure(base):
    """Results that cannot be used are told, not hidden."""
    plot = forest_plot(base, "death", ["msc"], band_of(12))
    (group,) = next(panel.groups for panel in plot.panels)
    assert not group.rows
    assert [item.study for item in group.cell.selection.excluded] == ["hall-2016"]


def test_nothing_reported_is_an_empty_plot(base):
    """An endpoint that nobody reports gives no panel and no error."""
    assert forest_plot(base, "malignancy").panels == ()


def test_other_times_are_named(base):
    """Times that have a figure but are not shown are listed."""
    plot = forest_plot(base, "relapse", ["msc"], band_of(24))
    assert plot.panels == ()
    assert [(scope, band.months) for scope, band in plot.elsewhere] == [("lupus", 12)]


def test_rules_reach_the_plot(base):
    """Keeping studies that share people adds them to the rows."""
    plot = forest_plot(base, "any-remission", rules=SelectionRules(overlap="keep-all"))
    assert "dunn-2012" in studies(plot.panels[0].groups[0])
    assert plot.receipt.rules.overlap == "keep-all"


def test_unknown_names_are_refused(base):
    """A name that does not exist is an error that says so."""
    with pytest.raises(UnknownNameError, match="endpoint"):
        forest_plot(base, "happiness")
    with pytest.raises(UnknownNameError, match="therapy"):
        forest_plot(base, "death", ["magic"])
    with pytest.raises(EvidenceError, match="needs a therapy"):
        forest_plot(base, "death", [])
