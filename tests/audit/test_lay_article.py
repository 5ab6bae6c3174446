"""The bundled article against the bundled records, with figures from the papers."""

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.load import load
from lupus_evidence.render.audit.words import sentence

CONTEXT = "supported, context missing"

#: What a careful reader says of each claim, and what that reader would point at:
#: figures printed in the papers, the intervals being Wilson's.
EXPECTED = {
    1: ("contradicted", {"reference-range"}, ["8.5 women", "4.5 times"]),
    2: ("contradicted", {"reference-range"}, ["97 times", "11 times", "5.14"]),
    3: (
        CONTEXT,
        {"sources-differ", "no-source-for-figure"},
        ["56.3 %", "10.6 to 96.4"],
    ),
    4: (
        "overstated",
        {"figure-not-found", "above-every-study", "top-of-the-range"},
        [
            "burt-2006: 50 %",
            "alchi-2013: 29 %",
            "29 ± 9 %",
            "huang-2019: 53 %",
            "50 to 70",
        ],
    ),
    5: ("contradicted", {"harm-reported"}, ["7 of 53 people (13 %", "13 of 81 people"]),
    6: (
        "not found",
        {"dose-in-studies"},
        ["1 million cells per kg", "2.5 to 4.5 times"],
    ),
    7: (
        CONTEXT,
        {"direction-reported", "study-not-named", "controls-changed-too"},
        ["wang-2013", "wang-2018", "a change of -8", "a change of -5"],
    ),
    8: (
        CONTEXT,
        {"direction-reported", "part-not-checkable", "controls-changed-too"},
        ["wang-2018", "a change of -2.1 g", "a change of -1.4 g"],
    ),
    9: (
        CONTEXT,
        {"direction-reported", "controls-changed-too"},
        ["wang-2014", "-248", "-413"],
    ),
    10: (
        CONTEXT,
        {"melted-denominator", "later-report-less-favourable", "same-people-twice"},
        ["3 of 6 people (50 %, 19 to 81)", "22 of 81 people (27 %", "claim 15", "87"],
    ),
    11: (
        CONTEXT,
        {"rounding", "harm-left-out", "no-control-group", "part-not-checkable"},
        ["13 of 40", "11 of 40", "32.5 %", "27.5 %", "3 of 40 people", "4 people"],
    ),
    12: ("not found", {"report-not-found"}, ["gcmaf"]),
    13: (
        CONTEXT,
        {"other-time", "later-report-less-favourable", "harm-left-out"},
        ["82 of 87 people (94 %", "27 months", "68 of 81 people (84 %", "20 of 87"],
    ),
    14: (CONTEXT, {"melted-denominator"}, ["12 of 39 people (31 %", "39 of the 87"]),
    15: (
        CONTEXT,
        {"melted-denominator", "same-people-twice", "later-report-less-favourable"},
        ["3 of 6 people (50 %, 19 to 81)", "claim 10", "22 of 81 people (27 %"],
    ),
    16: (
        CONTEXT,
        {"other-disease", "detail-differs", "figure-found", "harm-left-out"},
        ["85 of 900 people (9 %)", "43 %", "64 % women", "11 % of 85"],
    ),
    17: (
        "overstated",
        {"randomised-trial-says-otherwise", "registered-trial-unreported", "opinion"},
        ["9 of 12 people (75 %", "5 of 6 people (83 %", "nct02633163 (81 people)"],
    ),
}


@pytest.fixture(scope="module")
def article():
    """The bundled article, audited."""
    found = audit(load(), load_claims())
    assert not found.diagnostics
    return next(a for a in found.articles if a.id == "stem-cell-therapy-for-lupus")


@pytest.mark.parametrize("number", EXPECTED)
def test_each_claim_gets_a_careful_readers_verdict(article, number):
    """Verdict, findings and figures are those that the papers give."""
    word, codes, figures = EXPECTED[number]
    verdict = article.claims[number - 1].verdict
    assert verdict.word == word
    assert codes <= {finding.code for finding in verdict.findings}
    rows = [verdict.sentence, *(finding.words for finding in verdict.findings)]
    text = " ".join(sentence(row) for row in rows)
    for figure in figures:
        assert figure in text


def test_all_seventeen_claims_are_there(article):
    """Nothing that the article claims goes unanswered."""
    assert len(article.claims) == len(EXPECTED) == 17
    assert sum(count for _, count in article.score) == 17


def test_the_negative_trial_stands_beside_every_claim_of_remission(article):
    """Claims 10, 11, 14 and 15 promise remission; the trial says otherwise."""
    for number in (10, 11, 14, 15):
        verdict = article.claims[number - 1].verdict
        codes = {finding.code for finding in verdict.findings}
        assert "randomised-trial-says-otherwise" in codes, number


def test_every_figure_can_be_walked_back_to_a_line(article):
    """The line that a finding names holds the result that it means."""
    lines = {}
    for claim in article.claims:
        for finding in claim.verdict.findings:
            for item in finding.evidence:
                if item.place.file not in lines:
                    with open(item.place.file, encoding="utf-8") as file:  # noqa: PTH123
                        lines[item.place.file] = file.read().splitlines()
                line = lines[item.place.file][item.place.line - 1]
                if item.counted is not None:
                    assert line.strip().startswith("- "), item
                    assert item.about in line, item
