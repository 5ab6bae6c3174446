"""What stands around the figures, and that it follows from the data."""

import pytest
from compare.written import facts, items, part
from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.document import Table
from lupus_evidence.documents.text import cell
from lupus_evidence.pages.caveats import studies_compared
from lupus_evidence.pages.comparison_page import (
    FULL,
    comparison_document,
)

THERAPIES = ["hsct", "msc"]


def trial(design="randomised-trial", first="hsct", second="msc"):
    """Two arms of one study."""
    return study(
        "t-1",
        count("death", 1, 14, arm="one"),
        count("death", 2, 12, arm="two"),
        arms={"one": {"therapy": first, "n": 14}, "two": {"therapy": second, "n": 12}},
        n=26,
        design=design,
    )


def apart(design="single-arm-trial"):
    """One study of each therapy."""
    return (
        study("a-1", count("death", 3, 20), therapy="hsct", design=design),
        study("b-1", count("death", 4, 20), design=design),
    )


@pytest.mark.parametrize(
    ("files", "both", "control"),
    [
        (apart(), (), ", without a control group"),
        ((*apart(), trial(first="hsct", second="placebo")), (), "mostly without a"),
        ((trial(),), ("t-1",), None),
        ((*apart(), trial()), ("t-1",), None),
    ],
    ids=["no control", "some control", "head to head", "both"],
)
def test_the_lead_says_what_the_studies_are(files, both, control):
    """Different studies only where none has both arms; a control only where one is."""
    found = compare(base_of(*files), THERAPIES, endpoints=["death"])
    assert studies_compared(found).both == both
    text = comparison_document(found).subtitle
    assert ("Different studies of different people" in text) == (not both)
    assert ("1 randomised trial, 26 people, compares hsct with" in text) == bool(both)
    if control:
        assert control in text


def test_nothing_leads_to_nothing():
    """Without a figure nobody is warned of comparing."""
    assert comparison_document(compare(base_of(), THERAPIES)).subtitle == ""


def test_what_a_study_with_two_arms_found_stands_in_the_answer():
    """Nothing tells more: a control in a sentence, the compared therapies first."""
    base = base_of(*apart(), trial(second="placebo"))
    said = comparison_document(compare(base, THERAPIES, endpoints=["death"])).subtitle
    assert said.count("Chosen by lot: ") == 1
    assert "1 of 14 with hsct, 2 of 12 with placebo, no clear difference" in said
    base = base_of(*apart(), trial(second="msc"))
    page = comparison_document(compare(base, THERAPIES, endpoints=["death"]))
    table = next(block for block in page.blocks if isinstance(block, Table))
    (row,) = table.rows
    assert (cell(row["first"]), cell(row["second"])) == ("1 of 14", "2 of 12")
    assert row["difference"].startswith("\N{MINUS SIGN}10 (")


def certainty(*files, differences=False):
    """The lines on certainty."""
    found = compare(base_of(*files), THERAPIES, endpoints=["death"])
    beside = ("differences",) if differences else ()
    return items(part(found, "certainty", beside=beside))


@pytest.mark.parametrize(
    ("design", "start"), [("randomised-trial", "high"), ("comparative-cohort", "low")]
)
def test_each_kind_of_evidence_starts_at_its_own_level(design, start):
    """A randomised trial is not said to be about groups without a control."""
    lines = certainty(trial(design))
    figures, direct = (
        next(line for line in lines if f" {noun}" in line and "starts" in line)
        for noun in ("figures", "effect")
    )
    assert "from single groups" in figures
    assert "Each starts at high" in figures
    assert "without a control" not in direct
    assert f"Each starts at {start}" in direct


def test_that_nobody_judged_the_risk_of_bias_is_said_once():
    """Once for all figures and differences, and not among the counted reasons."""
    lines = certainty(*apart(), trial())
    assert sum("risk of bias" in line for line in lines) == 1
    assert sum("above low" in line for line in lines) == 1


def test_differences_are_rated_only_where_they_are_shown():
    """Nobody is told how sure a difference is that is not there."""
    rated = [
        any("unadjusted" in line for line in certainty(*apart(), differences=asked))
        for asked in (False, True)
    ]
    assert rated == [False, True]


def over_time(*files, endpoint="overall-survival"):
    """The lines on figures at several times."""
    found = compare(base_of(*files), THERAPIES, endpoints=[endpoint])
    blocks = part(found, "certainty")
    return items(block for block in blocks if "several times" in block.title)


def test_figures_at_several_times_that_share_people_are_no_course():
    """Two reports of one hospital at 12 and 60 months."""
    (line,) = over_time(
        study("a-1", count("overall-survival", 19, 20)),
        study("b-1", count("overall-survival", 18, 30, at=60), n=30, shares=["a-1"]),
    )
    assert line.startswith("msc, alive: the figures at 12 and 60 months")
    assert "partly share people" in line
    assert "seems to rise" not in line


def test_survival_that_seems_to_rise_cannot():
    """15 of 20 at 12 months, 27 of 30 at 60: other studies."""
    (line,) = over_time(
        study("a-1", count("overall-survival", 15, 20)),
        study("b-1", count("overall-survival", 27, 30, at=60), n=30),
    )
    assert "share" not in line
    assert "survival seems to rise (75 to 90 %); it cannot" in line


def test_deaths_that_seem_to_fall_cannot():
    """The same, asked the other way round."""
    (line,) = over_time(
        study("a-1", count("death", 5, 20)),
        study("b-1", count("death", 3, 30, at=60), n=30),
        endpoint="death",
    )
    assert "deaths seem to fall (25 to 10 %); it cannot" in line


def test_one_study_s_own_course_needs_no_word():
    """The same people at 12 and 60 months are a course of one group."""
    assert not over_time(
        study(
            "a-1",
            count("overall-survival", 19, 20),
            count("overall-survival", 15, 20, at=60),
        )
    )


def test_one_study_s_figures_on_fewer_people_are_no_course():
    """20 treated at 12 months, 12 still followed at 60."""
    (line,) = over_time(
        study(
            "a-1",
            count("any-remission", 9, 20),
            count("any-remission", 6, 12, at=60, among="followed"),
        ),
        endpoint="any-remission",
    )
    assert "one study, but not on the same people" in line


def test_differences_are_a_part_of_the_page_only_when_asked_for():
    """The heading is not there either."""
    found = compare(base_of(*apart()), THERAPIES, endpoints=["death"])
    titles = {
        block.title
        for block in comparison_document(found, sections=FULL).blocks
        if hasattr(block, "title")
    }
    assert "Differences, unadjusted" not in titles
    assert part(found, "differences")


def test_the_receipt_states_every_choice_of_results():
    """Fewest people and failing results among them."""
    found = compare(base_of(*apart()), THERAPIES, endpoints=["death"])
    chosen = facts(part(found, "receipt"))["choice of results"]
    assert "at least 5 people" in chosen
    assert "results that fail a check out" in chosen


def test_one_study_whose_survivors_grow_counts_other_people_or_errs():
    """22 of 25 alive at 12 months and 23 at 36 cannot be the same people."""
    (line,) = over_time(
        study(
            "a-1",
            count("overall-survival", 22, 25),
            count("overall-survival", 23, 25, at=36),
            n=25,
        )
    )
    assert "(88 to 92 %); it cannot" in line
    assert "mistake" in line
