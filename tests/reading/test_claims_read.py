"""The claims that are read from sentences and short texts, field by field."""

import pytest

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.cited_studies import StudyIndex
from lupus_evidence.reading.reader import read_claims
from lupus_evidence.records.load import load

#: What a claim says, but for the records that it may rest on.
FIELDS = (
    *("kind", "therapy", "endpoint", "scope", "who", "among", "months", "percent"),
    *("to", "amount", "bound", "events", "people", "measure", "direction", "before"),
    *("after", "topic", "cites"),
)


@pytest.fixture(scope="module")
def index():
    """The bundled records by what pages call them."""
    return StudyIndex.of(load())


def read(text, index):
    """Return what is read from a plain text."""
    return read_claims(page_of(text.encode(), "article", ".txt"), index)


def told(claim):
    """Return the fields of a claim that say something."""
    values = {name: getattr(claim, name) for name in FIELDS}
    values |= {"time": claim.time} if claim.time != "at" else {}
    return {name: value for name, value in values.items() if value is not None}


def rate(therapy, endpoint, **more):
    """Return a rate as it should be read; `half` and such bring their percentage."""
    words = {"half": "50", "two-thirds": "66.7", "a-third": "33.3", "all": "100"}
    words |= {"none": "0", "a-quarter": "25"}
    if more.get("amount") in words:
        more = {"percent": words[more["amount"]]} | more
    return {"kind": "rate", "therapy": therapy, "endpoint": endpoint} | more


def change(therapy, measure, direction, **more):
    """Return a fall or rise as it should be read."""
    named = {"kind": "direction", "therapy": therapy, "measure": measure}
    return named | {"direction": direction} | more


def said(therapy, topic):
    """Return a sweeping word as it should be read."""
    return {"kind": "statement", "therapy": therapy, "topic": topic}


ONE_RATE = [
    (
        (
            "Mesenchymal stem cells were given to 40 patients with lupus, and 13 of "
            "them went into complete remission within a year."
        ),
        rate(
            "msc",
            "complete-remission",
            months=12,
            time="within",
            events=13,
            people=40,
        ),
    ),
    (
        (
            "Overall survival after autologous stem cell transplantation for lupus was "
            "84% at five years."
        ),
        rate("hsct", "overall-survival", months=60, percent="84"),
    ),
    (
        (
            "Half of the people with lupus who had received their own blood stem cells "
            "were free of disease after five years."
        ),
        rate("hsct", "disease-free-survival", months=60, amount="half"),
    ),
    (
        (
            "About two thirds of lupus patients responded to cells from donated fat "
            "within six months."
        ),
        rate(
            "adipose-msc",
            "any-response",
            months=6,
            time="within",
            amount="two-thirds",
            bound="about",
        ),
    ),
    (
        "Nobody with lupus died of the transplant in the CAR-T trial.",
        rate("car-t", "treatment-related-mortality", amount="none"),
    ),
    (
        "All 16 people given CAR T cells for lupus were in remission.",
        rate("car-t", "any-remission", amount="all", events=16, people=16),
    ),
    (
        "None of the 20 lupus patients who got cord cells had a serious infection.",
        rate("uc-msc", "serious-infection", amount="none", events=0, people=20),
    ),
    (
        "No deaths occurred among 30 lupus patients given cord cells.",
        rate("uc-msc", "death", amount="none", people=30),
    ),
    (
        "Nearly all patients with lupus improved after the mesenchymal cells.",
        rate("msc", "any-response", amount="nearly-all"),
    ),
    (
        "Many lupus patients relapsed after the transplant.",
        rate("unspecified", "relapse", amount="many"),
    ),
    (
        "Up to 70 % of lupus patients go into remission after stem cells.",
        rate("unspecified", "any-remission", percent="70", bound="up-to"),
    ),
    (
        "At least 60 % of lupus patients improved after MSC.",
        rate("msc", "any-response", percent="60", bound="at-least"),
    ),
    (
        "Fewer than 5 % of lupus patients given MSC had a relapse.",
        rate("msc", "relapse", percent="5", bound="under"),
    ),
    (
        "Between 50 and 70 % of lupus patients are disease-free five years after HSCT.",
        rate("hsct", "disease-free-survival", months=60, percent="50", to="70"),
    ),
    (
        (
            "Seven of ten children with lupus were in remission two years after a bone "
            "marrow transplant."
        ),
        rate(
            "hsct",
            "any-remission",
            who="children",
            months=24,
            events=7,
            people=10,
        ),
    ),
    (
        (
            "Of the 24 patients with lupus nephritis treated with autologous stem "
            "cells, 22 (92 %) survived."
        ),
        rate(
            "hsct",
            "overall-survival",
            who="kidney",
            percent="92",
            events=22,
            people=24,
        ),
    ),
    (
        "Of 30 people with lupus nephritis treated with MSC, 20 had a renal remission.",
        rate(
            "msc",
            "any-remission",
            scope="kidney",
            who="kidney",
            events=20,
            people=30,
        ),
    ),
    (
        "Treatment-related mortality after HSCT in lupus was 7 %.",
        rate("hsct", "treatment-related-mortality", percent="7"),
    ),
    (
        "Three of 53 lupus patients died of the transplant.",
        rate("unspecified", "treatment-related-mortality", events=3, people=53),
    ),
    (
        (
            "Of 20 lupus patients given CAR T cells, 12 (60 %) had cytokine release "
            "syndrome."
        ),
        rate("car-t", "cytokine-release-syndrome", percent="60", events=12, people=20),
    ),
    (
        "After CAR T cells all ten lupus patients were off their drugs.",
        rate("car-t", "drug-free", amount="all", events=10, people=10),
    ),
    (
        "After HSCT 12 % of lupus patients got a secondary autoimmune disease.",
        rate("hsct", "secondary-autoimmunity", percent="12"),
    ),
    (
        "Donor blood stem cells put two of three lupus patients into remission.",
        rate("allo-hsct", "any-remission", events=2, people=3),
    ),
    (
        "Among the responders to MSC, 23 % had a lupus flare.",
        rate("msc", "relapse", among="responders", percent="23"),
    ),
    (
        "No serious adverse events were seen after MSC in lupus.",
        rate("msc", "serious-adverse-event", amount="none"),
    ),
    (
        "In lupus, one in four relapsed after MSC.",
        rate("msc", "relapse", amount="a-quarter"),
    ),
]


@pytest.mark.parametrize(("text", "claim"), ONE_RATE)
def test_one_rate_is_read_with_all_it_says(text, claim, index):
    """Treatment, outcome, time, figure, people, the word in front; and no more."""
    assert [told(item) for item in read(text, index).claims] == [claim]


SEVERAL_RATES = [
    (
        (
            "Survival at one, three and five years after the autologous transplant was "
            "91, 88 and 81 % in lupus."
        ),
        [
            rate("hsct", "overall-survival", months=months, percent=percent)
            for months, percent in ((12, "91"), (36, "88"), (60, "81"))
        ],
    ),
    (
        (
            "Relapse and death rates after HSCT for lupus were 30 % and 10 %, "
            "respectively."
        ),
        [rate("hsct", "relapse", percent="30"), rate("hsct", "death", percent="10")],
    ),
    (
        (
            "After cord cells and HSCT, 40 % and 60 % of lupus patients, respectively, "
            "were in remission."
        ),
        [
            rate("uc-msc", "any-remission", percent="40"),
            rate("hsct", "any-remission", percent="60"),
        ],
    ),
    (
        (
            "Complete remission at one and three years after MSC in lupus was 28 % and "
            "31 %, respectively."
        ),
        [
            rate("msc", "complete-remission", months=12, percent="28"),
            rate("msc", "complete-remission", months=36, percent="31"),
        ],
    ),
    (
        (
            "Complete and partial remission rates of lupus after the stem cells were "
            "30 % and 20 %, respectively."
        ),
        [
            rate("unspecified", "complete-remission", percent="30"),
            rate("unspecified", "partial-remission", percent="20"),
        ],
    ),
    (
        (
            "The five-year survival of lupus was 81 % with stem cells and 60 % with "
            "cyclophosphamide."
        ),
        [
            rate("unspecified", "overall-survival", months=60, percent="81"),
            rate("cyclophosphamide", "overall-survival", months=60, percent="60"),
        ],
    ),
    (
        (
            "Remission of lupus came in 75 % of those given cord cells, against 40 % "
            "of those given placebo."
        ),
        [
            rate("uc-msc", "any-remission", percent="75"),
            rate("placebo", "any-remission", percent="40"),
        ],
    ),
    (
        (
            "At one year 60 % of those given cord cells and 20 % of those on placebo "
            "had responded to lupus treatment."
        ),
        [
            rate("uc-msc", "any-response", months=12, percent="60"),
            rate("placebo", "any-response", months=12, percent="20"),
        ],
    ),
    (
        (
            "HSCT put 60 % of lupus patients into remission, whereas only 30 % of "
            "those on standard treatment reached it."
        ),
        [
            rate("hsct", "any-remission", percent="60"),
            rate("conventional", "any-remission", percent="30"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "claims"), SEVERAL_RATES)
def test_each_figure_goes_with_its_own_outcome_time_and_treatment(text, claims, index):
    """By "respectively", in lists, and where two groups are set against one another."""
    assert [told(item) for item in read(text, index).claims] == claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Six of the 30 lupus patients did not respond to the cord cells.",
            rate("uc-msc", "no-response", events=6, people=30),
        ),
        (
            "Twelve patients with lupus did not relapse after MSC.",
            rate("msc", "no-relapse", events=12),
        ),
        (
            "After HSCT 60 % of lupus patients did not relapse within five years.",
            rate("hsct", "no-relapse", months=60, time="within", percent="60"),
        ),
        (
            "70 % of lupus patients remained without relapse after MSC.",
            rate("msc", "no-relapse", percent="70"),
        ),
        (
            "There was no relapse of lupus after MSC.",
            rate("msc", "relapse", amount="none"),
        ),
    ],
)
def test_what_is_denied_is_read_as_its_opposite(text, claim, index):
    """Where the opposite has a name."""
    assert [told(item) for item in read(text, index).claims] == [claim]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The SLEDAI of lupus patients fell from 12.2 to 3.2 within a year of MSC.",
            [change("msc", "sledai", "falls", before="12.2", after="3.2", months=12)],
        ),
        (
            "C3 rose from 0.5 to 0.9 g/l six months after MSC in lupus.",
            [change("msc", "c3", "rises", before="0.5", after="0.9", months=6)],
        ),
        (
            "Proteinuria in lupus dropped after the cord cells, while C3 rose.",
            [change("uc-msc", "proteinuria", "falls"), change("uc-msc", "c3", "rises")],
        ),
        (
            "Quality of life improved after MSC in lupus patients.",
            [change("msc", "quality-of-life", "rises")],
        ),
        ("SLEDAI did not fall after the MSC in lupus.", []),
        ("MSC may reduce proteinuria in lupus.", []),
        ("In lupus mice, cord cells reduced proteinuria.", []),
        ("Stem cells are a cure for lupus.", [said("unspecified", "cure")]),
        ("MSC treatment is not a cure for lupus.", []),
        ("Umbilical cord cells are safe in lupus.", [said("uc-msc", "few-harms")]),
        ("MSC treatment is well tolerated in lupus.", [said("msc", "few-harms")]),
        (
            "In lupus the cells have no side effects at all.",
            [said("unspecified", "no-harms")],
        ),
        (
            "The risks of HSCT in lupus are real.",
            [said("hsct", "warns-of-harm")],
        ),
        ("HSCT is dangerous in lupus.", [said("hsct", "warns-of-harm")]),
        ("Anna was cured of lupus by her stem cells.", []),
    ],
)
def test_changes_and_sweeping_words_are_read(text, claims, index):
    """What fell or rose, from what to what; what is said of harms and of cure."""
    assert [told(item) for item in read(text, index).claims] == claims


@pytest.mark.parametrize(
    ("text", "figure", "missing"),
    [
        (
            "Does MSC bring 50 % of lupus patients into remission?",
            "50 %",
            "question",
        ),
        (
            "Stem cells could put 50 % of lupus patients into remission.",
            "50 %",
            "only-possible",
        ),
        (
            "We hope that 80 % of lupus patients will be in remission after MSC.",
            "80 %",
            "only-possible",
        ),
        (
            "The trial is powered to show a 30 % response to MSC in lupus.",
            "30 %",
            "only-possible",
        ),
        ("In mice with lupus, MSC brought 80 % into remission.", "80 %", "animals"),
        ("Survival in lupus is 90 % at ten years.", "90 %", "treatment"),
        (
            (
                "Lupus was the subject. After HSCT 70 % of those with multiple "
                "sclerosis improved."
            ),
            "70 %",
            "other-disease",
        ),
        ("In lupus, MSC were 98 % pure.", "98 %", "outcome"),
    ],
)
def test_a_figure_that_makes_no_claim_is_listed_with_the_reason(
    text, figure, missing, index
):
    """Nothing printed on a page is passed over without a word."""
    page = read(text, index)
    assert page.claims == ()
    listed = [(item.figure, item.missing) for item in page.not_understood]
    assert listed == [(figure, missing)]


@pytest.mark.parametrize(
    "text",
    [
        "Two years after her stem cells Anna's lupus is in remission.",
        "I had stem cells for my lupus and I went into remission.",
        "After the drip she had 3 relapses of her lupus; her stem cells did nothing.",
        "Will lupus patients be in remission after stem cells?",
        "The cells are given into a vein of the arm in lupus.",
        "Lupus is a disease of the immune system.",
    ],
)
def test_one_persons_story_and_plain_talk_make_no_claim(text, index):
    """Nor do questions, and how the treatment is done."""
    page = read(text, index)
    assert (page.claims, page.not_understood) == ((), ())


def test_two_diseases_in_one_sentence_are_kept_apart(index):
    """The share of those with lupus is a claim, the other is listed."""
    page = read(
        "Sixty per cent of the patients with rheumatoid arthritis responded to MSC, "
        "but only 40 % of those with lupus.",
        index,
    )
    assert [told(item) for item in page.claims] == [
        rate("msc", "any-response", percent="40")
    ]
    assert [(item.figure, item.missing) for item in page.not_understood] == [
        ("Sixty per cent", "other-disease")
    ]


def test_a_page_on_another_disease_is_not_read(index):
    """It says so, and none of its figures is listed."""
    page = read("After HSCT for multiple sclerosis, 70 % had no relapse.", index)
    assert (page.of_condition, page.claims, page.not_understood) == (False, (), ())


def test_a_mixed_group_is_marked(index):
    """Several diseases, lupus among them."""
    page = read(
        "In a study of 12 patients with autoimmune diseases, lupus among them, half "
        "responded to MSC.",
        index,
    )
    assert [told(item) for item in page.claims] == [
        rate("msc", "any-response", who="several-diseases", amount="half", people=12)
    ]


CARRIED = [
    (
        "Forty people with lupus received cord cells. Five of them relapsed.",
        rate("uc-msc", "relapse", events=5, people=40),
        {"therapy": "sentence", "people": "sentence"},
    ),
    (
        (
            "Cord cells were given to 30 lupus patients. They were followed for 24 "
            "months. A quarter relapsed."
        ),
        rate("uc-msc", "relapse", amount="a-quarter", months=24, people=30),
        {"therapy": "sentence", "people": "sentence", "months": "sentence"},
    ),
    (
        (
            "CAR-T cells for lupus\n\nA third of the patients had a serious infection, "
            "as was told in the newspapers of the week before last."
        ),
        rate("car-t", "serious-infection", amount="a-third"),
        {"therapy": "title"},
    ),
    (
        "CAR-T cells were given to 30 people with lupus, of whom 10 % relapsed.",
        rate("car-t", "relapse", percent="10", people=30),
        {},
    ),
]


@pytest.mark.parametrize(("text", "claim", "carried"), CARRIED)
def test_what_stands_in_an_earlier_sentence_is_carried_over(
    text, claim, carried, index
):
    """And is marked with where it stands."""
    (found,) = read(text, index).claims
    values = told(found)
    values.pop("cites", None)
    assert values == claim
    assert {name: found.carried[name] for name in carried} == carried
    assert "people" in carried or "people" not in found.carried


ARMS = [
    "Patients were randomized 2:1 to MSC (n=28) or placebo (n=14).",
    "Patients got MSC (two infusions, weekly; n = 28) or placebo (n = 14).",
    "In the trial 28 received MSC and 14 received placebo.",
    "Twenty-eight people were given MSC and 14 people were given placebo.",
    "A remission was seen in 9 of 28 patients on MSC and 3 of 14 on placebo.",
]


@pytest.mark.parametrize("sentence", ARMS)
def test_each_arm_of_a_trial_keeps_its_own_people(sentence, index):
    """However the trial says how many were in each."""
    text = (
        f"MSC for lupus\n\n{sentence} Relapse was seen in 7.1 % of patients given MSC "
        "and in 14.3 % of those given placebo.\n\nSafety\n\nNo deaths occurred on MSC."
    )
    found = {
        (item.therapy, item.endpoint): item.people
        for item in read(text, index).claims
        if item.endpoint in ("relapse", "death")
    }
    assert found == {
        ("msc", "relapse"): 28,
        ("placebo", "relapse"): 14,
        ("msc", "death"): 28,
    }


def test_a_heading_that_is_no_part_of_a_report_ends_the_study(index):
    """Below "Safety" the people are the same, below another name they are not."""
    text = (
        "MSC for lupus\n\nMSC were given to 28 people.\n\n{}\n\nNobody given MSC died."
    )
    people = [
        [item.people for item in read(text.format(heading), index).claims]
        for heading in ("Safety", "Adverse events", "What others found")
    ]
    assert people == [[28], [28], [None]]


def test_people_of_one_treatment_are_not_lent_to_what_it_is_compared_with(index):
    """Forty people were given cells; how many took the drug is not said."""
    page = read(
        "MSC were given to 40 people with lupus. On placebo 20 % relapsed.", index
    )
    assert [(item.therapy, item.people) for item in page.claims] == [("placebo", None)]


NAMED_AGAIN = [
    ("MSC were given to 87 people. At four years remission was 50 % of 6.", 6),
    ("MSC were given to 50 people. For those 48, survival was 84 %.", 48),
    (
        "MSC were given to 87 people. Remission was 28 % among the 83 seen at a year.",
        83,
    ),
    ("MSC were given to 87 people. There were no deaths among its 30 patients.", 30),
    ("After MSC a quarter of the 37 people who had been in remission relapsed.", 37),
    ("MSC were given to 28 people. 12 of 53 died, 7 of them from the treatment.", 53),
    ("HSCT was given to 40 people; 19 of 25 responded and 5 of them relapsed.", None),
    ("HSCT was given to 40 people. Five of them relapsed.", 40),
    ("CVD-22 in adults is made of MSC. Half of patients relapsed.", None),
]


@pytest.mark.parametrize(("text", "people"), NAMED_AGAIN)
def test_the_people_that_stand_at_a_figure_count(text, people, index):
    """Not those who were treated, and not the number in a drug's name."""
    assert [item.people for item in read(text, index).claims][-1] == people


OUTCOMES = [
    (
        "HSCT for lupus: of 53 patients 12 died, 7 of them because of the transplant.",
        ["death", "treatment-related-mortality"],
    ),
    (
        (
            "Nearly a quarter of the 37 patients who had once been in remission after "
            "MSC relapsed."
        ),
        ["relapse"],
    ),
    (
        (
            "After CAR-T cells cytokine release syndrome, usually just a fever, hit "
            "11 of the 15 patients."
        ),
        ["cytokine-release-syndrome"],
    ),
    (
        "After HSCT infections, mostly just a fever, were seen in 11 of 19 people.",
        ["infection"],
    ),
    (
        (
            "After HSCT the chance of being alive was 84 %, and the chance of being "
            "alive without active disease was 50 %."
        ),
        ["overall-survival", "disease-free-survival"],
    ),
    (
        "After HSCT infections occurred in 11/19, and in 4/19 they were severe.",
        ["infection", "serious-infection"],
    ),
    (
        (
            "MSC for lupus. Remission was 28 % at one year. By year five that had slid "
            "to 12 percent."
        ),
        ["any-remission", "any-remission"],
    ),
]


@pytest.mark.parametrize(("text", "endpoints"), OUTCOMES)
def test_the_outcome_is_what_the_figure_counts(text, endpoints, index):
    """Not who was counted, not what a harm is like, and all of what is counted."""
    assert [item.endpoint for item in read(text, index).claims] == endpoints


def test_a_second_figure_keeps_the_outcome_of_the_first(index):
    """Such as "28 % at one year and 31 % at two", in a paragraph of its own."""
    page = read(
        "Mesenchymal stem cells helped 60 % of people with lupus.\n\n"
        "At one year 28 % were in complete remission, and 31 % at two years.",
        index,
    )
    assert [told(item) for item in page.claims] == [
        rate("msc", "any-response", percent="60"),
        rate("msc", "complete-remission", months=12, percent="28"),
        rate("msc", "complete-remission", months=24, percent="31"),
    ]
    assert [dict(item.carried) for item in page.claims] == [
        {},
        {"therapy": "sentence"},
        {"therapy": "sentence"},
    ]


def test_sentences_are_counted_and_those_with_a_claim(index):
    """Two claims of one sentence are one sentence with a claim."""
    page = read(
        "Lupus is a disease. After HSCT 50 % were in remission and 10 % died. "
        "That is all.",
        index,
    )
    assert (page.sentences, page.with_claim, len(page.claims)) == (3, 1, 2)
