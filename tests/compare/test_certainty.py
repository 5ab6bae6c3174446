import pytest
from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare


def codes(*files, endpoint="death", therapy="msc"):
    """Level and reasons of the only figure for an endpoint."""
    found = compare(base_of(*files), ["hsct", "msc"], endpoints=[endpoint])
    row = next(row for row in found.rows if row.endpoint == endpoint)
    certainty = next(cell for cell in row.cells if cell.therapy == therapy).certainty
    assert certainty.codes[0] == "bias-not-judged"
    return certainty.level, set(certainty.codes[1:])


def big(name, events=40, n=400, **more):
    """A large study."""
    return study(name, count("death", events, n, **more), n=n)


def test_large_agreeing_series_stay_at_low():
    """Groups without a control start at low and stay there without another reason."""
    files = [big(f"{name}-1") for name in "abcdefgh"]
    assert codes(*files) == ("low", set())


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
            [study("a-1", count("death", 9, 300, among="followed"), n=400)],
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
    """Every weakness of the evidence is a typed reason, and takes it to very low."""
    level, found = codes(*files)
    assert level == "very low"
    assert code in found


def test_uneven_follow_up_takes_a_level_by_itself():
    """Eight large series that agree are less certain where follow-up was uneven.

    One level, whether all of them were counted so or some at a visit.
    """
    uneven = {"months": 12, "basis": "median-follow-up"}
    for times in ([uneven] * 8, [12] * 4 + [uneven] * 4):
        files = [big(f"{n}-1", at=at) for n, at in zip("abcdefgh", times, strict=True)]
        assert codes(*files) == ("very low", {"uneven-follow-up"})


def test_a_figure_without_a_time_is_less_certain():
    """Deaths after an unknown time are deaths after any time."""
    files = [study(f"{n}-1", count("death", 40, 400, at=None), n=400) for n in "ab"]
    level, found = codes(*files)
    assert level == "very low"
    assert "time-not-stated" in found


def test_outcomes_without_one_definition_lower_the_certainty():
    """Remission that the studies define differently, or not at all, is less certain."""
    files = [
        study(f"{name}-1", count("any-remission", 9, 20, definition=text))
        for name, text in (("a", "SLEDAI below 3"), ("b", "off all drugs"))
    ]
    assert "definitions" in codes(*files, endpoint="any-remission")[1]
