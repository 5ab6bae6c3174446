"""Survival for spreadsheets and programs: from curves, and within a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lupus_evidence.documents.document import Column, Table
from lupus_evidence.evidence.survival_selection import ALIVE, DEAD
from lupus_evidence.pages.reasons import steps, why
from lupus_evidence.vocabulary import band_of, family_of, topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.survival import Curves, Ends, SurvivalAnswer, SurvivalAt
    from lupus_evidence.compare.survival_lines import SurvivalFigure
    from lupus_evidence.documents.values import Value
    from lupus_evidence.evidence.selection import Excluded
    from lupus_evidence.evidence.survival_selection import StudySurvival, SurvivalReport


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


_MEANINGS = {
    "kind": "curve (a figure), study (one report of one), without (the curve without "
    "one study), overlapping (a report of people who are in another study) or left-out",
    "therapy": "What the people were given",
    "endpoint": "overall-survival or death",
    "months": "Months after treatment",
    "estimate": "Share at a typical centre, or the study's own, 0-1; empty beyond the "
    "curve's end",
    "ci_low": "Lower end of its interval, 0-1",
    "ci_high": "Upper end of its interval, 0-1",
    "new_centre_low": "Lower end of where a new centre would lie, 0-1",
    "new_centre_high": "Upper end of where a new centre would lie, 0-1",
    "level": "Level of the intervals, 0-1",
    "studies": "Studies that reach this time",
    "people": "People alive in those; of a study, people it is about",
    "study": "Name of the record",
    "name": "What the study is called: first author and year",
    "report": "counted, estimated, mean-follow-up, median-follow-up or early-deaths",
    "events": "Of n, with the endpoint: alive, or dead",
    "n": "People, or effective people of an estimate",
    "assumed": "Whether its error was assumed",
    "person_months": "How long the study's people were watched, all together",
    "how": "What was done to get its number",
    "reason": "Why it is left out: stable code",
    "reason_text": "The same in words",
    "file": "File of the record",
    "line": "Line in the file",
    "place": "Place in the source",
}
_PROPORTIONS = {"estimate", "ci_low", "ci_high", "new_centre_low", "new_centre_high"}
_COLUMNS = tuple(
    Column(key, "", text, "data", proportion=key in _PROPORTIONS)
    for key, text in _MEANINGS.items()
)


def curve_table(curves: Curves) -> Table:
    """Return every figure, report and result left out as one table.

    Parameters
    ----------
    curves : Curves
        What they come to.
    """
    rows = tuple(
        {"therapy": answer.therapy, "endpoint": curves.endpoint, **row}
        for answer in curves.answers
        for row in _rows(answer, curves)
    )
    return Table("lines", _COLUMNS, rows)


def _rows(answer: SurvivalAnswer, curves: Curves) -> Iterator[dict[str, Value]]:
    """Yield a therapy's rows."""
    level = curves.receipt.choices.level
    for at in answer.told:
        yield {"kind": "curve", "level": level, **_figure(at)}
    for item in answer.selection.included:
        yield from _reports(item, "study", curves)
    for other in answer.without:
        yield {
            "kind": "without",
            "months": answer.without_at,
            "level": level,
            "study": other.study,
            "name": curves.names[other.study],
            **_interval(other.estimate, other.ci),
        }
    for item in answer.selection.overlapping:
        yield from _reports(item, "overlapping", curves)
    for out in answer.selection.excluded:
        yield _left_out(out, curves)


def _figure(at: SurvivalAt) -> dict[str, Value]:
    """Return a curve's figure at one time, and who stands behind it."""
    counts = {"months": at.months, "studies": len(at.reaching), "people": at.watched}
    if at.figure is None:
        return {**counts}
    low, high = at.figure.new_centre
    return {
        **counts,
        **_interval(at.figure.estimate, at.figure.ci),
        "new_centre_low": low,
        "new_centre_high": high,
    }


def _interval(share: float, ends: Ends) -> dict[str, Value]:
    """Return a figure with its interval."""
    return {"estimate": share, "ci_low": ends[0], "ci_high": ends[1]}


def _reports(
    item: StudySurvival, kind: str, curves: Curves
) -> Iterator[dict[str, Value]]:
    """Yield what a study says, report by report."""
    for report in item.reports:
        yield {
            "kind": kind,
            "study": item.study,
            "name": curves.names[item.study],
            "person_months": item.person_months,
            **_report(report, dead=curves.endpoint == DEAD),
        }


def _report(report: SurvivalReport, *, dead: bool) -> dict[str, Value]:
    """Return one report."""
    number = report.number
    rest = dead != (report.kind == "early-deaths")  # its number is of the others
    return {
        "months": report.months,
        "estimate": 1 - report.alive if dead else report.alive,
        "people": int(number.people),
        "report": report.kind,
        "events": number.n - number.events if rest else number.events,
        "n": number.n,
        "assumed": number.assumed,
        "how": steps(number.number),
        "file": number.place.file,
        "line": number.place.line,
        "place": number.where,
    }


def _left_out(item: Excluded, curves: Curves) -> dict[str, Value]:
    """Return a result that is in no curve, with its reason."""
    return {
        "kind": "left-out",
        "study": item.study,
        "name": curves.names[item.study],
        "reason": item.reason.value,
        "reason_text": why(item.reason, item.particulars),
        "file": item.place.file,
        "line": item.place.line,
        "place": item.result.where,
    }


def curve_data(curves: Curves) -> dict[str, Any]:
    """Return survival curves as plain values.

    Parameters
    ----------
    curves : Curves
        What they come to.
    """
    return {
        "endpoint": curves.endpoint,
        "level": curves.receipt.choices.level,
        "therapies": [_therapy(answer, curves) for answer in curves.answers],
        "silent": list(curves.silent),
        "priors": curves.receipt.priors,
    }


def _therapy(answer: SurvivalAnswer, curves: Curves) -> dict[str, Any]:
    """Return one therapy's curve as plain values."""
    parts: dict[str, list[dict[str, Value]]] = {}
    for row in _rows(answer, curves):
        kept = {key: value for key, value in row.items() if key != "kind"}
        parts.setdefault(str(row["kind"]), []).append(kept)
    curve = answer.curve
    return {
        "therapy": answer.therapy,
        "until": answer.until,
        "tau": None if curve is None else curve.tau(),
        "studies": len(answer.selection.included),
        "people": answer.people,
        "at": parts.get("curve", []),
        "reports": parts.get("study", []),
        "without": parts.get("without", []),
        "overlapping": parts.get("overlapping", []),
        "left_out": parts.get("left-out", []),
    }
