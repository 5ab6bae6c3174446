"""An article's account of a study: every finding with its words and its place."""

import pytest

from lupus_evidence.render.audit.words import sentence

RECORD = """\
id: doe-2015
title: A study of several diseases
citation: {authors: [Doe J], year: 2015, journal: J Invented, doi: 10.1000/doe}
design: single-arm-trial
status: published
reading: secondary
population:
  enrolled: 60
  lupus: 20
  female_percent: "90"
  age:
    median: "33"
arms:
  cells: {therapy: uc-msc, n: 30}
  others: {therapy: bm-msc, n: 20}
  more: {therapy: uc-msc, n: 10}
results:
  - endpoint: relapse
    arm: cells
    at: 12
    events: 3
    n: 30
    among: treated
  - endpoint: relapse
    arm: cells
    at: 12
    events: 2
    n: 10
    among: followed
"""
ACCOUNT = (
    "kind: statement, topic: study-account, therapies: [msc], cites: doe-2015, "
    'people: 90, median_age: "30", female_percent: "80", '
    "outcome: {endpoint: relapse, months: 12}"
)


@pytest.fixture
def verdict(world):
    """The verdict on an account in which everything differs."""
    (world.records / "doe-2015.yaml").write_text(RECORD, encoding="utf-8")
    return world.verdict(ACCOUNT)


def test_an_account_is_answered_sentence_by_sentence(verdict):
    """Study, people, age, women, outcome, other diseases and missing controls."""
    assert verdict.word == "contradicted"
    assert sentence(verdict.sentence) == (
        "doe-2015 has 60 people, 20 of them with lupus. 3 of 30 people (10 %, 3 to "
        "26) relapsed at 1 year."
    )
    assert [(f.code, sentence(f.words)) for f in verdict.findings] == [
        ("study-found", "The study exists: doe-2015."),
        ("people-differ", "The study has 60 people; the article says 90."),
        (
            "detail-differs",
            "The study prints median age 33; the article says 30.",
        ),
        ("detail-differs", "The study prints 90 % women; the article says 80."),
        (
            "figure-found",
            (
                "What it reports of this: 3 of 30 people (10 %, 3 to 26) relapsed at "
                "1 year."
            ),
        ),
        (
            "other-disease",
            (
                "Only 20 of 60 people (33 %) had lupus. Its overall figures are not "
                "figures for lupus."
            ),
        ),
        (
            "no-control-group",
            "Nobody in it went without the treatment for comparison.",
        ),
    ]


def test_every_part_of_an_account_leads_to_its_line(verdict):
    """Each finding names the field of the record, its line, therapies and reading."""
    lines = RECORD.splitlines()
    found = [
        (item.about, lines[item.place.line - 1].strip(), item.therapy, item.reading)
        for finding in verdict.findings
        for item in finding.evidence
    ]
    cells = "uc-msc, bm-msc"
    assert found == [
        ("enrolled", "enrolled: 60", cells, "secondary"),
        ("enrolled", "enrolled: 60", cells, "secondary"),
        ("age", "age:", cells, "secondary"),
        ("female_percent", 'female_percent: "90"', cells, "secondary"),
        ("relapse", "- endpoint: relapse", "uc-msc", "secondary"),
        ("lupus", "lupus: 20", cells, "secondary"),
    ]
    assert {
        item.study for finding in verdict.findings for item in finding.evidence
    } == {"doe-2015"}


def test_a_part_that_was_not_compared_is_said_last(world):
    """What the claims file leaves unchecked changes nothing and is told."""
    (world.records / "doe-2015.yaml").write_text(RECORD, encoding="utf-8")
    plain = world.verdict(ACCOUNT)
    verdict = world.verdict(f"{ACCOUNT}, unchecked: the cost of the cells")
    assert (verdict.word, verdict.sentence) == (plain.word, plain.sentence)
    assert verdict.rests_on == plain.rests_on == (("doe-2015", 0),)
    assert verdict.findings[:-1] == plain.findings
    assert verdict.findings[-1].code == "part-not-checkable"
    assert sentence(verdict.findings[-1].words) == (
        "Not compared: the cost of the cells."
    )
