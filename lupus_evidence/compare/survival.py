"""Survival of a therapy as one curve: how far it goes, and on whom it rests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lupus_evidence.checks.running import checked_evidence
from lupus_evidence.documents.values import Receipt
from lupus_evidence.errors import EvidenceError, UnknownNameError
from lupus_evidence.evidence.selection import SelectionRules
from lupus_evidence.evidence.survival_selection import (
    ALIVE,
    DEAD,
    EARLY_DEATHS,
    StudySurvival,
    SurvivalSelection,
    survival_over_time,
)
from lupus_evidence.records.naming import study_names
from lupus_evidence.vocabulary import topic, use_topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lupus_evidence.evidence.therapy_results import TherapyEvidence
    from lupus_evidence.records.load import EvidenceBase
    from lupus_evidence.stats.survival import SurvivalCurve

#: Months at which a curve is told.
CURVE_MONTHS = (6.0, 12.0, 24.0, 36.0, 60.0, 120.0)
#: Months at which a comparison tells it.
COMPARED_MONTHS = (12.0, 24.0, 60.0)
#: A curve ends where fewer studies, or fewer people alive in them, stand behind it.
FEWEST_STUDIES, FEWEST_WATCHED = 2, 20
#: Endpoints that have a curve.
CURVED = (ALIVE, DEAD)


def curved_endpoints() -> tuple[str, ...]:
    """Return what has a curve: nothing in a topic that does not count both."""
    return CURVED if topic().endpoints.keys() >= set(CURVED) else ()


#: Endpoints for which a death is neither an event nor its absence.
COMPETING = frozenset(
    {
        "disease-free-survival",
        "event-free-survival",
        "progression-free-survival",
        "relapse",
        "no-relapse",
    }
)

Ends = tuple[float, float]


@dataclass(frozen=True)
class CurveFigure:
    """What a curve says of one time.

    Parameters
    ----------
    estimate : float
        Share of people at a typical centre, proportion in 0-1.
    ci : tuple of float
        Its interval.
    new_centre : tuple of float
        Where a new centre would lie.
    """

    estimate: float
    ci: Ends
    new_centre: Ends

    @property
    def complement(self) -> CurveFigure:
        """The same of everybody else: of those who died, from those alive."""
        return CurveFigure(1 - self.estimate, _rest(self.ci), _rest(self.new_centre))


def _rest(ends: Ends) -> Ends:
    """Return the interval of the complement."""
    return 1 - ends[1], 1 - ends[0]


@dataclass(frozen=True)
class SurvivalAt:
    """Survival at one time.

    Parameters
    ----------
    months : float
        After treatment.
    figure : CurveFigure or None
        What the curve says; None beyond its end.
    reaching : tuple of StudySurvival
        Studies that say something about this time.
    """

    months: float
    figure: CurveFigure | None
    reaching: tuple[StudySurvival, ...]

    @property
    def watched(self) -> float:
        """How many people are alive in the studies that reach it."""
        return sum(item.alive_at_end for item in self.reaching)


@dataclass(frozen=True)
class WithoutStudy:
    """Survival at one time without one of the studies.

    Parameters
    ----------
    study : str
        The study that was left out.
    estimate : float
        Proportion in 0-1.
    ci : tuple of float
        Its interval.
    """

    study: str
    estimate: float
    ci: Ends


@dataclass(frozen=True)
class SurvivalAnswer:
    """What a therapy's studies say of survival together.

    Parameters
    ----------
    therapy : str
        Narrower therapies are included.
    selection : SurvivalSelection
        Which studies enter and what does not.
    until : float
        Months at which the curve ends; 0 where there is none.
    curve : SurvivalCurve or None
        The model after the data.
    without_at : float
        Months at which the curve is told without each study; 0 where it is not.
    without : tuple of WithoutStudy
        The same without each study in turn.
    dead : bool
        Whether those who died are told instead of those alive.
    """

    therapy: str
    selection: SurvivalSelection
    until: float
    curve: SurvivalCurve | None
    without_at: float = 0.0
    without: tuple[WithoutStudy, ...] = ()
    dead: bool = False

    def at(self, months: float) -> SurvivalAt:
        """Return survival at a time, without a figure beyond the curve's end.

        Parameters
        ----------
        months : float
            After treatment, above 0.
        """
        reaching = self.selection.reaching(months)
        if self.curve is None or months > self.until:
            return SurvivalAt(months, None, reaching)
        alive = CurveFigure(*self.curve.alive(months), self.curve.new_centre(months))
        figure = alive.complement if self.dead else alive
        return SurvivalAt(months, figure, reaching)

    @cached_property
    def told(self) -> tuple[SurvivalAt, ...]:
        """Survival at the usual times, and where the curve ends."""
        months = {*CURVE_MONTHS, self.until} - {0.0}
        return tuple(map(self.at, sorted(months)))

    def of_deaths(self) -> SurvivalAnswer:
        """Return the same answer told of those who died."""
        without = (
            replace(item, estimate=1 - item.estimate, ci=_rest(item.ci))
            for item in self.without
        )
        return replace(self, without=tuple(without), dead=True)

    @property
    def people(self) -> int:
        """How many people it rests on."""
        return self.selection.people

    @property
    def moves_most(self) -> WithoutStudy | None:
        """The study without which survival moves most; None where there is none."""
        whole = self.at(self.without_at).figure if self.without else None
        if whole is None:
            return None
        return max(self.without, key=lambda x: abs(x.estimate - whole.estimate))


@dataclass(frozen=True)
class CurveChoices:
    """How a curve is worked out.

    Parameters
    ----------
    rules : SelectionRules
        What a person changed about the choice of results.
    tau_prior : float
        Scale of the half-normal prior of the spread of log hazards between centres.
    level : float
        Level of every interval in 0-1.
    """

    rules: SelectionRules = field(default_factory=SelectionRules)
    tau_prior: float = 1.0
    level: float = 0.95


def survival_answer(
    evidence: TherapyEvidence, choices: CurveChoices, *, without_each: bool = False
) -> SurvivalAnswer:
    """Return what a therapy's studies say of survival together.

    Parameters
    ----------
    evidence : TherapyEvidence
        What the records say about the therapy.
    choices : CurveChoices
        How it is worked out.
    without_each : bool
        Whether it is worked out without each of its studies too.
    """
    selection = survival_over_time(evidence, choices.rules)
    until = reach(selection)
    answer = SurvivalAnswer(evidence.therapy, selection, until, None)
    if not until:
        return answer
    from lupus_evidence.stats.survival import (
        HazardPriors,
        survival_curve,
        survival_curves,
    )

    studies = [item.observations for item in selection.included]
    priors = HazardPriors(tau=choices.tau_prior)
    if not without_each:
        curve = survival_curve(studies, priors=priors, level=choices.level)
        return replace(answer, curve=curve)
    curve, others = survival_curves(studies, priors=priors, level=choices.level)
    at = max((x for x in CURVE_MONTHS if x <= until), default=until)
    without = (
        WithoutStudy(item.study, *other.alive(at))
        for item, other in zip(selection.included, others, strict=True)
    )
    return replace(answer, curve=curve, without_at=at, without=tuple(without))


def reach(selection: SurvivalSelection) -> float:
    """Return the months up to which enough studies and people stand behind a curve.

    Parameters
    ----------
    selection : SurvivalSelection
        The studies.

    Returns
    -------
    float
        0 where there never are enough.
    """
    return max(
        (
            item.until
            for item in selection.included
            if len(selection.reaching(item.until)) >= FEWEST_STUDIES
            and selection.watched(item.until) >= FEWEST_WATCHED
        ),
        default=0.0,
    )


def _check_endpoint(endpoint: str) -> None:
    """Refuse what has no curve, saying why.

    Who dies can no longer relapse: a curve of relapse needs the deaths without one, and
    studies do not print them.
    """
    if endpoint in curved_endpoints():
        return
    if endpoint in CURVED:
        missing = " and ".join(x for x in CURVED if x not in topic().endpoints)
        raise EvidenceError(
            f"this topic has no {missing}: without it there is no curve"
        )
    if endpoint == EARLY_DEATHS:
        why = f"its deaths are the early ones of `curve {ALIVE}`"
    elif endpoint in COMPETING:
        why = "studies seldom say whether a death counts in it"
    else:
        why = f"{' and '.join(CURVED)} have"
    raise EvidenceError(f"{endpoint} has no curve: {why}; `compare` pools it")


@dataclass(frozen=True)
class CurveReceipt(Receipt):
    """What curves rest on.

    Parameters
    ----------
    priors : str
        Prior distributions, in one line.
    choices : CurveChoices
        How they are worked out.
    """

    priors: str
    choices: CurveChoices


def curve_receipt(base: EvidenceBase, choices: CurveChoices) -> CurveReceipt:
    """State what curves rest on.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    choices : CurveChoices
        How they are worked out.
    """
    return CurveReceipt(
        **vars(base.receipt),
        priors=curve_priors(choices),
        choices=choices,
    )


def curve_priors(choices: CurveChoices) -> str:
    """Return the prior distributions of a curve in one line.

    Parameters
    ----------
    choices : CurveChoices
        How it is worked out.
    """
    from lupus_evidence.stats.survival import HazardPriors

    priors = HazardPriors(tau=choices.tau_prior)
    return (
        f"log hazard a month ~ N(log {priors.early:g}, {priors.width:g}^2) to 6 "
        f"months, N(log {priors.later:g}, {priors.width:g}^2) later; "
        f"tau ~ HalfNormal({priors.tau:g})"
    )


@dataclass(frozen=True)
class Curves:
    """Survival of some therapies.

    Parameters
    ----------
    endpoint : str
        "overall-survival", or "death" for its complement.
    answers : tuple of SurvivalAnswer
        Those with anything to say, in the order asked.
    silent : tuple of str
        Therapies asked for that have nothing to say.
    names : mapping of str to str
        What each study is called, by id.
    receipt : CurveReceipt
        What all this rests on.
    """

    endpoint: str
    answers: tuple[SurvivalAnswer, ...]
    silent: tuple[str, ...]
    names: Mapping[str, str]
    receipt: CurveReceipt


def survival_curves_of(
    base: EvidenceBase,
    endpoint: str,
    therapies: Sequence[str] | None = None,
    choices: CurveChoices | None = None,
) -> Curves:
    """Return the survival of some therapies, each as one curve.

    Parameters
    ----------
    base : EvidenceBase
        The records.
    endpoint : str
        One of `CURVED`.
    therapies : sequence of str, optional
        Those of `topic().compared` that have anything to say if omitted.
    choices : CurveChoices, optional
        How it is worked out.

    Raises
    ------
    UnknownNameError
        If a therapy does not exist.
    EvidenceError
        If the endpoint has no curve.
    """
    use_topic(base.topic)
    _check_endpoint(endpoint)
    given = choices or CurveChoices()
    names = tuple(dict.fromkeys(therapies or topic().compared))
    for name in names:
        if name not in topic().therapies:
            raise UnknownNameError("therapy", name, tuple(topic().therapies))
    found = [
        survival_answer(checked_evidence(base, name), given, without_each=True)
        for name in names
    ]
    if endpoint == DEAD:
        found = [item.of_deaths() for item in found]
    speaking = tuple(item for item in found if item.selection.included)
    with_any = {item.therapy for item in speaking}
    silent = tuple(name for name in names if name not in with_any)
    return Curves(
        endpoint,
        speaking,
        silent if therapies else (),
        study_names(base.studies),
        curve_receipt(base, given),
    )
