"""What randomised trials say of a treatment, which count, and which never reported."""

import pytest
from audit.made import (
    answer,
    codes,
    found,
    people,
    percents,
    rate,
    shown,
    statement,
    two_arms,
    values,
)

AGREE = statement("expert-agreement")
ANY = "any-remission"
AGAINST = "randomised-trial-says-otherwise"


def counts(*events, n=60):
    """Return the counts of both arms."""
    return [f"events: {count}, n: {n}" for count in events]


@pytest.mark.parametrize(
    ("cells", "placebo", "n", "word", "open_yet"),
    [
        (45, 42, 60, "overstated", True),
        (500, 500, 1000, "overstated", False),
        (20, 40, 60, "overstated", False),
        (50, 20, 60, "supported", None),
    ],
)
def test_agreement_on_a_benefit_rests_on_randomised_trials(
    world, cells, placebo, *, n, word, open_yet
):
    """A clear difference supports it; without one, up to 10 points stay open or not."""
    world.trial("trial-2017", (ANY, *counts(cells, placebo, n=n)), n=n)
    verdict = world.verdict(AGREE)
    code = "randomised-trial-agrees" if word == "supported" else AGAINST
    assert (verdict.word, codes(verdict)) == (word, [code])
    assert shown(verdict, code) == [("trial-2017", cells, n), ("trial-2017", placebo,
                                                               n)]  # fmt: skip
    assert values(verdict, code).get("open_yet") is open_yet


def test_a_trial_without_a_clear_benefit_is_told_in_full(world):
    """The record's order does not matter: any remission is told, all are evidence."""
    world.trial(
        "trial-2017",
        ("any-response", *counts(18, 20)),
        ("complete-remission", *counts(6, 7)),
        (ANY, *counts(45, 42)),
    )
    verdict = world.verdict(AGREE)
    told = values(verdict, AGAINST)
    (outcome,) = told["outcomes"]
    assert (told["trials"], told["open_yet"]) == (("trial-2017",), True)
    assert (outcome.study, outcome.endpoint) == ("trial-2017", ANY)
    assert (people(outcome.treated), people(outcome.control)) == ((45, 60), (42, 60))
    assert percents(outcome.treated.rate) == (75, 63, 84)
    assert percents(outcome.control.rate) == (70, 57, 80)
    assert answer(verdict) == ("benefit", {"clear": False, "outcome": outcome})
    evidence = found(verdict, AGAINST).evidence
    assert {item.about for item in evidence} == {
        *(ANY, "complete-remission", "any-response"),
    }
    first, second = (item for item in evidence if item.about == ANY)
    assert (first.therapy, second.therapy, first.months) == ("uc-msc", "placebo", 6)
    for item, arm in ((first, "cells"), (second, "placebo")):
        line = world.line("trial-2017", item.place.line)
        assert line.startswith(f"- {{arm: {arm}, endpoint: any-remission")


def test_one_outcome_with_a_clear_benefit_is_enough_and_is_the_one_told(world):
    """Responses 50 to 20 of 60 are clear, remissions 12 to 10 are not."""
    world.trial("trial-2017", (ANY, *counts(12, 10)),
                ("any-response", *counts(50, 20)))  # fmt: skip
    verdict = world.verdict(AGREE)
    assert (verdict.word, codes(verdict)) == ("supported", ["randomised-trial-agrees"])
    code, told = answer(verdict)
    assert (code, told["clear"], told["outcome"].study) == (
        *("benefit", True, "trial-2017"),
    )
    assert people(told["outcome"].treated) == (50, 60)


def test_one_outcome_that_leaves_room_for_a_benefit_rules_none_out(world):
    """Responses 20 to 40 leave none, remissions 45 to 42 do."""
    world.trial("trial-2017", (ANY, *counts(45, 42)),
                ("any-response", *counts(20, 40)))  # fmt: skip
    assert values(world.verdict(AGREE), AGAINST)["open_yet"] is True


def test_without_a_trial_agreement_cannot_be_checked(world):
    """Single-arm studies show no benefit, and one treatment nothing of another."""
    world.study("doe-2015", f"endpoint: {ANY}, at: 6, events: 30, n: 60")
    verdict = world.verdict(AGREE)
    assert (verdict.word, codes(verdict)) == ("not checkable", ["no-randomised-trial"])
    world.trial("trial-2017", (ANY, *counts(50, 20)))
    both = world.verdict(statement("expert-agreement", "msc", "car-t"))
    assert both.word == "supported, context missing"
    assert values(both, "no-randomised-trial") == {"therapy": "car-t"}


@pytest.mark.parametrize(
    "figures",
    [
        ('percent: "75"', 'percent: "70"'),
        ("events: 45", "events: 42"),
        ("n: 60", "n: 60"),
        ("events: 45, n: 60", "events: 42"),
        ('percent: "75"', "events: 42, n: 60"),
    ],
)
def test_arms_that_are_not_counted_cannot_be_compared(world, figures):
    """Both arms need people with the outcome, and people it was looked for in."""
    world.trial("trial-2017", (ANY, *figures))
    verdict = world.verdict(AGREE)
    assert (verdict.word, codes(verdict)) == ("not checkable", ["no-randomised-trial"])


@pytest.mark.parametrize(
    ("other", "design"),
    [
        ("arm: null, endpoint: any-remission, at: 6", "randomised-trial"),
        ("arm: ghost, endpoint: any-remission, at: 6", "randomised-trial"),
        ("arm: more, endpoint: any-remission, at: 6", "randomised-trial"),
        ("arm: placebo, endpoint: any-response, at: 6", "randomised-trial"),
        ("arm: placebo, endpoint: any-remission, at: 12", "randomised-trial"),
        ("arm: placebo, endpoint: any-remission, at: 6, scope: kidney",
         "randomised-trial"),
        ("arm: placebo, endpoint: any-remission, at: 6, subgroup: women",
         "randomised-trial"),
        ("arm: placebo, endpoint: any-remission, at: 6", "controlled-trial"),
    ],
)  # fmt: skip
def test_only_the_same_outcome_of_a_real_control_is_compared(world, other, design):
    """Not both arms, other cells, another outcome or time, nor without chance."""
    world.study(
        "trial-2017",
        "endpoint: any-remission, at: 6, events: 50, n: 60",
        f"{other}, events: 20, n: 60",
        design=design,
        arms=f"{two_arms()}\n  more: {{therapy: bm-msc, n: 60}}",
        n=180,
    )
    assert world.verdict(AGREE).word == "not checkable"


@pytest.mark.parametrize("outcome", [ANY, "any-response"])
@pytest.mark.parametrize(
    ("endpoint", "met"),
    [
        ("complete-remission", True),
        ("any-response", True),
        ("overall-survival", False),
        ("relapse", False),
    ],
)
def test_a_claim_of_remission_or_response_meets_the_trial(
    world, endpoint, met, outcome
):
    """Whichever the trial counts, unless it is told; survival is another question."""
    world.trial("trial-2017", (outcome, *counts(45, 42)))
    world.study("doe-2015", f"endpoint: {endpoint}, at: 12, events: 24, n: 60")
    claim = rate(40, endpoint=endpoint)
    assert (AGAINST in codes(world.verdict(claim))) is met
    told = world.verdict(claim, head=", tells: [randomised-trial]")
    assert AGAINST not in codes(told)


def registered(world, name, people):
    """Write a registered randomised trial without results."""
    world.study(
        name,
        design="randomised-trial",
        status="registered",
        arms=two_arms(5),
        n=people or "null",
        more="registry_status: Unknown (seen 2026-01)",
    )


def test_trials_that_never_reported_are_listed_by_size(world):
    """Largest first; one that does not say how many people stands alone."""
    registered(world, "nct-1", 1)
    told = values(world.verdict(AGREE), "registered-trial-unreported")["trials"]
    assert [(item.study, item.people) for item in told] == [("nct-1", 1)]
    registered(world, "nct-2", 81)
    registered(world, "nct-3", None)
    verdict = world.verdict(AGREE)
    told = values(verdict, "registered-trial-unreported")["trials"]
    assert [(item.study, item.people) for item in told] == [
        *(("nct-2", 81), ("nct-1", 1), ("nct-3", 0)),
    ]
    item = found(verdict, "registered-trial-unreported").evidence[0]
    assert world.line("nct-2", item.place.line) == "status: registered"
    assert (item.study, item.about, item.where, item.reading) == (
        *("nct-2", "registered", "Unknown (seen 2026-01)", "primary-abstract"),
    )


def test_a_trial_is_unreported_until_its_paper_appears(world):
    """The paper says that it has its people from the trial."""
    world.trial("trial-2017", (ANY, *counts(50, 20)))
    registered(world, "nct-1", 81)
    verdict = world.verdict(AGREE)
    assert verdict.word == "supported, context missing"
    assert "registered-trial-unreported" in codes(verdict)
    more = "overlaps: [{study: nct-1, certainty: certain, because: its trial}]"
    world.study("paper-2020", more=more)
    assert world.verdict(AGREE).word == "supported"


@pytest.mark.parametrize(
    ("than", "control", "met"),
    [
        ("conventional", "placebo", True),  # given on top of what is usual
        ("conventional", "conventional", True),
        ("placebo", "placebo", True),
        ("placebo", "conventional", False),
        ("hsct", "placebo", False),
    ],
)
def test_a_treatment_is_compared_with_what_the_claim_names(world, than, control, met):
    """A placebo stands for conventional treatment, not the other way round."""
    lines = (
        f"arm: {arm}, endpoint: {ANY}, at: 6, among: treated, {figure}"
        for arm, figure in zip(("cells", "control"), counts(50, 20), strict=True)
    )
    arms = (
        f"  cells: {{therapy: uc-msc, n: 60}}\n  control: {{therapy: {control}, n: 60}}"
    )
    world.study("trial-2017", *lines, design="randomised-trial", arms=arms, n=120)
    verdict = world.verdict(statement("better-than", more=f", than: {than}"))
    assert verdict.word == ("supported" if met else "not checkable")


@pytest.mark.parametrize(
    ("cells", "placebo", "word", "open_yet"),
    [
        (20, 50, "supported", None),
        # half of either: 17 points fewer may still be true
        (30, 30, "overstated", True),
        # 83 to 33 %: none fewer
        (50, 20, "overstated", False),
    ],
)
def test_of_a_harm_fewer_are_better(world, cells, placebo, word, open_yet):
    """Relapses: a benefit is a difference below nothing, and room for one too."""
    world.trial("trial-2017", ("relapse", *counts(cells, placebo)))
    claim = statement("better-than", more=", outcome: {endpoint: relapse}")
    verdict = world.verdict(claim)
    code = "randomised-trial-agrees" if word == "supported" else AGAINST
    assert (verdict.word, codes(verdict)) == (word, [code])
    assert values(verdict, code).get("open_yet") is open_yet
