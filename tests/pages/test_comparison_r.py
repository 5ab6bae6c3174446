"""A comparison as an R script that works its pooled figures out again."""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lupus_evidence.cli.app import app
from lupus_evidence.compare.cells import Pooled
from lupus_evidence.compare.comparison import compare
from lupus_evidence.pages.comparison import comparison_r
from lupus_evidence.records.load import load

needs_r = pytest.mark.skipif(
    shutil.which("Rscript") is None
    or subprocess.run(
        ["Rscript", "-e", "library(metafor)"], capture_output=True, check=False
    ).returncode
    != 0,
    reason="R with metafor is not installed",
)


@pytest.fixture(scope="module")
def comparison():
    """The comparison of the bundled records."""
    return compare(load(), ["hsct", "msc"])


@pytest.fixture(scope="module")
def pooled(comparison):
    """What R can fit: each pooled figure by its title."""
    return {
        f"{cell.therapy}, {row.endpoint}, {row.scope}, {row.band.label}": cell
        for row in comparison.rows
        for cell in row.cells
        if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is None
    }


def test_every_pooled_figure_is_fitted(comparison, pooled):
    """The script holds one data frame for each pooled figure that R can fit."""
    script = comparison_r(comparison)
    assert script.count("d <- data.frame(") == len(pooled) > 0


def test_the_command_prints_the_script():
    """`compare -f r` gives the script on standard output."""
    result = CliRunner().invoke(app, ["compare", "hsct", "msc", "-f", "r"])
    assert result.exit_code == 0
    assert "library(metafor)" in result.output


def test_every_counted_number_is_a_row_for_metafor(comparison):
    """`compare -f metafor` has each counted study with its counts and its line."""
    result = CliRunner().invoke(app, ["compare", "hsct", "msc", "-f", "metafor"])
    everything = list(csv.DictReader(io.StringIO(result.stdout)))
    rows = [row for row in everything if row["xi"]]
    assert [
        (row["study"], float(row["xi"]), float(row["ni"]), row["file"], row["line"])
        for row in rows
    ] == [
        (item.study, item.events, item.n, item.place.file, str(item.place.line))
        for row in comparison.rows
        for cell in row.cells
        for item in cell.selection.included
    ]
    figures = {row["figure"] for row in rows}
    assert len(figures) == sum(
        bool(cell.k) for row in comparison.rows for cell in row.cells
    )
    tables = [
        [float(r[cell]) for cell in ("ai", "bi", "ci", "di")]
        for r in everything
        if r["ai"]
    ]
    assert tables == [
        [
            x.first.events,
            x.first.n - x.first.events,
            x.second.events,
            x.second.n - x.second.events,
        ]
        for answer in comparison.trials
        for x in answer.selection.included
    ]


def agreeing(output, pooled):
    """How many rates of an R output are those of our companions."""
    rates = re.findall(r"(?m)^(\S.*) ?\n\s*pred\s+ci\.lb.*\n\s*([0-9.]+)", output)
    found = {figure.strip(): float(rate) for figure, rate in rates}
    assert len(found) == len(pooled) > 0
    compared = 0
    for title, cell in pooled.items():
        companion = cell.figure.estimate.companion
        whole = all(float(i.events).is_integer() for i in cell.selection.included)
        if companion is not None and whole:
            # R prints four decimals
            assert companion.estimate == pytest.approx(found[title], abs=6e-5)
            compared += 1
    return compared


@pytest.mark.thorough
@needs_r
def test_r_gives_the_figure_that_stands_beside_the_default(
    comparison, pooled, tmp_path
):
    """The rates of metafor are those of our own maximum-likelihood companion."""
    path = tmp_path / "figures.R"
    path.write_text(comparison_r(comparison), encoding="utf-8")
    done = subprocess.run(
        ["Rscript", str(path)], capture_output=True, text=True, check=True
    )
    assert agreeing(done.stdout, pooled) > 0


@pytest.mark.thorough
@needs_r
def test_the_documented_lines_fit_the_exported_counts(pooled, tmp_path):
    """The R lines of docs/methods.md read the CSV and give the same rates."""
    command = ["compare", "hsct", "msc", "-f", "metafor"]
    CliRunner().invoke(app, [*command, "-o", str(tmp_path / "rates.csv")])
    page = (Path(__file__).parents[2] / "docs/methods.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"(?ms)^```r\n(.*?)^```", page)
    (tmp_path / "lines.R").write_text(lines, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "lines.R"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert agreeing(done.stdout, pooled) > 0
