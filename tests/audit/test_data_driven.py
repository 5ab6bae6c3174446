"""Verdicts follow the records: a changed or added file changes them, no code does."""

import shutil

import pytest

from lupus_evidence.audit import audit, fails, load_claims
from lupus_evidence.load import bundled_folder, load


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
    assert after.word in {"supported", "supported, context missing"}
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
    """Without its record the figure of the 87 people is not found; C201 says so."""
    (studies / "wang-2013.yaml").unlink()
    for path in studies.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if "study: wang-2013" in text:
            path.write_text(text.replace("study: wang-2013", "study: gone-2013"),
                            encoding="utf-8")  # fmt: skip
    found = audit(load(studies), load_claims())
    assert {item.code for item in found.diagnostics} == {"C201"}
    assert found.articles[0].claims[9].verdict.word not in {
        "supported",
        "supported, context missing",
    }


def test_fail_on_names_the_verdicts_that_fail_a_build(studies):
    """The bundled article holds overstatements, and nothing understated."""
    found = audit(load(studies), load_claims())
    assert fails(found, ("overstated",))
    assert not fails(found, ("understated",))
