"""Records in which something is not said, and what an audit makes of them."""

import pytest
from audit.made import rate, text_of

from lupus_evidence.render.audit.words import sentence

REMISSION = "endpoint: complete-remission, among: treated"
ARMS = "  cells: {therapy: msc, n: 30}\n  more: {therapy: uc-msc, n: 30}"


def whole_study(world, line, **changes):
    """Write a study whose only result is about all arms together."""
    world.study("doe-2015", line, **changes)
    path = world.records / "doe-2015.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{arm: cells, ", "{"), encoding="utf-8")


@pytest.mark.parametrize(
    ("arms", "lupus", "treated"),
    [
        (ARMS, 55, "60"),
        (ARMS.replace("uc-msc, n: 30", "uc-msc"), 55, "55"),
    ],
)
def test_people_treated_in_all_arms_are_their_sum_where_all_are_known(
    world, arms, lupus, treated
):
    """Two arms of 30 are 60; with one unknown, the people with lupus stand for it."""
    line = "endpoint: complete-remission, at: 12, events: 20, n: 40, among: followed"
    whole_study(world, line, arms=arms, lupus=lupus)
    said = sentence(world.verdict(rate(50)).sentence)
    assert said.endswith(f"; {treated} had been treated.")


def test_a_study_that_does_not_say_when(world):
    """The cited figure has no time: that is told."""
    line = f"{REMISSION}, at: {{basis: longest, high: 60}}, events: 24, n: 60"
    world.study("doe-2015", line)
    verdict = world.verdict(rate(40, more=", cites: doe-2015"))
    assert text_of(verdict, "other-time") == (
        "The article speaks of 1 year. The figure was seen at some time during "
        "follow-up."
    )
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    verdict = world.verdict(rate(40, more=", cites: doe-2015"))
    assert text_of(verdict, "other-time") == (
        "The article speaks of 1 year. The study does not say when."
    )


def test_the_cited_study_says_otherwise_in_full(world):
    """Percentage, study, people and time stand in one sentence."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    verdict = world.verdict(rate(70, more=", cites: doe-2015"))
    assert text_of(verdict, "study-says-otherwise") == (
        "The article says 70 %. doe-2015 reports: 24 of 60 people (40 %, 29 to 53) "
        "were in complete remission at 1 year."
    )


def test_a_figure_of_another_study_names_both(world):
    """The study meant, and the one in which the figure stands."""
    world.study("doe-2015", "endpoint: relapse, at: 12, events: 5, n: 60")
    world.study("roe-2016", f"{REMISSION}, at: 12, events: 24, n: 60")
    verdict = world.verdict(rate(40, more=", cites: doe-2015"))
    assert text_of(verdict, "other-study") == (
        "The figure is not in doe-2015, which the article means, but in roe-2016."
    )


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (19, "contradicted"),
        (20, "contradicted"),
        (21, "understated"),
        (79, "overstated"),
        (80, "contradicted"),
    ],
)
def test_twice_or_half_of_what_the_study_says_contradicts_it(world, said, word):
    """The study says 40 %: up to 20 and from 80 it is contradicted."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    assert world.verdict(rate(said, more=", cites: doe-2015")).word == word


def told_harms(world, *lines, lupus=60):
    """Return what is said of harms left out beside a remission of 40 %."""
    world.study(
        "doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60", *lines, lupus=lupus
    )
    return text_of(world.verdict(rate(40)), "harm-left-out")


def test_every_kind_of_harm_left_out_is_told(world):
    """Death from treatment, death, relapse and serious infection, in this order."""
    words = told_harms(
        world,
        "endpoint: serious-infection, events: 4, n: 60, among: treated",
        "endpoint: relapse, events: 3, n: 60, among: treated",
        "endpoint: death, events: 2, n: 60, among: treated",
        "endpoint: treatment-related-mortality, events: 1, n: 60, among: treated",
    )
    assert words == (
        "Not mentioned, though the same study says so: 1 of 60 people (2 %, <1 to 9) "
        "died of the treatment, at a time that is not stated; 2 of 60 people (3 %, 1 "
        "to 11) died, at a time that is not stated; 3 of 60 people (5 %, 2 to 14) "
        "relapsed, at a time that is not stated; 4 of 60 people (7 %, 3 to 16) had a "
        "serious infection, at a time that is not stated."
    )


@pytest.mark.parametrize(
    ("line", "lupus", "told"),
    [
        ("events: 0, n: 60", 60, False),
        ("events: 1, n: 60", 60, True),
        ("events: 3, n: 30, subgroup: women", 60, False),
        ("events: 3, n: 30, subgroup: people with lupus", 30, True),
        ("events: 3, n: 30, lupus_specific: false", 60, False),
        ("events: 3", 60, True),
        ('percent: "0"', 60, False),
        ('percent: "5"', 60, True),
    ],
)
def test_which_deaths_are_told_beside_a_benefit(world, line, lupus, told):
    """A death of people with lupus, not of a part, unless the rest has no lupus."""
    words = told_harms(world, f"endpoint: death, among: treated, {line}", lupus=lupus)
    assert (words is not None) is told


def test_the_harm_with_the_best_denominator_and_latest_time_is_told(world):
    """Of those treated before those followed, at five years before one."""
    words = told_harms(
        world,
        "endpoint: death, at: 60, events: 9, n: 40, among: followed",
        "endpoint: death, at: 12, events: 2, n: 60, among: treated",
        "endpoint: death, at: 60, events: 6, n: 60, among: treated",
    )
    assert "6 of 60 people" in words
    assert "2 of 60" not in words
    assert "9 of 40" not in words


def test_deaths_without_a_denominator_are_told_for_each_time(world):
    """Without people to divide by, every time is told, the first figure of each."""
    words = told_harms(
        world,
        "endpoint: death, at: 12, events: 2, among: treated",
        "endpoint: death, at: 60, events: 6, among: treated",
        "endpoint: death, at: 60, events: 7, among: treated",
    )
    assert "at 1 year" in words
    assert "at 5 years" in words
    assert words.count("died") == 2


def test_a_result_for_all_arms_is_no_control(world):
    """A trial's figure for everybody is held against nobody."""
    arms = "  cells: {therapy: uc-msc, n: 60}\n  placebo: {therapy: placebo, n: 60}"
    world.study(
        "trial-2017",
        "endpoint: any-remission, at: 6, events: 50, n: 60, among: treated",
        design="randomised-trial",
        arms=arms,
        n=120,
    )
    path = world.records / "trial-2017.yaml"
    text = path.read_text(encoding="utf-8").rstrip()
    every = "endpoint: any-remission, at: 6, events: 70, n: 120, among: treated"
    path.write_text(f"{text}\n  - {{{every}}}\n", encoding="utf-8")
    claim = "kind: statement, topic: expert-agreement, therapies: [msc]"
    assert world.verdict(claim).word == "not checkable"


def test_several_changes_are_told_one_after_the_other(world):
    """Each thing that is said to change has its sentence."""
    world.study(
        "doe-2015",
        more="measurements:\n  - {arm: cells, measure: sledai, direction: falls}\n"
        "  - {arm: cells, measure: gfr, direction: rises}",
    )
    claim = (
        "kind: direction, therapy: msc, changes: [{measures: [sledai], direction: "
        "falls}, {measures: [gfr], direction: rises}]"
    )
    first, second = sentence(world.verdict(claim).sentence).split(". ")
    assert first == "Disease activity score (SLEDAI) fell in doe-2015"
    assert second.endswith(" rose in doe-2015.")


def test_a_measurement_keeps_how_it_was_read_and_when(world):
    """Its own reading, else its record's, with therapy, time and place."""
    line = "at: 12, direction: falls, where: Table 3"
    more = f"measurements:\n  - {{arm: cells, measure: sledai, {line}}}"
    claim = (
        "kind: direction, therapy: msc, "
        "changes: [{measures: [sledai], direction: falls}]"
    )
    for reading in ("primary-abstract", "secondary"):
        own = "" if reading == "primary-abstract" else ", reading: secondary"
        world.study("doe-2015", more=more.replace("}", f"{own}}}"))
        (found,) = (
            f for f in world.verdict(claim).findings if f.code == "direction-reported"
        )
        (item,) = found.evidence
        assert (item.study, item.about, item.reading) == ("doe-2015", "sledai", reading)
        assert (item.therapy, item.months, item.where) == ("msc", 12, "Table 3")


CASE = "kind: statement, topic: case-report, therapies: [hsct, msc], words: [sjögren]"


def test_a_case_report_of_either_treatment_is_looked_through(world):
    """One of two treatments is enough; reports without an outcome are named."""
    world.study("a-2010", design="case-report", n=1, more="notes: [Other.]")
    world.study(
        "b-2011",
        "endpoint: any-response, events: 1, n: 1",
        design="case-series",
        n=1,
        more="notes: [Another.]",
    )
    verdict = world.verdict(CASE)
    assert verdict.word == "not found"
    assert text_of(verdict, "report-not-found") == (
        "2 reports on single people or a few, given this treatment, were looked "
        "through for: sjögren. The outcome in a-2010 is not known."
    )


@pytest.mark.parametrize(
    ("outcome", "bears"),
    [
        ("measurements:\n  - {arm: cells, measure: sledai, direction: falls}\n", True),
        ("", False),
    ],
)
def test_a_case_with_a_measurement_bears_on_the_claim(world, outcome, bears):
    """A score that fell is an outcome; a report without any is not."""
    world.study(
        "a-2010",
        design="case-report",
        n=1,
        more=f"{outcome}notes: [Sjögren syndrome too.]",
    )
    verdict = world.verdict(CASE)
    assert (verdict.word == "supported, context missing") is bears


def test_a_figure_outside_the_pooled_interval_is_told_with_it(world):
    """Five studies near 20 %: the sentence has studies, people and which side."""
    for number in range(1, 6):
        world.study(f"s{number}-2015", f"{REMISSION}, at: 12, events: 12, n: 60")
    world.study("tiny-2016", f"{REMISSION}, at: 12, events: 16, n: 20", n=20)
    words = text_of(world.verdict(rate(80)), "outside-the-pooled-interval")
    assert words.startswith(
        "80 % lies above the studies taken together: 6 studies with 320 people, none "
        "counted twice: "
    )
    low = text_of(world.verdict(rate(1)), "outside-the-pooled-interval")
    assert low.startswith("1 % lies below the studies taken together: ")


@pytest.mark.parametrize(("events", "found"), [(24, True), (25, False)])
def test_a_count_in_the_article_must_be_that_of_the_study(world, events, found):
    """40 % of other people is another figure."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    claim = rate(40, f", events: {events}, people: 60")
    assert (text_of(world.verdict(claim), "figure-found") is not None) is found


@pytest.mark.parametrize(("n", "few"), [(19, True), (20, False)])
def test_twenty_people_are_not_few(world, n, few):
    """All treated are counted: 19 are few, 20 are not."""
    line = f"{REMISSION}, at: 12, events: 10, n: {n}, where: Table 2"
    world.study("doe-2015", line, n=n)
    verdict = world.verdict(rate("53" if n == 19 else "50"))
    assert (text_of(verdict, "few-people") is not None) is few
    assert text_of(verdict, "figure-found") == (
        "The figure is real: it stands in doe-2015 (Table 2)."
    )


def test_a_claim_told_twice_loses_plain_support(world):
    """Each is right by itself; together they are one finding."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    head = ", tells: [no-control]"
    assert world.verdict(rate(40), head=head).word == "supported"
    claims = world.audit(rate(40), rate(40), head=head).articles[0].claims
    assert [claim.verdict.word for claim in claims] == [
        "supported, context missing"
    ] * 2
    assert [claim.place.line for claim in claims] == [4, 5]


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
    """Where nobody went without the treatment, that belongs to the account."""
    world.study("doe-2015", arms=arms)
    claim = (
        "kind: statement, topic: study-account, therapies: [msc], cites: doe-2015, "
        "people: 60"
    )
    found = text_of(world.verdict(claim), "no-control-group")
    assert (found is not None) is missing


def test_an_opinion_keeps_its_source(world):
    """What a guideline says is quoted with its address."""
    world.study("doe-2015", "endpoint: relapse, at: 12, events: 6, n: 60")
    claim = (
        "kind: statement, topic: few-harms, therapies: [msc], opinions: "
        "[{says: It is not recommended., doi: 10.1000/182}]"
    )
    (found,) = (f for f in world.verdict(claim).findings if f.code == "opinion")
    assert sentence(found.words) == "It is not recommended."
    assert found.links == ("https://doi.org/10.1000/182",)
