"""The words that every sentence of an audit is made of."""

import re

import pytest

from lupus_evidence.audit.verdicts import Counted, ToldFigure
from lupus_evidence.documents.text import listed
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.pages.templates import sentence
from lupus_evidence.records.study import Result
from lupus_evidence.vocabulary import topic


def say(macro, *values):
    """Return what a macro of the shared words makes of values."""
    return sentence("audit_words.j2", macro, *values)


def died(time):
    """Return a figure of two deaths among nine people at a time."""
    counted = Counted(People(2, 9), Rate(None))
    return ToldFigure(
        "a-2015", counted, "death", "lupus", None, time, 9, 9, of_condition=True
    )


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "1 month"),
        (6, "6 months"),
        (4.5, "4.5 months"),
        (12, "1 year"),
        (27, "27 months"),
        (48, "4 years"),
    ],
)
def test_a_time_is_said_as_people_say_it(months, words):
    """Whole years are years, everything else is months, and one is singular."""
    assert say("duration", months) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (None, ", at a time that is not stated"),
        ({"basis": "longest", "high": 60}, " at some time during follow-up"),
        ({"months": 12, "basis": "visit"}, " at 1 year"),
        ({"months": 60, "basis": "kaplan-meier"}, " at 5 years (read off a curve)"),
        (
            {"months": 27, "basis": "mean-follow-up"},
            " after 27 months (mean follow-up)",
        ),
        (
            {"months": 30, "basis": "median-follow-up"},
            " after 30 months (median follow-up)",
        ),
        ({"months": 24, "basis": "best-ever"}, " at some time within 2 years"),
        ({"months": 24, "basis": "longest"}, " at some time within 2 years"),
    ],
)
def test_what_kind_of_time_it_is_stands_beside_it(at, words):
    """A visit, a curve, a middle of follow-up and "ever" are not the same."""
    time = Result.model_validate({"endpoint": "death", "at": at}).at
    assert say("told", died(time)) == f"2 of 9 people died{words}"


@pytest.mark.parametrize(
    ("endpoint", "name", "scope", "words"),
    [
        ("complete-remission", None, "lupus", "were in complete remission"),
        ("complete-remission", None, "kidney", ("were in complete remission of the "
         "kidney")),
        ("any-remission", None, "lung", ("were in complete or partial remission of the "
         "lung")),
        ("any-response", None, "lupus", "responded"),
        ("any-response", None, "kidney", "responded in the kidney"),
        ("no-response", None, "blood", "did not respond in the blood"),
        ("death", None, "kidney", "died"),
        ("other-harm", "flare of gout", "lupus", "had this: flare of gout"),
        ("complete-remission", "by Doe", "lupus", "were in complete remission"),
    ],
)  # fmt: skip
def test_what_people_had_is_said_with_its_organ(endpoint, name, scope, words):
    """An organ belongs to a remission or response; a named harm keeps its name."""
    assert say("did", endpoint, name, scope) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_joined_as_in_a_sentence(names, words):
    """Commas, and one "and" before the last."""
    assert listed(names) == words


#: How a sentence about people goes on, by kind of outcome.
TELLING = {
    "survival": r"were alive\b",
    "remission": r"were (not )?in (complete or partial |complete |partial )?remission$",
    "response": r"(did not respond|responded|had a (major|partial) response|"
    r"had not relapsed)$",
    "harm": r"died\b|relapsed$|had (an? |another |[a-z-]+ (failure|disease|release|or)|"
    r"cancer$)|got (cancer|a new )",
    "other": r"were (off|lost)\b|had another outcome$",
}


@pytest.mark.parametrize("endpoint", topic().endpoints.values(), ids=topic().endpoints)
def test_each_outcome_can_stand_in_a_sentence_about_people(endpoint):
    """No label stands where a verb belongs: people died, they had no death."""
    assert re.match(TELLING[endpoint.family], say("did", endpoint.name))


def test_no_two_outcomes_are_told_alike():
    """A reader can tell a serious infection from an infection."""
    said = [say("did", endpoint) for endpoint in topic().endpoints]
    assert len(set(said)) == len(said)
