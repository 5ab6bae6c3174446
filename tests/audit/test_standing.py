"""How a percentage stands against all that studies report of its outcome."""

import pytest
from audit.made import (
    REMISSION,
    codes,
    exact,
    found,
    rate,
    sharing,
    shown,
    values,
)

COMPLETE = "endpoint: complete-remission, among: treated"
RELAPSE = "endpoint: relapse, among: treated, at: 12"
DISEASE_FREE = "endpoint: disease-free-survival, among: treated, at: 60"
EVENT_FREE = DISEASE_FREE.replace("disease-free", "event-free")
SIDES = {
    "above-every-study": ("overstated", "understated"),
    "below-every-study": ("understated", "overstated"),
    "within-the-studies": ("within the studies", "within the studies"),
}


def side(verdict):
    """Return on which side of the studies a verdict sees its percentage."""
    (code,) = set(codes(verdict)) & set(SIDES)
    return code


@pytest.mark.parametrize(
    ("percent", "code"),
    [(90, "above-every-study"), (5, "below-every-study"), (25, "within-the-studies")],
)
def test_above_below_and_among_the_studies(world, percent, code):
    """Beside 20, 30 and 40 %; of a relapse fewer than in any study is too rosy."""
    world.studies(REMISSION, 12, 18, 24)
    good = world.verdict(rate(percent))
    world.studies(RELAPSE, 12, 18, 24)
    bad = world.verdict(rate(percent, endpoint="relapse"))
    assert (good.word, bad.word) == SIDES[code]
    for verdict in (good, bad):
        assert codes(verdict)[:2] == ["figure-not-found", code]
        assert verdict.rests_on == ()
        assert shown(verdict, code) == [
            ("s3-2015", 24, 60),
            ("s2-2015", 18, 60),
            ("s1-2015", 12, 60),
        ]


def test_chance_is_the_interval_of_a_study_that_stands_alone(world):
    """24 of 60 is 28 to 53 %; a hundredth of a percent beyond either is outside."""
    low, high = (100 * end for end in exact(24, 60))
    world.studies(REMISSION, 24)
    for percent, code in (
        (low - 0.01, "below-every-study"),
        (low + 0.01, "within-the-studies"),
        (high - 0.01, "within-the-studies"),
        (high + 0.01, "above-every-study"),
    ):
        assert side(world.verdict(rate(f"{percent:.3f}"))) == code


def test_a_percentage_is_as_precise_as_it_is_printed(world):
    """54 may be 53.5, which is above 53.46; 53.5 may be 53.45, which is not."""
    world.studies(REMISSION, 24)
    assert exact(24, 60)[1] == pytest.approx(0.53459, abs=1e-5)
    assert side(world.verdict(rate("54"))) == "above-every-study"
    assert side(world.verdict(rate("53.5"))) == "within-the-studies"


def test_two_reports_on_the_same_people_are_counted_once(world):
    """The later 24 of 60 stand for both; the earlier 20 % is still a report."""
    world.study("a-2013", f"{REMISSION}, events: 12, n: 60", year=2013)
    world.study("b-2015", f"{REMISSION}, events: 24, n: 60", more=sharing("a-2013"))
    for percent, code in (
        ("19.9", "below-every-study"),
        ("25", "within-the-studies"),
        (f"{100 * exact(24, 60)[1] + 0.1:.1f}", "above-every-study"),
    ):
        verdict = world.verdict(rate(percent))
        assert side(verdict) == code
        assert len(shown(verdict, code)) == 2
        assert found(verdict, "outside-the-pooled-interval") is None


@pytest.mark.parametrize(("n", "word"), [(4, "not found"), (5, "overstated")])
def test_a_report_on_four_people_is_no_measure(world, n, word):
    """Five people are the fewest that are compared with."""
    world.studies(REMISSION, 1, n=n)
    assert world.verdict(rate(99)).word == word


@pytest.mark.parametrize(
    "line", ["lupus_specific: false", "subgroup: women", "arm: null, scope: kidney"]
)
def test_other_people_are_no_measure(world, line):
    """Other diseases, a part of the people, both arms together, or one organ."""
    world.study("a-2013", f"{REMISSION}, events: 12, n: 60")
    arm, _, rest = line.rpartition("arm: null, ")
    world.study(
        "b-2014",
        f"{'arm: null, ' if arm else ''}{REMISSION}, events: 54, n: 60, {rest}",
    )
    verdict = world.verdict(rate("99.9"))
    assert shown(verdict, "above-every-study") == [("a-2013", 12, 60)]


def test_treated_and_untreated_people_together_are_no_measure(world):
    """Half of those behind the figure had placebo."""
    arms = "  cells: {therapy: msc, n: 60}\n  placebo: {therapy: placebo, n: 60}"
    line = f"arm: null, {REMISSION}, events: 48, n: 120"
    world.study("doe-2015", line, arms=arms, n=120)
    verdict = world.verdict(rate(40))
    assert (verdict.word, codes(verdict)) == ("not found", ["figure-not-found"])


def test_one_figure_of_a_study_is_shown_and_all_of_them_allow(world):
    """At 9, 12 and 16 months 20, 50 and 40 %: the one that is counted is shown."""
    world.study(
        "doe-2015",
        f"{COMPLETE}, at: 9, events: 12, n: 60",
        f"{COMPLETE}, at: 12, events: 30, n: 60",
        f"{COMPLETE}, at: 16, events: 24, n: 60",
    )
    verdict = world.verdict(rate(99))
    assert shown(verdict, "above-every-study") == [("doe-2015", 30, 60)]
    assert side(world.verdict(rate(25))) == "within-the-studies"
    assert side(world.verdict(rate(15))) == "below-every-study"


@pytest.mark.parametrize(
    ("at", "months", "word"),
    [
        ("at: 9", 12, "overstated"),
        ("at: 17.9", 12, "overstated"),
        ("at: 8.9", 12, "not found"),
        ("at: 18", 12, "not found"),
        ("note: No time.", 12, "not found"),
        ("note: No time.", None, "overstated"),
        ("at: 60", None, "overstated"),
        ("at: {months: 12, basis: best-ever}", 12, "overstated"),
        ("at: {months: 24, basis: best-ever}", 12, "not found"),
        ("at: {months: 24, basis: best-ever}", None, "overstated"),
        ("at: {basis: best-ever}", 12, "not found"),
    ],
)
def test_studies_of_about_the_claims_time_are_compared(world, at, months, word):
    """From 9 to below 18 months for one year; any time where the claim gives none."""
    world.study("doe-2015", f"{COMPLETE}, {at}, events: 12, n: 60")
    assert world.verdict(rate(90, months=months)).word == word


@pytest.mark.parametrize("at", ["at: 3", "at: 60", "note: No time."])
def test_an_outcome_without_a_clock_has_no_time(world, at):
    """A serious infection is compared whenever the study counts it."""
    line = f"endpoint: serious-infection, among: treated, {at}, events: 12, n: 60"
    world.study("doe-2015", line)
    verdict = world.verdict(rate(90, endpoint="serious-infection"))
    assert verdict.word == "understated"
    right = world.verdict(rate(20, endpoint="serious-infection"))
    assert right.rests_on == (("doe-2015", 0),)


@pytest.mark.parametrize(
    ("scope", "recorded", "word", "other"),
    [
        (None, "lupus", "supported", False),
        (None, "kidney", "supported, context missing", True),
        ("kidney", "kidney", "supported", False),
        ("kidney", "lupus", "not found", False),
        ("lupus", "kidney", "not found", False),
    ],
)
def test_a_remission_of_one_organ_is_told_as_one(world, scope, recorded, word, other):
    """A claim may mean it where it does not say; where it says, it means that."""
    world.study("doe-2015", f"{REMISSION}, scope: {recorded}, events: 24, n: 60")
    figure = f", scope: {scope}" if scope else ""
    verdict = world.verdict(rate(40, figure=figure), head=", tells: [no-control]")
    assert (verdict.word, "other-outcome" in codes(verdict)) == (word, other)


def test_a_relapse_in_one_organ_is_a_relapse(world):
    """Nothing is said of another outcome."""
    world.study("doe-2015", f"{RELAPSE}, scope: kidney, events: 24, n: 60")
    verdict = world.verdict(rate(40, endpoint="relapse"))
    assert verdict.rests_on == (("doe-2015", 0),)
    assert "other-outcome" not in codes(verdict)


def test_without_a_scope_lupus_as_a_whole_is_compared_first(world):
    """A kidney that allows the percentage is looked at; else lupus as a whole."""
    world.study(
        "doe-2015",
        f"{REMISSION}, scope: kidney, events: 48, n: 60",
        f"{REMISSION}, events: 12, n: 60",
    )
    assert shown(world.verdict(rate(99)), "above-every-study") == [("doe-2015", 12, 60)]
    kidney = world.verdict(rate(75))
    assert shown(kidney, "within-the-studies") == [("doe-2015", 48, 60)]


@pytest.mark.parametrize(
    ("percent", "bound", "word"),
    [
        (20, None, "understated"),
        (20, "under", "understated"),
        (20, "over", "not found"),
        (35, None, "not found"),
        (40, None, "not found"),
        (95, None, "not found"),
    ],
)
def test_a_part_is_no_more_than_a_bound_of_its_total(world, percent, bound, word):
    """40 % (29 to 53) are in complete remission: any remission is no less."""
    world.studies(REMISSION, 24)
    figure = f", bound: {bound}" if bound else ""
    claim = rate(percent, endpoint="any-remission", figure=figure)
    verdict = world.verdict(claim)
    assert verdict.word == word
    assert codes(verdict)[:2] == ["part-of-the-total", "figure-not-found"]
    assert shown(verdict, "part-of-the-total") == [("s1-2015", 24, 60)]


def test_a_total_says_nothing_of_its_part(world):
    """Any remission is no complete one, and another percentage is not allowed."""
    world.studies("endpoint: any-remission, among: treated, at: 12", 24)
    for percent in (5, 40, 95):
        verdict = world.verdict(rate(percent))
        assert (verdict.word, codes(verdict)) == ("not found", ["figure-not-found"])


@pytest.mark.parametrize(
    ("claimed", "reported", "found"),
    [
        (one, other, one == other or ("-free-" in one and "-free-" in other))
        for one in ("disease-free-survival", "event-free-survival",
                    "progression-free-survival", "overall-survival")
        for other in ("disease-free-survival", "event-free-survival",
                      "progression-free-survival", "overall-survival")
    ],
)  # fmt: skip
def test_survival_without_an_event_answers_for_survival_without_disease(
    world, claimed, reported, found
):
    """Being alive is another question; the name of what is counted is told."""
    world.study("doe-2015", f"endpoint: {reported}, at: 12, events: 24, n: 60")
    verdict = world.verdict(rate(40, endpoint=claimed))
    assert (verdict.rests_on == (("doe-2015", 0),)) is found
    assert ("other-outcome" in codes(verdict)) is (found and claimed != reported)


def test_the_outcome_itself_is_asked_of_first(world):
    """Where one study counts disease-free people, event-free ones do not answer."""
    world.study("doe-2015", f"{EVENT_FREE}, events: 42, n: 60")
    claim = rate(70, months=60, endpoint="disease-free-survival")
    assert world.verdict(claim).rests_on == (("doe-2015", 0),)
    other = rate(99, months=60, endpoint="disease-free-survival")
    told = values(world.verdict(other), "above-every-study")
    assert (told["instead"], told["beyond_chance"]) == ("event-free-survival", True)
    world.study("roe-2016", f"{DISEASE_FREE}, events: 24, n: 60")
    verdict = world.verdict(claim)
    assert verdict.word == "overstated"
    assert shown(verdict, "above-every-study") == [("roe-2016", 24, 60)]


@pytest.mark.parametrize(
    ("claimed", "reported"),
    [("infection", "serious-infection"), ("any-response", "any-remission")],
)
def test_outcomes_that_answer_different_questions_do_not(world, claimed, reported):
    """A serious infection is not any infection, and a remission no response."""
    world.study("doe-2015", f"endpoint: {reported}, at: 12, events: 24, n: 60")
    assert world.verdict(rate(40, endpoint=claimed)).word == "not found"


@pytest.mark.parametrize(
    ("bound", "percent", "events", "word"),
    [
        ("over", 60, (45, 50), "supported"),
        ("over", 60, (45, 60), "supported"),
        ("over", 76, (45, 54), "within the studies"),
        ("over", 80, (45, 54), "within the studies"),
        ("over", 97, (45, 50), "overstated"),
        ("under", 95, (45, 50), "supported"),
        ("under", 95, (0, 50), "supported"),
        ("under", 88, (45, 54), "within the studies"),
        ("under", 40, (45, 50), "understated"),
        ("up-to", 99, (45, 50), "overstated"),
        ("up-to", 85, (45, 50), "within the studies"),
        ("about", 30, (45, 50), "understated"),
    ],
)
def test_a_bound_that_is_true_of_every_study_holds(world, bound, percent, events, word):
    """Over 60 % is true of 75 and 83 %; over 76 % is not true of 75 %.

    "Up to 85 %" is no such bound: that nobody saw more does not bear it out.
    """
    world.studies(REMISSION, *events)
    verdict = world.verdict(rate(percent, figure=f", bound: {bound}"))
    assert verdict.word == word
    assert ("bound-holds" in codes(verdict)) is (word == "supported")
    if word == "supported":
        assert {item[0] for item in shown(verdict, "bound-holds")} == {
            *("s1-2015", "s2-2015"),
        }


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (25, 35, "supported"),
        (30, 42, "supported"),
        (25, 29, "within the studies"),
        (25, 80, "overstated"),
        (5, 35, "understated"),
    ],
)
def test_each_end_of_a_range_is_held_against_the_studies(world, low, high, word):
    """18 of 60 is 30 %, from 19 to 43: a study within bears out no end beyond."""
    assert [round(100 * end) for end in exact(18, 60)] == [19, 43]
    world.studies(REMISSION, 18)
    verdict = world.verdict(rate(low, figure=f', to: "{high}"'))
    assert verdict.word == word
    assert bool(verdict.rests_on) is (word == "supported")


@pytest.mark.parametrize(
    ("claimed", "given", "found"),
    [
        ("uc-msc", "msc", True),
        ("msc", "uc-msc", True),
        ("uc-msc", "bm-msc", True),
        ("hsct", "msc", False),
        ("msc", "auto-msc", False),
    ],
)
def test_kinds_of_the_same_cells_answer_for_each_other(world, claimed, given, found):
    """Where nobody studied the very cells, the wider kind is asked of."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60",
                arms=f"  cells: {{therapy: {given}, n: 60}}")  # fmt: skip
    verdict = world.verdict(rate(40, therapy=claimed))
    assert (verdict.rests_on == (("doe-2015", 0),)) is found


def test_the_very_cells_are_asked_of_first(world):
    """Umbilical-cord cells gave 20 %; that bone-marrow cells gave 60 % is no answer."""
    for name, therapy, events in (("a-2013", "uc-msc", 12), ("b-2014", "bm-msc", 36)):
        world.study(name, f"{REMISSION}, events: {events}, n: 60",
                    arms=f"  cells: {{therapy: {therapy}, n: 60}}")  # fmt: skip
    assert world.verdict(rate(60, therapy="uc-msc")).word == "overstated"
    assert world.verdict(rate(60)).rests_on == (("b-2014", 0),)


def test_a_claim_is_as_good_as_its_worst_part(world):
    """40 % is there and 90 % is not."""
    world.studies(REMISSION, 24)
    verdict = world.verdict(rate(40, 90))
    assert verdict.word == "overstated"
    assert verdict.rests_on == (("s1-2015", 0),)
