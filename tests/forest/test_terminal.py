"""The forest plot in characters, checked against golden files of an invented base.

After a wanted change: ``LUPUS_EVIDENCE_GOLDEN=write pytest tests/forest``, then read
the difference.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from evidence.made import base_of, count, estimate, study
from forest.drawn import invented

from lupus_evidence.forest.build import forest_plot
from lupus_evidence.pages.reasons import less_certain
from lupus_evidence.render.forest.terminal import (
    Axis,
    can_draw,
    render_forest_terminal,
)
from lupus_evidence.vocabulary import ANY_TIME, band_of
from lupus_evidence.writers.terminal import Look

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def plot():
    """The plot of remissions in the invented base."""
    found = forest_plot(invented(), "any-remission")
    return replace(found, receipt=replace(found.receipt, version="0.0.0"))


@pytest.mark.parametrize(
    ("name", "width", "plain"),
    [("unicode-80", 80, False), ("ascii-80", 80, True), ("unicode-120", 120, False)],
)
def test_plot_is_the_golden_one(plot, name, width, plain):
    """Columns, intervals, pooled figure, those left out and receipt are as agreed."""
    text = render_forest_terminal(plot, Look(width), ascii_only=plain)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("LUPUS_EVIDENCE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [20, 33, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("plain", [False, True])
def test_no_line_is_wider_than_the_terminal(plot, width, plain):
    """Every width is kept to; on a narrow one the name stands above its line."""
    text = render_forest_terminal(plot, Look(width), ascii_only=plain)
    longest = max(len(line) for line in text.split("\n"))
    # a name, a count and a rate are never cut: 8 + 2 + 20 columns and an indent
    assert longest <= max(width, 34)


def test_plain_means_ascii(plot):
    """Nothing outside ASCII is left when it is asked for."""
    assert render_forest_terminal(plot, Look(80), ascii_only=True).isascii()


def test_an_interval_is_drawn_to_scale(plot):
    """The ends of a study's bar stand under their percentages on the axis."""
    text = render_forest_terminal(plot, Look(120))
    axis = next(line for line in text.split("\n") if line.endswith("100"))
    start, end = axis.index("0"), len(axis) - 1
    line = next(line for line in text.split("\n") if line.startswith("bell-2004"))
    scale = Axis(end - start + 1)
    group = next(g for p in plot.panels for g in p.groups if g.therapy == "hsct")
    row = next(row for row in group.rows if row.item.study == "bell-2004")
    assert line.index("├") - start == scale.column(row.low)
    assert line.index("■") - start == scale.column(20 / 31)
    assert line.index("┤") - start == scale.column(row.high)


def test_reasons_are_told(plot):
    """Each result that was left out stands below with its reason."""
    text = render_forest_terminal(plot, Look(None))
    assert "dunn-2012: shares people with bell-2004" in text
    assert "ford-2014: 2 people" in text


def test_everyone_or_no_one_is_a_bound():
    """Without an event there is a bound from zero and no diamond."""
    text = render_forest_terminal(forest_plot(invented(), "relapse", ["msc"]), Look(80))
    line = next(line for line in text.split("\n") if line.startswith("pooled"))
    assert "at most" in line
    assert "◆" not in line


def test_estimates_are_marked():
    """A figure from a curve shows the people it is about, not a count of events."""
    text = render_forest_terminal(
        forest_plot(invented(), "overall-survival", ["hsct"]), Look(80)
    )
    assert "est. of 9" in text
    assert "est.: an estimate about so many people (Kaplan-Meier)" in text


def test_a_cumulative_incidence_is_not_called_kaplan_meier():
    """What kind of estimate it is, is said by its own name."""
    item = estimate("relapse", "56", se="9", kind="cumulative-incidence")
    base = base_of(study("a-2001", item, n=28))
    text = render_forest_terminal(forest_plot(base, "relapse", ["msc"]), Look(80))
    assert "est. of 28" in text
    assert "cumulative incidence" in text
    assert "Kaplan-Meier" not in text
    assert "curve" not in text


def test_studies_that_differ_too_much_keep_their_estimate():
    """The pooled number stands, with the words beside it."""
    rates = ((1, 40), (39, 40), (2, 50), (48, 50), (20, 40))
    base = base_of(
        *(
            study(f"a-{2001 + i}", count("relapse", events, n), n=n)
            for i, (events, n) in enumerate(rates)
        )
    )
    plot = forest_plot(base, "relapse", ["msc"])
    estimate_of = plot.panels[0].groups[0].cell.figure.estimate
    assert estimate_of.noted("too-different")
    assert estimate_of.estimate is not None
    text = render_forest_terminal(plot, Look(80))
    line = next(line for line in text.split("\n") if line.startswith("pooled"))
    assert "◆" in line
    assert less_certain("too-different") in " ".join(text.split())


def test_everybody_treated_is_told_of():
    """A figure about those still followed says what it leaves of everybody treated."""
    base = base_of(study("a-2001", count("relapse", 12, 39, among="followed"), n=87))
    text = render_forest_terminal(forest_plot(base, "relapse", ["msc"]), Look(120))
    assert "of people still followed; at least 12 of 87 treated, 14 %" in text


def test_what_has_no_clock_is_drawn_whatever_time_is_asked_for():
    """A death from the treatment has one figure over all times."""
    base = base_of(study("a-2001", count("treatment-related-mortality", 2, 39), n=39))
    plot = forest_plot(base, "treatment-related-mortality", ["msc"], band_of(60))
    assert [panel.band for panel in plot.panels] == [ANY_TIME]


def test_an_empty_plot_says_so():
    """Nothing to show is an answer."""
    text = render_forest_terminal(forest_plot(invented(), "malignancy"), Look(80))
    assert text.startswith("No study of hsct or msc reports this: cancer.")


def test_colour_only_adds_styles(plot):
    """Taking the styles away gives the plain output."""
    coloured = render_forest_terminal(plot, Look(80, colour=True))
    assert "\x1b[1m" in coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m"):
        coloured = coloured.replace(code, "")
    assert coloured == render_forest_terminal(plot, Look(80))


@pytest.mark.parametrize(
    ("encoding", "drawable"),
    [
        ("utf-8", True),
        ("ascii", False),
        ("latin-1", False),
        (None, False),
        ("x", False),
    ],
)
def test_encodings_that_can_draw(encoding, drawable):
    """Only an encoding with all the marks draws them."""
    assert can_draw(encoding) is drawable


def test_a_time_can_be_asked_for():
    """One time asked for is the only one shown."""
    text = render_forest_terminal(
        forest_plot(invented(), "complete-remission", ["msc"], band_of(24)), Look(80)
    )
    assert "Complete remission, at 24 months" in text
