"""What a page has said and a sentence leaves open: kept, replaced, let go."""

from dataclasses import replace

import pytest

from lupus_evidence.reading.cited_studies import Cues
from lupus_evidence.reading.mentions import Mentions
from lupus_evidence.reading.nearness import arms_in
from lupus_evidence.reading.page_context import (
    Settled,
    Told,
    disease_in,
    narrower,
    narrows,
    of_other_treatment,
    therapy_in,
)

ARMS = arms_in(Mentions("20 patients received MSC and 22 patients received placebo."))
CUES = Cues(frozenset({"doe"}), frozenset({2016}))
#: Everything that can have been said, each in a sentence.
ALL = Told(
    therapy="msc",
    disease="condition",
    who="children",
    people=87,
    arms=ARMS,
    months=24.0,
    follow_up=True,
    mixed=90,
    cues=CUES,
    animals=True,
    endpoint="relapse",
    since=dict.fromkeys(
        (
            *("therapy", "disease", "who", "people", "arms", "months", "follow_up"),
            *("mixed", "cues", "animals", "endpoint"),
        ),
        "sentence",
    ),
)


def after(text, before=None, cues=None, where="sentence", endpoint=None):
    """Return what has been said once a text has been read too."""
    known = Told() if before is None else before
    return known.after(Mentions(text), cues or Cues(), where, endpoint)


def test_nothing_is_told_before_a_page_begins():
    """Of nobody, at no time, of no animals."""
    assert Told() == Told(
        *(None, None, None, None, None, None),
        follow_up=False,
        mixed=None,
        cues=Cues(),
        animals=False,
        endpoint=None,
        since={},
    )
    assert Told().settled("people") == Settled(None, None, ())


def test_what_was_said_is_kept_with_where_it_was_said():
    """Each part with its own place, until it is said again."""
    first = after("MSC in lupus", where="title")
    assert first.settled("therapy") == Settled("msc", "title")
    second = after("They treated 87 patients for two years.", first)
    assert second.settled("therapy") == Settled("msc", "title")
    assert second.settled("disease") == Settled("condition", "title")
    assert second.settled("people") == Settled(87, "sentence")
    assert second.settled("months") == Settled(24.0, "sentence")
    assert after("Then it ended.", second).settled("people") == second.settled("people")


@pytest.mark.parametrize(
    ("where", "therapy"), [("sentence", "hsct"), ("heading", "unspecified")]
)
def test_stem_cells_are_those_of_before_but_not_in_a_heading(where, therapy):
    """A heading says by itself what comes."""
    before = Told(therapy="hsct")
    assert after("Stem cells", before, where=where).therapy == therapy


@pytest.mark.parametrize(
    ("text", "where", "who"),
    [
        ("Children", "heading", "children"),
        ("Lupus nephritis", "title", "kidney"),
        ("Kidney disease got better in them.", "sentence", None),
        ("They treated 12 children with MSC.", "sentence", "children"),
        ("They treated 12 patients with lupus nephritis.", "sentence", "kidney"),
        ("They treated 12 patients.", "heading", None),
    ],
)
def test_who_people_are_is_kept_if_it_is_said_of_all(text, where, who):
    """In a heading it is; in a sentence, of those whom it counts."""
    assert after(text, where=where).who == who


@pytest.mark.parametrize(
    ("since", "text", "who"),
    [
        ("sentence", "Another study treated adults.", None),
        ("heading", "Another study treated adults.", "children"),
        ("sentence", "They were well.", "children"),
    ],
)
def test_who_they_are_ends_with_their_study(since, text, who):
    """Unless a heading has said it of everything below."""
    before = Told(who="children", since={"who": since})
    assert after(text, before).who == who


@pytest.mark.parametrize(
    ("text", "where", "mixed"),
    [
        ("They treated 20 patients with autoimmune diseases.", "sentence", 20),
        ("In autoimmune diseases 3 of 30 patients died.", "sentence", 30),
        ("They treated 12 patients with lupus and diabetes.", "sentence", 12),
        ("12 patients with lupus and diabetes", "heading", None),
        ("They treated 12 patients with lupus.", "sentence", None),
        ("They treated 12 patients with diabetes.", "sentence", None),
        ("Autoimmune diseases are many.", "sentence", None),
        ("In autoimmune diseases, of 18 whose kidneys failed, some died.", "x", None),
    ],
)
def test_people_with_several_diseases_are_kept_apart(text, where, mixed):
    """Those with lupus are some of them; a part of the people is not all."""
    assert after(text, where=where).mixed == mixed


@pytest.mark.parametrize(
    ("cues", "text", "expected"),
    [
        # more of the same study is added
        (Cues(places=frozenset({"oakham"})), "It was in Oakham.", "joined"),
        (Cues(frozenset({"doe"}), frozenset({2016})), "Doe (2016)", "joined"),
        # another author, or another year with an author or with people: another study
        (Cues(frozenset({"roe"})), "Roe", "own"),
        (Cues(frozenset({"doe"}), frozenset({2019})), "Doe (2019)", "own"),
        (Cues(years=frozenset({2019})), "In 2019, 12 patients got MSC.", "none"),
        (Cues(years=frozenset({2019})), "In 2019 it ended.", "kept"),
        (Cues(), "Another study had none.", "none"),
        (Cues(), "It ended.", "kept"),
    ],
)
def test_a_study_is_known_by_all_that_was_said_of_it(cues, text, expected):
    """Until another begins, of which only its own counts."""
    found = after(text, ALL, cues).cues
    answers = {"joined": CUES.joined(cues), "own": cues, "none": Cues(), "kept": CUES}
    assert found == answers[expected]


def test_a_new_study_begins_without_people_and_arms():
    """Those of the study before are not its own."""
    found = after("Roe saw no harm.", ALL, Cues(frozenset({"roe"})))
    assert (found.people, found.arms) == (None, None)
    same = after("Doe saw no harm.", ALL, CUES)
    assert (same.people, same.arms) == (87, ARMS)
    arms = after("20 patients received MSC and 22 patients received placebo.")
    assert arms.arms == ARMS
    assert ARMS is not None


@pytest.mark.parametrize(
    ("text", "before", "new", "people"),
    [
        ("They treated 87 patients.", None, False, 87),
        ("There were 40 patients here, 87 patients there.", None, False, 87),
        # fewer than before are some of them, unless they are said to be treated
        ("In 12 patients it was worse.", 87, False, 87),
        ("They treated 12 patients.", 87, False, 12),
        ("In 12 patients it was worse.", 87, True, 12),
        ("In 90 patients it was worse.", 87, False, 90),
        # a part is a part, until nothing else is known
        ("Of 18 whose kidneys failed, some died.", 87, False, 87),
        ("Of 18 whose kidneys failed, some died.", 87, True, None),
        ("Of 18 whose kidneys failed, some died.", None, False, 18),
        ("Of 18 whose kidneys failed and of 9 who fell ill, some.", None, False, 18),
        ("They treated 87 patients, of 90 who were asked.", None, False, 87),
        # counted with an outcome
        ("It came back in 3/20.", None, False, 20),
        ("It came back in 3/20, then in 4/15.", None, False, 20),
        ("It came back in 3/20.", 87, False, 87),
        ("It came back in 3/20.", 87, True, 20),
        ("It came back.", 87, False, 87),
        ("It came back.", 87, True, None),
    ],
)
def test_how_many_people_were_treated(text, before, new, people):
    """The largest group that is no part; of another study nothing is known yet."""
    cues = Cues(frozenset({"roe"})) if new else Cues()
    assert after(text, Told(people=before), cues).people == people


@pytest.mark.parametrize(
    ("text", "months", "follow_up"),
    [
        ("They were followed for 27 months; at 12 months half were well.", 27, True),
        ("It was seen in some of them at 12 months.", 12, False),
        ("It was 4 at 12 months and still 4 at one year.", 12, False),
        # a time that leads holds for what follows
        ("At 12 months half were well.", 12, True),
        ("So at 12 months half were well.", 12, True),
        ("And so at 12 months half were well.", 12, False),
        ("What was seen of them at 12 months:", 12, True),
        # a month is long enough, two weeks are not
        ("It was seen in some of them at one month.", 1, False),
        ("It was seen in some of them at two weeks.", None, False),
        # several times, or at least some time: none for those that follow
        ("It was 4 at 12 months and 5 at two years.", None, False),
        ("Half stayed well for at least two years.", 36, False),
        ("It was 4 at 12 months, and 5 after at least two years.", 12, False),
        ("It ended.", 36, False),
    ],
)
def test_the_time_that_a_sentence_leaves_for_the_next(text, months, follow_up):
    """One time, that of follow-up first; of several none."""
    found = after(text, Told(months=36.0))
    assert (found.months, found.follow_up) == (months, follow_up)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("It was 4 at 12 months and 5 at two years.", 36),
        ("It was seen in some of them at two weeks.", 36),
        ("It was seen in some of them at 12 months.", 12),
    ],
)
def test_how_long_people_were_followed_outlasts_several_visits(text, months):
    """One other time takes its place, as ever."""
    found = after(text, Told(months=36.0, follow_up=True))
    assert (found.months, found.follow_up) == (months, months == 36)


@pytest.mark.parametrize(
    ("text", "endpoint", "kept"),
    [
        ("It was 40 %.", "infection", "infection"),
        ("Infection is not rare.", None, None),
        ("Infection was seen in 40 %.", "infection", "infection"),
        ("It was cold.", None, "relapse"),
    ],
)
def test_the_outcome_spoken_of_last_is_kept(text, endpoint, kept):
    """An outcome without a figure ends it."""
    assert after(text, Told(endpoint="relapse"), endpoint=endpoint).endpoint == kept


@pytest.mark.parametrize(
    ("text", "before", "animals"),
    [
        ("It was tried in mice.", False, True),
        ("It was tried in mice with lupus, on 12 patients too.", False, True),
        ("They lived longer.", True, True),
        ("They lived longer.", False, False),
        ("In lupus they lived longer.", True, False),
        ("They gave 12 patients the same.", True, False),
    ],
)
def test_animals_are_spoken_of_until_people_are(text, before, animals):
    """People who have lupus, or who are counted."""
    assert after(text, Told(animals=before)).animals is animals


def test_without_a_study_its_people_times_and_signs_are_gone():
    """Who they were only where a sentence said so."""
    expected = replace(
        ALL,
        who=None,
        people=None,
        arms=None,
        months=None,
        follow_up=False,
        cues=Cues(),
    )
    assert ALL.without_study() == expected
    headed = replace(ALL, since={"who": "heading"})
    assert headed.without_study().who == "children"


def test_a_paragraph_ends_animals_and_a_disease_told_in_a_sentence():
    """What a heading said of the disease stays."""
    assert ALL.at_paragraph() == replace(ALL, animals=False, disease=None)
    headed = replace(ALL, since={"disease": "title"})
    assert headed.at_paragraph() == replace(headed, animals=False)


def test_a_heading_ends_all_but_therapy_and_whom_it_is_about():
    """The last outcome, people, arms, time and signs of a study go."""
    assert ALL.at_heading() == replace(
        ALL,
        people=None,
        arms=None,
        months=None,
        cues=Cues(),
        animals=False,
        endpoint=None,
    )


def test_a_part_of_a_report_is_of_the_same_people_and_study():
    """The rest is as above the parts, with where each was said."""
    above = Told(therapy="hsct", who="kidney", since={"therapy": "title"})
    found = ALL.at_part_of_report(above)
    kept = ("people", "arms", "mixed", "cues")
    assert found == replace(
        above,
        people=87,
        arms=ARMS,
        mixed=90,
        cues=CUES,
        since={"therapy": "title", **dict.fromkeys(kept, "sentence")},
    )
    assert Told().at_part_of_report(above).since == {"therapy": "title"}


@pytest.mark.parametrize(
    ("text", "before", "therapy"),
    [
        ("They got MSC.", None, "msc"),
        ("They got nothing.", "msc", None),
        ("They got rituximab.", "msc", None),
        ("They got HSCT rather than rituximab.", None, "hsct"),
        # of several the last, of a kind and what it is a kind of the kind
        ("HSCT came before MSC.", None, "msc"),
        ("HSCT came before MSC, MSC before CAR-T.", None, "car-t"),
        ("UC-MSC are MSC.", None, "uc-msc"),
        ("MSC such as UC-MSC.", None, "uc-msc"),
        ("MSC are UC-MSC or BM-MSC.", None, "msc"),
        # stem cells are those spoken of
        ("They got stem cells.", None, "unspecified"),
        ("They got stem cells.", "hsct", "hsct"),
        ("They got stem cells, MSC.", "hsct", "msc"),
        # their own cells too; of a drug, or of nothing, the topic's first
        ("They got their own cells.", None, "hsct"),
        ("They got their own cells.", "auto-msc", "auto-msc"),
        ("They got their own cells.", "rituximab", "hsct"),
        ("They got their own cells.", "unspecified", "hsct"),
        ("They got stem cells, their own cells.", None, "hsct"),
        ("They got their own cells, MSC.", "hsct", "msc"),
        # MSC are of the kind that was spoken of
        ("They got MSC.", "uc-msc", "uc-msc"),
        ("They got MSC.", "hsct", "msc"),
        ("They got UC-MSC.", "msc", "uc-msc"),
        ("They got MSC.", "unspecified", "msc"),
        ("Another study gave MSC.", "uc-msc", "msc"),
        ("They gave 12 patients MSC.", "uc-msc", "msc"),
    ],
)
def test_the_treatment_that_a_sentence_speaks_of(text, before, therapy):
    """By its own words, and by what was said before."""
    assert therapy_in(Mentions(text), Told(therapy=before)) == therapy


def test_what_is_no_treatment_of_the_topic_stays_as_it_is():
    """Whatever was spoken of before."""
    plain = Mentions("It went on.")
    assert narrower("unspecified", Told(therapy="uc-msc"), plain) == "unspecified"
    assert narrower("msc", Told(), plain) == "msc"


@pytest.mark.parametrize(
    ("therapy", "wide", "answer"),
    [
        ("uc-msc", "msc", True),
        ("msc", "uc-msc", False),
        ("msc", "msc", False),
        ("msc", "hsct", False),
        ("unspecified", "msc", False),
        ("msc", "unspecified", False),
        (None, "msc", False),
        ("msc", None, False),
    ],
)
def test_a_kind_narrows_what_it_is_a_kind_of(therapy, wide, answer):
    """Nothing narrows itself, nor what is no treatment."""
    assert narrows(therapy, wide) is answer


@pytest.mark.parametrize(
    ("text", "before", "other"),
    [
        ("They got HSCT.", "msc", True),
        ("They got UC-MSC.", "msc", False),
        ("They got BM-MSC.", "uc-msc", False),
        ("They got stem cells.", "msc", False),
        ("They got MSC.", "unspecified", False),
        ("They got MSC.", None, False),
        ("They got nothing.", "msc", False),
    ],
)
def test_a_sentence_turns_to_another_treatment(text, before, other):
    """One kind of cells after another is no other treatment."""
    assert of_other_treatment(Mentions(text), Told(therapy=before)) is other


@pytest.mark.parametrize(
    ("text", "disease"),
    [
        ("In lupus it is so.", "condition"),
        ("In diabetes it is so.", "other"),
        ("In lupus and diabetes it is so.", "condition"),
        ("In autoimmune diseases such as lupus it is so.", "several"),
        ("It is so.", None),
    ],
)
def test_whose_illness_a_sentence_speaks_of(text, disease):
    """Several before lupus, lupus before another."""
    assert disease_in(Mentions(text)) == disease
