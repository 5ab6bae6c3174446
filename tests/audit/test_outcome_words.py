"""How an audit says what people had, and which outcomes answer one question."""

import pytest

from lupus_evidence.audit.sentences import outcome_verb
from lupus_evidence.vocabulary import ENDPOINTS

#: What is said of people who had an outcome, in everyday words.
VERBS = {
    "overall-survival": "were alive",
    "disease-free-survival": "were alive and disease-free",
    "event-free-survival": "were alive without an event",
    "progression-free-survival": "were alive and had not got worse",
    "complete-remission": "were in complete remission",
    "partial-remission": "were in partial remission",
    "any-remission": "were in complete or partial remission",
    "no-remission": "were not in remission",
    "major-response": "had a major response",
    "partial-response": "had a partial response",
    "any-response": "responded",
    "no-response": "did not respond",
    "death": "died",
    "treatment-related-mortality": "died of the treatment",
    "relapse": "relapsed",
    "infection": "had an infection",
    "serious-infection": "had a serious infection",
    "secondary-autoimmunity": "had a new autoimmune disease",
    "malignancy": "had cancer",
    "renal-failure": "had kidney failure or dialysis",
    "graft-versus-host-disease": "had graft-versus-host disease",
    "cytokine-release-syndrome": "had cytokine release syndrome",
    "neurotoxicity": "had nerve or brain toxicity",
    "adverse-event": "had an adverse event",
    "serious-adverse-event": "had a serious adverse event",
    "treatment-related-adverse-event": (
        "had an adverse event put down to the treatment"
    ),
    "other-harm": "had another harm",
    "drug-free": "were off all lupus drugs",
    "lost-to-follow-up": "were lost to follow-up",
    "other": "had another outcome",
}
#: Outcomes that answer the same question, as the manual lists them.
KIN = (
    ("disease-free-survival", "event-free-survival", "progression-free-survival"),
    ("complete-remission", "any-remission"),
    ("major-response", "any-response"),
)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_each_outcome_has_its_words(endpoint):
    """Every outcome of the vocabulary can stand in a sentence about people."""
    assert outcome_verb(endpoint) == VERBS[endpoint]


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
