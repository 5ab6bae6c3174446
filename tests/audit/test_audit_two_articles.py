"""Two whole articles against the bundled records, with figures from the papers."""

import shutil
from pathlib import Path

import pytest
from audit.made import codes, facts

from lupus_evidence.audit import audit, fails, load_claims
from lupus_evidence.records.load import bundled_folder, load
from lupus_evidence.vocabulary import topic

CONTEXT = "supported, context missing"

#: What a careful reader says of each claim, and what that reader would point at:
#: figures printed in the papers, the intervals being Wilson's.
EXPECTED = {
    1: ("contradicted", {"reference-range"}, {8.5, 4.5}),
    2: ("contradicted", {"reference-range"}, {97.3, 11.4, "5.14"}),
    3: (CONTEXT, {"sources-differ", "no-source-for-figure"}, {"56.3", "10.6", "96.4"}),
    4: (
        "overstated",
        {"figure-not-found", "above-every-study", "flattering-end-of-the-range"},
        {
            *("burt-2006", (50, 33, 67), "alchi-2013", (29, 15, 48), "29 ± 9 %"),
            *("huang-2019", (53, 31, 74), "50", "70"),
        },
    ),
    5: ("contradicted", {"harm-reported"}, {(7, 53), (13, 7, 25), (13, 81)}),
    6: ("not found", {"dose-in-studies"}, {"1 million cells per kg", 2.5, 4.5}),
    7: (
        CONTEXT,
        {"direction-reported", "study-not-named", "controls-changed-too"},
        {"wang-2013", "wang-2018", "-8", "-5"},
    ),
    8: (
        CONTEXT,
        {"direction-reported", "part-not-checkable", "controls-changed-too"},
        {"wang-2018", "-2.1", "-1.4", "g per 24 h"},
    ),
    9: (
        CONTEXT,
        {"direction-reported", "controls-changed-too"},
        {"wang-2014", "-248", "-413"},
    ),
    10: (
        CONTEXT,
        {"melted-denominator", "later-report-less-favourable", "same-people-twice"},
        {(3, 6), (50, 19, 81), (22, 81), (27, 19, 38), 15, 87},
    ),
    11: (
        CONTEXT,
        {"rounding", "harm-left-out", "no-control-group", "part-not-checkable"},
        {(13, 40), (11, 40), "32.5", "27.5", (3, 40), (4, None)},
    ),
    12: ("not found", {"report-not-found"}, {"gcmaf"}),
    13: (
        CONTEXT,
        {"other-time", "later-report-less-favourable"},
        {(82, 87), (94, 87, 98), 27, (68, 81), (84, 74, 90)},
    ),
    14: (CONTEXT, {"melted-denominator"}, {(12, 39), (31, 19, 46), 39, 87}),
    15: (
        CONTEXT,
        {"melted-denominator", "same-people-twice", "later-report-less-favourable"},
        {(3, 6), (50, 19, 81), 10, (22, 81), (27, 19, 38)},
    ),
    16: (
        CONTEXT,
        {"other-disease", "detail-differs", "figure-found", "harm-left-out"},
        {
            *((85, 900), (9, None, None), (43, None, None), "64"),
            *((None, 85), (11, None, None)),
        },
    ),
    17: (
        "overstated",
        {"randomised-trial-says-otherwise", "registered-trial-unreported", "opinion"},
        {(9, 12), (75, 47, 91), (5, 6), (83, 44, 97), "nct02633163", 81},
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
    word, expected, figures = EXPECTED[number]
    verdict = article.claims[number - 1].verdict
    assert verdict.word == word
    assert expected <= set(codes(verdict))
    told = {
        fact
        for item in (*verdict.sentences, *verdict.findings)
        for fact in facts(item.values)
    }
    assert figures <= told


def test_all_seventeen_claims_are_there(article):
    """Nothing that the article claims goes unanswered."""
    assert len(article.claims) == len(EXPECTED) == 17
    assert sum(count for _, count in article.score) == 17


def test_the_negative_trial_stands_beside_every_claim_of_remission(article):
    """Claims 10, 11, 14 and 15 promise remission; the trial says otherwise."""
    for number in (10, 11, 14, 15):
        verdict = article.claims[number - 1].verdict
        assert "randomised-trial-says-otherwise" in codes(verdict), number


def test_only_claims_of_benefit_leave_harm_out(article, claims):
    """Who tells of survival, of deaths or of relapses tells what can go wrong."""
    left_out = {
        name
        for name, verdict in verdicts_of(article, claims)
        if "harm-left-out" in {finding.code for finding in verdict.findings}
    }
    assert {"remission-of-survivors", "quarter-after-five-years", "11"} <= left_out
    silent = {"over-ninety-survive", "eighty-five-survive", "hardly-any-relapse", "13"}
    assert not left_out & silent


def verdicts_of(article, claims):
    """Return the verdicts of both articles, by number and by name."""
    yield from ((str(claim.number), claim.verdict) for claim in article.claims)
    yield from ((name, claim.verdict) for name, claim in claims.items())


def answering(endpoint):
    """Return an outcome, and those from which it follows by arithmetic."""
    row = topic().endpoints.get(endpoint)
    return (endpoint, *((row.opposite or endpoint, *row.parts) if row else ()))


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
                    assert any(name in line for name in answering(item.about)), item


#: By claim: the verdict, and a finding that must be there.
SECOND = {
    # true, but 13 deaths and 9 relapses are left out
    "quarter-after-five-years": (CONTEXT, "harm-left-out"),
    # true: 37 of 40; who tells of survival leaves no death out
    "over-ninety-survive": ("supported", "bound-word"),
    # the study prints 50 %
    "sixty-at-four-years": ("overstated", "study-says-otherwise"),
    # 28 % of 83 and 23 % of 69
    "eighty-at-one-year": ("overstated", "above-every-study"),
    # 20 of 87 is 23 %
    "hardly-any-relapse": ("contradicted", "study-says-otherwise"),
    # 28 of 68 survivors; of all 81 it is 35 %
    "remission-of-survivors": (CONTEXT, "wrong-kind-of-denominator"),
    # a figure for several diseases; studies of lupus print 81, 84 and 91 %
    "eighty-five-survive": ("within the studies", "other-disease"),
    # nobody counts it
    "drug-free-for-ten-years": ("not found", "figure-not-found"),
    # 5.14
    "five-in-a-hundred-thousand": ("supported", "reference-range"),
    # 43.7 in 100,000 against 1,000
    "one-in-a-hundred": ("contradicted", "reference-range"),
    # it rose in every study
    "complement-fell": ("contradicted", "direction-contrary"),
    # true, but in words only
    "scores-fell-in-the-81": (CONTEXT, "in-words-only"),
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
    # 92 % of 26 people; that nobody died of the treatment is all the harm it prints
    "nine-in-ten-remit": ("supported", "bound-word"),
    # printed so in the journal's press release; 1 of 50 died of the treatment
    "half-disease-free": (CONTEXT, "harm-left-out"),
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
    assert set(claims) == set(SECOND)


@pytest.mark.parametrize("name", SECOND)
def test_a_careful_reader_would_agree(claims, name):
    """Each claim gets the verdict and the finding that the papers call for."""
    word, code = SECOND[name]
    verdict = claims[name].verdict
    assert verdict.word == word
    assert code in {finding.code for finding in verdict.findings}


@pytest.fixture
def studies(tmp_path):
    """A copy of the bundled records that may be changed."""
    folder = tmp_path / "studies"
    shutil.copytree(bundled_folder("studies"), folder)
    return folder


def verdict(folder, number):
    """Return the verdict on one of the bundled article's claims."""
    found = audit(load(folder), load_claims())
    return found.articles[0].claims[number - 1].verdict


def test_a_new_study_at_seventy_percent_ends_the_overstatement(studies):
    """Once a study reports 35 of 50 disease-free at five years, 70 % is real."""
    assert verdict(studies, 4).word == "overstated"
    text = (studies / "huang-2019.yaml").read_text(encoding="utf-8")
    assert "huang-2019" in text
    (studies / "new-2026.yaml").write_text(
        "id: new-2026\ntitle: New\ncitation: {authors: [New A], year: 2026}\n"
        "design: single-arm-trial\nstatus: published\nreading: primary-full-text\n"
        "population: {enrolled: 50, lupus: 50}\n"
        "arms:\n  hsct: {therapy: hsct, n: 50}\n"
        "results:\n  - {endpoint: disease-free-survival, arm: hsct, at: 60, "
        "events: 35, n: 50, among: treated, where: Table 3}\n",
        encoding="utf-8",
    )
    after = verdict(studies, 4)
    assert after.word in {"supported", CONTEXT}
    assert after.rests_on == (("new-2026", 0),)


def test_a_corrected_denominator_changes_the_findings(studies):
    """Were all 87 counted at four years, nothing would have melted."""
    path = studies / "wang-2013.yaml"
    text = path.read_text(encoding="utf-8")
    before = "at: 48\n    events: 3\n    n: 6\n"
    assert before in text
    changed = text.replace(before, "at: 48\n    events: 44\n    n: 87\n", 1)
    changed = changed.replace('percent: "50"', 'percent: "51"')
    path.write_text(changed, encoding="utf-8")
    after = verdict(studies, 15)
    assert after.word == "overstated" or "melted-denominator" not in {
        finding.code for finding in after.findings
    }
    assert "melted-denominator" not in {finding.code for finding in after.findings}


def test_a_removed_study_leaves_its_claims_unfounded(studies):
    """Without its record the figure of the 87 people is not found; W201 says so."""
    (studies / "wang-2013.yaml").unlink()
    for path in studies.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if "study: wang-2013" in text:
            path.write_text(text.replace("study: wang-2013", "study: gone-2013"),
                            encoding="utf-8")  # fmt: skip
    found = audit(load(studies), load_claims())
    assert {item.code for item in found.diagnostics} == {"W201"}
    assert not found.has_errors
    verdict = found.articles[0].claims[9].verdict
    assert verdict.word not in {"supported", CONTEXT}
    assert "cited-study-unknown" in {finding.code for finding in verdict.findings}


def test_fail_on_names_the_verdicts_that_fail_a_build(studies):
    """The bundled article holds overstatements, and nothing understated."""
    found = audit(load(studies), load_claims())
    assert fails(found, ("overstated",))
    assert not fails(found, ("understated",))
