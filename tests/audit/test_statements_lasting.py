"""How long an outcome is said to last, and accounts of studies that nobody has."""

import pytest
from audit.made import answer, codes, found, statement

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.records.load import load

KEPT = "endpoint: complete-remission, among: treated"
LASTS = statement(
    "lasting", more=", outcome: {endpoint: complete-remission, months: 24}"
)
RETRACTED = "notices: [{kind: retraction, date: 2020-05, source: doi 10.1000/9}]"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("at: 24, events: 5, n: 60", True),
        ("at: 60, events: 5, n: 60", True),
        ("at: 23, events: 5, n: 60", False),
        ("events: 5, n: 60", False),  # at no time that is known
        ("at: 24, events: 0, n: 60", False),
        ("at: 24, n: 60", False),
        ('at: 24, events: 24, n: 60, percent: "70"', False),  # its numbers disagree
    ],
)
def test_an_outcome_lasts_as_long_as_anybody_was_seen_with_it(world, line, seen):
    """From that time on, in anybody at all, by a figure that passes its checks."""
    world.study("doe-2015", f"{KEPT}, {line}")
    verdict = world.verdict(LASTS)
    word = "supported, context missing" if seen else "not found"
    assert (verdict.word, answer(verdict)[0]) == (
        *(word, "lasting" if seen else "not-seen-that-late"),
    )
    assert codes(verdict) == (["seen-that-late"] if seen else [])
    assert verdict.rests_on == ((("doe-2015", 0),) if seen else ())


def test_an_account_of_a_study_without_a_record_is_not_found(world):
    """It names a study that nobody entered."""
    world.study("doe-2015")
    claim = statement("study-account", more=", cites: roe-2016")
    path = world.articles / "article.yaml"
    path.write_text(
        "id: article\narticle: {title: An article, kind: blog}\n"
        f"claims: [{{id: one, says: A claim, {claim}}}]\n",
        encoding="utf-8",
    )
    (article,) = audit(load(world.records), load_claims([path])).articles
    verdict = article.claims[0].verdict
    assert (verdict.word, answer(verdict)[0]) == ("not found", "no-such-study")
    assert codes(verdict) == ["report-not-found"]


def test_an_account_of_a_retracted_report_leads_to_its_people(world):
    """The notice is told, beside the line of the record that holds the people."""
    world.study("doe-2015", more=RETRACTED)
    verdict = world.verdict(statement("study-account", more=", cites: doe-2015"))
    finding = found(verdict, "retracted-report")
    (item,) = finding.evidence
    assert (finding.values["study"], item.about) == ("doe-2015", "enrolled")
    assert world.line("doe-2015", item.place.line).startswith("population: {enrolled")
