"""Survival over time in a page, and as a table where nothing can be drawn."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from writers.curves import hsct, invented, msc

from lupus_evidence.documents.curve import StudyPoint
from lupus_evidence.documents.document import Document
from lupus_evidence.writers import html, markdown, word
from lupus_evidence.writers.inline_svg import MOST, curve_legend, curve_svg, thinned
from lupus_evidence.writers.picture_tables import curve_table
from lupus_evidence.writers.tabular import render_workbook
from lupus_evidence.writers.terminal import Look, render_table

HOSTILE = '<script>alert("1")</script> $x$ & "q"'


def drawn(plot):
    """The picture as parsed XML."""
    return ET.fromstring(curve_svg(plot))  # noqa: S314 - our own


def page(plot):
    """The picture on a page of its own."""
    return html.render_documents([Document("Title", "", (plot,))])


def test_it_is_small():
    """Without its words it takes no more than a few kilobytes."""
    svg = curve_svg(invented())
    assert len(svg) - len(re.search("<desc>.*</desc>", svg).group()) < 6000


def test_points_are_thinned_and_the_ends_kept():
    """A straight part needs none; a wild curve has no more than it may have."""
    points = hsct().points
    kept = thinned(points)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert len(kept) < 15
    wild = [replace(one, alive=0.5 + 0.4 * (-1) ** i) for i, one in enumerate(points)]
    assert len(thinned(wild)) == MOST
    assert thinned(wild)[-1] == wild[-1]


def test_it_is_said_and_named():
    """A picture with its name and all of it in words."""
    svg = drawn(invented())
    assert svg.get("role") == "img"
    assert svg.find("title").text == "Alive after treatment"
    assert "at 5 years 85 (76 to 91)" in svg.find("desc").text


def test_it_has_no_style_of_its_own():
    """The page's style and its rules for what may be loaded decide."""
    assert "style=" not in curve_svg(invented())
    assert "<style" not in curve_svg(invented())


def test_the_end_says_what_it_comes_to():
    """Number and interval at the end, and below the marks of time."""
    found = [node.text for node in drawn(invented()).iter("text")]
    for wanted in ("hsct 81", "(70 to 88)", "msc 95", "85", "76–91"):
        assert wanted in found


def test_nothing_is_drawn_beyond_the_end():
    """The curve of one year on an axis of seven ends where one year stands."""
    svg = drawn(invented(hsct(), replace(msc(), studies=())))
    _, own = (g for g in svg.iter("g") if g.find("path[@class='band']") is not None)
    numbers = {n.text: float(n.get("x")) for n in svg.iter("text") if n.get("x")}
    for path in own.iter("path"):
        xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", path.get("d"))]
        assert max(xs) <= numbers["1"] + 0.1


def test_hostile_names_stay_text():
    """In the picture, in its words, in marks and in the legend."""
    study = StudyPoint("x", HOSTILE, 12, 0.9, "counted", 9, pooled=False)
    curve = replace(hsct(), therapy=HOSTILE, name=HOSTILE, studies=(study,))
    silent = replace(curve, points=(), why_none=HOSTILE)
    plot = invented(curve, silent, title=HOSTILE, caption=HOSTILE, measured=HOSTILE)
    plot = replace(plot, legend=(("counted", HOSTILE),))
    text = page(plot)
    assert "<script" not in text
    assert HOSTILE in ET.fromstring(curve_svg(plot)).find("desc").text  # noqa: S314
    assert HOSTILE in curve_legend(plot)


def test_a_page_has_it_with_its_legend():
    """Below the picture stands what the marks mean, and who has no curve."""
    text = page(invented())
    assert '<svg class="curve"' in text
    assert "● counted at a visit" in text
    assert "CAR T cells: no curve, one study, of 5 people." in text
    assert "prefers-color-scheme:dark" in text


def test_markdown_and_word_have_the_table():
    """The rows stand there, with where a new centre would lie."""
    document = Document("Title", "", (invented(),))
    text = markdown.render_document(document)
    assert "| 60 | 85 (76 to 91) | 61 to 95 | 96 | 3 |" in text
    assert "one study: 12 of 14" in text
    docx = pytest.importorskip("docx")
    file = docx.Document(io.BytesIO(word.render_documents([document])))
    cells = [
        cell.text for table in file.tables for row in table.rows for cell in row.cells
    ]
    assert "85 (76 to 91)" in cells


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_table_fits_the_screen(width):
    """On a narrow one it leaves columns out and says which."""
    lines = render_table(curve_table(invented()), Look(width)).split("\n")
    assert max(map(len, lines)) <= width
    assert any(re.search(r"^ *60 +85 \(76 to 91\)", line) for line in lines)


def test_a_sheet_has_numbers():
    """Proportions for a spreadsheet, unrounded, and one study's own count."""
    openpyxl = pytest.importorskip("openpyxl")
    plot = invented()
    book = openpyxl.load_workbook(io.BytesIO(render_workbook([curve_table(plot)])))
    head, *rows = book["survival"].iter_rows(values_only=True)
    first = dict(zip(head, rows[4], strict=True))
    row = plot.curves[0].rows[4]
    assert first["therapy"] == "hsct"
    assert (first["months"], first["people"], first["studies"]) == (60, 96, 3)
    assert first["alive"] == pytest.approx(row.alive.estimate, abs=1e-12)
    assert first["new_high"] == pytest.approx(row.new_high, abs=1e-12)
    last = dict(zip(head, rows[6], strict=True))
    assert (last["alive"], last["single_alive"], last["single_people"]) == (
        None,
        12,
        14,
    )
