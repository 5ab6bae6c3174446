"""Beside each study of a picture stands how far it may be off, told without colour."""

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from appraised import judged
from evidence.made import base_of, cited, count
from pages.drawn import invented, trial

from lupus_evidence.documents.plot import LIGHTS
from lupus_evidence.forest import forest_plot
from lupus_evidence.pages.forest import forest_answer, forest_document
from lupus_evidence.pages.forest_plot import plots_of
from lupus_evidence.vocabulary import BIAS
from lupus_evidence.writers import html, markdown
from lupus_evidence.writers.figure_file import figure_description, render_figure
from lupus_evidence.writers.tabular import render_separated
from lupus_evidence.writers.terminal import Look, render_document

STYLE = re.compile("\x1b\\[[0-9;]*m")
SIGNS = {
    "Ames 2001": "+",
    "Bell 2004": "~",
    "Cole 2010": "x",
    "Dunn 2012": "?",
    "East 2013": "–",
}


@pytest.fixture(scope="module")
def rates():
    """Five studies of every level, the last judged by nobody, and a judged trial."""
    studies = [
        cited(
            f"{name.lower().replace(' ', '-')}",
            count("any-remission", 9, 12),
            therapy="hsct",
            n=12,
            **({"appraisal": [judged(level)]} if level else {}),
        )
        for name, level in zip(SIGNS, [*BIAS, None], strict=True)
    ]
    return forest_plot(base_of(*studies), "any-remission", ["hsct"])


@pytest.fixture(scope="module")
def trials():
    """Two trials, one of them judged."""
    base = base_of(
        trial("adams-2024", (16, 40), (10, 40), appraisal=[judged("some", "rob2")]),
        trial("brown-2025", (27, 60), (18, 60)),
    )
    return forest_plot(base, "complete-remission", ["uc-msc"])


def shown(plot, width=80, *, plain=False, colour=False):
    """A plot as a terminal shows it."""
    return render_document(forest_document(plot), Look(width, colour, plain))


def line_of(text, study):
    """The line of a study."""
    return next(line for line in text.split("\n") if study in line)


@pytest.mark.parametrize("width", [80, 120, None])
def test_every_study_has_its_sign(rates, width):
    """It stands under its heading, and in no line of what studies come to."""
    text = shown(rates, width)
    heading = line_of(text, "bias")
    place = heading.index("bias")
    assert {name: line_of(text, name)[place:] for name in SIGNS} == SIGNS
    assert len(line_of(text, "Pooled")) < place


def test_the_legend_says_what_each_sign_means(rates):
    """Only of those that occur, and of studies that nobody judged."""
    assert (
        "bias: + low, ~ some concerns, x high, ? no information, – not judged"
        in shown(rates, 120)
    )


def test_signs_are_the_same_without_colour(rates):
    """Colour adds nothing that the text does not say; ASCII is enough."""
    coloured = shown(rates, colour=True)
    assert STYLE.sub("", coloured) == shown(rates)
    assert len({line_of(coloured, name)[-10:] for name in SIGNS}) == len(SIGNS)
    plain = shown(rates, plain=True)
    assert all(letter.isascii() or letter == "²" for letter in plain)
    assert line_of(plain, "East 2013").endswith("  -")


def test_a_narrow_terminal_drops_signs_before_shares(rates):
    """And says so; no legend explains what is not there."""
    text = shown(rates, 72)
    assert "share" in line_of(text, "people")
    assert "bias" not in line_of(text, "people")
    assert "Not shown at this width: bias." in text
    assert "some concerns" not in text


@pytest.mark.parametrize("width", [20, 40, 60, 66, 72, 80, 100])
def test_no_line_is_wider_than_the_terminal(rates, trials, width):
    """With lights as without."""
    for plot in (rates, trials):
        longest = max(map(len, shown(plot, width).split("\n")))
        assert longest <= max(width, 34)


def test_trials_have_their_signs_too(trials):
    """A trial that nobody judged stands beside one that somebody did."""
    text = shown(trials, 100)
    assert line_of(text, "Adams 2024").endswith("  ~")
    assert line_of(text, "Brown 2025").endswith("  –")
    assert "bias: ~ some concerns, – not judged" in text


def test_nobody_judged_nothing_is_said():
    """Pictures of records without appraisals are as they were."""
    plot = forest_plot(invented(), "any-remission")
    (drawn,) = plots_of(plot)
    assert drawn.bias == ()
    page = [forest_document(plot)]
    svg = render_figure([drawn], "svg").decode()
    for text in (
        shown(plot),
        markdown.render_document(page[0]),
        html.render_documents(page),
        svg,
        figure_description([drawn]),
    ):
        assert "bias" not in text.lower()
    assert not any(colour in svg for colour in LIGHTS.values())


def test_figures_have_lights_with_their_signs(rates):
    """Each has its colour, its sign and, in the description, its word."""
    (drawn,) = plots_of(rates)
    svg = render_figure([drawn], "svg").decode()
    assert all(colour in svg for colour in LIGHTS.values())
    texts = ["".join(node.itertext()).strip() for node in ET.fromstring(svg).iter()]  # noqa: S314 - our own
    assert set(SIGNS.values()) <= set(texts)
    assert any(text.startswith("Risk of bias: + low") for text in texts)
    assert "Cole 2010 9 of 12 75 % (43 to 95), risk of bias: high" in texts[2]
    assert render_figure([drawn], "png")[:4] == b"\x89PNG"


def test_pages_say_the_word_beside_the_sign(rates):
    """Markdown in the cell, HTML for whoever cannot see the light."""
    text = markdown.render_document(forest_document(rates))
    assert "| x high |" in text
    assert "| – not judged |" in text
    page = html.render_documents([forest_document(rates)])
    assert 'role="img" title="risk of bias: high"' in page
    assert f'background:{LIGHTS["high"]}">x</span>' in page
    assert "Risk of bias: + low, ~ some concerns" in page


def test_data_name_level_and_tool(rates, trials):
    """CSV and JSON have both, empty where nobody judged."""
    for plot, kind, wanted in (
        (rates, "study", [*((one, "jbi-case-series") for one in BIAS), ("", "")]),
        (trials, "trial", [("some", "rob2"), ("", "")]),
    ):
        answer = forest_answer(plot)
        (table,) = answer.tables()
        rows = list(csv.DictReader(io.StringIO(render_separated(table))))
        found = [(row["bias"], row["bias_tool"]) for row in rows if row["kind"] == kind]
        assert found == wanted
        data = json.loads(json.dumps(answer.data()))
        items = [
            *(one for part in data["trials"] for one in part["trials"]),
            *(one for part in data["rows"] for one in part["included"]),
        ]
        told = [(one["bias"] or "", one["bias_tool"] or "") for one in items]
        assert told[: len(wanted)] == wanted


def test_what_is_left_out_has_its_level_in_csv():
    """Beside the reason why it is."""
    base = base_of(
        cited("ames-2001", count("any-remission", 9, 12), therapy="hsct", n=12),
        cited(
            "bell-2004",
            count("any-remission", 9, 12, lupus_specific=False),
            therapy="hsct",
            n=12,
            appraisal=[judged("high")],
        ),
    )
    (table,) = forest_answer(forest_plot(base, "any-remission", ["hsct"])).tables()
    (row,) = [row for row in table.rows if row["kind"] == "left-out"]
    assert (row["bias"], row["bias_tool"]) == ("high", "jbi-case-series")
