"""The survival curve against JAGS, metafor, individuals' data and closed forms."""

import json
from math import exp, log
from pathlib import Path

import pytest
from scipy.stats import norm

from lupus_evidence.evidence.effective_counts import effective_count
from lupus_evidence.records.field_types import Reported
from lupus_evidence.stats.deaths import (
    DeathsBetween,
    DeathsOver,
    deaths_by,
    deaths_over,
)
from lupus_evidence.stats.survival import HazardPriors, survival_curve

REFERENCE = Path(__file__).parent.parent / "reference"
JAGS = json.loads((REFERENCE / "survival_jags.json").read_text())["sets"]
RATE = json.loads((REFERENCE / "rate_metafor.json").read_text())
PEOPLE = json.loads((REFERENCE / "survival_individuals.json").read_text())["sets"]
# three tenths of a point for a median, one for an end, as a survival is printed
MEDIAN, END = 0.003, 0.01
# sampling leaves two thousandths in the spread's median, and more in a new centre
SPREAD = 0.002
# what is printed of 60 people a study leaves out when most of them died: over 200 seeds
# its likeliest survival is within 0.2 points of that of all the individuals on average,
# with a standard deviation of 0.7 (24 months) to 1.8 points (60); with ten times the
# people, as in the last set, a third of that
FEW, MANY = 0.03, 0.01


def printed(study):
    """Return what a study whose individuals are known would have told."""
    if study["kind"] == "visits":
        return deaths_by(study["months"], study["alive"], study["n"])
    if study["kind"] == "mean":
        return (deaths_over(study["deaths"], study["n"], study["months"]),)
    worth = effective_count(
        Reported(study["percent"]), se=Reported(study["se"]), people=study["n"]
    )
    return (DeathsBetween(worth.n - worth.events, worth.n, 0, study["months"]),)


def observed(study):
    """Return what a study of the reference says."""
    return tuple(
        DeathsBetween(one["deaths"], one["alive"], one["start"], one["end"])
        if one["kind"] == "between"
        else DeathsOver(one["deaths"], one["early"], one["later"])
        for one in study
    )


@pytest.mark.parametrize("reference", JAGS, ids=[one["name"] for one in JAGS])
def test_the_curve_is_what_jags_samples(reference):
    """Median, both ends, a new centre and the spread at six times: fifteen sets.

    Five of them inform one hazard only, where slices are narrower than their steps.
    """
    curve = survival_curve([observed(study) for study in reference["studies"]])
    for row in reference["curve"]:
        middle, ends = curve.alive(row["months"])
        assert middle == pytest.approx(row["alive"]["median"], abs=MEDIAN)
        assert ends == pytest.approx(row["alive"]["ci"], abs=END)
        far = curve.new_centre(row["months"])
        assert far == pytest.approx(row["new_centre"]["ci"], abs=END)
    assert curve.tau() == pytest.approx(reference["tau"], abs=SPREAD)


def test_a_constant_hazard_is_metafors_poisson_normal_rate():
    """Eight studies of deaths over person-time under one hazard (`measure="IRLN"`).

    Its interval is Wald's on the log scale, and its spread is estimated at 0.07.
    """
    studies = [
        (DeathsOver(deaths, months, 0),)
        for deaths, months in zip(RATE["deaths"], RATE["months"], strict=True)
    ]
    curve = survival_curve(studies, priors=HazardPriors(width=3, tau=0.07))
    middle, (low, high) = curve.alive(6)
    assert -log(middle) / 6 == pytest.approx(RATE["rate"], rel=0.01)
    ends = -log(high) / 6, -log(low) / 6
    assert ends == pytest.approx(RATE["ci"], rel=0.05)


@pytest.mark.parametrize("reference", PEOPLE, ids=[one["seed"] for one in PEOPLE])
def test_what_is_printed_tells_what_the_individuals_data_do(reference):
    """Deaths by a visit or two, deaths over a mean, and Kaplan-Meier with an error.

    Against Kaplan and Meier, and two Poisson rates, of all the individuals: within the
    stated points, and theirs lie in the curve's interval; with ten times the people the
    curve lies in theirs. Nor is it surer than two rates that know when everyone died.
    """
    studies = [printed(study) for study in reference["studies"]]
    curve = survival_curve(studies, priors=HazardPriors(width=3, tau=0.1))
    many = reference is PEOPLE[-1]
    for row in reference["curve"]:
        middle, (low, high) = curve.alive(row["months"])
        for known, least, most in (row["kaplan_meier"], row["two_rates"]):
            assert middle == pytest.approx(known, abs=MANY if many else FEW)
            assert low < known < high
            assert least < middle < most or not many
        assert high - low > row["two_rates"][2] - row["two_rates"][1]


@pytest.mark.parametrize("level", [0.8, 0.95, 0.98])
def test_a_hazard_that_nothing_was_seen_of_keeps_its_prior(level):
    """Seen from 6 months on only, survival to 6 months is exp(-6 h), h lognormal."""
    seen = next(one for one in JAGS if one["name"] == "14 landmark 6-60 only")
    curve = survival_curve([observed(one) for one in seen["studies"]], level=level)
    middle, ends = curve.alive(6)
    z = norm.ppf((1 + level) / 2)
    assert middle == pytest.approx(exp(-0.06), abs=1e-3)
    expected = [exp(-0.06 * exp(1.5 * side * z)) for side in (1, -1)]
    assert ends == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize(
    ("priors", "said"),
    [
        ({"width": 5.0}, "width must be above 0 and at most 3"),
        ({"tau": 0.0}, "tau must be above 0"),
        ({"early": 0.0}, "a hazard of 0 a month"),
        ({"later": 2.0}, "a hazard of 2 a month"),
    ],
)
def test_priors_beyond_the_tables_are_refused(priors, said):
    """With what is wrong, rather than a curve that nothing supports."""
    with pytest.raises(ValueError, match=said):
        HazardPriors(**priors)


@pytest.mark.parametrize("width", [0.2, 1.5, 3.0])
@pytest.mark.parametrize("tau", [0.01, 3.0])
def test_the_widest_and_narrowest_priors_give_curves(width, tau):
    """Of small studies without a death among them."""
    studies = [(DeathsBetween(d, n, 0, 12),) for d, n in ((0, 6), (1, 9), (0, 12))]
    curve = survival_curve(studies, priors=HazardPriors(width=width, tau=tau))
    rows = [curve.alive(months) for months in (1, 6, 12, 60)]
    assert all(0 <= low < middle < high <= 1 for middle, (low, high) in rows)
    assert [middle for middle, _ in rows] == sorted(
        (middle for middle, _ in rows), reverse=True
    )
