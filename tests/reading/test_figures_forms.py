"""How a figure is written, what is read together, and where each stands."""

from dataclasses import asdict

import pytest

from lupus_evidence.reading.figures import figures, without_other_numbers


def read(sentence):
    """Return each figure of a sentence: its text, its form and what it says."""
    found = []
    for item in figures(sentence):
        said = {key: value for key, value in asdict(item).items() if value is not None}
        text = sentence[said.pop("start") : said.pop("end")]
        found.append((text, said.pop("form"), said))
    return found


@pytest.mark.parametrize(
    ("sentence", "text", "form", "said"),
    [
        ("In 40 % of them", "40 %", "percentage", {"percent": "40"}),
        ("of 3 of 6 it", "3 of 6", "counted", {"events": 3, "people": 6}),
        ("It is 4/9.", "4/9", "counted", {"events": 4, "people": 9}),
        (
            "By then half of the 20 patients were well",
            "half of the 20 patients",
            "share",
            {"percent": "50", "amount": "half", "people": 20},
        ),
        (
            "Both patients are well",
            "Both patients",
            "all",
            {"percent": "100", "amount": "all", "events": 2, "people": 2},
        ),
        ("So none died", "none", "none", {"percent": "0", "amount": "none"}),
        ("So most patients died", "most patients", "amount", {"amount": "most"}),
        (
            "So nearly everyone, in the end, lived",
            "nearly everyone",
            "all",
            {"amount": "nearly-all"},
        ),
        (
            "(from 50 to 70 %)",
            "50 to 70 %",
            "percentage",
            {"percent": "50", "to": "70"},
        ),
        (
            "from a third to a half",
            "a third to a half",
            "percentage",
            {"percent": "33.3", "to": "50"},
        ),
        # with the word in front of it, and the bracket between them
        (
            "Of those who had been seen (about 50 %) it is said",
            "about 50 %",
            "percentage",
            {"percent": "50", "bound": "about"},
        ),
        (
            "Of those who had been seen over (50 %) it is said",
            "over (50 %",
            "percentage",
            {"percent": "50", "bound": "over"},
        ),
    ],
)
def test_a_figure_knows_how_it_is_written_and_where(sentence, text, form, said):
    """Later steps ask for its form, and mark its place in the article."""
    assert read(sentence) == [(text, form, said)]


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("a third", "33.3"),
        ("two thirds", "66.7"),
        ("a quarter", "25"),
        ("three-quarters", "75"),
        ("one fifth", "20"),
        ("two fifths", "40"),
        ("three fifths", "60"),
        ("four fifths", "80"),
        ("a tenth", "10"),
        ("nine tenths", "90"),
        ("one sixth", "16.7"),
        ("five sixths", "83.3"),
        ("an eighth", "12.5"),
    ],
)
def test_a_share_is_worked_out_to_one_decimal(words, percent):
    """Thirds to tenths; those without a name in claims files have no amount."""
    ((text, form, said),) = read(f"{words} of patients were well")
    assert (text, form, said["percent"]) == (words, "share", percent)
    named = {"33.3", "66.7", "25", "75"}
    assert ("amount" in said) is (percent in named)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("one-third to one-half", "33.3", "50"),
        ("between a quarter and half", "25", "50"),
        ("two fifths to three fifths", "40", "60"),
        ("a tenth to a fifth", "10", "20"),
        ("50 to 100 %", "50", "100"),
    ],
)
def test_a_range_ends_above_its_beginning(words, low, high):
    """With hyphens, plurals and without an article."""
    ((_, form, said),) = read(f"{words} were well")
    assert (form, said) == ("percentage", {"percent": low, "to": high})


@pytest.mark.parametrize(
    "words",
    [
        "a third to a third",
        "a half to a third",
        "a third to four thirds",
        "four thirds to a half",
        "50 to 50 %",
        "70 to 50 %",
        "50 to 101 %",
    ],
)
def test_what_does_not_rise_is_no_range(words):
    """Nor what goes beyond everybody, or is no share."""
    assert not any("to" in said for _, _, said in read(f"{words} were well"))


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        # shares of however many
        ("one in two", ("share", {"percent": "50", "amount": "half"})),
        ("one in three", ("share", {"percent": "33.3", "amount": "a-third"})),
        ("1 in 4", ("share", {"percent": "25", "amount": "a-quarter"})),
        ("two in five", ("share", {"percent": "40"})),
        ("one in six", ("share", {"percent": "16.7"})),
        ("1 in 8", ("share", {"percent": "12.5"})),
        ("1 in 10", ("share", {"percent": "10"})),
        ("1 in 20", ("share", {"percent": "5"})),
        ("1 in 100", ("share", {"percent": "1"})),
        ("three in three", ("share", {"percent": "100"})),
        ("three out of five", ("share", {"percent": "60"})),
        ("one out of two", ("share", {"percent": "50", "amount": "half"})),
        ("one out of a hundred", ("percentage", {"percent": "1"})),
        # people who were counted
        ("one out of six", ("counted", {"events": 1, "people": 6})),
        ("one out of eight", ("counted", {"events": 1, "people": 8})),
        ("3 out of 5", ("counted", {"events": 3, "people": 5})),
        ("three out of 5", ("counted", {"events": 3, "people": 5})),
        ("three out of 10", ("counted", {"events": 3, "people": 10})),
        ("3 out of five", ("counted", {"events": 3, "people": 5})),
        ("three patients out of five", ("counted", {"events": 3, "people": 5})),
        ("five out of five", ("counted", {"events": 5, "people": 5})),
        ("3 of 3", ("counted", {"events": 3, "people": 3})),
        ("1 of 2", ("counted", {"events": 1, "people": 2})),
    ],
)
def test_shares_of_however_many_are_told_from_counted_people(words, figure):
    """Round numbers in words, or "in" before one, count nobody."""
    assert [(form, said) for _, form, said in read(f"{words} were well")] == [figure]


@pytest.mark.parametrize(
    "words", ["one in seven", "1 of 1", "4 of 3", "1 in 1", "40 % (9 of 8)"]
)
def test_what_is_no_share_and_counts_nobody_is_left_alone(words):
    """No round number, one person, or more than there were."""
    assert not any("people" in said for _, _, said in read(f"{words} were well"))
    assert not any(form == "share" for _, form, _ in read(f"{words} were well"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the percentage and its count are one figure, whichever comes first
        (
            "about half (20 of 41) were well",
            [
                (
                    "share",
                    {
                        "percent": "50",
                        "amount": "half",
                        "bound": "about",
                        "events": 20,
                        "people": 41,
                    },
                )
            ],
        ),
        (
            "50 % of them (20 of 41) were well, and 3 of 6 died",
            [
                ("percentage", {"percent": "50", "events": 20, "people": 41}),
                ("counted", {"events": 3, "people": 6}),
            ],
        ),
        (
            "20 of 41, or nearly half, were well",
            [
                (
                    "share",
                    {
                        "percent": "50",
                        "amount": "half",
                        "bound": "nearly",
                        "events": 20,
                        "people": 41,
                    },
                )
            ],
        ),
        # 47.5 % is half, a little rounded; 46.7 % is another figure
        (
            "half (19 of 40) were well",
            [
                (
                    "share",
                    {"percent": "50", "amount": "half", "events": 19, "people": 40},
                )
            ],
        ),
        (
            "half (14 of 30) were well",
            [
                ("share", {"percent": "50", "amount": "half"}),
                ("counted", {"events": 14, "people": 30}),
            ],
        ),
        # two of a kind stay two
        (
            "half (60 %) were well",
            [
                ("share", {"percent": "50", "amount": "half"}),
                ("percentage", {"percent": "60"}),
            ],
        ),
        (
            "20 of 40 (10 of 20) were well",
            [
                ("counted", {"events": 20, "people": 40}),
                ("counted", {"events": 10, "people": 20}),
            ],
        ),
        (
            "20/40 (50 %) (10 of 20) were well",
            [
                ("percentage", {"percent": "50", "events": 20, "people": 40}),
                ("counted", {"events": 10, "people": 20}),
            ],
        ),
        (
            "10 of 20 (as in 20/40 (50 %)) were well",
            [
                ("counted", {"events": 10, "people": 20}),
                ("percentage", {"percent": "50", "events": 20, "people": 40}),
            ],
        ),
        (
            "12 patients (60 %) (12 of 20) were well",
            [
                ("percentage", {"percent": "60", "events": 12}),
                ("counted", {"events": 12, "people": 20}),
            ],
        ),
    ],
)
def test_a_percentage_and_its_count_beside_it_are_one_figure(sentence, expected):
    """If they say the same, within two and a half points."""
    assert [(form, said) for _, form, said in read(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "percents"),
    [
        ("It was 100, 88 and 81 %.", ["100", "88", "81"]),
        ("At 3, 5 and 40 % it ended.", ["40"]),
        ("It was 3, 120 and 40 %.", ["40"]),
        ("It was 120, 5 and 40 %.", ["40"]),
    ],
)
def test_a_list_that_can_be_no_percentages_has_only_its_last(sentence, percents):
    """After "at", or where one of them is over a hundred."""
    assert [said["percent"] for _, _, said in read(sentence)] == percents


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("40 % or so were well", {"percent": "40", "bound": "about"}),
        ("40 % or less were well", {"percent": "40", "bound": "up-to"}),
        ("40%+ were well", {"percent": "40", "bound": "over"}),
        # of all, of nobody and of "some" only "nearly" says something
        ("about all patients survived", {"percent": "100", "amount": "all"}),
        ("almost none died", {"percent": "0", "amount": "none"}),
        ("at least some patients died", {"amount": "some"}),
        ("nearly all 16 patients survived", {"amount": "nearly-all", "people": 16}),
    ],
)
def test_words_beside_a_figure_bound_it(sentence, figure):
    """Behind it too; how many "nearly all 16" were is not told."""
    assert [said for _, _, said in read(sentence)] == [figure]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("It was 50 \u00b1 5% IN it", "it was 50 %    in it"),
        ("It was 50 +/- 5 % in it", "it was 50 %       in it"),
        ("It was 50 \u00b1 5 in it", "it was 50     in it"),
        ("It was 81 range 70-90% in it", "it was 81              in it"),
        ("It was 84 [12] in it", "it was 84      in it"),
    ],
)
def test_numbers_that_are_no_rates_become_blanks(sentence, left):
    """As long as before; a sign behind an error is that of the rate before it."""
    found = without_other_numbers(sentence)
    assert len(found) == len(sentence)
    assert found == left


def test_a_rate_with_its_error_is_a_rate():
    """The error is none, nor does the end of a range lend its sign."""
    assert [said for _, _, said in read("It was 50 \u00b1 5%.")] == [{"percent": "50"}]
    assert read("It was 81 range 70-90% in it.") == []
