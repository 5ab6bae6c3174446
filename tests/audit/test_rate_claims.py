"""Claims of percentages, on invented records that can be worked out by hand."""

import pytest

from lupus_evidence.render.audit.words import sentence

REMISSION = "endpoint: complete-remission"


def rate(months, percent, more="", figure=""):
    """Return a claim of complete remission after donor MSC."""
    return (
        f"kind: rate, therapy: msc{more}, figures: [{{{REMISSION}, months: {months}, "
        f'percent: "{percent}"{figure}}}]'
    )


def said(verdict, code):
    """Return the sentence of a finding."""
    return next(sentence(f.words) for f in verdict.findings if f.code == code)


def test_a_figure_that_a_study_reports_is_supported_and_says_where(world):
    """24 of 60 is 40 %: the finding names study, file, line and place in the paper."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated, "
                "where: Table 2")  # fmt: skip
    verdict = world.verdict(rate(12, "40"), head=", tells: [no-control]")
    assert verdict.word == "supported"
    found = next(f for f in verdict.findings if f.code == "figure-found")
    item = found.evidence[0]
    assert (item.study, item.where) == ("doe-2015", "Table 2")
    assert item.place.line == 11
    assert "24 of 60 people (40 %, 29 to 53)" in sentence(verdict.sentence)


def test_without_a_control_group_context_is_missing(world, codes):
    """A study in which everybody was treated supports no comparison."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    verdict = world.verdict(rate(12, "40"))
    assert verdict.word == "supported, context missing"
    assert "no-control-group" in codes(verdict)


@pytest.mark.parametrize(
    ("events", "n", "melted"),
    [(12, 24, True), (15, 30, False), (9, 18, True), (30, 60, False)],
)
def test_a_denominator_has_melted_below_half_or_below_twenty(
    world, codes, events, n, melted
):
    """Of 60 treated, 24 counted is below half, 18 below 20, 30 is neither."""
    world.study(
        "doe-2015", f"{REMISSION}, at: 36, events: {events}, n: {n}, among: followed"
    )
    verdict = world.verdict(rate(36, "50"), head=", tells: [no-control]")
    assert ("melted-denominator" in codes(verdict)) is melted


def test_few_people_are_said_to_be_few(world, codes):
    """Where all eight treated are counted, nothing melted, but eight are few."""
    world.study(
        "doe-2015", f"{REMISSION}, at: 12, events: 4, n: 8, among: treated", n=8
    )
    found = codes(world.verdict(rate(12, "50")))
    assert "few-people" in found
    assert "melted-denominator" not in found


def test_rounding_is_named_with_the_printed_figure(world):
    """The study prints 32.5; the article says 33."""
    world.study(
        "doe-2015",
        f'{REMISSION}, at: 12, events: 13, n: 40, among: treated, percent: "32.5"',
        n=40,
    )
    verdict = world.verdict(rate(12, "33"))
    assert said(verdict, "rounding") == (
        "The study prints 32.5 %; the article rounds up to 33 %."
    )


def test_survivors_only_is_the_wrong_denominator(world):
    """28 of 68 survivors is 41 %; of all 81 treated it is 35 %."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 60, events: 28, n: 68, among: survivors",
        f"{REMISSION}, at: 60, events: 28, n: 81, among: treated",
        n=81,
    )
    verdict = world.verdict(rate(60, "41"))
    assert "28 of 81 people (35 %" in said(verdict, "wrong-kind-of-denominator")


def test_a_figure_above_every_study_is_overstated(world):
    """Three studies report 20, 30 and 40 %; nobody reports 80 %."""
    for name, events in (("a-2011", 12), ("b-2012", 18), ("c-2013", 24)):
        world.study(name, f"{REMISSION}, at: 12, events: {events}, n: 60, "
                    "among: treated")  # fmt: skip
    verdict = world.verdict(rate(12, "80"))
    assert verdict.word == "overstated"
    assert [item.study for item in verdict.findings[1].evidence] == [
        "c-2013",
        "b-2012",
        "a-2011",
    ]
    assert "12 of 60 people (20 %, 12 to 32)" in sentence(verdict.sentence)


def test_a_figure_below_every_study_is_understated(world):
    """Two studies report 30 and 40 %; the article says 5 %."""
    for name, events in (("b-2012", 18), ("c-2013", 24)):
        world.study(name, f"{REMISSION}, at: 12, events: {events}, n: 60, "
                    "among: treated")  # fmt: skip
    assert world.verdict(rate(12, "5")).word == "understated"


def test_a_tiny_study_does_not_save_an_exaggeration(world):
    """4 of 4 is no evidence for 80 % where 60 people gave 30 %."""
    world.study("big-2012", f"{REMISSION}, at: 12, events: 18, n: 60, among: treated")
    world.study(
        "tiny-2009", f"{REMISSION}, at: 12, events: 4, n: 4, among: treated", n=4
    )
    assert world.verdict(rate(12, "80")).word == "overstated"


def test_between_the_studies_is_not_found(world, codes):
    """Nobody reports 30 %, but it lies between 20 and 40 %."""
    world.study("a-2011", f"{REMISSION}, at: 12, events: 12, n: 60, among: treated")
    world.study("c-2013", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    verdict = world.verdict(rate(12, "30"))
    assert verdict.word == "not found"
    assert {"figure-not-found", "within-the-studies"} <= codes(verdict)


def test_the_best_of_several_studies_is_overstated_when_told_of_all(world, codes):
    """95 % from one study, told as the rule, lies above all studies taken together."""
    for name, events in (
        ("a-2011", 20),
        ("b-2012", 22),
        ("c-2013", 24),
        ("d-2014", 57),
    ):
        world.study(name, f"{REMISSION}, at: 12, events: {events}, n: 60, "
                    "among: treated")  # fmt: skip
    told_of_all = world.verdict(rate(12, "95"))
    assert "top-of-the-range" in codes(told_of_all)
    assert "20 of 60 people (33 %" in said(told_of_all, "top-of-the-range")
    named = world.verdict(rate(12, "95", ", cites: d-2014"))
    assert named.word == "supported, context missing"


def test_outside_the_pooled_interval_decides_a_claim_without_a_study(world, codes):
    """Five like studies near 20 % leave no room for a sixth of 20 people at 60 %."""
    for number in range(5):
        world.study(f"s-201{number}", f"{REMISSION}, at: 12, events: {39 + number}, "
                    "n: 200, among: treated", n=200)  # fmt: skip
    world.study("odd-2016", f"{REMISSION}, at: 12, events: 12, n: 20, among: treated",
                n=20)  # fmt: skip
    verdict = world.verdict(rate(12, "60"))
    assert "outside-the-pooled-interval" in codes(verdict)
    assert verdict.word == "overstated"


def test_the_cited_study_decides(world):
    """The study prints 40 %: 70 is overstated, 30 understated, 15 contradicted."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    for percent, word in (("70", "overstated"), ("30", "understated"),
                          ("15", "contradicted"), ("90", "contradicted")):  # fmt: skip
        verdict = world.verdict(rate(12, percent, ", cites: doe-2015"))
        assert verdict.word == word, percent
        assert verdict.findings[0].code == "study-says-otherwise"


def test_a_figure_for_other_diseases_is_no_lupus_figure(world):
    """85 % of 900 people, 85 with lupus, supports no claim about lupus."""
    world.study(
        "registry-2010",
        f'{REMISSION}, at: 12, percent: "85", n: 900, among: treated, '
        "lupus_specific: false, kind: kaplan-meier",
        n=900,
        lupus=85,
    )
    verdict = world.verdict(rate(12, "85"))
    assert verdict.word == "not found"
    assert "85 of 900 people had lupus" in said(verdict, "other-disease")


def test_the_time_must_fit(world):
    """40 % at one year is no figure for five years, unless the study is named."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    assert world.verdict(rate(60, "40")).word == "not found"
    named = world.verdict(rate(60, "40", ", cites: doe-2015"))
    assert named.word == "supported, context missing"
    assert "The study gives the figure at 1 year" in said(named, "other-time")


def test_a_later_report_on_the_same_people_is_named(world):
    """The later, larger denominator gives 27 % where the earlier gave 50 %."""
    world.study("early-2013", f"{REMISSION}, at: 48, events: 3, n: 6, among: followed",
                n=87, year=2013)  # fmt: skip
    world.study(
        "late-2018",
        f"{REMISSION}, at: 60, events: 22, n: 81, among: treated",
        n=81,
        year=2018,
        more="overlaps: [{study: early-2013, certainty: likely, because: same people}]",
    )
    verdict = world.verdict(rate(48, "50", ", cites: early-2013"))
    later = said(verdict, "later-report-less-favourable")
    assert "late-2018: 22 of 81 people (27 %" in later


def test_survival_is_not_set_against_a_much_later_time(world, codes):
    """More are alive at one year than at five; that is no worse report."""
    alive = "endpoint: overall-survival"
    world.study("early-2013", f"{alive}, at: 12, events: 57, n: 60, among: treated",
                year=2013)  # fmt: skip
    world.study(
        "late-2018",
        f"{alive}, at: 60, events: 50, n: 60, among: treated",
        year=2018,
        more="overlaps: [{study: early-2013, certainty: likely, because: same people}]",
    )
    claim = (
        "kind: rate, therapy: msc, cites: early-2013, figures: [{endpoint: "
        'overall-survival, months: 12, percent: "95"}]'
    )
    assert "later-report-less-favourable" not in codes(world.verdict(claim))


@pytest.mark.parametrize(
    ("bound", "percent", "found"),
    [("over", "90", True), ("over", "95", False), ("about", "94", True),
     ("under", "95", True), ("up-to", "93", True)],
)  # fmt: skip
def test_the_word_in_front_of_a_figure_widens_what_fits(
    world, codes, bound, percent, found
):
    """37 of 40 is 92.5 %: over 90, about 94, under 95 and up to 93, not over 95."""
    world.study(
        "doe-2015", f"{REMISSION}, at: 12, events: 37, n: 40, among: treated", n=40
    )
    verdict = world.verdict(rate(12, percent, figure=f", bound: {bound}"))
    assert ("figure-found" in codes(verdict)) is found


def test_harm_in_the_same_study_is_named_unless_the_article_tells_it(world, codes):
    """5 deaths and 12 relapses are left out, until the article says so."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 12, events: 24, n: 60, among: treated",
        "endpoint: death, at: 12, events: 5, n: 60, among: treated",
        "endpoint: relapse, at: 12, events: 12, n: 60, among: treated",
    )
    verdict = world.verdict(rate(12, "40"))
    left_out = said(verdict, "harm-left-out")
    assert "5 of 60 people (8 %" in left_out
    assert "12 of 60 people (20 %" in left_out
    open_article = world.verdict(rate(12, "40"), head=", tells: [harms, no-control]")
    assert "harm-left-out" not in codes(open_article)
    assert open_article.word == "supported"


def test_survival_told_elsewhere_tells_the_deaths(world):
    """Who reads that 92 % survived knows that some died; relapse stays left out."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 12, events: 24, n: 60, among: treated",
        "endpoint: overall-survival, at: 12, events: 55, n: 60, among: treated",
        "endpoint: death, at: 12, events: 5, n: 60, among: treated",
        "endpoint: relapse, at: 12, events: 12, n: 60, among: treated",
    )
    survival = (
        "kind: rate, therapy: msc, cites: doe-2015, figures: [{endpoint: "
        'overall-survival, months: 12, percent: "92"}]'
    )
    found = world.audit(rate(12, "40", ", cites: doe-2015"), survival)
    left_out = said(found.articles[0].claims[0].verdict, "harm-left-out")
    assert "relapsed" in left_out
    assert "died" not in left_out


def test_one_figure_told_twice_is_named_in_both_claims(world):
    """Two claims with 40 % at one year are one finding."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    first, second = world.audit(rate(12, "40"), rate(12, "40")).articles[0].claims
    assert "again as claim 2" in said(first.verdict, "same-people-twice")
    assert "finding of claim 1 again" in said(second.verdict, "same-people-twice")


def test_overlapping_studies_are_the_same_people_twice(world):
    """Two claims on two studies that share people are not two groups."""
    world.study("a-2013", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    world.study(
        "b-2015",
        f"{REMISSION}, at: 24, events: 30, n: 60, among: treated",
        more="overlaps: [{study: a-2013, certainty: likely, because: same hospital}]",
    )
    first, _ = world.audit(rate(12, "40"), rate(24, "50")).articles[0].claims
    assert "b-2015 (claim 2)" in said(first.verdict, "same-people-twice")


def test_a_narrower_therapy_is_part_of_its_wider_one(world, codes):
    """A claim about cord cells finds a study of donor cells."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    claim = rate(12, "40").replace("therapy: msc", "therapy: uc-msc")
    assert "figure-found" in codes(world.verdict(claim))
    other = rate(12, "40").replace("therapy: msc", "therapy: hsct")
    assert "figure-found" not in codes(world.verdict(other))


def test_the_cited_study_outweighs_another_with_the_figure(world, codes):
    """The cited study prints 40 %: that another prints 70 % does not mend the claim."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    world.study("roe-2016", f"{REMISSION}, at: 12, events: 42, n: 60, among: treated")
    verdict = world.verdict(rate(12, "70", ", cites: doe-2015"))
    assert verdict.word == "overstated"
    assert "study-says-otherwise" in codes(verdict)


def test_a_figure_of_another_study_is_said_to_be_another_studys(world):
    """Where the cited study is silent and another prints the figure, that is said."""
    world.study("doe-2015", "endpoint: death, at: 12, events: 2, n: 60, among: treated")
    world.study("roe-2016", f"{REMISSION}, at: 12, events: 42, n: 60, among: treated")
    verdict = world.verdict(rate(12, "70", ", cites: doe-2015"))
    assert verdict.word == "supported, context missing"
    assert "not in doe-2015" in said(verdict, "other-study")


@pytest.mark.parametrize(
    ("more", "figure", "says"),
    [
        (", people: 600", "", "The study treated 60 people; the article says 600"),
        ("", ", people: 40", "The figure counts 50 people; the article says 40"),
    ],
)
def test_another_number_of_people_is_named(world, more, figure, says):
    """50 of 60 treated are counted; the article gives other numbers."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 20, n: 50, among: followed")
    assert says in said(world.verdict(rate(12, "40", more, figure)), "people-differ")


def test_part_of_the_group_is_named(world):
    """A figure about people with nephritis is not one about everybody."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 12, events: 16, n: 40, subgroup: people with nephritis",
    )
    verdict = world.verdict(rate(12, "40"))
    assert "only about people with nephritis" in said(verdict, "part-of-the-group")


def test_a_figure_seen_second_hand_is_said_to_be(world):
    """A press release is not the paper."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 12, events: 24, n: 60, among: treated, reading: secondary",
    )
    assert "press release" in said(world.verdict(rate(12, "40")), "second-hand")


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ("at: 12", "seen at 1 year"),
        ("at: {months: 27, basis: mean-follow-up}", "after 27 months (mean follow-up)"),
        ("at: {months: 12, basis: best-ever}", "at some time within 1 year"),
        ("at: {basis: best-ever}", "at some time during follow-up"),
        ("among: treated", "at a time that is not stated"),
    ],
)
def test_where_the_article_gives_no_time_the_studys_is_told(world, at, seen):
    """A percentage without a time may be of any time; the study knows which."""
    world.study("doe-2015", f"{REMISSION}, {at}, events: 24, n: 60")
    claim = (
        "kind: rate, therapy: msc, figures: [{endpoint: complete-remission, "
        'percent: "40"}]'
    )
    assert seen in said(world.verdict(claim), "time-not-said")


def test_a_wrong_part_makes_a_wrong_claim(world):
    """40 % is there and 90 % is not: the claim is as good as its worst part."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60, among: treated")
    both = (
        "kind: rate, therapy: msc, cites: doe-2015, figures: ["
        f'{{{REMISSION}, months: 12, percent: "40"}}, '
        f'{{{REMISSION}, months: 12, percent: "70"}}]'
    )
    assert world.verdict(both).word == "overstated"


def test_no_result_at_all_is_not_found(world, codes):
    """Where nobody counts an outcome, nobody can say how often it comes."""
    world.study("doe-2015")
    verdict = world.verdict(rate(12, "40"))
    assert verdict.word == "not found"
    assert codes(verdict) == {"figure-not-found"}
