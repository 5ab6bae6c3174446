"""What a selection says of every number: how it came about, why it was left out."""

import pytest
from evidence.made import ARMS, chosen, count, estimate, study

from lupus_evidence.evidence.rate_selection import choose, considered, follow_up_months
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.evidence.therapy_results import therapy_evidence
from lupus_evidence.pages.reasons import steps, why
from lupus_evidence.vocabulary import band_of


def only(*results, endpoint="any-remission", **more):
    """The one number that a study enters with."""
    (found,) = chosen(study("doe-2020", *results, **more), endpoint=endpoint).included
    return found


def left_out(*files, **options):
    """Reason and text of everything left out."""
    return [
        (item.reason, why(item.reason, item.particulars))
        for item in chosen(*files, **options).excluded
    ]


def test_arms_of_one_therapy_are_added_up_with_each_told():
    """5 of 20 and 9 of 30 are 14 of 50, and both arms are named."""
    found = only(
        count("any-remission", 5, 20, arm="high"),
        count("any-remission", 9, 30, arm="low"),
        arms=ARMS,
        n=50,
    )
    assert (found.events, found.n, found.people) == (14, 50, 50)
    assert steps(found.number) == "2 arms added up: high 5 of 20, low 9 of 30"
    assert (found.arms, found.indexes, found.form) == (
        ("high", "low"),
        (0, 1),
        "derived",
    )


@pytest.mark.parametrize("second_hand", [0, 1])
def test_a_sum_is_as_second_hand_as_its_worst_part(second_hand):
    """One arm read in a review makes the sum a second-hand number."""
    results = [
        count("any-remission", 5, 20, arm="high"),
        count("any-remission", 9, 30, arm="low"),
    ]
    results[second_hand]["reading"] = "secondary"
    assert only(*results, arms=ARMS, n=50).reading == "secondary"


def test_arms_that_are_more_than_everybody_are_not_added_up():
    """20 and 30 people of 45 overlap; the better arm stands alone."""
    found = only(
        count("any-remission", 5, 20, arm="high"),
        count("any-remission", 9, 30, arm="low"),
        arms=ARMS,
        n=45,
    )
    assert (found.events, found.n) == (9, 30)


def test_arms_at_different_times_are_not_added_up():
    """12 and 14 months are of one band, but not one time."""
    found = only(
        count("any-remission", 5, 20, arm="high", at=12),
        count("any-remission", 9, 30, arm="low", at=14),
        arms=ARMS,
        n=50,
    )
    assert (found.events, found.n) == (5, 20)


def test_a_figure_for_all_arms_comes_before_a_larger_single_arm():
    """The whole study counts, though the arm's time is nearer to the band's middle."""
    found = only(
        count("any-remission", 5, 20, arm="high", at=12),
        count("any-remission", 20, 50, arm=None, at=14),
        arms=ARMS,
        n=50,
    )
    assert (found.events, found.n) == (20, 50)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"at": 12}, {"at": {"months": 12, "basis": "median-follow-up"}}),
        (
            {"at": {"months": 12, "basis": "median-follow-up"}},
            {"at": {"months": 12, "basis": "best-ever"}},
        ),
        ({"at": 14}, {"at": {"months": 12, "basis": "longest"}}),
        ({"at": 12}, {"at": 10}),
        ({"at": 11}, {"at": 14}),
        ({"reading": "registry"}, {"reading": "secondary"}),
        ({"at": 14}, {"at": 12, "reading": "secondary"}),
    ],
)
def test_which_of_two_figures_of_a_study_counts(better, worse):
    """A fixed visit first, then first-hand reading, then the nearest time."""
    first = count("any-remission", 5, 20) | better
    second = count("any-remission", 6, 20) | worse
    assert only(first, second).events == 5
    assert only(second, first).events == 5


def test_what_is_added_or_taken_away_is_told():
    """Any remission is 5 complete plus 4 partial; partial is any less complete."""
    parts = (count("complete-remission", 5, 20), count("partial-remission", 4, 20))
    found = only(*parts)
    assert (found.events, found.n, found.form) == (9, 20, "derived")
    assert steps(found.number) == "5 (complete remission) plus 4 (partial remission)"
    whole = (count("any-remission", 9, 20), count("complete-remission", 5, 20))
    found = only(*whole, endpoint="partial-remission")
    assert (found.events, found.n) == (4, 20)
    assert steps(found.number) == (
        "9 (complete or partial remission) less 5 (complete remission)"
    )
    found = only(
        count("any-remission", 9, 20),
        count("partial-remission", 4, 20),
        endpoint="complete-remission",
    )
    assert found.events == 5


def test_no_remission_left_over_is_still_a_number():
    """9 with any and 9 with complete remission leave nobody with partial."""
    whole = (count("any-remission", 9, 20), count("complete-remission", 9, 20))
    assert only(*whole, endpoint="partial-remission").events == 0


def test_parts_that_make_everybody_are_a_number_and_more_are_not():
    """12 and 8 of 20 are all of them; 12 and 9 cannot be parts."""
    parts = [count("complete-remission", 12, 20), count("partial-remission", 8, 20)]
    assert only(*parts).events == 20
    parts[1]["events"] = 9
    assert not chosen(study("doe-2020", *parts)).included


@pytest.mark.parametrize("which", [0, 1])
def test_a_derived_number_is_second_hand_if_a_part_is(which):
    """One part read in a review makes the sum second hand."""
    parts = [count("complete-remission", 5, 20), count("partial-remission", 4, 20)]
    parts[which]["reading"] = "secondary"
    assert only(*parts).reading == "secondary"
    assert only(*(part | {"reading": "registry"} for part in parts)).reading == (
        "registry"
    )


def test_survivors_follow_from_deaths_and_the_other_way_round():
    """3 of 20 died, 17 lived; the way is told with the endpoint's name."""
    found = only(count("death", 3, 20), endpoint="overall-survival")
    assert (found.events, steps(found.number)) == (
        17,
        "20 less 3 (death from any cause)",
    )
    found = only(count("overall-survival", 17, 20), endpoint="death")
    assert (found.events, steps(found.number)) == (3, "20 less 17 (alive)")


def test_a_count_behind_a_percentage_is_told_on_the_way():
    """45 % of 20 is only 9; of the 11 others this is said too."""
    printed = {"events": None, "percent": "45"}
    found = only(count("any-remission", 0, 20) | printed)
    assert (found.events, found.form) == (9, "derived")
    assert steps(found.number) == "the only count out of 20 that prints as 45 %"
    found = only(count("no-remission", 0, 20) | printed)
    assert found.events == 11
    assert steps(found.number) == (
        "20 less 9 (no remission); the only count out of 20 that prints as 45 %"
    )


def test_everyone_but_those_of_an_estimate_keeps_the_estimates_precision():
    """Survival 80 ± 10 % is 16 effective people; 3.2 of them died."""
    line = estimate("overall-survival", "80", se="10", n=20, at=12)
    found = only(line, endpoint="death")
    assert found.n == pytest.approx(16)
    assert found.events == pytest.approx(3.2)
    assert steps(found.number) == (
        "everyone but: alive; estimate of 80 % as effective people, from the standard "
        "error"
    )
    assert (found.people, found.form) == (20, "effective")


@pytest.mark.parametrize(
    ("change", "reason", "text"),
    [
        ({"subgroup": "women"}, Reason.SUBGROUP, "only: women"),
        ({"scope": "kidney"}, Reason.SCOPE, "judged on: kidney"),
        ({"reading": "secondary"}, Reason.READING, "read from: secondary"),
        ({"events": 1, "n": 2}, Reason.FEW, ("2 people: shown by `table`, not "
         "pooled")),
        ({"events": 1, "n": 1}, Reason.FEW, ("1 person: shown by `table`, not "
         "pooled")),
        ({"events": 3, "n": 9}, Reason.FEW, ("9 people: shown by `table`, not "
         "pooled")),
        ({"among": "followed", "n": 15}, Reason.DENOMINATOR, ("here 5 of 15 people "
         "still followed; this figure is about people treated")),
        ({"events": None, "n": None}, Reason.NO_NUMBER, ("neither a count nor a "
         "percentage")),
        ({"events": None}, Reason.NO_NUMBER, ("people, but neither how many had the "
         "outcome nor a percentage")),
        ({"n": None}, Reason.NO_NUMBER, ("a count of people without the number they "
        "are "
         "out of")),
        ({"kind": "kaplan-meier"}, Reason.NO_NUMBER, ("a survival estimate given only "
        "as "
         "a count")),
        ({"events": 21}, Reason.NO_NUMBER, "more people with the outcome than people"),
        ({"events": None, "percent": "47"}, Reason.NO_NUMBER, ("no count out of 20 "
         "prints as 47 %")),
        ({"events": None, "percent": "33", "n": 150}, Reason.NO_NUMBER, ("2 counts out "
         "of 150 print as 33 %")),
        ({"events": None, "percent": "45", "kind": "kaplan-meier"}, Reason.NO_NUMBER,
         "an estimate without a standard error, an interval or a count"),
    ],
)  # fmt: skip
def test_a_figure_that_is_left_out_says_why(change, reason, text):
    """The reason is typed, and the text has the figures."""
    odd = study("doe-2020", count("any-remission", 5, 20) | change)
    other = study("roe-2020", count("any-remission", 8, 20))
    rules = {"readings": ("primary-abstract",), "min_n": 10}
    assert left_out(odd, other, **rules) == [(reason, text)]


def test_the_figure_counted_instead_is_told():
    """A count is told as a count, an estimate as an estimate."""
    both = study(
        "doe-2020",
        count("any-remission", 5, 20),
        count("any-remission", 6, 20, at=14),
    )
    assert left_out(both) == [
        (Reason.SAME_STUDY, "counted instead: 5 of 20 people treated")
    ]
    line = estimate("any-remission", "30", se="10", n=20, at=12)
    later = estimate("any-remission", "31", se="10", n=20, at=14)
    assert left_out(study("doe-2020", line, later)) == [
        (Reason.SAME_STUDY, "counted instead: an estimate for 20 people treated")
    ]


def test_an_overlap_names_the_study_that_is_counted():
    """The smaller report is left out, with how sure the overlap is."""
    large = study("doe-2020", count("any-remission", 9, 30), n=30)
    small = study("roe-2021", count("any-remission", 5, 20), shares=("doe-2020",))
    assert left_out(large, small) == [
        (
            Reason.OVERLAP,
            "shares people with doe-2020 (likely); here 5 of 20 people treated",
        )
    ]


@pytest.mark.parametrize("order", [("certain", "likely"), ("likely", "certain")])
def test_an_overlap_recorded_twice_is_as_sure_as_its_surest_entry(order):
    """Certain in one record and likely in the other is certain."""
    names = ("doe-2020", "roe-2021")
    files = [
        study(
            name,
            count("any-remission", 5, 20 + 10 * index),
            n=20 + 10 * index,
            overlaps=[{"study": other, "certainty": sure, "because": "same people"}],
        )
        for index, (name, other, sure) in enumerate(
            zip(names, reversed(names), order, strict=True)
        )
    ]
    ((reason, text),) = left_out(*files)
    assert reason is Reason.OVERLAP
    assert text.startswith("shares people with roe-2021 (certain)")


@pytest.mark.parametrize(
    ("file", "reason", "text"),
    [
        (
            study("doe-2020", count("any-remission", 5, 20, at=24)),
            Reason.OTHER_TIME,
            "reports it for: 24 months",
        ),
        (
            study(
                "doe-2020",
                count("any-remission", 5, 20, at=24),
                count("any-remission", 4, 20, at=6),
                count("any-remission", 4, 20, at=60, scope="kidney"),
            ),
            Reason.OTHER_TIME,
            "reports it for: 24 months, 6 months",
        ),
        (
            study(
                "doe-2020",
                count("any-remission", 5, 20, at=24, scope="kidney"),
                count("any-remission", 5, 20, at=60, scope="kidney"),
            ),
            Reason.OTHER_TIME,
            "reports 2 figures for other times or organs",
        ),
        (
            study("doe-2020", count("relapse", 5, 20)),
            Reason.NOT_REPORTED,
            "does not report this",
        ),
        (
            study("doe-2020", status="registered"),
            Reason.NO_RESULTS,
            "registered, without a result for this",
        ),
    ],
)
def test_a_study_that_offers_nothing_says_so(file, reason, text):
    """Every study of the therapy appears, with what it reports instead."""
    evidence = therapy_evidence([file], "msc")
    selection = choose(evidence, "any-remission", "lupus", band_of(12))
    (found,) = considered(evidence, selection)
    assert (found.study, found.included, found.excluded) == ("doe-2020", None, ())
    assert (found.reason, why(found.reason, found.particulars)) == (reason, text)


@pytest.mark.parametrize(
    ("follow_up", "months"),
    [
        (None, 0),
        ({"median": "30", "mean": "28", "high": "60"}, 30),
        ({"mean": "28", "high": "60"}, 28),
        ({"fixed": 12, "longest": 24}, 12),
        ({"longest": 24, "high": "20"}, 24),
        ({"high": "60"}, 60),
        ({"low": "6"}, 0),
    ],
)
def test_how_long_a_study_followed_people(follow_up, months):
    """Median, mean, fixed, longest, highest: the first that is known."""
    assert follow_up_months(study("doe-2020", follow_up=follow_up).study) == months


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ({"se": "10"}, 25),
        ({"ci": ["33.551", "66.449"], "level": 90}, 25),
        ({"ci": ["30.4", "69.6"]}, 25),
        ({"se": "1", "n": 40}, 40),
        ({"se": "1"}, 30),
    ],
)
def test_an_estimate_enters_with_what_is_printed_beside_it(more, size):
    """50 % with an error of 10 points is 25 effective people, at most all of them."""
    line = estimate("any-remission", "50.0", at=12, **more)
    found = only(line, n=more.get("n", 30))
    assert found.n == pytest.approx(size, rel=1e-2)
    assert found.events == pytest.approx(size / 2, rel=1e-2)
