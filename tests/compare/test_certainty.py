import pytest
from appraised import judged
from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare


def codes(*files, endpoint="death", therapy="msc"):
    """Level and reasons of the only figure for an endpoint."""
    found = compare(base_of(*files), ["hsct", "msc"], endpoints=[endpoint])
    row = next(row for row in found.rows if row.endpoint == endpoint)
    certainty = next(cell for cell in row.cells if cell.therapy == therapy).certainty
    assert certainty.question == "rate"
    return certainty.level, set(certainty.codes)


def big(name, events=40, n=400, level="low", **more):
    """A large study at a given risk of bias; None where nobody judged it."""
    appraisal = [judged(level)] if level else []
    size = more.pop("treated", n)
    return study(name, count("death", events, n, **more), n=size, appraisal=appraisal)


def test_large_agreeing_series_at_low_risk_of_bias_stay_high():
    """A rate starts at high, as the course of a condition does, and stays there."""
    files = [big(f"{name}-1") for name in "abcdefgh"]
    assert codes(*files) == ("high", set())


@pytest.mark.parametrize(
    ("levels", "level", "code"),
    [
        ("low low low low", "high", None),
        ("low low some some", "high", None),
        ("low some some some", "moderate", "bias-some"),
        ("low low low unknown", "moderate", "bias-unknown"),
        ("low low low high", "moderate", "bias-high"),
        ("low low high high", "low", "bias-high"),
    ],
)
def test_the_risk_of_bias_takes_as_much_as_it_weighs(levels, level, code):
    """High risk in more than a quarter of the people takes two levels."""
    files = [
        big(f"{n}-1", level=x) for n, x in zip("abcd", levels.split(), strict=True)
    ]
    assert codes(*files) == (level, {code} if code else set())


def test_nothing_is_above_low_while_one_study_was_not_judged():
    """However large the others are."""
    files = [big(f"{name}-1") for name in "abcdefg"]
    assert codes(*files, big("h-1", level=None)) == ("low", {"bias-not-judged"})


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([big("a-1")], "one-study"),
        ([big("a-1", 2, 20), big("b-1", 2, 20)], "few-people"),
        ([big("a-1", 8, 20), big("b-1", 12, 20)], "wide-interval"),
        (
            [big(f"{n}-1", e) for n, e in zip("abcd", (4, 200, 30, 390), strict=True)],
            "too-different",
        ),
        (
            [
                big(f"{n}-1", e)
                for n, e in zip("abcd", (120, 200, 160, 280), strict=True)
            ],
            "wide-prediction",
        ),
        ([big("a-1", reading="secondary"), big("b-1")], "second-hand"),
        (
            [big("a-1", 9, 300, among="followed", treated=400)],
            "denominator",
        ),
        (
            [big(f"{n}-1", at={"months": 12, "basis": "mean-follow-up"}) for n in "ab"],
            "uneven-follow-up",
        ),
        (
            [big("a-1"), big("b-1", at={"months": 12, "basis": "longest"})],
            "uneven-follow-up",
        ),
        (
            [big(f"{n}-1", at={"months": 12, "basis": "best-ever"}) for n in "ab"],
            "best-ever",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_reason_lowers_the_certainty(files, code):
    """Every weakness of the evidence is a typed reason, and takes a level or more."""
    level, found = codes(*files)
    assert level != "high"
    assert code in found


def test_uneven_follow_up_takes_a_level_by_itself():
    """Eight large series that agree are less certain where follow-up was uneven.

    One level, whether all of them were counted so or some at a visit.
    """
    uneven = {"months": 12, "basis": "median-follow-up"}
    for times in ([uneven] * 8, [12] * 4 + [uneven] * 4):
        files = [big(f"{n}-1", at=at) for n, at in zip("abcdefgh", times, strict=True)]
        assert codes(*files) == ("moderate", {"uneven-follow-up"})


def test_a_figure_without_a_time_is_less_certain():
    """Deaths after an unknown time are deaths after any time."""
    level, found = codes(*(big(f"{n}-1", at=None) for n in "abcdefgh"))
    assert (level, found) == ("moderate", {"time-not-stated"})


def test_outcomes_without_one_definition_lower_the_certainty():
    """Remission that the studies define differently, or not at all, is less certain."""
    files = [
        study(f"{name}-1", count("any-remission", 9, 20, definition=text))
        for name, text in (("a", "SLEDAI below 3"), ("b", "off all drugs"))
    ]
    assert "definitions" in codes(*files, endpoint="any-remission")[1]
