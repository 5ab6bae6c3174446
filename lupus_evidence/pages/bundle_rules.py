"""What the columns of a bundle's tables may hold, table by table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from lupus_evidence.appraisal import tools
from lupus_evidence.catalogue.exported_tables import PARTS, STAGES
from lupus_evidence.compare.cells import CertaintyLevel
from lupus_evidence.documents.document import Rule
from lupus_evidence.evidence.selection import Reason
from lupus_evidence.records.schema import column_rule
from lupus_evidence.records.study_parts import SPECIFIC, WITH_CONDITION, own_names
from lupus_evidence.vocabulary import BIAS_LEVELS, FAMILIES, topic

#: Columns whose values are fields of the records, by table: the field of each.
_STATED: dict[str, dict[str, str]] = {
    "studies": {
        "id": "Study.id",
        "year": "Citation.year",
        "design": "Study.design",
        "status": "Study.status",
        "reading": "Study.reading",
        "enrolled": "Population.enrolled",
        "follow_up_median": "FollowUp FollowUp.median",
        "follow_up_mean": "FollowUp FollowUp.mean",
        "follow_up_longest": "FollowUp FollowUp.longest",
        "countries": "Setting Setting.countries",
        "centres": "Setting Setting.centres",
        "recruitment_start": "Recruitment Recruitment.start",
        "recruitment_end": "Recruitment Recruitment.end",
        "title": "Study.title",
        "authors": "Citation.authors",
        "journal": "Citation.journal",
        "doi": "Citation.doi",
        "pmid": "Citation.pmid",
        "registrations": "Study.registrations",
        "publication": "Study.publication",
        "notices": "Study.notices",
    },
    "arms": {
        name: f"Arm.{name}"
        for name in (
            "therapy",
            "label",
            "n",
            "enrolled",
            WITH_CONDITION,
            "donor",
            "sources",
            "dose",
            "infusions",
            "mobilisation",
            "conditioning",
            "graft",
            "background",
            "note",
        )
    },
    "overlaps": {
        "other": "Overlap.study",
        "certainty": "Overlap.certainty",
        "because": "Overlap.because",
    },
    "results": {
        "endpoint": "Result.endpoint",
        "name": "Result.name",
        "arm": "Result.arm",
        "scope": "Result.scope",
        "time_basis": "Time Time.basis",
        "events": "Result.events",
        "n": "Result.n",
        "among": "Result.among",
        "percent": "Result.percent",
        "se": "Result.se",
        "kind": "Result.kind",
        SPECIFIC: f"Result.{SPECIFIC}",
        "subgroup": "Result.subgroup",
        "printed": "Result.printed",
        "definition": "Result.definition",
        "where": "Result.where",
        "note": "Result.note",
        "year": "Citation.year",
        "doi": "Citation.doi",
    },
    "measurements": {
        "measure": "Measurement.measure",
        "name": "Measurement.name",
        "arm": "Measurement.arm",
        "unit": "Measurement.unit",
        "time_basis": "Time Time.basis",
        "direction": "Measurement.direction",
        "p": "Measurement.p",
        SPECIFIC: f"Measurement.{SPECIFIC}",
        "subgroup": "Measurement.subgroup",
        "where": "Measurement.where",
    },
    "appraisals": {
        "tool": "Appraisal.tool",
        "by": "Appraisal.by",
        "source": "Appraisal.source",
        "endpoint": "About About.endpoint",
        "arm": "About About.arm",
        "scope": "About About.scope",
        "because": "Answered.because",
        "where": "Answered.where",
    },
}
_SHARE = Rule("number", low=0, high=1)
_DIFFERENCE = Rule("number", low=-1, high=1)
_AMOUNT = Rule("number", low=0)
_COUNT = Rule("integer", low=0)
_FIGURES = ("pooled", "single-study", "not-pooled", "no-study", "curve")
_OF_TRIALS = ("trials-randomised", "trials-concurrent")


def _unsaid(path: str, *, required: bool = False) -> Rule:
    """Return the rule of a field where a table means something of its own by it."""
    return replace(column_rule(path), meaning="", required=required)


def _shares(*names: str) -> dict[str, Rule]:
    """Return that columns hold proportions."""
    return dict.fromkeys(names, _SHARE)


def _times() -> dict[str, Rule]:
    """Return the rules of a time band's columns."""
    names = tuple(band.name for band in topic().all_bands)
    return {"band": _COUNT, "when": Rule(names=names, required=True)}


def _questions() -> dict[str, Rule]:
    """Return the rules of the columns that say what a figure is about."""
    return {
        "therapy": _unsaid("Arm.therapy", required=True),
        "endpoint": _unsaid("Result.endpoint", required=True),
        "scope": _unsaid("Result.scope", required=True),
        **_times(),
    }


def _study() -> dict[str, Rule]:
    """Return the rule of the column that names the record."""
    return {"study": _unsaid("Study.id", required=True)}


def _results() -> dict[str, Rule]:
    """Return the rules of what is worked out of results."""
    return {
        **_study(),
        **_times(),
        **_shares("rate", "low", "high"),
        "family": Rule(names=FAMILIES, required=True),
        "level": Rule("integer", low=50, high=99),
        "reading": _unsaid("Study.reading", required=True),
        "bias": Rule(names=BIAS_LEVELS),
        "bias_tool": Rule(names=tuple(tools())),
        "months": _unsaid("Time.months"),
    }


def _measurements() -> dict[str, Rule]:
    """Return the rules of the numbers of measurements."""
    return {
        **_study(),
        **{
            f"{stage}_{part}": column_rule(f"Measurement.{stage} Distribution.{part}")
            for stage in STAGES
            for part in (*PARTS, "n")
        },
        "months": _unsaid("Time.months"),
        "reading": _unsaid("Study.reading", required=True),
    }


def _appraisals() -> dict[str, Rule]:
    """Return the rules of what is worked out of appraisals."""
    return {
        **_study(),
        "appraisal": Rule("integer", low=1, required=True),
        "domain": Rule(required=True),
        "read": _unsaid("Study.reading"),
        "level": Rule(names=BIAS_LEVELS),
    }


def _figures() -> dict[str, Rule]:
    """Return the rules of the columns of figures."""
    return {
        **_questions(),
        **dict.fromkeys(
            (
                "people",
                "events",
                "effective_people",
                "effective_events",
                "control_people",
                "control_events",
                "tau",
                "risk_ratio",
                "risk_ratio_low",
                "risk_ratio_high",
                "odds_ratio",
                "odds_ratio_low",
                "odds_ratio_high",
                "mh_risk_ratio",
                "mh_risk_ratio_low",
                "mh_risk_ratio_high",
            ),
            _AMOUNT,
        ),
        **dict.fromkeys(("k", "at_least_events", "at_least_treated"), _COUNT),
        **dict.fromkeys(
            (
                "difference",
                "difference_low",
                "difference_high",
                "mh_difference",
                "mh_difference_low",
                "mh_difference_high",
            ),
            _DIFFERENCE,
        ),
        **_shares(
            "estimate",
            "ci_low",
            "ci_high",
            "mean",
            "pi_low",
            "pi_high",
            "bound",
            "bound_on_totals",
            "i2",
            "prior_moves",
            "level",
            "control_risk",
        ),
        "family": Rule(names=FAMILIES, required=True),
        "figure": Rule(names=(*_FIGURES, *_OF_TRIALS), required=True),
        "bound_side": Rule(names=("upper", "lower")),
        "denominator": _unsaid("Result.among"),
        "certainty": Rule(names=get_args(CertaintyLevel)),
    }


def _counted() -> dict[str, Rule]:
    """Return the rules of the columns of the numbers behind figures."""
    amounts = ("xi", "ni", "ai", "bi", "ci", "di", "people", "months")
    return {
        **_study(),
        **_questions(),
        **dict.fromkeys(amounts, _AMOUNT),
        "figure": Rule(required=True),
        "form": Rule(names=("count", "derived", "effective"), required=True),
        "among": _unsaid("Result.among", required=True),
        "year": _unsaid("Citation.year"),
        "reading": _unsaid("Study.reading", required=True),
        "line": _COUNT,
        "results": Rule(required=True),
    }


def _left_out() -> dict[str, Rule]:
    """Return the rules of the columns of what is in no figure."""
    return {
        **_study(),
        **_questions(),
        "figure": Rule(required=True),
        "counted": _unsaid("Result.endpoint", required=True),
        "reason": Rule(names=tuple(one.value for one in Reason), required=True),
        "text": Rule(required=True),
        "line": _COUNT,
    }


_WORKED_OUT: dict[str, Callable[[], dict[str, Rule]]] = {
    "studies": lambda: {WITH_CONDITION: _unsaid(f"Population.{WITH_CONDITION}")},
    "arms": lambda: {**_study(), "arm": Rule(required=True)},
    "overlaps": _study,
    "results": _results,
    "measurements": _measurements,
    "appraisals": _appraisals,
    "figures": _figures,
    "counted": _counted,
    "left_out": _left_out,
}


def rules_of(table: str) -> dict[str, Rule]:
    """Return what the columns of a table may hold, as far as anything is said.

    Parameters
    ----------
    table : str
        Its name: one of those of a bundle.
    """
    fields = _STATED.get(table, {})
    rules = {
        **{column: column_rule(path) for column, path in fields.items()},
        **_WORKED_OUT[table](),
    }
    names = {ours: theirs for theirs, ours in own_names().items()}
    return {names.get(column, column): rule for column, rule in rules.items()}
