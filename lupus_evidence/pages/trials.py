"""What trials say, as tables and as parts of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, isfinite
from typing import TYPE_CHECKING

from lupus_evidence.documents.document import Column, Table
from lupus_evidence.documents.text import (
    NOTHING,
    capital,
    number,
    of_hundred_more,
    percent,
    ratio,
    signed,
)
from lupus_evidence.documents.values import People, Value
from lupus_evidence.pages import phrases, reasons
from lupus_evidence.pages.comparison_csv import LARGEST_LOG
from lupus_evidence.records.naming import study_names
from lupus_evidence.vocabulary import FAMILIES, topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.compare.summary import Comparison
    from lupus_evidence.compare.trials import DirectEvidence, TrialsAnswer
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.stats.direct_effects import TrialEstimate


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


@dataclass(frozen=True)
class TrialPair:
    """What trials say about two of the compared therapies.

    Parameters
    ----------
    therapies : tuple of str
        Treatment and control.
    table : str
        Name of its table.
    answers : list of TrialsAnswer
        One a question: of trials by lot if there are any.
    told : list of ToldTrials
        The same in the pieces that sentences need.
    """

    therapies: tuple[str, str]
    table: str
    answers: list[TrialsAnswer]
    told: list[ToldTrials]

    @property
    def studies(self) -> dict[str, int]:
        """Each study with the most people that it counts."""
        found: dict[str, int] = {}
        for item in self.answers:
            for trial in item.trials:
                known = found.get(trial.study, 0)
                found[trial.study] = max(known, int(trial.people))
        return found

    @property
    def randomised(self) -> dict[str, int]:
        """The same of those in which chance decided."""
        return self.studies if self.answers[0].randomised else {}

    @property
    def people(self) -> int:
        """People in all of them."""
        return sum(self.studies.values())


@dataclass(frozen=True)
class PooledQuestion(ToldTrials):
    """A question that several trials answer, with its table and who is not in it."""

    table: str
    left_out: list[str]


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
    row = topic().endpoints[question.endpoint]
    judged = "" if question.scope == topic().whole else f", {question.scope}"
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
    # beyond that e^x is no number
    low, high = (ratio(exp(end) if end < LARGEST_LOG else inf) for end in found.ci)
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
    headings = _headings(first, second)
    columns = (
        Column("outcome", "", "What is counted", wrap=True),
        Column("months", "months", "Time band", align="right"),
        Column("first", headings[0], f"People given {first}"),
        Column("second", headings[1], f"People given {second}"),
        Column("difference", "of 100 people", f"More of 100 people with {first}"),
        Column("trials", "trials", "How many trials", align="right"),
    )
    rows: list[dict[str, Value]] = [
        {
            "outcome": asked(item),
            "months": phrases.months(item.question.band),
            "first": people_together([one.first for one in item.selection.included]),
            "second": people_together([one.second for one in item.selection.included]),
            "difference": difference_text(item.effects.risk_difference),
            "trials": str(item.k),
        }
        for item in answers
    ]
    return Table("trials", columns, tuple(rows))


#: Names of two therapies that leave room for the rest of a table on 80 columns.
LONGEST_NAMES = 28


def _headings(first: str, second: str) -> tuple[str, str]:
    """Return what stands over the two arms: their names, unless they are too long."""
    short = len(first) + len(second) <= LONGEST_NAMES
    return (first, second) if short else ("treatment", "control")


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
    headings = _headings(first, second)
    columns = (
        Column("study", "", "Trial"),
        Column("first", headings[0], f"People given {first}"),
        Column("second", headings[1], f"People given {second}"),
        Column("difference", "of 100 people", f"More of 100 people with {first}"),
        Column("weight", "weight", "Share in the pooled effect", align="right"),
    )
    weights = answer.effects.odds_ratio.weights
    rows: list[dict[str, Value]] = [
        {
            "study": cited.get(item.study, item.study),
            "first": phrases.count(item.first),
            "second": phrases.count(item.second),
            "difference": own_difference(item),
            "weight": f"{percent(weight)} %",
        }
        for item, weight in zip(answer.trials, weights, strict=True)
    ]
    pairs = answer.selection.included
    rows.append(
        {
            "study": "pooled",
            "first": people_together([one.first for one in pairs]),
            "second": people_together([one.second for one in pairs]),
            "difference": difference_text(answer.effects.risk_difference),
            "weight": "100 %",
        }
    )
    return Table("trial", columns, tuple(rows))


def own_difference(item: DirectEvidence) -> str:
    """Return what one trial found, as people of 100.

    Parameters
    ----------
    item : DirectEvidence
        The trial.
    """
    effect = item.contrast.risk_difference
    return of_hundred_more(effect.estimate or 0.0, *effect.ci)


def people_together(sides: Sequence[StudyNumber]) -> People:
    """Return the people of some arms together.

    Parameters
    ----------
    sides : sequence of StudyNumber
        The arms.
    """
    if any(item.form == "effective" for item in sides):
        return People(None, sum(item.people for item in sides), estimated=True)
    return People(sum(item.events for item in sides), sum(item.n for item in sides))


def cited_trials(comparison: Comparison) -> dict[str, str]:
    """Return what the studies with two arms are called, by id.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    records = {item.study: item.first.record for item in comparison.direct}
    return study_names(records.values())


def trial_pairs(comparison: Comparison, cited: Mapping[str, str]) -> list[TrialPair]:
    """Return what trials say about each pair of the compared therapies.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    cited : mapping of str to str
        What each study is called, by id.
    """
    groups: dict[tuple[str, str], list[TrialsAnswer]] = {}
    for answer in sorted(comparison.answering, key=_telling, reverse=True):
        groups.setdefault(answer.therapies, []).append(answer)
    return [
        TrialPair(
            therapies,
            f"trials_{place}",
            _in_order(answers),
            [told_trials(item, cited) for item in _in_order(answers)],
        )
        for place, (therapies, answers) in enumerate(groups.items())
    ]


def _in_order(answers: Sequence[TrialsAnswer]) -> list[TrialsAnswer]:
    """Return trials by lot if there are any, benefits before harms, as asked."""
    by_lot = [item for item in answers if item.randomised]
    names = list(topic().endpoints)
    return sorted(
        by_lot or answers,
        key=lambda item: (
            FAMILIES.index(topic().endpoints[item.question.endpoint].family),
            names.index(item.question.endpoint),
        ),
    )


def trials_beside(comparison: Comparison, cited: Mapping[str, str]) -> list[ToldTrials]:
    """Return what trials say of each therapy against other treatments, most first.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    cited : mapping of str to str
        What each study is called, by id.
    """
    found: dict[tuple[object, ...], TrialsAnswer] = {}
    answering = set(map(id, comparison.answering))
    for answer in sorted(comparison.trials, key=_telling, reverse=True):
        if id(answer) not in answering:
            studies = tuple(item.study for item in answer.trials)
            given = tuple(answer.trials[0].therapies)
            found.setdefault((studies, given), answer)
    return [told_trials(answer, cited) for answer in found.values()]


def pooled_questions(
    comparison: Comparison, cited: Mapping[str, str]
) -> list[PooledQuestion]:
    """Return each question that several trials answer.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    cited : mapping of str to str
        What each study is called, by id.
    """
    several = [item for item in comparison.trials if item.k > 1]
    return [
        PooledQuestion(
            **vars(told_trials(item, cited)),
            table=f"pooled_{place}",
            left_out=[
                f"{one.study} ({reasons.why(one.reason, one.particulars)})"
                for one in item.selection.excluded
            ],
        )
        for place, item in enumerate(several)
    ]


def single_trials(comparison: Comparison) -> list[DirectEvidence]:
    """Return the trials that stand alone, those that tell most of each first.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    """
    seen: set[tuple[str, tuple[str, str]]] = set()
    first: list[DirectEvidence] = []
    rest: list[DirectEvidence] = []
    alone = [item for item in comparison.trials if item.k == 1]
    for answer in sorted(alone, key=_telling, reverse=True):
        item = answer.trials[0]
        key = item.study, item.therapies
        (rest if key in seen else first).append(item)
        seen.add(key)
    return [*first, *rest]


def _telling(item: TrialsAnswer) -> tuple[bool, bool, bool]:
    """Order answers by how much they tell: by lot, main outcomes, totals."""
    known = topic().endpoints[item.question.endpoint]
    return item.randomised, known.look == "first", bool(known.parts)
