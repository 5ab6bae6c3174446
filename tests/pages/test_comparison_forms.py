"""Every form of a comparison, checked against golden files of an invented base.

After a wanted change: ``LUPUS_EVIDENCE_GOLDEN=write pytest tests/pages``, then read
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
from evidence.made import base_of, count, estimate, study
from pages.written import written

from lupus_evidence.compare.comparison import compare, explain
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.pages.comparison_page import FULL, SECTIONS
from lupus_evidence.pages.reasons import label
from lupus_evidence.stats.pooling import pool
from lupus_evidence.writers.terminal import Look

#: Full precision, as data carry it.
NUMBER = re.compile(r"-?\d+\.\d{4,}(?:e[-+]?\d+)?")
#: Libraries of linear algebra differ from machine to machine in later digits.
SURE = 1e-7
GOLDEN = Path(__file__).parent / "golden"
FORMS = {"table": "txt", "csv": "csv", "json": "json", "markdown": "md"}
#: Kinds of rows that belong to a cell.
FIGURES = {"pooled", "single-study", "not-pooled", "no-study"}
THERAPIES = ("hsct", "msc")
ENDPOINTS = (
    "overall-survival",
    "any-remission",
    "death",
    "treatment-related-mortality",
    "relapse",
)


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
            count("treatment-related-mortality", 0, 12, at=3),
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
            count("treatment-related-mortality", 2, 31, at=None),
            therapy="hsct",
            n=31,
            year=2004,
            discrepancies=["20 of 31 is 64.5 %; the abstract prints 65 %."],
        ),
        study(
            "cole-2010",
            count("any-remission", 11, 14),
            count("overall-survival", None, 14, percent="86.0"),
            estimate("overall-survival", "90"),
            therapy="hsct",
            n=14,
            shares=["bell-2004"],
        ),
        study(
            "dunn-2012",
            count("any-remission", 10, 30),
            count("any-remission", 8, 20, at=24, among="followed"),
            count("relapse", 4, 30),
            count("death", 1, 30, at=36),
            n=30,
        ),
        study(
            "east-2013",
            count("any-remission", 6, 25),
            count("any-remission", 9, 25, at={"months": 24, "basis": "best-ever"}),
            count("death", 3, 25),
            n=25,
        ),
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


def shown(made, form, width=80, explanations=(), **options):
    """A comparison in a form."""
    return written(made[0], form, Look(width), explanations, **options)


def of_each_kind(made):
    """A comparison cut down to what a person can read: some of everything."""
    found, explanations = made
    rows = tuple(row for row in found.rows if row.endpoint != "death")
    slim = replace(
        found,
        rows=tuple(row for row in rows if row.endpoint != "relapse"),
        variants=found.variants[:4],
        difference_variants=found.difference_variants[:3],
    )
    return slim, explanations[:2]


def one_of_each(value, kinds=("figure", "bound_side", "reason", "kind", "choice")):
    """Cut every list of data to the first row of each kind."""
    if isinstance(value, dict):
        return {key: one_of_each(item) for key, item in value.items()}
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return value
    found = {
        tuple(str(item.get(kind)) for kind in kinds): item for item in reversed(value)
    }
    return [one_of_each(item) for item in reversed(found.values())]


@pytest.mark.parametrize("form", FORMS)
def test_output_is_as_agreed(made, form):
    """Every form says what was read and agreed on, to the last digit that is sure."""
    slim = of_each_kind(made)
    text = shown(slim, form, explanations=slim[1])
    if form == "json":
        cut = one_of_each(json.loads(text))
        text = f"{json.dumps(cut, indent=2, ensure_ascii=False)}\n"
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
        Reason.OTHER_DISEASES,
        Reason.FEW,
        Reason.FAILS_CHECK,
    }
    for reason in reasons:
        assert label(reason) in text or reason.value in text, reason


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("asked", [False, True])
def test_an_indirect_difference_is_never_bare(made, form, asked):
    """None is printed unless asked for, and each says that it is unadjusted."""
    sections = SECTIONS if asked else FULL
    text = " ".join(shown(made, form, None, sections=sections).split())
    contrasts = sum(len(row.contrasts) for row in made[0].rows)
    assert contrasts
    said = text.count("Unadjusted comparison of different studies")
    assert said == (contrasts if asked else 0)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_the_page_fits_the_terminal(made, width):
    """No line is wider than the terminal."""
    explanations = made[1] if width >= 80 else ()
    text = shown(made, "table", width, explanations)
    assert max(len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_certainty_is_there_at_every_width(made, width):
    """How sure anyone can be is said in the answer itself."""
    text = " ".join(shown(made, "table", width, sections=(), every=False).split())
    assert "How sure anyone can be: very low for every figure" in text


def test_the_answer_is_a_line_for_each_main_outcome(made):
    """Every other row is asked for with --all, and always in the spreadsheet."""
    short = shown(made, "table", sections=(), every=False)
    full = shown(made, "table", sections=())
    assert "--all" in short
    assert "--all" not in full
    assert len(short.splitlines()) < len(full.splitlines())
    assert "Died, any cause" in full
    assert "Died, any cause" not in short
    data = [shown(made, "csv", every=every) for every in (True, False)]
    assert data[0] == data[1]


def test_a_part_asked_for_by_name_stands_alone(made):
    """`--people` gives the people and nothing else."""
    text = shown(made, "table", sections=("people",), answer=False)
    assert "Who these people were" in text
    for other in ("How sure", "Receipt", "Left out", "In brackets"):
        assert other not in text


def test_a_pipe_gets_everything(made):
    """Without a width no column is dropped."""
    assert "Not shown at this width" not in shown(made, "table", None)


def test_spreadsheet_has_one_row_for_each_cell_at_full_precision(made):
    """Rows are cells, proportions are the library's own, empty where unknown.

    Before them stand the effects in studies with both arms.
    """
    found = made[0]
    everything = list(csv.DictReader(io.StringIO(shown(made, "csv"))))
    rows = [row for row in everything if row["figure"] in FIGURES]
    curved = sum(len(line.curved) for line in found.survival.lines)
    assert len(everything) - len(rows) == len(found.trials) + curved
    assert found.trials
    assert curved
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
    pair = [
        row
        for row in rows
        if (row["endpoint"], row["when"]) == ("any-remission", "12")
        and not row["figure"].startswith("trials")
    ]
    first, second = (float(row["difference"]) for row in pair)
    assert first == -second
    assert pair[0]["compared_with"] == "msc"


def test_json_traces_every_included_result_to_file_and_line(made):
    """Study, arm, events, n, file, line and place are there, and the line is right."""
    content = json.loads(shown(made, "json"))
    assert content["schema_version"]
    assert content["data_hash"] == content["receipt"]["data_hash"]
    wanted = {"endpoint", "band", "therapy", "k", "people", "estimate", "ci_low"}
    wanted |= {
        "ci_high",
        "mean",
        "pi_low",
        "pi_high",
        "tau",
        "i2",
        "method",
        "not_pooled",
    }
    sources = {item.file: item.text.splitlines() for item in invented().files}
    seen = 0
    for row in content["rows"]:
        assert wanted <= set(row)
        for item in row["included"]:
            assert {"study", "arm", "events", "n", "where"} <= set(item)
            assert (item["events"] is None) == (item["form"] == "effective")
            line = sources[item["file"]][item["line"] - 1]
            assert line.lstrip().startswith("- ")
            seen += 1
        for item in row["excluded"]:
            assert item["reason"]
            assert item["line"] > 1
    assert seen
    assert {item["kind"] for item in content["contrasts"]} == {"indirect"}
    assert content["direct"][0]["kind"] == "randomised"


def csv_rows(*files, **options):
    """The rows of the CSV of a comparison, by endpoint and therapy."""
    found = compare(base_of(*files), THERAPIES, **options)
    text = written(found, "csv", Look())
    rows = csv.DictReader(io.StringIO(text))
    return {(row["endpoint"], row["therapy"], row["when"]): row for row in rows}


def test_effective_people_never_stand_beside_people():
    """81 +- 8 % of 28 people is 19.5 of 24.05 effective ones, in columns of its own."""
    rows = csv_rows(
        study("a-1", estimate("overall-survival", "81", se="8"), n=28),
        study("b-1", count("overall-survival", 15, 20, at=60), therapy="hsct"),
    )
    curve = rows["overall-survival", "msc", "60"]
    size = 0.81 * 0.19 / 0.08**2
    assert (curve["people"], curve["events"]) == ("28", "")
    assert float(curve["effective_people"]) == pytest.approx(size)
    assert float(curve["effective_events"]) == pytest.approx(0.81 * size)
    counts = rows["overall-survival", "hsct", "60"]
    assert (counts["people"], counts["events"]) == ("20", "15")
    assert counts["effective_people"] == counts["effective_events"] == ""
    (included,) = json.loads(
        written(
            compare(
                base_of(study("a-1", estimate("overall-survival", "81", se="8"), n=28)),
                THERAPIES,
                endpoints=["overall-survival"],
            ),
            "json",
            Look(),
        )
    )["rows"][1]["included"]
    assert (included["people"], included["events"], included["n"]) == (28, None, None)
    assert included["effective_people"] == pytest.approx(size)


def test_bands_have_months_and_a_name():
    """What is no stretch of time has no months, and is named."""
    ever = {"months": 12, "basis": "best-ever"}
    rows = csv_rows(
        study(
            "a-1",
            count("death", 3, 20, at=None),
            count("any-remission", 9, 20, at=ever),
            count("infection", 2, 20, at=24),
            count("relapse", 2, 20, at=24),
        )
    )
    bands = {
        endpoint: (row["when"], row["band"])
        for (endpoint, therapy, _), row in rows.items()
        if therapy == "msc" and endpoint != "overall-survival"
    }
    assert bands == {
        "death": ("not-stated", ""),
        "any-remission": ("best-ever", ""),
        "infection": ("any-time", ""),
        "relapse": ("24", "24"),
    }


def test_the_bound_for_everybody_and_the_prior_are_in_the_spreadsheet():
    """12 of 39 followed is at least 12 of 87 treated; other priors move a figure."""
    files = (
        study("a-1", count("death", 12, 39, among="followed"), n=87),
        study("b-1", count("death", 1, 20), therapy="hsct"),
        study("c-1", count("death", 9, 20), therapy="hsct"),
    )
    rows = csv_rows(*files)
    part = rows["death", "msc", "12"]
    assert (part["denominator"], part["at_least_events"], part["at_least_treated"]) == (
        "followed",
        "12",
        "87",
    )
    assert part["prior_moves"] == ""
    assert rows["death", "hsct", "12"]["at_least_treated"] == ""
    ends = [pool([1, 9], [20, 20], tau_prior=scale).ci for scale in (0.5, 2)]
    moved = max(abs(a - b) for a, b in zip(*ends, strict=True))
    found = float(rows["death", "hsct", "12"]["prior_moves"])
    assert found == pytest.approx(moved, abs=1e-5)


def test_contradictions_of_a_source_are_told_with_its_figure():
    """A line names the studies; the explanation and JSON have them in full."""
    files = (
        study("a-1", count("death", 3, 20), discrepancies=["3 of 20 is not 16 %."]),
        study("b-1", count("death", 3, 20), therapy="hsct"),
    )
    base = base_of(*files)
    found = compare(base, THERAPIES, endpoints=["death"])
    short = written(found, "table", Look())
    assert "see `show ID`): a-1." in short
    assert "not 16 %" not in short
    full = written(found, "table", Look(), explain(base, found))
    assert "3 of 20 is not 16 %." in full
    data = json.loads(written(found, "json", Look()))
    texts = [item["discrepancies"] for row in data["rows"] for item in row["included"]]
    assert sorted(texts) == [[], ["3 of 20 is not 16 %."]]
    assert csv_rows(*files)["death", "msc", "12"]["discrepancies"] == "a-1"


def test_a_cumulative_incidence_is_called_one():
    """Read off a curve is not Kaplan-Meier."""
    kind = {"kind": "cumulative-incidence", "se": "9"}
    time = {"months": 60, "basis": "kaplan-meier"}
    base = base_of(study("a-1", estimate("relapse", "56", at=time, **kind), n=28))
    found = compare(base, THERAPIES, endpoints=["relapse"])
    text = written(found, "table", Look(), explain(base, found))
    assert "cumulative incidence" in text
    assert "aplan" not in text


def test_metafor_and_r_name_the_time_band():
    """Figures without months are told apart by the band's label."""
    base = base_of(
        study("a-1", count("infection", 3, 20, at=3)),
        study("b-1", count("infection", 5, 20, at=24)),
    )
    found = compare(base, THERAPIES, endpoints=["infection"])
    rows = csv.DictReader(io.StringIO(written(found, "metafor", Look())))
    assert {(row["figure"], row["band"], row["when"]) for row in rows} == {
        ("msc, infection, lupus, at any time", "", "any-time")
    }
    assert "# msc, infection, lupus, at any time" in written(found, "r", Look())


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
    text = written(compare(base, THERAPIES), "json", Look())
    (item,) = json.loads(text)["direct"]
    assert item["odds_ratio"]["estimate"] is None
    assert item["odds_ratio"]["ci"][0] > 1


def test_empty_comparisons_say_so_in_every_form():
    """Nothing to show is an answer in words, and valid data."""
    found = compare(base_of(), THERAPIES)
    assert "No study of these therapies gives a figure" in " ".join(
        written(found, "table", Look(80)).split()
    )
    assert len(written(found, "csv", Look()).splitlines()) == 1
    assert json.loads(written(found, "json", Look()))["rows"] == []
    assert "No study" in written(found, "markdown", Look())


def test_records_cannot_write_to_the_terminal():
    """Escape sequences in a record arrive as text in every form."""
    base = base_of(
        study("a-1", count("death", 3, 20, where="\x1b[31mAbstract", printed="=1+1"))
    )
    found = compare(base, THERAPIES)
    for form in FORMS:
        text = written(found, form, Look(80), explain(base, found))
        assert "\x1b" not in text
