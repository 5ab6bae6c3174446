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
        ("After 3,653 days most were alive.", [120]),
        ("After eighteen months all were well.", [18]),
        ("After one and a half years all were well.", [18]),
        ("After three and a half years all were well.", [42]),
        ("After a half year all were well.", [6]),
        ("After a year all were well.", [12]),
        ("Two had died in the first year.", [12]),
        ("After a month all were well.", [1]),
        ("Fever came in the month following the infusion.", [1]),
        ("Fever came in the month after the infusion.", [1]),
        ("First hundred days: two died.", [3.3]),
        ("Two had died in the first 100 days.", [3.3]),
        ("First 100 days: two died.", [3.3]),
        ("Two had died after a hundred days.", [3.3]),
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


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        # the unit of the last time before it, of whatever came earlier
        (
            "9 % at 4 weeks, 8 at 2 months, 5 at 3 years, 4 at 6.",
            [0.9, 2, 36, 72],
        ),
        ("It was 50 % at 8 months, 30 at 24 weeks and 28 at 48.", [8, 5.5, 11]),
        # before any time, of the first
        ("At four, it was 28 %, and at six years 40 %; 9 % at 8 weeks.", [48, 72, 1.8]),
        # a number that has its unit behind an "and" has it already
        ("At 2 years, at 3 and 4 years it was 9 % and 7 % at 5.", [24, 36, 48, 60]),
        # a sentence without a time has no unit to lend
        ("It was 40 % at two.", []),
    ],
)
def test_a_number_without_a_unit_takes_the_nearest_one_before(sentence, months):
    """As people say "at two years and at four"; each is the time of a visit."""
    found = times(sentence)
    assert [item.months for item in found] == months
    assert {(item.word, item.follow_up) for item in found} <= {("at", False)}


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("After 1,200 months it ended.", [1200]),
        ("After 1,201 months it ended.", []),
        ("At 1,300 and 24 months it was 3 and 40 %.", [24]),
        ("It was 40 % at two years and 3 % at 100.", [24, 1200]),
        ("It was 40 % at two years and 3 % at 101.", [24]),
    ],
)
def test_a_hundred_years_are_the_longest_time(sentence, months):
    """A misprint is no time, and takes nothing from those beside it."""
    assert [item.months for item in times(sentence)] == months


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Two years with no relapse are something.", [24]),
        ("She spent two years there.", []),
        ("They were followed for 21 months (range, 6 months to 36 months).", [21]),
        ("Follow-up was 72 (60-80) months.", [72]),
    ],
)
def test_a_time_begins_a_sentence_or_follows_a_word_of_time(sentence, months):
    """Ranges in brackets are none: they say how long it was for others."""
    assert [item.months for item in times(sentence)] == months
