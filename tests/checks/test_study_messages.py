"""What a finding says of a study as a whole: its dates, arms, people and overlaps."""

import pytest


@pytest.mark.parametrize(
    ("fields", "code", "field", "message"),
    [
        (
            {
                "arms": {
                    "msc": {"therapy": "msc", "n": 60},
                    "control": {"therapy": "placebo", "n": 41},
                }
            },
            "E218",
            "enrolled",
            "the arms have 60 + 41 = 101 people, enrolled are 100",
        ),
        (
            {"population": {"enrolled": 100, "lupus": 100, "female": 101}},
            "E219",
            "female",
            "female is 101, but enrolled is 100",
        ),
        (
            {"arms": {"msc": {"therapy": "msc", "n": 100, "lupus": 101}}},
            "E226",
            "lupus",
            "lupus is 101, but n is 100",
        ),
        (
            {"arms": {"msc": {"therapy": "msc", "n": 100, "enrolled": 99}}},
            "E226",
            "n",
            "n is 100, but enrolled is 99",
        ),
        (
            {"setting": {"recruitment": {"start": "2012", "end": "2011"}}},
            "E301",
            "recruitment",
            "entry starts in 2012 and ends in 2011",
        ),
        (
            {"setting": {"recruitment": {"start": "2021-03", "end": "2022"}}},
            "E302",
            "start",
            "published in 2020, but entry starts in 2021-03",
        ),
        (
            {"follow_up": {"median": "30", "longest": 29}},
            "E306",
            "longest",
            "longest is 29, but median is 30",
        ),
        (
            {"follow_up": {"median": "89", "low": "110", "high": "33"}},
            "E221",
            "low",
            "low is 110, above high, which is 33",
        ),
        (
            {"follow_up": {"median": "30", "sd": "-2"}},
            "E222",
            "sd",
            "sd is -2; a spread is not negative",
        ),
        (
            {"population": {"age": {"mean": "30", "sd": "2", "se": "4"}}},
            "E222",
            "se",
            "se is 4, above sd, which is 2",
        ),
        (
            {
                "population": {
                    "age": {"mean": "30", "sd": "25", "low": "18", "high": "45"}
                }
            },
            "E222",
            "sd",
            "sd is 25, but values from 18 to 45 allow at most 19.8",
        ),
        (
            {"measurements": [{"measure": "other", "arm": "msc", "where": "Text"}]},
            "E512",
            "measure",
            "another measurement of what?",
        ),
        (
            {
                "measurements": [
                    {
                        "measure": "sledai",
                        "name": "index",
                        "arm": "msc",
                        "where": "Text",
                    }
                ]
            },
            "E512",
            "name",
            "sledai has a name of its own: index",
        ),
        (
            {
                "overlaps": [
                    {"study": "doe-2020", "certainty": "likely", "because": "x"}
                ]
            },
            "E403",
            "study",
            "doe-2020 cannot overlap with itself",
        ),
        (
            {"status": "registered"},
            "W506",
            "status",
            "registered, but with 1 result",
        ),
        (
            {"citation": {"doi": "10.1000/182", "unconfirmed": ["journal"]}},
            "W511",
            "journal",
            "journal is called unconfirmed, but it is empty",
        ),
        (
            {"citation": {"doi": "10.1000/182", "unconfirmed": ["jornal"]}},
            "W511",
            "jornal",
            "the citation has no field called jornal",
        ),
    ],
)
def test_a_study_that_contradicts_itself(said, fields, code, field, message):
    """What is said of people, dates and spreads names both figures."""
    found = said({"events": 50, "n": 100}, **fields)
    assert (code, field, message) in found


@pytest.mark.parametrize(
    ("follow_up", "message"),
    [
        (
            {"median": "38"},
            (
                "an estimate at 60 months of 20 people, with a median follow-up of 38 "
                "months"
            ),
        ),
        (
            {"mean": "38.5"},
            (
                "an estimate at 60 months of 20 people, with a mean follow-up of 38.5 "
                "months"
            ),
        ),
    ],
)
def test_an_estimate_beyond_the_middle_of_follow_up(said, follow_up, message):
    """The reader sees how far beyond, of how many, and which middle it is."""
    estimate = {
        "endpoint": "overall-survival",
        "kind": "kaplan-meier",
        "at": {"months": 60, "basis": "kaplan-meier"},
        "n": 20,
        "percent": "81",
        "se": "8",
    }
    assert said(estimate, follow_up=follow_up) == [("W304", "at", message)]


def test_a_time_after_the_end_of_follow_up(said):
    """The time and the longest follow-up stand beside each other."""
    found = said({"events": 5, "n": 20, "at": 24}, follow_up={"high": "18.5"})
    message = "at 24 months, but nobody was followed beyond 18.5"
    assert found == [("E303", "at", message)]


def test_more_people_than_have_lupus(said):
    """The number with lupus is the arm's where it is known, else the study's."""
    population = {"enrolled": 100, "lupus": 60}
    found = said({"events": 5, "n": 61}, population=population)
    assert found == [("E220", "n", "counts 61 people, but only 60 have lupus")]
    arms = {"msc": {"therapy": "msc", "n": 100, "lupus": 50}}
    found = said({"events": 5, "n": 51}, population=population, arms=arms)
    assert found == [("E220", "n", "counts 51 people, but only 50 have lupus")]
