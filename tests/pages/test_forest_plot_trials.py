"""What trials with both arms found, drawn before the rates.

After a wanted change: ``LUPUS_EVIDENCE_GOLDEN=write pytest tests/pages``, then read
the difference.
"""

import csv
import json
import os
import re
from dataclasses import replace
from io import StringIO
from math import exp, log
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from evidence.made import base_of
from pages.drawn import trial, trials

from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.forest import forest_plot
from lupus_evidence.pages.forest import SECTIONS, forest_answer, forest_document
from lupus_evidence.pages.forest_plot import plots_of
from lupus_evidence.vocabulary import band_of
from lupus_evidence.writers import html, markdown
from lupus_evidence.writers.figure_file import render_figure
from lupus_evidence.writers.formats import FORMATS
from lupus_evidence.writers.plot_figure import AXIS_LEFT, AXIS_RIGHT
from lupus_evidence.writers.plot_text import Axis
from lupus_evidence.writers.terminal import Look, render_document

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
#: Points in an inch, the unit of a figure.
POINTS = 72
BOTH = ("uc-msc", "conventional")


def drawn(base=None, therapies=BOTH, **choices):
    """The forest plot of complete remission."""
    found = forest_plot(
        base or trials(), "complete-remission", list(therapies), **choices
    )
    return replace(found, receipt=replace(found.receipt, version="0.0.0"))


def shown(forest, width=80, *, plain=False, **choices):
    """A plot as a terminal shows it."""
    return render_document(
        forest_document(forest, **choices), Look(width, colour=False, plain=plain)
    )


def told(text):
    """A text without its line breaks."""
    return " ".join(text.split())


def written(forest, form):
    """A plot in one of its forms."""
    (known,) = (one for one in FORMATS if one.name == form)
    return known.write(forest_answer(forest), Look())


@pytest.fixture(scope="module")
def forest():
    """Three trials pooled, one without a lot, one left out."""
    return drawn()


@pytest.fixture(scope="module")
def by_lot(forest):
    """The lines of the trials by lot."""
    group, _ = plots_of(forest)[0].panels[0].groups
    return {line.label: line for line in group.lines}


@pytest.mark.parametrize(
    ("name", "width", "plain"), [("trials-80", 80, False), ("trials-ascii", 80, True)]
)
def test_page_is_the_golden_one(forest, name, width, plain):
    """Trials with both arms' counts, effect, prediction and shares; then the rates."""
    text = shown(forest, width, plain=plain)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("LUPUS_EVIDENCE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [20, 33, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("plain", [False, True])
def test_no_line_is_wider_than_the_terminal(forest, width, plain):
    """Every width is kept to."""
    text = shown(forest, width, plain=plain, sections=SECTIONS)
    # a name, a count and a rate are never cut
    assert max(map(len, text.split("\n"))) <= max(width, 34)


def test_each_trial_has_its_own_difference(by_lot):
    """16 of 40 against 10 of 40: Newcombe's interval by another way of writing it."""
    line = by_lot["Adams 2024"]
    assert line.texts[1:3] == ("16 of 40 v 10 of 40", "+15 (−5 to +34)")

    def wilson(events, n, z=1.959963984540054):
        middle = (events + z * z / 2) / (n + z * z)
        half = z * (events * (n - events) / n + z * z / 4) ** 0.5 / (n + z * z)
        return middle - half, middle + half

    (l1, u1), (l2, u2) = wilson(16, 40), wilson(10, 40)
    low = 0.15 - ((0.4 - l1) ** 2 + (u2 - 0.25) ** 2) ** 0.5
    high = 0.15 + ((u1 - 0.4) ** 2 + (0.25 - l2) ** 2) ** 0.5
    # on an axis of 50 points to either side
    assert line.ends == pytest.approx((0.5 + low, 0.5 + high), abs=1e-9)
    assert line.point == pytest.approx(0.65)


def test_what_trials_come_to_is_drawn_below_them(by_lot):
    """All people of both arms, the effect, and where a new trial would lie."""
    pooled, new = by_lot["Pooled"], by_lot["A new trial"]
    assert pooled.kind == "pooled"
    assert pooled.texts[1:3] == ("83 of 200 v 52 of 200", "+16 (+2 to +30)")
    assert new.texts[2] == "−4 to +38"
    assert new.ends[0] < 0.5 < pooled.ends[0]
    shares = [line.weight.value for line in by_lot.values() if line.weight]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares)


def test_every_measure_of_the_effect_is_told(forest):
    """Beside the model's effect stands Mantel and Haenszel's, worked out here."""
    tables = ((16, 40, 10, 40), (27, 60, 18, 60), (40, 100, 24, 100))
    top = sum(a * m / (n + m) for a, n, _, m in tables)
    bottom = sum(c * n / (n + m) for _, n, c, m in tables)
    weights = [n * m / (n + m) for _, n, _, m in tables]
    differences = [a / n - c / m for a, n, c, m in tables]
    mean = sum(map(float.__mul__, weights, differences)) / sum(weights)
    effects = forest.trials[0].effects
    assert effects.mh_risk_difference.estimate == pytest.approx(mean) == 0.155
    assert effects.mh_risk_ratio.estimate == pytest.approx(log(top / bottom))
    text = told(shown(forest, 200))
    assert (
        "15.5 percentage points (6.4 to 24.6), risk ratio 1.60 (1.20 to 2.12)" in text
    )
    assert "odds ratio 2.02 (1.13 to 3.60)" in text
    assert "certainty low" in text


def test_trials_without_a_lot_are_never_pooled_with_those_by_lot(forest):
    """They stand in a group of their own that says so."""
    by_chance, beside = plots_of(forest)[0].panels[0].groups
    assert by_chance.name.endswith("by lot")
    assert beside.name.endswith("control group, no lot")
    assert [line.label for line in beside.lines] == ["Evans 2022"]


def test_a_single_trial_is_a_line_alone():
    """Nothing is pooled, nothing predicted, no share."""
    one = drawn(base_of(trial("adams-2024", (16, 40), (10, 40))))
    (line,) = plots_of(one)[0].lines
    assert (line.label, line.weight) == ("Adams 2024", None)
    assert "Pooled" not in shown(one)
    assert "new trial" not in shown(one)


def test_two_trials_have_no_prediction():
    """They cannot show how much trials differ, and that is said."""
    two = drawn(
        base_of(
            trial("adams-2024", (16, 40), (10, 40)),
            trial("brown-2025", (27, 60), (18, 60)),
        )
    )
    assert "A new trial" not in shown(two)
    assert "With two trials no range" in told(shown(two, sections=["how"]))


@pytest.mark.parametrize("method", ["bayes", "glmm", "reml"])
def test_an_arm_without_the_outcome_has_a_difference(method):
    """No one in any treated arm: no ratio has an end, and the difference is drawn."""
    none = drawn(
        base_of(
            trial("adams-2024", (0, 40), (10, 40)),
            trial("brown-2025", (0, 60), (8, 60)),
        ),
        method=method,
    )
    pooled = next(x for x in plots_of(none)[0].lines if x.label == "Pooled")
    assert pooled.texts[1] == "0 of 100 v 18 of 100"
    assert 0 <= pooled.ends[0] <= pooled.point <= pooled.ends[1] <= 1
    assert pooled.point < 0.5
    assert "pooled" in shown(none)


def test_left_out_trials_are_named_and_explained(forest):
    """Which study, what its arm was given, and why."""
    assert "Not among the trials: Drake 2023 (uc-msc)." in told(shown(forest))
    text = told(shown(forest, 200, sections=["left-out"]))
    assert "Drake 2023 (trials): uc-msc: shares people with Adams 2024" in text
    assert "Drake 2023 (trials): conventional: shares people" in text


@pytest.mark.parametrize(
    ("first", "second", "ends"),
    [
        ((205, 400), (200, 400), ("−25", "+25")),
        ((16, 40), (10, 40), ("−50", "+50")),
        ((9, 10), (1, 10), ("−100", "+100")),
    ],
)
def test_the_axis_holds_everything_on_both_sides(first, second, ends):
    """25, 50 or 100 points, no more than needed."""
    plot = plots_of(drawn(base_of(trial("adams-2024", first, second))))[0]
    names = [text for _, text in plot.scale.ticks]
    assert (names[0], names[-1]) == ends
    assert names[1] == "0"
    assert all(0 <= end <= 1 for line in plot.lines for end in line.ends)
    assert all(re.fullmatch("[−+][1257][05]", text) for _, text in plot.scale.finer)


@pytest.mark.parametrize("width", [13, 14, 25, 61])
def test_signed_marks_end_over_their_places(forest, width):
    """No difference is the column in the middle."""
    axis = Axis(width, plots_of(forest)[0].scale)
    labels = axis.labels()
    assert len(labels) == width
    assert labels.startswith("−50")
    assert labels.endswith("+50")
    assert labels[axis.column(0.5)] == "0"


def test_where_an_interval_crosses_no_difference_can_be_seen(forest):
    """Adams crosses the line, Clark does not; with plain letters too."""
    for plain, across, line in ((False, "┼", "│"), (True, "+", "!")):
        text = shown(forest, 120, plain=plain).split("\n")
        adams, clark = (
            next(row for row in text if name in row)[40:]
            for name in ("Adams 2024", "Clark 2026")
        )
        assert across in adams.rpartition(")")[2]
        assert line in clark
        assert across not in clark.rpartition(")")[2]


def test_times_and_scopes_are_those_asked_for():
    """Without being asked all times of trials; asked, only those."""
    base = base_of(
        trial("adams-2024", (16, 40), (10, 40)),
        trial("brown-2025", (27, 60), (18, 60), at=24),
    )
    assert [one.question.band.months for one in drawn(base).trials] == [12, 24]
    asked = drawn(base, bands=[band_of(24)])
    assert [one.question.band.months for one in asked.trials] == [24]
    assert not drawn(base, scopes=["lupus"]).trials


def test_rules_reach_the_trials():
    """A trial smaller than asked for is left out with that reason."""
    found = drawn(rules=SelectionRules(min_n=100))
    names = [item.study for item in found.trials[0].trials]
    assert names == ["brown-2025", "clark-2026"]
    assert "adams-2024" in {x.study for x in found.trials[0].selection.excluded}


def test_each_therapy_is_drawn_against_controls_too():
    """Asked for msc alone, its trial against placebo is there; no therapy twice."""
    base = base_of(
        trial("adams-2024", (16, 40), (10, 40), arms=("uc-msc", "placebo")),
        trial("brown-2025", (27, 60), (18, 60), arms=("uc-msc", "bm-msc")),
    )
    found = drawn(base, ["msc"])
    assert [one.therapies for one in found.trials] == [("msc", "placebo")]
    wide = drawn(base, ["msc", "uc-msc"])
    assert {one.therapies for one in wide.trials} == {
        ("msc", "placebo"),
        ("uc-msc", "placebo"),
    }


def test_the_colour_is_that_of_the_treatment(forest):
    """The same as of its rates."""
    trial_plot, rates = plots_of(forest)
    colours = {group.therapy: group.colour for group in rates.panels[0].groups}
    assert trial_plot.panels[0].groups[0].colour == colours["uc-msc"]


def test_a_title_of_ones_own_leaves_the_question_on_the_panels(forest):
    """Above the trials and above the rates."""
    lines = shown(forest, 120, title="Figure 2").split("\n")
    assert lines[0] == "Figure 2"
    assert "Complete remission, kidney, at 12 months: trials" in lines
    assert "Complete remission, kidney, at 12 months" in lines


def test_notes_can_be_left_out(forest):
    """The pictures alone, with the meaning of their marks."""
    text = shown(forest, notes=False)
    assert "Not among" not in text
    assert "■ trial" in text


def test_without_trials_nothing_is_said_of_them():
    """A picture of rates has no word of trials, in no part."""
    alone = drawn(
        base_of(trial("adams-2024", (16, 40), (10, 40), design="case-series"))
    )
    assert not alone.trials
    assert len(plots_of(alone)) == 1
    assert "trial" not in shown(alone, sections=SECTIONS)


def texts(svg):
    """Every text of a figure with its height on the page."""
    return [
        ("".join(node.itertext()).strip(), float(node.get("y") or 0))
        for node in svg.iter(f"{SVG}text")
    ]


def test_a_figure_has_both_on_one_sheet(forest):
    """Trials first, each with its own headings and axis, one title, one receipt."""
    data = render_figure(plots_of(forest), "svg")
    svg = ET.fromstring(data)  # noqa: S314 - our own
    found = [text for text, _ in texts(svg)]
    for wanted in ("uc-msc v conventional", "People", "more with uc-msc", "+25"):
        assert found.count(wanted) == 1
    assert found.count("Complete remission, kidney, at 12 months") == 1
    assert found.index("more with uc-msc") < found.index("People")
    assert "+16 (+2 to +30)" in found
    desc = svg.find(f"{SVG}desc").text
    assert "Adams 2024 16 of 40 v 10 of 40 +15 (−5 to +34)" in desc
    assert desc.count("last search") == 1


def test_a_figure_draws_differences_to_scale(forest, by_lot):
    """A trial's line runs from the low to the high end of its interval."""
    svg = ET.fromstring(render_figure(plots_of(forest), "svg"))  # noqa: S314 - our own
    inch = AXIS_RIGHT - AXIS_LEFT
    ends = [(AXIS_LEFT + inch * end) * POINTS for end in by_lot["Clark 2026"].ends]
    paths = [
        [float(part) for part in node.get("d").split() if part not in "MLz"][::2]
        for node in svg.iter(f"{SVG}path")
        if node.get("d")
    ]
    assert any(xs == pytest.approx(ends, abs=0.01) for xs in paths if len(xs) == 2)


def test_tables_and_pages_have_every_line(forest):
    """Counts of both arms, the effect and what it comes to in other measures."""
    text = markdown.render_document(forest_document(forest))
    assert "| Pooled | 83 of 200 v 52 of 200 | +16 (+2 to +30) |" in text
    assert "15.5 percentage points" in text
    page = html.render_documents([forest_document(forest)])
    assert page.count('<path class="zero"') == 6  # five lines by lot, one without
    assert ">−50</text>" in page
    assert "15.5 percentage points" in page
    assert "Of 100 people: fewer | more with uc-msc" in page


def test_csv_has_the_trials_and_the_effect(forest):
    """A line for the effect holds what `compare` writes; each trial has both arms."""
    lines = list(csv.DictReader(StringIO(written(forest, "csv"))))
    kinds = [line["kind"] for line in lines]
    assert kinds[:4] == ["trial", "trial", "trial", "effect"]
    adams, effect = lines[0], lines[3]
    assert [
        float(adams[key])
        for key in ("events", "people", "control_events", "control_people")
    ] == [16, 40, 10, 40]
    assert float(adams["difference"]) == pytest.approx(0.15)
    assert sum(float(line["share"]) for line in lines[:3]) == pytest.approx(1)
    assert float(effect["mh_difference"]) == pytest.approx(0.155)
    assert float(effect["mh_risk_ratio"]) == pytest.approx(1.596, abs=5e-4)
    assert (effect["figure"], effect["compared_with"]) == (
        "trials-randomised",
        "conventional",
    )
    left_out = [line for line in lines[4:6] if line["kind"] == "left-out"]
    assert {line["reason"] for line in left_out} == {"overlap"}


def test_json_has_the_trials(forest):
    """Each with its own difference, and every measure of the effect."""
    found = json.loads(written(forest, "json"))["trials"][0]
    assert found["effects"]["odds_ratio"]["estimate"] == pytest.approx(
        exp(forest.trials[0].effects.odds_ratio.estimate)
    )
    adams = found["trials"][0]
    assert (adams["name"], adams["difference"]) == ("Adams 2024", pytest.approx(0.15))
    assert adams["ci_low"] < 0 < adams["ci_high"]


def test_the_bundled_trial_is_drawn(run):
    """Deng 2017 against placebo stands before the rates."""
    text = run("forest", "any-remission", "--width", "100").stdout
    line = next(row for row in text.split("\n") if "9 of 12 v 5 of 6" in row)
    assert "−8 (−40 to +34)" in line
    assert text.index("9 of 12 v 5 of 6") < text.index("Jayne 2004")
