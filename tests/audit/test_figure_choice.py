"""Which of several figures of the records an audit takes, and how it reads one."""

import pytest
from audit.made import rate

from lupus_evidence.audit.evidence_set import EvidenceSet
from lupus_evidence.audit.figures import AMONG_ORDER, given, per_study
from lupus_evidence.load import load
from lupus_evidence.render.audit.words import counted, sentence

COMPLETE = "endpoint: complete-remission"
REMISSION = f"{COMPLETE}, among: treated"
ORDER = ("complete-remission", "any-remission")


def figures(world, *lines, **changes):
    """Return the figures of a study with these results."""
    world.study("doe-2015", *lines, **changes)
    return EvidenceSet(load(world.records)).figures


@pytest.mark.parametrize(
    ("months", "lines", "chosen"),
    [
        (12, ("at: 12, events: 8, n: 20", "at: 12, events: 24, n: 60"), 1),
        (12, ('at: 12, percent: "40"', "at: 12, events: 1, n: 1"), 1),
        (12, ('at: 60, percent: "40"', 'at: 13, percent: "40"'), 1),
        (12, ('percent: "40"', 'at: 60, percent: "40"'), 1),
        (None, ('at: 6, percent: "40"', 'at: 60, percent: "40"'), 1),
        (None, ('percent: "40"', 'at: 1, percent: "40"'), 1),
        (12, ('at: 12, percent: "40"', 'at: 12, percent: "50"'), 0),
    ],
)
def test_one_figure_stands_for_a_study(world, months, lines, chosen):
    """The nearest time, or the latest where none is asked, then the most people."""
    found = figures(world, *(f"{REMISSION}, {line}" for line in lines))
    (best,) = per_study(found, ORDER, months)
    assert best.index == chosen


def test_denominators_from_everybody_treated_down_to_survivors(world):
    """Those who entered come second; whom nobody names, before those still seen."""
    order = (
        *("treated", "enrolled", "evaluable", "unstated", "followed"),
        *("responders", "survivors"),
    )
    found = figures(
        world, *(f'{COMPLETE}, among: {kind}, percent: "40"' for kind in order)
    )
    assert order == AMONG_ORDER
    for first in range(len(order)):
        (best,) = per_study(reversed(found[first:]), ORDER, None)
        assert best.index == first


@pytest.mark.parametrize(
    ("arm", "therapy", "fits"),
    [
        ("cells", "msc", True),
        ("cells", "uc-msc", True),
        ("cells", "bm-msc", True),
        ("cells", "hsct", False),
        ("placebo", "msc", False),
        ("null", "msc", False),
        ("ghost", "msc", False),
    ],
)
def test_everybody_behind_a_figure_was_given_the_therapy(world, arm, therapy, fits):
    """Any kind of the same cells will do; both arms of a trial together will not."""
    arms = "  cells: {therapy: uc-msc, n: 60}\n  placebo: {therapy: placebo, n: 60}"
    (figure,) = figures(world, f"arm: {arm}, {REMISSION}, events: 24", arms=arms)
    assert given(figure, therapy) is fits


def test_the_outcome_itself_comes_first_then_everybody_treated(world):
    """A kindred outcome, or a part of those treated, gives way to a nearer answer."""
    lines = (
        "endpoint: any-remission, among: treated, at: 12, events: 36, n: 60",
        "endpoint: complete-remission, among: followed, at: 12, events: 24, n: 60",
        "endpoint: complete-remission, among: treated, at: 9, events: 9, n: 30",
    )
    found = figures(world, *lines)
    assert [best.index for best in per_study(found, ORDER, 12)] == [2]
    assert [best.index for best in per_study(found[:2], ORDER, 12)] == [1]


@pytest.mark.parametrize(
    ("claim", "lines", "chosen"),
    [
        (rate(40), (f"{REMISSION}, at: 13, events: 24, n: 60",
                    f"{REMISSION}, at: 12, events: 12, n: 30"), 1),
        (rate(40), (f"{REMISSION}, at: 12, events: 12, n: 30",
                    f"{REMISSION}, at: 12, events: 24, n: 60"), 1),
        (rate(40, ", people: 30"), (f"{REMISSION}, at: 12, events: 24, n: 60",
                                    f"{REMISSION}, at: 12, events: 12, n: 30"), 1),
        (rate(40, ", events: 12", ", cites: doe-2015"),
         (f"{REMISSION}, at: 12, events: 24, n: 60",
          f"{REMISSION}, at: 12, events: 12, n: 30"), 1),
        (rate(40), (f"{REMISSION}, at: 12, events: 24, n: 60, scope: kidney",
                    f"{REMISSION}, at: 12, events: 12, n: 30"), 1),
        (rate(40), (f"{COMPLETE}, among: followed, at: 12, events: 24, n: 60",
                    f"{REMISSION}, at: 12, events: 12, n: 30"), 1),
        (rate(40), (("endpoint: any-remission, among: treated, at: 12, events: 24, "
                    "n: 60"), f"{REMISSION}, at: 12, events: 12, n: 30"), 1),
        (rate(100), (f'{REMISSION}, at: 12, percent: "100"',
                     f"{REMISSION}, at: 12, events: 1, n: 1"), 1),
        (rate(40, months=None), (f"{REMISSION}, at: 12, events: 24, n: 60",
                                 f"{REMISSION}, events: 12, n: 30"), 0),
    ],
)  # fmt: skip
def test_of_several_matches_the_likeliest_is_taken(world, claim, lines, chosen):
    """Outcome, month, people, organ, denominator and size decide, in this order."""
    world.study("doe-2015", *lines)
    assert world.verdict(claim).rests_on == (("doe-2015", chosen),)


def test_of_two_studies_with_the_figure_the_cited_one_is_taken(world):
    """The other one comes first in the alphabet and rests on more people."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 40, n: 100", n=100)
    world.study("b-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    verdict = world.verdict(rate(40, more=", cites: b-2015"))
    assert verdict.rests_on == (("b-2015", 0),)
    found = {finding.code for finding in verdict.findings}
    assert "figure-found" in found
    assert "other-study" not in found


@pytest.mark.parametrize(("n", "between"), [(20, True), (19, False)])
def test_a_study_of_twenty_people_is_a_measure(world, n, between):
    """15 people of 20 make 60 % lie between; 15 of 19 are set aside as too few."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 12, n: 60")
    world.study("b-2015", f"{REMISSION}, at: 12, events: 15, n: {n}", n=n)
    codes = {finding.code for finding in world.verdict(rate(60)).findings}
    assert ("within-the-studies" in codes) is between
    assert ("above-every-study" in codes) is not between


def test_other_diseases_and_parts_of_a_group_are_not_compared_with(world):
    """Only the study of a whole group of people with lupus is counted."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 12, n: 60")
    mixed = f"{REMISSION}, at: 12, events: 30, n: 60, lupus_specific: false"
    world.study("b-2014", mixed, lupus=20)
    world.study("c-2015", f"{REMISSION}, at: 12, events: 30, n: 60, subgroup: women")
    assert sentence(world.verdict(rate(99)).sentence) == (
        "How many were in complete remission at about 1 year, in 1 study: a-2013: 12 "
        "of 60 people (20 %, 12 to 32)."
    )


def test_a_figure_of_treated_and_untreated_people_together_is_none_of_the_therapy(
    world,
):
    """Half of those behind it had placebo: no study counts the treated ones."""
    arms = "  cells: {therapy: msc, n: 60}\n  placebo: {therapy: placebo, n: 60}"
    world.study("doe-2015", f"arm: null, {REMISSION}, at: 12, events: 48, n: 120",
                arms=arms, n=120)  # fmt: skip
    assert sentence(world.verdict(rate(40)).sentence) == (
        "No study here counts how many were in complete remission at this time."
    )


def test_those_treated_in_a_figures_own_arm_are_told(world):
    """Of two arms, 30 people are behind the figure, not 90."""
    arms = "  cells: {therapy: msc, n: 30}\n  more: {therapy: uc-msc, n: 60}"
    line = f"{COMPLETE}, among: followed, at: 12, events: 10, n: 20"
    world.study("doe-2015", line, arms=arms, n=90)
    assert sentence(world.verdict(rate(50)).sentence) == (
        "doe-2015: 10 of 20 people (50 %, 30 to 70) were in complete remission at 1 "
        "year; 30 had been treated."
    )


def test_a_figure_of_an_arm_that_is_not_there_is_taken_as_of_everybody(world):
    """The mistake is another check's to name; here it only must not end the audit."""
    (figure,) = figures(world, f"arm: ghost, {REMISSION}, at: 12, events: 24, n: 60")
    assert figure.treated == 60


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('events: 3, percent: "5"', "3 people (5 %)"),
        ('events: 20, n: 10, percent: "40"', "40 % of 10 people (no interval given)"),
        (
            'percent: "40", n: 60, kind: kaplan-meier',
            "40 % of 60 people (no interval given)",
        ),
        (
            'percent: "40", se: "5", n: 60, kind: kaplan-meier',
            "40 % of 60 people (31 to 50; printed as 40 ± 5 %)",
        ),
    ],
)
def test_a_figure_is_told_as_far_as_it_is_known(world, line, words):
    """Without a denominator the count; a standard error of 5 is that of 96 people."""
    (figure,) = figures(world, f"{REMISSION}, at: 12, {line}")
    assert counted(figure.counted) == words
    assert figure.counted.printed == ("40 ± 5 %" if "se:" in line else "")
