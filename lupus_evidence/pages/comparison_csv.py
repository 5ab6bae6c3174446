"""A comparison for a spreadsheet: a row for each cell, and for each number in one.

`xi` and `ni` are metafor's names for people with the outcome and people. Rows with the
same `figure` belong together: they are what was pooled, nobody in them twice.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from lupus_evidence.catalogue.exported_tables import result_name
from lupus_evidence.compare.cells import NoStudy, Pooled, SingleStudy, Unpooled
from lupus_evidence.documents.document import Column, Table
from lupus_evidence.pages.survival_data import survival_figures, survival_values

if TYPE_CHECKING:
    from lupus_evidence.compare.cells import Cell, Contrast, Figure, Row
    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trials import TrialsAnswer
    from lupus_evidence.documents.values import Value
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.evidence.trial_selection import TwoArms
    from lupus_evidence.stats.direct_effects import TrialEstimate
    from lupus_evidence.stats.estimates import PooledEstimate

_MEANINGS = {
    "family": "Survival, remission, response, harm or other",
    "endpoint": "What is counted",
    "scope": "What it was judged on",
    "band": "Time band in months; empty where it is no stretch of time",
    "when": "Name of the time band: months, any-time, best-ever or not-stated",
    "therapy": "What the people were given",
    "figure": "pooled, single-study, not-pooled or no-study; curve for survival from "
    "one model of all times; trials-randomised or trials-concurrent for the effect in "
    "studies with both arms",
    "k": "Studies",
    "people": "People the figure is about",
    "events": "Of them, with the outcome; empty where an estimate is among the studies",
    "effective_people": "What was pooled instead where an estimate is among the "
    "studies: effective people",
    "effective_events": "Effective people with the outcome, of effective_people",
    "estimate": "Rate of the median centre, or the single study's rate, 0-1",
    "ci_low": "Lower end of its interval, 0-1",
    "ci_high": "Upper end of its interval, 0-1",
    "mean": "Rate over all people (mean over centres), or the single study's, 0-1",
    "pi_low": "Lower end of the prediction interval, 0-1",
    "pi_high": "Upper end of the prediction interval, 0-1",
    "bound_side": "upper or lower, where everyone or no one had the outcome",
    "bound": "One-sided bound of the median rate, 0-1",
    "bound_on_totals": "Exact bound if every study had the same rate, 0-1",
    "tau": "Spread between studies on the logit scale",
    "i2": "I squared, 0-1",
    "prior_moves": "How far an end of the interval moves when the prior scale of tau "
    "is halved or doubled, 0-1",
    "level": "Level of the intervals, 0-1",
    "method": "Estimator",
    "interval_method": "How the interval was drawn",
    "not_pooled": "Why there is no pooled figure: stable code",
    "denominator": "Kind of denominator of the figure",
    "at_least_events": "Where the figure leaves out some of those treated: with the "
    "outcome at the least",
    "at_least_treated": "Of everybody treated",
    "certainty": "high, moderate, low or very low",
    "certainty_reasons": "Codes of the reasons, separated by spaces",
    "included": "Studies in the figure, separated by spaces; of a curve, those that "
    "reach the time: k and people are theirs",
    "excluded": "Results left out, study:reason, separated by spaces",
    "other_times": "Studies that report it for other times only; of a curve, those in "
    "the model that end before",
    "discrepancies": "Studies in the figure whose source contradicts itself or "
    "another, separated by spaces",
    "compared_with": "Trials: what the control arms were given; else another therapy "
    "whose figure is comparable: one known time, one kind of denominator",
    "difference": "Trials: risk difference, at the risk of the control arms, -1 to 1; "
    "else typical rate less that of the other therapy, unadjusted, indirect",
    "difference_low": "Lower end of its interval",
    "difference_high": "Upper end of its interval",
    "notes": "Codes of what a reader must know, separated by spaces",
    "control_people": "Trials: people given the other treatment",
    "control_events": "Trials: of them, with the outcome",
    "control_risk": "Trials: share of them with the outcome, 0-1",
    "risk_ratio": "Trials: risk ratio",
    "risk_ratio_low": "Lower end of its interval",
    "risk_ratio_high": "Upper end of its interval",
    "odds_ratio": "Trials: odds ratio",
    "odds_ratio_low": "Lower end of its interval",
    "odds_ratio_high": "Upper end of its interval",
    "mh_difference": "Trials: risk difference by Mantel-Haenszel, -1 to 1",
    "mh_difference_low": "Lower end of its interval",
    "mh_difference_high": "Upper end of its interval",
    "mh_risk_ratio": "Trials: risk ratio by Mantel-Haenszel",
    "mh_risk_ratio_low": "Lower end of its interval",
    "mh_risk_ratio_high": "Upper end of its interval",
}
_COUNTED_MEANINGS = {
    "figure": "Rows with the same text here belong to one figure",
    "therapy": "What the people were given",
    "endpoint": "What is counted",
    "scope": "What it was judged on",
    "band": "Time band in months; empty where it is no stretch of time",
    "when": "Name of the time band: months, any-time, best-ever or not-stated",
    "study": "Name of the record",
    "arms": "Arms that the number covers, separated by spaces",
    "xi": "People with the outcome; effective people for an estimate",
    "ni": "People; effective people for an estimate",
    "ai": "Trials: people given the treatment with the outcome",
    "bi": "Trials: people given the treatment without it",
    "ci": "Trials: people given the control with the outcome",
    "di": "Trials: people given the control without it",
    "people": "People it is about; more than ni for an estimate",
    "form": "count, derived (worked out exactly) or effective (from a curve)",
    "among": "Kind of denominator",
    "months": "Months after treatment",
    "year": "Of publication",
    "reading": "How the figure was seen",
    "file": "File of the record",
    "line": "Line in the file",
    "place": "Place in the source",
    "results": "Results of the record behind it, as study/number, separated by spaces",
}
#: Ratios beyond e to this are infinite.
LARGEST_LOG = 700.0
COLUMNS = tuple(Column(key, "", text, "data") for key, text in _MEANINGS.items())
COUNTED_COLUMNS = tuple(
    Column(key, "", text, "data") for key, text in _COUNTED_MEANINGS.items()
)


def cells_table(comparison: Comparison) -> Table:
    """Return a comparison as a long table.

    Parameters
    ----------
    comparison : Comparison
        Its rows without a figure are written too.
    """
    return Table(
        "cells",
        COLUMNS,
        (
            *map(trials_values, comparison.trials),
            *map(survival_values, survival_figures(comparison)),
            *(
                cell_values(row, cell)
                for row in (*comparison.rows, *comparison.unanswered)
                for cell in row.cells
            ),
        ),
    )


def trials_values(answer: TrialsAnswer) -> dict[str, Value]:
    """Return what trials say of one question, by column.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    """
    from lupus_evidence.vocabulary import family_of

    question, effects = answer.question, answer.effects
    found = effects.risk_difference
    return {
        "family": family_of(question.endpoint),
        "endpoint": question.endpoint,
        "scope": question.scope,
        "band": question.band.months,
        "when": question.band.name,
        "therapy": answer.therapies[0],
        "figure": "trials-randomised" if answer.randomised else "trials-concurrent",
        "k": answer.k,
        "people": found.n_a,
        "events": found.events_a,
        "level": found.level,
        "method": found.method,
        "interval_method": found.interval_method,
        "tau": effects.odds_ratio.tau,
        "denominator": answer.selection.kind,
        "certainty": answer.certainty.level,
        "certainty_reasons": " ".join(answer.certainty.codes),
        "included": " ".join(item.study for item in answer.trials),
        "excluded": " ".join(
            dict.fromkeys(
                f"{item.study}:{item.reason.value}"
                for item in answer.selection.excluded
            )
        ),
        "compared_with": answer.therapies[1],
        **_effect_values("difference", found),
        "control_people": found.n_b,
        "control_events": found.events_b,
        "control_risk": found.control_risk,
        **_effect_values("risk_ratio", effects.risk_ratio),
        **_effect_values("odds_ratio", effects.odds_ratio),
        **_effect_values("mh_difference", effects.mh_risk_difference),
        **_effect_values("mh_risk_ratio", effects.mh_risk_ratio),
        "notes": " ".join(note.code for note in found.notes),
    }


def _effect_values(column: str, found: TrialEstimate) -> dict[str, Value]:
    """Return an effect with its interval; ratios as ratios, what is infinite empty."""
    values: tuple[float | None, ...] = (found.estimate, *found.ci)
    if found.effect != "rd":
        values = tuple(
            None if value is None or value > LARGEST_LOG else exp(value)
            for value in values
        )
    return dict(zip((column, f"{column}_low", f"{column}_high"), values, strict=True))


def figure_code(figure: Figure) -> str:
    """Return the stable name of a kind of figure."""
    match figure:
        case Pooled():
            return "pooled"
        case SingleStudy():
            return "single-study"
        case Unpooled():
            return "not-pooled"
        case NoStudy():
            return "no-study"


def not_pooled(cell: Cell) -> str | None:
    """Return the code of why there is no pooled figure; None if there is one."""
    match cell.figure:
        case Pooled():
            return None
        case SingleStudy():
            return "one-study"
        case Unpooled(why):
            return why.reason
        case NoStudy(reported):
            return "no-usable-result" if reported else "no-studies"


def cell_values(row: Row, cell: Cell) -> dict[str, Value]:
    """Return everything about a cell that fits a spreadsheet, by column.

    Parameters
    ----------
    row : Row
        The cell's row.
    cell : Cell
        One therapy.
    """
    from lupus_evidence.vocabulary import family_of

    selection, certainty = cell.selection, cell.certainty
    low, high = cell.ci or (None, None)
    events, treated = cell.at_least or (None, None)
    return {
        "family": family_of(row.endpoint),
        "endpoint": row.endpoint,
        "scope": row.scope,
        "band": row.band.months,
        "when": row.band.name,
        "therapy": cell.therapy,
        "figure": figure_code(cell.figure),
        "k": cell.k,
        **_counts(cell),
        "estimate": cell.estimate,
        "ci_low": low,
        "ci_high": high,
        "mean": cell.mean,
        **_pooled_values(cell),
        "prior_moves": cell.priors.moved if cell.priors else None,
        "not_pooled": not_pooled(cell),
        "denominator": selection.kind,
        "at_least_events": events,
        "at_least_treated": treated,
        "certainty": certainty.level if certainty else None,
        "certainty_reasons": " ".join(certainty.codes if certainty else ()),
        "included": " ".join(item.study for item in selection.included),
        "excluded": " ".join(
            dict.fromkeys(
                f"{item.study}:{item.reason.value}" for item in selection.excluded
            )
        ),
        "other_times": " ".join(selection.other_times),
        "discrepancies": " ".join(
            item.study for item in selection.included if item.record.discrepancies
        ),
        **_contrast_values(row, cell),
    }


def _counts(cell: Cell) -> dict[str, Value]:
    """Return people and events; effective ones apart, where an estimate is pooled."""
    selection = cell.selection
    estimated = any(item.form == "effective" for item in selection.included)
    events = sum(selection.events) if cell.k else None
    return {
        "people": selection.people,
        "events": None if estimated or events is None else int(events),
        "effective_people": sum(selection.sizes) if estimated else None,
        "effective_events": events if estimated else None,
    }


def _pooled_values(cell: Cell) -> dict[str, Value]:
    """Return what only a pooled figure has, and how any figure was made."""
    found: PooledEstimate | None = None
    if isinstance(cell.figure, Pooled):
        found = cell.figure.estimate
    pi_low, pi_high = (found and found.prediction) or (None, None)
    bound = found.bound if found else None
    single = cell.figure if isinstance(cell.figure, SingleStudy) else None
    return {
        "pi_low": pi_low,
        "pi_high": pi_high,
        "bound_side": bound.side if bound else None,
        "bound": bound.model if bound else None,
        "bound_on_totals": bound.totals if bound else None,
        "tau": found.tau if found else None,
        "i2": found.i2 if found else None,
        "level": found.level if found else single.level if single else None,
        "method": found.method if found else None,
        "interval_method": (
            found.interval_method if found else "exact" if single else None
        ),
        "notes": " ".join(note.code for note in found.notes) if found else "",
    }


def _contrast_values(row: Row, cell: Cell) -> dict[str, Value]:
    """Return the difference from the first therapy that is comparable."""
    for contrast in row.contrasts:
        if cell.therapy in (contrast.first, contrast.second):
            first = contrast.first == cell.therapy
            estimate, low, high = _difference(contrast, first=first)
            return {
                "compared_with": contrast.second if first else contrast.first,
                "difference": estimate,
                "difference_low": low,
                "difference_high": high,
            }
    return dict.fromkeys(
        ("compared_with", "difference", "difference_low", "difference_high")
    )


def _difference(
    contrast: Contrast, *, first: bool
) -> tuple[float | None, float, float]:
    """Return a difference as seen from its first or its second therapy."""
    effect = contrast.indirect.risk_difference
    low, high = effect.ci
    if first:
        return effect.estimate, low, high
    return None if effect.estimate is None else -effect.estimate, -high, -low


def counted_table(comparison: Comparison) -> Table:
    """Return every number that entered a figure.

    Parameters
    ----------
    comparison : Comparison
        Figures of one study are there too: pooling them is nothing to do.
    """
    return Table(
        "counted",
        COUNTED_COLUMNS,
        (
            *(
                _counted_trial(answer, pair)
                for answer in comparison.trials
                for pair in answer.selection.included
            ),
            *(
                _counted(row, cell, item)
                for row in comparison.rows
                for cell in row.cells
                for item in cell.selection.included
            ),
        ),
    )


def cell_name(row: Row, cell: Cell) -> str:
    """Return what programs call one therapy's figure.

    Parameters
    ----------
    row : Row
        The cell's row.
    cell : Cell
        One therapy.
    """
    return f"{cell.therapy}, {row.endpoint}, {row.scope}, {row.band.label}"


def _results(*items: StudyNumber) -> str:
    """Return the names of the results behind numbers."""
    return " ".join(
        dict.fromkeys(
            result_name(item.study, index) for item in items for index in item.indexes
        )
    )


def trials_name(answer: TrialsAnswer) -> str:
    """Return what programs call the effect of some trials.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    """
    question = answer.question
    return (
        f"{answer.therapies[0]} against {answer.therapies[1]}, {question.endpoint}, "
        f"{question.scope}, {question.band.label}, "
        f"{'randomised' if answer.randomised else 'concurrent'}"
    )


def _counted_trial(answer: TrialsAnswer, pair: TwoArms) -> dict[str, Value]:
    """Return a trial's row, by column: its two-by-two table."""
    first, second = pair.first, pair.second
    return {
        "figure": trials_name(answer),
        "therapy": answer.therapies[0],
        "endpoint": answer.question.endpoint,
        "scope": answer.question.scope,
        "band": answer.question.band.months,
        "when": answer.question.band.name,
        "study": pair.study,
        "arms": " ".join((*first.arms, *second.arms)),
        "ai": first.events,
        "bi": first.n - first.events,
        "ci": second.events,
        "di": second.n - second.events,
        "people": pair.people,
        "form": first.form,
        "among": first.among,
        "months": first.months,
        "year": first.year,
        "reading": first.reading,
        "file": first.place.file,
        "line": first.place.line,
        "place": first.where,
        "results": _results(first, second),
    }


def _counted(row: Row, cell: Cell, item: StudyNumber) -> dict[str, Value]:
    """Return a number's row, by column."""
    return {
        "figure": cell_name(row, cell),
        "therapy": cell.therapy,
        "endpoint": row.endpoint,
        "scope": row.scope,
        "band": row.band.months,
        "when": row.band.name,
        "study": item.study,
        "arms": " ".join(item.arms),
        "xi": item.events,
        "ni": item.n,
        "people": item.people,
        "form": item.form,
        "among": item.among,
        "months": item.months,
        "year": item.year,
        "reading": item.reading,
        "file": item.place.file,
        "line": item.place.line,
        "place": item.where,
        "results": _results(item),
    }
