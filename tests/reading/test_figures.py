"""The figures of a sentence that may be rates, and numbers that are none."""

import pytest

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.figures import figures


def told(sentence):
    """Return what each figure of a sentence says."""
    return [
        {
            name: getattr(item, name)
            for name in ("percent", "to", "amount", "bound", "events", "people")
            if getattr(item, name) is not None
        }
        for item in figures(sentence)
    ]


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("50%", "50"),
        ("50 %", "50"),
        ("50 per cent", "50"),
        ("50 percent", "50"),
        ("50 pct", "50"),
        ("28.1 %", "28.1"),
        ("0.5 %", "0.5"),
        ("100 %", "100"),
        ("zero per cent", "0"),
        ("seven per cent", "7"),
        ("Nineteen percent", "19"),
        ("fifty per cent", "50"),
        ("Twenty-five percent", "25"),
        ("ninety nine per cent", "99"),
        ("a hundred per cent", "100"),
        ("One hundred percent", "100"),
        ("6 in a hundred", "6"),
        ("seven people in every hundred", "7"),
    ],
)
def test_percentages_are_read_in_every_spelling(words, percent):
    """With their decimals as printed, and in words up to a hundred."""
    assert told(f"{words} were well.") == [{"percent": percent}]


@pytest.mark.parametrize("sign", ["\u202f%", "\u00a0%", "％"])
def test_percent_signs_of_other_alphabets_are_read(sign):
    """A page turns narrow blanks and wide signs into plain ones."""
    page = page_of(f"About half, 50{sign}, of these people were well.".encode(), "x")
    assert told(page.blocks[0].text)[-1]["percent"] == "50"


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("half", {"percent": "50", "amount": "half"}),
        ("One half", {"percent": "50", "amount": "half"}),
        ("half of the patients", {"percent": "50", "amount": "half"}),
        ("a third of patients", {"percent": "33.3", "amount": "a-third"}),
        ("one-third of patients", {"percent": "33.3", "amount": "a-third"}),
        ("two thirds", {"percent": "66.7", "amount": "two-thirds"}),
        ("a quarter of them", {"percent": "25", "amount": "a-quarter"}),
        ("three quarters", {"percent": "75", "amount": "three-quarters"}),
        ("four fifths", {"percent": "80"}),
        ("one in four", {"percent": "25", "amount": "a-quarter"}),
        ("1 in 4 patients", {"percent": "25", "amount": "a-quarter"}),
        ("one in ten people", {"percent": "10"}),
        ("seven in ten", {"percent": "70"}),
        ("nine out of ten", {"percent": "90"}),
    ],
)
def test_shares_in_words_are_percentages(words, figure):
    """One decimal where they need one; nobody is counted."""
    assert told(f"{words} were well") == [figure]


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("3 of 6", {"events": 3, "people": 6}),
        ("Nine of eleven", {"events": 9, "people": 11}),
        ("14 of the 15 patients", {"events": 14, "people": 15}),
        ("14 out of 15 patients", {"events": 14, "people": 15}),
        ("14/15", {"events": 14, "people": 15}),
        ("0 of 20", {"events": 0, "people": 20}),
        ("1,200 of 2,400 people", {"events": 1200, "people": 2400}),
        ("28/81 (34.6%)", {"percent": "34.6", "events": 28, "people": 81}),
        ("34.6 % (28/81)", {"percent": "34.6", "events": 28, "people": 81}),
        ("34.6 % (28 of 81)", {"percent": "34.6", "events": 28, "people": 81}),
        ("28 of 81 patients (34.6 %)", {"percent": "34.6", "events": 28, "people": 81}),
        ("12 (60 %) of 20", {"percent": "60", "events": 12, "people": 20}),
        ("60 % of 20 patients", {"percent": "60", "people": 20}),
        ("12 patients (60 %)", {"percent": "60", "events": 12}),
    ],
)
def test_counted_people_are_kept_with_their_percentage(words, figure):
    """In brackets, with a stroke, before or behind: one figure."""
    assert told(f"{words} were well") == [figure]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("all 16 were well", {"events": 16, "people": 16}),
        ("All 16 patients were well", {"events": 16, "people": 16}),
        ("all patients survived", {}),
        ("Everyone survived", {}),
        ("both patients survived", {"events": 2, "people": 2}),
    ],
)
def test_all_is_a_hundred_percent(sentence, figure):
    """Of how many people, where that is told."""
    assert told(sentence) == [{"percent": "100", "amount": "all"} | figure]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("none of the 20 relapsed", {"events": 0, "people": 20}),
        ("none of the patients relapsed", {}),
        ("none died", {}),
        ("Nobody died", {}),
        ("no one died", {}),
        ("No patients died", {}),
        ("not a single patient died", {}),
    ],
)
def test_nobody_is_nought_percent(sentence, figure):
    """Of how many people, where that is told."""
    assert told(sentence) == [{"percent": "0", "amount": "none"} | figure]


@pytest.mark.parametrize(
    ("sentence", "percents"),
    [
        ("It was 91, 88 and 81 %.", ["91", "88", "81"]),
        ("It was 91 %, 88 %, and 81 %.", ["91", "88", "81"]),
        ("It was 75 vs 40 %.", ["75", "40"]),
        ("It was 75 % versus 40 %.", ["75", "40"]),
        ("It was 28 % or 31 %.", ["28", "31"]),
        ("At 3 and 40 % it ended.", ["40"]),
    ],
)
def test_lists_have_a_percentage_each(sentence, percents):
    """Also where only the last has its sign; a time is no part of the list."""
    assert [item.percent for item in figures(sentence)] == percents


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("50 to 70 %", "50", "70"),
        ("50-70%", "50", "70"),
        ("50–70 %", "50", "70"),
        ("50% to 70%", "50", "70"),
        ("between 50 and 70 %", "50", "70"),
        ("Between a third and a half", "33.3", "50"),
        ("from a quarter to a third", "25", "33.3"),
        ("30 to 40 people in every hundred", "30", "40"),
    ],
)
def test_ranges_have_two_ends(words, low, high):
    """In figures and in words."""
    assert told(f"{words} were well") == [{"percent": low, "to": high}]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("about", "about"),
        ("around", "about"),
        ("roughly", "about"),
        ("~", "about"),
        ("more than", "over"),
        ("over", "over"),
        (">", "over"),
        ("at least", "at-least"),
        ("no fewer than", "at-least"),
        ("≥", "at-least"),
        ("up to", "up-to"),
        ("as many as", "up-to"),
        ("fewer than", "under"),
        ("less than", "under"),
        ("<", "under"),
        ("nearly", "nearly"),
        ("almost", "nearly"),
        ("just under", "nearly"),
    ],
)
def test_the_word_in_front_of_a_figure_is_kept(words, bound):
    """More than half is not half."""
    assert told(f"{words} 40 % were well") == [{"percent": "40", "bound": bound}]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("40 % or more were well", {"percent": "40", "bound": "at-least"}),
        (
            "more than half of patients were well",
            {"percent": "50", "amount": "half", "bound": "over"},
        ),
        ("nearly all patients survived", {"amount": "nearly-all"}),
        ("nearly everyone improved", {"amount": "nearly-all"}),
        ("most patients improved", {"amount": "most"}),
        ("The majority of patients improved", {"amount": "most"}),
        ("many patients improved", {"amount": "many"}),
        ("several of the patients improved", {"amount": "some"}),
        ("a few patients died", {"amount": "few"}),
    ],
)
def test_words_for_a_number_of_people_are_figures(sentence, figure):
    """As claims files name them."""
    assert told(sentence) == [figure]


@pytest.mark.parametrize(
    ("sentence", "percents"),
    [
        ("It was 94 % (95 % CI 89 to 98).", ["94"]),
        ("It was 94 % (95% confidence interval 89-98%).", ["94"]),
        ("It was 81 % (range 70-90 %).", ["81"]),
        ("P = 0.04 for 50 %.", ["50"]),
        ("It was 84 % [12].", ["84"]),
        ("It differed, p < 0.05.", []),
        ("The score fell by 50 %.", []),
        ("Protein fell by half.", []),
        ("There was a 40 % reduction in protein.", []),
        ("It was 40 % lower than before.", []),
        ("The filtration was 60 % of normal.", []),
        ("It rose by 150 %.", []),
        ("Half a year later all that was over.", []),
        ("In the second half of the year it ended.", []),
        ("The half-life is three days.", []),
        ("A third infusion was given.", []),
        ("Most drugs fail.", []),
        ("Not all patients improved.", []),
        ("This was seen in 5 of 6 studies.", []),
        ("One of the 3 infusions was late.", []),
        ("20 of 18 is nonsense.", []),
        ("After 12/24 weeks it ended.", []),
        ("101 % is nonsense.", []),
        ("", []),
    ],
)
def test_numbers_that_are_no_rates_are_left_alone(sentence, percents):
    """Intervals, P values, references, changes by so much, parts of a year."""
    assert [item.percent for item in figures(sentence)] == percents


@pytest.mark.parametrize(
    ("sentence", "percents"),
    [
        ("By then half had relapsed.", ["50"]),
        ("By that time 40 % had relapsed.", ["40"]),
        ("By two years 40 % had relapsed.", ["40"]),
        ("By the last visit two thirds were well.", ["66.7"]),
        ("It fell by 40 %.", []),
        ("It fell by about a half.", []),
        ("It fell by a mean 40 %.", []),
    ],
)
def test_by_a_time_is_not_by_so_much(sentence, percents):
    """What follows a time is a rate; by how much something fell is none."""
    assert [item.percent for item in figures(sentence)] == percents


def test_a_figure_knows_where_it_stands():
    """With the word in front of it, with its people, and in order."""
    sentence = "About half relapsed, 28/81 (34.6%) responded and none died."
    assert [sentence[item.start : item.end] for item in figures(sentence)] == [
        "About half",
        "28/81 (34.6%)",
        "none",
    ]
