import pytest
from evidence.made import base_of, count, study

from lupus_evidence.compare.comparison import compare
from lupus_evidence.pages.sensitivity_tables import UNFIT, sensitivity_tables
from lupus_evidence.stats.indirect_contrasts import compare_rates, typical_rate
from lupus_evidence.stats.pooling import METHODS, pool
from lupus_evidence.stats.proportions import interval


@pytest.fixture
def flipping():
    """An overlap whose solution decides which therapy is ahead."""
    return base_of(
        study("a-1", count("death", 9, 30), n=30, year=2010, therapy="hsct"),
        study(
            "b-1",
            count("death", 1, 29),
            n=29,
            year=2020,
            therapy="hsct",
            shares=["a-1"],
        ),
        study("c-1", count("death", 5, 30), n=30),
    )


def both(base):
    """Figures and differences under every choice."""
    found = compare(base, ["hsct", "msc"], endpoints=["death"], sensitivity=True)
    hsct = [item for item in found.variants if item.therapy == "hsct"]
    return found, hsct, found.difference_variants


def test_every_choice_is_tried_one_at_a_time(flipping):
    """The printed one first; then prior, results, and the estimators at the end."""
    found, figures, differences = both(flipping)
    choices = [item.analysis.choice for item in figures]
    assert choices == [item.analysis.choice for item in differences]
    # priors 0.5 and 2; two more overlap rules; readings, abstracts; at least 1 and 10
    # people (5 is the rule); three more ways to take a curve without an error; what
    # fails a check
    others = ["tau-prior"] * 2 + ["overlap"] * 2 + ["readings", "abstracts"]
    others += ["fewest-people"] * 2 + ["assumed-error"] * 3 + ["failing"]
    estimators = ["estimator"] * (len(METHODS) - 1)
    assert choices == ["printed", *others, *estimators]
    assert figures[0].analysis.rules == found.receipt.rules
    assert figures[0].analysis.method == "bayes"


def test_the_printed_line_is_the_printed_figure(flipping):
    """Figure and difference, to the last digit."""
    found, figures, differences = both(flipping)
    (row,) = found.rows
    cell, (contrast,) = row.cells[0], row.contrasts
    assert (figures[0].estimate, figures[0].ci) == (cell.estimate, cell.ci)
    assert figures[0].moved == 0
    effect = contrast.indirect.risk_difference
    assert (differences[0].difference, differences[0].ci) == (
        effect.estimate,
        effect.ci,
    )
    assert not differences[0].flips


def test_a_choice_that_moves_an_interval_is_marked(flipping):
    """1 of 29 instead of 9 of 30 moves the interval; other priors do not."""
    _, figures, _ = both(flipping)
    latest = next(i for i in figures if i.analysis.rules.overlap == "latest")
    exact = interval(9, 30, method="exact"), interval(1, 29, method="exact")
    moved = max(abs(a - b) for a, b in zip(*exact, strict=True))
    assert moved > 0.1
    assert latest.moved == pytest.approx(moved)
    assert latest.marked
    priors = [item for item in figures if item.analysis.choice == "tau-prior"]
    assert not any(item.marked for item in priors)


def test_a_conclusion_that_flips_is_marked(flipping):
    """Counting the later of two overlapping reports turns more deaths into fewer."""
    _, _, differences = both(flipping)
    by_rule = {item.analysis.rules.overlap: item for item in reversed(differences)}
    rates = {
        name: typical_rate(*counts).estimate
        for name, counts in {"a": (9, 30), "b": (1, 29), "c": (5, 30)}.items()
    }
    assert by_rule["largest"].rates == (rates["a"], rates["c"])
    assert by_rule["latest"].rates == (rates["b"], rates["c"])
    effect = compare_rates(((1,), (29,)), ((5,), (30,))).risk_difference
    assert by_rule["latest"].difference == effect.estimate
    assert "direction" in by_rule["latest"].flips


def test_a_single_study_stands_under_every_estimator_as_printed(flipping):
    """No estimator can tell how far one centre is from others, so none moves it."""
    _, figures, _ = both(flipping)
    estimators = [i for i in figures if i.analysis.choice in ("printed", "estimator")]
    assert len(estimators) == len(METHODS)
    assert len({(item.estimate, item.ci) for item in estimators}) == 1


def test_a_bound_is_one_under_other_priors_too():
    """Nobody of 20 and 20: a wider prior gives another bound, which is told."""
    base = base_of(
        *(study(f"{n}-1", count("death", 0, 20), therapy="hsct") for n in "ab")
    )
    _, figures, _ = both(base)
    wide = next(i for i in figures if i.analysis.tau_prior == 2)
    printed = figures[0].bound.model
    assert wide.moved == pytest.approx(wide.bound.model - printed)
    assert wide.marked
    page = " ".join(map(str, figure_rows(base)))
    assert "no change" in page
    assert "tau's prior 2" not in page.split("no change")[1]


def figure_rows(base, endpoint="death"):
    """The lines of the table of figures under other choices."""
    found = compare(base, ["hsct", "msc"], endpoints=[endpoint], sensitivity=True)
    table, *_ = sensitivity_tables(found, found.rows, differences=False)
    return table.rows


def test_choices_without_effect_share_one_line(flipping):
    """Nothing but the overlap rule moves one study's rate, and that has a line."""
    rows = [row for row in figure_rows(flipping) if row["question"].endswith("hsct")]
    choices = [row["choice"] for row in rows]
    assert choices[0] == "as printed"
    assert choices[1:3] == ["overlap latest", "overlap keep-all"]
    assert choices[3].startswith("no change: tau's prior 0.5")
    assert choices[3].endswith("freeman-tukey")
    assert len(rows) == 4
    assert rows[1]["moves"].startswith("MOVES")


def test_where_nothing_moves_that_is_all_that_is_said(flipping):
    """5 of 30 is 5 of 30 under every choice."""
    rows = [row for row in figure_rows(flipping) if row["question"].endswith("msc")]
    assert [row["choice"] for row in rows] == [
        "as printed",
        "no change: every other choice",
    ]


def test_estimators_unfit_for_so_few_studies_say_so():
    """With three studies that is all but the default; with four not the GLMM."""
    counts = ((2, 20), (5, 20), (9, 20), (4, 20))
    for k in (3, 4):
        base = base_of(
            *(
                study(f"{name}-1", count("death", *pair))
                for name, pair in zip("abcd"[:k], counts, strict=False)
            )
        )
        lines = [row["choice"] for row in figure_rows(base)]
        assert any(line.startswith("reml") and UNFIT in line for line in lines)
        glmm = next(line for line in lines if line.startswith("glmm"))
        assert (UNFIT in glmm) == (k == 3)


def test_differences_under_other_choices_need_both_flags(flipping):
    """They are shown with `--differences` only."""
    found, _, _ = both(flipping)
    names = [
        [table.name for table in sensitivity_tables(found, found.rows, differences=on)]
        for on in (False, True)
    ]
    assert names == [["variants"], ["variants", "difference_variants"]]


def test_each_study_is_left_out_in_turn():
    """The figure without a study is the pooled estimate of the others."""
    files = [
        study(f"{name}-1", count("death", events, 20))
        for name, events in (("a", 2), ("b", 5), ("c", 9))
    ]
    found = compare(
        base_of(*files), ["hsct", "msc"], endpoints=["death"], sensitivity=True
    )
    without = found.rows[0].cells[1].without
    assert [item.study for item in without] == ["a-1", "b-1", "c-1"]
    assert without[0].estimate == pool([5, 9], [20, 20]).estimate


def test_sensitivity_is_only_there_on_request(flipping):
    """Without being asked nothing is tried."""
    found = compare(flipping, ["hsct", "msc"])
    assert not found.variants
    assert not found.difference_variants
    assert not any(cell.without for row in found.rows for cell in row.cells)
