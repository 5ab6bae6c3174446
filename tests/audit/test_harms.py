"""Harms that an article leaves out, and the statement that there are few."""

import pytest
from audit.made import (
    REMISSION,
    answer,
    cited,
    codes,
    figures,
    found,
    percents,
    rate,
    shown,
    statement,
    values,
    wilson,
)

from lupus_evidence.audit.verdicts import FINDINGS

FEW = statement("few-harms")
REPORTED = "harm-reported"
TRM = "endpoint: treatment-related-mortality, among: treated"
INFECTION = "endpoint: serious-infection, among: treated"
SOME = "supported, context missing"
UNSEEN = "within the studies"


@pytest.mark.parametrize(
    ("endpoint", "word"),
    [
        ("treatment-related-mortality", "contradicted"),
        ("serious-infection", "contradicted"),
        ("serious-adverse-event", "contradicted"),
        ("secondary-autoimmunity", "contradicted"),
        ("malignancy", "contradicted"),
        ("graft-versus-host-disease", "contradicted"),
        ("cytokine-release-syndrome", "contradicted"),
        ("neurotoxicity", "contradicted"),
        ("infection", SOME),
        ("adverse-event", SOME),
        ("death", UNSEEN),
        ("relapse", "not checkable"),
        ("renal-failure", "not checkable"),
    ],
)
def test_which_harms_contradict_where_a_third_of_the_people_had_them(
    world, endpoint, word
):
    """Serious ones do; mild ones are seen; what lupus itself does decides nothing."""
    world.study("doe-2015", f"endpoint: {endpoint}, events: 20, n: 60")
    assert world.verdict(FEW).word == word


def test_a_count_of_nobody_is_about_its_own_people(world):
    """0 of 60 is what one study saw; that others saw some is what is missing."""
    line = "endpoint: treatment-related-mortality, among: treated"
    world.studies(line, 0, 0, 3)
    claim = "kind: rate, therapy: msc, figures: [{endpoint: treatment-related-mortality"
    own = world.verdict(f"{claim}, events: 0, people: 60}}]")
    assert own.word == "supported, context missing"
    assert FINDINGS["flattering-end-of-the-range"].short in own.missing
    assert world.verdict(f"{claim}, events: 0, people: 50}}]").word == UNSEEN
    assert world.verdict(f"{claim}, amount: none}}]").word == "contradicted"


def test_even_the_death_of_everybody_is_only_shown(world):
    """Lupus itself kills: any deaths decide nothing, but none is denied."""
    line = 'endpoint: death, percent: "100", ci: ["100", "100"], n: 60'
    world.study("doe-2015", f"{line}, kind: cumulative-incidence")
    verdict = world.verdict(FEW)
    assert verdict.word == UNSEEN
    assert [item[3] for item in figures(values(verdict, "harm-reported"))] == ["death"]
    code, told = answer(verdict)
    assert (code, told["deaths"]) == ("harms", True)


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
        (0, 60, UNSEEN),
        (3, 5, "contradicted"),
        (2, 4, "not checkable"),
    ],
)
def test_common_deaths_from_treatment_contradict_few_harms(world, deaths, n, word):
    """The whole interval above 1 %, in a study of at least 5 people.

    That nobody died proves nothing: it lies within what the studies allow.
    """
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
        (figure,) = values(verdict, "harm-reported")["figures"]
        assert figure.of_condition is False


def test_a_grave_harm_is_told_with_people_and_study(world):
    """7 of 53 is 13 %; the interval by Wilson's formula is 6.5 to 24.8 %."""
    world.study("doe-2015", f"{TRM}, events: 7, n: 53", n=53)
    verdict = world.verdict(FEW)
    code, told = answer(verdict)
    assert (code, told["therapy"], codes(verdict)) == ("harms", "msc", [REPORTED])
    finding = values(verdict, REPORTED)
    assert (finding["therapy"], finding["more"]) == ("msc", 0)
    assert finding["endpoint"] == "treatment-related-mortality"
    for given in (told, finding):
        (figure,) = figures(given)
        assert figure[:4] == ("doe-2015", 7, 53, "treatment-related-mortality")
        assert percents(given["figures"][0].counted.rate) == (13, 7, 25)


def test_harm_that_nobody_counts_is_told_of_the_treatment(world):
    """Silence is not safety; sentence and finding name the treatment."""
    world.study("doe-2015", "endpoint: relapse, events: 6, n: 60")
    verdict = world.verdict(FEW)
    assert codes(verdict) == ["no-harm-data"]
    assert values(verdict, "no-harm-data") == {"therapy": "msc"}
    assert answer(verdict) == ("no-harm-data", {"therapy": "msc"})


def test_each_treatment_has_its_own_sentence_and_the_worst_decides(world):
    """Silence about one treatment does not soften deaths from the other."""
    world.study("doe-2015", f"{TRM}, events: 7, n: 53", n=53)
    verdict = world.verdict(statement("few-harms", "msc", "hsct"))
    assert verdict.word == "contradicted"
    assert [(item.code, item.values["therapy"]) for item in verdict.sentences] == [
        *(("harms", "msc"), ("no-harm-data", "hsct")),
    ]
    assert codes(verdict) == ["harm-reported", "no-harm-data"]


@pytest.mark.parametrize(
    ("first", "second", "told_of"),
    [
        ("events: 1, n: 60", "events: 2, n: 50", ["b-2016", "a-2015"]),
        ("events: 0, n: 60", "events: 1, n: 50", ["b-2016"]),
        ("events: 1, n: 60", "events: 3, n: 20", ["b-2016", "a-2015"]),
        ("events: 1, n: 60", "events: 3, n: 19", ["a-2015", "b-2016"]),
        ("events: 20, n: 60, lupus_specific: false", "events: 1, n: 50",
         ["b-2016", "a-2015"]),
    ],
)  # fmt: skip
def test_of_several_studies_the_gravest_is_told_first(world, first, second, told_of):
    """By percentage, among people with lupus and studies of 20 people or more."""
    world.study("a-2015", f"{INFECTION}, {first}")
    world.study("b-2016", f"{INFECTION}, {second}")
    _, told = answer(world.verdict(FEW))
    assert [study for study, *_ in figures(told)] == told_of


def test_no_more_than_two_harms_stand_in_the_sentence(world):
    """The mildest of three is left to the findings."""
    for name, events in (("a-2015", 1), ("b-2016", 2), ("c-2017", 3)):
        world.study(name, f"{INFECTION}, events: {events}, n: 60")
    verdict = world.verdict(FEW)
    _, told = answer(verdict)
    assert [study for study, *_ in figures(told)] == ["c-2017", "b-2016"]
    assert len(shown(verdict, "harm-reported")) == 3


@pytest.mark.parametrize("endpoint", ["infection", "relapse", "death"])
@pytest.mark.parametrize(
    ("figure", "events", "word"),
    [
        ('percent: "0"', (0, 1), "contradicted"),
        ("amount: none", (0, 1), "contradicted"),
        # no study's own count, and with 20 people no contradiction either
        ("events: 0, people: 20", (0, 1), UNSEEN),
        ('percent: "0"', (0, 0), UNSEEN),
        ("amount: none", (0, 0), UNSEEN),
        ("amount: few", (0, 20), "overstated"),
        ('percent: "10", bound: under', (0, 20), "overstated"),
        ("amount: few", (0, 5), "supported"),
        ("amount: few", (0, 7), UNSEEN),
    ],
)
def test_harm_that_came_to_nobody_or_to_few(world, endpoint, figure, events, word):
    """One person is one more than nobody; few is less than 10 %, chance allowed for.

    How many died all studies together say; the one that saw more is named beside.

    Of 60 people 20 are surely more than a tenth; 7 are more, and may be by chance.
    """
    assert wilson(7, 60)[0] < 0.1 < wilson(20, 60)[0]
    world.studies(f"endpoint: {endpoint}, at: 12, among: treated", *events)
    item = f"{{endpoint: {endpoint}, months: 12, {figure}}}"
    verdict = world.verdict(f"kind: rate, therapy: msc, figures: [{item}]")
    told_more = word in ("contradicted", "overstated")
    if endpoint == "death" and word == "overstated":
        word = UNSEEN  # both studies together: their curve's interval reaches below
    assert verdict.word == word
    assert ("more-harm-reported" in codes(verdict)) is told_more
    if told_more:
        assert shown(verdict, "more-harm-reported") == [("s2-2015", events[1], 60)]


@pytest.mark.parametrize(
    ("line", "word", "code"),
    [
        ("events: 2, n: 4", UNSEEN, None),
        ("events: 2, n: 5", "contradicted", "more-harm-reported"),
        ("events: 9, n: 60, lupus_specific: false", UNSEEN, "harm-with-other-diseases"),
    ],
)
def test_whose_harm_contradicts_that_nobody_had_it(world, line, word, code):
    """Not four people's, nor that of people with other diseases, who are named."""
    world.study("a-2015", f"{INFECTION}, events: 0, n: 60")
    world.study("b-2016", f"{INFECTION}, {line}")
    verdict = world.verdict(rate(0, endpoint="serious-infection"))
    assert verdict.word == word
    extra = {"more-harm-reported", "harm-with-other-diseases"} & set(codes(verdict))
    assert extra == ({code} if code else set())


@pytest.mark.parametrize(
    ("topic", "infections", "word"),
    [
        ("no-harms", 1, "contradicted"),
        ("no-harms", 0, UNSEEN),
        ("few-harms", 1, SOME),
        ("warns-of-harm", 1, "supported"),
        ("warns-of-harm", 0, "not found"),
    ],
)
def test_none_few_and_a_warning_are_three_claims(world, topic, infections, word):
    """One infection in 60 disproves none, bears a warning out and may be few."""
    world.study("doe-2015", f"{INFECTION}, events: {infections}, n: 60")
    assert world.verdict(statement(topic)).word == word


def test_three_studies_are_quoted_and_the_rest_counted(world):
    """People with lupus first, then the largest; how many more there are is told."""
    line = f"{INFECTION}, events: 1"
    world.study("a-2015", f"{line}, n: 90, lupus_specific: false", n=90, lupus=9)
    for name, n in (("b-2016", 30), ("c-2017", 50)):
        world.study(name, f"{line}, n: {n}", n=n)
    verdict = world.verdict(FEW)
    assert [item[0] for item in shown(verdict, "harm-reported")] == [
        *("c-2017", "b-2016", "a-2015"),
    ]
    assert values(verdict, "harm-reported")["more"] == 0
    for name, n in (("d-2018", 40), ("e-2019", 20)):
        world.study(name, f"{line}, n: {n}", n=n)
    verdict = world.verdict(FEW)
    assert [item[0] for item in shown(verdict, "harm-reported")] == [
        *("c-2017", "d-2018", "b-2016"),
    ]
    assert values(verdict, "harm-reported")["more"] == 2


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
    _, told = answer(verdict)
    (figure,) = told["figures"]
    assert figures(told)[0][:4] == ("doe-2015", 20, 60, "serious-infection")
    assert percents(figure.counted.rate) == (33, 23, 46)


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
    told = values(verdict, "harm-left-out")
    assert figures(told) == [
        ("doe-2015", number, 60, name, None) for number, name in enumerate(HARMS, 1)
    ]
    assert [percents(item.counted.rate) for item in told["figures"]] == [
        *((2, 0, 9), (3, 1, 11), (5, 2, 14), (7, 3, 16)),
    ]
    assert left_out(world, rate(40), head=", tells: [harms]") == []
    assert verdict.word == "supported, context missing"
    told_all = world.verdict(rate(40), head=", tells: [harms]")
    assert told_all.word == "supported"
    one = left_out(world, rate(40), head=", harms: [relapse]")
    assert one == [name for name in HARMS if name != "relapse"]


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
        ("relapse", "no-relapse", 90),
    ],
)
def test_a_harm_that_another_claim_tells_is_not_left_out(world, harm, teller, percent):
    """The article says it elsewhere of the study, as it is or as its opposite.

    Of no study in particular it tells of the harm itself, not by its opposite.
    """
    line = f"endpoint: {harm}, at: 12, events: 6, n: 60, among: treated"
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60", line)
    assert left_out(world, cited(40)) == [harm]
    assert left_out(world, cited(40), cited(percent, endpoint=teller)) == []
    in_general = left_out(world, cited(40), rate(percent, endpoint=teller))
    assert in_general == ([] if teller == harm else [harm])


@pytest.mark.parametrize(
    ("endpoint", "promises"),
    [
        *((harm, False) for harm in HARMS),
        ("overall-survival", False),
        ("no-remission", False),
        ("complete-remission", True),
        ("any-response", True),
        ("disease-free-survival", True),
        ("drug-free", True),
    ],
)
@pytest.mark.parametrize("claim", [cited, rate])
def test_only_a_claim_of_benefit_leaves_harms_out(world, endpoint, promises, claim):
    """Who speaks of survival or of a harm speaks of what can go wrong already."""
    events = dict.fromkeys(HARMS, 6)
    events.setdefault(endpoint, 54)  # 54 alive and 6 dead are all 60
    lines = (f"endpoint: {name}, at: 12, events: {count}, n: 60, among: treated"
             for name, count in events.items())  # fmt: skip
    world.study("doe-2015", *lines)
    text = claim(10 if endpoint in HARMS else 90, endpoint=endpoint)
    assert world.verdict(text).rests_on
    assert left_out(world, text) == (list(HARMS) if promises else [])


@pytest.mark.parametrize("claim", [cited, rate])
def test_who_tells_that_90_percent_had_no_relapse_leaves_out_no_relapse(world, claim):
    """The claim itself says that 10 % relapsed; the other harms it does not say."""
    lines = (f"endpoint: {name}, at: 12, events: 6, n: 60, among: treated"
             for name in HARMS)  # fmt: skip
    world.study("doe-2015", *lines)
    others = [name for name in HARMS if name != "relapse"]
    assert left_out(world, claim(90, endpoint="no-relapse")) == others


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
