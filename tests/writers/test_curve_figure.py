"""Survival over time as a picture file."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from writers.curves import hsct, invented, msc

from lupus_evidence.documents.curve import CurveRow, StudyPoint
from lupus_evidence.documents.text import percent
from lupus_evidence.documents.values import People
from lupus_evidence.writers.curve_figure import ON_WHITE, drawn_curve
from lupus_evidence.writers.curve_labels import curve_description, label_places
from lupus_evidence.writers.figure_file import KINDS, render_figure

pytest.importorskip("matplotlib")

SVG = "{http://www.w3.org/2000/svg}"


def parsed(plot, **choices):
    """The figure as a parsed SVG."""
    return ET.fromstring(render_figure(plot, "svg", **choices))  # noqa: S314 - our own


def texts(svg):
    """Every text of a figure."""
    return ["".join(node.itertext()).strip() for node in svg.iter(f"{SVG}text")]


def test_text_stays_text():
    """What the curves end at, who was watched, and what must be known can be copied."""
    found = texts(parsed(invented()))
    for wanted in ("hsct 81", "(70 to 88)", "msc 95", "85", "76–91", "350", "12 of 14"):
        assert wanted in found
    assert any("Different studies, different people" in text for text in found)
    assert any("CAR T cells: no curve, one study" in text for text in found)


def test_upright_axis_begins_at_zero():
    """Its first number is 0 and its last 100."""
    found = texts(parsed(invented()))
    assert {"0", "20", "40", "60", "80", "100"} <= set(found)


def test_description_holds_every_number():
    """Rows and studies are said to those who cannot see them."""
    plot = invented()
    svg = parsed(plot)
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert desc.text == curve_description(plot)
    for curve in plot.curves:
        for row in curve.rows:
            assert f"{row.people} people watched" in desc.text
            if row.alive:
                said = f"{percent(row.alive.estimate)} ({percent(row.alive.low)} to "
                assert said in desc.text
                assert f"new centre {percent(row.new_low)} to " in desc.text
        for study in curve.studies:
            number = f"{study.label}: {percent(study.alive)} of 100 at "
            assert number in desc.text
    assert "one study: 12 of 14" in desc.text


def test_nothing_is_drawn_beyond_the_end():
    """The curve of one year ends at the mark of one year, at its number."""
    figure = drawn_curve(invented())
    (axes,) = figure.axes
    colour = ON_WHITE[1]
    lines = [line for line in axes.lines if line.get_color() == colour]
    ticks = {text.get_text(): text.get_position()[0] for text in axes.texts}
    typical = max(lines, key=lambda line: line.get_linewidth())
    assert typical.get_xdata()[-1] == pytest.approx(ticks["1"])
    assert max(line.get_xdata()[0] for line in lines) <= ticks["1"] + 1e-9


def test_curves_differ_without_colour():
    """Each has a line style of its own."""
    figure = drawn_curve(invented())
    (axes,) = figure.axes
    wide = [line for line in axes.lines if line.get_linewidth() > 1.5]
    assert len({str(line._unscaled_dash_pattern) for line in wide}) == len(wide) == 2  # noqa: SLF001


def test_labels_at_the_same_end_stand_apart():
    """Two curves that end alike have both labels to be read."""
    plot = invented(hsct(), replace(hsct(), therapy="msc", colour=1))
    places = label_places(plot, 10, 0.1)
    assert abs(places["hsct"] - places["msc"]) >= 0.1


def test_a_single_study_that_counted_nobody_has_its_percentage():
    """An estimate of one study beyond the curve's end is said as such."""
    late = StudyPoint("late-2000", "Late 2000", 120, 0.86, "estimated", 24)
    row = CurveRow(120, None, None, None, 24, 1, People(None, 24, estimated=True))
    plot = invented(replace(hsct(), studies=(late,), rows=(row,)))
    assert "est. 86" in texts(parsed(plot))
    assert "at 10 years one study: est. 86" in curve_description(plot)


@pytest.mark.parametrize("suffix", KINDS)
def test_same_data_same_bytes(suffix):
    """Nothing random and no date is in the file."""
    assert render_figure(invented(), suffix) == render_figure(invented(), suffix)


def test_notes_can_be_left_out():
    """Nothing below the table; the description says it all the same."""
    svg = parsed(invented(), notes=False)
    assert not any("Different studies" in text for text in texts(svg))
    assert "Different studies" in svg.find(f"{SVG}desc").text


def test_nothing_in_a_name_is_read_as_markup():
    """Dollar signs and brackets stay text."""
    name = "$x^2$ <script>alert(1)</script>"
    svg = parsed(invented(replace(msc(), name=name)))
    assert name in texts(svg)
    assert name in svg.find(f"{SVG}desc").text


def test_empty_pictures_are_figures():
    """No therapy, and none with a curve."""
    for curves in ((), (replace(msc(), points=(), studies=(), rows=()),)):
        plot = replace(invented(), curves=curves)
        assert render_figure(plot, "png").startswith(b"\x89PNG")
