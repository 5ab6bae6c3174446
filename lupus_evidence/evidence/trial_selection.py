"""For two therapies treated side by side: which trials enter, with which two numbers.

Each arm's number is chosen as everywhere (`choose`): derived totals, arms of one
therapy added up, one kind of denominator, nobody twice. The two numbers of a trial are
of one time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lupus_evidence.evidence.denominators import preferred_kind
from lupus_evidence.evidence.overlapping_studies import Report, independent_reports
from lupus_evidence.evidence.rate_selection import Question, overlapping, study_numbers
from lupus_evidence.evidence.selection import Excluded, Particulars, Reason, counted
from lupus_evidence.vocabulary import CONTROLLED_DESIGNS, FAMILIES, topic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lupus_evidence.evidence.selection import SelectionRules
    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Study
    from lupus_evidence.vocabulary import Among, Band, Scope


#: The design in which chance decides who gets what.
RANDOMISED = "randomised-trial"


@dataclass(frozen=True)
class TwoArms:
    """One outcome of a trial at one time in two of its arms.

    Parameters
    ----------
    first, second : StudyNumber
        Treatment and control.
    """

    first: StudyNumber
    second: StudyNumber

    @property
    def record(self) -> Study:
        """The trial's record."""
        return self.first.record

    @property
    def study(self) -> str:
        """The trial's id."""
        return self.first.study

    @property
    def people(self) -> float:
        """People in both arms."""
        return self.first.people + self.second.people

    @property
    def kind(self) -> Among | None:
        """The kind of denominator of both arms; None where theirs differ."""
        same = self.first.denominator == self.second.denominator
        return self.first.denominator if same else None


@dataclass(frozen=True)
class TrialQuestion:
    """What is asked of trials.

    Parameters
    ----------
    endpoint, scope : str
        What is counted, and what it was judged on.
    band : Band
        At what time.
    """

    endpoint: str
    scope: Scope
    band: Band


@dataclass(frozen=True)
class TrialSelection:
    """The trials that answer a question about two therapies, and those that do not.

    Parameters
    ----------
    therapies : tuple of str
        Treatment and control, as they were asked for.
    question : TrialQuestion
        What is counted, judged on what, and when.
    randomised : bool
        Whether chance decided who got what; otherwise a control group stood beside.
    kind : str or None
        Kind of denominator; None where a trial's two arms have different ones.
    included : tuple of TwoArms
        In order of study id.
    excluded : tuple of Excluded
        Results of trials of these therapies that do not enter, with the reason.
    unreported : int
        People of registered studies of the treatment without a result.
    """

    therapies: tuple[str, str]
    question: TrialQuestion
    randomised: bool
    kind: Among | None
    included: tuple[TwoArms, ...]
    excluded: tuple[Excluded, ...]
    unreported: int

    @property
    def people(self) -> int:
        """People in both arms of all trials."""
        return int(sum(item.people for item in self.included))


def trial_questions(
    first: TherapyEvidence, second: TherapyEvidence, endpoints: Collection[str]
) -> list[TrialQuestion]:
    """Return what studies with both arms report of both, in order.

    Parameters
    ----------
    first, second : TherapyEvidence
        What the records say about treatment and control.
    endpoints : collection of str
        What to look for.
    """
    both = {source.study.id for source in _with_both(first, second)}
    asked = [
        {
            TrialQuestion(endpoint, item.result.scope, item.band)
            for endpoint in endpoints
            for study in both
            for item in evidence.of(endpoint, study)
        }
        for evidence in (first, second)
    ]
    found = asked[0] & asked[1]
    names = list(topic().endpoints)
    return sorted(
        found,
        key=lambda question: (
            FAMILIES.index(topic().endpoints[question.endpoint].family),
            names.index(question.endpoint),
            topic().scope_names.index(question.scope),
            topic().all_bands.index(question.band),
        ),
    )


def choose_trials(
    first: TherapyEvidence,
    second: TherapyEvidence,
    question: TrialQuestion,
    rules: SelectionRules,
    *,
    randomised: bool,
) -> TrialSelection:
    """Choose the trials that compare two therapies.

    Parameters
    ----------
    first, second : TherapyEvidence
        What the records say about treatment and control.
    question : TrialQuestion
        What is counted, judged on what, and when.
    rules : SelectionRules
        What a person changed about the choice; the fewest people are those of a trial.
    randomised : bool
        Whether to look at randomised trials, or at other studies with both arms.
    """
    offers = {
        source.study.id: _offer(source, first, second, question, rules)
        for source in _with_both(first, second)
        if (source.study.design == RANDOMISED) is randomised
    }
    kinds = {pair.kind for pairs, _ in offers.values() for pair in pairs}
    kind = preferred_kind(question.endpoint, kinds - {None})  # type: ignore[arg-type]
    winners: dict[str, TwoArms] = {}
    excluded: list[Excluded] = []
    for study, (pairs, refused) in offers.items():
        fit = [pair for pair in pairs if pair.kind == kind]
        best = min(fit, key=lambda pair: _rank(pair, question.band), default=None)
        if best is not None:
            winners[study] = best
        elif pairs:
            excluded += _left_out(pairs[0], Reason.DENOMINATOR, kind)
        else:
            excluded += refused
    kept = independent_reports(
        [_report(pair) for pair in winners.values()],
        first.overlaps.keys(),
        rules.overlap,
    )
    excluded += [
        overlapping(side, kept, first.overlaps)
        for study, pair in winners.items()
        if study not in kept
        for side in (pair.first, pair.second)
    ]
    return TrialSelection(
        (first.therapy, second.therapy),
        question,
        randomised,
        kind,
        tuple(winners[study] for study in kept),
        tuple(sorted(excluded, key=lambda item: (item.study, item.index))),
        first.unreported,
    )


def trials_of_arms(
    evidence: TherapyEvidence, question: TrialQuestion, rules: SelectionRules
) -> Iterator[TwoArms]:
    """Yield what randomised trials found between arms of one and the same therapy.

    Trials of doses, of numbers of infusions, or of sources of cells: each arm after the
    first against the first, in the record's order.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about a therapy.
    question : TrialQuestion
        What is counted, judged on what, and when.
    rules : SelectionRules
        What a person changed about the choice.
    """
    asked = Question(
        evidence, question.endpoint, question.scope, question.band, _any_size(rules)
    )
    for source in evidence.sources:
        arms = evidence.arms(source.study)
        if source.study.design != RANDOMISED or len(arms) < 2:  # noqa: PLR2004 - a pair
            continue
        single = {
            arm: [x for x in study_numbers(asked, source).numbers if x.arms == (arm,)]
            for arm in arms
        }
        reference = arms[0]
        for arm in arms[1:]:
            pairs = list(_pairs(single[reference], single[arm]))
            if pairs:
                yield min(pairs, key=lambda pair: _rank(pair, question.band))


def _with_both(first: TherapyEvidence, second: TherapyEvidence) -> list[StudyFile]:
    """Return the studies with a control group that have arms of both therapies."""
    others = {source.study.id for source in second.sources}
    return [
        source
        for source in first.sources
        if source.study.id in others and source.study.design in CONTROLLED_DESIGNS
    ]


def _any_size(rules: SelectionRules) -> SelectionRules:
    """Return the same rules for one arm: a trial's size is that of both together."""
    return replace(rules, min_n=1)


def _offer(
    source: StudyFile,
    first: TherapyEvidence,
    second: TherapyEvidence,
    question: TrialQuestion,
    rules: SelectionRules,
) -> tuple[list[TwoArms], list[Excluded]]:
    """Return the pairs of numbers that a trial offers, and else why it has none."""
    sides = [
        study_numbers(
            Question(
                evidence,
                question.endpoint,
                question.scope,
                question.band,
                _any_size(rules),
            ),
            source,
        )
        for evidence in (first, second)
    ]
    pairs = list(_pairs(sides[0].numbers, sides[1].numbers))
    fit = [pair for pair in pairs if pair.people >= rules.min_n]
    if fit:
        return fit, []
    if pairs:
        return [], _left_out(pairs[0], Reason.FEW)
    refused = {item.index: item for side in sides for item in side.refused}
    alone = {
        item.indexes[0]: Excluded(
            item.study,
            item.indexes[0],
            Reason.ONE_ARM,
            Particulars(here=counted(item)),
            item.source,
        )
        for side in sides
        for item in side.numbers
    }
    return [], [
        item
        for item in {**alone, **refused}.values()
        if item.reason is not Reason.SCOPE
    ]


def _pairs(
    first: Collection[StudyNumber], second: Collection[StudyNumber]
) -> Iterator[TwoArms]:
    """Yield the numbers of two arms that are of one time."""
    for one in first:
        for other in second:
            if repr(one.time) == repr(other.time) and not set(one.arms) & set(
                other.arms
            ):
                yield TwoArms(one, other)


def _rank(pair: TwoArms, band: Band) -> tuple[object, ...]:
    """Order the pairs of a trial: the lowest stands for it."""
    return pair.kind is None, pair.first.rank(band), pair.second.rank(band)


def _left_out(
    pair: TwoArms, reason: Reason, wanted: Among | None = None
) -> list[Excluded]:
    """Leave both arms of a trial out, for one reason."""
    return [
        Excluded(
            side.study,
            side.indexes[0],
            reason,
            Particulars(here=counted(side), wanted=wanted),
            side.source,
        )
        for side in (pair.first, pair.second)
    ]


def _report(pair: TwoArms) -> Report:
    """Return what decides between trials that share people."""
    return Report(
        pair.study,
        int(pair.people),
        pair.first.months or 0.0,
        pair.record.citation.year or 0,
    )
