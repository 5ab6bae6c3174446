"""Every form of a comparison, checked against golden files of an invented base.

After a wanted change: ``LUPUS_EVIDENCE_GOLDEN=write pytest tests/compare``, then read
the difference.
"""

import csv
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from selection.made import base_of, count, estimate, study

from lupus_evidence.compare.comparison import compare, explain
from lupus_evidence.render.compare.formats import render_comparison
from lupus_evidence.render.terminal import Look
from lupus_evidence.selection.rules import Reason

#: Full precision, as data carry it.
NUMBER = re.compile(r"-?\d+\.\d{4,}(?:e[-+]?\d+)?")
#: Libraries of linear algebra differ from machine to machine in later digits.
SURE = 1e-7
GOLDEN = Path(__file__).parent / "golden"
FORMS = {"table": "txt", "csv": "csv", "json": "json", "markdown": "md"}
THERAPIES = ("hsct", "msc")
ENDPOINTS = ("overall-survival", "any-remission", "death", "relapse")


def invented():
    """A small base in which everything that can happen happens once."""
    arms = {
        "cells": {"therapy": "uc-msc", "n": 12},
        "none": {"therapy": "placebo", "n": 6},
    }
    return base_of(
        study(
            "ames-2001",
            count("any-remission", 9, 12),
            count("death", 0, 12),
            therapy="hsct",
            n=12,
            year=2001,
            population={"enrolled": 12, "lupus": 12, "age": {"mean": "31.5"}},
            setting={"countries": ["IT"], "recruitment": {"start": "1996"}},
        ),
        study(
            "bell-2004",
            count("any-remission", 20, 31, printed="65% (20/31)"),
            count("death", 0, 31),
            estimate("overall-survival", "84", se="8"),
            count("relapse", 6, 20, among="responders"),
            therapy="hsct",
            n=31,
            year=2004,
        ),
        study(
            "cole-2010",
            count("any-remission", 11, 14),
            count("overall-survival", None, 14, percent="86.0"),
            therapy="hsct",
            n=14,
            shares=["bell-2004"],
        ),
        study(
            "dunn-2012", count("any-remission", 10, 30), count("relapse", 4, 30), n=30
        ),
        study("east-2013", count("any-remission", 6, 25), count("death", 3, 25), n=25),
        study("ford-2014", count("any-remission", 1, 2), n=2),
        study("gray-2015", count("death", 2, 40, lupus_specific=False), n=40),
        study(
            "hill-2017",
            count("any-remission", 9, 12, arm="cells"),
            count("any-remission", 5, 6, arm="none"),
            arms=arms,
            n=18,
            design="randomised-trial",
        ),
        study("nct1", status="registered", population={"planned": 81}),
    )


@pytest.fixture(scope="module")
def made():
    """The comparison of the invented base, with its explanations."""
    base = invented()
    found = compare(base, THERAPIES, endpoints=ENDPOINTS, sensitivity=True)
    receipt = replace(found.receipt, version="0.0.0")
    return replace(found, receipt=receipt), explain(base, found)


def shown(made, form, width=80, explanations=()):
    """A comparison in a form."""
    return render_comparison(made[0], form, Look(width), explanations)


@pytest.mark.parametrize("form", FORMS)
def test_output_is_as_agreed(made, form):
    """Every form says what was read and agreed on, to the last digit that is sure."""
    text = shown(made, form, explanations=made[1])
    path = GOLDEN / f"comparison.{FORMS[form]}"
    if os.environ.get("LUPUS_EVIDENCE_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    agreed = path.read_bytes().decode()
    assert NUMBER.sub("#", text) == NUMBER.sub("#", agreed)
    numbers, expected = (
        [float(value) for value in NUMBER.findall(source)] for source in (text, agreed)
    )
    assert numbers == pytest.approx(expected, rel=SURE, abs=SURE)


@pytest.mark.parametrize("form", [*FORMS, "tsv"])
def test_what_was_left_out_is_in_every_form(made, form):
    """No form is silent about a reason why results are not in a figure."""
    text = shown(made, form)
    reasons = {item.reason for item in made[0].left_out}
    assert reasons == {
        Reason.NO_NUMBER,
        Reason.OVERLAP,
        Reason.NOT_LUPUS,
        Reason.FEW,
    }
    for reason in reasons:
        assert reason.label in text or reason.value in text, reason


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_an_indirect_difference_is_never_bare(made, form):
    """Each difference between therapies says that it is unadjusted."""
    text = " ".join(shown(made, form, None).split())
    assert text.count("Unadjusted comparison of different studies") == sum(
        len(row.contrasts) for row in made[0].rows
    )


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_the_page_fits_the_terminal(made, width):
    """No line is wider than the terminal."""
    text = shown(made, "table", width, made[1] if width >= 80 else ())
    assert max(len(line) for line in text.splitlines()) <= width


def test_columns_that_do_not_fit_are_named(made):
    """Certainty, spread and I² go first on a narrow screen, and are said to be gone."""
    text = " ".join(shown(made, "table", 80).split())
    dropped = re.search(r"Not shown at this width: ([^.]*)\.", text)
    assert "hsct certainty" in dropped[1]


def test_a_first_look_counts_what_it_does_not_show(made):
    """Rows beside the main ones are left out, counted, and still in the spreadsheet."""
    short = render_comparison(made[0], "table", Look(80), made[1], every=False)
    full = shown(made, "table", explanations=made[1])
    assert len(short.splitlines()) < len(full.splitlines())
    hidden = int(re.search(r"--all shows (\d+) more line", " ".join(short.split()))[1])
    titles = [
        line for line in full.splitlines() if line.startswith("Death from any cause, ")
    ]
    assert titles
    assert not set(titles) & set(short.splitlines())
    assert 0 < hidden < len(made[0].rows)
    data = [
        render_comparison(made[0], "csv", Look(), every=every)
        for every in (True, False)
    ]
    assert data[0] == data[1]


def test_a_pipe_gets_everything(made):
    """Without a width no column is dropped."""
    assert "Not shown at this width" not in shown(made, "table", None)


def test_spreadsheet_has_one_row_for_each_cell_at_full_precision(made):
    """Rows are cells, proportions are the library's own, empty where unknown."""
    found = made[0]
    rows = list(csv.DictReader(io.StringIO(shown(made, "csv"))))
    cells = [
        (row, cell) for row in (*found.rows, *found.unanswered) for cell in row.cells
    ]
    assert len(rows) == len(cells)
    for record, (row, cell) in zip(rows, cells, strict=True):
        assert record["endpoint"] == row.endpoint
        assert record["therapy"] == cell.therapy
        assert int(record["k"]) == cell.k
        if cell.estimate is None:
            assert record["estimate"] == ""
        else:
            assert float(record["estimate"]) == cell.estimate
            assert float(record["ci_low"]) == cell.ci[0]


def test_differences_in_a_spreadsheet_are_seen_from_each_side(made):
    """The row of either therapy holds the difference from the other, signs turned."""
    rows = list(csv.DictReader(io.StringIO(shown(made, "csv"))))
    pair = [row for row in rows if row["endpoint"] == "any-remission"]
    first, second = (float(row["difference"]) for row in pair)
    assert first == -second
    assert pair[0]["compared_with"] == "msc"


def test_json_traces_every_included_result_to_file_and_line(made):
    """Study, arm, events, n, file, line and place are there, and the line is right."""
    content = json.loads(shown(made, "json"))
    assert content["schema_version"]
    assert content["data_hash"] == content["receipt"]["data_hash"]
    wanted = {"endpoint", "band", "therapy", "k", "n", "estimate", "ci_low", "ci_high"}
    wanted |= {"pi_low", "pi_high", "tau", "i2", "method", "not_pooled"}
    sources = {item.file: item.text.splitlines() for item in invented().files}
    seen = 0
    for row in content["rows"]:
        assert wanted <= set(row)
        for item in row["included"]:
            assert {"study", "arm", "events", "n", "where"} <= set(item)
            line = sources[item["file"]][item["line"] - 1]
            assert line.lstrip().startswith("- ")
            seen += 1
        for item in row["excluded"]:
            assert item["reason"]
            assert item["line"] > 1
    assert seen
    assert {item["kind"] for item in content["contrasts"]} == {"indirect"}
    assert content["direct"][0]["kind"] == "randomised"


def test_infinite_ends_are_null_in_json():
    """Everyone in one arm and no one in the other has an infinite odds ratio."""
    arms = {
        "cells": {"therapy": "msc", "n": 12},
        "none": {"therapy": "placebo", "n": 6},
    }
    base = base_of(
        study(
            "a-1",
            count("any-remission", 12, 12, arm="cells"),
            count("any-remission", 0, 6, arm="none"),
            arms=arms,
            n=18,
            design="randomised-trial",
        )
    )
    text = render_comparison(compare(base, THERAPIES), "json", Look())
    (item,) = json.loads(text)["direct"]
    assert item["odds_ratio"]["estimate"] is None
    assert item["odds_ratio"]["ci"][0] > 1


def test_empty_comparisons_say_so_in_every_form():
    """Nothing to show is an answer in words, and valid data."""
    found = compare(base_of(), THERAPIES)
    assert "No study of these therapies gives a figure" in " ".join(
        render_comparison(found, "table", Look(80)).split()
    )
    assert len(render_comparison(found, "csv", Look()).splitlines()) == 1
    assert json.loads(render_comparison(found, "json", Look()))["rows"] == []
    assert "No study" in render_comparison(found, "markdown", Look())


def test_records_cannot_write_to_the_terminal():
    """Escape sequences in a record arrive as text in every form."""
    base = base_of(
        study("a-1", count("death", 3, 20, where="\x1b[31mAbstract", printed="=1+1"))
    )
    found = compare(base, THERAPIES)
    for form in FORMS:
        text = render_comparison(found, form, Look(80), explain(base, found))
        assert "\x1b" not in text
