"""A percentage beside those of the studies: position, choice of figure, wording."""

import pytest
from audit.made import rate, text_of

from lupus_evidence.render.audit.words import sentence

REMISSION = "endpoint: complete-remission, among: treated"


def studies(world, *rates, n=60, more="at: 12"):
    """Write one study for each number of remissions."""
    for number, events in enumerate(rates, 1):
        line = f"{REMISSION}, {more}, events: {events}, n: {n}"
        world.study(f"s{number}-2015", line, n=n)


def test_above_below_and_between_are_told_with_the_percentage(world):
    """Beside 20, 30 and 40 %, 90 is above, 5 below and 25 between."""
    studies(world, 12, 18, 24)
    high, low, middle = (world.verdict(rate(each)) for each in (90, 5, 25))
    assert text_of(high, "above-every-study") == "90 % is above every study here."
    assert text_of(low, "below-every-study") == "5 % is below every study here."
    assert text_of(middle, "within-the-studies") == (
        "25 % lies between the studies here."
    )
    assert text_of(high, "figure-not-found") == (
        "No study of donor mesenchymal stem cells (MSC) here reports that 90 % were in "
        "complete remission at about 1 year."
    )
    assert sentence(high.sentence).startswith(
        "How many were in complete remission at about 1 year, in 3 studies: s3-2015: "
    )


def test_equal_to_the_highest_is_not_above_it(world):
    """The highest study prints 40 %; 40.4 % is above it, 39 % is not."""
    studies(world, 12, 24)
    assert text_of(world.verdict(rate("40.4")), "above-every-study") is not None
    assert text_of(world.verdict(rate("39")), "above-every-study") is None


def test_small_studies_that_were_set_aside_are_mentioned(world):
    """4 of 5 is 80 %, but only studies of 20 people or more are a measure."""
    studies(world, 12, 18)
    world.study("tiny-2015", f"{REMISSION}, at: 12, events: 4, n: 5", n=5)
    assert text_of(world.verdict(rate(70)), "above-every-study") == (
        "70 % is above every study of 20 people or more here."
    )


def test_other_names_of_the_outcome_are_told(world):
    """A study that counts any remission does not count complete remission."""
    line = "endpoint: any-remission, among: treated, at: 12, events: 12, n: 60"
    world.study("any-2015", line)
    studies(world, 18)
    assert text_of(world.verdict(rate(90)), "above-every-study") == (
        "90 % is above every study here (counted as: complete remission and complete "
        "or partial remission)."
    )


def test_the_highest_of_three_studies_is_called_so(world):
    """The claim rests on 40 % where two others have 20 and 30 %."""
    studies(world, 12, 18, 24)
    words = text_of(world.verdict(rate(40)), "top-of-the-range")
    assert words.startswith("No other study has as much. The others: s2-2015: 18 of 60")
    assert "s1-2015: 12 of 60" in words
    assert "s3-2015" not in words
    assert text_of(world.verdict(rate(30)), "top-of-the-range") is None


def test_the_higher_of_two_studies_is_not_called_the_highest(world):
    """With two studies "the highest of them" says little."""
    studies(world, 12, 24)
    assert text_of(world.verdict(rate(40)), "top-of-the-range") is None


def test_an_equal_percentage_elsewhere_is_no_top(world):
    """Two studies with 40 %: neither stands out."""
    studies(world, 12, 24, 24)
    assert text_of(world.verdict(rate(40)), "top-of-the-range") is None


def test_a_study_without_remissions_counts_as_lower(world):
    """0 of 60 is a rate like any other."""
    studies(world, 0, 12, 24)
    words = text_of(world.verdict(rate(40)), "top-of-the-range")
    assert "s1-2015: 0 of 60" in words


@pytest.mark.parametrize(("n", "found"), [(2, False), (3, True)])
def test_reports_on_two_people_are_no_rate_to_compare_with(world, n, found):
    """Three people are the fewest that are compared with."""
    studies(world, 1, n=n)
    words = text_of(world.verdict(rate(90)), "above-every-study")
    assert (words is not None) is found


@pytest.mark.parametrize(
    ("months", "chosen"), [(12, "30 of 60"), (15, "24 of 60"), (9, "12 of 60")]
)
def test_the_nearest_time_of_a_study_stands_for_it(world, months, chosen):
    """Of 9, 12 and 16 months the nearest to the claim is compared with."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 9, events: 12, n: 60",
        f"{REMISSION}, at: 12, events: 30, n: 60",
        f"{REMISSION}, at: 16, events: 24, n: 60",
    )
    assert chosen in sentence(world.verdict(rate(99, months=months)).sentence)


def test_without_a_time_the_latest_of_a_study_stands_for_it(world):
    """Of 6 and 60 months the later is compared with, and no time is told."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 60, events: 12, n: 60",
        f"{REMISSION}, at: 6, events: 30, n: 60",
    )
    verdict = world.verdict(rate(99, months=None))
    assert sentence(verdict.sentence).startswith(
        "How many were in complete remission, in 1 study: doe-2015: 12 of 60 people"
    )
    assert text_of(verdict, "figure-not-found").endswith("were in complete remission.")


def test_a_printed_percentage_is_found_where_the_count_gives_another(world):
    """7 of 53 is 13 %, the paper prints 12: an article with 12 quotes it rightly."""
    line = f'{REMISSION}, at: 12, events: 7, n: 53, percent: "12"'
    world.study("doe-2015", line, n=53)
    assert text_of(world.verdict(rate(12)), "figure-found") is not None
    assert text_of(world.verdict(rate(13)), "figure-found") is not None


def test_among_equal_figures_the_one_on_most_people_is_taken(world):
    """Two studies print 40 %, on 20 and on 60 people."""
    world.study("a-2015", f"{REMISSION}, at: 12, events: 8, n: 20", n=20)
    world.study("b-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    verdict = world.verdict(rate(40))
    assert verdict.rests_on == (("b-2015", 0),)


def test_a_whole_group_is_taken_before_a_part_of_it(world):
    """A subgroup with the same percentage is not what the article means."""
    world.study(
        "doe-2015",
        f"{REMISSION}, at: 12, events: 12, n: 30, subgroup: women",
        f"{REMISSION}, at: 12, events: 24, n: 60",
    )
    assert world.verdict(rate(40)).rests_on == (("doe-2015", 1),)
    cited = rate(70, more=", cites: doe-2015")
    assert world.verdict(cited).rests_on == (("doe-2015", 1),)


def test_people_treated_are_told_beside_those_counted(world):
    """24 of 40 counted, 60 treated: the sentence says both; else it ends there."""
    line = "endpoint: complete-remission, among: followed, at: 12, events: 24, n: 40"
    world.study("doe-2015", line)
    said = sentence(world.verdict(rate(60)).sentence)
    assert said.endswith("complete remission at 1 year; 60 had been treated.")
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    said = sentence(world.verdict(rate(40)).sentence)
    assert said.endswith("were in complete remission at 1 year.")


def test_a_figure_for_several_diseases_says_how_many_have_lupus(world):
    """54 of 60 people, 20 of them with lupus."""
    line = "endpoint: overall-survival, at: 60, events: 54, n: 60, among: treated"
    world.study("doe-2015", f"{line}, lupus_specific: false", lupus=20)
    verdict = world.verdict(rate(90, months=60, endpoint="overall-survival"))
    assert text_of(verdict, "other-disease") == (
        "doe-2015 has this figure, but for several diseases: 20 of 60 people had lupus."
    )


@pytest.mark.parametrize(
    ("said", "printed", "words"),
    [
        ("33", "32.5", "The study prints 32.5 %; the article rounds up to 33 %."),
        ("32", "32.5", "The study prints 32.5 %; the article rounds down to 32 %."),
        ("32.5", "32.5", None),
    ],
)
def test_which_way_an_article_rounds(world, said, printed, words):
    """Rounding is named with both figures, and only where there was some."""
    line = f'{REMISSION}, at: 12, events: 13, n: 40, percent: "{printed}"'
    world.study("doe-2015", line, n=40)
    assert text_of(world.verdict(rate(said)), "rounding") == words


@pytest.mark.parametrize(
    ("said", "bound", "words"),
    [
        ("92.5", "about", None),
        ("94", "about", ('The article says "about 94 %"; the study reports 37 of 40 '
         "people (93 %, 80 to 97).")),
        ("93", "up-to", ('The article says "up to 93 %"; the study reports 37 of 40 '
         "people (93 %, 80 to 97).")),
    ],
)  # fmt: skip
def test_a_word_in_front_of_a_figure_is_held_against_it(world, said, bound, words):
    """The word "about" is right for the figure itself; anything else is told."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 37, n: 40", n=40)
    claim = rate(said, f", bound: {bound}")
    assert text_of(world.verdict(claim), "bound-word") == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("13", ("The article speaks of 1 year. The study gives the figure at 13 "
         "months.")),
        ("{months: 13, basis: median-follow-up}", ("The article speaks of 1 year. The "
         "figure was seen after 13 months (median follow-up).")),
        ("12", None),
    ],
)  # fmt: skip
def test_another_time_is_told_with_its_kind(world, at, words):
    """13 months is not one year, and a median is not a visit."""
    world.study("doe-2015", f"{REMISSION}, at: {at}, events: 24, n: 60")
    assert text_of(world.verdict(rate(40)), "other-time") == words


@pytest.mark.parametrize("among", ["survivors", "responders", "evaluable", "followed"])
def test_every_narrower_denominator_is_held_against_those_treated(world, among):
    """20 of 40 is 50 %; of all 60 treated it is 20 of 60."""
    world.study(
        "doe-2015",
        f"endpoint: relapse, among: {among}, at: 12, events: 20, n: 40",
        "endpoint: relapse, among: treated, at: 12, events: 20, n: 60",
    )
    words = text_of(
        world.verdict(rate(50, endpoint="relapse")), "wrong-kind-of-denominator"
    )
    assert words == (
        f"The figure counts only the {among}. Of everybody treated, 20 of 60 people "
        "(33 %, 23 to 46) relapsed at 1 year."
    )


@pytest.mark.parametrize(
    ("endpoint", "line", "worse"),
    [
        ("complete-remission", "at: 12, events: 12, n: 60, among: treated", True),
        ("complete-remission", "at: 12, events: 12, n: 60, among: evaluable", True),
        ("complete-remission", "at: 12, events: 12, n: 60, among: followed", False),
        ("complete-remission", "at: 60, events: 12, n: 60, among: treated", True),
        ("complete-remission", "at: 6, events: 12, n: 60, among: treated", False),
        ("complete-remission", "at: 12, events: 40, n: 60, among: treated", False),
        ("complete-remission", "at: 12, events: 4, n: 20, among: treated", True),
        ("complete-remission", "at: 12, events: 4, n: 19, among: treated", False),
        ("any-response", "at: 60, events: 12, n: 60, among: treated", True),
        ("relapse", "at: 12, events: 40, n: 60, among: treated", True),
        ("relapse", "at: 12, events: 12, n: 60, among: treated", False),
        ("relapse", "at: 60, events: 40, n: 60, among: treated", False),
    ],
)
def test_a_later_report_on_the_same_people_counts_if_it_is_worse(
    world, endpoint, line, worse
):
    """The first report prints 24 of 60; a worse later one is set beside it."""
    first = f"endpoint: {endpoint}, at: 12, events: 24, n: 60, among: treated"
    world.study("a-2015", first)
    world.study(
        "b-2018",
        f"endpoint: {endpoint}, {line}",
        year=2018,
        more="overlaps: [{study: a-2015, certainty: certain, because: same people}]",
    )
    claim = rate(40, more=", cites: a-2015", endpoint=endpoint)
    words = text_of(world.verdict(claim), "later-report-less-favourable")
    assert (words is not None) is worse
    if worse:
        assert words.startswith(
            "A later report on some of the same people is less favourable. b-2018: "
        )
