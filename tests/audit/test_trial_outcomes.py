"""Which outcomes of randomised trials are told, and what counts as one."""

import pytest

from lupus_evidence.audit.evidence_set import EvidenceSet
from lupus_evidence.audit.pooled import pooled_rate
from lupus_evidence.audit.trials import Pair
from lupus_evidence.claims import ClaimedRate
from lupus_evidence.load import load
from lupus_evidence.render.audit.words import sentence

AGREE = "kind: statement, topic: expert-agreement, therapies: [msc]"
COMPLETE = "complete-remission"


def trial(world, name, *rows, n=60):
    """Write a trial; each row is an outcome and what each arm counted of it."""
    lines = [
        f"arm: {arm}, endpoint: {endpoint}, at: 6, among: treated, {figure}"
        for endpoint, *figures in rows
        for arm, figure in zip(("cells", "placebo"), figures, strict=True)
    ]
    arms = (
        f"  cells: {{therapy: uc-msc, n: {n}}}\n  placebo: {{therapy: placebo, n: {n}}}"
    )
    world.study(name, *lines, design="randomised-trial", arms=arms, n=2 * n)


def counts(*events, n=60):
    """Return the counts of both arms."""
    return [f"events: {count}, n: {n}" for count in events]


def text_of(verdict, code):
    """Return the sentence of a verdict's first finding with a code, or None."""
    words = [sentence(f.words) for f in verdict.findings if f.code == code]
    return words[0] if words else None


def test_remission_is_told_before_response_and_the_broadest_of_either(world):
    """The record's order does not matter: any remission is told, all are evidence."""
    trial(
        world,
        "trial-2017",
        ("any-response", *counts(18, 20)),
        (COMPLETE, *counts(6, 7)),
        ("any-remission", *counts(45, 42)),
    )
    verdict = world.verdict(AGREE)
    assert text_of(verdict, "randomised-trial-says-otherwise") == (
        "Where chance decided who got the cells (trial-2017): 45 of 60 people (75 %, "
        "63 to 84) with them and 42 of 60 people (70 %, 57 to 80) without them were in "
        "complete or partial remission. That is no clear benefit; so small a trial "
        "cannot rule one out."
    )
    assert sentence(verdict.sentence) == (
        "A trial where chance decided who got the cells shows no clear benefit "
        "(trial-2017): 45 of 60 people (75 %, 63 to 84) with them and 42 of 60 people "
        "(70 %, 57 to 80) without them were in complete or partial remission."
    )
    told = [item.about for item in verdict.findings[0].evidence]
    assert told == [
        *("any-remission", "any-remission"),
        *(COMPLETE, COMPLETE),
        *("any-response", "any-response"),
    ]


def test_a_clear_benefit_is_told_in_full(world):
    """50 of 60 against 20 of 60: the sentence ends with the outcome."""
    trial(world, "trial-2017", ("any-remission", *counts(50, 20)))
    assert text_of(world.verdict(AGREE), "randomised-trial-agrees") == (
        "Where chance decided who got the cells (trial-2017): 50 of 60 people (83 %, "
        "72 to 91) with them and 20 of 60 people (33 %, 23 to 46) without them were in "
        "complete or partial remission."
    )


def test_one_outcome_that_leaves_room_for_a_benefit_rules_none_out(world):
    """Responses 20 to 40 leave none, remissions 45 to 42 do."""
    trial(
        world,
        "trial-2017",
        ("any-remission", *counts(45, 42)),
        ("any-response", *counts(20, 40)),
    )
    words = text_of(world.verdict(AGREE), "randomised-trial-says-otherwise")
    assert words.endswith("; so small a trial cannot rule one out.")


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
    trial(world, "trial-2017", ("any-remission", *figures))
    verdict = world.verdict(AGREE)
    assert verdict.word == "not checkable"
    assert sentence(verdict.sentence) == (
        "No randomised trial with results is among the records."
    )


@pytest.mark.parametrize("line", ["events: 24", "n: 60"])
def test_a_figure_that_is_no_count_cannot_stand_in_a_pair(world, line):
    """Whoever builds a pair of arms by hand is told which figure is at fault."""
    world.study("doe-2015", f"endpoint: any-remission, at: 6, {line}")
    (figure,) = EvidenceSet(load(world.records)).figures
    with pytest.raises(ValueError, match=r"\('doe-2015', 0\) is not a count"):
        _ = Pair(figure, figure).clearly_better


@pytest.mark.parametrize("arm", ["null", "ghost", "more"])
def test_only_an_arm_with_something_else_is_a_control(world, arm):
    """Neither both arms together, nor an unknown one, nor another kind of cells."""
    line = "endpoint: any-remission, at: 6, among: treated"
    world.study(
        "trial-2017",
        f"arm: cells, {line}, events: 50, n: 60",
        f"arm: {arm}, {line}, events: 20, n: 60",
        design="randomised-trial",
        arms="  cells: {therapy: uc-msc, n: 60}\n  more: {therapy: bm-msc, n: 60}\n"
        "  placebo: {therapy: placebo, n: 60}",
        n=180,
    )
    assert world.verdict(AGREE).word == "not checkable"


@pytest.mark.parametrize(
    "other",
    [
        "endpoint: any-response, at: 6",
        "endpoint: any-remission, at: 12",
        "endpoint: any-remission, at: 6, scope: kidney",
        "endpoint: any-remission, at: 6, subgroup: women",
    ],
)
def test_only_the_same_outcome_at_the_same_time_is_compared(world, other):
    """What the other arm counted instead is no comparison."""
    arms = "  cells: {therapy: uc-msc, n: 60}\n  placebo: {therapy: placebo, n: 60}"
    world.study(
        "trial-2017",
        "arm: cells, endpoint: any-remission, at: 6, events: 50, n: 60",
        f"arm: placebo, {other}, events: 20, n: 60",
        design="randomised-trial",
        arms=arms,
        n=120,
    )
    assert world.verdict(AGREE).word == "not checkable"


@pytest.mark.parametrize("outcome", ["any-remission", "any-response"])
@pytest.mark.parametrize(
    ("endpoint", "met"),
    [
        (COMPLETE, True),
        ("any-response", True),
        ("overall-survival", False),
        ("relapse", False),
    ],
)
def test_a_claim_of_remission_or_response_meets_the_trial(
    world, endpoint, met, outcome
):
    """Whichever of both the trial counts; survival and harm are another question."""
    trial(world, "trial-2017", (outcome, *counts(45, 42)))
    world.study("doe-2015", f"endpoint: {endpoint}, at: 12, events: 24, n: 60")
    verdict = world.verdict(
        "kind: rate, therapy: msc, figures: "
        f'[{{endpoint: {endpoint}, months: 12, percent: "40"}}]'
    )
    said = text_of(verdict, "randomised-trial-says-otherwise")
    assert (said is not None) is met


REMISSION = f"endpoint: {COMPLETE}, at: 12, among: treated"


def rate(percent):
    """Return a claim of complete remission that names no study."""
    return (
        "kind: rate, therapy: msc, figures: "
        f'[{{endpoint: {COMPLETE}, months: 12, percent: "{percent}"}}]'
    )


def studies(world, *events, n):
    """Write one study of `n` people for each number of remissions."""
    for number, count in enumerate(events, 1):
        line = f"{REMISSION}, events: {count}, n: {n}"
        world.study(f"s{number}-2015", line, n=n)


@pytest.mark.parametrize(
    ("count", "months", "names"),
    [
        (1, 12, None),
        (2, 12, ("s1-2015", "s2-2015")),
        (3, 12, ("s1-2015", "s2-2015", "s3-2015")),
        (3, None, None),
        (3, 60, None),
    ],
)
def test_two_studies_at_about_the_claims_time_make_a_pooled_figure(
    world, count, months, names
):
    """Every study counts all of its people; a claim without a time has none."""
    studies(world, *[20] * count, n=100)
    value = {"endpoint": COMPLETE, "percent": "40", "months": months}
    claimed = ClaimedRate.model_validate(value)
    found = pooled_rate(load(world.records), "uc-msc", claimed)
    assert (found and found.studies) == names
    if found:
        assert found.people == 100 * count
        assert 0 < found.low < 0.2 < found.high < 1


def test_two_studies_can_be_taken_together(world):
    """60 % lies above two like studies near 20 %; one study alone is no figure."""
    studies(world, 200, n=1000)
    assert text_of(world.verdict(rate(90)), "outside-the-pooled-interval") is None
    studies(world, 200, 210, n=1000)
    words = text_of(world.verdict(rate(90)), "outside-the-pooled-interval")
    assert words.startswith(
        "90 % lies above the studies taken together: 2 studies with 2,000 people, none "
        "counted twice: "
    )


@pytest.mark.parametrize(
    "events", [(2, 98, 2, 98, 2, 98), (0, 0, 0, 0), (100, 100, 100, 100)]
)
def test_studies_without_one_number_are_not_taken_together(world, events):
    """They differ too much, or nobody or everybody had the outcome."""
    studies(world, *events, n=100)
    for percent in (1, 99):
        said = text_of(world.verdict(rate(percent)), "outside-the-pooled-interval")
        assert said is None


def test_a_figure_below_all_studies_together_is_understated(world):
    """Five like studies near 80 % leave no room for one of 20 people at 40 %."""
    studies(world, 160, 161, 162, 158, 159, n=200)
    world.study("odd-2016", f"{REMISSION}, events: 8, n: 20", n=20)
    verdict = world.verdict(rate(40))
    assert verdict.rests_on == (("odd-2016", 0),)
    assert verdict.word == "understated"
