"""What stands around the figures of a comparison: sentences, differences, notes."""

import pytest
from evidence.made import base_of, count, estimate, study
from pages.written import facts, items, part

from lupus_evidence.compare.comparison import compare
from lupus_evidence.documents.document import Table
from lupus_evidence.documents.text import cell, percent
from lupus_evidence.pages.caveats import studies_compared
from lupus_evidence.pages.comparison_page import FULL, comparison_document

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


def said(*files, therapies=("hsct", "msc"), endpoints=("death",)):
    """The lines about differences of a comparison of these files."""
    found = compare(base_of(*files), list(therapies), endpoints=list(endpoints))
    page = comparison_document(found, sections=("differences",), answer=False)
    (section,) = page.blocks
    return section.blocks[0].items


def test_a_difference_says_that_it_is_unadjusted_and_not_that_of_the_rates():
    """3 of 20 less 4 of 20 is not 15 less 20: both centres are uncertain."""
    (line,) = said(
        study("a-1", count("death", 3, 20), therapy="hsct"),
        study("b-1", count("death", 4, 20)),
    )
    assert "Unadjusted comparison of different studies." in line
    assert f"Not {percent(3 / 20)} % less {percent(4 / 20)} %" in line
    assert "two posteriors" in line
    assert "95 % interval" in line
    assert "CI" not in line


@pytest.mark.parametrize(
    "files",
    [
        (
            study("a-1", count("death", 3, 20), therapy="hsct"),
            study("b-1", count("death", 4, 20, at=24)),
        ),
        (
            study("a-1", count("death", 3, 20, at=None), therapy="hsct"),
            study("b-1", count("death", 4, 20, at=None)),
        ),
        (
            study("a-1", count("death", 3, 20), therapy="hsct"),
            study("b-1", count("death", 4, 10, among="followed")),
        ),
    ],
    ids=["other times", "unknown times", "other denominators"],
)
def test_where_none_can_be_given_the_reason_is_said(files):
    """Not one known time, or not one kind of denominator."""
    (line,) = said(*files)
    assert line.startswith("None can be given")


def test_two_arms_of_one_study_are_referred_to_the_study():
    """Figures of both therapies stand there, so nobody is told that there are none."""
    arms = {
        "graft": {"therapy": "hsct", "n": 14},
        "drug": {"therapy": "cyclophosphamide", "n": 12},
    }
    trial = study(
        "a-1",
        count("death", 1, 14, arm="graft"),
        count("death", 2, 12, arm="drug"),
        arms=arms,
        n=26,
        design="randomised-trial",
    )
    (line,) = said(trial, therapies=("hsct", "cyclophosphamide"))
    assert "arms of one study" in line


def test_a_difference_of_some_says_of_whom():
    """Relapse among responders on both sides is one of responders."""
    (line,) = said(
        study("a-1", count("relapse", 3, 8, among="responders"), therapy="hsct"),
        study("b-1", count("relapse", 4, 9, among="responders"), shares=["a-1"]),
        endpoints=("relapse",),
    )
    assert "of people who had responded" in line
    assert "a-1 and b-1" in line


def test_a_larger_study_left_out_for_its_denominator_is_named():
    """To compare like with like, 10 of 31 responders stay out; the reader is told."""
    (line,) = said(
        study("a-1", count("relapse", 1, 17), therapy="hsct", n=17),
        study(
            "a-2", count("relapse", 10, 31, among="responders"), therapy="hsct", n=50
        ),
        study("b-1", count("relapse", 20, 87), n=87),
        endpoints=("relapse",),
    )
    assert "1 study, 17 people" in line
    assert (
        "Not in hsct, being about another group: a-2 (31 people who had responded)."
        in line
    )


def test_a_difference_from_studies_that_vary_says_so():
    """A side whose studies have no common rate is no ground without a warning."""
    (line,) = said(
        study("e-1", count("death", 3, 20), therapy="hsct"),
        *(
            study(f"{name}-1", count("death", events, 400), n=400)
            for name, events in zip("abcd", (4, 200, 30, 390), strict=True)
        ),
    )
    assert "differ too much for one number" in line


def test_uneven_follow_up_is_said_beside_a_difference():
    """Deaths at a mean follow-up are no deaths at one time."""
    at = {"months": 12, "basis": "mean-follow-up"}
    (line,) = said(
        study("a-1", count("death", 3, 20, at=at), therapy="hsct"),
        study("b-1", count("death", 4, 20)),
    )
    assert line.count("follow-up was shorter for some") == 1


def sentences(*files, **options):
    """The plain sentences of a comparison of these files."""
    return items(part(compare(base_of(*files), ["hsct", "msc"], **options), "plain"))


def test_a_hundred_people_are_the_mean_over_centres():
    """Of 100 people as many as the mean says; the interval is a typical centre's."""
    files = [
        study(f"{name}-1", count("relapse", events, 40), therapy="hsct", n=40)
        for name, events in zip("abc", (1, 4, 16), strict=True)
    ]
    cell = compare(base_of(*files), ["hsct", "msc"]).rows[0].cells[0]
    mean, median = percent(cell.mean), percent(cell.estimate)
    assert mean != median
    (sentence,) = sentences(*files)
    assert sentence.startswith(
        f"With hsct, of 100 people treated, about {mean} relapsed about 12 months "
        f"later (in a typical centre {percent(cell.ci[0])} to {percent(cell.ci[1])}; "
        "3 studies, 120 people)."
    )


def test_a_method_without_a_mean_speaks_of_a_typical_centre():
    """The median is a centre's rate and never that of 100 people."""
    files = [study(f"{n}-1", count("relapse", 6, 20), therapy="hsct") for n in "ab"]
    found = compare(base_of(*files), ["hsct", "msc"], method="common")
    cell = found.rows[0].cells[0]
    (sentence,) = items(part(found, "plain"))
    said = "of 100 people treated in a typical centre, about 30 relapsed"
    assert (said in sentence) == (cell.mean is None)


def test_one_study_is_its_own_people():
    """One study's 6 of 20 are not made into 30 of 100 people treated anywhere."""
    (sentence,) = sentences(
        study("a-1", count("relapse", 6, 20), therapy="hsct"),
        study("b-1", count("relapse", 3, 10, among="responders"), n=20),
    )
    # Clopper and Pearson by R's binom.test(6, 20) and binom.test(3, 10)
    assert sentence == (
        "With hsct, in one study 6 of 20 people treated (30 %, 12 to 54) relapsed "
        "about 12 months later. With msc, in one study 3 of 10 people who had "
        "responded (30 %, 7 to 65) relapsed about 12 months later (at least 3 of 20 "
        "treated, 15 %)."
    )


def test_an_estimate_of_one_study_is_called_estimated():
    """An effective count is no count of people, so only the percentage is said."""
    (sentence,) = sentences(
        study("a-1", estimate("overall-survival", "81", se="8"), therapy="hsct")
    )
    assert sentence.startswith(
        "With hsct, in one study of 20 people treated, an estimated 81 % ("
    )


def test_nobody_in_several_studies_is_a_bound_of_a_hundred():
    """0 of 87, 40, 35 and 10: of 100 people at most 3, and no missing figure."""
    (sentence,) = sentences(
        *(
            study(f"{name}-1", count("relapse", 0, n), n=n)
            for name, n in zip("abcd", (87, 40, 35, 10), strict=True)
        )
    )
    assert "of 100 people treated in a typical centre, at most 3 relapsed" in sentence
    assert "For hsct there is no figure." in sentence


def test_studies_that_differ_too_much_say_so():
    """4, 200, 30 and 390 of 400 have no common rate."""
    (sentence,) = sentences(
        *(
            study(f"{n}-1", count("relapse", e, 400), n=400)
            for n, e in zip("abcd", (4, 200, 30, 390), strict=True)
        ),
        endpoints=["relapse"],
    )
    assert "too much for one number" in sentence


def test_a_missing_side_is_said():
    """Where one therapy has no figure the sentence says so."""
    (sentence,) = sentences(study("a-1", count("relapse", 6, 20)))
    assert sentence.endswith("For hsct there is no figure.")


def test_a_figure_known_at_another_time_is_told_at_its_own():
    """Nobody is told that there is no figure for what was counted later."""
    (said,) = sentences(
        study("a-1", count("relapse", 7, 53, at=24), therapy="hsct", n=53),
        study("b-1", count("relapse", 0, 16, at=6), n=16),
    )
    assert "7 of 53" in said
    assert "24 months later" in said
    assert "0 of 16" in said
    assert "do not compare these" in said
    assert "no figure" not in said


def test_a_harm_without_a_clock_has_one_sentence_for_both():
    """Deaths of the treatment by 24 and by 6 months are one figure at any time."""
    (said,) = sentences(
        study("a-1", count("treatment-related-mortality", 7, 53, at=24), n=53,
              therapy="hsct"),
        study("b-1", count("treatment-related-mortality", 0, 16, at=6), n=16),
    )  # fmt: skip
    assert "7 of 53" in said
    assert "0 of 16" in said
    assert "months" not in said
    assert "do not compare" not in said


@pytest.mark.parametrize("basis", ["visit", "median-follow-up", "longest"])
def test_counts_that_are_no_rates_at_one_time_are_said(basis):
    """Follow-up that ended sooner for some is said, and in how many studies."""
    at = {"months": 12, "basis": basis}
    (said,) = sentences(
        study("a-1", count("any-remission", 12, 20, at=at), therapy="hsct"),
        study("b-1", count("any-remission", 12, 20)),
        study("c-1", count("any-remission", 12, 20, at=at)),
        endpoints=["any-remission"],
    )
    uneven = "follow-up was shorter for some people than for others"
    assert said.count(uneven) == (0 if basis == "visit" else 2)
    assert (f"in 1 of 2 studies {uneven}" in said) == (basis != "visit")


def test_the_best_state_ever_reached_is_said():
    """A state that did not last is no state at a time."""
    at = {"months": 12, "basis": "best-ever"}
    (said,) = sentences(
        study("a-1", count("any-remission", 12, 20, at=at), therapy="hsct")
    )
    assert "even if it did not last" in said
    assert "12 months" not in said
