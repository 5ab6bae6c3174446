"""Survival is judged at the claim's own time, by all studies together."""

import pytest
from audit.made import cited, codes, figures, found, percents, rate, values

from lupus_evidence.audit import audit, recorded_figures
from lupus_evidence.audit.articles import articles_beside
from lupus_evidence.compare.survival import survival_answer, survival_curves_of
from lupus_evidence.pages.audit import audit_answer
from lupus_evidence.records.load import load

ALIVE = "endpoint: overall-survival, among: treated"
#: Of three studies 285 of 300 people are alive at 1 year, 270 of 300 at 3 years.
EVENTS = {12: (93, 95, 97), 36: (88, 90, 92)}


@pytest.fixture
def three(world):
    """A world of three studies of 100 people each, counted at 1 and at 3 years."""
    for number in range(3):
        lines = (
            f"{ALIVE}, at: {months}, events: {events[number]}, n: 100"
            for months, events in EVENTS.items()
        )
        world.study(f"s{number + 1}-2015", *lines, n=100)
    return world


def alive(percent, months=36, **options):
    """A claim that so many were alive."""
    return rate(percent, months=months, endpoint="overall-survival", **options)


def dead(percent, months=36, figure=", time: within", **options):
    """A claim that so many had died."""
    options = {"months": months, "endpoint": "death", **options}
    return rate(percent, figure=figure, **options)


def curve(world):
    """What `curve` says of the cells in a world."""
    curves = survival_curves_of(load(world.records), "overall-survival", ["msc"])
    return curves.answers[0]


def told(verdict):
    """The figure of all studies together that a verdict tells."""
    return found(verdict, "survival-curve").values["point"]


def verdicts(world, *claims):
    """The verdicts on the claims of one article."""
    return [claim.verdict for claim in world.audit(*claims).articles[0].claims]


def test_the_figure_is_the_curves_at_exactly_that_time(three):
    """Between the times at which people were counted too; the rest had died."""
    times = (6, 12, 18, 24, 30, 36)
    lived = verdicts(three, *(alive(50, months) for months in times))
    died = verdicts(three, *(dead(50, months) for months in times))
    answer = curve(three)
    for months, one, other in zip(times, lived, died, strict=True):
        at, point, rest = answer.at(months), told(one), told(other)
        assert point.months == rest.months == months
        assert (point.rate.estimate, point.rate.low, point.rate.high) == (
            *(at.figure.estimate, *at.figure.ci),
        )
        assert (rest.rate.estimate, rest.rate.low, rest.rate.high) == (
            *(1 - at.figure.estimate, 1 - at.figure.ci[1], 1 - at.figure.ci[0]),
        )
        assert (point.people, len(point.studies), point.reaching) == (300, 3, 3)


def test_a_claim_within_the_interval_is_not_called_wrong(three):
    """From one end to the other; a point and a half beyond it is."""
    answer, claimed = curve(three), []
    for months in (12, 24, 36):
        low, high = answer.at(months).figure.ci
        claimed += [
            ("within the studies", 100 * low + 0.1, months),
            ("within the studies", 100 * high - 0.1, months),
            ("overstated", 100 * high + 1.5, months),
            ("understated", 100 * low - 1.5, months),
        ]
    words = [word for word, *_ in claimed]
    good = (alive(f"{value:.2f}", months) for _, value, months in claimed)
    bad = (dead(f"{100 - value:.2f}", months) for _, value, months in claimed)
    assert [verdict.word for verdict in verdicts(three, *good)] == words
    assert [verdict.word for verdict in verdicts(three, *bad)] == words


def test_the_curve_is_told_with_the_single_studies_beside(three):
    """From the highest to the lowest; between their times the curve alone."""
    verdict = three.verdict(alive("89.4"))
    whole, single = verdict.sentences
    assert (whole.code, single.code) == ("survival-curve", "single-studies")
    point = whole.values["point"]
    assert (len(point.studies), point.people, point.reaching) == (3, 300, 3)
    assert (point.endpoint, point.months, percents(point.rate)[0]) == (
        *("overall-survival", 36, 90),
    )
    assert figures(single.values) == [
        (f"s{number}-2015", events, 100, "overall-survival", 36)
        for number, events in ((3, 92), (2, 90), (1, 88))
    ]
    assert [percents(item.counted.rate) for item in single.values["figures"]] == [
        *((92, 85, 96), (90, 83, 94), (88, 80, 93)),
    ]
    (between,) = three.verdict(dead("6", 20)).sentences
    point = between.values["point"]
    assert (point.endpoint, point.months, percents(point.rate)[0]) == ("death", 20, 7)


def test_between_the_times_of_single_studies_the_curve_alone_answers(three):
    """No study counted anybody at two years, and 60 % is too few."""
    verdict = three.verdict(alive(60, 24))
    assert verdict.word == "understated"
    assert codes(verdict) == [
        "survival-curve",
        "figure-not-found",
        "outside-the-pooled-interval",
    ]
    assert len(verdict.sentences) == 1


def test_a_study_that_reports_the_figure_is_found_all_the_same(three):
    """The highest of three is the flattering one."""
    verdict = three.verdict(alive(92))
    assert verdict.word == "supported, context missing"
    assert verdict.rests_on == (("s3-2015", 1),)
    assert "flattering-end-of-the-range" in codes(verdict)
    assert codes(verdict)[:2] == ["survival-curve", "figure-found"]


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (alive(70, figure=", bound: over"), "supported"),
        (alive(70, 24, figure=", bound: over"), "supported"),
        (alive(89, 24, figure=", bound: at-least"), "within the studies"),
        (alive(97, figure=", bound: over"), "overstated"),
        (alive(60, 24, figure=", bound: under"), "understated"),
        (dead(30, 24, figure=", bound: under"), "supported"),
        (dead(2, 24, figure=", bound: under"), "overstated"),
        (dead(20, 24, figure=", bound: over"), "understated"),
        (alive(80, 24, figure=', to: "98"'), "within the studies"),
        (alive(60, 24, figure=', to: "90"'), "understated"),
    ],
)
def test_over_and_under_are_held_against_the_interval(three, claim, word):
    """A true lower bound is not called too gloomy; each end of a range is a claim."""
    assert three.verdict(claim).word == word


def test_a_bound_that_the_whole_interval_bears_out_says_so(three):
    """No study was counted at two years, so none is said to bear it out."""
    verdict = three.verdict(alive(70, 24, figure=", bound: over"))
    assert values(verdict, "bound-holds") == {"cited": False, "together": True}


@pytest.mark.parametrize(
    "line",
    ["months: 48", "months: 36, time: at-least", "months: 36, time: up-to", ""],
)
def test_other_times_are_judged_as_before(three, line):
    """Later than the curve, open to one side, or none at all."""
    item = f'{{endpoint: overall-survival, {line}{", " if line else ""}percent: "99"}}'
    verdict = three.verdict(f"kind: rate, therapy: msc, figures: [{item}]")
    assert "survival-curve" not in codes(verdict)
    assert ("survival-curve-ends" in codes(verdict)) is (line == "months: 48")


def test_where_the_curve_has_ended_the_studies_of_that_time_are_compared(three):
    """And where it ends is said, also where no study says anything so late."""
    three.study("late-2018", f"{ALIVE}, at: 60, events: 50, n: 60", n=60)
    verdict = three.verdict(alive(99, 60))
    assert verdict.word == "overstated"
    assert codes(verdict)[:2] == ["survival-curve-ends", "figure-not-found"]
    ends, reports = verdict.sentences
    assert (ends.code, ends.values["months"]) == ("survival-curve-ends", 36)
    assert (reports.code, reports.values["endpoint"]) == ("reports", "overall-survival")
    never = three.verdict(alive(99, 120))
    assert never.word == "not found"
    assert codes(never) == ["survival-curve-ends", "figure-not-found"]


def test_two_studies_of_few_people_make_no_curve(world):
    """Nothing is said of a curve that there is not."""
    world.studies(f"{ALIVE}, at: 12", 8, 9, n=10)
    verdict = world.verdict(alive(85, 12))
    assert not {"survival-curve", "survival-curve-ends"} & set(codes(verdict))


@pytest.mark.parametrize(
    "claim",
    [
        cited(80, study="s1-2015", months=36, endpoint="overall-survival"),
        alive(80, more=", who: children"),
        alive(80, figure=", among: responders"),
        rate(80, months=36, endpoint="disease-free-survival"),
    ],
)
def test_one_study_and_some_of_the_people_are_not_the_curves(three, claim):
    """A study that is named is judged by its own record, children by children."""
    assert "survival-curve" not in codes(three.verdict(claim))


def test_a_named_study_keeps_its_own_figure(three):
    """90 % is within the curve, and not what it prints."""
    claim = cited(90, study="s1-2015", months=36, endpoint="overall-survival")
    verdict = three.verdict(claim)
    assert verdict.word == "overstated"
    assert codes(verdict)[0] == "study-says-otherwise"


def test_one_group_of_people_may_lie_where_a_new_centre_would(three):
    """85 % of 40 people is not 85 % of everybody treated; a review speaks of all."""
    new = curve(three).at(24).figure.new_centre
    assert new[0] < 0.85 < curve(three).at(24).figure.ci[0]
    assert three.verdict(alive(85, 24)).word == "understated"
    verdict = three.verdict(alive(85, 24, more=", people: 40"))
    assert verdict.word == "within the studies"
    point = told(verdict)
    assert (point.one_group, point.new_centre) == (True, new)
    review = three.verdict(alive(85, 24, more=", people: 40, review: true"))
    assert review.word == "understated"


def test_that_everybody_lived_needs_more_than_a_small_study(three):
    """10 of 10 people were alive; of 300 others 15 had died."""
    three.study("small-2016", f"{ALIVE}, at: 12, events: 10, n: 10", n=10)
    assert three.verdict(alive(100, 12)).word == "overstated"
    assert three.verdict(dead(0, 12)).word == "contradicted"


def test_where_no_study_saw_a_death_nobody_is_no_lie(world):
    """The studies are too small to show it, and that is said."""
    world.studies(f"{ALIVE}, at: 12", 15, 15, n=15)
    claims = alive(100, 12), dead(0, 12), alive(100, 8), dead(0, 8)
    words = [verdict.word for verdict in verdicts(world, *claims)]
    assert words == ["within the studies"] * 4


def test_a_kind_of_cells_is_judged_by_its_own_curve_then_by_the_wider(three):
    """Nobody counted marrow cells alone: those of any source answer."""
    assert told(three.verdict(alive(50, therapy="bm-msc"))).therapy == "msc"
    arms = "  cells: {therapy: bm-msc, n: 60}"
    for name, events in (("b1-2018", 55), ("b2-2019", 57)):
        three.study(name, f"{ALIVE}, at: 24, events: {events}, n: 60", arms=arms)
    assert told(three.verdict(alive(50, 24, therapy="bm-msc"))).therapy == "bm-msc"


def test_each_therapys_curve_is_worked_out_once_and_only_if_asked(three, monkeypatch):
    """Twenty claims of survival need one; claims of anything else none."""
    asked = []

    def counting(evidence, choices):
        asked.append(evidence.therapy)
        return survival_answer(evidence, choices)

    monkeypatch.setattr(recorded_figures, "survival_answer", counting)
    three.audit(rate(40), rate(40, endpoint="relapse"), alive(90, None))
    assert asked == []
    three.audit(*(alive(80 + number, 24) for number in range(20)))
    assert asked == ["msc"]


def test_the_curve_stands_in_data_as_no_studys_figure(three):
    """Basis "curve", with people, studies and interval, and without a place."""
    answer = audit_answer(three.audit(alive(60, 24)))
    (claim,) = answer.data()["articles"][0]["claims"]
    item = claim["findings"][0]["evidence"][0]
    at = curve(three).at(24)
    assert item["basis"] == "curve"
    assert (item["study"], item["file"], item["line"]) == (None, None, None)
    assert (item["studies"], item["n"], item["months"]) == (3, 300, 24)
    assert (item["rate"], item["low"], item["high"]) == (
        at.figure.estimate,
        *at.figure.ci,
    )
    rows = answer.tables()[0].rows
    row = next(row for row in rows if row["finding"] == "survival-curve")
    assert (row["basis"], row["studies"], row["n"]) == ("curve", 3, 300)
    assert (row["rate"], row["low"], row["high"]) == (at.figure.estimate, *at.figure.ci)


def test_what_a_user_reads_of_three_years_after_a_transplant(tmp_path):
    """The bundled records: 88 of 100 people, and the one study of that time."""
    page = tmp_path / "page.txt"
    page.write_text(
        "90 % of patients were alive three years after autologous stem cell "
        "transplantation for lupus.",
        encoding="utf-8",
    )
    base = load()
    (article,) = audit(base, articles_beside(None, [page], base, ())).articles
    (claim,) = article.claims
    assert claim.verdict.word == "supported"
    whole, single = claim.verdict.sentences
    point = whole.values["point"]
    assert (point.endpoint, point.months) == ("overall-survival", 36)
    assert percents(point.rate) == (88, 79, 94)
    assert (len(point.studies), point.people, point.reaching) == (9, 225, 4)
    assert single.values["figure"].study == "jinling-2014"
