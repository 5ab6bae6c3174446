"""Every figure of the records, as the rules want to see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import Counted, Evidence
from lupus_evidence.diagnostics import Place
from lupus_evidence.results import People, Rate
from lupus_evidence.views.filters import therapies_of
from lupus_evidence.views.rates import ReportedRate, reported_rate
from lupus_evidence.vocabulary import THERAPIES, therapy_includes
from lupus_evidence.yamltext import position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lupus_evidence.load import EvidenceBase, StudyFile
    from lupus_evidence.models import Result, Study
    from lupus_evidence.vocabulary import Basis

#: Endpoints that answer the same question, best first; any other only answers itself.
KIN: tuple[tuple[str, ...], ...] = (
    ("disease-free-survival", "event-free-survival", "progression-free-survival"),
    ("complete-remission", "any-remission"),
    ("major-response", "any-response"),
)

#: Below this many people chance moves a percentage by more than 20 points either way
#: (the 95 % Wilson interval of 10 of 20 is 30 to 70 %).
FEW = 20

#: What a denominator is worth for an honest rate of those treated, best first.
AMONG_ORDER = (
    "treated",
    "enrolled",
    "evaluable",
    "unstated",
    "followed",
    "responders",
    "survivors",
)


def as_printed(result: Result) -> str:
    """Return how a source prints an estimate with a standard error; empty otherwise."""
    if result.se is None or result.percent is None:
        return ""
    return f"{result.percent} ± {result.se} %"


@dataclass(frozen=True)
class RecordedFigure:
    """One result of a record with its rate.

    Parameters
    ----------
    source : StudyFile
        The record's file.
    index : int
        Which of its results.
    found : ReportedRate
        Rate and interval, proportions in 0-1.
    """

    source: StudyFile
    index: int
    found: ReportedRate

    @property
    def study(self) -> Study:
        """The record."""
        return self.source.study

    @property
    def result(self) -> Result:
        """The result."""
        return self.study.results[self.index]

    @property
    def key(self) -> tuple[str, int]:
        """Study and index, which name the result."""
        return self.study.id, self.index

    @property
    def months(self) -> float | None:
        """Months after treatment."""
        return self.result.at.months if self.result.at else None

    @property
    def basis(self) -> Basis | None:
        """What kind of time it is."""
        return self.result.at.basis if self.result.at else None

    @property
    def rate(self) -> float | None:
        """Proportion in 0-1."""
        return self.found.rate

    @property
    def counted(self) -> Counted:
        """People and rate."""
        events = self.found.events
        if events is None and self.result.n is None:
            events = self.result.events
        return Counted(
            People(events, self.result.n),
            Rate(self.found.rate, self.found.low, self.found.high),
            as_printed(self.result),
        )

    @property
    def treated(self) -> int | None:
        """People who were given the treatment in this figure's arm, or in all arms."""
        arm = self.result.arm
        if arm is not None and arm in self.study.arms:
            return self.study.arms[arm].n
        sizes = [item.n for item in self.study.arms.values()]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else self.study.population.lupus

    @property
    def evidence(self) -> Evidence:
        """The figure as evidence, with file and line."""
        return Evidence(
            self.study.id,
            self.result.endpoint,
            place_of(self.source, "results", self.index),
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


def figures_of(base: EvidenceBase) -> tuple[RecordedFigure, ...]:
    """Return every result of every record with its rate, in the records' order."""
    return tuple(
        RecordedFigure(source, index, reported_rate(result))
        for source in base.files
        for index, result in enumerate(source.study.results)
    )


def widest(therapy: str) -> str:
    """Return the name that includes a therapy's name and has none above it."""
    while (wider := THERAPIES[therapy].wider) is not None:
        therapy = wider
    return therapy


def kin_of(endpoint: str) -> tuple[str, ...]:
    """Return the endpoints that answer the same question as one, itself first."""
    for group in KIN:
        if endpoint in group:
            return (endpoint, *(name for name in group if name != endpoint))
    return (endpoint,)


def given(figure: RecordedFigure, therapy: str) -> bool:
    """Tell whether everybody behind a figure was given a therapy or a kind of it."""
    names = therapies_of(figure.study, figure.result.arm)
    wide = widest(therapy)
    return bool(names) and all(therapy_includes(wide, name) for name in names)


def study_gives(study: Study, therapy: str) -> bool:
    """Tell whether any arm of a study was given a therapy or a kind of it."""
    wide = widest(therapy)
    return any(therapy_includes(wide, arm.therapy) for arm in study.arms.values())


def is_sizeable(figure: RecordedFigure) -> bool:
    """Tell whether a figure rests on enough people to stand for a rate."""
    return (figure.result.n or figure.treated or 0) >= FEW


def is_whole(figure: RecordedFigure) -> bool:
    """Tell whether a figure is about people with lupus and a whole group of them."""
    return figure.result.lupus_specific and figure.result.subgroup is None


def per_study(
    figures: Iterable[RecordedFigure], endpoints: tuple[str, ...], months: float | None
) -> tuple[RecordedFigure, ...]:
    """Keep one figure of each study: the one that best answers the question.

    Endpoint first, then the denominator nearest to "everybody treated", then the
    time nearest to the claim's, then the larger denominator.

    Parameters
    ----------
    figures : iterable of RecordedFigure
        Candidates.
    endpoints : tuple of str
        Acceptable endpoints, best first.
    months : float or None
        The claim's time.
    """
    best: dict[str, tuple[tuple[float, ...], RecordedFigure]] = {}
    for figure in figures:
        rank = (
            endpoints.index(figure.result.endpoint),
            AMONG_ORDER.index(figure.result.among),
            _distance(figure.months, months),
            -(figure.result.n or 0),
            figure.index,
        )
        held = best.get(figure.study.id)
        if held is None or rank < held[0]:
            best[figure.study.id] = (rank, figure)
    return tuple(figure for _, figure in best.values())


def _distance(found: float | None, wanted: float | None) -> float:
    """Return how far apart two times are in months; unknown is far."""
    if wanted is None:
        return -(found or 0)
    return float("inf") if found is None else abs(found - wanted)


def overlaps_of(base: EvidenceBase) -> dict[str, set[str]]:
    """Return which studies share people, read both ways."""
    shared: dict[str, set[str]] = {}
    for study in base.studies:
        for overlap in study.overlaps:
            shared.setdefault(study.id, set()).add(overlap.study)
            shared.setdefault(overlap.study, set()).add(study.id)
    return shared
