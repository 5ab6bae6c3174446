"""The values that an article prints of a score, held against those of its studies."""

import pytest
from audit.made import codes, falls, found, values


def measured(*lines):
    """Return measurements of SLEDAI, each with means before and after and its month."""
    rows = "".join(
        f"  - {{measure: sledai, arm: cells, at: {at}, "
        f'baseline: {{mean: "{before}"}}, value: {{mean: "{after}"}}}}\n'
        for before, after, at in lines
    )
    return f"measurements:\n{rows}"


def claim(before=None, after=None, months=None, more=""):
    """Return a claim that SLEDAI fell from one value to another."""
    parts = {"before": before, "after": after}
    said = "".join(f', {k}: "{v}"' for k, v in parts.items() if v is not None)
    time = "" if months is None else f", months: {months}"
    return falls(more=more, direction=f"falls{said}{time}")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"before": "12.2", "after": "5.4"}, "values-found"),
        ({"before": "12"}, "values-found"),  # 12.2 at the article's decimals
        ({"after": "5"}, "values-found"),
        ({"before": "12.2", "after": "5.4", "months": 6}, "values-found"),
        ({"before": "12.2", "after": "5.4", "months": 60}, "values-differ"),
        ({"before": "12.2", "after": "6"}, "values-differ"),
        ({"before": "13", "after": "5.4"}, "values-differ"),
        ({"before": "13"}, "values-differ"),
        ({}, None),
    ],
)
def test_both_values_of_one_measurement_are_the_articles(world, said, code):
    """Each that is given agrees, at about its time; without any nothing is said."""
    world.study("doe-2015", more=measured(("12.2", "5.4", 6)))
    verdict = world.verdict(claim(**said))
    assert [c for c in codes(verdict) if c.startswith("values-")] == [code] * bool(code)
    assert verdict.word != "contradicted"
    if code == "values-differ":
        told = values(verdict, code)
        assert {key: told[key] and str(told[key]) for key in ("before", "after")} == {
            "before": said.get("before"),
            "after": said.get("after"),
        }


@pytest.mark.parametrize(("after", "word"), [("5.4", "supp"), ("9", "contradicted")])
def test_a_named_study_with_other_values_contradicts(world, after, word):
    """Who cites a study for its values has them from there."""
    world.study("doe-2015", more=measured(("12.2", "5.4", 6)))
    verdict = world.verdict(claim("12.2", after, more=", cites: doe-2015"))
    assert verdict.word.startswith(word)


def test_the_study_with_the_values_is_the_one_that_is_shown(world):
    """Of two that fell the one with these values; with neither, both."""
    world.study("a-2014", more=measured(("10", "4", 6)))
    world.study("b-2015", more=measured(("12.2", "5.4", 6)))
    for said, code, studies in (
        (("12.2", "5.4"), "values-found", ["b-2015"]),
        (("20", "1"), "values-differ", ["a-2014", "b-2015"]),
    ):
        finding = found(world.verdict(claim(*said)), code)
        assert sorted(item.study for item in finding.evidence) == studies
        assert sorted(item.study for item in finding.values["examples"]) == studies


def test_values_of_a_study_that_prints_none_are_not_found(world):
    """It says that the score fell, not from what to what."""
    more = "measurements:\n  - {measure: sledai, arm: cells, direction: falls}\n"
    world.study("doe-2015", more=more)
    verdict = world.verdict(claim("12", "5"))
    told = values(verdict, "values-not-found")
    assert (str(told["before"]), str(told["after"])) == ("12", "5")
    assert found(verdict, "values-differ") is None
