"""Sentences beside an answer hold on any records, not on the bundled ones alone."""

import pytest
from invented import study_text

TRIAL = """\
id: roe-2024
title: An invented trial
citation: {authors: [Roe A], year: 2024, journal: J Invented, doi: 10.1000/roe}
design: randomised-trial
status: published
reading: primary-full-text
setting: {countries: [SE], centres: ["Hospital, Town"]}
population: {enrolled: 60, lupus: 60}
arms:
  cells: {therapy: hsct, n: 30}
  drug: {therapy: cyclophosphamide, n: 30}
follow_up: {median: "30", low: "6", high: "60"}
results:
  - {endpoint: overall-survival, arm: cells, at: 24, events: 28, n: 30, among: treated,
     where: Abstract}
  - {endpoint: overall-survival, arm: drug, at: 24, events: 25, n: 30, among: treated,
     where: Abstract}
"""


@pytest.fixture
def trial(tmp_path):
    """One trial with two arms."""
    (tmp_path / "roe-2024.yaml").write_text(TRIAL, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ["list", "table"])
def test_studies_that_share_nobody_are_not_said_to(run, folder, command):
    """Two hospitals, two groups of people: they may be added up."""
    output = run(command, "--studies", folder).output
    assert "share" not in output
    assert "add" not in output


def test_one_study_shares_with_nobody(run):
    """The other report of the same people is not in this list."""
    output = run("list", "--text", "alexander-2005").output
    assert "1 study." in output
    assert "share" not in output


def test_two_arms_of_one_study_are_not_called_different_studies(run, trial):
    """Both figures are the trial's own, and so is what stands between them."""
    compare = ("compare", "hsct", "cyclophosphamide", "--studies", trial)
    output = " ".join(run(*compare, "--full", "--differences").output.split())
    assert "28 of 30" in output
    assert "1 randomised trial, 60 people, compares hsct with" in output
    assert "other studies" not in output
    assert "ifferent studies of different people" not in output
    assert "No endpoint has a figure" not in output
    assert "Where both figures are arms of one study" in output


def test_a_figure_of_another_study_beside_them_is_told_apart(run, trial):
    """As soon as one figure rests on other people, a reader is told."""
    other = study_text(centre="Third, City", therapy="hsct")
    (trial / "doe-2020.yaml").write_text(other, encoding="utf-8")
    output = run("compare", "hsct", "cyclophosphamide", "--studies", trial).output
    assert "Figures that rest on other studies" in " ".join(output.split())


@pytest.mark.parametrize("command", ["list", "table"])
def test_an_empty_folder_has_no_filters_to_blame(run, tmp_path, command):
    """Nobody filtered anything."""
    (tmp_path / "_base.yaml").write_text(
        "version: '1'\nsearched: 2026-11\nsources: [here]\nlicence: CC0-1.0\n",
        encoding="utf-8",
    )
    done = run(command, "--studies", tmp_path)
    assert done.exit_code == 0
    assert "fits." in done.output
    assert "filter" not in done.output
