"""The forest plot as a picture file."""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from evidence.made import base_of, count, study
from pages.drawn import invented

from lupus_evidence.errors import EvidenceError, OutputError
from lupus_evidence.forest import forest_plot
from lupus_evidence.pages.forest_plot import plots_of
from lupus_evidence.writers.figure_file import KINDS, render_figure
from lupus_evidence.writers.plot_figure import AXIS_LEFT, AXIS_RIGHT

matplotlib = pytest.importorskip("matplotlib")

SVG = "{http://www.w3.org/2000/svg}"
#: Points in an inch, the unit of the picture.
POINTS = 72


@pytest.fixture(scope="module")
def plot():
    """The picture of remissions in the invented base."""
    (found,) = plots_of(forest_plot(invented(), "any-remission"))
    return found


@pytest.fixture(scope="module")
def svg(plot):
    """The plot as a parsed SVG."""
    return ET.fromstring(render_figure([plot], "svg"))  # noqa: S314 - our own


def texts(svg):
    """Every text of a picture."""
    return ["".join(node.itertext()).strip() for node in svg.iter(f"{SVG}text")]


def test_text_stays_text(svg):
    """Studies, counts and rates can be searched and copied, and who is left out."""
    found = texts(svg)
    for wanted in ("Bell 2004", "20 of 31", "65 % (45 to 81)", "Pooled, 3 studies"):
        assert wanted in found
    assert any("Left out: Dunn 2012, Ford 2014" in text for text in found)
    assert any("lupus-evidence " in text for text in found)


def test_svg_can_be_read_aloud(svg):
    """The picture has a role, a title and a description with every rate."""
    assert svg.get("role") == "img"
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert "remission" in title.text
    assert "Bell 2004 20 of 31 65 % (45 to 81)" in desc.text
    assert "Ford 2014 (2 people" in desc.text
    assert "HalfNormal(1)" in desc.text


def test_interval_is_drawn_to_scale(svg, plot):
    """A study's line runs from the low to the high end of its interval."""
    line = next(line for line in plot.lines if line.study == "bell-2004")
    inch = AXIS_RIGHT - AXIS_LEFT
    ends = [(AXIS_LEFT + inch * end) * POINTS for end in line.ends]
    drawn = [
        [float(part) for part in node.get("d").split() if part not in "MLz"][::2]
        for node in svg.iter(f"{SVG}path")
        if node.get("d")
    ]
    assert any(xs == pytest.approx(ends, abs=0.01) for xs in drawn if len(xs) == 2)


@pytest.mark.thorough
@pytest.mark.parametrize("suffix", KINDS)
def test_same_data_same_bytes(plot, suffix):
    """Nothing random and no date is in the file."""
    assert render_figure([plot], suffix) == render_figure([plot], suffix)


@pytest.mark.thorough
def test_same_bytes_in_another_process(plot, tmp_path):
    """Hash seeds do not reach the file."""
    code = (
        "import sys; from pages.drawn import invented;"
        "from lupus_evidence.forest import forest_plot;"
        "from lupus_evidence.pages.forest_plot import plots_of;"
        "from lupus_evidence.writers.figure_file import render_figure;"
        "(plot,) = plots_of(forest_plot(invented(), 'any-remission'));"
        "sys.stdout.buffer.write(render_figure([plot], 'pdf'))"
    )
    tests = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "PYTHONHASHSEED": "7",
            "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}",
        },
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.stdout == render_figure([plot], "pdf")


def test_files_are_what_their_names_say(plot):
    """Each kind starts as its format does; a point and capitals are allowed."""
    assert render_figure([plot], ".PNG").startswith(b"\x89PNG")
    assert render_figure([plot], "pdf").startswith(b"%PDF")
    assert b"<svg " in render_figure([plot], "svg")[:400]


def test_fonts_are_embedded(plot):
    """The PDF carries its letters as a font, not as drawings."""
    data = render_figure([plot], "pdf")
    assert b"/FontFile2" in data
    assert b"/CreationDate" not in data


def test_other_kinds_are_refused(plot):
    """A kind that cannot be drawn is an error that lists those that can."""
    with pytest.raises(OutputError, match="svg, pdf, png"):
        render_figure([plot], "gif")


def test_missing_library_is_said(plot, monkeypatch):
    """Without matplotlib the message says what to install."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(EvidenceError, match="figures"):
        render_figure([plot], "svg")


def test_nothing_in_a_record_is_read_as_markup():
    """Dollar signs, brackets and entities in a record stay text."""
    base = base_of(
        study(
            "evil-2020",
            count("any-remission", 1, 2, subgroup="$x^2$ <b>&amp;</b> ]]>"),
            n=2,
        ),
        study("fine-2020", count("any-remission", 3, 9), n=9),
    )
    data = render_figure(plots_of(forest_plot(base, "any-remission")), "svg")
    found = ET.fromstring(data).find(f"{SVG}desc").text  # noqa: S314 - our own
    assert "$x^2$ <b>&amp;</b> ]]>" in found


def test_an_empty_plot_is_a_figure():
    """Nothing to show is drawn as a sentence."""
    data = render_figure(plots_of(forest_plot(invented(), "malignancy")), "svg")
    assert "No study gives a figure for this." in data.decode()


def colours(svg):
    """Every colour that something is filled with."""
    return set(re.findall("fill: (#[0-9a-f]{6})", svg.decode()))


def test_a_therapy_keeps_its_colour(plot):
    """Alone, msc has the colour that it has beside hsct."""
    base = invented()
    both = colours(render_figure([plot], "svg"))
    alone = {
        name: colours(
            render_figure(plots_of(forest_plot(base, "any-remission", [name])), "svg")
        )
        for name in ("hsct", "msc")
    }
    assert alone["hsct"] | alone["msc"] == both
    assert alone["hsct"] != alone["msc"]


def test_what_stands_below_the_axis_is_small(run, tmp_path):
    """The footer of the main figure takes less than a fifth of it."""
    path = tmp_path / "forest.svg"
    run("forest", "overall-survival", "--at", "24", "-o", path)
    svg = ET.fromstring(path.read_bytes())  # noqa: S314 - our own
    total = float(svg.get("height").removesuffix("pt"))
    (axis,) = (n for n in svg.iter(f"{SVG}text") if n.text == "% of people")
    assert (total - float(axis.get("y"))) / total < 1 / 5


def test_notes_can_be_left_out(plot):
    """Nothing below the axis; the description says it all the same."""
    data = render_figure([plot], "svg", notes=False)
    svg = ET.fromstring(data)  # noqa: S314 - our own
    assert not any("Left out" in text for text in texts(svg))
    assert "Left out" in svg.find(f"{SVG}desc").text
