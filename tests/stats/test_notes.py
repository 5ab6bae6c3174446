"""Codes of what is said beside an estimate, and when a prediction is given."""

import pytest

from lupus_evidence.stats import notes
from lupus_evidence.stats.estimates import Note, NotPooled

CODES = {
    "NO_STUDIES": "no-studies",
    "ONE_STUDY": "one-study",
    "TAU_INFINITE": "tau-infinite",
    "NO_FINITE_MAXIMUM": "no-finite-maximum",
    "TOO_FEW_FOR_MODERATOR": "too-few-studies",
    "TWO_STUDIES": "two-studies",
    "SPREAD_ASSUMED": "spread-assumed",
    "PREDICTION_ASSUMED": "prediction-assumed",
    "PREDICTION_WIDE": "prediction-wide",
    "TOO_DIFFERENT": "too-different",
    "NO_COMPANION": "no-companion",
    "TAU_NOT_ESTIMABLE": "tau-not-estimable",
    "NOT_CONVERGED": "not-converged",
    "SPREAD_TAKEN_AS_KNOWN": "spread-taken-as-known",
    "SPREAD_ZERO": "spread-zero",
    "HALF_ADDED": "half-added",
    "LARGE_SAMPLE": "large-sample",
    "FREEMAN_TUKEY": "freeman-tukey",
    "TOO_NARROW": "too-narrow",
    "LUCKY_DRAW": "lucky-draw",
    "PROFILE_TOO_NARROW": "profile-too-narrow",
    "ONE_RATE": "one-rate",
    "UNADJUSTED": "unadjusted",
    "SINGLE_STUDY_SIDE": "single-study-side",
    "UNIFORM_SIDE": "uniform-side",
    "SIDE_TOO_DIFFERENT": "side-too-different",
    "NO_INFORMATION": "no-information",
    "TOTALS_COMPARED": "totals-compared",
    "ONE_ARM_EMPTY": "one-arm-empty",
    # what is said of trials has the code of the same thing said of studies
    "TRIALS_WITHOUT_MAXIMUM": "tau-infinite",
    "AT_CONTROL_RISK": "at-control-risk",
    "RISK_SMOOTHED": "risk-smoothed",
    "HALF_ADDED_TO_TRIALS": "half-added",
    "PETO_BIASED": "peto-biased",
    "ONE_EFFECT": "one-effect",
    "ONE_TRIAL": "one-trial",
    "TWO_TRIALS": "two-studies",
    "TRIAL_SPREAD_ASSUMED": "spread-assumed",
    "TRIALS_TOO_NARROW": "too-narrow",
}


def test_every_note_has_its_stable_code():
    """A machine reads the code; a note without one here is new and has to be added."""
    found = {
        name: note.code if isinstance(note, Note) else note.reason
        for name, note in vars(notes).items()
        if isinstance(note, Note | NotPooled)
    }
    assert found == CODES


def test_notes_with_numbers_name_them():
    """Priors as they were, and how many trials are silent."""
    prior = notes.tau_prior(0.75)
    assert prior.code == "tau-prior"
    assert "HalfNormal(0.75)" in prior.text
    bound = notes.uniform_prior(0.5)
    assert (bound.code, "HalfNormal(0.5)" in bound.text) == ("uniform-prior", True)
    trials = notes.trial_priors(0.5, 2.82)
    assert trials.code == "tau-prior"
    assert "HalfNormal(0.5)" in trials.text
    assert "N(0, 2.82^2)" in trials.text
    one, two = notes.uninformative_trials(1), notes.uninformative_trials(2)
    assert one.code == two.code == "uninformative-trials"
    assert one.text.startswith("1 trial says ")
    assert two.text.startswith("2 trials say ")


def test_everyone_or_no_one():
    """A lower bound where everyone had the outcome, else an upper one."""
    everyone, no_one = (
        notes.everyone_or_no_one(everyone=each) for each in (True, False)
    )
    assert (everyone.code, no_one.code) == ("all-events", "no-events")
    assert "lower" in everyone.text
    assert "upper" in no_one.text


@pytest.mark.parametrize(
    ("k", "interval", "shown", "said"),
    [
        (3, (0.1, 0.8), True, ("prediction-assumed",)),
        (4, (0.1, 0.8), True, ("prediction-assumed",)),
        (5, (0.1, 0.8), True, ()),
        (5, (0.0, 0.8), True, ()),
        (5, (0.1, 0.95), False, ("prediction-wide",)),
        (3, (0.0, 0.81), False, ("prediction-assumed", "prediction-wide")),
        (9, (0.05, 0.1), True, ()),
    ],
)
def test_when_a_prediction_is_worth_its_numbers(k, interval, shown, said):
    """From three studies on, with a caution below five; not over 80 points wide."""
    found, numbers, told = notes.judge_prediction(lambda: interval, k)
    assert found == interval
    assert numbers is shown
    assert tuple(note.code for note in told) == said


@pytest.mark.parametrize("k", [1, 2])
def test_two_studies_cannot_show_where_a_new_one_would_lie(k):
    """Nothing is worked out for them."""

    def never():
        raise AssertionError("worked out for nothing")

    found, shown, said = notes.judge_prediction(never, k)
    assert (found, shown) == (None, False)
    assert [note.code for note in said] == ["two-studies"]


def test_where_one_number_no_longer_describes_the_studies():
    """A posterior median of tau above 1."""
    assert notes.LARGEST_TRUSTED_TAU == 1
