"""What an audit says of harms and randomised trials, worked out by hand."""

import pytest

from lupus_evidence.render.audit.words import sentence

LABEL = "donor mesenchymal stem cells (MSC)"
FEW = "kind: statement, topic: few-harms, therapies: [msc]"
BOTH = "kind: statement, topic: few-harms, therapies: [msc, hsct]"
AGREE = "kind: statement, topic: expert-agreement, therapies: [msc]"
TRM = "endpoint: treatment-related-mortality, among: treated"
TWO_ARMS = (
    "  cells: {{therapy: uc-msc, n: {n}}}\n  placebo: {{therapy: placebo, n: {n}}}"
)


def text_of(verdict, code):
    """Return the sentence of a verdict's first finding with a code."""
    return next(sentence(f.words) for f in verdict.findings if f.code == code)


def codes_of(verdict):
    """Return the codes of a verdict's findings in their order."""
    return [finding.code for finding in verdict.findings]


def trial(world, name, cells, placebo, n, *more):
    """Write a randomised trial; each outcome is endpoint, events with and without."""
    rows = [("any-remission", cells, placebo), *more]
    lines = [
        f"{{arm: {arm}, endpoint: {endpoint}, at: 6, among: treated, "
        f"events: {events}, n: {n}}}"
        for endpoint, with_cells, without in rows
        for arm, events in (("cells", with_cells), ("placebo", without))
    ]
    world.study(name, design="randomised-trial", arms=TWO_ARMS.format(n=n), n=2 * n)
    path = world.records / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    listed = "".join(f"  - {line}\n" for line in lines)
    path.write_text(text.replace("  []\n", listed), encoding="utf-8")


def test_a_grave_harm_is_told_with_people_and_study(world):
    """7 of 53 is 13 %; the interval by Wilson's formula is 6.5 to 24.8 %."""
    world.study("doe-2015", f"{TRM}, events: 7, n: 53", n=53)
    verdict = world.verdict(FEW)
    told = "7 of 53 people (13 %, 7 to 25) died of the treatment"
    assert sentence(verdict.sentence) == f"With {LABEL}: {told} (doe-2015)."
    assert text_of(verdict, "harm-reported") == (
        f"MSC, death related to treatment: doe-2015: {told}, at a time that is not "
        "stated."
    )


def test_each_treatment_has_its_own_sentence_and_the_worst_decides(world):
    """Silence about one treatment does not soften deaths from the other."""
    world.study("doe-2015", f"{TRM}, events: 7, n: 53", n=53)
    verdict = world.verdict(BOTH)
    assert verdict.word == "contradicted"
    first, second = sentence(verdict.sentence).split("(doe-2015). ")
    assert first.startswith(f"With {LABEL}: ")
    assert second.startswith("No study of ")
    assert codes_of(verdict) == ["harm-reported", "no-harm-data"]


def test_later_kinds_of_harm_are_looked_at_where_the_first_is_not_counted(world):
    """No death from treatment is counted, 20 of 60 serious infections are."""
    world.study("doe-2015", "endpoint: serious-infection, events: 20, n: 60")
    assert world.verdict(FEW).word == "contradicted"


def test_a_finding_quotes_three_studies_and_counts_the_rest(world):
    """Of five studies the three largest are told, "and 2 more"."""
    for number, n in enumerate((30, 60, 50, 40, 20), 1):
        world.study(f"s{number}-2015", f"{TRM}, events: 0, n: {n}", n=n)
    words = text_of(world.verdict(FEW), "harm-reported")
    order = [words.index(name) for name in ("s2-2015", "s3-2015", "s4-2015")]
    assert order == sorted(order)
    assert "s1-2015" not in words
    assert words.endswith("; and 2 more.")


def test_three_studies_leave_no_more_to_count(world):
    """Where all are told there is no "and 0 more"."""
    for number, n in enumerate((30, 60, 50), 1):
        world.study(f"s{number}-2015", f"{TRM}, events: 0, n: {n}", n=n)
    assert "more" not in text_of(world.verdict(FEW), "harm-reported")


def test_people_with_other_diseases_are_shown_and_decide_nothing(world):
    """20 of 100 deaths among people of whom few have lupus is no lupus figure."""
    world.study(
        "mixed-2015",
        f"{TRM}, events: 20, n: 100, lupus_specific: false",
        n=100,
        lupus=10,
    )
    verdict = world.verdict(FEW)
    assert verdict.word == "supported, context missing"
    said = text_of(verdict, "harm-reported")
    assert said.endswith("(people with other diseases included).")


def test_reports_on_two_people_are_not_shown(world):
    """One death of two says nothing about how often; one of three is shown."""
    world.study("two-2015", f"{TRM}, events: 1, n: 2", n=2)
    assert world.verdict(FEW).word == "not checkable"
    world.study("three-2015", f"{TRM}, events: 1, n: 3", n=3)
    assert world.verdict(FEW).word == "supported, context missing"


@pytest.mark.parametrize(("n", "word"), [(19, "supported, context missing"),
                         (20, "contradicted")])  # fmt: skip
def test_twenty_people_are_enough_to_contradict(world, n, word):
    """Deaths of half the people contradict from 20 people on."""
    world.study("doe-2015", f"{TRM}, events: {n // 2}, n: {n}", n=n)
    assert world.verdict(FEW).word == word


def test_a_small_trial_without_a_clear_benefit_rules_none_out(world):
    """45 against 42 of 60: the interval of the difference reaches above 10 points."""
    trial(world, "trial-2017", 45, 42, 60)
    verdict = world.verdict(AGREE)
    words = text_of(verdict, "randomised-trial-says-otherwise")
    assert words.startswith("Where chance decided who got the cells (trial-2017): ")
    assert "45 of 60 people (75 %, 63 to 84) with them and " in words
    assert "without them were in complete or partial remission" in words
    assert words.endswith(
        ". That is no clear benefit; so small a trial cannot rule one out."
    )
    assert sentence(verdict.sentence).startswith(
        "A trial where chance decided who got the cells shows no clear benefit "
        "(trial-2017): 45 of 60 people"
    )


def test_a_large_trial_without_a_benefit_rules_one_out(world):
    """500 against 500 of 1,000: the difference is at most 4.4 points."""
    trial(world, "trial-2017", 500, 500, 1000)
    words = text_of(world.verdict(AGREE), "randomised-trial-says-otherwise")
    assert words.endswith(". That is no clear benefit.")


def test_one_outcome_with_a_clear_benefit_is_enough_and_is_the_one_told(world):
    """Responses 50 to 20 of 60 are clear, remissions 12 to 10 are not."""
    trial(world, "trial-2017", 12, 10, 60, ("any-response", 50, 20))
    verdict = world.verdict(AGREE)
    assert verdict.word == "supported"
    assert codes_of(verdict) == ["randomised-trial-agrees"]
    assert sentence(verdict.sentence).startswith(
        "A trial where chance decided who got the cells shows a clear benefit "
        "(trial-2017): 50 of 60 people"
    )


def test_the_broadest_outcome_of_a_trial_is_told(world):
    """Any remission is told, complete remission stays in the evidence."""
    trial(world, "trial-2017", 45, 42, 60, ("complete-remission", 11, 10))
    verdict = world.verdict(AGREE)
    words = text_of(verdict, "randomised-trial-says-otherwise")
    assert "45 of 60 people" in words
    assert "11 of 60 people" not in words
    evidence = verdict.findings[0].evidence
    assert [item.about for item in evidence] == [
        *("any-remission", "any-remission"),
        *("complete-remission", "complete-remission"),
    ]


def test_treatments_without_a_trial_are_named(world):
    """A trial of one treatment says nothing about another."""
    trial(world, "trial-2017", 50, 20, 60)
    both = world.verdict(AGREE.replace("[msc]", "[msc, car-t]"))
    assert text_of(both, "no-randomised-trial") == (
        "No randomised trial of CAR T cells with results is among the records."
    )


def registered(world, name, people):
    """Write a registered randomised trial without results."""
    world.study(name, design="randomised-trial", arms=TWO_ARMS.format(n=5), n=people)
    path = world.records / f"{name}.yaml"
    text = path.read_text(encoding="utf-8").replace("published", "registered")
    if not people:
        text = text.replace("{enrolled: 0, lupus: 0}", "{}")
    path.write_text(text, encoding="utf-8")


def test_unreported_trials_are_listed_by_size(world):
    """Largest first; a trial that does not say how many people stands alone."""
    registered(world, "nct-2", 30)
    registered(world, "nct-1", 81)
    registered(world, "nct-3", 0)
    assert text_of(world.verdict(AGREE), "registered-trial-unreported") == (
        "3 randomised trials are registered without a result here: nct-1 (81 people), "
        "nct-2 (30 people) and nct-3."
    )


def test_one_unreported_trial_of_one_person_is_singular(world):
    """One trial "is", and one person is no "people"."""
    registered(world, "nct-1", 1)
    assert text_of(world.verdict(AGREE), "registered-trial-unreported") == (
        "1 randomised trial is registered without a result here: nct-1 (1 person)."
    )


def test_a_benefit_claim_by_percentage_meets_the_trial_too(world):
    """A percentage from the trial itself is not told without its control arm."""
    trial(world, "trial-2017", 45, 42, 60)
    claim = (
        "kind: rate, therapy: msc, cites: trial-2017, figures: "
        '[{endpoint: any-remission, months: 6, percent: "75"}]'
    )
    verdict = world.verdict(claim)
    assert verdict.word == "supported, context missing"
    assert "randomised-trial-says-otherwise" in codes_of(verdict)
    told = world.verdict(claim, head=", tells: [randomised-trial]")
    assert "randomised-trial-says-otherwise" not in codes_of(told)


def test_a_direction_beside_a_negative_trial_lacks_context(world):
    """Everything about the direction is right, but a trial says otherwise."""
    trial(world, "trial-2017", 45, 42, 60)
    world.study(
        "doe-2015",
        arms=TWO_ARMS.format(n=30),
        more='measurements:\n  - {arm: cells, measure: sledai, change: {mean: "-4"}}',
    )
    claim = (
        "kind: direction, therapy: msc, cites: doe-2015, "
        "changes: [{measures: [sledai], direction: falls}]"
    )
    verdict = world.verdict(claim)
    assert verdict.word == "supported, context missing"
    told = world.verdict(claim, head=", tells: [randomised-trial]")
    assert told.word == "supported"
    assert sentence(told.sentence) == (
        "Disease activity score (SLEDAI) fell in doe-2015."
    )


def test_a_rise_is_told_as_a_rise(world):
    """What rose in one of two studies, and fell in the other."""
    rose = "measurements:\n  - {arm: cells, measure: gfr, direction: rises}"
    world.study("doe-2015", more=rose)
    world.study("roe-2016", more=rose.replace("rises", "falls"))
    claim = (
        "kind: direction, therapy: msc, changes: "
        "[{measures: [gfr], direction: rises}]"
    )  # fmt: skip
    words = sentence(world.verdict(claim).sentence)
    assert words.endswith(" rose in 1 of 2 studies that follow it; it fell in 1.")
