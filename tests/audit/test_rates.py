"""Which figure a percentage rests on, in any study or in the one that is named."""

import pytest
from audit.made import (
    REMISSION,
    answer,
    cited,
    codes,
    figure,
    found,
    percents,
    rate,
    shown,
    values,
)

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.records.load import load

COMPLETE = "endpoint: complete-remission"
TREATED = f"{COMPLETE}, among: treated"
FOUND = (("doe-2015", 0),)
OPEN = ", tells: [no-control, denominator]"


def test_a_figure_that_a_study_reports_is_supported_and_says_where(world):
    """24 of 60 is 40 %: study, file, line and place in the paper stand beside it.

    That there was nobody to compare with is a note: it takes nothing from the figure.
    """
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60, where: Table 2")
    verdict = world.verdict(rate(40), head=OPEN)
    assert (verdict.word, verdict.rests_on) == ("supported", FOUND)
    code, said = answer(verdict)
    assert (code, figure(said["figure"])) == (
        *("found", ("doe-2015", 24, 60, "complete-remission", 12)),
    )
    assert percents(said["figure"].counted.rate) == (40, 29, 53)
    (item,) = found(verdict, "figure-found").evidence
    assert (item.study, item.where) == ("doe-2015", "Table 2")
    assert world.line("doe-2015", item.place.line).startswith("- {arm: cells, endp")
    lacking = world.verdict(rate(40))
    assert (lacking.word, lacking.missing) == ("supported", ())
    assert set(codes(lacking)) - set(codes(verdict)) == {"no-control-group"}


def test_people_treated_are_told_beside_those_counted(world):
    """24 of 40 counted, 60 treated: the sentence says both."""
    world.study("doe-2015", f"{COMPLETE}, among: followed, at: 12, events: 24, n: 40")
    told = answer(world.verdict(rate(60)))[1]["figure"]
    assert (told.n, told.treated, told.time.months) == (40, 60, 12)


@pytest.mark.parametrize(
    ("arms", "lupus", "treated"),
    [
        ("  one: {therapy: msc, n: 30}\n  two: {therapy: uc-msc, n: 30}", 55, 60),
        ("  one: {therapy: msc, n: 30}\n  two: {therapy: uc-msc}", 55, 55),
    ],
)
def test_people_treated_in_all_arms_are_their_sum(world, arms, lupus, treated):
    """With one arm's number unknown, the people with lupus stand for it."""
    line = f"arm: null, {COMPLETE}, at: 12, events: 20, n: 40, among: followed"
    world.study("doe-2015", line, arms=arms, lupus=lupus)
    assert answer(world.verdict(rate(50)))[1]["figure"].treated == treated


def test_those_treated_in_a_figures_own_arm_are_told(world):
    """Of two arms, 30 people are behind the figure, not 90."""
    arms = "  cells: {therapy: msc, n: 30}\n  more: {therapy: uc-msc, n: 60}"
    line = f"{COMPLETE}, among: followed, at: 12, events: 10, n: 20"
    world.study("doe-2015", line, arms=arms, n=90)
    told = answer(world.verdict(rate(50)))[1]["figure"]
    assert (told.n, told.treated) == (20, 30)


@pytest.mark.parametrize(
    ("lupus", "n", "treated"),
    [
        (60, 20, 60),
        # everybody is in the figure, and people with other diseases besides
        (20, 60, 20),
    ],
)
def test_those_treated_of_several_diseases_are_those_with_lupus(
    world, lupus, n, treated
):
    """A figure of 60 people with any disease is not one of the 20 with lupus."""
    mixed = ", lupus_specific: false" if lupus < n else ""
    world.study(
        "doe-2015",
        f"{REMISSION}, events: 10, n: {n}{mixed}",
        lupus=lupus,
        arms=f"  cells: {{therapy: msc, n: {max(n, lupus)}, lupus: {lupus}}}",
        n=max(n, lupus),
    )
    who = ", who: several-diseases" if mixed else ""
    verdict = world.verdict(rate("17" if mixed else "50", more=who))
    told = answer(verdict)[1]["figure"]
    assert (told.n, told.treated) == (n, treated)


@pytest.mark.parametrize(
    ("bound", "said", "seen", "fits"),
    [
        ("over", 40, (78, 200), False),
        ("over", 40, (80, 200), True),
        ("over", 40, (99, 200), True),
        ("over", 40, (100, 200), False),
        ("under", 60, (122, 200), False),
        ("under", 60, (120, 200), True),
        ("under", 60, (101, 200), True),
        ("under", 60, (100, 200), False),
        ("about", 50, (19, 40), True),
        ("about", 50, (21, 40), True),
        ("about", 50, (47, 100), False),
        ("about", 50, (53, 100), False),
        ("about", 8, (6, 100), True),
        ("about", 8, (10, 100), True),
        ("about", 8, (11, 200), False),
        ("about", 8, (21, 200), False),
        ("about", 20, (45, 200), True),
        ("about", 20, (23, 100), False),
        ("up-to", 70, (70, 100), True),
        ("up-to", 70, (69, 100), False),
    ],
)
def test_how_far_a_word_in_front_of_a_figure_reaches(world, bound, said, seen, fits):
    """From "over 40" to below 50, "under 60" to above 50, "about half" 47.5 to 52.5.

    "About 8 %" reaches a quarter of it either way, from 6 to 10, not 2.5 points.
    """
    events, n = seen
    world.study("doe-2015", f"{REMISSION}, events: {events}, n: {n}", n=n)
    verdict = world.verdict(rate(said, figure=f", bound: {bound}"))
    assert (found(verdict, "figure-found") is not None) is fits


@pytest.mark.parametrize(
    ("figure", "said", "fits"),
    [
        ('percent: "40"', "40", True),
        ('percent: "40"', "40.4", False),
        ("events: 13, n: 40", "32", True),
        ("events: 13, n: 40", "33", True),
        ("events: 13, n: 40", "32.4", False),
        ('events: 7, n: 53, percent: "13"', "13", True),
        ('events: 7, n: 53, percent: "13"', "13.2", True),
        ('events: 7, n: 53, percent: "13"', "13.4", False),
    ],
)
def test_a_percentage_fits_a_count_or_what_is_printed(world, figure, said, fits):
    """Equal at the claim's own decimals, a half rounded either way."""
    world.study("doe-2015", f"{REMISSION}, {figure}", n=60)
    assert bool(world.verdict(rate(said)).rests_on) is fits


@pytest.mark.parametrize(("events", "fits"), [(24, True), (25, False)])
def test_a_count_in_the_article_must_be_that_of_the_study(world, events, fits):
    """40 % of other people is another figure."""
    world.studies(REMISSION, 24)
    figure = f", events: {events}, people: 60"
    assert bool(world.verdict(rate(40, figure=figure)).rests_on) is fits


@pytest.mark.parametrize(
    ("claim", "lines"),
    [
        (rate(40), (f"{TREATED}, at: 13, events: 24, n: 60",
                    f"{TREATED}, at: 12, events: 12, n: 30")),
        (rate(40), (f"{TREATED}, at: 12, events: 12, n: 30",
                    f"{TREATED}, at: 12, events: 24, n: 60")),
        (rate(40, figure=", people: 30"), (f"{TREATED}, at: 12, events: 24, n: 60",
                                           f"{TREATED}, at: 12, events: 12, n: 30")),
        (cited(40, figure=", events: 12"), (f"{TREATED}, at: 12, events: 24, n: 60",
                                            f"{TREATED}, at: 12, events: 12, n: 30")),
        (rate(40), (f"{TREATED}, at: 12, events: 24, n: 60, scope: kidney",
                    f"{TREATED}, at: 12, events: 12, n: 30")),
        (rate(40), (f"{COMPLETE}, among: survivors, at: 12, events: 20, n: 50",
                    f"{TREATED}, at: 12, events: 12, n: 30")),
        (cited(40), (f"{TREATED}, at: 12, events: 24, n: 60, subgroup: women",
                     f"{TREATED}, at: 12, events: 12, n: 30")),
        (cited(40), (f"{TREATED}, at: 12, events: 24, n: 60, lupus_specific: false",
                     f"{TREATED}, at: 12, events: 12, n: 30")),
        (cited(40), (f"{TREATED}, at: 60, events: 24, n: 60",
                     f"{TREATED}, at: 12, events: 12, n: 30")),
    ],
)  # fmt: skip
def test_of_several_matches_the_likeliest_is_taken(world, claim, lines):
    """Disease, month, people, part, organ, denominator and size decide, in order."""
    world.study("doe-2015", *lines)
    assert world.verdict(claim).rests_on == (("doe-2015", 1),)


def test_without_a_time_the_most_people_are_taken(world):
    """What was counted in 60 people is likelier meant than what was in 30."""
    world.study("doe-2015", f"{TREATED}, events: 12, n: 30",
                f"{TREATED}, at: 12, events: 24, n: 60")  # fmt: skip
    assert world.verdict(rate(40, months=None)).rests_on == (("doe-2015", 1),)


def test_of_two_studies_that_report_it_the_larger_is_taken(world):
    """40 % stands on 20 and on 60 people."""
    world.study("a-2015", f"{REMISSION}, events: 8, n: 20", n=20)
    world.study("b-2015", f"{REMISSION}, events: 24, n: 60")
    assert world.verdict(rate(40)).rests_on == (("b-2015", 0),)
    named = world.verdict(cited(40, study="a-2015"))
    assert named.rests_on == (("a-2015", 0),)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("events: 12, n: 30, subgroup: women", "other-group"),
        ("events: 2, n: 4", "other-group"),
        ("events: 24, n: 60, lupus_specific: false", "other-disease"),
        ('events: 24, n: 60, percent: "70"', None),
    ],
)
@pytest.mark.parametrize("beside", [(), (12,)])
def test_a_figure_of_other_people_supports_no_claim(world, line, code, beside):
    """A part, four people, other diseases, a figure in error: named, never found."""
    world.study("doe-2015", f"{REMISSION}, {line}")
    world.studies(REMISSION, *beside, n=1000)
    percent = 50 if "n: 4" in line else 40
    verdict = world.verdict(rate(percent))
    assert verdict.word == ("overstated" if beside else "not found")
    assert verdict.rests_on == ()
    others = [c for c in codes(verdict) if c in ("other-group", "other-disease")]
    assert others == ([code] if code else [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("events: 12, n: 30, subgroup: women", "part-of-the-group"),
        ("events: 2, n: 5", "few-people"),
        ("events: 2, n: 5, at: 60", "few-people"),
        ('events: 24, n: 60, percent: "70"', "fails-check"),
    ],
)
def test_a_figure_of_other_people_supports_a_claim_of_its_study(world, line, code):
    """Where the study is named it is found, and what it lacks is told."""
    n = 5 if "n: 5" in line else 60
    world.study("doe-2015", f"{TREATED}, {'' if 'at:' in line else 'at: 12, '}{line}",
                n=n)  # fmt: skip
    verdict = world.verdict(cited(40))
    assert (verdict.word, verdict.rests_on) == ("supported, context missing", FOUND)
    assert code in codes(verdict)


@pytest.mark.parametrize(
    ("population", "share"),
    [
        ({"n": 60, "lupus": 20}, (20, 60)),
        ({"n": 60, "lupus": "null"}, (None, 60)),
        ({"n": "null", "lupus": 20}, (20, None)),
    ],
)
def test_a_figure_for_several_diseases_is_no_lupus_figure(world, population, share):
    """Even in the study that is named; how many have lupus is told where known."""
    line = f"{REMISSION}, events: 24, n: 60, lupus_specific: false"
    world.study("doe-2015", line, **population)
    verdict = world.verdict(cited(40))
    assert (verdict.word, verdict.rests_on) == ("not found", ())
    told = values(verdict, "other-disease")
    assert told["study"] == "doe-2015"
    assert (told["with_condition"], told["enrolled"]) == share


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (19, "contradicted"),
        (20, "contradicted"),
        (21, "understated"),
        (79, "overstated"),
        (80, "contradicted"),
    ],
)
def test_the_named_study_decides_whatever_others_report(world, percent, word):
    """It reports 40 %: less is understated, from half or twice on contradicted."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    world.study("roe-2016", f"{REMISSION}, events: {6 * percent}, n: 600", n=600)
    verdict = world.verdict(cited(percent))
    assert (verdict.word, verdict.rests_on) == (word, FOUND)
    assert codes(verdict)[0] == "study-says-otherwise"
    assert shown(verdict, "study-says-otherwise") == [("doe-2015", 24, 60)]
    told = values(verdict, "study-says-otherwise")
    assert str(told["article"].printed) == str(percent)
    assert figure(told["figure"])[3:] == ("complete-remission", 12)
    assert percents(told["figure"].counted.rate) == (40, 29, 53)
    assert world.verdict(rate(percent)).rests_on == (("roe-2016", 0),)


def test_of_a_harm_less_than_its_study_says_is_too_rosy(world):
    """40 % relapsed: 30 % is overstated, 50 % understated, 20 % contradicted."""
    line = "endpoint: relapse, among: treated, at: 12, events: 24, n: 60"
    world.study("doe-2015", line)
    words = [world.verdict(cited(each, endpoint="relapse")).word
             for each in (30, 50, 20, 80)]  # fmt: skip
    assert words == ["overstated", "understated", "contradicted", "contradicted"]


@pytest.mark.parametrize("percent", [1, 60])
def test_where_the_named_study_saw_nobody_any_percentage_contradicts_it(world, percent):
    """Nothing is less than twice nothing."""
    world.study("doe-2015", f"{REMISSION}, events: 0, n: 60")
    assert world.verdict(cited(percent)).word == "contradicted"


@pytest.mark.parametrize(
    ("line", "months", "percent", "says"),
    [
        (f"{TREATED}, at: 12", 12, 70, True),
        (f"{TREATED}, at: 12", None, 70, True),
        (f"{TREATED}, note: No time.", None, 70, True),
        (f"{TREATED}, at: 0", 1, 70, True),
        (f"{TREATED}, at: 60", 12, 70, False),
        (f"{TREATED}, note: No time.", 12, 70, False),
        ("endpoint: relapse, at: 12", 12, 40, False),
        (f"{TREATED}, at: 12, lupus_specific: false", 12, 70, False),
    ],
)
def test_a_named_study_that_is_silent_neither_supports_nor_contradicts(
    world, line, months, percent, says
):
    """Another time, outcome or disease is no answer, whoever else has the figure."""
    world.study("doe-2015", f"{line}, events: 24, n: 60")
    world.study("roe-2016", f"{REMISSION}, events: {6 * percent}, n: 600", n=600)
    verdict = world.verdict(cited(percent, months=months))
    if says:
        assert codes(verdict)[0] == "study-says-otherwise"
        return
    assert (verdict.word, verdict.rests_on) == ("not found", ())
    assert codes(verdict)[0] == "not-in-cited-study"
    assert shown(verdict, "within-the-studies")[0][0] == "roe-2016"


def test_what_a_silent_study_does_not_report_is_told(world):
    """Study, outcome and time stand in sentence and finding."""
    world.study("doe-2015", "endpoint: relapse, at: 12, events: 24, n: 60")
    verdict = world.verdict(cited(40))
    told = {"study": "doe-2015", "endpoint": "complete-remission"}
    told |= {"months": 12, "time": "at"}
    assert values(verdict, "not-in-cited-study") == told
    assert answer(verdict) == ("not-in-cited-study", told)


def test_another_time_of_the_named_study_supports_with_that_time(world):
    """40 % at one year is no figure for five years, unless the study is named."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60")
    assert world.verdict(rate(40, months=60)).word == "not found"
    named = world.verdict(cited(40, months=60))
    assert (named.word, named.rests_on) == ("supported, context missing", FOUND)
    assert "other-time" in codes(named)


def test_the_named_studys_figure_of_the_nearest_time_says_otherwise(world):
    """At one year it reports 50 %, and 20 % at 16 months: one year was claimed."""
    world.study(
        "doe-2015",
        f"{TREATED}, at: 16, events: 12, n: 60",
        f"{TREATED}, at: 12, events: 30, n: 60",
    )
    verdict = world.verdict(cited(70))
    assert (verdict.word, verdict.rests_on) == ("overstated", (("doe-2015", 1),))


def test_a_whole_group_says_otherwise_before_a_part_of_it(world):
    """A subgroup is not what the article means."""
    world.study(
        "doe-2015",
        f"{REMISSION}, events: 12, n: 30, subgroup: women",
        f"{REMISSION}, events: 24, n: 60",
    )
    assert world.verdict(cited(70)).rests_on == (("doe-2015", 1),)


def test_the_right_percentage_with_another_count_is_found_in_the_named_study(world):
    """12 of 30 is 40 % as the article says; that it counts others is told."""
    world.study("doe-2015", f"{REMISSION}, events: 12, n: 30", n=30)
    for given, what, there, article in (
        (", people: 60", "figure", 30, 60),
        (", events: 24", "events", 12, 24),
    ):
        verdict = world.verdict(cited(40, figure=given))
        assert (verdict.word, verdict.rests_on) == ("supported, context missing", FOUND)
        told = values(verdict, "people-differ")
        assert (told["what"], told["there"], told["article"]) == (what, there, article)


@pytest.mark.parametrize(("bound", "percent"), [("over", 30), ("under", 90)])
def test_a_bound_that_is_true_of_the_named_study_holds(world, bound, percent):
    """It reports 67 %, which is over 30 and under 90."""
    world.study("doe-2015", f"{REMISSION}, events: 40, n: 60")
    verdict = world.verdict(cited(percent, figure=f", bound: {bound}"), head=OPEN)
    assert (verdict.word, verdict.rests_on) == ("supported", FOUND)
    assert "bound-holds" in codes(verdict)


def test_a_study_without_a_record_is_named_and_all_others_answer(world):
    """W201 names it too, and the claim is judged as one that names no study."""
    world.studies(REMISSION, 24)
    path = world.articles / "page.yaml"
    claims = "".join(f"  - {{id: claim-{percent}, says: A claim, {cited(percent)}}}\n"
                     for percent in (40, 90))  # fmt: skip
    path.write_text(
        f"id: page\narticle: {{title: A page, kind: blog}}\nclaims:\n{claims}"
    )
    result = audit(load(world.records), load_claims([path]))
    assert [item.code for item in result.diagnostics] == ["W201", "W201"]
    first, second = (claim.verdict for claim in result.articles[0].claims)
    assert (first.word, first.rests_on) == ("supported, context missing",
                                            (("s1-2015", 0),))  # fmt: skip
    assert second.word == "overstated"
    assert codes(first)[0] == codes(second)[0] == "cited-study-unknown"


def test_a_figure_of_an_arm_that_is_not_there_ends_no_audit(world):
    """The mistake is another check's to name."""
    world.study("doe-2015", f"arm: ghost, {REMISSION}, events: 24, n: 60")
    for claim in (rate(40), cited(40)):
        assert world.verdict(claim).word == "not found"


def test_a_part_of_the_cited_study_is_found_under_its_wider_name(world):
    """Who writes "in remission" for complete remission has the figure from there."""
    line = "endpoint: complete-remission, among: followed, at: 12"
    world.study("doe-2015", f"{line}, events: 3, n: 6")
    verdict = world.verdict(cited("50", endpoint="any-remission"))
    assert verdict.word == "supported, context missing"
    assert "other-outcome" in {finding.code for finding in verdict.findings}
    otherwise = world.verdict(cited("90", endpoint="any-remission"))
    assert otherwise.word == "not found"


RETRACTED = "notices: [{kind: retraction, date: 2020-05, source: doi 10.1000/9}]"


def test_a_figure_whose_report_was_retracted_never_stands_without_saying_so(world):
    """Cited, it lacks context; uncited, it supports nothing; both name the notice."""
    world.study("doe-2015", f"{REMISSION}, events: 24, n: 60", more=RETRACTED)
    for claim, word in (
        (cited(40), "supported, context missing"),
        (rate(40), "not found"),
    ):
        verdict = world.verdict(claim)
        assert verdict.word == word
        assert "retracted-report" in codes(verdict)
