"""Survival of a therapy as one curve: how far it goes, and on whom it rests."""

import pytest
from evidence.made import base_of, count, estimate, study

from lupus_evidence.checks.running import checked_evidence
from lupus_evidence.compare.survival import (
    CurveChoices,
    survival_answer,
    survival_curves_of,
)
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.selection import FEWEST_PEOPLE
from lupus_evidence.records.load import bundled_folder, load
from lupus_evidence.stats.deaths import deaths_by, deaths_over
from lupus_evidence.stats.survival import survival_curve

OS, DEATH, TRM = "overall-survival", "death", "treatment-related-mortality"


@pytest.fixture(scope="module")
def bundled():
    """The records that come with the package."""
    return load(bundled_folder("studies"))


def answer(*studies, **choices):
    """What invented studies of msc come to."""
    evidence = checked_evidence(base_of(*studies), "msc")
    return survival_answer(evidence, CurveChoices(**choices), without_each=True)


def of_people(name, alive, n, at):
    """An invented study with a count at one time."""
    return study(name, count(OS, alive, n, at=at), n=n)


def test_a_curve_ends_where_fewer_than_two_studies_or_twenty_people_stand_behind_it():
    """12 of 14 and 17 of 20 at 24 months are 29 people; alone at 60 they are 17."""
    both = of_people("doe-2020", 12, 14, 24), of_people("roe-2020", 17, 20, 60)
    assert answer(*both).until == 24
    few = of_people("doe-2020", 8, 10, 24), of_people("roe-2020", 9, 10, 60)
    assert answer(*few).until == 0
    assert answer(of_people("doe-2020", 80, 90, 24)).until == 0


def test_nothing_is_told_beyond_the_end():
    """The study that reaches further is named, without a figure."""
    found = answer(of_people("doe-2020", 12, 14, 24), of_people("roe-2020", 17, 20, 60))
    at = found.at(60)
    assert at.figure is None
    assert [item.study for item in at.reaching] == ["roe-2020"]
    assert found.at(24).watched == pytest.approx(12 + 17)


def test_the_figure_is_the_model_of_what_the_studies_say():
    """The same as the model of the same deaths, given by hand."""
    found = answer(
        study("doe-2020", count(DEATH, 1, 20, at=6), count(OS, 17, 20, at=60)),
        study(
            "roe-2020",
            count(DEATH, 5, 25, at={"months": 26, "basis": "mean-follow-up"}),
            n=25,
        ),
    )
    same = deaths_by([6, 60], [19, 17], 20), (deaths_over(5, 25, 26),)
    by_hand = survival_curve(same)
    at = found.at(24)
    middle, ends = by_hand.alive(24)
    assert at.figure.estimate == pytest.approx(middle, abs=1e-6)
    assert at.figure.ci == pytest.approx(ends, abs=1e-6)
    assert at.figure.new_centre == pytest.approx(by_hand.new_centre(24), abs=1e-6)


def test_a_wider_prior_of_the_spread_widens_the_interval():
    """What a person chose reaches the model."""
    studies = [of_people(f"doe-20{i}", 18, 20, 24) for i in range(10, 13)]
    widths = []
    for scale in (0.2, 1.0, 3.0):
        low, high = answer(*studies, tau_prior=scale).at(24).figure.ci
        widths.append(high - low)
    assert widths == sorted(widths)


def test_the_study_that_moves_a_curve_most_is_the_one_unlike_the_others():
    """Nine of ten died in one of four studies."""
    alike = [of_people(f"doe-20{i}", 38, 40, 24) for i in range(10, 13)]
    found = answer(*alike, of_people("odd-2020", 4, 40, 24))
    assert found.without_at == 24
    assert found.moves_most.study == "odd-2020"
    assert found.moves_most.estimate > found.at(24).figure.estimate


def test_bundled_transplantation_rests_on_every_study_that_shares_nobody(bundled):
    """Who says anything of deaths of enough people is in it, or shares people."""
    (hsct,) = survival_curves_of(bundled, OS, ["hsct"]).answers
    evidence = checked_evidence(bundled, "hsct")
    inside = {item.study for item in hsct.selection.included}
    for item in hsct.selection.overlapping:
        assert any((item.study, other) in evidence.overlaps for other in inside)
    for one in inside:
        assert not any((one, other) in evidence.overlaps for other in inside)
    speaking = inside | {item.study for item in hsct.selection.overlapping}
    counts = {
        item.study.id
        for endpoint in (OS, DEATH)
        for results in evidence.results.get(endpoint, {}).values()
        for item in results
        if item.result.condition_specific and not item.result.subgroup and item.time
        if (item.result.n or 0) >= FEWEST_PEOPLE
    }
    assert counts <= speaking
    at = hsct.at(60)
    assert len(at.reaching) >= 4
    assert hsct.people > 200


def test_bundled_survival_never_rises_and_lies_in_its_intervals(bundled):
    """At every time that is told, of both therapies."""
    for found in survival_curves_of(bundled, OS).answers:
        told = [at.figure for at in found.told if at.figure is not None]
        for figure in told:
            low, high = figure.ci
            assert figure.new_centre[0] <= low < figure.estimate < high
            assert high <= figure.new_centre[1]
        falling = [figure.estimate for figure in told]
        assert falling == sorted(falling, reverse=True)


@pytest.mark.parametrize(
    ("endpoint", "said"),
    [
        (TRM, "its deaths are the early ones of `curve overall-survival`"),
        ("relapse", "seldom say whether a death counts in it"),
        ("disease-free-survival", "seldom say whether a death counts in it"),
        ("any-remission", "overall-survival and death have"),
    ],
)
def test_what_has_no_curve_is_refused_with_the_reason(bundled, endpoint, said):
    """And where it is told instead."""
    with pytest.raises(EvidenceError, match=said):
        survival_curves_of(bundled, endpoint)


def test_an_unknown_therapy_is_refused(bundled):
    """With the names that there are."""
    with pytest.raises(UnknownNameError, match="therapy"):
        survival_curves_of(bundled, OS, ["chocolate"])


def test_a_curve_without_error_counts_for_less_than_one_with():
    """84 % of 48 without an error is worth fewer than 48 people."""
    found = answer(
        study(
            "doe-2020",
            estimate(OS, "84", n=48),
            n=48,
            follow_up={"median": "30"},
        ),
        of_people("roe-2020", 17, 20, 60),
    )
    (one, _) = found.selection.included
    assert one.assumed
    assert one.observations[0].alive < 48


def test_those_who_died_are_everybody_else():
    """Each figure, and each without a study, is the complement, ends turned round."""
    studies = [of_people(f"doe-20{i}", 36, 40, 24) for i in range(10, 13)]
    alive = answer(*studies)
    dead = alive.of_deaths()
    one, other = alive.at(24).figure, dead.at(24).figure
    assert other.estimate == pytest.approx(1 - one.estimate)
    assert other.ci == pytest.approx((1 - one.ci[1], 1 - one.ci[0]))
    assert other.new_centre == pytest.approx(
        (1 - one.new_centre[1], 1 - one.new_centre[0])
    )
    for a, d in zip(alive.without, dead.without, strict=True):
        assert (d.study, d.estimate) == (a.study, pytest.approx(1 - a.estimate))
    assert dead.moves_most.study == alive.moves_most.study
