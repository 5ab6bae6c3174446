"""The records as the audit's rules see them: through the one selection.

What counts in a figure, what does not and why is decided by `evidence.rate_selection`,
as for every other command. The rules ask it and never choose for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from lupus_evidence.audit.verdicts import Counted, Evidence, ToldFigure
from lupus_evidence.catalogue.filters import therapies_of
from lupus_evidence.checks.running import checked_evidence
from lupus_evidence.compare.comparison import answered_cell
from lupus_evidence.compare.figures import Pooling
from lupus_evidence.compare.survival import CurveChoices, survival_answer
from lupus_evidence.compare.trials import (
    TrialPooling,
    TrialsAnswer,
    controls_beside,
    trials_between,
)
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.evidence.denominators import treated_people
from lupus_evidence.evidence.rate_selection import Question, choose, study_numbers
from lupus_evidence.evidence.result_numbers import rate_interval, study_figure
from lupus_evidence.evidence.selection import Reason, SelectionRules
from lupus_evidence.evidence.study_numbers import StudyNumber, sources_of
from lupus_evidence.evidence.therapy_results import result_band, shared_people
from lupus_evidence.records.files import Place
from lupus_evidence.records.yamltext import position
from lupus_evidence.stats.proportions import interval
from lupus_evidence.vocabulary import Band, Scope, broadest, therapy_includes, topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lupus_evidence.compare.cells import Cell
    from lupus_evidence.compare.survival import SurvivalAnswer
    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.records.claims import AnyClaim, ClaimsFile
    from lupus_evidence.records.load import EvidenceBase, StudyFile
    from lupus_evidence.records.study import Result, Study, Time


T = TypeVar("T")

#: Below this many people chance moves a percentage by more than 20 points either way
#: (the 95 % Wilson interval of 10 of 20 is 30 to 70 %).
FEW = 20

#: A figure left out for these reasons is a figure of the same people and outcome all
#: the same: it says what studies report.
_REPORTED = frozenset(
    {Reason.OVERLAP, Reason.DENOMINATOR, Reason.SAME_STUDY, Reason.NO_NUMBER}
)


@dataclass(frozen=True)
class RecordedFigure:
    """One figure of a study, printed or worked out, and whether it counts.

    Parameters
    ----------
    source : StudyFile
        The record.
    indexes : tuple of int
        The results behind it, from 0.
    endpoint : str
        What it counts; for a figure that was worked out not what its results count.
    number : StudyNumber or None
        The number behind it; None where it has none that can be pooled.
    reason : Reason or None
        Why it is in no figure; None where it counts.
    """

    source: StudyFile
    indexes: tuple[int, ...]
    endpoint: str
    number: StudyNumber | None
    reason: Reason | None = None

    @property
    def study(self) -> Study:
        """The record."""
        return self.source.study

    @property
    def result(self) -> Result:
        """The first result behind it."""
        return self.study.results[self.indexes[0]]

    @property
    def key(self) -> tuple[str, int]:
        """Study and index, which name the result."""
        return self.study.id, self.indexes[0]

    @property
    def derived(self) -> bool:
        """Whether it was worked out from what is printed."""
        return self.endpoint != self.result.endpoint or len(self.indexes) > 1

    @property
    def reported(self) -> bool:
        """Whether it says how often the outcome was in the people asked of."""
        return self.reason is None or self.reason in _REPORTED

    @property
    def months(self) -> float | None:
        """Months after treatment."""
        return self.time.months if self.time else None

    @property
    def time(self) -> Time | None:
        """When it was counted."""
        return self.result.at

    @property
    def events(self) -> int | None:
        """People with the outcome; None for an estimate."""
        if self.number is not None and self.number.form != "effective":
            return int(self.number.events)
        return None if self.derived else study_figure(self.study, self.result).events

    @property
    def n(self) -> int | None:
        """People in the denominator, as far as known."""
        if self.number is not None and self.number.form != "effective":
            return int(self.number.n)
        return self.result.n

    @property
    def rate(self) -> float | None:
        """Proportion in 0-1."""
        if self.number is not None:
            return self.number.rate
        return study_figure(self.study, self.result).rate

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the rate, proportions in 0-1."""
        if self.number is not None and (self.derived or self.events is not None):
            return interval(self.number.events, self.number.n, method="wilson")
        found = rate_interval(study_figure(self.study, self.result))
        if found.low is None or found.high is None:
            return None
        return found.low, found.high

    @property
    def treated(self) -> int | None:
        """People with lupus treated in the figure's arms, if known."""
        if self.number is not None:
            return self.number.treated
        arm = self.result.arm
        return treated_people(self.study, self.study.arms if arm is None else (arm,))

    @property
    def people(self) -> int:
        """People it is about; 0 if not known."""
        return self.n or self.treated or 0

    @property
    def sizeable(self) -> bool:
        """Whether it rests on enough people to stand for a rate."""
        return self.people >= FEW

    @property
    def counted(self) -> Counted:
        """People and rate, for a sentence."""
        low, high = self.interval or (None, None)
        percent, se = self.result.percent, self.result.se
        printed = "" if se is None or percent is None else f"{percent} ± {se} %"
        events = self.events
        if events is None and self.n is None:
            events = self.result.events
        return Counted(
            People(events, self.n),
            Rate(self.rate, low, high),
            "" if self.derived else printed,
        )

    @property
    def told(self) -> ToldFigure:
        """The figure, for a sentence."""
        return ToldFigure(
            self.study.id,
            self.counted,
            self.endpoint,
            self.result.scope,
            self.result.name,
            self.time,
            self.n,
            self.treated,
            self.result.condition_specific,
        )

    @property
    def evidence(self) -> Evidence:
        """The figure as evidence, with file and line."""
        return Evidence(
            self.study.id,
            self.endpoint,
            place_of(self.source, "results", self.indexes[0]),
            ", ".join(therapies_of(self.study, self.result.arm)),
            self.months,
            self.counted,
            self.result.among,
            self.result.where,
            self.result.reading or self.study.reading,
        )


def place_of(source: StudyFile, *path: str | int) -> Place:
    """Return where a part of a record stands."""
    return Place(source.file, *_position(source.text, path))


@lru_cache(maxsize=4096)
def _position(text: str, path: tuple[str | int, ...]) -> tuple[int, int]:
    """Look a part's line and column up once."""
    return position(text, path)


def without_pages(base: EvidenceBase) -> EvidenceBase:
    """Return the records but for those made from a page: no page bears out another.

    Parameters
    ----------
    base : EvidenceBase
        All records.
    """
    return base.part(x for x in base.files if x.study.publication != "web-page")


def study_gives(study: Study, therapy: str) -> bool:
    """Tell whether any arm of a study was given a therapy or a kind of it."""
    wide = broadest(therapy)
    return any(therapy_includes(wide, arm.therapy) for arm in study.arms.values())


@dataclass(frozen=True)
class Records:
    """What every rule may ask, each answer worked out once.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    rules : SelectionRules
        The choice of results, as for a comparison.
    """

    base: EvidenceBase
    rules: SelectionRules = field(default_factory=SelectionRules)

    @cached_property
    def files(self) -> dict[str, StudyFile]:
        """Records by name."""
        return {item.study.id: item for item in self.base.files}

    @cached_property
    def overlaps(self) -> dict[str, set[str]]:
        """Which studies share people, read both ways."""
        shared: dict[str, set[str]] = {}
        for one, other in shared_people(self.base.studies):
            shared.setdefault(one, set()).add(other)
        return shared

    @cached_property
    def _known(self) -> dict[tuple[object, ...], object]:
        """Answers given before."""
        return {}

    def evidence(self, therapy: str) -> TherapyEvidence:
        """Return what the records say about a therapy."""
        return self._once(
            ("evidence", therapy), lambda: checked_evidence(self.base, therapy)
        )

    def questions(self, therapy: str, endpoint: str) -> tuple[tuple[Scope, Band], ...]:
        """Return every scope and time for which a study says anything of an outcome."""
        results = self.evidence(therapy).results
        asked = (
            (item.result.scope, item.band)
            for source in (endpoint, *sources_of(endpoint))
            for by_study in results.get(source, {}).values()
            for item in by_study
        )
        return tuple(dict.fromkeys(asked))

    def cell(self, therapy: str, endpoint: str, scope: Scope, band: Band) -> Cell:
        """Return what `compare` prints for a therapy, endpoint, scope and time."""
        return self._once(
            ("cell", therapy, endpoint, scope, band),
            lambda: answered_cell(
                choose(self.evidence(therapy), endpoint, scope, band, self.rules),
                Pooling(),
            ),
        )

    def survival(self, therapy: str) -> SurvivalAnswer:
        """Return what `curve` says of a therapy's survival."""
        return self._once(
            ("survival", therapy),
            lambda: survival_answer(self.evidence(therapy), CurveChoices(self.rules)),
        )

    def trials(
        self, therapy: str, endpoints: tuple[str, ...]
    ) -> tuple[TrialsAnswer, ...]:
        """Return what trials of a therapy say of outcomes, whatever its control."""
        return self._once(
            ("trials", therapy, endpoints),
            lambda: tuple(
                trials_between(
                    [self.evidence(therapy)],
                    controls_beside(self.base, (therapy,)),
                    list(endpoints),
                    self.rules,
                    TrialPooling(),
                )
            ),
        )

    def figures(
        self, therapy: str, endpoint: str, scope: Scope, band: Band
    ) -> tuple[RecordedFigure, ...]:
        """Return every figure of an outcome at a time, those that count and others."""
        return self._once(
            ("figures", therapy, endpoint, scope, band),
            lambda: tuple(self._figures(therapy, endpoint, scope, band)),
        )

    def of_study(self, name: str) -> tuple[RecordedFigure, ...]:
        """Return the results of one study as they are printed."""
        source = self.files.get(name)
        if source is None:
            return ()
        return tuple(
            RecordedFigure(source, (index,), result.endpoint, None)
            for index, result in enumerate(source.study.results)
        )

    def _once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """Work an answer out the first time that it is asked for."""
        if key not in self._known:
            self._known[key] = work()
        return cast("T", self._known[key])

    def _figures(
        self, therapy: str, endpoint: str, scope: Scope, band: Band
    ) -> Iterator[RecordedFigure]:
        """Yield what each study has to offer, and whether the selection takes it."""
        evidence = self.evidence(therapy)
        chosen = self.cell(therapy, endpoint, scope, band).selection
        taken = {(item.study, item.indexes) for item in chosen.included}
        reasons = {(item.study, item.index): item.reason for item in chosen.excluded}
        question = Question(evidence, endpoint, scope, band, self.rules)
        for source in evidence.speaking((endpoint, *sources_of(endpoint)), band):
            offer = study_numbers(question, source)
            name = source.study.id
            for number in offer.numbers:
                reason = None
                if (name, number.indexes) not in taken:
                    reason = reasons.get((name, number.indexes[0]), Reason.SAME_STUDY)
                yield RecordedFigure(source, number.indexes, endpoint, number, reason)
            for left in offer.refused:
                if left.reason is not Reason.SCOPE and left.result.endpoint == endpoint:
                    yield RecordedFigure(
                        source, (left.index,), endpoint, None, left.reason
                    )


def band_of_figure(figure: RecordedFigure) -> Band:
    """Return the time band that a figure stands in."""
    return result_band(figure.result)


@dataclass(frozen=True)
class ArticleContext:
    """The article that a claim stands in.

    Parameters
    ----------
    records : Records
        What the rules may ask.
    file : ClaimsFile
        The article.
    told : frozenset of (str or None, str)
        Endpoint of every rate that the article gives, with the study that it cites.
    """

    records: Records
    file: ClaimsFile
    told: frozenset[tuple[str | None, str]] = field(default=frozenset())

    def tells(self, what: str) -> bool:
        """Tell whether the article itself says so."""
        return what in self.file.article.tells

    def tells_of(self, study: str, harm: str) -> bool:
        """Tell whether the article tells of a harm, of this study or in general."""
        row = topic().endpoints[harm]
        if self.tells("harms") or not {harm, *row.told_by}.isdisjoint(
            self.file.article.harms
        ):
            return True
        return any(
            (whose, name) in self.told
            for name in row.told_by
            for whose in (study, None)
            if whose or topic().endpoints[name].family == "harm"
        )


def context_of(records: Records, file: ClaimsFile) -> ArticleContext:
    """Return the context of an article's claims."""
    told = {pair for claim in file.claims for pair in _told_by(claim)}
    return ArticleContext(records, file, frozenset(told))


def _told_by(claim: AnyClaim) -> set[tuple[str | None, str]]:
    """Return study and endpoint of a claim's rates."""
    figures = getattr(claim, "figures", ())
    return {(claim.cites, figure.endpoint) for figure in figures}
