"""Trials pooled as metafor pools them, on its own sets, and as papers print them."""

import json
from math import exp, isfinite, sqrt
from pathlib import Path

import pytest

from lupus_evidence.stats.trials import pool_trials

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "trials_metafor.json").read_text("utf-8")
)
SETS = {entry["name"]: entry for entry in REFERENCE["sets"]}
# closed forms, printed with 15 digits; REML and Paule-Mandel with tolerances of 1e-12
CLOSED = 1e-11
# lme4 with 25 nodes and a tight optimiser, metafor with tight integrals
GLMM = 1e-4
# the same likelihoods, maximised in R with 60 nodes
OWN = 5e-6
METHODS = {"MH": "mh", "PETO": "peto", "EE": "common", "DL": "dl", "PM": "pm"}
METHODS["REML"] = "reml"
MEASURES = {"OR": "or", "RR": "rr", "RD": "rd"}
MODELS = {"UM.FS": "unconditional", "CM.EL": "conditional"}
FITTED = [
    (name, model)
    for name, entry in SETS.items()
    for model in MODELS
    if model in entry or f"{model}.own" in entry
]


def pooled(entry, **how):
    """Pool a set of the reference."""
    counts = (entry[key] for key in ("events_a", "n_a", "events_b", "n_b"))
    return pool_trials(*counts, **how)


def test_the_reference_does_not_shrink():
    """128 sets; as many fits as R converged on."""
    assert len(SETS) == 128
    assert sum("UM.FS" in entry for entry in SETS.values()) == 105
    assert sum("CM.EL" in entry for entry in SETS.values()) == 53
    assert len(FITTED) > 215


@pytest.mark.parametrize("name", SETS)
def test_closed_forms_agree(name):
    """Mantel-Haenszel, Peto, inverse variance: estimate, error, spread, Q, I^2.

    Where metafor adds half a person to trials that say nothing of a ratio, or has a
    standard error of 0, there is no estimate of ours, or an honest interval.
    """
    entry = SETS[name]
    for measure, effect in MEASURES.items():
        for method, there in entry[measure].items():
            if there.get("beta") is None:
                continue
            z, hk = (
                pooled(entry, effect=effect, method=METHODS[method], test=test)
                for test in ("z", "hk")
            )
            if z.informative == 0 and effect != "rd":
                assert z.noted("no-information") or z.estimate == pytest.approx(
                    0, abs=1e-3
                )
                continue
            assert z.estimate == pytest.approx(there["beta"], abs=CLOSED)
            if there.get("se"):
                assert z.se == pytest.approx(there["se"], abs=CLOSED)
            if "tau2" in there:
                assert z.tau2 == pytest.approx(there["tau2"], abs=1e-10, rel=1e-8)
            if z.k > 1 and "QE" in there:
                assert z.q == pytest.approx(there["QE"], abs=1e-9, rel=1e-9)
                assert z.i2 == pytest.approx(there["I2"] / 100, abs=1e-9)
            if hk.interval_method == "knha":
                assert hk.se == pytest.approx(there["se_knha"], abs=CLOSED)
            if z.prediction is not None and "pi" in there:
                assert z.prediction == pytest.approx(there["pi"], abs=1e-10)


@pytest.mark.parametrize(("name", "model"), FITTED)
def test_random_effects_logit_models_agree(name, model):
    """Within 1e-4 of metafor where it converges, within 5e-6 of the same likelihood."""
    entry = SETS[name]
    found = pooled(entry, method="glmm", model=MODELS[model])
    for key, within in ((model, GLMM), (f"{model}.own", OWN)):
        if key in entry and found.estimate is not None and isfinite(found.estimate):
            there = entry[key]
            assert found.estimate == pytest.approx(there["beta"], abs=within)
            assert found.se == pytest.approx(there["se"], abs=within)
            assert found.tau == pytest.approx(sqrt(there["tau2"]), abs=within)


def test_what_rosiglitazone_papers_print():
    """Nissen and Wolski 2007 (doi 10.1056/NEJMoa072761), by Peto's method."""
    for name, printed in (
        ("nissen2007-mi", (1.43, 1.03, 1.98)),
        ("nissen2007-cvdeath", (1.64, 0.98, 2.74)),
    ):
        found = pooled(SETS[name], method="peto")
        values = tuple(round(exp(x), 2) for x in (found.estimate, *found.ci))
        assert values == printed


def test_what_the_overview_of_beta_blockers_prints():
    """Yusuf et al. 1985, Table 6: Peto's odds ratio of deaths."""
    found = pooled(SETS["yusuf1985-table6"], method="peto")
    values = tuple(round(exp(x), 4) for x in (found.estimate, *found.ci))
    assert values == (0.9332, 0.7385, 1.1792)


def test_what_is_printed_of_bcg_vaccine():
    """Mantel-Haenszel and the GLMM of Stijnen 2010's kind on Colditz 1994's trials."""
    for effect, printed in (("or", (-0.4734, 0.0410)), ("rr", (-0.4537, 0.0393))):
        found = pooled(SETS["bcg"], effect=effect, method="mh")
        assert (round(found.estimate, 4), round(found.se, 4)) == printed


@pytest.mark.thorough
def test_the_default_lies_between_the_trials():
    """On every set with finite trials: its median within them, its interval around."""
    for entry in SETS.values():
        if entry["name"].startswith("made") or len(entry["n_a"]) > 20:
            continue
        found = pooled(entry)
        assert found.ci[0] < found.estimate < found.ci[1]
        middle = pooled(entry, method="reml", test="z")
        assert abs(found.estimate - middle.estimate) < 2 * middle.se + 0.2
