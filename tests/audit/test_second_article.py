"""A second, invented page: true, wrong and untraceable figures against the records."""

from pathlib import Path

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.load import load

CONTEXT = "supported, context missing"

#: By claim: the verdict, and a finding that must be there.
EXPECTED = {
    # true, but 13 deaths and 9 relapses are left out
    "quarter-after-five-years": (CONTEXT, "harm-left-out"),
    # true: 37 of 40
    "over-ninety-survive": (CONTEXT, "bound-word"),
    # the study prints 50 %
    "sixty-at-four-years": ("overstated", "study-says-otherwise"),
    # 28 % of 83 and 23 % of 69
    "eighty-at-one-year": ("overstated", "above-every-study"),
    # 20 of 87 is 23 %
    "hardly-any-relapse": ("contradicted", "study-says-otherwise"),
    # 28 of 68 survivors; of all 81 it is 35 %
    "remission-of-survivors": (CONTEXT, "wrong-kind-of-denominator"),
    # a figure for several diseases; studies of lupus print 81, 84 and 91 %
    "eighty-five-survive": ("not found", "other-disease"),
    # nobody counts it
    "drug-free-for-ten-years": ("not found", "figure-not-found"),
    # 5.14
    "five-in-a-hundred-thousand": ("supported", "reference-range"),
    # 43.7 in 100,000 against 1,000
    "one-in-a-hundred": ("contradicted", "reference-range"),
    # it rose in every study
    "complement-fell": ("contradicted", "direction-contrary"),
    # true, in words, without controls
    "scores-fell-in-the-81": (CONTEXT, "no-control-group"),
    # deaths and infections were counted, hardly any put down to the cells
    "cells-without-side-effects": (CONTEXT, "harm-reported"),
    # 53 people
    "european-registry": ("contradicted", "people-differ"),
    # true; 13 of them died
    "nanjing-81": (CONTEXT, "harm-left-out"),
    # true of one girl
    "bleeding-lungs": (CONTEXT, "few-people"),
    # a dose that studies gave
    "eighty-million": ("supported", "dose-in-studies"),
    # the highest of several studies
    "nine-in-ten-remit": (CONTEXT, "top-of-the-range"),
    # printed so in the journal's press release
    "half-disease-free": (CONTEXT, "second-hand"),
}


@pytest.fixture(scope="module")
def claims():
    """The article's claims by name."""
    path = Path(__file__).with_name("second-article.yaml")
    found = audit(load(), load_claims([path]))
    assert not found.diagnostics
    return {claim.id: claim for claim in found.articles[0].claims}


def test_every_claim_has_an_expected_verdict(claims):
    """No claim of the article goes untested."""
    assert set(claims) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_careful_reader_would_agree(claims, name):
    """Each claim gets the verdict and the finding that the papers call for."""
    word, code = EXPECTED[name]
    verdict = claims[name].verdict
    assert verdict.word == word
    assert code in {finding.code for finding in verdict.findings}
