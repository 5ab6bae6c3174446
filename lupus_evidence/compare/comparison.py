"""Therapies side by side: the one function behind `compare`."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from lupus_evidence.checks.running import checked_evidence
from lupus_evidence.compare.cells import Cell, Contrast, Row
from lupus_evidence.compare.certainty import figure_certainty
from lupus_evidence.compare.figures import Pooling
from lupus_evidence.compare.people import (
    left_out,
    over_time,
    registered_trials,
    therapy_people,
)
from lupus_evidence.compare.sensitivity import difference_variants, figure_variants
from lupus_evidence.compare.summary import Comparison, ComparisonReceipt, Explanation
from lupus_evidence.compare.survival import CurveChoices, curve_priors, curved_endpoints
from lupus_evidence.compare.survival_lines import SurvivalCompared, survival_compared
from lupus_evidence.compare.trial_sensitivity import trial_variants
from lupus_evidence.compare.trials import (
    TrialPooling,
    TrialsAnswer,
    controls_beside,
    trials_between,
    trials_of_one_therapy,
)
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.rate_selection import choose_alike, considered
from lupus_evidence.evidence.selection import Selection, SelectionRules
from lupus_evidence.evidence.study_numbers import sources_of
from lupus_evidence.evidence.therapy_results import TherapyEvidence, result_band
from lupus_evidence.vocabulary import (
    ANY_TIME,
    FAMILIES,
    Band,
    Scope,
    family_of,
    is_judged,
    therapy_includes,
    topic,
    use_topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lupus_evidence.evidence.trial_selection import TrialQuestion
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.stats.pooling import Method


def compare(
    base: EvidenceBase,
    therapies: Sequence[str],
    *,
    endpoints: Sequence[str] | None = None,
    scopes: Sequence[Scope] | None = None,
    bands: Sequence[Band] | None = None,
    rules: SelectionRules | None = None,
    method: Method = "bayes",
    tau_prior: float = 1.0,
    level: float = 0.95,
    sensitivity: bool = False,
) -> Comparison:
    """Set therapies side by side.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapies : sequence of str
        Two or more; none part of another.
    endpoints : sequence of str, optional
        The topic's if omitted; deaths are added to benefits asked for alone.
    scopes : sequence of str, optional
        What remission and response were judged on; every scope if omitted.
    bands : sequence of Band, optional
        All times if omitted.
    rules : SelectionRules, optional
        What a person changed about the choice of results.
    method : str
        Estimator, one of `stats.pooling.METHODS`.
    tau_prior : float
        Scale of the half-normal prior of the spread between studies.
    level : float
        Level of every interval in 0-1.
    sensitivity : bool
        Whether to add every other choice of estimator and results, and each pooled
        figure without each of its studies.

    Raises
    ------
    EvidenceError
        If fewer than two therapies are given, or one is part of another.
    UnknownNameError
        If a therapy or endpoint does not exist.
    """
    use_topic(base.topic)
    evidence = therapies_evidence(base, therapies)
    _check_sides(therapies)
    _check_endpoints(endpoints or ())
    rules = rules or SelectionRules()
    wanted = _with_harms(endpoints)
    pooling = Pooling(method, level, tau_prior)
    of_trials = TrialPooling.beside(method, level)
    trials = tuple(
        item
        for item in trials_between(
            evidence,
            controls_beside(base, therapies),
            wanted,
            rules,
            of_trials,
        )
        if is_asked(item.question, scopes, bands)
    )
    rows = tuple(
        _without_answered(row, trials)
        for row in compared_rows(
            evidence, wanted, scopes, bands, rules, pooling, sensitivity=sensitivity
        )
    )
    answered = tuple(row for row in rows if row.answered)
    how = CurveChoices(rules, tau_prior, level)
    curved = _curved(endpoints or topic().shown_endpoints)
    survival = SurvivalCompared()
    if curved is not None:
        survival = survival_compared(evidence, answered, bands, how, curved)
    entering = [
        {item.study for row in answered for item in row.cells[place].selection.included}
        | survival.entering(place)
        for place in range(len(evidence))
    ]
    return Comparison(
        tuple(therapies),
        answered,
        tuple(row for row in rows if not row.answered and row.reported),
        tuple(
            therapy_people(item, studies)
            for item, studies in zip(evidence, entering, strict=True)
        ),
        trials,
        tuple(
            item
            for item in trials_of_one_therapy(evidence, wanted, rules, level)
            if _in_scope(item.endpoint, item.scope, scopes)
            if bands is None or result_band(item.first.results[0]) in (*bands, ANY_TIME)
        ),
        over_time(answered, evidence[0].overlaps),
        survival,
        left_out(rows),
        registered_trials(evidence),
        figure_variants(answered, evidence, rules, pooling) if sensitivity else (),
        difference_variants(answered, evidence, rules, pooling) if sensitivity else (),
        trial_variants(trials, of_trials) if sensitivity else (),
        comparison_receipt(base, rules, pooling, how if survival.lines else None),
    )


def _curved(endpoints: Sequence[str]) -> str | None:
    """Return which of the endpoints asked for has a curve; survival before death."""
    return next((x for x in curved_endpoints() if x in endpoints), None)


def therapies_evidence(
    base: EvidenceBase, therapies: Sequence[str]
) -> tuple[TherapyEvidence, ...]:
    """Sort out what the records say about each therapy.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    therapies : sequence of str
        One or more.

    Raises
    ------
    UnknownNameError
        If one does not exist.
    """
    for name in therapies:
        if name not in topic().therapies:
            raise UnknownNameError("therapy", name, tuple(topic().therapies))
    return tuple(checked_evidence(base, name) for name in therapies)


def compared_rows(  # noqa: PLR0917 - what is asked, then how it is answered
    evidence: Sequence[TherapyEvidence],
    endpoints: Sequence[str],
    scopes: Sequence[Scope] | None,
    bands: Sequence[Band] | None,
    rules: SelectionRules,
    pooling: Pooling,
    *,
    sensitivity: bool = False,
) -> tuple[Row, ...]:
    """Return a row for every question that the records speak about, in order.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        Of one therapy or more.
    endpoints : sequence of str
        What is counted.
    scopes, bands : sequence, optional
        What it was judged on, and at what times; all if omitted.
    rules : SelectionRules
        Choice of results.
    pooling : Pooling
        How rates are pooled.
    sensitivity : bool
        Whether each pooled figure is worked out without each of its studies too.

    Raises
    ------
    UnknownNameError
        If an endpoint does not exist.
    """
    _check_endpoints(endpoints)
    return tuple(
        _row(question, evidence, rules, pooling, sensitivity=sensitivity)
        for question in _questions(evidence, endpoints, scopes, bands)
    )


def explain(base: EvidenceBase, comparison: Comparison) -> tuple[Explanation, ...]:
    """Say for every cell what became of each study of its therapy.

    Parameters
    ----------
    base : EvidenceBase
        The records that were compared.
    comparison : Comparison
        Their comparison.
    """
    evidence = {name: checked_evidence(base, name) for name in comparison.therapies}
    return tuple(
        Explanation(row, cell, considered(evidence[cell.therapy], cell.selection))
        for row in (*comparison.rows, *comparison.unanswered)
        for cell in row.cells
    )


def _check_endpoints(endpoints: Sequence[str]) -> None:
    """Refuse what nobody counts."""
    for name in endpoints:
        if name not in topic().endpoints:
            raise UnknownNameError("endpoint", name, tuple(topic().endpoints))


def _check_sides(therapies: Sequence[str]) -> None:
    """Refuse fewer than two therapies, and any that hold one another."""
    if len(set(therapies)) < 2:  # noqa: PLR2004 - a comparison has two sides
        raise EvidenceError("a comparison needs two different therapies")
    for a, b in combinations(therapies, 2):
        for wide, narrow in ((a, b), (b, a)):
            if therapy_includes(wide, narrow):
                raise EvidenceError(
                    f"{narrow} is part of {wide}: the same people would stand on both "
                    "sides"
                    if wide != narrow
                    else f"{wide} is given twice"
                )


def _with_harms(endpoints: Sequence[str] | None) -> tuple[str, ...]:
    """Return the endpoints to show: no benefit without deaths beside it."""
    if not endpoints:
        return topic().shown_endpoints
    if any(family_of(name) == "harm" for name in endpoints):
        return tuple(endpoints)
    return (*endpoints, *topic().main_harms)


def _questions(
    evidence: Iterable[TherapyEvidence],
    endpoints: Sequence[str],
    scopes: Sequence[Scope] | None,
    bands: Sequence[Band] | None,
) -> list[tuple[str, Scope, Band]]:
    """Return every endpoint, scope and time that the records speak about, in order."""
    asked = {
        (endpoint, item.result.scope, item.band)
        for therapy in evidence
        for endpoint in endpoints
        for source in (endpoint, *sources_of(endpoint))
        for results in therapy.results.get(source, {}).values()
        for item in results
        if bands is None or item.band in (*bands, ANY_TIME)
        if _in_scope(endpoint, item.result.scope, scopes)
    }
    names = list(topic().endpoints)
    return sorted(
        asked,
        key=lambda question: (
            FAMILIES.index(family_of(question[0])),
            names.index(question[0]),
            topic().scope_names.index(question[1]),
            topic().all_bands.index(question[2]),
        ),
    )


def _in_scope(endpoint: str, scope: Scope, asked: Sequence[Scope] | None) -> bool:
    """Tell whether an outcome is judged on what was asked, or on nothing at all."""
    return asked is None or scope in asked or not is_judged(endpoint)


def _row(
    question: tuple[str, Scope, Band],
    evidence: Sequence[TherapyEvidence],
    rules: SelectionRules,
    pooling: Pooling,
    *,
    sensitivity: bool,
) -> Row:
    """Answer one question for every therapy."""
    cells = []
    for selection in choose_alike(evidence, *question, rules):
        cell = answered_cell(selection, pooling)
        if sensitivity:
            cell = replace(cell, without=pooling.without_each(selection))
        cells.append(cell)
    contrasts = (
        _contrast(a, b, evidence[0].overlaps, pooling)
        for a, b in combinations(cells, 2)
        if _comparable(a, b)
    )
    return Row(*question, tuple(cells), tuple(contrasts))


def answered_cell(selection: Selection, pooling: Pooling) -> Cell:
    """Return what a selection comes to, and how sure anyone can be of it.

    Parameters
    ----------
    selection : Selection
        The chosen results.
    pooling : Pooling
        How rates are pooled.
    """
    figure = pooling.figure(selection)
    priors = pooling.prior_range(figure, selection)
    decides = priors is not None and priors.decides
    certainty = figure_certainty(selection, figure, prior_decides=decides)
    return Cell(selection, figure, certainty, priors)


def is_asked(
    question: TrialQuestion,
    scopes: Sequence[Scope] | None,
    bands: Sequence[Band] | None,
) -> bool:
    """Tell whether a question is one of those asked.

    Parameters
    ----------
    question : TrialQuestion
        One that trials answer.
    scopes, bands : sequence or None
        What it was judged on, and at what times; all if None.
    """
    at_time = bands is None or question.band in (*bands, ANY_TIME)
    return at_time and _in_scope(question.endpoint, question.scope, scopes)


def _without_answered(row: Row, trials: Iterable[TrialsAnswer]) -> Row:
    """Take away the unadjusted differences of an outcome that trials answer."""
    outcomes = {row.endpoint, topic().endpoints[row.endpoint].opposite}
    answered = {
        frozenset(item.therapies)
        for item in trials
        if item.question.endpoint in outcomes
        and (item.question.scope == row.scope or not is_judged(row.endpoint))
    }
    kept = tuple(
        contrast
        for contrast in row.contrasts
        if frozenset((contrast.first, contrast.second)) not in answered
    )
    return row if kept == row.contrasts else replace(row, contrasts=kept)


def _comparable(a: Cell, b: Cell) -> bool:
    """Tell whether two figures can be set against each other.

    Only at one known time and with one kind of denominator, and only where no study
    stands on both sides: what its arms say of each other, a trial says better.
    """
    at_one_time = a.selection.band.months is not None
    one_kind = a.selection.kind == b.selection.kind
    sides = [{item.study for item in cell.selection.included} for cell in (a, b)]
    apart = sides[0].isdisjoint(sides[1])
    return bool(a.k and b.k) and at_one_time and one_kind and apart


def _contrast(
    a: Cell, b: Cell, overlaps: dict[tuple[str, str], str], pooling: Pooling
) -> Contrast:
    """Work out the unadjusted difference between two cells that have studies."""
    from lupus_evidence.stats.indirect_contrasts import compare_rates

    first, second = a.selection, b.selection
    indirect = compare_rates(
        (first.events, first.sizes),
        (second.events, second.sizes),
        level=pooling.level,
        tau_prior=pooling.tau_prior,
    )
    if indirect is None:
        raise EvidenceError("a difference needs studies on both sides")
    shared = tuple(
        (x.study, y.study)
        for x in first.included
        for y in second.included
        if (x.study, y.study) in overlaps or x.study == y.study
    )
    return Contrast(first.therapy, second.therapy, indirect, shared)


def comparison_receipt(
    base: EvidenceBase,
    rules: SelectionRules,
    pooling: Pooling,
    curve: CurveChoices | None = None,
) -> ComparisonReceipt:
    """State what the rows of a comparison rest on.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    rules : SelectionRules
        Choice of results.
    pooling : Pooling
        How rates are pooled.
    curve : CurveChoices, optional
        How survival from curves is worked out, where there is any.
    """
    return ComparisonReceipt(
        **vars(base.receipt),
        method=pooling.method,
        priors=(
            f"tau ~ HalfNormal({pooling.tau_prior:g}) on the logit scale, "
            "median rate ~ Beta(1/2, 1/2)"
        ),
        tau_prior=pooling.tau_prior,
        level=pooling.level,
        single_study_interval="exact (Clopper-Pearson)",
        direct_interval="risk difference by Newcombe's hybrid score, exact odds ratio",
        trial_method=_trial_method(pooling),
        contrast_method=(
            "median rates from two independent posteriors of the default model"
        ),
        rules=rules,
        survival_method=None if curve is None else curve_priors(curve),
    )


def _trial_method(pooling: Pooling) -> str:
    """Say in one line how the effects of trials are pooled."""
    used = TrialPooling.beside(pooling.method, pooling.level)
    if used.method != "bayes":
        return f"{used.method}; beside it Mantel-Haenszel"
    return (
        f"random-effects logit model, tau ~ HalfNormal({used.tau_prior:g}) on the log "
        "odds ratio; beside it Mantel-Haenszel"
    )
