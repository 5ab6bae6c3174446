"""An article's account of a study: every finding with its words and its place."""

import pytest
from audit.made import (
    REMISSION,
    answer,
    codes,
    figures,
    found,
    people,
    percents,
    statement,
    values,
)

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.records.load import load

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
PLAIN = statement("study-account", more=", cites: doe-2015")
ACCOUNT = (
    f'{PLAIN}, people: 90, median_age: "30", female_percent: "80", '
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
    code, told = answer(verdict)
    assert (code, told["study"]) == ("account", "doe-2015")
    assert (told["people"], told["with_condition"]) == (60, 20)
    assert codes(verdict) == [
        "study-found",
        "people-differ",
        *["detail-differs"] * 2,
        "figure-found",
        "other-disease",
        "no-control-group",
    ]
    assert values(verdict, "study-found") == {"study": "doe-2015"}
    assert [
        (item.values["what"], str(item.values["there"]), str(item.values["article"]))
        for item in verdict.findings[1:4]
    ] == [
        ("enrolled", "60", "90"),
        ("age", "33", "30"),
        ("female_percent", "90", "80"),
    ]
    for given in (told, values(verdict, "figure-found")):
        assert figures(given) == [("doe-2015", 3, 30, "relapse", 12)]
        assert percents(given["figures"][0].counted.rate) == (10, 3, 26)
    share = values(verdict, "other-disease")["share"]
    assert (people(share), percents(share.rate)) == ((20, 60), (33, None, None))
    assert values(verdict, "no-control-group") == {}


def test_every_part_of_an_account_leads_to_its_line(verdict):
    """Each finding names the field of the record, its line, therapies and reading."""
    lines = RECORD.splitlines()
    places = [
        (item.about, lines[item.place.line - 1].strip(), item.therapy, item.reading)
        for finding in verdict.findings
        for item in finding.evidence
    ]
    cells = "uc-msc, bm-msc"
    assert places == [
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
    part = "the cost of the cells"
    verdict = world.verdict(f"{ACCOUNT}, unchecked: {part}")
    assert (verdict.word, verdict.sentences) == (plain.word, plain.sentences)
    assert verdict.rests_on == plain.rests_on == (("doe-2015", 0),)
    assert verdict.findings[:-1] == plain.findings
    assert verdict.findings[-1].code == "part-not-checkable"
    assert verdict.findings[-1].values == {"part": part}


def test_an_account_with_everything_right_is_supported(world):
    """Study and people are told, and that the study is there."""
    world.study("doe-2015", "endpoint: relapse, at: 12, events: 0, n: 60")
    head = ", tells: [no-control]"
    verdict = world.verdict(f"{PLAIN}, people: 60", head=head)
    assert verdict.word == "supported"
    told = answer(verdict)[1]
    assert (told["study"], told["people"], told["with_condition"]) == (
        *("doe-2015", 60, 60),
    )
    assert (told["figures"], codes(verdict)) == ((), ["study-found"])
    place = verdict.findings[0].evidence[0].place
    assert world.line("doe-2015", place.line).startswith("population: ")


@pytest.mark.parametrize(
    ("people", "code"), [(66, "detail-differs"), (54, "detail-differs"),
                         (67, "people-differ"), (53, "people-differ")]
)  # fmt: skip
def test_a_tenth_more_or_fewer_people_is_still_the_same_study(world, people, code):
    """60 people may be told as 54 to 66; any other number is of another study."""
    world.study("doe-2015")
    verdict = world.verdict(f"{PLAIN}, people: {people}")
    assert code in codes(verdict)
    assert (verdict.word == "contradicted") is (code == "people-differ")


@pytest.mark.parametrize(("lupus", "mixed"), [(29, True), (30, False)])
def test_half_with_lupus_is_still_a_study_of_lupus(world, lupus, mixed):
    """Of 60 people, 30 with lupus are half, 29 are not."""
    world.study("doe-2015", lupus=lupus)
    verdict = world.verdict(f"{PLAIN}, people: 60")
    assert ("other-disease" in codes(verdict)) is mixed
    word = "supported, context missing" if mixed else "supported"
    assert verdict.word == word


@pytest.mark.parametrize(
    ("arms", "missing"),
    [
        ("  cells: {therapy: msc, n: 60}", True),
        (
            "  cells: {therapy: msc, n: 30}\n  other: {therapy: conventional, n: 30}",
            False,
        ),
    ],
)
def test_an_account_of_a_study_without_controls_says_so(world, arms, missing):
    """Where nobody went without the treatment, that is noted, and no more."""
    world.study("doe-2015", arms=arms)
    verdict = world.verdict(f"{PLAIN}, people: 60")
    assert ("no-control-group" in codes(verdict)) is missing
    assert verdict.word == "supported"


@pytest.mark.parametrize(
    ("months", "rests_on"),
    [(60, (("doe-2015", 1),)), (12, (("doe-2015", 0),)), (24, ())],
)
def test_the_outcome_of_an_account_is_of_its_own_time(world, months, rests_on):
    """Relapses at 12 months are not quoted for a claim about 60."""
    world.study(
        "doe-2015",
        "endpoint: relapse, at: 12, events: 6, n: 60, among: treated",
        "endpoint: relapse, at: 60, events: 12, n: 60, among: treated",
    )
    claim = f"{PLAIN}, outcome: {{endpoint: relapse, months: {months}}}"
    assert world.verdict(claim).rests_on == rests_on


def test_an_outcome_over_all_diseases_is_told_as_one(world):
    """What the study found is told, and for whom; another name may answer."""
    world.study(
        "doe-2015",
        'endpoint: progression-free-survival, at: 60, percent: "43", n: 900, '
        "among: treated, kind: kaplan-meier, lupus_specific: false",
        n=900,
        lupus=85,
    )
    for endpoint in ("progression-free-survival", "disease-free-survival"):
        claim = f"{PLAIN}, outcome: {{endpoint: {endpoint}, months: 60}}"
        told = answer(world.verdict(claim))[1]
        assert told["of_condition"] is False
        (figure,) = told["figures"]
        assert (people(figure.counted), percents(figure.counted.rate)[0]) == (
            *((None, 900), 43),
        )


@pytest.mark.parametrize("first", ["death", "relapse", "complete-remission"])
def test_an_account_that_leaves_out_harm_is_told_of_it(world, first):
    """Deaths and relapses, whatever the record's first result is."""
    order = sorted(("death", "relapse", "complete-remission"), key=first.__ne__)
    lines = (f"endpoint: {name}, at: 12, events: 6, n: 60, among: treated"
             for name in order)  # fmt: skip
    world.study("doe-2015", *lines)
    verdict = world.verdict(PLAIN)
    finding = found(verdict, "harm-left-out")
    assert {item.about for item in finding.evidence} == {"death", "relapse"}


def test_an_account_leaves_out_harm_of_those_treated(world):
    """Not that of the people who had placebo, though they come first."""
    arms = "  other: {therapy: placebo, n: 60}\n  cells: {therapy: msc, n: 60}"
    line = "endpoint: relapse, at: 12, among: treated, n: 60"
    world.study(
        "doe-2015",
        f"arm: other, {line}, events: 30",
        f"arm: cells, {line}, events: 6",
        arms=arms,
        n=120,
    )
    verdict = world.verdict(PLAIN)
    finding = found(verdict, "harm-left-out")
    assert [item.counted.people.events for item in finding.evidence] == [6]


def test_an_account_of_survival_leaves_no_harm_out(world):
    """Who tells how many lived tells of the deaths; who tells of remission does not."""
    line = "events: 6, n: 60, among: treated, at: 12"
    rows = (f"endpoint: {name}, {line}" for name in ("relapse", "complete-remission"))
    world.study("doe-2015", *rows)
    for endpoint, left_out in (
        ("overall-survival", False),
        ("relapse", False),
        ("complete-remission", True),
    ):
        claim = f"{PLAIN}, outcome: {{endpoint: {endpoint}, months: 12}}"
        verdict = world.verdict(claim)
        assert ("harm-left-out" in codes(verdict)) is left_out, endpoint


def lay_page(world, *results):
    """Write a record that was made from a web page."""
    more = "publication: web-page"
    world.study("doe-2015", *results, more=more)


@pytest.mark.parametrize("more", ["", ", cites: doe-2015"])
@pytest.mark.parametrize("figure", ['percent: "40"', "events: 24, people: 60",
                                    "events: 24"])  # fmt: skip
def test_a_web_page_supports_no_rate(world, figure, more):
    """It says 24 of 60, as the article does, but a page bears out no other page."""
    lay_page(world, f"{REMISSION}, events: 24, n: 60")
    claim = f"figures: [{{endpoint: complete-remission, months: 12, {figure}}}]"
    verdict = world.verdict(f"kind: rate, therapy: msc{more}, {claim}")
    assert not verdict.word.startswith("supported")
    assert verdict.rests_on == ()
    assert all(item.values.get("figures", True) for item in verdict.sentences)


def test_a_web_page_supports_no_account(world):
    """What a page tells of a study is no record of the study."""
    lay_page(world, f"{REMISSION}, events: 24, n: 60")
    verdict = world.verdict(f"{PLAIN}, people: 60")
    assert not verdict.word.startswith("supported")


def test_an_account_without_a_record_is_not_found(world):
    """A study that is not among the records can be neither confirmed nor refused."""
    world.study("other-2010")
    path = world.articles / "page.yaml"
    path.write_text(
        "id: page\narticle: {title: A page, kind: blog}\n"
        f"claims:\n  - {{id: one, says: A claim, {PLAIN}}}\n"
    )
    result = audit(load(world.records), load_claims([path]))
    assert {item.code for item in result.diagnostics} == {"W201"}
    assert not result.has_errors
    (claim,) = result.articles[0].claims
    assert (claim.verdict.word, codes(claim.verdict)) == (
        *("not found", ["report-not-found"]),
    )
