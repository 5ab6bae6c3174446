"""Numbers in digits and in words, and the shapes that are put together of parts."""

import re

import pytest

from lupus_evidence.reading.patterns import (
    BARE,
    DIGITS,
    MOST_PEOPLE,
    NUMBER,
    names,
    part,
    pattern,
    printed,
    whole,
)

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
#: Each number from nought to 99 as it is spoken, in order.
SPOKEN = [
    "zero",
    *ONES,
    *TEENS,
    *(ten + one for ten in TENS for one in ("", *(f" {one}" for one in ONES))),
]


def found(shape, text):
    """Return what a shape of a number finds in a text."""
    return [match[0] for match in re.finditer(shape, text)]


@pytest.mark.parametrize("shape", [NUMBER, BARE])
@pytest.mark.parametrize("gap", [" ", "-", "\u2010", "\u2011"])
def test_numbers_in_words_are_read_below_a_hundred(shape, gap):
    """With a blank or any hyphen between tens and ones."""
    spelled = [words.replace(" ", gap) for words in SPOKEN]
    text = ", then ".join(spelled)
    assert [whole(item) for item in found(shape, text)] == list(range(100))
    assert found(shape, text) == spelled


@pytest.mark.parametrize("link", [" ", " and "])
def test_hundreds_in_words_are_read(link):
    """From "a hundred" to "nine hundred and ninety-nine", with or without "and"."""
    for hundreds, word in enumerate(ONES, 1):
        text = f"{word} hundred people"
        assert [whole(item) for item in found(NUMBER, text)] == [100 * hundreds]
    text = ", then ".join(f"four hundred{link}{words}" for words in SPOKEN[1:])
    assert [whole(item) for item in found(NUMBER, text)] == list(range(401, 500))
    assert found(NUMBER, f"a hundred{link}twenty") == [f"a hundred{link}twenty"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a hundred people", ["a hundred"]),
        ("some hundred people", []),
        ("twenty ten", ["twenty", "ten"]),
        ("between one hundred and two hundred", ["one hundred", "two hundred"]),
        ("one hundred and tenfold", ["one hundred"]),
        # of thousands no part is taken for the whole
        ("two thousand people", []),
        ("two thousand and ten people", []),
        ("one thousand five hundred people", []),
        ("one hundred and twenty thousand people", []),
        ("two thousandths", ["two"]),
    ],
)
def test_no_part_of_a_larger_number_is_read(text, numbers):
    """Two hundred people are not two, nor are two thousand."""
    assert found(NUMBER, text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("900 people", ["900"]),
        ("1,000 of 12,345,678 people", ["1,000", "12,345,678"]),
        ("28.1 and 0.0123", ["28.1", "0.0123"]),
        ("1234567 people", ["1234567"]),
        ("12345678 people", []),  # of more than seven digits none is read
        ("v3 of the 3rd, x-4", ["4"]),
        ("no 1.2.3 of it", []),
        ("3/4 of them", ["3"]),
        ("someone, tenth, stone", []),
        ("seventeen, sixty-six, seven", ["seventeen", "sixty-six", "seven"]),
    ],
)
def test_a_number_stands_by_itself(text, numbers):
    """Not in a word, a date, a version or an identifier."""
    assert found(NUMBER, text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("50%", ["50"]), ("3mg", ["3"]), ("x3", []), ("1.2.3", ["1.2"]), ("2,5", ["2"])],
)
def test_a_sign_or_a_unit_may_follow_a_bare_number(text, numbers):
    """At once, as in "50%"; nothing may stand before it."""
    assert found(BARE, text) == numbers


@pytest.mark.parametrize(
    ("text", "plain", "people"),
    [
        ("900", "900", 900),
        ("1,000", "1000", 1000),
        ("28.10", "28.10", None),
        ("-4", "-4", None),
        ("a hundred", "100", 100),
        ("two hundred and twenty-five", "225", 225),
        ("zero", "0", 0),
        ("twenty-two", "22", 22),
        ("1,000,000", "1000000", 1_000_000),
        ("1,000,001", "1000001", None),
    ],
)
def test_a_number_keeps_its_decimals_and_people_have_none(text, plain, people):
    """Of more than a million people no claim is made."""
    assert (printed(text), whole(text)) == (plain, people)
    assert MOST_PEOPLE == 1_000_000


def test_shapes_are_put_together_of_parts():
    """Parts of parts, numbers and words of the lists among them; groups stay."""
    shape = pattern("figures.count_percent_of")
    match = shape.search("12 treated patients (60 %) of 20 were well")
    assert match
    assert match.groupdict() == {"e": "12", "p": "60", "n": "20"}
    numbered = pattern("statements.from_to").search("from 12.5 to 3")
    assert numbered
    assert (numbered["a"], numbered["b"]) == ("12.5", "3")
    assert re.fullmatch(DIGITS, "1,000.5")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("linking.denied", "it was no "),
        ("linking.denied", "it was not the "),
        ("linking.denied", "none, never in "),
        ("mentions.count", "nine of our patients"),
        ("arms.given", "nine women received "),
    ],
)
def test_shapes_know_the_words_of_the_lists(name, text):
    """Denials one by one, and words for people as whole words."""
    assert pattern(name).search(text)


@pytest.mark.parametrize(
    ("name", "words", "others"),
    [
        ("denials", ["not", "no", "never"], ["knot", "|"]),
        ("anybody", ["patients", "women"], ["womenfolk"]),
        ("unit", ["years", "mo", "wk"], ["hours"]),
        ("number", ["5", "five"], ["fifth"]),
    ],
)
def test_a_part_can_be_taken_by_itself(name, words, others):
    """For shapes that are put together elsewhere."""
    shape = re.compile(part(name), re.VERBOSE)
    assert all(shape.fullmatch(word) for word in words)
    assert not any(shape.fullmatch(word) for word in others)
    assert "<number>" not in part(name)


def test_shapes_are_named_in_the_order_in_which_they_are_tried():
    """A percentage with its people before a percentage alone."""
    order = names("figures")
    assert order.index("percent_counted") < order.index("percent")
    assert order.index("half_of") < order.index("half")
    assert order[-1] == "none"
