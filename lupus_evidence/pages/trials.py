"""What trials say, as tables and as parts of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite
from typing import TYPE_CHECKING

from lupus_evidence.document import Column, Table
from lupus_evidence.pages import phrases
from lupus_evidence.text import (
    NOTHING,
    capital,
    number,
    of_hundred_more,
    percent,
    ratio,
    signed,
)
from lupus_evidence.values import People
from lupus_evidence.vocabulary import ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.evidence.number import StudyNumber
    from lupus_evidence.stats.trials import TrialEstimate
    from lupus_evidence.values import Value


@dataclass(frozen=True)
class ToldTrials:
    """What trials say about one question, in the pieces that sentences need.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    asked : str
        What is counted, judged on what: "Complete remission, kidney".
    when : str
        "at 12 months".
    studies : tuple of str
        The trials, as they are cited.
    control, treated : str
        How many of 100 people have the outcome with control and with treatment.
    difference : str
        People of 100, with its interval: "+16 (+2 to +30)".
    odds, risk : str
        Odds and risk ratio with their intervals.
    mh_difference, mh_ratio : str
        Mantel and Haenszel's: "15.5 percentage points (6.4 to 24.6)", "1.60 (1.20 to
        2.12)".
    prediction : str
        Where a new trial's difference would lie; empty where that cannot be said.
    tau : str
        Spread of log odds ratios; empty where it was not estimated.
    """

    answer: TrialsAnswer
    asked: str
    when: str
    studies: tuple[str, ...]
    control: str
    treated: str
    difference: str
    odds: str
    risk: str
    mh_difference: str
    mh_ratio: str
    prediction: str
    tau: str


def told_trials(answer: TrialsAnswer, cited: Mapping[str, str]) -> ToldTrials:
    """Return what trials say in the pieces that sentences need.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    cited : mapping of str to str
        What each study is called, by id.
    """
    question, effects = answer.question, answer.effects
    tau = effects.odds_ratio.tau
    return ToldTrials(
        answer,
        asked(answer),
        phrases.at_time(question.band),
        tuple(cited.get(item.study, item.study) for item in answer.trials),
        percent(answer.control_risk),
        NOTHING if answer.treated_risk is None else percent(answer.treated_risk),
        difference_text(effects.risk_difference),
        ratio_text(effects.odds_ratio),
        ratio_text(effects.risk_ratio),
        points_text(effects.mh_risk_difference),
        ratio_text(effects.mh_risk_ratio),
        prediction_text(effects.risk_difference),
        "" if tau is None or answer.k == 1 else number(tau, 2),
    )


def asked(answer: TrialsAnswer) -> str:
    """Return what is counted and what it was judged on, in few words."""
    question = answer.question
    row = ENDPOINTS[question.endpoint]
    judged = "" if question.scope == "lupus" else f", {question.scope}"
    return f"{capital(row.brief or row.label)}{judged}"


def difference_text(found: TrialEstimate) -> str:
    """Return a risk difference as people of 100: "+16 (+2 to +30)"."""
    if found.estimate is None:
        return NOTHING
    return of_hundred_more(found.estimate, *found.ci)


def points_text(found: TrialEstimate) -> str:
    """Return a risk difference in percentage points with one decimal."""
    if found.estimate is None:
        return NOTHING
    low, high = (signed(end, 1).removeprefix("+") for end in found.ci)
    middle = signed(found.estimate, 1).removeprefix("+")
    return f"{middle} percentage points ({low} to {high})"


def ratio_text(found: TrialEstimate) -> str:
    """Return a ratio with its interval: "1.60 (1.20 to 2.12)"."""
    if found.estimate is None:
        return NOTHING
    low, high = (ratio(exp(min(end, 700.0))) for end in found.ci)  # as far as e^x goes
    if not isfinite(found.estimate):
        return f"at most {high}" if found.estimate < 0 else f"at least {low}"
    return f"{ratio(exp(found.estimate))} ({low} to {high})"


def prediction_text(found: TrialEstimate) -> str:
    """Return where a new trial's difference would lie: "-4 to +38"."""
    if found.prediction is None:
        return ""
    return " to ".join(signed(end) for end in found.prediction)


def trials_table(answers: Sequence[TrialsAnswer]) -> Table:
    """Return what trials of two therapies say: a line for each question.

    Parameters
    ----------
    answers : sequence of TrialsAnswer
        All about the same two therapies.
    """
    first, second = answers[0].therapies
    columns = (
        Column("outcome", "", "What is counted", wrap=True),
        Column("months", "months", "Time band", align="right"),
        Column("first", first, f"People given {first}"),
        Column("second", second, f"People given {second}"),
        Column("difference", "of 100 people", f"More of 100 people with {first}"),
        Column("trials", "trials", "How many trials", align="right"),
    )
    rows: list[dict[str, Value]] = [
        {
            "outcome": asked(item),
            "months": phrases.months(item.question.band),
            "first": _together([one.first for one in item.selection.included]),
            "second": _together([one.second for one in item.selection.included]),
            "difference": difference_text(item.effects.risk_difference),
            "trials": str(item.k),
        }
        for item in answers
    ]
    return Table("trials", columns, tuple(rows))


def trial_table(answer: TrialsAnswer, cited: Mapping[str, str]) -> Table:
    """Return the trials behind one pooled effect, with their weights, and the effect.

    Parameters
    ----------
    answer : TrialsAnswer
        The answer.
    cited : mapping of str to str
        What each study is called, by id.
    """
    first, second = answer.therapies
    columns = (
        Column("study", "", "Trial"),
        Column("first", first, f"People given {first}"),
        Column("second", second, f"People given {second}"),
        Column("difference", "of 100 people", f"More of 100 people with {first}"),
        Column("weight", "weight", "Share in the pooled effect", align="right"),
    )
    weights = answer.effects.odds_ratio.weights
    rows: list[dict[str, Value]] = [
        {
            "study": cited.get(item.study, item.study),
            "first": phrases.count(item.first),
            "second": phrases.count(item.second),
            "difference": _own_difference(item),
            "weight": f"{percent(weight)} %",
        }
        for item, weight in zip(answer.trials, weights, strict=True)
    ]
    pairs = answer.selection.included
    rows.append(
        {
            "study": "pooled",
            "first": _together([one.first for one in pairs]),
            "second": _together([one.second for one in pairs]),
            "difference": difference_text(answer.effects.risk_difference),
            "weight": "100 %",
        }
    )
    return Table("trial", columns, tuple(rows))


def _own_difference(item: DirectEvidence) -> str:
    """Return what one trial found, as people of 100."""
    effect = item.contrast.risk_difference
    return of_hundred_more(effect.estimate or 0.0, *effect.ci)


def _together(sides: Sequence[StudyNumber]) -> People:
    """Return the people of some arms together."""
    if any(item.form == "effective" for item in sides):
        return People(None, sum(item.people for item in sides), estimated=True)
    return People(sum(item.events for item in sides), sum(item.n for item in sides))
