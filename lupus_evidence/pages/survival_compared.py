"""Survival from a comparison's curves, for spreadsheets and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lupus_evidence.evidence.survival_selection import ALIVE, DEAD
from lupus_evidence.vocabulary import band_of, family_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.survival import SurvivalAnswer
    from lupus_evidence.compare.survival_lines import SurvivalFigure
    from lupus_evidence.values import Value


def survival_figures(comparison: Comparison) -> Iterator[SurvivalFigure]:
    """Yield survival at each time told from a curve, therapy by therapy.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    for line in comparison.survival.lines:
        yield from line.curved


def survival_values(item: SurvivalFigure) -> dict[str, Value]:
    """Return survival from a curve at one time, by column.

    Parameters
    ----------
    item : SurvivalFigure
        The figure.
    """
    selection, band = item.answer.selection, band_of(item.at.months)
    endpoint = DEAD if item.answer.dead else ALIVE
    curve = item.answer.curve
    return {
        "family": family_of(endpoint),
        "endpoint": endpoint,
        "scope": topic().whole,
        "band": band.months,
        "when": band.name,
        "therapy": item.answer.therapy,
        "figure": "curve",
        "k": len(item.studies),
        "people": item.people,
        "estimate": item.figure.estimate,
        "ci_low": item.figure.ci[0],
        "ci_high": item.figure.ci[1],
        "pi_low": item.figure.new_centre[0],
        "pi_high": item.figure.new_centre[1],
        "tau": None if curve is None else curve.tau(),
        "level": None if curve is None else curve.level,
        "method": "survival-curve",
        "interval_method": "posterior",
        "certainty": item.certainty.level,
        "certainty_reasons": " ".join(item.certainty.codes),
        "included": " ".join(item.studies),
        "excluded": " ".join(
            dict.fromkeys(
                f"{one.study}:{one.reason.value}" for one in selection.excluded
            )
        ),
        "other_times": " ".join(item.ended),
    }


def survival_data(item: SurvivalAnswer) -> dict[str, Any]:
    """Return survival of a therapy from its curve, at the times that are told.

    Parameters
    ----------
    item : SurvivalAnswer
        The curve.
    """
    return {
        "therapy": item.therapy,
        "until": item.until,
        "studies": [one.study for one in item.selection.included],
        "people": item.people,
        "tau": None if item.curve is None else item.curve.tau(),
        "at": [
            {
                "months": at.months,
                "estimate": at.figure and at.figure.estimate,
                "ci": at.figure and at.figure.ci,
                "new_centre": at.figure and at.figure.new_centre,
                "studies": len(at.reaching),
                "people": int(sum(one.people for one in at.reaching)),
                "alive": at.watched,
            }
            for at in item.told
        ],
    }
