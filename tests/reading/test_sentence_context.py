"""What was said before a sentence, and what that settles for its claims."""

import pytest
from sentences import index_in, sentence, told

from lupus_evidence.reading.cited_studies import Cues
from lupus_evidence.reading.nearness import Arms
from lupus_evidence.reading.page_context import Settled, Told
from lupus_evidence.reading.sentence_context import (
    carried_over,
    cited_by,
    disease_at,
    months_of,
    people_given,
    people_of,
    time_holds,
    treatment_of,
    who_of,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Three invented records by what pages call them."""
    return index_in(tmp_path_factory.mktemp("records"))


def test_only_what_is_known_from_elsewhere_is_carried_over():
    """A part without a value, and one of the sentence itself, is not."""
    parts = {
        "therapy": Settled("msc", "heading"),
        "people": Settled(None, "sentence"),
        "months": Settled(12.0),
        "cites": Settled(None),
    }
    assert carried_over(parts) == {"therapy": "heading"}


@pytest.mark.parametrize(
    ("text", "words", "before", "disease"),
    [
        ("In lupus 20 % died.", "20", None, "condition"),
        ("In MS 20 % died.", "20", "condition", "other"),
        ("Of these 20 % died.", "20", "other", "other"),
        ("Of these 20 % died.", "20", None, None),
        ("In autoimmune diseases, such as lupus, 20 % died.", "20", None, "several"),
        ("In MS and other autoimmune diseases 20 % died.", "20", None, "several"),
        # two of them: the nearer, what stands behind fifteen letters further
        ("In lupus 20 % died, and as many as 30 % in MS.", "20", None, "condition"),
        ("In lupus 20 % died, and as many as 30 % in MS.", "30", None, "other"),
        ("In MS 20 % died, and as many as 30 % in lupus.", "20", None, "other"),
        ("In MS 20 % died, and as many as 30 % in lupus.", "30", None, "condition"),
        ("MS " + "x" * 16 + " 9 % lupus.", "9 %", None, "condition"),
        ("MS " + "x" * 14 + " 9 % lupus.", "9 %", None, "other"),
        ("lupus " + "x" * 13 + " 9 % MS.", "9 %", None, "other"),
        ("lupus " + "x" * 12 + " 9 % MS.", "9 %", None, "condition"),
    ],
)
def test_whose_illness_a_place_of_a_sentence_is_about(text, words, before, disease):
    """As the sentence says there, else as was said before."""
    item = sentence(text, Told(disease=before))
    assert disease_at(item, text.index(words)) == disease


@pytest.mark.parametrize(
    ("text", "before", "therapy", "where"),
    [
        # as named
        ("After HSCT 20 % died.", None, "hsct", None),
        ("After HSCT 20 % died.", "msc", "hsct", None),
        ("On placebo 20 % died.", "msc", "placebo", None),
        # the kind that was spoken of, in the sentence or before
        ("After MSC 20 % died.", "uc-msc", "uc-msc", "heading"),
        ("After uc-MSC 20 % died.", "msc", "uc-msc", None),
        ("Cord cells were given; after MSC 20 % died.", None, "uc-msc", None),
        ("Cord cells were given; after HSCT 20 % died.", None, "hsct", None),
        # own cells: whose were spoken of
        ("After own cells 20 % died.", "car-t", "car-t", None),
        ("After own cells 20 % died.", None, "hsct", None),
        # left open
        ("After stem cells 20 % died.", "msc", "msc", "heading"),
        ("After stem cells 20 % died.", None, "unspecified", None),
        ("Of these 20 % died.", "msc", "msc", "heading"),
        ("Of these 20 % died.", "unspecified", "unspecified", "heading"),
        ("Of these 20 % died.", None, None, None),
    ],
)
def test_the_treatment_of_a_claim(text, before, therapy, where):
    """What the sentence names, as narrow as the page has said it."""
    item = sentence(text, told("heading", therapy=before) if before else None)
    (link,) = item.links
    found = treatment_of(item, link.therapy)
    assert (found.value, found.where if found.value else None) == (therapy, where)


def test_cells_named_elsewhere_in_the_sentence_count_where_nothing_was_said():
    """A claim of its own treatment leaves that of the page in force."""
    text = "After HSCT 20 % died."
    for before, expected in (
        (None, Settled("hsct")),
        ("unspecified", Settled("hsct")),
        ("msc", Settled("msc", "title")),
    ):
        item = sentence(text, told("title", therapy=before) if before else None)
        assert treatment_of(item, None) == expected


CITED = [
    # named in the sentence
    ("Doe et al. (2016) saw 20 % die.", {}, Settled("doe-2016")),
    ("In Oakham, in 2014, 20 % died.", {}, Settled("doe-2014")),
    (
        "In Oakham, in 2014, 20 % died.",
        {"cues": Cues(people=frozenset({120}))},
        Settled("doe-2014"),
    ),
    # with what was said before
    (
        "Doe et al. saw 20 % die.",
        {"cues": Cues(people=frozenset({25}))},
        Settled("doe-2016", "heading"),
    ),
    (
        "There 20 % died.",
        {"cues": Cues(frozenset({"roe"}))},
        Settled("roe-2021", "heading"),
    ),
    (
        "Of the 25 people 20 % died.",
        {"cues": Cues(frozenset({"doe"}))},
        Settled("doe-2016", "heading"),
    ),
    # or nothing: another study
    (
        "In another study by Doe et al. 20 % died.",
        {"cues": Cues(people=frozenset({25}))},
        Settled(None, others=("doe-2014", "doe-2016")),
    ),
    ("In another study 20 % died.", {"cues": Cues(frozenset({"roe"}))}, Settled(None)),
    # one of several
    ("Doe et al. saw 20 % die.", {}, Settled(None, others=("doe-2014", "doe-2016"))),
    (
        "There 20 % died.",
        {"cues": Cues(frozenset({"doe"}))},
        Settled(None, others=("doe-2014", "doe-2016")),
    ),
    (
        "There 20 % died.",
        {"cues": Cues(places=frozenset({"CN"}), people=frozenset({25}))},
        Settled(None, others=("doe-2016",)),
    ),
    ("There 20 % died.", {}, Settled(None)),
]


@pytest.mark.parametrize(("text", "before", "cited"), CITED)
def test_the_record_that_a_claim_rests_on(text, before, cited, index):
    """By the sentence's own words first, then with those of before."""
    item = sentence(text, told("heading", **before), index=index)
    assert cited_by(item, "msc", index) == cited


@pytest.mark.parametrize(
    ("text", "known", "cited"),
    [
        # as many people as a record had that the page has named
        ("Of the 25 people 20 % died.", ("doe-2016",), Settled("doe-2016", "page")),
        ("Of the 25 people 20 % died.", ("doe-2014",), Settled(None)),
        ("Of the 25 people 20 % died.", (), Settled(None)),
        # unless the sentence names another
        (
            "Roe et al. gave 25 people cells; 20 % died.",
            ("doe-2016",),
            Settled("roe-2021"),
        ),
    ],
)
@pytest.mark.parametrize("before", [{}, {"cues": Cues(years=frozenset({1999}))}])
def test_a_record_that_was_named_is_known_by_its_people(
    text, known, cited, before, index
):
    """However small the number."""
    item = sentence(text, told(**before), index=index, known=known)
    assert cited_by(item, "msc", index) == cited


def test_a_known_record_comes_before_what_was_said_last(index):
    """The 25 people are those of the record that the page has named."""
    before = told(cues=Cues(frozenset({"roe"})))
    item = sentence(
        "Of the 25 people 20 % died.", before, index=index, known=("doe-2016",)
    )
    assert cited_by(item, "msc", index) == Settled("doe-2016", "page")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Here 20 % died.", Settled("doe-2016", "page")),
        ("Of the 70 people 20 % died.", Settled("doe-2016", "page")),
        ("Roe et al. saw 20 % die.", Settled("roe-2021")),
        ("In Elmton, in 2021, 20 % died.", Settled("roe-2021")),
        ("In another study 20 % died.", Settled("doe-2016", "page")),
    ],
)
def test_a_report_speaks_of_itself(text, cited, index):
    """Unless a sentence names another study."""
    item = sentence(text, index=index, report="doe-2016")
    assert cited_by(item, "msc", index) == cited


@pytest.mark.parametrize(
    ("text", "before", "people"),
    [
        # at the figure
        ("Of 40 people 3 of 9 died.", {"people": 87}, Settled(9)),
        # in the sentence
        ("Of 40 people 12 died.", {"people": 87}, Settled(40)),
        # before it
        ("Then 12 died.", {"people": 87}, Settled(87, "sentence")),
        ("Then 12 died.", {"people": 12}, Settled(12, "sentence")),
        ("Then 12 died.", {"people": 11}, Settled(None)),
        ("Of these 20 % died.", {"people": 11}, Settled(11, "sentence")),
        ("Then 12 died.", {}, Settled(None)),
        # more than those whom the sentence counts
        ("Of 40 people 41 died.", {"people": 87}, Settled(87, "sentence")),
        ("Of 40 people 40 died.", {"people": 87}, Settled(40)),
        # of those who responded it is not known
        ("20 % of the responders relapsed.", {"people": 87}, Settled(None)),
        ("20 % of the 12 responders relapsed.", {"people": 87}, Settled(12)),
        # of whom the sentence counts before: wholes of which it is a part
        ("30 of 40 had infections, 5 serious infections.", {"people": 87}, Settled(40)),
        ("30 of 40 had infections; 5 of them relapsed.", {"people": 87}, Settled(None)),
        (
            "30 of 40 had infections, among them 5 relapsed.",
            {"people": 87},
            Settled(None),
        ),
        (
            "30 of 40 died, among them 5 deaths from the transplant.",
            {"people": 87},
            Settled(40),
        ),
        (
            "30 of 40 had infections; 5 relapsed.",
            {"people": 87},
            Settled(87, "sentence"),
        ),
        ("5 relapsed; 30 of 40 had infections.", {"people": 87}, Settled(40)),
        # the last of two
        (
            "30 of 40 had infections, 20 of 39 had infections, 5 serious infections.",
            {"people": 87},
            Settled(39),
        ),
    ],
)
def test_out_of_how_many_people_a_figure_is(text, before, people):
    """At the figure, in its sentence, or as was said; never fewer than had it."""
    item = sentence(text, told(**before))
    assert people_of(item, item.links[-1], "msc") == people


@pytest.mark.parametrize(
    ("text", "before", "therapy", "people"),
    [
        ("They died.", {"people": 87}, "msc", Settled(87, "title")),
        ("They died.", {"people": 87}, None, Settled(87, "title")),
        ("They died.", {}, "msc", Settled(None)),
        # arms
        ("MSC (n = 24) or placebo (n = 22).", {"people": 87}, "msc", Settled(24)),
        ("MSC (n = 24) or placebo (n = 22).", {"people": 87}, "placebo", Settled(22)),
        (
            "They died.",
            {"arms": Arms(24, 22), "people": 46},
            "msc",
            Settled(24, "title"),
        ),
        ("They died.", {"arms": Arms(24, 22)}, "placebo", Settled(22, "title")),
        # another study
        ("In another study they died.", {"arms": Arms(24, 22)}, "msc", Settled(None)),
        ("In another study they died.", {"people": 87}, "msc", Settled(None)),
        # people of cells are no people on a drug
        ("They died.", {"people": 87, "therapy": "msc"}, "placebo", Settled(None)),
        ("They died.", {"people": 87}, "placebo", Settled(None)),
        (
            "They died.",
            {"people": 87, "therapy": "placebo"},
            "placebo",
            Settled(87, "title"),
        ),
        (
            "They died.",
            {"people": 87, "therapy": "placebo"},
            "msc",
            Settled(87, "title"),
        ),
    ],
)
def test_how_many_people_were_given_a_treatment(text, before, therapy, people):
    """As far as was said; what is compared with has its own people."""
    item = sentence(text, told("title", **before))
    found = people_given(item, therapy)
    assert found.value == people.value
    assert carried_over({"people": found}) == carried_over({"people": people})


@pytest.mark.parametrize(
    ("text", "before", "holds"),
    [
        ("Of these 20 % died.", {"months": 12.0, "follow_up": True}, True),
        ("Of these 20 % died.", {"months": 12.0}, True),
        ("In all 20 % died.", {"months": 12.0}, False),
        ("By then 20 % died.", {"months": 12.0}, True),
        ("By then 20 % died.", {}, False),
        ("In another study 20 % died.", {"months": 12.0, "follow_up": True}, False),
        ("In all 20 % died.", {"follow_up": True}, False),
    ],
)
def test_a_time_that_was_spoken_of_holds(text, before, holds):
    """While people are followed, or where the sentence goes on about that time."""
    assert time_holds(sentence(text, told(**before))) is holds


@pytest.mark.parametrize(
    ("where", "holds"), [("heading", True), ("title", True), ("sentence", False)]
)
def test_a_time_of_a_heading_holds_below_it(where, holds):
    """Of a sentence it does not hold by itself."""
    item = sentence("In all 20 % died.", told(where, months=12.0))
    assert time_holds(item) is holds


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("At that time 20 % had died at two years.", Settled(24.0)),
        ("At that time 20 % had died.", Settled(12.0, "sentence")),
        ("In all 20 % had died.", Settled(None)),
        # what has no clock has no time of before
        ("At that time 20 % had an infection.", Settled(None)),
    ],
)
def test_the_time_of_a_claim(text, months):
    """The sentence's own, or the one of before."""
    item = sentence(text, told(months=12.0))
    (link,) = item.links
    assert months_of(item, link) == months


@pytest.mark.parametrize(
    ("text", "before", "who"),
    [
        ("In children 20 % died.", None, "children"),
        ("Of 30 children 12 died.", "kidney", "children"),
        ("Of 30 people, as in children, 12 died.", None, None),
        ("Of 30 people, as in children, 12 died.", "kidney", "kidney"),
        ("Of these 20 % died.", "kidney", "kidney"),
        ("Of these 20 % died.", None, None),
    ],
)
def test_whom_a_claim_is_about(text, before, who):
    """All whom the sentence counts, else those of before."""
    assert who_of(sentence(text, Told(who=before))) == who


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        # its last figure's
        ("20 % died and 30 % relapsed.", "relapse"),
        # or the one outcome that it names
        ("Deaths are what counts.", "death"),
        ("Deaths and relapses are what counts.", None),
        # a sentence without any leaves it
        ("It rained.", "infection"),
    ],
)
def test_the_outcome_that_a_sentence_leaves_for_the_next(text, endpoint):
    """What "then it was 28 %" would mean after it."""
    assert sentence(text, Told(endpoint="infection")).after.endpoint == endpoint


def test_what_a_sentence_says_is_of_a_sentence():
    """As opposed to a heading or the title."""
    after = sentence("MSC were given to 40 people.", told("title", people=9)).after
    assert (after.therapy, after.people) == ("msc", 40)
    assert (after.since["therapy"], after.since["people"]) == ("sentence", "sentence")
