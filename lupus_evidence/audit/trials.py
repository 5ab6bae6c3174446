"""What randomised trials of a treatment say, and which have not said anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.figures import given, kin_of, place_of, study_gives, widest
from lupus_evidence.audit.sentences import joined, named, result_verb
from lupus_evidence.audit.verdicts import Evidence, Finding
from lupus_evidence.stats.direct import newcombe_difference
from lupus_evidence.vocabulary import family_of, therapy_includes
from lupus_evidence.wording import plural

if TYPE_CHECKING:
    from lupus_evidence.audit.evidence_set import EvidenceSet
    from lupus_evidence.audit.figures import RecordedFigure
    from lupus_evidence.audit.verdicts import Words
    from lupus_evidence.models import Study


#: A difference that patients and doctors would care about: 1 person in 10.
WORTHWHILE = 0.1


@dataclass(frozen=True)
class Pair:
    """One outcome in the two arms of a randomised trial.

    Parameters
    ----------
    treated, control : RecordedFigure
        Counts of the same outcome at the same time.
    """

    treated: RecordedFigure
    control: RecordedFigure

    @property
    def clearly_better(self) -> bool:
        """Whether the 95 % interval of the difference lies above no difference."""
        return self._difference[0] > 0

    @property
    def could_be_better(self) -> bool:
        """Whether that interval leaves room for a difference of `WORTHWHILE`."""
        return self._difference[1] > WORTHWHILE

    @property
    def _difference(self) -> tuple[float, float]:
        """The interval of the difference, with treatment minus without."""
        (events_1, n_1), (events_2, n_2) = _count(self.treated), _count(self.control)
        return newcombe_difference(events_1, n_1, events_2, n_2).ci


def _count(figure: RecordedFigure) -> tuple[float, int]:
    """Return events and denominator of a figure that is a count."""
    if figure.found.events is None or not figure.result.n:
        raise ValueError(f"{figure.key} is not a count")
    return figure.found.events, figure.result.n


def _is_count(figure: RecordedFigure) -> bool:
    """Tell whether a figure has events and a denominator."""
    return figure.found.events is not None and bool(figure.result.n)


def _is_control(study: Study, arm: str | None, therapy: str) -> bool:
    """Tell whether an arm was given something else than the treatment."""
    if arm is None or arm not in study.arms:
        return False
    return not therapy_includes(widest(therapy), study.arms[arm].therapy)


def has_control_arm(study: Study, therapy: str) -> bool:
    """Tell whether a study has an arm with the treatment and one without it."""
    wide = widest(therapy)
    inside = [therapy_includes(wide, arm.therapy) for arm in study.arms.values()]
    return any(inside) and not all(inside)


def randomised_pairs(evidence: EvidenceSet, therapy: str, family: str) -> list[Pair]:
    """Return what randomised trials with results counted in both of their arms.

    Parameters
    ----------
    evidence : EvidenceSet
        The records.
    therapy : str
        The treatment; narrower and wider names of it count.
    family : str
        Family of endpoints, such as "remission".

    Returns
    -------
    list of Pair
        The trial's broadest outcome first ("complete or partial remission").
    """
    candidates = [
        figure
        for figure in evidence.figures
        if figure.study.design == "randomised-trial"
        and family_of(figure.result.endpoint) == family
        and figure.result.endpoint in kin_of("any-remission") + kin_of("any-response")
        and figure.result.subgroup is None
        and _is_count(figure)
    ]
    pairs = [
        Pair(one, other)
        for one in candidates
        if given(one, therapy)
        for other in candidates
        if other.study.id == one.study.id
        and other.result.endpoint == one.result.endpoint
        and other.result.scope == one.result.scope
        and other.result.at == one.result.at
        and _is_control(other.study, other.result.arm, therapy)
    ]
    return sorted(pairs, key=lambda pair: not _is_broad(pair))


def _is_broad(pair: Pair) -> bool:
    """Tell whether an outcome is the broadest of its family."""
    return pair.treated.result.endpoint.startswith("any-")


def randomised_finding(
    evidence: EvidenceSet, therapy: str, families: tuple[str, ...]
) -> Finding | None:
    """Return what randomised trials say of a treatment's benefit; None without any."""
    pairs = [
        pair
        for family in families
        for pair in randomised_pairs(evidence, therapy, family)
    ]
    if not pairs:
        return None
    better = any(pair.clearly_better for pair in pairs)
    code = "randomised-trial-agrees" if better else "randomised-trial-says-otherwise"
    # one outcome a trial is told, the broadest; the others stand in the evidence
    broadest = {pair.treated.study.id: pair for pair in reversed(pairs)}
    told = pairs if better else broadest.values()
    rows = [pair_words(pair) for pair in told]
    trials = list(dict.fromkeys(pair.treated.study.id for pair in pairs))
    start = f"Where chance decided who got the cells ({named(trials)}): "
    figures = [figure for pair in pairs for figure in (pair.treated, pair.control)]
    end = "."
    if not better:
        end = ". That is no clear benefit"
        open_yet = any(pair.could_be_better for pair in pairs)
        end += "; so small a trial cannot rule one out." if open_yet else "."
    return Finding(
        code,
        (start, *joined(rows), end),
        tuple(figure.evidence for figure in figures),
    )


def pair_words(pair: Pair) -> Words:
    """Return one outcome of a trial: with the treatment, and without."""
    return (
        pair.treated.counted,
        " with them and ",
        pair.control.counted,
        f" without them {result_verb(pair.treated.result)}",
    )


def unreported_trials(evidence: EvidenceSet, therapy: str) -> list[Study]:
    """Return a treatment's registered randomised trials without results, by size.

    A registry entry that a published study continues (it overlaps with one) is not
    unreported.
    """
    published = {
        study.id for study in evidence.base.studies if study.status == "published"
    }
    found = [
        study
        for study in evidence.base.studies
        if study.status == "registered"
        and study.design == "randomised-trial"
        and study_gives(study, therapy)
        and not study.results
        and published.isdisjoint(evidence.overlaps.get(study.id, set()))
    ]
    return sorted(found, key=lambda study: (-people_of(study), study.id))


def people_of(study: Study) -> int:
    """Return how many people a trial enrolled or plans to; 0 if it does not say."""
    return study.population.enrolled or study.population.planned or 0


def unreported_finding(
    evidence: EvidenceSet, therapies: tuple[str, ...]
) -> Finding | None:
    """Return which randomised trials never reported; None if there are none."""
    trials: list[Study] = []
    for therapy in therapies:
        trials += [t for t in unreported_trials(evidence, therapy) if t not in trials]
    if not trials:
        return None
    rows = [
        f"{study.id} ({plural(people_of(study), 'person', 'people')})"
        if people_of(study)
        else study.id
        for study in trials
    ]
    count = plural(len(trials), "randomised trial is", "randomised trials are")
    return Finding(
        "registered-trial-unreported",
        (f"{count} registered without a result here: {named(rows)}.",),
        tuple(_trial_evidence(evidence, study) for study in trials),
    )


def _trial_evidence(evidence: EvidenceSet, study: Study) -> Evidence:
    """Return a trial as evidence: where its record says how far it has come."""
    return Evidence(
        study.id,
        "registered",
        place_of(evidence.files[study.id], "status"),
        where=study.registry_status,
        reading=study.reading,
    )
