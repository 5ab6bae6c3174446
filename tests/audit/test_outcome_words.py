"""How an audit says what people had, and which outcomes answer one question."""

import re

import pytest

from lupus_evidence.audit.sentences import outcome_verb
from lupus_evidence.vocabulary import ENDPOINTS

#: Outcomes that answer the same question, as the manual lists them.
KIN = (
    ("disease-free-survival", "event-free-survival", "progression-free-survival"),
    ("complete-remission", "any-remission"),
    ("major-response", "any-response"),
)


#: How a sentence about people goes on, by kind of outcome.
TELLING = {
    "survival": r"were alive\b",
    "remission": r"were (not )?in (complete or partial |complete |partial )?remission$",
    "response": r"(did not respond|responded|had a (major|partial) response)$",
    "harm": r"died\b|relapsed$|had (an? |another |[a-z-]+ (failure|disease|release|or)|"
    r"cancer$)",
    "other": r"were (off|lost)\b|had another outcome$",
}


@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=ENDPOINTS)
def test_each_outcome_can_stand_in_a_sentence_about_people(endpoint):
    """No label stands where a verb belongs: people died, they had no death."""
    assert re.match(TELLING[endpoint.family], outcome_verb(endpoint.name))


def test_no_two_outcomes_are_told_alike():
    """A reader can tell a serious infection from an infection."""
    said = [outcome_verb(endpoint) for endpoint in ENDPOINTS]
    assert len(set(said)) == len(said)


def test_only_an_outcome_that_needs_a_name_takes_it():
    """A name beside a remission does not hide that it is a remission."""
    assert outcome_verb("other", "hair grew back") == "had this: hair grew back"
    assert outcome_verb("complete-remission", "by Doe") == "were in complete remission"


def found(world, claimed, reported):
    """Tell whether a claim of one outcome is found in a study of another."""
    world.study(
        "doe-2015", f"endpoint: {reported}, among: treated, at: 12, events: 24, n: 60"
    )
    verdict = world.verdict(
        "kind: rate, therapy: msc, figures: "
        f'[{{endpoint: {claimed}, months: 12, percent: "40"}}]'
    )
    return verdict.rests_on == (("doe-2015", 0),)


@pytest.mark.parametrize(
    ("claimed", "reported"),
    [(one, other) for group in KIN for one in group for other in group],
)
def test_outcomes_that_answer_one_question_stand_for_each_other(
    world, claimed, reported
):
    """A claim of either is borne out by a study that counts the other."""
    assert found(world, claimed, reported)


@pytest.mark.parametrize(
    ("claimed", "reported"),
    [
        ("overall-survival", "disease-free-survival"),
        ("partial-remission", "any-remission"),
        ("partial-response", "any-response"),
        ("any-response", "any-remission"),
        ("infection", "serious-infection"),
    ],
)
def test_outcomes_that_answer_different_questions_do_not(world, claimed, reported):
    """Being alive is not being well, and a response is no remission."""
    assert not found(world, claimed, reported)
