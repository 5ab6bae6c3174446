"""From which percentage on a rule holds: words in front of figures, rounding, few."""

import pytest
from audit.made import rate, text_of

COMPLETE = "endpoint: complete-remission"
REMISSION = f"{COMPLETE}, among: treated"


@pytest.mark.parametrize(
    ("bound", "said", "seen", "fits"),
    [
        ("over", 40, (78, 200), False),
        ("over", 40, (80, 200), True),
        ("over", 40, (99, 200), True),
        ("over", 40, (100, 200), False),
        ("over", 40, (101, 200), False),
        ("under", 60, (122, 200), False),
        ("under", 60, (120, 200), True),
        ("under", 60, (101, 200), True),
        ("under", 60, (100, 200), False),
        ("under", 60, (99, 200), False),
        ("about", 50, (19, 40), True),
        ("about", 50, (21, 40), True),
        ("about", 50, (47, 100), False),
        ("about", 50, (53, 100), False),
        ("up-to", 70, (70, 100), True),
        ("up-to", 70, (69, 100), False),
    ],
)
def test_how_far_a_word_in_front_of_a_figure_reaches(world, bound, said, seen, fits):
    """From "over 40" to below 50, "under 60" to above 50, "about half" 47.5 to 52.5."""
    events, n = seen
    world.study("doe-2015", f"{REMISSION}, at: 12, events: {events}, n: {n}", n=n)
    verdict = world.verdict(rate(said, f", bound: {bound}"))
    assert (text_of(verdict, "figure-found") is not None) is fits


def test_about_nobody_is_right_where_nobody_had_it(world):
    """The study reports 0 of 60: the word in front adds nothing."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 0, n: 60")
    verdict = world.verdict(rate(0, ", bound: about"))
    assert text_of(verdict, "figure-found") is not None
    assert text_of(verdict, "bound-word") is None


def test_as_many_decimals_as_the_study_prints_are_no_rounding(world):
    """7 of 53 is 13 % and printed as 12 %: who says 13 % has rounded nothing."""
    line = f'{REMISSION}, at: 12, events: 7, n: 53, percent: "12"'
    world.study("doe-2015", line, n=53)
    verdict = world.verdict(rate(13))
    assert text_of(verdict, "figure-found") is not None
    assert text_of(verdict, "rounding") is None


@pytest.mark.parametrize(("said", "found"), [("40", True), ("40.4", False)])
def test_a_percentage_without_a_count_is_read_as_printed(world, said, found):
    """Only 40 % is printed, of nobody knows how many."""
    world.study("doe-2015", f'{REMISSION}, at: 12, percent: "40"')
    assert bool(world.verdict(rate(said)).rests_on) is found


@pytest.mark.parametrize(("said", "found"), [("40", True), ("39.6", False)])
def test_a_printed_percentage_beside_a_count_is_read_to_the_point(world, said, found):
    """30 of 60 are counted and 40 % printed: 40 fits, 39.6 fits neither."""
    line = f'{REMISSION}, at: 12, events: 30, n: 60, percent: "40"'
    world.study("doe-2015", line)
    assert bool(world.verdict(rate(said)).rests_on) is found


@pytest.mark.parametrize(
    ("said", "word"),
    [("60", "contradicted"), ("1", "contradicted")],
)
def test_where_the_cited_study_saw_nobody_any_percentage_contradicts_it(
    world, said, word
):
    """Nothing is less than twice nothing."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 0, n: 60")
    assert world.verdict(rate(said, more=", cites: doe-2015")).word == word


@pytest.mark.parametrize(
    ("at", "months", "says"),
    [
        ("at: 12", 12, True),
        ("at: 12", None, True),
        ("note: No time.", None, True),
        ("at: 60", 12, False),
        ("note: No time.", 12, False),
        ("at: 0", 1, True),
    ],
)
def test_the_cited_study_says_otherwise_at_about_the_same_time(world, at, months, says):
    """Its 40 % is held against 70 % in the same band, or where none is claimed."""
    world.study("doe-2015", f"{REMISSION}, {at}, events: 24, n: 60")
    verdict = world.verdict(rate(70, more=", cites: doe-2015", months=months))
    assert (verdict.rests_on == (("doe-2015", 0),)) is says
    assert (text_of(verdict, "study-says-otherwise") is not None) is says


@pytest.mark.parametrize(
    ("n", "treated", "words"),
    [
        (19, 30, ("Only 19 of the 30 people treated are counted here. The others had "
         "died, left, or had not been followed that long.")),
        (20, 30, None),
        (20, 40, None),
        (20, 41, ("Only 20 of the 41 people treated are counted here. The others had "
         "died, left, or had not been followed that long.")),
        (30, 30, None),
    ],
)  # fmt: skip
def test_when_too_few_of_those_treated_are_left(world, n, treated, words):
    """Fewer than 20 while more were treated, or fewer than half of them."""
    line = f"{COMPLETE}, among: followed, at: 12, events: {n}, n: {n}"
    world.study("doe-2015", line, n=treated)
    assert text_of(world.verdict(rate(100)), "melted-denominator") == words


@pytest.mark.parametrize(
    ("events", "n", "said", "words"),
    [
        (4, 8, 50, ("Only 8 people were counted: 4 of 8 people (50 %, 22 to 78). "
         "Chance alone moves such a figure a long way.")),
        (1, 1, 100, ("Only 1 person was counted: 1 of 1 person (100 %, 21 to 100). "
         "Chance alone moves such a figure a long way.")),
    ],
)  # fmt: skip
def test_few_people_are_told_with_their_interval(world, events, n, said, words):
    """Everybody treated is counted, and they are few."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: {events}, n: {n}", n=n)
    assert text_of(world.verdict(rate(said)), "few-people") == words


@pytest.mark.parametrize("treated", [8, 60])
def test_an_article_that_tells_the_denominator_leaves_none_out(world, treated):
    """Neither few people nor a melted denominator is held against it."""
    line = f"{COMPLETE}, among: followed, at: 12, events: 4, n: 8"
    world.study("doe-2015", line, n=treated)
    shrunk = {"few-people", "melted-denominator"}
    silent = {f.code for f in world.verdict(rate(50)).findings}
    assert len(silent & shrunk) == 1
    open_article = world.verdict(rate(50), head=", tells: [denominator]")
    assert shrunk.isdisjoint(f.code for f in open_article.findings)


@pytest.mark.parametrize(
    ("line", "more", "figure", "words"),
    [
        ("events: 1, n: 1", "", ", people: 1200",
         "The figure counts 1 person; the article says 1,200."),
        ("events: 1, n: 1", ", people: 1200", ", people: 1",
         "The study treated 60 people; the article says 1,200."),
        ("events: 1, n: 1", ", people: 60", ", people: 1", None),
        ("events: 24, n: 24", ", cites: doe-2015", ", events: 25",
         "The outcome was seen in 24 people; the article says 25."),
        ("events: 24, n: 24", ", cites: doe-2015", ", events: 24", None),
        ('percent: "100"', ", cites: doe-2015", ", events: 24", None),
    ],
)  # fmt: skip
def test_another_number_of_people_is_told_with_both(world, line, more, figure, words):
    """Those counted, those treated and those with the outcome are held apart."""
    world.study("doe-2015", f"{REMISSION}, at: 12, {line}")
    verdict = world.verdict(rate(100, figure, more))
    assert text_of(verdict, "people-differ") == words


def test_the_right_percentage_of_the_cited_study_with_another_count_is_found(world):
    """12 of 30 is 40 % as the article says; that it counts 24 people is told."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 12, n: 30", n=30)
    verdict = world.verdict(rate(40, ", events: 24, people: 60", ", cites: doe-2015"))
    assert verdict.word == "supported, context missing"
    assert text_of(verdict, "people-differ") == (
        "The figure counts 30 people; the article says 60."
    )
