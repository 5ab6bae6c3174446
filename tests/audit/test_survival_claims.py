"""Which claims a survival curve can answer, and what it is as evidence."""

import pytest

from lupus_evidence.audit.survival import OnCurve, is_of_everybody
from lupus_evidence.documents.values import Rate
from lupus_evidence.records.claims import ClaimedRate, RateClaim


@pytest.mark.parametrize(
    ("figure", "who", "answers"),
    [
        ({}, None, True),
        ({"endpoint": "death", "time": "within"}, None, True),
        ({"among": "treated"}, None, True),
        ({"among": "enrolled"}, None, True),
        ({"among": "evaluable"}, None, True),
        ({"among": "unstated"}, None, True),
        ({"among": "survivors"}, None, False),
        ({"among": "responders"}, None, False),
        ({"among": "followed"}, None, False),
        ({"endpoint": "relapse"}, None, False),
        ({"months": None}, None, False),
        ({"time": "up-to"}, None, False),
        ({"time": "at-least"}, None, False),
        ({"scope": "lupus"}, None, True),
        ({"scope": "kidney"}, None, False),
        ({}, "children", False),
    ],
)
def test_a_curve_answers_for_everybody_treated_at_a_time(figure, who, answers):
    """Survival or death of all, at one time: no part of them, no open time."""
    row = {"endpoint": "overall-survival", "months": 24, "percent": "90"} | figure
    claimed = ClaimedRate.model_validate(row)
    claim = RateClaim.model_validate(
        {
            "id": "one",
            "says": "A claim",
            "kind": "rate",
            "therapy": "msc",
            "figures": [row],
            "who": who,
        }
    )
    assert is_of_everybody(claimed, claim) is answers


def test_a_curve_is_evidence_of_no_single_study():
    """Its people and studies are told, with the rate; not from where in a record."""
    rate = Rate(0.9, 0.8, 0.95)
    point = OnCurve(
        *("msc", "death", 24.0, rate, (0.7, 0.97), ("a", "b"), 120, 2, False),
        (0.8, 0.95),
    )
    item = point.evidence
    assert (item.study, item.place, item.about) == ("", None, "death")
    assert (item.therapy, item.months, item.among, item.basis) == (
        *("msc", 24.0, "treated", "curve"),
    )
    people = item.counted.people
    assert (people.events, people.n, people.studies) == (None, 120, 2)
    assert item.counted.rate == rate
