"""Harms that an article leaves out, and the statement that there are few."""

import pytest
from audit.made import (
    REMISSION,
    cited,
    codes,
    found,
    rate,
    shown,
    statement,
    text_of,
    told,
    wilson,
)

from lupus_evidence.render.audit.words import sentence

LABEL = "donor mesenchymal stem cells (MSC)"
FEW = statement("few-harms")
TRM = "endpoint: treatment-related-mortality, among: treated"
INFECTION = "endpoint: serious-infection, among: treated"
SOME = "supported, context missing"


@pytest.mark.parametrize(
    ("endpoint", "word"),
    [
        ("treatment-related-mortality", "contradicted"),
        ("serious-infection", "contradicted"),
        ("serious-adverse-event", "contradicted"),
        ("secondary-autoimmunity", "contradicted"),
        ("malignancy", "contradicted"),
        ("graft-versus-host-disease", "contradicted"),
        ("death", SOME),
        ("infection", "not checkable"),
        ("adverse-event", "not checkable"),
        ("relapse", "not checkable"),
    ],
)
def test_which_harms_contradict_where_a_third_of_the_people_had_them(
    world, endpoint, word
):
    """Serious ones do; deaths from any cause are shown; the others do not count."""
    world.study("doe-2015", f"endpoint: {endpoint}, events: 20, n: 60")
    assert world.verdict(FEW).word == word


def test_even_the_death_of_everybody_is_only_shown(world):
    """Lupus itself kills: deaths from any cause decide nothing."""
    line = 'endpoint: death, percent: "100", ci: ["100", "100"], n: 60'
    world.study("doe-2015", f"{line}, kind: cumulative-incidence")
    assert world.verdict(FEW).word == SOME


@pytest.mark.parametrize(
    ("line", "low", "word"),
    [
        (TRM, "1", SOME),
        (TRM, "1.1", "contradicted"),
        (INFECTION, "10", SOME),
        (INFECTION, "10.1", "contradicted"),
    ],
)
def test_an_interval_that_begins_at_the_limit_does_not_lie_above_it(
    world, line, low, word
):
    """From 1 % for deaths from the treatment, 10 % for other serious harm."""
    figure = f'percent: "15", ci: ["{low}", "30"], n: 60, kind: cumulative-incidence'
    world.study("doe-2015", f"{line}, {figure}")
    assert world.verdict(FEW).word == word


@pytest.mark.parametrize(
    ("deaths", "n", "word"),
    [
        (7, 53, "contradicted"),
        (1, 60, SOME),
        (0, 60, "supported"),
        (3, 5, "contradicted"),
        (2, 4, "not checkable"),
    ],
)
def test_common_deaths_from_treatment_contradict_few_harms(world, deaths, n, word):
    """The whole interval above 1 %, in a study of at least 5 people."""
    assert (deaths > 0 and wilson(deaths, n)[0] > 0.01) is (
        word in ("contradicted", "not checkable")
    )
    world.study("doe-2015", f"{TRM}, events: {deaths}, n: {n}", n=n)
    assert world.verdict(FEW).word == word


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (f"{INFECTION}, lupus_specific: false", SOME),
        (f"{INFECTION}, subgroup: women", "not checkable"),
        (f"arm: null, {INFECTION}", "not checkable"),
        (f'{INFECTION}, percent: "70"', "not checkable"),
    ],
)
def test_harm_of_other_people_contradicts_nothing(world, line, word):
    """Other diseases are shown; a part, both arms together, or a mistake are not."""
    arms = "  cells: {therapy: msc, n: 60}\n  other: {therapy: placebo, n: 60}"
    world.study("doe-2015", f"{line}, events: 20, n: 60", arms=arms, n=120)
    verdict = world.verdict(FEW)
    assert verdict.word == word
    if word == SOME:
        assert text_of(verdict, "harm-reported").endswith(
            "(people with other diseases included)."
        )


def test_a_grave_harm_is_told_with_people_and_study(world):
    """7 of 53 is 13 %; the interval by Wilson's formula is 6.5 to 24.8 %."""
    world.study("doe-2015", f"{TRM}, events: 7, n: 53", n=53)
    words = "7 of 53 people (13 %, 7 to 25) died of the treatment"
    assert told(world.verdict(FEW)) == [
        f"With {LABEL}: {words} (doe-2015).",
        f"MSC, death related to treatment: doe-2015: {words}.",
    ]


def test_harm_that_nobody_counts_is_told_of_the_treatment(world):
    """Silence is not safety; sentence and finding name the treatment."""
    world.study("doe-2015", "endpoint: relapse, events: 6, n: 60")
    verdict = world.verdict(FEW)
    assert codes(verdict) == ["no-harm-data"]
    assert told(verdict) == [f"No study of {LABEL} here counts serious harm."] * 2


def test_each_treatment_has_its_own_sentence_and_the_worst_decides(world):
    """Silence about one treatment does not soften deaths from the other."""
    world.study("doe-2015", f"{TRM}, events: 7, n: 53", n=53)
    verdict = world.verdict(statement("few-harms", "msc", "hsct"))
    assert verdict.word == "contradicted"
    first, second = sentence(verdict.sentence).split("(doe-2015). ")
    assert first.startswith(f"With {LABEL}: ")
    assert second.startswith("No study of ")
    assert codes(verdict) == ["harm-reported", "no-harm-data"]


@pytest.mark.parametrize(
    ("first", "second", "gravest"),
    [
        ("events: 1, n: 60", "events: 2, n: 50", "b-2016"),
        ("events: 0, n: 60", "events: 1, n: 50", "b-2016"),
        ("events: 1, n: 60", "events: 3, n: 20", "b-2016"),
        ("events: 1, n: 60", "events: 3, n: 19", "a-2015"),
        ("events: 20, n: 60, lupus_specific: false", "events: 1, n: 50", "b-2016"),
    ],
)
def test_of_several_studies_the_gravest_is_told(world, first, second, gravest):
    """By percentage, among people with lupus and studies of 20 people or more."""
    world.study("a-2015", f"{INFECTION}, {first}")
    world.study("b-2016", f"{INFECTION}, {second}")
    assert sentence(world.verdict(FEW).sentence).endswith(f" ({gravest}).")


def test_three_studies_are_quoted_and_the_rest_counted(world):
    """People with lupus first, then the largest; "and 2 more" where there are more."""
    line = f"{INFECTION}, events: 1"
    world.study("a-2015", f"{line}, n: 90, lupus_specific: false", n=90, lupus=9)
    for name, n in (("b-2016", 30), ("c-2017", 50)):
        world.study(name, f"{line}, n: {n}", n=n)
    verdict = world.verdict(FEW)
    assert [item[0] for item in shown(verdict, "harm-reported")] == [
        *("c-2017", "b-2016", "a-2015"),
    ]
    assert "more" not in text_of(verdict, "harm-reported")
    for name, n in (("d-2018", 40), ("e-2019", 20)):
        world.study(name, f"{line}, n: {n}", n=n)
    verdict = world.verdict(FEW)
    assert [item[0] for item in shown(verdict, "harm-reported")] == [
        *("c-2017", "d-2018", "b-2016"),
    ]
    assert text_of(verdict, "harm-reported").endswith("; and 2 more.")


def test_every_kind_of_harm_is_a_finding_and_what_contradicts_stands_alone(world):
    """Nobody died of the treatment, but a third had a serious infection."""
    world.study(
        "doe-2015",
        f"{TRM}, events: 0, n: 60",
        f"{INFECTION}, events: 20, n: 60",
        "endpoint: death, among: treated, events: 1, n: 60",
    )
    verdict = world.verdict(FEW)
    assert codes(verdict) == ["harm-reported"] * 3
    assert sentence(verdict.sentence) == (
        f"With {LABEL}: 20 of 60 people (33 %, 23 to 46) had a serious infection "
        "(doe-2015)."
    )


def left_out(world, *claims, head=""):
    """Return which harms the first claim is told that the article leaves out."""
    audit = world.audit(*claims, head=head)
    finding = found(audit.articles[0].claims[0].verdict, "harm-left-out")
    return [item.about for item in finding.evidence] if finding else []


HARMS = ("death", "treatment-related-mortality", "relapse", "serious-infection")


def test_every_kind_of_harm_left_out_is_told(world):
    """Deaths, deaths from treatment, relapses and serious infections, as counted."""
    lines = (f"endpoint: {name}, events: {number}, n: 60, among: treated"
             for number, name in enumerate(HARMS, 1))  # fmt: skip
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60", *lines)
    verdict = world.verdict(rate(40))
    assert left_out(world, rate(40)) == list(HARMS)
    assert text_of(verdict, "harm-left-out") == (
        "Not mentioned, though the same study says so: 1 of 60 people (2 %, <1 to 9) "
        "died, at a time that is not stated; 2 of 60 people (3 %, 1 to 11) died of the "
        "treatment; 3 of 60 people (5 %, 2 to 14) relapsed, at a time that is not "
        "stated; 4 of 60 people (7 %, 3 to 16) had a serious infection."
    )
    assert left_out(world, rate(40), head=", tells: [harms]") == []
    told_all = world.verdict(rate(40), head=", tells: [harms, no-control]")
    assert told_all.word == "supported"


@pytest.mark.parametrize(
    ("line", "lupus", "told"),
    [
        ("events: 0, n: 60", 60, False),
        ("events: 1, n: 60", 60, True),
        ("events: 3, n: 30, subgroup: women", 60, False),
        ("events: 3, n: 30, subgroup: people with lupus", 30, True),
        ("events: 3, n: 30, subgroup: women", "null", False),
        ("events: 3, n: 30, lupus_specific: false", 60, False),
        ("events: 3", 60, True),
        ('percent: "0"', 60, False),
        ('percent: "5"', 60, True),
    ],
)
def test_which_deaths_are_told_beside_a_benefit(world, line, lupus, told):
    """A death of people with lupus, not of a part, unless the rest has no lupus."""
    enrolled = {"n": "null"} if lupus == "null" else {}
    world.study(
        "doe-2015",
        f"{REMISSION}, events: 24, n: 60",
        f"endpoint: death, among: treated, {line}",
        lupus=lupus,
        **enrolled,
    )
    assert left_out(world, cited(40)) == (["death"] if told else [])


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        (
            ("at: 60, events: 9, n: 40, among: followed",
             "at: 12, events: 2, n: 60, among: treated",
             "at: 60, events: 6, n: 60, among: treated"),
            [(6, 60)],
        ),
        (
            ("events: 3, n: 60, among: treated",
             "at: 1, events: 6, n: 60, among: treated"),
            [(6, 60)],
        ),
        (
            ("at: 12, events: 2, among: treated", "at: 60, events: 6, among: treated",
             "at: 60, events: 7, among: treated"),
            [(2, None), (6, None)],
        ),
    ],
)  # fmt: skip
def test_the_harm_with_the_best_denominator_and_latest_time_is_told(
    world, lines, chosen
):
    """Of those treated first, then the latest; without people, the first each time."""
    harms = (f"endpoint: relapse, {line}" for line in lines)
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60", *harms)
    rows = shown(world.verdict(rate(40)), "harm-left-out")
    assert [row[1:] for row in rows] == chosen


@pytest.mark.parametrize(
    ("harm", "teller", "percent"),
    [
        *((harm, harm, 10) for harm in HARMS),
        ("death", "overall-survival", 90),
    ],
)
def test_a_harm_that_another_claim_tells_is_not_left_out(world, harm, teller, percent):
    """The article says it elsewhere of the study, as it is or as its opposite."""
    line = f"endpoint: {harm}, at: 12, events: 6, n: 60, among: treated"
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60", line)
    assert left_out(world, cited(40)) == [harm]
    assert left_out(world, cited(40), cited(percent, endpoint=teller)) == []
    assert left_out(world, cited(40), rate(percent, endpoint=teller)) == [harm]


@pytest.mark.parametrize("harm", HARMS)
def test_a_claim_about_one_harm_leaves_the_others_out(world, harm):
    """It tells its own harm, and each of the other three is named."""
    lines = (f"endpoint: {name}, at: 12, events: 6, n: 60, among: treated"
             for name in HARMS)  # fmt: skip
    world.study("doe-2015", *lines)
    others = [name for name in HARMS if name != harm]
    assert left_out(world, cited(10, endpoint=harm)) == others


def test_harm_in_the_control_arm_is_not_told_beside_a_benefit(world):
    """Relapses of those who had placebo are no harm of the cells."""
    world.study(
        "doe-2015",
        f"{REMISSION}, events: 24, n: 60",
        "arm: other, endpoint: relapse, at: 12, events: 30, n: 60, among: treated",
        arms="  cells: {therapy: msc, n: 60}\n  other: {therapy: placebo, n: 60}",
        n=120,
    )
    assert left_out(world, cited(40)) == []
