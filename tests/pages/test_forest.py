"""The forest plot as a page: characters on a terminal, tables, and what is said below.

After a wanted change: ``LUPUS_EVIDENCE_GOLDEN=write pytest tests/pages``, then read
the difference.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from evidence.made import base_of, count, estimate, study
from pages.drawn import invented

from lupus_evidence.forest import forest_plot
from lupus_evidence.pages.forest import SECTIONS, forest_document
from lupus_evidence.pages.reasons import less_certain
from lupus_evidence.vocabulary import band_of
from lupus_evidence.writers import html, markdown
from lupus_evidence.writers.plot_text import Axis, can_draw
from lupus_evidence.writers.terminal import Look, render_document

GOLDEN = Path(__file__).parent / "golden"
STYLE = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(scope="module")
def plot():
    """The plot of remissions in the invented base."""
    found = forest_plot(invented(), "any-remission")
    return replace(found, receipt=replace(found.receipt, version="0.0.0"))


def shown(plot, width=80, *, plain=False, colour=False, **choices):
    """A plot as a terminal shows it."""
    page = forest_document(plot, **choices)
    return render_document(page, Look(width, colour, plain))


def told(text):
    """A text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "width", "plain"),
    [("unicode-80", 80, False), ("ascii-80", 80, True), ("unicode-120", 120, False)],
)
def test_page_is_the_golden_one(plot, name, width, plain):
    """Columns, intervals, pooled figure, those left out and receipt are as agreed."""
    text = shown(plot, width, plain=plain, sections=SECTIONS)
    path = GOLDEN / f"forest-{name}.txt"
    if os.environ.get("LUPUS_EVIDENCE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [20, 33, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("plain", [False, True])
def test_no_line_is_wider_than_the_terminal(plot, width, plain):
    """Every width is kept to; on a narrow one the name stands above its line."""
    text = shown(plot, width, plain=plain, sections=SECTIONS)
    longest = max(len(line) for line in text.split("\n"))
    # a name, a count and a rate are never cut: 8 + 2 + 20 columns and an indent
    assert longest <= max(width, 34)


def test_the_answer_fits_a_small_screen(run):
    """What one asks for first is no longer than 24 lines of 80 columns."""
    result = run("forest", "overall-survival", "--at", "24", "--width", "80")
    lines = result.stdout.rstrip("\n").split("\n")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    pooled = next(line for line in lines if "Pooled, 3 studies" in line)
    assert "◆" in pooled


def test_drawing_is_ascii_where_only_that_can_be_shown(plot):
    """The marks have letters that stand for them."""
    assert all(c.isascii() or c == "²" for c in shown(plot, plain=True))


@pytest.mark.parametrize("width", [13, 14, 25, 61])
def test_the_axis_runs_from_none_to_all(width):
    """0 % is the first column, 100 % the last, and 50 % the one in the middle."""
    axis = Axis(width)
    assert (axis.column(0), axis.column(1)) == (0, width - 1)
    assert abs(axis.column(0.5) - (width - 1) / 2) <= 0.5
    labels = axis.labels()
    assert len(labels) == width
    assert labels.index("50") + 1 == axis.column(0.5)


def test_an_interval_is_drawn_where_it_lies(plot):
    """The square of 20 of 31 stands between the marks of 50 and 100 %."""
    text = shown(plot)
    line = next(row for row in text.split("\n") if "Bell 2004" in row)
    bar = line[line.index("┊") :]
    assert bar.index("■") > bar.index("├")
    grid = next(row for row in text.split("\n") if "50" in row and "100" in row)
    assert grid.index("50") < line.index("■") < grid.index("100")


def test_studies_are_called_as_people_cite_them(plot):
    """No id stands in the picture or in what is said of it."""
    text = shown(plot, sections=["left-out", "how"])
    assert "Bell 2004" in text
    assert not re.search(r"[a-z]+-20\d\d", text)


def test_what_is_left_out_is_named_and_explained_on_request(plot):
    """Names always stand below the picture; reasons come when asked for."""
    assert "Left out: Dunn 2012 (hsct); Ford 2014 (msc)." in told(shown(plot))
    text = told(shown(plot, 200, sections=["left-out"]))
    assert "Dunn 2012 (hsct): shares people with Bell 2004" in text
    assert "Ford 2014 (msc): 2 people" in text


def test_the_receipt_stands_there_only_when_asked_for(plot):
    """It is not what a person reads first."""
    assert plot.receipt.data_hash not in shown(plot)
    assert plot.receipt.data_hash in shown(plot, sections=["receipt"])


def test_notes_can_be_left_out(plot):
    """The picture alone, with the meaning of its marks."""
    text = shown(plot, notes=False)
    assert "Left out" not in text
    assert "◆ pooled" in text


def test_a_therapy_that_was_asked_for_is_never_passed_over():
    """That nobody reports it is an answer too."""
    text = told(shown(forest_plot(invented(), "relapse", ["hsct", "msc"])))
    assert "No study of hsct gives a figure that can be used" in text
    assert "hsct" not in shown(forest_plot(invented(), "relapse"))


def test_a_title_can_be_given(plot):
    """It stands first, and what is counted below it."""
    lines = shown(plot, title="My figure 2").split("\n")
    assert lines[0] == "My figure 2"
    assert "Complete or partial remission, at 12 months" in lines


def test_everyone_or_no_one_is_a_bound():
    """Without an event there is a bound from zero and no diamond."""
    text = shown(forest_plot(invented(), "relapse", ["msc"]))
    line = next(line for line in text.split("\n") if "Pooled" in line)
    assert "at most" in line
    assert "◆" not in text


def test_estimates_are_marked():
    """A figure from a curve shows the people it is about, not a count of events."""
    text = shown(forest_plot(invented(), "overall-survival"), sections=["how"])
    assert "est. of 9" in text
    assert "est.: an estimate (Kaplan-Meier) for so many people" in told(text)


def test_a_cumulative_incidence_is_not_called_kaplan_meier():
    """What kind of estimate it is, is said by its own name."""
    item = estimate("relapse", "56", se="9", kind="cumulative-incidence")
    base = base_of(study("a-2001", item, n=28))
    text = shown(forest_plot(base, "relapse", ["msc"]), sections=["how"])
    assert "est. of 28" in text
    assert "cumulative incidence" in told(text)
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
    text = shown(plot)
    line = next(line for line in text.split("\n") if "Pooled" in line)
    assert "◆" in line
    assert less_certain("too-different") in told(text)


def test_everybody_treated_is_told_of():
    """A figure about those still followed says what it leaves of everybody treated."""
    base = base_of(study("a-2001", count("relapse", 12, 39, among="followed"), n=87))
    text = shown(forest_plot(base, "relapse", ["msc"]), 120)
    assert "of people still followed; at least 12 of 87 treated, 14 %" in text


def test_the_weak_points_of_a_method_are_said_without_asking(plot):
    """An estimator whose intervals are known to mislead is never shown without it."""
    other = forest_plot(invented(), "any-remission", method="freeman-tukey")
    assert "can mislead badly" in told(shown(other))
    assert "pooled by freeman-tukey" in shown(other)
    assert "can mislead badly" not in told(shown(plot))


def test_an_empty_plot_says_so():
    """Nothing to show is an answer."""
    text = shown(forest_plot(invented(), "malignancy"))
    assert "No study of hsct or msc gives a figure that can be used: cancer." in text


def test_a_time_without_figures_names_those_with():
    """Asked for another time, the answer says where there is something."""
    text = told(shown(forest_plot(invented(), "relapse", bands=[band_of(60)])))
    assert "Other times: 12 months." in text


def test_colour_only_adds_styles(plot):
    """Taking the styles away gives the plain output; therapies have their own."""
    coloured = shown(plot, colour=True)
    assert STYLE.sub("", coloured) == shown(plot)
    both = dict(zip(plot.therapies, re.findall("38;5;[0-9]+", coloured), strict=False))
    alone = shown(forest_plot(invented(), "any-remission", ["msc"]), colour=True)
    assert set(re.findall("38;5;[0-9]+", alone)) < set(
        re.findall("38;5;[0-9]+", coloured)
    )
    assert both["hsct"] not in alone


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


def test_ascii_leaves_nothing_else(run):
    """Letters with accents, dashes and squares are written without."""
    result = run("forest", "overall-survival", "--full", "--ascii")
    assert result.exit_code == 0
    assert result.stdout.isascii()
    assert "I2 49 %" in result.stdout


def test_a_page_in_markdown_has_every_line(plot):
    """Nothing drawn is lost where nothing can be drawn."""
    text = markdown.render_document(forest_document(plot))
    for wanted in ("Bell 2004 | 20 of 31 | 65 % (45 to 81)", "Pooled, 3 studies | 57"):
        assert wanted in text


def test_a_page_in_html_draws_each_interval(plot):
    """A picture for each line that has an interval, coloured by therapy."""
    text = html.render_documents([forest_document(plot)])
    drawn = [line for group in plot.panels[0].groups for line in group.rows]
    assert text.count('<path class="bar"') == len(drawn)
    assert "#0072b2" in text
    assert "#d55e00" in text


def test_data_are_those_of_the_comparison(run):
    """A line for a figure holds what `compare` writes for it; studies have theirs."""
    import csv
    from io import StringIO

    words = ("overall-survival", "--at", "24", "-f", "csv")
    lines = list(csv.DictReader(StringIO(run("forest", *words).stdout)))
    asked = ("hsct", "msc", "-e", "overall-survival", "--at", "24", "-f", "csv")
    cells = {
        row["therapy"]: row
        for row in csv.DictReader(StringIO(run("compare", *asked).stdout))
        if row["endpoint"] == "overall-survival"
    }
    figures = [line for line in lines if line["kind"] == "figure"]
    assert [line["therapy"] for line in figures] == ["hsct", "msc"]
    for line in figures:
        cell = cells[line["therapy"]]
        assert {key: line[key] for key in cell} == cell
    jayne = next(line for line in lines if line["study"] == "jayne-2004")
    assert (jayne["name"], jayne["events"], jayne["people"]) == (
        "Jayne 2004",
        "41",
        "53",
    )
    assert {line["study"]: line["reason"] for line in lines if line["reason"]} == {
        "alchi-2013": "overlap",
        "voltarelli-2005": "other-denominator",
        "li-2013": "overlap",
    }


def test_json_has_intervals_and_shares(run):
    """What is drawn can be drawn again from the data."""
    import json

    found = json.loads(run("forest", "overall-survival", "-f", "json").stdout)
    for row in found["rows"]:
        shares = [item["share"] for item in row["included"]]
        assert sum(shares) == pytest.approx(1) or not shares
        assert all(
            item["ci_low"] <= item["rate"] <= item["ci_high"]
            for item in row["included"]
        )
    assert found["receipt"]["method"] == "bayes"


def test_a_file_says_what_it_rests_on(run, tmp_path):
    """Unlike a screen, a file is read later and elsewhere."""
    path = tmp_path / "forest.txt"
    run("forest", "overall-survival", "--at", "24", "-o", path)
    text = path.read_text(encoding="utf-8")
    for wanted in ("last search", "HalfNormal", "shares people with Jayne 2004"):
        assert wanted in text
    assert "last search" not in run("forest", "overall-survival", "--at", "24").stdout
