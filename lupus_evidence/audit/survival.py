"""Survival of a therapy at exactly a claim's time, from all its studies together.

`compare.survival` chooses the studies and works the curve out; here a claim is set
beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupus_evidence.audit.verdicts import Counted, Evidence
from lupus_evidence.compare.survival import Ends, SurvivalAnswer, curved_endpoints
from lupus_evidence.documents.values import People, Rate
from lupus_evidence.evidence.survival_selection import DEAD
from lupus_evidence.vocabulary import topic

if TYPE_CHECKING:
    from lupus_evidence.records.claims import ClaimedRate, RateClaim

#: Denominators that everybody treated is in, or nearly so, as in the curve.
_EVERYBODY = (None, "treated", "enrolled", "evaluable", "unstated")


@dataclass(frozen=True)
class OnCurve:
    """What all studies of a therapy together say of survival at one time.

    Parameters
    ----------
    therapy : str
        Narrower therapies are included.
    endpoint : str
        "overall-survival", or "death" for its complement.
    months : float
        After treatment.
    rate : Rate
        At a typical centre, with its interval.
    new_centre : tuple of float
        Where a single new centre would lie, proportions in 0-1.
    studies : tuple of str
        Every study in the curve.
    people : int
        How many people they are about.
    reaching : int
        How many of the studies say something about this time.
    one_group : bool
        Whether the claim counts its people: it is about one group of them, as a new
        centre's are, and not about the therapy as a whole.
    allowed : tuple of float
        From where to where a claim of its kind may lie, proportions in 0-1.
    """

    therapy: str
    endpoint: str
    months: float
    rate: Rate
    new_centre: Ends
    studies: tuple[str, ...]
    people: int
    reaching: int
    one_group: bool
    allowed: Ends

    @property
    def evidence(self) -> Evidence:
        """The figure as evidence: no study's own, so without a place."""
        return Evidence(
            "",
            self.endpoint,
            therapy=self.therapy,
            months=self.months,
            counted=Counted(People(None, self.people, len(self.studies)), self.rate),
            among="treated",
            basis="curve",
        )


def is_of_everybody(claimed: ClaimedRate, claim: RateClaim) -> bool:
    """Tell whether a claim is one that the curve of a therapy can answer.

    It is about survival, or death from any cause, of everybody treated, at a time.

    Parameters
    ----------
    claimed : ClaimedRate
        What the article gives.
    claim : RateClaim
        The claim that it is part of.
    """
    return (
        claimed.endpoint in curved_endpoints()
        and bool(claimed.months)
        and claimed.time in ("at", "within")
        and claimed.scope in (None, topic().whole)
        and claimed.among in _EVERYBODY
        and claim.who is None
    )


def on_curve(
    claimed: ClaimedRate, claim: RateClaim, answer: SurvivalAnswer
) -> OnCurve | None:
    """Return a therapy's survival at a claim's time.

    Parameters
    ----------
    claimed : ClaimedRate
        What the article gives, one that `is_of_everybody`.
    claim : RateClaim
        The claim that it is part of.
    answer : SurvivalAnswer
        The therapy's curve.

    Returns
    -------
    OnCurve or None
        None where the curve does not reach that time.
    """
    dead = claimed.endpoint == DEAD
    told = answer.of_deaths() if dead else answer
    found = told.at(claimed.months or 0.0)
    if found.figure is None:
        return None
    included = answer.selection.included
    one_group = not claim.review and bool(claim.people or claimed.people or claim.cites)
    low, high = found.figure.new_centre if one_group else found.figure.ci
    if all(report.alive >= 1 for item in included for report in item.reports):
        low, high = (0.0, high) if dead else (low, 1.0)  # no study saw anybody die
    return OnCurve(
        answer.therapy,
        claimed.endpoint,
        found.months,
        Rate(found.figure.estimate, *found.figure.ci),
        found.figure.new_centre,
        tuple(item.study for item in included),
        answer.people,
        len(found.reaching),
        one_group,
        (low, high),
    )
