"""Claims without a rate: what fell or rose, harms and cure, the disease, a study."""

import pytest
from sentences import sentence

from lupus_evidence.reading.lexicon import word_lists
from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.page_context import Settled
from lupus_evidence.reading.statements import (
    account_of,
    case_of,
    changed,
    experts_agree,
    of_the_cells,
    of_the_disease,
    swept,
)


def changes(text):
    """Return what is said to have changed, which way, from what to what."""
    return [
        (item.measure, item.direction)
        + ((item.before, item.after) if item.before or item.after else ())
        for item in changed(Mentions(text))
    ]


WITH_VALUES = [
    ("The SLEDAI fell from 12.2 to 3.2.", [("sledai", "falls", "12.2", "3.2")]),
    ("C3 rose from 0.5 to 0.9 g/l.", [("c3", "rises", "0.5", "0.9")]),
    (
        "The SLEDAI was 12.2 before the infusion and 3.2 at 12 months.",
        [("sledai", "falls", "12.2", "3.2")],
    ),
    # the nearest before it
    ("Unlike SLEDAI, C3 went from 1 to 2.", [("c3", "rises", "1", "2")]),
    (
        "SLEDAI fell from 12 to 3 and C3 from 0.5 to 0.9.",
        [("sledai", "falls", "12", "3"), ("c3", "rises", "0.5", "0.9")],
    ),
    # with values it is not told a second time without
    ("SLEDAI fell, and SLEDAI from 9 to 3.", [("sledai", "falls", "9", "3")]),
    (
        "SLEDAI fell from 9 to 3 while C3 rose.",
        [("sledai", "falls", "9", "3"), ("c3", "rises")],
    ),
    # two steps of one measure
    (
        "SLEDAI went from 9 to 6 and then from 6 to 3.",
        [("sledai", "falls", "9", "6"), ("sledai", "falls", "6", "3")],
    ),
    # no change, or nothing measured
    ("The SLEDAI went from 3 to 3.", []),
    ("The SLEDAI went from 3 to 3.0.", []),
    ("It went from 12 to 3.", []),
    ("It went from 12 to 3, the SLEDAI.", []),
]


@pytest.mark.parametrize(("text", "expected"), WITH_VALUES)
def test_a_change_from_one_value_to_another(text, expected):
    """It falls where the second value is lower, whatever the verb."""
    assert changes(text) == expected


IN_WORDS = [
    ("The SLEDAI fell.", [("sledai", "falls")]),
    ("It reduced the mean daily SLEDAI.", [("sledai", "falls")]),
    # for better or worse: which way depends on what it is
    ("SLEDAI improved.", [("sledai", "falls")]),
    ("C3 improved.", [("c3", "rises")]),
    ("SLEDAI worsened.", [("sledai", "rises")]),
    ("C3 worsened.", [("c3", "falls")]),
    # a list shares its word, which stands before or behind it
    ("SLEDAI and proteinuria fell.", [("sledai", "falls"), ("proteinuria", "falls")]),
    (
        "C3, C4 and albumin rose.",
        [("c3", "rises"), ("c4", "rises"), ("albumin", "rises")],
    ),
    (
        "C3, C4 and " + "the total " * 4 + "albumin rose.",
        [("c3", "rises"), ("c4", "rises"), ("albumin", "rises")],
    ),
    (
        "A fall in SLEDAI, proteinuria and creatinine.",
        [("sledai", "falls"), ("proteinuria", "falls"), ("creatinine", "falls")],
    ),
    ("SLEDAI was high; proteinuria fell.", [("proteinuria", "falls")]),
    ("Proteinuria fell; SLEDAI was high.", [("proteinuria", "falls")]),
    # once each
    ("SLEDAI fell, SLEDAI rose.", [("sledai", "falls")]),
    # each has its own
    ("C3 rose and SLEDAI fell.", [("c3", "rises"), ("sledai", "falls")]),
    ("SLEDAI fell while C3 was seen to rise.", [("sledai", "falls"), ("c3", "rises")]),
    ("SLEDAI was high while C3 rose.", [("c3", "rises")]),
    ("SLEDAI was high but C3 rose.", [("c3", "rises")]),
    ("SLEDAI was high \u2014 C3 rose.", [("c3", "rises")]),
    # the nearer of two
    ("SLEDAI rose and then fell.", [("sledai", "rises")]),
    # a word past another one is of something else
    ("SLEDAI did not fall and all of their pain eased.", []),
    ("Eased was pain and not reduced SLEDAI.", []),
    ("Pain eased while SLEDAI rose.", [("sledai", "rises")]),
    ("It did not reduce SLEDAI, it rose.", [("sledai", "rises")]),
    ("Reduced a b c d e f g h SLEDAI rose.", [("sledai", "rises")]),
    ("Reduced was pain, risen is SLEDAI.", [("sledai", "rises")]),
    # the nearer: one before counts fifteen letters more, past another measure twenty
    ("Improved SLEDAI " + "x" * 13 + " worsened.", [("sledai", "rises")]),
    ("Improved SLEDAI " + "x" * 14 + " worsened.", [("sledai", "falls")]),
    ("Improved SLEDAI and C3 worsened.", [("sledai", "falls"), ("c3", "falls")]),
    # seventy letters at most
    ("SLEDAI " + "x" * 68 + " fell.", [("sledai", "falls")]),
    ("SLEDAI " + "x" * 69 + " fell.", []),
    # "... and reduce flares" says nothing of what stands before
    ("SLEDAI, C3 and reduce flares.", []),
    ("SLEDAI, reduces flares.", []),
    ("SLEDAI was seen to increase.", [("sledai", "rises")]),
    ("SLEDAI began to fall, and fell.", [("sledai", "falls")]),
    ("Of all, SLEDAI, fell.", [("sledai", "falls")]),
    # only words that lead to it may stand between
    ("Falls, they say; but what of the SLEDAI?", []),
    ("Reduced a b c d e f g SLEDAI.", [("sledai", "falls")]),
    ("Reduced a b c d e f g h SLEDAI.", []),
    # denied, only meant to be, or one group beside another
    ("SLEDAI did not fall.", []),
    ("No significant fall in SLEDAI.", []),
    ("The goal is to reduce SLEDAI.", []),
    ("SLEDAI was lower than in controls.", []),
    ("There was no difference: SLEDAI fell.", []),
    # nothing measured, nothing changed
    ("It fell.", []),
    ("SLEDAI is a score.", []),
]


@pytest.mark.parametrize(("text", "expected"), IN_WORDS)
def test_a_change_in_words(text, expected):
    """The nearest word that is not denied, or that of the list that it stands in."""
    assert changes(text) == expected


@pytest.mark.parametrize("text", ["Reduced were {}.", "{} fell."])
def test_a_long_list_shares_its_word(text):
    """However far the word is from its other end."""
    names = "C3, C4, albumin, SLEDAI, creatinine, proteinuria, platelets, BILAG"
    found = changes(text.format(f"{names} and haemoglobin"))
    assert {way for _, way in found} == {"falls"}
    assert [name for name, _ in found] == [
        *("c3", "c4", "albumin", "sledai", "creatinine", "proteinuria"),
        *("platelets", "bilag", "haemoglobin"),
    ]


def test_a_change_stands_where_it_is_said():
    """With values at these, in words at what is measured."""
    text = "SLEDAI fell from 9 to 3 and C3 rose."
    spots = [text[item.at.start : item.at.end] for item in changed(Mentions(text))]
    assert spots == ["from 9 to 3", "C3"]


def test_every_measure_has_one_way_that_is_better():
    """So that "improved" is a fall or a rise."""
    better = word_lists()["better"]
    assert sorted(better["falls"] + better["rises"]) == sorted(word_lists()["measures"])


def topics(text):
    """Return what a sentence says of harms and cure, in order."""
    item = sentence(text)
    return [word.topic for word in swept(item.mentions, item.links)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MSC are safe.", ["few-harms"]),
        ("MSC are completely safe.", ["few-harms"]),
        ("Completely safe.", ["few-harms"]),
        ("The cells were well tolerated.", ["few-harms"]),
        ("It is harmless.", ["no-harms"]),
        ("MSC cure lupus.", ["cure"]),
        ("It is dangerous.", ["warns-of-harm"]),
        ("HSCT is not safe.", ["warns-of-harm"]),
        ("HSCT is not without risks.", ["warns-of-harm"]),
        # each once
        ("It is safe, it is safe.", ["few-harms"]),
        ("It is safe, it is safe, and it is a cure.", ["few-harms", "cure"]),
        ("It is safe and a cure.", ["few-harms", "cure"]),
        ("It is safe and dangerous.", ["few-harms", "warns-of-harm"]),
        # who warns does not say that harms are few
        ("It is dangerous, yet few risks are known.", ["warns-of-harm"]),
        ("It is dangerous, and a cure.", ["warns-of-harm", "cure"]),
        # denied, asked, in doubt
        ("It is not a cure.", []),
        ("It is not well tolerated.", []),
        ("Nobody is harmless.", []),
        ("It is not dangerous.", []),
        ("It is never without risks.", []),
        ("It is rarely dangerous, and a cure.", ["cure"]),
        ("Whether well tolerated we do not know.", []),
        ("Whether dangerous we do not know.", ["warns-of-harm"]),
        # denied far before: seventy letters, or past other words
        ("Not for us, we hear, is it a cure.", ["cure"]),
        # a safe dose is no safe treatment; nor is what somebody calls so
        ("It is a safe dose.", []),
        ("A safe level was found.", []),
        ("She is safe and sound.", []),
        ("They say safe.", []),
        # what is counted is not swept
        ("There were no side effects in the trial.", []),
        ("Severe side effects were seen in 20 %.", []),
        ("In 20 % were severe side effects, and it is a cure.", ["cure"]),
        ("Lupus is a disease.", []),
        # another one in the same sentence is heard
        ("It is no cure, and it is dangerous.", ["warns-of-harm"]),
        ("Nobody says it is well tolerated.", []),
        ("Whether well tolerated we ask, it is a cure.", ["cure"]),
        ("A safe dose, and it is a cure.", ["cure"]),
        ("They say safe, and it is a cure.", ["cure"]),
        (
            "It is dangerous, few risks are known, and it is a cure.",
            ["warns-of-harm", "cure"],
        ),
        # seventy letters back
        ("No " + "x" * 34 + " " + "x" * 31 + " cure.", []),
        ("No " + "x" * 34 + " " + "x" * 32 + " cure.", ["cure"]),
    ],
)
def test_sweeping_words_about_harm_and_cure(text, expected):
    """As the claims file names them."""
    found = topics(text)
    assert found == expected


def test_a_sweeping_word_stands_where_it_is_said_first():
    """Where a reader has to look."""
    text = "It is safe, and it is safe."
    item = sentence(text)
    (word,) = swept(item.mentions, item.links)
    assert (word.at.start, word.at.end) == (6, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ratio of women to men is 9 to 1.",
            [("sex-ratio", "9", "1", "women-per-man")],
        ),
        (
            "There is a 9:1 ratio of women to men.",
            [("sex-ratio", "9", "1", "women-per-man")],
        ),
        ("Women to men: 1:1.", [("sex-ratio", "1", "1", "women-per-man")]),
        ("The incidence is 0.1 %.", [("incidence", "0.1", None, "percent")]),
        (
            "The incidence is 5 per 100,000.",
            [("incidence", "5", None, "per-100000-a-year")],
        ),
        ("The prevalence is 0.1 %.", [("prevalence", "0.1", None, "percent")]),
        (
            "Lupus affects 43 people in 100,000.",
            [("prevalence", "43", None, "per-100000")],
        ),
        (
            "Some 50 % have nerve trouble.",
            [("symptom-prevalence", "50", None, "percent")],
        ),
        (
            "The incidence is 1 % and the prevalence 2 %.",
            [("incidence", "1", None, "percent"), ("prevalence", "2", None, "percent")],
        ),
        # of nobody nothing is said
        ("The prevalence is 0 %.", []),
        ("Women to men: 0:1.", []),
        ("Women to men: 9:0.", []),
        ("Lupus is a disease.", []),
    ],
)
def test_claims_on_the_disease(text, expected):
    """What is measured, its value, in which unit."""
    item = sentence(text)
    found = list(of_the_disease(item))
    assert {(read.spot, read.kind) for read in found} <= {(item.spot, "background")}
    values = [(read.quantity, read.percent, read.to, read.unit) for read in found]
    assert values == expected


@pytest.mark.parametrize(
    ("text", "therapy", "value", "unit"),
    [
        ("A dose holds 100 million cells.", "msc", "100", "million-cells"),
        ("It is 2 million cells per kg.", "uc-msc", "2", "million-cells-per-kg"),
        ("It is 2 million MSCs/kg.", "uc-msc", "2", "million-cells-per-kg"),
    ],
)
def test_a_dose_of_cells(text, therapy, value, unit):
    """With its treatment, which may have been named before."""
    for where, carried in ((None, {}), ("heading", {"therapy": "heading"})):
        (read,) = of_the_cells(sentence(text), Settled(therapy, where))
        assert (read.kind, read.quantity) == ("background", "cells-per-dose")
        assert (read.therapy, read.percent, read.unit) == (therapy, value, unit)
        assert dict(read.carried) == carried
        assert read.spot.text == text


@pytest.mark.parametrize("therapy", ["unspecified", None])
def test_a_dose_of_unknown_cells_is_no_claim(therapy):
    """Nothing of the records could be held against it."""
    item = sentence("A dose holds 100 million cells.")
    assert not list(of_the_cells(item, Settled(therapy)))
    assert not list(of_the_cells(sentence("No cells here."), Settled("msc")))


@pytest.mark.parametrize(
    ("text", "agree"),
    [("Experts agree that it works.", True), ("We all agree.", False)],
)
def test_agreement_of_experts(text, agree):
    """Doctors, specialists, scientists; not just anybody."""
    assert experts_agree(Mentions(text)) is agree


@pytest.mark.parametrize(
    ("text", "people", "age", "female"),
    [
        (
            "Wang saw 40 patients of a median age of 31, 90 % of them women.",
            40,
            "31",
            "90",
        ),
        ("Wang saw 40 patients of a mean age of 31.", 40, "31", None),
        ("Wang saw 40 patients, 90 % female.", 40, None, "90"),
        ("Wang saw 40 patients, median age 31, and later 20 patients.", 40, "31", None),
    ],
)
def test_an_account_of_a_study(text, people, age, female):
    """How many people, how old, how many of them women."""
    item = sentence(text)
    read = account_of(item, "msc", Settled("wang-2013"))
    assert (read.spot, read.kind, read.topic) == (
        item.spot,
        "statement",
        "study-account",
    )
    assert (read.therapy, read.cites) == ("msc", "wang-2013")
    assert (read.people, read.age, read.female) == (people, age, female)


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("Wang saw 40 patients.", "wang-2013"),
        ("The median age was 31.", "wang-2013"),
        ("Wang saw 40 patients, 90 % female.", None),
    ],
)
def test_less_is_no_account_of_a_study(text, study):
    """It needs a study that is known, people, and their age or sex."""
    assert account_of(sentence(text), "msc", Settled(study)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "One woman with lupus and multiple sclerosis had a complete reversal.",
            ("multiple sclerosis",),
        ),
        ("A man, with a nerve illness, had a full recovery.", ("nerve illness",)),
        (
            "A girl with diabetes, with a nerve illness, and diabetes lost all signs.",
            ("diabetes", "nerve illness"),
        ),
    ],
)
def test_one_persons_case(text, words):
    """By what it can be known, each once."""
    item = sentence(text)
    read = case_of(item, "msc")
    assert (read.spot, read.kind, read.topic) == (item.spot, "statement", "case-report")
    assert (read.therapy, read.people, read.words) == ("msc", 1, words)


@pytest.mark.parametrize(
    "text",
    [
        # by nothing can it be known
        "A woman had a complete recovery.",
        # nothing complete
        "A woman with diabetes felt better.",
        # not one person
        "Women with diabetes had a complete recovery.",
        # a figure of several
        "A woman with diabetes and 50 % of others had a complete recovery.",
    ],
)
def test_less_is_no_case_of_one_person(text):
    """It needs one person, all signs gone, and something to know it by."""
    assert case_of(sentence(text), "msc") is None
