"""Agreement with R metafor on its own results."""

import json
from pathlib import Path

import numpy as np
import pytest

from lupus_evidence.stats import glmm, inverse_variance
from lupus_evidence.stats.model_estimates import glmm_estimate
from lupus_evidence.stats.pooling import pool
from lupus_evidence.stats.proportions import interval

FOLDER = Path(__file__).parents[1] / "reference"
REFERENCE = json.loads((FOLDER / "metafor.json").read_text(encoding="utf-8"))
TIGHT = json.loads((FOLDER / "metafor_tight.json").read_text(encoding="utf-8"))

# closed forms, printed with 13 digits
SINGLE = 1e-9
# metafor's iterations stop at a change of 1e-5 in tau^2, close to the maximum
INVERSE_VARIANCE = 1e-6
# Paule-Mandel: metafor's root search stops within 6e-5 of tau^2
PAULE_MANDEL = 6e-5
# the same with tolerances of 1e-13, printed with 12 decimals
TIGHTLY = 1e-11
# lme4's optimiser, and its 25 nodes
GLMM = 1e-4
# more digits than either prints
PROBABILITY = 1e-9

NAMES = (
    "miller1978",
    "stijnen2010-control",
    "pritz1997",
    "debruin2009",
    "two-small",
    "k1",
    "zero-and-full-cells",
    "homogeneous",
    "identical",
    "all-zero",
    "all-events",
    "rare",
)
SETS = {entry["name"]: entry for entry in REFERENCE["results"]}
POOLED = [name for name in NAMES if name != "k1"]
ESTIMATORS = {"FE": "common", "DL": "dl", "PM": "pm", "REML": "reml", "ML": "ml"}
FITS = [(e, t) for e in ESTIMATORS for t in ("z", "knha") if (e, t) != ("FE", "knha")]
# metafor's own quadrature has not settled here: see test_glmm.py
SPARSE = {"zero-and-full-cells"}
FITTED = [n for n in POOLED if n not in SPARSE and "error" not in SETS[n]["glmm"]]
REFUSED = [n for n in POOLED if "error" in SETS[n]["glmm"]]


def counts(name):
    """Return events and people of a set as arrays."""
    entry = SETS[name]
    return (
        np.atleast_1d(np.array(entry["events"], dtype=float)),
        np.atleast_1d(np.array(entry["n"], dtype=float)),
    )


def test_the_reference_does_not_shrink():
    """All twelve sets, five estimators, two tests and two moderator fits are there."""
    assert tuple(SETS) == NAMES
    assert REFERENCE["metafor"] == "3.8.1"
    fits = [key for entry in SETS.values() for key in entry if key.startswith("logit_")]
    assert len(fits) == len(NAMES) * 9
    assert len(FITTED) == 7
    assert REFUSED == ["identical", "all-zero", "all-events"]
    assert "glmm_mods" in SETS["debruin2009"]
    assert len(TIGHT["results"]) == 17


@pytest.mark.parametrize("name", NAMES)
def test_single_studies(name):
    """Each study's exact and Wilson interval is R's."""
    for x, n, there in zip(*counts(name), SETS[name]["single"], strict=True):
        assert interval(x, n, method="exact") == pytest.approx(
            there["exact"], abs=SINGLE
        )
        assert interval(x, n) == pytest.approx(there["wilson"], abs=SINGLE)


@pytest.mark.parametrize(("estimator", "test"), FITS)
@pytest.mark.parametrize("name", POOLED)
def test_inverse_variance(name, estimator, test):
    """Logit, error, tau^2, intervals, Q, I^2 and H^2 are those of `rma`."""
    there = SETS[name][f"logit_{estimator}_{test}"]
    here = inverse_variance.fit_normal(
        *inverse_variance.logits(*counts(name)), ESTIMATORS[estimator]
    )
    close = PAULE_MANDEL if estimator == "PM" else INVERSE_VARIANCE
    assert here.mean == pytest.approx(there["logit"], abs=close)
    assert here.tau2 == pytest.approx(there["tau2"], abs=close)
    assert here.q == pytest.approx(there["Q"], abs=PROBABILITY)
    assert here.q_p == pytest.approx(there["Qp"], abs=PROBABILITY)
    # in points of 100, and a ratio: as far from theirs as tau^2 makes them
    assert here.i2 * 100 == pytest.approx(there["I2"], abs=1000 * close)
    assert here.h2 == pytest.approx(there["H2"], abs=100 * close)
    se = here.se if test == "z" else here.se_knha
    assert se == pytest.approx(there["se"], abs=close)
    assert here.ci(test, 0.95) == pytest.approx(there["ci"], abs=close)
    if there["pi"] is not None:
        assert here.prediction(test, 0.95) == pytest.approx(there["pi"], abs=2 * close)


@pytest.mark.parametrize("estimator", ["PM", "REML", "ML"])
@pytest.mark.parametrize("entry", TIGHT["results"], ids=lambda entry: entry["name"])
def test_inverse_variance_with_tight_tolerances(entry, estimator):
    """With metafor's tolerances tightened, eleven decimals and tau^2's ends agree."""
    y, v = inverse_variance.logits(np.array(entry["events"]), np.array(entry["n"]))
    here, there = inverse_variance.fit_normal(y, v, estimator.lower()), entry[estimator]
    assert here.mean == pytest.approx(there["logit"], abs=TIGHTLY)
    assert here.se == pytest.approx(there["se"], abs=TIGHTLY)
    assert here.tau2 == pytest.approx(there["tau2"], abs=TIGHTLY)
    ends = (
        inverse_variance.profile_interval(y, v, 0.95)
        if estimator == "ML"
        else inverse_variance.q_profile_interval(y, v, 0.95)
    )
    assert ends == pytest.approx(there["tau2_ci"], abs=TIGHTLY)


@pytest.mark.parametrize("name", POOLED)
def test_freeman_tukey(name):
    """The double arcsine and its harmonic-mean back-transformation are metafor's."""
    x, n = counts(name)
    there = SETS[name]["ft_REML"]
    here = inverse_variance.fit_normal(*inverse_variance.double_arcsine(x, n), "reml")
    assert here.mean == pytest.approx(there["y"], abs=INVERSE_VARIANCE)
    assert here.se == pytest.approx(there["se"], abs=INVERSE_VARIANCE)
    back = [inverse_variance.back_transform(end, n) for end in here.ci("z", 0.95)]
    assert back == pytest.approx(there["ci"], abs=INVERSE_VARIANCE)
    rate = inverse_variance.back_transform(here.mean, n)
    assert rate == pytest.approx(there["prop"], abs=INVERSE_VARIANCE)


@pytest.mark.parametrize("name", FITTED)
def test_glmm(name):
    """Logit, error, tau^2 and intervals are those of `rma.glmm` with 25 nodes."""
    x, n = counts(name)
    there = SETS[name]["glmm"]
    here = {
        test: glmm_estimate((tuple(x), tuple(n)), 0.95, test, profile=False)
        for test in ("z", "t")
    }
    assert here["t"].logit == pytest.approx(there["logit"], abs=GLMM)
    assert here["t"].se == pytest.approx(there["se"], abs=GLMM)
    assert here["t"].tau2 == pytest.approx(there["tau2"], abs=GLMM)
    for test in ("z", "t"):
        ends = np.log(here[test].ci) - np.log1p(-np.array(here[test].ci))
        assert ends == pytest.approx(there[f"ci_{test}"], abs=2 * GLMM)
    if here["z"].prediction is not None:
        ends = np.log(here["z"].prediction) - np.log1p(-np.array(here["z"].prediction))
        assert ends == pytest.approx(there["pi_z"], abs=GLMM)
    assert here["t"].q == pytest.approx(there["QE_LRT"], abs=GLMM)
    assert here["t"].i2 * 100 == pytest.approx(there["I2"], abs=100 * GLMM)
    if here["t"].tau == 0:
        # with a spread, lme4 leaves a constant out of what it calls log-likelihood
        assert here["t"].log_likelihood == pytest.approx(there["loglik"], abs=GLMM)


@pytest.mark.parametrize("entry", TIGHT["results"], ids=lambda entry: entry["name"])
def test_glmm_with_many_nodes(entry):
    """With up to 99 nodes in metafor, sparse and simulated sets agree as well."""
    there = entry["glmm"]
    here = glmm.fit(glmm.group_studies(tuple(entry["events"]), tuple(entry["n"])))
    assert here.logits[0] == pytest.approx(there["logit"], abs=GLMM)
    assert here.se == pytest.approx(there["se"], abs=GLMM)
    assert here.tau**2 == pytest.approx(there["tau2"], abs=GLMM)


def test_glmm_with_moderator():
    """Two groups with a common tau give the coefficients of `rma.glmm(mods=)`."""
    entry = SETS["debruin2009"]
    groups = tuple("ab".index(label) for label in entry["group"])
    here = glmm.fit(
        glmm.group_studies(tuple(entry["events"]), tuple(entry["n"]), groups)
    )
    there = entry["glmm_mods"]
    (first, mixed), (_, second) = here.covariance
    difference = here.logits[1] - here.logits[0]
    se = np.sqrt(first + second - 2 * mixed)
    assert here.logits[0] == pytest.approx(there["coef"][0], abs=GLMM)
    assert difference == pytest.approx(there["coef"][1], abs=GLMM)
    assert np.sqrt(first) == pytest.approx(there["se"][0], abs=GLMM)
    assert se == pytest.approx(there["se"][1], abs=GLMM)
    assert here.tau**2 == pytest.approx(there["tau2"], abs=GLMM)
    assert (difference / se) ** 2 == pytest.approx(there["QM"], abs=10 * GLMM)


@pytest.mark.parametrize("name", REFUSED)
def test_what_metafor_refuses_has_an_answer(name):
    """Where `rma.glmm` stops with an error there is an estimate or a bound."""
    here = pool(*counts(name), method="glmm")
    if name == "identical":
        assert here.estimate == pytest.approx(0.5)
        assert here.tau == 0
    else:
        assert here.estimate is None
        assert 0 < here.bound.model < 1
