"""What one study has to offer for one cell: its numbers, and what it must leave out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lupus_evidence.selection.candidates import (
    Candidate,
    candidate,
    summed_arms,
    usable_number,
)
from lupus_evidence.selection.chosen import Excluded
from lupus_evidence.selection.denominators import AMONG_WORDS, treated_people
from lupus_evidence.selection.derived import derived_candidates
from lupus_evidence.selection.rules import FEW_PEOPLE, Reason, SelectionRules
from lupus_evidence.vocabulary import NAMED_ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.load import StudyFile
    from lupus_evidence.models import Study
    from lupus_evidence.selection.evidence import StudyResult, TherapyEvidence
    from lupus_evidence.vocabulary import Among, Band, Scope


def objections(
    item: StudyResult, rules: SelectionRules
) -> Iterator[tuple[Reason, str]]:
    """Yield why a result may enter no figure, the weightiest reason first.

    Parameters
    ----------
    item : StudyResult
        The result.
    rules : SelectionRules
        What a person changed about the choice.
    """
    result, study = item.result, item.study
    reading = result.reading or study.reading
    if item.mixed:
        yield Reason.MIXED, "people of other arms are in the figure"
    if not result.lupus_specific:
        yield Reason.NOT_LUPUS, Reason.NOT_LUPUS.label
    if result.subgroup is not None:
        yield Reason.SUBGROUP, f"only: {result.subgroup}"
    if result.endpoint in NAMED_ENDPOINTS:
        yield Reason.OWN_OUTCOME, result.name or "an outcome without a name"
    if rules.designs and study.design not in rules.designs:
        yield Reason.DESIGN, f"the design is {study.design}"
    if not rules.include_abstracts and study.publication == "conference-abstract":
        yield Reason.ABSTRACT, Reason.ABSTRACT.label
    if rules.readings and reading not in rules.readings:
        yield Reason.READING, f"read from: {reading}"


@dataclass(frozen=True)
class Cell:
    """What is asked, in one value.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about a therapy.
    endpoint, scope : str
        What is counted, and what it was judged on.
    band : Band
        At what time.
    rules : SelectionRules
        What a person changed about the choice.
    """

    evidence: TherapyEvidence
    endpoint: str
    scope: Scope
    band: Band
    rules: SelectionRules

    def results(self, endpoint: str, study: str) -> list[StudyResult]:
        """Return a study's results for an endpoint in this time band."""
        return [
            item for item in self.evidence.of(endpoint, study) if item.band == self.band
        ]

    def objection(self, item: StudyResult) -> tuple[Reason, str] | None:
        """Return the first reason why a result may not enter, whatever its number."""
        if item.result.scope != self.scope:
            return Reason.SCOPE, f"judged on: {item.result.scope}"
        return next(objections(item, self.rules), None)

    def too_few(self, item: Candidate) -> tuple[Reason, str] | None:
        """Return why a number rests on too few people to enter."""
        if item.people <= FEW_PEOPLE:
            count = "one person" if item.people == 1 else "two people"
            return Reason.FEW, f"{count}: shown by `table`, never pooled"
        if item.people < self.rules.min_n:
            return Reason.MIN_N, f"{item.people:g} people"
        return None


@dataclass(frozen=True)
class Offer:
    """What one study has to offer for a cell.

    Parameters
    ----------
    source : StudyFile
        The record.
    endpoint : str
        The cell's endpoint.
    band : Band
        The cell's time band.
    candidates : tuple of Candidate
        Every number that could stand for the study.
    refused : tuple of Excluded
        Results that may not enter whatever the others say.
    """

    source: StudyFile = field(repr=False)
    endpoint: str
    band: Band
    candidates: tuple[Candidate, ...]
    refused: tuple[Excluded, ...]

    @property
    def study(self) -> Study:
        """The study."""
        return self.source.study

    def best(self, kind: Among | None) -> Candidate | None:
        """Return the study's best number with this kind of denominator."""
        fit = [item for item in self.candidates if item.kind == kind]
        return min(fit, key=lambda item: item.rank(self.band), default=None)

    def left_out(self, best: Candidate | None, kind: Among | None) -> list[Excluded]:
        """Return every result of the study but those behind its best number.

        Parameters
        ----------
        best : Candidate or None
            The number that stands for the study, if any.
        kind : str or None
            Kind of denominator of the cell.
        """
        used = set(best.indexes) if best else set()
        found = {item.index: item for item in self.refused if item.index not in used}
        for item in self.candidates:
            reason, text = _why_not(item, best, kind)
            for index in item.indexes:
                # results of other endpoints only helped out; theirs is another figure
                own = self.study.results[index].endpoint == self.endpoint
                if index not in used and index not in found and (own or best is None):
                    found[index] = Excluded(
                        self.study.id, index, reason, text, self.source
                    )
        # judged on something else is no loss where the study counts anyway
        return [
            item
            for item in found.values()
            if best is None or item.reason is not Reason.SCOPE
        ]


def study_offer(cell: Cell, source: StudyFile) -> Offer:
    """Return what a study has to offer for a cell.

    Parameters
    ----------
    cell : Cell
        What is asked.
    source : StudyFile
        The record.
    """
    study = source.study
    arms = cell.evidence.arms(study)
    direct, refused = _usable(cell, source, cell.endpoint, arms)
    taken = {(item.arms, repr(item.time), item.kind) for item in direct}
    derived = [
        item
        for item in derived_candidates(
            cell.endpoint, lambda other: _usable(cell, source, other, arms)[0]
        )
        if (item.arms, repr(item.time), item.kind) not in taken
    ]
    found = direct + derived
    found += summed_arms(found, arms)
    fit = []
    for item in found:
        few = cell.too_few(item)
        if few is None:
            fit.append(item)
        elif len(item.indexes) == 1:
            refused.append(Excluded(study.id, item.indexes[0], *few, source))
    return Offer(source, cell.endpoint, cell.band, tuple(fit), tuple(refused))


def _usable(
    cell: Cell, source: StudyFile, endpoint: str, arms: tuple[str, ...]
) -> tuple[list[Candidate], list[Excluded]]:
    """Return the results with a usable number, and why the others have none."""
    found, refused = [], []
    for item in cell.results(endpoint, source.study.id):
        objection = cell.objection(item)
        if objection is None:
            treated = treated_people(item.study, item.arms)
            number = usable_number(item.result, treated)
            if not isinstance(number, str):
                found.append(candidate(item, number, whole=len(arms)))
                continue
            objection = Reason.NO_NUMBER, number
        refused.append(Excluded(item.study.id, item.index, *objection, item.source))
    return found, refused


def _why_not(
    item: Candidate, best: Candidate | None, kind: Among | None
) -> tuple[Reason, str]:
    """Say why a usable number is not the one that counts."""
    if best is not None:
        return Reason.SAME_STUDY, f"counted instead: {in_words(best)}"
    wanted = AMONG_WORDS[kind] if kind else "nobody"
    return (
        Reason.DENOMINATOR,
        f"here {in_words(item)}; this figure is about {wanted}",
    )


def in_words(item: Candidate) -> str:
    """Return a number as "12 of 39 people treated"."""
    if item.number.form == "effective":
        return f"an estimate for {item.people:g} {AMONG_WORDS[item.among]}"
    return f"{item.number.events:g} of {item.number.n:g} {AMONG_WORDS[item.among]}"
