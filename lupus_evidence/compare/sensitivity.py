"""What each figure and difference would be under other choices.

The first line is the printed figure itself. Then come the choices in the order of
what they decide here: the prior of the spread, which of several studies with shared
people count, second-hand readings, conference abstracts, the fewest people, the risk of
bias where anybody has judged it; last the other estimators, those marked that
simulation found unfit at these sizes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from lupus_evidence.compare.cells import Pooled, SingleStudy
from lupus_evidence.evidence.rate_selection import choose_alike
from lupus_evidence.evidence.selection import (
    ASSUMED_ERRORS,
    OVERLAP_RULES,
    PRIMARY_READINGS,
)
from lupus_evidence.stats.proportions import difference_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lupus_evidence.compare.cells import Cell, Contrast, Ends, Figure, Row
    from lupus_evidence.compare.figures import Pooling
    from lupus_evidence.evidence.selection import Selection, SelectionRules
    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.stats.estimates import Bound
    from lupus_evidence.stats.pooling import Method
    from lupus_evidence.vocabulary import Band, Scope

Choice = Literal[
    "printed",
    "tau-prior",
    "overlap",
    "readings",
    "abstracts",
    "fewest-people",
    "assumed-error",
    "failing",
    "bias",
    "estimator",
]

#: Scales of the half-normal prior of tau: between-study spreads of odds ratios lie
#: mostly below 0.5, those of single-arm rates up to 2 (docs/methods.md).
PRIOR_SCALES = (0.5, 1.0, 2.0)
#: Everybody counts; only larger studies do.
FEWEST = (1, 5, 10)
#: Estimators with simulated coverage near what they promise; GLMM from this many
#: studies on (docs/methods.md, "Which default").
FIT_ESTIMATORS = ("bayes", "glmm")
LEAST_STUDIES_FOR_GLMM = 4
#: An interval's end that moves by this much is marked.
MARKED = 0.10


@dataclass(frozen=True)
class Analysis:
    """One set of choices.

    Parameters
    ----------
    choice : str
        What it changes; "printed" is the comparison's own.
    method : str
        Estimator.
    tau_prior : float
        Scale of the half-normal prior of the spread.
    rules : SelectionRules
        Choice of results.
    """

    choice: Choice
    method: Method
    tau_prior: float
    rules: SelectionRules


@dataclass(frozen=True)
class FigureVariant:
    """A figure under one analysis.

    Parameters
    ----------
    endpoint, scope, therapy : str
        Of which figure.
    band : Band
        At what time.
    analysis : Analysis
        Under which choices.
    k, people : int
        Studies and people in it.
    estimate : float or None
        Proportion in 0-1; None where there is none.
    ci : tuple of float or None
        Its interval.
    moved : float or None
        How far the end of the interval that moves most, or the bound, is from the
        printed one.
    unfit : bool
        Whether simulation found the estimator unfit for so few studies.
    bound : Bound or None
        Instead of rate and interval, where everyone or no one had the outcome.
    """

    endpoint: str
    scope: Scope
    therapy: str
    band: Band
    analysis: Analysis
    k: int
    people: int
    estimate: float | None
    ci: Ends | None
    moved: float | None
    unfit: bool
    bound: Bound | None = None

    @property
    def marked(self) -> bool:
        """Whether the choice moves the interval by 10 points or more."""
        return self.moved is not None and self.moved >= MARKED


@dataclass(frozen=True)
class DifferenceVariant:
    """A difference under one analysis.

    Parameters
    ----------
    endpoint, scope, first, second : str
        The difference is first minus second.
    band : Band
        At what time.
    analysis : Analysis
        Under which choices.
    rates : tuple of float
        Each side's median rate, proportions in 0-1.
    k : tuple of int
        Studies on each side.
    difference : float
        Proportion, -1 to 1.
    ci : tuple of float
        Its interval.
    flips : tuple of str
        "direction" if the sign changes, "clarity" if the interval leaves out no
        difference where the printed one does not, or the reverse.
    unfit : bool
        Whether simulation found the estimator unfit for so few studies.
    """

    endpoint: str
    scope: Scope
    first: str
    second: str
    band: Band
    analysis: Analysis
    rates: tuple[float, float]
    k: tuple[int, int]
    difference: float
    ci: Ends
    flips: tuple[str, ...]
    unfit: bool


def analyses(
    rules: SelectionRules, pooling: Pooling, *, judged: bool = False
) -> tuple[Analysis, ...]:
    """Return the printed analysis and every one that changes one choice.

    Parameters
    ----------
    rules : SelectionRules
        Those of the comparison.
    pooling : Pooling
        That of the comparison.
    judged : bool
        Whether anybody has judged the risk of bias of a study that counts.
    """
    found = [Analysis("printed", pooling.method, pooling.tau_prior, rules)]
    if pooling.method == "bayes":
        found += [
            Analysis("tau-prior", "bayes", scale, rules)
            for scale in PRIOR_SCALES
            if scale != pooling.tau_prior
        ]
    found += [
        Analysis(choice, pooling.method, pooling.tau_prior, other)
        for choice, other in _choices(rules, judged=judged)
        if other != rules
    ]
    found += [
        Analysis("estimator", method, pooling.tau_prior, rules)
        for method in _estimators()
        if method != pooling.method
    ]
    return tuple(found)


def _choices(
    rules: SelectionRules, *, judged: bool
) -> Iterator[tuple[Choice, SelectionRules]]:
    """Yield the rules with one of them changed."""
    for overlap in OVERLAP_RULES:
        yield "overlap", replace(rules, overlap=overlap)
    readings = () if rules.readings else PRIMARY_READINGS
    yield "readings", replace(rules, readings=readings)
    yield "abstracts", replace(rules, include_abstracts=not rules.include_abstracts)
    for fewest in FEWEST:
        yield "fewest-people", replace(rules, min_n=fewest)
    for assumed in ASSUMED_ERRORS:
        yield "assumed-error", replace(rules, assumed_error=assumed)
    yield "failing", replace(rules, include_failing=not rules.include_failing)
    if judged and rules.max_bias in {None, "high"}:
        unjudged = rules.max_bias is None
        yield "bias", replace(rules, max_bias="some", keep_unjudged=unjudged)


def _estimators() -> tuple[Method, ...]:
    """Return every estimator, those fit for few studies first."""
    from lupus_evidence.stats.pooling import METHODS

    return tuple(sorted(METHODS, key=lambda method: method not in FIT_ESTIMATORS))


def figure_variants(
    rows: Sequence[Row],
    evidence: Sequence[TherapyEvidence],
    rules: SelectionRules,
    pooling: Pooling,
) -> tuple[FigureVariant, ...]:
    """Return each figure under every analysis, the printed one first.

    Parameters
    ----------
    rows : sequence of Row
        Rows of the comparison.
    evidence : sequence of TherapyEvidence
        One for each therapy, in the rows' order of cells.
    rules : SelectionRules
        Those of the comparison.
    pooling : Pooling
        That of the comparison.
    """
    found = []
    for row in rows:
        wanted = analyses(rules, pooling, judged=_judged(row.cells))
        chosen = _chosen(row, evidence, wanted)
        for place, cell in enumerate(row.cells):
            if cell.k:
                found += [
                    _figure_variant(row, cell, analysis, sides[place], pooling)
                    for analysis, sides in chosen
                    if analysis.choice != "bias" or _judged([cell])
                ]
    return tuple(found)


def _judged(cells: Sequence[Cell]) -> bool:
    """Tell whether anybody has judged the risk of bias of a study that counts."""
    return any(
        study.record.appraisal for cell in cells for study in cell.selection.included
    )


def _chosen(
    row: Row, evidence: Sequence[TherapyEvidence], wanted: Sequence[Analysis]
) -> list[tuple[Analysis, tuple[Selection, ...]]]:
    """Return the selections of a row under each analysis, each set of rules once."""
    known: dict[SelectionRules, tuple[Selection, ...]] = {}
    for analysis in wanted:
        if analysis.rules not in known:
            known[analysis.rules] = choose_alike(
                evidence, row.endpoint, row.scope, row.band, analysis.rules
            )
    return [(analysis, known[analysis.rules]) for analysis in wanted]


def _figure_variant(
    row: Row, cell: Cell, analysis: Analysis, side: Selection, pooling: Pooling
) -> FigureVariant:
    """Work one figure out."""
    figure = pooling.figure(side, analysis.method, analysis.tau_prior)
    estimate, ci = _told(figure)
    bound, printed = _bound(figure), _bound(cell.figure)
    moved = None
    if ci is not None and cell.ci is not None:
        moved = max(abs(ci[0] - cell.ci[0]), abs(ci[1] - cell.ci[1]))
    elif bound is not None and printed is not None:
        moved = abs(bound.model - printed.model)
    return FigureVariant(
        row.endpoint,
        row.scope,
        cell.therapy,
        row.band,
        analysis,
        len(side.included),
        side.people,
        estimate,
        ci,
        moved,
        _unfit(analysis.method, len(side.included)),
        bound,
    )


def _bound(figure: Figure) -> Bound | None:
    """Return what stands instead of a rate where everyone or no one had the outcome."""
    return figure.estimate.bound if isinstance(figure, Pooled) else None


def _told(figure: Figure) -> tuple[float | None, Ends | None]:
    """Return a figure's rate and interval as they are printed."""
    match figure:
        case Pooled(estimate):
            return estimate.estimate, estimate.ci
        case SingleStudy(study, low, high):
            return study.rate, (low, high)
        case _:
            return None, None


def _unfit(method: Method, k: int) -> bool:
    """Tell whether simulation found an estimator unfit for so many studies."""
    if method not in FIT_ESTIMATORS:
        return True
    return method == "glmm" and 1 < k < LEAST_STUDIES_FOR_GLMM


def difference_variants(
    rows: Sequence[Row],
    evidence: Sequence[TherapyEvidence],
    rules: SelectionRules,
    pooling: Pooling,
) -> tuple[DifferenceVariant, ...]:
    """Return each difference under every analysis, the printed one first.

    Parameters
    ----------
    rows, evidence, rules, pooling
        As for `figure_variants`.
    """
    found: list[DifferenceVariant] = []
    for row in rows:
        if not row.contrasts:
            continue
        wanted = analyses(rules, pooling, judged=_judged(row.cells))
        chosen = _chosen(row, evidence, wanted)
        names = [item.therapy for item in evidence]
        for contrast in row.contrasts:
            a, b = names.index(contrast.first), names.index(contrast.second)
            for analysis, sides in chosen:
                pair = sides[a], sides[b]
                variant = _difference_variant(row, contrast, analysis, pair, pooling)
                found += [variant] if variant is not None else []
    return tuple(found)


def _difference_variant(
    row: Row,
    contrast: Contrast,
    analysis: Analysis,
    sides: tuple[Selection, Selection],
    pooling: Pooling,
) -> DifferenceVariant | None:
    """Work one difference out, where both sides have an estimate."""
    rates = [_typical(side, analysis, pooling) for side in sides]
    first, second = rates
    if first is None or second is None:
        return None
    effect = _difference(analysis, sides, (first, second), pooling)
    printed = contrast.indirect.risk_difference
    k = len(sides[0].included), len(sides[1].included)
    return DifferenceVariant(
        row.endpoint,
        row.scope,
        contrast.first,
        contrast.second,
        row.band,
        analysis,
        (first[0], second[0]),
        k,
        *effect,
        _flips((printed.estimate, printed.ci), effect),
        any(_unfit(analysis.method, size) for size in k),
    )


def _difference(
    analysis: Analysis,
    sides: tuple[Selection, Selection],
    rates: tuple[tuple[float, Ends], tuple[float, Ends]],
    pooling: Pooling,
) -> tuple[float, Ends]:
    """Return a difference and its interval.

    The default model's is that of the printed one; other estimators have none of
    their own, so theirs is put together from the two sides.
    """
    if analysis.method == "bayes":
        from lupus_evidence.stats.indirect_contrasts import compare_rates

        indirect = compare_rates(
            (sides[0].events, sides[0].sizes),
            (sides[1].events, sides[1].sizes),
            level=pooling.level,
            tau_prior=analysis.tau_prior,
        )
        if indirect is not None:
            effect = indirect.risk_difference
            if effect.estimate is not None:
                return effect.estimate, effect.ci
    return rates[0][0] - rates[1][0], difference_interval(*rates)


def _typical(
    side: Selection, analysis: Analysis, pooling: Pooling
) -> tuple[float, Ends] | None:
    """Return a side's median rate and interval, where it has both.

    No estimator has anything to say about a single study's centre, so that one enters
    under each of them as in the printed difference.
    """
    figure = pooling.figure(side, analysis.method, analysis.tau_prior)
    match figure:
        case Pooled(estimate) if estimate.estimate is not None and estimate.ci:
            return estimate.estimate, estimate.ci
        case SingleStudy(study):
            from lupus_evidence.stats.indirect_contrasts import typical_rate

            typical = typical_rate(
                study.events,
                study.n,
                level=pooling.level,
                tau_prior=analysis.tau_prior,
            )
            return None if typical.estimate is None else (typical.estimate, typical.ci)
        case _:
            return None


def _flips(
    printed: tuple[float | None, Ends], other: tuple[float, Ends]
) -> tuple[str, ...]:
    """Say in what respect a difference's message is not the printed one's."""
    found = []
    if printed[0] is not None and printed[0] * other[0] < 0:
        found.append("direction")
    if _clear(printed[1]) != _clear(other[1]):
        found.append("clarity")
    return tuple(found)


def _clear(ci: Ends) -> bool:
    """Tell whether an interval leaves out no difference."""
    return ci[0] > 0 or ci[1] < 0
