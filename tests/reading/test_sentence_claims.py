"""The claims that one sentence makes, and the reason why a figure makes none."""

import pytest
from sentences import made, told

from lupus_evidence.reading.page_context import Told


def rates(text, before=None):
    """Return treatment and outcome of each rate of a sentence."""
    return [
        (item.therapy, item.endpoint)
        for item in made(text, before)[0]
        if item.kind == "rate"
    ]


def reasons(text, before=None):
    """Return the figures that make no claim, each with the reason."""
    return [(item.figure, item.missing) for item in made(text, before)[1]]


REASONS = [
    ("Do 50 % survive after MSC?", None, "question"),
    ("Is it 50 % after MSC?", None, "question"),
    ("50 % may survive after MSC.", None, "only-possible"),
    ("Perhaps 50 % is right for MSC.", None, "only-possible"),
    ("For MSC 50 % is right, perhaps.", None, "outcome"),
    ("In mice 50 % survived after MSC.", None, "animals"),
    ("In mice it was 50 % after MSC.", None, "animals"),
    ("There 50 % survived after MSC.", {"animals": True}, "animals"),
    ("There it was 50 % after MSC.", {"animals": True}, "animals"),
    ("In MS 50 % survived after MSC.", None, "other-disease"),
    ("In MS it was 50 % after MSC.", None, "other-disease"),
    ("There 50 % survived after MSC.", {"disease": "other"}, "other-disease"),
    ("After MSC 90 % of my symptoms improved.", None, "one-person"),
    ("After MSC it was 90 % of her pain.", None, "one-person"),
    ("After MSC 50 % had no infection.", None, "denied"),
    ("50 % survived.", None, "treatment"),
    ("Despite standard treatment 20 % relapsed.", None, "treatment"),
    ("MSC were 98 % pure.", None, "outcome"),
]


@pytest.mark.parametrize(("text", "before", "why"), REASONS)
def test_why_a_figure_makes_no_claim(text, before, why):
    """With an outcome or without one, it is said once."""
    claims, rest = made(text, told(**before) if before else None)
    assert not [item for item in claims if item.kind == "rate"]
    ((item),) = rest
    assert item.missing == why
    assert item.spot.text == text
    assert "%" in item.figure
    assert item.figure in text


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("No deaths would be seen.", None),
        ("Many survived.", None),
        ("20 people died.", None),
        # how a trial was planned, who they were
        ("MSC: powered at 80 %, of whom 50 % were women.", None),
    ],
)
def test_words_and_plans_are_not_listed_as_figures(text, before):
    """Only what a reader would call a figure."""
    assert not [item for item in reasons(text, before) if item[0] != "80 %"]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("In mice half of them survived after MSC.", "half of"),
        ("In mice 3 of 9 survived after MSC.", "3 of 9"),
        ("Half of the cells were MSC.", "Half of"),
        ("In this 3 of 9 were MSC.", "3 of 9"),
    ],
)
def test_shares_and_counts_are_figures_too(text, figure):
    """With an outcome or without one."""
    assert [item[0] for item in reasons(text)] == [figure]


def test_figures_are_listed_in_order_each_once():
    """Those with an outcome first."""
    text = "MSC were 98 % pure, and 97 % in all; 20 % may die."
    assert reasons(text) == [
        ("20 %", "only-possible"),
        ("98 %", "outcome"),
        ("97 %", "outcome"),
    ]


@pytest.mark.parametrize(
    ("text", "before", "claims"),
    [
        # animals of before, but people are counted here
        ("There 50 % of 30 patients survived after MSC.", {"animals": True}, 0),
        ("Of 30 patients 50 % survived after MSC.", {"animals": True}, 1),
        # a word of possibility behind the figure, far before it, or in another clause
        ("50 % survived after MSC, we hope.", None, 1),
        ("It may be: " + "so " * 9 + "after MSC 50 % survived.", None, 1),
        ("After MSC it may be so, but 50 % survived.", None, 1),
        ("After MSC it may be so; 50 % survived.", None, 1),
        ("After MSC it may be so while 50 % survived.", None, 1),
        ("After MSC it may be so that 50 % survived.", None, 0),
        ("Perhaps " + "x " * 9 + "50 % survived MSC.", None, 0),
        ("Perhaps " + "x " * 10 + "50 % survived MSC.", None, 1),
        ("Perhaps 50 % survived MSC.", None, 0),
        ("Survival could be 50 % with MSC.", None, 0),
        # one person's own: the word stands right before the figure
        ("After MSC I had no flares.", None, 0),
        ("I " + "x" * 27 + " nobody died after MSC.", None, 0),
        ("I " + "x" * 28 + " nobody died after MSC.", None, 1),
        ("After MSC I was well; no flares were seen.", None, 1),
        ("After MSC I saw no infections in other patients.", None, 1),
        ("My doctor says that 50 % relapsed after MSC.", None, 1),
        # what lupus itself does, on a page about a treatment
        ("50 % survived.", {"therapy": "msc"}, 1),
        ("Of those who have lupus 20 % die.", {"therapy": "msc"}, 0),
        ("Of people with lupus 20 % will get infections.", {"therapy": "msc"}, 0),
        ("Of people with lupus 20 % will get infections after MSC.", None, 1),
    ],
)
def test_what_is_a_claim_of_fact(text, before, claims):
    """Not hopes, stories of one person, or what lupus does whatever is given."""
    assert len(rates(text, told(**before) if before else None)) == claims


@pytest.mark.parametrize(
    ("text", "before", "claims"),
    [
        ("In lupus 20 % had infections.", {}, 0),
        ("In lupus 20 % went into remission.", {}, 1),
        ("In lupus 20 % had infections.", {"people": 40}, 1),
        ("Of 30 people with lupus 20 % had infections.", {}, 1),
        ("Then 20 % had infections.", {}, 1),
    ],
)
def test_harms_in_lupus_are_of_lupus_where_only_the_page_is_on_a_treatment(
    text, before, claims
):
    """Unless people who were treated are counted."""
    before = Told(therapy="msc", **before, since={"therapy": "page"})
    assert len(rates(text, before)) == claims


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # of the treatment, not of a study
        ("MSC have no side effects.", [("statement", "no-harms")]),
        ("MSC have zero serious side effects.", [("statement", "no-harms")]),
        # of a study: something was seen
        ("No side effects were seen after MSC.", [("rate", "adverse-event")]),
        (
            "With MSC none of the patients have side effects.",
            [("rate", "adverse-event")],
        ),
        ("MSC have no infections.", [("rate", "infection")]),
        ("With MSC nobody has side effects.", [("rate", "adverse-event")]),
    ],
)
def test_no_side_effects_said_of_a_treatment_is_no_rate(text, kinds):
    """It is a sweeping word, and answered as such."""
    found = [(item.kind, item.topic or item.endpoint) for item in made(text)[0]]
    assert found == kinds


def test_a_rate_has_all_that_is_known_of_it():
    """From the sentence, and from before with where it stood."""
    before = told("heading", therapy="msc", people=87, months=12.0, follow_up=True)
    text = "Of these about 20 % died."
    ((claim,), rest) = made(text, before)
    assert rest == []
    assert (claim.spot.text, claim.kind) == (text, "rate")
    assert (claim.therapy, claim.endpoint) == ("msc", "death")
    assert (claim.percent, claim.bound, claim.people) == ("20", "about", 87)
    assert (claim.months, claim.time, claim.counts) == (12.0, "at", "people")
    assert dict(claim.carried) == {
        "therapy": "heading",
        "people": "heading",
        "months": "heading",
    }


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("After MSC 12 of 30 died.", {"percent": None, "events": 12, "people": 30}),
        ("After MSC 12 people died.", {"percent": None, "events": 12, "people": None}),
        ("After MSC 50 to 70 % died.", {"percent": "50", "to": "70"}),
        ("After MSC half died.", {"percent": "50", "amount": "half"}),
        ("After MSC 20 % died within two years.", {"time": "within", "months": 24.0}),
        ("After MSC 20 % of the responders died.", {"among": "responders"}),
        ("Of 30 children 12 died after MSC.", {"who": "children", "people": 30}),
        (
            "After MSC 12 of 30 with autoimmune diseases died.",
            {"who": "several-diseases"},
        ),
        ("After MSC 12 of 30 died.", {"who": None}),
    ],
)
def test_the_parts_of_a_rate(text, values):
    """Each where the sentence says it."""
    ((claim,), _) = made(text)
    assert {name: getattr(claim, name) for name in values} == values


@pytest.mark.parametrize(
    ("people", "who"), [(30, "several-diseases"), (31, None), (None, None)]
)
def test_people_of_whom_it_was_said_that_they_were_mixed(people, who):
    """The same number, told with several diseases before."""
    before = told(therapy="msc", people=30, **({"mixed": people} if people else {}))
    ((claim,), _) = made("Then 12 died.", before)
    assert (claim.people, claim.who) == (30, who)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("After MSC 30 % had a renal remission.", "kidney"),
        ("After MSC 30 % had a remission of the kidneys.", "kidney"),
        ("After MSC 30 % had a remission of their nephritis.", "kidney"),
        ("After MSC 30 % had a remission.", None),
        ("After MSC 30 % had a renal response.", "kidney"),
        ("After MSC 30 % had a renal xxxxx remission.", "kidney"),
        ("After MSC 30 % had a renal xxxxxx remission.", None),
        ("After MSC 30 % had a remission xxxxxxxxxxx nephritis.", "kidney"),
        ("After MSC 30 % had a remission xxxxxxxxxxxx nephritis.", None),
        # far from it, or another outcome
        ("After MSC for kidney disease and the like 30 % had a remission.", "kidney"),
        ("The kidney matters; after MSC 30 % had a remission.", None),
        ("After MSC 30 % had a remission, so good for people is the kidney.", None),
        ("After MSC 30 % with nephritis died.", None),
    ],
)
def test_what_a_remission_was_judged_on(text, scope):
    """The kidneys, where they stand at it or all whom it is about have them ill."""
    ((claim,), _) = made(text)
    assert claim.scope == scope


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("After MSC there were 12 infections.", "events"),
        ("After MSC there were 12 new infections.", "events"),
        ("After MSC 12 people had infections.", "people"),
        ("After MSC 12 had an infection.", "people"),
        ("After MSC 12 relapsed.", "people"),
        # who dies does so once
        ("After MSC there were 12 deaths.", "people"),
        ("After MSC there were 12 cancers.", "people"),
        ("After MSC 12 % infections were seen.", "people"),
    ],
)
def test_whether_people_or_happenings_are_counted(text, counts):
    """A number right at a harm in the plural counts happenings."""
    ((claim,), _) = made(text)
    assert claim.counts == counts


@pytest.mark.parametrize(
    ("text", "before", "kinds"),
    [
        ("Lupus has a prevalence of 0.1 %.", {}, [("background", "prevalence")]),
        (
            "The prevalence is 0.1 %.",
            {"disease": "condition"},
            [("background", "prevalence")],
        ),
        ("The prevalence is 0.1 %.", {}, []),
        ("Has lupus a prevalence of 0.1 %?", {}, []),
        ("In mice lupus has a prevalence of 0.1 %.", {}, []),
        (
            "MSC: a dose holds 100 million cells.",
            {},
            [("background", "cells-per-dose")],
        ),
        ("Experts agree that MSC work.", {}, [("statement", "expert-agreement")]),
        ("Experts agree that MSC may work.", {}, []),
        ("Experts agree on it.", {"therapy": "msc"}, []),
        ("Experts agree that 20 % die after MSC.", {}, [("rate", "death")]),
        (
            "A woman with a nerve illness had a full recovery.",
            {"therapy": "msc"},
            [("statement", "case-report")],
        ),
        ("A woman with a nerve illness had a full recovery.", {}, []),
    ],
)
def test_what_else_a_sentence_says(text, before, kinds):
    """Of the disease, the cells, by experts, of one person."""
    found = made(text, told(**before))[0]
    assert [
        (item.kind, item.quantity or item.topic or item.endpoint) for item in found
    ] == kinds
    statements = [item for item in found if item.kind == "statement"]
    assert all(item.therapy == "msc" for item in statements)
    assert all(item.spot.text == text for item in found)


def test_a_figure_of_the_disease_is_not_listed_again():
    """It is a claim on the disease; another one is listed."""
    text = "Lupus has a prevalence of 0.1 %, and 7 % of it is pure."
    assert reasons(text) == [("7 %", "outcome")]


def directions(text, before=None):
    """Return the changes that a sentence tells."""
    claims = made(text, before)[0]
    return [item for item in claims if item.kind == "direction"]


def test_a_change_has_all_that_is_known_of_it():
    """From the sentence, and from before with where it stood."""
    before = told("heading", therapy="msc", people=40, who="kidney")
    text = "The SLEDAI fell from 9 to 3 at one year."
    (claim,) = directions(text, before)
    assert (claim.spot.text, claim.therapy, claim.who) == (text, "msc", "kidney")
    assert (claim.measure, claim.direction) == ("sledai", "falls")
    assert (claim.before, claim.after, claim.months) == ("9", "3", 12.0)
    assert claim.people == 40
    assert dict(claim.carried) == {"therapy": "heading", "people": "heading"}


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        # its own time, the nearest
        (
            "At one year SLEDAI was high; MSC made it fall from 9 to 3 by two years.",
            {},
            (24.0, None),
        ),
        # the time of before where it holds
        ("With MSC SLEDAI fell.", {"months": 12.0, "follow_up": True}, (12.0, None)),
        ("With MSC SLEDAI fell.", {"months": 12.0}, (None, None)),
        # the people of the sentence, or of before
        ("In 30 people SLEDAI fell with MSC.", {"people": 87}, (None, 30)),
        ("With MSC SLEDAI fell.", {"people": 87}, (None, 87)),
        ("With MSC SLEDAI fell.", {}, (None, None)),
    ],
)
def test_when_and_in_how_many_it_changed(text, before, found):
    """As told there, or as told before."""
    (claim,) = directions(text, told(**before))
    assert (claim.months, claim.people) == found
    carried = {"people", "months"} & set(claim.carried)
    expected = {"months"} & set(before) if found[0] == 12 else set()
    assert carried == expected | ({"people"} if found[1] == 87 else set())


@pytest.mark.parametrize(
    ("text", "therapies"),
    [
        (
            "With MSC SLEDAI fell from 9 to 3 with MSC and from 9 to 8 with placebo.",
            ["msc", "placebo"],
        ),
        ("MSC: SLEDAI fell from 9 to 3 on the placebo.", ["placebo"]),
        ("MSC: SLEDAI fell from 9 to 3, with placebo or not.", ["msc"]),
        ("MSC: SLEDAI fell from 9 to 3 placebo.", ["msc"]),
        ("MSC: SLEDAI fell from 9 to 3 after stem cells.", ["msc"]),
    ],
)
def test_what_stands_right_behind_a_change_is_its_treatment(text, therapies):
    """As in "to 5.9 with placebo"."""
    assert [item.therapy for item in directions(text)] == therapies


def test_a_change_in_another_disease_hides_none_in_lupus():
    """Of two changes the second counts."""
    text = "In MS SLEDAI fell with MSC, and in people with lupus C3 rose."
    assert [item.measure for item in directions(text)] == ["c3"]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Has MSC reduced SLEDAI?", {}),
        ("In mice MSC reduced SLEDAI.", {}),
        ("MSC reduced SLEDAI.", {"animals": True}),
        ("In MS MSC reduced SLEDAI.", {}),
        ("MSC may reduce SLEDAI.", {}),
        ("MSC reduced SLEDAI, we hope.", {}),
        ("I had MSC and my SLEDAI fell.", {}),
        ("SLEDAI fell.", {}),
    ],
)
def test_what_is_no_change_in_people_with_lupus_given_something(text, before):
    """Questions, animals, other diseases, hopes, one person, no treatment."""
    assert directions(text, told(**before)) == []


def test_a_hope_far_behind_a_change_does_not_take_it_back():
    """Forty letters and more."""
    text = "MSC reduced SLEDAI{} hope."
    near, far = text.format(", " + "x" * 36), text.format(", " + "x" * 37)
    assert (len(directions(near)), len(directions(far))) == (0, 1)


def statements(text, before=None):
    """Return the sweeping words of a sentence, with the treatment of each."""
    claims = made(text, before)[0]
    return [(item.therapy, item.topic) for item in claims if item.kind == "statement"]


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("MSC are safe.", {}, [("msc", "few-harms")]),
        ("They are safe.", {"therapy": "msc"}, [("msc", "few-harms")]),
        ("They are safe.", {}, []),
        ("Are MSC safe?", {}, []),
        ("In mice MSC are safe.", {}, []),
        ("MSC are safe.", {"animals": True}, []),
        ("In MS MSC are safe.", {}, []),
        # only possible
        ("MSC may be safe.", {}, []),
        ("MSC are safe, perhaps.", {}, [("msc", "few-harms")]),
        ("Perhaps MSC " + "x " * 7 + "are safe.", {}, []),
        ("Perhaps MSC " + "x " * 8 + "are safe.", {}, [("msc", "few-harms")]),
        # one person's word is heard where it warns
        ("I say MSC are safe.", {}, []),
        ("I say MSC are dangerous.", {}, [("msc", "warns-of-harm")]),
        # of a drug, not of the cells
        ("Rituximab is dangerous.", {"therapy": "msc"}, []),
        ("Rituximab is no harm; it is a cure.", {"therapy": "msc"}, []),
        ("Rituximab has no side effects at all.", {"therapy": "msc"}, []),
        ("Like rituximab MSC are dangerous.", {}, [("msc", "warns-of-harm")]),
        ("Life is dangerous.", {"therapy": "msc"}, []),
        ("It is dangerous.", {"therapy": "msc"}, [("msc", "warns-of-harm")]),
        ("The treatment is dangerous.", {"therapy": "msc"}, [("msc", "warns-of-harm")]),
        ("A cure is near.", {"therapy": "msc"}, [("msc", "cure")]),
        ("It is harmless.", {"therapy": "msc"}, [("msc", "no-harms")]),
    ],
)
def test_sweeping_words_are_said_of_the_cells_and_as_a_fact(text, before, found):
    """Not of the drugs of before, not as a hope, not by one person who is glad."""
    assert statements(text, told(**before)) == found
