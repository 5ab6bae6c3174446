"""For one therapy, endpoint, scope and time: which number of each study enters.

The one selection: compare, forest, report and audit all ask it. Whatever does not
enter leaves with a reason, as a code with its values; the words stand elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lupus_evidence.appraisal import accepted, judged_level
from lupus_evidence.evidence.denominators import preferred_kind
from lupus_evidence.evidence.overlapping_studies import Report, independent_reports
from lupus_evidence.evidence.result_numbers import study_figure
from lupus_evidence.evidence.selection import (
    Considered,
    Excluded,
    Particulars,
    Reason,
    Selection,
    SelectionRules,
    counted,
)
from lupus_evidence.evidence.study_numbers import (
    derived_numbers,
    sources_of,
    study_number,
    summed_arms,
)
from lupus_evidence.vocabulary import NAMED_ENDPOINTS, Among, Band, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lupus_evidence.evidence.study_numbers import StudyNumber
    from lupus_evidence.evidence.therapy_results import StudyResult, TherapyEvidence
    from lupus_evidence.records.load import StudyFile
    from lupus_evidence.records.study import Result, Study


Objection = tuple[Reason, Particulars]


def objections(item: StudyResult, rules: SelectionRules) -> Iterator[Objection]:
    """Yield why a result may enter no figure, the weightiest reason first.

    Parameters
    ----------
    item : StudyResult
        The result.
    rules : SelectionRules
        What a person changed about the choice.
    """
    result = item.result
    retraction = item.study.retraction
    if retraction is not None:
        yield Reason.RETRACTED, Particulars(retraction.date or "")
    if item.fails and not rules.include_failing:
        yield Reason.FAILS_CHECK, Particulars(codes=item.fails)
    if item.mixed:
        yield Reason.MIXED, Particulars()
    if not result.condition_specific:
        yield Reason.OTHER_DISEASES, Particulars()
    if result.subgroup is not None:
        yield Reason.SUBGROUP, Particulars(result.subgroup)
    if result.endpoint in NAMED_ENDPOINTS:
        yield Reason.OWN_OUTCOME, Particulars(result.name or "")
    if result.at is not None and result.at.basis == "response-duration":
        yield Reason.DURATION, Particulars()
    yield from _filtered(item.study, result, rules)


def _filtered(
    study: Study, result: Result, rules: SelectionRules
) -> Iterator[Objection]:
    """Yield which of a person's own limits a result does not keep."""
    reading = result.reading or study.reading
    if rules.designs and study.design not in rules.designs:
        yield Reason.DESIGN, Particulars(study.design)
    if not rules.include_abstracts and study.publication == "conference-abstract":
        yield Reason.ABSTRACT, Particulars()
    if rules.readings and reading not in rules.readings:
        yield Reason.READING, Particulars(reading)
    if rules.max_bias is not None:
        level = judged_level(study, result)
        unjudged = level in {None, "unknown"} and rules.keep_unjudged
        if not unjudged and not accepted(level, rules.max_bias):
            yield Reason.BIAS, Particulars(level or "")


@dataclass(frozen=True)
class Question:
    """What is asked, in one value.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about a therapy.
    endpoint, scope : str
        What is counted, and what it was judged on.
    band : Band or None
        At what time; None for every time.
    rules : SelectionRules
        What a person changed about the choice.
    """

    evidence: TherapyEvidence
    endpoint: str
    scope: Scope
    band: Band | None
    rules: SelectionRules

    def usable(
        self, source: StudyFile, endpoint: str
    ) -> tuple[list[StudyNumber], list[Excluded]]:
        """Return a study's usable numbers for an endpoint, and its other results.

        Parameters
        ----------
        source : StudyFile
            The record.
        endpoint : str
            The question's own, or one from which it can be worked out.
        """
        whole = len(self.evidence.arms(source.study))
        found, refused = [], []
        for item in self.evidence.of(endpoint, source.study.id):
            # two records of one name are a mistake, and no one study
            if self.band not in (None, item.band) or item.source is not source:
                continue
            objection = self._objection(item)
            if objection is None:
                assume = self.rules.assumed_error
                figure = study_figure(item.study, item.result, assume)
                if figure.number is not None:
                    found.append(study_number(item, figure.number, whole=whole))
                    continue
                objection = Reason.NO_NUMBER, Particulars(missing=figure.missing)
            refused.append(Excluded(item.study.id, item.index, *objection, source))
        return found, refused

    def _objection(self, item: StudyResult) -> Objection | None:
        """Return the first reason why a result may not enter, whatever its number."""
        if item.result.scope != self.scope:
            return Reason.SCOPE, Particulars(item.result.scope)
        return next(objections(item, self.rules), None)


@dataclass(frozen=True)
class StudyNumbers:
    """What one study has to offer for a question, and what it must leave out.

    Parameters
    ----------
    source : StudyFile
        The record.
    question : Question
        What is asked.
    numbers : tuple of StudyNumber
        Every number that could stand for the study.
    refused : tuple of Excluded
        Results that may not enter whatever the others say.
    """

    source: StudyFile = field(repr=False)
    question: Question = field(repr=False)
    numbers: tuple[StudyNumber, ...]
    refused: tuple[Excluded, ...]

    def best(self, kind: Among | None) -> StudyNumber | None:
        """Return the study's best number with this kind of denominator."""
        fit = [item for item in self.numbers if item.denominator == kind]
        band = self.question.band
        return min(fit, key=lambda item: item.rank(band), default=None)

    def left_out(self, best: StudyNumber | None, kind: Among | None) -> list[Excluded]:
        """Return every result of the study but those behind its best number.

        Parameters
        ----------
        best : StudyNumber or None
            The number that stands for the study, if any.
        kind : str or None
            Kind of denominator of the figure.
        """
        used = set(best.indexes) if best else set()
        found = {item.index: item for item in self.refused if item.index not in used}
        study = self.source.study
        for item in self.numbers:
            reason, particulars = _why_not(item, best, kind)
            for index in item.indexes:
                # results of other endpoints only helped out; theirs is another figure
                own = study.results[index].endpoint == self.question.endpoint
                if index not in used and index not in found and (own or best is None):
                    found[index] = Excluded(
                        study.id, index, reason, particulars, self.source
                    )
        # judged on something else is no loss where the study counts anyway
        return [
            item
            for item in found.values()
            if best is None or item.reason is not Reason.SCOPE
        ]


def study_numbers(question: Question, source: StudyFile) -> StudyNumbers:
    """Return what a study has to offer for a question.

    Parameters
    ----------
    question : Question
        What is asked.
    source : StudyFile
        The record.
    """
    direct, refused = question.usable(source, question.endpoint)
    taken = {(item.arms, repr(item.time), item.denominator) for item in direct}
    derived = [
        item
        for item in derived_numbers(
            question.endpoint, lambda other: question.usable(source, other)[0]
        )
        if (item.arms, repr(item.time), item.denominator) not in taken
    ]
    found = direct + derived
    found += summed_arms(found, question.evidence.arms(source.study))
    fit = []
    for item in found:
        if item.people >= question.rules.min_n:
            fit.append(item)
        elif len(item.indexes) == 1:
            here = Particulars(here=counted(item))
            left = (source.study.id, item.indexes[0], Reason.FEW, here, source)
            refused.append(Excluded(*left))
    return StudyNumbers(source, question, tuple(fit), tuple(refused))


def _why_not(
    item: StudyNumber, best: StudyNumber | None, kind: Among | None
) -> Objection:
    """Say why a usable number is not the one that counts."""
    if best is not None:
        return Reason.SAME_STUDY, Particulars(instead=counted(best))
    return Reason.DENOMINATOR, Particulars(here=counted(item), wanted=kind)


def choose(
    evidence: TherapyEvidence,
    endpoint: str,
    scope: Scope,
    band: Band,
    rules: SelectionRules | None = None,
    *,
    kind: Among | None = None,
) -> Selection:
    """Choose the results of one figure.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about a therapy.
    endpoint : str
        What is counted.
    scope : str
        What it was judged on.
    band : Band
        At what time.
    rules : SelectionRules, optional
        What a person changed about the choice.
    kind : str, optional
        Kind of denominator to use; the preferred of those offered if omitted.

    Returns
    -------
    Selection
        One kind of denominator, one number for each study, nobody twice; and every
        other result of this endpoint and time with the reason why it is not in.
    """
    question = Question(evidence, endpoint, scope, band, rules or SelectionRules())
    offers = [
        study_numbers(question, source)
        for source in evidence.speaking((endpoint, *sources_of(endpoint)), band)
    ]
    offered = {item.denominator for offer in offers for item in offer.numbers}
    kind = kind or preferred_kind(endpoint, offered)
    winners: dict[str, StudyNumber] = {}
    excluded: list[Excluded] = []
    for offer in offers:
        best = offer.best(kind)
        if best is not None:
            winners[offer.source.study.id] = best
        excluded += offer.left_out(best, kind)
    kept = independent_reports(
        [_report(item) for item in winners.values()],
        evidence.overlaps.keys(),
        question.rules.overlap,
    )
    excluded += [
        overlapping(winners[study], kept, evidence.overlaps)
        for study in winners
        if study not in kept
    ]
    return Selection(
        evidence.therapy,
        endpoint,
        scope,
        band,
        kind if kept else None,
        tuple(sorted(offered)),
        tuple(winners[study] for study in kept),
        tuple(sorted(excluded, key=lambda item: (item.study, item.index))),
        _other_times(question),
        evidence.unreported,
    )


def choose_alike(
    evidence: Sequence[TherapyEvidence],
    endpoint: str,
    scope: Scope,
    band: Band,
    rules: SelectionRules,
) -> tuple[Selection, ...]:
    """Choose the results of several therapies, with one kind of denominator if any.

    Parameters
    ----------
    evidence : sequence of TherapyEvidence
        One for each therapy.
    endpoint, scope, band, rules
        As for `choose`.

    Returns
    -------
    tuple of Selection
        In the order of the therapies. Where their preferred kinds differ and there
        is a kind that all of those with results offer, that one is used.
    """
    own = tuple(choose(item, endpoint, scope, band, rules) for item in evidence)
    speaking = [item for item in own if item.included]
    if len({item.kind for item in speaking}) < 2:  # noqa: PLR2004 - no difference
        return own
    common = set.intersection(*(set(item.offered) for item in speaking))
    kind = preferred_kind(endpoint, common)
    if kind is None:
        return own
    return tuple(
        choose(item, endpoint, scope, band, rules, kind=kind) for item in evidence
    )


def follow_up_months(study: Study) -> float:
    """Return how long a study followed people, in months; 0 if it does not say."""
    follow_up = study.follow_up
    if follow_up is None:
        return 0.0
    for printed in (follow_up.median, follow_up.mean):
        if printed is not None:
            return printed.value
    if follow_up.fixed is not None:
        return follow_up.fixed
    if follow_up.longest is not None:
        return follow_up.longest
    return follow_up.high.value if follow_up.high is not None else 0.0


def _report(item: StudyNumber) -> Report:
    """Return what decides between a number and those that share its people."""
    months = follow_up_months(item.record)
    return Report(item.study, int(item.people), months, item.year or 0)


def overlapping(
    item: StudyNumber, kept: Sequence[str], overlaps: Mapping[tuple[str, str], str]
) -> Excluded:
    """Leave a number out, naming the counted studies that share people with it.

    Parameters
    ----------
    item : StudyNumber
        The number.
    kept : sequence of str
        Studies that are counted.
    overlaps : mapping
        Certainty by pair of study ids that share people.
    """
    others = tuple(
        (other, overlaps[item.study, other])
        for other in kept
        if (item.study, other) in overlaps
    )
    particulars = Particulars(here=counted(item), studies=others)
    left = (item.study, item.indexes[0], Reason.OVERLAP, particulars, item.source)
    return Excluded(*left)


def _other_times(question: Question) -> tuple[str, ...]:
    """Return the studies that report the endpoint and scope at other times only."""
    reported = question.evidence.results.get(question.endpoint, {})
    return tuple(
        study
        for study, results in sorted(reported.items())
        if all(item.band != question.band for item in results)
        and any(item.result.scope == question.scope for item in results)
    )


def considered(
    evidence: TherapyEvidence, selection: Selection
) -> tuple[Considered, ...]:
    """Return every study of the therapy with what became of it, in order of id.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about the selection's therapy.
    selection : Selection
        The choice that was made from it.
    """
    included = {item.study: item for item in selection.included}
    excluded: dict[str, list[Excluded]] = {}
    for item in selection.excluded:
        excluded.setdefault(item.study, []).append(item)
    found = []
    for source in evidence.sources:
        study = source.study
        entry = Considered(
            study.id, included.get(study.id), tuple(excluded.get(study.id, ()))
        )
        if entry.included is None and not entry.excluded:
            absence = _absence(evidence, selection, study)
            entry = Considered(study.id, None, (), *absence)
        found.append(entry)
    return tuple(found)


def _absence(
    evidence: TherapyEvidence, selection: Selection, study: Study
) -> Objection:
    """Say why a study has nothing to offer for an endpoint and time."""
    if study.status != "published":
        return Reason.NO_RESULTS, Particulars(study.status)
    reported = evidence.of(selection.endpoint, study.id)
    if study.id in selection.other_times:
        times = dict.fromkeys(
            item.band for item in reported if item.result.scope == selection.scope
        )
        return Reason.OTHER_TIME, Particulars(times=tuple(times))
    if reported:
        return Reason.OTHER_TIME, Particulars(results=len(reported))
    return Reason.NOT_REPORTED, Particulars()
