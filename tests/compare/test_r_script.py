import re
import shutil
import subprocess

import pytest
from typer.testing import CliRunner

from lupus_evidence.cli.app import app
from lupus_evidence.compare.cells import Pooled
from lupus_evidence.compare.comparison import compare
from lupus_evidence.load import load
from lupus_evidence.render.compare.r_script import comparison_r

COMPARISON = compare(load(), ["hsct", "msc"])


def test_every_pooled_figure_is_fitted():
    """The script holds one data frame for each pooled figure that R can fit."""
    pooled = [
        cell
        for row in COMPARISON.rows
        for cell in row.cells
        if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is None
    ]
    assert comparison_r(COMPARISON).count("d <- data.frame(") == len(pooled) > 0


def test_the_command_prints_the_script():
    """`compare -f r` gives the script on standard output."""
    result = CliRunner().invoke(app, ["compare", "hsct", "msc", "-f", "r"])
    assert result.exit_code == 0
    assert "library(metafor)" in result.output


@pytest.mark.skipif(
    shutil.which("Rscript") is None
    or subprocess.run(
        ["Rscript", "-e", "library(metafor)"], capture_output=True, check=False
    ).returncode
    != 0,
    reason="R with metafor is not installed",
)
def test_r_gives_the_figure_that_stands_beside_the_default(tmp_path):
    """The rates of metafor are those of our own maximum-likelihood companion."""
    path = tmp_path / "figures.R"
    path.write_text(comparison_r(COMPARISON), encoding="utf-8")
    done = subprocess.run(
        ["Rscript", str(path)], capture_output=True, text=True, check=True
    )
    rates = [
        float(match) for match in re.findall(r"ci\.ub[^\n]*\n\s*([0-9.]+)", done.stdout)
    ]
    cells = [
        cell
        for row in COMPARISON.rows
        for cell in row.cells
        if isinstance(cell.figure, Pooled) and cell.figure.estimate.bound is None
    ]
    assert len(rates) == len(cells)
    compared = 0
    for rate, cell in zip(rates, cells, strict=True):
        companion = cell.figure.estimate.companion
        whole = all(float(i.events).is_integer() for i in cell.selection.included)
        if companion is not None and whole:
            # R prints four decimals
            assert companion.estimate == pytest.approx(rate, abs=6e-5)
            compared += 1
    assert compared > 0
