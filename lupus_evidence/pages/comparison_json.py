"""A comparison for programs: everything, at full precision, down to file and line."""

from __future__ import annotations

from dataclasses import asdict
from math import exp, isfinite
from typing import TYPE_CHECKING, Any

from lupus_evidence.compare.cells import Cell, Contrast, Pooled, PriorRange, Row
from lupus_evidence.pages import reasons
from lupus_evidence.pages.comparison_csv import LARGEST_LOG, cell_values
from lupus_evidence.pages.survival_data import survival_data

if TYPE_CHECKING:
    from lupus_evidence.compare.people import OverTime
    from lupus_evidence.compare.sensitivity import DifferenceVariant, FigureVariant
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trial_sensitivity import TrialVariant
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.evidence.selection import Excluded
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.stats.direct_effects import TrialEstimate
    from lupus_evidence.vocabulary import Band

#: Of the spreadsheet's columns, those that JSON holds in a richer form.
_RICHER_HERE = """
    band when included excluded other_times prior_moves certainty certainty_reasons
    notes compared_with difference difference_low difference_high
    """
_RICHER = frozenset(_RICHER_HERE.split())


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    rows = [*comparison.rows, *comparison.unanswered]
    content = {
        "therapies": list(comparison.therapies),
        "rows": [cell_data(row, cell) for row in rows for cell in row.cells],
        "contrasts": [
            _contrast(row, contrast) for row in rows for contrast in row.contrasts
        ],
        "survival": [survival_data(item) for item in comparison.survival.answers],
        "trials": [trials_data(item) for item in comparison.trials],
        "direct": [_direct(item) for item in comparison.direct],
        "doses": [_direct(item) for item in comparison.doses],
        "people": [asdict(item) for item in comparison.people],
        "over_time": [_over_time(item) for item in comparison.over_time],
        "left_out": [
            {**asdict(item), "label": reasons.label(item.reason)}
            for item in comparison.left_out
        ],
        "registered": [asdict(item) for item in comparison.registered],
        "variants": [_variant(item) for item in comparison.variants],
        "difference_variants": [
            _variant(item) for item in comparison.difference_variants
        ],
        "trial_variants": [_trial_variant(x) for x in comparison.trial_variants],
    }
    return {key: finite(value) for key, value in content.items()}


def band_data(band: Band) -> dict[str, Any]:
    """Return a time band.

    Parameters
    ----------
    band : Band
        The band.
    """
    return {"months": band.months, "name": band.name, "label": band.label}


def _variant(item: FigureVariant | DifferenceVariant) -> dict[str, Any]:
    """Return a figure or difference under other choices."""
    return {**asdict(item), "band": band_data(item.band)}


def _over_time(item: OverTime) -> dict[str, Any]:
    """Return what must be said of figures at several times; bands by name."""
    return {
        "therapy": item.therapy,
        "endpoint": item.endpoint,
        "scope": item.scope,
        "bands": [band.name for band in item.bands],
        "shared": [[band.name for band in pair] for pair in item.shared],
        "impossible": [[band.name for band in pair] for pair in item.impossible],
    }


def finite(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value with what JSON cannot hold, an infinite end, as null.

    Parameters
    ----------
    value : object
        Anything.
    """
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    return value


def cell_data(row: Row, cell: Cell) -> dict[str, Any]:
    """Return a cell with every result that entered and every one that did not.

    Parameters
    ----------
    row : Row
        The cell's row.
    cell : Cell
        One therapy.
    """
    values = {
        key: value
        for key, value in cell_values(row, cell).items()
        if key not in _RICHER
    }
    figure = cell.figure
    notes = figure.estimate.notes if isinstance(figure, Pooled) else ()
    companion = figure.estimate.companion if isinstance(figure, Pooled) else None
    return {
        **values,
        "band": band_data(row.band),
        "priors": _priors(cell.priors),
        "certainty": asdict(cell.certainty) if cell.certainty else None,
        "notes": [asdict(note) for note in notes],
        "companion": asdict(companion) if companion else None,
        "included": [_included(item) for item in cell.selection.included],
        "excluded": [excluded_data(item) for item in cell.selection.excluded],
        "other_times": list(cell.selection.other_times),
        "without": [asdict(item) for item in cell.without],
    }


def _priors(priors: PriorRange | None) -> dict[str, Any] | None:
    """Return a figure under other priors, and whether they decide its interval."""
    if priors is None:
        return None
    return {**asdict(priors), "moved": priors.moved, "decides": priors.decides}


def _included(item: StudyNumber) -> dict[str, Any]:
    """Return a counted number with its place."""
    place = item.place
    counted = item.form != "effective"
    return {
        "study": item.study,
        "arm": " + ".join(item.arms),
        "arms": list(item.arms),
        "people": int(item.people),
        "events": int(item.events) if counted else None,
        "n": int(item.n) if counted else None,
        "effective_events": None if counted else item.events,
        "effective_people": None if counted else item.n,
        "rate": item.rate,
        "form": item.form,
        "error_assumed": item.assumed,
        "how": reasons.steps(item.number),
        "among": item.among,
        "denominator": item.denominator,
        "treated": item.treated,
        "months": item.months,
        "basis": item.basis,
        "kind": item.kind,
        "reading": item.reading,
        "year": item.year,
        "printed": item.printed,
        "definition": item.definition,
        "discrepancies": list(item.record.discrepancies),
        "file": place.file,
        "line": place.line,
        "where": item.where,
    }


def excluded_data(item: Excluded) -> dict[str, Any]:
    """Return a result that was left out with its reason and place.

    Parameters
    ----------
    item : Excluded
        The result.
    """
    place = item.place
    return {
        "study": item.study,
        "endpoint": item.result.endpoint,
        "reason": item.reason.value,
        "label": reasons.label(item.reason),
        "text": reasons.why(item.reason, item.particulars),
        "printed": item.result.printed,
        "file": place.file,
        "line": place.line,
        "where": item.result.where,
    }


def _contrast(row: Row, contrast: Contrast) -> dict[str, Any]:
    """Return an unadjusted difference."""
    return {
        "endpoint": row.endpoint,
        "scope": row.scope,
        "band": band_data(row.band),
        "first": contrast.first,
        "second": contrast.second,
        "denominator": row.cells[0].selection.kind,
        "shared_people": [list(pair) for pair in contrast.shared],
        **asdict(contrast.indirect),
    }


def trials_data(answer: TrialsAnswer) -> dict[str, Any]:
    """Return what trials say of one question, each effect as it is named.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    """
    question, selection = answer.question, answer.selection
    return {
        "therapies": list(answer.therapies),
        "endpoint": question.endpoint,
        "scope": question.scope,
        "band": band_data(question.band),
        "randomised": answer.randomised,
        "k": answer.k,
        "people": answer.people,
        "denominator": selection.kind,
        "control_risk": answer.control_risk,
        "treated_risk": answer.treated_risk,
        "effects": {name: _effect(getattr(answer.effects, name)) for name in _EFFECTS},
        "trials": [
            {
                "study": pair.study,
                "first": _included(pair.first),
                "second": _included(pair.second),
                "weight": weight,
            }
            for pair, weight in zip(
                selection.included, answer.effects.odds_ratio.weights, strict=True
            )
        ],
        "excluded": [excluded_data(item) for item in selection.excluded],
        "certainty": asdict(answer.certainty),
    }


_EFFECTS = (
    "risk_difference",
    "risk_ratio",
    "odds_ratio",
    "mh_risk_difference",
    "mh_risk_ratio",
)


def _effect(found: TrialEstimate) -> dict[str, Any]:
    """Return a pooled effect; a ratio as a ratio, its spread on the log scale."""
    ratio = found.effect != "rd"

    def shown(value: float | None) -> float | None:
        if value is None or not ratio:
            return value
        return exp(value) if value < LARGEST_LOG else None

    return {
        "estimate": shown(found.estimate),
        "ci": [shown(end) for end in found.ci],
        "prediction": (
            [shown(end) for end in found.prediction] if found.prediction else None
        ),
        "tau": found.tau,
        "i2": found.i2,
        "method": found.method,
        "interval_method": found.interval_method,
        "level": found.level,
        "notes": [note.code for note in found.notes],
    }


def _trial_variant(item: TrialVariant) -> dict[str, Any]:
    """Return the effect of some trials under another choice."""
    question = item.answer.question
    return {
        "therapies": list(item.answer.therapies),
        "endpoint": question.endpoint,
        "scope": question.scope,
        "band": band_data(question.band),
        "randomised": item.answer.randomised,
        "choice": item.choice,
        "value": item.value,
        "k": item.k,
        "risk_difference": _effect(item.difference),
        "risk_ratio": _effect(item.ratio),
        "flips": item.flips,
    }


def _direct(item: DirectEvidence) -> dict[str, Any]:
    """Return a difference within one study."""
    return {
        "study": item.study,
        "endpoint": item.endpoint,
        "scope": item.scope,
        "months": item.months,
        "arms": list(item.arms),
        "therapies": list(item.therapies),
        **asdict(item.contrast),
        "first": _included(item.first),
        "second": _included(item.second),
        "certainty": asdict(item.certainty),
    }
