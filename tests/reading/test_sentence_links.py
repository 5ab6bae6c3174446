"""What belongs together in a sentence: figure, outcome, time, treatment, people."""

import pytest
from sentences import figure_at

from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.sentence_links import denied, is_no_rate, linked


def links(text, before=None):
    """Return each figure as it begins, with the outcome that it goes with."""
    mentions = Mentions(text)
    return [
        (mentions.text[item.figure.start : item.figure.end], item.endpoint)
        for item in linked(mentions, before)
    ]


PAIRS = [
    # the nearest
    ("30 % relapsed and 10 % died.", [("30 %", "relapse"), ("10 %", "death")]),
    ("Relapse was 30 %, death 10 %.", [("30 %", "relapse"), ("10 %", "death")]),
    # by order: two lists of one length, or "respectively"
    (
        "Relapse and death were 30 % and 10 %.",
        [("30 %", "relapse"), ("10 %", "death")],
    ),
    (
        "Relapse, so much for that, and death: 30 % and 10 %, respectively.",
        [("30 %", "relapse"), ("10 %", "death")],
    ),
    (
        "Relapse or infection or death was seen in 30 % and 10 %, respectively.",
        [("30 %", "death"), ("10 %", "death")],
    ),
    # one figure is no list
    ("30 % relapsed, respectively.", [("30 %", "relapse")]),
    # a figure without an outcome goes on about the one before
    ("14 % relapsed at a year, later 9 %.", [("14 %", "relapse"), ("9 %", "relapse")]),
    (
        "14 % relapsed; we hear from them that it came to 9 %.",
        [("14 %", "relapse"), ("9 %", "relapse")],
    ),
    (
        "14 % relapsed; we hear from them that it came to 9 of 12.",
        [("14 %", "relapse"), ("9 of 12", "relapse")],
    ),
    (
        "14 % relapsed; we hear from them that it came to half of them.",
        [("14 %", "relapse"), ("half of", "relapse")],
    ),
    # not where it is a word, too far on, or past another outcome
    ("14 % relapsed; as we hear from them it was most of them.", [("14 %", "relapse")]),
    ("14 % relapsed; " + "on and on and " * 8 + "9 %.", [("14 %", "relapse")]),
    (  # 120 letters, as long as one breath
        "14 % relapsed; " + "on " * 35 + "the 9 %.",
        [("14 %", "relapse"), ("9 %", "relapse")],
    ),
    ("14 % relapsed; " + "on " * 35 + "they 9 %.", [("14 %", "relapse")]),
    (
        "Relapse was 14 %; death; " + "on " * 25 + "9 %.",
        [("14 %", "relapse")],
    ),
    ("9 % of something else.", []),
    # "most" and "all" stand close to what they did
    ("Most of them died.", [("most of them", "death")]),
    ("Most of them, we hear, a b c died.", [("most of them", "death")]),
    ("Most of them, we hear, a b c d died.", []),
    ("All of them, we hear, a b c d died.", []),
    ("90 % of them, we hear, a b c d died.", [("90 %", "death")]),
    # nothing goes with what is far away
    ("90 %, we hear, " + "a " * 18 + "died.", [("90 %", "death")]),
    ("90 %, we hear, " + "a " * 19 + "died.", []),
    # a second outcome of one figure
    (
        "All survived and responded.",
        [("all", "overall-survival"), ("all", "any-response")],
    ),
    (
        "All survived and went into remission and relapsed.",
        [
            ("all", "overall-survival"),
            ("all", "any-remission"),
            ("all", "relapse"),
        ],
    ),
    ("80 % survived and, we hear, relapsed.", [("80 %", "overall-survival")]),
    ("Survival was 80 % and remission too.", [("80 %", "overall-survival")]),
    ("Survival and remission were 80 %.", [("80 %", "any-remission")]),
    # no rates
    ("The trial was powered (80 %) to see relapse.", []),
    ("The price is 50 %, relapse is 20 %.", [("20 %", "relapse")]),
    ("50 % of deaths were from infection.", []),
]


@pytest.mark.parametrize(("text", "pairs"), PAIRS)
def test_each_figure_goes_with_its_outcome(text, pairs):
    """In the order of the sentence; what has none is left out."""
    assert [(figure.lower(), end) for figure, end in links(text)] == pairs


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("50 % did not die.", "overall-survival"),
        ("50 % did not survive.", "death"),
        ("50 % had no remission.", "no-remission"),
        ("Remission, we hear, was 50 %.", "any-remission"),
        ("It was no remission that 50 % had.", "no-remission"),
        # nobody had what stands behind "none" or "no"
        ("No deaths were seen.", "death"),
        ("None of them died.", "death"),
        ("Not one died.", "death"),
        # "none did not" is everybody
        ("None of these did not die.", "overall-survival"),
        # what denies stands right before the outcome: thirty letters
        ("No remission, we hear, had 50 %.", "no-remission"),
        ("50 % not had had had had been been die.", "overall-survival"),
        ("50 % not had had had been been been die.", "death"),
        ("Not had had had had been been die, we hear, 50 %.", "overall-survival"),
        ("Not had had had been been been die, we hear, 50 %.", "death"),
        ("Not all, but 50 %, died.", "death"),
        ("Without any doubt 50 % died.", "death"),
    ],
)
def test_a_denied_outcome_is_its_opposite(text, endpoint):
    """By the topic's own pairs of opposites."""
    assert [name for _, name in links(text)] == [endpoint]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("50 % had no infection.", ["50 %"]),
        ("50 % had no infection and 20 % relapsed.", ["50 %"]),
        ("50 % had an infection.", []),
        ("50 % did not die.", []),
    ],
)
def test_a_denied_outcome_without_an_opposite_is_no_claim(text, figures):
    """The figure is known to be one of them, so that a reader can be told."""
    mentions = Mentions(text)
    found = sorted(denied(mentions), key=lambda item: item.start)
    assert [text[item.start : item.end] for item in found] == figures
    assert not {item.figure for item in linked(mentions)} & denied(mentions)
    relapses = [name for _, name in links(text) if name == "relapse"]
    assert len(relapses) == text.count("relapsed")


@pytest.mark.parametrize(
    ("text", "figure", "answer"),
    [
        ("The trial was powered (80 %) to see it.", "80 %", True),
        ("With a power 80 % would be enough.", "80 %", True),
        ("A difference of 20 % was looked for.", "20 %", True),
        ("It costs 20 % more or less.", "20 %", True),
        ("Of them 50 % were women.", "50 %", True),
        ("Of them 50 % women.", "50 %", True),
        ("In 50 % of all deaths it was an infection.", "50 %", True),
        ("Of the women 50 % relapsed.", "50 %", False),
        ("It costs a lot, and then 20 % relapsed.", "20 %", False),
        ("20 % relapsed.", "20 %", False),
        ("Price 20 % of it.", "20 %", True),
        ("The price " + "x" * 18 + " 20 %.", "20 %", True),
        ("The price " + "x" * 19 + " 20 %.", "20 %", False),
    ],
)
def test_plans_money_and_who_people_were_are_no_rates(text, figure, answer):
    """What stands right before or behind the figure tells."""
    mentions = Mentions(text)
    assert is_no_rate(mentions, figure_at(mentions, figure)) is answer


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("By year five it was 9 %.", ["9 %"]),
        ("At one year 28 % and at two years 31 %.", ["28 %", "31 %"]),
        ("Of 30 patients on MSC it was then 3 of 9.", ["3 of 9"]),
        ("Then it was half.", ["half"]),
        # a number that is no figure says nothing else
        ("Then it was 9 % in 2014.", ["9 %"]),
        # a new subject
        ("The weather was 9 % better.", []),
        ("Fevers were 9 %.", ["9 %"]),
        ("The SLEDAI was 9 %.", []),
        # everybody and nobody do not go on
        ("Then all of them.", []),
    ],
)
def test_a_sentence_may_go_on_about_the_outcome_before(text, figures):
    """Where it says nothing else than figures, times, people and treatments."""
    found = links(text, "relapse")
    assert [figure for figure, _ in found] == figures
    own = "adverse-event" if text.startswith("Fevers") else "relapse"
    assert {name for _, name in found} <= {own}
    if own == "relapse":
        assert not links(text)


def whens(text):
    """Return the months of each figure of a sentence."""
    return [item.when and item.when.months for item in linked(Mentions(text))]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Survival at one, three and five years was 91, 88 and 81 %.", [12, 36, 60]),
        ("50 % survived at one year and 40 % at two years.", [12, 24]),
        # all of a list, or "respectively"
        (
            "50 % survived and 60 % relapsed at one and two years, respectively.",
            [12, 24],
        ),
        ("50 % survived and 60 % relapsed; it was at one and two years.", [None, None]),
        ("50 % survived and 60 % relapsed.", [None, None]),
        ("50 % survived.", [None]),
        (
            "5 %, 10 % relapsed at one year and 15 % died at two and three years.",
            [12, 12, 24],
        ),
        # one time may be of both
        ("At two years 50 % survived and 60 % relapsed.", [24, 24]),
        # an "all" with two outcomes is one figure
        (
            "All survived and responded at one year, and half relapsed at two years.",
            [12, 12, 24],
        ),
        # no time is further than any way within a sentence
        ("50 % survived; " + "so " * 19 + "at two years.", [None]),
        ("50 % survived, " + "so " * 55 + "at two years.", [24]),
        ("50 % survived, " + "so " * 56 + "at two years.", [24]),
        ("50 % survived, " + "so " * 57 + "at two years.", [None]),
    ],
)
def test_each_figure_has_its_own_time(text, months):
    """The nearest, or by order where a sentence lists both."""
    assert whens(text) == months


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("After MSC and HSCT 40 % and 60 % relapsed, respectively.", ["msc", "hsct"]),
        ("MSC, HSCT and MSC: 40 % and 60 % relapsed, respectively.", ["msc", "hsct"]),
        ("With MSC 40 % and with HSCT 60 % relapsed.", ["msc", "hsct"]),
        ("40 % and 60 % relapsed, after HSCT that is.", ["hsct", "hsct"]),
        ("40 % relapsed.", [None]),
    ],
)
def test_each_figure_has_its_own_treatment(text, names):
    """By order where "respectively" says so, else the nearest."""
    found = [item.therapy for item in linked(Mentions(text))]
    assert [item and item.name for item in found] == names


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("23 % of the responders relapsed.", "responders"),
        ("Among the responders 23 % relapsed.", "responders"),
        # close to the figure: twelve letters
        ("Of the responders, we hear 23 % relapsed.", "responders"),
        ("Of the responders, we hear, 23 % relapsed.", "responders"),
        ("Of the responders, as we hear 23 % relapsed.", None),
        ("23 % relapsed of the responders.", "responders"),
        ("23 % have relapsed of the responders.", None),
        ("23 % relapsed.", None),
        ("Of the responders, " + "x" * 9 + " 23 % relapsed.", "responders"),
        ("Of the responders, " + "x" * 10 + " 23 % relapsed.", None),
        ("23 % " + "x" * 10 + " of the responders relapsed.", "responders"),
        ("23 % " + "x" * 11 + " of the responders relapsed.", None),
        # also where their number is part of the figure
        ("23 % of the 12 responders relapsed.", "responders"),
        ("Half of the responders relapsed.", "responders"),
        # the survivors are those of the second figure
        ("30 % died, and of the survivors 23 % relapsed.", "survivors"),
    ],
)
def test_of_whom_a_figure_is_a_share(text, among):
    """Where that stands right at the figure, on either side."""
    assert linked(Mentions(text))[-1].among == among


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Of 40 people 12 died.", 40),
        ("Of 40 people, and of 30 patients seen there, 12 died.", 30),
        # a part of them is not all, unless nothing else is told
        ("Of 87 patients, of the 18 with nephritis, 12 relapsed.", 87),
        ("Of the 18 with nephritis 12 relapsed.", 18),
        # behind the figure
        ("12 relapsed of 40 patients.", 40),
        ("Relapse: 5 % (40 patients).", 40),
        ("Relapse was 5 % in the 40 patients.", 40),
        ("No deaths among 30 patients.", 30),
        ("No deaths in 30 patients and 40 controls.", 30),
        ("Relapse was 5 %, we hear of those 40 patients.", None),
        ("Relapse was 5 %, and we saw 40 patients.", None),
        ("Relapse was 5 %; among those were 40 patients.", None),
        # those that were "all"
        ("All 16 patients lived and 3 relapsed.", 16),
        ("All 16 patients lived; all 14 controls lived and 3 relapsed.", 14),
        ("All patients lived and 3 relapsed.", None),
        ("3 relapsed and all 16 patients lived.", None),
        ("Half of the 16 patients lived and 3 relapsed.", None),
        # of the responders only their own number counts
        ("Of 30 people, of the 12 responders 23 % relapsed.", 12),
        ("Of 30 people 23 % of the responders relapsed.", None),
    ],
)
def test_the_people_whom_the_sentence_counts(text, people):
    """Nearest before the figure, else right behind it."""
    found = next(
        item
        for item in linked(Mentions(text))
        if item.figure.form != "all" and item.outcome.name != "overall-survival"
    )
    assert (found.group and found.group.people) == people


def test_a_figure_with_people_of_its_own_needs_no_other():
    """As "3 of 9" is out of nine, however many were treated."""
    (found,) = linked(Mentions("Of 40 people 3 of 9 relapsed."))
    assert (found.group, found.figure.people) == (None, 9)
