"""Survival in a comparison: from a curve where one reaches, else from the studies."""

import csv
import io
import json
import subprocess
import sys

import pytest
from evidence.made import base_of, count, study
from pages.written import facts, items, part, written
from scipy.stats import beta

from lupus_evidence.compare.comparison import compare
from lupus_evidence.compare.survival_lines import SurvivalFigure
from lupus_evidence.pages.comparison_page import comparison_document
from lupus_evidence.records.load import bundled_folder, load
from lupus_evidence.report.key_findings import fact_rows
from lupus_evidence.stats.deaths import deaths_by
from lupus_evidence.stats.survival import survival_curve
from lupus_evidence.vocabulary import band_for

OS, DEATH = "overall-survival", "death"
BOTH = ("hsct", "msc")
#: Three series of hsct whose people are seen at the times given, and two of msc.
SERIES = {
    "ames-2001": ("hsct", 40, {12: 38, 60: 33}),
    "bell-2004": ("hsct", 30, {12: 27, 24: 26}),
    "cole-2010": ("hsct", 25, {60: 20}),
    "dunn-2012": ("msc", 50, {12: 48}),
    "east-2013": ("msc", 30, {12: 29, 60: 24}),
}


def made(*more, leaving=()):
    """A base of the series, and of other studies."""
    return base_of(
        *(
            study(
                name,
                *(count(OS, alive, n, at=at) for at, alive in seen.items()),
                therapy=therapy,
                n=n,
            )
            for name, (therapy, n, seen) in SERIES.items()
            if name not in leaving
        ),
        *more,
    )


def by_hand(therapy, **choices):
    """The model of the same deaths."""
    return survival_curve(
        [
            deaths_by(list(seen), list(seen.values()), n)
            for given, n, seen in SERIES.values()
            if given == therapy
        ],
        **choices,
    )


def at(found, months):
    """The two figures at a time."""
    (line,) = (line for line in found.survival.lines if line.months == months)
    return line.figures


def rows_of(page):
    """The answer's rows: what is counted, when, and both therapies' cells."""
    (table,) = (
        block for block in page.blocks if getattr(block, "name", "") == "answer"
    )
    return table.rows


def exact(events, n):
    """Clopper and Pearson's interval."""
    return beta.ppf(0.025, events, n - events + 1), beta.ppf(
        0.975, events + 1, n - events
    )


@pytest.fixture(scope="module")
def found():
    """The series side by side."""
    return compare(made(), BOTH)


def test_survival_at_one_two_and_five_years_is_the_model_of_all_deaths(found):
    """At each time and for each therapy, given the same deaths by hand."""
    curve = by_hand("hsct")
    for months in (12, 24, 60):
        figure = at(found, months)[0]
        middle, ends = curve.alive(months)
        assert figure.figure.estimate == pytest.approx(middle, abs=1e-6)
        assert figure.figure.ci == pytest.approx(ends, abs=1e-6)
        assert figure.figure.new_centre == pytest.approx(
            curve.new_centre(months), abs=1e-6
        )


def test_beside_it_stand_the_people_of_studies_that_reach_the_time(found):
    """40, 30 and 25 at one year and at two; at five those of 40 and 25 people."""
    assert [
        (at(found, x)[0].people, len(at(found, x)[0].studies)) for x in (12, 60)
    ] == [
        (40 + 30 + 25, 3),
        (40 + 25, 2),
    ]
    assert at(found, 24)[0].studies == ("ames-2001", "bell-2004", "cole-2010")
    assert at(found, 60)[0].studies == ("ames-2001", "cole-2010")
    assert at(found, 60)[0].ended == ("bell-2004",)
    (cell,) = (
        row["hsct_people"]
        for row in rows_of(comparison_document(found))
        if row["months"] == "60"
    )
    assert (cell.n, cell.studies, cell.mark) == (65, 2, "~")


def test_where_a_curve_has_ended_one_study_has_its_own_count_and_interval(found):
    """24 of 30 at five years, exact; nothing is drawn on beyond the end."""
    _, msc = at(found, 60)
    assert not isinstance(msc, SurvivalFigure)
    (row,) = (x for x in rows_of(comparison_document(found)) if x["months"] == "60")
    people, rate = row["msc_people"], row["msc_rate"]
    assert (people.events, people.n, people.mark) == (24, 30, "")
    assert (rate.low, rate.high) == pytest.approx(exact(24, 30), abs=1e-9)
    assert at(found, 24)[1] is None


def test_the_first_screen_has_survival_once_and_all_has_the_studies_beside(found):
    """Three lines of being alive; with every row the studies of each time follow."""
    first = rows_of(comparison_document(found))
    assert [row["outcome"] for row in first[:3]] == ["Alive", " ", " "]
    assert [row["months"] for row in first[:3]] == ["12", "24", "60"]
    assert "Alive" not in [row["outcome"] for row in first[3:]]
    every = rows_of(comparison_document(found, every=True))
    names = [row["outcome"] for row in every if row["outcome"].startswith("Alive")]
    assert names == ["Alive, one curve", "Alive"]
    assert len(every) == 3 + len(found.rows)
    (ended,) = (row for row in every[:3] if row["months"] == "60")
    assert ended["msc_rate"] == "no curve"


def test_the_mark_is_explained_where_it_stands_and_only_there(found):
    """A reader of ~ finds the command that draws the curve."""
    page = written(found, sections=(), every=False)
    assert "~ `curve overall-survival`" in " ".join(page.split())
    none = compare(made(leaving=("dunn-2012",)), BOTH, endpoints=["any-remission"])
    assert "~" not in written(none, sections=(), every=False)


def test_no_difference_is_worked_out_between_curves(found):
    """Rows of a curve say nothing of another therapy; those of the studies still do."""
    lines = list(csv.DictReader(io.StringIO(written(found, "csv"))))
    curved = [row for row in lines if row["figure"] == "curve"]
    assert len(curved) == 3 + 1
    for row in curved:
        assert row["compared_with"] == row["difference"] == row["risk_ratio"] == ""
    assert any(row["difference"] for row in lines if row["figure"] == "single-study")
    told = items(part(found, "differences"))
    assert len([text for text in told if text.startswith("Alive")]) == len(
        [row for row in found.rows if row.endpoint == OS and row.contrasts]
    )


def test_the_spreadsheet_says_which_figures_come_from_a_curve(found):
    """Full precision, who reaches the time, and who shaped the curve before."""
    lines = list(csv.DictReader(io.StringIO(written(found, "csv"))))
    (row,) = (
        row
        for row in lines
        if (row["figure"], row["therapy"], row["band"]) == ("curve", "hsct", "60")
    )
    middle, (low, high) = by_hand("hsct").alive(60)
    assert float(row["estimate"]) == pytest.approx(middle, abs=1e-6)
    assert (float(row["ci_low"]), float(row["ci_high"])) == pytest.approx(
        (low, high), abs=1e-6
    )
    assert (row["k"], row["people"]) == ("2", "65")
    assert row["included"] == "ames-2001 cole-2010"
    assert row["other_times"] == "bell-2004"
    assert (row["family"], row["endpoint"]) == ("survival", OS)


def test_json_has_each_curve_at_all_its_times(found):
    """Beyond the end there is no figure, and who is known to be alive is told."""
    hsct, msc = json.loads(written(found, "json"))["survival"]
    assert (hsct["therapy"], hsct["until"]) == ("hsct", 60)
    assert (msc["therapy"], msc["until"]) == ("msc", 12)
    told = {one["months"]: one for one in hsct["at"]}
    assert told[60]["estimate"] == pytest.approx(by_hand("hsct").alive(60)[0], abs=1e-6)
    assert (told[60]["studies"], told[60]["people"]) == (2, 65)
    assert told[60]["alive"] == pytest.approx(33 + 20)
    beyond = {one["months"]: one for one in msc["at"]}[60]
    assert (beyond["estimate"], beyond["ci"], beyond["new_centre"]) == (None,) * 3
    assert (beyond["studies"], beyond["people"]) == (1, 30)


def test_the_method_changes_the_pooled_rates_and_not_the_curve(found):
    """And the receipt and the note say so."""
    other = compare(made(), BOTH, method="glmm")
    assert at(other, 24)[0].figure.ci == at(found, 24)[0].figure.ci
    assert "whatever the pooling" in facts(part(other, "receipt"))["survival"]
    page = " ".join(written(other, sections=(), every=False).split())
    assert "whatever the method" in page
    assert "whatever the method" not in written(found, sections=(), every=False)


def test_prior_and_level_reach_the_curve():
    """What a person chose for the rest holds for it too."""
    from lupus_evidence.stats.survival import HazardPriors

    other = compare(made(), BOTH, tau_prior=2.0, level=0.8)
    _, ends = by_hand("hsct", priors=HazardPriors(tau=2.0), level=0.8).alive(24)
    assert at(other, 24)[0].figure.ci == pytest.approx(ends, abs=1e-6)
    assert "HalfNormal(2)" in facts(part(other, "receipt"))["survival"]


def test_times_asked_for_are_those_told():
    """At three years, not at one, two and five."""
    bands = [band_for(OS, 36, None)]
    found = compare(made(), BOTH, endpoints=[OS], bands=bands)
    assert [line.months for line in found.survival.lines] == [36]
    assert at(found, 36)[0].figure.estimate == pytest.approx(
        by_hand("hsct").alive(36)[0], abs=1e-6
    )


def test_deaths_are_told_where_deaths_were_asked_for():
    """The same curve from the other side, under its own name everywhere."""
    found = compare(made(), BOTH, endpoints=[DEATH])
    figure, _ = at(found, 60)
    middle, (low, high) = by_hand("hsct").alive(60)
    assert figure.figure.estimate == pytest.approx(1 - middle, abs=1e-6)
    assert figure.figure.ci == pytest.approx((1 - high, 1 - low), abs=1e-6)
    lines = csv.DictReader(io.StringIO(written(found, "csv")))
    assert {(r["family"], r["endpoint"]) for r in lines if r["figure"] == "curve"} == {
        ("harm", DEATH)
    }
    first = rows_of(comparison_document(found, every=True))[0]
    assert first["outcome"] == "Died, any cause, one curve"
    assert "had died after 1 year" in " ".join(items(part(found, "plain")))


@pytest.mark.thorough
def test_other_outcomes_pay_nothing_for_the_curve():
    """Neither the model nor its tables are loaded."""
    code = (
        "import sys; from lupus_evidence import api; base = api.load(); "
        "found = api.compare(base, ['hsct', 'msc'], endpoints=['any-remission']); "
        "print(found.survival.answers, 'lupus_evidence.stats.survival' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["()", "False"]


def test_without_a_curve_the_studies_of_a_time_tell_survival():
    """One study a therapy: their counts, unmarked, as ever."""
    alone = made(leaving=("bell-2004", "cole-2010", "dunn-2012"))
    found = compare(alone, BOTH)
    assert found.survival.lines == ()
    rows = {row["months"]: row for row in rows_of(comparison_document(found))}
    assert (rows["12"]["hsct_people"].events, rows["12"]["hsct_people"].n) == (38, 40)
    assert "~" not in written(found, sections=(), every=False)
    assert "survival" not in facts(part(found, "receipt"))


def test_a_time_reported_without_a_usable_number_is_not_called_unreported():
    """Someone counted survivors at two years, of survivors only."""
    told = count(OS, 10, 12, at=24, among="survivors")
    found = compare(made(study("fox-2014", told, n=12)), BOTH)
    (row,) = (x for x in rows_of(comparison_document(found)) if x["months"] == "24")
    assert row["msc_rate"] != "no study"


def test_few_people_are_few_where_few_reach_the_time(found):
    """105 in 4 at one year are not, 65 in 2 at five are: certainty says so there."""
    many = study("fry-2015", count(OS, 9, 10), therapy="hsct", n=10)
    other = compare(made(many), BOTH)
    assert "few-people" not in at(other, 12)[0].certainty.codes
    assert "few-people" in at(other, 60)[0].certainty.codes
    assert "two-studies" in at(other, 60)[0].certainty.codes
    assert "few-people" in at(found, 12)[0].certainty.codes


def test_the_summary_of_findings_has_the_curve_with_its_footnote(found):
    """Of 100 people, with who reaches the time and what 'one curve' means."""
    page = comparison_document(found, findings=True)
    (table,) = (x for x in page.blocks if getattr(x, "name", "") == "different_studies")
    curved = [row for row in table.rows if "one curve" in str(row["people"])]
    assert [(row["outcome"], row["people"]) for row in curved] == [
        ("Alive, at 12 months", "95 (3), one curve"),
        ("Alive, at 12 months", "80 (2), one curve"),
        ("Alive, at 24 months", "95 (3), one curve"),
        ("Alive, at 60 months", "65 (2), one curve"),
    ]
    assert all(row["rate"].unit == "per 100" for row in curved)
    text = " ".join(written(found, findings=True, sections=()).split())
    assert "'one curve': survival from one model" in text


def test_the_fact_box_tells_the_latest_time_and_the_earlier_ones(found):
    """Five years, where both speak; the first year of donor cells from their curve."""
    (row,) = (row for row in fact_rows(found) if row.endpoint == OS)
    hsct, msc = row.facts
    assert (hsct.people, sorted(hsct.studies)) == (65, ["ames-2001", "cole-2010"])
    assert [one.at.months for one in hsct.earlier] == [12, 24]
    assert (msc.people, msc.studies) == (30, frozenset({"east-2013"}))
    assert [one.at.months for one in msc.earlier] == [12]
    assert row.same_time


def test_the_bundled_records_tell_survival_as_their_curves_do():
    """What `curve` and `compare` say of one time is one number."""
    from lupus_evidence.compare.survival import survival_curves_of

    base = load(bundled_folder("studies"))
    found = compare(base, BOTH)
    curves = survival_curves_of(base, OS, BOTH).answers
    for place, answer in enumerate(curves):
        for line in found.survival.lines:
            figure, told = line.figures[place], answer.at(line.months)
            assert isinstance(figure, SurvivalFigure) == (told.figure is not None)
            if isinstance(figure, SurvivalFigure):
                assert figure.figure.estimate == told.figure.estimate
                assert figure.figure.ci == told.figure.ci
    entering = {study for people in found.people for study in people.studies}
    assert entering >= {x.study for one in curves for x in one.selection.included}
