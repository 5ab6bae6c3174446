"""The statement that a treatment does little harm, rule by rule."""

import pytest

from lupus_evidence.render.audit.words import sentence

LABEL = "donor mesenchymal stem cells (MSC)"
FEW = "kind: statement, topic: few-harms, therapies: [msc]"
TRM = "endpoint: treatment-related-mortality, among: treated"
INFECTION = "endpoint: serious-infection, among: treated"


def told(world):
    """Return verdict and sentence of the statement."""
    verdict = world.verdict(FEW)
    return verdict.word, sentence(verdict.sentence)


@pytest.mark.parametrize(
    ("endpoint", "word"),
    [
        ("treatment-related-mortality", "contradicted"),
        ("serious-infection", "contradicted"),
        ("serious-adverse-event", "contradicted"),
        ("secondary-autoimmunity", "contradicted"),
        ("death", "supported, context missing"),
        ("infection", "not checkable"),
        ("adverse-event", "not checkable"),
    ],
)
def test_which_harms_contradict_where_a_third_of_the_people_had_them(
    world, endpoint, word
):
    """Serious ones do; deaths from any cause are shown; the others do not count."""
    world.study("doe-2015", f"endpoint: {endpoint}, events: 20, n: 60")
    assert told(world)[0] == word


def test_even_the_death_of_everybody_is_only_shown(world):
    """Lupus itself kills: deaths from any cause decide nothing."""
    line = 'endpoint: death, percent: "100", ci: ["100", "100"], n: 60'
    world.study("doe-2015", f"{line}, kind: cumulative-incidence")
    assert told(world)[0] == "supported, context missing"


@pytest.mark.parametrize(
    ("line", "low", "word"),
    [
        (TRM, "1", "supported, context missing"),
        (TRM, "1.1", "contradicted"),
        (INFECTION, "10", "supported, context missing"),
        (INFECTION, "10.1", "contradicted"),
    ],
)
def test_an_interval_that_begins_at_the_limit_does_not_lie_above_it(
    world, line, low, word
):
    """From 1 % for deaths from the treatment, 10 % for other serious harm."""
    figure = f'percent: "15", ci: ["{low}", "30"], n: 60, kind: cumulative-incidence'
    world.study("doe-2015", f"{line}, {figure}")
    assert told(world)[0] == word


def test_harm_that_nobody_counts_is_told_of_the_treatment(world):
    """Sentence and finding name it."""
    world.study("doe-2015", "endpoint: relapse, events: 6, n: 60")
    words = f"No study of {LABEL} here counts serious harm."
    assert told(world) == ("not checkable", words)
    (finding,) = world.verdict(FEW).findings
    assert (finding.code, sentence(finding.words)) == ("no-harm-data", words)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("events: 1, n: 60", "events: 2, n: 50", "2 of 50 people (4 %, 1 to 13)"),
        ("events: 0, n: 60", "events: 1, n: 50", "1 of 50 people (2 %, <1 to 10)"),
        ("events: 1, n: 60", "events: 3, n: 20", "3 of 20 people (15 %, 5 to 36)"),
        (
            "events: 20, n: 60, lupus_specific: false",
            "events: 1, n: 50",
            "1 of 50 people (2 %, <1 to 10)",
        ),
    ],
)
def test_of_several_studies_the_gravest_is_told(world, first, second, words):
    """By percentage, among people with lupus and studies of 20 people or more."""
    world.study("a-2015", f"{INFECTION}, {first}")
    world.study("b-2016", f"{INFECTION}, {second}")
    assert told(world)[1] == (
        f"With {LABEL}: {words} had a serious infection (b-2016)."
    )


def test_nineteen_people_are_too_few_to_stand_for_the_harm(world):
    """3 of 19 is more than 1 of 60, and chance."""
    world.study("a-2015", f"{INFECTION}, events: 1, n: 60")
    world.study("b-2016", f"{INFECTION}, events: 3, n: 19", n=19)
    assert told(world)[1] == (
        f"With {LABEL}: 1 of 60 people (2 %, <1 to 9) had a serious infection (a-2015)."
    )


def test_studies_of_lupus_are_told_before_larger_ones_of_other_diseases(world):
    """The finding lists people with lupus first, then by size."""
    line = f"{INFECTION}, events: 1"
    world.study("a-2015", f"{line}, n: 90, lupus_specific: false", n=90, lupus=9)
    world.study("b-2016", f"{line}, n: 30", n=30)
    world.study("c-2017", f"{line}, n: 50", n=50)
    (finding,) = world.verdict(FEW).findings
    assert [item.study for item in finding.evidence] == ["c-2017", "b-2016", "a-2015"]


@pytest.mark.parametrize(
    ("events", "word"),
    [((0, 0, 0), "supported"), ((0, 1, 0), "supported, context missing")],
)
def test_two_kinds_of_harm_stand_in_the_sentence(world, events, word):
    """The third is in the findings; one that was seen is enough to lack context."""
    deaths, others, infections = events
    world.study(
        "doe-2015",
        f"{TRM}, events: {deaths}, n: 60",
        f"endpoint: death, events: {others}, n: 60, among: treated",
        f"{INFECTION}, events: {infections}, n: 60",
    )
    share = (
        "1 of 60 people (2 %, <1 to 9)" if others else "0 of 60 people (0 %, 0 to 6)"
    )
    assert told(world) == (
        word,
        (
            f"With {LABEL}: 0 of 60 people (0 %, 0 to 6) died of the treatment "
            f"(doe-2015); {share} died (doe-2015)."
        ),
    )
    assert len(world.verdict(FEW).findings) == 3


def test_what_contradicts_stands_in_the_sentence_alone(world):
    """Nobody died of the treatment, but a third had a serious infection."""
    world.study(
        "doe-2015", f"{TRM}, events: 0, n: 60", f"{INFECTION}, events: 20, n: 60"
    )
    assert told(world) == (
        "contradicted",
        (
            f"With {LABEL}: 20 of 60 people (33 %, 23 to 46) had a serious infection "
            "(doe-2015)."
        ),
    )


REMISSION = "endpoint: complete-remission, at: 12, events: 24, n: 60, among: treated"


def rate(endpoint, percent):
    """Return a claim on the invented study."""
    return (
        "kind: rate, therapy: msc, cites: doe-2015, figures: "
        f'[{{endpoint: {endpoint}, months: 12, percent: "{percent}"}}]'
    )


def left_out(world, *claims):
    """Return what the first claim is told of harms that the article leaves out."""
    verdict = world.audit(*claims).articles[0].claims[0].verdict
    words = [sentence(f.words) for f in verdict.findings if f.code == "harm-left-out"]
    return words[0] if words else None


@pytest.mark.parametrize(
    ("harm", "teller", "percent"),
    [
        ("treatment-related-mortality", "treatment-related-mortality", 10),
        ("death", "death", 10),
        ("death", "overall-survival", 90),
        ("relapse", "relapse", 10),
        ("serious-infection", "serious-infection", 10),
    ],
)
def test_a_harm_that_another_claim_tells_is_not_left_out(world, harm, teller, percent):
    """The article says it elsewhere, as it is or as its opposite."""
    world.study(
        "doe-2015",
        REMISSION,
        f"endpoint: {harm}, at: 12, events: 6, n: 60, among: treated",
    )
    benefit = rate("complete-remission", 40)
    assert left_out(world, benefit) is not None
    assert left_out(world, benefit, rate(teller, percent)) is None


@pytest.mark.parametrize(
    ("harm", "others"),
    [
        ("treatment-related-mortality", "died relapsed infection"),
        ("death", "treatment relapsed infection"),
        ("relapse", "treatment died infection"),
        ("serious-infection", "treatment died relapsed"),
    ],
)
def test_a_claim_about_one_harm_leaves_the_others_out(world, harm, others):
    """It tells its own harm, and each of the other three is named."""
    names = (
        "treatment-related-mortality",
        "death",
        "relapse",
        "serious-infection",
    )
    lines = (f"endpoint: {name}, at: 12, events: 6, n: 60, among: treated"
             for name in names)  # fmt: skip
    world.study("doe-2015", *lines)
    words = left_out(world, rate(harm, 10))
    assert words.count("6 of 60 people") == 3
    assert all(word in words for word in others.split())


def test_harm_in_a_part_of_unknown_people_is_not_told(world):
    """Where nobody says how many have lupus, a part may be any part."""
    part = "endpoint: relapse, at: 12, events: 6, n: 30, subgroup: women"
    world.study("doe-2015", REMISSION, part, n="null", lupus="null")
    assert left_out(world, rate("complete-remission", 40)) is None


def test_a_harm_at_a_known_time_is_told_before_one_without(world):
    """Even one month is later than nothing."""
    world.study(
        "doe-2015",
        REMISSION,
        "endpoint: relapse, events: 3, n: 60, among: treated",
        "endpoint: relapse, at: 1, events: 6, n: 60, among: treated",
    )
    assert "6 of 60 people (10 %, 5 to 20) relapsed at 1 month." in left_out(
        world, rate("complete-remission", 40)
    )
