"""Which numbers of people cannot be, at their edges, and where that is said."""

import pytest
from checks.conftest import RESULT, STUDY

from lupus_evidence.checks.rules import catalogue
from lupus_evidence.records.study import Study

MEASURED = {"measure": "sledai", "arm": "msc", "at": 12, "where": "Text"}


def found(code, result=None, measurement=None, **fields):
    """Make one check of an invented study, or of its only result or measurement."""
    lists = {
        "results": [RESULT | result] if result else [],
        "measurements": [MEASURED | measurement] if measurement else [],
    }
    study = Study.model_validate(STUDY | fields | lists)
    part = (*study.results, *study.measurements, *study.arms.values())[0]
    check = catalogue()[code]
    given = (study,) if check.scope == "study" else (part, study)
    return check.function(*given)


@pytest.mark.parametrize(
    ("events", "n", "path"),
    [
        (None, None, "not looked"),
        (5, None, "not looked"),
        (None, 1, "not looked"),
        (None, 0, ("n",)),
        (0, 0, ("n",)),
        (1, 1, None),
        (0, 1, None),
        (2, 1, ("events",)),
    ],
)
def test_events_of_a_denominator(events, n, path):
    """One person is a denominator, nobody is none, with or without events."""
    verdict = found("E203", {"events": events, "n": n, "percent": "5"})
    if path == "not looked":
        assert verdict is None
    else:
        assert [item.path for item in verdict] == ([] if path is None else [path])


@pytest.mark.parametrize(
    ("arm", "n", "limit"),
    [
        ("msc", 31, "30"),
        (None, 51, "50"),
        ("msc", 30, None),
        (None, 50, None),
    ],
)
def test_a_measurement_counts_whoever_entered(arm, n, limit):
    """It does not say among whom: 20 treated, 30 entered; arms of 20 and 0, 50 in all.

    Each field that is measured is held against the arm, and named.
    """
    arms = {
        "msc": {"therapy": "msc", "n": 20, "enrolled": 30},
        "none": {"therapy": "hsct", "n": 0},
    }
    measured = {"arm": arm, "baseline": {"mean": "9", "n": n}, "change": {"n": n}}
    verdict = found("E202", None, measured, arms=arms, population={"enrolled": 50})
    assert [item.path for item in verdict] == (
        [("baseline", "n"), ("change", "n")] if limit else []
    )
    assert all(limit in item.message and str(n) in item.message for item in verdict)


def test_an_arm_in_which_nobody_was_treated_adds_nobody():
    """20 and 0 are 20."""
    arms = {
        "msc": {"therapy": "msc", "n": 20},
        "none": {"therapy": "hsct", "n": 0},
    }
    fields = {"arms": arms, "population": {}}
    assert not found("E202", {"arm": None, "events": 1, "n": 20}, **fields)
    (item,) = found("E202", {"arm": None, "events": 1, "n": 21}, **fields)
    assert "20" in item.message


def test_a_figure_of_an_arm_that_is_not_there_is_another_checks_matter():
    """E401 says that there is no such arm."""
    assert found("E202", {"arm": "mcs", "events": 1, "n": 1000}) is None


@pytest.mark.parametrize(
    ("fields", "n", "fine"),
    [
        ({"population": {"lupus": 60}}, 60, True),
        ({"population": {"lupus": 60}}, 61, False),
        ({"population": {"lupus": 0}}, 1, False),
        ({"arms": {"msc": {"therapy": "msc", "lupus": 50}}}, 51, False),
        ({"arms": {"msc": {"therapy": "msc", "lupus": 0}}}, 1, False),
        ({"arms": {"other": {"therapy": "msc", "lupus": 50}}}, 51, True),
    ],
)
def test_people_with_the_condition(fields, n, fine):
    """Of the arm if it says so, else of the study; nobody is a number too."""
    verdict = found("E220", {"events": 0, "n": n}, **fields)
    assert list(verdict) == [] if fine else [item.path for item in verdict] == [("n",)]
    for item in verdict:
        assert "lupus_specific: false" in item.hint


def test_a_measurement_of_more_than_have_the_condition_is_named_by_its_field():
    """The place is the number of people beside the mean."""
    (item,) = found("E220", None, {"value": {"mean": "5", "n": 101}})
    assert item.path == ("value", "n")


@pytest.mark.parametrize(
    ("population", "paths"),
    [
        ({"enrolled": 20, "lupus": 20, "female": 20, "analysed": 20}, []),
        ({"enrolled": 20, "lupus": 21}, ["lupus"]),
        ({"enrolled": 20, "female": 21}, ["female"]),
        ({"enrolled": 20, "analysed": 21}, ["analysed"]),
        ({"enrolled": 20, "lupus": 10, "nephritis": 10}, []),
        ({"enrolled": 20, "lupus": 10, "nephritis": 11}, ["nephritis"]),
        ({"enrolled": 20, "lupus": 10, "neurological": 11}, ["neurological"]),
        ({"enrolled": 0, "lupus": 1, "female": 2, "analysed": 3},
         ["lupus", "female", "analysed"]),
        ({"lupus": 0, "nephritis": 1}, ["nephritis"]),
        ({"lupus": 20, "female": 21}, None),
        ({"enrolled": 20, "nephritis": 21}, None),
    ],
)  # fmt: skip
def test_parts_of_a_population(population, paths):
    """Each is held against the whole it is part of, and both are named."""
    verdict = found("E219", population=population)
    if paths is None:
        assert verdict is None
        return
    assert [item.path for item in verdict] == [("population", name) for name in paths]
    for item in verdict:
        part = str(item.path[-1])
        grouped = part in ("nephritis", "neurological")
        whole = "lupus" if grouped else "enrolled"
        words = item.message.replace(",", "").split()
        assert {part, str(population[part])} <= set(words)
        assert {whole, str(population[whole])} <= set(words)


@pytest.mark.parametrize(
    ("sizes", "enrolled", "fine"),
    [
        ((12, 8), 20, True),
        ((12, 8), 19, False),
        ((12, None), 12, True),
        ((12, None), 11, False),
        ((1000, 500), 1499, False),
    ],
)
def test_arms_hold_at_most_those_enrolled(sizes, enrolled, fine):
    """Arms whose size is not told add nobody."""
    arms = {f"arm-{i}": {"therapy": "msc", "n": n} for i, n in enumerate(sizes)}
    verdict = found("E218", arms=arms, population={"enrolled": enrolled})
    assert (list(verdict) == []) is fine
    for item in verdict:
        assert item.path == ("population", "enrolled")
        terms = " + ".join(f"{n:,}" for n in sizes if n is not None)
        assert f"{terms} = {sum(n or 0 for n in sizes):,}" in item.message
        assert f"{enrolled:,}" in item.message


@pytest.mark.parametrize(
    ("arm", "paths"),
    [
        ({"n": 20, "lupus": 20, "enrolled": 20}, []),
        ({"n": 20, "lupus": 21}, [("lupus",)]),
        ({"n": 21, "enrolled": 20}, [("n",)]),
        ({"n": 0, "lupus": 1}, [("lupus",)]),
        ({"n": 1, "enrolled": 0}, [("n",)]),
        ({"n": 21, "lupus": 22, "enrolled": 20}, [("lupus",), ("n",)]),
    ],
)
def test_parts_of_an_arm(arm, paths):
    """With the condition at most treated, treated at most entered."""
    verdict = found("E226", arms={"msc": {"therapy": "msc"} | arm})
    assert [item.path for item in verdict] == paths
