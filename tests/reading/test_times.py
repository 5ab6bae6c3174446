"""The times of a sentence, in months after treatment, and those that are no such."""

import pytest

from lupus_evidence.reading.times import times


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Half were in remission at four years.", [48]),
        ("After 6 months all were well.", [6]),
        ("After twelve months all were well.", [12]),
        ("At 24 weeks a third had responded.", [5.5]),
        ("At 52 weeks a third had responded.", [12]),
        ("Two had died after 100 days.", [3.3]),
        ("Two had died in the first hundred days.", [3.3]),
        ("After a year and a half nobody had relapsed.", [18]),
        ("After two and a half years nobody had relapsed.", [30]),
        ("Half a year after the infusion she was well.", [6]),
        ("A decade later most were alive.", [120]),
        ("One month after the infusion it rose.", [1]),
        ("Twelve months later the rate was 60 %.", [12]),
        ("At month 6 it was 40 %.", [6]),
        ("At week 24 it was 40 %.", [5.5]),
        ("Five-year survival was 80 %.", [60]),
        ("5-year survival was 80 %.", [60]),
        ("At 18 mo half were well.", [18]),
        ("At 6 mths half were well.", [6]),
        ("After 2.5 years half were well.", [30]),
        ("At one, three and five years it was 91, 88 and 81 %.", [12, 36, 60]),
        ("At 12 and 24 months it was 28 and 31 %.", [12, 24]),
        ("It was 40 % at two years and 28 % at four.", [24, 48]),
    ],
)
def test_times_after_treatment_are_read_in_months(sentence, months):
    """In digits, in words, in a list, where the second leaves out its unit.

    A month is a twelfth of a year of 365.25 days, told to one decimal.
    """
    assert [item.months for item in times(sentence)] == months


@pytest.mark.parametrize(
    "sentence",
    [
        "The patients were aged 30 years.",
        "A 30-year-old woman was treated.",
        "She had been ill for seven years.",
        "She had had lupus for six years.",
        "The mean disease duration of 8 years was long.",
        "In the last ten years much has changed.",
        "It began three years ago.",
        "A drip is given every two weeks.",
        "Two infusions were given two weeks apart.",
        "A hospital stay of 3 weeks is usual.",
        "Some waited for 5 years before they came.",
        "The price is 900 dollars per month.",
        "There were 12 of them.",
        "",
    ],
)
def test_ages_histories_and_schedules_are_no_times(sentence):
    """Nor how long people had been ill, or waited, or stayed in hospital."""
    assert times(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("At two years half were well.", "at"),
        ("After two years half were well.", "at"),
        ("Within two years half were well.", "within"),
        ("Half were well by two years.", "within"),
        ("Half were well in less than two years.", "within"),
        ("Half stayed well for up to two years.", "up-to"),
        ("Half stayed well for at least two years.", "at-least"),
        ("After more than two years half were well.", "at-least"),
    ],
)
def test_the_word_in_front_of_a_time_is_kept(sentence, word):
    """Within, up to and at least say something else than at."""
    (found,) = times(sentence)
    assert (found.months, found.word) == (24, word)


@pytest.mark.parametrize(
    ("sentence", "follow_up"),
    [
        ("They were followed for 27 months.", True),
        ("The median follow-up was 27 months.", True),
        ("Over 27 months of follow-up nobody died.", True),
        ("At 27 months nobody had died.", False),
    ],
)
def test_how_long_people_were_followed_is_told_from_a_visit(sentence, follow_up):
    """It may hold for the sentences that come after."""
    (found,) = times(sentence)
    assert (found.months, found.follow_up) == (27, follow_up)


def test_a_time_knows_where_it_stands():
    """Each of a list has a place of its own, the last with its unit."""
    sentence = "At one, three and five years it was 91, 88 and 81 %."
    assert [sentence[item.start : item.end] for item in times(sentence)] == [
        "one",
        "three",
        "five years",
    ]
