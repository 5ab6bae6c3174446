"""Parts and wholes, the living and the dead."""

import pytest
from checks.conftest import RESULT, study_file

from lupus_evidence.checks.running import failing_results
from lupus_evidence.records.load import EvidenceBase

ALL = {"n": 20, "among": "treated"}


def counts(**events):
    """Return results on the same people by endpoint."""
    return [
        ALL | {"endpoint": name.replace("_", "-"), "events": number}
        for name, number in events.items()
    ]


@pytest.mark.parametrize(
    ("events", "codes"),
    [
        ({"complete_remission": 5, "partial_remission": 6, "any_remission": 11}, {}),
        (
            {"complete_remission": 5, "partial_remission": 6, "any_remission": 12},
            {"E212": 1},
        ),
        ({"any_remission": 11, "no_remission": 9}, {}),
        ({"any_remission": 11, "no_remission": 8}, {}),
        ({"any_remission": 11, "no_remission": 10}, {"E212": 1}),
        ({"complete_remission": 12, "any_remission": 11}, {"E213": 1}),
        ({"overall_survival": 18, "death": 2}, {}),
        ({"overall_survival": 18, "death": 1}, {"E214": 1}),
        ({"overall_survival": 18, "death": 3}, {"E214": 1}),
        ({"overall_survival": 17, "death": 2, "lost_to_follow_up": 1}, {}),
        ({"overall_survival": 17, "death": 1, "lost_to_follow_up": 1}, {"E214": 1}),
        ({"treatment_related_mortality": 2, "death": 2}, {}),
        ({"treatment_related_mortality": 3, "death": 2}, {"E213": 1}),
        ({"event_free_survival": 19, "overall_survival": 18}, {"E213": 1}),
    ],
)
def test_same_people_same_time(raised, events, codes):
    """Endpoints of one group at one time must fit each other."""
    assert raised(*counts(**events)) == codes


@pytest.mark.parametrize(
    "difference",
    [
        {"at": 24},
        {"at": {"months": 12, "basis": "best-ever"}},
        {"arm": "placebo"},
        {"n": 19},
        {"among": "followed"},
        {"scope": "kidney"},
        {"subgroup": "women"},
        {"lupus_specific": False},
    ],
)
def test_other_people_or_times_are_not_compared(raised, difference):
    """Any difference in who or when makes two figures two things."""
    narrow, wide = counts(complete_remission=12, any_remission=11)
    arms = {"msc": {"therapy": "msc"}, "placebo": {"therapy": "placebo"}}
    assert "E213" not in raised(narrow, wide | difference, arms=arms)


def test_parts_are_reported_once_each(raised):
    """Two contradictions at two times are two findings."""
    first = counts(complete_remission=5, partial_remission=6, any_remission=12)
    second = [each | {"at": 24} for each in first]
    assert raised(*first, *second) == {"E212": 2}


def test_subgroups_that_overlap_are_not_added_up(raised):
    """Women and people with nephritis are no partition: 16 + 12 is more than 20."""
    whole = ALL | {"events": 5}
    women = {"subgroup": "women", "events": 4, "n": 16, "among": "treated"}
    kidney = {"subgroup": "nephritis", "events": 4, "n": 12, "among": "treated"}
    assert raised(whole, women, kidney) == {}


def test_people_without_event_count_too(raised):
    """14 of 16 women without relapse cannot be part of 13 without relapse in all."""
    whole = ALL | {"events": 7}
    women = {"subgroup": "women", "events": 2, "n": 16, "among": "treated"}
    assert raised(whole, women) == {"E216": 1}


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("complete_remission", "any_remission"),
        ("partial_remission", "any_remission"),
        ("major_response", "any_response"),
        ("partial_response", "any_response"),
        ("disease_free_survival", "overall_survival"),
        ("event_free_survival", "overall_survival"),
        ("progression_free_survival", "overall_survival"),
        ("treatment_related_mortality", "death"),
        ("serious_infection", "infection"),
        ("serious_adverse_event", "adverse_event"),
        ("treatment_related_adverse_event", "adverse_event"),
    ],
)
def test_nobody_has_the_narrower_outcome_without_the_wider(raised, narrow, wide):
    """A complete remission is a remission, a serious infection an infection."""
    assert raised(*counts(**{narrow: 6, wide: 5})) == {"E213": 1}
    assert raised(*counts(**{narrow: 5, wide: 5})) == {}


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ({"complete_remission": 12, "any_remission": 11}, "E213"),
        ({"overall_survival": 18, "death": 1}, "E214"),
        ({"any_remission": 11, "no_remission": 10}, "E212"),
        (
            {"complete_remission": 5, "partial_remission": 6, "any_remission": 12},
            "E212",
        ),
    ],
)
def test_results_that_contradict_each_other_fail_and_no_others(events, code):
    """Nobody knows which of them is wrong; the first result here is none of them."""
    third = ALL | {"endpoint": "relapse", "events": 1}
    results = [RESULT | each for each in (third, *counts(**events))]
    base = EvidenceBase(".", (study_file(results=results),), (), None)
    indexes = range(1, len(results))
    assert failing_results(base) == {("doe-2020", i): (code,) for i in indexes}
